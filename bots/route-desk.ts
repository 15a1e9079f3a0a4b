import { drawRouteMenu } from "../cards/route-menu.ts";
import {
  drawCounting,
  drawNumbers,
  drawNumbersDocument,
  drawRouteRefused,
  drawYears,
} from "../cards/statistics.ts";
import type { View } from "../cards/view.ts";
import type { RoutePress } from "../cases/route-press.ts";
import { annualDocuments } from "./annual-documents.ts";
import { listTurn } from "./case-list.ts";
import { absence, actorOf, isListed, isThere } from "./desk-people.ts";
import { firstLanguage } from "./organisation.ts";
import type { Route, StoreTransaction } from "./ports.ts";
import { routeAt } from "./route-menu.ts";
import { freezeYear, frozenYear, yearsToAsk } from "./statistics.ts";
import type { DeskReply, RouteTurn } from "./turns.ts";
import type { World } from "./world.ts";

/** One adviser's press in this route that is about no case, in one transaction. */
interface AtRoute {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly route: Route;
  readonly now: number;
}

/**
 * One press on what a route offers beside its cases. It answers with what is this route's own (P9), and only in a
 * configured route: anything else is refused, looks the same whatever was asked, and is recorded (P11).
 */
export async function routeTurn(world: World, { place, by, press, inputs }: RouteTurn): Promise<DeskReply> {
  const now = world.clock.now();
  const { content, organisation } = world;
  const absent = absence(await isThere(world, { ...place, by }));
  return world.store.transaction(async (tx) => {
    const route = routeAt(organisation, place);
    if (!route) {
      tx.audit({ at: now, code: "desk.notYourRoute", case: null, route: null });
      world.log.warn({ code: "desk.notYourRoute", case: null });
      return room(drawRouteRefused("notYourRoute", content, firstLanguage(organisation)));
    }
    const pressedBy = { ...place, by };
    if (!isListed(organisation, route, pressedBy)) {
      tx.audit({ at: now, code: "desk.notListed", case: null, route: route.id });
      world.log.warn({ code: "desk.notListed", case: null });
      return room(drawRouteRefused("notListed", content, route.language));
    }
    if (absent !== null) {
      if (absent === "notMember") tx.audit({ at: now, code: "desk.notMember", case: null, route: route.id });
      return room(drawRouteRefused(absent, content, route.language));
    }
    if (press.do === "route.shut")
      return { view: drawRouteMenu(content, route.language), surface: "door" } as const;
    if (press.do === "cases.list" || press.do === "cases.open") {
      const me = actorOf(organisation, route, pressedBy);
      return room(await listTurn({ world, tx, route, me, now }, press, inputs));
    }
    return room(await pressed({ world, tx, route, now }, press));
  });
}

type YearPress = Extract<RoutePress, { do: `stats.${string}` }>;

function room(view: View): DeskReply {
  return { view, surface: "room" };
}

async function pressed(at: AtRoute, press: YearPress): Promise<View> {
  const { world, tx, route, now } = at;
  const { content } = world;
  const { language } = route;
  const years = yearsToAsk(now);
  if (press.do === "stats.open") return drawYears(years, content, language);
  const { year } = press;
  if (!years.includes(year)) return drawRouteRefused("year", content, language);
  const before = await frozenYear(world, tx, route.id, year);
  if (before === null && press.do !== "stats.count") return drawCounting(year, content, language);
  const numbers = before ?? (await counted(at, year));
  if (press.do !== "stats.document") return drawNumbers(year, numbers, content, language);
  return drawNumbersDocument(year, await annualDocuments(at, year, numbers), content, language);
}

async function counted({ world, tx, route, now }: AtRoute, year: number) {
  tx.audit({ at: now, code: "statistics.counted", case: null, route: route.id });
  return freezeYear(world, tx, { route: route.id, year, now });
}
