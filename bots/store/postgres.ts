import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Store, StoreBusy } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import type { Queries, Schema } from "./schema.ts";
import { SqlStore } from "./store.ts";

/** Any numbers that no other user of the database takes a lock on. */
const migrationLock = 7_281_044_118;
const auditLock = 7_281_044_119;

/**
 * Opens, and makes or migrates, a PostgreSQL database (14 or later), which several processes may share.
 * `url` as libpq writes it. Throws `StoreTooNew`, `StoreBusy` where it cannot be reached.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const pool = poolOf(url);
  const engine = postgresEngine(pool);
  try {
    await migrate(engine);
    return new SqlStore(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Reads a PostgreSQL database in one transaction that can only read. Throws `StoreBusy` where it cannot be reached. */
export async function readPostgres<T>(url: string, read: (db: Queries) => Promise<T>): Promise<T> {
  const pool = poolOf(url);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await db.transaction().setAccessMode("read only").execute(read);
  } catch (error) {
    throw busyOr(error, "start");
  } finally {
    await pool.end();
  }
}

function poolOf(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "vertrouwd",
    max: 10,
    connectionTimeoutMillis: 5_000,
    // A server that is gone without a word is noticed, in the end.
    keepAlive: true,
    // Shorter than the platforms wait for an answer: better a refusal than silence.
    lock_timeout: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // A connection that breaks between two queries says so here, and would otherwise end the process. The
  // next query on it fails; an idle one is replaced.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Times and counts: all far below 2^53. */
const int8 = pg.types.builtins.INT8;

function postgresEngine(pool: pg.Pool): Engine {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    rowLocks: true,
    async transaction(work) {
      let at: "start" | "work" | "commit" = "start";
      try {
        return await db.transaction().execute(async (tx) => {
          at = "work";
          const result = await work(tx);
          at = "commit";
          return result;
        });
      } catch (error) {
        throw busyOr(error, at);
      }
    },
    lockMigrations: async (tx) => {
      await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
    },
    lockAudit: async (tx) => {
      await sql`select pg_advisory_xact_lock(${auditLock})`.execute(tx);
    },
    scrub: async (what) => {
      // A deleted row's bytes stay in the file until something else needs the place; a rewrite leaves them out.
      try {
        await sql`vacuum full case_keys`.execute(db);
        await sql`vacuum full check_keys`.execute(db);
        await sql`vacuum full record_keys`.execute(db);
        await sql`vacuum full sessions`.execute(db);
        await sql`vacuum full statistics`.execute(db);
        // Drafts have no keys of their own to destroy.
        if (what === "all") await sql`vacuum full conversations`.execute(db);
        // Nor has where a reporter was told something.
        if (what === "all") await sql`vacuum full case_cards`.execute(db);
        // Nor have the addresses of those who asked for practice.
        if (what === "all") await sql`vacuum full outbox`.execute(db);
        // Nor has what was filled in for a document.
        if (what === "all") await sql`vacuum full downloads`.execute(db);
      } catch (error) {
        throw busyOr(error, "work");
      }
    },
    // Before its first query kysely does not know the pool yet, so the pool is closed itself.
    close: () => pool.end(),
  };
}

/** Conditions that pass: too many connections, lost or none, locks, deadlocks, time-outs, shutdown. */
const passing = /^(08...|40...|53300|55P03|57P0.|57014|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

function busyOr(error: unknown, at: "start" | "work" | "commit"): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof pg.DatabaseError)
    return passing.test(error.code ?? "") ? new StoreBusy(`${error.code}`) : error;
  // The server said nothing. Lost during the commit, nobody knows whether it was stored: that is no `StoreBusy`.
  if (at === "start") return new StoreBusy(typeof code === "string" ? code : "noConnection");
  return at === "work" && typeof code === "string" && passing.test(code) ? new StoreBusy(code) : error;
}
