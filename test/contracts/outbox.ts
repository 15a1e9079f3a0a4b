import fc from "fast-check";
import type { LeasedDelivery, Store } from "../../bots/ports.ts";

/** The outbox's part of what every `Store` promises. */
export function outboxContract(stores: () => readonly [Store, ...Store[]]): void {
  describe("the outbox", () => {
    const store = () => stores()[0];
    const enqueue = (lane: string, dueAt: number, ...ids: string[]) =>
      store().transaction(async (t) => {
        for (const id of ids) await t.enqueue({ id, lane, sealed: `sealed ${id}`, dueAt });
      });
    const card = { id: "card", case: "a", audience: "route", ref: "ref" } as const;

    test("leases a lane's deliveries one at a time, in order", async () => {
      await enqueue("a", 10, "z", "b", "a");
      expect(await store().lease("w", 9, 100)).toBeNull();
      const first = { id: "z", lane: "a", sealed: "sealed z", attempts: 0, mayBeThere: false };
      expect(await store().lease("w", 10, 100)).toEqual(first);
      expect(await store().lease("v", 10, 100)).toBeNull();
      expect(await store().delivered("z", "w", [card])).toBe(true);
      expect(await store().transaction((t) => t.cards("a", "route"))).toEqual([card]);
      expect((await store().lease("v", 10, 100))?.id).toBe("b");
    });

    test("leases the oldest first, and other lanes while one is under way", async () => {
      await enqueue("late", 20, "2");
      await enqueue("early", 10, "1");
      expect((await store().lease("w", 30, 100))?.id).toBe("1");
      expect((await store().lease("w", 30, 100))?.id).toBe("2");
    });

    test("a lease that ran out goes to another worker, as one that may be there", async () => {
      await enqueue("a", 0, "1", "2");
      await store().lease("dead", 0, 100);
      expect(await store().lease("w", 99, 100)).toBeNull();
      expect(await store().lease("w", 100, 100)).toMatchObject({ id: "1", attempts: 1, mayBeThere: true });
      // The one thought dead comes back: it has no say any more.
      expect(await store().delivered("1", "dead", [card])).toBe(false);
      expect(await store().retry("1", "dead", 0, { code: "x", mayBeThere: false })).toBe(false);
      expect(await store().giveUp("1", "dead", "x")).toBe(false);
      expect(await store().transaction((t) => t.cards("a", "route"))).toEqual([]);
      expect(await store().lease("w", 150, 100)).toBeNull();
      expect(await store().delivered("1", "w", [])).toBe(true);
      expect(await store().delivered("1", "w", [card])).toBe(false);
    });

    test("a lease that ran out still counts while nobody else took it", async () => {
      await enqueue("a", 0, "1");
      await store().lease("slow", 0, 100);
      expect(await store().delivered("1", "slow", [])).toBe(true);
      expect(await store().nextDue()).toBeNull();
    });

    test("a retry holds its lane back until it is due, and counts unless nothing was tried", async () => {
      await enqueue("a", 0, "1", "2");
      await store().lease("w", 0, 100);
      expect(await store().retry("1", "w", 50, { code: "timeout", mayBeThere: true })).toBe(true);
      expect(await store().nextDue()).toBe(50);
      expect(await store().lease("w", 49, 100)).toBeNull();
      expect(await store().lease("w", 50, 100)).toMatchObject({ id: "1", attempts: 1, mayBeThere: true });
      const untried = { code: "rateLimited", mayBeThere: true, notTried: true } as const;
      expect(await store().retry("1", "w", 60, untried)).toBe(true);
      expect(await store().lease("w", 60, 100)).toMatchObject({ id: "1", attempts: 1, mayBeThere: true });
      expect(await store().retry("1", "w", 70, { code: "refused", mayBeThere: false })).toBe(true);
      expect(await store().lease("w", 70, 100)).toMatchObject({ id: "1", attempts: 2, mayBeThere: false });
    });

    test("what is given up never comes back and lets its lane go on", async () => {
      await enqueue("a", 0, "1", "2");
      await store().lease("w", 0, 100);
      expect(await store().giveUp("1", "w", "notFound")).toBe(true);
      expect(await store().giveUp("1", "w", "notFound")).toBe(false);
      expect(await store().lease("w", 0, 100)).toMatchObject({ id: "2", mayBeThere: false });
      expect(await store().delivered("2", "w", [])).toBe(true);
      expect(await store().nextDue()).toBeNull();
      expect(await store().lease("w", 10_000, 100)).toBeNull();
    });

    test("a lane ends given up until something after it goes out", async () => {
      const ends = (lane: string) => store().transaction((tx) => tx.endsGivenUp(lane));
      expect(await ends("a")).toBe(false);
      await enqueue("a", 0, "1");
      await enqueue("b", 0, "9");
      expect(await ends("a")).toBe(false);
      await store().lease("w", 0, 100);
      await store().giveUp("1", "w", "notFound");
      expect([await ends("a"), await ends("b")]).toEqual([true, false]);
      await enqueue("a", 0, "2");
      expect(await ends("a")).toBe(false);
    });

    test("what falls due next is the first of a lane, or the end of its lease", async () => {
      expect(await store().nextDue()).toBeNull();
      await enqueue("a", 30, "1");
      await enqueue("a", 10, "2");
      expect(await store().nextDue()).toBe(30);
      await store().lease("w", 30, 100);
      expect(await store().nextDue()).toBe(130);
    });

    test("one id is one delivery, however often it is put in", async () => {
      await enqueue("a", 0, "1", "1");
      await enqueue("a", 0, "1");
      expect((await store().lease("w", 0, 100))?.sealed).toBe("sealed 1");
      await store().delivered("1", "w", []);
      expect(await store().nextDue()).toBeNull();
    });

    test("what is withdrawn never comes, and leaves its lane as if it had never been used", async () => {
      await enqueue("a", 0, "1", "2", "3");
      await enqueue("b", 5, "4");
      await store().lease("w", 0, 100);
      await store().giveUp("1", "w", "refused");
      await store().lease("w", 0, 100);
      await store().transaction((t) => t.withdraw(["a", "never used"]));
      // Who was carrying it has no say any more.
      expect(await store().retry("2", "w", 0, { code: "x", mayBeThere: false })).toBe(false);
      expect(await store().delivered("2", "w", [card])).toBe(false);
      expect(await store().nextDue()).toBe(5);
      await enqueue("a", 0, "1", "5");
      expect((await store().lease("w", 9, 100))?.id).toBe("1");
      expect((await store().lease("w", 9, 100))?.id).toBe("4");
      await store().delivered("1", "w", []);
      expect((await store().lease("w", 9, 100))?.id).toBe("5");
      await store().transaction((t) => t.withdraw([]));
    });

    test("one delivery can be left where it was, before what is put in next", async () => {
      await enqueue("a", 0, "0", "1", "2");
      await enqueue("b", 50, "b");
      await store().lease("w", 0, 100);
      await store().delivered("0", "w", []);
      await store().lease("w", 0, 100);
      await store().transaction(async (t) => {
        await t.withdraw(["a", "b"], { but: "1" });
        await t.enqueue({ id: "3", lane: "a", sealed: "", dueAt: 0 });
      });
      expect(await store().lease("v", 99, 100)).toBeNull();
      expect(await store().delivered("1", "w", [])).toBe(true);
      expect((await store().lease("v", 99, 100))?.id).toBe("3");
      await store().delivered("3", "v", []);
      expect(await store().nextDue()).toBeNull();
    });

    test("what is withdrawn in a transaction that fails is still there", async () => {
      await enqueue("a", 0, "1");
      const failing = store().transaction(async (t) => {
        await t.withdraw(["a"]);
        throw new Error("on purpose");
      });
      await expect(failing).rejects.toThrow("on purpose");
      expect((await store().lease("w", 0, 100))?.id).toBe("1");
    });

    test("of many who put one delivery in the place of what is there, at once, one has it", async () => {
      for (let run = 0; run < 5; run += 1) {
        await Promise.all(
          Array.from({ length: 24 }, (_, nr) =>
            (stores()[nr % stores().length] ?? store()).transaction(async (t) => {
              await t.withdraw(nr % 2 ? ["a", "b"] : ["b", "a"]);
              if (nr % 6 > 0) await t.enqueue({ id: `${run} ${nr}`, lane: "a", sealed: "", dueAt: 0 });
            }),
          ),
        );
        let there = 0;
        for (let row = await store().lease("w", 0, 100); row; row = await store().lease("w", 0, 100)) {
          there += 1;
          await store().delivered(row.id, "w", []);
        }
        expect(there).toBeLessThanOrEqual(1);
        expect(await store().nextDue()).toBeNull();
      }
    });

    test("whatever workers do or fail to do, lanes keep their order and every delivery comes to an end", async () => {
      const step = fc.oneof(
        fc.record({ do: fc.constant("enqueue" as const), lane: fc.nat(2) }),
        fc.record({ do: fc.constantFrom("lease" as const, "crash" as const), worker: fc.nat(2) }),
        fc.record({
          do: fc.constantFrom("delivered" as const, "retry" as const, "giveUp" as const),
          worker: fc.nat(2),
        }),
        fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 80 }) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.uuid(), fc.array(step, { maxLength: 40 }), async (run, steps) => {
          const book = new Book(run);
          let now = 0;
          const held: (Held | undefined)[] = [];
          let leases = 0;
          const lease = async (worker: number) => {
            leases += 1;
            const row = await store().lease(`w${leases}`, now, 50);
            held[worker] = row ? book.leased(row, `w${leases}`, now + 50, now) : undefined;
            return row;
          };
          const settle = async (worker: number, how: "delivered" | "retry" | "giveUp") => {
            const hold = held[worker];
            held[worker] = undefined;
            if (hold) await end(store(), book, hold, how, now + 10);
          };
          for (const s of steps) {
            if (s.do === "enqueue") await enqueue(book.lane(s.lane), now, book.next(s.lane));
            else if (s.do === "wait") now += s.ms;
            else if (s.do === "crash") held[s.worker] = undefined;
            else if (s.do !== "lease") await settle(s.worker, s.do);
            else if (!held[s.worker]) await lease(s.worker);
          }
          for (let due = await store().nextDue(); due !== null; due = await store().nextDue()) {
            now = Math.max(now, due);
            if (await lease(9)) await settle(9, "delivered");
          }
          book.close();
        }),
        { numRuns: 60 },
      );
    });

    test("workers at the same time never hold one lane together, and lose nothing when they die", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uuid(),
          fc.array(fc.constantFrom(...fates), { minLength: 5 }),
          async (run, fates) => {
            const book = new Book(run);
            let now = 0;
            let leases = 0;
            let granted = 0;
            await Promise.all(
              [0, 1, 2, 3].map(async (lane) => {
                for (let i = 0; i < 6; i += 1) await enqueue(book.lane(lane), 0, book.next(lane));
              }),
            );
            const worker = async (nr: number) => {
              const own = stores()[nr % stores().length] ?? store();
              while (!book.finished && !book.broken) {
                const at = now;
                leases += 1;
                const token = `w${leases}`;
                const row = await own.lease(token, at, 5);
                if (row) {
                  const hold = book.leased(row, token, at + 5, now);
                  // Counts past the end, so that there is always progress.
                  const fate = fates[granted % (fates.length + 1)] ?? "delivered";
                  granted += 1;
                  if (fate !== "crash") await end(own, book, hold, fate, now);
                } else if ((await own.nextDue()) !== null) {
                  // Everything is held or waits: let the leases of the dead run out.
                  now += 1;
                }
              }
            };
            const results = await Promise.allSettled(Array.from({ length: 6 }, (_, nr) => worker(nr)));
            for (const result of results) if (result.status === "rejected") throw result.reason;
            expect(await store().nextDue()).toBeNull();
            book.close();
          },
        ),
        { numRuns: 4 },
      );
    });
  });
}

type End = "delivered" | "retry" | "giveUp";
const fates = ["delivered", "delivered", "retry", "giveUp", "crash"] as const;

interface Held {
  readonly row: LeasedDelivery;
  readonly token: string;
  readonly until: number;
  /** Its end is on the way to the database: others may see it before this test hears that it got there. */
  settling: boolean;
}

async function end(store: Store, book: Book, hold: Held, how: End, retryAt: number): Promise<void> {
  const { row, token } = hold;
  hold.settling = true;
  if (how !== "retry") book.ending(row);
  const ok =
    how === "delivered"
      ? await store.delivered(row.id, token, [])
      : how === "giveUp"
        ? await store.giveUp(row.id, token, "code")
        : await store.retry(row.id, token, retryAt, { code: "code", mayBeThere: false });
  if (ok) book.settled(hold, how);
  else book.lost(hold);
}

/** Keeps the books of a run, and complains at the first entry that breaks a promise. */
class Book {
  readonly #run: string;
  /** Per lane: what was put in and has not come to an end, in order. */
  readonly #open = new Map<string, string[]>();
  readonly #ending = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #held = new Map<string, Held>();
  #put = 0;
  /** Whether there has been a complaint. */
  broken = false;

  constructor(run: string) {
    this.#run = run;
  }

  lane(nr: number): string {
    return `${this.#run} ${nr}`;
  }

  /** The id of the next delivery of this lane. */
  next(nr: number): string {
    this.#put += 1;
    const id = `${this.#run} #${this.#put}`;
    this.#open.set(this.lane(nr), [...(this.#open.get(this.lane(nr)) ?? []), id]);
    return id;
  }

  leased(row: LeasedDelivery, token: string, until: number, now: number): Held {
    if (this.#ended.has(row.id)) this.#complain("leased again after its end");
    const open = this.#open.get(row.lane) ?? [];
    const before = open.slice(0, open.indexOf(row.id));
    if (!before.every((id) => this.#ending.has(id))) this.#complain("leased before its turn");
    const other = this.#held.get(row.lane);
    if (other && !other.settling) {
      if (other.until > now) this.#complain("leased twice at a time");
      if (!row.mayBeThere) this.#complain("does not know that it may be there");
    }
    if (!other && row.mayBeThere) this.#complain("thinks that it may be there");
    const hold = { row, token, until, settling: false };
    this.#held.set(row.lane, hold);
    return hold;
  }

  #complain(about: string): never {
    this.broken = true;
    throw new Error(about);
  }

  ending(row: LeasedDelivery): void {
    this.#ending.add(row.id);
  }

  settled(hold: Held, how: End): void {
    const { row } = hold;
    if (this.#held.get(row.lane) === hold) this.#held.delete(row.lane);
    if (how === "retry") return;
    this.#ended.add(row.id);
    this.#open.set(row.lane, this.#open.get(row.lane)?.filter((id) => id !== row.id) ?? []);
  }

  /** The lease had run out and somebody else has the row. */
  lost({ row }: Held): void {
    if (!this.#held.get(row.lane)?.settling) this.#ending.delete(row.id);
  }

  get finished(): boolean {
    return this.#ended.size === this.#put;
  }

  close(): void {
    if (!this.finished) throw new Error(`${this.#put - this.#ended.size} deliveries were lost`);
  }
}
