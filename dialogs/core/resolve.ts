import type { Answer, Answers, EarlyEnd, Flow, Question } from "./flow.ts";

/** A question on the path together with its valid answer. */
export interface Step {
  readonly question: Question;
  readonly answer: Answer;
}

/** Where the answers so far lead. */
export type Place =
  | { readonly at: "question"; readonly question: Question }
  | { readonly at: "end"; readonly end: EarlyEnd }
  | { readonly at: "review" };

export interface Resolved {
  /** Answered questions on the path, in order. */
  readonly path: readonly Step[];
  readonly place: Place;
  /** Ids of given answers that are not on the path: kept in the draft, but not sent. */
  readonly aside: readonly string[];
}

/**
 * Folds the ordered questions over the answers and stops at the first gap. An answer the flow no longer
 * knows counts as a gap, so a question whose options changed is asked again and nothing else is lost.
 */
export function resolve(flow: Flow, answers: Answers): Resolved {
  const path: Step[] = [];
  const closed: Record<string, Answer> = {};
  let place: Place = { at: "review" };
  for (const item of flow.items) {
    if (!item.when(closed as never)) continue;
    if (item.kind === "end") {
      place = { at: "end", end: item };
      break;
    }
    const answer = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined;
    if (answer === undefined && isPassed(flow, item, answers)) continue;
    if (answer === undefined || !isValid(item, answer)) {
      place = { at: "question", question: item };
      break;
    }
    path.push({ question: item, answer });
    if (item.kind !== "text" && answer !== null) closed[item.id] = answer;
  }
  const onPath = new Set(path.map((step) => step.question.id));
  const aside = Object.keys(answers).filter((id) => !onPath.has(id));
  return { path, place, aside };
}

/**
 * Whether a draft had come past this question before there was such a question: it was added since, and one
 * behind it that nobody can skip, and no guide fills in, has its answer.
 */
function isPassed(flow: Flow, question: Question, answers: Answers): boolean {
  if (!question.added) return false;
  const behind = flow.items.slice(flow.items.indexOf(question) + 1);
  return behind.some(
    (item) =>
      item.kind !== "end" && item.kind !== "tell" && !item.skippable && Object.hasOwn(answers, item.id),
  );
}

/** Whether a stored or offered answer is one this question takes. */
export function isValid(question: Question, answer: Answer): boolean {
  if (answer === null) return question.skippable;
  switch (question.kind) {
    case "choice":
    case "tell":
      return typeof answer === "string" && question.options.includes(answer);
    case "choices":
      return (
        Array.isArray(answer) &&
        answer.length > 0 &&
        new Set(answer).size === answer.length &&
        answer.every((option) => question.options.includes(option))
      );
    case "text":
      return typeof answer === "string" && answer.trim() !== "" && answer.length <= question.maxLength;
  }
}

/** How many questions are behind and ahead if nothing more changes; what "3 of 9" is made of. */
export function progress(flow: Flow, answers: Answers, questionId: string): { nr: number; of: number } {
  const closed: Record<string, Answer> = {};
  let nr = 0;
  let of = 0;
  for (const item of flow.items) {
    if (item.kind === "end" || item.kind === "tell" || !item.when(closed as never)) continue;
    const answer = Object.hasOwn(answers, item.id) ? answers[item.id] : undefined;
    if (answer === undefined && isPassed(flow, item, answers)) continue;
    of += 1;
    if (item.id === questionId) nr = of;
    if (item.kind !== "text" && answer !== undefined && answer !== null && isValid(item, answer)) {
      closed[item.id] = answer;
    }
  }
  return { nr: nr === 0 ? of : nr, of };
}
