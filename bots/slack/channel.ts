import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from "@slack/web-api";
import { BlocksTooLarge, drawMessage, type Message } from "../../cards/block-kit.ts";
import { PrivateOnDoor } from "../../cards/door.ts";
import type { View } from "../../cards/view.ts";
import {
  type Address,
  type Channel,
  DeliveryError,
  type DeliveryProblem,
  type Group,
  type GroupFault,
  type MessageRef,
  type Route,
  type RouteFault,
} from "../ports.ts";

/** Where Slack gives no time, wait this long, in ms. */
const restAfterLimit = 30_000;
/** Of a channel's members: the most that Slack gives at once, and how often the next are asked for. */
const pageSize = 999;
const mostPages = 10;
/** In a `MessageRef`, between a channel and the message at the head of the thread: replies go to the head. */
const threadMark = "/";
/** Slack's own answer that some of it may have been done. */
const halfDone = new Set(["internal_error", "fatal_error", "service_unavailable"]);

/** Slack as deliveries see it, and the conversations of several people that the bot is in. */
export interface SlackChannel extends Channel {
  /** Posts a door where the bot was asked to. */
  postInChannel(tenant: string, channel: string, view: View): Promise<MessageRef>;
}

/** Deliveries to Slack. Sends only into the workspaces given; `client` must not retry by itself. */
export function slackChannel(client: WebClient, teams: ReadonlySet<string>): SlackChannel {
  let ownTeam: string | undefined;

  async function post(tenant: string, channel: string, view: View, thread?: string): Promise<MessageRef> {
    const message = drawn(view);
    const answer = await called(
      client.chat.postMessage({
        channel,
        ...message,
        ...(thread === undefined ? {} : { thread_ts: thread }),
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    if (answer.ts === undefined) throw new DeliveryError({ kind: "unknown", code: "noMessageId" });
    const conversation = thread === undefined ? channel : channel + threadMark + thread;
    return { platform: "slack", tenant, conversation, message: answer.ts };
  }

  function mustKnow(tenant: string): void {
    if (!teams.has(tenant)) throw new DeliveryError({ kind: "refused", code: "wrongTenant" });
  }

  async function isOwn(tenant: string): Promise<boolean> {
    if (!teams.has(tenant)) return false;
    ownTeam ??= (await called(client.auth.test())).team_id;
    return ownTeam === tenant;
  }

  /** Slack only lists: it is read until somebody is found, and no further than the last page that is asked for. */
  async function isIn(channel: string, user: string): Promise<boolean> {
    let cursor = "";
    for (let nr = 0; nr < mostPages; nr += 1) {
      const page = { channel, limit: pageSize, ...(cursor && { cursor }) };
      const { members, response_metadata } = await called(client.conversations.members(page));
      if (members === undefined) throw new DeliveryError({ kind: "unknown", code: "unreadableAnswer" });
      if (members.includes(user)) return true;
      cursor = response_metadata?.next_cursor ?? "";
      if (cursor === "") return false;
    }
    throw new DeliveryError({ kind: "refused", code: "tooManyMembers" });
  }

  return {
    platform: "slack",

    async postToPerson(to: Address, view: View): Promise<MessageRef> {
      mustKnow(to.tenant);
      if (to.conversation.startsWith("D")) return post(to.tenant, to.conversation, view);
      const opened = await called(client.conversations.open({ users: to.user }));
      if (opened.channel?.id === undefined) throw new DeliveryError({ kind: "refused", code: "noChannel" });
      return post(to.tenant, opened.channel.id, view);
    },

    async postToRoute(to: Route, view: View, under?: MessageRef): Promise<MessageRef> {
      mustKnow(to.tenant);
      if (under === undefined) return post(to.tenant, to.channel, view);
      const [channel, thread = under.message] = under.conversation.split(threadMark);
      if (channel !== to.channel) throw new DeliveryError({ kind: "refused", code: "otherRoute" });
      return post(to.tenant, channel, view, thread);
    },

    async postInChannel(tenant: string, channel: string, view: View): Promise<MessageRef> {
      mustKnow(tenant);
      return post(tenant, channel, view);
    },

    async update(message: MessageRef, view: View): Promise<void> {
      mustKnow(message.tenant);
      const [channel = ""] = message.conversation.split(threadMark);
      await called(client.chat.update({ channel, ts: message.message, ...drawn(view) }));
    },

    async checkRoute(route: Route): Promise<RouteFault | null> {
      try {
        if (!(await isOwn(route.tenant))) return { code: "wrongTenant" };
        const { channel } = await called(client.conversations.info({ channel: route.channel }));
        return channel === undefined ? { code: "notFound" } : channelFault(channel);
      } catch (error) {
        return { code: faultOf(error) };
      }
    },

    async isMember(group: Group, user: string): Promise<boolean> {
      if (group.platform !== "slack" || !(await isOwn(group.tenant)))
        throw new DeliveryError({ kind: "refused", code: "wrongTenant" });
      return isIn(group.channel, user);
    },

    async checkGroup(group: Group): Promise<GroupFault | null> {
      try {
        if (group.platform !== "slack" || !(await isOwn(group.tenant))) return { code: "wrongTenant" };
        const { channel } = await called(client.conversations.info({ channel: group.channel }));
        const fault = channel === undefined ? ({ code: "notFound" } as const) : channelFault(channel);
        if (fault !== null) return fault;
        // Whoever is in none of the pages is looked for in all of them.
        await isIn(group.channel, "");
        return null;
      } catch (error) {
        return { code: groupFaultOf(error) };
      }
    },
  };
}

/** A view that may not stand in a message, or does not fit, is refused before Slack sees it. */
function drawn(view: View): Message {
  try {
    return drawMessage(view);
  } catch (error) {
    const code = error instanceof PrivateOnDoor || error instanceof BlocksTooLarge ? error.code : "notDrawn";
    throw new DeliveryError({ kind: "refused", code });
  }
}

function channelFault(channel: {
  readonly is_archived?: boolean;
  readonly is_private?: boolean;
  readonly is_im?: boolean;
  readonly is_mpim?: boolean;
  readonly is_shared?: boolean;
  readonly is_ext_shared?: boolean;
  readonly is_org_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
  readonly is_member?: boolean;
}): RouteFault | null {
  if (channel.is_archived === true) return { code: "archived" };
  if (channel.is_private !== true || channel.is_im === true || channel.is_mpim === true)
    return { code: "notPrivate" };
  if (channel.is_ext_shared === true || channel.is_pending_ext_shared === true) return { code: "shared" };
  if (channel.is_shared === true || channel.is_org_shared === true) return { code: "shared" };
  return channel.is_member === true ? null : { code: "notMember" };
}

function faultOf(error: unknown): RouteFault["code"] {
  if (!(error instanceof DeliveryError) || error.problem.kind !== "refused") return "unreachable";
  switch (error.problem.code) {
    case "channel_not_found":
      return "notFound";
    case "not_in_channel":
      return "notMember";
    case "account_inactive":
    case "invalid_auth":
    case "token_revoked":
    case "missing_scope":
      return "notInstalled";
    default:
      return "unreachable";
  }
}

/** To read in a public channel takes a scope that the app does not ask for. */
function groupFaultOf(error: unknown): GroupFault["code"] {
  const code = error instanceof DeliveryError && error.problem.kind === "refused" ? error.problem.code : null;
  if (code === "missing_scope") return "scopeMissing";
  return code === "tooManyMembers" ? "tooMany" : faultOf(error);
}

/** Waits for a call of the Web API; turns its failure into a `DeliveryError`, dropping what was sent. */
export async function called<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new DeliveryError(problemOf(error));
  }
}

function problemOf(error: unknown): DeliveryProblem {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "rateLimited", retryAfter: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: code, response_metadata } = error.data;
    if (code === "ratelimited" || code === "rate_limited") {
      const seconds = response_metadata?.retryAfter;
      return { kind: "rateLimited", retryAfter: seconds === undefined ? restAfterLimit : seconds * 1000 };
    }
    // The SDK puts an answer that is no JSON in the place of the code: it says nothing about what was done.
    if (!/^[a-z][a-z0-9_]{1,60}$/.test(code)) return { kind: "unknown", code: "unreadableAnswer" };
    return { kind: halfDone.has(code) ? "unknown" : "refused", code };
  }
  if (error instanceof WebAPIHTTPError) {
    const code = `http${error.statusCode}`;
    return { kind: error.statusCode >= 500 ? "unknown" : "refused", code };
  }
  if (error instanceof WebAPIRequestError) {
    return { kind: "unknown", code: error.original.name === "TimeoutError" ? "timeout" : "noAnswer" };
  }
  return { kind: "unknown", code: "unexpected" };
}
