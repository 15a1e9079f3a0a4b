import { routeToTell } from "../bots/deliver.ts";
import { examineStore } from "../bots/doctor/store.ts";
import { handOver } from "../bots/jobs/hand-over.ts";
import { openDesk } from "../cases/desk-record.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import { Adviser, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import { anotherOf, type Bot, type Database, onBothDatabases, someOrganisation, startBot } from "./world.ts";

/** Advisers and routes that go: nothing is lost, and nothing comes where it may not (P9, P12). */

const routes = someOrganisation().routes;
const main = routes.find(({ id }) => id === "advisers");
const external = routes.find(({ id }) => id === "external");
/** The default route was replaced by another channel under another id. */
const renamed = someOrganisation({
  routes: [{ ...main, id: "new-advisers", channel: "19:new@thread.tacv2" }, external],
  defaultRoute: "new-advisers",
  advisers: [
    { name: "Joost Bakker", route: "new-advisers" },
    { name: "Sanne Visser", route: "external" },
  ],
  handOver: { advisers: "new-advisers" },
});

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(() => database.close());

  const cases = async () => (await database.tables()).cases ?? [];
  async function deskOf(id: unknown) {
    const tables = await database.tables();
    const row = tables.cases?.find((one) => one.id === id);
    const key = tables.case_keys?.find((one) => one.case === id);
    return openDesk(bot.world.ring, { ...row, ...key } as never);
  }
  const look = (organisation = renamed) =>
    examineStore(database.where, bot.world.ring, bot.clock.now(), organisation);

  test("open cases of a route that is gone get a card in the one that takes over, whatever is broken off", async () => {
    const numbers = [];
    for (let nr = 0; nr < 3; nr += 1) numbers.push((await anna.report({ story: "Er was iets." })).number);
    await bot.deliver();
    await new Adviser(bot, "advisers").send({ do: "desk.take", case: String((await cases())[0]?.id) });
    await bot.deliver();
    expect(
      (await look())
        .filter(({ kind }) => kind === "warn")
        .map(({ text }) => text)
        .join(),
    ).toContain("3 open cases of route advisers go to new-advisers");
    const later = await anotherOf(bot, database, { organisation: renamed });
    await handOver(later.world);
    await handOver(later.world);
    await later.deliver();
    for (const row of await cases()) {
      expect(row).toMatchObject({ route: "new-advisers", holder: null });
      expect((await deskOf(row.id)).holder).toBeNull();
    }
    const shown = later.channels.teams.kept
      .filter(({ to }) => to === "new-advisers")
      .map(({ views }) => wordsOf(views.at(-1) as never));
    expect(shown).toHaveLength(3);
    for (const number of numbers) expect(shown.join()).toContain(number);
    expect((await look()).filter(({ kind }) => kind !== "ok")).toEqual([]);
    const joost = new Adviser(later, "new-advisers", "Joost Bakker");
    later.channels.teams.members.set(joost.at.channel, [joost.who.user]);
    const { view } = await joost.send({ do: "desk.open", case: String((await cases())[0]?.id) });
    expect(wordsOf(view)).toContain("Er was iets.");
  });

  test("by two processes at the same hour, while people press: each case moves once, with one card", async () => {
    for (let nr = 0; nr < 12; nr += 1) await new Reporter(bot, `29:p${nr}`).report();
    await bot.deliver();
    const ids = (await cases()).map(({ id }) => String(id));
    const [one, two] = await Promise.all(
      [0, 1].map(() => anotherOf(bot, database, { organisation: renamed })),
    );
    const fatima = new Adviser(bot, "advisers");
    const press = (id: string) => patiently(() => fatima.send({ do: "desk.acknowledge", case: id }));
    await Promise.all([
      handOver((one as Bot).world),
      handOver((two as Bot).world),
      ...ids.slice(0, 3).map(press),
    ]);
    await handOver((one as Bot).world);
    await Promise.all([(one as Bot).deliver(), (two as Bot).deliver()]);
    const lines = [...(one as Bot).logged, ...(two as Bot).logged].filter((line) =>
      line.includes("cases.handedOver"),
    );
    const moved = lines.map((line) => Number(JSON.parse(line).moved)).reduce((sum, nr) => sum + nr, 0);
    expect(moved).toBe(12);
    expect((await cases()).map(({ route }) => route)).toEqual(ids.map(() => "new-advisers"));
    const shown = bot.channels.teams.kept.filter(({ to, under }) => to === "new-advisers" && under === null);
    expect(shown).toHaveLength(12);
  });

  test("a closed case that is opened again goes there too, and is nobody's again", async () => {
    await anna.report();
    await bot.deliver();
    const id = String((await cases())[0]?.id);
    const fatima = new Adviser(bot, "advisers");
    await fatima.send({ do: "desk.take", case: id });
    await fatima.send({ do: "desk.close", case: id });
    const later = await anotherOf(bot, database, { organisation: renamed });
    await handOver(later.world);
    anna.bot = later;
    await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: "Het begint weer." });
    await handOver(later.world);
    await later.deliver();
    expect((await cases())[0]).toMatchObject({ route: "new-advisers", holder: null, state: "received" });
    expect(later.channels.teams.shown("new-advisers")).not.toEqual([]);
  });

  test("its reporter is not told meanwhile that it does not arrive: it goes there when they write (P7)", async () => {
    await anna.report();
    await bot.deliver();
    const id = String((await cases())[0]?.id);
    await new Adviser(bot, "advisers").send({ do: "desk.close", case: id });
    await bot.deliver();
    const later = await anotherOf(bot, database, { organisation: renamed });
    await handOver(later.world);
    anna.bot = later;
    const before = later.channels.teams.shown("29:anna").length;
    await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: "Het begint weer." });
    for (let minutes = 0; minutes < 60; minutes += 1) {
      await later.deliver();
      later.clock.advance(60_000);
    }
    expect(later.channels.teams.shown("29:anna")).toHaveLength(before);
    const kept = later.channels.teams.kept.filter(({ to }) => to === "new-advisers");
    // One card, and the news of a message under it.
    expect(kept.map(({ under }) => under !== null)).toEqual([false, true]);
    await handOver(later.world);
    expect((await cases())[0]).toMatchObject({ route: "new-advisers", holder: null, state: "received" });
  });

  test("nor does it go by being opened again where such a report may not come (P9)", async () => {
    await anna.report({ aboutAdviser: "unsure" });
    const id = String((await cases())[0]?.id);
    await new Adviser(bot, "external", "Sanne Visser").send({ do: "desk.close", case: id });
    const organisation = someOrganisation({
      routes: [main],
      conflictRoute: undefined,
      advisers: [{ name: "Joost Bakker", route: "advisers" }],
      handOver: { external: "advisers" },
    });
    const later = await anotherOf(bot, database, { organisation });
    anna.bot = later;
    await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: "Het begint weer." });
    await later.deliver();
    expect((await cases())[0]).toMatchObject({ route: "external", state: "received" });
    expect(later.channels.teams.shown("advisers")).toEqual([]);
  });

  test("a report that is perhaps about an adviser goes to no other route than that for such reports (P9)", async () => {
    const { number } = await anna.report({ aboutAdviser: "unsure" });
    const organisation = someOrganisation({
      routes: [main],
      conflictRoute: undefined,
      advisers: [{ name: "Joost Bakker", route: "advisers" }],
      handOver: { external: "advisers" },
    });
    const later = await anotherOf(bot, database, { organisation });
    await handOver(later.world);
    await later.deliver();
    expect((await cases())[0]).toMatchObject({ number, route: "external" });
    expect(later.logged.join()).toContain('"kept":1');
  });

  /** One whose advisers said that one of them cannot be neutral: it is in the other route now. */
  async function movedAway(): Promise<{ readonly id: string; readonly number: string }> {
    const { number } = await anna.report();
    await bot.deliver();
    const id = String((await cases()).find((row) => row.number === number)?.id);
    await new Adviser(bot, "advisers").send({ do: "desk.move", case: id, to: "external" });
    await bot.deliver();
    return { id, number };
  }

  test("one that left because somebody could not be neutral does not come back when its route goes (P9)", async () => {
    const { id, number } = await movedAway();
    const organisation = someOrganisation({
      routes: [main],
      conflictRoute: undefined,
      advisers: [{ name: "Joost Bakker", route: "advisers" }],
      handOver: { external: "advisers" },
    });
    const later = await anotherOf(bot, database, { organisation });
    await handOver(later.world);
    await later.deliver();
    expect(await cases()).toMatchObject([{ id, route: "external" }]);
    expect(later.logged.join()).toContain('"kept":1');
    expect(later.channels.teams.shown("advisers").map(wordsOf).join()).not.toContain(number);
  });

  test("nor to the route that took over from the one that it left: the same people may read there (P9)", async () => {
    const { id, number } = await movedAway();
    const later = await anotherOf(bot, database, { organisation: renamed });
    await handOver(later.world);
    const sanne = new Adviser(later, "external", "Sanne Visser");
    const { view } = await sanne.send({ do: "desk.work", case: id, page: "conflict" });
    expect(view.buttons.map(({ press }) => press?.do)).not.toContain("desk.move");
    await sanne.send({ do: "desk.move", case: id, to: "new-advisers" });
    expect(await cases()).toMatchObject([{ id, route: "external" }]);
    // What cannot be delivered, or is late, is told to nobody there either.
    const row = await later.world.store.transaction((tx) => tx.findCase(id));
    const elsewhere = { ...later.world, organisation: { ...renamed, conflictRoute: undefined } };
    expect(row && routeToTell(elsewhere as never, row)).toBeUndefined();
    expect(later.channels.teams.shown("new-advisers").map(wordsOf).join()).not.toContain(number);
  });

  test("one that does not open any more keeps no other from being handed over", async () => {
    const ring = parseKeyRing(newKeyRing());
    const rekeyed = await anotherOf(bot, database, { ring });
    const lost = await new Reporter(rekeyed, "29:bert").report({ aboutAdviser: "yes" });
    const { number } = await anna.report({ aboutAdviser: "yes" });
    const organisation = someOrganisation({
      routes: [main, { ...external, id: "outside", channel: "C0OUTSIDE" }],
      conflictRoute: "outside",
      advisers: [
        { name: "Fatima El Idrissi", route: "advisers" },
        { name: "Sanne Visser", route: "outside" },
      ],
      handOver: { external: "outside" },
    });
    const later = await anotherOf(bot, database, { organisation });
    await handOver(later.world);
    const routes = Object.fromEntries((await cases()).map((row) => [row.number, row.route]));
    expect(routes).toEqual({ [number]: "outside", [lost.number]: "external" });
  });

  test("without a word of where they go, the doctor says that nobody can open them", async () => {
    await anna.report();
    const organisation = { ...renamed, handOver: {} };
    const faults = (await look(organisation)).filter(({ kind }) => kind === "fault");
    expect(faults.map(({ text }) => text)).toEqual([
      "1 open case of route advisers, which is not in the organisation file; put it back, or say in handOver where they go",
    ]);
    const later = await anotherOf(bot, database, { organisation });
    await handOver(later.world);
    expect((await cases())[0]).toMatchObject({ route: "advisers" });
  });

  test("what an adviser has who is not in the file any more is nobody's again, on every copy of its card", async () => {
    await anna.report();
    await bot.deliver();
    const id = String((await cases())[0]?.id);
    await new Adviser(bot, "advisers").send({ do: "desk.handTo", case: id }, { adviser: "joost-bakker" });
    await bot.deliver();
    const shown = () => wordsOf(bot.channels.teams.shown("advisers").at(0) as never);
    expect(shown()).toContain("Joost Bakker");
    const organisation = someOrganisation({
      advisers: [
        { name: "Fatima El Idrissi", route: "advisers" },
        { name: "Sanne Visser", route: "external" },
      ],
    });
    const later = await anotherOf(bot, database, { organisation });
    await handOver(later.world);
    await later.deliver();
    expect((await deskOf(id)).holder).toBeNull();
    expect((await cases())[0]).toMatchObject({ holder: null });
    expect(shown()).toContain("Nog niemand");
    // Whoever took it under an account that the file does not name keeps it: nobody knows that they left.
    await new Adviser(bot, "advisers").send({ do: "desk.take", case: id });
    await handOver(later.world);
    expect((await deskOf(id)).holder?.name).toBe("Fatima El Idrissi");
  });
});
