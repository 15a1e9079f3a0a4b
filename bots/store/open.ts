import { join } from "node:path";
import type { Store } from "../ports.ts";
import { openPostgresStore } from "./postgres.ts";
import { openSqliteStore } from "./sqlite.ts";

export { StoreTooNew } from "./migrate.ts";
export { openPostgresStore, openSqliteStore };

/** Opens the configured database: PostgreSQL where a URL is given, else a file in `dataDir`. */
export function openStore({
  databaseUrl,
  dataDir,
}: {
  databaseUrl?: string | null | undefined;
  dataDir: string;
}): Promise<Store> {
  return databaseUrl ? openPostgresStore(databaseUrl) : openSqliteStore(join(dataDir, "vertrouwd.db"));
}
