import type { Content, Language, Words } from "../content/words.ts";
import type { HelpLines, Part } from "./view.ts";

/** What a view needs of the content. */
export type ViewContent = Pick<Content, "words" | "help" | "hidden" | "duty" | "checkSource">;

const locales = { nl: "nl-NL", en: "en-GB" } as const satisfies Record<Language, string>;

/** All organisations served are in the Netherlands; a person's own time zone is never used (P3). */
const timeZone = "Europe/Amsterdam";

const days = perLanguage({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dates = perLanguage({ day: "numeric", month: "long", year: "numeric" });
const moments = perLanguage({
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const times = perLanguage({ hour: "2-digit", minute: "2-digit" });
const comingMoments = perLanguage({
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

const lists: Readonly<Record<Language, Intl.ListFormat>> = {
  nl: new Intl.ListFormat(locales.nl),
  en: new Intl.ListFormat(locales.en),
};

/** Texts in a row, such as "a, b en c". */
export function rowOf(items: readonly string[], language: Language): string {
  return lists[language].format(items);
}

function perLanguage(options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> {
  return {
    nl: new Intl.DateTimeFormat(locales.nl, { ...options, timeZone }),
    en: new Intl.DateTimeFormat(locales.en, { ...options, timeZone }),
  };
}

/** A date in words, such as "28 november 2026". `at` is Unix ms. */
export function dateOf(at: number, language: Language): string {
  return dates[language].format(at);
}

/** A day in words, such as "zaterdag 28 november 2026". `at` is Unix ms. */
export function dayOf(at: number, language: Language): string {
  return days[language].format(at);
}

/** A day and time, such as "28 november 2026 om 14:03". `at` is Unix ms. */
export function momentOf(at: number, language: Language): string {
  return moments[language].format(at);
}

/** A time of day, such as "17:00". `at` is Unix ms. */
export function timeOf(at: number, language: Language): string {
  return times[language].format(at);
}

/** A moment within a year from now, such as "dinsdag 1 december om 09:00". `at` is Unix ms. */
export function comingMomentOf(at: number, language: Language): string {
  return comingMoments[language].format(at);
}

/** One text part for each paragraph of a content text. */
export function paragraphs(text: string, tone: "plain" | "subtle" | "strong" = "plain"): readonly Part[] {
  return text
    .split(/\n+/)
    .filter((line) => line !== "")
    .map((line) => ({ type: "text", text: line, tone }));
}

/**
 * Services of the help directory as parts, in the order asked. Of those that nobody has checked for too long
 * the names stand below, to be looked up elsewhere: what else the screen says may be about them (P8).
 */
export function helpParts(ids: readonly string[], content: ViewContent, language: Language): readonly Part[] {
  const shown = ids.filter((id) => !content.hidden.has(id));
  const old = ids.filter((id) => content.hidden.has(id)).map((id) => content.help(id, language).name);
  const names = lists[language].format(old);
  return [
    ...shown.map((id) => ({ type: "help", service: helpLines(id, content, language) }) as const),
    ...(old.length === 0
      ? []
      : [{ type: "text", text: content.words(language).say("common.help.outdated", { names }) } as const]),
  ];
}

function helpLines(id: string, content: ViewContent, language: Language): HelpLines {
  const service = content.help(id, language);
  const practical = [service.hours, service.cost, service.languages].filter((text) => text !== null);
  return {
    name: service.name,
    contact: service.contact,
    forWhom: service.forWhom,
    ...(practical.length > 0 && { practical: `${practical.join(". ")}.` }),
    source: sourceLine(service, content, language),
  };
}

/** What somebody who was told something has to do, what that rests on, and when it is otherwise. */
export function dutyParts(id: string, content: ViewContent, language: Language): readonly Part[] {
  const duty = content.duty(id, language);
  const words = content.words(language);
  return [
    { type: "heading", text: `${duty.name} (${words.say(`common.duty.kinds.${duty.kind}`)})` },
    { type: "list", items: duty.steps, numbered: true },
    ...(duty.exceptions.length === 0
      ? []
      : ([
          { type: "text", text: words.say("common.duty.exceptions"), tone: "strong" },
          { type: "list", items: duty.exceptions },
        ] as const)),
    { type: "text", text: sourceLine(duty, content, language), tone: "subtle" },
  ];
}

/** What a rule is called and rests on, in small print: for who is told in other words what it means to them. */
export function dutySourceParts(id: string, content: ViewContent, language: Language): readonly Part[] {
  const duty = content.duty(id, language);
  const words = content.words(language);
  const kind = words.say(`common.duty.kinds.${duty.kind}`);
  return [
    { type: "text", text: words.say("found.outcome.dutyLine", { name: duty.name, kind }), tone: "subtle" },
    { type: "text", text: sourceLine(duty, content, language), tone: "subtle" },
  ];
}

function sourceLine(
  { source, checkedOn }: { readonly source: string; readonly checkedOn: string },
  content: ViewContent,
  language: Language,
): string {
  const date = dateOf(Date.parse(`${checkedOn}T12:00:00Z`), language);
  return content.words(language).say("common.helpSource", { source, date });
}

/** "Is there danger now? Call 112." with the number from the help directory. */
export function dangerLine(key: string, content: ViewContent, words: Words): Part {
  const emergency = content.help("112", words.language).contact[0] ?? "";
  return { type: "text", text: words.say(key, { emergency }), tone: "strong" };
}
