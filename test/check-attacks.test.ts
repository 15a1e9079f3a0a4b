import { endCheck } from "../bots/check-end.ts";
import { openCheck, resealed } from "../bots/check-rows.ts";
import { openConversation } from "../bots/conversations.ts";
import { documentsOf } from "../bots/documents.ts";
import { fetchDownload } from "../bots/downloads.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { CheckRow, ConversationRow, StoreTransaction } from "../bots/ports.ts";
import { createTurns } from "../bots/turn.ts";
import type { World } from "../bots/world.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import type { View } from "../cards/view.ts";
import { parseKeyRing } from "../cases/keys.ts";
import { answerTo, type Check, currentRound } from "../dialogs/check/check.ts";
import type { CheckPress } from "../dialogs/check/press.ts";
import { groups, pagesFor } from "../dialogs/check/questions.ts";
import { Inputs, Press } from "../dialogs/core/event.ts";
import { begins, fillsIn, grown, joins, setting } from "./check-steps.ts";
import { codeOn, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
  tenants,
} from "./world.ts";

/** The check as somebody attacks it, and as it breaks: what was told stays, and nobody sees more than they may. */

const canary = "kanariegeel kluisje in gang drie";
const day = 86_400_000;
const say = (key: string, params = {}) => content.words("nl").say(key, params);
const note = (id: string) => say(`check.notes.${id}`);
const group = {
  platform: "teams",
  tenant: tenants.teams,
  channel: "19:leiding@thread.tacv2",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
} as const;
const frame = { title: "Vertrouwd", close: "Sluiten" };

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let joost: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
    joost = new Reporter(await anotherOf(bot, database), "29:joost");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  /** The only check there is, as it is stored. */
  async function stored(): Promise<Check> {
    const [row] = await bot.world.store.transaction((tx) => tx.everyCheck());
    if (!row) throw new Error("no check");
    return openCheck(bot.world.ring, row);
  }
  const idOf = async () => String((await rows("checks"))[0]?.id);
  async function together(): Promise<string> {
    await begins(anna);
    await anna.press("check.share");
    await joins(joost, codeOn(anna.room));
    return idOf();
  }
  /** What was agreed of an action of a finished check, with a reminder for who agreed it. */
  async function reminded(person: Reporter, check: string, due = "2026-06-10"): Promise<void> {
    await person.send({ do: "check.action", check, question: "policyWritten" });
    await person.press("check.agree", { owner: "Sanne", due, done: "open", remind: ["yes"] });
    expect(person.room.note).toBe(note("agreed"));
  }
  /** As if the key was lost that it is sealed under. */
  const spoil = (id: string) =>
    bot.world.store.transaction(async (tx) => {
      const row = await tx.findCheck(id);
      if (row) await tx.saveCheck({ ...row, sealed: "r1.k9.AAAA" });
    });
  const forgets = (view: View) => {
    for (const word of ["Kliniek Noord", "Sanne", canary]) expect(wordsOf(view)).not.toContain(word);
  };

  describe("a forged press", () => {
    const odd = ["__proto__", "constructor", "toString", "hasOwnProperty", "v.policyWritten", "😀", " "];

    test("of a form that says it showed what is yet to come overwrites nothing unseen", async () => {
      const check = await together();
      await joost.press("check.form");
      await joost.press("check.save", { "v.policyWritten": "partly", "n.policyWritten": "van Joost" });
      for (const revision of [1000, Number.MAX_SAFE_INTEGER]) {
        const save = { do: "check.save", check, form: "policy-1", revision, go: "next" } as const;
        const { room } = await anna.send(save, { "v.policyWritten": "no", "n.policyWritten": "van Anna" });
        expect(room.note).toBe(note("late"));
        const all = currentRound(await stored()).answers.policyWritten ?? [];
        expect(all.map(({ note, aside }) => [note, aside])).toEqual([
          ["van Joost", false],
          ["van Anna", true],
        ]);
      }
      await reminded(joost, check);
      const agree = { do: "check.agree", check, question: "policyWritten", revision: 1000 } as const;
      const { room } = await anna.send(agree, { owner: "Anna", due: "2026-08-08", done: "open" });
      expect(room.note).toBe(note("agreedLate"));
      expect(currentRound(await stored()).plan.policyWritten?.owner).toBe("Sanne");
    });

    test("repeated for ever does not push out the answer that counts", async () => {
      const check = await together();
      await joost.press("check.form");
      await joost.press("check.save", { "v.policyWritten": "yes", "n.policyWritten": "van Joost" });
      const save = { do: "check.save", check, form: "policy-1", revision: 0, go: "next" } as const;
      for (let nr = 0; nr < 30; nr += 1) await anna.send(save, { "n.policyWritten": `anders ${nr}` });
      const round = currentRound(await stored());
      expect(round.answers.policyWritten).toHaveLength(20);
      expect(answerTo(round, "policyWritten")?.note).toBe("van Joost");
    });

    test("of a form of the round before fills in nothing, and what was typed is still there", async () => {
      const check = await together();
      await anna.press("check.open");
      await fillsIn(anna, "yes");
      await joost.send({ do: "check.form", check, form: "policy-1" });
      await anna.send({ do: "check.finish", check });
      await anna.send({ do: "check.again", check, round: crypto.randomUUID() });
      const late = await joost.press("check.save", { "v.policyWritten": "no", "n.policyWritten": canary });
      expect(currentRound(await stored()).answers).toEqual({});
      expect(late.note).toBe(note("oldButton"));
      expect(wordsOf(late)).toContain(canary);
      await joost.press("check.save", { "v.policyWritten": "no", "n.policyWritten": canary });
      expect(answerTo(currentRound(await stored()), "policyWritten")?.note).toBe(canary);
    });

    test("changes nothing of what a finished round came to", async () => {
      const check = await together();
      await anna.send({ do: "check.manage", check });
      await joost.send({ do: "check.finish", check });
      const before = await stored();
      const late = await anna.press("check.setting", { sector: "sport", size: "under10" });
      expect(late.note).toBe(note("finished"));
      expect(await stored()).toEqual(before);
    });

    test("with an odd id, or of somebody else's check, changes nothing and leads on", async () => {
      const check = await together();
      const piet = new Reporter(bot, "29:piet");
      await piet.say("hallo");
      const before = await stored();
      const presses: unknown[] = odd.flatMap((id) => [
        { do: "check.open", check: id },
        { do: "check.begin", check: id },
        { do: "check.form", check, form: id },
        { do: "check.save", check, form: id, revision: 1, go: "next" },
        { do: "check.save", check, form: "policy-1", revision: 1, go: id },
        { do: "check.group", check, group: id },
        { do: "check.action", check, question: id },
        { do: "check.agree", check, question: id, revision: 1 },
        { do: "check.again", check, round: id },
      ]);
      presses.push(
        { do: "check.save", check, form: "policy-1", revision: -1, go: "next" },
        { do: "check.save", check, form: "policy-1", revision: 1.5, go: "next" },
        { do: "check.save", check, form: "policy-1", revision: 1e300, go: "next" },
        { do: "check.form", check, form: "x".repeat(41) },
        { do: "check.open", check: "x".repeat(100_000) },
        { do: "check.group", check, group: "sector", __proto__: { check: "x" }, extra: 1 },
        { do: "check.destroy", check: crypto.randomUUID() },
      );
      const inputs = Object.fromEntries(odd.map((id) => [id, id]));
      const asking = { ...inputs, form: "constructor", group: "__proto__", action: "toString" };
      for (const raw of presses) {
        const press = Press.safeParse(raw);
        if (!press.success) continue;
        for (const person of [anna, piet]) {
          const { room, door } = await person.send(press.data, Inputs.parse(asking));
          drawCard(room, { surface: "room" });
          drawModal(room, frame);
          drawMessage(door);
          if (person === piet) forgets(room);
        }
        expect(await stored()).toEqual(before);
      }
      for (const id of odd) forgets((await piet.send({ do: "check.choose" }, { check: id })).room);
      forgets((await piet.send({ do: "check.choose" }, { check })).room);
      forgets((await piet.send({ do: "check.begin", check }, { ...setting, role: "hr", unit: "x" })).room);
      expect(await stored()).toEqual(before);
    });

    test("with lists for texts, very long texts, control signs and a hundred fields is taken, or said to be too much", async () => {
      const check = await together();
      const texts = ["policyWritten", "codeExamples", "codeConsequences"];
      const many = Object.fromEntries(Array.from({ length: 100 }, (_, nr) => [`n.${nr}`, "x"]));
      const save = { do: "check.save", check, form: "policy-1", revision: 1, go: "next" } as const;
      const send = async (notes: unknown) => {
        const given = Object.fromEntries(
          texts.flatMap((id) => [
            [`n.${id}`, notes],
            [`v.${id}`, ["yes"]],
          ]),
        );
        const { room } = await anna.send(save, Inputs.parse({ ...many, ...given }));
        drawCard(room, { surface: "room" });
        return room;
      };
      await send(["yes", "no"]);
      expect(currentRound(await stored()).answers).toEqual({});
      const long = await send("€".repeat(6000));
      expect(long.note).toBe(note("tooLong"));
      expect(currentRound(await stored()).answers).toEqual({});
      await send(`\u0000${"\u0007".repeat(5000)}goed\uD800`);
      const [given] = currentRound(await stored()).answers.policyWritten ?? [];
      expect([given?.verdict, given?.note]).toEqual([null, "goed\uFFFD"]);
      expect(() => Inputs.parse({ "n.policyWritten": "x".repeat(6001) })).toThrow();
    });

    test("with a name cut in the middle of a sign leaves no half of it", async () => {
      const emoji = `${"x".repeat(59)}👩‍👩‍👧`;
      await begins(anna, { unit: emoji, name: emoji });
      const { unit, people } = await stored();
      expect([unit, people[0]?.name]).toEqual(["x".repeat(59), "x".repeat(59)]);
    });

    test("of leaving and joining over and over keeps nobody else out", async () => {
      const check = await together();
      const { code } = await stored();
      for (let nr = 0; nr < 14; nr += 1) {
        await joost.send({ do: "check.leave", check });
        if (nr % 7 === 6) bot.clock.advance(day);
        expect((await joins(joost, code)).note).toBe(note("joined"));
      }
      const { people } = await stored();
      expect(people.length).toBeLessThanOrEqual(12);
      expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
      expect((await joins(new Reporter(bot, "29:piet"), code)).note).toBe(note("joined"));
    });

    test("of leaving by who is the last leaves nothing behind", async () => {
      await begins(anna);
      const { room } = await anna.send({ do: "check.leave", check: await idOf() });
      expect(room.note).toBe(note("destroyed"));
      expect(await rows("checks")).toEqual([]);
    });
  });

  describe("without end", () => {
    test("nobody begins so many checks that a list, or the database, is full", async () => {
      await anna.say("hallo");
      const begin = () =>
        anna.send({ do: "check.begin", check: crypto.randomUUID() }, { ...setting, role: "hr", unit: "x" });
      for (let nr = 0; nr < 30; nr += 1) await begin();
      expect(await rows("checks")).toHaveLength(20);
      // Nor by destroying each.
      for (const { id } of await rows("checks")) await anna.send({ do: "check.destroy", check: String(id) });
      await begin();
      expect(await rows("checks")).toHaveLength(0);
      for (let hour = 0; hour < 4; hour += 1) {
        bot.clock.advance(3_600_000);
        for (let nr = 0; nr < 20; nr += 1) await begin();
      }
      expect(await rows("checks")).toHaveLength(50);
      const { room } = await anna.send({ do: "checks" });
      drawCard(room, { surface: "room" });
      drawModal(room, frame);
      await joost.say("hallo");
      await joins(joost, (await stored()).code);
      await joost.press("check.share");
      expect((await joins(anna, codeOn(joost.room))).note).toBe(note("joined"));
    }, 60_000);

    test("nobody makes a check so large that it does not open, fit a card or become a document", async () => {
      await begins(anna);
      const [row] = await bot.world.store.transaction((tx) => tx.everyCheck());
      if (!row) throw new Error("no check");
      const { ring } = bot.world;
      const largest = grown(openCheck(ring, row));
      const sealed = resealed(ring, row, largest);
      expect(sealed.length).toBeLessThan(3_000_000);
      expect(await bot.world.store.transaction((tx) => tx.saveCheck({ ...row, sealed }))).toBe(true);
      const check = row.id;
      const forms = pagesFor(currentRound(largest).setting).slice(0, 2);
      const presses: CheckPress[] = [
        { do: "checks" },
        ...(["open", "outcome", "plan", "document", "share", "manage", "history"] as const).map((page) => ({
          do: `check.${page}` as const,
          check,
        })),
        ...groups.map((group) => ({ do: "check.group" as const, check, group })),
        ...forms.flatMap(({ id: form }) => [
          { do: "check.form" as const, check, form },
          { do: "check.save" as const, check, form, revision: 0, go: "why" as const },
        ]),
        { do: "check.action", check, question: "policyWritten" },
        { do: "check.finish", check },
      ];
      for (const press of presses) {
        const { room, door } = await anna.send(press, { "n.policyWritten": "x" });
        drawCard(room, { surface: "room" });
        drawModal(room, frame);
        drawMessage(door);
      }
      await anna.send({ do: "check.document", check });
      const urls = anna.room.buttons.flatMap(({ url }) => url ?? []);
      expect(urls).toHaveLength(4);
      for (const url of urls.slice(1)) {
        const token = url.slice(url.lastIndexOf("/") + 1);
        const made = await fetchDownload(bot.world, documentsOf(bot.world), token, () => true);
        expect(made?.bytes.length).toBeLessThan(1_000_000);
      }
    }, 120_000);

    test("the page of documents leaves so many links and no more, of a check and of a code", async () => {
      await begins(anna);
      const check = await idOf();
      for (let nr = 0; nr < 80; nr += 1) await anna.send({ do: "check.document", check });
      expect(await rows("downloads")).toHaveLength(4 * 60);
      expect(wordsOf(anna.room)).toContain(say("check.document.none"));
      bot.clock.advance(3_600_000);
      await anna.send({ do: "check.document", check });
      expect(anna.room.buttons.some(({ url }) => url !== undefined)).toBe(true);
      await sweep(bot.world);
      expect(await rows("downloads")).toHaveLength(4);
    });
  });

  describe("what does not open any more", () => {
    test("is one check: the others open, it is not forgotten, and everybody can finish", async () => {
      await begins(anna, { unit: "Onleesbaar" });
      const lost = await idOf();
      const { code } = await stored();
      await begins(anna, { unit: "Leesbaar" });
      await spoil(lost);
      const { room } = await anna.send({ do: "checks" });
      expect(wordsOf(room)).toContain("Leesbaar");
      expect((await anna.send({ do: "check.open", check: lost })).room.note).toBe(note("gone"));
      expect((await joins(joost, code)).note).toBe(note("noSuchCode"));
      for (let nr = 0; nr < 5; nr += 1) {
        const person = new Reporter(bot, `29:m${nr}`);
        await begins(person);
        await person.press("check.outcome");
        await person.press("check.finish");
        expect(person.room.title).toBe(say("check.finished.title"));
      }
      expect(bot.logged.join()).toContain("check.unreadable");
      // Nor does it outlive its time.
      bot.clock.advance(1097 * day);
      await sweep(bot.world);
      expect(await rows("checks")).toEqual([]);
    });

    test("is what units are compared by: it is counted anew", async () => {
      await begins(anna);
      await bot.world.store.transaction((tx) =>
        tx.saveComparison({ id: "all", version: 0, sealed: "r1.k9.AAAA" }),
      );
      await anna.press("check.outcome");
      await anna.press("check.finish");
      expect(anna.room.title).toBe(say("check.finished.title"));
      expect((await rows("comparisons"))[0]?.version).toBe(2);
    });
  });

  describe("who may", () => {
    async function strict(check: object): Promise<Bot> {
      const organisation = someOrganisation({ check });
      const other = await startBot({ database, organisation, clock: bot.clock, ring: bot.world.ring });
      return other;
    }

    test("is asked outside of the transaction, and nobody else waits for the answer", async () => {
      const slow = await strict({ may: { members: [group] } });
      slow.channels.teams.members.set(group.channel, ["29:anna"]);
      const { promise, resolve } = Promise.withResolvers<void>();
      slow.channels.teams.doubts.push(promise);
      anna.bot = slow;
      await anna.say("hallo");
      const shown = anna.send({ do: "checks" });
      const piet = new Reporter(slow, "29:piet");
      for (let nr = 0; nr < 10; nr += 1) await piet.say("hallo");
      resolve();
      expect((await shown).room.title).toBe(say("check.hub.title"));
    });

    test("is asked at every press: taken back or in doubt, nothing of the check is shown or changed", async () => {
      const may = await strict({ may: { members: [group] } });
      const { teams } = may.channels;
      teams.members.set(group.channel, ["29:anna"]);
      anna.bot = may;
      await begins(anna, { unit: canary });
      const check = await idOf();
      const before = await stored();
      const presses = [
        { do: "check.open", check },
        { do: "check.form", check },
        { do: "check.document", check },
        { do: "check.finish", check },
        { do: "check.destroy", check },
        { do: "language", language: "en" },
        { do: "checks" },
      ] satisfies Press[];
      const nothing = async (title: string) => {
        for (const press of presses) {
          const { room, door } = await anna.send(press);
          for (const view of [room, door]) expect(wordsOf(view)).not.toContain(canary);
          if (press.do === "checks") expect(room.title).toContain(title);
          await anna.send({ do: "language", language: "nl" });
        }
        for (const text of ["verder", "terug", "gedragscode", "check", "stop"]) {
          const reply = await anna.say(text);
          if (reply.show === "view")
            for (const view of [reply.room, reply.door]) expect(wordsOf(view)).not.toContain(canary);
        }
        expect(await stored()).toEqual(before);
        expect(await rows("downloads")).toEqual([]);
      };
      teams.members.set(group.channel, []);
      bot.clock.advance(300_000);
      await nothing(say("check.refused.notAllowed.title"));
      teams.members.delete(group.channel);
      bot.clock.advance(300_000);
      await nothing(say("check.refused.unsure.title"));
      teams.members.set(group.channel, ["29:anna"]);
      bot.clock.advance(300_000);
      expect((await anna.send({ do: "check.open", check })).room.title).toBe(canary);
    });

    test("is nobody of another tenant, and nobody there is asked about", async () => {
      const two = await strict({ may: { members: [group] } });
      two.channels.teams.members.set(group.channel, ["29:eve"]);
      const eve = new Reporter(two, "29:eve");
      Object.assign(eve.address, { tenant: "tenant-two" });
      await eve.say("hallo");
      expect((await eve.send({ do: "checks" })).room.title).toBe(say("check.refused.notAllowed.title"));
      expect(two.channels.teams.askedFor).toEqual([]);
    });

    test("compare, and not check, sees the comparison alone; the other way round sees none", async () => {
      const person = (user: string) => ({ people: [{ platform: "teams", tenant: tenants.teams, user }] });
      await begins(anna);
      const check = await idOf();
      const { code } = await stored();
      const split = await strict({ may: person("29:anna"), compare: person("29:bestuur") });
      const board = new Reporter(split, "29:bestuur");
      await board.say("hallo");
      for (const press of [
        { do: "checks" },
        { do: "check.compare" },
        { do: "check.open", check },
        { do: "check.new" },
        { do: "check.begin", check: crypto.randomUUID() },
        { do: "check.join" },
        { do: "language", language: "nl" },
      ] satisfies Press[]) {
        const { room } = await board.send(press, { ...setting, role: "hr", code });
        expect(room.title).toBe(say("check.compare.title"));
        forgets(room);
      }
      expect(await rows("checks")).toHaveLength(1);
      anna.bot = split;
      expect((await anna.send({ do: "check.compare" })).room.title).toBe(say("check.hub.title"));
    });
  });

  describe("a link to a document", () => {
    async function linkOf(person: Reporter, check: string): Promise<string> {
      const { room } = await person.send({ do: "check.document", check });
      const url = room.buttons.find((button) => button.url !== undefined)?.url ?? "";
      return url.slice(url.lastIndexOf("/") + 1);
    }
    const fetched = (token: string, { world } = bot) =>
      fetchDownload(world, documentsOf(world), token, () => true);

    test("of a check that was destroyed, or of somebody who left it, opens nothing", async () => {
      const check = await together();
      const [annas, joosts] = [await linkOf(anna, check), await linkOf(joost, check)];
      await joost.send({ do: "check.leave", check });
      expect(await fetched(joosts)).toBeNull();
      const another = await linkOf(anna, check);
      expect((await fetched(another))?.type).toBe("application/pdf");
      await anna.send({ do: "check.destroy", check });
      expect(await fetched(annas)).toBeNull();
    });

    test("used twice at once, in two processes, gives one document", async () => {
      await begins(anna);
      const token = await linkOf(anna, await idOf());
      const both = await Promise.all([fetched(token), fetched(token, joost.bot)]);
      expect(both.filter((one) => one !== null)).toHaveLength(1);
    });

    test("names nobody who left", async () => {
      const check = await together();
      await joost.send({ do: "check.leave", check });
      const { room } = await anna.send({ do: "check.document", check });
      const url = room.buttons.findLast((button) => button.url !== undefined)?.url ?? "";
      const json = await fetched(url.slice(url.lastIndexOf("/") + 1));
      const { people } = JSON.parse(Buffer.from(json?.bytes ?? []).toString());
      expect(people.map(({ name }: { name: string }) => name)).toEqual(["Sanne"]);
    });
  });

  test("nothing that anybody wrote is in a message, a link, a log, an error or a table, nor in what a chat remembers", async () => {
    await begins(anna, { unit: canary, name: canary });
    await anna.press("check.share");
    await joins(joost, codeOn(anna.room), { name: canary });
    const check = await idOf();
    await anna.press("check.open");
    await fillsIn(anna, "no", canary);
    await anna.send({ do: "check.action", check, question: "policyWritten" });
    await anna.press("check.agree", { owner: canary, due: "2026-06-10", done: "open", remind: ["yes"] });
    for (const page of ["open", "outcome", "plan", "document", "share", "manage", "history"] as const)
      await anna.send({ do: `check.${page}`, check });
    await anna.send({ do: "check.group", check, group: "policy" });
    await anna.send({ do: "check.finish", check });
    await anna.send({ do: "check.recheck", check, on: true });
    await anna.send({ do: "checks" });
    for (const text of ["verder", canary, "gedragscode", "check", "terug", "english", "nederlands"])
      await anna.say(text);
    // The organisation's own words of a code of conduct, and of looking back.
    for (const flow of ["code", "evaluation"]) {
      await joost.send({ do: "start", flow });
      const texts = ["opening", "examples", "contact", "how", "lessons", "actions", "message"];
      await joost.goOn({ task: "write", ...Object.fromEntries(texts.map((id) => [id, canary])) });
      expect(wordsOf(joost.room)).toContain(canary);
      await joost.say("verder");
      await joost.say("kopie");
    }
    const links = [...anna.views, ...joost.views].flatMap(({ buttons }) =>
      buttons.flatMap(({ url }) => url ?? []),
    );
    expect(links.length).toBeGreaterThan(5);
    bot.clock.at = Date.parse("2026-06-03T08:00:00Z");
    await bot.deliver();
    expect(bot.channels.teams.kept).toHaveLength(1);
    await spoil(check);
    expect((await anna.send({ do: "check.open", check })).room.note).toBe(note("gone"));
    const doors = [anna, joost].flatMap(({ views }) => views.filter((_, nr) => nr % 2 === 1));
    const messages = bot.channels.teams.kept.flatMap(({ views }) => views);
    const chats = (await rows("conversations")).map((row) => {
      const { conversation } = openConversation(bot.world.ring, row as unknown as ConversationRow);
      return { ...conversation, draft: null, parked: [] };
    });
    const logged = [...bot.logged, ...joost.bot.logged];
    expect(logged.join()).toContain("check.unreadable");
    for (const kept of [doors, messages, links, chats, logged, await database.tables()])
      expect(JSON.stringify(kept).includes(canary)).toBe(false);
    expect((await database.bytes()).includes(canary)).toBe(false);
    // Who it is, and which check, stand in no log either.
    for (const trace of [check, "29:anna", "29:joost"]) expect(logged.join().includes(trace)).toBe(false);
  });

  describe("a crash", () => {
    /** The same world, whose transaction breaks at the `nr`th thing that it does. */
    function breaking(world: World, nr: number): { world: World; broke: () => boolean } {
      let left = nr;
      const counted = (tx: StoreTransaction) =>
        new Proxy(tx, {
          get(target, name) {
            left -= 1;
            if (left === 0) throw new Error("killed");
            return bound(target, name);
          },
        });
      return { world: inTransactions(world, counted), broke: () => left <= 0 };
    }

    test.each(["check.agree", "check.finish", "check.destroy", "check.leave", "check.join"] as const)(
      "anywhere in %s leaves all of it undone, and done again it is done",
      async (what) => {
        const check = await together();
        const { code } = await stored();
        await reminded(anna, check);
        await reminded(joost, check);
        const whole = { do: what, check, question: "policyWritten", revision: 99 };
        const who = what === "check.leave" ? joost : what === "check.join" ? new Reporter(bot, "29:p") : anna;
        if (what === "check.join") await who.say("hallo");
        const press = Press.parse(whole);
        const inputs = { owner: "Nu", due: "2026-09-09", done: "open", remind: ["yes"], role: "hr", code };
        const before = await database.tables();
        let nr = 1;
        for (; ; nr += 1) {
          const { world, broke } = breaking(bot.world, nr);
          who.bot = { ...bot, world, turns: createTurns(world) };
          const said = await who.send(press, inputs).catch(() => null);
          if (!broke()) {
            expect(said).not.toBeNull();
            break;
          }
          expect(said).toBeNull();
          expect(await database.tables()).toEqual(before);
        }
        expect(nr).toBeGreaterThan(4);
        expect(await database.tables()).not.toEqual(before);
      },
    );
  });

  describe("the end (P10)", () => {
    async function everywhere(check: string): Promise<readonly string[]> {
      const tables = await database.tables();
      const key = String(tables.check_keys?.[0]?.wrappedKey);
      const lanes = (tables.lanes ?? []).map(({ id }) => String(id));
      expect(lanes).toHaveLength(3);
      const kept = JSON.stringify(tables);
      for (const trace of [check, key, ...lanes]) expect(kept.includes(trace)).toBe(true);
      return [key, canary, ...lanes];
    }
    async function nowhere(traces: readonly string[]): Promise<void> {
      const tables = await database.tables();
      for (const table of ["checks", "check_keys", "outbox", "lanes"]) expect(tables[table]).toEqual([]);
      const kept = JSON.stringify(tables) + (await database.bytes());
      for (const trace of traces) expect(kept.includes(trace)).toBe(false);
    }
    async function full(): Promise<string> {
      await begins(anna, { unit: canary, name: canary });
      await anna.press("check.share");
      await joins(joost, codeOn(anna.room));
      const check = await idOf();
      await reminded(anna, check, "2031-06-10");
      await reminded(joost, check, "2031-06-10");
      await anna.send({ do: "check.finish", check });
      await joost.send({ do: "check.recheck", check, on: true });
      await anna.send({ do: "check.document", check });
      return check;
    }

    test("by somebody's hand: its key, and all that waits to be sent about it, are in no table and no file", async () => {
      const check = await full();
      const traces = await everywhere(check);
      await anna.send({ do: "check.destroy", check });
      // Its key and its words at once; what waited to be sent leaves the files with the next sweep.
      await nowhere(traces.slice(0, 2));
      await sweep(bot.world);
      await nowhere(traces);
    });

    test("by time: reminders that were to wait for years are gone too", async () => {
      const check = await full();
      const traces = await everywhere(check);
      // The reminder to check again is posted meanwhile.
      bot.clock.advance(1097 * day);
      await sweep(bot.world);
      await sweep(bot.world);
      await nowhere(traces);
    });

    test("is of a check as it is: what somebody asked to be reminded of meanwhile is not left behind", async () => {
      const check = await together();
      const { store } = bot.world;
      const read = () => store.transaction((tx) => tx.findCheck(check));
      const ends = (row: CheckRow | null) =>
        store.transaction(async (tx) => row !== null && endCheck(tx, bot.world, row, bot.clock.now()));
      const early = await read();
      await reminded(joost, check);
      expect(await ends(early)).toBe(false);
      expect(await rows("outbox")).toHaveLength(1);
      expect(await ends(await read())).toBe(true);
      for (const table of ["checks", "check_keys", "outbox", "lanes"]) expect(await rows(table)).toEqual([]);
    });

    test("a sweep that comes at the same time as a save destroys nothing that was just saved", async () => {
      const check = await together();
      bot.clock.advance(1097 * day);
      const [row] = await bot.world.store.transaction((tx) => tx.expiredChecks(bot.clock.now(), 1));
      if (!row) throw new Error("not expired");
      await anna.send({ do: "check.finish", check });
      // As the sweep read it before.
      const late = async () => [row];
      const world = inTransactions(
        bot.world,
        (tx) =>
          new Proxy(tx, {
            get: (target, name) => (name === "expiredChecks" ? late : bound(target, name)),
          }),
      );
      expect((await sweep(world)).checks).toBe(0);
      expect(currentRound(await stored()).finishedAt).not.toBeNull();
    });
  });

  test("under two keys: it opens, its people and code are known, and reminders are found and withdrawn", async () => {
    const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
    const old = parseKeyRing(JSON.stringify({ current: "k1", keys: { k1: key(1) } }));
    const both = parseKeyRing(JSON.stringify({ current: "k2", keys: { k1: key(1), k2: key(2) } }));
    const before = await startBot({ database, ring: old, clock: bot.clock });
    const after = await anotherOf(before, database, { ring: both });
    [anna.bot, joost.bot] = [before, before];
    await begins(anna);
    const check = await idOf();
    const [row] = await before.world.store.transaction((tx) => tx.everyCheck());
    const { code } = openCheck(old, row as NonNullable<typeof row>);
    await reminded(anna, check);
    await anna.send({ do: "check.document", check });
    const url = anna.room.buttons.find((button) => button.url !== undefined)?.url ?? "";
    [anna.bot, joost.bot] = [after, after];
    expect((await anna.send({ do: "check.open", check })).room.title).toBe("Kliniek Noord");
    expect((await joins(joost, code)).note).toBe(note("joined"));
    // Who began it is known again, under either key, and joins no second time.
    await joins(anna, code);
    const [now] = await after.world.store.transaction((tx) => tx.everyCheck());
    expect(openCheck(both, now as NonNullable<typeof now>).people).toHaveLength(2);
    const token = url.slice(url.lastIndexOf("/") + 1);
    expect(await fetchDownload(after.world, documentsOf(after.world), token, () => true)).not.toBeNull();
    // Another person's date moves the reminder that waits under the older key.
    await joost.send({ do: "check.action", check, question: "policyWritten" });
    await joost.press("check.agree", { owner: "x", due: "2026-08-12", done: "open", remind: [] });
    expect((await rows("outbox")).map(({ dueAt }) => dueAt)).toEqual([Date.parse("2026-08-05T08:00:00Z")]);
    await reminded(anna, check, "2026-09-09");
    expect(await rows("outbox")).toHaveLength(1);
    await anna.send({ do: "check.destroy", check });
    expect(await rows("outbox")).toEqual([]);
    expect(await rows("lanes")).toEqual([]);
  });
});

/** The same world, every transaction of which goes through `wrap`. */
function inTransactions(world: World, wrap: (tx: StoreTransaction) => StoreTransaction): World {
  const transaction: World["store"]["transaction"] = (work) =>
    world.store.transaction((tx) => work(wrap(tx)));
  const store = new Proxy(world.store, {
    get: (target, name) => (name === "transaction" ? transaction : bound(target, name)),
  });
  return { ...world, store };
}

function bound(from: object, name: string | symbol): unknown {
  const found = Reflect.get(from, name);
  return typeof found === "function" ? found.bind(from) : found;
}
