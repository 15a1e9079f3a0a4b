import { DateTime } from "luxon";
import type { CaseRow } from "../cases/case.ts";
import { openDesk } from "../cases/desk-record.ts";
import { Overtaken } from "../cases/handling.ts";
import type { KeyRing } from "../cases/keys.ts";
import { openReport } from "../cases/report.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import {
  type Counted,
  type FrozenYear,
  frozen,
  nothingCounted,
  withCase,
  YearOfRoute,
} from "../cases/statistics.ts";
import { zone } from "./deadlines.ts";
import type { StatisticsRow, Store, StoreTransaction } from "./ports.ts";
import type { World } from "./world.ts";

/** So many years back can be asked for: always the same ones, since which have reports is a number too. */
const yearsBack = 3;

/** The calendar year of a moment, in Amsterdam. */
export function yearOf(at: number): number {
  return DateTime.fromMillis(at, { zone }).year;
}

/** The years whose numbers can be asked for, the newest first: whole ones that are over. */
export function yearsToAsk(now: number): readonly number[] {
  return Array.from({ length: yearsBack }, (_, nr) => yearOf(now) - 1 - nr);
}

function oldestYear(now: number): number {
  return yearOf(now) - yearsBack;
}

/** Years that nobody can ask for any more, of the routes there are: also those that a service which stood still missed. */
const sweptYears = 5;

/** Destroys the numbers of years that cannot be asked for any more (P10). */
export async function sweepYears(
  { ring, organisation }: Pick<World, "ring" | "organisation">,
  tx: StoreTransaction,
  now: number,
): Promise<void> {
  const years = Array.from({ length: sweptYears }, (_, nr) => oldestYear(now) - 1 - nr);
  const ids = organisation.routes.flatMap(({ id }) => years.flatMap((year) => idsOf(ring, id, year)));
  await tx.deleteStatistics(ids);
}

/**
 * Adds a case that is about to be destroyed to the numbers of its year, in the same transaction. A year that is
 * frozen has counted it already. Throws `Overtaken` where somebody else counted at the same moment. Numbers that
 * cannot be read keep no case from being destroyed (P10): they are lost with their key.
 */
export async function countBeforeDestroying(
  { ring, log, clock }: Pick<World, "ring" | "log" | "clock">,
  tx: StoreTransaction,
  row: CaseRow,
): Promise<void> {
  const year = yearOf(row.createdAt);
  if (year < oldestYear(clock.now())) return;
  const found = await readable(() => findYear(tx, ring, row.route, year));
  if (found === null) return log.error({ code: "statistics.unreadable", route: row.route });
  if (found.is.is === "frozen") return;
  // Looked up after the numbers: who destroyed it meanwhile has counted it, in what was read or by changing that.
  const now = await tx.findCase(row.id);
  if (now === null) return;
  const tally = withCase(found.is.tally, counted(ring, now));
  await keep(tx, ring, found, { is: "counting", tally });
}

/** What may be told of a route's year; null: it is not frozen yet. */
export async function frozenYear(
  { ring }: Pick<World, "ring">,
  tx: StoreTransaction,
  route: string,
  year: number,
): Promise<FrozenYear | null> {
  const { is } = await findYear(tx, ring, route, year);
  return is.is === "frozen" ? is.year : null;
}

/**
 * Counts a route's year and freezes it, for good: from then on it is what everybody gets to see (P14). One that
 * is frozen stays as it is. Throws a `RangeError` for a year that is not over.
 */
export async function freezeYear(
  { ring, organisation }: Pick<World, "ring" | "organisation">,
  tx: StoreTransaction,
  { route, year, now }: { readonly route: string; readonly year: number; readonly now: number },
): Promise<FrozenYear> {
  if (!yearsToAsk(now).includes(year)) throw new RangeError("not a year that can be asked for");
  const found = await findYear(tx, ring, route, year);
  if (found.is.is === "frozen") return found.is.year;
  const from = DateTime.fromObject({ year }, { zone });
  const rows = await tx.casesReceived(route, from.toMillis(), from.plus({ years: 1 }).toMillis());
  const tally = rows.reduce((sum, row) => withCase(sum, counted(ring, row)), found.is.tally);
  const result = frozen(tally, {
    countedIn: DateTime.fromMillis(now, { zone }).toFormat("yyyy-MM"),
    threshold: organisation.statistics.threshold,
  });
  await keep(tx, ring, found, { is: "frozen", year: result });
  return result;
}

/** Runs a transaction again when somebody else counted at the same moment. */
export async function untilCounted<T>(
  store: Store,
  work: (tx: StoreTransaction) => Promise<T>,
  tries = 8,
): Promise<T> {
  try {
    return await store.transaction(work);
  } catch (error) {
    if (!(error instanceof Overtaken) || tries <= 1) throw error;
    return untilCounted(store, work, tries - 1);
  }
}

/** Null: sealed with a key that is gone. */
async function readable<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

interface Found {
  readonly row: Pick<StatisticsRow, "id" | "version">;
  readonly is: YearOfRoute;
}

async function findYear(tx: StoreTransaction, ring: KeyRing, route: string, year: number): Promise<Found> {
  const ids = idsOf(ring, route, year);
  const row = await tx.findStatistics(ids);
  if (!row) return { row: { id: ids[0], version: 0 }, is: { is: "counting", tally: nothingCounted } };
  return { row, is: YearOfRoute.parse(JSON.parse(ring.open("tally", aad(row.id), row.sealed as Sealed))) };
}

/** The first is what a new row is found by. */
function idsOf(ring: KeyRing, route: string, year: number): readonly [string, ...string[]] {
  return ring.lookups("tally", JSON.stringify([route, year]));
}

async function keep(tx: StoreTransaction, ring: KeyRing, { row }: Found, is: YearOfRoute): Promise<void> {
  const sealed = ring.seal("tally", aad(row.id), JSON.stringify(is));
  if (!(await tx.saveStatistics({ id: row.id, version: row.version, sealed }))) throw new Overtaken();
}

/** A case whose key is lost is counted all the same: it was there. */
function counted(ring: KeyRing, row: CaseRow): Counted {
  if (row.state === "withdrawn") return { ...row, report: null };
  try {
    const { closedFor: why, referred } = openDesk(ring, row);
    return { ...row, report: openReport(ring, row), why, referred };
  } catch (error) {
    if (error instanceof SealBroken) return { ...row, report: null };
    throw error;
  }
}

function aad(id: string): string {
  return `statistics:${id}`;
}
