import type { CardRow, LeasedDelivery, Store, StoreTransaction } from "../ports.ts";
import type { Engine } from "./engine.ts";
import type { Queries } from "./schema.ts";
import { SqlTransaction } from "./transaction.ts";

/** The store on any engine. Its database has been migrated. */
export class SqlStore implements Store {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    let destroyed = false;
    const result = await this.#engine.transaction(async (db) => {
      const tx = new SqlTransaction(db, this.#engine);
      const result = await work(tx);
      await tx.writeAudit();
      destroyed = tx.destroyed;
      return result;
    });
    // The rows are gone whether or not this works now; `sweep` does it again.
    if (destroyed) await this.#engine.scrub("keys").catch(() => undefined);
    return result;
  }

  async lease(worker: string, now: number, leaseMs: number): Promise<LeasedDelivery | null> {
    return this.#engine.transaction(async (db) => {
      const next = heads(db)
        .select("id")
        .where("dueAt", "<=", now)
        .orderBy("dueAt")
        .orderBy("position")
        .limit(1)
        .$if(this.#engine.rowLocks, (query) => query.forUpdate().skipLocked());
      const row = await db
        .updateTable("outbox")
        .set((e) => ({
          leasedBy: worker,
          dueAt: now + leaseMs,
          attempts: e("attempts", "+", 1),
          // Still leased: whoever had it may have sent it before the lease ran out.
          mayBeThere: e.case().when("leasedBy", "is", null).then(e.ref("mayBeThere")).else(1).end(),
        }))
        .where("id", "=", next)
        .returning(["id", "lane", "sealed", "attempts", "mayBeThere"])
        .executeTakeFirst();
      return row ? { ...row, attempts: row.attempts - 1, mayBeThere: row.mayBeThere === 1 } : null;
    });
  }

  async delivered(id: string, worker: string, cards: readonly CardRow[]): Promise<boolean> {
    return this.#engine.transaction(async (db) => {
      const { numDeletedRows } = await db
        .deleteFrom("outbox")
        .where("id", "=", id)
        .where("leasedBy", "=", worker)
        .executeTakeFirst();
      if (numDeletedRows !== 1n) return false;
      const tx = new SqlTransaction(db, this.#engine);
      for (const card of cards) await tx.addCard(card);
      return true;
    });
  }

  async retry(
    id: string,
    worker: string,
    dueAt: number,
    problem: Parameters<Store["retry"]>[3],
  ): Promise<boolean> {
    return this.#engine.transaction(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable("outbox")
        .set((e) => ({
          leasedBy: null,
          dueAt,
          code: problem.code,
          mayBeThere: problem.mayBeThere ? 1 : 0,
          attempts: e("attempts", "-", problem.notTried ? 1 : 0),
        }))
        .where("id", "=", id)
        .where("leasedBy", "=", worker)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    });
  }

  async giveUp(id: string, worker: string, code: string): Promise<boolean> {
    return this.#engine.transaction(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable("outbox")
        .set({ state: "failed", leasedBy: null, code, sealed: "" })
        .where("id", "=", id)
        .where("leasedBy", "=", worker)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    });
  }

  async nextDue(): Promise<number | null> {
    return this.#engine.transaction(async (db) => {
      const row = await heads(db)
        .select((e) => e.fn.min("dueAt").as("dueAt"))
        .executeTakeFirst();
      return row?.dueAt ?? null;
    });
  }

  async sweep(now: number, keepEventsMs: number): Promise<void> {
    await this.#engine.transaction(async (db) => {
      await db
        .deleteFrom("seen_events")
        .where("at", "<=", now - keepEventsMs)
        .execute();
      await db
        .deleteFrom("attempts")
        .where("windowStart", "<=", now - keepEventsMs)
        .execute();
      await db.deleteFrom("sessions").where("expiresAt", "<=", now).execute();
      await db.deleteFrom("downloads").where("expiresAt", "<=", now).execute();
    });
    await this.#engine.scrub("all");
  }

  async ping(): Promise<void> {
    await this.#engine.transaction((db) => db.selectFrom("lanes").select("id").limit(1).execute());
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

/** The first delivery of each lane that is neither delivered nor given up. */
function heads(db: Queries) {
  return db
    .selectFrom("outbox")
    .where("state", "=", "waiting")
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("outbox as older")
            .select("older.id")
            .whereRef("older.lane", "=", "outbox.lane")
            .whereRef("older.position", "<", "outbox.position")
            .where("older.state", "=", "waiting"),
        ),
      ),
    );
}
