import { drawOtherRouteReminder, drawReminder } from "../cards/clocks.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { reminderKinds } from "../cases/clocks.ts";
import { DeskPress } from "../cases/desk.ts";
import { contentLanguages, type Language } from "../content/words.ts";
import { at, checkView, content, everything } from "./views.ts";

/** What reminds advisers of dates: words in both languages, and nothing but number and date. */

const due = (of: (typeof reminderKinds)[number]) => ({ id: "case-1", number: "V-7KQ2M", of, by: at });

describe.each(contentLanguages)("reminders in %s", (language) => {
  const words = content.words(language);
  const date = language === "nl" ? "1 januari 2027" : "1 January 2027";
  const own = (of: (typeof reminderKinds)[number]) => drawReminder(due(of), content, language);
  const told = (of: "acknowledgeStillLate" | "feedbackStillLate") =>
    drawOtherRouteReminder(due(of), content, language);

  test.each(reminderKinds)("%s says number and date, and is neutral", (of) => {
    const view = own(of);
    checkView(view, DeskPress, 0);
    expectNeutral(view, language);
    for (const part of ["V-7KQ2M", date]) expect(plainText(view)).toContain(part);
  });

  test.each(["acknowledgeStillLate", "feedbackStillLate"] as const)(
    "another route is told of %s by number only, with nothing to open it with",
    (of) => {
      const view = told(of);
      checkView(view, DeskPress, 0);
      expectNeutral(view, language);
      for (const part of ["V-7KQ2M", date]) expect(plainText(view)).toContain(part);
      expect(view.buttons).toEqual([]);
      expect(everything(view)).not.toContain("case-1");
    },
  );

  test("the reminder before a date says whose rule it is (P12)", () => {
    const rule = words.say("adviser.door.houseRule", { organisation: "X" }).split(". ").at(-1) ?? "";
    for (const kind of ["acknowledgeSoon", "feedbackSoon"] as const)
      expect(plainText(own(kind))).toContain(rule);
  });

  function expectNeutral(view: View, inLanguage: Language): void {
    expect(view.privacy).toBe("neutral");
    expect(view.inputs).toEqual([]);
    expect(view.summary).toBe(content.words(inLanguage).say("common.summary.adviser"));
  }
});
