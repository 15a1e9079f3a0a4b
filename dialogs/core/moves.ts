import type { Conversation, Draft, Language } from "./draft.ts";
import type { Inputs } from "./event.ts";
import { type Answer, type Flow, type Question, questionOf } from "./flow.ts";
import { isValid, resolve } from "./resolve.ts";
import type { Effect, FinalReason, Note, Screen } from "./screen.ts";
import { menu, placeOf, questionAt, questionBefore, reviewRows } from "./show.ts";
import type { Lexicon } from "./typed.ts";

/** What the conversation is about and in which words it is understood; fixed while a process runs. */
export interface Setup {
  readonly flows: Readonly<Record<string, Flow>>;
  readonly lexicon: (language: Language) => Lexicon;
  /** What the organisation offers; a word or an old button for another language changes nothing. */
  readonly languages: readonly Language[];
  /** An unused opaque id: chance comes in by parameter. */
  readonly fresh: string;
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
export function atMenu(conversation: Conversation): Screen {
  return conversation.introduced ? menu(conversation) : { type: "intro" };
}

/** A turn that shows a screen. */
export function show(conversation: Conversation, screen: Screen, effects: readonly Effect[] = []): Turn {
  return { conversation, screen, effects };
}

/** A draft together with its flow, where this release still has it. */
export interface Open {
  readonly draft: Draft;
  readonly flow: Flow;
}

/** The draft under way, or null where there is none (or its flow is no longer offered). */
export function openDraft(conversation: Conversation, setup: Setup): Open | null {
  const { draft } = conversation;
  const flow = draft && Object.hasOwn(setup.flows, draft.flow) ? setup.flows[draft.flow] : undefined;
  return draft && flow ? { draft, flow } : null;
}

/** Whether what was shown last is a place in a draft. */
export function askedInFlow({ asked }: Conversation): boolean {
  return asked?.startsWith("question:") === true || asked === "review";
}

/** Shows the draft's place. */
export function opened(conversation: Conversation, at: Open, note: Note | null = null): Turn {
  return show(conversation, placeOf(at.draft, at.flow, note));
}

/** Where a button or word had nothing to act on. */
export function nothing(conversation: Conversation, note: Note): Screen {
  return conversation.introduced ? menu(conversation, note) : { type: "intro" };
}

/** Ends a room in a neutral state. */
export function final(conversation: Conversation, reason: FinalReason): Turn {
  return show(conversation, { type: "final", reason });
}

/** The conversation and its draft with some fields changed. */
export function withDraft(
  conversation: Conversation,
  at: Open,
  change: Partial<Draft>,
): [Conversation, Open] {
  const draft = { ...at.draft, ...change };
  return [
    { ...conversation, draft },
    { draft, flow: at.flow },
  ];
}

/** Begins a draft, or returns to the one that waits; never before the introduction (P1). */
export function started(conversation: Conversation, flowId: string, setup: Setup): Turn {
  const flow = Object.hasOwn(setup.flows, flowId) ? setup.flows[flowId] : undefined;
  if (!flow) return show(conversation, nothing(conversation, "oldButton"));
  if (!conversation.introduced) return show(conversation, { type: "intro" });
  const waiting = openDraft(conversation, setup);
  if (waiting)
    return opened(conversation, waiting, waiting.flow.id === flowId ? "draftWaiting" : "finishFirst");
  const draft: Draft = {
    id: setup.fresh,
    flow: flow.id,
    answers: {},
    unfinished: {},
    revisiting: null,
    revision: 0,
    reviewed: null,
  };
  return opened({ ...conversation, draft }, { draft, flow });
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

function stored(conversation: Conversation, at: Open, question: Question, answer: Answer): Turn {
  const before = resolve(at.flow, at.draft.answers);
  const { [question.id]: _, ...others } = at.draft.unfinished;
  const [next, now] = withDraft(conversation, at, {
    answers: { ...at.draft.answers, [question.id]: answer },
    unfinished: answer === null ? at.draft.unfinished : others,
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
  if (!at) return show(conversation, nothing(conversation, "nothingOpen"));
  const here = from ?? questionAt(at.draft, at.flow)?.id ?? null;
  const before = questionBefore(at.draft, at.flow, here);
  if (!before) return opened(conversation, at, "nothingToGoBackTo");
  return opened(...withDraft(conversation, at, { revisiting: before.id }));
}

/** Keeps text that stands in a form left by another button than "next"; it is shown again, never sent. */
export function withUnfinished(
  conversation: Conversation,
  id: string | undefined,
  inputs: Inputs,
  setup: Setup,
): Conversation {
  const at = openDraft(conversation, setup);
  const question = at && id !== undefined ? questionOf(at.flow, id) : undefined;
  const input = inputs.answer;
  if (!at || question?.kind !== "text" || typeof input !== "string") return conversation;
  const draft = { ...at.draft, unfinished: { ...at.draft.unfinished, [question.id]: input } };
  return { ...conversation, draft };
}

/** Changes the language and shows the same place again. */
export function inLanguage(
  conversation: Conversation,
  language: Conversation["language"],
  setup: Setup,
): Turn {
  const next = setup.languages.includes(language) ? { ...conversation, language } : conversation;
  const at = openDraft(next, setup);
  if (at && askedInFlow(conversation)) return opened(next, at);
  if (at && conversation.asked === "stop") return show(next, { type: "stop", draft: at.draft.id });
  if (conversation.asked === "reports") return show(next, { type: "reports", cases: next.cases, note: null });
  if (conversation.asked === "menu") return show(next, menu(next));
  return show(next, { type: "intro" });
}

/** "Stop and clear": the draft is gone with the turn that says so. */
export function cleared(conversation: Conversation): Turn {
  return final({ ...conversation, draft: null }, "cleared");
}

/** Sends what check-your-answers showed in full, and nothing else (P4). */
export function sent(conversation: Conversation, at: Open, revision: number): Turn {
  const complete = resolve(at.flow, at.draft.answers).place.at === "review";
  if (!complete) return opened(conversation, at, "oldButton");
  if (revision !== at.draft.revision) return opened(conversation, at, "changedSince");
  // A button that was never on a screen: show the way to the review, but do not count it as read.
  if (at.draft.reviewed !== revision) return show(conversation, placeOf(at.draft, at.flow, "readFirst"));
  const rows = reviewRows(at.draft, at.flow);
  const { language } = conversation;
  return show({ ...conversation, draft: null, lastSent: at.draft.id }, { type: "sent", repeated: false }, [
    { type: "submitReport", flow: at.flow.id, language, rows },
  ]);
}
