import type { FrozenYear } from "../cases/statistics.ts";
import type { Words } from "../content/words.ts";

/** One table in words; `rows` is null where it may not be shown. */
export interface NumbersTable {
  readonly title: string;
  readonly rows: readonly NumbersRow[] | null;
  /** What is to be known to read it. */
  readonly note: string | null;
}

export interface NumbersRow {
  readonly label: string;
  /** Null: not shown. */
  readonly count: number | null;
}

/** A frozen year's tables in their order, the kinds first: the card and the documents say the same (P14). */
export function numbersTables(year: FrozenYear, words: Words): readonly NumbersTable[] {
  const say = (key: string) => words.say(`statistics.${key}`);
  const name = (table: string, category: string) => {
    // What advisers choose from when they record it is called the same when it is counted.
    if (table === "why" && category !== "unknown") return words.say(`desk.closing.options.${category}`);
    if (table === "referred") return words.say(`desk.record.referred.options.${category}`);
    return say(`tables.${table}.${category}`);
  };
  const answers = Object.entries(year.several)
    .filter(([, counts]) => Object.keys(counts).length > 0)
    .map(([id, counts]) => ({
      title: say(`tables.${id}.title`),
      rows: Object.entries(counts).map(([category, count]) => ({ label: name(id, category), count })),
      note: say("numbers.several"),
    }));
  const tables = Object.entries(year.partitions)
    .filter(([, table]) => table === null || table.others !== null || table.shown.length > 1)
    .map(([id, table]) => {
      const title = say(`tables.${id}.title`);
      if (table === null) return { title, rows: null, note: say("numbers.hidden") };
      const { shown, others } = table;
      const rows = shown.map(({ category, count }) => ({ label: name(id, category), count }));
      if (others === null) return { title, rows, note: null };
      const categories = others.categories.map((category) => name(id, category)).join("; ");
      return {
        title,
        rows: [...rows, { label: say("numbers.others"), count: others.count }],
        note: words.say("statistics.numbers.othersNote", { categories }),
      };
    });
  return [...answers, ...tables];
}

const months = {
  nl: new Intl.DateTimeFormat("nl-NL", monthOnly()),
  en: new Intl.DateTimeFormat("en-GB", monthOnly()),
};

function monthOnly(): Intl.DateTimeFormatOptions {
  return { month: "long", year: "numeric", timeZone: "UTC" };
}

/** The month in which a year was counted, such as "februari 2027". */
export function monthOf({ countedIn }: Pick<FrozenYear, "countedIn">, words: Words): string {
  return months[words.language].format(Date.parse(`${countedIn}-01T00:00:00Z`));
}

/** A number that stands alone: itself, or that there are few. */
export function numberOrFewer(
  count: number | null,
  { threshold }: Pick<FrozenYear, "threshold">,
  words: Words,
) {
  return count === null ? words.say("statistics.numbers.fewer", { threshold }) : String(count);
}
