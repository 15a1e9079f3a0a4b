import type { View } from "../../cards/view.ts";
import {
  type Address,
  type Channel,
  DeliveryError,
  type Group,
  type GroupFault,
  type MessageRef,
  type Route,
  type RouteFault,
} from "../ports.ts";
import { channelOf } from "./activity.ts";
import type { Connector } from "./connector.ts";
import { publicServiceUrl } from "./settings.ts";

/** Teams as deliveries see it. Everything is refused that is not of a configured tenant. */
export function teamsChannel(connector: Connector, tenants: ReadonlySet<string>): Channel {
  function refuseStranger({ platform, tenant }: { platform: string; tenant: string }): void {
    if (platform !== "teams") throw refused("wrongPlatform");
    if (!tenants.has(tenant)) throw refused("wrongTenant");
  }
  return {
    platform: "teams",
    async postToPerson(to: Address, view: View): Promise<MessageRef> {
      refuseStranger(to);
      return post(connector, to, to.conversation, view);
    },
    async postToRoute(to: Route, view: View, under?: MessageRef): Promise<MessageRef> {
      refuseStranger(to);
      return post(connector, to, under === undefined ? to.channel : threadOf(to, under), view);
    },
    async update(message: MessageRef, view: View): Promise<void> {
      refuseStranger(message);
      const { serviceUrl = publicServiceUrl, conversation } = message;
      await connector.replace(serviceUrl, conversation, message.message, view);
    },
    checkRoute: (route) => checkRoute(connector, tenants, route),
    async isMember(group: Group, user: string): Promise<boolean> {
      refuseStranger(group);
      return connector.hasMember(group.serviceUrl ?? publicServiceUrl, group.channel, user);
    },
    async checkGroup(group: Group): Promise<GroupFault | null> {
      if (group.platform !== "teams" || !tenants.has(group.tenant)) return { code: "wrongTenant" };
      try {
        await connector.tellsMembers(group.serviceUrl ?? publicServiceUrl, group.channel);
        return null;
      } catch (error) {
        return { code: error instanceof DeliveryError ? faultOf(error) : "unreachable" };
      }
    },
  };
}

async function post(
  connector: Connector,
  { tenant, serviceUrl = publicServiceUrl }: Pick<Route, "tenant" | "serviceUrl">,
  conversation: string,
  view: View,
): Promise<MessageRef> {
  const message = await connector.post(serviceUrl, conversation, view);
  return { platform: "teams", tenant, conversation, message, serviceUrl };
}

/** In Teams a thread is a conversation of its own, named after the post it starts from. */
function threadOf(route: Route, under: MessageRef): string {
  if (under.platform !== "teams" || channelOf(under.conversation) !== route.channel)
    throw refused("otherRoute");
  return under.conversation.includes(";")
    ? under.conversation
    : `${route.channel};messageid=${under.message}`;
}

/**
 * Whether the bot is in the channel, and everybody in it is of the route's own tenant: a channel shared
 * with another organisation is refused. That its team has only advisers in it, no platform can say.
 */
async function checkRoute(
  connector: Connector,
  tenants: ReadonlySet<string>,
  route: Route,
): Promise<RouteFault | null> {
  if (route.platform !== "teams" || !tenants.has(route.tenant)) return { code: "wrongTenant" };
  try {
    const found = await connector.tenantsIn(route.serviceUrl ?? publicServiceUrl, route.channel);
    return [...found].some((tenant) => tenant !== route.tenant) ? { code: "shared" } : null;
  } catch (error) {
    return { code: error instanceof DeliveryError ? faultOf(error) : "unreachable" };
  }
}

function faultOf({ problem }: DeliveryError): RouteFault["code"] {
  if (problem.kind !== "refused") return "unreachable";
  switch (problem.code) {
    case "BotNotInConversationRoster":
      return "notMember";
    case "http404":
    case "NotFound":
    case "ConversationNotFound":
      return "notFound";
    case "http403":
    case "Forbidden":
      return "notInstalled";
    default:
      return "unreachable";
  }
}

function refused(code: string): DeliveryError {
  return new DeliveryError({ kind: "refused", code });
}
