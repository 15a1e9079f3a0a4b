import type { Words } from "../content/words.ts";
import type { ReviewRow } from "../dialogs/core/screen.ts";
import { drawnLength, type ReportRow } from "./case-view.ts";
import { momentOf } from "./reading.ts";
import type { Part } from "./view.ts";

/**
 * A report's answers in words, in order: what check-your-answers shows and what the adviser reads. Freeze
 * the result when a report is sent, so that later edits of the words do not change what was said.
 */
export function reviewRows(flow: string, rows: readonly ReviewRow[], words: Words): readonly ReportRow[] {
  return rows
    .filter((row) => row.kind !== "tell")
    .map(({ question, kind, answer, written }) => {
      const label = written
        ? words.say(`${flow}.record.${written.key === null ? "changed" : "review"}`, {
            at: momentOf(written.at, words.language),
          })
        : words.say(`${flow}.${question}.review`);
      if (answer === null)
        return { question, label, answer: words.say("common.skipped"), own: false, skipped: true };
      if (typeof answer === "string" && kind === "text") return { question, label, answer, own: true };
      const options = typeof answer === "string" ? [answer] : answer;
      const named = options.map((option) => words.say(`${flow}.${question}.options.${option}`));
      return { question, label, answer: named.join("; "), own: false };
    });
}

/**
 * Rows as parts: closed answers together as facts, the reporter's own words as quotes, order kept. What was not
 * answered stands in one line below, so that it does not bury what was.
 */
export function rowParts(rows: readonly ReportRow[]): readonly Part[] {
  const parts: Part[] = [];
  let facts: { label: string; value: string }[] = [];
  const flush = () => {
    if (facts.length > 0) parts.push({ type: "facts", facts });
    facts = [];
  };
  const skipped = rows.filter((row) => row.skipped);
  for (const row of rows) {
    if (row.skipped) continue;
    if (row.own) {
      flush();
      parts.push({ type: "quote", label: row.label, text: row.answer });
    } else facts.push({ label: row.label, value: row.answer });
  }
  flush();
  const [first] = skipped;
  if (first) {
    const labels = skipped.map(({ label }) => label).join("; ");
    parts.push({ type: "text", text: `${first.answer}: ${labels}`, tone: "subtle" });
  }
  return parts;
}

/** Room for a report's rows on one page, as `rowsLength` counts; with what stands around them a card and a message fit. */
const pageRoom = 9000;

/** What a row's label and value add to a card beside their own text. */
const aroundRow = 100;

/** What rows take in a card or message. */
export function rowsLength(rows: readonly ReportRow[]): number {
  return rows.reduce((sum, { label, answer }) => sum + aroundRow + label.length + drawnLength(answer), 0);
}

/** Rows in as few pages as they fit in, order kept; no row is parted. At least one page. */
export function rowPages(rows: readonly ReportRow[]): readonly (readonly ReportRow[])[] {
  const pages: ReportRow[][] = [];
  for (const row of rows) {
    const page = pages.at(-1);
    if (page && rowsLength([...page, row]) <= pageRoom) page.push(row);
    else pages.push([row]);
  }
  return pages.length === 0 ? [[]] : pages;
}
