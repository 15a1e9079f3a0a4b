import { setTimeout as pause } from "node:timers/promises";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { drawHome, drawModal } from "../../cards/block-kit.ts";
import type { View } from "../../cards/view.ts";
import type { DeskPress } from "../../cases/desk.ts";
import type { Event, Inputs } from "../../dialogs/core/event.ts";
import { errorCode, type Log } from "../log.ts";
import { type Address, DeliveryError } from "../ports.ts";
import type { PersonReply, Presser, RouteTurn, Turns } from "../turns.ts";
import { called, type SlackChannel } from "./channel.ts";
import { type SessionPressed, slackSessions } from "./sessions.ts";

/** What the adapter itself says; everything else comes from a turn. All of it content's. */
export interface SlackWords {
  /** Above every modal, and on its close button; at most 24 characters each. */
  readonly title: string;
  readonly close: string;
  /** Stands in a modal until the turn is done. */
  readonly loading: View;
  /** Stands where a turn failed; neutral, with a button to go on. */
  readonly trouble: View;
}

export interface RoomParts {
  readonly client: WebClient;
  readonly channel: SlackChannel;
  readonly turns: Turns;
  readonly log: Log;
  readonly words: SlackWords;
  /** How long, in ms, a turn may keep Slack waiting; Slack itself waits 3 s. */
  readonly slowAfter: number;
}

/** What a press leads to: the modal to show, and what is to be done after it is shown. */
interface Outcome {
  readonly modal: ModalView;
  readonly onCard: boolean;
  readonly after: () => Promise<void>;
}

/** One press, wherever it was made. */
export type Pressed =
  | { readonly by: "person"; readonly address: Address; readonly event: Event }
  | {
      readonly by: "adviser";
      readonly who: Presser;
      readonly tenant: string;
      readonly channel: string;
      readonly press: DeskPress;
      readonly inputs: Inputs;
    }
  | ({ readonly by: "route"; readonly who: Presser } & Omit<RouteTurn, "by">)
  | SessionPressed;

/** How often a modal is updated again when Slack's answer is lost; an update twice is an update once. */
const tries = 3;

/**
 * Turns presses into modals. A modal is Slack's room: it leaves no message behind. Nothing here throws;
 * what fails ends in a log code and, where the person can still see it, in the view for trouble.
 */
export function slackRooms({ client, channel, turns, log, words, slowAfter }: RoomParts) {
  const frame = { title: words.title, close: words.close };
  const sessionPress = slackSessions({ channel, turns, log });
  const waiting: ModalView = { ...drawModal(words.loading, frame), callback_id: waitingCallback };

  /** Runs the turn. */
  async function turn(pressed: Pressed): Promise<Outcome> {
    try {
      if (pressed.by === "adviser") {
        const { by: _, who, ...desk } = pressed;
        const reply = await turns.desk({ platform: "slack", by: who, ...desk });
        const modal = drawModal(reply.view, { ...frame, channel: pressed.channel });
        return { modal, onCard: reply.surface === "door", after: nothing };
      }
      if (pressed.by === "route") {
        const { by: _, who, ...route } = pressed;
        const { view, surface } = await turns.route({ by: who, ...route });
        const modal = drawModal(view, { ...frame, channel: pressed.place.channel });
        return { modal, onCard: surface === "door", after: nothing };
      }
      if (pressed.by === "team") {
        const { view, inSight } = await sessionPress(pressed);
        const modal = drawModal(view, { ...frame, channel: pressed.place.channel });
        return { modal, onCard: inSight, after: nothing };
      }
      const reply = await turns.person({
        address: pressed.address,
        alias: null,
        event: pressed.event,
        eventId: null,
      });
      if (reply.show === "nothing") return trouble();
      const { live, door, ended, stale } = reply;
      return {
        modal: drawModal(reply.room, frame),
        onCard: false,
        after: async () => {
          if (ended && live !== null) await quietly("slack.doorUpdate", channel.update(live, door));
          await neutralise(stale);
        },
      };
    } catch (error) {
      log.error({ code: "slack.turn", error: errorCode(error) });
      return trouble(channelOf(pressed));
    }
  }

  function trouble(adviserChannel?: string): Outcome {
    const modal = drawModal(words.trouble, {
      ...frame,
      ...(adviserChannel === undefined ? {} : { channel: adviserChannel }),
    });
    return { modal, onCard: false, after: nothing };
  }

  /** Opens a modal. Null: Slack would not, so nothing can be shown to this press. */
  async function open(trigger: string, view: ModalView): Promise<string | null> {
    try {
      const answer = await called(client.views.open({ trigger_id: trigger, view }));
      return answer.view?.id ?? null;
    } catch (error) {
      log.warn({ code: "slack.open", problem: problemOf(error) });
      return null;
    }
  }

  async function replace(id: string, view: ModalView): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        await called(client.views.update({ view_id: id, view }));
        return;
      } catch (error) {
        const again = error instanceof DeliveryError && error.problem.kind !== "refused" && attempt < tries;
        if (!again) {
          // Closed meanwhile, or out of reach: the draft is kept, and "continue" leads back to it.
          log.warn({ code: "slack.replace", problem: problemOf(error) });
          return;
        }
        await pause(attempt * 300);
      }
    }
  }

  async function show(id: string, { modal, after }: Outcome): Promise<void> {
    await replace(id, modal);
    await after();
  }

  async function quietly(code: string, work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => log.warn({ code, problem: problemOf(error) }));
  }

  /** One after another: Slack takes about one change a second. */
  async function neutralise(stale: Extract<PersonReply, { show: "view" }>["stale"]): Promise<void> {
    for (const message of stale?.messages ?? [])
      if (stale) await quietly("slack.doorUpdate", channel.update(message, stale.view));
  }

  return {
    /** A press that leads into a room: the modal opens at once, since its trigger lives 3 s. */
    async enter(trigger: string, address: Address, event: Event): Promise<void> {
      const id = await open(trigger, waiting);
      if (id === null) return quietly("slack.post", channel.postToPerson(address, words.trouble));
      await show(id, await turn({ by: "person", address, event }));
    },

    /** A form for the channel that it was asked for in. */
    async ask(trigger: string, address: Address, conversation: string, form: View): Promise<void> {
      const id = await open(trigger, drawModal(form, { ...frame, channel: conversation }));
      if (id === null) await quietly("slack.post", channel.postToPerson(address, words.trouble));
    },

    /** A press inside an open modal. */
    async stay(viewId: string, pressed: Pressed): Promise<void> {
      await show(viewId, await turn(pressed));
    },

    /**
     * A press on a card in a channel. Some lead to a room and some only change the card, which
     * the outbox does; so the modal opens when that is known, or when it takes too long to know.
     */
    async fromCard(trigger: string, pressed: Pressed): Promise<void> {
      const outcome = turn(pressed);
      const soon = await within(slowAfter, outcome);
      if (soon !== late) {
        if (!soon.onCard) await open(trigger, soon.modal);
        return;
      }
      const id = await open(trigger, waiting);
      if (id !== null) await show(id, await outcome);
    },

    /** A filled-in modal. `answer` is Slack's acknowledgement: it gets the next view, or a waiting one. */
    async submit(
      viewId: string,
      pressed: Pressed,
      answer: (view: ModalView) => Promise<void>,
    ): Promise<void> {
      const outcome = turn(pressed);
      const soon = await within(slowAfter, outcome);
      if (soon !== late) {
        await answer(soon.modal);
        await soon.after();
        return;
      }
      await answer(waiting);
      await show(viewId, await outcome);
    },

    /** A message typed to the bot, in the direct-message channel `conversation`. */
    async say(address: Address, conversation: string, event: Event, eventId: string): Promise<void> {
      const dm = { ...address, conversation };
      try {
        const reply = await turns.person({ address, alias: null, event, eventId });
        if (reply.show === "nothing") return;
        const posted = await channel.postToPerson(dm, reply.door);
        const { earlier, view } = await turns.doorPosted(address, posted);
        if (earlier !== null) await quietly("slack.doorUpdate", channel.update(earlier, view));
        await neutralise(reply.stale);
      } catch (error) {
        log.error({ code: "slack.turn", error: errorCode(error), problem: problemOf(error) });
        await quietly("slack.post", channel.postToPerson(dm, words.trouble));
      }
    },

    /** The Home tab was opened. */
    async home(address: Address, eventId: string): Promise<void> {
      try {
        const reply = await turns.person({ address, alias: null, event: { type: "hello" }, eventId });
        if (reply.show === "nothing") return;
        await called(client.views.publish({ user_id: address.user, view: drawHome(reply.door) }));
      } catch (error) {
        log.error({ code: "slack.home", error: errorCode(error), problem: problemOf(error) });
      }
    },
  };
}

/** The `callback_id` of a modal whose turn is still running. */
export const waitingCallback = "vertrouwd_wait";

/** Where an adviser's press was, which the next press in the same modal needs. */
function channelOf(pressed: Pressed): string | undefined {
  if (pressed.by === "route") return pressed.place.channel;
  return pressed.by === "adviser" ? pressed.channel : undefined;
}

const nothing = async () => {};
const late = Symbol("late");

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof late> {
  const stop = new AbortController();
  try {
    return await Promise.race([work, pause(ms, late, { signal: stop.signal })]);
  } finally {
    stop.abort();
  }
}

function problemOf(error: unknown): string | null {
  if (!(error instanceof DeliveryError)) return null;
  return error.problem.kind === "rateLimited" ? "rateLimited" : error.problem.code;
}
