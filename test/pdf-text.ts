import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** One run of text, as a reader of the PDF finds it; in points from the lower left. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface ReadPdf {
  readonly pages: readonly { readonly runs: readonly Run[]; readonly annotations: number }[];
  /** All text without any white space: where lines are broken says nothing. */
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  readonly bookmarks: readonly string[];
  readonly scripts: boolean;
}

/** Reads a PDF back with another programme's reader than the one that wrote it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: { runs: Run[]; annotations: number }[] = [];
  for (let nr = 1; nr <= pdf.numPages; nr++) {
    const page = await pdf.getPage(nr);
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item) =>
      "str" in item && item.str.trim() !== ""
        ? [
            {
              text: item.str,
              x: Number(item.transform[4]),
              y: Number(item.transform[5]),
              width: item.width,
              size: Math.abs(Number(item.transform[3])),
            },
          ]
        : [],
    );
    pages.push({ runs, annotations: (await page.getAnnotations()).length });
  }
  const { info } = await pdf.getMetadata();
  const outline = (await pdf.getOutline()) ?? [];
  const scripts = (await pdf.getJSActions()) !== null;
  await task.destroy();
  const facts = info as Record<string, unknown>;
  return {
    pages,
    text: squeezed(pages.flatMap(({ runs }) => runs.map(({ text }) => text)).join("")),
    info: facts,
    language: typeof facts.Language === "string" ? facts.Language : null,
    bookmarks: outline.map(({ title }) => title),
    scripts,
  };
}

/** Without white space, to look for a text that may be broken over lines. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}
