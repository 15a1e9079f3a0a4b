import { randomBytes } from "node:crypto";
import { clocksOf } from "../../bots/clocks.ts";
import { readConfig } from "../../bots/config.ts";
import type { Platform } from "../../bots/ports.ts";
import { submit } from "../../cases/handling.ts";
import { type Postgres, startPostgres } from "../postgres.ts";
import { foundAnyhow } from "./desk-walk.ts";
import { adviser, type Party, reporter } from "./people.ts";
import { databasePlaces, found, type Places, type Row, readTables, type Secrets } from "./search.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";
import { type Answers, fillIn, send, words } from "./steps.ts";
import {
  advisers,
  among,
  answers,
  button,
  colleague,
  elsewhere,
  type Journey,
  journey,
  looked,
  name,
  slashed,
  told,
  withAccounts,
} from "./whole-journey.ts";

/**
 * Whole journeys with phrases that stand nowhere else, and a search for them afterwards in everything that
 * is kept: by the service (P2, P3), by the platforms (P2), and before the advisers' eyes (P3).
 */

let postgres: Postgres;
let stage: Stage;
let bot: Bot;
/** What the service takes the time to be. */
let moment = 0;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

let databases = 0;
async function start(
  from: Platform,
  to: Platform,
  database: "SQLite" | "PostgreSQL",
  { listed = false } = {},
): Promise<void> {
  databases += 1;
  const databaseUrl = database === "SQLite" ? {} : { databaseUrl: await postgres.url(`secrecy${databases}`) };
  const described = { advisers: listed ? withAccounts : advisers };
  stage = await setStage({ advisers: to, external: from, described, ...databaseUrl });
  // No two moments are the same, so that equal times mean something.
  moment = Date.now();
  bot = await startBot(stage, { clock: { now: () => (moment += 7) } });
}
afterEach(async () => {
  await bot?.stop();
  await stage?.close();
});

function secretsOf({ anna, vera, receipts, desk }: Journey, given: Answers): Secrets {
  return {
    ...told,
    ...looked,
    slashed,
    elsewhere,
    ...numbered("link", desk.links),
    ...(given.identity === "named" ? { name } : {}),
    ...numbered("reporter", anna.traces),
    ...numbered("adviser", vera.traces),
    "adviser's name": vera.called,
    colleague,
    ...numbered("receipt", receipts),
    ...numbered(
      "bare receipt",
      receipts.map((receipt) => receipt.replaceAll("-", "")),
    ),
    ...numbered("tenant", [tenantOf.teams, tenantOf.slack]),
    ...numbered(
      "channel",
      Object.values(channels).flatMap(({ teams, slack }) => [teams, slack]),
    ),
    ...numbered("message", messageIds()),
    service: stage.teams.connector.serviceUrl,
  };
}

const tenantOf = { teams: "00000000-0000-4000-8000-0000000000bb", slack: "T0ACME" };

function messageIds(): readonly string[] {
  const { workspace } = stage.slack;
  const slack = [...workspace.channels.values()].flatMap(({ messages }) => messages.map(({ ts }) => ts));
  const { bodies } = stage.teams.connector;
  const places = [...Object.values(channels).map(({ teams }) => teams), "a:1anna-personal"];
  const teams = places.flatMap((place) => stage.teams.connector.messages(place).map(({ id }) => id));
  expect(bodies.length + slack.length).toBeGreaterThan(0);
  return [...slack, ...teams];
}

function numbered(name: string, values: readonly string[]): Secrets {
  return Object.fromEntries(values.map((value, nr) => [`${name} ${nr + 1}`, value]));
}

/** Everything that the platforms were given to keep: messages, updates, Home tabs; no rooms. */
function keptByPlatforms(): Places {
  const { connector } = stage.teams;
  return {
    "Teams, what was sent": connector.bodies.join("\n"),
    // Whether who pressed is in the advisers' channel is asked of Teams, which knows who pressed.
    "Teams, addresses": connector.requests.filter((one) => !isAboutMember(one)).join("\n"),
    "Slack, what was sent": stage.slack.calls
      .filter(({ method }) => method !== "views.open" && method !== "views.update")
      .map(({ method, args }) => `${method} ${JSON.stringify(args)}`)
      .join("\n"),
  };
}

/** What the platforms were given to keep outside the advisers' channel. */
function keptElsewhere(): Places {
  const { connector } = stage.teams;
  const { teams, slack } = channels.advisers;
  return {
    Teams: connector.bodies.filter((_, nr) => !connector.requests[nr]?.includes(teams)).join("\n"),
    Slack: stage.slack.calls
      .filter(({ method, args }) => !method.startsWith("views.") && args.channel !== slack)
      .map(({ args }) => JSON.stringify(args))
      .join("\n"),
  };
}

/** Everything that an adviser has ever seen: the channel with all earlier states, and rooms. */
function seenByAdvisers(vera: Party): Places {
  const { connector } = stage.teams;
  const { teams, slack } = channels.advisers;
  const bodies = connector.bodies.filter((_, nr) => connector.requests[nr]?.includes(teams));
  const messages = stage.slack.workspace.channels.get(slack)?.messages ?? [];
  return { channel: bodies.join("\n") + JSON.stringify(messages), rooms: vera.rooms.join("\n") };
}

const platforms = ["teams", "slack"] as const;
const identities = ["pseudonymous", "named", "anonymous"] as const;
const databaseKinds = ["SQLite", "PostgreSQL"] as const;
const cases = platforms.flatMap((from) =>
  databaseKinds.flatMap((database) =>
    identities.map((identity) => {
      const to = (from === "teams") === (database === "SQLite") ? from : other(from);
      return { from, to, database, identity, listed: identity === "named" };
    }),
  ),
);
function other(platform: Platform): Platform {
  return platform === "teams" ? "slack" : "teams";
}

describe.each(cases)(
  "$identity, from $from to $to, with $database",
  ({ from, to, database, identity, listed }) => {
    test("nothing that was told, and nobody, can be found in what is kept", async () => {
      await start(from, to, database, { listed });
      const given = { ...answers, identity, ...(identity === "named" ? { name } : {}) };
      const went = await journey({ stage, bot }, from, given, { listed });
      // While it runs, what was written last lies in SQLite's log; the files are searched with it.
      const stored = await databasePlaces(stage);
      const counted = await numbersOfYears(went);
      const storedLater = await databasePlaces(stage);
      const secrets = secretsOf(went, given);
      await bot.stop();

      // The search finds what is there: in the rooms, and in what each place is known to hold.
      expect(found(told, { rooms: [...went.anna.rooms, ...went.vera.rooms].join("\n") })).toEqual(
        ["story", "dutch", "message", "reply", "note", "appointment", "unfinished"].map(
          (secret) => `${secret} in rooms`,
        ),
      );
      expect(found({ route: "advisers" }, stored)).toContain("route in cases.route");
      expect(found({ started: "started" }, { log: bot.logged.join("") })).toEqual(["started in log"]);

      expect(found(secrets, stored)).toEqual([]);
      expect(found(secrets, storedLater)).toEqual([]);
      expect(found(secrets, { log: bot.logged.join("") })).toEqual([]);
      expect(found(looked, { rooms: went.anna.rooms.join("\n") })).toHaveLength(4);
      const { receipts } = went;
      const links = numbered("link", went.desk.links);
      const written = { ...told, ...looked, name, elsewhere, ...numbered("receipt", receipts), ...links };
      expect(found(written, keptByPlatforms())).toEqual([]);
      const calls = stage.slack.calls.map((call) => JSON.stringify(call)).join("\n");
      expect(found({ slashed }, { rooms: calls })).toEqual([]);
      expect(Object.values(keptByPlatforms()).join("")).toContain(
        words("adviser.routePing.text").slice(0, 20),
      );

      const seen = seenByAdvisers(went.vera);
      const reporter = { ...numbered("reporter", went.anna.traces), ...looked };
      expect(found({ story: told.story }, seen)).toEqual(["story in rooms"]);
      expect(found({ name }, seen)).toEqual(identity === "named" ? ["name in rooms"] : []);
      expect(found(reporter, seen)).toEqual([]);

      // Advisers see who of them did what: by name, in their own channel, and nobody by an account.
      const { called, traces } = went.vera;
      const asListed = "Fatima El Idrissi";
      const shown = listed ? asListed : called;
      expect(found({ shown }, { channel: seen.channel ?? "" })).toEqual(["shown in channel"]);
      const accounts = { ...numbered("account", traces), ...(listed ? { called } : {}) };
      expect(found(accounts, { ...seen, ...keptByPlatforms() })).toEqual([]);
      // The reporter reads beforehand who of the file reads along; who of them acted stays among advisers.
      expect(found({ called, asListed }, keptElsewhere())).toEqual([]);
      const rooms = went.anna.rooms.join("\n");
      expect(found({ called, ...accounts, ...among }, { rooms })).toEqual([]);

      const { story, dutch, message, reply, unfinished, typed } = told;
      const inCase = { story, dutch, message, reply, ...(identity === "named" ? { name } : {}) };
      const nowhere = { ...reporter, ...numbered("receipt", receipts), elsewhere, unfinished, typed };
      expectPages(went, { inCase, nowhere: { ...nowhere, ...(identity === "named" ? {} : { name }) } });
      expect(counted).toContain(words("statistics.numbers.share", "nl", { count: 6, total: 11 }));
      const { "adviser's name": _, ...others } = secrets;
      expectFiles(went, { inCase, nowhere: { ...others, ...(listed ? { called } : {}) } });
    });
  },
);

interface Expected {
  /** What whoever opens the case reads, and whoever has its document. */
  readonly inCase: Secrets;
  /** What no adviser gets, wherever they look. */
  readonly nowhere: Secrets;
}

/** Of what an adviser can open, the case alone holds what was told, and pages of work alone what advisers keep. */
function expectPages({ desk, beside, theCase, otherCase }: Journey, { inCase, nowhere }: Expected): void {
  const { pages } = desk;
  expect(found(inCase, pages)).toEqual(Object.keys(inCase).map((one) => `${one} in case`));
  expect(found(among, pages)).toEqual(Object.keys(among).map((one) => `${one} in work`));
  expect(found(nowhere, pages)).toEqual([]);
  const { menu = "", numbers = "" } = pages;
  expect([menu, numbers]).not.toContain("");
  expect(found(theCase, { menu, numbers })).toEqual([]);
  // Nothing of this route's case is shown in the other, and the other way round.
  const [mine, other] = [theCase, otherCase].map(({ number = "", id = "" }) => ({ number, id }));
  expect(found({ ...mine, ...inCase, ...among, ...nowhere, elsewhere }, beside.pages)).toEqual([]);
  expect(found({ ...other }, beside.pages)).toContain("number in list open");
  expect(found({ ...other }, pages)).toEqual([]);
}

/** The document holds what the case does and nothing that advisers keep; the numbers hold nobody, and no case. */
function expectFiles({ desk, theCase, otherCase }: Journey, { inCase, nowhere }: Expected): void {
  const of = (name: string) =>
    Object.fromEntries(Object.entries(desk.files).filter(([file]) => file.startsWith(name)));
  const documents = of("document");
  const inDocument = Object.keys(inCase);
  expect(foundAnyhow({ ...inCase, number: theCase.number ?? "" }, documents)).toEqual(
    [...inDocument, "number"].flatMap((one) => Object.keys(documents).map((file) => `${one} in ${file}`)),
  );
  const kept = Object.entries(nowhere).filter(([one]) => !inDocument.includes(one));
  const unseen = {
    ...Object.fromEntries(kept),
    ...otherCase,
    id: theCase.id ?? "",
    colleague: "Joost Bakker",
  };
  expect(foundAnyhow(unseen, documents)).toEqual([]);
  expect(Object.keys(of("numbers"))).toHaveLength(8);
  expect(foundAnyhow({ ...nowhere, ...inCase, ...theCase, ...otherCase }, of("numbers"))).toEqual([]);
}

/** Numbers of a year without reports and of one with enough of them to show, once that is over. */
async function numbersOfYears({ desk }: Journey): Promise<string> {
  const year = new Date().getFullYear();
  await desk.numbers(year - 1);
  await moreReports(["experienced", "saw"], 5);
  moment += 366 * 24 * 3_600_000;
  return desk.numbers(year);
}

/** So many more reports in the route for each part that somebody may have in it; all tell the same. */
async function moreReports(parts: readonly string[], each: number): Promise<void> {
  const { ring, organisation } = readConfig(stage.environment, { mode: "production" });
  const clocks = clocksOf(organisation);
  const said = { asked: told.dutch, answered: told.dutch };
  const asked = (part: string) => [
    { question: "kind", kind: "choices" as const, answer: ["bullying"], ...said },
    { question: "part", kind: "choice" as const, answer: part, ...said },
    { question: "identity", kind: "choice" as const, answer: "pseudonymous", ...said },
    { question: "story", kind: "text" as const, answer: told.story, ...said },
  ];
  const clear = { route: "advisers", acknowledgeBy: 1, feedbackBy: 2, pseudonyms: 500, pseudonymsTaken: [] };
  const now = Date.now();
  const deliveries = { enqueue: async () => {} };
  for (const part of parts) {
    const report = { flow: "report", language: "nl" as const, rows: asked(part) };
    for (let nr = 0; nr < each; nr += 1)
      await bot.store.transaction((cases) => {
        const desk = { cases, deliveries, ring, now: now + nr, random: randomBytes, clocks };
        return submit(desk, { ...clear, report, link: "{}", receipt: null });
      });
  }
}

test.each(databaseKinds)(
  "the search finds a secret planted in a row, and in a form one can read back (%s)",
  async (database) => {
    await start("slack", "slack", database);
    const secret = told.dutch;
    const encoded = Buffer.from(`x${secret}`).toString("base64url");
    await bot.store.transaction(async (tx) => {
      tx.audit({ at: 1, code: secret, case: null, route: null });
      tx.audit({ at: 1, code: encoded, case: null, route: null });
    });
    const places = await databasePlaces(stage);
    expect(found({ secret }, places)).toContain("secret in audit.code");
    expect(found({ secret }, { encoded })).toEqual(["secret in encoded"]);
    if (database === "SQLite") expect(found({ secret }, places)).toContain("secret in file vertrouwd.db-wal");
  },
);

test.each(databaseKinds)(
  "two cases of one person have nothing in common that others have not (P3) (%s)",
  async (database) => {
    await start("teams", "slack", database);
    const anna = reporter(stage, bot.url, "teams");
    const joe = reporter(stage, bot.url, "teams", "joe");
    const numbers: string[] = [];
    for (const person of [anna, joe, anna]) {
      await person.say("menu");
      if (numbers.length === 0 || person === joe) await person.enter();
      await fillIn(person, answers);
      numbers.push((await send(person)).number);
      await bot.outbox.idle();
      const vera = adviser(stage, bot.url);
      await vera.press(button("write"));
      await vera.press(button("reply"), { text: told.reply });
      await bot.outbox.idle();
    }
    const tables = await readTables(stage);
    const rows = tables.cases ?? [];
    const [mine, others, mineToo] = numbers.map((number) => about(tables, idOf(rows, number)));
    if (mine === undefined || others === undefined || mineToo === undefined) throw new Error("no such case");
    expect(mine.size).toBeGreaterThan(20);
    const shared = [...mine].filter((value) => mineToo.has(value) && !others.has(value));
    expect(shared).toEqual([]);
    const pseudonyms = numbers.map((number) => rows.find((row) => row.number === number)?.pseudonym);
    expect(pseudonyms[0]).not.toBe(pseudonyms[2]);
  },
);

test("a case never gets a made-up name that another case of this person has (P3)", async () => {
  await start("slack", "slack", "SQLite");
  const { ring, organisation } = readConfig(stage.environment, { mode: "production" });
  const clear = { route: "advisers", acknowledgeBy: 1, feedbackBy: 2, pseudonyms: 2, pseudonymsTaken: [0] };
  const report = { flow: "report", language: "nl" as const, rows: [] };
  const clocks = clocksOf(organisation);
  for (let nr = 1; nr <= 10; nr += 1) {
    const { row } = await bot.store.transaction((cases) => {
      const deliveries = { enqueue: async () => {} };
      const desk = { cases, deliveries, ring, now: nr, random: randomBytes, clocks };
      return submit(desk, { ...clear, report, link: "{}", receipt: null });
    });
    expect(row.pseudonym).toBe(1);
  }
});

function idOf(rows: readonly Row[], number: string): unknown {
  const id = rows.find((row) => row.number === number)?.id;
  expect(id).toBeDefined();
  return id;
}

/** Every value that stands in a row about a case, with its table and column. */
function about(tables: Readonly<Record<string, readonly Row[]>>, id: unknown): ReadonlySet<string> {
  return new Set(
    Object.entries(tables).flatMap(([table, rows]) =>
      rows
        .filter((row) => Object.values(row).includes(id))
        .flatMap((row) => Object.entries(row).map(([column, value]) => `${table}.${column}=${value}`)),
    ),
  );
}

/** A question about somebody in an adviser channel, and nothing else. */
function isAboutMember(request: string): boolean {
  return /^GET v3\/conversations\/19:(advisers|external)-[^/]+\/members\/29:vera-advises$/.test(request);
}
