import { type Answers, type Flow, leadsToOutcome, type Question } from "./flow.ts";
import { resolve } from "./resolve.ts";

/** Where a jump is on its way to: the own words, or the end of what can be skipped. */
export type JumpTo = "ownWords" | "end";

/** What is jumped over from one question on. */
export interface Jump {
  /** The questions without an answer, in order: each as if "skip" was pressed there. */
  readonly skipped: readonly string[];
  readonly to: JumpTo;
  /** Whether it saves anything over a single "skip". */
  readonly worthwhile: boolean;
}

/**
 * The jump from this question, for who cannot go through all of them now. It passes what can be skipped and was
 * not answered, and stops at the first question or "tell" that cannot be skipped (P8), at the one without which
 * there is little to read, or at check-your-answers. Null where nothing is sent in the end, and from a question
 * that cannot be skipped itself.
 */
export function jumpFrom(flow: Flow, answers: Answers, here: Question): Jump | null {
  if (leadsToOutcome(flow) || !here.skippable) return null;
  const skipped: string[] = [];
  let passed = answers;
  for (;;) {
    const { place } = resolve(flow, passed);
    if (place.at !== "question" || !canPass(place.question, here)) break;
    skipped.push(place.question.id);
    passed = { ...passed, [place.question.id]: null };
  }
  // One that was answered before is passed too, with its answer.
  const count = skipped.includes(here.id) ? skipped.length : skipped.length + 1;
  return { skipped, to: headingFor(flow, answers, here), worthwhile: count > 1 };
}

function canPass(question: Question, here: Question): boolean {
  return question.skippable && (!question.essential || question.id === here.id);
}

/** Also where help or a rule has to be read on the way: what comes after that is the same way. */
function headingFor(flow: Flow, answers: Answers, here: Question): JumpTo {
  const ahead = flow.items.slice(flow.items.indexOf(here) + 1);
  const waits = ahead.some(
    (item) => item.kind !== "end" && item.essential === true && !Object.hasOwn(answers, item.id),
  );
  return waits ? "ownWords" : "end";
}
