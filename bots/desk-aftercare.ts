import { randomBytes } from "node:crypto";
import { DateTime } from "luxon";
import type { CaseRow } from "../cases/case.ts";
import { openDesk } from "../cases/desk-record.ts";
import type { KeyRing } from "../cases/keys.ts";
import { sealDelivery } from "./deliveries.ts";
import { lanesOf, type StoreTransaction } from "./ports.ts";
import { tenOrAfter, zone } from "./working-days.ts";

/**
 * Plans the line that reminds advisers to ask a reporter how they are: at ten on the day that they recorded, or on
 * the Monday after. Another day takes its place, and none takes it back; the case that it is about goes with it.
 */
export async function planAftercare(
  tx: Pick<StoreTransaction, "enqueue" | "withdraw">,
  ring: KeyRing,
  { before, after }: { readonly before: CaseRow; readonly after: CaseRow },
  now: number,
): Promise<void> {
  const { aftercareOn } = openDesk(ring, after);
  if (aftercareOn === openDesk(ring, before).aftercareOn) return;
  const lane = lanesOf(after.id).aftercare;
  await tx.withdraw([lane]);
  const due = aftercareOn === null ? 0 : aftercareAt(aftercareOn);
  if (due <= now) return;
  const id = randomBytes(12).toString("base64url");
  const sealed = sealDelivery(ring, id, { kind: "aftercare", case: after.id });
  await tx.enqueue({ id, lane, sealed, dueAt: due });
}

/** So long after its day it is still worth saying, in ms: a service that stood still tells nobody of last year's. */
const outdatedAfter = 14 * 86_400_000;

/** Whether a case waits for aftercare today, or since some days: a day that was changed since says otherwise. */
export function isAftercareDue(ring: KeyRing, row: CaseRow, now: number): boolean {
  if (row.state === "withdrawn") return false;
  const { aftercareOn } = openDesk(ring, row);
  if (aftercareOn === null) return false;
  const since = now - aftercareAt(aftercareOn);
  return since >= 0 && since < outdatedAfter;
}

/** When advisers hear of it, Unix ms. */
function aftercareAt(day: string): number {
  return tenOrAfter(DateTime.fromISO(day, { zone }));
}
