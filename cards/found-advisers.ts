import type { Language } from "../content/words.ts";
import type { AdviserView, ContactWay, Reachable } from "./found-view.ts";
import { comingMomentOf, dayOf, timeOf } from "./reading.ts";
import type { Frame } from "./reporter-frame.ts";
import type { Part } from "./view.ts";

/** More than these are counted: an organisation may have ninety places. */
const mostPlaces = 5;
const mostLanguages = 8;

/**
 * An adviser: why this one fits and when to be reached (`brief`); with languages, places and the ways of
 * contact on a line each (`whole`); or all but why, with the picture, for a page that has the ways (`page`).
 */
export function personPart(adviser: AdviserView, frame: Frame, shown: "brief" | "whole" | "page"): Part {
  const { words, facts, language } = frame;
  const fact = (name: string, value: string) => ({ label: words.say(`found.adviser.${name}`), value });
  const fits = adviser.because.map((why) => words.say(`found.fits.${why}`)).join(", ");
  const when = [reachableText(adviser.reachable, frame), adviser.reachableText].filter(Boolean).join(". ");
  const languages = some(languageNames(adviser.languages, language), mostLanguages, frame);
  const forWhom = adviser.audiences.map((one) => words.say(`found.audiences.${one}`)).join(", ");
  const ways = adviser.ways.map((way) => wayLine(way, frame)).join("\n");
  const all = [
    ...(shown === "page" ? [] : [fact("fits", fits)]),
    fact("reachable", when),
    fact("standsInFor", adviser.standsInFor ?? ""),
    ...(shown === "brief"
      ? []
      : [
          fact("forWhom", forWhom),
          fact("languages", languages),
          fact("places", some(adviser.places, mostPlaces, frame)),
        ]),
    ...(shown === "whole" ? [fact("contact", ways)] : []),
  ];
  return {
    type: "person",
    name: adviser.name,
    role: words.say(`found.kind.${adviser.kind}`, { organisation: facts.organisation }),
    facts: all.filter(({ value }) => value !== ""),
    picture: shown === "page" ? adviser.picture : null,
  };
}

/** An adviser on one line: name, from within or outside, when to be reached. */
export function personLine({ name, kind, reachable }: AdviserView, frame: Frame): string {
  const { words, facts } = frame;
  const role = words.say(`found.kind.${kind}`, { organisation: facts.organisation });
  const when = reachableText(reachable, frame);
  return when === "" ? `${name}. ${role}.` : words.say("found.outcome.adviserLine", { name, role, when });
}

/** Language codes as names in the language shown, such as "Nederlands" and "Arabisch". */
function languageNames(codes: readonly string[], language: Language): readonly string[] {
  const names = new Intl.DisplayNames(language, { type: "language" });
  return codes.map((code) => names.of(code) ?? code);
}

/** The first of a list on one line, and how many more there are. */
function some(items: readonly string[], most: number, { words }: Frame): string {
  const rest = items.length - most;
  const more = rest > 0 ? [words.say("found.adviser.others", { count: rest })] : [];
  return [...items.slice(0, most), ...more].join(", ");
}

function reachableText(reachable: Reachable, { words, language }: Frame): string {
  switch (reachable.state) {
    case "now":
      return words.say("found.reachable.now", { time: timeOf(reachable.until, language) });
    case "later":
      return words.say("found.reachable.later", { moment: comingMomentOf(reachable.from, language) });
    case "away":
      return words.say("found.reachable.away", { day: dayOf(reachable.until, language) });
    case "unstated":
      return "";
  }
}

/** A way of contact on one line, such as "Bellen: 030 123 45 67". */
export function wayLine({ way, address }: ContactWay, { words }: Frame): string {
  const label = words.say(`found.ways.${way}.label`);
  return address === null ? label : `${label}: ${address}`;
}

/** A way of contact with what it shows of who uses it. */
export function contactPart({ way, address, url }: ContactWay, { words }: Frame): Part {
  return {
    type: "contact",
    label: words.say(`found.ways.${way}.label`),
    address,
    url,
    reveals: words.say(`found.ways.${way}.reveals`),
  };
}
