import { load } from "../bots/conversations.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { MessageRef } from "../bots/ports.ts";
import { lookAtStore } from "../bots/store/open.ts";
import { drawDraftReminder } from "../cards/draft-reminder.ts";
import { plainText } from "../cards/plain-text.ts";
import { Press } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, Reporter, wordsOf } from "./fakes/view-person.ts";
import { openedWith } from "./opened.ts";
import { checkView } from "./views.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

const canary = "kanariegeel briefje op mijn bureau";
const hour = 3_600_000;
const day = 24 * hour;
/** The day after the one on which these tests begin, at ten in Amsterdam. */
const tomorrowAtTen = Date.parse("2026-03-03T09:00:00Z");
const words = content.words("nl");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    for (const secret of [canary, "29:anna"]) expect(bot.logged.join()).not.toContain(secret);
    await database.close();
  });

  const outbox = async () => (await database.tables()).outbox ?? [];
  const pings = () => bot.channels.teams.shown("29:anna");
  const stored = (person = anna) =>
    bot.world.store.transaction((tx) =>
      load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
    );
  /** Half a report, put down with or without the wish to be reminded. */
  async function putDown(): Promise<string> {
    await anna.fillIn({ story: canary });
    const { draft } = anna.button("send");
    await anna.press("stop");
    return draft;
  }
  async function reminded(): Promise<string> {
    const draft = await putDown();
    await anna.press("remind");
    return draft;
  }
  async function passes(ms: number): Promise<void> {
    bot.clock.advance(ms);
    await bot.deliver();
  }
  const everything = async () =>
    JSON.stringify(openedWith(bot.world.ring, await database.tables())) + (await database.bytes());

  describe("a reminder of a draft", () => {
    test("comes to nobody who did not ask", async () => {
      await putDown();
      await anna.press("keep");
      for (let nr = 0; nr < 4; nr += 1) await passes(day);
      expect(pings()).toEqual([]);
      expect(await outbox()).toEqual([]);
    });

    test("comes once, at ten on the next working day, and says nothing of a report", async () => {
      await reminded();
      expect(plainText(anna.room)).toContain("dinsdag 3 maart om 10:00");
      await passes(tomorrowAtTen - bot.clock.at - 1);
      expect(pings()).toEqual([]);
      await passes(1);
      const [ping, ...more] = pings();
      expect(more).toEqual([]);
      expect(ping).toEqual(drawDraftReminder(content, "nl"));
      expect(wordsOf(ping as never)).not.toMatch(/meld|report|antwoord|concept|draft/i);
      const { room } = await anna.send(buttonOf(ping as never, "resume") as Press);
      expect(room.title).toBe(words.say("report.review.title"));
      for (let nr = 0; nr < 4; nr += 1) await passes(day);
      expect(pings()).toHaveLength(1);
      expect(await outbox()).toEqual([]);
    });

    test("can be asked for from both screens and by typing, asked twice comes once, and can be taken back", async () => {
      await putDown();
      await anna.press("keep");
      await anna.press("remind");
      await anna.say("herinner me morgen");
      expect(await outbox()).toHaveLength(1);
      expect(anna.views.at(-1)?.privacy).toBe("neutral");
      await anna.send({ do: "stop", draft: (await stored()).conversation.draft?.id ?? "" });
      expect(anna.button("remind").when).toBe("never");
      await anna.press("remind");
      expect(await outbox()).toEqual([]);
      await passes(2 * day);
      expect(pings()).toEqual([]);
    });

    test.each(["sent", "cleared"])("goes with a draft that is %s, in the same turn", async (how) => {
      const draft = await reminded();
      if (how === "cleared") await anna.send({ do: "clear", draft });
      else {
        await anna.send({ do: "resume" });
        await anna.press("send");
        await bot.deliver();
      }
      expect(await outbox()).toEqual([]);
      expect((await stored()).conversation.remind).toBeNull();
      await passes(2 * day);
      expect(pings()).toEqual([]);
    });

    test("goes with a draft that has expired, although the outbox stood still", async () => {
      await reminded();
      bot.clock.advance(72 * hour);
      await sweep(bot.world);
      expect(await outbox()).toEqual([]);
      await bot.deliver();
      expect(pings()).toEqual([]);
      const found = await everything();
      for (const secret of [canary, "29:anna"]) expect(found).not.toContain(secret);
    });

    test("that is due while the draft is gone, or the hour is wrong, is left out", async () => {
      await reminded();
      // Nothing ran for a day and a half: it would come at night.
      await passes(36 * hour);
      expect(pings()).toEqual([]);
      expect(await outbox()).toEqual([]);
    });

    test("waits for a draft under a guide that was left open", async () => {
      await reminded();
      await anna.send({ do: "start", flow: "find" });
      await passes(tomorrowAtTen - bot.clock.at);
      expect(pings()).toHaveLength(1);
    });

    test("is not offered where the draft is gone by then", async () => {
      bot.clock.at = Date.parse("2026-03-06T08:00:00Z");
      await putDown();
      expect(anna.room.buttons.map(({ press }) => press?.do)).not.toContain("remind");
      const { draft } = anna.button("keep");
      await anna.send({ do: "remind", draft, when: "tomorrow" });
      expect(await outbox()).toEqual([]);
    });

    test("is nobody's to be told by its row, and no message that the doctor waits for", async () => {
      await reminded();
      const [row] = await outbox();
      expect(String(row?.lane)).toMatch(/^person\./);
      expect(JSON.stringify(row)).not.toContain("anna");
      const look = await lookAtStore(database.where, bot.clock.at);
      expect(look).toMatchObject({ waiting: { messages: 0 }, overdue: 0 });
    });

    test.each(["nl", "en"] as const)("is neutral and has a way on, in %s", (language) => {
      const view = drawDraftReminder(content, language);
      checkView(view, Press, 2);
      expect(view.privacy).toBe("neutral");
    });
  });

  describe("stop and clear", () => {
    const ref = (nr: number): MessageRef => ({
      platform: "teams",
      tenant: anna.address.tenant,
      conversation: anna.address.conversation,
      message: `door-${nr}`,
      serviceUrl: "https://smba.trafficmanager.net/emea/",
    });
    const posted = (nr: number) => bot.turns.doorPosted(anna.address, ref(nr));

    test("replaces the bot's earlier doors that it still knows, the newest twenty, and forgets them", async () => {
      for (let nr = 1; nr <= 30; nr += 1) await posted(nr);
      await anna.fillIn({ story: canary });
      const { draft } = anna.button("send");
      const reply = await anna.send({ do: "clear", draft });
      const doors = Array.from({ length: 20 }, (_, nr) => `door-${nr + 10}`);
      expect(reply.stale?.messages.map(({ message }) => message)).toEqual(doors);
      expect(reply.stale?.view).toMatchObject({ buttons: [], privacy: "neutral" });
      expect(plainText(reply.room)).toContain(words.say("common.final.cleared").split("\n")[0]);
      expect((await stored()).doors).toEqual([]);
      expect((await anna.send({ do: "menu" })).stale).toBeNull();
    });

    test("replaces the reminder that came meanwhile, and nothing where nothing is known", async () => {
      const draft = await reminded();
      await passes(tomorrowAtTen - bot.clock.at);
      const [ping] = bot.channels.teams.kept;
      const reply = await anna.send({ do: "clear", draft });
      expect(reply.stale?.messages).toEqual([ping?.ref]);
      await anna.send({ do: "start", flow: "report" });
      expect((await anna.send({ do: "clear", draft: anna.button("answer").draft })).stale).toBeNull();
    });

    test("and keeping, a guide and closing replace none", async () => {
      for (let nr = 1; nr <= 3; nr += 1) await posted(nr);
      const draft = await putDown();
      expect((await anna.send({ do: "keep", draft })).stale).toBeNull();
      await anna.send({ do: "start", flow: "find" });
      expect((await anna.send({ do: "stop", draft: anna.button("answer").draft })).stale).toBeNull();
      expect((await anna.send({ do: "done" })).stale).toBeNull();
    });
  });

  /** Nothing of it may be read from a copy that is made afterwards, with all keys and the files. */
  describe("what was cleared, has expired, was withdrawn or was destroyed", () => {
    /** Every sealed text there was before the act that takes it away. */
    let before: string[] = [];
    const lookAround = async () => {
      before = sealedIn(await database.tables());
    };
    const clear = async () => {
      await anna.fillIn({ story: canary });
      await lookAround();
      await anna.send({ do: "clear", draft: anna.button("send").draft });
      await anna.send({ do: "done" });
    };
    const expire = async () => {
      await reminded();
      await bot.turns.doorPosted(anna.address, {
        platform: "teams",
        tenant: anna.address.tenant,
        conversation: anna.address.conversation,
        message: "door-1",
      });
      await lookAround();
      bot.clock.advance(72 * hour);
    };
    const withdraw = (identity: string) => async () => {
      const { receipt } = await anna.report({ story: canary, identity });
      await bot.deliver();
      await anna.send({ do: "reports" });
      await anna.press("receipt", { receipt });
      await anna.press("say", { text: canary });
      await bot.deliver();
      const id = String((await database.tables()).cases?.[0]?.id);
      await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: id });
      await bot.deliver();
      expect(pings()).toHaveLength(identity === "anonymous" ? 0 : 1);
      await anna.send({ ...anna.button("case"), page: "withdrawing" });
      await lookAround();
      await anna.press("withdraw");
      await anna.send({ do: "done" });
      await bot.deliver();
    };
    const destroy = async () => {
      await anna.report({ story: canary, identity: "anonymous" });
      await anna.report({ story: canary });
      const ids = ((await database.tables()).cases ?? []).map(({ id }) => String(id));
      await bot.deliver();
      await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: ids[1] ?? "" });
      await bot.deliver();
      await lookAround();
      await bot.world.store.transaction(async (tx) => {
        for (const id of ids) await tx.destroyCase(id);
      });
      await anna.send({ do: "reports" });
    };

    test.each([
      ["cleared", clear],
      ["expired", expire],
      ["withdrawn", withdraw("pseudonymous")],
      ["withdrawn without a link", withdraw("anonymous")],
      ["destroyed", destroy],
    ] as const)("%s: nothing of it is left, nor anything that leads to the person", async (_, work) => {
      const other = await anotherOf(bot, database);
      await work();
      await sweep(other.world);
      const found = await everything();
      expect(found).not.toContain(canary);
      const {
        conversations,
        outbox: queued,
        case_cards,
        links,
      } = openedWith(bot.world.ring, await database.tables());
      for (const text of [...(queued ?? []), ...(case_cards ?? []), ...(links ?? [])])
        for (const one of [anna.address.user, anna.address.conversation]) expect(text).not.toContain(one);
      // What is left of the person's chat knows of no case.
      for (const text of conversations ?? []) {
        expect(JSON.parse(text).conversation).toMatchObject({
          cases: [],
          draft: null,
          remind: null,
          sentUnlinked: false,
        });
        for (const { id, number } of (await database.tables()).cases ?? []) {
          expect(text).not.toContain(String(id));
          expect(text).not.toContain(String(number));
        }
      }
      // Old rows are not in the files either, once the sweep has been.
      const bytes = await database.bytes();
      const now = new Set(sealedIn(await database.tables()));
      const gone = before.filter((one) => !now.has(one));
      expect(gone.length).toBeGreaterThan(0);
      for (const text of gone) expect(bytes).not.toContain(text);
    });
  });
});

/** Every sealed text in these tables. */
function sealedIn(tables: Awaited<ReturnType<Database["tables"]>>): string[] {
  const values = Object.values(tables).flatMap((rows) => rows.flatMap((row) => Object.values(row)));
  return values.filter((value): value is string => typeof value === "string" && /^[rc]1\./.test(value));
}
