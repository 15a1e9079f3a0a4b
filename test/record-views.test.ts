import { fullRecord, recordScreens } from "../bots/tools/gallery/record-screens.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, MissingFacts } from "../cards/reporter.ts";
import { contentLanguages } from "../content/words.ts";
import { Press } from "../dialogs/core/event.ts";
import { longestText } from "../dialogs/core/flow.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { canary, checkView, content, everything } from "./views.ts";

const frame = { title: "Vertrouwd", close: "Sluiten" };

describe.each(contentLanguages)("the screens of the private record in %s", (language) => {
  test.each(recordScreens().map((shown) => [shown.id, shown] as const))(
    "%s fits on both platforms, and says nothing at the door",
    (_id, { screen, facts }) => {
      const room = drawReporter(screen, facts, content, language);
      const door = drawDoor(screen, facts, content, language);
      for (const view of [room, door]) checkView(view, Press, 1);
      expect(() => [
        drawCard(room, { surface: "room" }),
        drawModal(room, frame),
        plainText(room),
      ]).not.toThrow();
      expect(() => [drawCard(door, { surface: "door" }), drawMessage(door)]).not.toThrow();
      expect(door.privacy).toBe("neutral");
      for (const { text } of facts.record?.entries ?? [])
        expect(everything(door)).not.toContain(text.slice(0, 20));
    },
  );

  test("show all of a full record, page by page, to read and to copy, and every entry can be ticked", () => {
    const facts = sampleFacts({ record: { entries: fullRecord, keptUntil: 0 } });
    for (const at of ["entries", "copy", "options"] as const) {
      let seen = "";
      for (let page = 0; ; page += 1) {
        const screen: Screen = { type: "record", page: { at, page }, note: null, unsent: null };
        const view = drawReporter(screen, facts, content, language);
        checkView(view, Press, 1);
        expect(() => [drawCard(view, { surface: "room" }), drawModal(view, frame)]).not.toThrow();
        seen += JSON.stringify([view.body, view.inputs]);
        if (!view.buttons.some(({ press }) => "page" in (press ?? {}) && older(press, page))) break;
      }
      for (const { id, text } of fullRecord)
        expect(seen).toContain(at === "options" ? JSON.stringify(id) : JSON.stringify(text).slice(1, -1));
    }
  });

  test("give back a text that was too long, and keep it out of the door", () => {
    const unsent = canary.repeat(1000).slice(0, longestText);
    const screen: Screen = {
      type: "record",
      page: { at: "entries", page: 0 },
      note: "entryTooLong",
      unsent,
    };
    const facts = sampleFacts({ record: { entries: fullRecord, keptUntil: 0 } });
    const room = drawReporter(screen, facts, content, language);
    expect(room.inputs[0]).toMatchObject({ value: unsent });
    expect(() => [drawCard(room, { surface: "room" }), drawModal(room, frame)]).not.toThrow();
    expect(everything(drawDoor(screen, facts, content, language))).not.toContain(canary);
  });

  test("are not drawn without what they are about", () => {
    const screen: Screen = { type: "record", page: { at: "entries", page: 0 }, note: null, unsent: null };
    expect(() => drawReporter(screen, sampleFacts(), content, language)).toThrow(MissingFacts);
  });
});

function older(press: unknown, page: number): boolean {
  return (press as { page?: number }).page === page + 1;
}
