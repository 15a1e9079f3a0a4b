import { inRow, stepOf, waitingIn } from "../../cases/clocks.ts";
import { clockFacts, clocksOf } from "../clocks.ts";
import { routeToTell } from "../deliver.ts";
import { deliveriesIn } from "../deliveries.ts";
import { errorCode } from "../log.ts";
import type { World } from "../world.ts";

const batch = 100;

/**
 * Queues what advisers are to be reminded of now (P12), and notes what comes next in the same transaction: each
 * kind at most once for a case, and none lost, whatever fails in between and however many processes do it.
 * Returns how many were queued.
 */
export async function remind(world: World): Promise<number> {
  const now = world.clock.now();
  let queued = 0;
  const failed = new Set<string>();
  for (;;) {
    const limit = batch + failed.size;
    const due = await world.store.transaction((tx) => tx.dueReminders(now, limit));
    const ids = due.filter((id) => !failed.has(id));
    for (const id of ids) {
      try {
        if (await remindOf(world, id, now)) queued += 1;
      } catch (error) {
        // One case must not keep the others; it is tried again in an hour.
        failed.add(id);
        world.log.error({ code: "remind.case", case: id, error: errorCode(error) });
      }
    }
    if (due.length < limit) break;
  }
  if (queued > 0) {
    world.log.info({ code: "remind.done", reminders: queued });
    world.kick();
  }
  return queued;
}

async function remindOf(world: World, id: string, now: number): Promise<boolean> {
  const { store, ring, organisation } = world;
  return store.transaction(async (tx) => {
    const row = await tx.findCase(id);
    const waiting = row && waitingIn(row);
    if (!row || !waiting || waiting.at > now) return false;
    const { send, next } = stepOf(await clockFacts(tx, row), clocksOf(organisation), waiting, now);
    // Somebody changed the case at the same moment, or another process reminded of it: the next run sees.
    if (!(await tx.changeCase(id, row.version, inRow(next)))) return false;
    if (send === null) return false;
    const queue = deliveriesIn(tx, ring, now);
    const other = send.endsWith("StillLate") ? routeToTell(world, row) : undefined;
    if (other === undefined) await queue.enqueue({ kind: "routeReminder", case: id, of: send });
    else await queue.enqueue({ kind: "otherRouteReminder", case: id, of: send, route: other });
    return true;
  });
}
