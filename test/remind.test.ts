import { DateTime } from "luxon";
import { zone } from "../bots/deadlines.ts";
import { remind } from "../bots/jobs/remind.ts";
import type { Store } from "../bots/ports.ts";
import type { View } from "../cards/view.ts";
import { Adviser, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";

/** Advisers reminded in their route of what is due (P12). */

const canary = "kanariegeel briefje op mijn bureau";
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const title = (kind: string, number: string, language: "nl" | "en" = "nl") =>
  content.words(language).say(`clocks.${kind}.title`, { number });

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
    await start();
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) {
      expect(channel.complaints).toEqual([]);
      expect(JSON.stringify(channel.kept.map(({ views }) => views))).not.toContain(canary);
    }
    await database.close();
  });

  async function start(over: object = {}): Promise<void> {
    bot = await startBot({ database, organisation: someOrganisation(over) });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    adviser = new Adviser(bot, "advisers");
  }

  /** A report on Monday 2 March at ten; it is due on the 9th, and to be answered by 2 June. */
  async function reported(answers: Parameters<Reporter["report"]>[0] = {}): Promise<void> {
    ({ number } = await anna.report({ story: canary, ...answers }));
    await bot.deliver();
    id = String((await row()).id);
  }

  async function row(): Promise<Readonly<Record<string, unknown>>> {
    return (await database.tables()).cases?.at(-1) ?? {};
  }

  /** The clock goes to that time, the job runs, and what it queued goes out. */
  async function goesTo(iso: string): Promise<void> {
    bot.clock.at = at(iso);
    await remind(bot.world);
    await bot.deliver();
  }

  /** Which reminders stand in the route, the oldest first. */
  function lines(): readonly string[] {
    return bot.channels.teams.kept
      .filter(({ to, under }) => to === "advisers" && under)
      .map(({ views }) => views[0]?.title ?? "");
  }

  const elsewhere = () => bot.channels.slack.shown("external");

  describe("a report that nobody acknowledges", () => {
    test("is reminded of before and after its date, under its card, by number and date only", async () => {
      await reported();
      await goesTo("2026-03-06T09:59");
      expect(lines()).toEqual([]);
      await goesTo("2026-03-06T10:00");
      expect(lines()).toEqual([title("acknowledgeSoon", number)]);
      const [line] = bot.channels.teams.kept.filter(({ under }) => under);
      expect(wordsOf(line?.views[0] as View)).toContain("9 maart 2026");
      expect(wordsOf(line?.views[0] as View)).not.toMatch(/Vega|seksueel|29:anna/i);
      expect(line?.views[0]?.buttons.map(({ press }) => press)).toEqual([{ do: "desk.open", case: id }]);
      await goesTo("2026-03-10T09:59");
      expect(lines()).toHaveLength(1);
      await goesTo("2026-03-10T10:00");
      expect(lines().at(-1)).toBe(title("acknowledgeLate", number));
      await goesTo("2026-03-13T09:59");
      expect(elsewhere()).toEqual([]);
    });

    test("is told to the other route three working days later, where it can be opened by nobody", async () => {
      await reported();
      for (const when of ["2026-03-06T10:00", "2026-03-10T10:00", "2026-03-13T10:00", "2026-03-20T10:00"])
        await goesTo(when);
      expect(lines()).toHaveLength(2);
      const [told, ...more] = elsewhere();
      expect(more).toEqual([]);
      expect(wordsOf(told as View)).toContain(number);
      expect(wordsOf(told as View)).not.toContain(id);
      expect(told?.buttons).toEqual([]);
    });

    test.each(["yes", "unsure"])(
      "and may be about an adviser (%s), is told to its own route alone (P9)",
      async (aboutAdviser) => {
        await reported({ aboutAdviser });
        for (const when of ["2026-03-06T10:00", "2026-03-10T10:00"]) await goesTo(when);
        bot.clock.at = at("2026-03-13T10:00");
        await remind(bot.world);
        // Not even queued for anybody else.
        expect((await database.tables()).outbox?.map(({ lane }) => lane)).toEqual([id]);
        await bot.deliver();
        const own = bot.channels.slack.kept.filter(({ to, under }) => to === "external" && under);
        expect(own.map(({ views }) => views[0]?.title)).toEqual(
          ["acknowledgeSoon", "acknowledgeLate", "acknowledgeStillLate"].map((kind) =>
            title(kind, number, "en"),
          ),
        );
        expect(bot.channels.teams.kept.filter(({ to }) => to === "advisers")).toEqual([]);
      },
    );

    test.each(["yes", "unsure"])(
      "and may be about an adviser (%s), stays in its route also where that is no conflict route any more",
      async (aboutAdviser) => {
        await reported({ aboutAdviser });
        const organisation = someOrganisation({ conflictRoute: undefined });
        bot = await anotherOf(bot, database, { organisation });
        for (const when of ["2026-03-10T10:00", "2026-03-13T10:00"]) await goesTo(when);
        expect(bot.channels.teams.kept.filter(({ to }) => to === "advisers")).toEqual([]);
        expect(elsewhere()).toHaveLength(3);
      },
    );

    test("is told a last time in its own route where there is no other", async () => {
      const [advisers] = someOrganisation().routes;
      await start({
        routes: [advisers],
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
        conflictRoute: undefined,
      });
      await reported();
      for (const when of ["2026-03-10T10:00", "2026-03-13T10:00"]) await goesTo(when);
      expect(lines()).toEqual([title("acknowledgeLate", number), title("acknowledgeStillLate", number)]);
    });

    test("whose other route was taken out of the configuration meanwhile, is told in its own", async () => {
      await reported();
      await goesTo("2026-03-10T10:00");
      bot.clock.at = at("2026-03-13T10:00");
      await remind(bot.world);
      const [advisers] = someOrganisation().routes;
      const organisation = someOrganisation({
        routes: [advisers],
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
        conflictRoute: undefined,
      });
      bot = await anotherOf(bot, database, { organisation });
      await bot.deliver();
      expect(elsewhere()).toEqual([]);
      expect(lines().at(-1)).toBe(title("acknowledgeStillLate", number));
    });
  });

  describe("what ends a reminder", () => {
    test("acknowledging leaves that of the feedback", async () => {
      await reported();
      await adviser.send({ do: "desk.acknowledge", case: id });
      expect(await row()).toMatchObject({ remindAt: at("2026-05-26T10:00"), remindKind: "feedbackSoon" });
      await goesTo("2026-03-20T10:00");
      expect(lines()).toEqual([]);
      await goesTo("2026-05-26T10:00");
      expect(lines()).toEqual([title("feedbackSoon", number)]);
    });

    test("a reply counts as feedback when it is near the date, and not when it is long before", async () => {
      await reported();
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-one" }, { text: "Dank je." });
      await goesTo("2026-05-26T10:00");
      expect(lines()).toEqual([title("feedbackSoon", number)]);
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-two" }, { text: "Zo staat het." });
      expect(await row()).toMatchObject({ remindAt: null, remindKind: null });
      await goesTo("2026-06-20T10:00");
      expect(lines()).toHaveLength(1);
    });

    test("what the reporter writes ends nothing", async () => {
      await reported();
      const before = await row();
      await anna.openThread();
      await anna.press("say", { text: canary });
      const { remindAt, remindKind } = await row();
      expect({ remindAt, remindKind }).toEqual({ remindAt: before.remindAt, remindKind: before.remindKind });
    });

    test.each(["close", "withdraw"])("to %s it ends all of them, also one that is queued", async (how) => {
      await reported();
      bot.clock.at = at("2026-03-10T10:00");
      await remind(bot.world);
      if (how === "close") await adviser.send({ do: "desk.close", case: id });
      else {
        await anna.openThread();
        await anna.send({ do: "withdraw", case: id });
      }
      await bot.deliver();
      for (const when of ["2026-03-13T10:00", "2026-06-03T10:00", "2026-06-09T10:00"]) await goesTo(when);
      expect(lines()).toEqual([]);
      expect(elsewhere()).toEqual([]);
    });
  });

  describe("each kind comes once", () => {
    test("where two processes look at the same moment", async () => {
      for (let nr = 0; nr < 12; nr += 1) await new Reporter(bot, `29:p${nr}`).report();
      await bot.deliver();
      bot.clock.at = at("2026-03-06T10:00");
      const queued = await Promise.all([remind(bot.world), remind(other.world), remind(bot.world)]);
      expect(queued.reduce((sum, one) => sum + one, 0)).toBe(12);
      await bot.deliver();
      expect(new Set(lines()).size).toBe(12);
      expect(lines()).toHaveLength(12);
    });

    test("where the process dies after queueing and before it is saved, and after it is", async () => {
      await reported();
      bot.clock.at = at("2026-03-06T10:00");
      const store = { ...bot.world.store, ...dying(bot.world.store, (nr) => nr > 0) };
      await remind({ ...bot.world, store });
      expect((await database.tables()).outbox).toEqual([]);
      expect(bot.logged.join()).toContain("remind.case");
      await remind(other.world);
      await remind(other.world);
      expect((await database.tables()).outbox).toHaveLength(1);
      await other.deliver();
      expect(lines()).toEqual([title("acknowledgeSoon", number)]);
    });

    test("where the clock jumps back", async () => {
      await reported();
      await goesTo("2026-03-10T10:00");
      for (const when of ["2026-03-06T10:00", "2026-03-02T12:00", "2026-03-10T10:00", "2026-03-11T10:00"])
        await goesTo(when);
      expect(lines()).toEqual([title("acknowledgeLate", number)]);
    });

    test("where the service stood still for months: no burst, and nothing outdated", async () => {
      await reported();
      await goesTo("2026-06-10T16:00");
      expect(lines()).toEqual([title("acknowledgeLate", number)]);
      await goesTo("2026-06-10T17:00");
      expect(lines()).toHaveLength(1);
      await goesTo("2026-06-15T10:00");
      await goesTo("2026-06-15T11:00");
      await goesTo("2026-06-15T12:00");
      expect(lines()).toEqual([title("acknowledgeLate", number), title("feedbackLate", number)]);
      await goesTo("2026-06-18T09:00");
      expect(elsewhere()).toHaveLength(1);
      await goesTo("2026-06-18T10:00");
      await goesTo("2026-09-01T10:00");
      expect(elsewhere()).toHaveLength(2);
      expect(lines()).toHaveLength(2);
    });

    test("where a reminder ahead of the date goes out too late, it says nothing", async () => {
      await reported();
      bot.clock.at = at("2026-03-06T10:00");
      await remind(bot.world);
      bot.clock.at = at("2026-03-10T00:00");
      await bot.deliver();
      expect(lines()).toEqual([]);
    });
  });

  test("more cases than one batch are all reminded of, and one that cannot be does not keep the others", async () => {
    await reported();
    await bot.world.store.transaction(async (tx) => {
      const found = await tx.findCase(id);
      if (!found) throw new Error("no case");
      for (let nr = 0; nr < 120; nr += 1)
        await tx.insertCase({ ...found, id: `c${nr}`, number: `V-C${nr}`, receiptHash: `r${nr}` });
    });
    bot.clock.at = at("2026-03-06T10:00");
    const once = { ...bot.world.store, ...dying(bot.world.store, (nr) => nr === 1) };
    expect(await remind({ ...bot.world, store: once })).toBe(120);
    expect(await remind(bot.world)).toBe(1);
  });
});

/** A store of which these transactions, counted from 0, do all their work and then are not committed. */
function dying(store: Store, which: (nr: number) => boolean): Pick<Store, "transaction"> {
  let count = 0;
  return {
    transaction: (work) => {
      const nr = count++;
      return store.transaction(async (tx) => {
        const result = await work(tx);
        if (which(nr)) throw new Error("died");
        return result;
      });
    },
  };
}
