import { join } from "node:path";
import type { AuditRow } from "../../cases/audit.ts";
import type { Store } from "../ports.ts";
import { lookAt, type StoreLook } from "./look.ts";
import { openPostgresStore, readPostgres } from "./postgres.ts";
import type { Queries } from "./schema.ts";
import { openSqliteStore, readSqlite } from "./sqlite.ts";
import { auditRows } from "./transaction.ts";

export type { StoreLook } from "./look.ts";
export { StoreTooNew } from "./migrate.ts";
export { openPostgresStore, openSqliteStore };

/** Where the database is: PostgreSQL where a URL is given, else a file in `dataDir`. */
interface Where {
  readonly databaseUrl?: string | null | undefined;
  readonly dataDir: string;
}

/** Opens the configured database, and makes or migrates it. */
export function openStore({ databaseUrl, dataDir }: Where): Promise<Store> {
  return databaseUrl ? openPostgresStore(databaseUrl) : openSqliteStore(fileIn(dataDir));
}

/** Looks at the configured database without making, migrating or changing it. Null: it is not there yet. */
export function lookAtStore(where: Where, now: number): Promise<StoreLook | null> {
  return reading(where, (db) => lookAt(db, now));
}

/** The audit log of the configured database, in order; nothing is changed. Null: there is no database of this release. */
export function readAudit(where: Where): Promise<readonly AuditRow[] | null> {
  return reading(where, async (db) => {
    const { migrated } = await lookAt(db, 0);
    return migrated === "upToDate" ? auditRows(db, 0, Number.MAX_SAFE_INTEGER) : null;
  });
}

function reading<T>({ databaseUrl, dataDir }: Where, read: (db: Queries) => Promise<T>): Promise<T | null> {
  return databaseUrl ? readPostgres(databaseUrl, read) : readSqlite(fileIn(dataDir), read);
}

/** The embedded database's file. */
export function fileIn(dataDir: string): string {
  return join(dataDir, "vertrouwd.db");
}
