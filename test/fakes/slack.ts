import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { HttpLine, type Line } from "./slack/http-line.ts";
import { Person } from "./slack/person.ts";
import { SocketLine } from "./slack/socket-line.ts";
import { type Call, type Failure, WebApi } from "./slack/web-api.ts";
import { type Channel, team, Workspace } from "./slack/workspace.ts";

export type { ShownMessage, ShownModal } from "./slack/client.ts";
export type { Signing } from "./slack/http-line.ts";
export { form, HttpLine } from "./slack/http-line.ts";
export type { Person } from "./slack/person.ts";
export { botUser, team } from "./slack/workspace.ts";

export interface FakeSlack {
  /** The Web API's address, for `apiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  /** The workspace's id. */
  readonly team: string;
  /** What the bot asked of the Web API so far, in order. */
  readonly calls: readonly Call[];
  readonly workspace: Workspace;
  /** Where the bot listens, such as `http://127.0.0.1:3978/slack/events`. */
  connect(url: string): HttpLine;
  /** Reaches the bot another way. */
  connectBy(line: Line): void;
  /** Waits until the bot has connected over Socket Mode, and reaches it that way from then on. */
  connectSocket(): Promise<void>;
  socketConnected(): boolean;
  /** Breaks the connection of Socket Mode without a word. */
  dropSocket(): void;
  /** A person of the workspace; the same object for the same id, which starts with U. */
  person(id: string): Person;
  /** Makes a channel with the bot in it; private and unshared unless said. */
  channel(
    id: string,
    of?: Partial<Pick<Channel, "kind" | "member" | "archived" | "shared" | "people">>,
  ): Channel;
  /** Makes the next calls of a method go wrong. */
  fail(method: string, ...failures: Failure[]): void;
  /** Makes the next call of any of these methods go wrong. */
  failNextOf(methods: readonly string[], failure: Failure): void;
  /** Moves Slack's clock ahead. */
  advance(ms: number): void;
  /** Waits until something holds; looks again whenever something changed in the workspace. */
  until<T>(what: string, condition: () => T | undefined | null | false): Promise<T>;
  /** All that the platform keeps, with earlier versions, as one text to search. */
  kept(): string;
  stop(): Promise<void>;
}

/** The bot has the scopes that its manifest asks for, and no others. */
function manifestScopes(): readonly string[] {
  const manifest = new URL("../../manifest/slack/manifest.yaml", import.meta.url);
  return parse(readFileSync(manifest, "utf8")).oauth_config.scopes.bot;
}

/**
 * A strict Slack on loopback: its Web API, what its clients show, and the requests it signs and sends. It
 * refuses with Slack's codes what Slack refuses, and whatever it does not know.
 */
export async function startSlack(options: { readonly scopes?: readonly string[] } = {}): Promise<FakeSlack> {
  const workspace = new Workspace();
  const botToken = "xoxb-fake-bot-token";
  const signingSecret = "fake-signing-secret";
  const api = new WebApi(workspace, botToken, options.scopes ?? manifestScopes());
  const apiUrl = await api.start();
  const socket = new SocketLine(api.httpServer, () => workspace.changed());
  api.socketUrl = () => `${apiUrl.replace("http", "ws")}socket`;
  const people = new Map<string, Person>();
  const echoes = new Set<Promise<unknown>>();
  let line: Line | undefined;

  const reach = (): Line => {
    if (line === undefined) throw new Error("tell the fake where the bot is: connect(url)");
    return line;
  };
  const person = (id: string): Person => {
    const known = people.get(id) ?? new Person(id, workspace, reach);
    people.set(id, known);
    return known;
  };

  // Slack tells a bot about its own direct messages too.
  api.onPost = (channel, message) => {
    if (channel.with === undefined || line === undefined) return;
    const { ts, text } = message;
    const event = {
      type: "message",
      channel_type: "im",
      channel: channel.id,
      user: "U0BOT",
      bot_id: "B0BOT",
      team,
      text,
      ts,
    };
    const echo = line.send("event", person(channel.with).event(event)).catch(() => {});
    echoes.add(echo);
    void echo.finally(() => echoes.delete(echo));
  };

  return {
    apiUrl,
    botToken,
    signingSecret,
    team,
    calls: api.calls,
    workspace,
    connect(url) {
      const http = new HttpLine(url, signingSecret);
      line = http;
      return http;
    },
    async connectSocket() {
      await workspace.until("a connection", () => socket.connected);
      line = socket;
    },
    socketConnected: () => socket.connected,
    dropSocket: () => socket.drop(),
    connectBy(other) {
      line = other;
    },
    person,
    channel: (id, of = {}) => workspace.channel(id, of.kind ?? "private", of),
    fail: (method, ...failures) => api.fail(method, ...failures),
    failNextOf: (methods, failure) => api.failNextOf(methods, failure),
    advance: (ms) => workspace.advance(ms),
    until: (what, condition) => workspace.until(what, condition),
    kept: () => workspace.kept(),
    async stop() {
      await Promise.all(echoes);
      await api.stop();
    },
  };
}
