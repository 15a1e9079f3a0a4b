import type { Kysely } from "kysely";
import type { AuditRow } from "../../cases/audit.ts";
import type { CaseRow, MessageRow } from "../../cases/case.ts";
import type {
  CardRow,
  CheckRow,
  ComparisonRow,
  ConversationRow,
  DownloadRow,
  RecordRow,
  SessionRow,
  StatisticsRow,
} from "../ports.ts";

/**
 * The tables as they stand after the last migration. Nothing in them is in the clear but opaque ids,
 * states, times, numbers and route ids; whatever a person said or is called is sealed before it gets here.
 */
export interface Schema {
  conversations: ConversationRow;
  sessions: SessionRow;
  checks: Omit<CheckRow, "wrappedKey">;
  /** As `case_keys`. */
  check_keys: Pick<CheckRow, "wrappedKey"> & { readonly check: string };
  records: Omit<RecordRow, "wrappedKey">;
  /** As `case_keys`. */
  record_keys: Pick<RecordRow, "wrappedKey"> & { readonly record: string };
  comparisons: ComparisonRow;
  statistics: StatisticsRow;
  downloads: DownloadRow;
  cases: Omit<CaseRow, KeyName>;
  /** Apart from the case, so that destroying keys rewrites one small table (`Engine.scrub`). */
  case_keys: Pick<CaseRow, KeyName> & { readonly case: string };
  messages: MessageRow;
  case_cards: CardRow & { readonly position: number };
  /** How many deliveries a lane has had: its row is the lock that gives a lane one order. */
  lanes: { readonly id: string; readonly last: number };
  outbox: OutboxRow;
  /** The migrations that were run. */
  migrations: { readonly name: string };
  seen_events: { readonly hash: string; readonly at: number };
  attempts: { readonly id: string; readonly windowStart: number; readonly count: number };
  audit: AuditRow;
}

type KeyName = "wrappedKey" | "wrappedLinkKey";

interface OutboxRow {
  readonly id: string;
  readonly lane: string;
  readonly position: number;
  /** Emptied when the row is given up. */
  readonly sealed: string;
  readonly state: "waiting" | "failed";
  /** When it may be leased next; while it is leased, when the lease runs out. */
  readonly dueAt: number;
  readonly leasedBy: string | null;
  /** Leases taken so far, but for those that were given back untried. */
  readonly attempts: number;
  /** 0 or 1: SQLite has no booleans. */
  readonly mayBeThere: number;
  /** What the last try came to. */
  readonly code: string | null;
}

/** Where queries go: the one connection of SQLite, or the transaction of PostgreSQL. */
export type Queries = Kysely<Schema>;
