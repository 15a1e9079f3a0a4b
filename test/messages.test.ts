import { load } from "../bots/conversations.ts";
import { plainText } from "../cards/plain-text.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
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

    test("that cannot be sent is met with it too: too long, after the receipt's hours", async () => {
      await openCase("anonymous");
      const say = anna.button("say");
      const met = async (text: string) => plainText((await anna.send(say, { text })).room);
      expect(await met(`${despair} ${"x".repeat(3000)}`)).toContain(number);
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

  describe("what may show who somebody is in a message", () => {
    const mine = "kanarie.anna@voorbeeld.example";
    const telephone = "06-12345678";
    const text = `Het ${canary}: mail ${mine} of bel ${telephone}. Groeten, Kanarina`;
    const secrets = [canary, mine, telephone, "Kanarina"];
    const say = () => anna.button("say");
    const unsent = words.say("case.pointedOut.title");
    const kinds = (...found: readonly ("ownName" | "email" | "phone")[]) =>
      found.map((kind) => words.say(`report.ownWords.kinds.${kind}`));
    const quoted = () =>
      anna.room.body.flatMap((part) => (part.type === "quote" ? [[part.label, part.text]] : []));

    test.each(ways)('(%s) is pointed out once before it is sent, and "as it is" sends it', async (way) => {
      await openCase(way);
      await anna.press("say", { text });
      expect([anna.room.title, anna.room.note, anna.room.privacy]).toEqual([unsent, null, "private"]);
      expect(anna.room.inputs.map(({ value }) => value)).toEqual([text]);
      const [email, phone, name] = kinds("email", "phone", "ownName");
      expect(quoted()).toEqual([
        [expect.stringContaining(String(email)), mine],
        [expect.stringContaining(String(phone)), telephone],
        [expect.stringContaining(String(name)), "Kanarina"],
      ]);
      expect(anna.room.buttons[0]?.label).toBe(words.say("case.buttons.sayAsItIs"));
      expect(await messages()).toEqual([]);
      expect(await rows("outbox")).toEqual([]);
      await anna.press("say", { text });
      expect(anna.room.note).toBe(note("messageSent"));
      expect(await messages()).toEqual([text]);
      await bot.deliver();
      const opened = await adviser.send({ do: "desk.open", case: await caseId() });
      expect(wordsOf(opened.view)).toContain(text);
    });

    test("stands in that room and in no door, log, delivery, button or table; and is kept nowhere", async () => {
      for (const way of ways) {
        const person = new Reporter(other, `29:${way}`);
        await openCase(way, person);
        const before = await conversationOf(person);
        await person.press("say", { text });
        expect(wordsOf(person.room)).toContain(mine);
        expect(JSON.stringify(person.room.buttons)).not.toMatch(/kanari|1234/i);
        expect(await conversationOf(person)).toEqual(before);
        expect(
          Object.values(openedWith(bot.world.ring, await database.tables()))
            .flat()
            .join(),
        ).not.toContain(mine);
        await bot.deliver();
        for (const kept of await outside(person))
          for (const secret of secrets) expect(kept).not.toContain(secret);
        // Nor once it is sent: what stands outside then is what stands there of any message.
        await person.press("say", { text });
        await bot.deliver();
        for (const kept of await outside(person))
          for (const secret of secrets) expect(kept).not.toContain(secret);
        await other.world.store.transaction(async (tx) => {
          for (const { id } of await rows("cases")) await tx.destroyCase(String(id));
        });
      }
    });

    test("looks on the door as any opened case does", async () => {
      await openCase("pseudonymous");
      const opened = anna.views.at(-1);
      const { door } = await anna.send(say(), { text });
      expect(door).toEqual(opened);
    });

    test("is not pointed out again when it was changed to less, or to as much; it is when there is more", async () => {
      await openCase("pseudonymous");
      await anna.press("say", { text });
      const more = `${text}\nOf bel 06-87654321.`;
      await anna.press("say", { text: more });
      expect(anna.room.title).toBe(unsent);
      expect(quoted()).toHaveLength(4);
      expect(say()).toMatchObject({ shown: 4 });
      await anna.press("say", { text: `Bel ${telephone}.` });
      expect(await messages()).toEqual([`Bel ${telephone}.`]);
      // The next message is another one, and is looked at.
      await anna.press("say", { text: `Bel ${telephone}.` });
      expect(anna.room.title).toBe(unsent);
      await anna.press("say", { text: "Laat maar." });
      expect(await messages()).toEqual([`Bel ${telephone}.`, "Laat maar."]);
    });

    test("of who gave a name leaves the name out, from the report on or given since", async () => {
      await openCase("named");
      await anna.press("say", { text: `Het ${canary}. Groeten, Kanarina` });
      expect(anna.room.note).toBe(note("messageSent"));
      await anna.press("say", { text });
      expect(quoted().map(([, found]) => found)).toEqual([mine, telephone]);
      await anna.press("say", { text });
      const bert = new Reporter(bot, "29:bert");
      await openCase("pseudonymous", bert);
      const signed = "Dank je. Groeten, Kanarina";
      await bert.press("say", { text: signed });
      expect(bert.room.title).toBe(unsent);
      await bert.send({ do: "giveName", case: bert.button("say").case }, { name: "Bert", consent: ["yes"] });
      await bert.press("say", { text: signed });
      expect(bert.room.note).toBe(note("messageSent"));
    });

    test.each(ways)(
      "(%s) is added once, whichever press is repeated, wherever and however often",
      async (way) => {
        await openCase(way);
        const first = say();
        await anna.press("say", { text });
        const asItIs = say();
        const second = new Reporter(other, "29:anna");
        const repeated = (press: typeof first) =>
          Promise.all(
            Array.from({ length: 6 }, (_, nr) =>
              patiently(async () => (await (nr % 2 ? anna : second).send(press, { text })).room),
            ),
          );
        // Before the second press the first one only points out, each time in the same form.
        for (const room of await repeated(first)) {
          expect(room.title).toBe(unsent);
          expect(buttonOf(room, "say")).toMatchObject({ nonce: first.nonce, shown: 3 });
        }
        expect(await messages()).toEqual([]);
        for (const room of await repeated(asItIs)) expect(room.note).toBe(note("messageSent"));
        // Of a first press that comes late, what it held was sent.
        for (const room of await repeated(first)) expect(room.note).toBe(note("messageSent"));
        expect(await messages()).toEqual([text]);
        expect(await rows("outbox")).toHaveLength(1);
      },
    );

    test("is pointed out on a closed case before the message opens it again", async () => {
      await openCase("pseudonymous");
      const id = await caseId();
      await adviser.send({ do: "desk.close", case: id });
      await anna.openThread();
      await anna.press("say", { text });
      expect(anna.room.title).toBe(unsent);
      expect([await messages(), (await rows("cases"))[0]?.state]).toEqual([[], "closed"]);
      await anna.press("say", { text });
      expect(anna.room.note).toBe(note("caseReopened"));
      expect([await messages(), (await rows("cases"))[0]?.state]).toEqual([[text], "received"]);
    });

    test("stands below help for words of need, which is there again once it is sent", async () => {
      await openCase("pseudonymous");
      const worried = `${text}\nIk wil niet meer leven.`;
      const help = words.say("common.offered.despair").split("\n")[0] ?? "";
      await anna.press("say", { text: worried });
      expect([anna.room.title, plainText(anna.room)]).toEqual([unsent, expect.stringContaining(help)]);
      expect(anna.room.body[0]).toMatchObject({ text: help });
      await anna.press("say", { text: worried });
      expect([anna.room.note, plainText(anna.room)]).toEqual([
        note("messageSent"),
        expect.stringContaining(help),
      ]);
    });

    test("is nobody else's to try: a case that is not theirs says the same whatever they write", async () => {
      await openCase("pseudonymous");
      const bert = new Reporter(bot, "29:bert");
      await bert.say("hallo");
      const { room } = await bert.send(say(), { text });
      expect([room.note, wordsOf(room).includes(mine)]).toEqual([note("noSuchReport"), false]);
      expect(await messages()).toEqual([]);
    });
  });
});
