import { createHmac } from "node:crypto";

/** The three ways Slack wraps what it sends. */
export type Kind = "event" | "command" | "interactive";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** How Slack reaches the bot. */
export interface Line {
  send(kind: Kind, payload: Readonly<Record<string, unknown>>): Promise<Reply>;
}

export interface Signing {
  /** Another secret than the bot's. */
  readonly secret?: string;
  /** Seconds by which the request is late. */
  readonly age?: number;
  /** Headers changed or, with null, left out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** Slack's signed HTTP requests. Slack waits 3 s for an answer, and so does this. */
export class HttpLine implements Line {
  readonly url: string;
  private readonly secret: string;

  constructor(url: string, secret: string) {
    this.url = url;
    this.secret = secret;
  }

  async send(kind: Kind, payload: Readonly<Record<string, unknown>>): Promise<Reply> {
    return kind === "event"
      ? this.raw(JSON.stringify(payload), "application/json")
      : this.raw(form(kind, payload), "application/x-www-form-urlencoded");
  }

  /** Sends any body, signed as told. */
  async raw(body: string, contentType: string, signing: Signing = {}): Promise<Reply> {
    const at = Math.floor(Date.now() / 1000) - (signing.age ?? 0);
    const secret = signing.secret ?? this.secret;
    const headers = new Headers({
      "content-type": contentType,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": String(at),
      "x-slack-signature": `v0=${createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex")}`,
    });
    for (const [name, value] of Object.entries(signing.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const answer = await fetch(this.url, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(3000),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text,
    };
  }
}

/** A slash command's fields stand in the form itself; everything else is JSON in its one field. */
export function form(kind: Kind, payload: Readonly<Record<string, unknown>>): string {
  const fields =
    kind === "command" ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
  return new URLSearchParams(fields).toString();
}
