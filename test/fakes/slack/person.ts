import { z } from "zod";
import { Client, type ShownMessage, type ShownModal } from "./client.ts";
import { buttonOf, fieldOf, given, viewPayload } from "./fields.ts";
import type { Kind, Line, Reply } from "./http-line.ts";
import { type AnyBlock, Modal } from "./limits.ts";
import type { Shown } from "./shown.ts";
import { appId, type Channel, type Message, team, type Workspace } from "./workspace.ts";

/** A modal with this `callback_id` only says "one moment": the driver waits for what replaces it. */
const waitingCallback = "vertrouwd_wait";

/** What the bot may answer to a filled-in modal; nothing: the modal closes. */
const SubmissionAnswer = z.strictObject({
  response_action: z.enum(["update", "clear"]).optional(),
  view: z.unknown(),
});

/** Where a button is: in the modal on top, on a message, or on the Home tab. */
export type Where = "modal" | "home" | ShownMessage;

/**
 * One person at a Slack client. Each act sends what Slack would send, insists on an acknowledgement within
 * 3 s, and returns when something visible came of it (or throws after 10 s).
 */
export class Person extends Client {
  private readonly line: () => Line;
  /** What Slack calls this person to others: nothing of the id is in it, so that a test can tell them apart. */
  readonly name: string;

  constructor(id: string, workspace: Workspace, line: () => Line) {
    super(id, workspace);
    this.line = line;
    this.name = `name.of.${id.slice(2).toLowerCase()}`;
  }

  /** `/vertrouwd`, from any channel. Returns the modal it opens. */
  async command(text = "", channel = "C0GENERAL"): Promise<ShownModal> {
    const before = this.modalState();
    await this.send("command", {
      token: "unused",
      team_id: team,
      team_domain: "acme",
      channel_id: channel,
      channel_name: "general",
      user_id: this.id,
      user_name: this.name,
      command: "/vertrouwd",
      text,
      api_app_id: appId,
      is_enterprise_install: "false",
      response_url: "https://hooks.slack.invalid/commands/1",
      trigger_id: this.workspace.trigger(this.id),
    });
    return this.settled(before);
  }

  /** The global shortcut. Returns the modal it opens. */
  async shortcut(callback = "vertrouwd_open"): Promise<ShownModal> {
    const before = this.modalState();
    await this.send("interactive", {
      type: "shortcut",
      ...this.who(),
      action_ts: this.workspace.timestamp(),
      callback_id: callback,
      trigger_id: this.workspace.trigger(this.id),
    });
    return this.settled(before);
  }

  /** Types a message to the bot. Returns the bot's answer. */
  async say(text: string, more: Readonly<Record<string, unknown>> = {}): Promise<ShownMessage> {
    const before = this.messages().length;
    await this.deliver(this.typed(text, more));
    return this.workspace.until("an answer in the direct message", () => this.messages()[before]);
  }

  /** The event for a message typed to the bot, put in the channel but not yet delivered. */
  typed(text: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const dm = this.workspace.dm(this.id);
    const ts = this.workspace.timestamp();
    dm.messages.push({ ts, user: this.id, text, blocks: [], thread: null, before: [] });
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return this.event({
      type: "message",
      channel_type: "im",
      channel: dm.id,
      user: this.id,
      team,
      text: escaped,
      ts,
      event_ts: ts,
      ...more,
    });
  }

  /** Opens the app's Home tab. Returns it once the bot has published it anew. */
  async openHome(): Promise<Shown> {
    const before = this.workspace.homes.get(this.id);
    const ts = this.workspace.timestamp();
    await this.deliver(
      this.event({
        type: "app_home_opened",
        user: this.id,
        channel: this.workspace.dm(this.id).id,
        tab: "home",
        event_ts: ts,
      }),
    );
    await this.workspace.until("a Home tab", () => this.workspace.homes.get(this.id) !== before);
    return this.home();
  }

  /** An event in its envelope; delivering the same one again is what Slack does after a lost answer. */
  event(
    event: Readonly<Record<string, unknown>>,
    envelope: Readonly<Record<string, unknown>> = {},
  ): Record<string, unknown> {
    return {
      token: "unused",
      team_id: team,
      context_team_id: team,
      api_app_id: appId,
      event,
      type: "event_callback",
      event_id: `Ev${this.workspace.next()}`,
      event_time: Math.floor(this.workspace.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team, user_id: "U0BOT", is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      ...envelope,
    };
  }

  async deliver(event: Readonly<Record<string, unknown>>): Promise<void> {
    await this.send("event", event);
  }

  /** Fills in fields of the modal on top, by label or by input id; options by label or value. */
  fill(answers: Readonly<Record<string, string | readonly string[]>>): void {
    const modal = this.top();
    for (const [name, answer] of Object.entries(answers)) {
      const [blockId, element] = fieldOf(modal, name);
      modal.values[blockId] = { [element.action_id]: given(element, answer) };
    }
  }

  /** Presses the modal's submit button. Returns what the modal shows next; null: it closed. */
  async submit(): Promise<ShownModal | null> {
    const modal = this.top();
    if (modal.view.submit === undefined) throw new Error("this modal has no submit button");
    const before = this.modalState();
    const reply = await this.send("interactive", {
      type: "view_submission",
      ...this.who(),
      trigger_id: this.workspace.trigger(this.id, true),
      view: viewPayload(modal),
      response_urls: [],
    });
    const action = SubmissionAnswer.parse(reply.body === "" ? {} : reply.body);
    if (action.response_action === "update") {
      this.workspace.replace(modal, Modal.parse(action.view));
      return this.settled(before);
    }
    this.shut(action.response_action === "clear");
    return this.hasModal() ? this.modal() : null;
  }

  /**
   * Presses a button by its label: in the modal on top if there is one, else on the newest message of the
   * direct message that has it, else on the Home tab; or where told.
   */
  async press(label: string, where: Where = this.find(label)): Promise<void> {
    const modal = where === "modal" ? this.top() : undefined;
    if (modal?.view.submit?.text === label) {
      await this.submit();
      return;
    }
    const before =
      typeof where === "object" && !where.channel.startsWith("D")
        ? this.anyState(where.channel)
        : this.modalState();
    await this.send("interactive", this.pressing(label, where));
    if (typeof where === "object" && !where.channel.startsWith("D")) {
      await this.workspace.until(
        `a result of ${label}`,
        () => this.anyState(where.channel) !== before && this.ready(),
      );
    } else {
      await this.settled(before);
    }
  }

  /** The payload of a press, for tests that send it themselves. */
  pressing(label: string, where: Where): Record<string, unknown> {
    const button = buttonOf(label, this.blocks(where));
    const modal = where === "modal" ? this.top() : undefined;
    const action = {
      type: "button",
      action_id: button.action_id,
      block_id: "do",
      text: button.text,
      value: button.value,
      action_ts: this.workspace.timestamp(),
    };
    const trigger_id = this.workspace.trigger(this.id, modal !== undefined);
    const common = { type: "block_actions", ...this.who(), trigger_id, actions: [action] };
    if (modal !== undefined)
      return { ...common, container: { type: "view", view_id: modal.id }, view: viewPayload(modal) };
    if (typeof where === "object") {
      return {
        ...common,
        container: { type: "message", message_ts: where.ts, channel_id: where.channel, is_ephemeral: false },
        channel: {
          id: where.channel,
          name: where.channel.startsWith("D") ? "directmessage" : "privategroup",
        },
        message: { type: "message", user: "U0BOT", bot_id: "B0BOT", ts: where.ts, text: where.summary },
        state: { values: {} },
        response_url: "https://hooks.slack.invalid/actions/1",
      };
    }
    const home = {
      type: "home",
      id: `VH${this.id}`,
      blocks: this.blocks(where),
      private_metadata: "",
      state: { values: {} },
    };
    return { ...common, container: { type: "view", view_id: home.id }, view: home };
  }

  /** Closes the modal with its close button. */
  async close(): Promise<void> {
    const modal = this.top();
    this.shut(false);
    if (modal.view.notify_on_close !== true) return;
    await this.send("interactive", {
      type: "view_closed",
      ...this.who(),
      view: viewPayload(modal),
      is_cleared: false,
    });
  }

  /** A trigger for one act of this person, for tests that send it themselves. */
  trigger(): string {
    return this.workspace.trigger(this.id);
  }

  private shut(all: boolean): void {
    const stack = this.workspace.modals.get(this.id) ?? [];
    this.workspace.modals.set(this.id, all ? [] : stack.slice(0, -1));
    this.workspace.changed();
  }

  /** Sends what Slack would send, and insists on an acknowledgement. */
  async send(kind: Kind, body: Readonly<Record<string, unknown>>): Promise<Reply> {
    const reply = await this.line().send(kind, body);
    if (reply.status !== 200) throw new Error(`the bot answered ${reply.status} to a ${kind}`);
    return reply;
  }

  private who() {
    return {
      token: "unused",
      api_app_id: appId,
      team: { id: team, domain: "acme" },
      user: { id: this.id, username: this.name, name: this.name, team_id: team },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  private find(label: string): Where {
    if (this.hasModal()) return "modal";
    return this.messages().findLast(({ buttons }) => buttons.includes(label)) ?? "home";
  }

  private blocks(where: Where): readonly AnyBlock[] {
    if (where === "modal") return this.top().view.blocks;
    if (where === "home") return this.workspace.homes.get(this.id)?.blocks ?? [];
    return channelMessage(this.workspace.channels.get(where.channel), where.ts).blocks;
  }

  private modalState(): string {
    const modal = this.workspace.top(this.id);
    return modal === undefined ? "" : modal.id + modal.hash;
  }

  private anyState(channel: string): string {
    return this.modalState() + JSON.stringify(this.workspace.channels.get(channel)?.messages);
  }

  private ready(): boolean {
    return this.workspace.top(this.id)?.view.callback_id !== waitingCallback;
  }

  private async settled(before: string): Promise<ShownModal> {
    await this.workspace.until(
      "the modal to show something new",
      () => this.modalState() !== before && this.hasModal() && this.ready(),
    );
    return this.modal();
  }
}

function channelMessage(channel: Channel | undefined, ts: string): Message {
  const message = channel?.messages.find((each) => each.ts === ts);
  if (message === undefined) throw new Error("no such message");
  return message;
}
