import { DateTime } from "luxon";
import type { Adviser } from "./advisers.ts";
import { leaveAt, present, standIns } from "./availability.ts";
import type { Organisation } from "./organisation.ts";

/** How many days ahead somebody without a replacement is still to be mended without haste. */
const daysAhead = 30;

/**
 * What is allowed in an organisation file but leaves people without somebody to turn to, as seen from `now`
 * (Unix ms). Each is one line, `path: what to do`; none quotes a value.
 */
export function adviserWarnings(organisation: Organisation, now: number): readonly string[] {
  return [
    ...choiceWarnings(organisation),
    ...organisation.advisers.flatMap((adviser, nr) =>
      [...leaveWarnings(organisation, adviser, now), ...contactWarnings(adviser)].map(
        (line) => `advisers.${nr}.${line}`,
      ),
    ),
  ];
}

/** Whether everybody can choose, in a language they speak, and not only from colleagues. */
function choiceWarnings({ advisers, languages, conflictRoute, defaultRoute }: Organisation): string[] {
  const lines: string[] = [];
  if (advisers.length === 1)
    lines.push("advisers: there is one; name a second, so that people can choose and leave is covered");
  if (conflictRoute === undefined)
    lines.push(
      "conflictRoute: missing; reports about an adviser are not taken. Add a route to others, outside",
    );
  if (!advisers.some(({ kind }) => kind === "external"))
    lines.push("advisers: none is external; name one from outside, whom people may trust sooner");
  for (const language of languages) {
    if (!advisers.some((adviser) => adviser.languages.includes(language)))
      lines.push(`advisers: none speaks ${language}; name one who does, or take it out of languages`);
  }
  const served = new Set(advisers.flatMap(({ forWhom }) => forWhom));
  const sides = { defaultRoute, ...(conflictRoute === undefined ? {} : { conflictRoute }) };
  for (const [side, route] of Object.entries(sides)) {
    const there = new Set(advisers.filter((one) => one.route === route).flatMap(({ forWhom }) => forWhom));
    for (const audience of served) {
      if (!there.has(audience))
        lines.push(
          `advisers: none of ${side} is there for ${audience}, others are; add it to forWhom of one`,
        );
    }
  }
  return lines;
}

function contactWarnings({ contact }: Adviser): string[] {
  if (Object.values(contact).some((way) => way !== null)) return [];
  return ["contact: the bot is the only way; add a telephone number, a mail address, a chat or a place"];
}

function leaveWarnings({ advisers }: Organisation, adviser: Adviser, now: number): string[] {
  const today = DateTime.fromMillis(now, { zone: adviser.timeZone }).toISODate() ?? "";
  const alone = new Set(
    daysFrom(adviser, now).flatMap((noon) => {
      if (present(adviser, noon) || standIns(advisers, noon).has(adviser.id)) return [];
      if (advisers.some((other) => other.route === adviser.route && present(other, noon))) return [];
      return [leaveAt(adviser, noon)];
    }),
  );
  return adviser.leave.flatMap((leave, nr) => {
    if (leave.to < today) return [`leave.${nr}: is over; take it out`];
    if (!alone.has(leave)) return [];
    return [`leave.${nr}: nobody of this route is there on some day; name a replacement who is`];
  });
}

/** A moment in the middle of today and of each day after it, where the adviser is. */
function daysFrom(adviser: Adviser, now: number): readonly number[] {
  const noon = DateTime.fromMillis(now, { zone: adviser.timeZone }).set({ hour: 12 });
  return Array.from({ length: daysAhead + 1 }, (_, days) => noon.plus({ days }).toMillis());
}
