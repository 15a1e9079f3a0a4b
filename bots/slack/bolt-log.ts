import { LogLevel } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { Log } from "../log.ts";

/**
 * What Slack's SDK may log: that it warned or failed. Its messages and objects quote request bodies and
 * errors (P2), so none is passed on; the adapter logs its own codes where one is known.
 */
export function boltLog(log: Log): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: () => log.warn({ code: "slack.sdkWarning" }),
    error: () => log.error({ code: "slack.sdkError" }),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
