import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Store } from "../bots/ports.ts";
import { openPostgresStore, openSqliteStore } from "../bots/store/open.ts";
import { AuditReading } from "../cases/audit.ts";
import { conversation, message, someCase } from "./contracts/store.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

/** Takes a database back to what release 0.1.0 made of it. */
const asOfFirst = [
  "drop table record_keys",
  "drop table records",
  // Its lines had no order but their time, and two could be alike.
  "drop table audit",
  'create table audit ("at" bigint not null, "code" text not null, "case" text, "route" text)',
  `insert into audit values (7, 'b.later', 'old', 'main')`,
  `insert into audit values (5, 'a.first', null, null)`,
  `insert into audit values (7, 'b.later', 'old', 'main')`,
  "drop table sessions",
  "drop table downloads",
  "drop table check_keys",
  "drop table checks",
  "drop table comparisons",
  ...["due", "held", "standing", "over"].map((name) => `drop index cases_${name}`),
  ...["desk", "holder", "dueAt"].map((name) => `alter table cases drop column "${name}"`),
  "drop table statistics",
  "drop index cases_pseudonym",
  'alter table cases drop column "name"',
  'alter table cases drop column "readAt"',
  "drop index cases_remind",
  ...["remindAt", "remindKind", "holdUntil", "holdReason"].map(
    (column) => `alter table cases drop column "${column}"`,
  ),
  "delete from migrations where name <> '0001-first'",
];
const check = { id: "c", version: 1, sealed: "sealed", wrappedKey: "key", codeHash: "hash", expiresAt: 1 };
const session = { id: "s", sealed: "sealed", expiresAt: 1 };

async function fill(store: Store): Promise<void> {
  await store.transaction(async (t) => {
    await t.saveConversation(conversation("a"));
    await t.insertCase(someCase("old"));
    await t.insertCase({ ...someCase("over"), state: "closed", closedAt: 9 });
    await t.insertCase({ ...someCase("gone"), state: "withdrawn", closedAt: 9 });
    await t.addMessage(message("old", "nonce"));
    await t.enqueue({ id: "d", lane: "old", sealed: "sealed", dueAt: 5 });
  });
}

async function expectWhole(store: Store): Promise<void> {
  await store.transaction(async (t) => {
    expect(await t.findConversation(["a"])).toMatchObject({ version: 1 });
    // Nobody noted then whether a report was opened: it counts as opened.
    const old = someCase("old");
    // Advisers are reminded of cases from before, too: the first run looks at all but those without words.
    const first = { remindAt: old.createdAt, remindKind: "acknowledgeSoon" };
    expect(await t.findCase("old")).toEqual({ ...old, ...first, readAt: old.createdAt });
    expect(await t.findCase("over")).toMatchObject({ remindAt: 9, remindKind: "destroySoon" });
    expect(await t.findCase("gone")).toMatchObject({ remindAt: null, remindKind: null, holdUntil: null });
    expect(await t.messages("old")).toHaveLength(1);
    expect(await t.addSession(session)).toBe(true);
    expect(await t.insertCheck(check)).toBe(true);
    expect(await t.findCheck(check.id)).toEqual(check);
    await t.addDownload(session);
    expect(await t.findDownload([session.id])).toEqual(session);
    const log = await t.auditLog(0, 10);
    const reading = new AuditReading();
    reading.read(log);
    expect(reading.brokenAt).toBeNull();
    expect(log.map(({ nr, code, digest }) => [nr, code, digest])).toEqual([
      [1, "a.first", null],
      [2, "b.later", null],
      [3, "b.later", null],
    ]);
  });
  expect(await store.nextDue()).toBe(5);
}

describe("a database of the first release, with rows in it, goes on with this one", () => {
  test("in SQLite, also where the step was broken off before", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vertrouwd-migration-"));
    const file = join(folder, "vertrouwd.db");
    const first = await openSqliteStore(file);
    await fill(first);
    await first.close();
    const handle = new DatabaseSync(file);
    for (const sql of asOfFirst) handle.exec(sql);
    // Where the step cannot be finished, nothing of it is there.
    handle.exec("create index sessions_expiry on conversations (version)");
    await expect(openSqliteStore(file)).rejects.toThrow();
    const tables = handle.prepare("select name from sqlite_master where name = 'sessions'").all();
    expect(tables).toEqual([]);
    expect(handle.prepare("select name from migrations").all()).toEqual([{ name: "0001-first" }]);
    handle.exec("drop index sessions_expiry");
    handle.close();
    const store = await openSqliteStore(file);
    await expectWhole(store);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("in PostgreSQL", () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres?.stop());

    test("also where the step was broken off before, and several processes start at once", async () => {
      const url = await postgres.url("migration");
      const first = await openPostgresStore(url);
      await fill(first);
      await first.close();
      const client = new pg.Client(url);
      await client.connect();
      for (const sql of asOfFirst) await client.query(sql);
      await client.query('create index sessions_expiry on conversations ("version")');
      await expect(openPostgresStore(url)).rejects.toThrow();
      expect((await client.query("select to_regclass('sessions') as it")).rows).toEqual([{ it: null }]);
      expect((await client.query("select name from migrations")).rows).toEqual([{ name: "0001-first" }]);
      await client.query("drop index sessions_expiry");
      await client.end();
      const [store, ...others] = await Promise.all([1, 2, 3].map(() => openPostgresStore(url)));
      if (!store) throw new Error("no store");
      await expectWhole(store);
      for (const one of [store, ...others]) await one.close();
    });
  });
});
