import { pagesOf } from "../bots/tools/gallery/check-screens.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { drawCheckReminder } from "../cards/check-reminder.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, MissingFacts } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import { type Check, type Given, longest, type Round, verdicts } from "../dialogs/check/check.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { CheckPress } from "../dialogs/check/press.ts";
import { questionsFor, type Setting, sizes } from "../dialogs/check/questions.ts";
import { openedBy } from "../dialogs/check/reading.ts";
import { Press } from "../dialogs/core/event.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { canary, checkView, content, everything } from "./views.ts";

/** Every page of the check, for every sector and size, filled in as badly as it can be. */

const frame = { title: "Vertrouwd", close: "Sluiten" };
const hostile = `${canary} "}{{DATE(2026-01-01T00:00:00Z)}} <b>*x*</b> & \\ \n`;
const note = hostile.repeat(20).slice(0, longest.note);
const name = `"${hostile.replaceAll("\n", " ")}`.repeat(2).slice(0, longest.name);

function given(nr: number, over: Partial<Given> = {}): Given {
  return {
    verdict: verdicts[nr % verdicts.length] ?? "no",
    note,
    by: nr % 2 === 0 ? "p1" : "p2",
    at: Date.UTC(2026, 10, 28),
    revision: nr + 1,
    aside: false,
    ...over,
  };
}

/** Two rounds in which everything was answered, some of it twice, with as many words as it takes. */
function fullCheck(setting: Setting, verdict?: Given["verdict"]): Check {
  const asked = questionsFor(setting);
  const answers = Object.fromEntries(
    asked.map(({ id }, nr) => {
      const over = verdict === undefined ? {} : { verdict };
      return [id, [given(nr, over), given(nr, { ...over, aside: true, by: "p2", revision: 99 })]];
    }),
  );
  const plan = Object.fromEntries(
    asked.map(({ id }, nr) => [
      id,
      {
        owner: name.slice(0, longest.owner),
        due: "2027-02-01",
        done: nr % 4 === 0,
        by: "p2",
        at: 1,
        revision: 1,
        remind: ["p1"],
      },
    ]),
  );
  const round = (id: string, finishedAt: number | null): Round => ({
    id,
    setting,
    startedAt: Date.UTC(2026, 0, 1),
    finishedAt,
    answers,
    plan: id === "r1" ? {} : plan,
  });
  return {
    unit: name.slice(0, longest.unit),
    code: "7KQ2M-7KQ2M-7KQ2M-7KQ2M",
    people: [
      { id: "p1", mark: "m1", name, role: "worksCouncil" },
      { id: "p2", mark: "m2", name, role: "worksCouncil" },
    ],
    revision: 99,
    rounds: [round("r1", Date.UTC(2026, 1, 1)), round("r2", null)],
    recheck: [],
    language: "nl",
  };
}

const settings = sectors.flatMap((sector) => sizes.map((size) => ({ sector, size })));

describe.each(contentLanguages)("the pages of a check in %s", (language) => {
  const words = content.words(language);

  test.each(settings)("fit both platforms, and lead on: $sector, $size", (setting) => {
    for (const finished of [false, true]) {
      const full = fullCheck(setting);
      const rounds = full.rounds.map((round, nr) =>
        nr === 1 && finished ? { ...round, finishedAt: 5 } : round,
      );
      for (const { screen, facts } of pagesOf("x", { ...full, rounds })) {
        const room = drawReporter(screen, facts, content, language);
        checkView({ ...room, buttons: room.buttons.filter(({ press }) => press !== undefined) }, Press, 2);
        expect(room.buttons.length).toBeLessThanOrEqual(6);
        drawCard(room, { surface: "room" });
        drawModal(room, frame);
        const door = drawDoor(screen, facts, content, language);
        expect(everything(door)).not.toContain(canary);
        drawCard(door, { surface: "door" });
        drawMessage(door);
      }
    }
  });

  test.each(settings)("hide no legal duty, and promise nothing of the law: $sector, $size", (setting) => {
    for (const verdict of verdicts) {
      const full = fullCheck(setting, verdict);
      const { screen, facts } = screenOf(full, "outcome");
      const text = plainText(drawReporter(screen, facts, content, language));
      const duties = outcomeOf(full.rounds[1] as Round).openDuties;
      expect(duties.length === 0).toBe(verdict === "yes");
      for (const { id } of duties) expect(text).toContain(words.say(`questions.${id}.title`));
      // No mark, no sum over kinds, no share.
      expect(text).not.toMatch(/\d+ ?%|\d+ ?\/ ?\d+|\b(score|cijfer:|grade)\b/i);
    }
  });

  test("are drawn only with what they are about", () => {
    const { screen } = screenOf(fullCheck({ sector: "sport", size: "from10" }), "plan");
    expect(() => drawReporter(screen, sampleFacts(), content, language)).toThrow(MissingFacts);
  });

  test("a reminder says nothing of the check", () => {
    for (const about of ["action", "recheck"] as const) {
      const view: View = drawCheckReminder({ check: crypto.randomUUID(), about }, content, language);
      expect(view.privacy).toBe("neutral");
      checkView(view, Press, 2);
      for (const { press } of view.buttons)
        expect(CheckPress.safeParse(press).success || press?.do === "menu").toBe(true);
    }
  });
});

function screenOf(check: Check, at: "outcome" | "plan") {
  const id = crypto.randomUUID();
  const open = openedBy("p1", id, check);
  const screen = { type: "check", page: { at, check: id }, note: null } as const;
  return { screen, facts: sampleFacts({ check: { mine: [], compare: false, keptDays: 1095, open } }) };
}
