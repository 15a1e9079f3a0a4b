import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { jest } from "@jest/globals";
import fc from "fast-check";
import { CheckFile } from "../bots/documents/check-json.ts";
import { drawable, undrawableSign } from "../bots/documents/drawable.ts";
import { type CheckFormat, fileName, produceCheck } from "../bots/documents/file.ts";
import { institutionCheck, theatreCheck } from "../bots/tools/document/samples.ts";
import { contentLanguages } from "../content/words.ts";
import { type Check, longest } from "../dialogs/check/check.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { questionsFor } from "../dialogs/check/questions.ts";
import {
  allAnswered,
  anyRound,
  checkOf,
  content,
  given,
  hostileNotes,
  lastOf,
  now,
  roundOf,
} from "./check-samples.ts";
import { type ReadPdf, readPdf, squeezed } from "./pdf-text.ts";

const setting = { sector: "mentalHealthcare", size: "from50" } as const;

function produce(format: CheckFormat, check: Check, language: "nl" | "en" = "nl") {
  const facts = { organisation: "Stichting Voorbeeld", now, language };
  return produceCheck(format, check, lastOf(check), facts, content);
}

/** Those made before: drawing and reading one takes a second. */
const read = new Map<Check, Map<string, Promise<ReadPdf>>>();

function pdfOf(check: Check, language: "nl" | "en" = "nl"): Promise<ReadPdf> {
  const own = read.get(check) ?? new Map<string, Promise<ReadPdf>>();
  read.set(check, own);
  const made = own.get(language) ?? produce("pdf", check, language).then(({ bytes }) => readPdf(bytes));
  own.set(language, made);
  return made;
}

async function textOf(format: "csv" | "json", check: Check, language: "nl" | "en" = "nl"): Promise<string> {
  return Buffer.from((await produce(format, check, language)).bytes).toString("utf8");
}

/** A check with each of these notes, one a question. */
function noted(notes: readonly string[], more: Partial<Check> = {}): Check {
  const ids = questionsFor(setting).map(({ id }) => id);
  const answers = ids.map((id, nr) => [id, [given("partly", notes[nr % notes.length] ?? "")]]);
  return checkOf([roundOf(setting, Object.fromEntries(answers))], more);
}

const hostile = noted(hostileNotes);
const wordy = noted(["woord en ".repeat(60).slice(0, longest.note)]);

describe("the PDF", () => {
  test.each(contentLanguages)("says all there is to say, in %s", async (language) => {
    const { text, info, language: lang, bookmarks } = await pdfOf(institutionCheck, language);
    const words = content.words(language);
    const sections = [
      "document.about.title",
      "document.glance.title",
      "document.duties.title",
      "document.parts.sectorRule",
      "document.parts.proposed",
      "document.parts.goodPractice",
      "document.plan.title",
      "document.changes.title",
      "document.answers.title",
      "document.sources.title",
    ].map((key) => squeezed(words.say(key)));
    for (const section of sections) expect(text).toContain(section);
    const places = sections.slice(2).map((section) => text.lastIndexOf(section));
    expect(bookmarks.map(squeezed)).toEqual(sections.slice(1));
    expect(places.at(0)).toBeLessThan(places.at(-1) ?? 0);
    for (const { id } of questionsFor(setting))
      expect(text).toContain(squeezed(words.say(`questions.${id}.title`)));
    for (const own of [
      "Mariëke de Wit",
      "Samir",
      "José van der Meer",
      "zonder naam of datum",
      "Stichting Voorbeeld",
    ])
      expect(text).toContain(squeezed(own));
    expect(lang).toBe(language);
    expect(info.Title).toBe(`${words.say("document.title")}: ${institutionCheck.unit}`);
  });

  test("says on every page but the first that it is interim, and on the first in a frame", async () => {
    const { pages } = await pdfOf(theatreCheck);
    for (const { runs } of pages) {
      const page = runs.map(({ text }) => text).join("");
      expect(squeezed(page)).toContain(
        `Tussenstand:14van${questionsFor(lastOf(theatreCheck).setting).length}vragenbeantwoord`,
      );
    }
    const { text } = await pdfOf(institutionCheck);
    expect(text).not.toContain("Tussenstand");
  });

  test("numbers its pages and says that it is to be discussed", async () => {
    const { pages } = await pdfOf(institutionCheck);
    for (const [nr, { runs }] of pages.entries()) {
      const page = squeezed(runs.map(({ text }) => text).join(""));
      expect(page).toContain(`Pagina${nr + 1}van${pages.length}`);
      expect(page).toContain("Conceptvoorbespreking·28november2026");
    }
  });

  test("leaves no legal duty out that is not said to be in order, whatever was answered", async () => {
    const words = content.words("nl");
    await fc.assert(
      fc.asyncProperty(anyRound(fc.constantFrom("", ...hostileNotes)), async (round) => {
        const { text } = await pdfOf(checkOf([round]));
        const from = text.indexOf(squeezed(words.say("document.duties.title")));
        const duties = text.slice(
          from,
          text.indexOf(squeezed(words.say("document.parts.goodPractice")), from),
        );
        for (const { id } of outcomeOf(round).openDuties)
          expect(duties).toContain(squeezed(words.say(`questions.${id}.title`)));
      }),
      { numRuns: 8 },
    );
  });

  test.each([
    ["the samples", [institutionCheck, theatreCheck], 14],
    ["nothing answered", [checkOf([roundOf(setting, {}, { finishedAt: null })])], 14],
    ["all in order", [checkOf([roundOf(setting, allAnswered(setting, given("yes")))])], 11],
    ["notes to do harm", [hostile], 25],
    ["the longest notes of the widest letter", [noted(["W".repeat(longest.note)])], 60],
    ["the longest notes of short words", [wordy], 40],
    [
      "the longest names",
      [
        noted([""], {
          unit: "W".repeat(longest.unit),
          people: Array.from({ length: 12 }, (_, nr) => ({
            id: `p${nr + 1}`,
            mark: "m",
            name: "W".repeat(longest.name),
            role: "worksCouncil",
          })),
        }),
      ],
      20,
    ],
  ] as const)("keeps within its pages: %s", async (_what, checks, most) => {
    for (const check of checks) {
      const { pages } = await pdfOf(check);
      expect(pages.length).toBeLessThanOrEqual(most);
      for (const { runs } of pages) {
        expect(runs.length).toBeGreaterThan(4);
        for (const { x, y, width } of runs) {
          expect(x).toBeGreaterThanOrEqual(59);
          expect(x + width).toBeLessThanOrEqual(595.28 - 59);
          expect(y).toBeGreaterThan(20);
          expect(y).toBeLessThan(842 - 20);
        }
      }
    }
  });

  test("has no heading at the end of a page", async () => {
    for (const [check, language] of [
      [institutionCheck, "nl"],
      [institutionCheck, "en"],
      [theatreCheck, "nl"],
      [hostile, "nl"],
      [wordy, "nl"],
    ] as const) {
      const { pages } = await pdfOf(check, language);
      for (const { runs } of pages) {
        // Above the foot; headings are larger than all that stands below them.
        const body = runs.filter(({ y }) => y > 64).toSorted((a, b) => a.y - b.y);
        expect(body.at(0)?.size).toBeLessThan(10.5);
      }
    }
  });

  test("writes nobody's texts over one another", async () => {
    const { pages } = await pdfOf(hostile);
    for (const { runs } of pages) {
      for (const [nr, a] of runs.entries()) {
        for (const b of runs.slice(nr + 1)) {
          const beside = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5;
          const below = Math.abs(a.y - b.y) >= Math.min(a.size, b.size) * 0.8;
          if (!beside && !below) expect([a, b]).toEqual([]);
        }
      }
    }
  });

  test("shows what can be drawn, and a sign with what it means for what cannot", async () => {
    const { text } = await pdfOf(hostile);
    expect(text).toContain(squeezed('“Citaat”, ‘enkel’ en "recht"; é ë ï ü ñ ç ø å ß İ ğ ș Ж Ω ế'));
    expect(text).toContain("i".repeat(longest.note));
    expect(text).toContain(
      squeezed(`${undrawableSign} ${undrawableSign} 1 ${undrawableSign} naar -> intranet`),
    );
    expect(text).toContain(squeezed("{name} <b>vet</b>"));
    const means = squeezed(content.words("nl").say("document.undrawable", { sign: undrawableSign }));
    expect(text).toContain(means);
    expect((await pdfOf(noted(["gewoon"]))).text).not.toContain(means);
  });

  test("fetches nothing, links nowhere, and runs nothing", async () => {
    const fetched = jest.spyOn(globalThis, "fetch").mockRejectedValue(new Error("no network here"));
    try {
      const { pages, scripts } = await pdfOf(noted(hostileNotes, { unit: "https://evil.example/x.png" }));
      expect(pages.every(({ annotations }) => annotations === 0)).toBe(true);
      expect(scripts).toBe(false);
      expect(fetched).not.toHaveBeenCalled();
    } finally {
      fetched.mockRestore();
    }
  });

  test("names nobody in what a search engine reads, and nothing of the machine", async () => {
    const { bytes } = await produce("pdf", institutionCheck);
    const { info } = await readPdf(bytes);
    const said = JSON.stringify(info);
    expect(said).not.toMatch(/Mariëke|Samir|José|SECRET|mark-of|K7QD/);
    expect(Object.keys(info)).not.toContain("Author");
    expect([info.Creator, info.Producer]).toEqual(["Vertrouwd", "Vertrouwd"]);
    expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/node_modules|\/home\/|\/tmp\//);
  });

  test("is the same file when it is made again", async () => {
    const [first, second] = [await produce("pdf", institutionCheck), await produce("pdf", institutionCheck)];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
  });
});

describe("what is drawable", () => {
  const fontkit: { create(data: Buffer): { characterSet: readonly number[] } } = createRequire(
    import.meta.url,
  )("fontkit");
  const fonts = ["Regular", "Medium", "Italic", "MediumItalic"].map(
    (style) =>
      new Set(
        fontkit.create(readFileSync(`node_modules/pdfmake/fonts/Roboto/Roboto-${style}.ttf`)).characterSet,
      ),
  );

  test("all four fonts have, whatever was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const char of drawable(text)) {
          if (char !== "\n") expect(fonts.every((font) => font.has(char.codePointAt(0) ?? 0))).toBe(true);
        }
      }),
    );
    // Each character by itself, in the plane that people write in.
    for (let code = 0; code <= 0xffff; code++) {
      for (const char of drawable(String.fromCharCode(code))) {
        if (char !== "\n" && !fonts.every((font) => font.has(char.codePointAt(0) ?? 0)))
          throw new Error(`U+${code.toString(16)} is let through`);
      }
    }
  });

  test("is left as it is, in the languages that are written here", () => {
    for (const text of [
      "Fatima El Idrissi, Çağlar Şahin, Łukasz Żółć, Ștefan Țuțea, Nguyễn Thị Hương, Zoë d'Ancona",
      "Ольга Ковальчук, Ελένη Παπαδοπούλου; 50% ≥ 3 × 2, € 10 – “goed” … 'ok' §4 №7",
    ])
      expect(drawable(text)).toBe(text.normalize("NFC"));
  });

  test("cannot pile up, turn round or hide", () => {
    expect(drawable(`a${"\u0301\u0300".repeat(40)}`).length).toBeLessThanOrEqual(3);
    expect(drawable("abc\u202Edef\u200B\u00AD\u0007")).toBe("abcdef");
    expect(drawable("👩‍👩‍👧‍👦")).toBe(undrawableSign);
    expect(drawable("＝𝐁 ①")).toBe("=B 1");
  });
});

/** Reads CSV as RFC 4180 says, with this between the cells. */
function cells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}\\r\\n"]*)(${delimiter}|\\r\\n|$)`, "gy");
  for (const [whole, cell = "", end] of text.matchAll(pattern)) {
    if (whole === "" && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 0);
}

describe("the CSV", () => {
  test.each(contentLanguages)("has one row a question that reads back, in %s", async (language) => {
    const text = await textOf("csv", institutionCheck, language);
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [heading, ...rows] = cells(text.slice(1), ";");
    const asked = questionsFor(setting);
    expect(heading).toHaveLength(12);
    expect(rows.map((row) => [row[0], row[1], row.length])).toEqual(
      asked.map(({ id }, nr) => [String(nr + 1), id, 12]),
    );
    const plan = rows.find(([, id]) => id === "actionPlan");
    expect(plan?.slice(6)).toEqual([
      "Maatregelen staan er, zonder naam of datum",
      "Mariëke de Wit",
      "2026-11-19T10:08:00.000Z",
      "Samir",
      "2026-12-15",
      language === "nl" ? "nee" : "no",
    ]);
  });

  test("holds no cell that a spreadsheet would run", async () => {
    const agreed = { owner: "=1+1", due: null, done: false, by: "p1", at: now, revision: 1, remind: [] };
    const check = noted(hostileNotes, {
      people: [{ id: "p1", mark: "m", name: "@SUM(A1)", role: "manager" }],
    });
    const round = { ...lastOf(check), plan: { policyWritten: agreed } };
    const rows = cells((await textOf("csv", { ...check, rounds: [round] })).slice(1), ";");
    expect(rows).toHaveLength(questionsFor(setting).length + 1);
    for (const cell of rows.slice(1).flat()) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u);
    expect(rows[1]?.[6]).toBe(`'${hostileNotes[0]}`);
    expect([rows[1]?.[7], rows[1]?.[9]]).toEqual(["'@SUM(A1)", "'=1+1"]);
  });
});

describe("the JSON", () => {
  test.each(contentLanguages)("is of the format it says, in %s", async (language) => {
    for (const check of [institutionCheck, theatreCheck, hostile]) {
      const file = CheckFile.parse(JSON.parse(await textOf("json", check, language)));
      const { setting: asked } = lastOf(check);
      expect(file.questions.map(({ id }) => id)).toEqual(questionsFor(asked).map(({ id }) => id));
      expect(file.interim).toBe(lastOf(check).finishedAt === null);
    }
  });

  test("has what was answered, what follows, and what was agreed", async () => {
    const file = CheckFile.parse(JSON.parse(await textOf("json", institutionCheck)));
    expect(file).toMatchObject({ format: "vertrouwd-check", version: 1, sector: "mentalHealthcare" });
    expect(file.questions.find(({ id }) => id === "screening")).toMatchObject({
      verdict: "notApplicable",
      status: { id: "unknown" },
    });
    expect(file.questions.find(({ id }) => id === "actionPlan")).toMatchObject({
      plan: "first",
      agreement: { owner: "Samir", due: "2026-12-15", done: false },
    });
    expect(file.changes).toContainEqual({ id: "policyWritten", before: "missing", now: "partly" });
    expect(file.counts.find(({ kind }) => kind === "law")).toEqual({
      kind: "law",
      ...outcomeOf(lastOf(institutionCheck)).groups.reduce(
        (sum, { counts: { law } }) => ({
          inOrder: sum.inOrder + law.inOrder,
          partly: sum.partly + law.partly,
          missing: sum.missing + law.missing,
          unknown: sum.unknown + law.unknown,
          notApplicable: sum.notApplicable + law.notApplicable,
        }),
        { inOrder: 0, partly: 0, missing: 0, unknown: 0, notApplicable: 0 },
      ),
    });
  });
});

test("no file has the code to join, or anything of an account", async () => {
  for (const format of ["csv", "json"] as const)
    expect(await textOf(format, institutionCheck)).not.toMatch(/K7QD|mark-of|"p[123]"/);
  expect((await pdfOf(institutionCheck)).text).not.toMatch(/K7QD|mark-of/);
});

describe("a file's name", () => {
  test.each([
    ["Zorg Noord", "check-zorg-noord-2026-11-28.pdf"],
    ["Café Überzée (2e verdieping)", "check-cafe-uberzee-2e-verdieping-2026-11-28.pdf"],
    ["../../etc/passwd", "check-etc-passwd-2026-11-28.pdf"],
    ['a"; filename="x.exe\r\nSet-Cookie: x', "check-a-filename-x-exe-set-cookie-x-2026-11-28.pdf"],
    ["مرحبا", "check-2026-11-28.pdf"],
    ["", "check-2026-11-28.pdf"],
    ["a".repeat(60), `check-${"a".repeat(40)}-2026-11-28.pdf`],
  ])("is safe: %s", (unit, name) => {
    expect(fileName("check", unit, now, "pdf")).toBe(name);
  });

  test("has the day that it is in Amsterdam", () => {
    expect(fileName("check", "x", Date.parse("2026-11-28T23:30:00Z"), "csv")).toBe("check-x-2026-11-29.csv");
  });

  test("goes with its type", async () => {
    expect(await produce("csv", theatreCheck)).toMatchObject({
      name: "check-toneelgezelschap-de-brug-2026-11-28.csv",
      type: "text/csv; charset=utf-8",
    });
    expect((await produce("pdf", theatreCheck)).type).toBe("application/pdf");
    expect((await produce("json", theatreCheck)).type).toBe("application/json");
  });
});
