import { DateTime } from "luxon";
import type { Reachable } from "../cards/found-view.ts";
import { type Adviser, type Leave, weekdays } from "./advisers.ts";

/** How far ahead the next hours are looked for. */
const horizonDays = 60;

/** From the first up to, not including, the last; Unix ms. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether an adviser is not on leave, by the calendar where the adviser is. `now` is Unix ms. */
export function present(adviser: Adviser, now: number): boolean {
  return leaveAt(adviser, now) === undefined;
}

/** The leave that an adviser is on at a moment, Unix ms: of leaves that touch, the one of that date. */
export function leaveAt(adviser: Adviser, at: number): Leave | undefined {
  return leaveOn(adviser, DateTime.fromMillis(at, { zone: adviser.timeZone }));
}

/**
 * When an adviser can be reached, seen from `now` (Unix ms), by the clock on the wall where the adviser is.
 * Sixty days are looked ahead; who is there around the clock is there until then. Hours that fall where the
 * clock changes, on two nights a year, may be said to be an hour earlier or later.
 */
export function availabilityOf(adviser: Adviser, now: number): Reachable {
  const today = noonOf(adviser, now);
  if (leaveOn(adviser, today)) return awayFrom(adviser, today);
  if (adviser.reachable.hours.length === 0) return { state: "unstated" };
  for (const { from, to } of openings(adviser, today)) {
    if (to <= now) continue;
    return from <= now ? { state: "now", until: to } : { state: "later", from };
  }
  // Somebody has hours every week; where none comes in sixty days, leave takes them all.
  const last = [...daysFrom(today)].findLast((day) => leaveOn(adviser, day));
  return last === undefined ? { state: "unstated" } : awayFrom(adviser, last);
}

/**
 * Who takes the place of each adviser on leave: the first along the chain of replacements who is present.
 * By the id of the one on leave, without an entry where nobody does. A replacement that is not among these
 * advisers is nobody.
 */
export function standIns(advisers: readonly Adviser[], now: number): ReadonlyMap<string, Adviser> {
  const byId = new Map(advisers.map((adviser) => [adviser.id, adviser]));
  // In two time zones leaves that share no date may still share some hours, and so go in a circle.
  const chainFrom = (adviser: Adviser, passed: readonly Adviser[]): Adviser | undefined => {
    const leave = leaveAt(adviser, now);
    if (!leave) return adviser;
    const next = byId.get(leave.replacement ?? "");
    return next && !passed.includes(next) ? chainFrom(next, [...passed, next]) : undefined;
  };
  return new Map(
    advisers.flatMap((adviser) => {
      const last = chainFrom(adviser, [adviser]);
      return last && last !== adviser ? [[adviser.id, last] as const] : [];
    }),
  );
}

/**
 * When the first of these advisers is back, Unix ms: at the next of the hours after the leave, or as the
 * day after it begins. Null where one of them is present, or there is none.
 */
export function firstBack(advisers: readonly Adviser[], now: number): number | null {
  if (advisers.length === 0 || advisers.some((adviser) => present(adviser, now))) return null;
  const back = advisers.map((adviser) => {
    const day = firstDayBack(adviser, noonOf(adviser, now));
    const [first] = openings(adviser, day);
    return first?.from ?? day.startOf("day").toMillis();
  });
  return Math.min(...back);
}

/** The day it is where the adviser is, at noon: whatever a clock does at night, days can be counted from it. */
function noonOf({ timeZone }: Adviser, now: number): DateTime {
  return clockOn(DateTime.fromMillis(now, { zone: timeZone }), "12:00");
}

/** A time on the clock on the wall that day; one that the clock skips comes an hour later. */
function clockOn(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(":").map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}

function leaveOn({ leave }: Adviser, day: DateTime): Leave | undefined {
  const date = day.toISODate() ?? "";
  return leave.find(({ from, to }) => from <= date && date <= to);
}

function awayFrom(adviser: Adviser, day: DateTime): Reachable {
  return { state: "away", until: firstDayBack(adviser, day).minus({ days: 1 }).toMillis() };
}

/** The first day, from this one on, without leave. */
function firstDayBack(adviser: Adviser, day: DateTime): DateTime {
  const leave = leaveOn(adviser, day);
  if (!leave) return day;
  const last = DateTime.fromISO(`${leave.to}T12:00`, { zone: adviser.timeZone });
  return firstDayBack(adviser, last.plus({ days: 1 }));
}

/** One by one: the first few mostly do, and to count days in a time zone takes its time. */
function* daysFrom(first: DateTime): Generator<DateTime> {
  for (let days = 0; days <= horizonDays; days += 1) yield first.plus({ days });
}

/** The hours from a day on, in order; those that touch are one, and leave has none. */
function* openings(adviser: Adviser, first: DateTime): Generator<Span> {
  let open: Span | undefined;
  for (const day of daysFrom(first)) {
    if (leaveOn(adviser, day)) continue;
    for (const span of hoursOn(adviser, day)) {
      if (open && span.from > open.to) yield open;
      open = open && span.from <= open.to ? { from: open.from, to: Math.max(open.to, span.to) } : span;
    }
  }
  if (open) yield open;
}

/** An adviser's hours on one day, in order. */
function hoursOn({ reachable }: Adviser, day: DateTime): readonly Span[] {
  const weekday = weekdays[day.weekday - 1];
  return reachable.hours
    .filter(({ days }) => days.some((one) => one === weekday))
    .map(({ from, to }) => ({ from: clockOn(day, from).toMillis(), to: clockOn(day, to).toMillis() }))
    .toSorted((one, other) => one.from - other.from);
}
