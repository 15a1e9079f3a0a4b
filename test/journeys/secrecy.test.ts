import { randomBytes } from "node:crypto";
import { clocksOf } from "../../bots/clocks.ts";
import { readConfig } from "../../bots/config.ts";
import type { Platform } from "../../bots/ports.ts";
import { submit } from "../../cases/handling.ts";
import { findFlow } from "../../dialogs/find.ts";
import { type Postgres, startPostgres } from "../postgres.ts";
import { accountsOfVera, adviser, type Party, reporter } from "./people.ts";
import { databasePlaces, found, type Places, type Row, readTables, type Secrets } from "./search.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";
import {
  type Answers,
  answerOne,
  content,
  fillIn,
  goThrough,
  pseudonymous,
  questionOn,
  send,
  words,
} from "./steps.ts";

/**
 * Whole journeys with phrases that stand nowhere else, and a search for them afterwards in everything that
 * is kept: by the service (P2, P3), by the platforms (P2), and before the advisers' eyes (P3).
 */

/** What people tell each other: in rooms, and nowhere else. */
const told = {
  story: "paarse kanarie zong om drie uur in de gang",
  dutch: "geëmotioneerd bij de koffieautomaat van zaal vijf",
  message: "groene kanarie zat op mijn toetsenbord",
  reply: "zilveren theelepel lag weer in de lade",
  note: "rode paperclip op het derde gesprek",
  appointment: "donderdag bij de houten vijver",
  unfinished: "half geschreven zin over de oranje fiets",
  typed: "gisteren riep iemand iets over blauwe schoenen in de kantine",
} as const;
const name = "Noor Kanarie-van Zandwijk";

/** What advisers keep for themselves: no reporter ever sees it. */
const among = { note: told.note, appointment: told.appointment } as const;

/** What looking for help shows, and nothing keeps: who was looked at, and what was chosen. */
const looked = {
  words: "ik zit achter de bruine paraplubak",
  mail: "paraplubak@example.org",
  service: content.help("discriminatie-nl", "nl").name,
  adviser: "fatima-el-idrissi",
} as const;
/** To whom a case is handed; the file's name for whoever it is stands nowhere in the clear. */
const colleague = "joost-bakker";
const advisers = [
  {
    name: "Fatima El Idrissi",
    route: "advisers",
    contact: { mail: looked.mail },
    about: { nl: looked.words, en: looked.words },
  },
  { name: "Joost Bakker", route: "advisers" },
  { name: "Sanne Visser", route: "external" },
];
/** The file may say which account is whose: then advisers are called as it says, and otherwise as the platform does. */
const withAccounts = advisers.map((one, nr) => (nr === 0 ? { ...one, account: accountsOfVera } : one));
const find = findFlow({ sector: "government", places: 0 });
/** Typed behind the command in Slack, where no message holds it. */
const slashed = "vanmorgen zat er een gele eend op mijn bureau en iedereen lachte";

interface Journey {
  readonly anna: Party;
  readonly vera: Party;
  readonly receipts: readonly string[];
}

let postgres: Postgres;
let stage: Stage;
let bot: Bot;

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
  let moment = Date.now();
  bot = await startBot(stage, { clock: { now: () => (moment += 7) } });
}
afterEach(async () => {
  await bot?.stop();
  await stage?.close();
});

const answers: Answers = { ...pseudonymous, story: `Een ${told.story}.\nIk was ${told.dutch}.` };
const button = (key: string) => words(`adviser.buttons.${key}`);
const work = (key: string) => words(`desk.buttons.${key}`);

/** A report with everything that a person may write, somewhere on the way or in the end. */
async function journey(from: Platform, given: Answers, { listed = false } = {}): Promise<Journey> {
  const anna = reporter(stage, bot.url, from);
  const vera = adviser(stage, bot.url);
  await anna.enter();
  await anna.say(told.typed);
  await lookForHelp(anna);
  await anna.press(words("common.buttons.menu"));
  await fillIn(anna, given);
  const first = await send(anna);
  await bot.outbox.idle();
  await vera.press(button("take"));
  await bot.outbox.idle();
  await vera.pressOutside(button("open"));
  await vera.press(button("write"));
  await vera.press(button("reply"), { text: `Dank je. De ${told.reply}?` });
  await bot.outbox.idle();
  if (given.identity === "anonymous") {
    // No ping came: who has no way back must come back with the code.
    await anna.enter();
    await anna.press(words("common.buttons.code"));
    await anna.press(words("case.buttons.openReceipt"), { receipt: first.receipt });
  } else await anna.pressOutside(words("case.buttons.openThread"));
  await anna.press(words("case.buttons.say"), { text: `Nee, een ${told.message}.` });
  await bot.outbox.idle();
  await vera.pressOutside(button("open"));
  await vera.press(button("work"));
  await vera.press(work("note"));
  await vera.press(work("keepNote"), { text: `Een ${told.note}.` });
  await vera.press(work("record"));
  await vera.press(work("keepRecord"), { appointment: told.appointment, discussed: ["complaint"] });
  if (listed) {
    await vera.press(work("hand"));
    await vera.press(work("handTo"), { adviser: colleague });
    await bot.outbox.idle();
  }
  // A receipt tried, a second report of the same person left unfinished, and a press from the wrong place.
  await anna.enter();
  await anna.press(words(`common.buttons.${given.identity === "anonymous" ? "code" : "reports"}`));
  await anna.press(words("case.buttons.openReceipt"), { receipt: first.receipt });
  await anna.enter();
  await anna.press(words("common.buttons.report"));
  await untilQuestion(anna, "story");
  await anna.press(words("common.buttons.back"), { answer: told.unfinished });
  await answerOne(anna, pseudonymous);
  await anna.enter();
  await lookForHelp(anna);
  // Whom somebody wants to write to is kept with the report, until it is sent.
  await anna.press(words("common.buttons.back"));
  await anna.press(words("common.buttons.contact"), { adviser: looked.adviser });
  await anna.press(words("common.buttons.write"));
  if (from === "slack") await stage.slack.person("U0ANNAREPORTS").command(slashed);
  await bot.outbox.idle();
  return { anna, vera, receipts: [first.receipt] };
}

/** To an adviser's page and the text to copy; it is left open. */
async function lookForHelp(anna: Party): Promise<void> {
  await anna.press(words("common.buttons.find"));
  await goThrough(anna, find, { safety: "safe", aboutAdviser: "no", about: "discrimination" });
  await anna.press(words("common.buttons.contact"), { adviser: looked.adviser });
  await anna.press(words("common.buttons.back"));
  await anna.press(words("common.buttons.copy"));
}

async function untilQuestion(party: Party, id: string): Promise<void> {
  while (questionOn(party, "nl") !== id) await answerOne(party, pseudonymous);
}

function secretsOf({ anna, vera, receipts }: Journey, given: Answers): Secrets {
  return {
    ...told,
    ...looked,
    slashed,
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
      const went = await journey(from, given, { listed });
      const secrets = secretsOf(went, given);
      // While it runs, what was written last lies in SQLite's log; the files are searched with it.
      const stored = await databasePlaces(stage);
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
      expect(found(secrets, { log: bot.logged.join("") })).toEqual([]);
      expect(found(looked, { rooms: went.anna.rooms.join("\n") })).toHaveLength(4);
      const words = { ...told, ...looked, name, ...numbered("receipt", went.receipts) };
      expect(found(words, keptByPlatforms())).toEqual([]);
      const calls = stage.slack.calls.map((call) => JSON.stringify(call)).join("\n");
      expect(found({ slashed }, { rooms: calls })).toEqual([]);
      expect(Object.values(keptByPlatforms()).join("")).toContain("De melder heeft geschreven");

      const seen = seenByAdvisers(went.vera);
      expect(found({ story: told.story }, seen)).toEqual(["story in rooms"]);
      expect(found({ name }, seen)).toEqual(identity === "named" ? ["name in rooms"] : []);
      expect(found({ ...numbered("reporter", went.anna.traces), ...looked }, seen)).toEqual([]);

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
    });
  },
);

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
