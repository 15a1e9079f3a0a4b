import fc from "fast-check";
import { type CardRow, lanesOf, type Store, type StoreTransaction } from "../../bots/ports.ts";
import { AuditReading, type AuditRow, chained } from "../../cases/audit.ts";
import type { CaseRow } from "../../cases/case.ts";
import type { Sealed } from "../../cases/seal.ts";
import { outboxContract } from "./outbox.ts";

/** A fresh, empty database. */
export interface OpenedStore {
  /** The same database, opened by as many processes as may share it. */
  readonly stores: readonly [Store, ...Store[]];
  /** Closes every store and opens one again, as after a restart. */
  reopen(): Promise<Store>;
  close(): Promise<void>;
}

/** What every `Store` promises. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.stores[0];
    });
    afterEach(() => opened.close());

    const tx = <T>(work: (tx: StoreTransaction) => Promise<T>) => store.transaction(work);
    /** The same work, `times` at once, spread over all processes. */
    const atOnce = <T>(times: number, work: (tx: StoreTransaction, nr: number) => Promise<T>) =>
      Promise.all(
        Array.from({ length: times }, (_, nr) =>
          (opened.stores[nr % opened.stores.length] ?? store).transaction((tx) => work(tx, nr)),
        ),
      );

    describe("checks", () => {
      const check = (id: string, over = {}) => ({
        id,
        version: 1,
        sealed: `sealed-${id}`,
        wrappedKey: `key-${id}`,
        codeHash: `code-${id}`,
        expiresAt: 10,
        ...over,
      });

      test("are found by id and by code, and begun once", async () => {
        const begun = await atOnce(6, (t) => t.insertCheck(check("a")));
        expect(begun.filter(Boolean)).toHaveLength(1);
        await tx(async (t) => {
          expect(await t.findCheck("a")).toEqual(check("a"));
          expect(await t.findCheck("b")).toBeNull();
          expect(await t.findCheckByCode(["nothing", "code-a"])).toEqual(check("a"));
          expect(await t.findCheckByCode([])).toBeNull();
          expect(await t.findCheckByCode(["code-b"])).toBeNull();
        });
      });

      test("are written only by who saw their last version", async () => {
        await tx((t) => t.insertCheck(check("a")));
        const write = (t: StoreTransaction, nr: number) =>
          t.saveCheck({ id: "a", version: 1, sealed: `by-${nr}`, expiresAt: 20 + nr });
        const written = await atOnce(6, write);
        expect(written.filter(Boolean)).toHaveLength(1);
        const winner = written.indexOf(true);
        expect(await tx((t) => t.findCheck("a"))).toEqual(
          check("a", { version: 2, sealed: `by-${winner}`, expiresAt: 20 + winner }),
        );
        expect(await tx((t) => t.saveCheck({ ...check("b"), version: 1 }))).toBe(false);
      });

      test("are destroyed with their key, and only the one that was named", async () => {
        for (const id of ["a", "b"]) await tx((t) => t.insertCheck(check(id)));
        await tx((t) => t.destroyCheck("a"));
        expect((await tx((t) => t.everyCheck())).map(({ id }) => id)).toEqual(["b"]);
        // Its id and its code may be used again.
        expect(await tx((t) => t.insertCheck(check("a")))).toBe(true);
      });

      test("expire oldest first, at their time and not before", async () => {
        for (const [id, expiresAt] of [
          ["c", 30],
          ["a", 10],
          ["b", 20],
        ] as const)
          await tx((t) => t.insertCheck(check(id, { expiresAt })));
        const due = async (now: number, limit = 9) =>
          (await tx((t) => t.expiredChecks(now, limit))).map(({ id }) => id);
        expect(await due(9)).toEqual([]);
        expect(await due(20)).toEqual(["a", "b"]);
        expect(await due(30, 1)).toEqual(["a"]);
      });

      test("what units are compared by is written only by who saw its last version", async () => {
        const save = (version: number, sealed: string) =>
          tx((t) => t.saveComparison({ id: "all", version, sealed }));
        expect(await tx((t) => t.findComparison("all"))).toBeNull();
        expect(await save(0, "first")).toBe(true);
        expect(await save(0, "again")).toBe(false);
        expect(await save(1, "second")).toBe(true);
        expect(await save(1, "late")).toBe(false);
        expect(await tx((t) => t.findComparison("all"))).toEqual({ id: "all", version: 2, sealed: "second" });
      });
    });

    test("what waits in a lane is moved to another time, but not what is being delivered", async () => {
      for (const lane of ["a", "b", "c"])
        await tx((t) => t.enqueue({ id: lane, lane, sealed: "", dueAt: lane === "a" ? 5 : 50 }));
      expect((await store.lease("worker", 5, 100))?.id).toBe("a");
      await tx((t) => t.reschedule(["a", "b"], 7));
      await tx((t) => t.reschedule([], 1));
      expect((await store.lease("worker", 7, 100))?.id).toBe("b");
      expect(await store.lease("worker", 49, 100)).toBeNull();
    });

    describe("transactions", () => {
      test("a throw undoes everything it did, and nothing that others did at the same time", async () => {
        await tx((t) => t.insertCase(someCase("kept")));
        const failure = new Error("on purpose");
        const results = await Promise.allSettled([
          tx((t) => t.saveConversation(conversation("before"))),
          tx(async (t) => {
            await t.saveConversation(conversation("undone"));
            await t.insertCase(someCase("undone"));
            await t.changeCase("kept", 1, { state: "closed" });
            await t.addMessage(message("kept", "undone"));
            await t.firstSight("undone", 1);
            await t.countAttempt("undone", 1);
            await t.enqueue({ id: "undone", lane: "undone", sealed: "", dueAt: 0 });
            await t.addCard(card("undone"));
            throw failure;
          }),
          tx((t) => t.saveConversation(conversation("after"))),
        ]);
        expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
        expect(results[1]).toMatchObject({ reason: failure });
        await tx(async (t) => {
          expect(await t.findConversation(["before"])).not.toBeNull();
          expect(await t.findConversation(["after"])).not.toBeNull();
          expect(await t.findConversation(["undone"])).toBeNull();
          expect(await t.findCase("undone")).toBeNull();
          expect(await t.findCase("kept")).toMatchObject({ state: "received", version: 1 });
          expect(await t.messages("kept")).toEqual([]);
          expect(await t.firstSight("undone", 1)).toBe(true);
          expect(await t.countAttempt("undone", 1)).toBe(1);
          expect(await t.cards("case", "route")).toEqual([]);
        });
        expect(await store.nextDue()).toBeNull();
      });

      test("a statement the database refuses fails its own transaction only", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        const results = await Promise.allSettled([
          tx((t) => t.saveConversation(conversation("one"))),
          tx(async (t) => {
            await t.saveConversation(conversation("two"));
            await t.insertCase({ ...someCase("a"), receiptHash: "another" });
          }),
          tx((t) => t.saveConversation(conversation("three"))),
        ]);
        expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
        expect(await tx((t) => t.findConversation(["two"]))).toBeNull();
        expect(await tx((t) => t.findConversation(["three"]))).not.toBeNull();
      });

      test("what was committed is there after a restart", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        store = await opened.reopen();
        expect(await tx((t) => t.findCase("a"))).toEqual(someCase("a"));
        await store.ping();
      });

      test("a closed store refuses, and does not hang", async () => {
        await store.close();
        await expect(tx((t) => t.findCase("a"))).rejects.toThrow();
      });
    });

    describe("conversations", () => {
      test("of many first writers one wins, and the others can go on in their transaction", async () => {
        const won = await atOnce(24, async (t, nr) => {
          const first = await t.saveConversation({ ...conversation("a"), sealed: `by ${nr}` });
          await t.firstSight(`went on ${nr}`, 1);
          return first;
        });
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await tx((t) => t.findConversation(["a"]))).toEqual({
          ...conversation("a"),
          version: 1,
          sealed: `by ${won.indexOf(true)}`,
        });
        const seen = await atOnce(24, (t, nr) => t.firstSight(`went on ${nr}`, 2));
        expect(seen).not.toContain(true);
      });

      test("of many writers who read the same version one wins", async () => {
        await tx((t) => t.saveConversation(conversation("a")));
        const won = await atOnce(24, (t, nr) =>
          t.saveConversation({ ...conversation("a"), version: 1, sealed: `by ${nr}`, expiresAt: nr }),
        );
        expect(won.filter(Boolean)).toHaveLength(1);
        const nr = won.indexOf(true);
        const row = { id: "a", version: 2, sealed: `by ${nr}`, expiresAt: nr };
        expect(await tx((t) => t.findConversation(["a"]))).toEqual(row);
      });

      test("is found by any of its ids, the first one first", async () => {
        await tx((t) => t.saveConversation(conversation("old")));
        expect(await tx((t) => t.findConversation(["new", "old"]))).toMatchObject({ id: "old" });
        await tx((t) => t.saveConversation(conversation("new")));
        expect(await tx((t) => t.findConversation(["new", "old"]))).toMatchObject({ id: "new" });
        expect(await tx((t) => t.findConversation(["old", "new"]))).toMatchObject({ id: "old" });
        expect(await tx((t) => t.findConversation([]))).toBeNull();
      });

      test("is deleted only in the version that was read", async () => {
        await tx((t) => t.saveConversation(conversation("a")));
        await tx((t) => t.deleteConversation("a", 2));
        expect(await tx((t) => t.findConversation(["a"]))).not.toBeNull();
        await tx((t) => t.deleteConversation("a", 1));
        expect(await tx((t) => t.findConversation(["a"]))).toBeNull();
      });

      test("the expired ones are listed, oldest first", async () => {
        for (const [id, expiresAt] of [
          ["c", 30],
          ["a", 10],
          ["b", 20],
          ["d", 31],
        ] as const) {
          await tx((t) => t.saveConversation({ ...conversation(id), expiresAt }));
        }
        const ids = async (now: number, limit: number) =>
          (await tx((t) => t.expiredConversations(now, limit))).map((row) => row.id);
        expect(await ids(30, 9)).toEqual(["a", "b", "c"]);
        expect(await ids(30, 2)).toEqual(["a", "b"]);
        expect(await ids(9, 9)).toEqual([]);
      });

      test("that are closed and kept longer are not found until that ends", async () => {
        const held = { ...someCase("held"), state: "closed", closedAt: 10, holdUntil: 50 } as const;
        await tx((t) => t.insertCase(held));
        const ids = async (now: number) => (await tx((t) => t.closedBefore(20, 9, now))).map(({ id }) => id);
        expect(await ids(49)).toEqual([]);
        expect(await ids(50)).toEqual(["held"]);
      });

      test("of which advisers are to be reminded are found when their time has come, the longest due first", async () => {
        for (const [id, remindAt] of [
          ["c", 30],
          ["a", 10],
          ["b", 20],
          ["none", null],
        ] as const) {
          await tx((t) => t.insertCase({ ...someCase(id), remindAt, remindKind: "acknowledgeSoon" }));
        }
        const ids = (time: number, limit: number) => tx((t) => t.dueReminders(time, limit));
        expect(await ids(20, 9)).toEqual(["a", "b"]);
        expect(await ids(99, 2)).toEqual(["a", "b"]);
        expect(await ids(9, 9)).toEqual([]);
        expect(await tx((t) => t.changeCase("a", 1, { remindAt: null, remindKind: null }))).toBe(true);
        expect(await ids(99, 9)).toEqual(["b", "c"]);
      });
    });

    describe("cases", () => {
      test("come back as they went in", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        await tx((t) =>
          t.insertCase({ ...someCase("b"), state: "closed", acknowledgedAt: 5, closedAt: 2 ** 52 }),
        );
        expect(await tx((t) => t.findCase("a"))).toEqual(someCase("a"));
        expect(await tx((t) => t.findCase("b"))).toEqual({
          ...someCase("b"),
          state: "closed",
          acknowledgedAt: 5,
          closedAt: 2 ** 52,
        });
        expect(await tx((t) => t.findCase("c"))).toBeNull();
      });

      test("are found by receipt and number", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        expect(await tx((t) => t.findCaseByReceipt(["no", "receipt of a"]))).toEqual(someCase("a"));
        expect(await tx((t) => t.findCaseByReceipt(["no"]))).toBeNull();
        expect(await tx((t) => t.findCaseByReceipt([]))).toBeNull();
        expect(await tx((t) => t.numberExists("V-a"))).toBe(true);
        expect(await tx((t) => t.numberExists("V-b"))).toBe(false);
      });

      test("of many with one receipt one is added, and the others can go on in their transaction", async () => {
        const added = await atOnce(12, async (t, nr) => {
          const one = await t.insertCase({ ...someCase(`c${nr}`), receiptHash: "one receipt" });
          await t.countAttempt("went on", 1);
          return one;
        });
        expect(added.filter(Boolean)).toHaveLength(1);
        const winner = `c${added.indexOf(true)}`;
        expect(await tx((t) => t.findCaseByReceipt(["one receipt"]))).toMatchObject({ id: winner });
        for (const nr of added.keys())
          expect(await tx((t) => t.findCase(`c${nr}`))).toEqual(
            `c${nr}` === winner ? { ...someCase(winner), receiptHash: "one receipt" } : null,
          );
        expect(await tx((t) => t.countAttempt("went on", 1))).toBe(13);
      });

      test("of many moves from one version one wins", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        const won = await atOnce(24, (t, nr) =>
          t.changeCase("a", 1, { state: "acknowledged", acknowledgedAt: nr }),
        );
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await tx((t) => t.findCase("a"))).toEqual({
          ...someCase("a"),
          version: 2,
          state: "acknowledged",
          acknowledgedAt: won.indexOf(true),
        });
        expect(await tx((t) => t.changeCase("a", 2, {}))).toBe(true);
        expect(await tx((t) => t.findCase("a"))).toMatchObject({ version: 3, state: "acknowledged" });
      });

      test("closed long enough are listed, oldest first", async () => {
        for (const [id, closedAt] of [
          ["c", 30],
          ["a", 10],
          ["b", 20],
          ["open", null],
        ] as const) {
          await tx((t) =>
            t.insertCase({ ...someCase(id), state: closedAt ? "closed" : "received", closedAt }),
          );
        }
        const ids = async (time: number, limit: number) =>
          (await tx((t) => t.closedBefore(time, limit, 0))).map((row) => row.id);
        expect(await ids(20, 9)).toEqual(["a", "b"]);
        expect(await ids(99, 2)).toEqual(["a", "b"]);
        expect(await ids(9, 9)).toEqual([]);
      });
    });

    describe("lists of cases", () => {
      test("have each case of the route once, page by page, due first and newest over first", async () => {
        const states = [
          "received",
          "acknowledged",
          "conversation",
          "waiting",
          "closed",
          "withdrawn",
        ] as const;
        const cases = Array.from({ length: 40 }, (_, nr): CaseRow => {
          const state = states[nr % states.length] ?? "received";
          const over = state === "closed" || state === "withdrawn";
          return {
            ...someCase(`l${nr}`),
            route: nr % 5 === 0 ? "other" : "main",
            state,
            // Several are due at the same time.
            dueAt: over ? null : 1000 + (nr % 7),
            closedAt: over ? 500 + (nr % 3) : null,
            holder: nr % 4 === 0 ? "me" : nr % 4 === 1 ? "me-older-key" : null,
          };
        });
        await tx(async (t) => {
          for (const one of cases) await t.insertCase(one);
        });
        const mine = (one: CaseRow) => one.holder !== null;
        const wanted = {
          open: cases.filter(({ dueAt }) => dueAt !== null),
          mine: cases.filter((one) => one.dueAt !== null && mine(one)),
          waiting: cases.filter(({ state }) => state === "waiting"),
          closed: cases.filter(({ state }) => state === "closed"),
        };
        for (const which of ["open", "mine", "waiting", "closed"] as const) {
          const seen: CaseRow[] = [];
          for (;;) {
            const last = seen.at(-1);
            const at = which === "closed" ? last?.closedAt : last?.dueAt;
            const after = last && typeof at === "number" ? { at, id: last.id } : null;
            const query = { route: "main", which, holders: ["me", "me-older-key"], after, limit: 3 };
            const page = await tx((t) => t.listCases(query));
            seen.push(...page);
            if (page.length < 3) break;
          }
          const expected = wanted[which]
            .filter(({ route }) => route === "main")
            .sort((a, b) =>
              which === "closed"
                ? (b.closedAt ?? 0) - (a.closedAt ?? 0) || (a.id < b.id ? -1 : 1)
                : (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.id < b.id ? -1 : 1),
            );
          expect({ which, ids: seen.map(({ id }) => id) }).toEqual({
            which,
            ids: expected.map(({ id }) => id),
          });
        }
        const nobody = { route: "main", which: "mine", holders: [], after: null, limit: 3 } as const;
        expect(await tx((t) => t.listCases(nobody))).toEqual([]);
      });
    });

    describe("messages", () => {
      test("sent at once are all kept, numbered without gaps, each form once", async () => {
        await tx((t) => t.insertCase(someCase("a")));
        const added = await atOnce(30, (t, nr) => t.addMessage(message("a", `nonce ${nr % 20}`)));
        expect(added.filter(Boolean)).toHaveLength(20);
        const rows = await tx((t) => t.messages("a"));
        expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
        expect(new Set(rows.map((row) => row.nonceHash)).size).toBe(20);
      });

      test("of two cases are counted apart, and the same nonce may be in both", async () => {
        for (const id of ["a", "b"]) {
          await tx((t) => t.insertCase(someCase(id)));
          expect(await tx((t) => t.addMessage(message(id, "nonce")))).toBe(true);
        }
        expect(await tx((t) => t.addMessage(message("a", "nonce")))).toBe(false);
        expect(await tx((t) => t.messages("b"))).toEqual([{ ...message("b", "nonce"), seq: 1 }]);
      });

      test("cannot be added to a case that is not there", async () => {
        await expect(tx((t) => t.addMessage(message("gone", "nonce")))).rejects.toThrow();
      });
    });

    test("tells which open cases have no card and nothing on its way", async () => {
      const row = (id: string, lane: string) => ({ id, lane, sealed: "s", dueAt: 0 });
      await tx(async (t) => {
        for (const id of ["bare", "carded", "queued", "pinged"]) await t.insertCase(someCase(id));
        await t.insertCase({ ...someCase("closed"), state: "closed", closedAt: 1 });
        await t.addCard({ id: "c1", case: "carded", audience: "route", ref: "r" });
        await t.addCard({ id: "c2", case: "pinged", audience: "reporter", ref: "r" });
        await t.enqueue(row("d1", "queued"));
      });
      expect([...(await tx((t) => t.casesWithoutCard()))].sort()).toEqual(["bare", "pinged"]);
      const leased = await store.lease("w", 1, 1000);
      await store.giveUp(leased?.id ?? "", "w", "refused");
      expect([...(await tx((t) => t.casesWithoutCard()))].sort()).toEqual(["bare", "pinged", "queued"]);
    });

    describe("destroying a case", () => {
      test("leaves nothing of it, and all of the others", async () => {
        for (const id of ["a", "b"]) {
          await tx(async (t) => {
            await t.insertCase(someCase(id));
            await t.addMessage(message(id, "nonce"));
            await t.addCard({ ...card(`card of ${id}`), case: id });
            const { route, reporter } = lanesOf(id);
            await t.enqueue({ id: `1 of ${id}`, lane: route, sealed: "", dueAt: id === "a" ? 0 : 2 });
            await t.enqueue({ id: `2 of ${id}`, lane: reporter, sealed: "", dueAt: id === "a" ? 1 : 3 });
          });
        }
        const leased = await store.lease("w", 1, 1000);
        expect(leased?.id).toBe("1 of a");
        await tx((t) => t.destroyCase("a"));
        await tx(async (t) => {
          expect(await t.findCase("a")).toBeNull();
          expect(await t.findCaseByReceipt(["receipt of a"])).toBeNull();
          expect(await t.messages("a")).toEqual([]);
          expect(await t.cards("a", "route")).toEqual([]);
          expect(await t.findCase("b")).toEqual(someCase("b"));
          expect(await t.messages("b")).toHaveLength(1);
          expect(await t.cards("b", "route")).toHaveLength(1);
        });
        // The delivery that was under way leaves no card behind.
        expect(await store.delivered("1 of a", "w", [{ ...card("late"), case: "a" }])).toBe(false);
        expect(await tx((t) => t.cards("a", "route"))).toEqual([]);
        expect(await store.nextDue()).toBe(2);
        expect((await store.lease("w", 9, 1000))?.id).toBe("1 of b");
      });

      test("meets messages and deliveries added at the same time: all there, or all gone", async () => {
        await fc.assert(
          fc.asyncProperty(fc.uuid(), async (id) => {
            await tx((t) => t.insertCase(someCase(id)));
            const results = await Promise.allSettled(
              Array.from({ length: 6 }, (_, nr) =>
                (opened.stores[nr % opened.stores.length] ?? store).transaction(async (t) => {
                  if (nr === 3) return t.destroyCase(id);
                  await t.addMessage(message(id, `${nr}`));
                  await t.enqueue({ id: `${id} ${nr}`, lane: id, sealed: "", dueAt: 1 });
                }),
              ),
            );
            expect(results[3]?.status).toBe("fulfilled");
            expect(await tx((t) => t.messages(id))).toEqual([]);
            expect(await store.nextDue()).toBeNull();
          }),
          { numRuns: 10 },
        );
      });
    });

    describe("counting", () => {
      test("an event seen many times at once was first seen once", async () => {
        const first = await atOnce(24, (t) => t.firstSight("event", 1));
        expect(first.filter(Boolean)).toHaveLength(1);
      });

      test("attempts at once are all counted, a window at a time", async () => {
        const counts = await atOnce(24, (t) => t.countAttempt("who", 1000));
        expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
        expect(await tx((t) => t.countAttempt("who", 2000))).toBe(1);
        expect(await tx((t) => t.countAttempt("other", 1000))).toBe(1);
      });

      test("the sweep forgets old events and attempts, and keeps young ones", async () => {
        await tx(async (t) => {
          await t.firstSight("old", 100);
          await t.firstSight("young", 101);
          await t.countAttempt("old", 100);
          await t.countAttempt("young", 101);
        });
        await store.sweep(150, 50);
        await tx(async (t) => {
          expect(await t.firstSight("old", 200)).toBe(true);
          expect(await t.firstSight("young", 200)).toBe(false);
          expect(await t.countAttempt("old", 100)).toBe(1);
          expect(await t.countAttempt("young", 101)).toBe(2);
        });
      });
    });

    describe("the audit log", () => {
      const entry = (code: string, over = {}) => ({ at: 1, code, case: null, route: "main", ...over });
      const readAll = async () => {
        const reading = new AuditReading();
        const rows: AuditRow[] = [];
        for (;;) {
          const next = await tx((t) => t.auditLog(rows.at(-1)?.nr ?? 0, 7));
          if (next.length === 0) return { rows, brokenAt: reading.brokenAt, last: reading.last };
          reading.read(next);
          rows.push(...next);
        }
      };

      test("takes the same entry twice, and every line follows from the one before", async () => {
        await tx(async (t) => {
          t.audit(entry("desk.refused"));
          t.audit(entry("desk.refused"));
        });
        const { rows, brokenAt } = await readAll();
        expect(rows.map(({ nr, code, route, digest }) => ({ nr, code, route, digest }))).toEqual([
          { nr: 1, code: "desk.refused", route: "main", digest: null },
          { nr: 2, code: "desk.refused", route: "main", digest: null },
        ]);
        expect(brokenAt).toBeNull();
        expect(rows[0]?.chain).not.toBe(rows[1]?.chain);
      });

      test("is one chain, however many write at once", async () => {
        await atOnce(20, async (t, nr) => {
          t.audit(entry(`first.${nr}`, { at: nr }));
          // Others come in between.
          await t.findCase("none");
          t.audit(entry(`second.${nr}`, { at: nr, case: `case-${nr}` }));
        });
        const { rows, brokenAt, last } = await readAll();
        expect(rows.map(({ nr }) => nr)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
        expect(brokenAt).toBeNull();
        expect(last).toEqual(rows.at(-1));
        // What one transaction did stands together.
        for (const [index, row] of rows.entries())
          if (row.code.startsWith("first."))
            expect(rows[index + 1]?.code).toBe(row.code.replace("first", "second"));
      });

      test("says nothing of what was rolled back", async () => {
        await tx(async (t) => t.audit(entry("stays")));
        await tx(async (t) => {
          t.audit(entry("goes"));
          throw new Error("on purpose");
        }).catch(() => undefined);
        await tx(async (t) => t.audit(entry("comes after")));
        const { rows, brokenAt } = await readAll();
        expect(rows.map(({ code }) => code)).toEqual(["stays", "comes after"]);
        expect(brokenAt).toBeNull();
      });

      test("says when a digest was stamped, and stamps it once", async () => {
        await tx(async (t) => t.audit(entry("record.stamped", { at: 77, digest: "d" })));
        expect(await tx((t) => t.stampedAt("d"))).toBe(77);
        expect(await tx((t) => t.stampedAt("e"))).toBeNull();
        await expect(
          tx(async (t) => t.audit(entry("record.stamped", { at: 78, digest: "d" }))),
        ).rejects.toThrow();
        expect(await tx((t) => t.stampedAt("d"))).toBe(77);
      });

      test("shows a line that was changed, moved, taken out or put in", () => {
        fc.assert(
          fc.property(
            fc.array(fc.record({ at: fc.nat(5), code: fc.constantFrom("a", "b"), case: fc.constant(null) }), {
              minLength: 2,
              maxLength: 8,
            }),
            fc.nat(),
            fc.constantFrom("at", "case", "code", "digest", "route", "out", "twice"),
            (entries, at, how) => {
              const log: AuditRow[] = [];
              for (const one of entries)
                log.push(chained(log.at(-1) ?? null, { ...one, route: null, digest: null }));
              const reading = new AuditReading();
              reading.read(log);
              expect(reading.brokenAt).toBeNull();
              // Of the last line nothing follows: its own chain value is what has to be kept elsewhere.
              const nr = at % (log.length - 1);
              const row = log[nr] as AuditRow;
              const forged =
                how === "out"
                  ? []
                  : how === "twice"
                    ? [row, row]
                    : [{ ...row, [how]: how === "at" ? row.at + 1 : `${row[how]}x` }];
              const after = new AuditReading();
              after.read([...log.slice(0, nr), ...forged, ...log.slice(nr + 1)]);
              expect(after.brokenAt).not.toBeNull();
            },
          ),
        );
      });
    });

    describe("private records", () => {
      const record = (id: string, over = {}) => ({
        id,
        version: 1,
        sealed: `sealed-${id}`,
        wrappedKey: `key-${id}`,
        expiresAt: 10,
        ...over,
      });

      test("are written only by who saw their last version, and keep their key unless it is changed", async () => {
        await tx((t) => t.insertRecord(record("a")));
        const write = (t: StoreTransaction, nr: number) =>
          t.saveRecord({ id: "a", version: 1, sealed: `by-${nr}`, expiresAt: 20 + nr });
        const written = await atOnce(6, write);
        expect(written.filter(Boolean)).toHaveLength(1);
        const winner = written.indexOf(true);
        const now = { sealed: `by-${winner}`, expiresAt: 20 + winner };
        expect(await tx((t) => t.findRecord("a"))).toEqual(record("a", { version: 2, ...now }));
        expect(
          await tx((t) => t.saveRecord({ id: "a", version: 2, sealed: "s", expiresAt: 9, wrappedKey: "k" })),
        ).toBe(true);
        const newest = record("a", { version: 3, sealed: "s", expiresAt: 9, wrappedKey: "k" });
        expect(await tx((t) => t.findRecord("a"))).toEqual(newest);
        // Who comes too late changes neither text nor key.
        expect(
          await tx((t) => t.saveRecord({ id: "a", version: 2, sealed: "x", expiresAt: 9, wrappedKey: "x" })),
        ).toBe(false);
        expect(await tx((t) => t.findRecord("a"))).toEqual(newest);
        expect(await tx((t) => t.saveRecord({ ...record("b"), version: 1 }))).toBe(false);
      });

      test("are destroyed with their key, and only the one that was named", async () => {
        for (const id of ["a", "b"]) await tx((t) => t.insertRecord(record(id)));
        await tx((t) => t.destroyRecord("a"));
        expect(await tx((t) => t.findRecord("a"))).toBeNull();
        expect(await tx((t) => t.findRecord("b"))).toEqual(record("b"));
      });

      test("expire oldest first, at their time and not before", async () => {
        for (const [id, expiresAt] of [
          ["a", 30],
          ["b", 10],
          ["c", 20],
        ] as const)
          await tx((t) => t.insertRecord(record(id, { expiresAt })));
        const expired = async (now: number, limit = 9) =>
          (await tx((t) => t.expiredRecords(now, limit))).map(({ id }) => id);
        expect(await expired(9)).toEqual([]);
        expect(await expired(20)).toEqual(["b", "c"]);
        expect(await expired(30, 2)).toEqual(["b", "c"]);
      });
    });

    describe("team sessions", () => {
      const session = (id: string, expiresAt = 100) => ({ id, sealed: "0", expiresAt });

      test("are added once, whoever tries at the same time", async () => {
        const added = await atOnce(6, (t, nr) => t.addSession({ ...session("a"), sealed: String(nr) }));
        expect(added.filter(Boolean)).toHaveLength(1);
        const winner = added.indexOf(true);
        expect(await tx((t) => t.findSession("a"))).toEqual({ ...session("a"), sealed: String(winner) });
        expect(await tx((t) => t.findSession("b"))).toBeNull();
      });

      test("lose no change, however many come at once", async () => {
        await tx((t) => t.addSession(session("a")));
        await tx((t) => t.addSession(session("b")));
        await atOnce(30, async (t) => {
          const found = await t.findSession("a");
          await t.changeSession("a", String(Number(found?.sealed) + 1));
        });
        expect(await tx((t) => t.findSession("a"))).toMatchObject({ sealed: "30" });
        expect(await tx((t) => t.findSession("b"))).toEqual(session("b"));
      });

      test("change and are forgotten with their transaction only", async () => {
        await tx((t) => t.addSession(session("a")));
        await expect(
          tx(async (t) => {
            await t.changeSession("a", "1", { forget: true });
            await t.addSession(session("b"));
            await t.deleteSession("a");
            throw new Error("on purpose");
          }),
        ).rejects.toThrow("on purpose");
        expect(await tx((t) => t.findSession("a"))).toEqual(session("a"));
        expect(await tx((t) => t.findSession("b"))).toBeNull();
        await tx((t) => t.changeSession("a", "1", { forget: true }));
        expect(await tx((t) => t.findSession("a"))).toMatchObject({ sealed: "1" });
        await tx((t) => t.deleteSession("a"));
        expect(await tx((t) => t.findSession("a"))).toBeNull();
      });

      test("go with the sweep once their time has passed, and not before", async () => {
        for (const [id, expiresAt] of [
          ["past", 149],
          ["now", 150],
          ["later", 151],
        ] as const)
          await tx((t) => t.addSession(session(id, expiresAt)));
        await store.sweep(150, 50);
        const left = await tx(async (t) => {
          const found = [];
          for (const id of ["past", "now", "later"]) if (await t.findSession(id)) found.push(id);
          return found;
        });
        expect(left).toEqual(["later"]);
      });
    });

    describe("downloads", () => {
      const download = (id: string, expiresAt = 100) => ({ id, sealed: `sealed ${id}`, expiresAt });

      test("are found under any of the ids they may have, as often as asked", async () => {
        await tx((t) => t.addDownload(download("a")));
        await tx((t) => t.addDownload(download("b")));
        for (let nr = 0; nr < 3; nr += 1)
          expect(await tx((t) => t.findDownload(["newer", "a"]))).toEqual(download("a"));
        for (const ids of [[], ["c"]]) {
          expect(await tx((t) => t.findDownload(ids))).toBeNull();
          expect(await tx((t) => t.takeDownload(ids))).toBeNull();
        }
      });

      test("are taken by one, whoever comes at the same time, and no other is", async () => {
        await tx((t) => t.addDownload(download("a")));
        await tx((t) => t.addDownload(download("b")));
        const taken = await atOnce(12, (t) => t.takeDownload(["newer", "a"]));
        expect(taken.filter((row) => row !== null)).toEqual([download("a")]);
        expect(await tx((t) => t.findDownload(["a"]))).toBeNull();
        expect(await tx((t) => t.findDownload(["b"]))).toEqual(download("b"));
      });

      test("are taken by the second where the first comes to nothing", async () => {
        await tx((t) => t.addDownload(download("a")));
        const results = await Promise.allSettled(
          [0, 1].map((nr) =>
            (opened.stores[nr % opened.stores.length] ?? store).transaction(async (t) => {
              const row = await t.takeDownload(["a"]);
              if (nr === 0) throw new Error("on purpose");
              return row;
            }),
          ),
        );
        expect(results[0]?.status).toBe("rejected");
        expect(results[1]).toEqual({ status: "fulfilled", value: download("a") });
        expect(await tx((t) => t.findDownload(["a"]))).toBeNull();
      });

      test("go with the sweep once their time has passed, and not before", async () => {
        for (const [id, expiresAt] of [
          ["past", 149],
          ["now", 150],
          ["later", 151],
        ] as const)
          await tx((t) => t.addDownload(download(id, expiresAt)));
        await store.sweep(150, 50);
        expect(await tx((t) => t.findDownload(["past", "now"]))).toBeNull();
        expect(await tx((t) => t.findDownload(["later"]))).toEqual(download("later", 151));
      });
    });

    test("cards are listed per audience, in the order in which they were added", async () => {
      await tx(async (t) => {
        for (const id of ["z", "a", "m"]) await t.addCard(card(id));
        await t.addCard({ ...card("r"), audience: "reporter" });
      });
      expect(await tx((t) => t.cards("case", "route"))).toEqual([card("z"), card("a"), card("m")]);
      expect(await tx((t) => t.cards("case", "reporter"))).toEqual([{ ...card("r"), audience: "reporter" }]);
    });

    outboxContract(() => opened.stores);
  });
}

export function conversation(id: string) {
  return { id, version: 0, sealed: `draft of ${id}`, expiresAt: 1_900_000_000_000 };
}

export function someCase(id: string): CaseRow {
  return {
    id,
    number: `V-${id}`,
    pseudonym: 7,
    route: "main",
    state: "received",
    version: 1,
    createdAt: 1_900_000_000_000,
    acknowledgeBy: 1_900_000_000_001,
    feedbackBy: 1_900_000_000_002,
    acknowledgedAt: null,
    closedAt: null,
    wrappedKey: `key of ${id}` as Sealed,
    wrappedLinkKey: `link key of ${id}` as Sealed,
    report: `report of ${id}` as Sealed,
    link: `link of ${id}` as Sealed,
    dueAt: 1_900_000_000_001,
    desk: "",
    holder: null,
    name: null,
    readAt: null,
    receiptHash: `receipt of ${id}`,
    remindAt: null,
    remindKind: null,
    holdUntil: null,
    holdReason: null,
  };
}

export function message(caseId: string, nonceHash: string) {
  return {
    case: caseId,
    author: "reporter",
    nonceHash,
    text: "sealed" as Sealed,
    at: 1_900_000_000_000,
  } as const;
}

export function card(id: string): CardRow {
  return { id, case: "case", audience: "route", ref: `ref of ${id}` };
}
