import { load, openConversation } from "../bots/conversations.ts";
import { every } from "../bots/jobs/every.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { ConversationRow } from "../bots/ports.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import { newReceipt } from "../cases/receipt.ts";
import { openReport } from "../cases/report.ts";
import { Adviser, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  startBot,
  type Tables,
} from "./world.ts";

const canary = "kanariegeel briefje op mijn bureau";
const hour = 3_600_000;
const day = 24 * hour;
const draftMs = 72 * hour;
const closedMs = 365 * day;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(() => database.close());

  const swept = (by: Bot = bot) => sweep(by.world);
  const conversationOf = (person: Reporter) =>
    bot.world.store.transaction((tx) =>
      load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
    );

  /** A report that was sent, answered, answered back, and closed. */
  async function closedCase(person = anna): Promise<{ id: string; receipt: string; number: string }> {
    const { receipt, number } = await person.report({ story: canary });
    const id = String((await database.tables()).cases?.find((row) => row.number === number)?.id);
    const adviser = new Adviser(bot, "advisers");
    await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: canary });
    await person.openThread();
    await person.press("say", { text: canary });
    await bot.deliver();
    await adviser.send({ do: "desk.close", case: id });
    return { id, receipt, number };
  }

  /** Every sealed text in the database now. */
  function sealedIn(tables: Tables): string[] {
    const values = Object.values(tables).flatMap((rows) => rows.flatMap((row) => Object.values(row)));
    return values.filter((value): value is string => typeof value === "string" && /^[rc]1\./.test(value));
  }

  describe("a draft", () => {
    test("is kept for the hours that were promised after the last turn, and then gone", async () => {
      await anna.fillIn({ story: canary });
      bot.clock.advance(draftMs - 1);
      await swept();
      expect((await conversationOf(anna)).conversation.draft?.answers.story).toBe(canary);
      await anna.send({ do: "resume" });
      // Kept to the whole hour, so at most that much less.
      bot.clock.advance(draftMs - hour);
      await swept();
      expect((await conversationOf(anna)).conversation.draft).not.toBeNull();
      const sealed = sealedIn(await database.tables());
      expect(sealed).toHaveLength(1);
      bot.clock.advance(1);
      expect(await swept()).toEqual({ conversations: 1, cases: 0, checks: 0, records: 0 });
      const after = await database.tables();
      expect(after.conversations).toEqual([]);
      const bytes = await database.bytes();
      for (const text of sealed) expect(bytes).not.toContain(text);
      expect(wordsOf((await anna.send({ do: "resume" })).room)).not.toContain(canary);
    });

    test("of somebody with a case goes, and the way to the case stays", async () => {
      const { number } = await anna.report();
      await anna.send({ do: "start", flow: "report" });
      await anna.goOn({ story: canary });
      bot.clock.advance(draftMs);
      await swept();
      const { conversation } = await conversationOf(anna);
      expect(conversation).toMatchObject({ draft: null, lastSent: null, asked: null });
      expect(JSON.stringify(conversation)).not.toContain(canary);
      // A button of the menu leads where it says.
      await anna.say("hallo");
      expect(wordsOf(await anna.openThread())).toContain(number);
    });

    test("of somebody whose case is open stays reachable for pings, in the language chosen", async () => {
      await anna.report();
      await anna.send({ do: "language", language: "en" });
      for (let nr = 0; nr < 5; nr += 1) {
        bot.clock.advance(draftMs);
        await swept();
      }
      await bot.deliver();
      const id = String((await database.tables()).cases?.[0]?.id);
      await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: id });
      await bot.deliver();
      expect(bot.channels.teams.shown("29:anna")[0]?.title).toBe(content.words("en").say("case.ping.title"));
    });

    test("that nobody can read is left, and keeps no other from being destroyed", async () => {
      await anna.fillIn({ story: canary });
      const { clock, channels } = bot;
      // As after a key was taken out of the ring.
      const rekeyed = await startBot({ database, clock, channels, ring: parseKeyRing(newKeyRing()) });
      const bert = new Reporter(rekeyed, "29:bert");
      clock.advance(1);
      await bert.fillIn({ story: canary });
      clock.advance(draftMs);
      await swept(rekeyed);
      expect((await database.tables()).conversations).toHaveLength(1);
      expect(rekeyed.logged.join()).toContain("sweep.unreadable");
      expect((await conversationOf(anna)).conversation.draft?.answers.story).toBe(canary);
      clock.advance(draftMs);
      expect(await swept()).toMatchObject({ conversations: 1 });
    });

    test("all of them are gone after one sweep, however many", async () => {
      for (let nr = 0; nr < 230; nr += 1) await new Reporter(bot, `29:p${nr}`).say("hallo");
      bot.clock.advance(draftMs);
      expect(await swept()).toEqual({ conversations: 230, cases: 0, checks: 0, records: 0 });
      expect((await database.tables()).conversations).toEqual([]);
    });

    test("that is answered while it is swept is either kept whole or begun anew", async () => {
      for (let nr = 0; nr < 15; nr += 1) {
        const person = new Reporter(bot, `29:p${nr}`);
        const review = await person.fillIn();
        const { draft } = person.button("send");
        bot.clock.advance(draftMs);
        const [reply] = await Promise.all([
          patiently(() => person.send({ do: "answer", draft, question: "part" }, { answer: "saw" })),
          swept(other),
          swept(bot),
        ]);
        const { conversation } = await conversationOf(person);
        const kept = reply.room.title === review.title;
        expect(conversation.draft?.answers.part).toBe(kept ? "saw" : undefined);
        bot.clock.advance(2 * draftMs);
        await swept();
      }
    });
  });

  describe("somebody who looked for help", () => {
    /** To the page of one adviser; what is chosen on the way names a service of its own. */
    async function look(): Promise<void> {
      await anna.say("hallo");
      await anna.send({ do: "start", flow: "find" });
      await anna.goOn({ safety: "safe", about: "discrimination", forWhom: "volunteer" });
      await anna.press("adviser", { adviser: "joost-bakker" });
      // Leaves the page where it is, and the adviser on it in mind.
      await anna.say("ik wil dood");
    }
    const traces = /joost|volunteer|discrimination|outcome|adviser/;
    const stored = async () =>
      JSON.stringify(thiefReads(await database.tables()).concat((await conversationOf(anna)).conversation));

    test("has left no trace of it two hours later, though there was a report to keep", async () => {
      await anna.fillIn({ story: canary });
      const { draft } = anna.button("send");
      await look();
      expect(await stored()).toMatch(traces);
      const sealed = sealedIn(await database.tables());
      bot.clock.advance(2 * hour);
      const { conversation } = await conversationOf(anna);
      expect(conversation.draft?.id).toBe(draft);
      expect(JSON.stringify({ ...conversation, draft: null })).not.toMatch(traces);
      await Promise.all([swept(), swept(other)]);
      const [rest] = thiefReads(await database.tables());
      expect(rest).toMatchObject({ conversation: { asked: null, parked: [], draft: { id: draft } } });
      const bytes = await database.bytes();
      for (const text of sealed) expect(bytes).not.toContain(text);
      // The report stays as long as was promised after the last turn, and no longer.
      bot.clock.advance(draftMs - 3 * hour);
      await swept();
      expect((await conversationOf(anna)).conversation.draft?.answers.story).toBe(canary);
      bot.clock.advance(hour);
      await swept();
      expect((await database.tables()).conversations).toEqual([]);
    });

    test("has left none either with a case to come back to, or with nothing else", async () => {
      await look();
      bot.clock.advance(2 * hour);
      await swept();
      expect((await database.tables()).conversations).toEqual([]);
      const { number } = await anna.report();
      await look();
      bot.clock.advance(2 * hour);
      await swept();
      expect(await stored()).not.toMatch(traces);
      expect(wordsOf(await anna.openThread())).toContain(number);
    });

    test("and went to the menu: not even the sealed text of before is in the files after a sweep", async () => {
      await look();
      const sealed = sealedIn(await database.tables());
      await anna.send({ do: "menu" });
      await swept();
      expect(await stored()).not.toMatch(traces);
      const bytes = await database.bytes();
      for (const text of sealed) expect(bytes).not.toContain(text);
      expect(bot.logged.join()).not.toMatch(traces);
    });
  });

  describe("a closed case", () => {
    test("is destroyed after the days that were promised, and not before", async () => {
      const { id } = await closedCase();
      bot.clock.advance(closedMs - 1);
      await swept();
      expect((await database.tables()).cases).toHaveLength(1);
      bot.clock.advance(1);
      expect(await swept()).toMatchObject({ cases: 1 });
      const after = await database.tables();
      for (const table of ["cases", "case_keys", "messages", "case_cards", "outbox", "lanes"])
        expect({ table, rows: after[table] }).toEqual({ table, rows: [] });
      expect(after.audit).toContainEqual(
        expect.objectContaining({
          at: bot.clock.at,
          code: "case.destroyed",
          case: id,
          route: "advisers",
        }),
      );
    });

    test("cannot be read from a copy of the database made afterwards, with all the keys", async () => {
      const { id, receipt } = await closedCase();
      await anna.send({ do: "start", flow: "report" });
      await anna.goOn({ story: canary });
      const before = await database.tables();
      // The attack works while the case is there.
      expect(JSON.stringify(thiefReads(before))).toContain(canary);
      const row = { ...before.cases?.[0], ...before.case_keys?.[0] };
      expect(JSON.stringify(openReport(bot.world.ring, row as never))).toContain(canary);
      const sealed = sealedIn(before);
      expect(sealed.length).toBeGreaterThan(6);

      bot.clock.advance(closedMs);
      await swept();
      const after = await database.tables();
      expect(JSON.stringify(thiefReads(after))).not.toContain(canary);
      for (const text of [canary, receipt, "29:anna"]) expect(JSON.stringify(after)).not.toContain(text);
      const bytes = await database.bytes();
      for (const text of sealed) expect(bytes).not.toContain(text);
      // Of the case there is nothing but that it was destroyed.
      const { audit, ...rest } = after;
      expect(JSON.stringify(rest)).not.toContain(id);
      expect(audit).toHaveLength(1);
      expect(bot.logged.join()).not.toContain(canary);
    });

    test("is gone for the reporter, the receipt and the adviser", async () => {
      const { id, receipt, number } = await closedCase();
      bot.clock.advance(closedMs);
      await swept();
      expect(wordsOf((await anna.send({ do: "reports" })).room)).not.toContain(number);
      const bert = new Reporter(bot, "29:bert");
      await bert.say("hallo");
      await bert.send({ do: "reports" });
      expect((await bert.press("receipt", { receipt })).note).toBe(
        content.words("nl").say("common.notes.noSuchReport"),
      );
      const { view } = await new Adviser(bot, "advisers").send({ do: "desk.open", case: id });
      expect(wordsOf(view)).not.toContain(number);
      await bot.deliver();
    });

    test("leaves nothing of its reporter behind, once the conversation's time has come too", async () => {
      await closedCase();
      bot.clock.advance(closedMs);
      await swept();
      bot.clock.advance(draftMs);
      await swept();
      // That there was a case counts in its year's numbers, which say nothing of it (test/statistics-years.test.ts).
      const { audit: _, migrations: __, statistics: ___, ...rest } = await database.tables();
      for (const [table, rows] of Object.entries(rest)) expect({ table, rows }).toEqual({ table, rows: [] });
    });

    test("is not destroyed while it is open, however long that takes", async () => {
      await anna.report({ story: canary });
      bot.clock.advance(20 * closedMs);
      expect(await swept()).toMatchObject({ cases: 0 });
      expect((await database.tables()).cases).toHaveLength(1);
    });

    test("all of them are destroyed by one sweep, and one by two sweeps at the same moment", async () => {
      const adviser = new Adviser(bot, "advisers");
      for (let nr = 0; nr < 110; nr += 1) await new Reporter(bot, `29:p${nr}`).report();
      const ids = (await database.tables()).cases?.map(({ id }) => String(id)) ?? [];
      for (const id of ids) await adviser.send({ do: "desk.close", case: id });
      bot.clock.advance(closedMs);
      await Promise.all([swept(bot), swept(other)]);
      expect((await database.tables()).cases).toEqual([]);
    });
  });

  test("what guards against repeats and guesses is forgotten after two days", async () => {
    await anna.say("hallo", "event-1");
    await anna.send({ do: "receipt" }, { receipt: newReceipt() });
    expect((await database.tables()).attempts).toHaveLength(2);
    bot.clock.advance(2 * day - 1);
    await swept();
    expect(await anna.say("hallo", "event-1")).toEqual({ show: "nothing" });
    bot.clock.advance(1);
    await swept();
    const { seen_events, attempts } = await database.tables();
    expect({ seen_events, attempts }).toEqual({ seen_events: [], attempts: [] });
  });

  test("says how much was destroyed, and of whom it says nothing", async () => {
    await closedCase();
    bot.clock.advance(closedMs);
    await swept();
    const done = bot.logged.filter((line) => line.includes("sweep.done")).map((line) => JSON.parse(line));
    expect(done).toMatchObject([{ code: "sweep.done", cases: 1, conversations: 1 }]);
    for (const word of ["anna", canary]) expect(JSON.stringify(done)).not.toContain(word);
  });

  /** What somebody can read who has a copy of the tables and the key ring. */
  function thiefReads({ conversations = [], cases = [], case_keys = [] }: Tables): unknown[] {
    const { ring } = bot.world;
    return [
      ...conversations.map((row) => openConversation(ring, row as unknown as ConversationRow)),
      ...cases.map((row) =>
        openReport(ring, { ...row, ...case_keys.find((keys) => keys.case === row.id) } as never),
      ),
    ];
  }
});

test("a job that fails is logged by its code, and the next one comes", async () => {
  const logged: object[] = [];
  const log = { error: (entry: object) => logged.push(entry) } as never;
  let runs = 0;
  const job = every(hour, "sweep", log, async () => {
    runs += 1;
    throw Object.assign(new Error(canary), { code: "SQLITE_FULL" });
  });
  await job.stop();
  expect(runs).toBe(1);
  expect(logged).toEqual([{ code: "sweep.failed", error: { name: "Error", code: "SQLITE_FULL" } }]);
});
