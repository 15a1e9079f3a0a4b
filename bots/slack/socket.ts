import { setTimeout as pause } from "node:timers/promises";
import type { SocketModeReceiver } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import { errorCode, type Log } from "../log.ts";

/** Waits between two tries to connect, in ms: doubled each time, up to the longest. */
const firstWait = 1_000;
const longestWait = 60_000;

/**
 * Keeps Socket Mode connected. The SDK's own reconnecting is off: where Slack is out of reach for long, or
 * refuses once, it ends in a rejection that nobody handles, and so ends the process for Teams too.
 */
export function keepConnected(receiver: SocketModeReceiver, log: Log) {
  let stopping = false;
  let connecting = false;

  async function connect(): Promise<void> {
    if (connecting) return;
    connecting = true;
    for (let wait = firstWait; !stopping; wait = Math.min(2 * wait, longestWait)) {
      try {
        await receiver.start();
        break;
      } catch (error) {
        log.error({ code: "slack.notConnected", error: errorCode(error) });
        await pause(wait, undefined, { ref: false });
      }
    }
    connecting = false;
  }

  receiver.client.on("disconnected", () => void connect());
  return {
    /** Throws where Slack says no to the app token; where Slack does not answer, it is tried on and on. */
    async start(): Promise<void> {
      connecting = true;
      try {
        await receiver.start();
      } catch (error) {
        if (error instanceof WebAPIPlatformError) throw error;
        log.error({ code: "slack.notConnected", error: errorCode(error) });
        setTimeout(() => void connect(), firstWait).unref();
      } finally {
        connecting = false;
      }
    },
    async stop(): Promise<void> {
      stopping = true;
      await receiver.stop();
    },
  };
}
