import fc from "fast-check";
import { load } from "../bots/conversations.ts";
import { type Store, StoreBusy } from "../bots/ports.ts";
import { createTurns } from "../bots/turn.ts";
import { Overloaded } from "../bots/turns.ts";
import type { View } from "../cards/view.ts";
import { newReceipt } from "../cases/receipt.ts";
import { Press } from "../dialogs/core/event.ts";
import { reportFlow } from "../dialogs/report.ts";
import { Adviser, buttonOf, codeOn, numberOn, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  FixedClock,
  onBothDatabases,
  someOrganisation,
  sqlite,
  startBot,
} from "./world.ts";

const canary = "kanariegeel briefje op mijn bureau";
const hour = 3_600_000;

/** What stands above a screen, by its id, in the language of these conversations. */
const note = (id: string) => content.words("nl").say(`common.notes.${id}`);

/** A view without what is minted anew each time it is drawn. */
const lasting = (view: View) => wordsOf(view).replace(/"nonce":"[^"]*"/g, "");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  /** A second process on the same database, where the database is for several. */
  let other: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  /** What the newest report looks like from inside: the row's id, from the store. */
  async function onlyCase(): Promise<string> {
    const [row, ...more] = (await database.tables()).cases ?? [];
    if (!row || more.length > 0) throw new Error("not one case");
    return String(row.id);
  }

  describe("an event that is delivered twice", () => {
    test("is handled once", async () => {
      expect(await anna.say("hallo", "event-1")).toMatchObject({ show: "view" });
      const before = await database.tables();
      expect(await anna.say("hallo", "event-1")).toEqual({ show: "nothing" });
      anna.bot = other;
      expect(await anna.say("iets heel anders", "event-1")).toEqual({ show: "nothing" });
      expect(await database.tables()).toEqual(before);
      expect(await anna.say("hallo", "event-2")).toMatchObject({ show: "view" });
    });

    test("is handled once by two processes at the same moment", async () => {
      await anna.say("hallo", "before");
      const second = new Reporter(other, "29:anna");
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_, nr) =>
          patiently(() => (nr % 2 ? anna : second).say("melding doen", "event-1")),
        ),
      );
      expect(replies.filter(({ show }) => show === "view")).toHaveLength(1);
    });

    test("is not remembered when its turn failed", async () => {
      const failing = createTurns({ ...bot.world, flows: null as never });
      const turn = {
        address: anna.address,
        alias: null,
        event: { type: "press", press: { do: "start", flow: "report" }, inputs: {} } as const,
        eventId: "event-1",
      };
      await expect(failing.person(turn)).rejects.toThrow();
      expect(await bot.turns.person(turn)).toMatchObject({ show: "view" });
    });

    test("is known by its hash only", async () => {
      await anna.say("hallo", "event-of-29:anna");
      expect(JSON.stringify(await database.tables())).not.toContain("event-of");
    });
  });

  describe("many presses of one person at the same moment", () => {
    test("lose no answer, whichever process they come to", async () => {
      await anna.fillIn();
      const { draft } = anna.button("send");
      const second = new Reporter(other, "29:anna");
      const given = {
        part: "saw",
        kind: ["sexual", "other"],
        relation: "manager",
        when: "earlier",
        dependent: "no",
        story: canary,
        wish: ["advice"],
        danger: "no",
        aboutAdviser: "no",
        identity: "pseudonymous",
      };
      await Promise.all(
        Object.entries(given).map(([question, answer], nr) =>
          patiently(() =>
            (nr % 2 ? anna : second).send({ do: "answer", draft, question }, { answer } as never),
          ),
        ),
      );
      const { conversation } = await bot.world.store.transaction((tx) =>
        load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
      );
      expect(conversation.draft?.answers).toMatchObject(given);
    });

    test("begin one conversation and one draft", async () => {
      const second = new Reporter(other, "29:anna");
      await Promise.all([anna, second, anna, second].map((one) => patiently(() => one.say("hallo"))));
      await Promise.all(
        [anna, second, anna, second].map((one) => patiently(() => one.send({ do: "start", flow: "report" }))),
      );
      expect((await database.tables()).conversations).toHaveLength(1);
      await anna.send({ do: "resume" });
      await second.send({ do: "resume" });
      expect(lasting(second.room)).toBe(lasting(anna.room));
    });

    test("send one report, and say so with one receipt and one number", async () => {
      await anna.fillIn();
      const send = anna.button("send");
      const second = new Reporter(other, "29:anna");
      const rooms = await Promise.all(
        Array.from({ length: 20 }, (_, nr) =>
          patiently(async () => (await (nr % 2 ? anna : second).send(send)).room),
        ),
      );
      await onlyCase();
      expect(new Set(rooms.map(codeOn)).size).toBe(1);
      expect(new Set(rooms.map(numberOn)).size).toBe(1);
      expect(codeOn(anna.room)).not.toBe("");
      const first = rooms.filter(
        (room) => !wordsOf(room).includes(content.words("nl").say("case.sent.repeated")),
      );
      expect(first).toHaveLength(1);
      expect((await database.tables()).outbox).toHaveLength(1);
      await Promise.all([bot.deliver(), other.deliver()]);
      expect(bot.channels.teams.shown("advisers")).toHaveLength(1);
    });

    test("a press too many, long after, neither sends nor shows the receipt again", async () => {
      const { receipt, number } = await sendAndKeep();
      bot.clock.advance(8 * hour);
      const again = await anna.send(anna.sent);
      expect(wordsOf(again.room)).toContain(number);
      expect(wordsOf(again.room)).not.toContain(receipt);
      await onlyCase();
    });

    test("a press too many speaks of the report sent last, not of one opened by its code since", async () => {
      const bert = new Reporter(bot, "29:bert");
      const old = await bert.report();
      const { number } = await sendAndKeep();
      await openWith(anna, old.receipt);
      // One from before buttons brought their receipt knows of the last report only.
      const older = Press.parse({ ...anna.sent, receipt: undefined });
      for (const press of [anna.sent, older]) {
        const again = await anna.send(press);
        expect(wordsOf(again.room)).toContain(number);
        expect(wordsOf(again.room)).not.toContain(old.number);
      }
    });

    async function sendAndKeep() {
      await anna.fillIn();
      anna.sent = anna.button("send");
      const { room } = await anna.send(anna.sent);
      return { receipt: codeOn(room), number: numberOn(room) };
    }
  });

  describe("a busy database", () => {
    /** A store in which others are in the way for the first so many transactions. */
    const busy = (times: number): Store & { tried: number } => {
      const { store } = bot.world;
      return Object.assign(Object.create(store) as Store, {
        tried: 0,
        transaction<T>(this: { tried: number }, work: Parameters<typeof store.transaction<T>>[0]) {
          this.tried += 1;
          if (this.tried <= times) throw new StoreBusy("40P01");
          return store.transaction(work);
        },
      });
    };

    test("is tried again", async () => {
      anna.bot = { ...bot, turns: createTurns({ ...bot.world, store: busy(3) }) };
      expect(await anna.say("hallo")).toMatchObject({ show: "view" });
    });

    test("is given up in the end, with nothing changed and the platform told", async () => {
      const store = busy(1000);
      anna.bot = { ...bot, turns: createTurns({ ...bot.world, store }) };
      const before = await database.tables();
      await expect(anna.say("hallo", "event-1")).rejects.toThrow(Overloaded);
      expect(store.tried).toBeGreaterThan(3);
      expect(store.tried).toBeLessThan(20);
      expect(await database.tables()).toEqual(before);
      expect(bot.logged.join()).toContain("turn.overloaded");
      anna.bot = bot;
      expect(await anna.say("hallo", "event-1")).toMatchObject({ show: "view" });
    });

    test("is not tried again for another error", async () => {
      const store = busy(0);
      const broken = createTurns({ ...bot.world, store, flows: null as never });
      anna.bot = { ...bot, turns: broken };
      await expect(anna.send({ do: "start", flow: "report" })).rejects.toThrow(TypeError);
      expect(store.tried).toBe(1);
    });
  });

  test("the outbox hears of a report and of a message once they can be seen, and of nothing else", async () => {
    const seen: (number | null)[] = [];
    const looks: Promise<unknown>[] = [];
    const kick = () => looks.push(other.world.store.nextDue().then((due) => seen.push(due)));
    const kicking = await anotherOf(bot, database, { kick });
    const cor = new Reporter(kicking, "29:cor");
    await cor.fillIn();
    expect(looks).toHaveLength(0);
    await cor.press("send");
    await cor.openThread();
    await cor.press("say", { text: canary });
    await Promise.all(looks);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen).not.toContain(null);
  });

  async function openWith(person: Reporter, receipt: string): Promise<View> {
    await person.say("hallo");
    await person.send({ do: "reports" });
    return person.press("receipt", { receipt });
  }

  describe("a receipt", () => {
    test("opens the case from another account, on which the adviser sees the same stranger", async () => {
      const { number, receipt } = await anna.report({ story: canary });
      const elsewhere = new Reporter(other, "29:anna-at-home");
      const thread = await openWith(elsewhere, ` ${receipt.toLowerCase().replaceAll("-", " ")} `);
      expect(wordsOf(thread)).toContain(number);
      await elsewhere.press("say", { text: "nog iets" });
      expect(wordsOf(await anna.openThread())).toContain("nog iets");
      const opened = await new Adviser(bot, "advisers").send({ do: "desk.open", case: await onlyCase() });
      expect(wordsOf(opened.view)).toContain("nog iets");
      expect(wordsOf(opened.view)).not.toContain("anna");
    });

    test("mistyped is told apart, and costs no attempt", async () => {
      const { receipt } = await anna.report();
      const symbol = receipt.startsWith("7") ? "8" : "7";
      const bert = new Reporter(bot, "29:bert");
      for (let nr = 0; nr < 15; nr += 1) {
        expect((await openWith(bert, symbol + receipt.slice(1))).note).toBe(note("receiptTypo"));
      }
      expect((await openWith(bert, receipt)).note).toBeNull();
    });

    test("that nobody has, and one whose case is destroyed, look alike", async () => {
      const { receipt } = await anna.report();
      const id = await onlyCase();
      await bot.world.store.transaction((tx) => tx.destroyCase(id));
      const bert = new Reporter(bot, "29:bert");
      const destroyed = await openWith(bert, receipt);
      expect(destroyed.note).toBe(note("noSuchReport"));
      expect(lasting(await openWith(bert, newReceipt()))).toBe(lasting(destroyed));
    });

    test("can be guessed ten times an hour by one person, also through two processes", async () => {
      const { receipt } = await anna.report();
      const bert = new Reporter(bot, "29:bert");
      for (let nr = 0; nr < 10; nr += 1) {
        bert.bot = nr % 2 ? bot : other;
        expect((await openWith(bert, newReceipt())).note).toBe(note("noSuchReport"));
      }
      expect((await openWith(bert, receipt)).note).toBe(note("tooManyAttempts"));
      expect((await openWith(new Reporter(bot, "29:cor"), receipt)).note).toBeNull();
      bot.clock.advance(hour);
      expect((await openWith(bert, receipt)).note).toBeNull();
    });

    test("can be guessed so many times an hour by everybody together, but not by one for all", async () => {
      const { receipt } = await anna.report();
      const mallory = new Reporter(bot, "29:mallory");
      await openWith(mallory, newReceipt());
      const press = { do: "receipt" } as const;
      for (let nr = 0; nr < 520; nr += 1) await mallory.send(press, { receipt: newReceipt() });
      const cor = new Reporter(bot, "29:cor");
      expect((await openWith(cor, receipt)).note).toBeNull();
      for (let nr = 0; nr < 49; nr += 1) {
        const one = new Reporter(bot, `29:m${nr}`);
        await one.say("hallo");
        for (let guess = 0; guess < 10; guess += 1) await one.send(press, { receipt: newReceipt() });
      }
      expect((await openWith(new Reporter(bot, "29:dora"), receipt)).note).toBe(note("tooManyAttempts"));
      bot.clock.advance(hour);
      expect((await openWith(new Reporter(bot, "29:dora"), receipt)).note).toBeNull();
    });

    test("is stored as a hash only, and stands in no log and no conversation", async () => {
      const { receipt } = await anna.report();
      await openWith(new Reporter(bot, "29:bert"), receipt);
      const tables = JSON.stringify(await database.tables());
      const { conversation } = await bot.world.store.transaction((tx) =>
        load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
      );
      for (const text of [tables, bot.logged.join(), JSON.stringify(conversation), await database.bytes()]) {
        for (const code of [receipt, receipt.replaceAll("-", ""), receipt.slice(0, 11)])
          expect(text.toUpperCase()).not.toContain(code);
      }
    });
  });

  describe("a thread", () => {
    test("takes the same form once, however often and wherever it is delivered", async () => {
      await anna.report();
      await anna.openThread();
      const say = anna.button("say");
      const second = new Reporter(other, "29:anna");
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_, nr) =>
          patiently(() => (nr % 2 ? anna : second).send(say, { text: canary })),
        ),
      );
      for (const { room } of replies) expect(room.note).toBe(note("messageSent"));
      expect((await database.tables()).messages).toHaveLength(1);
      // The case's card, and one ping under it.
      expect((await database.tables()).outbox).toHaveLength(2);
      // The answer was lost, and what stood in the form was corrected before it was sent again.
      await anna.send(say, { text: `${canary}, met een zin erbij` });
      expect((await database.tables()).messages).toHaveLength(2);
      await anna.openThread();
      await anna.press("say", { text: canary });
      expect((await database.tables()).messages).toHaveLength(3);
    });

    test("keeps the messages of people who write at the same moment, each once and in one order", async () => {
      const { receipt } = await anna.report();
      const second = new Reporter(other, "29:anna-at-home");
      await openWith(second, receipt);
      // The receipt opened it for a while: only the buttons it is on know the case.
      const visit = second.button("say").case;
      const adviser = new Adviser(bot, "advisers");
      const id = await onlyCase();
      await Promise.all(
        [1, 2, 3, 4].flatMap((nr) => [
          patiently(() => anna.send({ do: "say", case: id, nonce: `nonce-a${nr}` }, { text: `a${nr}` })),
          patiently(() => second.send({ do: "say", case: visit, nonce: `nonce-b${nr}` }, { text: `b${nr}` })),
          patiently(() =>
            adviser.send({ do: "desk.reply", case: id, nonce: `nonce-c${nr}` }, { text: `c${nr}` }),
          ),
        ]),
      );
      const words = wordsOf(await anna.openThread());
      for (const nr of [1, 2, 3, 4])
        for (const who of ["a", "b", "c"]) expect(words.split(`"text":"${who}${nr}"`)).toHaveLength(2);
      const seqs = (await database.tables()).messages?.map(({ seq }) => Number(seq));
      expect(seqs?.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, nr) => nr + 1));
    });

    test("of a closed case is opened again by what the reporter writes, also where it was closed meanwhile", async () => {
      await anna.report();
      await anna.openThread();
      const say = anna.button("say");
      await new Adviser(bot, "advisers").send({ do: "desk.close", case: await onlyCase() });
      const { room } = await anna.send(say, { text: canary });
      expect(room.note).toBe(note("caseReopened"));
      expect((await database.tables()).messages).toHaveLength(1);
      const thread = await anna.openThread();
      expect(wordsOf(thread)).toContain(canary);
      expect(wordsOf(thread)).not.toContain(content.words("nl").say("case.thread.closed"));
    });

    test("takes no text that is too long or empty, and keeps the long one on the screen", async () => {
      await anna.report();
      await anna.openThread();
      expect((await anna.press("say", { text: "  " })).note).toBe(note("writeFirst"));
      const long = `${canary} `.repeat(100).trim();
      const { room } = await anna.send(anna.button("say"), { text: long });
      expect(room.note).toBe(note("tooLong"));
      expect(wordsOf(room)).toContain(long);
      expect((await database.tables()).messages).toEqual([]);
    });

    test("of somebody else's case opens for nobody by its id", async () => {
      await anna.report();
      const id = await onlyCase();
      const bert = new Reporter(bot, "29:bert");
      await bert.say("hallo");
      const before = (await database.tables()).messages;
      const { room } = await bert.send({ do: "thread", case: id });
      expect(room.note).toBe(note("noSuchReport"));
      const said = await bert.send({ do: "say", case: id, nonce: "nonce-of-bert" }, { text: canary });
      expect(said.room.note).toBe(note("noSuchReport"));
      expect((await database.tables()).messages).toEqual(before);
    });
  });

  test("a case that was destroyed drops out of one's reports, and its buttons say so", async () => {
    const { number } = await anna.report();
    const thread = await anna.openThread();
    const say = buttonOf(thread, "say") as Press;
    const id = await onlyCase();
    await bot.world.store.transaction((tx) => tx.destroyCase(id));
    for (const press of [say, { do: "thread", case: id } as const, { do: "reports" } as const]) {
      const { room } = await anna.send(press, press.do === "say" ? { text: canary } : {});
      expect(wordsOf(room)).not.toContain(number);
      if (press.do !== "reports") expect(room.note).toBe(note("noSuchReport"));
    }
    const { conversation } = await bot.world.store.transaction((tx) =>
      load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
    );
    expect(conversation.cases).toEqual([]);
  });

  test("a case that was destroyed is forgotten once one looks at one's reports", async () => {
    await anna.report();
    const id = await onlyCase();
    await bot.world.store.transaction((tx) => tx.destroyCase(id));
    await anna.send({ do: "reports" });
    const { conversation } = await bot.world.store.transaction((tx) =>
      load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
    );
    expect(conversation.cases).toEqual([]);
  });

  describe("the pages beside where looking for help leads", () => {
    const title = (key: string) => content.words("nl").say(`${key}.title`);
    const asked = async () =>
      (
        await bot.world.store.transaction((tx) =>
          load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
        )
      ).conversation.asked;
    beforeEach(async () => {
      await anna.say("hallo");
      await anna.send({ do: "start", flow: "find" });
    });

    test("'which rules apply', where none asks anything of somebody, is answered by who helps", async () => {
      await anna.goOn({ forWhom: "me", about: "bullying" });
      await anna.say("welke regels gelden");
      expect(anna.room).toMatchObject({ title: title("found.outcome"), note: null });
      expect(await asked()).toBe("outcome");
      await anna.send({ do: "start", flow: "find" });
      await anna.goOn({ forWhom: "employee", about: "bullying" });
      await anna.say("welke regels gelden");
      expect(anna.room.title).toBe(title("found.duties"));
    });

    test("an adviser who is not among those found leads back, and is not written to", async () => {
      const { draft } = anna.button("answer");
      await anna.goOn({ aboutAdviser: "unsure" });
      await anna.send({ do: "adviser", draft, adviser: "fatima-el-idrissi" });
      expect(anna.room).toMatchObject({ title: title("found.outcome"), note: note("oldButton") });
      expect(await asked()).toBe("outcome");
      expect(anna.views.map(wordsOf).join()).not.toContain("Fatima");
    });
  });

  describe("a report about an adviser (P9)", () => {
    const cardsAt = (route: "advisers" | "external") =>
      bot.channels[route === "advisers" ? "teams" : "slack"].shown(route);

    test.each(["yes", "unsure"])(
      "answered %s, reaches the other route and no one else",
      async (aboutAdviser) => {
        await anna.report({ aboutAdviser });
        await anna.openThread();
        await anna.press("say", { text: canary });
        await bot.deliver();
        expect(cardsAt("external").length).toBeGreaterThan(0);
        expect(cardsAt("advisers")).toEqual([]);
        const refused = await new Adviser(bot, "advisers").send({ do: "desk.open", case: await onlyCase() });
        expect(wordsOf(refused.view)).not.toContain("V-");
      },
    );

    test("is followed by its change: what counts is the answer that was sent", async () => {
      await anna.fillIn({ aboutAdviser: "yes" });
      await anna.press("change", { change: "aboutAdviser" });
      await anna.press("answer", { answer: "no" });
      await anna.press("send");
      await bot.deliver();
      expect(cardsAt("advisers")).toHaveLength(1);
      expect(cardsAt("external")).toEqual([]);
    });

    test("is not taken where there is no other route, and help outside is shown", async () => {
      const { clock, channels } = bot;
      const organisation = someOrganisation({ conflictRoute: undefined });
      const lone = await startBot({ database, clock, channels, organisation });
      const cor = new Reporter(lone, "29:cor");
      const end = await cor.fillIn({ aboutAdviser: "unsure" });
      expect(end.body.some((part) => part.type === "help")).toBe(true);
      expect(end.buttons.map(({ press }) => press?.do)).not.toContain("send");
      for (const name of ["Fatima", "Joost", "Sanne"])
        expect(cor.views.map(wordsOf).join()).not.toContain(name);
      expect((await database.tables()).cases).toEqual([]);
    });
  });
});

describe("the names of advisers (P9)", () => {
  const names = { advisers: ["Fatima El Idrissi", "Joost Bakker"], external: ["Sanne Visser"] };
  const flow = reportFlow({ conflictRoute: true });
  const questions = flow.items.flatMap((item) => (item.kind === "end" ? [] : [item]));

  test("stand on no screen before it is known that the report is not about them", async () => {
    const database = await sqlite();
    const clock = new FixedClock();
    const bot = await startBot({ database, clock });
    const typed = ["hallo", "melding doen", "ja", "nee", "1", "2", "verder", "terug", "versturen", "stop"];
    const event = fc.oneof(
      fc.record({ say: fc.constantFrom(...typed, "mijn meldingen", "english", "nederlands", "wissen") }),
      fc.record({ say: fc.constantFrom("contact", "kopieer", "schrijf via deze bot") }),
      fc.record({ nr: fc.nat(7), option: fc.nat(6) }),
      fc.record({ toReview: fc.constantFrom("no", "yes", "unsure") }),
      fc.record({ toOutcome: fc.constantFrom("no", "yes", "unsure") }),
      fc.record({ answer: fc.constantFrom(...questions.map(({ id }) => id)), option: fc.nat(6) }),
    );
    let people = 0;
    let shownNames = 0;
    let outcomes = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
        people += 1;
        const person = new Reporter(bot, `29:p${people}`);
        await person.say("hallo");
        await person.send({ do: "start", flow: "report" });
        for (const one of events) {
          person.views.length = 0;
          if ("say" in one) await person.say(one.say);
          else if ("toReview" in one) {
            await person.send({ do: "resume" });
            await person.goOn({ aboutAdviser: one.toReview });
          } else if ("toOutcome" in one) {
            await person.send({ do: "start", flow: "find" });
            await person.goOn({ aboutAdviser: one.toOutcome });
            outcomes += 1;
          } else if ("answer" in one) await answer(person, one.answer, one.option);
          else await pressAny(person, one.nr, one.option);
          const { conversation } = await bot.world.store.transaction((tx) =>
            load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
          );
          const { answers, guide = false, to = null } = conversation.draft ?? {};
          const about = answers?.aboutAdviser;
          // Who looks for an adviser meets all of them then; a report names those it goes to.
          const usual = about === "no" && !guide && to === null;
          const words = person.views.map(wordsOf).join();
          for (const name of names.advisers) {
            if (about !== "no") expect(words).not.toContain(name);
            else if (words.includes(name)) shownNames += 1;
          }
          for (const name of names.external) {
            if (about === undefined || usual) expect(words).not.toContain(name);
          }
        }
      }),
      { numRuns: 150 },
    );
    // Or else this has looked at no check-your-answers at all.
    expect(Math.min(shownNames, outcomes)).toBeGreaterThan(0);
    await database.close();
  });

  const valueFor = (id: string, option: number): string | string[] => {
    const question = questions.find((one) => one.id === id);
    if (!question || question.kind === "text") return "iets";
    const value = question.options[option % question.options.length] ?? "";
    return question.kind === "choices" ? [value] : value;
  };

  /** Answers a question of the present draft, wherever the person is. */
  async function answer(person: Reporter, question: string, option: number): Promise<void> {
    const { conversation } = await person.bot.world.store.transaction((tx) =>
      load(tx, person.bot.world.ring, person.address, "nl", person.bot.world.clock.now()),
    );
    const draft = conversation.draft?.id ?? "none";
    await person.send({ do: "answer", draft, question }, { answer: valueFor(question, option) });
  }

  /** Presses one of the buttons in the room, filling in its form with some option. */
  async function pressAny(person: Reporter, nr: number, option: number): Promise<void> {
    const { buttons, inputs } = person.room;
    const press = buttons[nr % Math.max(buttons.length, 1)]?.press as Press | undefined;
    const filled = Object.fromEntries(
      inputs.map((input) => {
        const value =
          input.type === "text"
            ? "iets"
            : input.type === "date"
              ? "2027-03-01"
              : (input.options[option % input.options.length]?.value ?? "");
        return [input.id, input.type === "choices" ? [value] : value];
      }),
    );
    await person.send(press ?? { do: "menu" }, press ? filled : {});
  }
});
