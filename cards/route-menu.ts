import type { RoutePress } from "../cases/route-press.ts";
import type { Language } from "../content/words.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { type View, viewOf } from "./view.ts";

/** What an adviser can begin from the route, in this order; the name is that of the button's label. At most six. */
const items: readonly { readonly label: string; readonly press: RoutePress }[] = [
  { label: "cases.buttons.menu", press: { do: "cases.list" } },
  { label: "statistics.buttons.open", press: { do: "stats.open" } },
];

/** The menu of a route: a door that everybody there sees, and that says nothing of any case. */
export function drawRouteMenu(content: ViewContent, language: Language): View {
  const words = content.words(language);
  return viewOf({
    title: words.say("cases.menu.title"),
    body: [...paragraphs(words.say("cases.menu.text")), ...paragraphs(words.say("cases.menu.ask"), "subtle")],
    buttons: items.map(({ label, press }, nr) =>
      nr === 0 ? { label: words.say(label), press, style: "primary" } : { label: words.say(label), press },
    ),
    summary: words.say("statistics.summary"),
    privacy: "neutral",
  });
}
