import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ConfigFault, inspectConfig, readConfig, settingNames } from "../bots/config.ts";
import { parseOrganisation } from "../bots/organisation.ts";
import type { RouteFault } from "../bots/ports.ts";
import { watchRoutes } from "../bots/routes.ts";
import { newKeyRing } from "../cases/keys.ts";
import { RecordingChannel } from "./fakes/recording-channel.ts";
import { someOrganisation, sqlite, startBot } from "./world.ts";

type Environment = Record<string, string | undefined>;

let folder: string;
const keysFile = () => join(folder, "keys.json");
const organisationFile = () => join(folder, "organisation.yaml");

/** Stands wherever a secret could, and may be in no line. */
const secret = "geheim-8d1f77";

const example = readFileSync("content/organisation.example.yaml", "utf8");
const operations = readFileSync("docs/operations.md", "utf8");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vertrouwd-config-"));
  writeFileSync(keysFile(), newKeyRing());
  writeFileSync(organisationFile(), example);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Settings with which production starts, on both platforms. */
const good = (over: Environment = {}): Environment => ({
  KEYS_FILE: keysFile(),
  ORGANISATION_FILE: organisationFile(),
  MicrosoftAppId: "00000000-0000-4000-8000-0000000000aa",
  MicrosoftAppPassword: secret,
  MicrosoftAppTenantId: "11111111-2222-4333-8444-555555555555",
  SLACK_BOT_TOKEN: `xoxb-${secret}`,
  SLACK_SIGNING_SECRET: secret,
  ...over,
});

function lines(environment: Environment, mode: "production" | "demo" = "production"): readonly string[] {
  try {
    readConfig(environment, { mode });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return error.lines;
  }
}

describe("the environment", () => {
  test("is read whole, with its defaults", () => {
    const config = readConfig(good(), { mode: "production" });
    expect(config).toMatchObject({
      port: 3978,
      host: "127.0.0.1",
      publicUrl: null,
      databaseUrl: null,
      logLevel: "info",
      teams: { authentication: "required", appType: "SingleTenant", tokenIssuer: null, serviceHosts: [] },
      slack: { signingSecret: secret, appToken: null, apiUrl: null },
    });
    expect(config.organisation.defaultRoute).toBe("advisers");
  });

  const faults: readonly (readonly [string, Environment, readonly string[]])[] = [
    ["a port that is no number", { PORT: secret }, ["PORT: Invalid input: expected number, received NaN"]],
    ["a port that is none", { PORT: "65536" }, ["PORT: Too big: expected number to be <=65535"]],
    ["half a port", { PORT: "80.5" }, ["PORT: Invalid input: expected int, received number"]],
    ["a database of another make", { DATABASE_URL: `mysql://x:${secret}@db` }, ["DATABASE_URL: Invalid URL"]],
    ["a database that is no URL", { DATABASE_URL: secret }, ["DATABASE_URL: Invalid URL"]],
    ["no keys", { KEYS_FILE: undefined }, ["KEYS_FILE: missing; make one with npm run keys"]],
    ["a name of spaces", { KEYS_FILE: "  " }, ["KEYS_FILE: missing; make one with npm run keys"]],
    ["keys that are not there", { KEYS_FILE: `/nowhere/${secret}` }, ["KEYS_FILE: the file cannot be read"]],
    [
      "no organisation",
      { ORGANISATION_FILE: "" },
      ["ORGANISATION_FILE: missing; start from content/organisation.example.yaml"],
    ],
    [
      "an organisation that is not there",
      { ORGANISATION_FILE: `/nowhere/${secret}` },
      ["ORGANISATION_FILE: the file cannot be read"],
    ],
    [
      "a misspelt type of app",
      { MicrosoftAppType: "Singletenant" },
      ['MicrosoftAppType: Invalid option: expected one of "SingleTenant"|"MultiTenant"|"UserAssignedMsi"'],
    ],
    ["no app password", { MicrosoftAppPassword: undefined }, ["MicrosoftAppPassword: missing"]],
    [
      "a password for a managed identity",
      { MicrosoftAppType: "UserAssignedMsi" },
      ["MicrosoftAppPassword: a managed identity has none; remove it"],
    ],
    [
      "a single tenant without a tenant",
      { MicrosoftAppTenantId: undefined },
      ["MicrosoftAppTenantId: missing for SingleTenant"],
    ],
    [
      "keys of another cloud without its issuer",
      { TEAMS_OPENID_METADATA_URL: "https://cloud.example/keys" },
      ["TEAMS_OPENID_METADATA_URL and TEAMS_TOKEN_ISSUER: set both or neither"],
    ],
    [
      "an issuer without its keys",
      { TEAMS_TOKEN_ISSUER: secret },
      ["TEAMS_OPENID_METADATA_URL and TEAMS_TOKEN_ISSUER: set both or neither"],
    ],
    [
      "keys of another cloud at no address",
      { TEAMS_OPENID_METADATA_URL: secret, TEAMS_TOKEN_ISSUER: "x" },
      ["TEAMS_OPENID_METADATA_URL: Invalid URL"],
    ],
    ["a login at no address", { TEAMS_LOGIN_URL: secret }, ["TEAMS_LOGIN_URL: Invalid URL"]],
    [
      "no way for Slack to sign",
      { SLACK_SIGNING_SECRET: undefined },
      ["SLACK_SIGNING_SECRET: missing (or SLACK_APP_TOKEN for Socket Mode)"],
    ],
    ["a Slack at no address", { SLACK_API_URL: secret }, ["SLACK_API_URL: Invalid URL"]],
    [
      "debug, at which the SDKs log whole requests",
      { LOG_LEVEL: "debug" },
      ['LOG_LEVEL: Invalid option: expected one of "fatal"|"error"|"warn"|"info"|"silent"'],
    ],
    [
      "Slack settings without a token",
      { SLACK_BOT_TOKEN: undefined },
      [
        "SLACK_BOT_TOKEN: missing, though other Slack settings are there",
        "ORGANISATION_FILE: route external is on slack, which is not configured",
        "ORGANISATION_FILE: check.may.members.1 is on slack, which is not configured",
      ],
    ],
    [
      "a Socket Mode token alone",
      { SLACK_BOT_TOKEN: undefined, SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: secret },
      [
        "SLACK_BOT_TOKEN: missing, though other Slack settings are there",
        "ORGANISATION_FILE: route external is on slack, which is not configured",
        "ORGANISATION_FILE: check.may.members.1 is on slack, which is not configured",
      ],
    ],
    [
      "Teams settings without an app",
      { MicrosoftAppId: undefined },
      [
        "MicrosoftAppId: missing, though other Teams settings are there",
        "ORGANISATION_FILE: route advisers is on teams, which is not configured",
        "ORGANISATION_FILE: check.may.members.0 is on teams, which is not configured",
      ],
    ],
  ];
  test.each(faults)("%s is one clear line", (_what, over, expected) => {
    expect(lines(good(over))).toEqual(expected);
  });

  test.each(["TEAMS_TOKEN_ISSUER", "TEAMS_LOGIN_URL", "TEAMS_OPENID_METADATA_URL", "MicrosoftAppTenantId"])(
    "%s without an app id is a mistake, not something to pass over",
    (name) => {
      const teamless = { MicrosoftAppId: undefined, MicrosoftAppPassword: undefined };
      const none = { ...teamless, MicrosoftAppTenantId: undefined };
      expect(lines(good({ ...none, [name]: "https://example.org" }))).toContain(
        "MicrosoftAppId: missing, though other Teams settings are there",
      );
    },
  );

  test("no platform at all", () => {
    const keys = { KEYS_FILE: keysFile(), ORGANISATION_FILE: organisationFile() };
    expect(lines(keys)).toContain(
      "no platform: set MicrosoftAppId for Teams, SLACK_BOT_TOKEN for Slack, or both",
    );
  });

  const notAtHome =
    "PUBLIC_URL: begins with http; only on a loopback address it may, elsewhere it needs https";
  const noAddress = "PUBLIC_URL: is no address; write it as https://vertrouwd.example.org";
  const signedIn = "PUBLIC_URL: holds a user name or password; leave it out";
  const trailing = "PUBLIC_URL: holds a ? or a #; leave it out, and what comes after";
  test.each([
    ["no address", secret, [noAddress]],
    ["half an address", "https://", [noAddress]],
    ["an address without slashes", `https:${secret}.example`, [noAddress]],
    ["a path", `/${secret}`, [noAddress]],
    ["another protocol", `ftp://${secret}.example`, [noAddress]],
    ["a script", `javascript://${secret}.example/%0aalert(1)`, [noAddress]],
    ["a line in the open", `http://${secret}.example`, [notAtHome]],
    ["a line in the open, to what looks like this computer", "http://localhost.example", [notAtHome]],
    ["a line in the open, to every address", "http://0.0.0.0:3978", [notAtHome]],
    ["a name", `https://${secret}@bot.example`, [signedIn]],
    ["a password", `https://:${secret}@bot.example`, [signedIn]],
    ["a query", `https://bot.example/?${secret}`, [trailing]],
    ["an empty query", "https://bot.example/x?", [trailing]],
    ["a fragment", `https://bot.example/#${secret}`, [trailing]],
    ["all of these", `http://a:${secret}@bot.example/?${secret}#${secret}`, [notAtHome, signedIn, trailing]],
  ])("%s is not where browsers reach the service", (_what, PUBLIC_URL, expected) => {
    expect(lines(good({ PUBLIC_URL }))).toEqual(expected);
    expect(inspectConfig(good({ PUBLIC_URL }), { mode: "production" }).config.publicUrl).toBeNull();
  });

  test.each([
    ["https://vertrouwd.example.org", "https://vertrouwd.example.org"],
    ["https://Vertrouwd.Example.org:443/", "https://vertrouwd.example.org"],
    ["HTTPS://bot.example:8443/chat//", "https://bot.example:8443/chat"],
    ["https://bot.example/a/b", "https://bot.example/a/b"],
    ["http://127.0.0.1:3978", "http://127.0.0.1:3978"],
    ["http://localhost:3978/", "http://localhost:3978"],
    ["http://[::1]:3978", "http://[::1]:3978"],
    [undefined, null],
    ["  ", null],
  ])("browsers reach it at %s", (PUBLIC_URL, expected) => {
    expect(readConfig(good({ PUBLIC_URL }), { mode: "production" }).publicUrl).toBe(expected);
  });

  test("every mistake is told at once", () => {
    const all = lines({
      PORT: secret,
      LOG_LEVEL: secret,
      MicrosoftAppType: secret,
      MicrosoftAppId: secret,
      SLACK_SIGNING_SECRET: secret,
      KEYS_FILE: `/nowhere/${secret}`,
    });
    expect(all.map((line) => line.split(/[: ]/)[0])).toEqual([
      "PORT",
      "MicrosoftAppType",
      "LOG_LEVEL",
      "MicrosoftAppPassword",
      "MicrosoftAppTenantId",
      "SLACK_BOT_TOKEN",
      "KEYS_FILE",
      "ORGANISATION_FILE",
    ]);
  });

  test("no line quotes a value, whatever the setting", () => {
    for (const name of settingNames) {
      for (const over of [
        { [name]: secret },
        { [name]: `postgres://${secret}` },
        { [name]: `x ${secret}\n` },
      ]) {
        for (const mode of ["production", "demo"] as const) {
          expect(lines(good(over), mode).join("\n")).not.toContain(secret);
          expect(lines(over, mode).join("\n")).not.toContain(secret);
        }
      }
    }
  });

  test("sockets instead of HTTP, a managed identity and several tenants can be had", () => {
    expect(lines(good({ SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: secret }))).toEqual([]);
    expect(lines(good({ MicrosoftAppType: "UserAssignedMsi", MicrosoftAppPassword: undefined }))).toEqual([]);
    expect(lines(good({ MicrosoftAppType: "MultiTenant", MicrosoftAppTenantId: undefined }))).toEqual([]);
    const hosts = readConfig(good({ TEAMS_SERVICE_HOSTS: "One.example, two.example" }), {
      mode: "production",
    });
    expect(hosts.teams?.serviceHosts).toEqual(["one.example", "two.example"]);
  });
});

describe("authentication", () => {
  const without = (over: Environment = {}): Environment => ({
    KEYS_FILE: keysFile(),
    ORGANISATION_FILE: organisationFile(),
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: "1",
    ...over,
  });

  test("is off only in the demo, and there only without an app id", () => {
    expect(lines(without())).toContain(
      "ORGANISATION_FILE: route advisers is on teams, which is not configured",
    );
    expect(readConfig(without(), { mode: "demo" }).teams?.authentication).toBe("offForDemo");
    expect(readConfig(good(), { mode: "demo" }).teams?.authentication).toBe("required");
  });

  test.each(["127.0.0.1", "127.8.8.8", "localhost", "::1"])("is off on %s", (HOST) => {
    expect(lines(without({ HOST }), "demo")).toEqual([]);
  });

  test.each([
    "0.0.0.0",
    "::",
    "10.0.0.5",
    "127.example.org",
    "localhost.example",
    "127.0.0.1.example",
    "1270.0.0.1",
  ])("is not off on %s", (HOST) => {
    expect(lines(without({ HOST }), "demo")).toEqual([
      "HOST: the demo runs without authentication and so only on a loopback address, such as 127.0.0.1",
    ]);
    expect(lines(good({ HOST }), "demo")).toEqual([]);
  });

  test.each(["MicrosoftAppPassword", "MicrosoftAppTenantId", "TEAMS_OPENID_METADATA_URL"])(
    "is not off where %s shows that somebody meant it to be on",
    (name) => {
      expect(lines(without({ [name]: "https://example.org" }), "demo")).toContain(
        "MicrosoftAppId: missing, though other Teams settings are there",
      );
    },
  );
});

describe("the key file", () => {
  const key = Buffer.alloc(32, 7).toString("base64url");
  test.each([
    ["no JSON", `{"current": "${secret}`, ["the key ring is not JSON"]],
    [
      "a key that is no key",
      `{"current":"k1","keys":{"k1":"${secret}"}}`,
      ["keys: a key is 32 bytes as base64url"],
    ],
    ["a key as its own id", `{"current":"k1","keys":{"k1":"${key}","${key}":"${key}"}}`, undefined],
    [
      "no current key",
      `{"current":"k2","keys":{"k1":"${key}"}}`,
      ["current: the current key is not among the keys"],
    ],
    ["another file", JSON.stringify({ [secret]: secret }), undefined],
  ])("%s", (_what, text, expected) => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, text);
    const told = lines(good({ KEYS_FILE: file }));
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/^KEYS_FILE: /);
    if (expected) expect(told).toEqual(expected.map((line) => `KEYS_FILE: ${line}`));
    expect(told.join()).not.toContain(secret);
    expect(told.join()).not.toContain(key);
  });
});

describe("the organisation file", () => {
  type File = ReturnType<typeof base>;
  const base = () => ({
    name: "Voorbeeld",
    sector: "government",
    languages: ["nl"],
    tenants: { teams: ["t1"], slack: ["T1"] },
    routes: [
      { id: "one", platform: "teams", tenant: "t1", channel: "19:a", serviceUrl: "https://a.example/" },
      { id: "two", platform: "slack", tenant: "T1", channel: "C1" },
    ] as Record<string, unknown>[],
    defaultRoute: "one",
    conflictRoute: "two",
    advisers: [
      { name: "Anna", route: "one" },
      { name: "Bert", route: "two" },
    ],
  });
  const faultsOf = (text: string): readonly string[] => {
    const read = parseOrganisation(text);
    return "faults" in read ? read.faults : [];
  };
  const changed = (change: (file: File) => unknown): string => {
    const file = base();
    change(file);
    return stringify(file);
  };
  const route = (file: File, nr = 0) => file.routes[nr] ?? {};

  test("a small one is valid, and has its defaults", () => {
    expect(parseOrganisation(stringify(base()))).toMatchObject({
      ok: {
        routes: [{ card: "sealed", language: "nl" }, {}],
        retention: { draftHours: 72, closedDays: 365 },
        deadlines: { acknowledgeDays: 7, feedbackMonths: 3 },
      },
    });
  });

  const faults: readonly (readonly [string, (file: File) => unknown, readonly string[]])[] = [
    [
      "no name",
      (f) => Object.assign(f, { name: " " }),
      ["name: Too small: expected string to have >=1 characters"],
    ],
    [
      "an unknown sector",
      (f) => Object.assign(f, { sector: secret }),
      [expect.stringMatching(/^sector: Invalid option/)],
    ],
    [
      "no language",
      (f) => Object.assign(f, { languages: [] }),
      [expect.stringMatching(/^languages: Too small/)],
    ],
    [
      "an unknown language",
      (f) => Object.assign(f, { languages: ["fy"] }),
      [expect.stringMatching(/^languages.0: /)],
    ],
    [
      "a misspelt key",
      (f) => Object.assign(f, { retentions: 1 }),
      ['the file: Unrecognized key: "retentions"'],
    ],
    [
      "no routes",
      (f) => Object.assign(f, { routes: [] }),
      expect.arrayContaining([expect.stringMatching(/^routes: Too small/)]),
    ],
    [
      "a route's id that is none",
      (f) => Object.assign(route(f), { id: "Één" }),
      expect.arrayContaining(["routes.0.id: 1 to 40 of a-z, 0-9 and -"]),
    ],
    [
      "two routes of one id",
      (f) => Object.assign(route(f, 1), { id: "one" }),
      expect.arrayContaining(["routes.1.id: two routes have this id"]),
    ],
    [
      "two routes in one channel",
      (f) => f.routes.push({ ...route(f), id: "three" }) && f.advisers.push({ name: "Cor", route: "three" }),
      ["routes.2.channel: two routes are the same channel"],
    ],
    [
      "a route of a stranger's tenant",
      (f) => Object.assign(route(f), { tenant: secret }),
      ["routes.0.tenant: is not among tenants.teams"],
    ],
    [
      "a Teams route at no address",
      (f) => Object.assign(route(f), { serviceUrl: undefined }),
      ["routes.0.serviceUrl: a Teams route needs one"],
    ],
    [
      "a Teams route at a wrong address",
      (f) => Object.assign(route(f), { serviceUrl: secret }),
      ["routes.0.serviceUrl: Invalid URL"],
    ],
    [
      "a platform that is none",
      (f) => Object.assign(route(f), { platform: secret }),
      [expect.stringMatching(/^routes.0.platform: Invalid option/)],
    ],
    [
      "an unknown card",
      (f) => Object.assign(route(f), { card: secret }),
      [expect.stringMatching(/^routes.0.card: Invalid option/)],
    ],
    ["a route that nobody reads", (f) => f.advisers.pop(), ["routes.1: no adviser belongs to this route"]],
    [
      "a default route that is none",
      (f) => Object.assign(f, { defaultRoute: "three" }),
      ["defaultRoute: is not the id of a route"],
    ],
    [
      "a conflict route that is none",
      (f) => Object.assign(f, { conflictRoute: "three" }),
      ["conflictRoute: is not the id of a route"],
    ],
    [
      "one route for both",
      (f) => Object.assign(f, { conflictRoute: "one" }),
      expect.arrayContaining([
        "conflictRoute: must differ from defaultRoute: a report about an adviser may not reach that adviser",
      ]),
    ],
    [
      "an adviser of no route",
      (f) => f.advisers.push({ name: "Cor", route: "three" }),
      ["advisers.2.route: is not the id of a route"],
    ],
    [
      "an adviser on both sides",
      (f) => f.advisers.push({ name: "Anna", route: "two" }),
      ["advisers: the same name stands on the default and the conflict route"],
    ],
    [
      "drafts for ever",
      (f) => Object.assign(f, { retention: { draftHours: 721 } }),
      [expect.stringMatching(/^retention.draftHours: Too big/)],
    ],
    [
      "cases for no time",
      (f) => Object.assign(f, { retention: { closedDays: 0 } }),
      [expect.stringMatching(/^retention.closedDays: Too small/)],
    ],
    [
      "a longer house rule",
      (f) => Object.assign(f, { deadlines: { acknowledgeDays: 8, feedbackMonths: 4 } }),
      [
        expect.stringMatching(/^deadlines.acknowledgeDays/),
        expect.stringMatching(/^deadlines.feedbackMonths/),
      ],
    ],
  ];
  test.each(faults)("%s is told in one line", (_what, change, expected) => {
    const told = faultsOf(changed(change));
    expect(told).toEqual(expected);
    expect(told.join()).not.toContain(secret);
  });

  test.each([
    ["no YAML", `name: [${secret}`, /^the file is not YAML \(line \d+\)$/],
    ["a key twice", `name: a\nname: ${secret}`, /^the file is not YAML \(line \d+\)$/],
    ["nothing", "", /^the file: Invalid input/],
    ["a list", `- ${secret}`, /^the file: Invalid input/],
    ["an unknown tag", `name: !x ${secret}`, /^sector: /],
  ])("%s is no organisation", (_what, text, expected) => {
    const written: string[] = [];
    const warned = (warning: Error) => written.push(String(warning));
    process.on("warning", warned);
    const told = faultsOf(text);
    process.off("warning", warned);
    expect(told[0]).toMatch(expected);
    expect([...told, ...written].join()).not.toContain(secret);
  });

  test("an unknown tag's warning, with the text around it, is not printed", () => {
    const code = `import { parseOrganisation } from ${JSON.stringify(new URL("../bots/organisation.ts", import.meta.url).href)};
      parseOrganisation("name: !x ${secret}");`;
    const ran = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    expect(ran.status).toBe(0);
    expect(ran.stdout + ran.stderr).not.toContain(secret);
  });
});

describe("what an operator reads", () => {
  const root = new URL("..", import.meta.url);
  /** The names in the first column of the table under a heading. */
  const documented = (heading: string): string[] => {
    const section = operations.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    return rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
    );
  };

  test("docs/operations.md explains every code in the log", () => {
    const sources = globSync("bots/!(store)/*.ts", { cwd: root })
      .concat(globSync("bots/*.ts", { cwd: root }))
      .map((path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
    const codes = sources.flatMap((text) => [
      ...[...text.matchAll(/log\.\w+\(\{ code: "([\w.]+)"/g)].map(([, code]) => code ?? ""),
      ...[...text.matchAll(/"((?:teams|slack|outbox)\.[a-zA-Z]+)"/g)].map(([, code]) => code ?? ""),
    ]);
    expect(codes.length).toBeGreaterThan(30);
    expect([...new Set(codes)].filter((code) => !documented("Codes in the log").includes(code))).toEqual([]);
  });

  test("docs/operations.md has every setting, and no other", () => {
    expect(documented("Environment").sort()).toEqual([...settingNames].sort());
  });

  test("docs/operations.md has every key of the organisation file, and no other", () => {
    const file = parse(example) as Record<string, unknown>;
    const keys = Object.entries(file).flatMap(([key, value]) => {
      if (Array.isArray(value)) return [typeof value[0] === "object" ? `${key}[]` : key];
      return typeof value === "object" && value && Object.keys(value).length > 0
        ? Object.keys(value).map((inner) => `${key}.${inner}`)
        : [key];
    });
    expect(documented("Organisation file").sort()).toEqual(keys.sort());
  });

  test("the example is a valid organisation, uses every key, and explains each", () => {
    expect(parseOrganisation(example)).toHaveProperty("ok");
    const read = parseOrganisation(example);
    const [first] = "ok" in read ? read.ok.routes : [];
    expect(Object.keys(first ?? {}).sort()).toEqual(
      ["id", "platform", "tenant", "channel", "serviceUrl", "language", "card"].sort(),
    );
    const text = example.split("\n");
    const section = text.slice(
      0,
      text.findIndex((line) => line.includes("id: external")),
    );
    for (const [nr, line] of section.entries()) {
      if (/^\s*(- )?\w+:/.test(line))
        expect({ line, before: section[nr - 1] }).toMatchObject({
          before: expect.stringMatching(/^\s*#|^\w+:$/),
        });
    }
  });

  test("npm start writes the mistakes and nothing else, and does not start", () => {
    const main = new URL("../bots/main.ts", import.meta.url).pathname;
    const env = { PATH: process.env.PATH, PORT: secret, MicrosoftAppPassword: secret };
    const ran = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
    expect(ran.status).toBe(1);
    expect(ran.stdout).toBe("");
    expect(ran.stderr.trim().split("\n")).toEqual([
      "PORT: Invalid input: expected number, received NaN",
      "MicrosoftAppId: missing, though other Teams settings are there",
      "KEYS_FILE: missing; make one with npm run keys",
      "ORGANISATION_FILE: missing; start from content/organisation.example.yaml",
      "no platform: set MicrosoftAppId for Teams, SLACK_BOT_TOKEN for Slack, or both",
    ]);
  });
});

describe("routes at the start", () => {
  const organisation = someOrganisation();
  const watched = (faults: Partial<Record<string, RouteFault["code"]>>) => {
    const channels = (["teams", "slack"] as const).map((platform) => {
      const channel = new RecordingChannel(platform, organisation);
      for (const [route, code] of Object.entries(faults)) if (code) channel.faults.set(route, code);
      return [platform, channel] as const;
    });
    return channels;
  };
  const watch = async (faults: Parameters<typeof watched>[0]) => {
    const database = await sqlite();
    try {
      const { world, logged } = await startBot({ database });
      const routes = watchRoutes(organisation.routes, new Map(watched(faults)), world.log);
      const told = await routes.check().then(
        () => [],
        (error: unknown) => (error instanceof ConfigFault ? error.lines : Promise.reject(error)),
      );
      routes.stop();
      return { told, silent: routes.faulty(), logged };
    } finally {
      await database.close();
    }
  };

  test.each([
    ["notFound", "there is no such channel, or the bot may not see it"],
    ["notMember", "the bot is not in that channel; invite it"],
    ["notPrivate", "the channel is not private: others than advisers could read reports"],
    ["shared", "the channel is shared with another organisation"],
    ["archived", "the channel is archived"],
    ["wrongTenant", "the channel is in another tenant or workspace"],
    ["notInstalled", "the app is not installed in that team"],
  ] as const)("one that is %s is refused", async (code, meaning) => {
    expect((await watch({ external: code })).told).toEqual([`route external: ${meaning}`]);
  });

  test("all that are unfit are told at once", async () => {
    const { told } = await watch({ advisers: "notFound", external: "notPrivate" });
    expect(told).toHaveLength(2);
  });

  test("one whose platform does not answer is waited for, and said to be so", async () => {
    const { told, silent, logged } = await watch({ advisers: "unreachable" });
    expect(told).toEqual([]);
    expect(silent).toEqual(["advisers"]);
    expect(logged.join()).toContain("route.unreachable");
  });

  test("fit routes are silent", async () => {
    expect(await watch({})).toMatchObject({ told: [], silent: [] });
  });
});
