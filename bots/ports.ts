import type { View } from "../cards/view.ts";
import type { AuditEntry, AuditRow } from "../cases/audit.ts";
import type { CaseRow } from "../cases/case.ts";
import type { CaseStore } from "../cases/ports.ts";

/**
 * The seams of the outside world. `teams/`, `slack/`, `store/` and `outbox/` meet here and nowhere else.
 */

export type Platform = "teams" | "slack";

/** Where a private conversation can be reached again. Sealed wherever it is stored. */
export interface Address {
  readonly platform: Platform;
  /** Teams tenant or Slack workspace. */
  readonly tenant: string;
  /** The person's id on the platform. */
  readonly user: string;
  /** The private conversation (Teams) or direct-message channel (Slack). */
  readonly conversation: string;
  /** Teams only: where the connector is; checked against the allow-list before it is stored. */
  readonly serviceUrl?: string;
  /** Teams only: the bot's own id in that conversation. */
  readonly bot?: string;
}

/** A configured adviser channel. */
export interface Route {
  readonly id: string;
  readonly platform: Platform;
  readonly tenant: string;
  readonly channel: string;
  readonly serviceUrl?: string;
  readonly language: "nl" | "en";
  readonly card: "sealed" | "full";
}

/** Everybody in a channel: in Teams whoever is in its team, in Slack whoever is in a private channel. */
export interface Group {
  readonly platform: Platform;
  readonly tenant: string;
  readonly channel: string;
  /** Teams only. */
  readonly serviceUrl?: string;
}

/** A message the bot sent and may later change. Sealed wherever it is stored. */
export interface MessageRef {
  readonly platform: Platform;
  readonly conversation: string;
  readonly message: string;
  readonly serviceUrl?: string;
  readonly tenant: string;
}

/** A platform as deliveries see it. Implemented by `teams/` and `slack/`; held to one contract suite. */
export interface Channel {
  readonly platform: Platform;
  /** Posts a door into a private conversation. */
  postToPerson(to: Address, view: View): Promise<MessageRef>;
  /** Posts a card into a route, or under an earlier card of the same route. */
  postToRoute(to: Route, view: View, under?: MessageRef): Promise<MessageRef>;
  /** Replaces a card by a card. */
  update(message: MessageRef, view: View): Promise<void>;
  /** Asks the platform whether the route is a place where only advisers read. Null: it is. */
  checkRoute(route: Route): Promise<RouteFault | null>;
  /**
   * Whether somebody of the group's own tenant is in it now, by the person's id on the platform. Throws
   * `DeliveryError` where the platform leaves that in doubt; what is in doubt is never a yes.
   */
  isMember(group: Group, user: string): Promise<boolean>;
  /** Asks the platform whether it tells who is in the group. Null: it does. */
  checkGroup(group: Group): Promise<GroupFault | null>;
}

/** Why a route cannot be used; `code` is in docs/operations.md. */
export interface RouteFault {
  readonly code:
    | "unreachable"
    | "notFound"
    | "notMember"
    | "notPrivate"
    | "shared"
    | "archived"
    | "wrongTenant"
    | "notInstalled";
}

/** Why the platform does not tell who is in a group, or others than administrators decide about that. */
export interface GroupFault {
  readonly code: RouteFault["code"] | "scopeMissing" | "tooMany";
}

export type DeliveryProblem =
  /** 429: nothing happened; try again after `retryAfter` ms. */
  | { readonly kind: "rateLimited"; readonly retryAfter: number }
  /** The platform said no: nothing happened and nothing will. */
  | { readonly kind: "refused"; readonly code: string }
  /** It may or may not have happened. */
  | { readonly kind: "unknown"; readonly code: string };

/** The only error a `Channel` throws. Carries codes, never what was sent, nor about whom. */
export class DeliveryError extends Error {
  readonly problem: DeliveryProblem;
  constructor(problem: DeliveryProblem) {
    super(problem.kind === "rateLimited" ? problem.kind : `${problem.kind}: ${problem.code}`);
    this.name = "DeliveryError";
    this.problem = problem;
  }
}

/**
 * Thrown by a `Store` when others were in the way (a deadlock, a lock or connection not to be had in time).
 * Nothing has changed: the same call may be made again. `code` is the database's own.
 */
export class StoreBusy extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`store busy: ${code}`);
    this.name = "StoreBusy";
    this.code = code;
  }
}

/** A person's conversation as stored: all of it sealed, found by a keyed hash. */
export interface ConversationRow {
  readonly id: string;
  /** 0 for a row that is not there yet. */
  readonly version: number;
  readonly sealed: string;
  readonly expiresAt: number;
}

/**
 * A case's lanes. What goes to its reporter waits for nothing that goes to its advisers, and the other way
 * round, and what another route is told, or what is planned for a later day, waits for neither: a platform that does not answer one of them must
 * not keep the others waiting.
 */
export function lanesOf(
  caseId: string,
): Readonly<Record<"route" | "reporter" | "trouble" | "aftercare", string>> {
  return {
    route: caseId,
    reporter: `${caseId}.reporter`,
    trouble: `${caseId}.trouble`,
    aftercare: `${caseId}.aftercare`,
  };
}

/** The lane of what goes to one person and is about no case; `hash` is keyed. Nothing may log it. */
export function personLane(hash: string): string {
  return `person.${hash}`;
}

/** Whether a lane is somebody's own. */
export function isPersonLane(lane: string): boolean {
  return lane.startsWith("person.");
}

/** One row of the outbox, leased to this worker. */
export interface LeasedDelivery {
  readonly id: string;
  /** Deliveries of one lane go out in order; see `lanesOf`. */
  readonly lane: string;
  readonly sealed: string;
  /** How often it was tried before. */
  readonly attempts: number;
  /** Whether an earlier try ended without the platform's answer: the card may already be there. */
  readonly mayBeThere: boolean;
}

export interface CardRow {
  readonly id: string;
  readonly case: string;
  /** The case's card in its route, a line under that card, or a ping to the reporter. */
  readonly audience: "route" | "routePing" | "reporter";
  /** Sealed `MessageRef`. */
  readonly ref: string;
}

/** A team session as stored: all of it sealed. */
export interface SessionRow {
  readonly id: string;
  readonly sealed: string;
  readonly expiresAt: number;
}

/** A code-of-conduct check as stored: all of it sealed under its own key. */
export interface CheckRow {
  readonly id: string;
  /** Goes up with every change; a write with a stale version is refused. */
  readonly version: number;
  readonly sealed: string;
  /** The check's own key, wrapped by the ring. Destroying it destroys the check. */
  readonly wrappedKey: string;
  /** Keyed hash of the code with which a colleague joins. */
  readonly codeHash: string;
  /** When nobody has changed it for too long. */
  readonly expiresAt: number;
}

/** A private record as stored: all of it sealed under its own key. Whose it is, only that person's conversation knows. */
export interface RecordRow {
  readonly id: string;
  /** As of `CheckRow`. */
  readonly version: number;
  readonly sealed: string;
  /** The record's own key, wrapped by the ring. Destroying it destroys the record. */
  readonly wrappedKey: string;
  /** When its owner has not opened it for too long. */
  readonly expiresAt: number;
}

/** What units are compared by: numbers, sealed. Version 0: not there yet. */
export interface ComparisonRow {
  readonly id: string;
  readonly version: number;
  readonly sealed: string;
}

/** A year of a route as stored: found by a keyed hash, and all of it sealed. Version 0: not there yet. */
export interface StatisticsRow {
  readonly id: string;
  readonly version: number;
  readonly sealed: string;
}

/** A document that waits to be fetched, as stored: found by a keyed hash of its link, and all of it sealed. */
export interface DownloadRow {
  readonly id: string;
  readonly sealed: string;
  readonly expiresAt: number;
}

/** Everything one transaction can do. */
export interface StoreTransaction extends CaseStore {
  findConversation(ids: readonly string[]): Promise<ConversationRow | null>;
  /** Writes if `version` is still the stored one (0: not there yet), and raises it. False: somebody was first. */
  saveConversation(row: ConversationRow): Promise<boolean>;
  /** Deletes it if `version` still is the stored one. */
  deleteConversation(id: string, version: number): Promise<void>;
  /** Conversations whose `expiresAt` has passed, oldest first. */
  expiredConversations(now: number, limit: number): Promise<readonly ConversationRow[]>;
  /** False where a session with this id is already there. */
  addSession(row: SessionRow): Promise<boolean>;
  /** Keeps others from the row until this transaction ends: votes that come at once are counted one by one. */
  findSession(id: string): Promise<SessionRow | null>;
  /** `forget`: what was sealed before is not to be found in the files either, once this is committed. */
  changeSession(id: string, sealed: string, options?: { readonly forget: true }): Promise<void>;
  deleteSession(id: string): Promise<void>;
  /** False where a check with this id is already there. */
  insertCheck(row: CheckRow): Promise<boolean>;
  findCheck(id: string): Promise<CheckRow | null>;
  findCheckByCode(hashes: readonly string[]): Promise<CheckRow | null>;
  /** Writes if `version` still is the stored one, and raises it. False: somebody was first. */
  saveCheck(row: Pick<CheckRow, "id" | "version" | "sealed" | "expiresAt">): Promise<boolean>;
  /** Removes its key first, then the rest of it (P10). */
  destroyCheck(id: string): Promise<void>;
  /** Checks whose `expiresAt` has passed, oldest first. */
  expiredChecks(now: number, limit: number): Promise<readonly CheckRow[]>;
  everyCheck(): Promise<readonly CheckRow[]>;
  insertRecord(row: RecordRow): Promise<void>;
  findRecord(id: string): Promise<RecordRow | null>;
  /** As `saveCheck`. With a `wrappedKey`: under a new key, and the old one is destroyed. */
  saveRecord(row: Omit<RecordRow, "wrappedKey"> & Partial<Pick<RecordRow, "wrappedKey">>): Promise<boolean>;
  /** Removes its key first, then the rest of it (P10). */
  destroyRecord(id: string): Promise<void>;
  /** Records whose `expiresAt` has passed, oldest first. */
  expiredRecords(now: number, limit: number): Promise<readonly RecordRow[]>;
  findComparison(id: string): Promise<ComparisonRow | null>;
  /** As `saveConversation`. */
  saveComparison(row: ComparisonRow): Promise<boolean>;
  findStatistics(ids: readonly string[]): Promise<StatisticsRow | null>;
  /** As `saveConversation`. What was sealed before is not to be found in the files either, once this is committed. */
  saveStatistics(row: StatisticsRow): Promise<boolean>;
  deleteStatistics(ids: readonly string[]): Promise<void>;
  /** Cases of this route that came from `from` on and before `before`, whatever their state. */
  casesReceived(route: string, from: number, before: number): Promise<readonly CaseRow[]>;
  addDownload(row: DownloadRow): Promise<void>;
  findDownload(ids: readonly string[]): Promise<DownloadRow | null>;
  /** Deletes it and returns what it was: whoever comes at the same time, one gets it. */
  takeDownload(ids: readonly string[]): Promise<DownloadRow | null>;
  /** Remembers an event's keyed hash. False: it was seen before. */
  firstSight(eventHash: string, at: number): Promise<boolean>;
  /** Puts a sealed delivery at the end of its lane. */
  enqueue(row: {
    readonly id: string;
    readonly lane: string;
    readonly sealed: string;
    readonly dueAt: number;
  }): Promise<void>;
  /**
   * Takes everything out of these lanes, leased or given up too, but for one delivery. Nobody else puts
   * anything in them, or takes anything out so, until this transaction ends.
   */
  withdraw(lanes: readonly string[], options?: { readonly but: string }): Promise<void>;
  /** Moves what waits in these lanes, and nobody is delivering now, to another time. */
  reschedule(lanes: readonly string[], dueAt: number): Promise<void>;
  /** Whether the newest delivery of this lane was given up: nothing that came after it went out. */
  endsGivenUp(lane: string): Promise<boolean>;
  addCard(row: CardRow): Promise<void>;
  cards(caseId: string, audience: CardRow["audience"]): Promise<readonly CardRow[]>;
  removeCards(ids: readonly string[]): Promise<void>;
  /** How many open cases each route has, and whose they are. */
  caseloads(): Promise<
    readonly { readonly route: string; readonly holder: string | null; readonly open: number }[]
  >;
  /** Ids of cases that are not closed, have no card in a route, and have nothing waiting in the outbox. */
  casesWithoutCard(): Promise<readonly string[]>;
  /** Counts an attempt under a keyed hash in a window; returns the count with this one. */
  countAttempt(id: string, windowStart: number): Promise<number>;
  /** Appends to the audit log, when this transaction is committed. A digest can be stamped once. */
  audit(entry: Omit<AuditEntry, "digest"> & Partial<Pick<AuditEntry, "digest">>): void;
  /** When this digest was stamped, Unix ms; null: never. Stamps of this very transaction are not found yet. */
  stampedAt(digest: string): Promise<number | null>;
  lastAudited(): Promise<AuditRow | null>;
  /** Lines of the audit log after that number, in order. */
  auditLog(after: number, limit: number): Promise<readonly AuditRow[]>;
}

/** The database. Two implementations, one contract suite (`test/contracts/store.ts`). */
export interface Store {
  /** Runs `work` in one transaction; any throw rolls everything back. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Leases the oldest due delivery whose lane has nothing older waiting or leased. Null: nothing due.
   * A lease that runs out may be taken by any worker, and then counts as "may be there".
   */
  lease(worker: string, now: number, leaseMs: number): Promise<LeasedDelivery | null>;
  /** Removes a delivered row, if this worker still holds the lease; `cards` are added in the same transaction. */
  delivered(id: string, worker: string, cards: readonly CardRow[]): Promise<boolean>;
  /** Gives a row back, to be tried at `dueAt`. `notTried`: the platform let nothing through, so it counts as no attempt. */
  retry(
    id: string,
    worker: string,
    dueAt: number,
    problem: { readonly code: string; readonly mayBeThere: boolean; readonly notTried?: true },
  ): Promise<boolean>;
  /** Takes a row out for good, keeping its lane going. */
  giveUp(id: string, worker: string, code: string): Promise<boolean>;
  /** When the next delivery falls due, or null. */
  nextDue(): Promise<number | null>;
  /** Deletes hashes of seen events and attempts older than this, and sessions and downloads whose `expiresAt` has passed. */
  sweep(now: number, keepEventsMs: number): Promise<void>;
  /** Cheap proof that the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Time and chance come in by parameter. */
export interface Clock {
  now(): number;
}
