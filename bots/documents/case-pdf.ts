import type { Content, TableCell } from "pdfmake/interfaces.js";
import type { CaseDocument, DocumentSection } from "../../cards/case-document.ts";
import { allDrawable, undrawableSign } from "./drawable.ts";
import { colours, page, styles } from "./look.ts";
import { drawPdf } from "./pdf.ts";

/** Draws the document of a case on A4. What the fonts lack is shown as a sign: the text has it whole. */
export async function casePdf(document: CaseDocument): Promise<Uint8Array> {
  const { lacking, ...texts } = document;
  const shown = allDrawable(texts);
  const { title, facts, about, sections, footer } = shown;
  const lacks = JSON.stringify(shown).includes(undrawableSign);
  return drawPdf({
    pageSize: "A4",
    pageMargins: [page.left, page.top, page.right, page.bottom],
    language: document.language,
    displayTitle: true,
    version: "1.7",
    defaultStyle: { font: "Roboto", fontSize: 10, lineHeight: 1.3, color: colours.ink },
    styles,
    info: {
      title: document.title,
      creator: "Vertrouwd",
      producer: "Vertrouwd",
      creationDate: new Date(document.madeAt),
      modDate: new Date(document.madeAt),
    },
    footer: (nr, of) => ({
      columns: [
        { text: footer, width: page.width - 60 },
        { text: `${nr} / ${of}`, width: 60, alignment: "right" },
      ],
      style: "subtle",
      margin: [page.left, 24, page.right, 0],
    }),
    // A heading stands with what it is of.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > 0.85,
    content: [
      { canvas: [{ type: "rect", x: 0, y: 0, w: 56, h: 4, color: colours.accent }] },
      { text: title, style: "title", margin: [0, 14, 0, 10] },
      {
        layout: "noBorders",
        table: {
          widths: [150, "*"],
          body: facts.map(({ label, value }): TableCell[] => [{ text: label, style: "label" }, value]),
        },
      },
      ...about.map((text): Content => ({ text, margin: [0, 10, 0, 0] })),
      ...sections.flatMap(section),
      ...(lacks
        ? [{ text: lacking(undrawableSign), style: "subtle", margin: [0, 14, 0, 0] } satisfies Content]
        : []),
    ],
  });
}

function section({ title, note, items }: DocumentSection): Content[] {
  return [
    { text: title, style: "section", headlineLevel: 1, margin: [0, 22, 0, 4] },
    ...(note === null ? [] : [{ text: note, style: "subtle" }]),
    ...items.map(
      ({ label, text, own }): Content =>
        own
          ? {
              stack: [
                { text: label, style: "part", margin: [0, 0, 0, 2] },
                { text, margin: [10, 0, 0, 0], preserveLeadingSpaces: true },
              ],
              margin: [0, 9, 0, 0],
            }
          : { text: [{ text: `${label}: `, style: "strong" }, text], margin: [0, 7, 0, 0] },
    ),
  ];
}
