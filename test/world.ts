import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { pino } from "pino";
import { stringify } from "yaml";
import { readContent } from "../bots/content-files.ts";
import { type Courier, createCourier } from "../bots/deliver.ts";
import { flowsFor } from "../bots/flows.ts";
import { createMembers } from "../bots/members.ts";
import { type Organisation, parseOrganisation } from "../bots/organisation.ts";
import { createOutbox } from "../bots/outbox/worker.ts";
import type { Platform, Store } from "../bots/ports.ts";
import { createRights } from "../bots/rights.ts";
import { openPostgresStore, openSqliteStore } from "../bots/store/open.ts";
import { createTurns } from "../bots/turn.ts";
import type { Turns } from "../bots/turns.ts";
import { freshId, type World } from "../bots/world.ts";
import { type KeyRing, newKeyRing, parseKeyRing } from "../cases/keys.ts";
import { RecordingChannel } from "./fakes/recording-channel.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

/** The content that people read. */
export const content = readContent();

/** Time that stands still until it is told to go on. */
export class FixedClock {
  /** Unix ms. A Monday morning in winter time. */
  at = Date.parse("2026-03-02T09:00:00Z");
  now(): number {
    return this.at;
  }
  advance(ms: number): void {
    this.at += ms;
  }
}

export const tenants = { teams: "tenant-one", slack: "T0ONE" } as const;

const described = {
  name: "Gemeente Voorbeeld",
  sector: "government",
  languages: ["nl", "en"],
  tenants: { teams: [tenants.teams], slack: [tenants.slack] },
  routes: [
    {
      id: "advisers",
      platform: "teams",
      tenant: tenants.teams,
      channel: "19:advisers@thread.tacv2",
      serviceUrl: "https://smba.trafficmanager.net/emea/",
      language: "nl",
    },
    { id: "external", platform: "slack", tenant: tenants.slack, channel: "C0EXTERNAL", language: "en" },
  ],
  defaultRoute: "advisers",
  conflictRoute: "external",
  advisers: [
    { name: "Fatima El Idrissi", route: "advisers" },
    { name: "Joost Bakker", route: "advisers" },
    { name: "Sanne Visser", route: "external" },
  ],
};

/** A valid organisation: a default route on Teams in Dutch, a conflict route on Slack in English. */
export function someOrganisation(over: object = {}): Organisation {
  const read = parseOrganisation(stringify({ ...described, ...over }));
  if ("faults" in read) throw new Error(read.faults.join("; "));
  return read.ok;
}

/** Every row of every table, in an order that does not depend on when it was written. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** One database, and how it looks from outside the service. */
export interface Database {
  /** Opens it as one more process would; SQLite is for one process, so there it is the same store. */
  open(): Promise<Store>;
  tables(): Promise<Tables>;
  /** Where it is, as the configuration says it. */
  readonly where: { readonly databaseUrl: string | null; readonly dataDir: string };
  /** All bytes in its files that this test can get at, as latin1. */
  bytes(): Promise<string>;
  close(): Promise<void>;
}

/** Runs the same tests on SQLite and on a real PostgreSQL. */
export function onBothDatabases(tests: (fresh: () => Promise<Database>) => void): void {
  describe("on SQLite", () => tests(sqlite));
  describe("on PostgreSQL", () => {
    let postgres: Postgres;
    let count = 0;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres?.stop());
    tests(async () => {
      count += 1;
      return postgresql(await postgres.url(`world_${count}`));
    });
  });
}

/** A fresh SQLite database in a directory of its own. */
export async function sqlite(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), "vertrouwd-world-"));
  const file = join(folder, "vertrouwd.db");
  let store: Store | undefined;
  return {
    where: { databaseUrl: null, dataDir: folder },
    open: async () => {
      store ??= await openSqliteStore(file);
      return store;
    },
    tables: async () => tablesIn(file),
    bytes: async () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), "latin1"))
        .join("\n"),
    async close() {
      await store?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads an SQLite file from beside the process that has it open. */
export function tablesIn(file: string): Tables {
  const handle = new DatabaseSync(file, { readOnly: true });
  try {
    const names = handle.prepare("select name from sqlite_master where type = 'table'").all();
    return sorted(
      names.map(({ name }) => [String(name), handle.prepare(`select * from "${String(name)}"`).all()]),
    );
  } finally {
    handle.close();
  }
}

function postgresql(url: string): Database {
  const stores: Store[] = [];
  const { INT8 } = pg.types.builtins;
  // One connection for all looks at it: to connect takes longer than to look.
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    types: {
      getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
    },
  });
  // A test may take the database away.
  pool.on("error", () => {});
  async function asked<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }
  const names = async (client: pg.ClientBase): Promise<string[]> => {
    const found = await client.query("select tablename from pg_tables where schemaname = 'public'");
    return found.rows.map(({ tablename }) => String(tablename));
  };
  return {
    where: { databaseUrl: url, dataDir: "unused" },
    async open() {
      const store = await openPostgresStore(url);
      stores.push(store);
      return store;
    },
    tables: () =>
      asked(async (client) => {
        const all = await names(client);
        // Several statements in one go; their results are a list then, which the typings do not know.
        const statements = all.map((name) => `select * from "${name}"`).join(";");
        const results = [await client.query<Record<string, unknown>>(statements)].flat();
        return sorted(all.map((name, nr) => [name, results[nr]?.rows ?? []]));
      }),
    bytes: () =>
      asked(async (client) => {
        await client.query("checkpoint");
        // Long values stand apart, in a table that belongs to theirs.
        const read = `select pg_read_binary_file(pg_relation_filepath(file.oid)) as bytes from pg_class owner
          join pg_class file on file.oid in (owner.oid, owner.reltoastrelid)
          where owner.relname in ('case_cards', 'case_keys', 'check_keys', 'checks', 'conversations', 'downloads', 'outbox', 'record_keys', 'records', 'sessions', 'statistics')`;
        const { rows } = await client.query<{ bytes: Buffer }>(read);
        return rows.map(({ bytes }) => bytes.toString("latin1")).join("\n");
      }),
    async close() {
      await Promise.all([pool.end(), ...stores.map((store) => store.close())]);
    },
  };
}

function sorted(tables: readonly (readonly [string, readonly Record<string, unknown>[]])[]): Tables {
  return Object.fromEntries(
    tables.map(([name, rows]) => {
      const lines = rows.map((row) => ({ row: { ...row }, key: JSON.stringify(row) }));
      lines.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      return [name, lines.map(({ row }) => row)];
    }),
  );
}

/** One process of the bot: everything of the service but the platforms and the HTTP server. */
export interface Bot {
  readonly world: World;
  readonly turns: Turns;
  readonly courier: Courier;
  readonly clock: FixedClock;
  readonly channels: Readonly<Record<Platform, RecordingChannel>>;
  /** What was logged, a line an entry. */
  readonly logged: readonly string[];
  /** Carries out all deliveries that are due now. */
  deliver(): Promise<void>;
}

interface BotParts {
  readonly database: Database;
  readonly clock?: FixedClock;
  readonly ring?: KeyRing;
  readonly organisation?: Organisation;
  /** Shared where two processes post to the same platforms. */
  readonly channels?: Bot["channels"];
  readonly kick?: () => void;
  readonly publicUrl?: string | null;
}

/** Starts one process of the bot on a database. */
export async function startBot(parts: BotParts): Promise<Bot> {
  const clock = parts.clock ?? new FixedClock();
  const organisation = parts.organisation ?? someOrganisation();
  const ring = parts.ring ?? parseKeyRing(newKeyRing());
  const logged: string[] = [];
  const log = pino({ level: "info", base: null }, { write: (line: string) => void logged.push(line) });
  const channels = parts.channels ?? {
    teams: new RecordingChannel("teams", organisation),
    slack: new RecordingChannel("slack", organisation),
  };
  const reached = new Map(Object.entries(channels) as [Platform, RecordingChannel][]);
  const members = createMembers({ channels: reached, clock, log });
  const world: World = {
    store: await parts.database.open(),
    ring,
    organisation,
    content,
    flows: flowsFor(organisation),
    clock,
    log,
    members,
    rights: createRights({ organisation, members }),
    publicUrl: parts.publicUrl === undefined ? "https://vertrouwd.example" : parts.publicUrl,
    kick: parts.kick ?? (() => {}),
  };
  const courier = createCourier(world, reached);
  const outbox = createOutbox({
    store: world.store,
    ...courier,
    clock,
    log,
    worker: freshId(),
    chance: () => 0,
    policy: { storeWait: 1 },
  });
  return {
    world,
    turns: createTurns(world),
    courier,
    clock,
    channels,
    logged,
    async deliver() {
      outbox.start();
      await outbox.idle();
      await outbox.stop();
    },
  };
}

/** Starts another process of the same bot: its keys, clock and platforms, and the same database. */
export function anotherOf(
  { world, clock, channels }: Bot,
  database: Database,
  over: Partial<BotParts> = {},
): Promise<Bot> {
  const { ring, organisation } = world;
  return startBot({ database, clock, channels, ring, organisation, ...over });
}
