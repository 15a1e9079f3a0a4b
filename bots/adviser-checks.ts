import type { Language } from "../dialogs/core/draft.ts";
import { type AdviserEntry, idOf } from "./advisers.ts";

/** What is wrong, and where in the file; the message quotes no value. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What the advisers of a file are held against. */
export interface Surroundings {
  readonly languages: readonly Language[];
  readonly tenants: { readonly teams: readonly string[]; readonly slack: readonly string[] };
  readonly defaultRoute: string;
  readonly conflictRoute?: string | undefined;
}

type Side = "default" | "conflict";

/** One adviser takes another's place for some days; both by number in the file. */
interface Link {
  readonly from: number;
  readonly to: number;
  readonly first: string;
  readonly last: string;
}

/** A question with more options than this cannot be asked in Slack. */
const mostPlaces = 90;

/**
 * What is wrong with advisers whose entries are well-formed each by themselves, in the order of the file.
 * A replacement is looked at only once ids and dates are right: before that one mistake would be told twice.
 */
export function adviserFaults(entries: readonly AdviserEntry[], around: Surroundings): readonly Fault[] {
  const sides = sideFaults(entries, around);
  const faults = [
    ...sides,
    // Whoever is on both sides has one id by that.
    ...(sides.length > 0 ? [] : idFaults(entries)),
    ...entries.flatMap((entry, nr) =>
      [
        ...languageFaults(entry, around.languages),
        ...contactFaults(entry, around.tenants),
        ...hoursFaults(entry),
        ...leaveFaults(entry),
      ].map(({ path, message }) => ({ path: ["advisers", nr, ...path], message })),
    ),
    ...placeFaults(entries),
  ];
  return faults.length > 0 ? faults : replacementFaults(entries, around);
}

function idFaults(entries: readonly AdviserEntry[]): Fault[] {
  const ids = entries.map(idOf);
  return ids.flatMap((id, nr) => {
    const path = ["advisers", nr, "id"];
    if (id === "") return [{ path, message: "give one: none can be made of this name" }];
    return ids.indexOf(id) === nr
      ? []
      : [{ path, message: "two advisers have this id; give one of them another" }];
  });
}

function languageFaults(entry: AdviserEntry, wanted: readonly Language[]): Fault[] {
  const texts = [
    [["contact", "inPerson"], entry.contact.inPerson],
    [["reachable", "text"], entry.reachable.text],
    [["about"], entry.about],
  ] as const;
  return texts.flatMap(([path, text]) =>
    wanted
      .filter((language) => text && text[language] === undefined)
      .map((language) => ({ path: [...path, language], message: "missing; languages has it" })),
  );
}

function contactFaults({ contact }: AdviserEntry, tenants: Surroundings["tenants"]): Fault[] {
  return (["teams", "slack"] as const)
    .filter((platform) => contact[platform] !== null && tenants[platform].length === 0)
    .map((platform) => ({
      path: ["contact", platform],
      message: `tenants.${platform} is empty, so nobody can chat there`,
    }));
}

function hoursFaults({ reachable: { hours } }: AdviserEntry): Fault[] {
  return hours.flatMap(({ days, from, to }, nr) => {
    const path = ["reachable", "hours", nr];
    if (from >= to) return [{ path: [...path, "to"], message: "must be later than from" }];
    const overlaps = hours
      .slice(0, nr)
      .some((other) => days.some((day) => other.days.includes(day)) && from < other.to && other.from < to);
    return overlaps ? [{ path, message: "overlaps other hours on the same day" }] : [];
  });
}

function leaveFaults({ leave }: AdviserEntry): Fault[] {
  return leave.flatMap(({ from, to }, nr) => {
    const path = ["leave", nr];
    if (from > to) return [{ path: [...path, "to"], message: "is before from" }];
    const overlaps = leave.slice(0, nr).some((other) => from <= other.to && other.from <= to);
    return overlaps ? [{ path, message: "overlaps another leave of this adviser" }] : [];
  });
}

function placeFaults(entries: readonly AdviserEntry[]): Fault[] {
  const spelt = new Map<string, string>();
  const faults: Fault[] = [];
  entries.forEach(({ places }, nr) => {
    places.forEach((place, at) => {
      const known = spelt.get(place.toLowerCase());
      if (known === undefined) spelt.set(place.toLowerCase(), place);
      else if (known !== place)
        faults.push({
          path: ["advisers", nr, "places", at],
          message: "is written with other capitals at another adviser",
        });
    });
  });
  if (spelt.size > mostPlaces)
    faults.push({ path: ["advisers"], message: `more than ${mostPlaces} places in all` });
  return faults;
}

/**
 * Nobody may be on both sides. Nor may an adviser of any other route, about whom a report can be too, look at
 * a mailbox or a telephone of the conflict route (P9).
 */
function sideFaults(entries: readonly AdviserEntry[], around: Surroundings): Fault[] {
  const { defaultRoute, conflictRoute } = around;
  if (conflictRoute === defaultRoute) return [];
  const outsiders = entries.filter(({ route }) => route === conflictRoute);
  const nameOf = ({ name }: AdviserEntry) => name.toLowerCase();
  const marks: readonly (readonly [string, (entry: AdviserEntry) => string | undefined])[] = [
    ["name", nameOf],
    ["telephone number", ({ contact }) => contact.phone?.replaceAll(" ", "").replace(/^(\+|00)31/, "0")],
    ["mail address", ({ contact }) => contact.mail?.toLowerCase()],
    ["name in Teams", ({ contact }) => contact.teams?.toLowerCase()],
    ["Slack member", ({ contact }) => contact.slack ?? undefined],
  ];
  for (const [what, mark] of marks) {
    for (const other of entries.filter(({ route }) => route !== conflictRoute)) {
      const same = outsiders.filter((one) => mark(one) !== undefined && mark(one) === mark(other));
      const message =
        other.route === defaultRoute
          ? `the same ${what} stands on the default and the conflict route`
          : `the same ${what} stands on the conflict route and, for somebody else, on another`;
      // On a third route somebody of the conflict route may stand too.
      if (same.some((one) => other.route === defaultRoute || nameOf(one) !== nameOf(other)))
        return [{ path: ["advisers"], message }];
    }
  }
  return [];
}

/** Each replacement is tried in the order of the file, and left out of account when it is refused. */
function replacementFaults(entries: readonly AdviserEntry[], around: Surroundings): Fault[] {
  const ids = entries.map(idOf);
  const links: Link[] = [];
  const faults: Fault[] = [];
  entries.forEach(({ leave }, from) => {
    leave.forEach(({ replacement, from: first, to: last }, nr) => {
      if (replacement === null) return;
      const link = { from, to: ids.indexOf(replacement), first, last };
      const message = replacementFault(link, links, entries, around);
      if (message === null) links.push(link);
      else faults.push({ path: ["advisers", from, "leave", nr, "replacement"], message });
    });
  });
  return faults;
}

function replacementFault(
  link: Link,
  links: readonly Link[],
  entries: readonly AdviserEntry[],
  around: Surroundings,
): string | null {
  if (link.to === -1) return "is not the id of an adviser";
  if (link.to === link.from) return "is the adviser on leave";
  const sides = sidesOf([...links, link], entries, around);
  if (sides.some((both) => both.size > 1))
    return "brings together advisers of the default and the conflict route: a report about one could reach the other";
  if (comesBack(link, links, link))
    return "goes in a circle: on some day each is replaced by another who is away";
  return null;
}

/**
 * For whose side each adviser stands or may come to stand in. The days are not looked at: who stood in for
 * one side last month is no outsider to it today.
 */
function sidesOf(
  links: readonly Link[],
  entries: readonly AdviserEntry[],
  around: Surroundings,
): readonly ReadonlySet<Side>[] {
  const sides = entries.map(({ route }) => {
    if (route === around.defaultRoute) return new Set<Side>(["default"]);
    return new Set<Side>(route === around.conflictRoute ? ["conflict"] : []);
  });
  for (let grown = true; grown; ) {
    grown = false;
    for (const { from, to } of links) {
      for (const side of sides[from] ?? []) {
        if (sides[to]?.has(side)) continue;
        sides[to]?.add(side);
        grown = true;
      }
    }
  }
  return sides;
}

/** Whether from where a link leads, within its days, replacements lead back to where it began. */
function comesBack(
  start: Link,
  links: readonly Link[],
  { to, first, last }: Pick<Link, "to" | "first" | "last">,
): boolean {
  if (to === start.from) return true;
  return links
    .filter((next) => next.from === to && next.first <= last && first <= next.last)
    .some((next) =>
      comesBack(start, links, {
        to: next.to,
        first: next.first > first ? next.first : first,
        last: next.last < last ? next.last : last,
      }),
    );
}
