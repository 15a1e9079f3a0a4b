import { WebClient } from "@slack/web-api";

/** The workspace that a bot token belongs to. Throws the SDK's error where Slack does not take the token. */
export async function workspaceOf(slack: {
  readonly botToken: string;
  readonly apiUrl: string | null;
}): Promise<string> {
  const client = new WebClient(slack.botToken, {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    ...(slack.apiUrl === null ? {} : { slackApiUrl: slack.apiUrl }),
  });
  const { team_id } = await client.auth.test();
  if (!team_id) throw new Error("no workspace");
  return team_id;
}
