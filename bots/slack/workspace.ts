import { WebClient } from "@slack/web-api";
import { createLog } from "../log.ts";
import { boltLog } from "./bolt-log.ts";
import { called } from "./channel.ts";

/** The workspace that a bot token belongs to. Throws `DeliveryError`: `refused` where Slack does not take the token. */
export async function workspaceOf(slack: {
  readonly botToken: string;
  readonly apiUrl: string | null;
}): Promise<string> {
  const { team_id } = await called(clientOf(slack.botToken, slack.apiUrl).auth.test());
  if (!team_id) throw new Error("no workspace");
  return team_id;
}

/** Whether Slack would open Socket Mode for this app token; opens nothing. Throws `DeliveryError` where not. */
export async function offersSocket(appToken: string, apiUrl: string | null): Promise<void> {
  await called(clientOf(appToken, apiUrl).apps.connections.open());
}

function clientOf(token: string, apiUrl: string | null): WebClient {
  return new WebClient(token, {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    // Left to itself the SDK writes to the console.
    logger: boltLog(createLog("silent")),
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  });
}
