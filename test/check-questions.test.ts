import { readFileSync } from "node:fs";
import { readContent } from "../bots/content-files.ts";
import { contentLanguages, type DutyKind, type Language } from "../content/words.ts";
import {
  type CheckQuestion,
  groups,
  questions,
  questionsFor,
  type Setting,
  sizes,
} from "../dialogs/check/questions.ts";
import { type Sector, sectors } from "../dialogs/find/situation.ts";
import { codeOf, collectedOn, faultsAfter, neverSaid } from "./shipped.ts";

const content = readContent();
const ids = questions.map(({ id }) => id);
const settings: readonly Setting[] = sectors.flatMap((sector) => sizes.map((size) => ({ sector, size })));

/** What every question has words for. */
const parts = ["title", "why", "ok", "action", "step", "involve"] as const;
type Part = (typeof parts)[number];

function say(id: string, part: Part, language: Language): string {
  return content.words(language).say(`questions.${id}.${part}`);
}

/** All there is to read on a question: its words, and what it rests on. */
function textsOf(id: string, language: Language): readonly string[] {
  const { say, has } = content.words(language);
  const use = `questions.${id}.use`;
  return [
    ...parts.map((part) => say(`questions.${id}.${part}`)),
    ...(has(use) ? [say(use)] : []),
    content.checkSource(id, language).rests,
  ];
}

/** What a question is somewhere. */
function kindsOf({ kind, when }: CheckQuestion): readonly DutyKind[] {
  return [...new Set(settings.filter(when).map(kind))];
}

const wholeSentences = (text: string) => text.split(/(?<=[.?])\s+/);

describe("every question", () => {
  test("has a group and a number of the list of 39, or is known to have been added", () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { group } of questions) expect(groups).toContain(group);
    expect(questions.filter(({ nr }) => nr === null).map(({ id }) => id)).toEqual(["higherEducationRules"]);
    const numbers = new Set(questions.flatMap(({ nr }) => nr ?? []));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
  });

  test("is asked somewhere, and every part holds one", () => {
    for (const { id, when } of questions) expect([id, settings.some(when)]).toEqual([id, true]);
    expect([...new Set(questions.map(({ group }) => group))]).toEqual(groups);
  });

  test.each(contentLanguages)("has its words, and a source with a date, in %s (P18)", (language) => {
    expect(content.checkSources.map(({ id }) => id)).toEqual(ids);
    for (const id of ids) {
      for (const part of parts) expect(say(id, part, language)).not.toBe("");
      const { rests, source, checkedOn } = content.checkSource(id, language);
      expect(rests).not.toBe("");
      expect(source).not.toBe("");
      expect([id, checkedOn <= collectedOn]).toEqual([id, true]);
      expect(content.checkSources).toContainEqual({ id, checkedOn });
    }
    const words = content.words(language);
    for (const group of groups) {
      expect(words.say(`questions.groups.${group}.title`)).not.toBe("");
      expect(wholeSentences(words.say(`questions.groups.${group}.text`))).toHaveLength(1);
    }
  });

  test("that there is not has no source", () => {
    expect(codeOf(() => content.checkSource("constructor", "nl"))).toBe("missingCheckSource");
  });
});

/*
 * Written out by hand from the list of 39 and the sources in `docs/check.md`; nothing here is derived from the
 * code. What is not named in `law`, `rule` or `bill` is good practice.
 */
const askedEverywhere = [
  ...["policyWritten", "codeExamples", "codeConsequences", "codeDiscussed", "codeScope", "leadership"],
  ...["participation", "riskInventory", "actionPlan", "riskPower", "riskGroups", "adviserAppointed"],
  ...["adviserChoice", "adviserRoles", "adviserNoInquiry", "adviserProtected", "adviserKnown"],
  ...["complaintsScheme", "informalRoute", "inquiryProtocol", "aboutTheTop"],
  ...["neutralLanguage", "informed", "managersTrained", "bystanderTraining", "screening", "firstCare"],
  ...["aftercare", "noRetaliation", "externalHelp", "annualReport", "incidentEvaluation", "privacy"],
];
const lawEverywhere = ["policyWritten", "riskInventory", "actionPlan", "informed", "privacy"];
const bills = ["codeExamples", "codeConsequences", "adviserAppointed", "adviserProtected"];

/** By size: what is asked besides, and what is law or in a bill there. */
const bySize = {
  under10: { asked: [], law: [], bill: [] },
  from10: { asked: [], law: [], bill: bills },
  from50: { asked: ["whistleblowing"], law: ["participation", "whistleblowing"], bill: bills },
} as const;

/** In all four kinds of care. */
const care = {
  asked: ["careSafetyPolicy", "careStaffReport", "careInspectorate", "reportingCode"],
  law: ["screening", "careInspectorate", "reportingCode"],
  rule: ["complaintsScheme", "incidentEvaluation", "careSafetyPolicy", "careStaffReport"],
};

/** By sector: what is asked besides, and what is law or a rule of the sector there. */
const bySector: Readonly<Record<Sector, Readonly<Record<"asked" | "law" | "rule", readonly string[]>>>> = {
  business: { asked: [], law: [], rule: [] },
  healthcare: care,
  mentalHealthcare: care,
  disabilityCare: { ...care, asked: [...care.asked, "disabilityAttention"] },
  youthCare: care,
  education: {
    asked: ["reportingCode", "educationReporting", "educationMonitor"],
    law: ["complaintsScheme", "screening", "reportingCode", "educationReporting", "educationMonitor"],
    rule: [],
  },
  higherEducation: {
    asked: ["higherEducationReporting", "higherEducationRules"],
    law: ["higherEducationReporting"],
    rule: ["higherEducationRules"],
  },
  sport: { asked: ["sportReporting"], law: [], rule: ["screening", "sportReporting"] },
  cultureAndMedia: { asked: ["cultureSafety"], law: [], rule: [] },
  government: { asked: ["governmentSystem"], law: [], rule: ["governmentSystem"] },
};

describe("what is asked, and what it is there,", () => {
  test.each(settings.map((setting) => [setting.sector, setting.size, setting] as const))(
    "in %s, %s",
    (sector, size, setting) => {
      const [here, so] = [bySector[sector], bySize[size]];
      const kindOf = (id: string): DutyKind => {
        if ([...lawEverywhere, ...so.law, ...here.law].includes(id)) return "law";
        if (here.rule.includes(id)) return "sectorRule";
        return (so.bill as readonly string[]).includes(id) ? "proposed" : "goodPractice";
      };
      const expected = [...askedEverywhere, ...so.asked, ...here.asked].map((id) => [id, kindOf(id)]);
      expect(Object.fromEntries(questionsFor(setting).map(({ id, kind }) => [id, kind]))).toEqual(
        Object.fromEntries(expected),
      );
      expect(questionsFor(setting)).toHaveLength(expected.length);
    },
  );

  test("adds up: how many are asked, and how many of those are a legal duty", () => {
    const counted = (sector: Sector, size: Setting["size"]) => {
      const asked = questionsFor({ sector, size });
      return [asked.length, asked.filter(({ kind }) => kind === "law").length];
    };
    expect(counted("business", "under10")).toEqual([33, 5]);
    expect(counted("cultureAndMedia", "from10")).toEqual([34, 5]);
    expect(counted("business", "from50")).toEqual([34, 7]);
    expect(counted("disabilityCare", "from50")).toEqual([39, 10]);
    expect(counted("education", "from50")).toEqual([37, 12]);
  });
});

describe.each(contentLanguages)("in %s", (language) => {
  const nl = language === "nl";

  test("a question can be answered with yes, partly or no, and says what counts as in order", () => {
    const titles = ids.map((id) => say(id, "title", language));
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[^?]+\?$/);
    const open = nl ? /^(wat|wie|welke?|hoe|waar|wanneer)\b/i : /^(what|who|which|how|where|when)\b/i;
    expect(titles.filter((title) => open.test(title))).toEqual([]);
    for (const id of ids) expect(say(id, "ok", language)).toMatch(nl ? /^In orde als / : /^In order if /);
  });

  test("the reason is one sentence, the action a heading, and who to involve a phrase", () => {
    for (const id of ids) {
      expect([id, wholeSentences(say(id, "why", language)).length]).toEqual([id, 1]);
      expect([id, say(id, "action", language)]).toEqual([id, expect.stringMatching(/^\p{Lu}[^.?]*$/u)]);
      expect([id, say(id, "involve", language)]).toEqual([id, expect.stringMatching(/[^.]$/)]);
    }
  });

  test("what it rests on says how binding that is, for every kind that it can be (P18)", () => {
    const says: Readonly<Record<DutyKind, RegExp>> = nl
      ? {
          law: /wettelijke plicht/,
          sectorRule: /\bregel\b/,
          proposed: /wetsvoorstel.*nog geen wet/,
          goodPractice: /goede gewoonte/i,
        }
      : {
          law: /legal duty/,
          sectorRule: /\brule\b/,
          proposed: /\bbill\b.*not yet law/,
          goodPractice: /good practice/i,
        };
    for (const question of questions) {
      const { rests } = content.checkSource(question.id, language);
      const kinds = kindsOf(question);
      for (const kind of kinds)
        expect([question.id, rests]).toEqual([question.id, expect.stringMatching(says[kind])]);
      if (!kinds.includes("law"))
        expect([question.id, rests]).not.toEqual([question.id, expect.stringMatching(says.law)]);
    }
  });

  test("what is only proposed or good practice is nowhere called a duty, unless it says for whom", () => {
    const duty = nl
      ? /verplicht|wettelijk|(moet|moeten|eist) .*\bwet\b|volgens de wet/i
      : /mandatory|compulsory|obliged|obligat|legal(ly)?\b|statutory|by law|the law (requires|demands)/i;
    const forWhom = nl ? /wetsvoorstel|onderwijs|jeugdhulp|vijftig/i : /\bbill\b|education|youth care|fifty/i;
    const found = questions
      .filter((question) => kindsOf(question).some((kind) => kind === "proposed" || kind === "goodPractice"))
      .flatMap(({ id }) => textsOf(id, language).flatMap(wholeSentences))
      .filter((sentence) => duty.test(sentence) && !forWhom.test(sentence));
    expect(found).toEqual([]);
    const outright = nl ? /voldo\w*( \w+)? aan de wet/i : /compl(y|ies|iant) with the law/i;
    expect(ids.flatMap((id) => textsOf(id, language)).filter((text) => outright.test(text))).toEqual([]);
  });

  test("the words neither convict nor doubt, and the adviser neither inquires nor mediates (P13)", () => {
    const texts = ids.flatMap((id) => textsOf(id, language));
    expect(texts.filter((text) => neverSaid[language].test(text))).toEqual([]);
    const inquires = nl
      ? /vertrouwenspersoon (onderzoekt|bemiddelt|beslist|oordeelt)/i
      : /adviser (investigates|inquires|mediates|decides|judges)/i;
    expect(texts.filter((text) => inquires.test(text))).toEqual([]);
    for (const part of ["action", "step", "involve"] as const)
      for (const id of ["inquiryProtocol", "complaintsScheme"])
        expect(say(id, part, language)).not.toMatch(nl ? /vertrouwenspersoon/ : /adviser/);
    expect(say("codeConsequences", "ok", language)).toMatch(
      nl
        ? /Niets volgt vanzelf: eerst wordt iedereen gehoord/
        : /Nothing follows by itself: everybody is heard first/,
    );
  });

  test("what it rests on is told in short sentences, with no number to call (P19)", () => {
    const rests = ids.map((id) => content.checkSource(id, language).rests);
    const sentences = rests.flatMap((text) => text.split(/(?<=[.?:;])\s+/));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 18)).toEqual([]);
    expect(rests.filter((text) => text.length > 200)).toEqual([]);
    expect(rests.filter((text) => /\d{3}/.test(text.replace(/\b20\d\d\b/g, "")))).toEqual([]);
    expect(rests.filter((text) => (nl ? /\bPSA\b|\bAVG\b|\bOR\b/ : /\bPSA\b|\bGDPR\b/).test(text))).toEqual(
      [],
    );
  });

  test("an abbreviation is explained beside it", () => {
    const explained: readonly (readonly [RegExp, RegExp])[] = [
      [/RI&E/, nl ? /lijst van risico's/ : /list of risks/],
      [/VOG/, nl ? /VOG \(verklaring omtrent het gedrag\)/ : /VOG \(certificate of conduct\)/],
      [/DPIA/, nl ? /DPIA, een privacyonderzoek vooraf/ : /DPIA, a privacy study beforehand/],
      [/IGJ/, nl ? /inspectie \(IGJ\)/ : /inspectorate \(IGJ\)/],
      [/VCP/, nl ? /contactpersoon \(VCP\)/ : /contact person \(VCP\)/],
    ];
    for (const id of ids) {
      const text = textsOf(id, language).join(" ");
      for (const [short, long] of explained)
        if (short.test(text)) expect([id, text]).toEqual([id, expect.stringMatching(long)]);
    }
  });

  test("a small organisation finds itself in what is asked of everybody", () => {
    const council = nl ? /ondernemingsraad/ : /works council/;
    const staff = nl ? /medewerkers|personeelsoverleg|privacyfunctionaris/ : /staff|privacy officer/;
    const large = ids.filter((id) => id !== "whistleblowing" && id !== "governmentSystem");
    const phrases = large.map((id) => say(id, "involve", language)).filter((text) => council.test(text));
    expect(phrases.filter((text) => !staff.test(text))).toEqual([]);
    expect(say("adviserAppointed", "ok", language)).toMatch(
      nl ? /iemand van buiten/ : /somebody from outside/,
    );
    expect(say("complaintsScheme", "ok", language)).toMatch(nl ? /Klein\?/ : /Small\?/);
  });
});

test("the numbers in both languages are the same", () => {
  for (const id of ids) {
    const [nl, en] = contentLanguages.map((language) => textsOf(id, language).join(" ").match(/\d+/g) ?? []);
    expect([id, nl]).toEqual([id, en]);
  }
});

describe("a mistake in the questions is one clear line:", () => {
  test.each([
    [
      "a title",
      "nl/questions.yaml",
      "  title: Staat het beleid",
      `  title: Staat het ${"x".repeat(120)}`,
      "questions.policyWritten.title: has",
      140,
    ],
    [
      "a reason",
      "nl/questions.yaml",
      "  why: De wet vraagt beleid",
      `  why: De wet ${"x".repeat(160)}`,
      "questions.policyWritten.why: has",
      160,
    ],
    [
      "what is in order",
      "en/questions.yaml",
      "In order if it names",
      `In order if ${"x".repeat(200)}`,
      "questions.policyWritten.ok: has",
      230,
    ],
    [
      "an action",
      "en/questions.yaml",
      "  action: Put the policy on paper",
      `  action: Put ${"x".repeat(80)}`,
      "questions.policyWritten.action: has",
      80,
    ],
    [
      "a step",
      "nl/questions.yaml",
      "  step: Leg naast elkaar",
      `  step: Leg ${"x".repeat(150)}`,
      "questions.policyWritten.step: has",
      170,
    ],
    [
      "who to involve",
      "nl/questions.yaml",
      "  involve: de leiding, en",
      `  involve: de leiding ${"x".repeat(80)}`,
      "questions.policyWritten.involve: has",
      90,
    ],
    [
      "where to start",
      "en/questions.yaml",
      "  use: Make a draft",
      `  use: Make ${"x".repeat(160)}`,
      "questions.codeExamples.use: has",
      160,
    ],
    [
      "the title of a part",
      "nl/questions.yaml",
      "    title: Beleid en gedragscode",
      `    title: Beleid ${"x".repeat(40)}`,
      "questions.groups.policy.title: has",
      40,
    ],
  ])("%s that is too long", (_, path, old, now, start, most) => {
    const faults = faultsAfter(path, (text) => text.replace(old, now));
    const language = path.slice(0, 2);
    expect(faults).toEqual([expect.stringContaining(`${language}: ${start}`)]);
    expect(faults[0]).toMatch(new RegExp(`at most ${most} fit$`));
  });

  test.each([
    ["no date", "  checkedOn: 2026-11-21\n", "", /^check\.yaml: policyWritten\.checkedOn: /],
    [
      "a date that is none",
      "checkedOn: 2026-11-21",
      "checkedOn: 2026-11-31",
      /^check\.yaml: policyWritten\.checkedOn: /,
    ],
    ["no source", /(policyWritten:[\s\S]*?) {2}source: .*\n/, "$1", /^check\.yaml: policyWritten\.source: /],
    [
      "one language",
      /(policyWritten:[\s\S]*?) {4}en: >-\n( {6}.*\n)+/,
      "$1",
      /^check\.yaml: policyWritten\.rests\.en: /,
    ],
  ])("%s", (_, old, now, line) => {
    expect(faultsAfter("check.yaml", (text) => text.replace(old, now))).toEqual([
      expect.stringMatching(line),
    ]);
  });

  test("a source without words, and words without a source", () => {
    expect(faultsAfter("check.yaml", (text) => text.replace("\nprivacy:", "\nprivate:"))).toEqual([
      "check.yaml: private: there are no words for this question",
      "check.yaml: privacy: is missing; there are words for this question",
    ]);
  });

  test("words that one language lacks", () => {
    expect(
      faultsAfter("en/questions.yaml", (text) => text.replace("  action: Put the policy on paper\n", "")),
    ).toEqual(["en: questions.policyWritten.action: text is missing; nl has it"]);
  });
});

describe("docs/check.md", () => {
  const text = readFileSync(new URL("../docs/check.md", import.meta.url), "utf8");
  const rows = text
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 8 && /^`\w+`$/.test(cells[2] ?? ""))
    .map(([, nr = "", id = "", title = "", asked = "", kind = "", source = ""]) => ({
      nr,
      id: id.replaceAll("`", ""),
      title,
      asked,
      kind,
      source,
    }));

  const kindNames: Readonly<Record<string, DutyKind>> = {
    law: "law",
    "sector rule": "sectorRule",
    proposed: "proposed",
    "good practice": "goodPractice",
  };
  const inCare = ["healthcare", "mentalHealthcare", "disabilityCare", "youthCare"];
  const names: Readonly<Record<string, readonly string[]>> = {
    everybody: [...sectors],
    care: inCare,
    "disability care": ["disabilityCare"],
    education: ["education"],
    "higher education": ["higherEducation"],
    sport: ["sport"],
    "culture and media": ["cultureAndMedia"],
    government: ["government"],
    "from 10": ["from10", "from50"],
    "from 50": ["from50"],
  };
  /** Whether one of the names in a cell, such as "care, education", is for this setting. */
  const isFor = (cell: string, { sector, size }: Setting) =>
    cell.split(", ").some((name) => {
      expect(names).toHaveProperty([name]);
      return names[name]?.some((one) => one === sector || one === size);
    });

  test("lists every question with its number, words, source and date, in the order of the code", () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
    for (const [index, { nr, title, source, id }] of rows.entries()) {
      expect([id, nr]).toEqual([id, String(questions[index]?.nr ?? "new")]);
      expect(title).toBe(say(id, "title", "nl"));
      const { source: found, checkedOn } = content.checkSource(id, "nl");
      expect(source).toBe(`${found} (${checkedOn})`);
    }
  });

  test("says for whom each is asked, and what it is there", () => {
    for (const { id, asked, kind } of rows) {
      const question = questions.find((one) => one.id === id);
      for (const setting of settings) {
        const here = [id, setting.sector, setting.size];
        expect([...here, question?.when(setting)]).toEqual([...here, isFor(asked, setting)]);
        if (!question?.when(setting)) continue;
        const cell = kind.split("; ").find((part) => {
          const [whom, found] = part.split(": ");
          return found === undefined || isFor(whom ?? "", setting);
        });
        const name = cell?.replace(/^.*: |^otherwise /, "") ?? "";
        expect([...here, question.kind(setting)]).toEqual([...here, kindNames[name]]);
      }
    }
  });

  test("says that nobody reviewed it, which numbers were split, and which question was added", () => {
    expect(text).toMatch(/No professional has reviewed/);
    expect(text).toMatch(/To be checked by a human before go-live/);
    const counts = new Map<number, number>();
    for (const { nr } of questions) if (nr !== null) counts.set(nr, (counts.get(nr) ?? 0) + 1);
    const split = [...counts].filter(([, count]) => count > 1).map(([nr]) => nr);
    expect(split).toEqual([24, 34, 36]);
    for (const nr of split) expect(text).toMatch(new RegExp(`^- \\*\\*${nr}\\*\\*`, "m"));
    expect(text).toMatch(/`higherEducationRules`/);
  });
});
