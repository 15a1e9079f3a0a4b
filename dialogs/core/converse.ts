import { askedKey } from "./asked.ts";
import type { Conversation } from "./draft.ts";
import { openDraft } from "./drafts.ts";
import type { Event } from "./event.ts";
import { type Flow, leadsToOutcome, questionOf } from "./flow.ts";
import { greeting, type Setup, show, type Turn } from "./moves.ts";
import { pointingOut } from "./own-words.ts";
import { practising } from "./practice.ts";
import { pressed } from "./pressing.ts";
import type { Screen } from "./screen.ts";
import { questionBefore } from "./show.ts";
import { helpFor } from "./story-words.ts";
import { typed } from "./typing.ts";

export type { Setup, Turn } from "./moves.ts";

/**
 * One turn of a private conversation: pure, total, and always with a screen (P20). A given answer is only
 * replaced by a newer answer to the same question or by "stop and clear".
 */
export function converse(conversation: Conversation, event: Event, setup: Setup): Turn {
  const turn = pointingOut(respond(afterSending(conversation, event), event, setup), setup);
  const seen = event.type === "press" ? read(turn.conversation, turn.screen, setup) : turn.conversation;
  return {
    ...turn,
    screen: withHelpOffered(turn, event, setup),
    conversation: practising(remember(seen, turn.screen), turn.screen),
  };
}

/**
 * Offers help on the screen that follows a text, for words in it: the text that this press left or gave, and
 * the one that stands right before the question shown, so that it is there again after a reload (P8). A
 * message on a case is kept nowhere but with the case: its words are met once, in the answer to that press.
 */
function withHelpOffered({ conversation, screen }: Turn, event: Event, setup: Setup): Screen {
  const { stories } = setup.lexicon(conversation.language);
  if (screen.type === "thread" || screen.type === "reports" || screen.type === "record") {
    // Also where it could not be sent, and where the case is gone: help does not wait for that.
    const offered = helpFor(writtenIn(event), { stories });
    return offered.length === 0 ? screen : { ...screen, offered };
  }
  if (screen.type !== "question" && screen.type !== "review" && screen.type !== "stop") return screen;
  const at = openDraft(conversation, setup);
  if (at === null || at.draft.id !== screen.draft || leadsToOutcome(at.flow)) return screen;
  const before = screen.type === "question" ? questionBefore(at.draft, at.flow, screen.question) : null;
  const texts = [given(event, at.flow), before?.kind === "text" ? at.draft.answers[before.id] : null];
  const words = texts.filter((text) => typeof text === "string").join("\n\n");
  const offered = words === "" ? [] : helpFor(words, { stories });
  return offered.length === 0 ? screen : { ...screen, offered };
}

/** What was written to the adviser, or down for oneself, with this press. */
function writtenIn(event: Event): string {
  if (event.type !== "press" || (event.press.do !== "say" && event.press.do !== "record.add")) return "";
  const { text } = event.inputs;
  return typeof text === "string" ? text : "";
}

/** What stood in the form of a question that takes own words, whichever button left it. */
function given(event: Event, flow: Flow): string | null {
  if (event.type !== "press" || !("question" in event.press)) return null;
  const question = questionOf(flow, event.press.question ?? "");
  const { answer } = event.inputs;
  return question?.kind === "text" && typeof answer === "string" ? answer : null;
}

/** That something was sent without a link is kept until the next turn: after that, only the button that sent it proves it. */
function afterSending(conversation: Conversation, event: Event): Conversation {
  if (!conversation.sentUnlinked) return conversation;
  const again =
    event.type === "press" && event.press.do === "send" && event.press.draft === conversation.lastSent;
  return again ? conversation : { ...conversation, lastSent: null, sentUnlinked: false };
}

/**
 * Showing check-your-answers in full, in a room that a press opened, is what makes that revision sendable
 * (P4): every page of it, and none skipped. A typed turn is answered by a door, which shows none of it.
 */
function read(conversation: Conversation, screen: Screen, setup: Setup): Conversation {
  const { draft, language } = conversation;
  if (screen.type !== "review" || !draft) return conversation;
  const { flow, revision, rows, page = 0 } = screen;
  const before = draft.reading?.revision === revision ? draft.reading.pages : 0;
  const pages = page <= before ? Math.max(before, page + 1) : before;
  const reviewed = pages >= setup.reviewPages(flow, rows, language) ? revision : draft.reviewed;
  return { ...conversation, draft: { ...draft, reading: { revision, pages }, reviewed } };
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
  return {
    ...conversation,
    asked: askedKey(screen) ?? conversation.asked,
    introduced: conversation.introduced || screen.type === "intro",
  };
}
