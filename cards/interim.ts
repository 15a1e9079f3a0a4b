import type { Language } from "../content/words.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { type View, viewOf } from "./view.ts";

/** Stands in a room until a turn is done, or where one failed: neutral, and never a dead end (P20). */
export function drawInterim(what: "loading" | "trouble", content: ViewContent, language: Language): View {
  const words = content.words(language);
  const menu = { label: words.say("common.buttons.menu"), press: { do: "menu" }, style: "primary" } as const;
  return viewOf({
    title: words.say(`common.${what}.title`),
    body: paragraphs(words.say(`common.${what}.text`)),
    buttons: what === "trouble" ? [menu] : [],
    summary: words.say(`common.${what}.title`),
    privacy: "neutral",
  });
}
