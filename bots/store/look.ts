import type { CaseRow } from "../../cases/case.ts";
import type { Sealed } from "../../cases/seal.ts";
import { isPersonLane, lanesOf } from "../ports.ts";
import { type Migrated, migratedTo } from "./migrate.ts";
import type { Queries } from "./schema.ts";

/** What can be told of a database without changing it: numbers, and what is sealed; nothing that was said. */
export interface StoreLook {
  /** `empty`: the first start makes its tables. */
  readonly migrated: Migrated | "empty";
  /** Messages in the outbox, and of how many cases. */
  readonly waiting: { readonly messages: number; readonly cases: number };
  /** Of these, the messages that should have been delivered an hour ago. */
  readonly overdue: number;
  /** Messages that were not delivered and are not tried again. */
  readonly givenUp: number;
  /** How many open cases each route has. */
  readonly open: readonly { readonly route: string; readonly cases: number }[];
  /** Every case's own key, as it is wrapped. */
  readonly caseKeys: readonly Pick<CaseRow, "id" | "wrappedKey">[];
}

const hour = 3_600_000;

/** Looks at a database. What another release has made of it is not read. */
export async function lookAt(db: Queries, now: number): Promise<StoreLook> {
  const migrated = await stateOf(db);
  const nothing = { waiting: { messages: 0, cases: 0 }, overdue: 0, givenUp: 0, open: [], caseKeys: [] };
  if (migrated !== "upToDate") return { migrated, ...nothing };
  const rows = await db.selectFrom("outbox").select(["lane", "state", "dueAt"]).execute();
  // Practice pings wait for their day, and none of them is missed.
  const outbox = rows.filter(({ lane }) => !isPersonLane(lane));
  const caseKeys = await db
    .selectFrom("case_keys")
    .select(["case as id", "wrappedKey"])
    // Of a withdrawn case it is destroyed.
    .where("wrappedKey", "!=", "" as Sealed)
    .execute();
  const open = await db
    .selectFrom("cases")
    .select(["route", (e) => e.fn.countAll().as("cases")])
    .where("dueAt", "is not", null)
    .groupBy("route")
    .execute();
  const waiting = outbox.filter(({ state }) => state === "waiting");
  const lanes = new Set(waiting.map(({ lane }) => lane));
  const cases = caseKeys.filter(({ id }) => Object.values(lanesOf(id)).some((lane) => lanes.has(lane)));
  return {
    migrated,
    waiting: { messages: waiting.length, cases: cases.length },
    overdue: waiting.filter(({ dueAt }) => dueAt <= now - hour).length,
    givenUp: outbox.length - waiting.length,
    open: open.map(({ route, cases }) => ({ route, cases: Number(cases) })),
    caseKeys,
  };
}

async function stateOf(db: Queries): Promise<StoreLook["migrated"]> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === "migrations")) return "empty";
  const rows = await db.selectFrom("migrations").select("name").execute();
  return migratedTo(rows.map(({ name }) => name));
}
