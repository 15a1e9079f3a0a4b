import { drawCard, splitPayload } from "../../cards/adaptive-card.ts";
import type { View } from "../../cards/view.ts";
import { DeskPress } from "../../cases/desk.ts";
import { RoutePress } from "../../cases/route-press.ts";
import { type Event, Inputs, Press } from "../../dialogs/core/event.ts";
import { SessionPress } from "../../dialogs/session.ts";
import type { Log } from "../log.ts";
import type { Address, MessageRef } from "../ports.ts";
import type { PersonReply, Presser, Turns } from "../turns.ts";
import {
  type Activity,
  addressOf,
  CardAction,
  channelOf,
  type InstallActivity,
  type InvokeActivity,
  type MessageActivity,
  placeOf,
  textOf,
} from "./activity.ts";
import { type Answer, badPress, done, reason, shownCard } from "./answer.ts";
import type { Connector } from "./connector.ts";
import { teamSessions } from "./sessions.ts";

export interface ConversationDeps {
  readonly turns: Turns;
  readonly connector: Connector;
  readonly log: Log;
}

/**
 * Translates one accepted activity into an event, and what the turn shows into cards: a door is posted as
 * a message, a room is the answer to the press. Throws what the turn throws.
 */
export function converseIn(deps: ConversationDeps) {
  const { turns, connector, log } = deps;
  const sessions = teamSessions(deps);
  return async function answer(activity: Activity, tenant: string): Promise<Answer> {
    switch (activity.type) {
      case "message":
        return placeOf(activity) === "personal"
          ? typed(activity, tenant)
          : sessions.mentioned(activity, tenant);
      case "invoke":
        return activity.name === "adaptiveCard/action" ? pressed(activity, tenant) : { status: 501 };
      case "conversationUpdate":
      case "installationUpdate":
        return isInstall(activity) ? installed(activity, tenant) : done;
      case "other":
        return done;
    }
  };

  function typed(activity: MessageActivity, tenant: string): Promise<Answer> {
    const text = textOf(activity);
    const event: Event = text === null ? { type: "unreadable" } : { type: "text", text };
    const address = addressOf(activity, activity.from.id, tenant);
    return answered(activity, address, event, `${activity.conversation.id}|${activity.id}`);
  }

  /** Both kinds of news of an installation may come, so they carry one event id. */
  async function installed(activity: InstallActivity, tenant: string): Promise<Answer> {
    if (placeOf(activity) !== "personal" || activity.from === undefined) return done;
    const address = addressOf(activity, activity.from.id, tenant);
    return answered(activity, address, { type: "hello" }, `install:${activity.conversation.id}`);
  }

  async function answered(
    activity: MessageActivity | InstallActivity,
    address: Address,
    event: Event,
    eventId: string,
  ): Promise<Answer> {
    const alias = activity.from?.aadObjectId ?? null;
    const reply = await turns.person({ address, alias, event, eventId });
    if (reply.show === "nothing") return done;
    const { serviceUrl, conversation } = activity;
    try {
      const message = await connector.post(serviceUrl, conversation.id, reply.door);
      const { tenant } = address;
      const door: MessageRef = {
        platform: "teams",
        tenant,
        conversation: conversation.id,
        message,
        serviceUrl,
      };
      const { earlier, view } = await turns.doorPosted(address, door);
      const old = [...(earlier === null ? [] : [earlier]), ...(reply.stale?.messages ?? [])];
      if (old.length === 0) return done;
      return { status: 200, afterwards: () => replaceAll(old, view) };
    } catch (error) {
      // The turn is stored, so a second delivery would be seen as a repeat: there is nothing to ask again.
      log.error({ code: "teams.doorNotPosted", ...reason(error) });
      return done;
    }
  }

  async function pressed(activity: InvokeActivity, tenant: string): Promise<Answer> {
    const action = CardAction.safeParse(activity.value);
    if (!action.success) return badPress;
    const payload = splitPayload(action.data.action.data);
    const inputs = Inputs.safeParse(payload.inputs);
    if (!inputs.success) return badPress;
    const press = Press.safeParse(payload.press);
    if (press.success && placeOf(activity) === "personal") {
      return personPress(activity, tenant, press.data, inputs.data);
    }
    const session = SessionPress.safeParse(payload.press);
    if (session.success) return sessions.pressed(activity, tenant, session.data, inputs.data);
    // Wherever it was pressed: the desk refuses and records what is not from the case's own route (P11).
    const desk = DeskPress.safeParse(payload.press);
    if (desk.success) return deskPress(activity, tenant, desk.data, inputs.data);
    const route = RoutePress.safeParse(payload.press);
    return route.success ? routePress(activity, tenant, route.data, inputs.data) : badPress;
  }

  async function personPress(
    activity: InvokeActivity,
    tenant: string,
    press: Press,
    inputs: Inputs,
  ): Promise<Answer> {
    const reply = await turns.person({
      address: addressOf(activity, activity.from.id, tenant),
      alias: activity.from.aadObjectId ?? null,
      event: { type: "press", press, inputs },
      pressedOn: messageOf(activity, tenant),
      // Every delivery of one press has another id; the press itself can be repeated.
      eventId: null,
    });
    if (reply.show === "nothing") return shownCard(null);
    const card = shownCard(drawCard(reply.room, { surface: "room" }));
    // While the room is open its door stays as it is: an update would close the room.
    if (!reply.ended && reply.stale === null) return card;
    return { ...card, afterwards: () => afterRoom(activity, tenant, reply) };
  }

  async function deskPress(
    activity: InvokeActivity,
    tenant: string,
    press: DeskPress,
    inputs: Inputs,
  ): Promise<Answer> {
    const { view, surface } = await turns.desk({
      platform: "teams",
      tenant,
      by: presserOf(activity),
      channel: channelOf(activity.conversation.id),
      press,
      inputs,
    });
    return shownCard(drawCard(view, { surface }));
  }

  async function routePress(
    activity: InvokeActivity,
    tenant: string,
    press: RoutePress,
    inputs: Inputs,
  ): Promise<Answer> {
    const place = { platform: "teams", tenant, channel: channelOf(activity.conversation.id) } as const;
    const { view, surface } = await turns.route({ place, by: presserOf(activity), press, inputs });
    return shownCard(drawCard(view, { surface }));
  }

  async function afterRoom(
    activity: InvokeActivity,
    tenant: string,
    reply: Extract<PersonReply, { show: "view" }>,
  ): Promise<void> {
    if (reply.ended) await endDoors(activity, tenant, reply);
    // The message that the room was opened from stays with the room, or has just taken its last state.
    const old = reply.stale?.messages.filter(({ message }) => message !== activity.replyToId) ?? [];
    if (reply.stale) await replaceAll(old, reply.stale.view);
  }

  async function endDoors(
    activity: InvokeActivity,
    tenant: string,
    reply: Extract<PersonReply, { show: "view" }>,
  ): Promise<void> {
    const pressedOn = messageOf(activity, tenant);
    const doors = pressedOn === null ? [] : [pressedOn];
    if (reply.live !== null && reply.live.message !== pressedOn?.message) doors.push(reply.live);
    await Promise.all(doors.map((door) => replace(door, reply.door)));
  }

  /** One after another: a platform that is asked for many at once refuses some. */
  async function replaceAll(messages: readonly MessageRef[], view: View): Promise<void> {
    for (const message of messages) await replace(message, view);
  }

  /** Best effort: an old door that stays leads back to the same place. */
  async function replace({ serviceUrl, conversation, message }: MessageRef, view: View): Promise<void> {
    if (serviceUrl === undefined) return;
    try {
      await connector.replace(serviceUrl, conversation, message, view);
    } catch (error) {
      log.warn({ code: "teams.doorNotReplaced", ...reason(error) });
    }
  }
}

function isInstall(activity: InstallActivity): boolean {
  if (activity.type === "installationUpdate") return activity.action?.startsWith("add") === true;
  return activity.membersAdded?.some(({ id }) => id === activity.recipient.id) === true;
}

/** Who pressed, as advisers know each other. */
function presserOf({ from: { id, aadObjectId, name } }: InvokeActivity): Presser {
  return { user: id, alias: aadObjectId?.toLowerCase() ?? null, name: name ?? "" };
}

/** The message that was pressed on. */
function messageOf(
  { replyToId, conversation, serviceUrl }: InvokeActivity,
  tenant: string,
): MessageRef | null {
  if (replyToId === undefined) return null;
  return { platform: "teams", tenant, conversation: conversation.id, message: replyToId, serviceUrl };
}
