import type { Content, ContentColumns, TableCell, TDocumentDefinitions } from "pdfmake/interfaces.js";
import type { Bar, CheckDocument } from "../../cards/check-document-view.ts";
import type { Status } from "../../dialogs/check/outcome.ts";
import {
  answers,
  changes,
  duties,
  type Margins,
  others,
  plan,
  section,
  sources,
  unbroken,
} from "./check-sections.ts";
import { allDrawable, undrawableSign } from "./drawable.ts";
import { boxes, colours, marked, page, ruledTable, styles } from "./look.ts";
import { drawPdf } from "./pdf.ts";

/** Draws the document of a check on A4. What is in it is only what `document` says; see `cards/check-document`. */
export async function checkPdf(document: CheckDocument): Promise<Uint8Array> {
  const { page: pageOf, undrawable, ...texts } = document;
  const shown: CheckDocument = { ...allDrawable(texts), page: pageOf, undrawable };
  const lacking = JSON.stringify(shown).includes(undrawableSign);
  return drawPdf({
    ...pages(shown),
    // The title as it was typed: a reader shows it in its own font.
    info: {
      title: `${document.title}: ${document.unit}`,
      creator: "Vertrouwd",
      producer: "Vertrouwd",
      creationDate: new Date(document.madeAt),
      modDate: new Date(document.madeAt),
    },
    content: [
      ...head(shown),
      ...glance(shown),
      ...duties(shown),
      ...others(shown),
      ...plan(shown),
      ...changes(shown),
      ...answers(shown),
      ...sources(shown),
      ...(lacking
        ? [{ text: undrawable(undrawableSign), style: "subtle", margin: [0, 12, 0, 0] as Margins }]
        : []),
    ],
  });
}

function pages(document: CheckDocument): Omit<TDocumentDefinitions, "content"> {
  const line = (left: string, right: string, above: number): ContentColumns => ({
    columns: [
      { text: left, width: page.width - 190 },
      { text: right, width: 190, alignment: "right" },
    ],
    style: "subtle",
    margin: [page.left, above, page.right, 0],
  });
  return {
    pageSize: "A4",
    pageMargins: [page.left, page.top, page.right, page.bottom],
    language: document.language,
    displayTitle: true,
    version: "1.7",
    defaultStyle: { font: "Roboto", fontSize: 9.5, lineHeight: 1.25, color: colours.ink },
    styles,
    header: (nr) => (nr === 1 ? null : line(document.unit, document.interim ?? "", 30)),
    footer: (nr, of) => line(document.footer, document.page(nr, of), 24),
    // The rows below a heading are short; this much of a page holds the heading with the first of them.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > 0.8,
  };
}

function head(document: CheckDocument): Content[] {
  const fact = (label: string, value: Content): TableCell[] => [{ text: label, style: "label" }, value];
  return [
    { canvas: [{ type: "rect", x: 0, y: 0, w: 56, h: 4, color: colours.accent }] },
    // Narrower than the page, so that it breaks into two lines of about one length.
    { text: document.title, style: "title", margin: [0, 14, 100, 8] },
    { text: document.unit, style: "unit" },
    ...(document.interim === null
      ? []
      : [framed([{ text: document.interim, bold: true }], { margin: [0, 12, 0, 0] })]),
    {
      margin: [0, 14, 0, 14],
      table: {
        widths: [100, page.width - 110],
        body: [
          ...document.facts.map(({ label, value }) => fact(label, { text: value })),
          fact(document.people.label, {
            stack: document.people.items.map(({ name, role }) => ({
              text: [name, { text: `, ${role}`, style: "label" }],
            })),
          }),
        ],
      },
      layout: {
        hLineWidth: () => 0,
        vLineWidth: () => 0,
        paddingLeft: () => 0,
        paddingRight: () => 10,
        paddingTop: () => 1.5,
        paddingBottom: () => 1.5,
      },
    },
    framed([
      { text: document.about.title, style: "part", margin: [0, 0, 0, 3] },
      ...document.about.lines.map((text, nr): Content => ({ text, margin: [0, nr === 0 ? 0 : 4, 0, 0] })),
    ]),
  ];
}

/** Set apart by a frame with one thick side, which also shows on a copy in black and white. */
function framed(content: Content[], { margin = [0, 0, 0, 0] }: { readonly margin?: Margins } = {}): Content {
  return {
    margin,
    table: { widths: [page.width - 28], body: [[{ stack: content }]], dontBreakRows: true },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (column) => (column === 0 ? 4 : 0),
      vLineColor: () => colours.accent,
      fillColor: () => colours.tint,
      paddingLeft: () => 12,
      paddingRight: () => 12,
      paddingTop: () => 9,
      paddingBottom: () => 9,
    },
  };
}

function glance({ glance: { title, lines, legend, whole, groups } }: CheckDocument): Content[] {
  return [
    ...section({ title, lines }),
    {
      columns: legend.map((mark) => ({ ...marked(mark), width: "auto" })),
      columnGap: 14,
      margin: [0, 4, 0, 8],
    },
    ruledTable(
      [150, page.width - 150],
      whole.bars.map((bar) => [
        { text: bar.label, bold: true },
        {
          stack: [
            boxes(statusesOf(bar), page.width - 150),
            { text: countsText(bar), style: "subtle", margin: [0, 3, 0, 0] },
          ],
        },
      ]),
      { heading: [{ text: whole.title, style: "column" }, {}] },
    ),
    {
      unbreakable: true,
      margin: [0, 16, 0, 0],
      stack: [
        ruledTable(
          [112, 136, 90, page.width - 338],
          groups.rows.flatMap(({ title: group, bars }) =>
            bars.map((bar, nr): TableCell[] => [
              nr === 0 ? { text: group, bold: true, rowSpan: bars.length } : {},
              { text: bar.label, style: "label" },
              boxes(statusesOf(bar), 80),
              { text: countsText(bar), style: "subtle" },
            ]),
          ),
          {
            heading: [{ text: groups.title, style: "column", colSpan: 4 }, {}, {}, {}],
            // Only where another part begins: its kinds belong together.
            ruleAbove: groups.rows.flatMap(({ bars }) => bars.map((_, nr) => nr === 0)),
          },
        ),
      ],
    },
  ];
}

function statusesOf({ counts }: Bar): readonly Status[] {
  return counts.flatMap(({ status, count }) => Array.from({ length: count }, () => status));
}

function countsText({ counts }: Bar): string {
  // Broken between two counts, never within one.
  return counts.map(({ text }) => unbroken(text)).join(" · ");
}
