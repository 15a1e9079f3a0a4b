import { DateTime, IANAZone } from "luxon";
import type { Reachable } from "../cards/found-view.ts";
import { type Adviser, type Leave, weekdays } from "./advisers.ts";

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** How far ahead the next hours are looked for. */
const horizonDays = 60;

/** From the first up to, not including, the last; Unix ms. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A date of the calendar, as the Unix ms of its midnight in UTC: a name for the date, not a moment. */
export type CalendarDate = number;

/** Whether an adviser is not on leave, by the calendar where the adviser is. `now` is Unix ms. */
export function present(adviser: Adviser, now: number): boolean {
  return leaveOn(adviser, dateAt(adviser, now)) === undefined;
}

/**
 * When an adviser can be reached, seen from `now` (Unix ms). The hours are those of the clock on the wall
 * where the adviser is: in the hour that summer time skips there are none, in the one that it repeats they
 * count twice. It looks sixty days ahead; who is there around the clock is there until then.
 */
export function availabilityOf(adviser: Adviser, now: number): Reachable {
  const today = dateAt(adviser, now);
  if (leaveOn(adviser, today)) return { state: "away", until: firstDayBack(adviser, today).from - 1 };
  if (adviser.reachable.hours.length === 0) return { state: "unstated" };
  for (const { from, to } of openings(adviser, today)) {
    if (to <= now) continue;
    return from <= now ? { state: "now", until: to } : { state: "later", from };
  }
  // Somebody has hours every week; where none comes in sixty days, leave takes them all.
  const last = datesFrom(today).findLast((date) => leaveOn(adviser, date));
  return last === undefined
    ? { state: "unstated" }
    : { state: "away", until: firstDayBack(adviser, last).from - 1 };
}

/**
 * Who takes the place of each adviser on leave: the first along the chain of replacements who is present.
 * By the id of the one on leave, without an entry where nobody does. A replacement that is not among these
 * advisers is nobody.
 */
export function standIns(advisers: readonly Adviser[], now: number): ReadonlyMap<string, Adviser> {
  const byId = new Map(advisers.map((adviser) => [adviser.id, adviser]));
  const found = new Map<string, Adviser>();
  for (const adviser of advisers) {
    const seen = new Set<string>();
    let next: Adviser | undefined = adviser;
    // In two time zones leaves that share no date may still share some hours, and so go in a circle.
    while (next && !seen.has(next.id)) {
      seen.add(next.id);
      const leave: Leave | undefined = leaveOn(next, dateAt(next, now));
      if (!leave) break;
      next = byId.get(leave.replacement ?? "");
    }
    if (next && next !== adviser && present(next, now)) found.set(adviser.id, next);
  }
  return found;
}

/**
 * When the first of these advisers is back, Unix ms: at the next of the hours after the leave, or as the
 * day after it begins. Null where one of them is present, or there is none.
 */
export function firstBack(advisers: readonly Adviser[], now: number): number | null {
  if (advisers.length === 0 || advisers.some((adviser) => present(adviser, now))) return null;
  const back = advisers.map((adviser) => {
    const { date, from } = firstDayBack(adviser, dateAt(adviser, now));
    const [first] = openings(adviser, date);
    return first?.from ?? from;
  });
  return Math.min(...back);
}

/** The leave that an adviser is on, on a date: of leaves that touch, the one of that date. */
export function leaveOn(adviser: Adviser, date: CalendarDate): Leave | undefined {
  if (adviser.leave.length === 0) return undefined;
  const written = new Date(date).toISOString().slice(0, 10);
  return adviser.leave.find(({ from, to }) => from <= written && written <= to);
}

/** The date where the adviser is. */
export function dateAt(adviser: Adviser, now: number): CalendarDate {
  const { year, month, day } = DateTime.fromMillis(now, { zone: adviser.timeZone });
  return Date.UTC(year, month - 1, day);
}

/** The first day after a leave and those that touch it, and when it begins. */
function firstDayBack(adviser: Adviser, away: CalendarDate): { date: CalendarDate; from: number } {
  let date = away;
  for (let leave = leaveOn(adviser, date); leave; leave = leaveOn(adviser, date))
    date = Date.parse(leave.to) + dayLength;
  const [first] = piecesOf(adviser, date);
  return { date, from: first?.from ?? date };
}

function datesFrom(first: CalendarDate): CalendarDate[] {
  return Array.from({ length: horizonDays + 1 }, (_, nr) => first + nr * dayLength);
}

/** The hours from a date on, in order; those that touch are one, and leave has none. */
function* openings(adviser: Adviser, first: CalendarDate): Generator<Span> {
  let open: Span | undefined;
  for (const date of datesFrom(first)) {
    if (leaveOn(adviser, date)) continue;
    for (const span of hoursOn(adviser, date)) {
      if (open && span.from > open.to) yield open;
      open = open && span.from <= open.to ? { from: open.from, to: span.to } : span;
    }
  }
  if (open) yield open;
}

/** An adviser's hours on one date, in order. */
function hoursOn(adviser: Adviser, date: CalendarDate): Span[] {
  const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7];
  const hours = adviser.reachable.hours
    .filter(({ days }) => days.some((one) => one === weekday))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  if (hours.length === 0) return [];
  return piecesOf(adviser, date).flatMap((piece) =>
    hours
      .map(({ from, to }) => ({
        from: Math.max(piece.from, piece.midnight + minutesOf(from) * minute),
        to: Math.min(piece.to, piece.midnight + minutesOf(to) * minute),
      }))
      .filter(({ from, to }) => from < to),
  );
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/**
 * The part or parts of a date with one offset from UTC: two on a date when the clock changes. `midnight` is
 * when 00:00 would have been at that offset. Luxon's own way from wall clock to moment is not used: what it
 * makes of hours that are skipped or repeated depends on the season it is asked in.
 */
function piecesOf({ timeZone }: Adviser, date: CalendarDate): (Span & { readonly midnight: number })[] {
  const zone = IANAZone.create(timeZone);
  const offset = (at: number) => zone.offset(at) * minute;
  // No place is further from UTC than fourteen hours, so this holds the whole date.
  const earliest = date - 14 * 60 * minute;
  const latest = date + dayLength + 14 * 60 * minute;
  const [before, after] = [offset(earliest), offset(latest)];
  const change = before === after ? latest : changeBetween(offset, earliest, latest);
  const pieces = [
    { midnight: date - before, from: date - before, to: Math.min(date - before + dayLength, change) },
    { midnight: date - after, from: Math.max(date - after, change), to: date - after + dayLength },
  ];
  return pieces.filter(({ from, to }) => from < to);
}

/** The first moment, to the minute, at which the later offset holds. */
function changeBetween(offset: (at: number) => number, earliest: number, latest: number): number {
  const before = offset(earliest);
  let [low, high] = [earliest, latest];
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
