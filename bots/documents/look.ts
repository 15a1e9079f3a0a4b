import type {
  ContentCanvas,
  ContentColumns,
  ContentSvg,
  ContentTable,
  StyleDictionary,
  TableCell,
} from "pdfmake/interfaces.js";
import type { Status } from "../../dialogs/check/outcome.ts";

/** How the documents look: one accent colour, and nothing that is told by colour alone. */
export const colours = {
  ink: "#1E2526",
  accent: "#2F5D62",
  subtle: "#566264",
  rule: "#C3CCCD",
  tint: "#EFF4F4",
} as const;

/** In points. A4 is 595 wide. */
export const page = { left: 60, right: 60, top: 70, bottom: 64, width: 595.28 - 120 } as const;

export const styles = {
  title: { fontSize: 24, bold: true, color: colours.accent, lineHeight: 1.1 },
  unit: { fontSize: 14, bold: true },
  section: { fontSize: 15, bold: true, color: colours.accent },
  part: { fontSize: 11, bold: true },
  column: { fontSize: 8.5, bold: true, color: colours.subtle },
  strong: { bold: true },
  subtle: { fontSize: 8.5, color: colours.subtle },
  label: { color: colours.subtle },
} as const satisfies StyleDictionary;

const box = 11;
const gap = 2.5;

/** Each status has a shape of its own, which also stands out on a copy in black and white. */
const shapes: Readonly<Record<Status, string>> = {
  inOrder: `<rect x="0.5" y="0.5" width="10" height="10" fill="#D5E4E4" stroke="${colours.accent}" stroke-width="0.8"/><polyline points="2.6,5.8 4.7,8 8.6,3.2" fill="none" stroke="${colours.accent}" stroke-width="1.5"/>`,
  partly: `<rect x="0.5" y="0.5" width="10" height="10" fill="#FFFFFF" stroke="${colours.accent}" stroke-width="0.8"/><polygon points="0.5,10.5 10.5,10.5 10.5,0.5" fill="${colours.accent}"/>`,
  missing: `<rect x="0.5" y="0.5" width="10" height="10" fill="${colours.ink}" stroke="${colours.ink}" stroke-width="0.8"/><path d="M3 3 L8 8 M8 3 L3 8" fill="none" stroke="#FFFFFF" stroke-width="1.5"/>`,
  unknown: `<rect x="0.5" y="0.5" width="10" height="10" fill="#FFFFFF" stroke="${colours.subtle}" stroke-width="0.8"/><path d="M3.8 4.2 C3.8 1.9 7.3 1.9 7.3 4.3 C7.3 5.7 5.5 5.6 5.5 7 M5.5 8.2 L5.5 9.2" fill="none" stroke="${colours.ink}" stroke-width="1.2"/>`,
  notApplicable: `<rect x="0.5" y="0.5" width="10" height="10" fill="#FFFFFF" stroke="${colours.rule}" stroke-width="0.8"/><path d="M3.2 5.5 L7.8 5.5" fill="none" stroke="${colours.subtle}" stroke-width="1.2"/>`,
};

/** A row of boxes, one for each question, that goes on below where it does not fit. */
export function boxes(all: readonly Status[], width: number): ContentSvg {
  const perRow = Math.max(1, Math.floor((width + gap) / (box + gap)));
  const rows = Math.max(1, Math.ceil(all.length / perRow));
  const columns = Math.max(1, Math.min(perRow, all.length));
  const size = { width: columns * (box + gap) - gap, height: rows * (box + gap) - gap };
  const drawn = all.map((status, nr) => {
    const x = (nr % perRow) * (box + gap);
    const y = Math.floor(nr / perRow) * (box + gap);
    return `<g transform="translate(${x} ${y})">${shapes[status]}</g>`;
  });
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">${drawn.join("")}</svg>`,
    ...size,
  };
}

/** A status with its box. */
export function marked({
  status,
  label,
}: {
  readonly status: Status;
  readonly label: string;
}): ContentColumns {
  return {
    columns: [
      { ...boxes([status], box), margin: [0, 0.5, 0, 0] },
      { text: label, width: "*" },
    ],
    columnGap: 5,
  };
}

/** A line to write on. */
export function blank(width: number): ContentCanvas {
  return {
    canvas: [{ type: "line", x1: 0, y1: 20, x2: width, y2: 20, lineWidth: 0.6, lineColor: colours.subtle }],
  };
}

/** A box to tick. */
export function tickBox(ticked: boolean): ContentSvg {
  const tick = `<polyline points="2.6,5.8 4.7,8 8.6,3.2" fill="none" stroke="${colours.ink}" stroke-width="1.5"/>`;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 11 11"><rect x="0.5" y="0.5" width="10" height="10" fill="#FFFFFF" stroke="${colours.ink}" stroke-width="0.8"/>${ticked ? tick : ""}</svg>`,
    width: 12,
    height: 12,
  };
}

/** Between the columns of a table. */
const columnGap = 10;

/**
 * A table whose rows are not split over pages and whose heading row comes back on each. Widths are given, all
 * of them: a column that takes the width of its longest word would push the others off the page.
 */
export function ruledTable(
  widths: readonly number[],
  rows: readonly (readonly TableCell[])[],
  {
    heading = null,
    ruleAbove = rows.map(() => true),
    dense = false,
  }: {
    readonly heading?: readonly TableCell[] | null;
    /** For each row whether there is a line above it. */
    readonly ruleAbove?: readonly boolean[];
    /** For short rows, of which there may be many. */
    readonly dense?: boolean;
  } = {},
): ContentTable {
  const air = dense ? 3.5 : 5;
  const headings = heading ? 1 : 0;
  const body = [...(heading ? [heading] : []), ...rows].map((row) => [...row]);
  return {
    table: {
      widths: widths.map((width, nr) => (nr === widths.length - 1 ? width : width - columnGap)),
      body,
      dontBreakRows: true,
      ...(heading && { headerRows: 1, keepWithHeaderRows: 1 }),
    },
    layout: {
      hLineWidth: (line) => {
        if (line === body.length || (heading && line === 1)) return 0.8;
        return line > headings && ruleAbove[line - headings] ? 0.5 : 0;
      },
      hLineColor: (line) => (heading && line === 1 ? colours.accent : colours.rule),
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: (column) => (column === widths.length - 1 ? 0 : columnGap),
      paddingTop: (row) => (row < headings || ruleAbove[row - headings] ? air : 1),
      paddingBottom: (row) => (row < headings || ruleAbove[row - headings + 1] !== false ? air : 1),
    },
  };
}
