import type { Conversation, Draft, Language } from "./draft.ts";
import type { Inputs, Press } from "./event.ts";
import { type Answer, type Flow, type Question, questionOf } from "./flow.ts";
import { isValid, resolve } from "./resolve.ts";
import { type Effect, type FinalReason, type Note, type Screen, topics } from "./screen.ts";
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
  return asked?.startsWith("question:") === true || asked === "review" || asked === "outcome";
}

/**
 * Leaves a guide, of which nothing is kept; the draft that it was opened over is under way again. Whatever
 * else is under way stays.
 */
export function left(conversation: Conversation): Conversation {
  if (conversation.draft?.guide !== true) return conversation;
  return {
    ...conversation,
    draft: conversation.parked.at(-1) ?? null,
    parked: conversation.parked.slice(0, -1),
  };
}

/** Makes this draft the one under way; the one that was is put aside, or forgotten where it was a guide. */
function under(conversation: Conversation, draft: Draft): Conversation {
  const { draft: before, parked } = left(conversation);
  const others = [...parked, ...(before ? [before] : [])].filter(({ id }) => id !== draft.id);
  return { ...conversation, draft, parked: others };
}

/** Takes up the draft that a button belongs to, where it was put aside. */
export function takenUp(conversation: Conversation, id: string): Conversation {
  const draft = conversation.parked.find((parked) => parked.id === id);
  return draft ? under(conversation, draft) : conversation;
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

type Start = Extract<Press, { do: "start" }>;

/**
 * Begins a draft, or returns to the one of that flow that waits; never before the introduction (P1). What
 * else is under way is put aside, but a guide, which begins anew each time.
 */
export function started(conversation: Conversation, start: Start, setup: Setup): Turn {
  const flow = Object.hasOwn(setup.flows, start.flow) ? setup.flows[start.flow] : undefined;
  if (!flow) return show(conversation, nothing(conversation, "oldButton"));
  if (!conversation.introduced) return show(conversation, { type: "intro" });
  const waiting = [...conversation.parked, conversation.draft].find(
    (draft) => draft?.flow === flow.id && !draft.guide,
  );
  if (waiting) {
    // Whom it goes to is part of what is checked before sending.
    const change = start.to === undefined ? {} : { to: start.to, revision: waiting.revision + 1 };
    const draft = { ...waiting, ...change };
    return opened(under(conversation, draft), { draft, flow }, "draftWaiting");
  }
  const draft: Draft = {
    id: setup.fresh,
    flow: flow.id,
    answers: begun(conversation, start, flow),
    unfinished: {},
    revisiting: null,
    revision: 0,
    reviewed: null,
    guide: flow.guide === true,
    to: start.to ?? null,
  };
  return opened(under(conversation, draft), { draft, flow });
}

/** The answers that a draft takes over from the guide it is started from, as far as its questions take them. */
function begun({ draft }: Conversation, { from }: Start, flow: Flow): Draft["answers"] {
  if (!draft?.guide || draft.id !== from) return {};
  const offered = flow.beginsWith?.[draft.flow]?.(draft.answers) ?? {};
  return Object.fromEntries(
    Object.entries(offered).flatMap(([id, answer]) => {
      const question = questionOf(flow, id);
      if (!question || !isValid(question, answer)) return [];
      return [[id, Array.isArray(answer) ? [...answer] : answer]];
    }),
  ) as Draft["answers"];
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
  return show(next, pageAsked(next, at) ?? { type: "intro" });
}

/** The page that was shown last, of those that stand beside a place in a flow. */
function pageAsked(conversation: Conversation, at: Open | null): Screen | null {
  const [page, id = ""] = (conversation.asked ?? "").split(":");
  switch (page) {
    case "topics":
      return { type: "topics", guideOpen: guideOpen(conversation) };
    case "topic": {
      const topic = topics.find((one) => one === id);
      return topic ? { type: "topic", topic, guideOpen: guideOpen(conversation) } : null;
    }
    case "service":
      return { type: "service", service: id, draftWaiting: conversation.draft !== null };
    case "adviser":
      return at && beside(at, { type: "adviser", adviser: id === "" ? null : id });
    case "copy":
    case "duties":
      return at && beside(at, { type: page });
    default:
      return null;
  }
}

/** Whether a guide is under way, to which a page can lead back. */
export function guideOpen({ draft }: Conversation): boolean {
  return draft?.guide === true;
}

type Page =
  | { readonly type: "adviser"; readonly adviser: string | null }
  | { readonly type: "copy" | "duties" };

/** A page of a guide's outcome; the guide's own place where it has not come to its outcome. */
export function beside(at: Open, page: Page): Screen {
  const place = placeOf(at.draft, at.flow);
  if (place.type !== "outcome") return place;
  const { flow, draft, answers } = place;
  return { ...page, flow, draft, answers };
}

/** "Stop and clear": the draft is gone with the turn that says so. */
export function cleared(conversation: Conversation): Turn {
  const draft = conversation.parked.at(-1) ?? null;
  return final({ ...conversation, draft, parked: conversation.parked.slice(0, -1) }, "cleared");
}

/** Stops: a guide at once, since there is nothing to keep; anything else after asking what to do with it. */
export function stopped(conversation: Conversation, draft: string): Turn {
  if (guideOpen(conversation)) return final(left(conversation), "forgotten");
  return show(conversation, { type: "stop", draft });
}

/** Sends what check-your-answers showed in full, and nothing else (P4). */
export function sent(conversation: Conversation, at: Open, revision: number): Turn {
  const complete = !at.flow.guide && resolve(at.flow, at.draft.answers).place.at === "review";
  if (!complete) return opened(conversation, at, "oldButton");
  if (revision !== at.draft.revision) return opened(conversation, at, "changedSince");
  // A button that was never on a screen: show the way to the review, but do not count it as read.
  if (at.draft.reviewed !== revision) return show(conversation, placeOf(at.draft, at.flow, "readFirst"));
  const rows = reviewRows(at.draft, at.flow);
  const { language, parked } = conversation;
  const next = { ...conversation, draft: parked.at(-1) ?? null, parked: parked.slice(0, -1) };
  return show({ ...next, lastSent: at.draft.id }, { type: "sent", repeated: false }, [
    { type: "submitReport", flow: at.flow.id, language, rows, to: at.draft.to },
  ]);
}
