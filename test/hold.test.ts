import { DateTime } from "luxon";
import { zone } from "../bots/deadlines.ts";
import { remind } from "../bots/jobs/remind.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { View } from "../cards/view.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** How long a closed case is kept, what its advisers hear of that, and keeping it longer (P10). */

const canary = "kanariegeel briefje op mijn bureau";
const day = 86_400_000;
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const say = (key: string, params?: Record<string, string | number>) => content.words("nl").say(key, params);
const dutch = (time: number) =>
  DateTime.fromMillis(time, { zone, locale: "nl" }).toFormat("cccc d MMMM yyyy");

/** Closed on Monday 2 March 2026 at ten; destroyed a year later, a Tuesday. */
const end = at("2027-03-02T10:00");
const warned = at("2027-02-16T10:00");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  let anna: Reporter;
  let adviser: Adviser;
  let number: string;
  let id: string;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    adviser = new Adviser(bot, "advisers");
    ({ number } = await anna.report({ story: canary }));
    await bot.deliver();
    id = String((await row())?.id);
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) {
      expect(channel.complaints).toEqual([]);
      expect(JSON.stringify(channel.kept.map(({ views }) => views))).not.toContain(canary);
    }
    await database.close();
  });

  const row = async () => (await database.tables()).cases?.[0];
  const card = () => bot.channels.teams.shown("advisers")[0] as View;
  const lines = () => bot.channels.teams.kept.filter(({ to, under }) => to === "advisers" && under);
  const swept = (one: Bot = bot) => sweep(one.world);

  async function close(): Promise<void> {
    await adviser.send({ do: "desk.close", case: id });
    await bot.deliver();
  }

  /** The jobs run at that time, the reminders first, and what they queued goes out. */
  async function goesTo(time: number): Promise<void> {
    bot.clock.at = time;
    await remind(bot.world);
    await bot.deliver();
    await swept();
  }

  async function hold(inputs: Inputs = { reason: "procedure", days: "90" }) {
    const reply = await adviser.send({ do: "desk.hold", case: id }, inputs);
    await bot.deliver();
    return reply;
  }

  async function nextForReporter(): Promise<string> {
    return wordsOf(await anna.openThread());
  }

  describe("a closed case", () => {
    beforeEach(close);

    test("says on its card when it is destroyed, and has one button", () => {
      expect(wordsOf(card())).toContain(say("clocks.kept.destroyed", { date: dutch(end) }));
      expect(card().buttons.map(({ press }) => press)).toEqual([
        { do: "desk.holding", case: id },
        { do: "desk.write", case: id, reopen: bot.clock.at },
      ]);
    });

    test("is warned of two weeks before, once, and then destroyed by doing nothing", async () => {
      await goesTo(warned - 1);
      expect(lines()).toEqual([]);
      await goesTo(warned);
      expect(lines()).toHaveLength(1);
      const view = lines()[0]?.views[0] as View;
      expect(view.title).toBe(say("clocks.destroySoon.title", { number }));
      expect(wordsOf(view)).toContain(dutch(end));
      await goesTo(warned + 7 * day);
      await goesTo(end - 1);
      expect(lines()).toHaveLength(1);
      expect(await row()).toBeDefined();
      await goesTo(end);
      const { cases, case_keys } = await database.tables();
      expect({ cases, case_keys }).toEqual({ cases: [], case_keys: [] });
    });

    test("of which the warning comes too late, says nothing", async () => {
      bot.clock.at = warned;
      await remind(bot.world);
      bot.clock.at = end;
      await bot.deliver();
      expect(lines()).toEqual([]);
    });
  });

  describe("keeping it longer", () => {
    beforeEach(close);

    test("begins on a page that says what it does, with its reasons and terms", async () => {
      const { view, surface } = await adviser.send(buttonOf(card(), "desk.holding") as never);
      expect(surface).toBe("room");
      expect(wordsOf(view)).toContain(dutch(end));
      const offered = view.inputs.map((input) => ("options" in input ? input.options : []));
      expect(offered.map((options) => options.map(({ value }) => value))).toEqual([
        ["procedure", "legalDuty"],
        ["90", "180", "365"],
      ]);
      expect(offered[1]?.[2]?.label).toContain(dutch(end + 365 * day));
    });

    test.each(["procedure", "legalDuty"] as const)(
      "for %s is noted, stands on the card, and is told to the reporter",
      async (reason) => {
        const { surface } = await hold({ reason, days: "90" });
        expect(surface).toBe("door");
        expect(await row()).toMatchObject({ holdUntil: end + 90 * day, holdReason: reason });
        const date = dutch(end + 90 * day);
        const because = say(`clocks.hold.because.${reason}`);
        expect(wordsOf(card())).toContain(say("clocks.kept.held", { date, reason: because }));
        const next = say("case.next.kept", { date, reason: say(`case.keptFor.${reason}`) });
        expect(await nextForReporter()).toContain(next);
        expect((await database.tables()).audit).toMatchObject([
          { code: "case.held", case: id, route: "advisers", at: bot.clock.at },
        ]);
      },
    );

    test("keeps it until then, with a new warning before, and after that it is destroyed, keys first", async () => {
      await goesTo(warned);
      await hold({ reason: "legalDuty", days: "90" });
      // What the line under the card warned of holds no more.
      expect(lines()[0]?.views.at(-1)).toMatchObject({
        title: content.words("nl").say("desk.unused"),
        buttons: [],
      });
      await goesTo(end + 60 * day);
      expect(lines()).toHaveLength(1);
      expect(await nextForReporter()).toContain(number);
      await goesTo(end + 78 * day);
      expect(lines()).toHaveLength(2);
      expect(wordsOf(lines()[1]?.views[0] as View)).toContain(dutch(end + 90 * day));
      await goesTo(end + 90 * day - 1);
      expect(await row()).toBeDefined();
      await goesTo(end + 90 * day);
      const { cases, case_keys, messages } = await database.tables();
      expect({ cases, case_keys, messages }).toEqual({ cases: [], case_keys: [], messages: [] });
      expect(lines()).toHaveLength(2);
    });

    test("a warning that was queued before says nothing any more", async () => {
      bot.clock.at = warned;
      await remind(bot.world);
      await adviser.send({ do: "desk.hold", case: id }, { reason: "procedure", days: "365" });
      await bot.deliver();
      expect(lines()).toEqual([]);
    });

    test("again counts from the time of closed cases or from today, so that terms never add up", async () => {
      await hold({ reason: "procedure", days: "365" });
      await hold({ reason: "procedure", days: "365" });
      expect((await row())?.holdUntil).toBe(end + 365 * day);
      bot.clock.at = end + 300 * day;
      await hold({ reason: "procedure", days: "365" });
      expect((await row())?.holdUntil).toBe(bot.clock.at + 365 * day);
    });

    test("asks again for what was not chosen, or was not offered", async () => {
      for (const inputs of [
        {},
        { reason: "procedure" },
        { days: "90" },
        { reason: "procedure", days: "366" },
        { reason: "procedure", days: "9000" },
        { reason: "curiosity", days: "90" },
      ] satisfies Inputs[]) {
        const before = await database.tables();
        const { view } = await hold(inputs);
        expect(view.note).toBe(say("clocks.hold.chooseFirst"));
        const [reason] = view.inputs;
        expect(reason?.type === "choice" && reason.value).toBe(
          "reason" in inputs && inputs.reason === "procedure" ? "procedure" : null,
        );
        expect(await database.tables()).toEqual(before);
      }
    });

    test("is taken back: destroyed at its time after all, where that is far enough away", async () => {
      await hold();
      const { view } = await adviser.send({ do: "desk.holding", case: id });
      expect(wordsOf(view)).toContain(say("clocks.hold.unhold", { date: dutch(end) }));
      await adviser.send(buttonOf(view, "desk.unhold") as never);
      await bot.deliver();
      expect(await row()).toMatchObject({ holdUntil: null, holdReason: null, remindAt: warned });
      expect(wordsOf(card())).toContain(say("clocks.kept.destroyed", { date: dutch(end) }));
      expect(await nextForReporter()).toContain(say("case.next.destroy", { date: dutch(end) }));
      await goesTo(end);
      expect(await row()).toBeUndefined();
    });

    test("is taken back after that time: destroyed two weeks later, which is said at once", async () => {
      await hold({ reason: "procedure", days: "180" });
      await goesTo(end + 30 * day);
      await adviser.send({ do: "desk.unhold", case: id });
      await goesTo(end + 31 * day);
      expect(lines()).toHaveLength(1);
      expect(wordsOf(lines()[0]?.views[0] as View)).toContain(dutch(end + 44 * day));
      expect(await nextForReporter()).toContain(say("case.next.destroy", { date: dutch(end + 44 * day) }));
      await goesTo(end + 44 * day - 1);
      expect(await row()).toBeDefined();
      await goesTo(end + 44 * day);
      expect(await row()).toBeUndefined();
    });

    test("ends when the reporter withdraws: there are no words left to keep", async () => {
      await hold({ reason: "legalDuty", days: "365" });
      await anna.openThread();
      await anna.send({ do: "withdraw", case: id });
      await bot.deliver();
      expect(await row()).toMatchObject({ state: "withdrawn", holdUntil: null, remindAt: null, report: "" });
      const { view } = await adviser.send({ do: "desk.hold", case: id }, { reason: "procedure", days: "90" });
      expect(wordsOf(view)).toContain(say("adviser.refused.withdrawn"));
      await goesTo(end);
      expect(lines()).toEqual([]);
      expect(await row()).toBeUndefined();
    });

    test("at the moment of the sweep: either it is kept and there, or destroyed and refused", async () => {
      for (let nr = 0; nr < 12; nr += 1) await new Reporter(bot, `29:p${nr}`).report();
      const ids = (await database.tables()).cases?.map((one) => String(one.id)) ?? [];
      for (const one of ids) await adviser.send({ do: "desk.close", case: one });
      bot.clock.at = end;
      const colleague = new Adviser(other, "advisers");
      const press = (one: string) =>
        patiently(() => colleague.send({ do: "desk.hold", case: one }, { reason: "procedure", days: "90" }));
      const [replies] = await Promise.all([Promise.all(ids.map(press)), swept()]);
      const kept = new Set((await database.tables()).cases?.map((one) => one.id));
      const doors = ids.filter((_, nr) => replies[nr]?.surface === "door");
      for (const one of doors) expect(kept).toContain(one);
      await swept();
      expect((await database.tables()).cases?.map((one) => one.id).sort()).toEqual(doors.sort());
    });
  });

  test("an open case cannot be kept: nothing destroys it", async () => {
    for (const what of ["desk.holding", "desk.hold", "desk.unhold"] as const) {
      const { view } = await adviser.send({ do: what, case: id }, { reason: "procedure", days: "90" });
      expect(wordsOf(view)).toContain(say("clocks.hold.notClosed"));
    }
    expect(await row()).toMatchObject({ holdUntil: null, holdReason: null });
  });

  test("nobody keeps a case of another route (P11)", async () => {
    await close();
    const before = await row();
    const { view } = await new Adviser(bot, "external").send(
      { do: "desk.hold", case: id },
      { reason: "procedure", days: "90" },
    );
    expect(wordsOf(view)).not.toContain(number);
    expect(await row()).toEqual(before);
  });
});
