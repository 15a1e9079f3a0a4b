import { monthOf, type NumbersTable, numberOrFewer, numbersTables } from "../../cards/statistics-tables.ts";
import type { FrozenYear } from "../../cases/statistics.ts";
import type { Words } from "../../content/words.ts";

export interface AnnualFacts {
  readonly year: number;
  readonly organisation: string;
}

/** The numbers of a year for the annual report, as Markdown. */
export function annualMarkdown(numbers: FrozenYear, facts: AnnualFacts, words: Words): string {
  return `${annualPieces(numbers, facts, words).join("\n\n")}\n`;
}

/** The same in pieces that must not be parted, each of them short. */
export function annualPieces(
  numbers: FrozenYear,
  { year, organisation }: AnnualFacts,
  words: Words,
): readonly string[] {
  const say = (key: string) => words.say(`statistics.${key}`);
  const { reports, withdrawn, threshold } = numbers;
  const table = ({ title, rows, note }: NumbersTable) =>
    [
      `## ${title}`,
      ...(rows === null ? [] : [rowsOf(rows.map(({ label, count }) => [label, cell(count)]))]),
      ...(note === null ? [] : [note]),
    ].join("\n\n");
  const cell = (count: number | null) => (count === null ? say("numbers.hiddenOne") : String(count));
  const rowsOf = (rows: readonly (readonly [string, string])[]) =>
    [
      `| ${say("annual.category")} | ${say("annual.count")} |`,
      "|---|---:|",
      ...rows.map(([label, value]) => `| ${label} | ${value} |`),
    ].join("\n");
  return [
    `# ${words.say("statistics.annual.title", { year })}`,
    `${say("annual.organisation")}: ${escaped(organisation)}`,
    words.say("statistics.annual.about", { year }),
    words.say("statistics.numbers.counted", { month: monthOf(numbers, words) }),
    rowsOf([
      [words.say("statistics.numbers.reports", { year }), numberOrFewer(reports, numbers, words)],
      [say("numbers.withdrawn"), numberOrFewer(withdrawn, numbers, words)],
    ]),
    words.say("statistics.numbers.rule", { threshold }),
    ...(reports === null
      ? [say("numbers.noTables")]
      : [...numbersTables(numbers, words).map(table), say("numbers.withdrawnNote"), say("numbers.told")]),
    say("annual.compare"),
    [
      `## ${say("annual.own")}`,
      say("annual.ownText"),
      ["own1", "own2", "own3", "own4"].map((line) => `- ${say(`annual.${line}`)}`).join("\n"),
    ].join("\n\n"),
  ].map((piece) => piece.replace(/\n{3,}/g, "\n\n"));
}

/** The organisation's own name is no markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, (sign) => `\\${sign}`);
}
