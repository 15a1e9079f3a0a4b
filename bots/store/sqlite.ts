import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { type Store, StoreBusy } from "../ports.ts";
import type { Engine } from "./engine.ts";
import { groupCommit } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import type { Queries, Schema } from "./schema.ts";
import { SqlStore } from "./store.ts";

/** How long to wait, in ms, while another process (a backup, a second start) holds the file. It blocks this one. */
const patience = 1000;

/**
 * Opens, and makes or migrates, the embedded database: one file, readable by its owner only, for one
 * process. A transaction that has returned survives a crash of process and machine. Throws `StoreTooNew`.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  const handle = new DatabaseSync(file, { timeout: patience });
  try {
    handle.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma secure_delete = on;
      pragma foreign_keys = on;
    `);
    const engine = sqliteEngine(handle);
    await migrate(engine);
    return new SqlStore(engine);
  } catch (error) {
    handle.close();
    throw busyOr(error);
  }
}

/** Reads the embedded database, also while a service has it open, and changes nothing. Null: there is none yet. */
export async function readSqlite<T>(file: string, read: (db: Queries) => Promise<T>): Promise<T | null> {
  if (!existsSync(file)) return null;
  const handle = new DatabaseSync(file, { timeout: patience, readOnly: true });
  try {
    return await read(new Kysely<Schema>({ dialect: dialectOf(handle) }));
  } catch (error) {
    throw busyOr(error);
  } finally {
    handle.close();
  }
}

function dialectOf(handle: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: prepared(handle) });
}

function sqliteEngine(handle: DatabaseSync): Engine {
  const db = new Kysely<Schema>({ dialect: dialectOf(handle) });
  const transactions = groupCommit(handle);
  return {
    rowLocks: false,
    transaction: (work) =>
      transactions
        .run(() => work(db))
        .catch((error) => {
          throw busyOr(error);
        }),
    lockMigrations: async () => {},
    lockAudit: async () => {},
    scrub: async () => {
      // Deleted content is overwritten in the file, but lies in the log until that is emptied.
      await transactions.idle();
      handle.exec("pragma wal_checkpoint(truncate)");
    },
    close: async () => {
      await transactions.idle();
      handle.close();
    },
  };
}

/** `node:sqlite` as kysely wants it; statements are prepared once. */
function prepared(handle: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => handle.close(),
    prepare(sql) {
      let statement = statements.get(sql);
      if (!statement) {
        const own = handle.prepare(sql);
        statement = {
          reader: own.columns().length > 0,
          all: (parameters) => own.all(...(parameters as SQLInputValue[])),
          run: (parameters) => own.run(...(parameters as SQLInputValue[])),
          iterate: (parameters) => own.iterate(...(parameters as SQLInputValue[])),
        };
        statements.set(sql, statement);
      }
      return statement;
    },
  };
}

/** SQLITE_BUSY and SQLITE_LOCKED, whatever their extended code. */
function busyOr(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" && [5, 6].includes(code & 0xff) ? new StoreBusy(`SQLITE_${code}`) : error;
}
