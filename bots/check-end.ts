import { forgetReminders } from "./check-reminders.ts";
import { checkOrNull } from "./check-rows.ts";
import type { CheckRow, StoreTransaction } from "./ports.ts";
import type { World } from "./world.ts";

/**
 * Destroys a check as it was read, with all that waits to be sent about it. False: somebody changed it since,
 * and nothing was destroyed.
 */
export async function endCheck(
  tx: StoreTransaction,
  world: Pick<World, "ring" | "log">,
  row: CheckRow,
  now: number,
): Promise<boolean> {
  // Written as it is, so that nobody changes it now: a reminder that is asked for meanwhile would be left behind.
  if (!(await tx.saveCheck(row))) return false;
  const check = checkOrNull(world, row);
  if (check) await forgetReminders(tx, world.ring, row.id, check);
  await tx.destroyCheck(row.id);
  tx.audit({ at: now, code: "check.destroyed", case: null, route: null });
  return true;
}
