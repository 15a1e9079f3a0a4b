import type { Language } from "../content/words.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import type { View } from "./view.ts";

/** Stands in a room until a turn is done, or where one failed: neutral, and never a dead end (P20). */
export function drawInterim(what: "loading" | "trouble", content: ViewContent, language: Language): View {
  const words = content.words(language);
  const menu = { label: words.say("common.buttons.menu"), press: { do: "menu" }, style: "primary" } as const;
  return {
    title: words.say(`common.${what}.title`),
    step: null,
    note: null,
    body: paragraphs(words.say(`common.${what}.text`)),
    inputs: [],
    buttons: what === "trouble" ? [menu] : [],
    summary: words.say(`common.${what}.title`),
    privacy: "neutral",
  };
}
