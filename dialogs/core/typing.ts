import { adviserAsked, askedInFlow, checkAsked, topicPage } from "./asked.ts";
import type { Conversation } from "./draft.ts";
import { type Open, openDraft, reportOpen, withoutGuide } from "./drafts.ts";
import { leadsToOutcome } from "./flow.ts";
import { jumpFrom } from "./jump.ts";
import * as moves from "./moves.ts";
import { type Setup, show, type Turn } from "./moves.ts";
import { undecided } from "./own-words.ts";
import { pressed } from "./pressing.ts";
import { menuItems, placeOf, questionAt } from "./show.ts";
import { type Command, type Table, type Typed, understand } from "./typed.ts";

/** What typed text leads to. */
export function typed(conversation: Conversation, text: string, setup: Setup): Turn {
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
    case "service":
      return show(conversation, { type: "service", service: understood.service, draftWaiting });
    case "topic":
      return show(conversation, topicPage(conversation, understood.topic));
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
  return moves.answered(
    conversation,
    at,
    question,
    question.kind === "choices" ? options : (options[0] ?? null),
  );
}

function typedNumber(conversation: Conversation, number: number, setup: Setup): Turn {
  if (conversation.asked !== "menu" && conversation.asked !== "intro")
    return notUnderstood(conversation, setup);
  const item = menuItems(conversation.asked === "menu" && reportOpen(conversation))[number - 1];
  switch (item) {
    case "resume":
    case "report":
    case "find":
    case "bystander":
    case "checks":
    case "reports":
      return typedCommand(conversation, item, setup);
    case "language":
      return typedCommand(conversation, conversation.language === "nl" ? "english" : "dutch", setup);
    default:
      return notUnderstood(conversation, setup);
  }
}

function typedCommand(conversation: Conversation, command: Command, setup: Setup): Turn {
  const at = openDraft(conversation, setup);
  switch (command) {
    case "hello": {
      const next = withoutGuide(conversation);
      return show(next, moves.greeting(next));
    }
    // Who may read along, and where help is outside: what somebody asking for help is told first.
    case "help":
      return show(conversation, { type: "intro" });
    case "menu":
    case "done":
      return pressed(conversation, { do: "menu" }, {}, setup);
    case "dutch":
      return moves.inLanguage(conversation, "nl", setup);
    case "english":
      return moves.inLanguage(conversation, "en", setup);
    case "report":
    case "find":
      return pressed(conversation, { do: "start", flow: command }, {}, setup);
    case "bystander":
      // Said on the page that these words lead to, they mean its first button: it is happening now.
      return conversation.asked === "bystander"
        ? pressed(conversation, { do: "start", flow: command }, {}, setup)
        : pressed(conversation, { do: command }, {}, setup);
    case "record":
    case "checks":
    case "topics":
    case "scenes":
    case "forgetPractice":
      return pressed(conversation, { do: command }, {}, setup);
    case "barriers":
      return pressed(conversation, { do: "topic", topic: command }, {}, setup);
    case "evaluation":
      // Begun anew, what was written in it would be gone.
      if (at?.flow.id === command) return moves.opened(conversation, at);
      return pressed(conversation, { do: "start", flow: command }, {}, setup);
    case "aftercare":
    case "code":
      return pressed(conversation, { do: "start", flow: command }, {}, setup);
    case "write":
      return typedWrite(conversation, setup);
    case "pingDaily":
      return pressed(conversation, { do: "practicePing", every: "daily" }, {}, setup);
    case "pingWeekly":
      return pressed(conversation, { do: "practicePing", every: "weekly" }, {}, setup);
    case "pingNever":
      return pressed(conversation, { do: "practicePing", every: "never" }, {}, setup);
    case "reports":
      return pressed(conversation, { do: "reports" }, {}, setup);
  }
  // In a check "go on" is about the check, and so are the words for leaving it.
  const check = checkAsked(conversation);
  if (check && (command === "resume" || command === "back" || !at)) return show(conversation, check);
  if (!at) return show(conversation, moves.atMenu(conversation, "nothingOpen"));
  const draft = at.draft.id;
  switch (command) {
    case "resume":
      return typedResume(conversation, at);
    case "back":
      return pressed(conversation, { do: "back", draft }, {}, setup);
    case "skip": {
      const question = questionAt(at.draft, at.flow);
      if (!question) return moves.opened(conversation, at, "notUnderstood");
      return moves.skipped(conversation, at, question);
    }
    case "tellNow":
    case "enough":
      return typedJump(conversation, at, command, setup);
    case "leave":
    case "replace":
    case "edit":
      return typedOwnWords(conversation, at, command, setup);
    case "stop":
      return moves.stopped(conversation, draft, setup);
    case "clear":
      // What cannot be undone takes two words: the first shows what will happen.
      return conversation.asked === "stop"
        ? moves.cleared(conversation)
        : moves.stopped(conversation, draft, setup);
    case "remind":
      return pressed(conversation, { do: "remind", draft, when: "tomorrow" }, {}, setup);
    case "copy":
    case "duties":
    case "contact": {
      if (!leadsToOutcome(at.flow)) return moves.opened(conversation, at, "notUnderstood");
      return pressed(conversation, { do: command === "contact" ? "adviser" : command, draft }, {}, setup);
    }
    case "send":
      return typedSend(conversation, at);
  }
}

/**
 * Sending is answered with the receipt, which is shown once and never in a message (P6). What is typed is
 * answered by a message, so it leads to check-your-answers, where the button is.
 */
function typedSend(conversation: Conversation, at: Open): Turn {
  const atReview = placeOf(at.draft, at.flow).type === "review";
  return moves.opened(conversation, at, atReview ? "readFirst" : "notUnderstood");
}

/**
 * Jumps from the question that was shown last; anywhere else "enough" may mean something else, such as stopping.
 * "Tell it straight away" jumps only where that is where it leads: behind the story it would pass what is left.
 */
function typedJump(conversation: Conversation, at: Open, command: "tellNow" | "enough", setup: Setup): Turn {
  const question = questionAt(at.draft, at.flow);
  if (leadsToOutcome(at.flow) || !question || conversation.asked !== `question:${question.id}`)
    return moves.opened(conversation, at, "notUnderstood");
  const to = jumpFrom(at.flow, at.draft.answers, question)?.to;
  if (command === "tellNow" && to === "end") return moves.opened(conversation, at, "notUnderstood");
  return pressed(conversation, { do: "jump", draft: at.draft.id, question: question.id }, {}, setup);
}

/** About what was pointed out in a text, where that was shown last. What to replace is ticked, so it needs the form. */
function typedOwnWords(
  conversation: Conversation,
  at: Open,
  choose: "leave" | "replace" | "edit",
  setup: Setup,
): Turn {
  const screen = conversation.asked === "ownWords" ? undecided(at, setup, null) : null;
  if (!screen) return moves.opened(conversation, at, "notUnderstood");
  const { draft, question, revision } = screen;
  return pressed(conversation, { do: "ownWords", draft, question, revision, choose }, {}, setup);
}

/** To the adviser whose page is shown; anywhere else it asks for a report. */
function typedWrite(conversation: Conversation, setup: Setup): Turn {
  const start = { do: "start", flow: "report" } as const;
  const to = adviserAsked(conversation);
  const { draft } = conversation;
  const chosen = draft?.guide && to !== null ? { from: draft.id, to } : {};
  return pressed(conversation, { ...start, ...chosen }, {}, setup);
}

/** "Go on" also answers a screen that only had to be read. */
function typedResume(conversation: Conversation, at: Open): Turn {
  const question = questionAt(at.draft, at.flow);
  if (question?.kind === "tell" && conversation.asked === `question:${question.id}`) {
    return moves.answered(conversation, at, question, "seen");
  }
  return moves.opened(conversation, at);
}

function notUnderstood(conversation: Conversation, setup: Setup): Turn {
  const at = conversation.introduced ? openDraft(conversation, setup) : null;
  return at && askedInFlow(conversation)
    ? moves.opened(conversation, at, "notUnderstood")
    : show(conversation, moves.atMenu(conversation, "notUnderstood"));
}
