import { randomBytes } from "node:crypto";
import type { CaseRow } from "../../cases/case.ts";
import { openDesk } from "../../cases/desk-record.ts";
import { passOn, release } from "../../cases/desk-work.ts";
import { type Desk, Overtaken } from "../../cases/handling.ts";
import { isAboutNoAdviser, openReport } from "../../cases/report.ts";
import { SealBroken } from "../../cases/seal.ts";
import { clocksOf } from "../clocks.ts";
import { deliveriesIn } from "../deliveries.ts";
import { markOfEntry, routesBeside } from "../desk-people.ts";
import type { StoreTransaction } from "../ports.ts";
import type { World } from "../world.ts";

const batch = 100;

/**
 * At every start, and hourly for closed cases that are opened again: open cases of a route that is not in the
 * organisation file any more go where `handOver` says, and those of an adviser who is not in it any more are
 * nobody's again, which their card says. Nothing is lost, and a report that is perhaps about an adviser goes to no
 * other route than the conflict route (P9). Can be broken off at any moment, and done again.
 */
export async function handOver(world: World): Promise<void> {
  const loads = await world.store.transaction((tx) => tx.caseloads());
  const { handOver: ways, advisers } = world.organisation;
  let [moved, released, kept] = [0, 0, 0];
  for (const [gone, to] of Object.entries(ways)) {
    if (!loads.some(({ route }) => route === gone)) continue;
    await through(world, { route: gone, which: "open", holders: [] }, async (desk, row) => {
      if (!mayGo(world, row, to)) kept += 1;
      else {
        await passOn(desk, row, to);
        moved += 1;
      }
    });
  }
  const marks = advisers.map(markOfEntry);
  const known = new Set(marks.flatMap((mark) => world.ring.lookups("adviser", mark)));
  for (const { route, holder } of loads) {
    if (holder === null || known.has(holder)) continue;
    await through(world, { route, which: "mine", holders: [holder] }, async (desk, row) => {
      if (!heldByEntry(world, row)) return;
      await release(desk, row);
      released += 1;
    });
  }
  if (moved + released + kept === 0) return;
  world.log.info({ code: "cases.handedOver", moved, released, kept });
  world.kick();
}

/** Every case of a list, a batch a transaction; one that somebody changes at the same time is met at the next start. */
async function through(
  { store, ring, clock, organisation }: World,
  query: { readonly route: string; readonly which: "open" | "mine"; readonly holders: readonly string[] },
  work: (desk: Desk, row: CaseRow) => Promise<void>,
): Promise<void> {
  let after: { readonly at: number; readonly id: string } | null = null;
  for (;;) {
    const rows: readonly CaseRow[] = await store.transaction(async (tx: StoreTransaction) => {
      const now = clock.now();
      const deliveries = deliveriesIn(tx, ring, now);
      const clocks = clocksOf(organisation);
      const desk: Desk = { cases: tx, deliveries, ring, now, random: randomBytes, clocks };
      const page = await tx.listCases({ ...query, after, limit: batch });
      for (const row of page)
        await work(desk, row).catch((error: unknown) => {
          if (!(error instanceof Overtaken)) throw error;
        });
      return page;
    });
    const last = rows.at(-1);
    if (rows.length < batch || last?.dueAt === null || last === undefined) return;
    after = { at: last.dueAt, id: last.id };
  }
}

/** Whether somebody of the file has it. Whoever took it under an account that the file does not name may still be there. */
function heldByEntry({ ring }: World, row: CaseRow): boolean {
  try {
    return openDesk(ring, row).holder?.mark.startsWith("id:") === true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

/** A case that its reporter opened again goes at once: meanwhile nothing of it could be delivered, and they are told so. */
export async function handOverOpened(world: World, desk: Desk, row: CaseRow): Promise<void> {
  const { routes, handOver: ways } = world.organisation;
  const to = routes.some(({ id }) => id === row.route) ? undefined : ways[row.route];
  if (to !== undefined && mayGo(world, row, to)) await passOn(desk, row, to);
}

/**
 * Not where it left because somebody could not be neutral, nor where it is not known whether it is about an
 * adviser: then nobody moves it but people. One that does not open stays where it is, and keeps no other.
 */
function mayGo({ ring, organisation }: World, row: CaseRow, to: string): boolean {
  try {
    const { left } = openDesk(ring, row);
    const aboutNoAdviser = isAboutNoAdviser(openReport(ring, row).rows);
    const open = routesBeside(organisation, { route: row.route, left, aboutNoAdviser });
    return open.some(({ id }) => id === to);
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}
