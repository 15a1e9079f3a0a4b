import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { z } from "zod";
import type { AdaptiveCard } from "../../cards/adaptive-card.ts";
import type { Failure, ShownMessage } from "../contracts/channel.ts";
import { bodyOf, sendJson, serveLocally } from "./local-server.ts";
import { wordsOn } from "./teams-client.ts";

/** The tenant whose people are in every conversation, unless told otherwise. */
export const tenant = "00000000-0000-4000-8000-0000000000bb";

/** A message as the connector keeps it, in its newest state. */
export interface StoredMessage extends ShownMessage {
  readonly conversation: string;
  readonly card: AdaptiveCard;
  readonly updates: number;
}

/** `silence`: the connection stays open and nothing comes. */
type AnyFailure = Failure | { readonly with: "silence" };

export interface FakeConnector {
  /** What an activity's `serviceUrl` is. */
  readonly serviceUrl: string;
  /** The token that the bot's requests must carry, or null for none. */
  readonly token: string | null;
  addPersonal(conversation: string): void;
  addChannel(channel: string, options?: Partial<Conversation>): void;
  /** The newest state of each message, oldest first; threads are part of their channel. */
  messages(conversation: string): readonly StoredMessage[];
  /** Every request so far, by method and path, without the service's own prefix. */
  readonly requests: readonly string[];
  /** The bodies of all requests so far, as they came: what the platform has seen and may keep. */
  readonly bodies: readonly string[];
  /** Why requests were refused, as codes: empty when the bot behaves. */
  readonly complaints: readonly string[];
  /** How many requests to post or change a message have come. */
  writes(): number;
  failNext(failure: AnyFailure): void;
  /** What becomes of the next request that only reads. */
  failNextRead(failure: AnyFailure): void;
  /** How many requests that only read have come. */
  reads(): number;
  /** Resolves when `holds` does; looked at after every request. */
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

interface Conversation {
  readonly memberTenants: readonly string[];
  /** Further people in it, of the first of those tenants, by the bot's ids for them. */
  readonly people: readonly string[];
  /** The bot is not in it. */
  readonly notMember: boolean;
}

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

/** Starts a strict Bot Framework connector, which knows only the conversations added to it. */
export async function startConnector(
  options: { readonly token?: string | null } = {},
): Promise<FakeConnector> {
  const token = options.token === undefined ? `bot-${randomUUID()}` : options.token;
  const conversations = new Map<string, Conversation>();
  const messages: StoredMessage[] = [];
  const requests: string[] = [];
  const bodies: string[] = [];
  const complaints: string[] = [];
  const waiting = new Set<() => void>();
  let failure: AnyFailure | null = null;
  let readFailure: AnyFailure | null = null;
  let count = 0;

  function reply(method: string, path: string, type: string, body: string): Reply {
    const [, conversation, rest = ""] = /^v3\/conversations\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (conversation === undefined) return refusal(404, "NoSuchRoute");
    const [channel = "", thread = null] = decodeURIComponent(conversation).split(";messageid=");
    const known = conversations.get(channel);
    if (known === undefined) return refusal(404, "ConversationNotFound");
    if (method === "GET" && rest === "pagedmembers") return roster(known);
    const [, member] = /^members\/([^/]*)$/.exec(rest) ?? [];
    if (method === "GET" && member !== undefined) return memberOf(known, decodeURIComponent(member));
    const posted = readMessage(body, type);
    if ("status" in posted) return posted;
    if (method === "POST" && rest === "activities") return add(channel, thread, posted);
    const [, id] = /^activities\/([^/]+)$/.exec(rest) ?? [];
    return method === "PUT" && id !== undefined
      ? change(channel, id, posted)
      : refusal(405, "MethodNotAllowed");
  }

  function add(conversation: string, under: string | null, posted: Posted): Reply {
    const root = messages.find((message) => message.id === under && message.conversation === conversation);
    if (under !== null && root?.under !== null) return refusal(404, "ConversationNotFound");
    count += 1;
    const id = String(1_700_000_000_000 + count);
    messages.push({ id, conversation, under, updates: 0, ...posted });
    return { status: 201, body: { id } };
  }

  function change(conversation: string, id: string, posted: Posted): Reply {
    const place = messages.findIndex((message) => message.id === id && message.conversation === conversation);
    const before = messages[place];
    if (before === undefined) return refusal(404, "ActivityNotFoundInConversation");
    messages[place] = { ...before, ...posted, updates: before.updates + 1 };
    return { status: 200, body: { id } };
  }

  function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendJson(response, status, body);
  }

  const server = await serveLocally(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const body = await bodyOf(request);
    const [, path] = /^\/teams\/([^?]+)/.exec(url) ?? [];
    requests.push(`${method} ${decodeURIComponent(path ?? url)}`);
    bodies.push(body);
    let given: Reply | "reset" | "silence";
    if (path === undefined) given = refusal(404, "NoSuchRoute");
    else if (token !== null && request.headers.authorization !== `Bearer ${token}`)
      given = refusal(401, "Unauthorized");
    else if (method !== "GET" && failure !== null) {
      given = failed(failure);
      failure = null;
    } else if (method === "GET" && readFailure !== null) {
      given = failed(readFailure);
      readFailure = null;
    } else {
      given = reply(method, path, request.headers["content-type"] ?? "", body);
      if (given.status >= 400 && codeOf(given) !== noSuchMember) complaints.push(codeOf(given));
    }
    if (given === "reset") request.socket.resetAndDestroy();
    else if (given !== "silence") send(response, given);
    for (const look of waiting) look();
  });

  return {
    serviceUrl: `${server.url}/teams/`,
    token,
    requests,
    bodies,
    complaints,
    addPersonal(id) {
      conversations.set(id, { memberTenants: [tenant], people: [], notMember: false });
    },
    addChannel(id, over = {}) {
      conversations.set(id, { memberTenants: [tenant, tenant], people: [], notMember: false, ...over });
    },
    messages: (conversation) => messages.filter((message) => message.conversation === conversation),
    writes: () => requests.filter((request) => !request.startsWith("GET ")).length,
    failNext(next) {
      failure = next;
    },
    failNextRead(next) {
      readFailure = next;
    },
    reads: () => requests.filter((request) => request.startsWith("GET ")).length,
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: server.close,
  };
}

function refusal(status: number, code: string): Reply {
  return { status, body: { error: { code, message: "refused by the fake" } } };
}

function codeOf({ body }: Reply): string {
  return (body as { error?: { code?: string } }).error?.code ?? "refused";
}

function roster(conversation: Conversation): Reply {
  if (conversation.notMember) return refusal(403, "BotNotInConversationRoster");
  return { status: 200, body: { members: accounts(conversation) } };
}

/** Members as Teams describes them: with more about them than the bot may keep. */
function accounts({ memberTenants, people }: Conversation) {
  const tenants = [
    ...memberTenants.map((tenantId, nr) => [`29:member-${nr}`, tenantId] as const),
    ...people.map((id) => [id, memberTenants[0] ?? tenant] as const),
  ];
  return tenants.map(([id, tenantId]) => ({
    id,
    tenantId,
    aadObjectId: "00000000-0000-4000-8000-0000000000cc",
    name: "Anna de Vries",
    email: "anna@example.org",
    userPrincipalName: "anna@example.org",
    userRole: "user",
  }));
}

/** What Teams says of somebody who is not there; a bot that asks that does nothing wrong. */
const noSuchMember = "MemberNotFoundInConversation";

/** One member; asked for nobody in particular, as with an address that ends in a slash, all of them. */
function memberOf(conversation: Conversation, member: string): Reply {
  if (conversation.notMember) return refusal(403, "BotNotInConversationRoster");
  const all = accounts(conversation);
  if (member === "") return { status: 200, body: all };
  const found = all.find(({ id }) => id === member);
  return found ? { status: 200, body: found } : refusal(404, noSuchMember);
}

function failed(failure: AnyFailure): Reply | "reset" | "silence" {
  switch (failure.with) {
    case "rateLimit":
      return {
        ...refusal(429, "TooManyRequests"),
        headers: { "retry-after": String(failure.retryAfterSeconds) },
      };
    case "refusal":
      return {
        status: 403,
        body: { subCode: "MessageWritesBlocked", message: "not enough permissions", errorCode: 209 },
      };
    case "serverError":
      return refusal(500, "ServiceError");
    case "reset":
    case "silence":
      return failure.with;
  }
}

type Posted = Pick<StoredMessage, "card" | "words" | "notification">;

/** The largest message, in bytes of UTF-16: the smallest limit that was ever published. */
const largestMessage = 28 * 1024;

const Message = z.object({
  type: z.literal("message"),
  // Teams makes two messages of text and card, and returns no id.
  text: z.undefined().optional(),
  summary: z.string().min(1),
  attachments: z.tuple([
    z.object({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      content: z.looseObject({
        type: z.literal("AdaptiveCard"),
        version: z.string().refine((version) => Number(version) <= 1.5),
        body: z.array(z.looseObject({ type: z.string() })).min(1),
        actions: z
          .array(z.looseObject({ type: z.enum(["Action.Execute", "Action.OpenUrl"]) }))
          .max(6)
          .optional(),
      }),
    }),
  ]),
});

/** What was posted, or the refusal of what Teams would not take or would show in another way. */
function readMessage(body: string, type: string): Posted | Reply {
  if (type.split(";")[0] !== "application/json") return refusal(415, "BadContentType");
  if (body.length * 2 > largestMessage) return refusal(413, "MessageSizeTooBig");
  const message = Message.safeParse(JSON.parse(body));
  if (!message.success) return refusal(400, `BadSyntax.${message.error.issues[0]?.path.join(".")}`);
  const card = message.data.attachments[0].content as unknown as AdaptiveCard;
  return { card, words: wordsOn(card), notification: message.data.summary };
}
