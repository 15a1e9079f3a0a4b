import type { IncomingMessage, ServerResponse } from "node:http";
import { errorCode, type Log } from "../log.ts";
import { Overloaded } from "../turns.ts";
import { Activity, tenantOf } from "./activity.ts";
import type { Answer } from "./answer.ts";
import type { Authentication } from "./authentication.ts";

export interface EndpointDeps {
  readonly authentication: Pick<Authentication, "verdict">;
  readonly tenants: ReadonlySet<string>;
  readonly allowsServiceUrl: (url: string) => boolean;
  readonly answer: (activity: Activity, tenant: string) => Promise<Answer>;
  readonly log: Log;
}

/** In bytes. Our largest card comes back whole with a press, in UTF-8, with what was filled in beside it. */
export const longestBody = 256 * 1024;
/** What is still read, and dropped, of a body that is too long, so that its sender can read the answer. */
const mostDropped = 4 * longestBody;

/**
 * One POST of the platform: its form first, then who sent it, then whether it is for us, then the turn.
 * Nothing of a request is repeated in an answer or a log. Never throws.
 */
export async function answerRequest(deps: EndpointDeps, request: IncomingMessage): Promise<Answer> {
  const form = wrongForm(request);
  if (form !== null) return { status: form };
  const body = await readBody(request);
  if (typeof body === "number") return { status: body };
  const activity = Activity.safeParse(parsed(body));
  if (!activity.success) return { status: 400 };
  return answerActivity(deps, activity.data, request.headers.authorization);
}

async function answerActivity(
  deps: EndpointDeps,
  activity: Activity,
  header: string | undefined,
): Promise<Answer> {
  const { authentication, tenants, allowsServiceUrl, answer, log } = deps;
  const refused = (status: number, code: string): Answer => {
    log.warn({ code });
    return { status };
  };
  const verdict = await authentication.verdict(activity, header);
  if (verdict === "unavailable") return refused(503, "teams.keysUnavailable");
  if (verdict === "refused") return refused(401, "teams.tokenRefused");
  const tenant = tenantOf(activity);
  if (tenant === null || !tenants.has(tenant)) return refused(403, "teams.tenantRefused");
  if (!allowsServiceUrl(activity.serviceUrl)) return refused(403, "teams.serviceUrlRefused");
  try {
    return await answer(activity, tenant);
  } catch (error) {
    if (error instanceof Overloaded) log.warn({ code: "teams.overloaded" });
    else log.error({ code: "teams.turnFailed", error: errorCode(error) });
    // The platform delivers a message again; a person can press again.
    return { status: 503 };
  }
}

/** 415 for anything but plain JSON: a compressed body could be a thousand times its size. */
function wrongForm({ headers }: IncomingMessage): number | null {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return 415;
  const encoding = headers["content-encoding"];
  return encoding === undefined || encoding === "identity" ? null : 415;
}

/** The body, or the status that refuses it. */
async function readBody(request: IncomingMessage): Promise<Buffer | 400 | 413> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= longestBody) chunks.push(chunk);
      else if (size > mostDropped) break;
    }
  } catch {
    return 400;
  }
  return size <= longestBody ? Buffer.concat(chunks) : 413;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Sends an answer as it is: restify's own formatting follows the caller's wishes, and this does not. */
export function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  if (status === 413) response.setHeader("connection", "close");
  if (status === 503) response.setHeader("retry-after", "2");
  response.statusCode = status;
  if (body !== undefined) response.setHeader("content-type", "application/json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
