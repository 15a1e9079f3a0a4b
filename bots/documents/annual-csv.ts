import { stringify } from "csv-stringify/sync";
import { numberOrFewer, numbersTables } from "../../cards/statistics-tables.ts";
import type { FrozenYear } from "../../cases/statistics.ts";
import type { Words } from "../../content/words.ts";
import type { AnnualFacts } from "./annual-markdown.ts";

/** The numbers of a year as a table, one row a number; what is not shown has words in its place. As of `checkCsv`. */
export function annualCsv(numbers: FrozenYear, { year }: AnnualFacts, words: Words): Uint8Array {
  const say = (key: string) => words.say(`statistics.${key}`);
  const { reports, withdrawn } = numbers;
  const total = say("annual.total");
  const lone = (category: string, count: number | null) => ({
    table: total,
    category,
    count: numberOrFewer(count, numbers, words),
    note: "",
  });
  const tables = reports === null ? [] : numbersTables(numbers, words);
  const rows = [
    lone(words.say("statistics.numbers.reports", { year }), reports),
    lone(say("numbers.withdrawn"), withdrawn),
    ...tables.flatMap(({ title, rows, note }) =>
      (rows ?? [{ label: "", count: null }]).map(({ label, count }) => ({
        table: title,
        category: label,
        count: count === null ? say("numbers.hiddenOne") : String(count),
        note: note ?? "",
      })),
    ),
  ];
  const text = stringify(rows, {
    header: true,
    columns: (["table", "category", "count", "note"] as const).map((key) => ({
      key,
      header: say(`annual.${key}`),
    })),
    bom: true,
    delimiter: ";",
    record_delimiter: "windows",
    escape_formulas: true,
    quoted_string: true,
  });
  return new TextEncoder().encode(text);
}
