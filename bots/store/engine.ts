import type { Queries } from "./schema.ts";

/**
 * A database, with what differs from one to the other by name. Only `sqlite.ts` and `postgres.ts` know
 * which one they are.
 */
export interface Engine {
  /** Whether rows can be locked and locked ones skipped. Where not, transactions run one at a time. */
  readonly rowLocks: boolean;
  /** Runs `work` in one transaction and returns once it is durable. Throws `StoreBusy` where trying again may help. */
  transaction<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** Keeps other processes from migrating until the transaction ends. */
  lockMigrations(db: Queries): Promise<void>;
  /** Keeps others from adding to the audit log until the transaction ends. */
  lockAudit(db: Queries): Promise<void>;
  /** Removes from the files what deleted and overwritten rows left behind: of keys and team sessions, or of all that is sealed by the ring. */
  scrub(what: "keys" | "all"): Promise<void>;
  close(): Promise<void>;
}
