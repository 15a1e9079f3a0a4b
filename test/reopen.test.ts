import { DateTime } from "luxon";
import { zone } from "../bots/deadlines.ts";
import { recover } from "../bots/jobs/recover.ts";
import { remind } from "../bots/jobs/remind.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import type { CaseRow } from "../cases/case.ts";
import { DeskPress } from "../cases/desk.ts";
import { openDesk } from "../cases/desk-record.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** Whoever writes on a closed case opens it again: its dates begin anew, and the other one hears of it. */

const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const say = (key: string, params?: Record<string, string | number>) => content.words("nl").say(key, params);

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let fatima: Adviser;
  let number: string;
  let id: string;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
    ({ number } = await anna.report());
    await bot.deliver();
    id = String((await row()).id);
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  async function row(): Promise<CaseRow> {
    const { cases, case_keys } = await database.tables();
    return { ...cases?.[0], ...case_keys?.[0] } as unknown as CaseRow;
  }
  const card = () => bot.channels.teams.shown("advisers")[0] as View;
  const shown = (where: string) => bot.channels.teams.shown(where).map(wordsOf);
  const codes = async () => ((await database.tables()).audit ?? []).map(({ code }) => code);
  const record = async () => openDesk(bot.world.ring, await row());
  async function close(): Promise<void> {
    await fatima.send({ do: "desk.close", case: id }, { reason: "settled" });
    await bot.deliver();
  }
  async function says(text = "Het begint weer.", nonce = "nonce-of-anna"): Promise<View> {
    const { room } = await anna.send({ do: "say", case: id, nonce }, { text });
    await bot.deliver();
    return room;
  }
  async function reopens(text = "Hoe gaat het nu?", nonce = "nonce-of-fatima"): Promise<View> {
    const { closedAt } = await row();
    const press = { do: "desk.reply", case: id, nonce, reopen: Number(closedAt) } as const;
    const { view } = await fatima.send(press, { text });
    await bot.deliver();
    return view;
  }
  /** The jobs run at that time, and what they queued goes out. */
  async function goesTo(iso: string): Promise<void> {
    bot.clock.at = at(iso);
    await remind(bot.world);
    await bot.deliver();
    await sweep(bot.world);
  }

  test("by the reporter, who reads first that it does, and then that it did; advisers get it as news", async () => {
    await fatima.send({ do: "desk.acknowledge", case: id });
    await close();
    bot.clock.at = at("2026-05-11T09:00");
    const thread = await anna.openThread();
    expect(plainText(thread)).toContain(say("case.thread.closed"));
    expect(buttonOf(thread, "say")).toMatchObject({ case: id });
    const lines = shown("advisers").length;
    const room = await says();
    expect(room.note).toBe(say("common.notes.caseReopened"));
    expect(plainText(room)).toContain("11 augustus 2026");
    expect(plainText(room)).not.toContain(say("case.thread.closed"));
    expect(shown("advisers")).toHaveLength(lines + 1);
    expect(wordsOf(card())).toContain(say("adviser.states.conversation"));
    expect(card().buttons.map(({ press }) => press?.do)).toEqual(
      expect.arrayContaining(["desk.open", "desk.write", "desk.work"]),
    );
    expect(await codes()).toEqual(["case.reopened"]);
  });

  test("by an adviser, who is asked first whether the reporter wants that; the reporter gets a ping", async () => {
    await close();
    const before = shown("29:anna").length;
    const form = (await fatima.send(buttonOf(card(), "desk.write") as never)).view;
    expect(form.title).toBe(say("adviser.reply.titleReopen", { number }));
    for (const part of say("adviser.reply.reopens").split("\n")) expect(plainText(form)).toContain(part);
    expect((await row()).state).toBe("closed");
    const { view } = await fatima.send(buttonOf(form, "desk.reply") as never, { text: "Hoe gaat het nu?" });
    expect(view.note).toBe(say("adviser.notes.replied"));
    await bot.deliver();
    expect(await row()).toMatchObject({ state: "waiting", closedAt: null });
    expect(shown("29:anna")).toHaveLength(before + 1);
    expect(shown("29:anna").at(-1)).not.toMatch(/open|nu\?|V-/);
    expect(plainText(await anna.openThread())).toContain("Hoe gaat het nu?");
    expect(wordsOf(card())).toContain("Fatima El Idrissi schreef en opende de zaak weer");
    expect(await codes()).toEqual(["case.reopened"]);
  });

  test("asks with a question from the list, and too long a text stays in a form that opens it again", async () => {
    await close();
    const { closedAt } = await row();
    const ask = { do: "desk.write", case: id, reopen: Number(closedAt) } as const;
    const asked = (await fatima.send(ask, { text: "Dag.", question: "wish" })).view;
    expect(asked.inputs[0]).toMatchObject({ value: `Dag.\n\n${say("desk.ask.options.wish")}` });
    const long = (await reopens("x".repeat(3001))) as View;
    for (const view of [asked, long]) {
      expect(view.title).toBe(say("adviser.reply.titleReopen", { number }));
      expect(buttonOf(view, "desk.reply")).toMatchObject({ reopen: closedAt });
    }
    expect((await row()).state).toBe("closed");
  });

  test("is never done by a form that was opened before it was closed: what was written comes back with what sending does now", async () => {
    await close();
    const press = { do: "desk.reply", case: id, nonce: "nonce-of-before" } as const;
    const { view } = await fatima.send(press, { text: "Ik was nog bezig." });
    expect((await row()).state).toBe("closed");
    expect(view.note).toBe(say("adviser.notes.closed"));
    expect(view.title).toBe(say("adviser.reply.titleReopen", { number }));
    expect(view.inputs[0]).toMatchObject({ value: "Ik was nog bezig." });
    await fatima.send(buttonOf(view, "desk.reply") as never, { text: "Ik was nog bezig." });
    expect((await row()).state).toBe("waiting");
  });

  test("is never done by a form of an earlier closing: a colleague may have closed it since for a reason", async () => {
    await close();
    const form = (await fatima.send(buttonOf(card(), "desk.write") as never)).view;
    bot.clock.advance(1000);
    await says();
    await close();
    const { view } = await fatima.send(buttonOf(form, "desk.reply") as never, { text: "Nog iets." });
    expect((await row()).state).toBe("closed");
    expect(view.note).toBe(say("adviser.notes.closed"));
    expect(view.inputs[0]).toMatchObject({ value: "Nog iets." });
  });

  test.each(["says", "reopens"] as const)("once by a message that is delivered again: %s", async (who) => {
    const write = { says, reopens }[who];
    await close();
    await write();
    await close();
    await write();
    expect(await row()).toMatchObject({ state: "closed" });
    expect((await database.tables()).messages).toHaveLength(1);
    expect(await codes()).toEqual(["case.reopened"]);
  });

  test.each(["says", "reopens"] as const)(
    "begins a new term for feedback, reminds of it, and is not destroyed meanwhile (P10, P12): %s",
    async (who) => {
      await fatima.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: "Dank je." });
      await close();
      // Two weeks before it would have been destroyed the route is warned.
      await goesTo("2027-02-16T10:00");
      expect(shown("advisers").at(-1)).toContain(say("clocks.destroySoon.title", { number }));
      bot.clock.at = at("2027-02-20T10:00");
      await { says, reopens }[who]();
      expect(await row()).toMatchObject({
        feedbackBy: at("2027-05-20T23:59:59.999"),
        dueAt: at("2027-05-20T23:59:59.999"),
        closedAt: null,
      });
      // What was warned of does not hold, so no message says it.
      for (const text of shown("advisers"))
        expect(text).not.toContain(say("clocks.destroySoon.title", { number }));
      const before = shown("advisers").length;
      await goesTo("2027-05-12T10:00");
      expect(shown("advisers")).toHaveLength(before);
      await goesTo("2027-05-13T10:00");
      expect(shown("advisers").at(-1)).toContain(say("clocks.feedbackSoon.title", { number }));
      await goesTo("2027-05-21T10:00");
      expect(shown("advisers").at(-1)).toContain(say("clocks.feedbackLate.title", { number }));
      expect((await row()).number).toBe(number);
      // Closed again, the time begins anew, and why counts from the new closing.
      await close();
      await goesTo("2028-05-20T09:00");
      expect((await row()).number).toBe(number);
      await goesTo("2028-05-21T11:00");
      expect((await database.tables()).cases).toEqual([]);
    },
  );

  test("of which receipt was never confirmed: that is due again, and reminded of (P12)", async () => {
    await close();
    bot.clock.at = at("2026-03-16T09:00");
    const room = await says();
    expect(plainText(room)).toContain(say("case.next.acknowledge", { date: "maandag 23 maart 2026" }));
    expect(await row()).toMatchObject({ state: "received", dueAt: at("2026-03-23T23:59:59.999") });
    expect(card().buttons.map(({ press }) => press?.do)).toContain("desk.acknowledge");
    await goesTo("2026-03-20T10:00");
    expect(shown("advisers").at(-1)).toContain(say("clocks.acknowledgeSoon.title", { number }));
    await goesTo("2026-03-24T10:00");
    expect(shown("advisers").at(-1)).toContain(say("clocks.acknowledgeLate.title", { number }));
    await fatima.send({ do: "desk.acknowledge", case: id });
    expect(await row()).toMatchObject({ state: "acknowledged", dueAt: at("2026-06-16T23:59:59.999") });
  });

  test("takes back why it was closed, and what it is kept longer for holds should it be closed again", async () => {
    await close();
    expect((await record()).closedFor).toBe("settled");
    await fatima.send({ do: "desk.hold", case: id }, { reason: "legalDuty", days: "90" });
    const { holdUntil } = await row();
    await says();
    expect((await record()).closedFor).toBeNull();
    await fatima.send({ do: "desk.close", case: id }, { reason: "procedure" });
    expect((await record()).closedFor).toBe("procedure");
    expect(await row()).toMatchObject({ holdUntil, holdReason: "legalDuty" });
  });

  test("is in the list of open cases again, and in none of those that are over", async () => {
    await close();
    await says();
    const list = async (which: "open" | "closed") =>
      plainText(await fatima.sendRoute({ do: "cases.list", which }));
    expect([await list("open"), await list("closed")]).toEqual([
      expect.stringContaining(number),
      expect.not.stringContaining(number),
    ]);
  });

  test("by whom it does not lead back to: the receipt is enough", async () => {
    const bert = new Reporter(bot, "29:bert");
    const { receipt } = await bert.report({ identity: "anonymous" });
    const other = String((await database.tables()).cases?.find((one) => one.id !== id)?.id);
    await fatima.send({ do: "desk.close", case: other }, { reason: "noAnswer" });
    await bert.send({ do: "receipt" });
    await bert.press("receipt", { receipt });
    await bert.press("say", { text: "Ik ben er weer." });
    expect(bert.room.note).toBe(say("common.notes.caseReopened"));
  });

  test("which the chat's history does not say, nor is a message asked for on a page without its form", async () => {
    for (let nr = 0; nr < 3; nr += 1) await says(`${nr}${"x".repeat(2900)}`, `nonce-of-page-${nr}`);
    await close();
    await anna.openThread();
    const older = (await anna.send({ do: "thread", case: id, page: 1 })).room;
    expect(older.inputs).toEqual([]);
    expect(plainText(older)).not.toContain(say("case.thread.closed"));
    const { room, door } = await anna.send(
      { do: "say", case: id, nonce: "nonce-of-anna" },
      { text: "Weer." },
    );
    expect(room.note).toBe(say("common.notes.caseReopened"));
    expect(door.note).toBeNull();
  });

  test("at the moment of the sweep: it is open and there, or destroyed and refused", async () => {
    const other = await anotherOf(bot, database);
    for (let nr = 0; nr < 11; nr += 1) await new Reporter(bot, `29:p${nr}`).report();
    const ids = ((await database.tables()).cases ?? []).map((one) => String(one.id));
    for (const one of ids) await fatima.send({ do: "desk.close", case: one });
    const reopen = bot.clock.at;
    bot.clock.at = at("2027-03-03T10:00");
    const colleague = new Adviser(other, "advisers");
    const press = (one: string) =>
      patiently(() =>
        colleague.send({ do: "desk.reply", case: one, nonce: "nonce-of-form", reopen }, { text: "Dag." }),
      );
    const [replies] = await Promise.all([Promise.all(ids.map(press)), sweep(bot.world)]);
    const left = ((await database.tables()).cases ?? []).map((one) => String(one.id));
    expect(left.sort()).toEqual(ids.filter((_, nr) => replies[nr]?.surface === "door").sort());
  });

  test("by both at once, in two processes: both messages are there, it opened once, and the terms are the last word's", async () => {
    const other = await anotherOf(bot, database);
    const colleague = new Adviser(other, "advisers", "Joost Bakker");
    for (let nr = 0; nr < 5; nr += 1) {
      await close();
      const { closedAt } = await row();
      const form = {
        do: "desk.reply",
        case: id,
        nonce: `nonce-adviser-${nr}`,
        reopen: Number(closedAt),
      } as const;
      bot.clock.advance(1000);
      await Promise.all([
        patiently(() => colleague.send(form, { text: "Dag." })),
        patiently(() => anna.send({ do: "say", case: id, nonce: `nonce-anna-${nr}` }, { text: "Weer." })),
      ]);
      expect((await row()).closedAt).toBeNull();
      expect((await database.tables()).messages).toHaveLength(2 * (nr + 1));
      expect(await codes()).toEqual(Array.from({ length: nr + 1 }, () => "case.reopened"));
    }
  });

  test.each(["says", "reopens"] as const)(
    "also where the process dies before its card is drawn, or while it is: %s",
    async (who) => {
      await close();
      await goesTo("2027-02-16T10:00");
      const warned = say("clocks.destroySoon.title", { number });
      expect(shown("advisers").join()).toContain(warned);
      const deliver = bot.deliver;
      bot.deliver = async () => {};
      await { says, reopens }[who]();
      bot.deliver = deliver;
      expect(shown("advisers").join()).toContain(warned);
      // Another process finds it; the answer to the drawing of the card is lost, and it is done again.
      const later = await anotherOf(bot, database);
      bot.channels.teams.fail({ kind: "unknown", code: "timeout", done: true });
      await recover(later.world);
      await later.deliver();
      bot.clock.advance(60_000);
      await later.deliver();
      expect(shown("advisers").join()).not.toContain(warned);
      expect(wordsOf(card())).toContain(
        say(who === "says" ? "adviser.states.received" : "adviser.states.waiting"),
      );
      expect(((await database.tables()).outbox ?? []).filter(({ state }) => state === "waiting")).toEqual([]);
    },
  );

  test("by the very form that was sent, delivered again after it was closed again: it is done, and says so", async () => {
    await close();
    const press = buttonOf(
      (await fatima.send(buttonOf(card(), "desk.write") as never)).view,
      "desk.reply",
    ) as DeskPress;
    await fatima.send(press, { text: "Hoe gaat het nu?" });
    // Writing confirmed receipt: what the reporter says next does not ask for that again.
    expect(await row()).toMatchObject({ state: "waiting", acknowledgedAt: bot.clock.now() });
    bot.clock.advance(1000);
    await close();
    // The card, and not a form to send it once more.
    expect((await fatima.send(press, { text: "Hoe gaat het nu?" })).surface).toBe("door");
    expect(await row()).toMatchObject({ state: "closed" });
    expect((await database.tables()).messages).toHaveLength(1);
  });

  test("with what was queued to be reminded of before left out: its dates are others", async () => {
    await fatima.send({ do: "desk.acknowledge", case: id });
    await bot.deliver();
    bot.clock.at = at("2026-05-26T10:00");
    expect(await remind(bot.world)).toBe(1);
    // Before it goes out the case is closed and opened again.
    await fatima.send({ do: "desk.close", case: id }, { reason: "settled" });
    await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: "Toch niet." });
    await bot.deliver();
    const said = bot.channels.teams.kept.flatMap(({ views }) => views.map(wordsOf)).join();
    expect(said).not.toContain(say("clocks.feedbackSoon.title", { number }));
  });

  test("by nothing but writing: a name, receipt or closing that comes late changes nothing of it", async () => {
    await close();
    const before = (await database.tables()).cases;
    const { room } = await anna.send({ do: "giveName", case: id }, { name: "Noor Bos", consent: ["yes"] });
    expect(room.note).toBe(say("common.notes.caseClosed"));
    await fatima.send({ do: "desk.acknowledge", case: id });
    await fatima.send({ do: "desk.close", case: id }, { reason: "procedure" });
    expect((await database.tables()).cases).toEqual(before);
    expect(await codes()).toEqual([]);
  });

  test("by no forged number: of no closing, less than none, or one too large", async () => {
    await close();
    const { closedAt } = await row();
    for (const reopen of [0, Number(closedAt) - 1, Number(closedAt) + 1, Number.MAX_SAFE_INTEGER]) {
      const press = DeskPress.parse({ do: "desk.reply", case: id, nonce: "nonce-forged", reopen });
      await fatima.send(press, { text: "Dag." });
      await fatima.send(DeskPress.parse({ do: "desk.write", case: id, reopen }), { text: "Dag." });
    }
    for (const reopen of [-1, Number(closedAt) + 0.5, String(closedAt), 1e300, Number.NaN, null, true])
      for (const press of ["desk.reply", "desk.write"])
        expect(DeskPress.safeParse({ do: press, case: id, nonce: "nonce-forged", reopen }).success).toBe(
          false,
        );
    expect((await row()).state).toBe("closed");
    expect((await database.tables()).messages).toEqual([]);
  });

  test("no case that was withdrawn", async () => {
    await close();
    await anna.openThread();
    await anna.send({ do: "withdraw", case: id });
    await reopens();
    await says();
    expect((await row()).state).toBe("withdrawn");
    expect((await database.tables()).messages).toEqual([]);
    expect(await codes()).not.toContain("case.reopened");
  });
});
