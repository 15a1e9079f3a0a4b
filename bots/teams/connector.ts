import { globalAgent as httpAgent } from "node:http";
import { globalAgent as httpsAgent } from "node:https";
import type { ConnectorClient, ConnectorFactory } from "botframework-connector";
import type { ConversationsGetConversationPagedMembersOptionalParams as PageOptions } from "botframework-connector/lib/connectorApi/models/index.js";
import { z } from "zod";
import { drawCard } from "../../cards/adaptive-card.ts";
import type { View } from "../../cards/view.ts";
import { DeliveryError, type DeliveryProblem } from "../ports.ts";

/** The Bot Framework connector of one bot, as far as this bot needs it. Throws `DeliveryError` only. */
export interface Connector {
  /** Posts a door; resolves to the message's id. */
  post(serviceUrl: string, conversation: string, view: View): Promise<string>;
  /** Replaces a message of the bot by a door. */
  replace(serviceUrl: string, conversation: string, message: string, view: View): Promise<void>;
  /** Whether somebody is in a channel's team. Throws where the platform does not clearly say. */
  hasMember(serviceUrl: string, channel: string, user: string): Promise<boolean>;
  /** Throws where the platform does not tell who is in a channel's team. */
  tellsMembers(serviceUrl: string, channel: string): Promise<void>;
  /** The tenants of everybody in a channel; empty where the platform names none. */
  tenantsIn(serviceUrl: string, channel: string): Promise<ReadonlySet<string>>;
}

type Work<T> = (client: ConnectorClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>;

interface ConnectorOptions {
  readonly allows: (serviceUrl: string) => boolean;
  readonly timeoutMs: number;
}

/** Of a channel's members; a team of advisers is small. */
const pageSize = 200;
const mostPages = 20;

/** Makes the connector of one bot; `factory` gives its clients their tokens. */
export function createConnector(
  factory: ConnectorFactory,
  { allows, timeoutMs }: ConnectorOptions,
): Connector {
  const clients = new Map<string, ConnectorClient>();
  async function clientAt(serviceUrl: string): Promise<ConnectorClient> {
    const client = clients.get(serviceUrl) ?? withoutRepeats(await factory.create(serviceUrl));
    clients.set(serviceUrl, client);
    return client;
  }

  async function call<T>(serviceUrl: string, work: Work<T>): Promise<T> {
    if (!allows(serviceUrl)) throw new DeliveryError({ kind: "refused", code: "serviceUrlNotAllowed" });
    // The SDK's own timeout leaves out the token before a request and the body after it.
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const late = new Promise<never>((_resolve, reject) => {
      abortSignal.addEventListener("abort", () => reject(abortSignal.reason), { once: true });
    });
    try {
      const answer = clientAt(serviceUrl).then((client) => work(client, { abortSignal }));
      return await Promise.race([answer, late]);
    } catch (error) {
      throw new DeliveryError(problemOf(error));
    }
  }

  function membersPage(serviceUrl: string, channel: string, continuationToken: string) {
    // The SDK's type asks for a token; its own callers give none for the first page.
    const page = { pageSize, ...(continuationToken && { continuationToken }) } as PageOptions;
    return call(serviceUrl, ({ conversations }, options) =>
      conversations.getConversationPagedMembers(channel, { ...page, ...options }),
    );
  }

  return {
    async post(serviceUrl, conversation, view) {
      const message = messageOf(view);
      const sent = await call(serviceUrl, ({ conversations }, options) =>
        conversations.sendToConversation(conversation, message, options),
      );
      // Without an id the message can never be updated; whether it is there is not known either.
      if (!sent.id) throw new DeliveryError({ kind: "unknown", code: "noMessageId" });
      return sent.id;
    },
    async replace(serviceUrl, conversation, id, view) {
      const message = { ...messageOf(view), id };
      await call(serviceUrl, ({ conversations }, options) =>
        conversations.updateActivity(conversation, id, message, options),
      );
    },
    async hasMember(serviceUrl, channel, user) {
      try {
        const { id } = await call(serviceUrl, ({ conversations }, options) =>
          conversations.getConversationMember(channel, user, options),
        );
        // An id such as ".." would make another address of it, which answers about something else.
        if (id === user) return true;
      } catch (error) {
        if (saysNoMember(error)) return false;
        throw error;
      }
      throw new DeliveryError({ kind: "unknown", code: "otherMember" });
    },
    async tellsMembers(serviceUrl, channel) {
      await membersPage(serviceUrl, channel, "");
    },
    async tenantsIn(serviceUrl, channel) {
      const tenants = new Set<string>();
      let continuationToken = "";
      for (let nr = 0; nr < mostPages; nr++) {
        const found = await membersPage(serviceUrl, channel, continuationToken);
        for (const { tenantId } of z.array(Member).catch([]).parse(found.members)) {
          if (tenantId) tenants.add(tenantId);
        }
        continuationToken = found.continuationToken;
        if (!continuationToken) return tenants;
      }
      throw new DeliveryError({ kind: "refused", code: "tooManyMembers" });
    },
  };
}

/** Another 404 says that the bot does not see the channel, or comes by mistake: it tells nothing of the person. */
function saysNoMember(error: unknown): boolean {
  return (
    error instanceof DeliveryError &&
    error.problem.kind === "refused" &&
    error.problem.code === "MemberNotFoundInConversation"
  );
}

const Member = z.object({ tenantId: z.string().optional() });

/** No text beside the card: Teams would split the two and return no id, so the card could never change. */
function messageOf(view: View) {
  const content = draw(view);
  return {
    type: "message",
    summary: view.summary,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
  };
}

function draw(view: View) {
  try {
    return drawCard(view, { surface: "door" });
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    throw new DeliveryError({ kind: "refused", code: typeof code === "string" ? code : "notDrawn" });
  }
}

const Pipeline = z.object({
  removePolicy: z.custom<(policy: { name: string }) => unknown[]>((value) => typeof value === "function"),
  addPolicy: z.custom<(policy: Policy) => void>((value) => typeof value === "function"),
});
const Inner = z.object({ client: z.object({ pipeline: z.custom<object>() }) });
interface Policy {
  readonly name: string;
  sendRequest(
    request: { url: string; agent?: unknown },
    next: (request: unknown) => Promise<unknown>,
  ): Promise<unknown>;
}

/**
 * The SDK repeats a post after an ambiguous failure, which can put a report up twice, and ignores its own
 * setting against it; so its policy is taken out. A redirect could carry a card to another host. An idle
 * connection is kept for Node's five seconds only, since one that the network dropped in silence would
 * make the next post ambiguous.
 */
function withoutRepeats(client: ConnectorClient): ConnectorClient {
  const { pipeline } = Inner.parse(client).client;
  const policies = pipeline as z.infer<typeof Pipeline>;
  Pipeline.parse(policies);
  policies.removePolicy({ name: "defaultRetryPolicy" });
  policies.removePolicy({ name: "redirectPolicy" });
  policies.addPolicy({
    name: "shortIdle",
    sendRequest(request, next) {
      request.agent ??= request.url.startsWith("https:") ? httpsAgent : httpAgent;
      return next(request);
    },
  });
  return client;
}

const RestFailure = z.object({
  statusCode: z.number(),
  response: z
    .object({
      bodyAsText: z.string().nullish(),
      headers: z.custom<{ get(name: string): string | undefined }>(),
    })
    .optional(),
});
const code = z.string().regex(/^[\w.-]{1,64}$/);
const FailureBody = z.object({
  subCode: code.optional().catch(undefined),
  error: z
    .object({ code: code.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** For a platform that is too busy and does not say for how long. */
const defaultWaitMs = 5_000;

function problemOf(error: unknown): DeliveryProblem {
  if (error instanceof DeliveryError) return error.problem;
  const failure = RestFailure.safeParse(error);
  if (!failure.success) return { kind: "unknown", code: nameOf(error) };
  const { statusCode, response } = failure.data;
  if (statusCode === 429 || statusCode === 412) {
    return { kind: "rateLimited", retryAfter: waitOf(response?.headers.get("retry-after")) };
  }
  const code = codeOf(response?.bodyAsText) ?? `http${statusCode}`;
  return statusCode >= 400 && statusCode < 500 && statusCode !== 408
    ? { kind: "refused", code }
    : { kind: "unknown", code };
}

function waitOf(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  return retryAfter !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : defaultWaitMs;
}

function codeOf(body: string | null | undefined): string | null {
  try {
    const said = FailureBody.parse(JSON.parse(body ?? ""));
    return said.subCode ?? said.error?.code ?? null;
  } catch {
    return null;
  }
}

function nameOf(error: unknown): string {
  const said = (error ?? {}) as { name?: unknown; code?: unknown };
  if (said.name === "AbortError" || said.name === "TimeoutError") return "timeout";
  const parsed = code.safeParse(said.code);
  return parsed.success ? parsed.data : "noAnswer";
}
