import { flowsFor } from "../bots/flows.ts";
import { foundFor } from "../bots/found.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { Press } from "../dialogs/core/event.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { paths } from "../dialogs/core/walk.ts";
import { guidanceFor } from "../dialogs/find/guidance.ts";
import { options, placeOption, sectors, situationOf } from "../dialogs/find/situation.ts";
import { Reporter } from "./fakes/view-person.ts";
import { at, checkView, content } from "./views.ts";
import { FixedClock, someOrganisation, sqlite, startBot } from "./world.ts";

/**
 * Every way through the find flow, as a person presses it, in both languages: each screen and the door it
 * stands behind are drawn for both platforms. And every outcome there is, in every sector.
 */
const advisers = [
  {
    id: "fatima",
    name: "Fatima El Idrissi",
    route: "advisers",
    places: ["Stadhuis"],
    contact: { mail: "f@example.org" },
  },
  { id: "joost", name: "Joost Bakker", route: "advisers", places: ["Werf"], forWhom: ["clients", "pupils"] },
  { id: "sanne", name: "Sanne Visser", route: "external", kind: "external" },
];

function drawnOnBoth(room: View, door: View): void {
  drawCard(room, { surface: "room" });
  drawModal(room, { title: "Vertrouwd", close: "Sluiten" });
  drawCard(door, { surface: "door" });
  drawMessage(door);
  checkView(room, Press, 1);
  checkView(door, Press, 1);
}

// The questions differ only by whether many who use the bot are under eighteen themselves.
describe.each(["business", "education"] as const)("%s", (sector) => {
  test.each(["nl", "en"] as const)("every path, in %s", async (language) => {
    const database = await sqlite();
    const organisation = someOrganisation({
      sector,
      advisers,
      languages: language === "nl" ? ["nl", "en"] : ["en", "nl"],
    });
    const bot = await startBot({ database, clock: new FixedClock(), organisation });
    const { find } = flowsFor(organisation);
    if (!find) throw new Error("no find flow");
    const words = content.words(language);
    const person = new Reporter(bot, "29:anna");
    await person.say(language === "nl" ? "hallo" : "hello");
    const ended = new Set<string>();
    for (const { steps } of paths(find)) {
      await person.send({ do: "start", flow: "find" });
      for (const { question, answers } of steps) {
        const [answer] = answers;
        expect(person.room.title).toBe(words.say(`find.${question.id}.title`));
        if (question.kind === "tell") await person.press("answer");
        else if (answer === null) await person.press("skip");
        else await person.press("answer", { answer: String(answer) });
      }
      expect(person.room.title).toBe(words.say("found.outcome.title"));
      ended.add(plainText(person.room));
      for (const page of ["adviser", "copy", "duties"] as const) {
        if (!person.room.buttons.some(({ press }) => press?.do === page)) continue;
        await person.press(page);
        await person.press("resume");
      }
      await person.press("menu");
    }
    for (let nr = 0; nr < person.views.length; nr += 2) {
      const [room, door] = person.views.slice(nr, nr + 2);
      if (room && door) drawnOnBoth(room, door);
    }
    // Or else every path leads to the same.
    expect(ended.size).toBeGreaterThan(3);
    await database.close();
  });
});

test.each(["nl", "en"] as const)(
  "whatever help and duties a situation leads to, the screens fit on both, in %s",
  (language) => {
    const met = new Set<string>();
    for (const sector of sectors) {
      const organisation = someOrganisation({ sector, advisers });
      for (const answers of situations()) {
        const leadsTo = JSON.stringify(guidanceFor(situationOf(sector, answers)));
        if (met.has(leadsTo)) continue;
        met.add(leadsTo);
        const looking = {
          organisation,
          now: at,
          platform: "teams",
          hidden: content.hidden,
          language,
        } as const;
        const facts = sampleFacts({ found: foundFor(looking, answers), sector });
        const of = { flow: "find", draft: "draft", answers } as const;
        for (const screen of [
          { type: "outcome", ...of, note: null },
          { type: "copy", ...of },
          { type: "duties", ...of },
        ] as const)
          drawnOnBoth(
            drawReporter(screen, facts, content, language),
            drawDoor(screen, facts, content, language),
          );
      }
    }
    expect(met.size).toBeGreaterThan(100);
  },
);

/** Every combination that help is chosen by; how and where are the person's own choice and change no text. */
function* situations(): Generator<Answers> {
  const given = (id: string, value: string | null) => (value === null ? {} : { [id]: value });
  for (const forWhom of [...options.forWhom, null])
    for (const about of [...options.about, null])
      for (const when of about === "sexual" ? ["lastWeek", "earlier"] : [null])
        for (const byWhom of [...options.byWhom, null])
          for (const minor of [...options.minor, null]) {
            if (forWhom === "own" && about !== null) continue;
            yield {
              safety: "safe",
              aboutAdviser: "no",
              how: "chat",
              place: placeOption(0),
              ...given("forWhom", forWhom),
              ...given("about", about),
              ...given("when", when),
              ...given("byWhom", byWhom),
              ...given("minor", minor),
            };
          }
}
