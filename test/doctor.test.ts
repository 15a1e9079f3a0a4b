import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { type Examination, examine } from "../bots/doctor/examine.ts";
import { type Finding, written } from "../bots/doctor/finding.ts";
import { examineStore } from "../bots/doctor/store.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import { team as slackTeam } from "./fakes/slack.ts";
import { credentialsWith, tenant } from "./fakes/teams.ts";
import { Reporter } from "./fakes/view-person.ts";
import { channels, type Stage, setStage } from "./journeys/service.ts";
import { type Bot, content, type Database, FixedClock, onBothDatabases, startBot } from "./world.ts";

const day = 86_400_000;
const hour = 3_600_000;

/** Everything any test read, and what may be in none of it. */
const read: string[] = [];
const secret = "geheim-5b1c02";
afterAll(() => {
  const all = read.join("\n");
  expect(all.length).toBeGreaterThan(1000);
  for (const leak of [
    secret,
    "xoxb",
    "Fatima",
    "19:advisers",
    "19:managers",
    "C0EXTERNAL",
    "C0MANAGERS",
    "U0SECRET",
    "T0",
    "postgresql:",
    tmpdir(),
  ])
    expect(all).not.toContain(leak);
});

/** The lines of these kinds, as they would be printed. */
function lines(findings: readonly Finding[], ...kinds: readonly Finding["kind"][]): readonly string[] {
  read.push(written(findings));
  return findings.filter(({ kind }) => kinds.includes(kind)).map(({ about, text }) => `${about}: ${text}`);
}
const problems = (findings: readonly Finding[]) => lines(findings, "warn", "fault");

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "vertrouwd-doctor-"));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true });
});

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  const look = (ring = bot.world.ring) => examineStore(database.where, ring, bot.clock.now());

  beforeEach(async () => {
    database = await fresh();
  });
  afterEach(() => database.close());

  async function run(sql: string): Promise<void> {
    const { databaseUrl, dataDir } = database.where;
    if (databaseUrl === null) {
      const handle = new DatabaseSync(join(dataDir, "vertrouwd.db"));
      handle.exec(sql);
      handle.close();
      return;
    }
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test("a database in use is well, tells what waits, and is not changed by looking", async () => {
    bot = await startBot({ database });
    expect(lines(await look(), "ok", "warn", "fault")).toEqual([
      "store: the database can be read, and is up to date",
      "store: nothing waits to be delivered",
      "store: the audit log is whole, 0 lines",
    ]);
    await new Reporter(bot, "29:anna").report();
    const before = await database.tables();
    expect(lines(await look(), "ok", "warn", "fault")).toEqual([
      "store: the database can be read, and is up to date",
      "store: every case opens with this key ring",
      "store: 1 message of 1 case waits to be delivered",
      "store: the audit log is whole, 0 lines",
    ]);
    expect(await database.tables()).toEqual(before);
    await bot.deliver();
    expect(lines(await look(), "ok")).toContain("store: nothing waits to be delivered");
  });

  test("a key ring that cases were not made with is a fault, though its versions have the same names", async () => {
    bot = await startBot({ database });
    await new Reporter(bot, "29:anna").report();
    await new Reporter(bot, "29:bert").report();
    expect(problems(await look(parseKeyRing(newKeyRing())))).toEqual([
      "store: 2 of 2 cases cannot be opened with this key ring; name the ring they were made with in KEYS_FILE, or put its older version back",
    ]);
  });

  test("an audit log that was changed is a fault", async () => {
    bot = await startBot({ database });
    await bot.world.store.transaction(async (tx) => {
      for (const code of ["one", "two", "three"]) tx.audit({ at: 1, code, case: null, route: null });
    });
    expect(lines(await look(), "ok")).toContain("store: the audit log is whole, 3 lines");
    await run("delete from audit where nr = 2");
    expect(problems(await look())).toEqual([
      "store: the audit log was changed at line 2; find out who can write this database, and keep a copy of it",
    ]);
  });

  test("messages that should have gone, and messages that were given up, are warnings", async () => {
    bot = await startBot({ database });
    await new Reporter(bot, "29:anna").report();
    bot.clock.advance(hour);
    expect(problems(await look())).toEqual([
      "store: 1 message should have gone out an hour ago; see that the service runs, and its log",
    ]);
    const { store } = bot.world;
    const leased = await store.lease("worker", bot.clock.now(), 1000);
    await store.giveUp(leased?.id ?? "", "worker", "http403");
    expect(problems(await look())).toEqual([
      'store: 1 message was given up; see "When a delivery fails" in docs/operations.md',
    ]);
  });

  test("a database of an earlier release is not migrated, and one of a later release is a fault", async () => {
    bot = await startBot({ database });
    await run("delete from migrations");
    const before = await database.tables();
    expect(lines(await look(), "ok", "warn", "fault")).toEqual([
      "store: the database can be read; the next start brings it up to this release. Make a backup first",
    ]);
    expect(await database.tables()).toEqual(before);
    await run("insert into migrations (name) values ('9999-later')");
    expect(problems(await look())).toEqual(["store: the database was made by a later release; run that one"]);
  });

  test("an empty database is left empty", async () => {
    const now = new FixedClock().now();
    if (database.where.databaseUrl === null) {
      expect(problems(await examineStore(database.where, null, now))).toEqual([
        "store: there is no database yet; the first start makes one. If there should be one, mend DATA_DIR",
      ]);
      expect(existsSync(join(database.where.dataDir, "vertrouwd.db"))).toBe(false);
      await run("");
    }
    expect(problems(await examineStore(database.where, null, now))).toEqual([
      expect.stringMatching(
        /^store: the database is empty; the first start makes its tables\. If it should not be, mend (DATA_DIR|DATABASE_URL)$/,
      ),
    ]);
    expect(await database.tables()).toEqual({});
  });
});

describe("a database that cannot be read", () => {
  const now = new FixedClock().now();

  test("is one line: a server that is not there, and a file that is no database", async () => {
    const nowhere = { databaseUrl: `postgresql://${secret}:${secret}@127.0.0.1:1/x`, dataDir: "unused" };
    expect(problems(await examineStore(nowhere, null, now))).toEqual([
      "store: the database cannot be read (ECONNREFUSED); see that it is there and whole, and DATABASE_URL right",
    ]);
    const dataDir = folder();
    writeFileSync(join(dataDir, "vertrouwd.db"), secret.repeat(1000));
    expect(problems(await examineStore({ databaseUrl: null, dataDir }, null, now))).toEqual([
      "store: the database cannot be read (ERR_SQLITE_ERROR); see that it is there and whole, and DATA_DIR right",
    ]);
  });

  test("has no place where a file stands in the way", async () => {
    const dataDir = join(folder(), "file", "data");
    writeFileSync(join(dataDir, ".."), "");
    expect(problems(await examineStore({ databaseUrl: null, dataDir }, null, now))).toEqual([
      "store: DATA_DIR cannot be written by this user; run this as the service's own user, or mend it",
    ]);
  });
});

/** Right after the newest fact of the content was looked up, so that none is old. */
const newest = Math.max(...[...content.services, ...content.duties].map((one) => Date.parse(one.checkedOn)));

describe("with both platforms", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ advisers: "teams", external: "slack" });
    mkdirSync(stage.dataDir);
  });
  afterAll(() => stage.close());

  type Over = { readonly environment?: Record<string, string | undefined> } & Partial<Examination>;
  const doctor = ({ environment, ...over }: Over = {}) =>
    examine(
      { ...stage.environment, ...environment },
      { now: newest, platforms: "asked", credentials: credentialsWith(stage.teams.connector.token), ...over },
    );
  const about = (findings: readonly Finding[], ...which: readonly Finding["about"][]) =>
    findings.filter((finding) => which.includes(finding.about));

  test("everything in order is no fault, and each part is named", async () => {
    const findings = await doctor();
    expect(lines(findings, "fault")).toEqual([]);
    expect(lines(about(findings, "configuration", "keys", "platforms", "routes"), "ok", "warn")).toEqual([
      "configuration: every setting and the organisation file can be used",
      "keys: the key ring holds 1 version of the key",
      "platforms: Slack takes the bot's token",
      "platforms: Microsoft gives the bot its token",
      "routes: route advisers: reached; that only advisers are in it is yours to see to",
      "routes: route external: reached; that only advisers are in it is yours to see to",
    ]);
    expect(existsSync(join(stage.dataDir, "vertrouwd.db"))).toBe(false);
  });

  test("without an address for browsers it starts, and somebody has to look", async () => {
    const unset = await doctor({ environment: { PUBLIC_URL: " " }, platforms: "skipped" });
    expect(lines(about(unset, "configuration"), "ok", "warn", "fault")).toEqual([
      "configuration: every setting and the organisation file can be used",
      "configuration: PUBLIC_URL is not set, so nobody can fetch a document from the chat; set it to the https address at which people's browsers reach this service",
    ]);
    const wrong = await doctor({
      environment: { PUBLIC_URL: `http://${secret}.example` },
      platforms: "skipped",
    });
    expect(lines(about(wrong, "configuration"), "ok", "warn", "fault")).toEqual([
      "configuration: PUBLIC_URL: begins with http; only on a loopback address it may, elsewhere it needs https",
    ]);
  });

  test("the output is a line for each finding, and a count", async () => {
    const findings = await doctor();
    const text = written(findings);
    expect(text.split("\n")).toHaveLength(findings.length + 3);
    expect(text).toContain("ok     platforms: Slack takes the bot's token\n");
    expect(text).toMatch(/\n\n0 faults, \d+ warnings?\n$/);
  });

  test("offline, no platform is asked", async () => {
    const before = stage.slack.calls.length;
    const findings = await doctor({ platforms: "skipped", credentials: credentialsWith(null) });
    expect(about(findings, "platforms", "routes")).toEqual([]);
    expect(stage.slack.calls).toHaveLength(before);
  });

  test("a channel that others can read is a fault of that route", async () => {
    const { slack } = stage;
    slack.channel(channels.external.slack, { kind: "public" });
    expect(lines(await doctor(), "fault")).toEqual([
      "routes: route external: the channel is not private: others than advisers could read reports",
    ]);
    slack.channel(channels.external.slack);
    stage.teams.connector.addChannel(channels.advisers.teams, { memberTenants: ["another"] });
    expect(lines(await doctor(), "fault")).toEqual([
      "routes: route advisers: the channel is shared with another organisation",
    ]);
    stage.teams.connector.addChannel(channels.advisers.teams);
  });

  describe("of the groups that may do the check", () => {
    const team = { platform: "teams", tenant, channel: "19:managers@thread.tacv2" };
    const room = { platform: "slack", tenant: slackTeam, channel: "C0MANAGERS" };
    const checking = async (may: unknown, compare: unknown = "nobody", over: Over = {}) => {
      const serviceUrl = stage.teams.connector.serviceUrl;
      const at = (group: object) => (group === team ? { ...group, serviceUrl } : group);
      const groups = (who: unknown) =>
        typeof who === "string" ? who : { members: (who as object[]).map(at) };
      const environment = organisation((file) =>
        Object.assign(file, { check: { may: groups(may), compare: groups(compare) } }),
      );
      return about(await doctor({ ...over, environment: { ...environment, ...over.environment } }), "check");
    };

    test("it says who may, by number, and whether each group is reached", async () => {
      stage.teams.connector.addChannel(team.channel);
      stage.slack.channel(room.channel, { people: ["U0SAM"] });
      expect(lines(await checking("everyone"), "ok", "warn", "fault")).toEqual([
        "check: everyone may do the code-of-conduct check",
        "check: nobody may see how units stand compared",
      ]);
      expect(lines(await checking([team, room], [room]), "ok", "warn", "fault")).toEqual([
        "check: everybody in 2 channels may do the code-of-conduct check",
        "check: everybody in 1 channel may see how units stand compared",
        "check: check.may.members.0: reached; who is in it is for whoever looks after it",
        "check: check.may.members.1: reached; who is in it is for whoever looks after it",
        "check: check.compare.members.0: reached; who is in it is for whoever looks after it",
      ]);
    });

    test("a group whose members a platform does not tell is a fault, with what to do", async () => {
      stage.teams.connector.addChannel(team.channel, { notMember: true });
      stage.slack.channel(room.channel, { kind: "public" });
      expect(lines(await checking([team, room]), "fault")).toEqual([
        "check: check.may.members.0: the bot is not in that channel; invite it",
        "check: check.may.members.1: everybody can join that channel; name a private one",
      ]);
      stage.slack.channel(room.channel, { member: false });
      expect(lines(await checking([room]), "fault")).toEqual([
        "check: check.may.members.0: there is no such channel, or the bot may not see it; mend the id, or invite the bot",
      ]);
      stage.slack.channel(room.channel);
      stage.slack.fail("conversations.members", { how: "error", error: "missing_scope" });
      expect(lines(await checking("nobody", [room]), "fault")).toEqual([
        "check: check.compare.members.0: the app may not read who is in it; name a private channel, and install the app with the scopes of its manifest",
      ]);
      stage.slack.fail("conversations.members", { how: "status", status: 503 });
      expect(lines(await checking([room]), "fault")).toEqual([
        "check: check.may.members.0: the platform does not answer; look at its serviceUrl and the way out to the internet",
      ]);
    });

    test("offline, or with a token that is not taken, no group is asked", async () => {
      const who = ["check: everybody in 1 channel may do the code-of-conduct check"];
      const offline = await checking([room], "nobody", { platforms: "skipped" });
      const shut = await checking([room], "nobody", { environment: { SLACK_BOT_TOKEN: `xoxb-${secret}` } });
      for (const findings of [offline, shut]) expect(lines(findings, "ok", "fault").slice(0, 1)).toEqual(who);
      for (const findings of [offline, shut]) expect(findings).toHaveLength(2);
    });

    test("people are counted, and nobody is named", async () => {
      const people = [
        { platform: "slack", tenant: slackTeam, user: "U0SECRET" },
        { platform: "slack", tenant: slackTeam, user: "U0SECRET2" },
      ];
      const environment = organisation((file) =>
        Object.assign(file, {
          check: { may: { people, members: [room] }, compare: { people: [people[0]] } },
        }),
      );
      const findings = about(await doctor({ environment, platforms: "skipped" }), "check");
      expect(lines(findings, "ok")).toEqual([
        "check: 2 people and everybody in 1 channel may do the code-of-conduct check",
        "check: 1 person may see how units stand compared",
      ]);
    });
  });

  test("a token that is not taken is a fault, and its routes are not asked", async () => {
    const slackToken = await doctor({ environment: { SLACK_BOT_TOKEN: `xoxb-${secret}` } });
    expect(lines(slackToken, "fault")).toEqual([
      "platforms: Slack does not take SLACK_BOT_TOKEN (invalid_auth); copy it anew from the app's page, or install the app again",
    ]);
    expect(about(slackToken, "routes")).toHaveLength(1);
    class Refused extends Error {
      readonly errorCode = "invalid_client";
    }
    const refused = credentialsWith(null);
    refused.createCredentials = () => Promise.reject(new Refused(secret));
    for (const [credentials, code] of [
      [refused, "invalid_client"],
      [credentialsWith(null), "noAnswer"],
    ] as const) {
      const findings = await doctor({ credentials });
      expect(lines(findings, "fault")).toEqual([
        `platforms: Microsoft gives the bot no token (${code}); look at MicrosoftAppId, its password and tenant, and the way out to the internet`,
      ]);
      expect(about(findings, "routes")).toHaveLength(1);
    }
  });

  test("a platform that does not answer is a fault of its own", async () => {
    stage.slack.fail("auth.test", { how: "status", status: 503 });
    expect(lines(await doctor(), "fault")).toEqual([
      "platforms: Slack did not answer about SLACK_BOT_TOKEN; look at the way out to the internet, and try again",
    ]);
  });

  test("for Socket Mode the app's token is asked about too", async () => {
    const environment = { SLACK_APP_TOKEN: "xapp-fake" };
    expect(lines(await doctor({ environment }), "ok")).toContain("platforms: Slack offers Socket Mode");
    stage.slack.fail("apps.connections.open", { how: "error", error: "invalid_auth" });
    expect(lines(await doctor({ environment }), "fault")).toEqual([
      "platforms: Slack does not take SLACK_APP_TOKEN (invalid_auth); copy it anew from the app's page, or install the app again",
    ]);
  });

  /** The organisation file with something changed, beside the other settings. */
  function organisation(change: (file: Record<string, unknown>) => void): Record<string, string> {
    const file = JSON.parse(readFileSync(stage.environment.ORGANISATION_FILE ?? "", "utf8"));
    change(file);
    const path = join(folder(), "organisation.yaml");
    writeFileSync(path, JSON.stringify(file));
    return { ORGANISATION_FILE: path };
  }

  test("a token of a workspace that may not use the bot is a fault", async () => {
    const environment = organisation((file) => {
      const [advisers] = file.routes as object[];
      Object.assign(file, {
        routes: [advisers],
        conflictRoute: undefined,
        tenants: { ...(file.tenants as object), slack: ["T0SOMEWHERE"] },
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
      });
    });
    expect(lines(await doctor({ environment }), "fault")).toEqual([
      "platforms: SLACK_BOT_TOKEN is for another workspace than tenants.slack names; change one of them",
    ]);
  });

  test("what leaves people without a choice is a warning of the organisation's", async () => {
    const environment = organisation((file) => {
      const [advisers] = file.routes as object[];
      Object.assign(file, {
        routes: [advisers],
        conflictRoute: undefined,
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
      });
    });
    const findings = about(await doctor({ environment }), "organisation");
    expect(lines(findings, "warn")).toContainEqual(
      expect.stringMatching(/^organisation: advisers: there is one/),
    );
    expect(lines(findings, "fault")).toEqual([]);
  });

  test("every wrong setting is a fault, and what can be looked at is looked at all the same", async () => {
    const findings = await doctor({
      environment: {
        PORT: secret,
        KEYS_FILE: undefined,
        ORGANISATION_FILE: `/nowhere/${secret}`,
        MicrosoftAppPassword: undefined,
        DATABASE_URL: secret,
      },
    });
    expect(lines(about(findings, "configuration"), "fault")).toEqual([
      "configuration: PORT: Invalid input: expected number, received NaN",
      "configuration: DATABASE_URL: Invalid URL",
      "configuration: MicrosoftAppPassword: missing",
      "configuration: KEYS_FILE: missing; make one with npm run keys",
      "configuration: ORGANISATION_FILE: the file cannot be read",
    ]);
    // Not the database in DATA_DIR, which is not the one that was meant; nor Teams without its password.
    expect(about(findings, "store", "keys")).toEqual([]);
    expect(lines(about(findings, "platforms"), "ok", "fault")).toEqual([
      "platforms: Slack takes the bot's token",
    ]);
    expect(about(findings, "content").length).toBeGreaterThan(0);
  });

  describe("of the key file", () => {
    const keys = async (file: string) =>
      problems(about(await doctor({ environment: { KEYS_FILE: file }, platforms: "skipped" }), "keys"));

    test.each([
      [0o600, []],
      [0o400, []],
      [0o640, [expect.stringMatching(/^keys: others in its group may use KEYS_FILE; .*chmod 600$/)]],
      [0o604, [expect.stringMatching(/^keys: everybody on this computer may use KEYS_FILE; .*chmod 600$/)]],
      [0o602, [expect.stringMatching(/^keys: everybody on this computer may use KEYS_FILE; .*chmod 600$/)]],
    ])("its permissions are looked at", async (mode, expected) => {
      const file = join(folder(), "keys.json");
      writeFileSync(file, newKeyRing());
      chmodSync(file, mode);
      expect(await keys(file)).toEqual(expected);
    });

    test("its place beside the database is a warning", async () => {
      const file = join(stage.dataDir, "keys.json");
      writeFileSync(file, newKeyRing(), { mode: 0o600 });
      expect(await keys(file)).toEqual([
        "keys: KEYS_FILE lies in DATA_DIR: keep it apart, since together they open everything",
      ]);
      rmSync(file);
    });

    test("its versions are counted", async () => {
      const [one, two] = [JSON.parse(newKeyRing()), JSON.parse(newKeyRing())];
      const file = join(folder(), "keys.json");
      const ring = { current: "k2", keys: { k1: one.keys.k1, k2: two.keys.k1 } };
      writeFileSync(file, JSON.stringify(ring), { mode: 0o600 });
      const findings = await doctor({ environment: { KEYS_FILE: file }, platforms: "skipped" });
      expect(lines(about(findings, "keys"), "ok")).toEqual([
        "keys: the key ring holds 2 versions of the key",
      ]);
    });
  });

  describe("of the content", () => {
    const offline = { platforms: "skipped" } as const;
    const old = /^content: (\S+) in content\/(help|duties)\.yaml was checked more than 92 days ago/;
    const named = (findings: readonly Finding[], pattern: RegExp) =>
      lines(findings, "warn").flatMap((line) => pattern.exec(line)?.[1] ?? []);
    const dated = [...content.services, ...content.duties];
    const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).sort();

    test("each entry is named from the day after its ninety-second", async () => {
      const [first = ""] = dated.map(({ checkedOn }) => checkedOn).sort();
      // Late in the evening it is that day in Amsterdam only where the time there is looked at.
      const lastDay = Date.parse(first) + 92 * day + 12 * hour;
      expect(named(await doctor({ ...offline, now: lastDay }), old)).toEqual([]);
      const due = dated.filter(({ checkedOn }) => checkedOn === first);
      expect(named(await doctor({ ...offline, now: lastDay + day }), old).sort()).toEqual(ids(due));
      expect(named(await doctor({ ...offline, now: lastDay - 12 * hour + day - 1 }), old).sort()).toEqual(
        ids(due),
      );
    });

    test("what is too old to be shown is said to be hidden, but for what always stays", async () => {
      const findings = await doctor({ ...offline, now: newest + 200 * day });
      expect(named(findings, old).sort()).toEqual(ids(dated));
      const gone = /^content: (\S+) .* and is not shown any more; look it up again$/;
      expect(named(findings, gone).sort()).toEqual(ids(content.services.filter(({ always }) => !always)));
      expect(named(findings, gone)).not.toContain("112");
      expect(lines(findings, "fault")).toEqual([]);
    });

    test("what questions of the check rest on is looked up again too, all of it in one line", async () => {
      const soon = Date.parse("2026-11-28T12:00:00Z");
      const later = Date.parse("2028-11-28T12:00:00Z");
      const [pattern, ids] = [/in content\/check\.yaml rest on .*; look up: (.*)$/, content.checkSources];
      const named = async (now: number) =>
        (await doctor({ ...offline, now })).flatMap(({ text }) => pattern.exec(text)?.[1]?.split(", ") ?? []);
      const old = ids.filter(({ checkedOn }) => soon - Date.parse(checkedOn) > 93 * 86_400_000);
      expect(await named(soon)).toEqual(old.map(({ id }) => id));
      expect(await named(later)).toEqual(ids.map(({ id }) => id));
    });

    test("a day that is still to come is not taken for a check", async () => {
      const early = await doctor({ ...offline, now: Date.parse("2000-01-01T12:00:00Z") });
      expect(
        named(early, /^content: (\S+) in \S+ was checked on a day that is still to come/).sort(),
      ).toEqual(ids(dated));
    });

    test("each service with a line that nobody verified is named", async () => {
      const waiting = content.services.filter(({ unverified }) => unverified > 0);
      expect(waiting.length).toBeGreaterThan(0);
      const pattern =
        /^content: (\S+) in content\/help\.yaml has (?:\d+ lines? not verified|no line that is)/;
      expect(named(await doctor(offline), pattern).sort()).toEqual(ids(waiting));
    });

    test("every mistake in it is a fault", async () => {
      const contentFolder = join(folder(), "content");
      cpSync("content", contentFolder, { recursive: true });
      rmSync(join(contentFolder, "pseudonyms.yaml"));
      writeFileSync(join(contentFolder, "nl", "case.yaml"), `{ ${secret}`);
      const findings = await doctor({ ...offline, contentFolder });
      expect(lines(findings, "fault")).toEqual(
        expect.arrayContaining([
          "content: content/pseudonyms.yaml: file is missing",
          "content: content/nl/case.yaml: is not valid YAML",
        ]),
      );
    });
  });
});

describe("the command", () => {
  let stage: Stage;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    stage = await setStage({ advisers: "slack", external: "slack" });
    const slackOnly = Object.entries(stage.environment).filter(([name]) => !/^(Microsoft|TEAMS_)/.test(name));
    environment = { PATH: process.env.PATH, ...Object.fromEntries(slackOnly) };
  });
  afterAll(() => stage.close());

  /** As `npm run doctor` starts it. */
  async function run(args: readonly string[], over: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, ["bots/doctor.ts", ...args], { env: { ...environment, ...over } });
    let [out, faults] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      faults += String(chunk);
    });
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    read.push(out, faults);
    return { code, out, faults };
  }

  test("ends with 0 where there is no fault, though there are warnings", async () => {
    const { code, out, faults } = await run([]);
    expect({ code, faults }).toEqual({ code: 0, faults: "" });
    expect(out).toMatch(/^ok {5}configuration: /);
    expect(out).toContain("warn   store: there is no database yet");
    expect(out).toContain("ok     routes: route advisers: reached");
    expect(out).toMatch(/\n0 faults, [1-9]\d* warnings?\n$/);
  });

  test("ends with 1 where there is a fault, and --offline leaves out what platforms would say", async () => {
    const wrong = { SLACK_BOT_TOKEN: `xoxb-${secret}` };
    const asked = await run([], wrong);
    expect({ code: asked.code, faults: asked.faults }).toEqual({ code: 1, faults: "" });
    expect(asked.out).toContain("fault  platforms: Slack does not take SLACK_BOT_TOKEN (invalid_auth)");
    expect((await run(["--offline"], wrong)).code).toBe(0);
    const broken = await run(["--offline"], { ORGANISATION_FILE: "" });
    expect(broken.code).toBe(1);
    expect(broken.out).toContain("fault  configuration: ORGANISATION_FILE: missing");
    expect(broken.out).toMatch(/\n1 fault, /);
  });

  test("with Slack out of reach it says so, and the SDK says nothing of its own", async () => {
    const { code, out, faults } = await run([], { SLACK_API_URL: "http://127.0.0.1:1/api/" });
    expect({ code, faults }).toEqual({ code: 1, faults: "" });
    expect(out).toContain("fault  platforms: Slack did not answer about SLACK_BOT_TOKEN");
    for (const line of out.trimEnd().split("\n")) expect(line).toMatch(/^(ok|warn|fault|\d|$)/);
  });

  test("a wrong option is answered with how to use it", async () => {
    expect(await run([`--${secret}`])).toEqual({
      code: 1,
      out: "",
      faults: expect.stringMatching(/^npm run doctor \[-- --offline\]/),
    });
  });
});
