import { stringify } from "csv-stringify/sync";
import { type CheckDocument, dataColumns } from "../../cards/check-document-view.ts";

/**
 * The answers as a table, one row a question. Semicolons, whatever the language: Excel splits at the list
 * separator of Windows, which is a semicolon on Dutch machines, and with commas all would stand in one column.
 * The byte order mark makes Excel read accents. A cell that would be a formula gets an apostrophe before it.
 */
export function checkCsv({ answers, data }: CheckDocument): Uint8Array {
  const rows = answers.groups.flatMap(({ title, items }) =>
    items.map(({ number, id, title: question, kind, mark, note, answered, agreement }) => ({
      number,
      id,
      group: title,
      question,
      kind: kind.label,
      status: mark.label,
      note,
      answeredBy: answered?.by ?? "",
      answeredAt: answered ? new Date(answered.at).toISOString() : "",
      owner: agreement?.owner ?? "",
      due: agreement?.due ?? "",
      done: agreement === null ? "" : agreement.done ? data.yes : data.no,
    })),
  );
  const text = stringify(rows, {
    header: true,
    columns: dataColumns.map((key) => ({ key, header: data.columns[key] })),
    bom: true,
    delimiter: ";",
    record_delimiter: "windows",
    escape_formulas: true,
    quoted_string: true,
  });
  return new TextEncoder().encode(text);
}
