import { drawCard } from "../cards/adaptive-card.ts";
import { drawCaseDoor } from "../cards/adviser.ts";
import { drawModal } from "../cards/block-kit.ts";
import { drawAftercare, drawOtherRouteReminder, drawReminder } from "../cards/clocks.ts";
import { drawHoldForm, type Kept } from "../cards/hold.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { holdReasons } from "../cases/case.ts";
import { reminderKinds } from "../cases/clocks.ts";
import { DeskPress } from "../cases/desk.ts";
import { type CaseTerms, caseTerms, DeskRecord } from "../cases/desk-record.ts";
import { holdDays } from "../cases/hold.ts";
import { contentLanguages, type Language } from "../content/words.ts";
import { at, checkView, content, detail, everything } from "./views.ts";

/** What reminds advisers of dates, and keeps a case longer: words in both languages, and nothing of the report. */

const due = (of: (typeof reminderKinds)[number]) => ({ id: "case-1", number: "V-7KQ2M", of, by: at });

describe.each(contentLanguages)("reminders in %s", (language) => {
  const words = content.words(language);
  const date = language === "nl" ? "1 januari 2027" : "1 January 2027";
  const own = (of: (typeof reminderKinds)[number], terms: CaseTerms = "houseRule") =>
    drawReminder({ ...due(of), terms }, content, language);
  const told = (of: "acknowledgeStillLate" | "feedbackStillLate") =>
    drawOtherRouteReminder(due(of), content, language);

  test.each(reminderKinds)("%s says number and date, and is neutral", (of) => {
    const view = own(of);
    checkView(view, DeskPress, 0);
    expectNeutral(view, language);
    for (const part of ["V-7KQ2M", date]) expect(plainText(view)).toContain(part);
  });

  test("the day of aftercare is a neutral line with the number", () => {
    const view = drawAftercare({ id: "case-1", number: "V-7KQ2M" }, content, language);
    checkView(view, DeskPress, 0);
    expectNeutral(view, language);
    expect(plainText(view)).toContain("V-7KQ2M");
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

  test("a reminder of a date says whose rule it is, as the card does (P12)", () => {
    for (const terms of caseTerms) {
      const rule = words.say(`adviser.door.${terms}`, { organisation: "X" }).split(". ").at(-1) ?? "";
      for (const kind of reminderKinds)
        expect(plainText(own(kind, terms)).includes(rule)).toBe(kind !== "destroySoon");
    }
  });

  test("a closed case's card says how long it is kept and for what, and has one button", () => {
    for (const reason of [null, ...holdReasons]) {
      const view = closedCard({ destroyAt: at, reason });
      checkView(view, DeskPress, 0);
      expectNeutral(view, language);
      expect(plainText(view)).toContain(date);
      expect(view.buttons.map(({ press }) => press?.do)).toEqual(["desk.holding", "desk.write"]);
      for (const one of holdReasons) {
        const because = words.say(`clocks.hold.because.${one}`);
        expect(plainText(view).includes(because)).toBe(one === reason);
        // Adviser and reporter read the same.
        expect(words.say(`case.keptFor.${one}`)).toBe(because);
      }
    }
  });

  test("the page about keeping it longer offers every reason and term, and taking back only what is held", () => {
    for (const reason of [null, ...holdReasons]) {
      const view = form(reason);
      checkView(view, DeskPress, 0);
      expect(view.privacy).toBe("private");
      const options = view.inputs.map((input) => ("options" in input ? input.options.length : 0));
      expect(options).toEqual([holdReasons.length, holdDays.length]);
      const back = view.buttons.some(({ press }) => press?.do === "desk.unhold");
      expect(back).toBe(reason !== null);
      drawCard(view, { surface: "room" });
      drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
    }
  });

  function closedCard(kept: Kept): View {
    const closed = { ...detail, state: "closed", closedAt: at } as const;
    return drawCaseDoor(
      closed,
      { organisation: "Gemeente Voorbeeld", work: DeskRecord.parse({}), card: "full", kept },
      content,
      language,
    );
  }

  function form(reason: Kept["reason"]): View {
    const until = holdDays.map((days) => ({ days, date: at }));
    const facts = { destroyAt: at, reason, note: null, chosen: null, until, unheldAt: at };
    return drawHoldForm(detail, facts, content, language);
  }

  function expectNeutral(view: View, inLanguage: Language): void {
    expect(view.privacy).toBe("neutral");
    expect(view.inputs).toEqual([]);
    expect(view.summary).toBe(content.words(inLanguage).say("common.summary.adviser"));
  }
});
