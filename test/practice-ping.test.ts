import fc from "fast-check";
import { DateTime } from "luxon";
import { openConversation, personOf } from "../bots/conversations.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import { type ConversationRow, personLane } from "../bots/ports.ts";
import { firstPing, nextPing } from "../bots/practice-ping.ts";
import { setupIn } from "../bots/setup.ts";
import { lookAtStore } from "../bots/store/open.ts";
import { drawPracticePing } from "../cards/practice-ping.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import { converse } from "../dialogs/core/converse.ts";
import { type Conversation, languages, newConversation, type Rhythm } from "../dialogs/core/draft.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  FixedClock,
  onBothDatabases,
  startBot,
} from "./world.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const draftMs = 72 * hour;
const rhythms: readonly Rhythm[] = ["daily", "weekly"];

const amsterdam = (at: number) => DateTime.fromMillis(at, { zone: "Europe/Amsterdam" });
/** A moment in Amsterdam, such as `2026-03-02T10:00`. */
const at = (written: string) => DateTime.fromISO(written, { zone: "Europe/Amsterdam" }).toMillis();
const isTenOnWorkingDay = (time: number) =>
  !amsterdam(time).isWeekend && amsterdam(time).toFormat("HH:mm:ss.SSS") === "10:00:00.000";

describe("the day and hour of a ping", () => {
  test.each([
    ["daily", "2026-03-02T09:00", "2026-03-03T10:00"],
    ["daily", "2026-03-06T16:00", "2026-03-09T10:00"],
    ["weekly", "2026-03-04T23:59", "2026-03-11T10:00"],
    ["weekly", "2026-03-07T12:00", "2026-03-16T10:00"],
  ] as const)("%s, asked for at %s, comes first at %s", (every, asked, first) => {
    expect(firstPing(every, at(asked))).toBe(at(first));
  });

  test("is ten on the clock on the wall, in summer time and in winter time", () => {
    expect(firstPing("daily", at("2026-03-27T12:00"))).toBe(Date.parse("2026-03-30T08:00Z"));
    expect(firstPing("daily", at("2026-10-23T12:00"))).toBe(Date.parse("2026-10-26T09:00Z"));
    expect(nextPing("weekly", at("2026-03-26T10:00"), at("2026-03-26T10:01"))).toBe(
      Date.parse("2026-04-02T08:00Z"),
    );
    expect(nextPing("weekly", at("2026-10-20T10:00"), at("2026-10-27T10:00"))).toBe(
      Date.parse("2026-11-03T09:00Z"),
    );
  });

  const moment = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2031-01-01") });

  test("is on a working day after the one on which it was asked for, and soon", () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...rhythms), (asked, every) => {
        const first = firstPing(every, asked);
        expect(isTenOnWorkingDay(first)).toBe(true);
        const days = amsterdam(first).startOf("day").diff(amsterdam(asked).startOf("day"), "days").as("days");
        expect(days).toBeGreaterThanOrEqual(every === "daily" ? 1 : 7);
        expect(days).toBeLessThanOrEqual(every === "daily" ? 3 : 9);
      }),
    );
  });

  test("is never in the past, nor the one before it again, wherever the clock went", () => {
    fc.assert(
      fc.property(moment, moment, fc.constantFrom(...rhythms), (asked, now, every) => {
        const planned = firstPing(every, asked);
        const next = nextPing(every, planned, now);
        const last = Math.max(planned, now);
        expect(next).toBeGreaterThan(last);
        expect(next - last).toBeLessThanOrEqual((every === "daily" ? 3 : 7) * day + hour);
        expect(isTenOnWorkingDay(next)).toBe(true);
        if (every === "weekly") expect(amsterdam(next).weekday).toBe(amsterdam(planned).weekday);
      }),
    );
  });

  test("asked for a week later on the hour, a weekly ping is not the one of that hour", () => {
    const planned = at("2026-03-04T10:00");
    expect(nextPing("weekly", planned, planned + 7 * day)).toBe(planned + 14 * day);
  });
});

describe("asking for it", () => {
  const setup = setupIn(content, { flows: {}, languages, fresh: "fresh" });
  const pressing = (press: Parameters<Reporter["send"]>[0], from: Partial<Conversation> = {}) =>
    converse(
      { ...newConversation("nl"), introduced: true, ...from },
      { type: "press", press, inputs: {} },
      setup,
    );

  test.each(rhythms)("%s is remembered, shown and carried out", (every) => {
    const { conversation, screen, effects } = pressing({ do: "practicePing", every });
    expect(conversation.practicePing).toBe(every);
    expect(screen).toMatchObject({ type: "scenes", ping: every });
    expect(effects).toEqual([{ type: "practicePing", every }]);
    expect(pressing({ do: "scenes" }, conversation).screen).toMatchObject({ type: "scenes", ping: every });
  });

  test.each([{ do: "practicePing", every: "never" }, { do: "forgetPractice" }] as const)(
    "%j ends it",
    (press) => {
      const { conversation, screen, effects } = pressing(press, { practicePing: "daily", practised: ["a"] });
      expect(conversation.practicePing).toBeNull();
      expect(screen).toMatchObject({ type: "scenes", ping: null });
      expect(effects).toEqual([{ type: "practicePing", every: "never" }]);
      expect(conversation.practised).toEqual(press.do === "forgetPractice" ? [] : ["a"]);
    },
  );

  test("leaves a draft where it was", () => {
    const draft = {
      id: "d",
      flow: "report",
      answers: { story: "iets" },
      unfinished: {},
      revisiting: null,
      revision: 1,
      reviewed: null,
      decided: {},
      guide: false,
      to: null,
    };
    const { conversation } = pressing({ do: "practicePing", every: "daily" }, { draft });
    expect(conversation.draft).toEqual(draft);
  });
});

test.each(["nl", "en"] as const)("says in %s that a practice is ready, and how to end it", (language) => {
  const view = drawPracticePing(content, language);
  expect(view.privacy).toBe("neutral");
  expect(view.inputs).toEqual([]);
  expect(view.buttons.map(({ press }) => press)).toEqual([
    { do: "scenes" },
    { do: "practicePing", every: "never" },
    { do: "menu" },
  ]);
});

onBothDatabases((fresh) => {
  let database: Database;
  let clock: FixedClock;
  let bot: Bot;
  let other: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    clock = new FixedClock();
    bot = await startBot({ database, clock });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(() => database.close());

  const ask = (every: Rhythm | "never", person = anna) => person.send({ do: "practicePing", every });
  const pings = (user = "29:anna") => bot.channels.teams.shown(user);
  const waiting = async () =>
    ((await database.tables()).outbox ?? []).filter(({ lane }) => String(lane).startsWith("person."));
  const kept = async (): Promise<Conversation | null> => {
    const [row] = (await database.tables()).conversations ?? [];
    if (!row) return null;
    return openConversation(bot.world.ring, row as unknown as ConversationRow).conversation;
  };

  /** Lets time go by until then, with everything carried out when it is due. */
  async function until(then: number, by: Bot = bot): Promise<void> {
    await by.deliver();
    for (let due = await by.world.store.nextDue(); due !== null && due <= then; ) {
      clock.at = Math.max(clock.at, due);
      await by.deliver();
      due = await by.world.store.nextDue();
    }
    clock.at = then;
  }

  test("comes at ten on each working day, in the language that is spoken, until it is ended", async () => {
    await anna.send({ do: "language", language: "en" });
    await ask("daily");
    const came: string[] = [];
    for (let nr = 0; nr < 24 * 8 + 2; nr += 1) {
      const before = pings().length;
      await bot.deliver();
      if (pings().length > before) came.push(amsterdam(clock.at).toFormat("ccc HH"));
      clock.advance(hour);
    }
    expect(came).toEqual(["Tue 10", "Wed 10", "Thu 10", "Fri 10", "Mon 10", "Tue 10"]);
    expect(new Set(pings().map(wordsOf))).toEqual(new Set([wordsOf(drawPracticePing(content, "en"))]));
    const end = buttonOf(pings().at(-1) ?? drawPracticePing(content, "nl"), "practicePing");
    await anna.send(end as Parameters<Reporter["send"]>[0]);
    await until(clock.at + 30 * day);
    expect(pings()).toHaveLength(6);
    expect([...bot.channels.teams.complaints, ...bot.channels.slack.complaints]).toEqual([]);
  });

  test("comes once a week, on the same weekday, over the change to summer time", async () => {
    clock.at = at("2026-03-18T15:00");
    await ask("weekly");
    for (const [until_, count] of [
      ["2026-03-25T09:59", 0],
      ["2026-03-25T10:00", 1],
      ["2026-04-01T09:59", 1],
      ["2026-04-01T10:00", 2],
    ] as const) {
      await until(at(until_));
      await bot.deliver();
      expect(pings()).toHaveLength(count);
    }
  });

  test("is one, however often it is asked for, changed, ended and asked for again", async () => {
    for (const every of ["daily", "daily", "weekly", "daily", "never", "weekly", "never", "daily"] as const) {
      await ask(every);
      expect(await waiting()).toHaveLength(every === "never" ? 0 : 1);
    }
    await until(at("2026-03-03T23:00"));
    expect(pings()).toHaveLength(1);
    // Ended and asked for again on the day itself, it is not that day's second one.
    await ask("never");
    await ask("daily");
    await until(at("2026-03-04T09:00"));
    expect(pings()).toHaveLength(1);
    await ask("weekly");
    await until(at("2026-03-11T09:59"));
    expect(pings()).toHaveLength(1);
    await until(at("2026-03-11T10:30"));
    expect(pings()).toHaveLength(2);
  });

  test("asked for and ended many times at once, by two processes, is one where it is wanted", async () => {
    const turns = ["daily", "weekly", "never", "daily", "weekly", "daily"] as const;
    for (let run = 0; run < 6; run += 1) {
      await ask("daily");
      clock.at = at("2026-03-03T10:00") + run * 7 * day;
      const before = pings().length;
      await Promise.all([
        ...turns.map((every, nr) => {
          const person = new Reporter(nr % 2 ? bot : other, "29:anna");
          return patiently(() => ask(every, person));
        }),
        bot.deliver(),
        other.deliver(),
      ]);
      expect(pings().length - before).toBeLessThanOrEqual(1);
      expect(await waiting()).toHaveLength((await kept())?.practicePing ? 1 : 0);
    }
  });

  test("whatever happens: never two a day, only in working hours, only where it is wanted", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("ask" as const), every: fc.constantFrom(...rhythms, "never" as const) }),
      fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 60 }) }),
      // Something that takes long, or a clock that was set.
      fc.record({ do: fc.constant("wait" as const), hours: fc.constantFrom(9 * 24 + 5, 100 * 24 + 14) }),
      fc.record({
        do: fc.constantFrom("forget", "deliver", "deliver", "otherDelivers", "dies", "sweep", "busy"),
      }),
    );
    let people = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        people += 1;
        const user = `29:p${people}`;
        const person = new Reporter(bot, user);
        const lane = personLane(bot.world.ring.lookup("practice-ping", personOf(person.address)));
        const mine = async () => (await waiting()).filter((row) => row.lane === lane).length;
        let wanted = false;
        const days = new Map<string, number>();
        for (const s of steps) {
          const before = pings(user).length;
          if (s.do === "ask" && "every" in s) await ask(s.every, person);
          if (s.do === "ask" && "every" in s) wanted = s.every !== "never";
          if (s.do === "forget") await person.send({ do: "forgetPractice" });
          if (s.do === "forget") wanted = false;
          if (s.do === "wait" && "hours" in s) clock.advance(s.hours * hour);
          if (s.do === "sweep") await sweep(bot.world);
          if (s.do === "deliver") await bot.deliver();
          if (s.do === "otherDelivers") await other.deliver();
          if (s.do === "busy") {
            bot.channels.teams.fail({ kind: "rateLimited", retryAfter: 1000 });
            await bot.deliver();
          }
          if (s.do === "dies") {
            // A process that planned the next one and was gone before it posted this one, or said so.
            const row = await bot.world.store.lease(`dead ${people}`, clock.at, minute);
            bot.channels.teams.fail({ kind: "unknown", code: "died" });
            if (row) await bot.courier.deliver(row).catch(() => undefined);
            clock.advance(2 * minute);
          }
          if (pings(user).length > before) {
            expect(wanted).toBe(true);
            const { isWeekend, hour: came } = amsterdam(clock.at - (s.do === "dies" ? 2 * minute : 0));
            expect(isWeekend).toBe(false);
            expect(came).toBeGreaterThanOrEqual(10);
            expect(came).toBeLessThan(17);
            const date = amsterdam(clock.at).toISODate() ?? "";
            days.set(date, (days.get(date) ?? 0) + pings(user).length - before);
          }
          if (s.do === "deliver" || s.do === "ask" || s.do === "forget")
            expect(await mine()).toBeLessThanOrEqual(wanted ? 2 : 0);
        }
        for (const count of days.values()) expect(count).toBe(1);
        // In the end nothing is left half done, and nobody was forgotten.
        await until(amsterdam(clock.at).startOf("day").plus({ days: 12, hours: 9 }).toMillis());
        expect(await mine()).toBe(wanted ? 1 : 0);
        await ask("never", person);
        expect(((await database.tables()).lanes ?? []).filter(({ id }) => id === lane)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("after a long stop it comes once, and not at night or in a weekend", async () => {
    await ask("daily");
    clock.at = at("2026-03-29T03:30");
    const again = await anotherOf(bot, database);
    await again.deliver();
    expect(pings()).toHaveLength(0);
    expect((await waiting()).map(({ dueAt }) => dueAt)).toEqual([at("2026-03-30T10:00")]);
    await until(at("2026-03-30T12:00"), again);
    expect(pings()).toHaveLength(1);
    clock.at = at("2026-05-05T14:00");
    await again.deliver();
    expect(pings()).toHaveLength(2);
    expect((await waiting()).map(({ dueAt }) => dueAt)).toEqual([at("2026-05-06T10:00")]);
  });

  test("a process that died on it leaves one ping to come, not two", async () => {
    await ask("daily");
    clock.at = at("2026-03-03T10:00");
    const row = await bot.world.store.lease("dead", clock.at, minute);
    if (!row) throw new Error("nothing was due");
    await bot.courier.deliver(row);
    expect(pings()).toHaveLength(1);
    // The next one is planned, and this one does not count as posted.
    expect(await waiting()).toHaveLength(2);
    clock.at = at("2026-03-24T11:00");
    await Promise.all([bot.deliver(), other.deliver()]);
    expect(pings()).toHaveLength(2);
    expect((await waiting()).map(({ dueAt }) => dueAt)).toEqual([at("2026-03-25T10:00")]);
  });

  test("ended at the moment it is due, it does not come, and none is planned", async () => {
    await ask("daily");
    clock.at = at("2026-03-03T10:00");
    const row = await bot.world.store.lease("w", clock.at, minute);
    await ask("never");
    if (row) await bot.courier.deliver(row);
    expect(pings()).toHaveLength(0);
    const { outbox, lanes } = await database.tables();
    expect({ outbox, lanes }).toEqual({ outbox: [], lanes: [] });
  });

  test("a clock that is set back brings none again", async () => {
    await ask("daily");
    await until(at("2026-03-03T10:00"));
    await bot.deliver();
    clock.at = at("2026-03-02T08:00");
    await until(at("2026-03-04T09:00"));
    expect(pings()).toHaveLength(1);
    await until(at("2026-03-04T10:30"));
    expect(pings()).toHaveLength(2);
  });

  describe("of what is kept", () => {
    /** Sweeps every day for so long, with everything carried out. */
    async function days(count: number): Promise<void> {
      for (let nr = 0; nr < count; nr += 1) {
        await until(clock.at + day);
        await sweep(bot.world);
      }
    }

    test("there is the language, what was practised and how often, and nothing else", async () => {
      await anna.fillIn({ story: "kanariegeel" });
      await anna.send({ do: "language", language: "en" });
      await ask("weekly");
      await bot.world.store.transaction(async (tx) => {
        const [row] = await tx.expiredConversations(Number.MAX_SAFE_INTEGER, 1);
        if (!row) throw new Error("no conversation");
        const stored = openConversation(bot.world.ring, row);
        const conversation = { ...stored.conversation, practised: ["lunchJoke"] };
        const sealed = bot.world.ring.seal(
          "draft",
          `conversation:${row.id}`,
          JSON.stringify({ ...stored, conversation }),
        );
        await tx.saveConversation({ ...row, sealed });
      });
      await days(2);
      expect((await kept())?.draft?.answers.story).toBe("kanariegeel");
      await days(30);
      const rest = { introduced: true, practised: ["lunchJoke"], practicePing: "weekly" } as const;
      expect(await kept()).toEqual({ ...newConversation("en"), ...rest });
      expect(pings().length).toBeGreaterThan(3);
      expect((await anna.send({ do: "scenes" })).show).toBe("view");
      expect((await kept())?.practised).toEqual(["lunchJoke"]);
    });

    test.each(["practicePing", "forgetPractice"] as const)("nothing stays after %s", async (what) => {
      await ask("daily");
      await days(9);
      const own = (await waiting()).map(({ sealed }) => String(sealed));
      expect(own).toHaveLength(1);
      if (what === "practicePing") await ask("never");
      else await anna.send({ do: "forgetPractice" });
      clock.advance(draftMs);
      await sweep(bot.world);
      const { migrations: _, ...rest } = await database.tables();
      for (const [table, rows] of Object.entries(rest)) expect({ table, rows }).toEqual({ table, rows: [] });
      const bytes = await database.bytes();
      for (const sealed of own) expect(bytes).not.toContain(sealed);
    });

    test("a case stays as it is, and the ping does not lead to it", async () => {
      await anna.report();
      await ask("daily");
      const { cases = [], conversations = [], outbox = [] } = await database.tables();
      const [own] = outbox.filter(({ lane }) => String(lane).startsWith("person."));
      const seen = JSON.stringify({ ...own, sealed: "" });
      for (const id of [...cases, ...conversations].map((row) => String(row.id)))
        expect(seen).not.toContain(id);
      for (const word of ["anna", "29:"]) expect(JSON.stringify(own)).not.toContain(word);
      await days(9);
      expect(await kept()).toMatchObject({ cases: [cases[0]?.id], practicePing: "daily", draft: null });
      await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: String(cases[0]?.id) });
      await bot.deliver();
      expect(pings().at(-1)?.title).toBe(content.words("nl").say("case.ping.title"));
      await ask("never");
      clock.advance(draftMs);
      await sweep(bot.world);
      expect(await kept()).toMatchObject({ cases: [cases[0]?.id], practicePing: null });
    });
  });

  describe("where it cannot be delivered", () => {
    const refused = { kind: "refused", code: "MessageWritesBlocked" } as const;

    test("a chat that stays closed is not written to again, nobody is told, and nothing else changes", async () => {
      await anna.fillIn({ story: "kanariegeel" });
      await ask("daily");
      const [before] = (await database.tables()).conversations ?? [];
      bot.channels.teams.fail(refused, refused, refused);
      await until(at("2026-03-03T12:00"));
      expect(bot.channels.teams.asked).toHaveLength(3);
      expect(await kept()).toMatchObject({
        practicePing: null,
        draft: { answers: { story: "kanariegeel" } },
      });
      const tables = await database.tables();
      expect(tables.conversations?.[0]?.expiresAt).toBe(before?.expiresAt);
      for (const table of ["outbox", "lanes", "audit"])
        expect({ table, rows: tables[table] }).toEqual({ table, rows: [] });
      await until(at("2026-03-20T12:00"));
      expect(bot.channels.teams.asked).toHaveLength(3);
      expect([...bot.channels.teams.kept, ...bot.channels.slack.kept]).toEqual([]);
    });

    test("a refusal that was a mistake of the platform costs nothing", async () => {
      await ask("daily");
      bot.channels.teams.fail(refused, refused);
      await until(at("2026-03-03T12:00"));
      expect(pings()).toHaveLength(1);
      await until(at("2026-03-04T12:00"));
      expect(pings()).toHaveLength(2);
    });

    test("a service that is not let in forgets nobody's wish", async () => {
      await ask("daily");
      const shut = { kind: "refused", code: "invalid_auth" } as const;
      bot.channels.teams.fail(shut, shut, shut);
      await until(at("2026-03-04T09:00"));
      expect(pings()).toHaveLength(0);
      await until(at("2026-03-04T12:00"));
      expect(pings()).toHaveLength(1);
    });

    test("a platform that does not answer is left in peace when the day ends, and gets the next one", async () => {
      await ask("daily");
      const silence = { kind: "unknown", code: "timeout" } as const;
      bot.channels.teams.fail(...Array.from({ length: 6 }, () => silence));
      await until(at("2026-03-04T09:59"));
      expect(bot.channels.teams.asked).toHaveLength(6);
      expect(pings()).toHaveLength(0);
      await until(at("2026-03-04T10:00"));
      await bot.deliver();
      expect(pings()).toHaveLength(1);
      expect(await waiting()).toHaveLength(1);
    });

    test("one that was given up comes back the next day, and no one hears of it", async () => {
      await ask("daily");
      clock.at = at("2026-03-03T10:00");
      for (let nr = 0; nr < 8; nr += 1) {
        // A process that dies of it each time: planned is the next one all the same.
        const row = await bot.world.store.lease(`dead ${nr}`, clock.at, minute);
        bot.channels.teams.fail({ kind: "unknown", code: "died" });
        if (row) await bot.courier.deliver(row).catch(() => undefined);
        clock.advance(minute);
      }
      await bot.deliver();
      expect(bot.logged.join()).toContain("practicePing.missed");
      expect((await database.tables()).audit).toEqual([]);
      await until(at("2026-03-04T10:30"));
      expect(pings()).toHaveLength(1);
      expect(await waiting()).toHaveLength(1);
      expect(bot.channels.slack.kept).toEqual([]);
    });
  });

  test("one whose key is gone is given up, and does not come back for ever", async () => {
    await ask("daily");
    const { ring: _, ...parts } = bot.world;
    const later = await startBot({ database, clock, organisation: parts.organisation });
    for (let nr = 0; nr < 30; nr += 1) {
      clock.advance(day);
      await later.deliver();
    }
    expect(await waiting()).toMatchObject([{ state: "failed", sealed: "" }]);
  });

  test("the log names nobody, not even by a made-up id", async () => {
    await ask("daily");
    bot.channels.teams.fail({ kind: "refused", code: "ConversationNotFound" });
    await until(at("2026-03-06T12:00"));
    bot.channels.teams.fail(
      ...Array.from({ length: 3 }, () => ({ kind: "refused", code: "Forbidden" }) as const),
    );
    const { lanes = [], conversations = [] } = await database.tables();
    await until(at("2026-03-09T12:00"));
    expect(bot.logged.join()).toContain("outbox.delivered");
    expect(bot.logged.join()).toContain("practicePing.missed");
    for (const word of ["anna", "person.", ...[...lanes, ...conversations].map(({ id }) => String(id))])
      expect(bot.logged.join()).not.toContain(word);
  });

  test("after the keys changed it is still one, comes, and can be ended", async () => {
    const fresh = () => JSON.parse(newKeyRing()).keys.k1;
    const ringOf = (current: string, keys: object) => parseKeyRing(JSON.stringify({ current, keys }));
    const k1 = fresh();
    const before = await anotherOf(bot, database, { ring: ringOf("k1", { k1 }) });
    const after = await anotherOf(bot, database, { ring: ringOf("k2", { k1, k2: fresh() }) });
    const bert = new Reporter(before, "29:bert");
    const carla = new Reporter(before, "29:carla");
    await ask("daily", bert);
    await ask("daily", carla);
    bert.bot = after;
    await ask("weekly", bert);
    expect(await waiting()).toHaveLength(2);
    await ask("never", bert);
    expect(await waiting()).toHaveLength(1);
    await until(at("2026-03-04T10:30"), after);
    expect(pings("29:carla")).toHaveLength(2);
    carla.bot = after;
    await ask("never", carla);
    const { outbox, lanes } = await database.tables();
    expect({ outbox, lanes }).toEqual({ outbox: [], lanes: [] });
  });

  test("is no message that waits for a case, nor one that is late", async () => {
    await ask("daily");
    const look = () => lookAtStore(database.where, clock.at);
    expect(await look()).toMatchObject({ waiting: { messages: 0, cases: 0 }, overdue: 0, givenUp: 0 });
    clock.advance(5 * day);
    expect(await look()).toMatchObject({ waiting: { messages: 0, cases: 0 }, overdue: 0 });
  });
});
