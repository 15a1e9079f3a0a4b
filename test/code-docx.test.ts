import { strFromU8, unzipSync } from "fflate";
import { produceCode } from "../bots/documents/code-docx.ts";
import { fullCode } from "../bots/tools/gallery/manager-screens.ts";
import { lineOf, worded } from "../cards/code-text.ts";
import { codeFor } from "../dialogs/code/assemble.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { at, content } from "./views.ts";

/** The code of conduct as a Word document: what is in the file, as Word would read it. */

const facts = { organisation: "Toneel & <Co>", sector: "cultureAndMedia", date: at } as const;

async function documentOf(language: "nl" | "en", answers: Answers = fullCode) {
  const produced = await produceCode(answers, language, content.words(language), facts);
  const files = unzipSync(produced.bytes);
  const part = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  return { produced, names: Object.keys(files), part, paragraphs: paragraphsIn(part("word/document.xml")) };
}

interface Shown {
  readonly style: string | null;
  readonly listed: boolean;
  readonly text: string;
}

function paragraphsIn(xml: string): readonly Shown[] {
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) => ({
    style: /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1] ?? null,
    listed: paragraph.includes("<w:numPr>"),
    text: textIn(paragraph),
  }));
}

const textIn = (xml: string) =>
  [...xml.matchAll(/<w:t[ >][^<]*|<w:t>[^<]*|<w:br\/>/g)]
    .map(([run]) => (run === "<w:br/>" ? "\n" : run.replace(/^<w:t[^>]*>/, "")))
    .join("")
    .replaceAll("&apos;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe.each(["nl", "en"] as const)("in %s", (language) => {
  const words = content.words(language);

  test("it has the page's paragraphs and points, as headings and real lists", async () => {
    const { paragraphs } = await documentOf(language);
    const expected = worded(codeFor(fullCode, facts.sector).sections, fullCode, words).flatMap(
      ({ heading, texts, list }) => [
        ...(heading === null ? [] : [{ style: "Heading1", listed: false, text: heading }]),
        ...texts.map((text) => ({ style: null, listed: false, text })),
        ...list.map((item) => ({ style: "ListParagraph", listed: true, text: lineOf(item) })),
      ],
    );
    expect(paragraphs).toEqual([
      { style: "Title", listed: false, text: words.say("code.page.title") },
      ...expected,
    ]);
  });

  test("it is A4, in its language, and marked as a draft on the page", async () => {
    const { part } = await documentOf(language);
    expect(part("word/document.xml")).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(part("word/styles.xml")).toContain(`<w:lang w:val="${language === "nl" ? "nl-NL" : "en-GB"}"/>`);
    expect(textIn(part("word/header1.xml"))).toBe(words.say("code.page.draft"));
    // On the last night of the year in Amsterdam.
    const date = language === "nl" ? "1 januari 2027" : "1 January 2027";
    expect(textIn(part("word/footer1.xml"))).toContain("Toneel & <Co>");
    expect(textIn(part("word/footer1.xml"))).toContain(date);
  });

  test("it is a Word file by name and type", async () => {
    const { produced } = await documentOf(language);
    expect(produced.name).toMatch(/^[\w-]+\.docx$/);
    expect(produced.type).toBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  });
});

test("a page with room to spare has larger letters", async () => {
  const letters = async (answers: Answers) =>
    Number(
      /<w:docDefaults>.*?<w:sz w:val="(\d+)"/s.exec(
        (await documentOf("nl", answers)).part("word/styles.xml"),
      )?.[1],
    );
  expect(await letters(fullCode)).toBe(20);
  expect(await letters({ task: "write", support: ["adviser"] })).toBeGreaterThan(20);
});

test("it says nothing of who made it, and with what", async () => {
  const { names, part } = await documentOf("nl");
  const properties = names
    .filter((name) => name.startsWith("docProps/"))
    .map(part)
    .join();
  expect(properties).toContain("<dc:title>Zo gaan we met elkaar om</dc:title>");
  expect(properties).not.toMatch(/creator|lastModifiedBy|dcterms|Un-named|Application|Company/);
});

test("own words stand in it as they were written: no mark or tag in them does anything", async () => {
  const opening = 'Wij *staan* hier voor. <w:b/> & "zo" {list}';
  // XML has no place for the last of these: Word would refuse the file.
  const { paragraphs } = await documentOf("nl", { ...fullCode, opening: `${opening}\uffff` });
  expect(paragraphs[1]?.text).toBe(opening);
});
