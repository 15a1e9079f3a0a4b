import type { AdaptiveCard } from "../../cards/adaptive-card.ts";
import { appId, type BareTeams, pressOn, type TokenOptions, tenant } from "./teams.ts";

/** What Teams sends a bot, and how: real HTTP requests with real tokens. */

export type Json = Record<string, unknown>;

export interface BotAnswer {
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  /** The card that a press was answered with, if it was. */
  readonly card: AdaptiveCard | null;
}

export interface Sending {
  /** Set to change what the token says or who signed it. */
  readonly token?: Partial<TokenOptions>;
  /** The whole header instead of a good token; null for none. */
  readonly authorization?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One person (or adviser) in one Teams conversation with the bot. */
export interface TeamsPerson {
  /** The activity as it would be sent, to be changed before it is posted. */
  message(text: string, over?: Json): Json;
  invoke(value: unknown, over?: Json): Json;
  installation(over?: Json): Json;
  post(activity: unknown, sending?: Sending): Promise<BotAnswer>;
  say(text: string): Promise<BotAnswer>;
  install(): Promise<BotAnswer>;
  /** Presses a button by its title on a card that stands in (or came from) a message. */
  press(
    card: AdaptiveCard,
    title: string,
    filled?: Readonly<Record<string, string | readonly string[]>>,
    message?: string,
  ): Promise<BotAnswer>;
}

let count = 0;

/** Someone at a conversation that the fake connector knows. `botUrl` is without a path. */
export function teamsPerson(
  botUrl: string,
  teams: Pick<BareTeams, "issuer" | "connector">,
  at: {
    readonly user: string;
    readonly conversation: string;
    readonly type: "personal" | "channel" | "groupChat";
    readonly name?: string;
    readonly aadObjectId?: string;
  },
): TeamsPerson {
  const base = (over: Json): Json => {
    count += 1;
    return {
      id: `${1_600_000_000_000 + count}`,
      channelId: "msteams",
      serviceUrl: teams.connector.serviceUrl,
      timestamp: "2026-11-21T12:00:00.000Z",
      locale: "nl-NL",
      from: {
        id: at.user,
        name: at.name ?? "Anna de Vries",
        aadObjectId: at.aadObjectId ?? "00000000-0000-4000-8000-0000000000cc",
      },
      recipient: { id: `28:${appId}`, name: "Vertrouwd" },
      conversation: {
        id: at.conversation,
        tenantId: tenant,
        conversationType: at.type,
        ...(at.type !== "personal" && { isGroup: true }),
      },
      channelData: { tenant: { id: tenant } },
      ...over,
    };
  };
  const person: TeamsPerson = {
    message: (text, over = {}) => base({ type: "message", text, textFormat: "plain", ...over }),
    invoke: (value, over = {}) => base({ type: "invoke", name: "adaptiveCard/action", value, ...over }),
    installation: (over = {}) => base({ type: "installationUpdate", action: "add", ...over }),
    async post(activity, { token = {}, authorization, headers = {} } = {}) {
      const good = async () =>
        `Bearer ${await teams.issuer.sign({ serviceUrl: teams.connector.serviceUrl, ...token })}`;
      const header = authorization === undefined ? await good() : authorization;
      const response = await fetch(`${botUrl}/api/messages`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(header !== null && { authorization: header }),
          ...headers,
        },
        body: typeof activity === "string" ? activity : JSON.stringify(activity),
      });
      const text = await response.text();
      return { status: response.status, text, card: cardIn(text) };
    },
    say: (text) => person.post(person.message(text)),
    install: () => person.post(person.installation()),
    press(card, title, filled, message) {
      const value = pressOn(card, title, filled);
      return person.post(person.invoke(value, message === undefined ? {} : { replyToId: message }));
    },
  };
  return person;
}

function cardIn(text: string): AdaptiveCard | null {
  if (!text.startsWith("{")) return null;
  const body = JSON.parse(text) as { type?: string; value?: AdaptiveCard };
  return body.type === "application/vnd.microsoft.card.adaptive" ? (body.value ?? null) : null;
}
