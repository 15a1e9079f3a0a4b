import { anchorOf } from "../../cases/audit.ts";
import type { KeyRing } from "../../cases/keys.ts";
import { endCheck } from "../check-end.ts";
import { expiryOf, openConversation, outliving, save } from "../conversations.ts";
import { forgetReminder } from "../draft-reminders.ts";
import { errorCode, type Log } from "../log.ts";
import type { Organisation } from "../organisation.ts";
import type { Clock, ConversationRow, Store, StoreTransaction } from "../ports.ts";
import { sweepRecords } from "../records.ts";
import { countBeforeDestroying, sweepYears, untilCounted } from "../statistics.ts";

/** What the sweep needs of the world. */
export interface Sweep {
  readonly store: Store;
  readonly ring: KeyRing;
  readonly organisation: Organisation;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a platform may deliver an event again: hours at most; two days are safe. */
const keepEventsMs = 48 * 3_600_000;
const batch = 100;

/** How many of each were destroyed. */
export interface Swept {
  readonly conversations: number;
  readonly cases: number;
  readonly checks: number;
  readonly records: number;
}

/**
 * Destroys what has outlived its time (P10): drafts and conversations, closed cases with their keys first,
 * private records, and the hashes of events seen. Safe to run twice, or in two processes at once.
 */
export async function sweep(job: Sweep): Promise<Swept> {
  const now = job.clock.now();
  const cases = await sweepCases(job, now);
  const checks = await sweepChecks(job, now);
  const records = await inBatches(() => job.store.transaction((tx) => sweepRecords(tx, now, batch)));
  const conversations = await sweepConversations(job, now);
  await job.store.transaction((tx) => sweepYears(job, tx, now));
  await job.store.sweep(now, keepEventsMs);
  const last = await job.store.transaction((tx) => tx.lastAudited());
  // Where logs are kept elsewhere, nobody can make the whole audit log anew without its showing.
  if (last) job.log.info({ code: "audit.anchor", anchor: anchorOf(last) });
  if (cases + checks + records + conversations > 0)
    job.log.info({ code: "sweep.done", cases, checks, records, conversations });
  return { cases, checks, records, conversations };
}

async function sweepCases(job: Sweep, now: number): Promise<number> {
  const before = now - job.organisation.retention.closedDays * 86_400_000;
  return inBatches(() =>
    untilCounted(job.store, async (tx) => {
      const rows = await tx.closedBefore(before, batch, now);
      for (const row of rows) {
        await countBeforeDestroying(job, tx, row);
        await tx.destroyCase(row.id);
        tx.audit({ at: now, code: "case.destroyed", case: row.id, route: row.route });
      }
      return rows.length;
    }),
  );
}

/** Checks that nobody has changed for too long, with what waits to be sent about them; it could wait for years. */
async function sweepChecks(job: Sweep, now: number): Promise<number> {
  return inBatches(() =>
    job.store.transaction(async (tx) => {
      let ended = 0;
      for (const row of await tx.expiredChecks(now, batch)) if (await endCheck(tx, job, row, now)) ended += 1;
      return ended;
    }),
  );
}

/**
 * A person with cases keeps the way to them, one who asked for practice keeps that wish, and nobody keeps
 * anything else. A guide goes before the draft that it was opened over.
 */
async function sweepConversations(job: Sweep, now: number): Promise<number> {
  return inBatches(() =>
    job.store.transaction(async (tx) => {
      const rows = await tx.expiredConversations(now, batch);
      for (const row of rows) await sweepConversation(job, tx, row, now);
      return rows.length;
    }),
  );
}

async function sweepConversation(
  job: Sweep,
  tx: StoreTransaction,
  row: ConversationRow,
  now: number,
): Promise<void> {
  const stored = opened(job, row);
  const later = expiryOf(job.organisation, now);
  // Its key may come back, and the way to a case with it; one such row must not keep the others.
  if (!stored) return void (await tx.saveConversation({ ...row, expiresAt: later }));
  const cases = await livingCases(tx, stored.conversation.cases);
  const checks = await livingChecks(tx, stored.conversation.checks);
  const record = await livingRecord(tx, stored.conversation.record);
  const left = outliving(stored, now, cases);
  if (!left.conversation.remind) await forgetReminder(tx, stored.conversation);
  const rest = { ...left, conversation: { ...left.conversation, checks, record } };
  const keepUntil = rest.conversation.draft ? (stored.keepUntil ?? later) : later;
  // A turn that came in between has changed the version: then it is not expired any more.
  const { draft, practicePing } = rest.conversation;
  const nothing = cases.length === 0 && checks.length === 0 && record === null;
  if (nothing && !draft && practicePing === null) await tx.deleteConversation(row.id, row.version);
  else await save(tx, job.ring, row, rest, { now, keepUntil });
}

function opened({ ring, log }: Sweep, row: ConversationRow): ReturnType<typeof openConversation> | null {
  try {
    return openConversation(ring, row);
  } catch (error) {
    log.error({ code: "sweep.unreadable", error: errorCode(error) });
    return null;
  }
}

/** Does work that takes a batch at a time until there is less than a batch to do. */
async function inBatches(work: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const done = await work();
    total += done;
    if (done < batch) return total;
  }
}

async function livingChecks(tx: StoreTransaction, ids: readonly string[]): Promise<string[]> {
  const living: string[] = [];
  for (const id of ids) if (await tx.findCheck(id)) living.push(id);
  return living;
}

async function livingRecord(tx: StoreTransaction, id: string | null): Promise<string | null> {
  return id !== null && (await tx.findRecord(id)) ? id : null;
}

async function livingCases(tx: StoreTransaction, ids: readonly string[]): Promise<string[]> {
  const living: string[] = [];
  for (const id of ids) {
    const row = await tx.findCase(id);
    if (row && row.state !== "withdrawn") living.push(id);
  }
  return living;
}
