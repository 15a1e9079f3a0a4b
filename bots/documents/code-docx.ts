import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  TextRun,
} from "docx";
import { type Item, lineOf, worded } from "../../cards/code-text.ts";
import { dateOf } from "../../cards/reading.ts";
import type { Language, Words } from "../../content/words.ts";
import { codeFor } from "../../dialogs/code/assemble.ts";
import type { Answers } from "../../dialogs/core/flow.ts";
import type { Sector } from "../../dialogs/find/situation.ts";
import type { Produced } from "../downloads.ts";

export interface CodeFacts {
  readonly organisation: string;
  readonly sector: Sector;
  /** Of the draft, in Unix ms. */
  readonly date: number;
}

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const locales: Readonly<Record<Language, string>> = { nl: "nl-NL", en: "en-GB" };

/** In twentieths of a point: A4, with margins that leave one page for all there is to choose. */
const page = { width: 11_906, height: 16_838 };
const margin = { top: 1080, bottom: 820, left: 1130, right: 1130, header: 480, footer: 380 };
/** In half points. */
const size = { title: 36, small: 17 };
/** Letters in half points and room around them: for a page with all there is, and for one that has room to spare. */
const lettering = {
  full: { body: 20, heading: 23, after: 50, before: 95 },
  roomy: { body: 23, heading: 27, after: 90, before: 220 },
};
/** Up to so many characters a page has room to spare. */
const fewCharacters = 1600;
const colour = { heading: "1F4E5F", draft: "9C3B00", small: "595959" };
const points = "points";

/**
 * The code of conduct as a Word document to edit: one page, marked as a draft, in the language of `words`. It
 * says nothing of who made it.
 */
export async function produceCode(
  answers: Answers,
  language: Language,
  words: Words,
  { organisation, sector, date }: CodeFacts,
): Promise<Produced> {
  const parts = worded(codeFor(answers, sector).sections, answers, words);
  const written = parts.flatMap(({ texts, list }) => [...texts, ...list.map(lineOf)]).join("").length;
  const title = words.say("code.page.title");
  const made = new Document({
    title,
    styles: stylesFor(locales[language], written <= fewCharacters ? "roomy" : "full"),
    numbering: { config: [{ reference: points, levels: [bullet] }] },
    sections: [
      {
        properties: { page: { size: page, margin } },
        headers: { default: header(words.say("code.page.draft")) },
        footers: {
          default: footer(
            `${words.say("code.page.of", { organisation })} · ${words.say("code.document.date", { date: dateOf(date, language) })}`,
          ),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
          ...parts.flatMap(({ heading, texts, list }) => [
            ...(heading === null ? [] : [new Paragraph({ heading: HeadingLevel.HEADING_1, text: heading })]),
            ...texts.map((text) => new Paragraph({ children: [run(text)], keepNext: list.length > 0 })),
            ...list.map(point),
          ]),
        ],
      },
    ],
  });
  const bytes = await Packer.toBuffer(made, undefined, [
    { path: "docProps/core.xml", data: properties(title, locales[language]) },
  ]);
  return { name: `${words.say("code.document.file")}.docx`, type: wordType, bytes: new Uint8Array(bytes) };
}

const bullet = {
  level: 0,
  format: LevelFormat.BULLET,
  text: "•",
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 284, hanging: 227 } } },
} as const;

function point({ label, text }: Item): Paragraph {
  const bold = label === null ? [] : [new TextRun({ text: `${label}: `, bold: true })];
  return new Paragraph({
    numbering: { reference: points, level: 0 },
    spacing: { after: 15 },
    children: [...bold, run(text)],
  });
}

/** A manager's own text may hold what XML has no place for. */
function run(text: string): TextRun {
  return new TextRun({ text: text.replace(/[\ufffe\uffff]/g, "") });
}

function header(draft: string): Header {
  const text = new TextRun({ text: draft, bold: true, color: colour.draft, size: size.small + 2 });
  return new Header({ children: [new Paragraph({ children: [text] })] });
}

function footer(line: string): Footer {
  const text = new TextRun({ text: line, color: colour.small, size: size.small });
  return new Footer({ children: [new Paragraph({ children: [text] })] });
}

function stylesFor(
  language: string,
  room: keyof typeof lettering,
): ConstructorParameters<typeof Document>[0]["styles"] & object {
  const { body, heading, after, before } = lettering[room];
  return {
    default: {
      document: {
        run: { font: "Calibri", size: body, language: { value: language } },
        paragraph: { spacing: { after } },
      },
      title: {
        run: { size: size.title, bold: true, color: colour.heading },
        paragraph: { spacing: { after: 60 } },
      },
      heading1: {
        run: { size: heading, bold: true, color: colour.heading },
        paragraph: { spacing: { before, after: 25 }, keepNext: true },
      },
    },
  };
}

/** The title and the language, and nothing of who made it, when, or with what. */
function properties(title: string, language: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${escaped(title)}</dc:title><dc:language>${language}</dc:language>`,
    "</cp:coreProperties>",
  ].join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
