import { drawInterim } from "../cards/interim.ts";
import type { Content } from "../content/words.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { ServiceOptions } from "./main.ts";
import { firstLanguage, type Organisation } from "./organisation.ts";
import type { Adapter, Turns } from "./turns.ts";

interface Parts {
  readonly turns: Turns;
  readonly log: Log;
  readonly content: Content;
  readonly credentials: ServiceOptions["credentials"];
}

/**
 * The adapters of the platforms that are configured. Each SDK takes tens of megabytes, so only those are
 * loaded.
 */
export async function createAdapters(
  config: Pick<Config, "teams" | "slack" | "organisation">,
  parts: Parts,
): Promise<readonly Adapter[]> {
  const adapters: Adapter[] = [];
  if (config.teams) adapters.push(await teams(config.teams, config.organisation, parts));
  if (config.slack) adapters.push(await slack(config.slack, config.organisation, parts));
  return adapters;
}

async function teams(
  config: NonNullable<Config["teams"]>,
  { tenants }: Organisation,
  { turns, log, credentials }: Parts,
): Promise<Adapter> {
  const { createTeams } = await import("./teams/adapter.ts");
  const settings = { ...config, tenants: tenants.teams };
  return createTeams(settings, credentials ? { turns, log, credentials } : { turns, log });
}

async function slack(
  { botToken, signingSecret, appToken, apiUrl }: NonNullable<Config["slack"]>,
  organisation: Organisation,
  { turns, log, content }: Parts,
): Promise<Adapter> {
  const { createSlack } = await import("./slack/adapter.ts");
  const settings = {
    botToken,
    ...(signingSecret === null ? {} : { signingSecret }),
    ...(appToken === null ? {} : { appToken }),
    ...(apiUrl === null ? {} : { apiUrl }),
    teams: organisation.tenants.slack,
  };
  return createSlack(settings, { turns, log, words: slackWords(content, organisation) });
}

/** What Slack's modals say before the conversation's language is known: the organisation's first. */
function slackWords(content: Content, organisation: Organisation) {
  const language = firstLanguage(organisation);
  const words = content.words(language);
  return {
    title: words.say("common.app"),
    close: words.say("common.buttons.done"),
    loading: drawInterim("loading", content, language),
    trouble: drawInterim("trouble", content, language),
  };
}
