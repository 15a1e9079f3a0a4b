import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { type KeyRing, KeyRingFault, parseKeyRing } from "../cases/keys.ts";
import { type Organisation, parseOrganisation } from "./organisation.ts";
import type { TeamsSettings } from "./teams/settings.ts";

const text = z.string().trim().min(1).optional();

/** The whole environment the service reads; docs/operations.md has the same table for people. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  HOST: z.string().trim().min(1).default("127.0.0.1"),
  PUBLIC_URL: text,
  DATA_DIR: z.string().trim().min(1).default("./var/data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KEYS_FILE: text,
  ORGANISATION_FILE: text,
  MicrosoftAppId: text,
  MicrosoftAppPassword: text,
  // A typo here would silently become MultiTenant in the SDK.
  MicrosoftAppType: z.enum(["SingleTenant", "MultiTenant", "UserAssignedMsi"]).default("SingleTenant"),
  MicrosoftAppTenantId: text,
  TEAMS_OPENID_METADATA_URL: z.url().optional(),
  TEAMS_TOKEN_ISSUER: text,
  TEAMS_LOGIN_URL: z.url().optional(),
  TEAMS_SERVICE_HOSTS: text,
  SLACK_BOT_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: text,
  SLACK_API_URL: z.url().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "silent"]).default("info"),
});

/** The names of all settings; a test holds docs/operations.md to them. */
export const settingNames: readonly string[] = Object.keys(Environment.shape);

/** What the environment says of Teams; the tenants are the organisation's. */
type TeamsConfig = Omit<TeamsSettings, "tenants" | "connectorTimeoutMs">;

interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string | null;
  /** Socket Mode when set. */
  readonly appToken: string | null;
  readonly apiUrl: string | null;
}

/** Everything the service was told, checked: what is in here can be used as it is. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people's browsers reach the service, without a slash at the end; null: nowhere. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly logLevel: string;
  readonly ring: KeyRing;
  readonly organisation: Organisation;
  readonly teams: TeamsConfig | null;
  readonly slack: SlackConfig | null;
}

/** The configuration cannot be used; `lines` says what to do, one mistake a line, and quotes no value. */
export class ConfigFault extends Error {
  readonly code = "config";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ConfigFault";
    this.lines = lines;
  }
}

interface ReadOptions {
  /** `demo` alone may run without Teams authentication, and then only on a loopback address (P15). */
  readonly mode: "production" | "demo";
}

/** As much of a configuration as could be read. What a fault is about is there as if it was not set. */
export interface ReadableConfig extends Omit<Config, "ring" | "organisation"> {
  readonly ring: KeyRing | null;
  readonly organisation: Organisation | null;
}

type Settings = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment and the files it names. Throws `ConfigFault` with every mistake at once. */
export function readConfig(environment: Settings, options: ReadOptions): Config {
  const { config, faults } = inspectConfig(environment, options);
  const { ring, organisation } = config;
  if (faults.length > 0 || !ring || !organisation) throw new ConfigFault(faults);
  return { ...config, ring, organisation };
}

/** The same, for who wants to go on with what is right: `faults` has one line for each mistake. */
export function inspectConfig(
  environment: Settings,
  options: ReadOptions,
): { readonly config: ReadableConfig; readonly faults: readonly string[] } {
  const { env, faults } = readEnvironment(environment);
  const lines: string[] = [];
  const publicUrl = readPublicUrl(env.PUBLIC_URL, lines);
  const teams = readTeams(env, options, lines);
  const slack = readSlack(env, lines);
  const ring = readKeys(env.KEYS_FILE, lines);
  const organisation = readOrganisation(env.ORGANISATION_FILE, lines);
  if (!teams && !slack)
    lines.push("no platform: set MicrosoftAppId for Teams, SLACK_BOT_TOKEN for Slack, or both");
  if (organisation)
    lines.push(...platformFaults(organisation, { teams: teams !== null, slack: slack !== null }, options));
  if (teams?.authentication === "offForDemo" && !isLoopback(env.HOST)) {
    lines.push(
      "HOST: the demo runs without authentication and so only on a loopback address, such as 127.0.0.1",
    );
  }
  // What else is said of a malformed setting is a consequence of leaving it out.
  const others = lines.filter((line) => ![...faults.keys()].some((name) => line.includes(name)));
  const all = [...faults.values(), ...others];
  return {
    config: {
      port: env.PORT,
      host: env.HOST,
      publicUrl,
      dataDir: resolve(env.DATA_DIR),
      databaseUrl: env.DATABASE_URL ?? null,
      logLevel: env.LOG_LEVEL,
      ring,
      organisation,
      teams,
      slack,
    },
    faults: all,
  };
}

type Env = z.infer<typeof Environment>;

/** The settings, without those that are malformed: of each of those, by its name, what is wrong with it. */
function readEnvironment(environment: Settings): {
  readonly env: Env;
  readonly faults: ReadonlyMap<string, string>;
} {
  const filled = Object.entries(environment).filter(([, value]) => value?.trim() !== "");
  const parsed = Environment.safeParse(Object.fromEntries(filled));
  if (parsed.success) return { env: parsed.data, faults: new Map() };
  const faults = new Map(
    parsed.error.issues.map(({ path, message }) => [path.join("."), `${path.join(".")}: ${message}`]),
  );
  return { env: Environment.parse(Object.fromEntries(filled.filter(([name]) => !faults.has(name)))), faults };
}

/** Links to documents begin with it; whoever reads what goes over the line could use one first. */
function readPublicUrl(given: string | undefined, lines: string[]): string | null {
  if (given === undefined) return null;
  if (!URL.canParse(given) || !/^https?:\/\//i.test(given)) {
    lines.push("PUBLIC_URL: is no address; write it as https://vertrouwd.example.org");
    return null;
  }
  const url = new URL(given);
  const wrong: string[] = [];
  if (url.protocol === "http:" && !isLoopback(url.hostname.replace(/^\[|\]$/g, "")))
    wrong.push("PUBLIC_URL: begins with http; only on a loopback address it may, elsewhere it needs https");
  if (url.username !== "" || url.password !== "")
    wrong.push("PUBLIC_URL: holds a user name or password; leave it out");
  if (/[?#]/.test(given)) wrong.push("PUBLIC_URL: holds a ? or a #; leave it out, and what comes after");
  lines.push(...wrong);
  return wrong.length > 0 ? null : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function readTeams(env: Env, options: ReadOptions, lines: string[]): TeamsConfig | null {
  const rest = {
    appId: env.MicrosoftAppId ?? "",
    appPassword: env.MicrosoftAppPassword ?? "",
    appType: env.MicrosoftAppType,
    appTenantId: env.MicrosoftAppTenantId ?? "",
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL ?? null,
    tokenIssuer: env.TEAMS_TOKEN_ISSUER ?? null,
    loginUrl: env.TEAMS_LOGIN_URL ?? null,
    serviceHosts: env.TEAMS_SERVICE_HOSTS?.split(",").map((host) => host.trim().toLowerCase()) ?? [],
  };
  if (!env.MicrosoftAppId) {
    const others = [
      env.MicrosoftAppPassword,
      env.MicrosoftAppTenantId,
      env.TEAMS_OPENID_METADATA_URL,
      env.TEAMS_TOKEN_ISSUER,
      env.TEAMS_LOGIN_URL,
    ];
    // An empty app id switches off all authentication in the SDK: never in production.
    if (others.some((value) => value !== undefined))
      lines.push("MicrosoftAppId: missing, though other Teams settings are there");
    return options.mode === "demo" ? { authentication: "offForDemo", ...rest } : null;
  }
  const managed = env.MicrosoftAppType === "UserAssignedMsi";
  if (!managed && !env.MicrosoftAppPassword) lines.push("MicrosoftAppPassword: missing");
  if (managed && env.MicrosoftAppPassword)
    lines.push("MicrosoftAppPassword: a managed identity has none; remove it");
  if (env.MicrosoftAppType !== "MultiTenant" && !env.MicrosoftAppTenantId) {
    lines.push(`MicrosoftAppTenantId: missing for ${env.MicrosoftAppType}`);
  }
  if ((env.TEAMS_OPENID_METADATA_URL === undefined) !== (env.TEAMS_TOKEN_ISSUER === undefined)) {
    lines.push("TEAMS_OPENID_METADATA_URL and TEAMS_TOKEN_ISSUER: set both or neither");
  }
  return { authentication: "required", ...rest };
}

function readSlack(env: Env, lines: string[]): SlackConfig | null {
  if (!env.SLACK_BOT_TOKEN) {
    const others = [env.SLACK_SIGNING_SECRET, env.SLACK_APP_TOKEN, env.SLACK_API_URL];
    if (others.some((value) => value !== undefined))
      lines.push("SLACK_BOT_TOKEN: missing, though other Slack settings are there");
    return null;
  }
  if (!env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN) {
    lines.push("SLACK_SIGNING_SECRET: missing (or SLACK_APP_TOKEN for Socket Mode)");
  }
  return {
    botToken: env.SLACK_BOT_TOKEN,
    signingSecret: env.SLACK_SIGNING_SECRET ?? null,
    appToken: env.SLACK_APP_TOKEN ?? null,
    apiUrl: env.SLACK_API_URL ?? null,
  };
}

function readKeys(file: string | undefined, lines: string[]): KeyRing | null {
  const json = readNamed("KEYS_FILE", file, "make one with npm run keys", lines);
  if (json === null) return null;
  try {
    return parseKeyRing(json);
  } catch (error) {
    if (!(error instanceof KeyRingFault)) throw error;
    lines.push(...error.lines.map((line) => `KEYS_FILE: ${line}`));
    return null;
  }
}

function readOrganisation(file: string | undefined, lines: string[]): Organisation | null {
  const example = join("content", "organisation.example.yaml");
  const yaml = readNamed("ORGANISATION_FILE", file, `start from ${example}`, lines);
  if (file === undefined || yaml === null) return null;
  const organisation = parseOrganisation(yaml, { readPicture: (name) => readBeside(file, name) });
  if ("ok" in organisation) return organisation.ok;
  lines.push(...organisation.faults.map((fault) => `ORGANISATION_FILE: ${fault}`));
  return null;
}

function readBeside(file: string, name: string): Buffer | null {
  try {
    return readFileSync(join(dirname(file), name));
  } catch {
    return null;
  }
}

function readNamed(name: string, file: string | undefined, advice: string, lines: string[]): string | null {
  if (file === undefined) {
    lines.push(`${name}: missing; ${advice}`);
    return null;
  }
  try {
    return readFileSync(file, "utf8");
  } catch {
    lines.push(`${name}: the file cannot be read`);
    return null;
  }
}

function platformFaults(
  { routes, tenants, check }: Organisation,
  has: { teams: boolean; slack: boolean },
  { mode }: ReadOptions,
): string[] {
  const elsewhere = routes
    .filter((route) => !has[route.platform])
    .map((route) => `ORGANISATION_FILE: route ${route.id} is on ${route.platform}, which is not configured`);
  const groups = (["may", "compare"] as const).flatMap((right) => {
    const who = check[right];
    return (typeof who === "string" ? [] : who.members).flatMap(({ platform }, nr) =>
      has[platform]
        ? []
        : [`ORGANISATION_FILE: check.${right}.members.${nr} is on ${platform}, which is not configured`],
    );
  });
  // The demo asks Slack which workspace its token belongs to.
  const nobody = (["teams", "slack"] as const)
    .filter((platform) => mode === "production" && has[platform] && tenants[platform].length === 0)
    .map((platform) => `ORGANISATION_FILE: tenants.${platform} is empty, so nobody there may use the bot`);
  return [...elsewhere, ...groups, ...nobody];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
