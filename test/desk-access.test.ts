import { plainText } from "../cards/plain-text.ts";
import type { DeskPress } from "../cases/desk.ts";
import type { RoutePress } from "../cases/route-press.ts";
import { Adviser, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";

/** Who was taken out of an adviser channel can do nothing there any more, whatever they still have before them (P11). */

const canary = "kanariegeel briefje op mijn bureau";
const words = content.words("nl");
const minute = 60_000;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let fatima: Adviser;
  let id: string;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
    await new Reporter(bot, "29:anna").report({ story: canary });
    await bot.deliver();
    id = String((await database.tables()).cases?.[0]?.id);
  });
  afterEach(async () => {
    expect(bot.logged.join()).not.toMatch(/29:adviser|kanariegeel/);
    await database.close();
  });
  const inChannel = (...who: readonly Adviser[]) =>
    bot.channels.teams.members.set(
      fatima.at.channel,
      who.map((one) => one.who.user),
    );

  const onCase = (): readonly DeskPress[] => [
    { do: "desk.open", case: id },
    { do: "desk.acknowledge", case: id },
    { do: "desk.reply", case: id, nonce: "nonce-reply" },
    { do: "desk.note", case: id, nonce: "nonce-note1" },
    { do: "desk.take", case: id },
    { do: "desk.work", case: id },
    { do: "desk.close", case: id },
    { do: "desk.move", case: id, to: "external" },
    { do: "desk.document", case: id },
    { do: "desk.shut", case: id },
  ];
  const onRoute: readonly RoutePress[] = [
    { do: "cases.list" },
    { do: "cases.open" },
    { do: "stats.open" },
    { do: "route.shut" },
  ];

  test("every press is refused and recorded, shows nothing and changes nothing; what was written is not lost", async () => {
    inChannel();
    for (const press of onCase()) {
      const { audit: before = [], ...restBefore } = await database.tables();
      const { view, surface } = await fatima.send(press, { text: "Mijn antwoord", reason: "settled" });
      expect(surface).toBe("room");
      expect(plainText(view)).toContain(words.say("adviser.refused.notMember"));
      expect(view.buttons).toEqual([]);
      for (const word of [canary, id, "V-"]) expect(wordsOf(view)).not.toContain(word);
      expect(wordsOf(view).includes("Mijn antwoord")).toBe("nonce" in press);
      const { audit = [], ...rest } = await database.tables();
      expect(rest).toEqual(restBefore);
      expect(audit.slice(before.length)).toMatchObject([{ code: "desk.notMember", case: id }]);
    }
    for (const press of onRoute) {
      const view = await fatima.sendRoute(press, { case: id });
      expect(plainText(view)).toContain(words.say("adviser.refused.notMember"));
      for (const word of [canary, id, "V-"]) expect(wordsOf(view)).not.toContain(word);
    }
  });

  test("who may not act there does not learn whether a case is still there either (P9)", async () => {
    const joost = new Adviser(bot, "advisers", "Joost Bakker");
    const seen = async (who: Adviser) => {
      const replies = [];
      for (const one of [id, "never-was"]) replies.push(await who.send({ do: "desk.open", case: one }));
      return replies.map(({ view }) => wordsOf(view));
    };
    inChannel(joost);
    const [there, never] = await seen(fatima);
    expect(there).toBe(never);
    await joost.send({ do: "desk.move", case: id, to: "external" });
    expect(await seen(fatima)).toEqual([there, there]);
    // Nor whose account is not among those that the file names.
    const organisation = someOrganisation({
      advisers: [
        {
          name: "Joost Bakker",
          route: "advisers",
          account: { teams: "0f8fad5b-d9cb-469f-a165-70867728950e" },
        },
        { name: "Sanne Visser", route: "external" },
      ],
    });
    const strict = await anotherOf(bot, database, { organisation });
    inChannel(joost, fatima);
    strict.clock.advance(5 * minute);
    const [moved, unknown] = await seen(new Adviser(strict, "advisers", "Fatima El Idrissi"));
    expect(moved).toBe(unknown);
    expect(moved).toContain(words.say("adviser.refused.notListed"));
  });

  test("a colleague who is still there goes on, and who comes back can go on within minutes", async () => {
    const joost = new Adviser(bot, "advisers", "Joost Bakker");
    inChannel(joost);
    const press = { do: "desk.open", case: id } as const;
    expect(wordsOf((await joost.send(press)).view)).toContain(canary);
    expect(wordsOf((await fatima.send(press)).view)).not.toContain(canary);
    inChannel(joost, fatima);
    bot.clock.advance(5 * minute);
    expect(wordsOf((await fatima.send(press)).view)).toContain(canary);
  });

  test("who was there a moment ago is asked about again within five minutes", async () => {
    const press = { do: "desk.open", case: id } as const;
    expect(wordsOf((await fatima.send(press)).view)).toContain(canary);
    inChannel();
    bot.clock.advance(5 * minute);
    expect(wordsOf((await fatima.send(press)).view)).not.toContain(canary);
  });

  test("where the platform does not say, nothing is shown or changed, and a moment later it works", async () => {
    bot.channels.teams.doubts.push({ kind: "unknown", code: "timeout" });
    const before = await database.tables();
    const form = { do: "desk.reply", case: id, nonce: "nonce-reply" } as const;
    const { view } = await fatima.send(form, { text: "Mijn antwoord" });
    expect(plainText(view)).toContain(words.say("adviser.refused.unsure"));
    expect(plainText(view)).toContain("Mijn antwoord");
    expect(await database.tables()).toEqual(before);
    expect(bot.logged.join()).toContain("members.unknown");
    const again = await fatima.send(form, { text: "Mijn antwoord" });
    expect(again.view.note).toBe(words.say("adviser.notes.replied"));
  });

  test("of another place nobody is asked about: it is refused as before", async () => {
    const from = { channel: "19:elsewhere@thread.tacv2" };
    await fatima.send({ do: "desk.open", case: id }, {}, from);
    expect(bot.channels.teams.askedFor).toEqual([]);
  });
});
