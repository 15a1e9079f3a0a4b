import type { Content } from "../../content/words.ts";
import { createAdapters } from "../adapters.ts";
import type { ReadableConfig } from "../config.ts";
import { createLog } from "../log.ts";
import type { ServiceOptions } from "../main.ts";
import type { Organisation } from "../organisation.ts";
import { type Channel, DeliveryError, type Platform } from "../ports.ts";
import { meaning } from "../routes.ts";
import type { Turns } from "../turns.ts";
import { examineGroups } from "./access.ts";
import { type Finding, findingsOf } from "./finding.ts";

const { ok, fault } = findingsOf("platforms");
const route = findingsOf("routes");

export interface Asking {
  /** Of a platform with a fault in its settings there is nothing here. */
  readonly config: Pick<ReadableConfig, "teams" | "slack">;
  readonly organisation: Organisation | null;
  readonly content: Content | null;
  readonly credentials: ServiceOptions["credentials"];
}

/** Asks each platform whether it takes the bot's tokens, and those that do about their routes and groups. */
export async function examinePlatforms(asking: Asking): Promise<{
  readonly platforms: readonly Finding[];
  readonly groups: readonly Finding[];
}> {
  const [slack, teams] = await Promise.all([slackTokens(asking), teamsToken(asking)]);
  const accepted = (found: readonly Finding[]) =>
    found.length > 0 && found.every(({ kind }) => kind === "ok");
  const channels = await channelsOf(asking, { slack: accepted(slack), teams: accepted(teams) });
  const { organisation } = asking;
  if (!organisation) return { platforms: [...slack, ...teams], groups: [] };
  const [routes, groups] = await Promise.all([
    examineRoutes(organisation, channels),
    examineGroups(organisation, channels),
  ]);
  return { platforms: [...slack, ...teams, ...routes], groups };
}

async function slackTokens({ config, organisation }: Asking): Promise<readonly Finding[]> {
  const { slack } = config;
  if (!slack) return [];
  const { offersSocket, workspaceOf } = await import("../slack/workspace.ts");
  const bot = tried("SLACK_BOT_TOKEN", async () => {
    const workspace = await workspaceOf(slack);
    return organisation?.tenants.slack.includes(workspace) === false
      ? fault("SLACK_BOT_TOKEN is for another workspace than tenants.slack names; change one of them")
      : ok("Slack takes the bot's token");
  });
  const { appToken, apiUrl } = slack;
  if (appToken === null) return [await bot];
  const app = tried("SLACK_APP_TOKEN", async () => {
    await offersSocket(appToken, apiUrl);
    return ok("Slack offers Socket Mode");
  });
  return Promise.all([bot, app]);
}

/** A token that Slack says no to is told apart from a Slack that does not answer. */
async function tried(name: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (error) {
    const problem = error instanceof DeliveryError ? error.problem : null;
    return problem?.kind === "refused"
      ? fault(
          `Slack does not take ${name} (${problem.code}); copy it anew from the app's page, or install the app again`,
        )
      : fault(`Slack did not answer about ${name}; look at the way out to the internet, and try again`);
  }
}

async function teamsToken({ config, organisation, credentials }: Asking): Promise<readonly Finding[]> {
  if (!config.teams) return [];
  const { ownTokenFault } = await import("../teams/authentication.ts");
  const settings = { ...config.teams, tenants: organisation?.tenants.teams ?? [] };
  const code = await ownTokenFault(settings, credentials);
  return [
    code === null
      ? ok("Microsoft gives the bot its token")
      : fault(
          `Microsoft gives the bot no token (${code}); look at MicrosoftAppId, its password and tenant, and the way out to the internet`,
        ),
  ];
}

/** The platforms that can be asked about channels. */
async function channelsOf(
  asking: Asking,
  accepted: Readonly<Record<Platform, boolean>>,
): Promise<ReadonlyMap<Platform, Channel>> {
  const { config, organisation, content, credentials } = asking;
  if (!organisation || !content) return new Map();
  const taken = {
    organisation,
    teams: accepted.teams ? config.teams : null,
    slack: accepted.slack ? config.slack : null,
  };
  const adapters = await createAdapters(taken, {
    turns: nobodysTurn,
    log: createLog("silent"),
    content,
    credentials,
  });
  return new Map(adapters.map(({ channel }) => [channel.platform, channel]));
}

async function examineRoutes(
  organisation: Organisation,
  channels: ReadonlyMap<Platform, Channel>,
): Promise<readonly Finding[]> {
  const asked = organisation.routes.flatMap((one) => {
    const channel = channels.get(one.platform);
    return channel ? [{ one, answer: channel.checkRoute(one) }] : [];
  });
  return Promise.all(
    asked.map(async ({ one, answer }) => {
      const wrong = await answer;
      return wrong
        ? route.fault(`route ${one.id}: ${meaning[wrong.code]}`)
        : route.ok(`route ${one.id}: reached; that only advisers are in it is yours to see to`);
    }),
  );
}

/** The adapters are neither mounted nor started, so no turn can come. */
async function never(): Promise<never> {
  throw new Error("the doctor takes no turns");
}
const nobodysTurn: Turns = {
  person: never,
  doorPosted: never,
  desk: never,
  route: never,
  inGroup: never,
  sessionForm() {
    throw new Error("the doctor takes no turns");
  },
  session: never,
  sessionNotPosted: never,
};
