import type { Conversation, Draft, Language } from "./draft.ts";
import type { Event, Inputs, Press } from "./event.ts";
import { type Answer, type Flow, longestText, type Question, questionOf } from "./flow.ts";
import { isValid, resolve } from "./resolve.ts";
import type { Effect, FinalReason, Note, Screen } from "./screen.ts";
import { menu, menuItems, placeOf, questionAt, questionBefore, reviewRows } from "./show.ts";
import { type Command, type Lexicon, type Table, type Typed, understand } from "./typed.ts";

/** What the conversation is about and in which words it is understood; fixed while a process runs. */
export interface Setup {
  readonly flows: Readonly<Record<string, Flow>>;
  readonly lexicon: (language: Language) => Lexicon;
  /** An unused opaque id: chance comes in by parameter. */
  readonly fresh: string;
}

export interface Turn {
  readonly conversation: Conversation;
  readonly screen: Screen;
  readonly effects: readonly Effect[];
}

/**
 * One turn of a private conversation: pure, total, and always with a screen (P20). A given answer is only
 * replaced by a newer answer to the same question or by "stop and clear".
 */
export function converse(conversation: Conversation, event: Event, setup: Setup): Turn {
  const turn = respond(conversation, event, setup);
  const seen = event.type === "press" ? read(turn.conversation, turn.screen) : turn.conversation;
  return { ...turn, conversation: remember(seen, turn.screen) };
}

/**
 * Showing check-your-answers in full, in a room that a press opened, is what makes that revision sendable
 * (P4). A typed turn is answered by a door, which shows none of it.
 */
function read(conversation: Conversation, screen: Screen): Conversation {
  if (screen.type !== "review" || !conversation.draft) return conversation;
  return { ...conversation, draft: { ...conversation.draft, reviewed: screen.revision } };
}

function respond(conversation: Conversation, event: Event, setup: Setup): Turn {
  switch (event.type) {
    case "hello":
      return show(conversation, greeting(conversation));
    case "unreadable":
      return show(conversation, { type: "unreadable", draftWaiting: conversation.draft !== null });
    case "text":
      return typed(conversation, event.text, setup);
    case "press":
      return pressed(conversation, event.press, event.inputs, setup);
  }
}

/** Notes what was shown, for a typed reply that carries no address. */
function remember(conversation: Conversation, screen: Screen): Conversation {
  const asked = askedKey(screen);
  return {
    ...conversation,
    asked: asked === null ? conversation.asked : asked,
    introduced: conversation.introduced || screen.type === "intro",
  };
}

function askedKey(screen: Screen): string | null {
  switch (screen.type) {
    case "question":
      return `question:${screen.question}`;
    case "thread":
      return `thread:${screen.case}`;
    case "help":
    case "story":
    case "unreadable":
      return null;
    default:
      return screen.type;
  }
}

function greeting(conversation: Conversation): Screen {
  return conversation.introduced ? menu(conversation) : { type: "intro" };
}

function show(conversation: Conversation, screen: Screen, effects: readonly Effect[] = []): Turn {
  return { conversation, screen, effects };
}

// ── typed text ──────────────────────────────────────────────────────────────────────────────────────

function typed(conversation: Conversation, text: string, setup: Setup): Turn {
  if (text.trim() === "")
    return show(conversation, { type: "unreadable", draftWaiting: conversation.draft !== null });
  const understood = understand(text, tableOf(conversation, setup), setup.lexicon(conversation.language));
  return understoodAs(conversation, understood, setup);
}

function understoodAs(conversation: Conversation, understood: Typed, setup: Setup): Turn {
  const draftWaiting = conversation.draft !== null;
  switch (understood.as) {
    case "danger":
      return show(conversation, { type: "help", about: "danger", help: ["112"], draftWaiting });
    case "despair":
      return show(conversation, { type: "help", about: "despair", help: ["113", "112"], draftWaiting });
    case "option":
      return typedOption(conversation, understood.options, setup);
    case "number":
      return typedNumber(conversation, understood.number, setup);
    case "command":
      return typedCommand(conversation, understood.command, setup);
    case "story":
      return show(conversation, { type: "story", draftWaiting });
    case "unknown":
      return notUnderstood(conversation, setup);
  }
}

/** The question a typed word may answer: the one shown last, if it is still where the draft is. */
function tableOf(conversation: Conversation, setup: Setup): Table {
  const at = openDraft(conversation, setup);
  if (!at) return { flow: null, question: null };
  const question = questionAt(at.draft, at.flow);
  const asked = question !== null && conversation.asked === `question:${question.id}`;
  return asked ? { flow: at.flow.id, question } : { flow: null, question: null };
}

function typedOption(conversation: Conversation, options: readonly string[], setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  const question = at && questionAt(at.draft, at.flow);
  if (!at || !question) return notUnderstood(conversation, setup);
  return answered(conversation, at, question, question.kind === "choices" ? options : (options[0] ?? null));
}

function typedNumber(conversation: Conversation, number: number, setup: Setup): Turn {
  if (conversation.asked !== "menu" && conversation.asked !== "intro")
    return notUnderstood(conversation, setup);
  switch (menuItems(conversation.asked === "menu" && conversation.draft !== null)[number - 1]) {
    case "resume":
      return typedCommand(conversation, "resume", setup);
    case "report":
      return typedCommand(conversation, "report", setup);
    case "reports":
      return typedCommand(conversation, "reports", setup);
    case "language":
      return typedCommand(conversation, conversation.language === "nl" ? "english" : "dutch", setup);
    default:
      return notUnderstood(conversation, setup);
  }
}

function typedCommand(conversation: Conversation, command: Command, setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  switch (command) {
    case "hello":
      return show(conversation, greeting(conversation));
    case "menu":
    case "help":
    case "done":
      return show(conversation, conversation.introduced ? menu(conversation) : { type: "intro" });
    case "dutch":
      return inLanguage(conversation, "nl", setup);
    case "english":
      return inLanguage(conversation, "en", setup);
    case "report":
      return pressed(conversation, { do: "start", flow: "report" }, {}, setup);
    case "reports":
      return pressed(conversation, { do: "reports" }, {}, setup);
  }
  if (!at)
    return show(
      conversation,
      conversation.introduced ? menu(conversation, "nothingOpen") : { type: "intro" },
    );
  const draft = at.draft.id;
  switch (command) {
    case "resume":
      return typedResume(conversation, at);
    case "back":
      return pressed(conversation, { do: "back", draft }, {}, setup);
    case "skip": {
      const question = questionAt(at.draft, at.flow);
      if (!question) return show(conversation, placeOf(at.draft, at.flow, "notUnderstood"));
      return skipped(conversation, at, question);
    }
    case "stop":
      return show(conversation, { type: "stop", draft });
    case "clear":
      // What cannot be undone takes two words: the first shows what will happen.
      return conversation.asked === "stop"
        ? cleared(conversation)
        : show(conversation, { type: "stop", draft });
    case "send":
      return sent(conversation, at, at.draft.revision);
  }
}

/** "Go on" also answers a screen that only had to be read. */
function typedResume(conversation: Conversation, at: Open): Turn {
  const question = questionAt(at.draft, at.flow);
  if (question?.kind === "tell" && conversation.asked === `question:${question.id}`) {
    return answered(conversation, at, question, "seen");
  }
  return show(conversation, placeOf(at.draft, at.flow));
}

function notUnderstood(conversation: Conversation, setup: Setup): Turn {
  if (!conversation.introduced) return show(conversation, { type: "intro" });
  const at = openDraft(conversation, setup);
  const inFlow =
    at && (conversation.asked?.startsWith("question:") === true || conversation.asked === "review");
  return show(
    conversation,
    inFlow ? placeOf(at.draft, at.flow, "notUnderstood") : menu(conversation, "notUnderstood"),
  );
}

// ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

function pressed(conversation: Conversation, press: Press, inputs: Inputs, setup: Setup): Turn {
  switch (press.do) {
    case "menu":
      return show(conversation, greeting(conversation));
    case "start":
      return started(conversation, press.flow, setup);
    case "resume": {
      const at = openDraft(conversation, setup);
      return at ? opened(conversation, at) : show(conversation, nothing(conversation, "nothingOpen"));
    }
    case "language":
      return inLanguage(withUnfinished(conversation, press.question, inputs, setup), press.language, setup);
    case "reports":
      if (!conversation.introduced) return show(conversation, { type: "intro" });
      return show(conversation, { type: "reports", cases: conversation.cases, note: null });
    case "receipt":
      return receiptTyped(conversation, inputs);
    case "thread":
      return threadOpened(conversation, press.case, press.page ?? 0);
    case "say":
      return said(conversation, press.case, press.nonce, inputs);
    case "done":
      return final(conversation, "closed");
    default:
      return pressedInDraft(conversation, press, inputs, setup);
  }
}

type DraftPress = Extract<Press, { draft: string }>;

function pressedInDraft(conversation: Conversation, press: DraftPress, inputs: Inputs, setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  if (at?.draft.id !== press.draft) {
    if (press.do === "send" && press.draft === conversation.lastSent) {
      return show(conversation, { type: "sent", repeated: true });
    }
    return at
      ? opened(conversation, at, "oldButton")
      : show(conversation, nothing(conversation, "oldButton"));
  }
  switch (press.do) {
    case "answer": {
      const question = questionOf(at.flow, press.question);
      if (!question) return opened(conversation, at, "oldButton");
      return answered(conversation, at, question, readAnswer(question, inputs));
    }
    case "skip": {
      const question = questionOf(at.flow, press.question);
      if (!question) return opened(conversation, at, "oldButton");
      return skipped(withUnfinished(conversation, question.id, inputs, setup), at, question);
    }
    case "back": {
      const kept = withUnfinished(conversation, press.question, inputs, setup);
      return wentBack(kept, press.question ?? null, setup);
    }
    case "change": {
      const chosen = inputs["change"];
      const step = resolve(at.flow, at.draft.answers).path.find(({ question }) => question.id === chosen);
      if (!step) return opened(conversation, at, "chooseFirst");
      return opened(...withDraft(conversation, at, { revisiting: step.question.id }));
    }
    case "stop":
      return show(withUnfinished(conversation, press.question, inputs, setup), {
        type: "stop",
        draft: press.draft,
      });
    case "keep":
      return final(conversation, "kept");
    case "clear":
      return cleared(conversation);
    case "send":
      return sent(conversation, at, press.revision);
  }
}

// ── moves ───────────────────────────────────────────────────────────────────────────────────────────

/** A draft together with its flow, where this release still has it. */
interface Open {
  readonly draft: Draft;
  readonly flow: Flow;
}

function openDraft(conversation: Conversation, setup: Setup): Open | null {
  const { draft } = conversation;
  const flow = draft && Object.hasOwn(setup.flows, draft.flow) ? setup.flows[draft.flow] : undefined;
  return draft && flow ? { draft, flow } : null;
}

/** Shows the draft's place. */
function opened(conversation: Conversation, at: Open, note: Note | null = null): Turn {
  return show(conversation, placeOf(at.draft, at.flow, note));
}

function nothing(conversation: Conversation, note: Note): Screen {
  return conversation.introduced ? menu(conversation, note) : { type: "intro" };
}

function final(conversation: Conversation, reason: FinalReason): Turn {
  return show(conversation, { type: "final", reason });
}

function withDraft(conversation: Conversation, at: Open, change: Partial<Draft>): [Conversation, Open] {
  const draft = { ...at.draft, ...change };
  return [
    { ...conversation, draft },
    { draft, flow: at.flow },
  ];
}

function started(conversation: Conversation, flowId: string, setup: Setup): Turn {
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

function readAnswer(question: Question, inputs: Inputs): Answer {
  const input = inputs["answer"];
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
function answered(conversation: Conversation, at: Open, question: Question, answer: Answer): Turn {
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

function skipped(conversation: Conversation, at: Open, question: Question): Turn {
  if (!question.skippable) return again(conversation, at, question, "cannotSkip");
  const draft = conversation.draft ?? at.draft;
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

function wentBack(conversation: Conversation, from: string | null, setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  if (!at) return show(conversation, nothing(conversation, "nothingOpen"));
  const here = from ?? questionAt(at.draft, at.flow)?.id ?? null;
  const before = questionBefore(at.draft, at.flow, here);
  if (!before) return opened(conversation, at, "nothingToGoBackTo");
  return opened(...withDraft(conversation, at, { revisiting: before.id }));
}

/** Keeps text that stands in a form left by another button than "next"; it is shown again, never sent. */
function withUnfinished(
  conversation: Conversation,
  id: string | undefined,
  inputs: Inputs,
  setup: Setup,
): Conversation {
  const at = openDraft(conversation, setup);
  const question = at && id !== undefined ? questionOf(at.flow, id) : undefined;
  const input = inputs["answer"];
  if (!at || question?.kind !== "text" || typeof input !== "string") return conversation;
  const draft = { ...at.draft, unfinished: { ...at.draft.unfinished, [question.id]: input } };
  return { ...conversation, draft };
}

function inLanguage(conversation: Conversation, language: Conversation["language"], setup: Setup): Turn {
  const next = { ...conversation, language };
  const at = openDraft(next, setup);
  const inFlow = conversation.asked?.startsWith("question:") === true || conversation.asked === "review";
  if (at && inFlow) return opened(next, at);
  if (at && conversation.asked === "stop") return show(next, { type: "stop", draft: at.draft.id });
  if (conversation.asked === "reports") return show(next, { type: "reports", cases: next.cases, note: null });
  if (conversation.asked === "menu") return show(next, menu(next));
  return show(next, { type: "intro" });
}

function cleared(conversation: Conversation): Turn {
  return final({ ...conversation, draft: null }, "cleared");
}

/** Sends what check-your-answers showed in full, and nothing else (P4). */
function sent(conversation: Conversation, at: Open, revision: number): Turn {
  const complete = resolve(at.flow, at.draft.answers).place.at === "review";
  if (!complete) return opened(conversation, at, "oldButton");
  if (revision !== at.draft.revision) return opened(conversation, at, "changedSince");
  // Typed "send" before the review was open: show the way to it, but do not count it as read.
  if (at.draft.reviewed !== revision) return show(conversation, placeOf(at.draft, at.flow, "readFirst"));
  const rows = reviewRows(at.draft, at.flow);
  const answers = Object.fromEntries(rows.map((row) => [row.question, row.answer]));
  const { language } = conversation;
  return show({ ...conversation, draft: null, lastSent: at.draft.id }, { type: "sent", repeated: false }, [
    { type: "submitReport", flow: at.flow.id, language, rows, answers },
  ]);
}

// ── after sending ───────────────────────────────────────────────────────────────────────────────────

function receiptTyped(conversation: Conversation, inputs: Inputs): Turn {
  const screen = { type: "reports", cases: conversation.cases } as const;
  const code = inputs["receipt"];
  if (typeof code !== "string" || code.trim() === "")
    return show(conversation, { ...screen, note: "writeFirst" });
  return show(conversation, { ...screen, note: null }, [{ type: "openReceipt", code: code.slice(0, 200) }]);
}

function threadOpened(conversation: Conversation, id: string, page: number): Turn {
  if (!conversation.cases.includes(id)) {
    return show(conversation, { type: "reports", cases: conversation.cases, note: "noSuchReport" });
  }
  return show(conversation, { type: "thread", case: id, page, note: null, unsent: null }, [
    { type: "openCase", case: id },
  ]);
}

function said(conversation: Conversation, id: string, nonce: string, inputs: Inputs): Turn {
  const opened = threadOpened(conversation, id, 0);
  if (opened.screen.type !== "thread") return opened;
  const input = inputs["text"];
  const text = typeof input === "string" ? input.trim() : "";
  if (text === "") return { ...opened, screen: { ...opened.screen, note: "writeFirst" } };
  if (text.length > longestText)
    return { ...opened, screen: { ...opened.screen, note: "tooLong", unsent: text } };
  return {
    ...opened,
    screen: { ...opened.screen, note: "messageSent" },
    effects: [{ type: "sayToAdviser", case: id, nonce, text }],
  };
}
