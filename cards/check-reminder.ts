import type { Language } from "../content/words.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { button, menuButton, view } from "./reporter-frame.ts";
import type { View } from "./view.ts";

/** Says that it is time for something that was asked for; what it is stands behind the button. */
export function drawCheckReminder(
  { check, about }: { readonly check: string; readonly about: "action" | "recheck" },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("check.reminder.title"),
    body: paragraphs(words.say(`check.reminder.${about}`)),
    buttons: [
      button(
        words,
        "check.buttons.open",
        { do: about === "action" ? "check.plan" : "check.open", check },
        "primary",
      ),
      menuButton(words),
    ],
    privacy: "neutral",
  });
}
