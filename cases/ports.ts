import type { CaseRow, MessageRow } from "./case.ts";
import type { ReminderKind } from "./clocks.ts";
import type { CaseList } from "./route-press.ts";

/** Which cases of a route to list. */
export interface CaseQuery {
  readonly route: string;
  readonly which: CaseList;
  readonly holders: readonly string[];
  readonly after: { readonly at: number; readonly id: string } | null;
  readonly limit: number;
}

/** What cases need of a database, always inside one transaction that the caller opened. */
export interface CaseStore {
  /** False where its receipt opens another case. */
  insertCase(row: CaseRow): Promise<boolean>;
  findCase(id: string): Promise<CaseRow | null>;
  findCaseByReceipt(hashes: readonly string[]): Promise<CaseRow | null>;
  /** Writes the changed fields if `version` still is the row's, and raises it. False: somebody was first. */
  changeCase(
    id: string,
    version: number,
    change: Partial<
      Pick<
        CaseRow,
        | "state"
        | "acknowledgeBy"
        | "feedbackBy"
        | "dueAt"
        | "acknowledgedAt"
        | "closedAt"
        | "name"
        | "receiptHash"
        | "desk"
        | "holder"
        | "route"
        | "remindAt"
        | "remindKind"
        | "holdUntil"
        | "holdReason"
      >
    >,
  ): Promise<boolean>;
  /** Notes when the report was first opened; later openings change nothing. Not a change that `version` counts. */
  markRead(id: string, at: number): Promise<void>;
  /**
   * Destroys what a case says and where it leads, keys first; number, route, state and dates stay, until it is
   * destroyed as closed ones are. Its receipt opens nothing any more. False: as of `changeCase`.
   */
  withdrawCase(id: string, version: number, at: number): Promise<boolean>;
  /** Adds the next message. False where this form's message is already there. */
  addMessage(row: Omit<MessageRow, "seq">): Promise<boolean>;
  messages(caseId: string): Promise<readonly MessageRow[]>;
  numberExists(number: string): Promise<boolean>;
  pseudonymExists(pseudonym: number): Promise<boolean>;
  /** Removes keys first, then the rest of the case (P10). */
  destroyCase(id: string): Promise<void>;
  /**
   * Cases of a route, in the order of their list: open ones by when they are due, those that are over newest
   * first. `holders`: whose they are, by any of these marks. `after`: the last one of the page before.
   */
  listCases(query: CaseQuery): Promise<readonly CaseRow[]>;
  /**
   * Closed and withdrawn cases whose `closedAt` is at or before this time, oldest first, but for those that are
   * kept longer at `now`. Until this transaction ends nobody changes them.
   */
  closedBefore(time: number, limit: number, now: number): Promise<readonly CaseRow[]>;
  /** Ids of cases whose `remindAt` is at or before this time, oldest first. */
  dueReminders(time: number, limit: number): Promise<readonly string[]>;
}

/** Queues a delivery in the same transaction; the outbox carries it out. */
export interface Deliveries {
  enqueue(delivery: Delivery): Promise<void>;
}

/**
 * Something to deliver, as ids only: what it says is drawn from the case when it is sent, so nothing of a
 * report lies in the queue. Deliveries of one case go out in order.
 */
export type Delivery =
  /** The sealed card in the case's route. */
  | { readonly kind: "caseCard"; readonly case: string }
  /** Makes every copy of the card agree with the case. `reopened`: what stands under it is of when it was closed. */
  | { readonly kind: "caseCardUpdate"; readonly case: string; readonly reopened?: true | undefined }
  /** A content-free line in the card's thread: the reporter wrote. */
  | { readonly kind: "routePing"; readonly case: string }
  /** A line under the card on the day that advisers recorded for aftercare. */
  | { readonly kind: "aftercare"; readonly case: string }
  /** Takes what the case left in a route that it is not in any more, without naming it there (P9). */
  | { readonly kind: "caseLeft"; readonly case: string; readonly route: string }
  /** A content-free ping to the reporter (P7). */
  | {
      readonly kind: "reporterPing";
      readonly case: string;
      readonly about: "acknowledged" | "reply" | "closed" | "undelivered" | "moved" | "consent";
    }
  /** Tells another route that a route cannot be reached; never sent for a conflict route (P9). */
  | { readonly kind: "routeTrouble"; readonly case: string; readonly route: string }
  /** A line under the case's card: what is due, and by when. Nothing where it is not due any more when it is sent. */
  | { readonly kind: "routeReminder"; readonly case: string; readonly of: ReminderKind }
  /** Tells another route, by number only, what is still late; never sent for a conflict route (P9). */
  | {
      readonly kind: "otherRouteReminder";
      readonly case: string;
      readonly of: ReminderKind;
      readonly route: string;
    };
