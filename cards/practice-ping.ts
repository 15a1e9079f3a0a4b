import type { Language } from "../content/words.ts";
import type { ViewContent } from "./reading.ts";
import { button, menuButton, view } from "./reporter-frame.ts";
import type { View } from "./view.ts";

/**
 * The practice that somebody asked for, as a message that the platform keeps: that one is ready, and nothing
 * of which. It can be ended from here too.
 */
export function drawPracticePing(content: ViewContent, language: Language): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("common.practicePing.title"),
    body: [{ type: "text", text: words.say("common.practicePing.text") }],
    buttons: [
      button(words, "common.practicePing.buttons.open", { do: "scenes" }, "primary"),
      button(words, "common.buttons.pingNever", { do: "practicePing", every: "never" }),
      menuButton(words),
    ],
    privacy: "neutral",
  });
}
