import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyOf } from "node:stream/consumers";
import { z } from "zod";
import { Home, MessageBlocks, Modal, messageBlocksBudget, viewBudget } from "./limits.ts";
import { botId, botUser, type Channel, type Message, team, type Workspace } from "./workspace.ts";

/** How the next call of a method goes wrong. `done`: Slack does what was asked and then fails to say so. */
export type Failure =
  | { readonly how: "ratelimited"; readonly retryAfter: number }
  | { readonly how: "status"; readonly status: number; readonly done?: true }
  | { readonly how: "reset"; readonly done?: true }
  | { readonly how: "error"; readonly error: string };

export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly answer: string;
}

class Refusal extends Error {
  readonly messages: readonly string[];
  constructor(code: string, messages: readonly string[] = []) {
    super(code);
    this.messages = messages;
  }
}

/** Of a list of members: small, so that a list of a few takes several calls. */
export const largestPage = 3;
/** By the place they stand for; nobody can make one. */
const cursors: string[] = [];

/** Takes an argument of a call that is JSON inside the form. */
function parsed<T>(schema: z.ZodType<T>, value: string | undefined, code: string): T {
  let json: unknown;
  try {
    json = JSON.parse(value ?? "");
  } catch {
    throw new Refusal(code, ["[ERROR] not JSON"]);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  // Slack's own messages point at what was sent; this one quotes it too, which a log must survive.
  throw new Refusal(code, [`[ERROR] ${z.prettifyError(result.error)} in ${value}`]);
}

/** The methods the bot may use, the scope each needs, and the arguments each knows. */
const methods: Record<string, { readonly scope: string | null; readonly args: readonly string[] }> = {
  "auth.test": { scope: null, args: [] },
  "conversations.open": { scope: "im:write", args: ["users"] },
  "conversations.info": { scope: "groups:read", args: ["channel"] },
  // Its scope depends on the kind of channel.
  "conversations.members": { scope: null, args: ["channel", "cursor", "limit"] },
  "chat.postMessage": {
    scope: "chat:write",
    args: ["channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media"],
  },
  "chat.update": { scope: "chat:write", args: ["channel", "ts", "text", "blocks"] },
  "views.open": { scope: null, args: ["trigger_id", "view"] },
  "views.update": { scope: null, args: ["view_id", "hash", "view"] },
  "views.publish": { scope: null, args: ["user_id", "hash", "view"] },
};

/** Slack's Web API on loopback: refuses what Slack refuses, with Slack's codes, and whatever it does not know. */
export class WebApi {
  readonly calls: Call[] = [];
  readonly token: string;
  private readonly scopes: ReadonlySet<string>;
  private readonly workspace: Workspace;
  private readonly failures = new Map<string, Failure[]>();
  private readonly either: { readonly methods: readonly string[]; readonly failure: Failure }[] = [];
  private readonly server = createServer((req, res) => void this.serve(req, res));
  /** Called with each message the bot posts. */
  onPost: (channel: Channel, message: Message) => void = () => {};
  /** Answers `apps.connections.open`. */
  socketUrl: () => string = () => "";

  constructor(workspace: Workspace, token: string, scopes: readonly string[]) {
    this.workspace = workspace;
    this.token = token;
    this.scopes = new Set(scopes);
  }

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, "127.0.0.1", listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  get httpServer() {
    return this.server;
  }

  /** Makes the next calls of a method fail, one after the other. */
  fail(method: string, ...failures: Failure[]): void {
    this.failures.set(method, [...(this.failures.get(method) ?? []), ...failures]);
  }

  /** Makes one call fail: the first of any of these methods. */
  failNextOf(methods: readonly string[], failure: Failure): void {
    this.either.push({ methods, failure });
  }

  private nextFailure(method: string): Failure | undefined {
    const at = this.either.findIndex(({ methods }) => methods.includes(method));
    return at < 0 ? this.failures.get(method)?.shift() : this.either.splice(at, 1)[0]?.failure;
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const method = new URL(req.url ?? "/", "http://slack").pathname.replace("/api/", "");
    const args = Object.fromEntries(new URLSearchParams(await bodyOf(req)));
    const failure = this.nextFailure(method);
    const does = failure === undefined || ("done" in failure && failure.done === true);
    const answer = does ? this.answer(method, args, req) : {};
    const said = failure === undefined ? (answer.ok === true ? "ok" : String(answer.error)) : failure.how;
    this.calls.push({ method, args, answer: said });
    if (does) this.workspace.changed();
    if (failure?.how === "reset") return void req.socket.destroy();
    if (failure?.how === "ratelimited") res.setHeader("retry-after", failure.retryAfter);
    const status = failure?.how === "ratelimited" ? 429 : failure?.how === "status" ? failure.status : 200;
    const body = failure?.how === "error" ? { ok: false, error: failure.error } : answer;
    res.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    res.end(status === 200 ? JSON.stringify(body) : "upstream error");
  }

  private answer(
    method: string,
    args: Record<string, string>,
    req: IncomingMessage,
  ): Record<string, unknown> {
    try {
      if (req.method !== "POST") throw new Refusal("invalid_post_type");
      if (!/^application\/x-www-form-urlencoded(;|$)/.test(req.headers["content-type"] ?? "")) {
        throw new Refusal("invalid_post_type");
      }
      if (method === "apps.connections.open") return this.connection(req);
      if (req.headers.authorization === undefined) throw new Refusal("not_authed");
      if (req.headers.authorization !== `Bearer ${this.token}`) throw new Refusal("invalid_auth");
      const known = methods[method];
      if (known === undefined) throw new Refusal("unknown_method");
      if (known.scope !== null && !this.scopes.has(known.scope)) throw new Refusal("missing_scope");
      if (Object.keys(args).some((name) => !known.args.includes(name))) throw new Refusal("invalid_arg_name");
      return { ok: true, ...this.perform(method, args) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ok: false, error: error.message, response_metadata: { messages: error.messages } };
    }
  }

  private connection(req: IncomingMessage): Record<string, unknown> {
    if (!(req.headers.authorization ?? "").startsWith("Bearer xapp-"))
      throw new Refusal("not_allowed_token_type");
    return { ok: true, url: this.socketUrl() };
  }

  private perform(method: string, args: Record<string, string>): Record<string, unknown> {
    switch (method) {
      case "auth.test":
        return {
          url: "https://acme.slack.com/",
          team: "Acme",
          user: "vertrouwd",
          team_id: team,
          user_id: botUser,
          bot_id: botId,
        };
      case "conversations.open":
        return this.openDm(args);
      case "conversations.info":
        return this.info(args);
      case "conversations.members":
        return this.members(args);
      case "chat.postMessage":
        return this.post(args);
      case "chat.update":
        return this.update(args);
      case "views.open":
        return this.openView(args);
      case "views.update":
        return this.updateView(args);
      default:
        return this.publish(args);
    }
  }

  private openDm({ users = "" }: Record<string, string>): Record<string, unknown> {
    if (!this.workspace.people.has(users)) throw new Refusal("user_not_found");
    if (this.workspace.disabled.has(users)) throw new Refusal("user_disabled");
    return { channel: { id: this.workspace.dm(users).id } };
  }

  private info({ channel = "" }: Record<string, string>): Record<string, unknown> {
    const found = this.workspace.channels.get(channel);
    // A private channel does not exist for who is not in it.
    if (found === undefined || found.kind === "im" || (found.kind === "private" && !found.member)) {
      throw new Refusal("channel_not_found");
    }
    return {
      channel: {
        id: found.id,
        is_channel: found.kind === "public",
        is_group: found.kind === "private",
        is_im: false,
        is_mpim: false,
        is_private: found.kind === "private",
        is_member: found.member,
        is_archived: found.archived,
        is_shared: found.shared,
        is_ext_shared: found.shared,
        is_org_shared: false,
        context_team_id: team,
      },
    };
  }

  private members({ channel = "", limit = "100", cursor = "" }: Record<string, string>) {
    const most = Number(limit);
    if (!Number.isInteger(most) || most < 1 || most > 999) throw new Refusal("invalid_limit");
    const found = this.workspace.channels.get(channel);
    if (found?.kind === "public" && !this.scopes.has("channels:read")) throw new Refusal("missing_scope");
    if (found?.kind !== "public" && !this.scopes.has("groups:read")) throw new Refusal("missing_scope");
    if (found === undefined || (found.kind === "private" && !found.member))
      throw new Refusal("channel_not_found");
    const all = [...(found.member ? [botUser] : []), ...found.people];
    const from = cursor === "" ? 0 : cursors.indexOf(cursor);
    if (from < 0) throw new Refusal("invalid_cursor");
    // Slack may give fewer than it is asked for, though there are more.
    const end = from + Math.min(most, largestPage);
    cursors[end] ??= randomUUID();
    const next = end < all.length ? cursors[end] : "";
    return { members: all.slice(from, end), response_metadata: { next_cursor: next } };
  }

  private writable(id: string): Channel {
    const found = this.workspace.channels.get(id);
    if (found === undefined || (found.kind === "private" && !found.member))
      throw new Refusal("channel_not_found");
    if (!found.member) throw new Refusal("not_in_channel");
    if (found.archived) throw new Refusal("is_archived");
    if (found.with !== undefined && this.workspace.disabled.has(found.with))
      throw new Refusal("user_disabled");
    return found;
  }

  private said(args: Record<string, string>): Pick<Message, "text" | "blocks"> {
    const text = args.text ?? "";
    // Slack only warns; a message without a text has nothing to be read aloud.
    if (text === "") throw new Refusal("no_text");
    if (text.length > 40_000) throw new Refusal("msg_too_long");
    const blocks = parsed(MessageBlocks, args.blocks, "invalid_blocks");
    if ((args.blocks ?? "").length > messageBlocksBudget) throw new Refusal("msg_blocks_too_long");
    return { text, blocks };
  }

  private post(args: Record<string, string>): Record<string, unknown> {
    const channel = this.writable(args.channel ?? "");
    const said = this.said(args);
    if (args.unfurl_links !== "false" || args.unfurl_media !== "false")
      throw new Refusal("unfurling_not_wanted");
    const thread = args.thread_ts ?? null;
    // A reply to a reply would start a thread that nobody sees.
    if (thread !== null && !channel.messages.some((one) => one.ts === thread && one.thread === null)) {
      throw new Refusal("thread_not_found");
    }
    const message: Message = { ts: this.workspace.timestamp(), user: botUser, ...said, thread, before: [] };
    channel.messages.push(message);
    this.onPost(channel, message);
    return {
      channel: channel.id,
      ts: message.ts,
      message: { user: botUser, bot_id: botId, ts: message.ts, ...said },
    };
  }

  private update(args: Record<string, string>): Record<string, unknown> {
    const channel = this.writable(args.channel ?? "");
    const message = channel.messages.find(({ ts }) => ts === args.ts);
    if (message === undefined) throw new Refusal("message_not_found");
    if (message.user !== botUser) throw new Refusal("cant_update_message");
    const said = this.said(args);
    message.before.push({ text: message.text, blocks: message.blocks });
    Object.assign(message, said);
    return { channel: channel.id, ts: message.ts, text: said.text };
  }

  private modal(args: Record<string, string>): Modal {
    if (Buffer.byteLength(args.view ?? "") > viewBudget) throw new Refusal("view_too_large");
    return parsed(Modal, args.view, "invalid_arguments");
  }

  private openView(args: Record<string, string>): Record<string, unknown> {
    const view = this.modal(args);
    const trigger = this.workspace.spend(args.trigger_id ?? "");
    if (typeof trigger === "string") throw new Refusal(trigger);
    // From inside a modal a new one lies on top, at most three high; from elsewhere it is the only one.
    if (!trigger.inModal) this.workspace.modals.delete(trigger.user);
    if ((this.workspace.modals.get(trigger.user)?.length ?? 0) >= 3) throw new Refusal("push_limit_reached");
    const { id, hash } = this.workspace.open(trigger.user, view);
    return { view: { ...view, id, hash } };
  }

  private updateView(args: Record<string, string>): Record<string, unknown> {
    const view = this.modal(args);
    const modal = this.workspace.view(args.view_id ?? "");
    if (modal === undefined) throw new Refusal("not_found");
    if (args.hash !== undefined && args.hash !== modal.hash) throw new Refusal("hash_conflict");
    this.workspace.replace(modal, view);
    return { view: { ...view, id: modal.id, hash: modal.hash } };
  }

  private publish(args: Record<string, string>): Record<string, unknown> {
    const user = args.user_id ?? "";
    const view = parsed(Home, args.view, "invalid_arguments");
    if (!this.workspace.people.has(user)) throw new Refusal("user_not_found");
    const before = this.workspace.homes.get(user);
    if (before !== undefined) this.workspace.pastHomes.push(before);
    this.workspace.homes.set(user, view);
    return { view: { ...view, id: `VH${user}` } };
  }
}
