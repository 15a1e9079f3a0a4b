import { load } from "../bots/conversations.ts";
import { plainText } from "../cards/plain-text.ts";
import { Adviser, Reporter, wordsOf } from "./fakes/view-person.ts";
import { openedWith } from "./opened.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** What a reporter writes on a case: the words of it that are met, and that they go nowhere but to the adviser. */

const canary = "kanariegeel briefje op mijn bureau";
const words = content.words("nl");
const note = (id: string) => words.say(`common.notes.${id}`);
const hour = 3_600_000;
const ways = ["pseudonymous", "anonymous"] as const;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  /** A second process on the same database, where the database is for several. */
  let other: Bot;
  let anna: Reporter;
  let adviser: Adviser;
  let receipt: string;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    adviser = new Adviser(bot, "advisers");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    for (const bots of [bot, other]) expect(bots.logged.join()).not.toContain(canary);
    await database.close();
  });

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  const messages = async () => openedWith(bot.world.ring, await database.tables()).messages ?? [];
  const caseId = async () => String((await rows("cases"))[0]?.id);
  const conversationOf = async (person: Reporter) =>
    (
      await bot.world.store.transaction((tx) =>
        load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
      )
    ).conversation;
  /** Everything that a platform keeps, that was delivered, logged or stored in the clear. */
  const outside = async (person: Reporter) => [
    ...person.views.filter(({ privacy }) => privacy === "neutral").map(wordsOf),
    ...Object.values(bot.channels).map(({ kept }) => JSON.stringify(kept)),
    bot.logged.join(),
    other.logged.join(),
    JSON.stringify(await database.tables()),
  ];

  /** A case, open in its reporter's room: from the chat, or with the receipt where there is no other way. */
  async function openCase(identity: (typeof ways)[number] | "named", person = anna): Promise<void> {
    ({ receipt } = await person.report({ identity, ...(identity === "named" ? { name: "Noor Bos" } : {}) }));
    await bot.deliver();
    if (identity !== "anonymous") await person.openThread();
    else await openWithReceipt(person);
  }
  async function openWithReceipt(person: Reporter): Promise<void> {
    await person.say("hallo");
    await person.send({ do: "reports" });
    await person.press("receipt", { receipt });
  }

  describe("a message with words of need", () => {
    const despair = `Sinds het ${canary} denk ik: ik wil niet meer leven.`;
    const number = "113";

    test.each(ways)(
      "(%s) reaches the adviser as it was written, and is met with help in the room",
      async (way) => {
        await openCase(way);
        const room = await anna.press("say", { text: despair });
        expect(room.note).toBe(note("messageSent"));
        expect([room.privacy, plainText(room)]).toEqual(["private", expect.stringContaining(number)]);
        expect(await messages()).toEqual([despair]);
        await bot.deliver();
        const opened = await adviser.send({ do: "desk.open", case: await caseId() });
        expect(wordsOf(opened.view)).toContain(despair);
        for (const text of await outside(anna)) {
          expect(text).not.toContain(canary);
          expect(text).not.toContain(words.say("common.offered.despair").split("\n")[0]);
        }
      },
    );

    test("tells nobody anything else than a calm one does, and is gone with the next turn", async () => {
      const told: unknown[] = [];
      const calm = new Reporter(bot, "29:calm");
      for (const [person, text] of [
        [anna, despair],
        [calm, `Sinds het ${canary} denk ik: ik wil niet meer werken.`],
      ] as const) {
        await openCase("pseudonymous", person);
        const before = Object.values(bot.channels).map(({ kept }) => kept.length);
        const audited = (await rows("audit")).length;
        await person.press("say", { text });
        const { cases: _, ...conversation } = await conversationOf(person);
        const queued = (await rows("outbox")).length;
        await bot.deliver();
        const posts = Object.values(bot.channels).map(({ kept }, nr) => kept.length - (before[nr] ?? 0));
        const { lastSent: __, asked: ___, ...same } = conversation;
        told.push([same, queued, posts, (await rows("audit")).length - audited]);
      }
      expect(told[0]).toEqual(told[1]);
      expect(plainText(anna.room)).toContain(number);
      await anna.openThread();
      expect(plainText(anna.room)).not.toContain(number);
    });

    test("that cannot be sent is met with it too: too long, on a closed case, after the receipt's hours", async () => {
      await openCase("anonymous");
      const say = anna.button("say");
      const met = async (text: string) => plainText((await anna.send(say, { text })).room);
      expect(await met(`${despair} ${"x".repeat(3000)}`)).toContain(number);
      await adviser.send({ do: "desk.close", case: await caseId() });
      const closed = await met(despair);
      expect(closed).toContain(note("caseClosed"));
      expect(closed).toContain(despair);
      expect(closed).toContain(number);
      bot.clock.advance(8 * hour);
      const gone = await met(despair);
      expect(gone).toContain(note("noSuchReport"));
      expect(gone).toContain(number);
      expect(await messages()).toEqual([]);
      for (const text of await outside(anna)) expect(text).not.toContain(canary);
    });

    test("on a case that was destroyed meanwhile is met with it", async () => {
      await openCase("pseudonymous");
      const id = await caseId();
      await bot.world.store.transaction((tx) => tx.destroyCase(id));
      const { room, door } = await anna.send(anna.button("say"), { text: despair });
      expect(room.note).toBe(note("noSuchReport"));
      expect(plainText(room)).toContain(number);
      expect(plainText(door)).not.toContain(number);
    });
  });
});
