import type { Content, ContentText, TableCell } from "pdfmake/interfaces.js";
import type { AnswerItem, CheckDocument, Item, PlanItem } from "../../cards/check-document-view.ts";
import { blank, marked, page, ruledTable, tickBox } from "./look.ts";

/** A note with more lines than this is set as running text: one word a line would fill pages. */
const mostLines = 8;
/** Wide enough for a number of two digits. */
const numberWidth = 26;

export type Margins = [number, number, number, number];

/** The heading of a section, with what is said before it begins. */
export function section(
  { title, lines }: Titled,
  { onNewPage = false }: { readonly onNewPage?: boolean } = {},
): Content[] {
  const name = { ...sectionName(title), headlineLevel: 1 };
  return [onNewPage ? { ...name, margin: [0, 0, 0, 4], pageBreak: "before" } : name, ...linesOf(lines)];
}

interface Titled {
  readonly title: string;
  readonly lines: readonly string[];
}

function sectionName(title: string): ContentText {
  return { text: title, style: "section", outline: true, margin: [0, 24, 0, 4] };
}

/**
 * A section and the first row below it on one page, and the other rows after. For rows that may be tall: where
 * they are short, `pageBreakBefore` sees to it.
 */
function sectionWithRows(
  { title, lines }: Titled,
  widths: readonly number[],
  rows: readonly (readonly TableCell[])[],
  options: { readonly heading?: readonly TableCell[]; readonly dense?: boolean } = {},
): Content[] {
  const { heading: _, ...others } = options;
  return [
    {
      unbreakable: true,
      stack: [sectionName(title), ...linesOf(lines), ruledTable(widths, rows.slice(0, 1), options)],
    },
    ...(rows.length > 1 ? [ruledTable(widths, rows.slice(1), others)] : []),
  ];
}

function part(title: string, lines: readonly string[] = []): Content[] {
  return [{ text: title, style: "part", headlineLevel: 1, margin: [0, 16, 0, 3] }, ...linesOf(lines)];
}

function linesOf(lines: readonly string[]): Content[] {
  return lines.map((text) => ({ text, style: "lines", margin: [0, 0, 0, 4] }));
}

function numberOf({ number }: Item): TableCell {
  return { text: String(number), style: "label" };
}

/** A text with what it rests on behind it. */
function withKind(text: string, { kind }: Item): TableCell {
  return { text: [`${text}  `, { text: unbroken(kind.label), style: "subtle" }] };
}

/** A few words that are not parted at the end of a line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00A0");
}

function labelled(label: string, text: string): Content {
  return { text: [{ text: `${label} `, style: "label" }, text], margin: [0, 2, 0, 0] };
}

function remarked({ remark }: Item): Content[] {
  return remark === null ? [] : [{ text: remark, italics: true }];
}

function column(text: string) {
  return { text, style: "column" };
}

/** A note as it was written, unless its lines would run over pages. */
function noteText(note: string): string {
  const lines = note.split("\n").map((line) => line.trim());
  const full = lines.filter((line) => line !== "");
  return full.length > mostLines ? full.join(" ") : full.join("\n");
}

export function duties({ duties: { title, lines, noteLabel, items } }: CheckDocument): Content[] {
  if (items.length === 0) return section({ title, lines });
  return sectionWithRows(
    { title, lines },
    [numberWidth, 112, page.width - 112 - numberWidth],
    items.map((item) => [
      numberOf(item),
      marked(item.mark),
      {
        stack: [
          { text: item.title, style: "strong" },
          ...remarked(item),
          { text: item.ok, margin: [0, 2, 0, 0] as Margins },
          ...(item.note === "" ? [] : [labelled(noteLabel, noteText(item.note))]),
          { text: item.source, style: "subtle", margin: [0, 2, 0, 0] },
        ],
      },
    ]),
  );
}

export function others({ others: parts }: CheckDocument): Content[] {
  return parts.flatMap((one) => {
    if (one.items.length === 0) return section(one);
    const rows = one.items.map((item) => [numberOf(item), { text: item.title }, marked(item.mark)]);
    return [
      ...section(one),
      ruledTable([numberWidth, page.width - 116 - numberWidth, 116], rows, { dense: true }),
    ];
  });
}

export function plan({ plan: { title, lines, columns, actions, done, later } }: CheckDocument): Content[] {
  const row = (item: PlanItem): TableCell[] => [
    numberOf(item),
    {
      stack: [
        {
          text: [
            { text: `${item.action}  `, style: "strong" },
            { text: unbroken(item.kind.label), style: "subtle" },
          ],
        },
        labelled(columns.step, item.step),
        labelled(columns.involve, item.involve),
        ...(item.use === null ? [] : [labelled(columns.use, item.use)]),
      ],
    },
    item.agreement.owner === "" ? blank(90) : { text: item.agreement.owner },
    item.agreement.dueText === null ? blank(65) : { text: item.agreement.dueText },
    tickBox(item.agreement.done),
  ];
  const short = (items: readonly Item[], textOf: (nr: number) => string) =>
    ruledTable(
      [numberWidth, page.width - numberWidth],
      items.map((item, nr) => [numberOf(item), withKind(textOf(nr), item)]),
      { dense: true },
    );
  const table = ruledTable([numberWidth, page.width - 210 - numberWidth, 104, 75, 31], actions.map(row), {
    heading: [{}, ...[columns.action, columns.owner, columns.due, columns.done].map(column)],
  });
  const doneText = (nr: number) => {
    const { action = "", agreement } = done.items[nr] ?? {};
    return agreement?.owner ? `${action} (${agreement.owner})` : action;
  };
  return [
    ...section({ title, lines }, { onNewPage: true }),
    ...(actions.length === 0 ? [] : [table]),
    ...(done.items.length === 0 ? [] : [...part(done.title), short(done.items, doneText)]),
    ...(later.items.length === 0
      ? []
      : [...part(later.title, later.lines), short(later.items, (nr) => later.items[nr]?.action ?? "")]),
  ];
}

export function changes({ changes: found }: CheckDocument): Content[] {
  if (found === null) return [];
  const { title, lines, columns, items } = found;
  if (items.length === 0) return section({ title, lines });
  const rows = items.map((item): TableCell[] => [
    numberOf(item),
    withKind(item.title, item),
    item.before ? marked(item.before) : { text: item.beforeText, style: "label" },
    marked(item.mark),
  ]);
  return [
    ...section({ title, lines }),
    ruledTable([numberWidth, page.width - 232 - numberWidth, 116, 116], rows, {
      heading: [{}, ...[columns.question, columns.before, columns.now].map(column)],
      dense: true,
    }),
  ];
}

export function answers({ answers: { title, lines, columns, groups } }: CheckDocument): Content[] {
  const widths = [numberWidth, 172, 118, page.width - 290 - numberWidth];
  return groups.flatMap(({ title: group, items }, nr): Content[] => {
    const heading: TableCell[] = [
      { text: group, style: "part", colSpan: 2 },
      {},
      { ...column(columns.status), verticalAlignment: "bottom" },
      { ...column(columns.note), verticalAlignment: "bottom" },
    ];
    const rows = items.map(answerRow);
    return nr === 0
      ? sectionWithRows({ title, lines }, widths, rows, { heading, dense: true })
      : [{ ...ruledTable(widths, rows, { heading, dense: true }), margin: [0, 12, 0, 0] }];
  });
}

function answerRow(item: AnswerItem): TableCell[] {
  return [
    numberOf(item),
    withKind(item.title, item),
    marked(item.mark),
    {
      stack: [
        ...remarked(item),
        ...(item.note === "" ? [] : [{ text: noteText(item.note) }]),
        ...(item.answered === null ? [] : [{ text: item.answered.text, style: "subtle" }]),
        ...item.aside.map((text) => ({ text: noteText(text), italics: true })),
      ],
    },
  ];
}

export function sources({ sources: { title, lines, columns, items } }: CheckDocument): Content[] {
  const rows = items.map(({ rests, source, checkedOn, questions }) =>
    [questions.join(", "), rests, source, checkedOn].map((text) => ({ text, fontSize: 8.5 })),
  );
  return [
    ...section({ title, lines }),
    ruledTable([44, page.width - 264, 140, 80], rows, {
      heading: [columns.questions, columns.rests, columns.source, columns.checkedOn].map(column),
      dense: true,
    }),
  ];
}
