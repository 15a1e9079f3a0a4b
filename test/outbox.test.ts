import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import fc from "fast-check";
import { pino } from "pino";
import { createLog, errorCode } from "../bots/log.ts";
import { createOutbox, type Outbox, type OutboxParts } from "../bots/outbox/worker.ts";
import { DeliveryError, type LeasedDelivery, type Store, StoreBusy } from "../bots/ports.ts";
import { openSqliteStore } from "../bots/store/open.ts";

const policy = {
  waits: [100, 1000, 10_000],
  refusedTries: 2,
  lanes: 3,
  lease: 500,
  poll: 60_000,
  storeWait: 1,
  storeTries: 3,
};
const limited = () => new DeliveryError({ kind: "rateLimited", retryAfter: 700 });
const unknown = () => new DeliveryError({ kind: "unknown", code: "timeout" });
const refused = () => new DeliveryError({ kind: "refused", code: "notFound" });

let directory: string;
let store: Store;
let now: number;
let started: Outbox[];
let workers = 0;
/** What was handed to `deliver`, and what was given up, in order. */
let tried: LeasedDelivery[];
let givenUp: { id: string; code: string }[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "vertrouwd-outbox-"));
  store = await openSqliteStore(join(directory, "outbox.db"));
  now = 1_900_000_000_000;
  started = [];
  tried = [];
  givenUp = [];
});
afterEach(async () => {
  for (const outbox of started) await outbox.stop();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** An outbox whose deliveries end as `script` says, in turn; after its end they all succeed. */
function outbox(script: readonly (Error | null)[] = [], parts: Partial<OutboxParts> = {}): Outbox {
  const left = [...script];
  workers += 1;
  const outbox = createOutbox({
    store,
    deliver: async (row) => {
      tried.push(row);
      const problem = left.shift();
      if (problem) throw problem;
      return [{ id: `card of ${row.id}`, case: row.lane, audience: "route", ref: "ref" }];
    },
    onGivenUp: async (row, code) => {
      givenUp.push({ id: row.id, code });
    },
    clock: { now: () => now },
    log: createLog("silent"),
    worker: `worker ${workers}`,
    policy,
    chance: () => 0,
    ...parts,
  });
  started.push(outbox);
  outbox.start();
  return outbox;
}

async function enqueue(lane: string, ...ids: string[]): Promise<void> {
  await store.transaction(async (t) => {
    for (const id of ids) await t.enqueue({ id, lane, sealed: "sealed", dueAt: now });
  });
}

/** Lets everybody else go on for a while. */
async function turns(count: number): Promise<void> {
  for (let nr = 0; nr < count; nr += 1) await new Promise(setImmediate);
}

const ids = () => tried.map((row) => row.id);
const cardsOf = async (lane: string) =>
  (await store.transaction((t) => t.cards(lane, "route"))).map((row) => row.id);

/** Lets the clock run to the next due time until nothing is left. */
async function runOut(...outboxes: Outbox[]): Promise<void> {
  for (;;) {
    for (const outbox of outboxes) await outbox.idle();
    const due = await store.nextDue();
    if (due === null) return;
    now = Math.max(now, due);
  }
}

test("what is delivered is remembered as a card, and not delivered again", async () => {
  await enqueue("case", "1", "2", "3");
  const box = outbox();
  await box.idle();
  expect(ids()).toEqual(["1", "2", "3"]);
  expect(await cardsOf("case")).toEqual(["card of 1", "card of 2", "card of 3"]);
  now += 1_000_000_000;
  await box.idle();
  expect(ids()).toHaveLength(3);
});

test("serves as many lanes at once as it may, and one delivery of a lane at a time", async () => {
  for (const lane of ["a", "b", "c", "d"]) await enqueue(lane, `${lane}1`, `${lane}2`);
  const underWay: string[] = [];
  const seen: string[][] = [];
  const box = outbox([], {
    deliver: async (row) => {
      underWay.push(row.lane);
      seen.push([...underWay]);
      await turns(30);
      underWay.splice(underWay.indexOf(row.lane), 1);
      return [];
    },
  });
  await box.idle();
  expect(seen).toHaveLength(8);
  expect(Math.max(...seen.map((lanes) => lanes.length))).toBe(3);
  for (const lanes of seen) expect(new Set(lanes).size).toBe(lanes.length);
});

test("a rate limit is waited out as long as the platform asks, and never counts as a try", async () => {
  await enqueue("case", "1", "2");
  const box = outbox(Array.from({ length: 12 }, limited));
  await box.idle();
  expect(ids()).toEqual(["1"]);
  now += 699;
  await box.idle();
  expect(ids()).toEqual(["1"]);
  await runOut(box);
  expect(ids()).toEqual([...Array.from({ length: 13 }, () => "1"), "2"]);
  expect(tried.every((row) => row.attempts === 0 && !row.mayBeThere)).toBe(true);
  expect(givenUp).toEqual([]);
});

test("waits are spread out, never shortened", async () => {
  await enqueue("case", "1");
  const box = outbox([limited()], { chance: () => 0.999 });
  await box.idle();
  const due = (await store.nextDue()) ?? 0;
  expect(due - now).toBeGreaterThan(700);
  expect(due - now).toBeLessThanOrEqual(875);
});

test("an unknown outcome is tried again as one that may be there, later and later, and then given up", async () => {
  await enqueue("case", "1", "2");
  const box = outbox([unknown(), unknown(), unknown(), unknown()]);
  await box.idle();
  for (const wait of policy.waits) {
    const before = tried.length;
    now += wait - 1;
    await box.idle();
    expect(tried).toHaveLength(before);
    now += 1;
    await box.idle();
  }
  expect(tried.map((row) => [row.id, row.attempts, row.mayBeThere])).toEqual([
    ["1", 0, false],
    ["1", 1, true],
    ["1", 2, true],
    ["1", 3, true],
    ["2", 0, false],
  ]);
  expect(givenUp).toEqual([{ id: "1", code: "timeout" }]);
  expect(await cardsOf("case")).toEqual(["card of 2"]);
});

test("once it may be there it stays so, whatever the platform says next", async () => {
  await enqueue("case", "1");
  await runOut(outbox([unknown(), limited(), refused()], { policy: { ...policy, refusedTries: 9 } }));
  expect(tried.map((row) => row.mayBeThere)).toEqual([false, true, true, true]);
});

test("a refusal is tried again, because platforms are sometimes wrong", async () => {
  await enqueue("case", "1");
  await runOut(outbox([refused()]));
  expect(tried.map((row) => row.mayBeThere)).toEqual([false, false]);
  expect(givenUp).toEqual([]);
  expect(await cardsOf("case")).toEqual(["card of 1"]);
});

test("a delivery that is refused again is given up, and its lane goes on", async () => {
  await enqueue("case", "1", "2");
  await runOut(outbox([refused(), refused()]));
  expect(ids()).toEqual(["1", "1", "2"]);
  expect(givenUp).toEqual([{ id: "1", code: "notFound" }]);
});

test("any other error counts as unknown, and only its class and code are logged", async () => {
  let logged = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  await enqueue("case", "1");
  const error = Object.assign(new TypeError("what somebody wrote"), { code: "E_ODD" });
  await runOut(outbox([error], { log: pino({ base: null, serializers: { err: errorCode } }, sink) }));
  expect(tried.map((row) => row.mayBeThere)).toEqual([false, true]);
  expect(logged).toContain("E_ODD");
  expect(logged).toContain("outbox.unknown");
  expect(logged).not.toContain("what somebody wrote");
});

test("what a dead worker held is taken over when its lease has run out, and the dead have no say", async () => {
  await enqueue("case", "1", "2");
  let revive = () => {};
  const dead = outbox([], {
    deliver: () =>
      new Promise((resolve) => {
        revive = () => resolve([{ id: "card of the dead", case: "case", audience: "route", ref: "ref" }]);
      }),
  });
  dead.kick();
  while ((await store.nextDue()) === now) await new Promise(setImmediate);
  const box = outbox();
  await box.idle();
  now += policy.lease - 1;
  await box.idle();
  expect(tried).toEqual([]);
  now += 1;
  await box.idle();
  expect(tried.map((row) => [row.id, row.mayBeThere])).toEqual([
    ["1", true],
    ["2", false],
  ]);
  revive();
  await dead.stop();
  expect(await cardsOf("case")).toEqual(["card of 1", "card of 2"]);
});

test("a worker that took over its own overdue delivery is not fooled by the first one's end", async () => {
  await enqueue("case", "1");
  const finish: ((cards: []) => void)[] = [];
  const box = outbox([], { deliver: () => new Promise((resolve) => finish.push(resolve)) });
  while (finish.length < 1) await turns(1);
  now += policy.lease;
  box.kick();
  while (finish.length < 2) await turns(1);
  finish[0]?.([]);
  await turns(30);
  expect(await store.nextDue()).toBe(now + policy.lease);
  finish[1]?.([]);
  await box.idle();
  expect(await store.nextDue()).toBeNull();
});

test("a delivery that keeps killing its worker is given up without being tried again", async () => {
  await enqueue("case", "1");
  for (let nr = 0; nr <= policy.waits.length; nr += 1) {
    expect(await store.lease(`dead ${nr}`, now, policy.lease)).not.toBeNull();
    now += policy.lease;
  }
  await outbox().idle();
  expect(tried).toEqual([]);
  expect(givenUp).toEqual([{ id: "1", code: "tooManyTries" }]);
});

test("a delivery stays until somebody could be told that it failed", async () => {
  await enqueue("case", "1", "2");
  let tells = 0;
  const box = outbox([refused(), refused(), refused(), refused()], {
    onGivenUp: async () => {
      tells += 1;
      if (tells < 3) throw new Error("nobody listens");
    },
  });
  await runOut(box);
  expect(tells).toBe(3);
  expect(ids()).toEqual(["1", "1", "1", "1", "2"]);
});

test("stopping waits for what is under way, writes it down, and starts nothing new", async () => {
  await enqueue("case", "1", "2");
  let finish = () => {};
  const begun: string[] = [];
  const box = outbox([], {
    deliver: (row) => {
      begun.push(row.id);
      return new Promise((resolve) => {
        finish = () => resolve([]);
      });
    },
  });
  while (begun.length === 0) await new Promise(setImmediate);
  let stopped = false;
  const stopping = box.stop().then(() => {
    stopped = true;
  });
  await turns(30);
  expect(stopped).toBe(false);
  finish();
  await stopping;
  box.kick();
  await box.idle();
  expect(begun).toEqual(["1"]);
  expect(await store.lease("next", now, 1)).toMatchObject({ id: "2" });
});

test("lives through a store that is busy, and writes a delivery down when it can", async () => {
  await enqueue("case", "1", "2");
  const busy = { lease: 2, delivered: 2, nextDue: 1 };
  const flaky: Store = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name).bind(target);
      if (!(name in busy)) return method;
      return async (...args: unknown[]) => {
        busy[name as keyof typeof busy] -= 1;
        if (busy[name as keyof typeof busy] >= 0) throw new StoreBusy("test");
        return method(...args);
      };
    },
  });
  const box = outbox([], { store: flaky });
  await box.idle();
  expect(ids()).toEqual(["1", "2"]);
  expect(await cardsOf("case")).toEqual(["card of 1", "card of 2"]);
  expect(Object.values(busy).every((left) => left < 0)).toBe(true);
});

test("wakes by itself when something falls due, and finds what another process put in", async () => {
  now = Date.now();
  await enqueue("case", "1");
  outbox([unknown()], { clock: { now: () => Date.now() }, policy: { ...policy, waits: [20], poll: 5 } });
  while (tried.length < 2 || (await store.nextDue()) !== null) await turns(1);
  await enqueue("case", "2");
  while ((await store.nextDue()) !== null) await turns(1);
  expect(ids()).toEqual(["1", "1", "2"]);
});

test("two workers with bad luck deliver everything, in order within a lane", async () => {
  const fate = fc.constantFrom("ok", "ok", "limited", "unknown", "odd");
  await fc.assert(
    fc.asyncProperty(fc.uuid(), fc.array(fate, { maxLength: 60 }), async (run, fates) => {
      const left = [...fates];
      const done: LeasedDelivery[] = [];
      const deliver = async (row: LeasedDelivery) => {
        const next = left.shift();
        await new Promise(setImmediate);
        if (next === "limited") throw limited();
        if (next === "unknown") throw unknown();
        if (next === "odd") throw new Error("odd");
        done.push(row);
        return [];
      };
      const patient = { ...policy, waits: Array.from({ length: 70 }, () => 10) };
      const boxes = [outbox([], { deliver, policy: patient }), outbox([], { deliver, policy: patient })];
      for (let nr = 0; nr < 24; nr += 1) {
        const lane = `${run} ${nr % 4}`;
        await enqueue(lane, `${lane} ${String(nr).padStart(2, "0")}`);
        boxes[nr % 2]?.kick();
      }
      await runOut(...boxes);
      for (const box of boxes) await box.stop();
      expect(done).toHaveLength(24);
      for (let lane = 0; lane < 4; lane += 1) {
        const order = done.filter((row) => row.lane === `${run} ${lane}`).map((row) => row.id);
        expect(order).toEqual([...order].sort());
      }
    }),
    { numRuns: 10 },
  );
});
