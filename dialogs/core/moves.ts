import type { Lexicon } from "../../content/lexicon.ts";
import type { Entry } from "../record/record.ts";
import { screenAsked } from "./asked.ts";
import type { Conversation, Draft, Language } from "./draft.ts";
import {
  type Flows,
  flowOf,
  guideOpen,
  type Open,
  openDraft,
  underWay,
  withDraft,
  withoutDraft,
  withoutGuide,
} from "./drafts.ts";
import { hasWords } from "./enclosed.ts";
import type { Inputs, Press } from "./event.ts";
import { type Answer, type Flow, leadsToOutcome, type Question, questionOf } from "./flow.ts";
import { jumpFrom } from "./jump.ts";
import type { Tracing } from "./own-words.ts";
import { isValid, resolve } from "./resolve.ts";
import type { Effect, FinalReason, Note, ReviewRow, Screen } from "./screen.ts";
import { menu, placeOf, questionAt, questionBefore, reviewRows } from "./show.ts";

/** What the conversation is about and in which words it is understood; fixed while a process runs. */
export interface Setup {
  readonly flows: Flows;
  readonly lexicon: (language: Language) => Lexicon;
  /** What the organisation offers; a word or an old button for another language changes nothing. */
  readonly languages: readonly Language[];
  /** How many pages check-your-answers takes to show these rows in full. */
  readonly reviewPages: (flow: string, rows: readonly ReviewRow[], language: Language) => number;
  /** How a text is looked at for what may show who somebody is. */
  readonly tracing: Tracing;
  /** An unused opaque id: chance comes in by parameter. */
  readonly fresh: string;
  /** A case that a receipt opened for a while, as the press itself proves; nothing keeps it. */
  readonly visiting?: string | null;
  /** What this person wrote down for themselves, where the press is about choosing from it. */
  readonly record?: readonly Entry[];
  /** The press itself proves that it sent a report before; nothing else may know. */
  readonly sentBefore?: boolean;
}

/** What a turn leads to: the state to save, the screen to show, and what is to be done. */
export interface Turn {
  readonly conversation: Conversation;
  readonly screen: Screen;
  readonly effects: readonly Effect[];
}

/** The honest introduction (P1), until something was begun; the menu from then on. */
export function greeting(conversation: Conversation): Screen {
  const begun =
    conversation.draft !== null || conversation.lastSent !== null || conversation.cases.length > 0;
  return begun ? menu(conversation) : { type: "intro" };
}

/** The menu, for who has met the introduction. */
export function atMenu(conversation: Conversation, note: Note | null = null): Screen {
  return conversation.introduced ? menu(conversation, note) : { type: "intro" };
}

/** A turn that shows a screen. */
export function show(conversation: Conversation, screen: Screen, effects: readonly Effect[] = []): Turn {
  return { conversation, screen, effects };
}

/** Shows the draft's place. */
export function opened(conversation: Conversation, at: Open, note: Note | null = null): Turn {
  return show(conversation, placeOf(at.draft, at.flow, note));
}

/** Ends a room in a neutral state. */
export function final(conversation: Conversation, reason: FinalReason): Turn {
  return show(conversation, { type: "final", reason });
}

type Start = Extract<Press, { do: "start" }>;

/**
 * Begins a draft, or returns to the one of that flow that waits; never before the introduction (P1). What
 * else is under way is put aside, but a guide, which begins anew each time.
 */
export function started(conversation: Conversation, start: Start, setup: Setup): Turn {
  const flow = flowOf(setup, start.flow);
  if (!flow) return show(conversation, atMenu(conversation, "oldButton"));
  if (!conversation.introduced) return show(conversation, { type: "intro" });
  const waiting = [...conversation.parked, conversation.draft].find(
    (draft) => draft?.flow === flow.id && !draft.guide,
  );
  const given = begun(conversation, start, flow);
  if (waiting) return broughtBack(conversation, { draft: waiting, flow }, start, given);
  const draft: Draft = {
    id: setup.fresh,
    flow: flow.id,
    answers: given,
    unfinished: {},
    revisiting: null,
    revision: 0,
    reviewed: null,
    guide: flow.guide === true,
    decided: {},
    ...(flow.worksheet ? { worksheet: true } : {}),
    to: start.to ?? null,
  };
  return opened(underWay(conversation, draft), { draft, flow });
}

/**
 * Returns to a draft that waits, with what a guide was told since. Its own answers stay, but for those that
 * safety needs: of them the newer counts, and that is said. Whom it goes to and what changed is to be checked;
 * whom it is about was answered for what waited, and is asked again (P9).
 */
function broughtBack(conversation: Conversation, at: Open, { to }: Start, given: Draft["answers"]): Turn {
  const { draft: was, flow } = at;
  const needed = Object.entries(given).filter(([id]) => questionOf(flow, id)?.skippable === false);
  const answers = { ...given, ...was.answers, ...Object.fromEntries(needed) };
  const changed = needed.some(([id, answer]) => was.answers[id] !== undefined && was.answers[id] !== answer);
  const same = to === undefined && Object.keys(given).length === 0;
  const again = flow.items.find(({ id }) => questionOf(flow, id)?.askAgain && given[id] === undefined);
  const revisiting = again && was.answers[again.id] !== undefined ? again.id : was.revisiting;
  const draft = same ? was : { ...was, answers, revisiting, to: to ?? was.to, revision: was.revision + 1 };
  return opened(underWay(conversation, draft), { draft, flow }, changed ? "changedSince" : "draftWaiting");
}

/** The answers that a draft takes over from the guide it is started from, as far as its questions take them. */
function begun({ draft }: Conversation, { from }: Start, flow: Flow): Draft["answers"] {
  if (!draft?.guide || draft.id !== from) return {};
  const offered = flow.beginsWith?.[draft.flow]?.(draft.answers) ?? {};
  return Object.fromEntries(
    Object.entries(offered).filter(([id, answer]) => {
      const question = questionOf(flow, id);
      return question !== undefined && isValid(question, answer);
    }),
  );
}

/** What was filled in for a question; null where nothing was. */
export function readAnswer(question: Question, inputs: Inputs): Answer {
  const input = inputs.answer;
  switch (question.kind) {
    case "tell":
      return "seen";
    case "choices":
      return typeof input === "string" ? (input === "" ? null : [input]) : (input ?? null);
    case "choice":
      return typeof input === "string" && input !== "" ? input : null;
    case "text":
      return typeof input === "string" && input.trim() !== "" ? input.trim() : null;
  }
}

/** Stores an answer by its question's id and shows the place that follows; nothing is stored of a wrong one. */
export function answered(conversation: Conversation, at: Open, question: Question, answer: Answer): Turn {
  if (answer === null) {
    return again(conversation, at, question, question.kind === "text" ? "writeFirst" : "chooseFirst");
  }
  if (!isValid(question, answer)) {
    const tooLong =
      question.kind === "text" && typeof answer === "string" && answer.length > question.maxLength;
    if (!tooLong) return again(conversation, at, question, "oldButton");
    const unfinished = { ...at.draft.unfinished, [question.id]: answer as string };
    return again(...withDraft(conversation, at, { unfinished }), question, "tooLong");
  }
  return stored(conversation, at, question, answer);
}

/** Skips a question, where neither safety nor law needs it (P4). */
export function skipped(conversation: Conversation, at: Open, question: Question): Turn {
  if (!question.skippable) return again(conversation, at, question, "cannotSkip");
  const draft = conversation.draft ?? at.draft;
  // "Skip" on an old card would wipe what was told since; there the answer stays.
  const told = draft.answers[question.id] !== null && draft.answers[question.id] !== undefined;
  if (told && questionAt(draft, at.flow)?.id !== question.id) return opened(conversation, at, "answerKept");
  return stored(conversation, { ...at, draft }, question, null);
}

/**
 * Skips this question and those after it, as far as they can be (`jumpFrom`). No answer that was given goes, and
 * what was jumped over can be filled in at check-your-answers. From an old card it does nothing: pressed twice,
 * it would jump on from where it led.
 */
export function jumped(conversation: Conversation, at: Open, question: Question): Turn {
  if (leadsToOutcome(at.flow) || questionAt(at.draft, at.flow)?.id !== question.id)
    return opened(conversation, at, "oldButton");
  const jump = jumpFrom(at.flow, at.draft.answers, question);
  if (!jump) return opened(conversation, at, "cannotSkip");
  const { answers, revision } = at.draft;
  const [next, now] = withDraft(conversation, at, {
    answers: { ...answers, ...Object.fromEntries(jump.skipped.map((id) => [id, null])) },
    // With what stands in the form, which is shown again.
    unfinished: (conversation.draft ?? at.draft).unfinished,
    revisiting: null,
    revision: revision + 1,
  });
  if (jump.skipped.length === 0) return opened(next, now, "answerKept");
  // Who wrote something and then jumps may think that it goes along.
  const written = now.draft.unfinished[question.id]?.trim() ?? "";
  const unsent = written !== "" && written !== now.draft.answers[question.id];
  return opened(next, now, unsent ? "jumpedUnsent" : "jumped");
}

function stored(conversation: Conversation, at: Open, question: Question, answer: Answer): Turn {
  const before = resolve(at.flow, at.draft.answers);
  const { [question.id]: _, ...others } = at.draft.unfinished;
  const { [question.id]: decided, ...elsewhere } = at.draft.decided;
  const [next, now] = withDraft(conversation, at, {
    answers: { ...at.draft.answers, [question.id]: answer },
    unfinished: answer === null ? at.draft.unfinished : others,
    // What somebody took out of a text does not stay behind as what was once decided about.
    decided: decided === answer ? at.draft.decided : elsewhere,
    revisiting: null,
    revision: at.draft.revision + 1,
  });
  const after = resolve(now.flow, now.draft.answers);
  const wasShown = placeOf(at.draft, at.flow);
  const late = wasShown.type !== "question" || wasShown.question !== question.id;
  const putAside = after.aside.some((id) => !before.aside.includes(id) && isTold(now, id));
  return opened(next, now, putAside ? "answersAside" : late ? "answerSaved" : null);
}

/** Whether the person told something there; "seen" and "skipped" are nothing to miss. */
function isTold(at: Open, id: string): boolean {
  return questionOf(at.flow, id)?.kind !== "tell" && at.draft.answers[id] !== null;
}

/** Shows this question again if that is where the person is, and the draft's place otherwise. */
function again(conversation: Conversation, at: Open, question: Question, note: Note): Turn {
  const here = questionAt(at.draft, at.flow)?.id === question.id;
  return opened(conversation, at, here ? note : "oldButton");
}

/** Shows the question before this one, with the answer given there. */
export function wentBack(conversation: Conversation, from: string | null, setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  if (!at) return show(conversation, atMenu(conversation, "nothingOpen"));
  const here = from ?? questionAt(at.draft, at.flow)?.id ?? null;
  const before = questionBefore(at.draft, at.flow, here);
  if (!before) return opened(conversation, at, "nothingToGoBackTo");
  return opened(...withDraft(conversation, at, { revisiting: before.id }));
}

/** Changes the language and shows the same place again. */
export function inLanguage(
  conversation: Conversation,
  language: Conversation["language"],
  setup: Setup,
): Turn {
  const next = setup.languages.includes(language) ? { ...conversation, language } : conversation;
  return show(next, screenAsked(next, openDraft(next, setup), setup) ?? { type: "intro" });
}

/** "Stop and clear": the draft is gone with the turn that says so. */
export function cleared(conversation: Conversation): Turn {
  const turn = final(withoutDraft(conversation), "cleared");
  if (conversation.record === null || turn.screen.type !== "final") return turn;
  return { ...turn, screen: { ...turn.screen, recordStays: true } };
}

/** Stops: a guide at once, since there is nothing to keep; anything else after asking what to do with it. */
export function stopped(conversation: Conversation, draft: string, setup: Setup): Turn {
  if (guideOpen(conversation)) return final(withoutGuide(conversation), "forgotten");
  const at = openDraft(conversation, setup);
  const words = at !== null && hasWords(at) ? ({ hasWords: true } as const) : {};
  return show(conversation, { type: "stop", draft, ...words });
}

/** Sends what check-your-answers showed in full, and nothing else (P4). */
export function sent(conversation: Conversation, at: Open, revision: number): Turn {
  const complete = !leadsToOutcome(at.flow) && resolve(at.flow, at.draft.answers).place.at === "review";
  if (!complete) return opened(conversation, at, "oldButton");
  if (revision !== at.draft.revision) return opened(conversation, at, "changedSince");
  // A button that was never on a screen: show the way to the review, but do not count it as read.
  if (at.draft.reviewed !== revision) return opened(conversation, at, "readFirst");
  const rows = reviewRows(at.draft, at.flow);
  const { language } = conversation;
  const next = { ...withoutDraft(conversation), lastSent: at.draft.id, sentUnlinked: false };
  return show(next, { type: "sent", repeated: false, unlinked: false }, [
    { type: "submitReport", flow: at.flow.id, language, rows, to: at.draft.to },
  ]);
}
