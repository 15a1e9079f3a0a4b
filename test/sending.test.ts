import { randomBytes } from "node:crypto";
import { clocksOf } from "../bots/clocks.ts";
import { load } from "../bots/conversations.ts";
import { sealedReceipt } from "../bots/sending.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { drawReporter } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { Overtaken, submit } from "../cases/handling.ts";
import { parseKeyRing } from "../cases/keys.ts";
import { newReceipt } from "../cases/receipt.ts";
import { Press } from "../dialogs/core/event.ts";
import { longestText } from "../dialogs/core/flow.ts";
import { Adviser, codeOn, numberOn, Reporter, wordsOf } from "./fakes/view-person.ts";
import { openedWith } from "./opened.ts";
import { rowsWith } from "./views.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** An answer to "send" that was lost on the way: pressed again, the same button shows the same receipt. */

type Send = Extract<Press, { do: "send" }>;

const canary = "kanariegeel briefje op mijn bureau";
const hour = 3_600_000;
const words = content.words("nl");
const firstLine = (key: string) => words.say(key).split("\n")[0] ?? "";
const isReceipt = /^\w{5}(-\w{5}){3}$/;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  /** A second process on the same database, where the database is for several. */
  let other: Bot;
  let anna: Reporter;
  let bert: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    bert = new Reporter(other, "29:bert");
  });
  afterEach(() => database.close());

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  const conversationOf = async (person: Reporter) =>
    (
      await bot.world.store.transaction((tx) =>
        load(tx, bot.world.ring, person.address, "nl", bot.world.clock.now()),
      )
    ).conversation;
  /** Fills in a report, and returns the button that sends it. */
  async function readyToSend(person: Reporter, identity = "anonymous"): Promise<Send> {
    await person.fillIn({ story: canary, identity });
    return person.button("send");
  }
  async function openWith(person: Reporter, receipt: string): Promise<View> {
    await person.say("hallo");
    await person.send({ do: "reports" });
    return person.press("receipt", { receipt });
  }
  /** That a view says it was sent, and nothing of which report. */
  function saysNoMore(view: View): void {
    expect(wordsOf(view)).toContain(words.say("case.sent.repeated"));
    expect(codeOn(view)).toBe("");
  }

  describe.each(["pseudonymous", "named", "anonymous"])("whose answer was lost (%s)", (identity) => {
    const stored = identity === "anonymous" ? "storedUnlinked" : "stored";

    test("shows the whole screen again, with the same receipt, and is sent once", async () => {
      const send = await readyToSend(anna, identity);
      const sent = (await anna.send(send)).room;
      expect(codeOn(sent)).toMatch(isReceipt);
      // Pressed in the same room, which came to another process.
      anna.bot = other;
      const again = (await anna.send(send)).room;
      expect(wordsOf(again)).toContain(words.say("case.sent.repeated"));
      // All of it but that remark is as it was.
      expect(
        again.body.filter((part) => !JSON.stringify(part).includes(words.say("case.sent.repeated"))),
      ).toEqual(sent.body);
      expect(wordsOf(again)).toContain(firstLine(`case.sent.${stored}`));
      expect(numberOn(again)).toBe(String((await rows("cases"))[0]?.number));
      expect(await rows("cases")).toHaveLength(1);
      expect(await rows("outbox")).toHaveLength(1);
      expect((await openWith(bert, codeOn(again))).title).toBe(
        words.say("case.thread.title", { number: numberOn(again) }),
      );
    });

    test("shows it also after something else was said, and nothing of it is in the conversation then", async () => {
      const send = await readyToSend(anna, identity);
      const { room } = await anna.send(send);
      await anna.say("hallo?");
      const before = await conversationOf(anna);
      const again = (await anna.send(send)).room;
      expect([codeOn(again), numberOn(again)]).toEqual([codeOn(room), numberOn(room)]);
      expect(wordsOf(again)).toContain(firstLine(`case.sent.${stored}`));
      expect(await conversationOf(anna)).toEqual({ ...before, asked: "sent" });
      expect(await rows("cases")).toHaveLength(1);
    });
  });

  describe("the receipt that a button brings", () => {
    test("is the report's own, and another one each time the button is drawn", async () => {
      const first = await readyToSend(anna);
      await anna.send({ do: "resume" });
      const second = anna.button("send");
      expect(second.receipt).not.toBe(first.receipt);
      const { room } = await anna.send(second);
      saysNoMore((await anna.send(first)).room);
      expect(codeOn((await anna.send(second)).room)).toBe(codeOn(room));
    });

    test("is no use to anybody else: not to send with, and not to be shown what was sent", async () => {
      const send = await readyToSend(anna);
      const bertsOwn = await readyToSend(bert);
      const sent = codeOn((await anna.send(send)).room);
      // The whole button, before Bert has sent anything: one that belongs to nothing.
      const shown = (await bert.send(send)).room;
      expect(shown.note).toBe(words.say("common.notes.oldButton"));
      expect(wordsOf(shown)).not.toContain(sent);
      // Its receipt in his own button: he gets one of his own.
      const { room } = await bert.send({ ...bertsOwn, receipt: String(send.receipt) });
      expect(codeOn(room)).toMatch(isReceipt);
      expect(codeOn(room)).not.toBe(sent);
      saysNoMore((await bert.send({ ...bertsOwn, receipt: String(send.receipt) })).room);
      expect(await rows("cases")).toHaveLength(2);
    });

    test("is for one report: with an earlier one's, the next gets one of its own", async () => {
      const send = await readyToSend(anna, "pseudonymous");
      const first = codeOn((await anna.send(send)).room);
      const next = await readyToSend(anna, "pseudonymous");
      const { room } = await anna.send({ ...next, receipt: String(send.receipt) });
      expect(codeOn(room)).toMatch(isReceipt);
      expect(codeOn(room)).not.toBe(first);
      expect(await rows("cases")).toHaveLength(2);
      // And each button shows its own.
      expect(codeOn((await anna.send(send)).room)).toBe(first);
    });

    test.each<[string, (sealed: string) => string]>([
      ["with one letter changed", (sealed) => sealed.slice(0, -1) + (sealed.endsWith("A") ? "B" : "A")],
      ["of another purpose", () => bot.world.ring.seal("visit", "visit:teams|tenant-one|29:anna", "[]")],
      ["that is a receipt in clear", () => newReceipt()],
      ["that is nothing", () => "x"],
      ["under a key that is not there", (sealed) => sealed.replace(".k1.", ".k9.")],
    ])("%s is as none: it sends, and is shown nothing after that", async (_, forge) => {
      const send = await readyToSend(anna);
      const forged = { ...send, receipt: forge(String(send.receipt)) };
      const { room } = await anna.send(forged);
      expect(codeOn(room)).toMatch(isReceipt);
      expect(codeOn(room)).not.toBe(forged.receipt);
      saysNoMore((await anna.send(forged)).room);
      expect(await rows("cases")).toHaveLength(1);
    });

    test("works for some hours: after that the report gets a new one, and is not shown again", async () => {
      const send = await readyToSend(anna);
      bot.clock.advance(8 * hour);
      expect(codeOn((await anna.send(send)).room)).toMatch(isReceipt);
      saysNoMore((await anna.send(send)).room);
      const next = await readyToSend(anna);
      bot.clock.advance(8 * hour - 1);
      const sent = codeOn((await anna.send(next)).room);
      expect(codeOn((await anna.send(next)).room)).toBe(sent);
      bot.clock.advance(1);
      saysNoMore((await anna.send(next)).room);
      expect(await rows("cases")).toHaveLength(2);
    });

    test("works on when keys have changed", async () => {
      const key = (nr: number) => Buffer.alloc(32, nr).toString("base64url");
      const keys = (...nrs: readonly number[]) =>
        parseKeyRing(
          JSON.stringify({
            current: `k${nrs.at(-1)}`,
            keys: Object.fromEntries(nrs.map((nr) => [`k${nr}`, key(nr)])),
          }),
        );
      anna.bot = await anotherOf(bot, database, { ring: keys(1) });
      const send = await readyToSend(anna);
      const sent = codeOn((await anna.send(send)).room);
      anna.bot = await anotherOf(bot, database, { ring: keys(1, 2) });
      expect(codeOn((await anna.send(send)).room)).toBe(sent);
    });

    test("opens nothing that it does not open otherwise: not once it was renewed, withdrawn or destroyed", async () => {
      const send = await readyToSend(anna, "pseudonymous");
      const { room } = await anna.send(send);
      await anna.openThread();
      const thread = anna.button("case");
      await anna.send({ ...thread, page: "renewing" });
      const renewed = codeOn((await anna.send(anna.button("renewReceipt"))).room);
      const after = (await anna.send(send)).room;
      saysNoMore(after);
      for (const code of [codeOn(room), renewed]) expect(wordsOf(after)).not.toContain(code);
      await anna.send({ do: "withdraw", case: thread.case });
      expect(wordsOf((await anna.send(send)).room)).not.toContain(numberOn(room));
      const next = await readyToSend(anna);
      const code = codeOn((await anna.send(next)).room);
      const gone = (await rows("cases")).find(({ state }) => state === "received");
      await bot.world.store.transaction((tx) => tx.destroyCase(String(gone?.id)));
      expect(wordsOf((await anna.send(next)).room)).not.toContain(code);
      expect((await rows("cases")).map(({ state }) => state)).toEqual(["withdrawn"]);
    });

    test("makes no second report, whoever is first: of two with one receipt, one is made", async () => {
      const receipt = newReceipt();
      const submitted = () =>
        bot.world.store.transaction((cases) =>
          submit(
            {
              cases,
              deliveries: { enqueue: async () => {} },
              ring: bot.world.ring,
              now: 1,
              random: randomBytes,
              clocks: clocksOf(bot.world.organisation),
            },
            {
              report: { flow: "report", language: "nl", rows: [] },
              link: null,
              receipt,
              route: "advisers",
              acknowledgeBy: 1,
              feedbackBy: 2,
              pseudonyms: 1000,
              pseudonymsTaken: [],
            },
          ),
        );
      const both = await Promise.allSettled([submitted(), submitted()]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(both).toContainEqual({ status: "rejected", reason: new Overtaken() });
      expect(await rows("cases")).toHaveLength(1);
    });

    test("guesses no receipt, and neither costs nor saves a try of who does", async () => {
      const { receipt } = await bert.report();
      const send = await readyToSend(anna);
      for (let nr = 0; nr < 3; nr += 1) await anna.send({ ...send, draft: "long-gone", receipt });
      expect(wordsOf(anna.room)).not.toContain(receipt);
      const sent = codeOn((await anna.send(send)).room);
      await anna.send(send);
      expect(await rows("attempts")).toEqual([]);
      for (let nr = 0; nr < 10; nr += 1) await openWith(anna, newReceipt());
      expect((await openWith(anna, receipt)).note).toBe(words.say("common.notes.tooManyAttempts"));
      expect(codeOn((await anna.send(send)).room)).toBe(sent);
      expect((await openWith(anna, receipt)).note).toBe(words.say("common.notes.tooManyAttempts"));
    });
  });

  test("a copy of the database, with all keys, holds neither the receipt nor what brings it, at any moment", async () => {
    const copies: string[] = [];
    const person = [anna.address.user, anna.address.conversation];
    const copy = async () => {
      const all = openedWith(bot.world.ring, await database.tables());
      copies.push(JSON.stringify(all), await database.bytes(), JSON.stringify(bot.channels.teams.kept));
      const { id, number } = (await rows("cases"))[0] ?? {};
      for (const [place, texts] of Object.entries(all))
        for (const text of texts) {
          const mine = person.some((one) => text.includes(one)) || place.endsWith("conversations");
          for (const secret of mine && id ? [String(id), String(number)] : [])
            expect([place, text.includes(secret)]).toEqual([place, false]);
        }
      expect(all.links?.join("") ?? "").toBe("");
    };
    const send = await readyToSend(anna);
    await copy();
    const { room } = await anna.send(send);
    await copy();
    await anna.send(send);
    await copy();
    await bot.deliver();
    await anna.say("hallo");
    await anna.send(send);
    await copy();
    const code = codeOn(room);
    for (const text of [...copies, bot.logged.join(), other.logged.join()])
      for (const secret of [code, code.replaceAll("-", ""), code.slice(0, 11), String(send.receipt)])
        expect(text.includes(secret)).toBe(false);
  });

  test("before it is sent, the receipt is on no screen, and no message has a button that brings it (P2, P6)", async () => {
    const send = await readyToSend(anna);
    await anna.say("versturen");
    const before = anna.views.map(wordsOf);
    const code = codeOn((await anna.send(send)).room);
    for (const text of before)
      for (const secret of [code, code.replaceAll("-", ""), code.slice(0, 11)])
        expect(text).not.toContain(secret);
    // In the room alone: of each turn, the door is the second view.
    const doors = anna.views.filter((_, nr) => nr % 2 === 1);
    expect(doors.flatMap(({ buttons }) => buttons.map(({ press }) => press?.do))).not.toContain("send");
    for (const door of doors) expect(wordsOf(door)).not.toContain('"receipt":');
  });

  test("the adviser's card and room know nothing of it", async () => {
    const send = await readyToSend(anna);
    const code = codeOn((await anna.send(send)).room);
    await bot.deliver();
    const id = String((await rows("cases"))[0]?.id);
    const { view } = await new Adviser(bot, "advisers").send({ do: "desk.open", case: id });
    for (const text of [wordsOf(view), JSON.stringify(bot.channels.teams.kept)])
      for (const secret of [code, String(send.receipt)]) expect(text).not.toContain(secret);
  });
});

test("a button with the longest receipt fits on both platforms, beside the longest report", () => {
  const ring = parseKeyRing(
    JSON.stringify({
      current: "k".repeat(16),
      keys: { ["k".repeat(16)]: Buffer.alloc(32, 7).toString("base64url") },
    }),
  );
  const draft = "00000000-0000-4000-8000-000000000001";
  const address = {
    platform: "teams",
    tenant: "t".repeat(80),
    user: "u".repeat(200),
    conversation: "c",
  } as const;
  const sending = sealedReceipt(ring, address, draft, Number.MAX_SAFE_INTEGER - 8 * hour);
  expect(Press.parse({ do: "send", draft, revision: 1, receipt: sending })).toMatchObject({
    receipt: sending,
  });
  for (const language of ["nl", "en"] as const)
    for (const story of ["", "x".repeat(longestText), '"\n'.repeat(longestText / 2)])
      for (let page = 0; page < 4; page += 1) {
        const rows = rowsWith(story === "" ? "…" : story);
        const screen = {
          type: "review",
          flow: "report",
          draft,
          revision: 999,
          rows,
          to: null,
          page,
          note: null,
        } as const;
        const view = drawReporter(screen, sampleFacts({ sending }), content, language);
        drawCard(view, { surface: "room" });
        drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
      }
});
