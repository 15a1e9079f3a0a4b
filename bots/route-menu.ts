import { drawRouteMenu } from "../cards/route-menu.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import { normalise } from "../dialogs/core/typed.ts";
import type { Organisation } from "./organisation.ts";
import type { Route } from "./ports.ts";
import type { SessionPlace } from "./turns.ts";
import type { World } from "./world.ts";

/** The route that is this channel; undefined for any other place. */
export function routeAt(organisation: Organisation, place: SessionPlace): Route | undefined {
  const { platform, tenant, channel } = place;
  return organisation.routes.find(
    (route) => route.platform === platform && route.tenant === tenant && route.channel === channel,
  );
}

/**
 * The advisers' menu, where somebody speaks to the bot in a route. Null: this is no route. Everybody there sees it,
 * so it is the same whatever was said, and says nothing of any case.
 */
export function routeMenu({ organisation, content }: World, place: SessionPlace): View | null {
  const route = routeAt(organisation, place);
  return route ? drawRouteMenu(content, route.language) : null;
}

/** The same for a text that only the bot read, where that asks for what is on the menu. Null: for something else. */
export function routeMenuFor(world: World, place: SessionPlace, text: string): View | null {
  return asksForMenu(world, text) ? routeMenu(world, place) : null;
}

/** Whether a text is one of content's words for what is on the menu, and nothing else. */
function asksForMenu({ content }: World, text: string): boolean {
  const line = normalise(text);
  return contentLanguages.some((language) =>
    content
      .words(language)
      .say("cases.asked")
      .concat(",", content.words(language).say("statistics.asked"))
      .split(",")
      .some((word) => normalise(word) === line),
  );
}
