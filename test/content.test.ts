import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";
import { readContent } from "../bots/content-files.ts";
import {
  ContentFault,
  contentLanguages,
  type Language,
  MissingText,
  normalise,
  parseContent,
  wordFiles,
} from "../content/words.ts";
import { commands, normalise as normaliseTyped, understand } from "../dialogs/core/typed.ts";
import { reportFlow } from "../dialogs/report.ts";

const content = readContent();
const nothing = { flow: null, question: null };

const shipped = (): Record<string, string> =>
  Object.fromEntries(
    [
      "help.yaml",
      "pseudonyms.yaml",
      ...contentLanguages.flatMap((language) =>
        [...wordFiles, "lexicon"].map((file) => `${language}/${file}.yaml`),
      ),
    ].map((path) => [path, readFileSync(new URL(`../content/${path}`, import.meta.url), "utf8")]),
  );

/** The faults found after changing one file. */
function faultsOf(path: string, change: (text: string) => string): readonly string[] {
  const files = shipped();
  const before = files[path] ?? "";
  const after = change(before);
  expect(after).not.toBe(before);
  try {
    parseContent({ ...files, [path]: after });
  } catch (error) {
    if (error instanceof ContentFault) return error.faults;
    throw error;
  }
  return [];
}

/** Every text of the word files, by key. */
function texts(language: Language): readonly (readonly [string, string])[] {
  const inside = (value: object, prefix: string): (readonly [string, string])[] =>
    Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
      typeof item === "string"
        ? [[`${prefix}.${name}`, item] as const]
        : inside(item as object, `${prefix}.${name}`),
    );
  return wordFiles.flatMap((file) =>
    inside(parse(shipped()[`${language}/${file}.yaml`] ?? "") as object, file),
  );
}

describe("reading content", () => {
  test.each([
    [
      "a text that one language lacks",
      "en/common.yaml",
      (t: string) => t.replace("  skip: Skip\n", ""),
      "en: common.buttons.skip: text is missing; nl has it",
    ],
    [
      "a text that only English has",
      "en/common.yaml",
      (t: string) => t.replace("  skip: Skip\n", "  skip: Skip\n  skipp: Skip\n"),
      "nl: common.buttons.skipp: text is missing; en has it",
    ],
    [
      "parameters that differ",
      "en/common.yaml",
      (t: string) => t.replace("{nr} of {of}", "{number} of {of}"),
      "common.step: nl and en have different {parameters}",
    ],
    [
      "a number where a text belongs",
      "nl/common.yaml",
      (t: string) => t.replace("  skip: Overslaan", "  skip: 12"),
      "nl/common.yaml: common.buttons.skip: is not a text",
    ],
    [
      "a button that is cut off",
      "nl/common.yaml",
      (t: string) => t.replace("Overslaan", "Overslaan en later nog een keer bekijken"),
      "nl: common.buttons.skip: has 40 characters; at most 30 fit",
    ],
    [
      "an option that Slack refuses",
      "nl/report.yaml",
      (t: string) => t.replace("Een collega", "Een collega ".repeat(8)),
      "nl: report.relation.options.colleague: has 95 characters; at most 75 fit",
    ],
    [
      "a file that is not YAML",
      "nl/case.yaml",
      (t: string) => `${t}\n  : [`,
      "nl/case.yaml: is not valid YAML",
    ],
    [
      "a word list for no option",
      "nl/lexicon.yaml",
      (t: string) => t.replace("report.danger.no:", "report.danger.nope:"),
      "nl/lexicon.yaml: options.report.danger.nope: there is no such option",
    ],
    [
      "a command that one language lacks",
      "nl/lexicon.yaml",
      (t: string) => t.replace("  skip: [", "  skipp: ["),
      "nl/lexicon.yaml: commands.skip: is missing; en has it",
    ],
    [
      "a made-up name twice",
      "pseudonyms.yaml",
      (t: string) => `${t}- Vega\n`,
      "pseudonyms.yaml: a name stands there twice",
    ],
  ])("%s is one clear line", (_, path, change, line) => {
    expect(faultsOf(path, change)).toContain(line);
  });

  test("a service without source or date is refused", () => {
    expect(faultsOf("help.yaml", (t) => t.replace("  source: politie.nl\n", "")).join()).toContain(
      "politie.source",
    );
    expect(faultsOf("help.yaml", (t) => t.replace("2026-11-21", "soon")).join()).toContain("checkedOn");
  });

  test("all mistakes are told at once, and a missing file is one of them", () => {
    const { "help.yaml": _, ...files } = shipped();
    files["en/common.yaml"] = (files["en/common.yaml"] ?? "").replace("  skip: Skip\n", "");
    expect(() => parseContent(files)).toThrow(ContentFault);
    try {
      parseContent(files);
    } catch (error) {
      expect((error as ContentFault).faults).toEqual([
        "en: common.buttons.skip: text is missing; nl has it",
        "help.yaml: file is missing",
      ]);
    }
  });
});

describe("a text", () => {
  const words = content.words("nl");
  const codeOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return error instanceof MissingText ? error.code : error;
    }
    return null;
  };

  test("is filled in, also with what looks like a pattern", () => {
    expect(words.say("common.step", { nr: 3, of: 9 })).toBe("Vraag 3 van 9");
    expect(words.say("case.thread.title", { number: "$& {number}" })).toBe("Melding $& {number}");
  });

  test("that is missing, or does not fit its parameters, is refused by name", () => {
    expect(codeOf(() => words.say("common.nowhere"))).toBe("missingText");
    expect(codeOf(() => words.say("constructor"))).toBe("missingText");
    expect(codeOf(() => words.say("common.step", { nr: 3 }))).toBe("missingParameter");
    expect(codeOf(() => words.say("common.buttons.skip", { nr: 3 }))).toBe("unknownParameter");
    expect(codeOf(() => content.help("constructor", "nl"))).toBe("missingHelp");
  });
});

test("made-up names are all different, and one word with two digits", () => {
  const names = Array.from({ length: content.pseudonyms }, (_, index) => content.pseudonym(index));
  expect(new Set(names).size).toBe(content.pseudonyms);
  for (const name of names) expect(name).toMatch(/^\p{Lu}\p{L}+ \d\d$/u);
  for (const index of [-1, 0.5, Number.NaN, content.pseudonyms]) {
    expect(() => content.pseudonym(index)).toThrow(RangeError);
  }
});

test("a name added at the end renames nobody", () => {
  const files = shipped();
  const longer = parseContent({ ...files, "pseudonyms.yaml": `${files["pseudonyms.yaml"]}- Nova\n` });
  for (const index of [0, 89, 90, content.pseudonyms - 1]) {
    expect(longer.pseudonym(index)).toBe(content.pseudonym(index));
  }
});

describe("the help directory", () => {
  const asked = [true, false].flatMap((conflictRoute) =>
    reportFlow({ conflictRoute }).items.flatMap((item) => [...item.help]),
  );

  test.each([...new Set([...asked, "112", "113", "slachtofferhulp"])])("knows %s in both languages", (id) => {
    for (const language of contentLanguages) {
      const service = content.help(id, language);
      expect(service.contact.length).toBeGreaterThan(0);
      expect(service.source).not.toBe("");
      expect(Date.parse(service.checkedOn)).not.toBeNaN();
    }
  });

  test("is the only place with telephone numbers (P18)", () => {
    for (const language of contentLanguages) {
      expect(texts(language).filter(([, text]) => /\d{3}/.test(text))).toEqual([]);
    }
  });

  test("has the same numbers in both languages", () => {
    const services = parse(shipped()["help.yaml"] ?? "") as Record<
      string,
      { contact: { nl: string; en: string }[] }
    >;
    const digits = (line: string) => (line.split(":")[0] ?? "").replace(/\D/g, "");
    for (const { contact } of Object.values(services)) {
      for (const { nl, en } of contact) expect(digits(en)).toBe(digits(nl));
    }
  });
});

describe.each(contentLanguages)("the words in %s", (language) => {
  const all = texts(language);
  const words = content.words(language);

  /** What a text may not say: guilt, doubt, labels, promises, jargon (P1, P13, P19). */
  const never: Readonly<Record<Language, readonly RegExp[]>> = {
    nl: [
      /\bdaders?\b/i,
      /\bplegers?\b/i,
      /\bslachtoffers?\b/i,
      /beschuldig/i,
      /strafbaar/i,
      /\baanklacht/i,
      /anoniem/i,
      /definitief|voorgoed|voor altijd/i,
      /geheim(?!houding of)/i,
      /gegarandeerd/i,
      /\bwaarom\b/i,
      /\bPSA\b|\bVIM\b|\bAVG\b|\bOR\b/,
      /\bu\b|\buw\b/i,
      /\bBSN\b/,
      /vermeend|zogenaamd/i,
    ],
    en: [
      /perpetrator|offender|culprit/i,
      /\bvictims?\b/i,
      /accus/i,
      /\bcrime|criminal|punish/i,
      /anonym/i,
      /permanently|for good|forever/i,
      /\bsecrets?\b/i,
      /guarantee/i,
      /\bwhy\b/i,
      /\bPSA\b|\bGDPR\b/,
      /alleged/i,
    ],
  };

  test("never convict, doubt, over-promise or use jargon", () => {
    const found = all.filter(([, text]) => never[language].some((pattern) => pattern.test(text)));
    expect(found).toEqual([]);
  });

  test("do not shout, joke or decorate", () => {
    const found = all.filter(([, text]) =>
      /!|\p{Extended_Pictographic}|\.\.\.|…/u.test(text.replace(/\d/g, "")),
    );
    expect(found).toEqual([]);
  });

  test("speak of deleting only together with its limit (P1)", () => {
    const deleting =
      language === "nl" ? /\b(wis|wissen|gewist|wist)\b/i : /\b(clear|cleared|delete|deleted)\b/i;
    const limit =
      language === "nl"
        ? /beheerders|stop|daarna worden|ook nu|begon|af, of/i
        : /administrators|stop|after that|also clear|busy/i;
    const labels = /\.(buttons|options|confirm)\./;
    const found = all.filter(([key, text]) => !labels.test(key) && deleting.test(text) && !limit.test(text));
    expect(found).toEqual([]);
    expect(words.say("common.clear.confirm.text")).toMatch(
      language === "nl" ? /Beheerders/ : /Administrators/,
    );
  });

  test("are short sentences (P19)", () => {
    const sentences = all.flatMap(([key, text]) =>
      text
        .split(/(?<=[.?:])\s+|\n+/)
        .map((sentence) => ({ key, sentence, length: sentence.split(/\s+/).length })),
    );
    expect(sentences.filter(({ length }) => length > 18)).toEqual([]);
    const whole = sentences.filter(({ sentence }) => /[.?]$/.test(sentence));
    const average = whole.reduce((sum, { length }) => sum + length, 0) / whole.length;
    expect(average).toBeLessThan(11);
  });

  test("begin with who this is, who reads, who else may, and where else to go (P1), in under 90 words", () => {
    const intro = words.say("common.intro.text", { organisation: "Organisatie" });
    const elements: Readonly<Record<Language, readonly RegExp[]>> = {
      nl: [
        /computerprogramma, geen vertrouwenspersoon/,
        /vertrouwenspersoon van Organisatie leest/,
        /Teams of Slack van je werkgever/,
        /Beheerders kunnen soms meelezen, ook als je iets hebt gewist/,
        /hulp buiten deze chat, met een eigen telefoon/,
      ],
      en: [
        /computer programme, not a confidential adviser/,
        /confidential adviser of Organisatie reads/,
        /employer's Teams or Slack/,
        /Administrators may be able to read along, even after you delete/,
        /help outside this chat, on your own phone/,
      ],
    };
    for (const element of elements[language]) expect(intro).toMatch(element);
    expect(intro.split(/\s+/).length).toBeLessThan(90);
  });

  test("have a label for every option of every question, and a reason for asking", () => {
    for (const item of reportFlow({ conflictRoute: true }).items) {
      if (item.kind === "end") continue;
      expect(words.say(`report.${item.id}.${item.kind === "tell" ? "text" : "why"}`)).not.toBe("");
      const labels = item.options.map((option) => words.say(`report.${item.id}.options.${option}`));
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

describe.each(contentLanguages)("typed in a conversation in %s", (language) => {
  const lexicon = content.lexicon(language);
  const typed = (text: string) => understand(text, nothing, lexicon);

  test("every command has words", () => {
    expect(Object.keys(lexicon.commands).sort()).toEqual([...commands, "danger", "despair"].sort());
  });

  test.each([
    ["report", "report"],
    ["resume", "resume"],
    ["goOn", "resume"],
    ["reports", "reports"],
    ["code", "reports"],
    ["dutch", "dutch"],
    ["english", "english"],
    ["back", "back"],
    ["skip", "skip"],
    ["stop", "stop"],
    ["keep", "done"],
    ["clear", "clear"],
    ["send", "send"],
    ["menu", "menu"],
    ["done", "done"],
  ])("the label of the button %s works as the button does (P19)", (button, command) => {
    for (const labels of contentLanguages) {
      expect(typed(content.words(labels).say(`common.buttons.${button}`))).toEqual({
        as: "command",
        command,
      });
    }
  });

  test("greetings and answers of the other language are understood", () => {
    expect(typed("hello")).toEqual({ as: "command", command: "hello" });
    expect(typed("Hallo!")).toEqual({ as: "command", command: "hello" });
    expect(lexicon.options["report.danger.no"]).toEqual(expect.arrayContaining(["nee", "no"]));
  });

  test("an option's own label and synonyms lead to that option only", () => {
    for (const question of reportFlow({ conflictRoute: true }).items) {
      if (question.kind !== "choice" && question.kind !== "choices") continue;
      for (const option of question.options) {
        const own = lexicon.options[`report.${question.id}.${option}`] ?? [];
        expect(own.length).toBeGreaterThan(1);
        for (const text of own) {
          expect(understand(text, { flow: "report", question }, lexicon)).toEqual({
            as: "option",
            options: [option],
          });
        }
      }
    }
  });

  test("the label of what only has to be read means going on", () => {
    for (const question of reportFlow({ conflictRoute: true }).items) {
      if (question.kind !== "tell") continue;
      const label = content.words(language).say(`report.${question.id}.options.seen`);
      expect(understand(label, { flow: "report", question }, lexicon)).toEqual({
        as: "command",
        command: "resume",
      });
    }
  });

  test.each([
    "ik wil dood",
    "Ik wil niet meer leven.",
    "soms denk ik aan zelfmoord",
    "ik ga mezelf iets aandoen",
    "I want to die",
    "I don't want to live anymore",
    "i am thinking about suicide",
    "I could kill myself over this",
  ])("'%s' shows where to talk now (P8)", (text) => {
    expect(typed(text)).toEqual({ as: "despair" });
  });

  test.each([
    "ik ben in gevaar",
    "Help, hij heeft een mes",
    "moet ik 112 bellen?",
    "I'm not safe",
    "she has a weapon",
  ])("'%s' shows the emergency number (P8)", (text) => {
    expect(typed(text)).toEqual({ as: "danger" });
  });

  test.each([
    "mijn telefoon is dood",
    "de lijn is dood",
    "ik schaamde me dood",
    "ik lachte me dood",
    "collega's die er niet meer zijn",
    "hij stapte uit het team",
    "I was dead tired",
    "this is killing me",
    "I hurt my back",
    "the deadline is killing the team",
    "het is geen gevaarlijk werk",
    "een gevaarlijke machine",
  ])("'%s' is no alarm", (text) => {
    expect(["danger", "despair"]).not.toContain(typed(text).as);
  });
});

test("a word that means two things joins neither from the other language", () => {
  const files = shipped();
  files["nl/lexicon.yaml"] = (files["nl/lexicon.yaml"] ?? "").replace("  skip: [", "  skip: [done, ");
  const lexicon = parseContent(files).lexicon("nl");
  expect(lexicon.commands.skip).toContain("done");
  expect(lexicon.commands.done).not.toContain("done");
  expect(lexicon.commands.done).toContain("finished");
});

test("word lists and typed text are compared in one form", () => {
  expect(normalise("  Oké, DOEN we! ")).toBe("oke doen we");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => normalise(text) === normaliseTyped(text)));
});
