import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../bots/config.ts";
import { type Service, type ServiceOptions, startService } from "../../bots/main.ts";
import type { Platform } from "../../bots/ports.ts";
import { newKeyRing } from "../../cases/keys.ts";
import { type FakeSlack, startSlack, team } from "../fakes/slack.ts";
import {
  appId,
  credentialsWith,
  type FakeConnector,
  startConnector,
  startTokenIssuer,
  type TokenIssuer,
  tenant,
} from "../fakes/teams.ts";

/** Where the advisers of each route sit, on either platform. */
export const channels = {
  advisers: { teams: "19:advisers-7c1e@thread.tacv2", slack: "C0ADVISERS7" },
  external: { teams: "19:external-5b2d@thread.tacv2", slack: "C0EXTERNAL5" },
} as const;
export type RouteId = keyof typeof channels;

/** Who is in the channels of both routes. */
const advisers = {
  teams: ["29:vera-advises"],
  slack: ["U0VERAADVISER", "U0BEAADVISES", "U0JOOSTADVISES", "U0SANNEADVISES", "U0MILANADVISES"],
};

export interface StageOptions {
  /** Where the default route is. */
  readonly advisers: Platform;
  /** Where the conflict route is; none when left out. */
  readonly external?: Platform;
  readonly language?: "nl" | "en";
  readonly card?: "sealed" | "full";
  /** What the organisation file says otherwise. */
  readonly described?: object;
  /** A PostgreSQL database; SQLite when left out. */
  readonly databaseUrl?: string;
  /** Stands between the bot and a platform, whose address it is given; returns its own. */
  readonly before?: (platform: Platform, address: string) => Promise<string>;
}

/** Both platforms, and all that a service needs to be started on them as often as wanted. */
export interface Stage {
  readonly slack: FakeSlack;
  readonly teams: { readonly connector: FakeConnector; readonly issuer: TokenIssuer };
  /** Production's own environment, but for the port. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Where each route's channel is. */
  readonly routes: Readonly<Partial<Record<RouteId, { platform: Platform; channel: string }>>>;
  close(): Promise<void>;
}

/** Starts the two fakes, and writes keys and an organisation file for a service between them. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const [slack, connector, issuer] = await Promise.all([startSlack(), startConnector(), startTokenIssuer()]);
  for (const places of Object.values(channels)) {
    connector.addChannel(places.teams, { people: advisers.teams });
    slack.channel(places.slack, { people: advisers.slack });
  }
  const serviceUrl = (await options.before?.("teams", connector.serviceUrl)) ?? connector.serviceUrl;
  const apiUrl = (await options.before?.("slack", slack.apiUrl)) ?? slack.apiUrl;
  const folder = mkdtempSync(join(tmpdir(), "vertrouwd-service-"));
  const dataDir = join(folder, "data");
  writeFileSync(join(folder, "keys.json"), newKeyRing(), { mode: 0o600 });
  writeFileSync(join(folder, "organisation.yaml"), organisation(options, serviceUrl));
  const platforms = { advisers: options.advisers, external: options.external };
  const routes = Object.fromEntries(
    Object.entries(platforms).flatMap(([id, platform]) =>
      platform === undefined ? [] : [[id, { platform, channel: channels[id as RouteId][platform] }]],
    ),
  );
  return {
    slack,
    // The bot is to use the address that came with a request, so people's clients name the one in between.
    teams: { connector: { ...connector, serviceUrl }, issuer },
    environment: {
      DATA_DIR: dataDir,
      KEYS_FILE: join(folder, "keys.json"),
      ORGANISATION_FILE: join(folder, "organisation.yaml"),
      PUBLIC_URL: "https://vertrouwd.example/chat/",
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
      MicrosoftAppId: appId,
      MicrosoftAppPassword: "unused",
      MicrosoftAppTenantId: tenant,
      TEAMS_OPENID_METADATA_URL: issuer.openIdMetadataUrl,
      TEAMS_TOKEN_ISSUER: issuer.issuer,
      TEAMS_SERVICE_HOSTS: "127.0.0.1",
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: apiUrl,
    },
    dataDir,
    databaseUrl: options.databaseUrl ?? null,
    routes,
    async close() {
      await Promise.all([slack.stop(), connector.close(), issuer.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A service in this process. */
export interface Bot extends Service {
  /** Every line it logged, at every level, with whole error objects: more than production ever writes. */
  readonly logged: readonly string[];
  /** Once, however often it is called. */
  stop(): Promise<void>;
}

/** Starts the service as production does, on a free port, and tells Slack where it is. */
export async function startBot(stage: Stage, options: ServiceOptions = {}): Promise<Bot> {
  const logged: string[] = [];
  const log = pino({ level: "trace", base: null }, { write: (line: string) => void logged.push(line) });
  const config = readConfig({ ...stage.environment, PORT: "0" }, { mode: "production" });
  const credentials = credentialsWith(stage.teams.connector.token);
  const service = await startService(config, { log, credentials, ...options });
  stage.slack.connect(`${service.url}/slack/events`);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= service.stop();
    return stopped;
  };
  return { ...service, logged, stop };
}

function organisation(
  { advisers, external, language, card, described }: StageOptions,
  serviceUrl: string,
): string {
  const route = (id: RouteId, platform: Platform) => ({
    id,
    platform,
    tenant: platform === "teams" ? tenant : team,
    channel: channels[id][platform],
    ...(platform === "teams" ? { serviceUrl } : {}),
    language: language ?? "nl",
    card: card ?? "sealed",
  });
  // JSON is YAML.
  return JSON.stringify({
    name: "Gemeente Voorbeeld",
    sector: "government",
    languages: ["nl", "en"],
    tenants: { teams: [tenant], slack: [team] },
    routes: [route("advisers", advisers), ...(external === undefined ? [] : [route("external", external)])],
    defaultRoute: "advisers",
    ...(external === undefined ? {} : { conflictRoute: "external" }),
    advisers: [
      { name: "Fatima El Idrissi", route: "advisers" },
      ...(external === undefined ? [] : [{ name: "Sanne Visser", route: "external" }]),
    ],
    ...described,
  });
}
