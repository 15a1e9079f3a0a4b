import { type AuditEntry, type AuditRow, chained } from "../../cases/audit.ts";
import { type CaseRow, type MessageRow, noDesk, noLink } from "../../cases/case.ts";
import type { CaseQuery } from "../../cases/ports.ts";
import type { Sealed } from "../../cases/seal.ts";
import {
  type CardRow,
  type CheckRow,
  type ComparisonRow,
  type ConversationRow,
  type DownloadRow,
  lanesOf,
  type RecordRow,
  type SessionRow,
  type StatisticsRow,
  StoreBusy,
  type StoreTransaction,
} from "../ports.ts";
import type { Engine } from "./engine.ts";
import type { Queries } from "./schema.ts";

/** What one transaction can do, in SQL that both databases take. */
export class SqlTransaction implements StoreTransaction {
  /** Whether this transaction destroyed keys or votes, which must not be found in the files either. */
  destroyed = false;
  readonly #db: Queries;
  readonly #engine: Engine;
  /** Lines for the audit log, in the order they came. */
  readonly #audited: AuditEntry[] = [];

  constructor(db: Queries, engine: Engine) {
    this.#db = db;
    this.#engine = engine;
  }

  async findConversation(ids: readonly string[]): Promise<ConversationRow | null> {
    if (ids.length === 0) return null;
    const rows = await this.#db.selectFrom("conversations").selectAll().where("id", "in", ids).execute();
    // The caller's order decides: the id under the newest key comes first.
    return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))[0] ?? null;
  }

  async saveConversation({ id, version, sealed, expiresAt }: ConversationRow): Promise<boolean> {
    if (version === 0) {
      const { numInsertedOrUpdatedRows } = await this.#db
        .insertInto("conversations")
        .values({ id, version: 1, sealed, expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    }
    const { numUpdatedRows } = await this.#db
      .updateTable("conversations")
      .set({ version: version + 1, sealed, expiresAt })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async deleteConversation(id: string, version: number): Promise<void> {
    await this.#db.deleteFrom("conversations").where("id", "=", id).where("version", "=", version).execute();
  }

  async expiredConversations(now: number, limit: number): Promise<readonly ConversationRow[]> {
    return this.#db
      .selectFrom("conversations")
      .selectAll()
      .where("expiresAt", "<=", now)
      .orderBy("expiresAt")
      .limit(limit)
      .execute();
  }

  async addSession(row: SessionRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("sessions")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async findSession(id: string): Promise<SessionRow | null> {
    const row = await this.#db
      .selectFrom("sessions")
      .selectAll()
      .where("id", "=", id)
      .$if(this.#engine.rowLocks, (query) => query.forUpdate())
      .executeTakeFirst();
    return row ?? null;
  }

  async changeSession(
    id: string,
    sealed: string,
    { forget = false }: { readonly forget?: boolean } = {},
  ): Promise<void> {
    if (forget) this.destroyed = true;
    await this.#db.updateTable("sessions").set({ sealed }).where("id", "=", id).execute();
  }

  async deleteSession(id: string): Promise<void> {
    await this.#db.deleteFrom("sessions").where("id", "=", id).execute();
  }

  async insertCheck({ wrappedKey, ...row }: CheckRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("checks")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) return false;
    await this.#db.insertInto("check_keys").values({ check: row.id, wrappedKey }).execute();
    return true;
  }

  #checks() {
    return this.#db
      .selectFrom("checks")
      .innerJoin("check_keys", "check_keys.check", "checks.id")
      .selectAll("checks")
      .select("wrappedKey");
  }

  async findCheck(id: string): Promise<CheckRow | null> {
    return (await this.#checks().where("id", "=", id).executeTakeFirst()) ?? null;
  }

  async findCheckByCode(hashes: readonly string[]): Promise<CheckRow | null> {
    if (hashes.length === 0) return null;
    return (await this.#checks().where("codeHash", "in", hashes).executeTakeFirst()) ?? null;
  }

  async saveCheck({
    id,
    version,
    sealed,
    expiresAt,
  }: Parameters<StoreTransaction["saveCheck"]>[0]): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable("checks")
      .set({ version: version + 1, sealed, expiresAt })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async destroyCheck(id: string): Promise<void> {
    this.destroyed = true;
    await this.#db.deleteFrom("check_keys").where("check", "=", id).execute();
    await this.#db.deleteFrom("checks").where("id", "=", id).execute();
  }

  async expiredChecks(now: number, limit: number): Promise<readonly CheckRow[]> {
    return this.#checks().where("expiresAt", "<=", now).orderBy("expiresAt").limit(limit).execute();
  }

  async everyCheck(): Promise<readonly CheckRow[]> {
    return this.#checks().orderBy("id").execute();
  }

  async insertRecord({ wrappedKey, ...row }: RecordRow): Promise<void> {
    await this.#db.insertInto("records").values(row).execute();
    await this.#db.insertInto("record_keys").values({ record: row.id, wrappedKey }).execute();
  }

  #records() {
    return this.#db
      .selectFrom("records")
      .innerJoin("record_keys", "record_keys.record", "records.id")
      .selectAll("records")
      .select("wrappedKey");
  }

  async findRecord(id: string): Promise<RecordRow | null> {
    return (await this.#records().where("id", "=", id).executeTakeFirst()) ?? null;
  }

  async saveRecord({
    id,
    version,
    sealed,
    expiresAt,
    wrappedKey,
  }: Parameters<StoreTransaction["saveRecord"]>[0]): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable("records")
      .set({ version: version + 1, sealed, expiresAt })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    if (wrappedKey !== undefined) {
      this.destroyed = true;
      await this.#db.updateTable("record_keys").set({ wrappedKey }).where("record", "=", id).execute();
    }
    return true;
  }

  async destroyRecord(id: string): Promise<void> {
    this.destroyed = true;
    await this.#db.deleteFrom("record_keys").where("record", "=", id).execute();
    await this.#db.deleteFrom("records").where("id", "=", id).execute();
  }

  async expiredRecords(now: number, limit: number): Promise<readonly RecordRow[]> {
    return this.#records().where("expiresAt", "<=", now).orderBy("expiresAt").limit(limit).execute();
  }

  async findComparison(id: string): Promise<ComparisonRow | null> {
    return (
      (await this.#db.selectFrom("comparisons").selectAll().where("id", "=", id).executeTakeFirst()) ?? null
    );
  }

  async saveComparison({ id, version, sealed }: ComparisonRow): Promise<boolean> {
    const table = "comparisons";
    if (version === 0) {
      const { numInsertedOrUpdatedRows } = await this.#db
        .insertInto(table)
        .values({ id, version: 1, sealed })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    }
    const { numUpdatedRows } = await this.#db
      .updateTable(table)
      .set({ version: version + 1, sealed })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async findStatistics(ids: readonly string[]): Promise<StatisticsRow | null> {
    if (ids.length === 0) return null;
    const rows = await this.#db.selectFrom("statistics").selectAll().where("id", "in", ids).execute();
    return rows[0] ?? null;
  }

  async saveStatistics({ id, version, sealed }: StatisticsRow): Promise<boolean> {
    // What a year was counted from is not to be found in the files once it is frozen.
    this.destroyed = true;
    const table = "statistics";
    if (version === 0) {
      const { numInsertedOrUpdatedRows } = await this.#db
        .insertInto(table)
        .values({ id, version: 1, sealed })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    }
    const { numUpdatedRows } = await this.#db
      .updateTable(table)
      .set({ version: version + 1, sealed })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async deleteStatistics(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { numDeletedRows } = await this.#db
      .deleteFrom("statistics")
      .where("id", "in", ids)
      .executeTakeFirst();
    if (numDeletedRows > 0n) this.destroyed = true;
  }

  async casesReceived(route: string, from: number, before: number): Promise<readonly CaseRow[]> {
    return this.#cases()
      .where("route", "=", route)
      .where("createdAt", ">=", from)
      .where("createdAt", "<", before)
      .execute();
  }

  async addDownload(row: DownloadRow): Promise<void> {
    await this.#db.insertInto("downloads").values(row).execute();
  }

  async findDownload(ids: readonly string[]): Promise<DownloadRow | null> {
    if (ids.length === 0) return null;
    const row = await this.#db.selectFrom("downloads").selectAll().where("id", "in", ids).executeTakeFirst();
    return row ?? null;
  }

  async takeDownload(ids: readonly string[]): Promise<DownloadRow | null> {
    if (ids.length === 0) return null;
    // Where two delete it at once, the second waits for the first, and then finds nothing to return.
    const [row] = await this.#db.deleteFrom("downloads").where("id", "in", ids).returningAll().execute();
    return row ?? null;
  }

  async firstSight(hash: string, at: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("seen_events")
      .values({ hash, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async countAttempt(id: string, windowStart: number): Promise<number> {
    const { count } = await this.#db
      .insertInto("attempts")
      .values({ id, windowStart, count: 1 })
      .onConflict((conflict) =>
        conflict.columns(["id", "windowStart"]).doUpdateSet((e) => ({ count: e("attempts.count", "+", 1) })),
      )
      .returning("count")
      .executeTakeFirstOrThrow();
    return count;
  }

  audit(entry: Parameters<StoreTransaction["audit"]>[0]): void {
    this.#audited.push({ digest: null, ...entry });
  }

  /**
   * Adds what is to stand in the audit log; the last thing a transaction does. Each line needs the one before,
   * so they are added one transaction at a time, and whoever waits for that here holds up nothing else.
   */
  async writeAudit(): Promise<void> {
    if (this.#audited.length === 0) return;
    await this.#engine.lockAudit(this.#db);
    let last = await this.lastAudited();
    for (const entry of this.#audited.splice(0)) {
      last = chained(last, entry);
      await this.#db.insertInto("audit").values(last).execute();
    }
  }

  async lastAudited(): Promise<AuditRow | null> {
    const last = this.#db.selectFrom("audit").selectAll().orderBy("nr", "desc").limit(1);
    return (await last.executeTakeFirst()) ?? null;
  }

  async stampedAt(digest: string): Promise<number | null> {
    const row = await this.#db
      .selectFrom("audit")
      .select("at")
      .where("digest", "=", digest)
      .executeTakeFirst();
    return row?.at ?? null;
  }

  async auditLog(after: number, limit: number): Promise<readonly AuditRow[]> {
    return auditRows(this.#db, after, limit);
  }

  /** Doing it twice with one id does it once, so a caller that may repeat itself can name its deliveries. */
  async enqueue(row: Parameters<StoreTransaction["enqueue"]>[0]): Promise<void> {
    // Raising the lane's counter locks it until this transaction ends: positions are visible in order.
    const { last } = await this.#db
      .insertInto("lanes")
      .values({ id: row.lane, last: 1 })
      .onConflict((conflict) => conflict.column("id").doUpdateSet((e) => ({ last: e("lanes.last", "+", 1) })))
      .returning("last")
      .executeTakeFirstOrThrow();
    await this.#db
      .insertInto("outbox")
      .values({
        ...row,
        position: last,
        state: "waiting",
        leasedBy: null,
        attempts: 0,
        mayBeThere: 0,
        code: null,
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
  }

  async withdraw(lanes: readonly string[], options?: { readonly but: string }): Promise<void> {
    if (lanes.length === 0) return;
    // Made where it is not there, the lane's row is the same lock as in `enqueue`, also against its first delivery.
    await this.#db
      .insertInto("lanes")
      .values([...lanes].sort().map((id) => ({ id, last: 0 })))
      .onConflict((conflict) => conflict.column("id").doUpdateSet((e) => ({ last: e.ref("lanes.last") })))
      .execute();
    await this.#db
      .deleteFrom("outbox")
      .where("lane", "in", lanes)
      // No id is empty.
      .where("id", "!=", options?.but ?? "")
      .execute();
    await this.#db
      .deleteFrom("lanes")
      .where("id", "in", lanes)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom("outbox").select("outbox.id").whereRef("outbox.lane", "=", "lanes.id"))),
      )
      .execute();
  }

  async reschedule(lanes: readonly string[], dueAt: number): Promise<void> {
    if (lanes.length === 0) return;
    await this.#db
      .updateTable("outbox")
      .set({ dueAt })
      .where("lane", "in", lanes)
      .where("state", "=", "waiting")
      .where("leasedBy", "is", null)
      .execute();
  }

  async endsGivenUp(lane: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom("outbox")
      .innerJoin("lanes", (join) =>
        join.onRef("lanes.id", "=", "outbox.lane").onRef("lanes.last", "=", "outbox.position"),
      )
      .select("outbox.id")
      .where("outbox.lane", "=", lane)
      .where("outbox.state", "=", "failed")
      .executeTakeFirst();
    return row !== undefined;
  }

  async addCard(row: CardRow): Promise<void> {
    await this.#db
      .insertInto("case_cards")
      .values((e) => ({
        ...row,
        position: e
          .selectFrom("case_cards")
          .select((e) => e(e.fn.coalesce(e.fn.max("position"), e.lit(0)), "+", 1).as("position"))
          .where("case", "=", row.case),
      }))
      .execute();
  }

  async cards(caseId: string, audience: CardRow["audience"]): Promise<readonly CardRow[]> {
    return this.#db
      .selectFrom("case_cards")
      .select(["id", "case", "audience", "ref"])
      .where("case", "=", caseId)
      .where("audience", "=", audience)
      .orderBy("position")
      .orderBy("id")
      .execute();
  }

  async removeCards(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#db.deleteFrom("case_cards").where("id", "in", ids).execute();
  }

  async caseloads(): ReturnType<StoreTransaction["caseloads"]> {
    const rows = await this.#db
      .selectFrom("cases")
      .select(["route", "holder", (e) => e.fn.countAll().as("open")])
      .where("dueAt", "is not", null)
      .groupBy(["route", "holder"])
      .execute();
    return rows.map(({ open, ...rest }) => ({ ...rest, open: Number(open) }));
  }

  async casesWithoutCard(): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom("cases")
      .select("id")
      .where("state", "not in", ["closed", "withdrawn"])
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("case_cards")
              .select("case_cards.id")
              .whereRef("case_cards.case", "=", "cases.id")
              .where("case_cards.audience", "=", "route"),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("outbox")
              .select("outbox.id")
              .whereRef("outbox.lane", "=", "cases.id")
              .where("outbox.state", "=", "waiting"),
          ),
        ),
      )
      .execute();
    return rows.map(({ id }) => id);
  }

  async insertCase({ wrappedKey, wrappedLinkKey, ...row }: CaseRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("cases")
      .values(row)
      .onConflict((conflict) => conflict.column("receiptHash").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) return false;
    await this.#db.insertInto("case_keys").values({ case: row.id, wrappedKey, wrappedLinkKey }).execute();
    return true;
  }

  #cases() {
    return this.#db
      .selectFrom("cases")
      .innerJoin("case_keys", "case_keys.case", "cases.id")
      .selectAll("cases")
      .select(["wrappedKey", "wrappedLinkKey"]);
  }

  async findCase(id: string): Promise<CaseRow | null> {
    return (await this.#cases().where("id", "=", id).executeTakeFirst()) ?? null;
  }

  async findCaseByReceipt(hashes: readonly string[]): Promise<CaseRow | null> {
    if (hashes.length === 0) return null;
    return (await this.#cases().where("receiptHash", "in", hashes).executeTakeFirst()) ?? null;
  }

  async numberExists(number: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom("cases")
      .select("id")
      .where("number", "=", number)
      .executeTakeFirst();
    return row !== undefined;
  }

  async pseudonymExists(pseudonym: number): Promise<boolean> {
    const row = await this.#db
      .selectFrom("cases")
      .select("id")
      .where("pseudonym", "=", pseudonym)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async changeCase(
    id: string,
    version: number,
    change: Parameters<StoreTransaction["changeCase"]>[2],
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable("cases")
      .set({ ...change, version: version + 1 })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async listCases({ route, which, holders, after, limit }: CaseQuery): Promise<readonly CaseRow[]> {
    const over = which === "closed";
    const at = over ? "closedAt" : "dueAt";
    let query = this.#cases().where("route", "=", route).where(at, "is not", null);
    // A withdrawn case is over too, but there is nothing in it to look at.
    if (over) query = query.where("state", "=", "closed");
    if (which === "waiting") query = query.where("state", "=", "waiting");
    if (which === "mine") {
      if (holders.length === 0) return [];
      query = query.where("holder", "in", holders);
    }
    if (after) {
      const [from, beyond] = over ? (["<=", "<"] as const) : ([">=", ">"] as const);
      query = query
        // Said twice, so that the index is entered where the page begins.
        .where(at, from, after.at)
        .where((e) => e.or([e(at, beyond, after.at), e("id", ">", after.id)]));
    }
    return query
      .orderBy(at, over ? "desc" : "asc")
      .orderBy("id")
      .limit(limit)
      .execute();
  }

  async markRead(id: string, at: number): Promise<void> {
    await this.#db
      .updateTable("cases")
      .set({ readAt: at })
      .where("id", "=", id)
      .where("readAt", "is", null)
      .execute();
  }

  async withdrawCase(id: string, version: number, at: number): Promise<boolean> {
    // First of all: from here on nobody else changes the case, or adds to it.
    const { numUpdatedRows } = await this.#db
      .updateTable("cases")
      .set({ state: "withdrawn", dueAt: null, closedAt: at, version: version + 1, ...nothingWaits })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    this.destroyed = true;
    const nothing = "" as Sealed;
    await this.#db
      .updateTable("case_keys")
      .set({ wrappedKey: nothing, wrappedLinkKey: noLink })
      .where("case", "=", id)
      .execute();
    await this.#db
      .updateTable("cases")
      // No receipt has such a hash.
      .set({
        report: nothing,
        link: noLink,
        name: null,
        desk: noDesk,
        holder: null,
        receiptHash: `withdrawn:${id}`,
      })
      .where("id", "=", id)
      .execute();
    await this.#db.deleteFrom("messages").where("case", "=", id).execute();
    await this.#db
      .deleteFrom("case_cards")
      .where("case", "=", id)
      .where("audience", "=", "reporter")
      .execute();
    return true;
  }

  async addMessage(row: Omit<MessageRow, "seq">): Promise<boolean> {
    // Two messages at once would otherwise both take the next number.
    if (this.#engine.rowLocks) {
      const found = this.#db.selectFrom("cases").select("id").where("id", "=", row.case).forNoKeyUpdate();
      // The sweep destroyed it meanwhile, which trying again sees.
      if (!(await found.executeTakeFirst())) throw new StoreBusy("caseGone");
    }
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("messages")
      .values((e) => ({
        ...row,
        seq: e
          .selectFrom("messages")
          .select((e) => e(e.fn.coalesce(e.fn.max("seq"), e.lit(0)), "+", 1).as("seq"))
          .where("case", "=", row.case),
      }))
      .onConflict((conflict) => conflict.columns(["case", "nonceHash"]).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async messages(caseId: string): Promise<readonly MessageRow[]> {
    return this.#db.selectFrom("messages").selectAll().where("case", "=", caseId).orderBy("seq").execute();
  }

  async destroyCase(id: string): Promise<void> {
    this.destroyed = true;
    await this.#db.deleteFrom("case_keys").where("case", "=", id).execute();
    // The thread goes with the row, so nothing can be added to it in between.
    await this.#db.deleteFrom("cases").where("id", "=", id).execute();
    const lanes = Object.values(lanesOf(id));
    await this.#db.deleteFrom("outbox").where("lane", "in", lanes).execute();
    await this.#db.deleteFrom("lanes").where("id", "in", lanes).execute();
    await this.#db.deleteFrom("case_cards").where("case", "=", id).execute();
  }

  async closedBefore(time: number, limit: number, now: number): Promise<readonly CaseRow[]> {
    const rows = this.#cases()
      .where("state", "in", ["closed", "withdrawn"])
      .where("closedAt", "<=", time)
      .where((e) => e.or([e("holdUntil", "is", null), e("holdUntil", "<=", now)]))
      .orderBy("closedAt")
      .limit(limit);
    // Who is keeping one at this very moment is waited for by nobody: the next sweep sees what came of it.
    return (this.#engine.rowLocks ? rows.forUpdate("cases").skipLocked() : rows).execute();
  }

  async dueReminders(time: number, limit: number): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom("cases")
      .select("id")
      .where("remindAt", "<=", time)
      .orderBy("remindAt")
      .orderBy("id")
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }
}

/** Of a case without words nobody is reminded, and nothing is kept for longer. */
const nothingWaits = { remindAt: null, remindKind: null, holdUntil: null, holdReason: null };

/** Lines of the audit log after that number, in order. */
export function auditRows(db: Queries, after: number, limit: number): Promise<AuditRow[]> {
  return db.selectFrom("audit").selectAll().where("nr", ">", after).orderBy("nr").limit(limit).execute();
}
