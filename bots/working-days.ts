import { DateTime } from "luxon";

/** Whose clock and calendar count. */
export const zone = "Europe/Amsterdam";
/** From this hour on, and before that one, somebody is sent what is not urgent. */
export const workingHours = { first: 10, end: 17 };

/** A moment by the clock there. `at`: Unix ms. */
export function local(at: number): DateTime {
  return DateTime.fromMillis(at, { zone });
}

/** Whether it is a working hour: not in a weekend, nor early or late. Public holidays count as working days. */
export function isWorkingHour(at: number): boolean {
  const { hour, isWeekend } = local(at);
  return !isWeekend && workingHours.first <= hour && hour < workingHours.end;
}

/** Ten o'clock on this day, or on the Monday after where it falls in a weekend. Unix ms. */
export function tenOrAfter(day: DateTime): number {
  return ten(day.isWeekend ? day.startOf("week").plus({ weeks: 1 }) : day);
}

/** Ten o'clock on this day, or on the Friday before where it falls in a weekend. Unix ms. */
export function tenOrBefore(day: DateTime): number {
  return ten(day.isWeekend ? day.startOf("week").plus({ days: 4 }) : day);
}

function ten(day: DateTime): number {
  return day.startOf("day").set({ hour: workingHours.first }).toMillis();
}
