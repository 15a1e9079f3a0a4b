import { drawOtherRouteReminder, drawReminder } from "../../../cards/clocks.ts";
import { reminderKinds } from "../../../cases/clocks.ts";
import type { Content } from "../../../content/words.ts";
import type { Posted } from "./adviser-screens.ts";
import { sampleClosedAt, sampleDetail } from "./samples.ts";

/** What reminds advisers of a case's dates. */
export function clockScreens(content: Content): readonly Posted[] {
  const { id, number } = sampleDetail();
  const due = (of: (typeof reminderKinds)[number]) => ({ id, number, of, by: sampleClosedAt });
  const door = (name: string, draw: Posted["draw"]): Posted => ({
    group: "Advisers: dates",
    id: name,
    surface: "door",
    draw,
  });
  return [
    ...reminderKinds.map((of) =>
      door(`reminder.${of}`, (language) => drawReminder(due(of), content, language)),
    ),
    ...(["acknowledgeStillLate", "feedbackStillLate"] as const).map((of) =>
      door(`otherRoute.${of}`, (language) => drawOtherRouteReminder(due(of), content, language)),
    ),
  ];
}
