import type { Conversation, Draft } from "./draft.ts";
import { reportOpen } from "./drafts.ts";
import { enclosedIn, enclosedKey, recordPlace } from "./enclosed.ts";
import { type Answer, type Flow, leadsToOutcome, type Question, questionOf } from "./flow.ts";
import { jumpFrom } from "./jump.ts";
import { progress, resolve } from "./resolve.ts";
import type { Note, ReviewRow, Screen } from "./screen.ts";

/** What stands in the menu, in order; a typed number counts along this list. */
export type MenuItem = "resume" | "report" | "find" | "bystander" | "checks" | "reports" | "language";

/** The menu's items, by whether something to send waits. */
export function menuItems(draftWaiting: boolean): readonly MenuItem[] {
  return [draftWaiting ? "resume" : "report", "find", "bystander", "checks", "reports", "language"];
}

/** The menu screen. */
export function menu(conversation: Conversation, note: Note | null = null): Screen {
  return {
    type: "menu",
    note,
    draftWaiting: reportOpen(conversation),
    hasCases: conversation.cases.length > 0,
  };
}

/** The screen at the draft's place: the question gone back to, the first gap, an early end, or the review. */
export function placeOf(draft: Draft, flow: Flow, note: Note | null = null): Screen {
  const resolved = resolve(flow, draft.answers);
  const open = resolved.place.at === "question" ? resolved.place.question : null;
  if (draft.revisiting !== null) {
    const step = resolved.path.find(({ question }) => question.id === draft.revisiting);
    if (step) return questionScreen(draft, flow, step.question, note);
    if (open?.id === draft.revisiting) return questionScreen(draft, flow, open, note);
  }
  if (open) return questionScreen(draft, flow, open, note);
  if (resolved.place.at === "end") {
    const { end } = resolved.place;
    const leadsOn = end.guide === undefined ? {} : { guide: end.guide };
    return { type: "end", flow: flow.id, draft: draft.id, end: end.id, help: end.help, ...leadsOn, note };
  }
  if (leadsToOutcome(flow)) {
    const answers = Object.fromEntries(
      resolved.path
        .filter(({ question }) => question.kind !== "tell")
        .map(({ question, answer }) => [question.id, answer]),
    );
    return { type: "outcome", flow: flow.id, draft: draft.id, answers, note };
  }
  return {
    type: "review",
    flow: flow.id,
    draft: draft.id,
    revision: draft.revision,
    rows: reviewRows(draft, flow),
    to: draft.to,
    note,
  };
}

/**
 * Exactly what will be sent: the answers on the path, in order, and what goes along from the private record;
 * nothing that was put aside.
 */
export function reviewRows(draft: Draft, flow: Flow): readonly ReviewRow[] {
  const rows = resolve(flow, draft.answers)
    .path.filter(({ question }) => question.kind !== "tell")
    .map(({ question, answer }): ReviewRow => ({ question: question.id, kind: question.kind, answer }));
  const enclosed = enclosedIn(draft);
  if (enclosed.length === 0) return rows;
  const behind = rows.findIndex(({ question }) => question === recordPlace(flow));
  const place = behind === -1 ? rows.length : behind + 1;
  const along = enclosed.map((one): ReviewRow => {
    const { at, key, text } = one;
    return { question: enclosedKey(one), kind: "text", answer: text, written: { at, key } };
  });
  return [...rows.slice(0, place), ...along, ...rows.slice(place)];
}

/** The question a person looks at now, or null at the review and at an early end. */
export function questionAt(draft: Draft, flow: Flow): Question | null {
  const screen = placeOf(draft, flow);
  return screen.type === "question" ? (questionOf(flow, screen.question) ?? null) : null;
}

/** The question before this one on the path, or before the open place where `from` is null. */
export function questionBefore(draft: Draft, flow: Flow, from: string | null): Question | null {
  const { path } = resolve(flow, draft.answers);
  const index = path.findIndex(({ question }) => question.id === from);
  const before = index === -1 ? path.at(-1) : path[index - 1];
  return before?.question ?? null;
}

function questionScreen(draft: Draft, flow: Flow, question: Question, note: Note | null): Screen {
  const jump = jumpFrom(flow, draft.answers, question);
  return {
    type: "question",
    flow: flow.id,
    draft: draft.id,
    question: question.id,
    kind: question.kind,
    options: question.options,
    oneTap: question.oneTap === true,
    help: question.help,
    ...(question.duty === undefined ? {} : { duty: question.duty }),
    skippable: question.skippable,
    ...(jump?.worthwhile ? { jump: jump.to } : {}),
    canGoBack: questionBefore(draft, flow, question.id) !== null,
    maxLength: question.maxLength,
    given: given(draft, question),
    step: progress(flow, draft.answers, question.id),
    ...(enclosedIn(draft).length === 0 ? {} : { enclosed: enclosedIn(draft).length }),
    note,
  };
}

function given(draft: Draft, question: Question): Answer {
  const unfinished = draft.unfinished[question.id];
  if (question.kind === "text" && unfinished !== undefined) return unfinished;
  return draft.answers[question.id] ?? null;
}
