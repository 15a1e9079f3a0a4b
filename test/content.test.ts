import { parse } from "yaml";
import { readContent } from "../bots/content-files.ts";
import { ContentFault, contentLanguages, type Language, parseContent, wordFiles } from "../content/words.ts";
import { topics } from "../dialogs/core/screen.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { codeOf, faultsAfter, questions, shipped, shippedFiles, worded } from "./shipped.ts";

const content = readContent();

/** Every text of the word files, by key. */
function texts(language: Language): readonly (readonly [string, string])[] {
  const inside = (value: object, prefix: string): (readonly [string, string])[] =>
    Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
      typeof item === "string"
        ? [[`${prefix}.${name}`, item] as const]
        : inside(item as object, `${prefix}.${name}`),
    );
  return wordFiles.flatMap((file) => inside(parse(shipped(`${language}/${file}.yaml`)) as object, file));
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
      "names for a service that there is not",
      "en/lexicon.yaml",
      (t: string) => t.replace("  mores: [mores]", "  mores: [mores]\n  nobody: [nobody]"),
      "en/lexicon.yaml: services.nobody: there is no such service to show",
    ],
    [
      "names for a service in one language",
      "nl/lexicon.yaml",
      (t: string) => t.replace(/ {2}mores: .*\n/, ""),
      "nl/lexicon.yaml: services.mores: is missing; en has it",
    ],
    [
      "words for a topic that there is not",
      "nl/lexicon.yaml",
      (t: string) => t.replace("  firstTalk:\n", "  lastTalk:\n"),
      "nl/lexicon.yaml: topics.lastTalk: there is no such topic",
    ],
    [
      "no words for a direct question",
      "nl/lexicon.yaml",
      (t: string) => t.replace(/^asking:[\s\S]*/m, "asking: []\n"),
      "nl/lexicon.yaml: asking: Too small: expected array to have >=1 items",
    ],
    [
      "a made-up name twice",
      "pseudonyms.yaml",
      (t: string) => `${t}- Vega\n`,
      "pseudonyms.yaml: a name stands there twice",
    ],
  ])("%s is one clear line", (_, path, change, line) => {
    expect(faultsAfter(path, change)).toContain(line);
  });

  test("a service without source or date is refused", () => {
    expect(faultsAfter("help.yaml", (t) => t.replace("  source: politie.nl\n", "")).join()).toContain(
      "politie.source",
    );
    expect(faultsAfter("help.yaml", (t) => t.replace("2026-11-21", "soon")).join()).toContain("checkedOn");
  });

  test("all mistakes are told at once, and a missing file is one of them", () => {
    const { "help.yaml": _, ...files } = shippedFiles();
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
  const files = shippedFiles();
  const longer = parseContent({ ...files, "pseudonyms.yaml": `${files["pseudonyms.yaml"]}- Nova\n` });
  for (const index of [0, 89, 90, content.pseudonyms - 1]) {
    expect(longer.pseudonym(index)).toBe(content.pseudonym(index));
  }
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

  test("have no telephone number: those stand in the help directory, with source and date (P18)", () => {
    // The year of a source is no number to call.
    const digits = (text: string) => text.replace(/\b(19|20)\d\d\b/g, "");
    expect(all.filter(([, text]) => /\d{3}/.test(digits(text)))).toEqual([]);
  });

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
    for (const { flow, question: item } of questions)
      expect(words.say(`${flow}.${item.id}.${item.kind === "tell" ? "text" : "why"}`)).not.toBe("");
    for (const { flow, question: item } of worded) {
      const labels = item.options.map((option) => words.say(`${flow}.${item.id}.options.${option}`));
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  /** What a text must hold: nl, en. */
  const holds = (key: string, ...elements: readonly (readonly [RegExp, RegExp])[]) => {
    const [nl, en] = contentLanguages;
    expect([nl, en]).toContain(language);
    for (const [dutch, english] of elements)
      expect(words.say(key)).toMatch(language === "nl" ? dutch : english);
  };
  /** All there is to read on one topic, but what holds in one sector only. */
  const topicText = (topic: string) =>
    all
      .filter(([key]) => key.startsWith(`topics.${topic}.`) && !key.includes(".sector."))
      .map(([, text]) => text);

  test("explain every topic, under a label that fits a button, in points that are numbered without a gap", () => {
    for (const topic of topics) {
      expect(words.say(`topics.${topic}.label`).length).toBeLessThanOrEqual(30);
      expect(words.say(`topics.${topic}.text`)).not.toBe("");
      const points = all.flatMap(([key]) => new RegExp(`^topics\\.${topic}\\.p(\\d+)$`).exec(key)?.[1] ?? []);
      expect(points.length).toBeGreaterThanOrEqual(5);
      expect(points).toEqual(points.map((_, index) => String(index + 1)));
    }
  });

  test("say what an adviser does, and does not do", () => {
    const text = topicText("adviser").join("\n");
    const does =
      language === "nl"
        ? [/^Opvangen/m, /^Begeleiden/m, /^Meedenken.*officiële stappen/m, /^Doorverwijzen/m, /^Nazorg/m]
        : [
            /^Listening and support/m,
            /^Guidance/m,
            /^Thinking along.*official steps/m,
            /^Referral/m,
            /^Aftercare/m,
          ];
    for (const pattern of does) expect(text).toMatch(pattern);
    holds("topics.adviser.p6", [
      /niet doet: onderzoeken .* bemiddelen, oordelen of over anderen beslissen/,
      /not do: investigate .* mediate, judge or decide about others/,
    ]);
  });

  test("never promise that something stays between two people, and name who may hear it (P1)", () => {
    holds(
      "topics.secrecy.text",
      [/niets zonder jouw toestemming/, /nothing without your consent/],
      [/kan niemand beloven/, /nobody can promise/],
      [/Als het kan, hoor je het eerst/, /If possible, you hear it first/],
    );
    holds("topics.secrecy.p1", [/de wet/, /the law/]);
    holds("topics.secrecy.p2", [/zwijgen en iemand beschermen/, /keeping quiet and protecting someone/]);
    holds("topics.secrecy.p3", [/politie of een rechter/, /police or a judge/]);
    holds("topics.secrecy.p4", [
      /Beheerders kunnen soms meelezen/,
      /Administrators may be able to read along/,
    ]);
  });

  test("tell the limits in every sector, and where somebody else must pass it on", () => {
    for (const sector of sectors) expect(words.say(`topics.secrecy.sector.${sector}`)).not.toBe("");
    for (const sector of ["healthcare", "mentalHealthcare", "disabilityCare", "youthCare"] as const) {
      holds(`topics.secrecy.sector.${sector}`, [/melden bij de inspectie/, /report .* to the inspectorate/]);
    }
    holds(
      "topics.secrecy.sector.education",
      [
        /waarschijnlijk ook voor de vertrouwenspersoon van de school/,
        /probably includes the school's own adviser/,
      ],
      [/kan niet beloven te zwijgen/, /cannot promise to keep quiet/],
      [/vertrouwensinspecteur .* zwijgplicht/s, /vertrouwensinspecteur.* duty of confidentiality/s],
    );
    holds(
      "topics.secrecy.sector.sport",
      [/geeft .* een signaal door aan het bestuur/, /passes a signal on to the board/],
      [/Vraag eerst/, /Ask first/],
    );
  });

  test("tell of each way, from a talk to the police, who knows, whether a name is needed, what follows and how it stops", () => {
    const ways = topicText("differences").filter((text) => text.length > 150);
    expect(ways).toHaveLength(5);
    const each =
      language === "nl"
        ? [/Wie het weet:/, /[Jj]e naam:/, /Wat volgt:|Meestal begint/, /Stoppen:/]
        : [/Who knows:/, /Your name:/, /What follows:|Usually no investigation/, /Stopping:/];
    for (const way of ways) for (const pattern of each) expect(way).toMatch(pattern);
    holds(
      "topics.differences.p5",
      [/Je naam: altijd nodig/, /Your name: always needed/],
      [/kun je niet intrekken/, /cannot withdraw/],
    );
    holds("topics.differences.p4", [
      /praat een rechercheur eerst met je/,
      /a detective talks with you first/,
    ]);
  });
});
