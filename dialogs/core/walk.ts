import type { Answer, Answers, Flow, Question } from "./flow.ts";
import { type Place, resolve } from "./resolve.ts";

/** A question on a walked path, with the answers that lead the same way; the first stands for all of them. */
export interface WalkedStep {
  readonly question: Question;
  readonly answers: readonly [Answer, ...Answer[]];
}

/** One way through a flow, from its first question to check-your-answers or an early end. */
export interface WalkedPath {
  readonly steps: readonly WalkedStep[];
  readonly place: Exclude<Place, { at: "question" }>;
}

/** What a walk types where a flow asks for words; no condition ever sees it. */
export const sampleText = "…";

/**
 * Every path of a flow, each once. Answers that no condition tells apart share a path, so the number of
 * paths grows with what the flow distinguishes and not with its options. A question that takes several
 * options is walked with each option alone, with all of them, and skipped.
 */
export function paths(flow: Flow): readonly WalkedPath[] {
  return walkTree(grow(flow, looksOf(flow)));
}

/** The answers of a path as a draft would hold them. */
export function answersOf(steps: readonly WalkedStep[]): Answers {
  return Object.fromEntries(steps.map(({ question, answers }) => [question.id, answers[0]]));
}

/** The ids of the questions that each item's condition looks at, item by item. */
type Looks = readonly ReadonlySet<string>[];

/** Found by watching the conditions themselves. */
function looksOf(flow: Flow): Looks {
  const looks = flow.items.map(() => new Set<string>());
  const items = flow.items.map((item, nr) => ({ ...item, when: watch(item.when, looks[nr] ?? new Set()) }));
  const seen = () => looks.reduce((sum, { size }) => sum + size, 0);
  // A condition may look at a second answer only for some values of the first: repeat until nothing new is seen.
  for (let before = -1; before !== seen(); ) {
    before = seen();
    grow(
      { ...flow, items },
      looks.map((look) => new Set(look)),
    );
  }
  return looks;
}

function watch(when: Question["when"], looked: Set<string>): Question["when"] {
  const see = (key: string | symbol) => {
    if (typeof key === "string") looked.add(key);
  };
  return (closed) =>
    when(
      new Proxy<object>(closed, {
        get(target, key) {
          see(key);
          return Reflect.get(target, key);
        },
        has(target, key) {
          see(key);
          return Reflect.has(target, key);
        },
      }) as never,
    );
}

interface Tree {
  readonly place: Place;
  readonly branches: readonly Branch[];
  /** Equal for subtrees that ask the same questions in the same order for the same answers. */
  readonly shape: string;
}

interface Branch {
  readonly question: Question;
  readonly answers: readonly [Answer, ...Answer[]];
  readonly next: Tree;
}

/** The tree of all ways. What lies ahead depends only on the answers that are looked at there: grown once for each. */
function grow(flow: Flow, looks: Looks): Tree {
  const branchOn = new Set(looks.flatMap((look) => [...look]));
  const grown = new Map<string, Tree>();
  const from = (answers: Answers): Tree => {
    const { place } = resolve(flow, answers);
    if (place.at !== "question") {
      return { place, branches: [], shape: place.at === "end" ? `end:${place.end.id}` : "review" };
    }
    const { question } = place;
    const ahead = new Set(looks.slice(flow.items.indexOf(question) + 1).flatMap((look) => [...look]));
    const key = JSON.stringify([question.id, ...[...ahead].map((id) => answers[id] ?? null)]);
    const tree = grown.get(key) ?? treeAt(place, question, answers);
    grown.set(key, tree);
    return tree;
  };
  const treeAt = (place: Place, question: Question, answers: Answers): Tree => {
    const [first, ...rest] = candidates(question);
    const all = [first, ...rest] as const;
    const next = (answer: Answer) => from({ ...answers, [question.id]: answer });
    const branches = branchOn.has(question.id)
      ? merge(all.map((answer) => ({ question, answers: [answer], next: next(answer) })))
      : [{ question, answers: all, next: next(first) }];
    const ways = branches.map((branch) => `${JSON.stringify(branch.answers)}:${branch.next.shape}`);
    return { place, branches, shape: `${question.id}(${ways.join("|")})` };
  };
  return from({});
}

function merge(branches: readonly Branch[]): readonly Branch[] {
  const merged = new Map<string, Branch>();
  for (const branch of branches) {
    const same = merged.get(branch.next.shape);
    merged.set(branch.next.shape, same ? { ...same, answers: [...same.answers, ...branch.answers] } : branch);
  }
  return [...merged.values()];
}

function candidates(question: Question): readonly [Answer, ...Answer[]] {
  const skip: readonly Answer[] = question.skippable ? [null] : [];
  switch (question.kind) {
    case "text":
      return [sampleText, ...skip];
    case "choice":
    case "tell":
      return nonEmpty([...question.options, ...skip]);
    case "choices": {
      const all = question.options.length > 1 ? [question.options] : [];
      return nonEmpty([...question.options.map((option) => [option]), ...all, ...skip]);
    }
  }
}

function nonEmpty(answers: readonly Answer[]): readonly [Answer, ...Answer[]] {
  const [first, ...rest] = answers;
  if (first === undefined) throw new Error("a closed question without options");
  return [first, ...rest];
}

function walkTree(tree: Tree): readonly WalkedPath[] {
  if (tree.place.at !== "question") return [{ steps: [], place: tree.place }];
  return tree.branches.flatMap(({ question, answers, next }) =>
    walkTree(next).map((path) => ({ ...path, steps: [{ question, answers }, ...path.steps] })),
  );
}
