import { readFileSync } from "node:fs";
import { readContent } from "../bots/content-files.ts";
import { plainText } from "../cards/plain-text.ts";
import { dutyParts } from "../cards/reading.ts";
import { viewOf } from "../cards/view.ts";
import { dutyKinds, longestDuty } from "../content/directory.ts";
import { contentLanguages, type Language } from "../content/words.ts";
import { codeOf, collectedOn, faultsIn, neverSaid, sentencesOf } from "./shipped.ts";

const content = readContent();
const ids = content.duties.map(({ id }) => id);

/** The name, the steps and the exceptions of a duty. */
function textsOf(id: string, language: Language): readonly string[] {
  const { name, steps, exceptions } = content.duty(id, language);
  return [name, ...steps, ...exceptions];
}

test("the duties of every sector of the sources are there", () => {
  expect(ids).toEqual(
    expect.arrayContaining([
      ...["careViolence", "careCalamity", "careDismissal", "careColleagues", "vim", "youthCare", "meldcode"],
      ...["education", "higherEducation", "sport", "manager", "wbk", "government"],
    ]),
  );
  expect(codeOf(() => content.duty("constructor", "nl"))).toBe("missingDuty");
});

describe.each(contentLanguages)("every duty in %s", (language) => {
  test.each(ids)("%s says what it rests on, where that was found and when (P18)", (id) => {
    const duty = content.duty(id, language);
    expect(duty.source).not.toBe("");
    expect(duty.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(duty.checkedOn <= collectedOn).toBe(true);
    expect(dutyKinds).toContain(duty.kind);
    const body = dutyParts(id, content, language);
    const drawn = plainText(viewOf({ title: "", body, summary: "", privacy: "neutral" }));
    for (const text of [...textsOf(id, language), duty.source]) expect(drawn).toContain(text);
    expect(drawn).toContain(content.words(language).say(`common.duty.kinds.${duty.kind}`));
  });

  test("fits on a card beside other things, in steps of at most two short sentences (P19)", () => {
    for (const id of ids) {
      const texts = textsOf(id, language);
      expect([id, texts.join("").length <= longestDuty]).toEqual([id, true]);
      for (const text of texts) {
        const sentences = sentencesOf(text);
        expect([id, sentences.length <= 2]).toEqual([id, true]);
        for (const sentence of sentences)
          expect([sentence, sentence.split(/\s+/).length <= 18]).toEqual([sentence, true]);
      }
    }
  });

  test("neither convicts nor doubts (P13)", () => {
    const texts = ids.flatMap((id) => textsOf(id, language));
    expect(texts.filter((text) => neverSaid[language].test(text))).toEqual([]);
  });

  test("that speaks of a bill says that it is not yet law, and takes no step from it (P18)", () => {
    const bill = { nl: /voorstel/i, en: /\bbill\b|proposal/i }[language];
    const notYet = { nl: /nog geen wet/, en: /not yet law/ }[language];
    const speaking = new Set<string>();
    for (const id of ids) {
      const { steps, exceptions, kind } = content.duty(id, language);
      if (kind !== "proposed") expect(steps.filter((step) => bill.test(step))).toEqual([]);
      for (const text of exceptions.filter((each) => bill.test(each))) {
        speaking.add(id);
        expect(text).toMatch(notYet);
      }
    }
    expect([...speaking].sort()).toEqual(["education", "higherEducation"]);
  });
});

test("docs/systems.md gives every service and duty its place, and names no other", () => {
  const table = readFileSync(new URL("../docs/systems.md", import.meta.url), "utf8");
  const known = [...ids, ...content.services.map(({ id }) => id)];
  const topics = ["adviser", "differences"];
  const named = [...table.matchAll(/`([\w-]+)`/g)].map(([, id]) => id ?? "");
  expect(named.filter((id) => ![...known, ...topics].includes(id))).toEqual([]);
  expect(known.filter((id) => !named.includes(id))).toEqual([]);
});

test("a duty is law only where the sources name an act", () => {
  const law = ids.filter((id) => content.duty(id, "nl").kind === "law");
  expect(law.sort()).toEqual(
    ["careCalamity", "careDismissal", "careViolence", "education", "meldcode", "wbk", "youthCare"].sort(),
  );
});

test("nobody is promised confidentiality where somebody may have to report", () => {
  expect(textsOf("education", "nl").join(" ")).toMatch(
    /waarschijnlijk wel melden. Beloof dus geen geheimhouding/,
  );
  expect(textsOf("education", "en").join(" ")).toMatch(/probably does have to report. So do not promise/);
  expect(textsOf("sport", "nl").join(" ")).toMatch(/vooraf.*geeft een signaal door aan het bestuur/);
  expect(textsOf("sport", "en").join(" ")).toMatch(/beforehand.*passes a signal on to the board/);
});

describe("a mistake in duties.yaml is one clear line:", () => {
  test.each([
    ["no date", "  checkedOn: 2026-11-21\n", "", "careViolence.checkedOn: "],
    ["no source", '  source: "Wkkgz 11(1)(b); igj.nl"\n', "", "careViolence.source: "],
    ["a kind that is none", "kind: law", "kind: wish", "careViolence.kind: "],
    ["a step in one language", "      en: Write down what you see and hear.\n", "", "meldcode.steps.0.en: "],
    ["a text too long", "Write down", "Write down ".repeat(90), "meldcode: en has 1"],
  ])("%s", (_, old, now, line) => {
    const faults = faultsIn("duties.yaml", (text) => text.replace(old, now));
    expect(faults).toEqual([expect.stringContaining(`duties.yaml: ${line}`)]);
  });
});
