import fc from "fast-check";
import { lineOf, worded } from "../cards/code-text.ts";
import { codeFor, type Piece, type Section } from "../dialogs/code/assemble.ts";
import { elements, exampleKeys, longestOwn, options, places } from "../dialogs/code/elements.ts";
import { codeFlow } from "../dialogs/code.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { isValid } from "../dialogs/core/resolve.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { content } from "./views.ts";

/** What the answers about a code of conduct come to: the page, or what an existing code lacks. */

const languages = ["nl", "en"] as const;
const chosen = ["holdsFor", "behaviour", "steps", "support", "follows", "alive"] as const;

/** Everything there is to choose, and no own words. */
const everything: Answers = {
  task: "write",
  opening: null,
  examples: null,
  contact: null,
  ...Object.fromEntries(chosen.map((question) => [question, options[question]])),
};
const longestWords: Answers = {
  opening: "x".repeat(longestOwn.opening),
  examples: "x".repeat(longestOwn.examples),
  contact: "x".repeat(longestOwn.contact),
};

/** Any answers there can be: of each question some options, in any order, or none. */
const someAnswers: fc.Arbitrary<Answers> = fc
  .record({
    ...Object.fromEntries(
      chosen.map((question) => [
        question,
        fc.option(fc.shuffledSubarray([...options[question]], { minLength: 1 })),
      ]),
    ),
    opening: fc.constantFrom(null, "onze beginzin"),
    examples: fc.constantFrom(null, "ons voorbeeld"),
    contact: fc.constantFrom(null, "onze afdeling"),
  })
  .map((answers) => ({ task: "write", ...answers }) as Answers);

/** The keys of all words on the page, headings apart. */
function keysOf(sections: readonly Section[]): readonly string[] {
  const of = (piece: Piece): readonly string[] => {
    if ("label" in piece) return [piece.label, ...piece.of];
    if ("list" in piece) return [piece.key, ...piece.list];
    return piece.key === null ? [] : [piece.key];
  };
  return sections.flatMap(({ texts, list }) => [...texts, ...list].flatMap(of));
}

function pageIn(language: "nl" | "en", answers: Answers, sector: (typeof sectors)[number]): string {
  const words = content.words(language);
  const parts = worded(codeFor(answers, sector).sections, answers, words).map(({ heading, texts, list }) =>
    [...(heading === null ? [] : [heading]), ...texts, ...list.map(lineOf)].join("\n"),
  );
  return [words.say("code.page.title"), words.say("code.page.draft"), ...parts].join("\n\n");
}

const count = (text: string) => text.split(/\s+/).length;

test("every chosen option's sentence is on the page, once, and nothing else is", () => {
  fc.assert(
    fc.property(someAnswers, fc.constantFrom(...sectors), (answers, sector) => {
      const of = (question: (typeof chosen)[number]) => (answers[question] ?? []) as readonly string[];
      const expected = [
        ...(answers.opening === null ? ["code.page.opening.text"] : []),
        ...of("holdsFor").map((id) => `code.page.holdsFor.${id}`),
        ...(of("holdsFor").some((id) => !places.includes(id)) ? ["code.page.holdsFor.people"] : []),
        ...(of("holdsFor").some((id) => places.includes(id)) ? ["code.page.holdsFor.also"] : []),
        "code.page.unwanted.definition",
        ...(answers.behaviour || answers.examples ? ["code.page.unwanted.never"] : []),
        ...of("behaviour").flatMap((kind) => [
          `code.behaviour.options.${kind}`,
          ...exampleKeys(sector, kind),
        ]),
        ...(answers.examples ? ["code.page.unwanted.own"] : []),
        ...of("steps").map((id) => `code.page.steps.${id}`),
        ...of("support").map((id) => `code.page.support.${id === "elsewhere" ? `elsewhere.${sector}` : id}`),
        ...of("follows").map((id) => `code.page.follows.${id}`),
        ...of("alive").map((id) => `code.page.alive.${id}`),
        ...(answers.contact ? ["code.page.contact.text"] : []),
      ];
      const { sections } = codeFor(answers, sector);
      expect([...keysOf(sections)].sort()).toEqual(expected.sort());
      // The order is the page's, in whatever order they were chosen.
      const { sections: sorted } = codeFor(
        { ...answers, ...Object.fromEntries(chosen.map((id) => [id, [...of(id)].sort()])) },
        sector,
      );
      expect(sections).toEqual(sorted);
    }),
    { numRuns: 200 },
  );
});

test("Dutch and English have the same paragraphs and points, with the same own words in them", () => {
  fc.assert(
    fc.property(someAnswers, fc.constantFrom(...sectors), (answers, sector) => {
      const { sections } = codeFor(answers, sector);
      const [nl, en] = languages.map((language) => worded(sections, answers, content.words(language)));
      const shape = (parts: typeof nl) =>
        parts?.map(({ heading, texts, list }) => [
          heading === null,
          texts.length,
          list.map((it) => it.label === null),
        ]);
      expect(shape(nl)).toEqual(shape(en));
      for (const parts of [nl, en])
        for (const own of ["opening", "examples", "contact"] as const)
          expect(JSON.stringify(parts).includes(String(answers[own] ?? "·"))).toBe(answers[own] !== null);
    }),
    { numRuns: 100 },
  );
});

describe.each(sectors)("in %s", (sector) => {
  test("everything there is to choose fits on a page, and in one field to copy with the longest own words", () => {
    for (const language of languages) {
      expect(count(pageIn(language, everything, sector))).toBeLessThanOrEqual(420);
      expect(pageIn(language, { ...everything, ...longestWords }, sector).length).toBeLessThanOrEqual(3000);
    }
  });

  test("each kind of behaviour has examples of its own: different, short, and of what somebody does", () => {
    for (const language of languages) {
      const words = content.words(language);
      const examples = options.behaviour
        .flatMap((kind) => exampleKeys(sector, kind))
        .map((key) => words.say(key));
      expect(new Set(examples).size).toBe(options.behaviour.length * 2);
      for (const example of examples) {
        expect(count(example)).toBeLessThanOrEqual(10);
        expect(example).toMatch(/^\p{Ll}.*[^.]$/u);
      }
    }
  });
});

test("any part that is left out makes the page shorter: the fullest page is the longest there is", () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      const own = { opening: null, examples: null, contact: null };
      for (const language of languages)
        expect(count(pageIn(language, { ...answers, ...own }, "education"))).toBeLessThanOrEqual(
          count(pageIn(language, everything, "education")),
        );
    }),
    { numRuns: 50 },
  );
});

test("what was skipped is said to be missing, but for what unwanted behaviour is", () => {
  expect(codeFor({ task: "write" }, "sport").missing).toEqual(elements.filter((it) => it !== "definition"));
  expect(codeFor({ ...everything, ...longestWords }, "sport").missing).toEqual([]);
  expect(codeFor({ ...everything, behaviour: null, examples: "ons" }, "sport").missing).toEqual(["contact"]);
  expect(codeFor({ ...everything, steps: ["see"] }, "sport").missing).toEqual(["happens", "lead", "contact"]);
});

describe("a review", () => {
  const lacking = (missing: readonly string[]) =>
    codeFor({ task: "review", has: elements.filter((it) => !missing.includes(it)) }, "cultureAndMedia");

  test("of a code that has it all finds nothing; of one that was skipped, everything", () => {
    expect(lacking([])).toEqual({ task: "review", sections: [], missing: [] });
    expect(codeFor({ task: "review", has: null }, "sport").missing).toEqual(elements);
  });

  test.each(elements)("that misses only %s has words for that alone", (element) => {
    const { sections, missing } = lacking([element]);
    expect(missing).toEqual([element]);
    expect(sections).toHaveLength(1);
    const parts: Readonly<Record<string, string>> = {
      definition: "unwanted",
      examples: "unwanted",
      happens: "steps",
      see: "steps",
      lead: "steps",
    };
    expect(sections[0]?.id).toBe(parts[element] ?? element);
    const keys = keysOf(sections);
    expect(keys.includes("code.page.unwanted.definition")).toBe(element === "definition");
    if (sections[0]?.id === "steps") expect(keys).toEqual([`code.page.steps.${element}`]);
    for (const language of languages)
      for (const key of keys) expect(content.words(language).has(key)).toBe(true);
  });

  test("takes nothing from a page that was begun before it", () => {
    const before = { ...everything, ...longestWords, task: "review", has: elements };
    expect(codeFor(before, "sport").sections).toEqual([]);
  });
});

test("answers the worksheet does not know count as not given", () => {
  const odd: Answers = { task: "write", support: ["adviser", "wizard"], alive: "yearly", steps: [] };
  expect(keysOf(codeFor(odd, "sport").sections)).toEqual([
    "code.page.opening.text",
    "code.page.unwanted.definition",
    "code.page.support.adviser",
  ]);
});

test("every question but the first can be skipped, and asks for few words", () => {
  const questions = codeFlow().items.flatMap((item) => (item.kind === "end" ? [] : [item]));
  expect(questions.filter(({ skippable }) => !skippable).map(({ id }) => id)).toEqual(["task"]);
  for (const question of questions) {
    expect(question.options.length).toBeLessThanOrEqual(10);
    if (question.kind === "text") expect(isValid(question, "x".repeat(201))).toBe(false);
  }
});

/** No penalty, no convicting word, and nothing that promises an outcome. */
test("the page predicts no sanction and convicts nobody", () => {
  for (const sector of sectors) {
    const answers = { ...everything, contact: "P" };
    expect(pageIn("nl", answers, sector)).not.toMatch(
      /ontslag|straf|schors|dader|slachtoffer(?!hulp)|schuld|altijd gevolgen|nultolerantie/i,
    );
    expect(pageIn("en", answers, sector)).not.toMatch(
      /dismiss|\bfired\b|penalt|punish|suspen|perpetrator|victim|guilt|zero tolerance/i,
    );
  }
});
