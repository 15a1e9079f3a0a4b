import type { CaseRow } from "../cases/case.ts";
import type { KeyRing } from "../cases/keys.ts";
import { newReceipt } from "../cases/receipt.ts";
import type { Event } from "../dialogs/core/event.ts";
import type { Address, StoreTransaction } from "./ports.ts";
import { openFromRoom, sealInRoom } from "./room-seals.ts";

/**
 * An answer to "send" may be lost on the way, and with it the receipt, which of a report without a link is all
 * there is. So the receipt is made when check-your-answers is drawn, and stands, sealed, in the button that sends:
 * pressed again, that button finds the report it sent, and shows its receipt again. Nothing of it is stored.
 */
export interface Sending {
  readonly receipt: string;
  /** The report that this button sent before; null: none. */
  readonly before: CaseRow | null;
}

/** A new receipt as the button that sends this draft carries it. */
export function sealedReceipt(ring: KeyRing, address: Address, draft: string, now: number): string {
  return sealInRoom(ring, "sending", { address, about: draft }, [newReceipt()], now);
}

/** What a press of such a button brings; null where it brings nothing that this person was given for this draft. */
export async function sendingIn(
  tx: StoreTransaction,
  ring: KeyRing,
  event: Event,
  address: Address,
  now: number,
): Promise<Sending | null> {
  if (event.type !== "press" || event.press.do !== "send" || event.press.receipt === undefined) return null;
  const { draft, receipt: sealed } = event.press;
  const [receipt] = openFromRoom(ring, "sending", { address, about: draft }, sealed, now) ?? [];
  if (receipt === undefined) return null;
  // Not a guess, so it counts as none: nobody but the service can have made it.
  return { receipt, before: await tx.findCaseByReceipt(ring.lookups("receipt", receipt)) };
}
