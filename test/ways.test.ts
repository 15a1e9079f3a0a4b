import { randomBytes } from "node:crypto";
import { clocksOf } from "../bots/clocks.ts";
import { load } from "../bots/conversations.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import { lookAtStore } from "../bots/store/open.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { isNamed, submit } from "../cases/handling.ts";
import { newReceipt } from "../cases/receipt.ts";
import type { Press } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, numberOn, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
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

const canary = "kanariegeel briefje op mijn bureau";
const name = "Noor Kanarie-van Zandwijk";
const hour = 3_600_000;
const day = 24 * hour;
const words = content.words("nl");
const note = (id: string) => words.say(`common.notes.${id}`);
const title = (key: string, params = {}) => words.say(`case.${key}.title`, params);

/** A view without what is minted anew each time it is drawn. */
const lasting = (view: View) => wordsOf(view).replace(/"(nonce|case)":"[^"]*"/g, "");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  /** A second process on the same database, where the database is for several. */
  let other: Bot;
  let anna: Reporter;
  let adviser: Adviser;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    adviser = new Adviser(bot, "advisers");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    for (const secret of [canary, name, "29:anna"]) expect(bot.logged.join()).not.toContain(secret);
    await database.close();
  });

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  async function caseOf(number: string) {
    const row = (await rows("cases")).find((one) => one.number === number);
    if (!row) throw new Error("no such case");
    return row;
  }
  const opened = async () => openedWith(bot.world.ring, await database.tables());
  const conversationOf = async (person: Reporter) =>
    (
      await bot.world.store.transaction((tx) =>
        load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
      )
    ).conversation;
  const cards = () => bot.channels.teams.shown("advisers");
  const pings = () => bot.channels.teams.shown("29:anna");

  /** Opens a case with its receipt, as somebody who may have done nothing before. */
  async function openWith(person: Reporter, receipt: string): Promise<View> {
    await person.say("hallo");
    await person.send({ do: "reports" });
    return person.press("receipt", { receipt });
  }
  /** From a thread to one of the pages about the case. */
  async function toPage(person: Reporter, page: "naming" | "renewing" | "withdrawing"): Promise<View> {
    const thread = person.button("case");
    await person.send(thread);
    return (await person.send({ ...thread, page })).room;
  }
  const anonymous = (story = canary) => anna.report({ story, identity: "anonymous" });

  describe("reporting without a link", () => {
    test("is explained before the choice, with what it can and cannot do, also to who types", async () => {
      await anna.fillIn();
      const { draft } = anna.button("send");
      await anna.press("change", { change: "identity" });
      await anna.send({ do: "skip", draft, question: "identity" });
      const first = (key: string) => words.say(key).split("\n")[0] ?? "";
      for (const way of ["pseudonymous", "named", "anonymous"] as const)
        expect(plainText(anna.room)).toContain(first(`report.identity.explained.${way}`));
      const bert = new Reporter(bot, "29:bert");
      await bert.say("hallo");
      await bert.send({ do: "start", flow: "report" });
      for (let nr = 0; nr < 20 && bert.views.at(-1)?.title !== words.say("report.identity.title"); nr += 1) {
        const at = bert.room.buttons.find(({ press }) => press?.do === "answer")?.press;
        const question = at?.do === "answer" ? at.question : "";
        if (question === "story") await bert.press("answer", { answer: "iets" });
        else await bert.say(["danger", "aboutAdviser"].includes(question) ? "nee" : "overslaan");
      }
      const door = bert.views.at(-1);
      expect(door?.privacy).toBe("neutral");
      expect(plainText(door as View)).toContain(
        words.say("report.identity.explained.anonymous").split("\n")[0],
      );
      await bert.say("anoniem");
      expect((await conversationOf(bert)).draft?.answers.identity).toBe("anonymous");
    });

    test("leaves nobody to be found in all tables with all keys, at any moment of its life", async () => {
      const { number, receipt } = await anonymous();
      const sent = wordsOf(anna.room);
      for (const key of ["storedUnlinked", "receiptTextUnlinked"])
        expect(sent).toContain(words.say(`case.sent.${key}`).split("\n")[0]);
      const { id } = await caseOf(number);
      const person = [anna.address.user, anna.address.conversation];
      const nobody = async () => {
        const all = await opened();
        const theCase = [id, number, receipt, canary].map(String);
        for (const [place, texts] of Object.entries(all)) {
          // Where this person is, nothing is of the case; where the case is, nothing is of this person.
          for (const text of texts) {
            const mine = person.some((one) => text.includes(one)) || place.endsWith("conversations");
            if (mine)
              for (const secret of theCase)
                expect({ place, found: text.includes(secret) }).toEqual({ place, found: false });
          }
        }
        expect(all.links?.join("")).toBe("");
        expect(await caseOf(number)).toMatchObject({ link: "" });
        expect((await rows("case_keys")).map(({ wrappedLinkKey }) => wrappedLinkKey)).toEqual([""]);
        expect((await rows("case_cards")).map(({ audience }) => audience)).not.toContain("reporter");
      };
      await nobody();
      await bot.deliver();
      await adviser.send(
        { do: "desk.reply", case: String(id), nonce: "nonce-of-a-form" },
        { text: "Dank je" },
      );
      await bot.deliver();
      await nobody();
      await anna.send({ do: "done" });
      await openWith(anna, receipt);
      await nobody();
      await anna.press("say", { text: canary });
      await nobody();
      await toPage(anna, "withdrawing");
      await nobody();
      await adviser.send({ do: "desk.close", case: String(id) });
      await bot.deliver();
      await nobody();
      expect(pings()).toEqual([]);
      expect(bot.channels.slack.kept).toEqual([]);
    });

    test("is forgotten in the chat with the next turn, which then looks as if nothing was sent", async () => {
      const bert = new Reporter(bot, "29:bert");
      await bert.fillIn();
      await bert.send({ do: "clear", draft: bert.button("send").draft });
      await bert.send({ do: "done" });
      await anonymous();
      await anna.send({ do: "done" });
      expect(await conversationOf(anna)).toEqual(await conversationOf(bert));
    });

    test("sends once, however often and wherever it is pressed", async () => {
      const { number: earlier } = await anna.report();
      await anna.fillIn({ story: canary, identity: "anonymous" });
      const send = anna.button("send");
      const second = new Reporter(other, "29:anna");
      const rooms = await Promise.all(
        Array.from({ length: 10 }, (_, nr) =>
          patiently(async () => (await (nr % 2 ? anna : second).send(send)).room),
        ),
      );
      expect(await rows("cases")).toHaveLength(2);
      const number = String((await rows("cases")).find((row) => row.number !== earlier)?.number);
      for (const room of rooms) {
        expect(wordsOf(room)).toContain(number);
        expect(wordsOf(room)).toContain(words.say("case.sent.storedUnlinked").split("\n")[0]);
      }
      await anna.send({ do: "menu" });
      await anna.send(send);
      expect(await rows("cases")).toHaveLength(2);
      expect(wordsOf(anna.room)).not.toContain(earlier);
    });

    test("names no case to who presses a button again that brings no receipt", async () => {
      const { number: earlier } = await anna.report();
      await anna.fillIn({ story: canary, identity: "anonymous" });
      const { receipt: _, ...send } = anna.button("send");
      const number = numberOn((await anna.send(send)).room);
      const again = (await anna.send(send)).room;
      expect(await rows("cases")).toHaveLength(2);
      expect(wordsOf(again)).toContain(words.say("case.sent.repeated"));
      expect(wordsOf(again)).toContain(words.say("case.sent.repeatedUnlinked").split("\n")[0]);
      expect(wordsOf(again)).not.toMatch(/V-\w{5}|"type":"code"/);
      await anna.send({ do: "menu" });
      const later = wordsOf((await anna.send(send)).room);
      for (const one of [number, earlier]) expect(later).not.toContain(one);
      expect(await rows("cases")).toHaveLength(2);
    });

    test("is not among one's reports, and opens with its receipt only", async () => {
      const { number, receipt } = await anonymous();
      await bot.deliver();
      const { id } = await caseOf(number);
      expect(wordsOf((await anna.send({ do: "reports" })).room)).not.toContain(number);
      expect((await anna.send({ do: "thread", case: String(id) })).room.note).toBe(note("noSuchReport"));
      const thread = await openWith(anna, receipt);
      expect(thread.title).toBe(title("thread", { number }));
      expect(wordsOf(thread)).toContain(words.say("case.thread.receiptOnly").split("\n")[0]);
      const press = buttonOf(thread, "say") as Extract<Press, { do: "say" }>;
      await anna.press("say", { text: canary });
      expect(anna.room.note).toBe(note("messageSent"));
      // What the room knows is no use to anybody else, nor for ever.
      const bert = new Reporter(bot, "29:bert");
      await bert.say("hallo");
      expect((await bert.send(press, { text: "van bert" })).room.note).toBe(note("noSuchReport"));
      bot.clock.advance(8 * hour);
      expect((await anna.send(press, { text: "te laat" })).room.note).toBe(note("noSuchReport"));
      expect(await rows("messages")).toHaveLength(1);
      expect(wordsOf((await anna.send({ do: "reports" })).room)).not.toContain(number);
    });

    test("promises the adviser no ping, and tells on coming back what happened", async () => {
      const { number, receipt } = await anonymous();
      await bot.deliver();
      expect(plainText(cards()[0] as View)).toContain(words.say("adviser.door.noPing"));
      const id = String((await caseOf(number)).id);
      const { view } = await adviser.send({ do: "desk.acknowledge", case: id });
      expect(view.note).toBe(words.say("adviser.notes.acknowledgedNoPing"));
      await bot.deliver();
      expect(pings()).toEqual([]);
      expect(wordsOf(await openWith(anna, receipt))).toContain(words.say("case.states.acknowledged"));
      const { number: linked } = await anna.report();
      await bot.deliver();
      const text = cards()
        .map(plainText)
        .find((one) => one.includes(linked));
      expect(text).not.toContain(words.say("adviser.door.noPing"));
    });

    test("that reached nobody is told to who comes back, and to nobody else", async () => {
      const { receipt } = await anonymous();
      bot.channels.teams.faults.set("advisers", "notPrivate");
      for (let nr = 0; nr < 12; nr += 1) {
        bot.clock.advance(day);
        await bot.deliver();
      }
      expect(pings()).toEqual([]);
      expect(wordsOf(await openWith(anna, receipt))).toContain(
        words.say("case.thread.undelivered").split("\n")[0],
      );
      bot.channels.teams.faults.clear();
      await anna.press("say", { text: "Komt dit aan?" });
      await bot.deliver();
      expect(cards()).toHaveLength(1);
      expect(wordsOf(await openWith(anna, receipt))).not.toContain(
        words.say("case.thread.undelivered").split("\n")[0],
      );
    });

    test("gives a made-up name that no case has, whoever sent those: of some nobody knows", async () => {
      const people = Array.from({ length: 12 }, (_, nr) => new Reporter(bot, `29:p${nr % 3}`));
      for (const [nr, person] of people.entries())
        await person.report({ identity: nr % 2 ? "anonymous" : "pseudonymous" });
      const names = (await rows("cases")).map(({ pseudonym }) => pseudonym);
      expect(new Set(names).size).toBe(names.length);
    });

    test("looks for such a name where there are few, and then avoids at least those known to be this person's", async () => {
      const clear = {
        route: "advisers",
        acknowledgeBy: 1,
        feedbackBy: 2,
        link: null,
        receipt: null,
      } as const;
      const report = { flow: "report", language: "nl" as const, rows: [] };
      const submitted = (pseudonyms: number, pseudonymsTaken: readonly number[]) =>
        bot.world.store.transaction(async (cases) => {
          const deliveries = { enqueue: async () => {} };
          const clocks = clocksOf(bot.world.organisation);
          const desk = { cases, deliveries, ring: bot.world.ring, now: 1, random: randomBytes, clocks };
          return (await submit(desk, { ...clear, report, pseudonyms, pseudonymsTaken })).row.pseudonym;
        });
      const names: number[] = [];
      for (let nr = 0; nr < 8; nr += 1) names.push(await submitted(16, []));
      expect(new Set(names).size).toBe(8);
      for (let nr = 0; nr < 8; nr += 1) expect(await submitted(2, [0])).toBe(1);
    });
  });

  describe("a name that is given later", () => {
    test.each(["pseudonymous", "anonymous"] as const)(
      "(%s) reaches the adviser on the case, and no message",
      async (identity) => {
        const { number, receipt } = await anna.report({ story: canary, identity });
        await bot.deliver();
        if (identity === "anonymous") await openWith(anna, receipt);
        else await anna.openThread();
        const form = await toPage(anna, "naming");
        expect(plainText(form)).toContain(words.say("case.naming.text").split("\n")[0]);
        expect((await anna.press("giveName", { name: "  ", consent: ["yes"] })).note).toBe(
          note("writeFirst"),
        );
        const asked = await anna.press("giveName", { name });
        expect(asked.note).toBe(note("consentFirst"));
        expect(wordsOf(asked)).toContain(name);
        const { id } = await caseOf(number);
        expect(await caseOf(number)).toMatchObject({ name: null });
        const give = anna.button("giveName");
        const thread = await anna.press("giveName", { name, consent: ["yes"] });
        expect(thread.note).toBe(note("nameGiven"));
        expect(wordsOf(thread)).not.toContain(name);
        expect(JSON.stringify(await database.tables())).not.toContain(name);
        await bot.deliver();
        const room = await adviser.send({ do: "desk.open", case: String(id) });
        expect(wordsOf(room.view)).toContain(name);
        expect(JSON.stringify(bot.channels.teams.kept)).not.toContain(name);
        expect(cards().some((view) => view.title === words.say("adviser.routePing.title", { number }))).toBe(
          true,
        );
        // It is given once, and no other follows it.
        expect((await anna.send(give, { name: "Iemand Anders", consent: ["yes"] })).room.note).toBe(
          note("nameKnown"),
        );
        expect(wordsOf((await adviser.send({ do: "desk.open", case: String(id) })).view)).not.toContain(
          "Iemand Anders",
        );
        expect((await toPage(anna, "naming")).inputs).toEqual([]);
        // Who had no link still has none.
        if (identity === "anonymous") expect(await caseOf(number)).toMatchObject({ link: "" });
      },
    );

    test("is not asked of who gave one in the report, nor taken once the case is closed", async () => {
      const { number } = await anna.report({ identity: "named", name });
      await anna.openThread();
      expect((await toPage(anna, "naming")).inputs).toEqual([]);
      const bert = new Reporter(bot, "29:bert");
      const { number: closed } = await bert.report();
      await bert.openThread();
      await toPage(bert, "naming");
      const give = bert.button("giveName");
      await adviser.send({ do: "desk.close", case: String((await caseOf(closed)).id) });
      expect((await bert.send(give, { name, consent: ["yes"] })).room.note).toBe(note("caseClosed"));
      const found = await bot.world.store.transaction((tx) => tx.findCase(give.case));
      expect(found && isNamed(bot.world.ring, found)).toBe(false);
      expect((await caseOf(number)).name).toBeNull();
    });
  });

  describe("a new receipt", () => {
    test("opens the case, and the old one nothing, from that moment and on every screen", async () => {
      const { number, receipt } = await anna.report();
      const finder = new Reporter(other, "29:finder");
      await openWith(finder, receipt);
      const say = finder.button("say");
      expect((await finder.send(say, { text: "gevonden" })).room.note).toBe(note("messageSent"));
      await anna.openThread();
      await toPage(anna, "renewing");
      const renew = anna.button("renewReceipt");
      const shown = await anna.press("renewReceipt");
      expect(shown.title).toBe(title("renewed"));
      const code = shown.body.find((part) => part.type === "code");
      const renewed = code?.type === "code" ? code.text : "";
      expect(renewed).not.toBe(receipt);
      expect((await finder.send(say, { text: "nog eens" })).room.note).toBe(note("noSuchReport"));
      expect((await openWith(finder, receipt)).note).toBe(note("noSuchReport"));
      expect((await openWith(finder, renewed)).title).toBe(title("thread", { number }));
      expect(await rows("messages")).toHaveLength(1);
      // Pressed twice, one was made: the second press says so and shows none.
      const again = (await anna.send(renew)).room;
      expect(again.note).toBe(note("codeRenewed"));
      expect(wordsOf(again)).not.toContain('"type":"code"');
      expect((await openWith(finder, renewed)).title).toBe(title("thread", { number }));
    });

    test("is made for nobody to whom the case does not lead back", async () => {
      const { receipt } = await anonymous();
      await openWith(anna, receipt);
      expect(wordsOf(await toPage(anna, "renewing"))).toContain(words.say("case.acts.renewNever"));
      const { case: ref } = anna.button("thread");
      const { room } = await anna.send({
        do: "renewReceipt",
        case: ref,
        of: String((await rows("cases"))[0]?.receiptHash).slice(0, 16),
      });
      expect(wordsOf(room)).not.toContain('"type":"code"');
      expect((await openWith(anna, receipt)).note).toBeNull();
      const bert = new Reporter(bot, "29:bert");
      const { receipt: linked } = await bert.report();
      await openWith(anna, linked);
      expect(wordsOf(await toPage(anna, "renewing"))).toContain(words.say("case.acts.renewElsewhere"));
    });
  });

  describe("withdrawing", () => {
    /** A whole case, with everything that is kept of one. */
    async function wholeCase(identity: "pseudonymous" | "anonymous") {
      const { number, receipt } = await anna.report({ story: canary, identity });
      await bot.deliver();
      const { id } = await caseOf(number);
      await adviser.send({ do: "desk.reply", case: String(id), nonce: "nonce-of-a-form" }, { text: canary });
      await bot.deliver();
      if (identity === "anonymous") await openWith(anna, receipt);
      else await anna.openThread();
      await anna.press("say", { text: canary });
      await bot.deliver();
      return { number, receipt, id: String(id) };
    }

    test.each(["pseudonymous", "anonymous"] as const)(
      "(%s) destroys what it said and where it led, at once, and says so on every card",
      async (identity) => {
        const { number, receipt, id } = await wholeCase(identity);
        const page = await toPage(anna, "withdrawing");
        expect(plainText(page)).toContain(words.say("case.withdrawing.read").split("\n")[0]);
        const before = await database.tables();
        const done = await anna.press("withdraw");
        expect(done.title).toBe(title("withdrawn"));
        const all = JSON.stringify(await opened());
        for (const secret of [canary, receipt]) expect(all).not.toContain(secret);
        // Nothing of the case leads to anybody, nor does anybody's conversation lead to it.
        expect((await opened()).links?.join("")).toBe("");
        expect((await opened()).conversations?.join()).not.toContain(id);
        expect((await rows("case_cards")).filter(({ audience }) => audience === "reporter")).toEqual([]);
        // Its receipt is found nowhere: looking for it is looking for any that never was.
        for (const row of before.cases ?? [])
          expect(JSON.stringify(await database.tables())).not.toContain(String(row.receiptHash));
        // Nor do the keys from before open anything that is left.
        const mixed = { ...(await database.tables()), case_keys: before.case_keys ?? [] };
        expect(JSON.stringify(openedWith(bot.world.ring, mixed))).not.toContain(canary);
        const bytes = await database.bytes();
        for (const key of before.case_keys ?? []) {
          expect(bytes).not.toContain(String(key.wrappedKey));
          if (key.wrappedLinkKey !== "") expect(bytes).not.toContain(String(key.wrappedLinkKey));
        }
        expect(await rows("audit")).toContainEqual(
          expect.objectContaining({
            at: bot.clock.at,
            code: "case.withdrawn",
            case: id,
            route: "advisers",
          }),
        );
        await bot.deliver();
        const date =
          words.say("adviser.door.withdrawn", { date: "maandag 2 maart 2026" }).split("\n")[0] ?? "";
        for (const view of cards()) {
          expect(view.buttons).toEqual([]);
          expect(plainText(view)).toContain(date);
          expect(wordsOf(view)).not.toMatch(/Vega|pesten/i);
        }
        const room = await adviser.send({ do: "desk.open", case: id });
        expect(wordsOf(room.view)).toContain(words.say("adviser.refused.withdrawn"));
        expect(
          wordsOf(
            (
              await adviser.send(
                { do: "desk.reply", case: id, nonce: "nonce-of-another" },
                { text: "Ik schreef net." },
              )
            ).view,
          ),
        ).toContain("Ik schreef net.");
        expect(await rows("messages")).toEqual([]);
        expect(wordsOf((await anna.send({ do: "reports" })).room)).not.toContain(number);
        // The stub goes as closed cases go.
        bot.clock.advance(365 * day);
        expect(await sweep(bot.world)).toMatchObject({ cases: 1 });
        expect(await rows("cases")).toEqual([]);
      },
    );

    test("a receipt of it, one of a destroyed case and one that never was look alike and count alike (P6)", async () => {
      const { receipt } = await anonymous();
      await openWith(anna, receipt);
      await toPage(anna, "withdrawing");
      await anna.press("withdraw");
      const bert = new Reporter(bot, "29:bert");
      const { number, receipt: destroyed } = await bert.report();
      const id = String((await caseOf(number)).id);
      await bot.world.store.transaction((tx) => tx.destroyCase(id));
      const views: string[] = [];
      const counts: unknown[] = [];
      for (const [nr, code] of [receipt, destroyed, newReceipt()].entries()) {
        const cor = new Reporter(bot, `29:cor${nr}`);
        const known = (await rows("attempts")).map(({ id }) => id);
        views.push(lasting(await openWith(cor, code)));
        counts.push(
          (await rows("attempts")).filter(({ id }) => !known.includes(id)).map(({ count }) => count),
        );
      }
      expect(new Set(views).size).toBe(1);
      expect(views[0]).toContain(note("noSuchReport"));
      expect(counts).toEqual([[1], [1], [1]]);
    });

    test("before it was opened says so; before it was delivered nothing is delivered any more", async () => {
      await anna.report({ story: canary });
      await anna.openThread();
      expect(plainText(await toPage(anna, "withdrawing"))).toContain(
        words.say("case.withdrawing.unread").split("\n")[0],
      );
      await anna.press("withdraw");
      for (let nr = 0; nr < 12; nr += 1) {
        await bot.deliver();
        bot.clock.advance(day);
      }
      expect(bot.channels.teams.kept).toEqual([]);
      expect(await rows("outbox")).toEqual([]);
      expect((await lookAtStore(database.where, bot.clock.at))?.caseKeys).toEqual([]);
    });

    test("knows of a report that was opened, and of one that stood in a message", async () => {
      const { number } = await anna.report({ story: canary });
      await bot.deliver();
      await adviser.send({ do: "desk.open", case: String((await caseOf(number)).id) });
      const { readAt } = await caseOf(number);
      expect(readAt).toBe(bot.clock.at);
      bot.clock.advance(hour);
      await adviser.send({ do: "desk.open", case: String((await caseOf(number)).id) });
      expect((await caseOf(number)).readAt).toBe(readAt);
      await anna.openThread();
      expect(plainText(await toPage(anna, "withdrawing"))).toContain(
        words.say("case.withdrawing.read").split("\n")[0],
      );
      const [route, ...routes] = someOrganisation().routes;
      const organisation = someOrganisation({ routes: [{ ...route, card: "full" }, ...routes] });
      const full = await anotherOf(bot, database, { organisation });
      const bert = new Reporter(full, "29:bert");
      await bert.report({ story: canary });
      await full.deliver();
      await bert.openThread();
      expect(plainText(await toPage(bert, "withdrawing"))).toContain(
        words.say("case.withdrawing.inCard").split("\n")[0],
      );
      await bert.press("withdraw");
      await full.deliver();
      expect(bot.channels.teams.shown("advisers").map(wordsOf).join()).not.toContain(canary);
    });

    test("by one while another writes leaves either the message unsent or nothing at all", async () => {
      for (let nr = 0; nr < 8; nr += 1) {
        const person = new Reporter(bot, `29:p${nr}`);
        const { number } = await person.report({ story: canary });
        const id = String((await caseOf(number)).id);
        await person.openThread();
        await toPage(person, "withdrawing");
        const press = person.button("withdraw");
        await Promise.all([
          patiently(() => person.send(press)),
          patiently(() =>
            new Adviser(other, "advisers").send(
              { do: "desk.reply", case: id, nonce: "nonce-of-a-form" },
              { text: canary },
            ),
          ),
          patiently(() =>
            new Reporter(other, `29:p${nr}`).send(
              { do: "say", case: id, nonce: "nonce-of-mine" },
              { text: canary },
            ),
          ),
        ]);
        expect(await caseOf(number)).toMatchObject({ state: "withdrawn", report: "", link: "" });
        expect((await rows("messages")).filter((row) => row.case === id)).toEqual([]);
      }
    });

    test("makes the pings in the chat say nothing, and a press of send sends nothing again", async () => {
      await anna.fillIn({ story: canary });
      const send = anna.button("send");
      await anna.press("send");
      await bot.deliver();
      const id = String((await rows("cases"))[0]?.id);
      await adviser.send({ do: "desk.acknowledge", case: id });
      await bot.deliver();
      expect(pings()).toHaveLength(1);
      await anna.openThread();
      await toPage(anna, "withdrawing");
      const reply = await anna.send(anna.button("withdraw"));
      expect(reply.stale?.messages.map(({ message }) => message)).toEqual(
        bot.channels.teams.kept.filter(({ to }) => to === "29:anna").map(({ ref }) => ref.message),
      );
      expect(reply.stale?.view.buttons).toEqual([]);
      await anna.send(send);
      expect(await rows("cases")).toHaveLength(1);
    });
  });

  describe("my reports", () => {
    test("say of each what happens next and by when, and what did not happen", async () => {
      const { number } = await anna.report();
      const id = String((await caseOf(number)).id);
      const line = async () => plainText((await anna.send({ do: "reports" })).room);
      const next = (step: string, date: string) => words.say(`case.next.${step}`, { date });
      expect(await line()).toContain(next("acknowledge", "maandag 9 maart 2026"));
      bot.clock.advance(9 * day);
      expect(await line()).toContain(next("acknowledgeLate", "maandag 9 maart 2026"));
      expect(plainText(await anna.openThread())).toContain(content.help("slachtofferhulp", "nl").name);
      await adviser.send({ do: "desk.acknowledge", case: id });
      expect(await line()).toContain(next("feedback", "dinsdag 2 juni 2026"));
      await adviser.send({ do: "desk.close", case: id });
      expect(await line()).toContain(next("destroy", "donderdag 11 maart 2027"));
    });

    test("of a case opened by code on another account keep nothing there", async () => {
      const { receipt, number } = await anna.report();
      const elsewhere = new Reporter(other, "29:anna-at-home");
      await openWith(elsewhere, receipt);
      await elsewhere.press("say", { text: "nog iets" });
      await elsewhere.send({ do: "done" });
      expect(await conversationOf(elsewhere)).toMatchObject({ cases: [] });
      expect(wordsOf((await elsewhere.send({ do: "reports" })).room)).not.toContain(number);
      expect(wordsOf(await anna.openThread())).toContain("nog iets");
    });
  });
});
