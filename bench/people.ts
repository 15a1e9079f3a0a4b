import { randomUUID } from "node:crypto";
import { buttonsOf, inputsOf, optionsOf, pressOf } from "../test/fakes/card.ts";
import type { Person } from "./load.ts";
import type { Platform } from "./platform.ts";

/** What is common to all activities of one person's private chat. */
function chatOf(platform: Platform, nr: number) {
  return {
    channelId: "msteams",
    serviceUrl: platform.serviceUrl,
    conversation: {
      id: `a:chat-${nr}-${randomUUID()}`,
      conversationType: "personal",
      tenantId: platform.tenant,
    },
    channelData: { tenant: { id: platform.tenant } },
    from: { id: `29:person-${nr}`, name: `Person ${nr}` },
    recipient: { id: `28:${platform.appId}`, name: "Vertrouwd" },
    locale: "nl-NL",
  };
}

/** Someone who only types: each turn is a message, answered by a new card. */
export function typist(platform: Platform, nr: number): Person {
  const chat = chatOf(platform, nr);
  const lines = ["hallo", "melden", "nee", "nee", "stop", "menu"];
  let said = nr;
  return {
    next() {
      said += 1;
      return {
        ...chat,
        type: "message",
        id: randomUUID(),
        text: lines[said % lines.length] ?? "menu",
        textFormat: "plain",
      };
    },
  };
}

/**
 * Someone who presses the first button of whatever card is there, with every field filled in: a whole
 * report, and then the next one. With no button left they type.
 */
export function presser(platform: Platform, nr: number): Person {
  const chat = chatOf(platform, nr);
  const message = { ...chat, type: "message", text: "menu", textFormat: "plain" };
  return {
    next(answer) {
      const door = platform.latest(chat.conversation.id);
      const card = (answer as { value?: unknown } | null)?.value ?? door?.card;
      const button = buttonsOf(card)[0];
      if (button === undefined) return { ...message, id: randomUUID() };
      const filled = Object.fromEntries(
        inputsOf(card).map((id) => [
          id,
          optionsOf(card, id)[0] ?? "Het gebeurde na de vergadering, bij de koffie.",
        ]),
      );
      return {
        ...chat,
        type: "invoke",
        name: "adaptiveCard/action",
        id: randomUUID(),
        ...(door && { replyToId: door.message }),
        value: pressOf(card, button, filled),
      };
    },
  };
}
