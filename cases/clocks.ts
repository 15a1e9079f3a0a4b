/**
 * When the advisers of a case are reminded of what is due (P12). Pure: what a working day is comes in as
 * `Clocks`, and what of it happens to a case is the caller's business.
 */

/** What advisers can be reminded of. For ever: rows of the database and of the outbox carry these. */
export const reminderKinds = [
  "acknowledgeSoon",
  "acknowledgeLate",
  "acknowledgeStillLate",
  "feedbackSoon",
  "feedbackLate",
  "feedbackStillLate",
  "destroySoon",
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** A reminder and when it comes, Unix ms. */
export interface Reminder {
  readonly at: number;
  readonly kind: ReminderKind;
}

/** The calendar and the organisation's terms. Times are Unix ms. */
export interface Clocks {
  /** At ten on the last working day that is at least so many days before the day of `by`. */
  before(by: number, days: number): number;
  /** At ten on the first working day after the day of `by`. */
  after(by: number): number;
  /** At ten on the last of so many working days after the day of `at`. */
  workingDaysAfter(at: number, days: number): number;
  /** By when receipt of what began at this time is to be confirmed, and what came of it told. */
  dueFrom(at: number): { readonly acknowledgeBy: number; readonly feedbackBy: number };
  /** How many days after it was closed a case is destroyed. */
  readonly closedDays: number;
}

/** What of a case decides about its reminders. Times are Unix ms. */
export interface ClockFacts {
  readonly state: string;
  readonly createdAt: number;
  readonly acknowledgeBy: number;
  readonly feedbackBy: number;
  readonly acknowledgedAt: number | null;
  readonly closedAt: number | null;
  /** Until when a closed case is kept from being destroyed. */
  readonly holdUntil: number | null;
  /** When an adviser last wrote to the reporter. */
  readonly lastReplyAt: number | null;
}

const day = 86_400_000;

/** An answer so shortly before the date, or later, counts as feedback. */
const feedbackWindow = 30 * day;

/** How many days before it an adviser is told that a case will be destroyed. */
export const destroyNoticeDays = 14;

/** When a closed case is destroyed: after the organisation's term, or when what it is kept for ends. */
export function destroyAt(theCase: Pick<ClockFacts, "closedAt" | "holdUntil">, clocks: Clocks): number {
  return Math.max((theCase.closedAt ?? 0) + clocks.closedDays * day, theCase.holdUntil ?? 0);
}

/** The first reminder of a case that was sent, or opened again, at this time. */
export function firstReminder(
  theCase: ClockFacts,
  clocks: Clocks,
  from = theCase.createdAt,
): Reminder | null {
  const wanted = inOrder(theCase, clocks).filter(({ kind }) => isWanted(theCase, kind));
  return wanted.find(({ at }) => at > from) ?? null;
}

/**
 * What comes after a reminder that came or was left out: in the order of their times, each kind once. Null:
 * nothing more. The last word on what is late comes three working days after the advisers were told, also
 * where they were told later than planned.
 */
export function nextReminder(theCase: ClockFacts, clocks: Clocks, after: Reminder): Reminder | null {
  const all = inOrder(theCase, clocks);
  const last = all.findIndex(({ kind }) => kind === after.kind);
  const next = all.find(({ kind }, nr) => nr > last && isWanted(theCase, kind));
  if (next === undefined) return null;
  return insists(next.kind, after.kind)
    ? { ...next, at: Math.max(next.at, clocks.workingDaysAfter(after.at, stillLateDays)) }
    : next;
}

/**
 * What waits after a case changed: the same reminder where it is still wanted, or the next one that is. What
 * came already never comes again. A case that was closed has one left: that it will be destroyed.
 */
export function replanned(theCase: ClockFacts, clocks: Clocks, waiting: Reminder | null): Reminder | null {
  if (theCase.state === "closed") return { kind: "destroySoon", at: timeOf("destroySoon", theCase, clocks) };
  return waiting === null ? null : asOfNow(theCase, clocks, waiting);
}

/**
 * What to do about a reminder that waits: which to send now, if any, and what waits from then on. At most one
 * at a time; one that is outdated is left out, however far the clock has jumped.
 */
export function stepOf(
  theCase: ClockFacts,
  clocks: Clocks,
  waiting: Reminder,
  now: number,
): { readonly send: ReminderKind | null; readonly next: Reminder | null } {
  let turn = asOfNow(theCase, clocks, waiting);
  while (turn !== null && turn.at <= now && !isDue(theCase, clocks, turn.kind, now))
    turn = nextReminder(theCase, clocks, turn);
  if (turn === null || turn.at > now) return { send: null, next: turn };
  return { send: turn.kind, next: nextReminder(theCase, clocks, { kind: turn.kind, at: now }) };
}

/** Whether a reminder still says something true: what it asks for is not done, and its date has not overtaken it. */
export function isDue(theCase: ClockFacts, clocks: Clocks, kind: ReminderKind, now: number): boolean {
  if (!isWanted(theCase, kind)) return false;
  switch (kind) {
    case "acknowledgeSoon":
    case "feedbackSoon":
      // What was soon before a case was closed and opened again is not: it has other dates.
      return timeOf(kind, theCase, clocks) <= now && now <= dueBy(theCase, clocks, kind);
    case "destroySoon":
      // Kept for longer since: there is time, and another one will come.
      return timeOf(kind, theCase, clocks) <= now && now < destroyAt(theCase, clocks);
    default:
      // Nor is what was late then.
      return now > dueBy(theCase, clocks, kind);
  }
}

/** By when what a reminder is about is due, Unix ms. */
export function dueBy(theCase: ClockFacts, clocks: Clocks, kind: ReminderKind): number {
  if (kind === "destroySoon") return destroyAt(theCase, clocks);
  return kind.startsWith("acknowledge") ? theCase.acknowledgeBy : theCase.feedbackBy;
}

/** How a reminder stands in a case's row. */
export function inRow(reminder: Reminder | null): {
  readonly remindAt: number | null;
  readonly remindKind: ReminderKind | null;
} {
  return { remindAt: reminder?.at ?? null, remindKind: reminder?.kind ?? null };
}

/** The reminder that a case's row says is waiting. */
export function waitingIn(row: ReturnType<typeof inRow>): Reminder | null {
  const { remindAt: at, remindKind: kind } = row;
  return at === null || kind === null ? null : { at, kind };
}

/** So many working days after it was said that something is late, it is said for the last time. */
const stillLateDays = 3;

function insists(kind: ReminderKind, after: ReminderKind): boolean {
  return (
    (kind === "acknowledgeStillLate" && after === "acknowledgeLate") ||
    (kind === "feedbackStillLate" && after === "feedbackLate")
  );
}

/** A reminder that waits is never brought forward: by then it may have been put off for a reason. */
function asOfNow(theCase: ClockFacts, clocks: Clocks, waiting: Reminder): Reminder | null {
  if (!isWanted(theCase, waiting.kind)) return nextReminder(theCase, clocks, waiting);
  return { ...waiting, at: Math.max(waiting.at, timeOf(waiting.kind, theCase, clocks)) };
}

/**
 * All reminders by time; closing comes last. A case's dates stand until it is opened again, when its reminders begin
 * anew, so what comes after what does not change between.
 */
function inOrder(theCase: ClockFacts, clocks: Clocks): readonly Reminder[] {
  const all = reminderKinds.map((kind) => ({ kind, at: timeOf(kind, theCase, clocks) }));
  const rank = ({ kind, at }: Reminder) => (kind === "destroySoon" ? Number.POSITIVE_INFINITY : at);
  return all.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

function isWanted(theCase: ClockFacts, kind: ReminderKind): boolean {
  if (kind === "destroySoon") return theCase.state === "closed";
  if (theCase.closedAt !== null) return false;
  if (kind.startsWith("acknowledge")) return theCase.acknowledgedAt === null;
  return theCase.lastReplyAt === null || theCase.lastReplyAt < theCase.feedbackBy - feedbackWindow;
}

function timeOf(kind: ReminderKind, theCase: ClockFacts, clocks: Clocks): number {
  const { acknowledgeBy, feedbackBy } = theCase;
  switch (kind) {
    case "acknowledgeSoon":
      return clocks.before(acknowledgeBy, 1);
    case "acknowledgeLate":
      return clocks.after(acknowledgeBy);
    case "acknowledgeStillLate":
      return clocks.workingDaysAfter(clocks.after(acknowledgeBy), stillLateDays);
    case "feedbackSoon":
      return clocks.before(feedbackBy, 7);
    case "feedbackLate":
      return clocks.after(feedbackBy);
    case "feedbackStillLate":
      return clocks.workingDaysAfter(clocks.after(feedbackBy), stillLateDays);
    case "destroySoon":
      return Math.max(theCase.closedAt ?? 0, clocks.before(destroyAt(theCase, clocks), destroyNoticeDays));
  }
}
