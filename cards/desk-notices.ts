import type { Language } from "../content/words.ts";
import type { CaseSummary } from "./case-view.ts";
import { deskButton, nameOf } from "./desk-facts.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { type View, viewOf } from "./view.ts";

/** After moving a case: it is not here any more, and nothing names it. */
export function drawMovedAway(content: ViewContent, language: Language): View {
  const words = content.words(language);
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: words.say("desk.movedAway.title"),
    body: paragraphs(words.say("desk.movedAway.text")),
    privacy: "neutral",
  });
}

/** What a message about a case becomes that is of no use any more: it names nothing, and says not why. */
export function drawUnused(content: ViewContent, language: Language): View {
  const words = content.words(language);
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: words.say("desk.unused"),
    privacy: "neutral",
  });
}

/** Somebody else has it, or was first: whose it is now, and the way to take it over all the same. */
export function drawHeld(
  theCase: Pick<CaseSummary, "id" | "number">,
  holder: { readonly name: string; readonly heldAs: string },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: words.say("desk.held.title", { number: theCase.number }),
    body: paragraphs(words.say("desk.held.text", { name: nameOf(holder, words) })),
    buttons: [
      deskButton(words, "shutHeld", { do: "desk.shut", case: theCase.id }, "primary"),
      deskButton(words, "takeOver", { do: "desk.take", case: theCase.id, from: holder.heldAs }),
    ],
    privacy: "neutral",
  });
}
