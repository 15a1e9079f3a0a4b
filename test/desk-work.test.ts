import fc from "fast-check";
import { remind } from "../bots/jobs/remind.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { openDesk } from "../cases/desk-record.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import { openedWith } from "./opened.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";

/** What advisers do with a case besides reading and answering, on both databases. */

const canary = "kanariegele notitie over het gesprek";
const words = content.words("nl");
const say = (key: string, params = {}) => words.say(`desk.${key}`, params);

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let fatima: Adviser;
  let joost: Adviser;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
    joost = new Adviser(await anotherOf(bot, database), "advisers", "Joost Bakker");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    for (const secret of [canary, "29:anna", "29:adviser"]) expect(bot.logged.join()).not.toContain(secret);
    await database.close();
  });

  const inRoute = (route: string) => bot.channels[route === "advisers" ? "teams" : "slack"].shown(route);
  async function caseOf(number: string) {
    const row = (await database.tables()).cases?.find((one) => one.number === number);
    if (!row) throw new Error("no such case");
    return row;
  }
  async function delivered(answers = {}): Promise<{ readonly id: string; readonly number: string }> {
    const { number } = await anna.report({ story: "Er was iets.", ...answers });
    await bot.deliver();
    return { id: String((await caseOf(number)).id), number };
  }
  async function deskOf(id: string) {
    const tables = await database.tables();
    const row = {
      ...tables.cases?.find((one) => one.id === id),
      ...tables.case_keys?.find((one) => one.case === id),
    };
    return openDesk(bot.world.ring, row as never);
  }
  const card = (route = "advisers") =>
    inRoute(route).find(({ title }) => title.startsWith("Zaak") || title.startsWith("Case"));

  describe("taking and handing over", () => {
    test("who takes a case stands on every copy of its card", async () => {
      const { id } = await delivered();
      expect(wordsOf(card() as View)).toContain(say("nobody"));
      const { view } = await fatima.send({ do: "desk.take", case: id });
      await bot.deliver();
      for (const shown of [view, card() as View]) {
        expect(plainText(shown)).toContain(`${say("holder")}: Fatima El Idrissi`);
        expect(shown.buttons.map(({ press }) => press?.do)).not.toContain("desk.take");
      }
    });

    test("of two who take it at once one has it, and the other reads who", async () => {
      const { id } = await delivered();
      const replies = await Promise.all(
        [fatima, joost, fatima, joost].map((one) => patiently(() => one.send({ do: "desk.take", case: id }))),
      );
      const { holder } = await deskOf(id);
      const winner = holder?.name === "Joost Bakker" ? joost : fatima;
      const loser = winner === joost ? fatima : joost;
      for (const [nr, { view }] of replies.entries()) {
        if (nr % 2 === (winner === fatima ? 0 : 1)) continue;
        expect(wordsOf(view)).toContain(say("held.text", { name: holder?.name ?? "" }));
      }
      // Taking it over takes a second press, by who has read whose it is.
      const held = (await loser.send({ do: "desk.take", case: id })).view;
      await loser.send(buttonOf(held, "desk.take") as never);
      expect((await deskOf(id)).holder?.name).toBe(loser.who.name);
      // An older button does not take it away again.
      const again = await winner.send(buttonOf(held, "desk.take") as never);
      expect(wordsOf(again.view)).toContain(say("held.text", { name: loser.who.name }));
      expect((await deskOf(id)).holder?.name).toBe(loser.who.name);
    });

    test("a colleague is chosen from those of the route, and from nobody else", async () => {
      const { id } = await delivered();
      const page = (await fatima.send({ do: "desk.work", case: id, page: "hand" })).view;
      const options = page.inputs.flatMap((input) => ("options" in input ? input.options : []));
      expect(options.map(({ label }) => label)).toEqual(["Fatima El Idrissi", "Joost Bakker"]);
      for (const adviser of ["sanne-visser", "nobody", ""]) {
        const { view } = await fatima.send({ do: "desk.handTo", case: id }, { adviser });
        expect(view.note).toBe(say("notes.chooseColleague"));
        expect((await deskOf(id)).holder).toBeNull();
      }
      await fatima.send({ do: "desk.handTo", case: id }, { adviser: "joost-bakker" });
      expect((await deskOf(id)).holder?.name).toBe("Joost Bakker");
      expect((await deskOf(id)).acts.at(-1)).toMatchObject({ what: "handedOver", to: "Joost Bakker" });
      // Beside what is sealed, nobody who reads the database can tell who it is.
      const { holder } = (await database.tables()).cases?.find((one) => one.id === id) ?? {};
      expect(holder).not.toBeNull();
      expect(JSON.stringify(await database.tables())).not.toMatch(/joost|fatima/i);
    });

    test("an account of the file is its adviser, whatever the platform calls them, and others may not act", async () => {
      const account = "0f8fad5b-d9cb-469f-a165-70867728950e";
      const organisation = someOrganisation({
        advisers: [
          { name: "Fatima El Idrissi", route: "advisers", account: { teams: account.toUpperCase() } },
          { name: "Joost Bakker", route: "advisers" },
          { name: "Sanne Visser", route: "external" },
        ],
      });
      const { id } = await delivered();
      const strict = await anotherOf(bot, database, { organisation });
      const press = { do: "desk.take", case: id } as const;
      const turn = { ...fatima.at, press, inputs: {} };
      const before = await database.tables();
      const refused = await strict.turns.desk({ ...turn, by: { ...joost.who, alias: "somebody-else" } });
      expect(wordsOf(refused.view)).toContain(words.say("adviser.refused.notListed"));
      expect(wordsOf(refused.view)).not.toContain(id);
      const { audit, ...after } = await database.tables();
      const { audit: auditBefore, ...rest } = before;
      expect(after).toEqual(rest);
      expect(audit).toHaveLength((auditBefore?.length ?? 0) + 1);
      await strict.turns.desk({ ...turn, by: { user: "29:adviser:x", alias: account, name: "F. (extern)" } });
      expect((await deskOf(id)).holder).toEqual({ mark: "id:fatima-el-idrissi", name: "Fatima El Idrissi" });
    });
  });

  test("for the person it is about, somebody else is named than who stands beside the reporter", async () => {
    const { id } = await delivered();
    const named = async (who: Adviser) => {
      const { view } = await who.send({ do: "desk.work", case: id, page: "conflict" });
      const lists = view.body.filter((part) => part.type === "list");
      return lists.at(-1)?.items;
    };
    expect(await named(fatima)).toEqual(["Sanne Visser", "Joost Bakker"]);
    await joost.send({ do: "desk.take", case: id });
    expect(await named(fatima)).toEqual(["Sanne Visser", "Fatima El Idrissi"]);
  });

  describe("notes and what is recorded", () => {
    test("stay with the advisers: nothing of it reaches the reporter, a card or a ping", async () => {
      const { id } = await delivered();
      const form = (await fatima.send({ do: "desk.work", case: id, page: "note" })).view;
      const press = buttonOf(form, "desk.note") as never;
      expect((await fatima.send(press, { text: canary })).view.note).toBe(say("notes.noted"));
      await fatima.send(press, { text: canary });
      await fatima.send(
        { do: "desk.record", case: id },
        {
          appointment: canary,
          discussed: ["complaint"],
          referred: ["legal"],
          duty: "maybe",
          aftercareOn: "2026-04-01",
        },
      );
      const work = (await joost.send({ do: "desk.work", case: id })).view;
      expect(work.privacy).toBe("private");
      expect(plainText(work).split(canary).length).toBe(3);
      for (const text of [say("record.discussed.options.complaint"), say("record.referred.options.legal")])
        expect(plainText(work)).toContain(text);
      await bot.deliver();
      expect(JSON.stringify(bot.channels.teams.kept.map(({ views }) => views))).not.toContain(canary);
      expect(wordsOf(await anna.openThread())).not.toContain(canary);
      expect(JSON.stringify(await database.tables())).not.toContain(canary);
      expect((await deskOf(id)).notes).toHaveLength(1);
    });

    test("where the dates come from stands on every copy of the card and in reminders, for each case by itself (P12)", async () => {
      const { id } = await delivered();
      const other = await delivered();
      const rule = (terms: string) =>
        content.words("nl").say(`adviser.door.${terms}`, { organisation: "Gemeente Voorbeeld" });
      const cards = () => bot.channels.teams.shown("advisers").map(wordsOf);
      expect(cards().map((card) => card.includes(rule("houseRule")))).toEqual([true, true]);
      const form = (await fatima.send({ do: "desk.work", case: id, page: "record" })).view;
      expect(form.inputs.find((one) => one.id === "terms")).toMatchObject({ value: "houseRule" });
      const kept = await fatima.send({ do: "desk.record", case: id }, { terms: "law" });
      expect([kept.surface, wordsOf(kept.view).includes(rule("law"))]).toEqual(["door", true]);
      await bot.deliver();
      expect(cards().map((card) => card.includes(rule("law")))).toEqual([true, false]);
      expect(wordsOf(await anna.openThread())).not.toContain(rule("law"));
      bot.clock.at = Number((await caseOf(other.number)).remindAt);
      await remind(bot.world);
      await bot.deliver();
      const term = (terms: string) => content.words("nl").say(`clocks.terms.${terms}`);
      const lines = bot.channels.teams.kept
        .filter(({ under }) => under)
        .map(({ views }) => wordsOf(views[0] as View));
      expect(
        lines.map((line) => ["law", "houseRule"].find((one) => line.includes(term(one)))).sort(),
      ).toEqual(["houseRule", "law"]);
      // Opened again, its dates are the house rule's.
      await fatima.send({ do: "desk.close", case: id });
      await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: "Nog iets." });
      expect((await deskOf(id)).terms).toBe("houseRule");
    });

    test("go with the case: withdrawn, no key opens them", async () => {
      const { id } = await delivered();
      await fatima.send({ do: "desk.note", case: id, nonce: "nonce-of-a-form" }, { text: canary });
      expect((await deskOf(id)).notes[0]?.text).toBe(canary);
      await anna.openThread();
      await anna.send({ do: "withdraw", case: id });
      const tables = await database.tables();
      expect(tables.cases?.find((one) => one.id === id)).toMatchObject({ desk: "", holder: null });
      expect(JSON.stringify(openedWith(bot.world.ring, tables))).not.toContain(canary);
    });

    test("a text that is too long and a day that is none change nothing, and give back what was written", async () => {
      const { id } = await delivered();
      const before = await database.tables();
      const long = "x".repeat(3001);
      const note = (
        await fatima.send({ do: "desk.note", case: id, nonce: "nonce-of-a-form" }, { text: long })
      ).view;
      expect(note.note).toBe(say("notes.tooLong"));
      expect(note.inputs[0]).toMatchObject({ value: long });
      for (const aftercareOn of ["2026-02-30", "morgen", "1-1-2026"])
        expect((await fatima.send({ do: "desk.record", case: id }, { aftercareOn })).view.note).toBe(
          say("notes.badDate"),
        );
      expect(await database.tables()).toEqual(before);
    });

    test("written by many at once are all kept", async () => {
      const { id } = await delivered();
      await Promise.all(
        [1, 2, 3, 4, 5, 6].map((nr) =>
          patiently(() =>
            (nr % 2 ? fatima : joost).send(
              { do: "desk.note", case: id, nonce: `nonce-nr-${nr}` },
              { text: `notitie ${nr}` },
            ),
          ),
        ),
      );
      expect((await deskOf(id)).notes.map(({ text }) => text).sort()).toEqual(
        [1, 2, 3, 4, 5, 6].map((nr) => `notitie ${nr}`),
      );
    });
  });

  test("a question from the list is put behind what was written, to be changed; none is sent by that", async () => {
    const { id } = await delivered();
    const before = await database.tables();
    const { view } = await fatima.send(
      { do: "desk.write", case: id },
      { text: "Dank je.", question: "support" },
    );
    expect(view.inputs[0]).toMatchObject({ value: `Dank je.\n\n${say("ask.options.support")}` });
    expect(await database.tables()).toEqual(before);
    // Where there is no room for both, what was written stays as it is, on either platform.
    const long = canary.padEnd(2990, "x");
    const full = (await fatima.send({ do: "desk.write", case: id }, { text: long, question: "support" }))
      .view;
    expect(full.note).toBe(words.say("adviser.notes.tooLong"));
    expect(full.inputs[0]).toMatchObject({ value: long });
    drawModal(full, { title: "Vertrouwd", close: "Sluiten", channel: "C" });
    const empty = (await fatima.send({ do: "desk.write", case: id }, { question: "nonsense" })).view;
    expect(empty.inputs[0]).toMatchObject({ value: null });
  });

  test("closing needs a reason from the list, which is kept with the case", async () => {
    const { id } = await delivered();
    for (const reason of ["", "because"]) {
      const { view } = await fatima.send({ do: "desk.close", case: id }, { reason });
      expect(view.note).toBe(say("notes.reasonFirst"));
      expect((await caseOf(String((await database.tables()).cases?.[0]?.number))).state).toBe("received");
    }
    await fatima.send({ do: "desk.close", case: id }, { reason: "referred" });
    expect(await deskOf(id)).toMatchObject({ closedFor: "referred" });
  });

  test("on a case that a colleague closed meanwhile, work is refused, and what was written stays in sight", async () => {
    const { id } = await delivered();
    const note = { do: "desk.note", case: id, nonce: "nonce-of-a-form" } as const;
    await fatima.send(note, { text: "Kort gesproken." });
    await joost.send({ do: "desk.close", case: id });
    const before = await database.tables();
    const closed = words.say("adviser.refused.closed");
    const late = (await fatima.send({ ...note, nonce: "nonce-of-another" }, { text: canary })).view;
    for (const text of [closed, canary]) expect(wordsOf(late)).toContain(text);
    const asking = (await fatima.send({ do: "desk.write", case: id }, { text: canary })).view;
    for (const text of [closed, canary]) expect(wordsOf(asking)).toContain(text);
    const recorded = (await fatima.send({ do: "desk.record", case: id }, { appointment: canary })).view;
    // By the name of the field that it was written in.
    const quotes = [late, asking, recorded].flatMap(({ body }) =>
      body.filter(({ type }) => type === "quote"),
    );
    expect(quotes).toMatchObject([
      { label: say("note.label") },
      { label: words.say("adviser.reply.label") },
      { label: say("record.appointment") },
    ]);
    // The first one was kept, and its repeat is not told otherwise.
    const repeated = await fatima.send(note, { text: "Kort gesproken." });
    expect(repeated.surface).toBe("door");
    expect(wordsOf(repeated.view)).not.toContain(closed);
    for (const [press, inputs] of [
      [note, {}],
      [{ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, {}],
      [{ do: "desk.write", case: id }, { question: "support" }],
      [{ do: "desk.handTo", case: id }, { adviser: "nobody" }],
      [{ do: "desk.record", case: id }, { aftercareOn: "morgen" }],
      [{ do: "desk.move", case: id, to: "nowhere" }, {}],
    ] as const) {
      const { view } = await fatima.send(press, inputs);
      expect(wordsOf(view)).toContain(closed);
      expect(view.inputs).toEqual([]);
    }
    expect(await database.tables()).toEqual(before);
  });

  test("all notes can be read, word for word, however many there are, and when the case is closed too", async () => {
    const { id } = await delivered();
    const texts = Array.from({ length: 12 }, (_, nr) => `Notitie ${nr}: ${"lang ".repeat(200)}einde ${nr}.`);
    for (const [nr, text] of texts.entries())
      await fatima.send({ do: "desk.note", case: id, nonce: `nonce-of-${nr}` }, { text });
    await fatima.send({ do: "desk.record", case: id }, { appointment: canary });
    const read = async () => {
      let { view } = await joost.send({ do: "desk.work", case: id, page: "notes" });
      const all: string[] = [];
      for (;;) {
        drawCard(view, { surface: "room" });
        drawModal(view, { title: "Vertrouwd", close: "Sluiten", channel: "C" });
        all.unshift(...view.body.flatMap((part) => (part.type === "message" ? [part.text] : [])));
        if (all.length < 12) expect(plainText(view)).toMatch(/van \d/);
        const older = view.buttons.find(({ label }) => label === say("buttons.olderNotes"));
        if (!older) return all;
        view = (await joost.send(older.press as never)).view;
      }
    };
    expect(await read()).toEqual(texts);
    await fatima.send({ do: "desk.close", case: id });
    expect(await read()).toEqual(texts);
    const { view } = await joost.send({ do: "desk.work", case: id, page: "notes" });
    expect(plainText(view)).toContain(canary);
    expect(view.buttons.map(({ press }) => press?.do)).toEqual(["desk.work", "desk.open"]);
  });

  describe("who cannot be neutral", () => {
    test("moves the case away: nothing in the old channel names it, opens it or hears of it (P9)", async () => {
      const { id, number } = await delivered({ aboutAdviser: "no" });
      await fatima.send({ do: "desk.take", case: id });
      await fatima.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: "Dank je." });
      await anna.openThread();
      await anna.press("say", { text: "Fijn." });
      await bot.deliver();
      expect(inRoute("advisers").map(wordsOf).join()).toContain(number);
      const page = (await fatima.send({ do: "desk.work", case: id, page: "conflict" })).view;
      expect(plainText(page)).toContain("Sanne Visser");
      const { view } = await fatima.send(buttonOf(page, "desk.move") as never);
      expect(view.title).toBe(say("movedAway.title"));
      await bot.deliver();
      for (const text of [number, id]) expect(inRoute("advisers").map(wordsOf).join()).not.toContain(text);
      // The new channel has all of it, and nobody has it yet.
      const there = inRoute("external").map(wordsOf).join();
      expect(there).toContain(number);
      expect(await caseOf(number)).toMatchObject({ route: "external", holder: null });
      const sanne = new Adviser(bot, "external", "Sanne Visser");
      expect(wordsOf((await sanne.send({ do: "desk.open", case: id })).view)).toContain("Er was iets.");
      const refused = await fatima.send({ do: "desk.open", case: id });
      expect(wordsOf(refused.view)).toContain(words.say("adviser.refused.notYourRoute"));
      // What the reporter writes now is news there, and nowhere else.
      const before = inRoute("advisers").length;
      // Who reads along is not who was named before sending any more (P4).
      expect(plainText(await anna.openThread())).toContain(
        words.say("case.thread.moved", { readers: "Sanne Visser" }),
      );
      await anna.press("say", { text: "Is er iemand?" });
      await bot.deliver();
      expect(inRoute("advisers")).toHaveLength(before);
      // The reporter has heard that something is new, not why.
      expect(bot.channels.teams.shown("29:anna").length).toBeGreaterThan(1);
      expect(bot.channels.teams.shown("29:anna").map(wordsOf).join()).not.toContain("neutraal");
    });

    test("does not send it back, and never a report that is perhaps about an adviser to the default channel", async () => {
      const { id, number } = await delivered({ aboutAdviser: "no" });
      await fatima.send({ do: "desk.move", case: id, to: "external" });
      await bot.deliver();
      const sanne = new Adviser(bot, "external", "Sanne Visser");
      const after = await database.tables();
      expect((await sanne.send({ do: "desk.move", case: id, to: "advisers" })).view.title).toContain(
        content.words("en").say("desk.pages.conflict", { number }),
      );
      expect(await database.tables()).toEqual(after);
      for (const aboutAdviser of ["yes", "unsure"]) {
        const about = await anna.report({ aboutAdviser });
        const row = await caseOf(about.number);
        await sanne.send({ do: "desk.move", case: String(row.id), to: "advisers" });
        expect(await caseOf(about.number)).toMatchObject({ route: "external" });
      }
    });

    test("moves it before what was queued is sent: the new channel has one card, and news stands under it", async () => {
      const { id, number } = await delivered({ aboutAdviser: "no" });
      await fatima.send({ do: "desk.take", case: id });
      await anna.openThread();
      await anna.press("say", { text: "Fijn." });
      await fatima.send({ do: "desk.move", case: id, to: "external" });
      await anna.openThread();
      await anna.press("say", { text: "Is er iemand?" });
      await bot.deliver();
      const there = bot.channels.slack.kept.filter(({ to }) => to === "external");
      const cards = there.filter(({ under }) => under === null);
      expect(cards).toHaveLength(1);
      expect(wordsOf(cards[0]?.views.at(-1) as View)).not.toContain(
        content.words("en").say("adviser.door.mayBeSecondCopy"),
      );
      for (const { under } of there.filter((one) => one !== cards[0])) expect(under).toEqual(cards[0]?.ref);
      expect(inRoute("advisers").map(wordsOf).join()).not.toContain(number);
    });

    test("is told where there is no other channel, and nothing is moved", async () => {
      const organisation = someOrganisation({
        routes: someOrganisation().routes.filter(({ id }) => id === "advisers"),
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
        conflictRoute: undefined,
      });
      const { id } = await delivered();
      const alone = await anotherOf(bot, database, { organisation });
      const turn = { ...fatima.at, by: fatima.who, inputs: {} };
      const { view } = await alone.turns.desk({
        ...turn,
        press: { do: "desk.work", case: id, page: "conflict" },
      });
      expect(plainText(view)).toContain(say("conflict.nowhere").split("\n")[0] ?? "");
      await alone.turns.desk({ ...turn, press: { do: "desk.move", case: id, to: "external" } });
      expect((await database.tables()).cases?.[0]).toMatchObject({ route: "advisers" });
    });
  });

  test("every page of work fits on both platforms, however much is on it", async () => {
    const { id } = await delivered();
    for (let nr = 0; nr < 12; nr += 1)
      await fatima.send(
        { do: "desk.note", case: id, nonce: `nonce-nr-${nr}` },
        { text: `"${canary}"\n`.repeat(200).slice(0, 3000) },
      );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("options", "note", "record", "hand", "conflict"), async (page) => {
        const { view } = await fatima.send({ do: "desk.work", case: id, page });
        drawCard(view, { surface: "room" });
        drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
        expect(view.buttons.length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 10 },
    );
  });
});
