import { askedKey } from "./asked.ts";
import type { Conversation } from "./draft.ts";
import type { Event } from "./event.ts";
import { greeting, type Setup, show, type Turn } from "./moves.ts";
import { pointingOut } from "./own-words.ts";
import { practising } from "./practice.ts";
import { pressed } from "./pressing.ts";
import type { Screen } from "./screen.ts";
import { typed } from "./typing.ts";

export type { Setup, Turn } from "./moves.ts";

/**
 * One turn of a private conversation: pure, total, and always with a screen (P20). A given answer is only
 * replaced by a newer answer to the same question or by "stop and clear".
 */
export function converse(conversation: Conversation, event: Event, setup: Setup): Turn {
  const turn = pointingOut(respond(conversation, event, setup), setup);
  const seen = event.type === "press" ? read(turn.conversation, turn.screen) : turn.conversation;
  return { ...turn, conversation: practising(remember(seen, turn.screen), turn.screen) };
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
  return {
    ...conversation,
    asked: askedKey(screen) ?? conversation.asked,
    introduced: conversation.introduced || screen.type === "intro",
  };
}
