import type { ServerResponse } from "node:http";
import { HTTPModuleFunctions, HTTPReceiver, isRawBodyError, SocketModeReceiver } from "@slack/bolt";
import type { Logger, WebClientOptions } from "@slack/web-api";
import type { Request, Response } from "restify";

export interface ReceiverParts {
  readonly signingSecret: string | undefined;
  readonly appToken: string | undefined;
  readonly logger: Logger;
  readonly clientOptions: WebClientOptions;
}

/** Where Slack sends everything. */
export const endpoint = "/slack/events";
/** In bytes, before the signature is known: a modal comes back whole, encoded, with what was filled in. */
const bodyLimit = 256 * 1024;

/** How Slack reaches the bot: over Socket Mode when there is an app token, else by signed requests. */
export function createReceiver(parts: ReceiverParts): HTTPReceiver | SocketModeReceiver {
  const { signingSecret, appToken, logger, clientOptions } = parts;
  if (appToken !== undefined) {
    return new SocketModeReceiver({
      appToken,
      logger,
      // `keepConnected` does it.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
      processEventErrorHandler: async () => true,
    });
  }
  return new HTTPReceiver({
    signingSecret: signingSecret ?? "",
    endpoints: endpoint,
    logger,
    // Listeners answer for themselves; what fails before them is a payload that is not Slack's.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) refuse(response, 400);
      return true;
    },
  });
}

/**
 * Hands one request to the SDK, and resolves when it is answered. What Slack never sends is refused here:
 * the SDK lets a signed `null` end the process, and keeps a payload of no kind waiting for 3 s.
 */
export async function receive(receiver: HTTPReceiver, request: Request, response: Response): Promise<void> {
  const answered = new Promise<void>((done) => response.once("close", done));
  try {
    const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimit);
    if (isPayload(HTTPModuleFunctions.parseHTTPRequestBody(buffered)))
      receiver.requestListener(buffered, response);
    else refuse(response, 400);
  } catch (error) {
    // What is left of it would stand before the next request on this connection.
    request.resume();
    refuse(response, isRawBodyError(error) && error.type === "entity.too.large" ? 413 : 400);
  }
  await answered;
}

function isPayload(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  return ["type", "command", "ssl_check"].some(
    (kind) => typeof (body as Record<string, unknown>)[kind] === "string",
  );
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
