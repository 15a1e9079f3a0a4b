import type { ReporterFacts } from "../cards/reporter.ts";
import { reviewRows } from "../cards/review.ts";
import { type CaseRow, noLink } from "../cases/case.ts";
import { submit } from "../cases/handling.ts";
import { isAboutNoAdviser } from "../cases/report.ts";
import { adviceFor } from "../dialogs/bystander/advice.ts";
import { afterFor } from "../dialogs/bystander/after.ts";
import { sceneOf } from "../dialogs/bystander/situation.ts";
import { codeFor } from "../dialogs/code/assemble.ts";
import { askedKey } from "../dialogs/core/asked.ts";
import type { Turn } from "../dialogs/core/converse.ts";
import type { Conversation } from "../dialogs/core/draft.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import type { Effect, ReviewRow, Screen } from "../dialogs/core/screen.ts";
import { placeOption } from "../dialogs/find/situation.ts";
import { wayOf } from "../dialogs/report.ts";
import { checkPressed, withCheckFacts } from "./checks.ts";
import { codeDocumentLinks } from "./code-documents.ts";
import { deadlines } from "./deadlines.ts";
import { plannedReminder, reminded, reminderFor } from "./draft-reminders.ts";
import { foundFor } from "./found.ts";
import { placesOf, readersOf, routeOf } from "./organisation.ts";
import {
  consentAnswered,
  deskOf,
  nameGiven,
  receiptOpened,
  receiptRenewed,
  said,
  withCase,
  withdrawn,
  withReports,
} from "./own-cases.ts";
import type { Address, MessageRef, StoreTransaction } from "./ports.ts";
import { wishForPing } from "./practice-ping.ts";
import { entriesDestroyed, entriesKept, vouchedFor, withRecord } from "./records.ts";
import type { Rights } from "./rights.ts";
import { type Sending, sealedReceipt } from "./sending.ts";
import type { Visit } from "./visits.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** The turn that effects are carried out in: one transaction, one person, one moment. */
export interface Now {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly now: number;
  readonly address: Address;
  /** What this person may do besides; null: not asked yet, and the turn is begun again once it is known. */
  readonly rights: Rights | "unknown" | null;
  /** The case that this press shows to have been opened by its receipt. */
  readonly visit: Visit | null;
  /** The receipt that this press of "send" brings. */
  readonly sending: Sending | null;
}

/** A conversation after its effects, the screen they lead to, and the facts on that screen. */
export interface Done {
  readonly conversation: Conversation;
  readonly screen: Screen;
  readonly facts: ReporterFacts;
  readonly visit: Visit | null;
  /** Messages of the bot that are to say nothing any more. */
  readonly stale: readonly MessageRef[];
}

/** Carries out what a turn asks for, in its transaction (house rule 6). */
export async function carryOut(now: Now, turn: Turn): Promise<Done> {
  const { conversation, screen } = turn;
  let done: Done = { conversation, screen, facts: bareFacts(now.world), visit: now.visit, stale: [] };
  for (const effect of turn.effects) done = await carryOutOne(now, done, effect);
  return withFacts(now, await plannedReminder(now, done));
}

async function carryOutOne(now: Now, done: Done, effect: Effect): Promise<Done> {
  switch (effect.type) {
    case "submitReport":
      return submitted(now, done, effect);
    case "openReceipt":
      return receiptOpened(now, done, effect.code);
    case "sayToAdviser":
      return said(now, done, effect);
    case "giveName":
      return nameGiven(now, done, effect);
    case "answerConsent":
      return consentAnswered(now, done, effect);
    case "renewReceipt":
      return receiptRenewed(now, done, effect);
    case "withdrawReport":
      return withdrawn(now, done, effect);
    case "remindDraft":
      return reminded(now, done, effect);
    case "keepEntries":
      return entriesKept(now, done, effect);
    case "destroyEntries":
      return entriesDestroyed(now, done, effect);
    case "check":
      return checkPressed(now, done, effect.press, effect.inputs);
    case "practicePing":
      await wishForPing(now.tx, now.world.ring, now.address, effect.every, now.now);
      return done;
  }
}

async function submitted(
  now: Now,
  done: Done,
  effect: Extract<Effect, { type: "submitReport" }>,
): Promise<Done> {
  const { world } = now;
  const { organisation, content } = world;
  const route = routeFor(world, effect);
  const words = content.words(effect.language);
  const vouched = await Promise.all(effect.rows.map((row) => vouchedFor(now.tx, row)));
  const rows = vouched.map((row) => {
    const [shown] = reviewRows(effect.flow, [row], words);
    return { ...row, asked: shown?.label ?? "", answered: shown?.answer ?? "" };
  });
  const unlinked = wayOf(effect.rows) === "anonymous";
  const { row, receipt } = await submit(deskOf(now), {
    report: { flow: effect.flow, language: effect.language, rows },
    link: unlinked ? null : JSON.stringify(now.address),
    receipt: now.sending?.receipt ?? null,
    route,
    ...deadlines(now.now, organisation.deadlines),
    pseudonyms: content.pseudonyms,
    pseudonymsTaken: await pseudonymsOf(now, done.conversation.cases),
  });
  const { conversation } = done;
  const screen = { type: "sent", repeated: false, unlinked } as const;
  const along = rows.some(({ written }) => written !== undefined);
  const sent = sentAs(done, { ...screen, ...(along && { enclosed: true as const }) }, row, receipt);
  return {
    ...sent,
    conversation: unlinked
      ? { ...conversation, sentUnlinked: true }
      : { ...conversation, cases: [...conversation.cases, row.id] },
    facts: { ...sent.facts, readers: readersOf(organisation, route) },
  };
}

async function pseudonymsOf({ tx }: Now, cases: readonly string[]): Promise<readonly number[]> {
  const rows = await Promise.all(cases.map((id) => tx.findCase(id)));
  return rows.flatMap((row) => (row ? [row.pseudonym] : []));
}

/**
 * Reports about an adviser, and those of somebody unsure, go to the conflict route, whomever they were meant
 * for (P9). The others go to the route of the adviser who was chosen, as long as there is one.
 */
function routeFor(world: World, report: { rows: readonly ReviewRow[]; to: string | null }): string {
  const { conflictRoute, defaultRoute, advisers } = world.organisation;
  if (isAboutNoAdviser(report.rows))
    return advisers.find(({ id }) => id === report.to)?.route ?? defaultRoute;
  // The flow ends before it can be sent where there is no such route.
  if (conflictRoute === undefined) throw new Error("a report about an adviser has no route");
  return conflictRoute;
}

/** Looks up what the screen shows; a case that is gone drops out of the conversation. */
async function withFacts(now: Now, done: Done): Promise<Done> {
  const { screen } = done;
  const { organisation } = now.world;
  if (isOutcome(screen)) return withOutcome(now, done, screen);
  if (screen.type === "thread" || screen.type === "case") return withCase(now, done, screen);
  if (screen.type === "check") return withCheckFacts(now, done, screen);
  if (screen.type === "record") return withRecord(now, done, screen);
  if (screen.type === "reports") return withReports(now, done);
  if (screen.type === "review") {
    const route = routeFor(now.world, screen);
    const inCard = routeOf(organisation, route)?.card === "full";
    const sending = sealedReceipt(now.world.ring, now.address, screen.draft, now.now);
    return { ...done, facts: { ...done.facts, readers: readersOf(organisation, route), inCard, sending } };
  }
  if (screen.type === "sent" && screen.repeated) return withSent(now, done, screen);
  if (screen.type === "stop" || screen.type === "final") return reminderFor(now, done);
  return done;
}

type OutcomeScreen = Extract<Screen, { answers: Answers }>;

/** The outcome of a guide, and the pages beside it. */
function isOutcome(screen: Screen): screen is OutcomeScreen {
  return "answers" in screen;
}

/** What the outcome of each guide says beyond its words. A page that a guide does not have is its outcome. */
async function withOutcome(now: Now, done: Done, screen: OutcomeScreen): Promise<Done> {
  const { facts } = done;
  switch (screen.flow) {
    case "find":
      return withFound(now, done, screen);
    case "bystander":
      return atOutcome({ ...done, facts: { ...facts, advice: adviceFor(sceneOf(screen.answers)) } }, screen);
    case "aftercare": {
      const { hidden } = contentAt(now.world, now.now);
      const after = afterFor(now.world.organisation.sector, screen.answers, hidden);
      const told = { ...done, facts: { ...facts, after } };
      return screen.type === "duties" && after.duties.length > 0 ? told : atOutcome(told, screen);
    }
    case "code": {
      const code = codeFor(screen.answers, now.world.organisation.sector);
      const codeLinks = code.task === "write" ? await codeDocumentLinks(now, screen.answers) : null;
      const told = { ...done, facts: { ...facts, code, codeLinks } };
      return screen.type === "copy" ? told : atOutcome(told, screen);
    }
    case "evaluation":
      return screen.type === "copy" ? done : atOutcome(done, screen);
    default:
      return atOutcome(done, screen);
  }
}

/** The words for a page of one guide can be typed in any other. */
function atOutcome(done: Done, screen: OutcomeScreen): Done {
  if (screen.type === "outcome") return done;
  const { flow, draft, answers } = screen;
  const outcome = { type: "outcome", flow, draft, answers, note: "notUnderstood" } as const;
  return { ...done, conversation: { ...done.conversation, asked: askedKey(outcome) }, screen: outcome };
}

/** Looks up who and what helps now; what is not among it leads back to the outcome. */
function withFound(now: Now, done: Done, screen: OutcomeScreen): Done {
  const { organisation } = now.world;
  const { platform } = now.address;
  const { language } = done.conversation;
  const { hidden } = contentAt(now.world, now.now);
  const found = foundFor({ organisation, now: now.now, platform, language, hidden }, screen.answers);
  const facts = { ...done.facts, found };
  const { flow, draft, answers } = screen;
  const outcome = { type: "outcome", flow, draft, answers } as const;
  // A typed word carries no address: it is about what is shown.
  const shown = (page: OutcomeScreen): Done => ({
    ...done,
    conversation: { ...done.conversation, asked: askedKey(page) },
    facts,
    screen: page,
  });
  // "Which rules apply" is also asked where none asks anything of somebody: then who helps is the answer.
  if (screen.type === "duties" && found.duties.length === 0) return shown({ ...outcome, note: null });
  if (screen.type !== "adviser") return { ...done, facts };
  const chosen = screen.adviser ?? found.advisers[0]?.id;
  const adviser = found.advisers.find(({ id }) => id === chosen)?.id;
  return shown(adviser === undefined ? { ...outcome, note: "oldButton" } : { ...screen, adviser });
}

/**
 * A repeated press of "send": what it sent, with the receipt that it brings. An older button brings none, and then
 * of a report without a link nothing is known, not even which it was; of another all but the receipt.
 */
async function withSent(now: Now, done: Done, screen: Extract<Screen, { type: "sent" }>): Promise<Done> {
  const { before = null, receipt = null } = now.sending ?? {};
  if (before) return sentAs(done, { ...screen, unlinked: before.link === noLink }, before, receipt);
  if (screen.unlinked) return done;
  const last = done.conversation.cases.at(-1);
  const row = last === undefined ? null : await now.tx.findCase(last);
  if (!row)
    return withReports(now, { ...done, screen: { type: "reports", cases: [], note: "noSuchReport" } });
  return sentAs(done, screen, row, null);
}

function sentAs(done: Done, screen: Screen, row: CaseRow, receipt: string | null): Done {
  const { number, acknowledgeBy, feedbackBy } = row;
  return { ...done, screen, facts: { ...done.facts, sent: { number, receipt, acknowledgeBy, feedbackBy } } };
}

/** What every screen may say about the organisation, without any case. */
function bareFacts({ organisation }: Pick<World, "organisation">): ReporterFacts {
  return {
    organisation: organisation.name,
    // No name is on any screen before "is it about an adviser?" is answered (P9).
    readers: "",
    draftHours: organisation.retention.draftHours,
    languages: organisation.languages,
    places: Object.fromEntries(placesOf(organisation).map((place, nr) => [placeOption(nr), place])),
    sector: organisation.sector,
    fresh: freshId(),
  };
}
