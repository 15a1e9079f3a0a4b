import { sql } from "kysely";
import type { Engine } from "./engine.ts";
import * as first from "./migrations/0001-first.ts";
import * as sessions from "./migrations/0002-sessions.ts";
import * as checks from "./migrations/0003-checks.ts";
import * as downloads from "./migrations/0004-downloads.ts";
import * as reporter from "./migrations/0005-reporter.ts";
import * as record from "./migrations/0006-record.ts";
import * as desk from "./migrations/0007-desk.ts";
import * as clocks from "./migrations/0008-clocks.ts";
import * as statistics from "./migrations/0009-statistics.ts";
import * as lists from "./migrations/0010-lists.ts";
import type { Queries } from "./schema.ts";

/** In order, and for ever: what a release has run is never edited, renamed or removed. */
const migrations: readonly { readonly name: string; up(db: Queries): Promise<void> }[] = [
  { name: "0001-first", ...first },
  { name: "0002-sessions", ...sessions },
  { name: "0003-checks", ...checks },
  { name: "0004-downloads", ...downloads },
  { name: "0005-reporter", ...reporter },
  { name: "0006-record", ...record },
  { name: "0007-desk", ...desk },
  { name: "0008-clocks", ...clocks },
  { name: "0009-statistics", ...statistics },
  { name: "0010-lists", ...lists },
];

/** The database was migrated by a later release than this one: starting could damage it. */
export class StoreTooNew extends Error {
  readonly code = "storeTooNew";
  constructor() {
    super("the database was made by a later release");
    this.name = "StoreTooNew";
  }
}

/** How a database stands to this release, from the names of the migrations that were run on it. */
export type Migrated = "behind" | "upToDate" | "tooNew";

export function migratedTo(done: readonly string[]): Migrated {
  const known = migrations.map(({ name }) => name);
  if (done.some((name) => !known.includes(name))) return "tooNew";
  return known.every((name) => done.includes(name)) ? "upToDate" : "behind";
}

/**
 * Brings the database up to this release, all in one transaction: it is migrated or untouched, also when
 * several processes start at once. Throws `StoreTooNew`. (Kysely's own migrator would run SQLite's
 * migrations outside a transaction.)
 */
export async function migrate(engine: Engine): Promise<void> {
  await engine.transaction(async (db) => {
    await engine.lockMigrations(db);
    await db.schema
      .createTable("migrations")
      .ifNotExists()
      .addColumn("name", "text", (c) => c.primaryKey())
      .execute();
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db);
    const done = new Set(rows.map((row) => row.name));
    for (const { name, up } of migrations) {
      if (done.delete(name)) continue;
      await up(db);
      await sql`insert into migrations (name) values (${name})`.execute(db);
    }
    if (done.size > 0) throw new StoreTooNew();
  });
}
