import type { CaseRow, HoldReason } from "./case.ts";
import { destroyNoticeDays, inRow, replanned } from "./clocks.ts";
import { type Desk, Overtaken } from "./handling.ts";

/** For how many days a closed case can be kept longer, counted from when it would be destroyed; at most 365 at a time (P10). */
export const holdDays = [90, 180, 365] as const;
export type HoldDays = (typeof holdDays)[number];

/** Why a case is not kept longer, or a hold not taken back; nothing has changed then. */
export type HoldRefusal = "notClosed" | "alreadyDone";

const day = 86_400_000;

/** When a closed case is destroyed where nobody keeps it. */
function termOf({ closedAt }: CaseRow, { clocks }: Pick<Desk, "clocks">): number {
  return (closedAt ?? 0) + clocks.closedDays * day;
}

/** Until when it would be kept. Not counted from an earlier hold: they do not add up. */
export function heldUntil(desk: Pick<Desk, "clocks" | "now">, row: CaseRow, days: HoldDays): number {
  return Math.max(desk.now, termOf(row, desk)) + days * day;
}

/** Whether a closed case is kept for something now. */
export function isHeld({ holdUntil, holdReason }: CaseRow, now: number): boolean {
  return holdReason !== null && holdUntil !== null && holdUntil > now;
}

/**
 * An adviser keeps a closed case from being destroyed, for a legal duty or a procedure that runs. The reporter
 * reads it, and advisers are warned anew before it ends. One that is withdrawn has nothing left to keep.
 */
export async function hold(
  desk: Desk,
  row: CaseRow,
  { reason, days }: { readonly reason: HoldReason; readonly days: HoldDays },
): Promise<{ readonly moved: CaseRow } | { readonly refused: HoldRefusal }> {
  if (row.state !== "closed") return { refused: "notClosed" };
  return { moved: await kept(desk, row, { holdUntil: heldUntil(desk, row, days), holdReason: reason }) };
}

/**
 * Takes a hold back. The case is destroyed when it would have been without, but never sooner than advisers were
 * warned of: a slip of the hand can be mended.
 */
export async function unhold(
  desk: Desk,
  row: CaseRow,
): Promise<{ readonly moved: CaseRow } | { readonly refused: HoldRefusal }> {
  if (row.state !== "closed") return { refused: "notClosed" };
  if (!isHeld(row, desk.now)) return { refused: "alreadyDone" };
  const end = endOfUnheld(desk, row);
  const holdUntil = end > termOf(row, desk) ? end : null;
  return { moved: await kept(desk, row, { holdUntil, holdReason: null }) };
}

/** When a case is destroyed if its hold is taken back now. */
export function endOfUnheld(desk: Pick<Desk, "clocks" | "now">, row: CaseRow): number {
  const notice = Math.min(desk.now + destroyNoticeDays * day, row.holdUntil ?? 0);
  return Math.max(termOf(row, desk), notice);
}

async function kept(
  desk: Desk,
  row: CaseRow,
  how: Pick<CaseRow, "holdUntil" | "holdReason">,
): Promise<CaseRow> {
  const reminder = replanned({ ...row, ...how, lastReplyAt: null }, desk.clocks, null);
  const change = { ...how, ...inRow(reminder) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseCardUpdate", case: row.id });
  return { ...row, ...change, version: row.version + 1 };
}
