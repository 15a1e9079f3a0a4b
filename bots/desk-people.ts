import type { Actor } from "../cases/desk-record.ts";
import type { Adviser } from "./advisers.ts";
import type { Organisation } from "./organisation.ts";
import type { Platform, Route } from "./ports.ts";
import { routeAt } from "./route-menu.ts";
import type { DeskTurn, SessionPlace } from "./turns.ts";
import type { World } from "./world.ts";

/** The mark of an adviser of the organisation file: how somebody is called to whom a case was handed. */
export function markOfEntry({ id }: Pick<Adviser, "id">): string {
  return `id:${id}`;
}

/** A press, as far as it says who pressed. */
export type PressedBy = Pick<DeskTurn, "platform" | "tenant" | "by">;

/**
 * Who pressed, as colleagues see it: the adviser of the file whose account it is, or else whatever the platform
 * calls them, known again by the account. It is kept sealed only: beside what is sealed stands a keyed hash.
 */
export function actorOf(organisation: Organisation, route: Route, turn: PressedBy): Actor {
  const entry = entryOf(organisation, route, turn);
  if (entry) return { mark: markOfEntry(entry), name: entry.name };
  const { platform, tenant, by } = turn;
  return { mark: `${platform}|${tenant}|${by.user}`, name: by.name.slice(0, 120) };
}

/**
 * Whether the platform says that who pressed is in this route's channel now (P11): a card that somebody still has
 * before them, or a form that is still open, may be used by who was taken out of it. Not in a transaction. Where
 * the place is no route there is nobody to ask about.
 */
export async function isThere(
  { organisation, members }: Pick<World, "organisation" | "members">,
  { by, ...place }: SessionPlace & Pick<PressedBy, "by">,
): Promise<boolean | "unknown"> {
  const route = routeAt(organisation, place);
  return route ? members.isMember(route, by.user) : false;
}

/** Why somebody who may not be in the channel is refused; null: they are in it. */
export function absence(there: boolean | "unknown"): "notMember" | "unsure" | null {
  if (there === "unknown") return "unsure";
  return there ? null : "notMember";
}

/**
 * Whether this account may act here. Where the file names accounts for a route, only those may; otherwise whoever
 * the platform lets press there.
 */
export function isListed(organisation: Organisation, route: Route, turn: PressedBy): boolean {
  const listed = organisation.advisers.some(
    (one) => one.route === route.id && accountOf(one, route.platform),
  );
  return !listed || entryOf(organisation, route, turn) !== undefined;
}

/** The advisers of a route to whom somebody can hand a case. */
export function colleaguesOf(organisation: Organisation, route: Route, but: Actor): readonly Adviser[] {
  return organisation.advisers.filter((one) => one.route === route.id && markOfEntry(one) !== but.mark);
}

/**
 * The organisation's other advisers, by name, first those who cannot read this case: who stands beside the reporter
 * does not stand beside the other too.
 */
export function othersThan(organisation: Organisation, route: Route, holder: Actor): readonly string[] {
  const others = organisation.advisers.filter(
    (one) => markOfEntry(one) !== holder.mark && one.name !== holder.name,
  );
  const here = (one: Adviser) => one.route === route.id;
  return [...others.filter((one) => !here(one)), ...others.filter(here)].map(({ name }) => name);
}

/**
 * Where a case that left these routes does not come again: they, and the routes that took their cases over since,
 * where the same people may read under another id (P9).
 */
export function leftBehind(
  { handOver }: Pick<Organisation, "handOver">,
  left: readonly string[],
): ReadonlySet<string> {
  const behind = new Set<string>();
  // What is added while it goes on is met too; each once, however the file goes round.
  const waiting = [...left];
  for (const route of waiting) {
    if (behind.has(route)) continue;
    behind.add(route);
    const to = handOver[route];
    if (to !== undefined) waiting.push(to);
  }
  return behind;
}

/**
 * The routes to which a case may go when somebody cannot be neutral: never one that it left so, and a report that
 * is perhaps about an adviser only to the conflict route (P9).
 */
export function routesBeside(
  organisation: Organisation,
  { route, left, aboutNoAdviser }: { route: string; left: readonly string[]; aboutNoAdviser: boolean },
): readonly Route[] {
  const { routes, conflictRoute } = organisation;
  const behind = leftBehind(organisation, left);
  return routes.filter(
    ({ id }) => id !== route && !behind.has(id) && (aboutNoAdviser || id === conflictRoute),
  );
}

function entryOf(organisation: Organisation, route: Route, { platform, by }: PressedBy): Adviser | undefined {
  return organisation.advisers.find((one) => {
    const account = accountOf(one, platform);
    return one.route === route.id && account !== null && [by.user, by.alias].includes(account);
  });
}

function accountOf({ account }: Adviser, platform: Platform): string | null {
  return account[platform];
}
