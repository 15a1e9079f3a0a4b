import { drawCard } from "../../cards/adaptive-card.ts";
import type { View } from "../../cards/view.ts";
import type { Inputs } from "../../dialogs/core/event.ts";
import type { SessionPress } from "../../dialogs/session.ts";
import { DeliveryError } from "../ports.ts";
import type { NotPosted, SessionPlace, SessionTurn } from "../turns.ts";
import { channelOf, type InvokeActivity, type MessageActivity, textOf } from "./activity.ts";
import { type Answer, done, reason, shownCard } from "./answer.ts";
import type { ConversationDeps } from "./conversation.ts";

/**
 * The bot among several people: what it says when it is mentioned, and team sessions. A press is answered
 * with a card that only the one who pressed gets to see; the message itself changes for everybody.
 */
export function teamSessions({ turns, connector, log }: ConversationDeps) {
  return {
    /** A message in a group or channel; what does not mention the bot is not for it. */
    async mentioned(activity: MessageActivity, tenant: string): Promise<Answer> {
      const { entities = [], recipient, serviceUrl, conversation } = activity;
      if (!entities.some(({ mentioned }) => mentioned?.id === recipient.id)) return done;
      const place = placeOf(activity, tenant);
      const reply = await turns.inGroup({ place, text: textOf(activity), eventId: activity.id });
      if (reply.show === "nothing") return done;
      try {
        await connector.post(serviceUrl, conversation.id, reply.view);
      } catch (error) {
        log.warn({ code: "teams.groupNotAnswered", ...reason(error) });
      }
      return done;
    },

    async pressed(
      activity: InvokeActivity,
      tenant: string,
      press: SessionPress,
      inputs: Inputs,
    ): Promise<Answer> {
      const turn: SessionTurn = {
        place: placeOf(activity, tenant),
        user: activity.from.id,
        press,
        inputs,
      };
      const { card, post, message } = await turns.session(turn);
      if (post !== null) {
        const why = await posted(activity, post);
        if (why !== null) return room((await turns.sessionNotPosted(turn, why)).card);
      }
      return message === null ? room(card) : { ...room(card), afterwards: () => replaced(activity, message) };
    },
  };

  /** Posts beside the message that was pressed. Null: it is there. */
  async function posted({ serviceUrl, conversation }: InvokeActivity, view: View): Promise<NotPosted | null> {
    try {
      await connector.post(serviceUrl, conversation.id, view);
      return null;
    } catch (error) {
      log.warn({ code: "teams.sessionNotPosted", ...reason(error) });
      const unsure = error instanceof DeliveryError && error.problem.kind === "unknown";
      return unsure ? "unsure" : "notPosted";
    }
  }

  /** Best effort: whoever presses a button on the old message is shown the new one, and it is tried again. */
  async function replaced(
    { replyToId, serviceUrl, conversation }: InvokeActivity,
    view: View,
  ): Promise<void> {
    if (replyToId === undefined) return;
    try {
      await connector.replace(serviceUrl, conversation.id, replyToId, view);
    } catch (error) {
      log.warn({ code: "teams.sessionNotReplaced", ...reason(error) });
    }
  }
}

function room(view: View): Answer {
  return shownCard(drawCard(view, { surface: "room" }));
}

function placeOf({ conversation }: { conversation: { id: string } }, tenant: string): SessionPlace {
  return { platform: "teams", tenant, channel: channelOf(conversation.id) };
}
