import type { Content, Language, Words } from "../content/words.ts";
import type { HelpLines, Part } from "./view.ts";

/** What a view needs of the content. */
export type ViewContent = Pick<Content, "words" | "help">;

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

function perLanguage(options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> {
  return {
    nl: new Intl.DateTimeFormat(locales.nl, { ...options, timeZone }),
    en: new Intl.DateTimeFormat(locales.en, { ...options, timeZone }),
  };
}

/** A date in words, such as "28 november 2026". `at` is Unix ms. */
function dateOf(at: number, language: Language): string {
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

/** One text part for each paragraph of a content text. */
export function paragraphs(text: string, tone: "plain" | "subtle" | "strong" = "plain"): readonly Part[] {
  return text
    .split(/\n+/)
    .filter((line) => line !== "")
    .map((line) => ({ type: "text", text: line, tone }));
}

/** Services of the help directory as parts, in the order asked. */
export function helpParts(ids: readonly string[], content: ViewContent, language: Language): readonly Part[] {
  return ids.map((id) => ({ type: "help", service: helpLines(id, content, language) }));
}

function helpLines(id: string, content: ViewContent, language: Language): HelpLines {
  const service = content.help(id, language);
  const words = content.words(language);
  const date = dateOf(Date.parse(`${service.checkedOn}T12:00:00Z`), language);
  return {
    name: service.name,
    contact: service.contact,
    forWhom: service.forWhom,
    source: words.say("common.helpSource", { source: service.source, date }),
  };
}

/** "Is there danger now? Call 112." with the number from the help directory. */
export function dangerLine(key: string, content: ViewContent, words: Words): Part {
  const emergency = content.help("112", words.language).contact[0] ?? "";
  return { type: "text", text: words.say(key, { emergency }), tone: "strong" };
}
