import type { AdviserView, ContactWay, Found, Way } from "../cards/found-view.ts";
import type { Language } from "../dialogs/core/draft.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { type Candidate, rank } from "../dialogs/find/advisers.ts";
import { guidanceFor } from "../dialogs/find/guidance.ts";
import { placeOption, type Situation, situationOf } from "../dialogs/find/situation.ts";
import type { Adviser, OwnText } from "./advisers.ts";
import { availabilityOf, firstBack, present, standIns } from "./availability.ts";
import { type Organisation, placesOf } from "./organisation.ts";
import type { Platform } from "./ports.ts";

/** The moment and the place somebody looks for help at. */
export interface Looking {
  readonly organisation: Organisation;
  /** Unix ms. */
  readonly now: number;
  readonly platform: Platform;
  /** Services that nobody has looked up for too long. */
  readonly hidden: ReadonlySet<string>;
  readonly language: Language;
}

/**
 * Who and what helps, by the closed answers of the find flow. Where it may be about an adviser, only those
 * of the conflict route are named (P9); who is on leave is not named, but whoever stands in is.
 */
export function foundFor(looking: Looking, answers: Answers): Found {
  const { organisation, now, language } = looking;
  const situation = situationOf(organisation.sector, answers);
  const guidance = guidanceFor(situation, looking.hidden);
  const pool = mayBeNamed(organisation, situation);
  const instead = standIns(pool, now);
  const replaced = (adviser: Adviser) => pool.filter(({ id }) => instead.get(id)?.id === adviser.id);
  const candidates = pool.map((adviser) => candidate(looking, adviser, replaced(adviser)));
  const byId = new Map(pool.map((adviser) => [adviser.id, adviser]));
  const advisers = rank(candidates, situation, language).flatMap(({ id, because }) => {
    const adviser = byId.get(id);
    if (!adviser) return [];
    const standsInFor = replaced(adviser)[0]?.name ?? null;
    return [{ ...shown(looking, adviser, situation), because, standsInFor }];
  });
  const nobody = advisers.length > 0 ? null : whyNobody(pool, situation, now);
  return {
    advisers,
    nobody,
    backOn: nobody === "away" ? firstBack(pool, now) : null,
    help: guidance.help,
    duties: guidance.duties,
    outsideFirst: guidance.outsideFirst ?? (nobody === null ? null : "nobodyAvailable"),
  };
}

function mayBeNamed(
  { advisers, conflictRoute }: Organisation,
  { aboutAdviser }: Situation,
): readonly Adviser[] {
  return aboutAdviser === "no" ? advisers : advisers.filter(({ route }) => route === conflictRoute);
}

function whyNobody(pool: readonly Adviser[], { aboutAdviser }: Situation, now: number): Found["nobody"] {
  if (pool.length === 0) return aboutAdviser === "no" ? "noneFits" : "aboutAdviser";
  return pool.some((adviser) => present(adviser, now)) ? "noneFits" : "away";
}

/** An adviser who stands in is there for whom, and where, the absent one was. */
function candidate({ organisation, now }: Looking, adviser: Adviser, absent: readonly Adviser[]): Candidate {
  const all = [adviser, ...absent];
  const places = placesOf(organisation);
  const everywhere = all.some((one) => one.places.length === 0);
  return {
    id: adviser.id,
    kind: adviser.kind,
    audiences: [...new Set(all.flatMap((one) => one.forWhom))],
    places: everywhere
      ? []
      : [...new Set(all.flatMap((one) => one.places.map((place) => placeOption(places.indexOf(place)))))],
    languages: adviser.languages,
    ways: [
      ...(adviser.contact.inPerson ? (["inPerson"] as const) : []),
      ...(adviser.contact.phone ? (["phone"] as const) : []),
      "chat",
    ],
    present: present(adviser, now),
  };
}

function shown(
  looking: Looking,
  adviser: Adviser,
  situation: Situation,
): Omit<AdviserView, "because" | "standsInFor"> {
  const { id, name, kind, languages, places, about, reachable, picture } = adviser;
  const { language, now } = looking;
  return {
    id,
    name,
    kind,
    audiences: adviser.forWhom,
    languages,
    places,
    about: inLanguage(about, language),
    reachable: availabilityOf(adviser, now),
    reachableText: inLanguage(reachable.text, language),
    ways: waysOf(looking, adviser, situation),
    picture,
  };
}

function waysOf(
  { platform, language }: Looking,
  { contact }: Adviser,
  { how, forWhom }: Situation,
): readonly ContactWay[] {
  const { inPerson, phone, mail, teams, slack } = contact;
  const ways: ContactWay[] = [{ way: "bot", address: null, url: null }];
  if (phone) ways.push({ way: "phone", address: phone, url: `tel:${phone.replaceAll(/[^\d+]/g, "")}` });
  if (mail) ways.push({ way: "mail", address: mail, url: `mailto:${mail}` });
  if (inPerson) ways.push({ way: "inPerson", address: inLanguage(inPerson, language), url: null });
  // Only the chat that the person is in: the other may be one that they have no account for.
  if (teams && platform === "teams") ways.push({ way: "teamsChat", address: null, url: teamsChat(teams) });
  // Slack documents no https address that opens a chat with a person: they are found by their name.
  if (slack && platform === "slack") ways.push({ way: "slackChat", address: null, url: null });
  // The bot's form is for a report about somebody else: another way fits better, where there is one.
  if (forWhom === "own" && ways.length > 1) ways.shift();
  const first: Way | null = how === "inPerson" || how === "phone" ? how : null;
  return [...ways.filter(({ way }) => way === first), ...ways.filter(({ way }) => way !== first)];
}

/** Microsoft Learn, "Deep link to a Teams chat". */
function teamsChat(principalName: string): string {
  return `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(principalName)}`;
}

/** The operator's words; where they stand in one language only, that one. */
function inLanguage(text: OwnText | null, language: Language): string | null {
  return text?.[language] ?? text?.nl ?? text?.en ?? null;
}
