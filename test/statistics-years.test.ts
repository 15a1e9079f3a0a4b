import { setTimeout as pause } from "node:timers/promises";
import { sweep } from "../bots/jobs/sweep.ts";
import {
  countBeforeDestroying,
  freezeYear,
  frozenYear,
  untilCounted,
  yearsToAsk,
} from "../bots/statistics.ts";
import { close } from "../cases/handling.ts";
import { newKeyRing, parseKeyRing } from "../cases/keys.ts";
import type { Sealed } from "../cases/seal.ts";
import { YearOfRoute } from "../cases/statistics.ts";
import { statisticsContract } from "./contracts/statistics.ts";
import {
  anotherOf,
  type Bot,
  type Database,
  FixedClock,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";
import { casesOverYears } from "./years.ts";

/** Years of reports, counted before and after cases are destroyed, by two processes. */

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  let clock: FixedClock;

  beforeEach(async () => {
    database = await fresh();
    clock = new FixedClock();
    bot = await startBot({ database, clock });
    other = await anotherOf(bot, database);
  });
  afterEach(() => database.close());

  statisticsContract(async () => [bot.world.store, other.world.store]);

  const { reported, handled, oneYear, at } = casesOverYears(() => bot);
  const freeze = (year: number, { by = bot, route = "advisers" } = {}) =>
    untilCounted(by.world.store, (tx) => freezeYear(by.world, tx, { route, year, now: clock.now() }));
  const read = (year: number, route = "advisers") =>
    bot.world.store.transaction((tx) => frozenYear(bot.world, tx, route, year));

  /** What a thief with all keys reads of the numbers. */
  async function opened(): Promise<readonly YearOfRoute[]> {
    const rows = (await database.tables()).statistics ?? [];
    return rows.map(({ id, sealed }) =>
      YearOfRoute.parse(JSON.parse(bot.world.ring.open("tally", `statistics:${id}`, sealed as Sealed))),
    );
  }

  const relations = {
    shown: [
      { category: "colleague", count: 7 },
      { category: "manager", count: 6 },
    ],
  };

  test("a year is the same whether its cases are there, destroyed, or both", async () => {
    const years = [];
    for (const ended of [0, 5, 13]) {
      await database.close();
      database = await fresh();
      bot = await startBot({ database, clock });
      at("2026-03-02T09:00:00Z");
      await oneYear(ended);
      at("2027-04-02T09:00:00Z");
      // The withdrawn one goes with them.
      expect((await sweep(bot.world)).cases).toBe(ended + 1);
      years.push(await freeze(2026));
    }
    const [none, some, all] = years.map((year) => ({ ...year, partitions: year.partitions.relation }));
    expect(none).toMatchObject({ countedIn: "2027-04", threshold: 5, reports: 13, withdrawn: null });
    // Zeros are small: told alone, six about a manager would say that of none it was somebody else.
    expect(none?.partitions).toMatchObject({
      shown: [{ category: "colleague", count: 7 }],
      others: { count: 6 },
    });
    expect(some).toEqual(none);
    expect(all).toEqual(none);
    expect(years.map(({ partitions }) => partitions.acknowledged)).toEqual([null, null, null]);
  });

  test("once frozen, whatever happens to its cases changes nothing, and asking again gives the same", async () => {
    await oneYear(3);
    at("2027-02-02T09:00:00Z");
    expect(await read(2026)).toBeNull();
    const first = await freeze(2026);
    expect(first.reports).toBe(13);
    const rows = await database.tables();
    expect(await freeze(2026, { by: other })).toEqual(first);
    for (const { id } of (await database.tables()).cases ?? [])
      await handled(String(id), (desk, row) => close(desk, row, "settled"));
    expect(await freeze(2026)).toEqual(first);
    at("2029-02-02T09:00:00Z");
    expect((await sweep(bot.world)).cases).toBe(14);
    expect(await freeze(2026)).toEqual(first);
    expect(await read(2026)).toEqual(first);
    expect((await database.tables()).statistics).toEqual(rows.statistics);
    // A higher threshold holds for what is counted later.
    const organisation = someOrganisation({ statistics: { threshold: 20 } });
    const stricter = await anotherOf(bot, database, { organisation });
    expect(await freeze(2026, { by: stricter })).toEqual(first);
    expect(await freeze(2027, { by: stricter })).toMatchObject({ threshold: 20, reports: null });
  });

  test("a report belongs to the year in which it came, in Amsterdam, and to no other", async () => {
    at("2026-12-31T22:59:59Z");
    for (let nr = 0; nr < 6; nr += 1) await reported("colleague");
    at("2026-12-31T23:00:00Z");
    for (let nr = 0; nr < 7; nr += 1) await reported("colleague");
    at("2028-01-02T09:00:00Z");
    expect([(await freeze(2026)).reports, (await freeze(2027)).reports]).toEqual([6, 7]);
  });

  test("only whole years that are over can be counted, the same ones whatever was reported", async () => {
    at("2026-12-31T22:59:59Z");
    expect(yearsToAsk(clock.now())).toEqual([2025, 2024, 2023]);
    for (const year of [2026, 2027, 2022, 0]) await expect(freeze(year)).rejects.toThrow(RangeError);
    expect((await database.tables()).statistics).toEqual([]);
    at("2026-12-31T23:00:00Z");
    expect(yearsToAsk(clock.now())).toEqual([2026, 2025, 2024]);
    expect(await freeze(2025)).toMatchObject({ reports: null, withdrawn: null });
  });

  test("a route has the numbers of its own cases, and there is no other total (P9)", async () => {
    await oneYear(13);
    for (let nr = 0; nr < 9; nr += 1) await reported("board", "external");
    at("2027-02-02T09:00:00Z");
    const [advisers, external] = [await freeze(2026), await freeze(2026, { route: "external" })];
    expect([advisers.reports, external.reports]).toEqual([13, 9]);
    expect(JSON.stringify(advisers)).not.toContain("22");
  });

  test("whoever sweeps or counts at the same moment, a case counts once", async () => {
    for (let nr = 0; nr < 4; nr += 1) {
      at("2026-03-02T09:00:00Z");
      await database.close();
      database = await fresh();
      bot = await startBot({ database, clock });
      other = await anotherOf(bot, database);
      await oneYear(13);
      at("2027-04-02T09:00:00Z");
      const counting = await Promise.allSettled([
        sweep(bot.world),
        sweep(other.world),
        ...(nr % 2 === 0 ? [freeze(2026, { by: other }), freeze(2026)] : []),
      ]);
      expect(counting.filter(({ status }) => status === "rejected")).toEqual([]);
      expect((await database.tables()).cases).toEqual([]);
      if (nr % 2 === 1) {
        const [year] = await opened();
        expect(year).toMatchObject({ is: "counting", tally: { reports: 13, withdrawn: 1 } });
      }
      expect((await freeze(2026)).reports).toBe(13);
    }
  });

  test("a case that another process has destroyed meanwhile is not counted again", async () => {
    await oneYear(13);
    const id = String((await database.tables()).cases?.find(({ state }) => state === "closed")?.id);
    const stale = await bot.world.store.transaction((tx) => tx.findCase(id));
    if (!stale) throw new Error("no such case");
    for (const by of [bot, other])
      await by.world.store.transaction(async (tx) => {
        await countBeforeDestroying(by.world, tx, stale);
        await tx.destroyCase(id);
      });
    expect(await opened()).toMatchObject([{ tally: { reports: 1 } }]);
  });

  test("two cases that are counted at the same moment are both counted", async () => {
    await oneYear(13);
    const cases = (await database.tables()).cases?.filter(({ state }) => state === "closed") ?? [];
    const rows = await bot.world.store.transaction((tx) =>
      Promise.all(cases.slice(0, 3).map(({ id }) => tx.findCase(String(id)))),
    );
    const [begun, first, second] = rows;
    if (!begun || !first || !second) throw new Error("no such case");
    await bot.world.store.transaction((tx) => countBeforeDestroying(bot.world, tx, begun));
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const one = untilCounted(bot.world.store, async (tx) => {
      await countBeforeDestroying(bot.world, tx, first);
      await gate;
    });
    const two = untilCounted(other.world.store, (tx) => countBeforeDestroying(other.world, tx, second));
    // Time for the second to have read what the first has not yet committed.
    await pause(200);
    goOn();
    await Promise.all([one, two]);
    expect(await opened()).toMatchObject([{ tally: { reports: 3 } }]);
  });

  test("a thief with all keys finds counts alone: no case, no person, no word, no time", async () => {
    await oneYear(13);
    const before = await database.tables();
    at("2027-04-02T09:00:00Z");
    await sweep(bot.world);
    const [counting] = await opened();
    expect(counting).toEqual({
      is: "counting",
      tally: {
        reports: 13,
        withdrawn: 1,
        partitions: {
          part: { unknown: 13 },
          relation: { colleague: 7, manager: 6 },
          way: { pseudonymous: 13 },
          acknowledged: { withinWeek: 13 },
          closed: { withinMonth: 13 },
          why: { settled: 13 },
        },
        several: { kind: { bullying: 13 }, referred: { legal: 13 } },
      },
    });
    // One row, however many cases: nothing in it stands in an order.
    const rows = (await database.tables()).statistics ?? [];
    expect(rows.map((row) => Object.keys(row).sort())).toEqual([["id", "sealed", "version"]]);
    for (const theCase of before.cases ?? [])
      for (const own of [theCase.id, theCase.number])
        expect(JSON.stringify(counting)).not.toContain(String(own));
    expect(JSON.stringify(rows)).not.toContain("advisers");
    const tallied = String(rows[0]?.sealed);
    await freeze(2026);
    const [frozen] = await opened();
    expect(JSON.stringify(frozen)).not.toContain("tally");
    // What it was counted from is in no file any more.
    expect(await database.bytes()).not.toContain(tallied);
    expect((await database.tables()).statistics).toHaveLength(1);
  });

  test("is counted on after the keys have changed", async () => {
    const first = newKeyRing();
    const second = JSON.parse(newKeyRing()).keys.k1;
    const rotated = JSON.stringify({ current: "k2", keys: { k1: JSON.parse(first).keys.k1, k2: second } });
    await database.close();
    database = await fresh();
    bot = await startBot({ database, clock, ring: parseKeyRing(first) });
    at("2026-03-02T09:00:00Z");
    await oneYear(4);
    at("2027-04-02T09:00:00Z");
    await sweep(bot.world);
    bot = await startBot({ database, clock, ring: parseKeyRing(rotated) });
    expect((await freeze(2026)).reports).toBe(13);
    expect((await database.tables()).statistics).toHaveLength(1);
  });

  test("numbers that cannot be read keep no case from being destroyed", async () => {
    await oneYear(13);
    const { ring } = bot.world;
    const id = ring.lookup("tally", JSON.stringify(["advisers", 2026]));
    await bot.world.store.transaction((tx) => tx.saveStatistics({ id, version: 0, sealed: "r1.k9.broken" }));
    at("2027-04-02T09:00:00Z");
    expect((await sweep(bot.world)).cases).toBe(14);
    expect(bot.logged.join()).toContain("statistics.unreadable");
  });

  test("numbers are destroyed when nobody can ask for them any more, and what comes later is not counted", async () => {
    await oneYear(13);
    at("2029-12-31T22:59:59Z");
    await sweep(bot.world);
    expect((await freeze(2026)).reports).toBe(13);
    await reported("colleague");
    expect((await database.tables()).statistics).toHaveLength(1);
    at("2029-12-31T23:00:00Z");
    await sweep(bot.world);
    expect((await database.tables()).statistics).toEqual([]);
    for (const { id } of (await database.tables()).cases ?? [])
      await handled(String(id), (desk, row) => close(desk, row, "settled"));
    at("2034-01-02T09:00:00Z");
    expect((await sweep(bot.world)).cases).toBe(1);
    expect((await database.tables()).statistics).toEqual([]);
  });

  test("relations are told where there is enough of them", async () => {
    await oneYear(0);
    for (const relation of ["board", "client", "client", "outsider", "several", "other"])
      await reported(relation);
    at("2027-02-02T09:00:00Z");
    const { partitions } = await freeze(2026);
    expect(partitions.relation).toMatchObject(relations);
    expect(partitions.relation?.others?.count).toBe(6);
  });
});
