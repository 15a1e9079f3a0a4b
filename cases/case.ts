import type { ReminderKind } from "./clocks.ts";
import type { Sealed } from "./seal.ts";

/**
 * A case is a report at the adviser. This file holds its shape and its moves; what the moves do to the
 * world is in `handling.ts`.
 */
export type CaseState =
  | "received"
  | "acknowledged"
  /** The reporter wrote last. */
  | "conversation"
  /** The adviser wrote last. */
  | "waiting"
  | "closed"
  | "withdrawn";

/** What a closed case can be kept longer for. */
export const holdReasons = ["procedure", "legalDuty"] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Where a case has no way back to its reporter: nothing is stored, and there is no key to anything. */
export const noLink = "";

/** Where nothing is kept of the advisers' work yet. */
export const noDesk = "";

/** A case as stored: nothing in it says who reported or what, but for what is sealed. Times are Unix ms. */
export interface CaseRow {
  readonly id: string;
  /** What people call it, such as `V-7KQ2M`. Says nothing about order or number of cases. */
  readonly number: string;
  /** Index into content's list of pseudonyms; derived per case, so two cases of one person differ (P3). */
  readonly pseudonym: number;
  readonly route: string;
  readonly state: CaseState;
  /** Goes up with every change; a write with a stale version is refused. */
  readonly version: number;
  readonly createdAt: number;
  readonly acknowledgeBy: number;
  readonly feedbackBy: number;
  /** What it is due for next; null: nothing any more. See `dueOf`. */
  readonly dueAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly closedAt: number | null;
  /** The case's own key, wrapped by the ring. Destroying it destroys report and thread. */
  readonly wrappedKey: Sealed;
  /** The key of the link to the person, wrapped under another purpose. */
  readonly wrappedLinkKey: Sealed | typeof noLink;
  readonly report: Sealed;
  readonly link: Sealed | typeof noLink;
  /** What the advisers keep of their work, sealed with the case's own key; see `desk-record.ts`. */
  readonly desk: Sealed | typeof noDesk;
  /** Keyed hash of who works on it; null: nobody yet. */
  readonly holder: string | null;
  /** The name that the reporter gave after sending; sealed with the case's own key. */
  readonly name: Sealed | null;
  /** When an adviser first opened the report; who did is not kept. */
  readonly readAt: number | null;
  /** Keyed hash of the receipt (P6). */
  readonly receiptHash: string;
  /** When its advisers are next reminded, and of what; null: of nothing more. */
  readonly remindAt: number | null;
  readonly remindKind: ReminderKind | null;
  /** Until when a closed case is kept from being destroyed, and for what; null: it is not. */
  readonly holdUntil: number | null;
  readonly holdReason: HoldReason | null;
}

/** By when something is to be done next with a case in this state: receipt confirmed, and then what came of it told. */
export function dueOf(
  state: CaseState,
  { acknowledgeBy, feedbackBy }: Pick<CaseRow, "acknowledgeBy" | "feedbackBy">,
): number | null {
  switch (state) {
    case "received":
      return acknowledgeBy;
    case "acknowledged":
    case "conversation":
    case "waiting":
      return feedbackBy;
    case "closed":
    case "withdrawn":
      return null;
  }
}

export interface MessageRow {
  readonly case: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly author: "reporter" | "adviser";
  /** Keyed hash of the form's nonce: the same form adds one message, however often it is delivered. */
  readonly nonceHash: string;
  readonly text: Sealed;
  readonly at: number;
}

export type CaseMove =
  | "acknowledge"
  | "reply"
  /** A reply by an adviser who read that it opens a closed case again. */
  | "reopen"
  | "say"
  | "giveName"
  | "close";

/**
 * The state after a move, or null where the move is not allowed from this state. A reply acknowledges. A closed
 * case is opened again by writing on it and by nothing else: the other one is always told.
 */
export function after(
  state: CaseState,
  move: CaseMove,
  { acknowledgedAt }: Partial<Pick<CaseRow, "acknowledgedAt">> = {},
): CaseState | null {
  if (state === "withdrawn") return null;
  if (state === "closed" && move !== "reopen" && move !== "say") return null;
  switch (move) {
    case "acknowledge":
      return state === "received" ? "acknowledged" : null;
    case "reply":
    case "reopen":
      return "waiting";
    case "say":
      // Nobody has met the reporter yet, closed or not: that it is to be acknowledged must not be lost.
      return state === "received" || acknowledgedAt === null ? "received" : "conversation";
    case "giveName":
      return state;
    case "close":
      return "closed";
  }
}

type Stated = Pick<CaseRow, "state">;

/** Whether a closed case was opened again between the two. */
export function isReopened(before: Stated, now: Stated): boolean {
  return before.state === "closed" && now.state !== "closed" && now.state !== "withdrawn";
}
