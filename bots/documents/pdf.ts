import { createRequire } from "node:module";
import pdfmake from "pdfmake";
import type { TDocumentDefinitions } from "pdfmake/interfaces.js";

const { resolve } = createRequire(import.meta.url);
const font = {
  normal: resolve("pdfmake/fonts/Roboto/Roboto-Regular.ttf"),
  bold: resolve("pdfmake/fonts/Roboto/Roboto-Medium.ttf"),
  italics: resolve("pdfmake/fonts/Roboto/Roboto-Italic.ttf"),
  bolditalics: resolve("pdfmake/fonts/Roboto/Roboto-MediumItalic.ttf"),
};
const fontFiles: readonly string[] = Object.values(font);

pdfmake.setFonts({ Roboto: font });
// What stands in a document was typed by people: no address or path in it may ever be opened.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontFiles.includes(path));

/** Makes a PDF in memory. Fetches nothing, and reads nothing but its own fonts. */
export async function drawPdf(definition: TDocumentDefinitions): Promise<Uint8Array> {
  return pdfmake.createPdf(definition).getBuffer();
}
