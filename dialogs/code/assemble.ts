import type { Answers } from "../core/flow.ts";
import type { Sector } from "../find/situation.ts";
import { type Element, elements, exampleKeys, type Own, options, places } from "./elements.ts";

/** Words on the page, by key; `own` are the manager's, in the sentence with that key or by themselves. */
export type Piece =
  | { readonly key: string }
  /** `{list}` in the text is these, in a row. */
  | { readonly key: string; readonly list: readonly string[] }
  /** `{own}` in the text is what was written there. Without a text it stands by itself. */
  | { readonly key: string | null; readonly own: Own }
  /** A label with what comes under it. */
  | { readonly label: string; readonly of: readonly string[] };

export interface Section {
  readonly id: string;
  /** The key of its heading; null: it has none. */
  readonly heading: string | null;
  readonly texts: readonly Piece[];
  readonly list: readonly Piece[];
}

/** What the worksheet leads to: the page, or what an existing code lacks, with words for it. */
export interface CodeOutcome {
  readonly task: "write" | "review";
  readonly sections: readonly Section[];
  readonly missing: readonly Element[];
}

/** What the answers of the worksheet come to. Ids only: content has the words. */
export function codeFor(answers: Answers, sector: Sector): CodeOutcome {
  if (answers.task === "review") {
    const has = chosen(answers, "has", options.has);
    const missing = elements.filter((element) => !has.includes(element));
    return { task: "review", sections: sectionsFor(suggested(missing), sector, missing), missing };
  }
  return {
    task: "write",
    sections: sectionsFor(answers, sector, [...elements, "opening"]),
    missing: lacking(answers),
  };
}

function sectionsFor(
  answers: Answers,
  sector: Sector,
  wanted: readonly (Element | "opening")[],
): readonly Section[] {
  const has = (question: keyof typeof options) => chosen(answers, question, options[question]);
  const written = (own: Own) => typeof answers[own] === "string";
  const keyed = (part: string, ids: readonly string[]): readonly Piece[] =>
    ids.map((id) => ({ key: `code.page.${part}.${id}` }));
  const section = (id: string, texts: readonly Piece[], list: readonly Piece[] = []): Section => {
    return { id, heading: id === "opening" ? null : `code.page.${id}.heading`, texts, list };
  };
  const row = (key: string, ids: readonly string[]): readonly Piece[] =>
    ids.length === 0 ? [] : [{ key, list: ids.map((id) => `code.page.holdsFor.${id}`) }];
  const examples: readonly Piece[] = [
    ...has("behaviour").map((kind) => ({
      label: `code.behaviour.options.${kind}`,
      of: exampleKeys(sector, kind),
    })),
    ...(written("examples") ? [{ key: "code.page.unwanted.own", own: "examples" } as const] : []),
  ];
  const all = [
    section("opening", [
      written("opening") ? { key: null, own: "opening" } : { key: "code.page.opening.text" },
    ]),
    section("holdsFor", [
      ...row(
        "code.page.holdsFor.people",
        has("holdsFor").filter((id) => !places.includes(id)),
      ),
      ...row(
        "code.page.holdsFor.also",
        has("holdsFor").filter((id) => places.includes(id)),
      ),
    ]),
    section(
      "unwanted",
      [
        ...(wanted.includes("definition") ? [{ key: "code.page.unwanted.definition" }] : []),
        ...(examples.length > 0 ? [{ key: "code.page.unwanted.never" }] : []),
      ],
      examples,
    ),
    section("steps", [], keyed("steps", has("steps"))),
    section(
      "support",
      [],
      has("support").map((id) => {
        const where = id === "elsewhere" ? `elsewhere.${sector}` : id;
        return { key: `code.page.support.${where}` };
      }),
    ),
    section("follows", [], keyed("follows", has("follows"))),
    section("alive", [], keyed("alive", has("alive"))),
    section("contact", contact(written("contact"), wanted)),
  ];
  return all.filter(({ id, texts, list }) => {
    if (id === "opening") return wanted.includes("opening");
    return texts.length + list.length > 0;
  });
}

/** Who to ask; where only that is lacking, a sentence to fill in. */
function contact(written: boolean, wanted: readonly (Element | "opening")[]): readonly Piece[] {
  if (written) return [{ key: "code.page.contact.text", own: "contact" }];
  return wanted.includes("contact") && !wanted.includes("opening") ? [{ key: "code.page.contact.open" }] : [];
}

/** Which elements the page does not have; what the words mean is always there. */
function lacking(answers: Answers): readonly Element[] {
  const some = (question: string) => Array.isArray(answers[question]) && answers[question].length > 0;
  const steps = chosen(answers, "steps", options.steps);
  const there: Readonly<Record<Element, boolean>> = {
    holdsFor: some("holdsFor"),
    definition: true,
    examples: some("behaviour") || typeof answers.examples === "string",
    happens: steps.includes("happens"),
    see: steps.includes("see"),
    lead: steps.includes("lead"),
    support: some("support"),
    follows: some("follows"),
    alive: some("alive"),
    contact: typeof answers.contact === "string",
  };
  return elements.filter((element) => !there[element]);
}

/** What we would write for elements that a code does not have. */
function suggested(missing: readonly Element[]): Answers {
  const lacks = (element: Element) => missing.includes(element);
  const all = (element: Element, ids: readonly string[]) => (lacks(element) ? ids : null);
  return {
    holdsFor: all("holdsFor", options.holdsFor),
    behaviour: all("examples", options.behaviour),
    steps: options.steps.filter((step) => step !== "spokenTo" && lacks(step)),
    support: all("support", ["adviser", "elsewhere", "danger"]),
    follows: all("follows", ["bothSides", "complaint", "measures", "noHarm"]),
    alive: all("alive", ["newcomers", "yearly"]),
  };
}

/** The options chosen there that the worksheet knows, in the order of the page. */
function chosen(answers: Answers, question: string, known: readonly string[]): readonly string[] {
  const given = Object.hasOwn(answers, question) ? answers[question] : null;
  return Array.isArray(given) ? known.filter((option) => given.includes(option)) : [];
}
