import type { CaseRow } from "../cases/case.ts";
import type { KeyRing } from "../cases/keys.ts";
import { openLink } from "../cases/report.ts";
import type { Event } from "../dialogs/core/event.ts";
import { Address, personOf } from "./conversations.ts";
import type { Address as At } from "./ports.ts";
import { openFromRoom, sealInRoom } from "./room-seals.ts";

/**
 * A receipt opens a case for somebody of whom nothing is kept: not in their conversation, nor with the case.
 * What it opened stands, sealed, in the buttons of the room that shows it, and nowhere else. It works for the
 * person it was made for, for some hours, and no longer than that receipt does.
 */
export interface Visit {
  readonly case: string;
  /** Marks the receipt that was entered. */
  readonly of: string;
}

/** A case as the buttons of a visit call it. */
export function visitRef(ring: KeyRing, row: CaseRow, address: At, now: number): string {
  return sealInRoom(ring, "visit", { address }, [row.id, receiptMark(row)], now);
}

/** Tells one receipt of a case from the next, without saying anything of either. */
export function receiptMark({ receiptHash }: Pick<CaseRow, "receiptHash">): string {
  return receiptHash.slice(0, 16);
}

/** The event with such a name turned back into the case's id, and what visit that is; null where it is none. */
export function withVisit(
  ring: KeyRing,
  event: Event,
  address: At,
  now: number,
): { readonly event: Event; readonly visit: Visit | null } {
  if (event.type !== "press" || !("case" in event.press)) return { event, visit: null };
  const visit = opened(ring, event.press.case, address, now);
  if (!visit) return { event, visit: null };
  return { event: { ...event, press: { ...event.press, case: visit.case } }, visit };
}

function opened(ring: KeyRing, ref: string, address: At, now: number): Visit | null {
  // An id of a case has no point in it.
  if (!ref.includes(".")) return null;
  const [id, of] = openFromRoom(ring, "visit", { address }, ref, now) ?? [];
  return id === undefined || of === undefined ? null : { case: id, of };
}

/** Whether the case leads back to this person. Throws `SealBroken`. */
export function isLinkedTo(ring: KeyRing, row: CaseRow, address: At): boolean {
  const link = openLink(ring, row);
  return link !== null && personOf(Address.parse(JSON.parse(link))) === personOf(address);
}
