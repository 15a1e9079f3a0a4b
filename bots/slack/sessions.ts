import type { View } from "../../cards/view.ts";
import type { Log } from "../log.ts";
import { DeliveryError } from "../ports.ts";
import type { NotPosted, SessionReply, SessionTurn, Turns } from "../turns.ts";
import type { SlackChannel } from "./channel.ts";

/** One press on a team session. */
export interface SessionPressed extends SessionTurn {
  readonly by: "team";
  /** The message with the button; null where it was in a modal. */
  readonly message: string | null;
}

/** What the press leads to for the one who pressed. */
export interface SessionTold {
  readonly view: View;
  /** Everybody in the channel sees what happened. */
  readonly inSight: boolean;
}

/** What Slack says where the app is not in a channel; a private one then does not exist for it. */
const notInvited = new Set(["not_in_channel", "channel_not_found"]);

/** Carries out a press on a team session: what the channel is to show is done before anything is told. */
export function slackSessions({
  channel,
  turns,
  log,
}: {
  readonly channel: SlackChannel;
  readonly turns: Turns;
  readonly log: Log;
}) {
  return async function sessionPress({ by: _, message, ...turn }: SessionPressed): Promise<SessionTold> {
    const reply = await turns.session(turn);
    if (reply.post !== null) {
      const why = await posted(turn, reply.post);
      if (why !== null) return { view: (await turns.sessionNotPosted(turn, why)).told, inSight: false };
    }
    // Where the message could not be changed, at least the one who pressed sees what it should say.
    return (await replaced(turn, message, reply))
      ? { view: reply.told, inSight: reply.inSight }
      : { view: reply.card, inSight: false };
  };

  /** Null: it is there. */
  async function posted({ place }: SessionTurn, view: View): Promise<NotPosted | null> {
    try {
      await channel.postInChannel(place.tenant, place.channel, view);
      return null;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const { problem } = error;
      log.warn({ code: "slack.sessionNotPosted", problem });
      if (problem.kind === "unknown") return "unsure";
      return problem.kind === "refused" && notInvited.has(problem.code) ? "notInvited" : "notPosted";
    }
  }

  /** False where the old message stayed: whoever presses a button on it tries it again. */
  async function replaced(
    { place }: SessionTurn,
    message: string | null,
    { message: view }: SessionReply,
  ): Promise<boolean> {
    if (view === null || message === null) return view === null;
    const ref = { platform: "slack", tenant: place.tenant, conversation: place.channel, message } as const;
    try {
      await channel.update(ref, view);
      return true;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      log.warn({ code: "slack.sessionNotReplaced", problem: error.problem });
      return false;
    }
  }
}
