import { join } from "node:path";
import type { Store } from "../ports.ts";
import type { StoreLook } from "./look.ts";
import { lookAtPostgres, openPostgresStore } from "./postgres.ts";
import { lookAtSqlite, openSqliteStore } from "./sqlite.ts";

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
export function lookAtStore({ databaseUrl, dataDir }: Where, now: number): Promise<StoreLook | null> {
  return databaseUrl ? lookAtPostgres(databaseUrl, now) : lookAtSqlite(fileIn(dataDir), now);
}

/** The embedded database's file. */
export function fileIn(dataDir: string): string {
  return join(dataDir, "vertrouwd.db");
}
