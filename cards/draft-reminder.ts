import type { Language } from "../content/words.ts";
import type { ViewContent } from "./reading.ts";
import { button, menuButton, view } from "./reporter-frame.ts";
import type { View } from "./view.ts";

/** The reminder that somebody asked for, as a message that the platform keeps: not of what. */
export function drawDraftReminder(content: ViewContent, language: Language): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("common.draftReminder.title"),
    body: [{ type: "text", text: words.say("common.draftReminder.text") }],
    buttons: [button(words, "common.buttons.resume", { do: "resume" }, "primary"), menuButton(words)],
    privacy: "neutral",
  });
}
