import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { stringify } from "yaml";
import { sweep } from "../bots/jobs/sweep.ts";
import { parseOrganisation } from "../bots/organisation.ts";
import type { Store } from "../bots/ports.ts";
import { openPostgresStore, openSqliteStore } from "../bots/store/open.ts";
import type { CaseRow } from "../cases/case.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import type { Sealed } from "../cases/seal.ts";
import { startPostgres } from "../test/postgres.ts";

/**
 * `npm run bench -- cases`: what advisers' lists, the search for due reminders and the sweep cost on SQLite and on a real PostgreSQL, with some
 * cases and with ten times as many. What counts is how the cost grows, since machines differ and are shared.
 */
const { values } = parseArgs({
  options: { cases: { type: "string", default: "100000" }, rounds: { type: "string", default: "30" } },
});
const most = Number(values.cases);
const rounds = Number(values.rounds);
const expired = 1000;
const day = 86_400_000;
const now = Date.parse("2026-11-28T12:00:00Z");

const read = parseOrganisation(
  stringify({
    name: "Bench",
    sector: "government",
    languages: ["nl"],
    tenants: { teams: ["t"], slack: [] },
    routes: [
      {
        id: "main",
        platform: "teams",
        tenant: "t",
        channel: "19:c",
        serviceUrl: "https://x.example/",
        language: "nl",
      },
    ],
    defaultRoute: "main",
    advisers: [{ name: "A", route: "main" }],
  }),
);
if ("faults" in read) throw new Error(read.faults.join("; "));
const organisation = read.ok;
const print = (line = "") => process.stdout.write(`${line}\n`);

/** An open case; sealed texts are as long as those of an ordinary report. */
function someCase(nr: number, over: Partial<CaseRow> = {}): CaseRow {
  const due = now + ((nr * 7919) % 90) * day;
  return {
    id: `case-${nr}`,
    number: `V-${nr}`,
    pseudonym: nr % 3000,
    route: nr % 10 === 0 ? "other" : "main",
    state: nr % 3 === 0 ? "waiting" : "acknowledged",
    version: 1,
    createdAt: now - 90 * day,
    acknowledgeBy: due,
    feedbackBy: due,
    dueAt: due,
    acknowledgedAt: now,
    closedAt: null,
    wrappedKey: "k".repeat(120) as Sealed,
    wrappedLinkKey: "k".repeat(120) as Sealed,
    report: "r".repeat(4000) as Sealed,
    link: "l".repeat(300) as Sealed,
    desk: "d".repeat(600) as Sealed,
    holder: `holder-${nr % 20}`,
    name: null,
    readAt: now,
    receiptHash: `receipt-${nr}`,
    remindAt: due - 7 * day,
    remindKind: "feedbackSoon",
    holdUntil: null,
    holdReason: null,
    ...over,
  };
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let nr = from; nr < to; nr += 500)
    await store.transaction(async (tx) => {
      for (let at = nr; at < Math.min(nr + 500, to); at += 1) await tx.insertCase(someCase(at));
    });
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0;
}

async function measure(store: Store): Promise<Readonly<Record<string, number>>> {
  const list = (which: "open" | "mine" | "waiting", after: { at: number; id: string } | null = null) =>
    store.transaction((tx) => tx.listCases({ route: "main", which, holders: ["holder-3"], after, limit: 9 }));
  const closed = Array.from({ length: expired }, (_, nr) =>
    someCase(10_000_000 + nr, {
      state: "closed",
      dueAt: null,
      closedAt: now - 400 * day,
      receiptHash: `x${nr}`,
    }),
  );
  const result = {
    "list, first page": await median(() => list("open")),
    "list, in the middle": await median(() => list("open", { at: now + 45 * day, id: "case-5" })),
    "list, mine": await median(() => list("mine")),
    "list, waiting": await median(() => list("waiting")),
    "due reminders, first 100": await median(() => store.transaction((tx) => tx.dueReminders(now, 100))),
  };
  await store.transaction(async (tx) => {
    for (const one of closed) await tx.insertCase(one);
  });
  const ring = parseKeyRing(newKeyRing());
  const log = pino({ level: "silent" });
  const begun = performance.now();
  const swept = await sweep({ store, ring, organisation, clock: { now: () => now }, log });
  if (swept.cases !== expired) throw new Error(`swept ${swept.cases} of ${expired}`);
  return { ...result, [`sweep of ${expired} expired cases`]: performance.now() - begun };
}

async function onOne(name: string, store: Store): Promise<void> {
  const few = Math.ceil(most / 10);
  await fill(store, 0, few);
  const small = await measure(store);
  await fill(store, few, most);
  const large = await measure(store);
  print();
  print(`${name}: ms with ${few} and with ${most} open cases, and how much more`);
  for (const [what, ms] of Object.entries(large)) {
    const before = small[what] ?? 0;
    print(`  ${what.padEnd(30)} ${before.toFixed(2)}  ${ms.toFixed(2)}  × ${(ms / before).toFixed(2)}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "vertrouwd-bench-"));
const sqlite = await openSqliteStore(join(folder, "bench.db"));
await onOne("SQLite", sqlite);
await sqlite.close();
rmSync(folder, { recursive: true, force: true });
const postgres = await startPostgres();
const store = await openPostgresStore(await postgres.url("bench"));
await onOne("PostgreSQL", store);
await store.close();
await postgres.stop();
