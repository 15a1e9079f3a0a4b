import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Request, Response, Server } from "restify";
import type { DeskPress } from "../../cases/desk.ts";
import type { RoutePress } from "../../cases/route-press.ts";
import type { Event, Inputs } from "../../dialogs/core/event.ts";
import type { SessionPress } from "../../dialogs/session.ts";
import { errorCode, type Log } from "../log.ts";
import type { Address } from "../ports.ts";
import type { Adapter, SessionPlace, Turns } from "../turns.ts";
import { boltLog } from "./bolt-log.ts";
import { slackChannel } from "./channel.ts";
import * as payload from "./payloads.ts";
import { createReceiver, endpoint, receive } from "./receiver.ts";
import { type Pressed, type SlackWords, slackRooms } from "./rooms.ts";
import { keepConnected } from "./socket.ts";

export type { SlackWords } from "./rooms.ts";

export interface SlackSettings {
  readonly botToken: string;
  /** Over HTTP: what Slack signs its requests with. */
  readonly signingSecret?: string;
  /** Socket Mode, with no public address, when set. */
  readonly appToken?: string;
  /** Another Web API than Slack's, for tests. */
  readonly apiUrl?: string;
  /** The workspaces the bot works for; everything from another is acknowledged and ignored. */
  readonly teams: readonly string[];
  /** How long, in ms, a turn may keep Slack waiting before it is told "one moment". Slack waits 3 s. */
  readonly slowAfter?: number;
}

export interface SlackDeps {
  readonly turns: Turns;
  readonly log: Log;
  readonly words: SlackWords;
}

/** In ms, for one call of the Web API. */
const callTimeout = 10_000;
const everything = /[\s\S]*/;

/**
 * The Slack side of Vertrouwd. Throws at once when neither a signing secret nor an app token is given.
 * Nothing of what a person sends is logged, kept in memory, or answered to anyone but that person.
 */
export function createSlack(settings: SlackSettings, { turns, log, words }: SlackDeps): Adapter {
  const logger = boltLog(log);
  // The SDK repeats posts after a lost answer, which can put a report up twice; the outbox decides instead.
  const clientOptions: WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callTimeout,
    logger,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  };
  const client = new WebClient(settings.botToken, clientOptions);
  const teams = new Set(settings.teams);
  const channel = slackChannel(client, teams);
  const rooms = slackRooms({ client, channel, turns, log, words, slowAfter: settings.slowAfter ?? 2000 });

  const { signingSecret, appToken } = settings;
  const receiver = createReceiver({ signingSecret, appToken, logger, clientOptions });
  const socket = receiver instanceof SocketModeReceiver ? keepConnected(receiver, log) : null;
  const app = new App({
    receiver,
    // Only the bot's own token is used, and events of the bot itself are told apart below.
    authorize: async () => ({ botToken: settings.botToken }),
    ignoreSelf: false,
    convoStore: false,
    logger,
    clientOptions,
  });
  app.error(async (error) => log.error({ code: "slack.listener", error: errorCode(error) }));

  const underWay = new Set<Promise<void>>();
  async function working(work: Promise<void>): Promise<void> {
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  }

  function known(...of: (string | undefined)[]): boolean {
    const named = of.filter((team) => team !== undefined);
    const ours = named.length > 0 && named.every((team) => teams.has(team));
    if (!ours) log.warn({ code: "slack.otherWorkspace" });
    return ours;
  }

  // Each listener takes everything of its kind: what no listener takes, Slack would see time out.
  app.command(everything, async ({ ack, body }) => {
    await ack();
    const command = payload.SlashCommand.safeParse(body).data;
    if (command === undefined || !known(command.team_id)) return;
    const address = addressOf(command.team_id, command.user_id);
    const words = payload.typedWords(command.text);
    const conversation = command.channel_id;
    if (words !== null && conversation !== undefined && !conversation.startsWith("D")) {
      const form = turns.sessionForm(placeIn(command.team_id, conversation), words);
      if (form !== null) return working(rooms.ask(command.trigger_id, address, conversation, form));
    }
    const event: Event = words === null ? { type: "hello" } : { type: "text", text: words };
    await working(rooms.enter(command.trigger_id, address, event));
  });

  app.shortcut(everything, async ({ ack, body }) => {
    await ack();
    const shortcut = payload.Shortcut.safeParse(body).data;
    if (shortcut === undefined) return;
    const [tenant, ...others] = payload.workspaces(shortcut);
    if (!known(tenant, ...others) || tenant === undefined) return;
    const address = addressOf(tenant, shortcut.user.id);
    await working(rooms.enter(shortcut.trigger_id, address, askedBy(shortcut.callback_id)));
  });

  app.action(everything, async ({ ack, body }) => {
    await ack();
    const action = payload.BlockActions.safeParse(body).data;
    if (action === undefined) return;
    const [tenant, ...others] = payload.workspaces(action);
    if (!known(tenant, ...others) || tenant === undefined) return;
    const { view } = action;
    const metadata = payload.metadataOf(view?.private_metadata);
    const press = payload.pressOf(action.actions[0]?.value);
    const inputs = payload.inputsOf((view?.state ?? action.state)?.values);
    if (press === null || inputs === null) return;
    const pressed = pressedBy(
      {
        tenant,
        user: action.user.id,
        name: action.user.name ?? "",
        channel: action.channel?.id ?? metadata.channel,
        message: action.container.message_ts,
      },
      press,
      inputs,
    );
    if (view !== undefined && view.type === "modal") return working(rooms.stay(view.id, pressed));
    if (pressed.by !== "person") return working(rooms.fromCard(action.trigger_id, pressed));
    // A reporter's button is only ever drawn in private.
    if (action.channel !== undefined && !action.channel.id.startsWith("D")) return;
    await working(rooms.enter(action.trigger_id, pressed.address, pressed.event));
  });

  app.view({ type: "view_submission" }, async ({ ack, body }) => {
    const submission = payload.ViewSubmission.safeParse(body).data;
    const { press, channel: route } = payload.metadataOf(submission?.view.private_metadata);
    const inputs = payload.inputsOf(submission?.view.state?.values);
    if (submission === undefined || press === undefined || inputs === null) return ack();
    const [tenant, ...others] = payload.workspaces(submission);
    if (!known(tenant, ...others) || tenant === undefined) return ack();
    const pressed = pressedBy(
      { tenant, user: submission.user.id, name: submission.user.name ?? "", channel: route },
      press,
      inputs,
    );
    const answer = async (view: ModalView) => ack({ response_action: "update", view });
    await working(rooms.submit(submission.view.id, pressed, answer));
  });

  // Whatever was open is in the draft: a closed modal loses nothing but what was typed since.
  app.view({ type: "view_closed" }, ({ ack }) => ack());
  app.options(everything, ({ ack }) => ack({ options: [] }));

  app.event("app_home_opened", async ({ body, event }) => {
    const envelope = payload.EventEnvelope.safeParse(body).data;
    const opened = payload.HomeOpened.safeParse(event).data;
    if (envelope === undefined || opened === undefined || opened.tab !== "home" || !known(envelope.team_id))
      return;
    await working(rooms.home(addressOf(envelope.team_id, opened.user), envelope.event_id));
  });

  app.event("message", async ({ body, event }) => {
    const envelope = payload.EventEnvelope.safeParse(body).data;
    const message = payload.DirectMessage.safeParse(event).data;
    if (envelope === undefined || message === undefined || !typedByPerson(message)) return;
    if (!known(envelope.team_id, message.team)) return;
    const address = addressOf(envelope.team_id, message.user);
    await working(rooms.say(address, message.channel, spoken(message), envelope.event_id));
  });

  app.event("app_uninstalled", async () => log.error({ code: "slack.uninstalled" }));
  app.event("tokens_revoked", async () => log.error({ code: "slack.tokensRevoked" }));

  return {
    channel,
    mount(server: Server): void {
      if (!(receiver instanceof HTTPReceiver)) return;
      server.post(endpoint, async (req: Request, res: Response) => receive(receiver, req, res));
    },
    async start(): Promise<void> {
      await socket?.start();
    },
    async stop(): Promise<void> {
      await socket?.stop();
      await Promise.allSettled(underWay);
    },
  };
}

/** A person is found by workspace and id, however they come in; the direct message is opened when needed. */
function addressOf(tenant: string, user: string): Address {
  return { platform: "slack", tenant, user, conversation: user };
}

/** A conversation of several people. */
function placeIn(tenant: string, channel: string): SessionPlace {
  return { platform: "slack", tenant, channel };
}

/** Who pressed a button, and where it was. */
interface At {
  readonly tenant: string;
  readonly user: string;
  readonly name: string;
  readonly channel: string | undefined;
  readonly message?: string | undefined;
}

/** With no channel there is no route or session a press can belong to: the turn refuses it (P11, P16). */
function pressedBy(
  { tenant, user, name, channel = "", message }: At,
  press: payload.AnyPress,
  inputs: Inputs,
): Pressed {
  const who = { user, alias: null, name };
  if (isDesk(press)) return { by: "adviser", who, tenant, channel, press, inputs };
  if (isRoute(press)) return { by: "route", who, place: placeIn(tenant, channel), press, inputs };
  if (isSession(press)) {
    return { by: "team", place: placeIn(tenant, channel), user, press, inputs, message: message ?? null };
  }
  return { by: "person", address: addressOf(tenant, user), event: { type: "press", press, inputs } };
}

function isDesk(press: payload.AnyPress): press is DeskPress {
  return press.do.startsWith("desk.");
}

function isRoute(press: payload.AnyPress): press is RoutePress {
  return press.do.startsWith("route.") || press.do.startsWith("cases.") || press.do.startsWith("stats.");
}

function isSession(press: payload.AnyPress): press is SessionPress {
  return press.do.startsWith("session.");
}

/** False for what bots say, the bot itself included, and for edits, deletions and other notices. */
function typedByPerson(message: payload.DirectMessage): boolean {
  const spoken = [undefined, "file_share", "me_message", "thread_broadcast"];
  return message.bot_id === undefined && spoken.includes(message.subtype);
}

function spoken({ text, files }: payload.DirectMessage): Event {
  const words = payload.typedWords(text);
  return (files?.length ?? 0) > 0 || words === null ? { type: "unreadable" } : { type: "text", text: words };
}

/** What a shortcut asks for. One that this release does not know opens Vertrouwd, as the first one does. */
function askedBy(callback: string | undefined): Event {
  switch (callback) {
    case payload.findShortcut:
      return { type: "press", press: { do: "start", flow: "find" }, inputs: {} };
    case payload.checkShortcut:
      return { type: "press", press: { do: "checks" }, inputs: {} };
    default:
      return { type: "hello" };
  }
}
