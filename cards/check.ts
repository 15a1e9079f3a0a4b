import { form, why } from "./check-form.ts";
import { checkButton } from "./check-frame.ts";
import { begin, compare, hub, join, refused } from "./check-hub.ts";
import { group, history, outcome } from "./check-outcome.ts";
import { destroying, finished, manage, overview, share } from "./check-overview.ts";
import { action, documents, plan } from "./check-plan.ts";
import { paragraphs } from "./reading.ts";
import { type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { View } from "./view.ts";

type CheckScreen = Of<"check">;

/** A page of the code-of-conduct check. Throws `MissingFacts` without what it is about. */
export function checkPage(screen: CheckScreen, frame: Frame): View {
  const { page } = screen;
  switch (page.at) {
    case "hub":
      return hub(screen, frame);
    case "refused":
      return refused(page.why, frame);
    case "new":
      return begin(page.check, screen, frame);
    case "join":
      return join(screen, frame);
    case "compare":
      return compare(frame);
    case "overview":
      return overview(screen, frame);
    case "form":
      return form(page, screen, frame);
    case "why":
      return why(page, screen, frame);
    case "outcome":
      return outcome(screen, frame);
    case "group":
      return group(page, screen, frame);
    case "history":
      return history(screen, frame);
    case "plan":
      return plan(screen, frame);
    case "action":
      return action(page, screen, frame);
    case "document":
      return documents(screen, frame);
    case "share":
      return share(screen, frame);
    case "manage":
      return manage(screen, frame);
    case "finished":
      return finished(screen, frame);
    case "destroying":
      return destroying(screen, frame);
  }
}

/** The same for a message that the platform keeps: which units are checked, and how, stays behind a button. */
export function checkDoor(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const { page } = screen;
  if (page.at === "refused") return refused(page.why, frame);
  const open =
    "check" in page && page.at !== "new"
      ? checkButton("open", { do: "check.open", check: page.check }, frame, "primary")
      : checkButton("hub", { do: "checks" }, frame, "primary");
  return view(words, {
    title: words.say("check.hub.title"),
    body: paragraphs(words.say("check.hub.door")),
    buttons: [open, menuButton(words), ...languageButtons(frame)],
    privacy: "neutral",
  });
}
