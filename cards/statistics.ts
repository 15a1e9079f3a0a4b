import type { RoutePress } from "../cases/route-press.ts";
import type { FrozenYear } from "../cases/statistics.ts";
import type { Language, Words } from "../content/words.ts";
import { fieldsToCopy } from "./pieces.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { monthOf, type NumbersTable, numberOrFewer, numbersTables } from "./statistics-tables.ts";
import { type Button, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** Asks of which year; always the same ones, whatever was reported. */
export function drawYears(years: readonly number[], content: ViewContent, language: Language): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("statistics.years.title"),
    body: paragraphs(words.say("statistics.years.text")),
    buttons: [
      ...years.map((year) =>
        yearButton(
          "year",
          year,
          { do: "stats.year", year },
          words,
          year === years[0] ? "primary" : undefined,
        ),
      ),
      button("shut", { do: "route.shut" }, words),
    ],
    privacy: "private",
  });
}

/** Asks whether to count a year, and says that it is for good. */
export function drawCounting(year: number, content: ViewContent, language: Language): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("statistics.counting.title", { year }),
    body: paragraphs(words.say("statistics.counting.text", { year })),
    buttons: [
      yearButton("count", year, { do: "stats.count", year }, words, "primary"),
      button("years", { do: "stats.open" }, words),
      button("shut", { do: "route.shut" }, words),
    ],
    privacy: "private",
  });
}

/** The numbers of a year. Each stands in words; the bar beside it says the same to the eye. */
export function drawNumbers(
  year: number,
  numbers: FrozenYear,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const { threshold, reports, withdrawn } = numbers;
  const say = (key: string) => words.say(`statistics.numbers.${key}`);
  return view(words, {
    title: words.say("statistics.numbers.title", { year }),
    body: [
      ...paragraphs(words.say("statistics.numbers.counted", { month: monthOf(numbers, words) })),
      {
        type: "facts",
        facts: [
          {
            label: words.say("statistics.numbers.reports", { year }),
            value: numberOrFewer(reports, numbers, words),
          },
          { label: say("withdrawn"), value: numberOrFewer(withdrawn, numbers, words) },
        ],
      },
      ...paragraphs(words.say("statistics.numbers.rule", { threshold }), "subtle"),
      ...(reports === null
        ? paragraphs(say("noTables"))
        : [
            ...numbersTables(numbers, words).flatMap((table) => tableParts(table, reports, words)),
            ...paragraphs(say("withdrawnNote"), "subtle"),
            ...paragraphs(say("told"), "subtle"),
          ]),
    ],
    buttons: [
      button("document", { do: "stats.document", year }, words, "primary"),
      button("years", { do: "stats.open" }, words),
      button("shut", { do: "route.shut" }, words),
    ],
    privacy: "private",
  });
}

/** Where a year's numbers are fetched as a document, once each. */
export interface NumbersLink {
  readonly format: "md" | "csv";
  readonly language: Language;
  readonly url: string;
}

/** The numbers as documents; without links as a text to copy, in pieces that are not parted; null: too many were asked for. */
export function drawNumbersDocument(
  year: number,
  offered: { readonly links: readonly NumbersLink[] } | { readonly pieces: readonly string[] } | null,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const say = (key: string) => words.say(`statistics.document.${key}`);
  const links = offered && "links" in offered ? offered.links : [];
  const text = offered === null ? "tooMany" : "links" in offered ? "text" : "copy";
  return view(words, {
    title: words.say("statistics.document.title", { year }),
    body: [...paragraphs(say(text)), ...paragraphs(words.say("statistics.annual.compare"), "subtle")],
    inputs:
      offered && "pieces" in offered
        ? fieldsToCopy("copy-", offered.pieces, { first: say("label"), more: say("more"), hint: say("hint") })
        : [],
    buttons: [
      ...links.map(
        ({ format, language, url }): Button => ({
          label: words.say(`statistics.buttons.${format}${language === "nl" ? "Nl" : "En"}`),
          url,
        }),
      ),
      button("back", { do: "stats.year", year }, words),
      button("shut", { do: "route.shut" }, words),
    ],
    privacy: "private",
  });
}

/** A press that changed nothing, and says nothing. */
export function drawRouteRefused(
  code: "notYourRoute" | "notListed" | "notMember" | "unsure" | "year",
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("statistics.refused.title"),
    body: paragraphs(
      words.say(`${code === "notYourRoute" || code === "year" ? "statistics" : "adviser"}.refused.${code}`),
    ),
    buttons: code === "year" ? [button("years", { do: "stats.open" }, words, "primary")] : [],
    privacy: "neutral",
  });
}

function tableParts({ title, rows, note }: NumbersTable, total: number, words: Words): readonly Part[] {
  const facts = (rows ?? []).map(({ label, count }) => ({
    label,
    value:
      count === null
        ? words.say("statistics.numbers.hiddenOne")
        : `${words.say("statistics.numbers.share", { count, total })} ${bar(count, total)}`.trimEnd(),
  }));
  return [
    { type: "heading", text: title },
    ...(facts.length === 0 ? [] : [{ type: "facts", facts } as const]),
    ...(note === null ? [] : paragraphs(note, "subtle")),
  ];
}

/** A share in tenths, drawn; the number before it says the same. */
function bar(count: number, total: number): string {
  return "■".repeat(Math.round((10 * count) / total));
}

function view(words: Words, shown: Partial<View> & Pick<View, "title" | "privacy">): View {
  return viewOf({ summary: words.say("statistics.summary"), ...shown });
}

function button(name: string, press: RoutePress, words: Words, style?: PressButton["style"]): PressButton {
  return styled(words.say(`statistics.buttons.${name}`), press, style);
}

function yearButton(
  name: "year" | "count",
  year: number,
  press: RoutePress,
  words: Words,
  style?: PressButton["style"],
): PressButton {
  return styled(words.say(`statistics.buttons.${name}`, { year }), press, style);
}

function styled(label: string, press: RoutePress, style: PressButton["style"]): PressButton {
  return style === undefined ? { label, press } : { label, press, style };
}
