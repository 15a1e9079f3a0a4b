import { DateTime } from "luxon";
import { zone } from "../bots/working-days.ts";
import { Adviser, Reporter } from "./fakes/view-person.ts";
import { type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** The day that advisers record for aftercare: they are reminded of it once, and only while it stands. */

const canary = "kanariegeel briefje op mijn bureau";
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let fatima: Adviser;
  let id: string;
  let number: string;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    bot.clock.at = at("2026-12-07T09:00");
    anna = new Reporter(bot, "29:anna");
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
    ({ number } = await anna.report({ story: canary }));
    await bot.deliver();
    id = String((await database.tables()).cases?.[0]?.id);
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });
  const recorded = (aftercareOn: string) => fatima.send({ do: "desk.record", case: id }, { aftercareOn });
  const title = (language: "nl" | "en" = "nl") =>
    content.words(language).say("clocks.aftercare.title", { number });
  const lines = (route = "advisers", platform: "teams" | "slack" = "teams", language: "nl" | "en" = "nl") =>
    bot.channels[platform].shown(route).filter((view) => view.title === title(language)).length;
  async function goesTo(iso: string): Promise<void> {
    bot.clock.at = at(iso);
    await bot.deliver();
  }

  test("comes at ten on that day, once, and on the Monday after where it is in a weekend", async () => {
    await recorded("2026-12-12");
    await goesTo("2026-12-14T09:59");
    expect(lines()).toBe(0);
    await goesTo("2026-12-14T10:00");
    expect(lines()).toBe(1);
    await goesTo("2027-01-14T10:00");
    expect(lines()).toBe(1);
  });

  test("another day takes its place, however often it is changed back and forth", async () => {
    for (const day of ["2026-12-10", "2026-12-16", "2026-12-10", "2026-12-16", "2026-12-16"])
      await recorded(day);
    await goesTo("2026-12-10T12:00");
    expect(lines()).toBe(0);
    await goesTo("2026-12-16T12:00");
    expect(lines()).toBe(1);
  });

  test("is taken back with its day, and with the report", async () => {
    await recorded("2026-12-10");
    await recorded("");
    await goesTo("2026-12-10T12:00");
    expect(lines()).toBe(0);
    await recorded("2026-12-16");
    await anna.openThread();
    await anna.send({ do: "withdraw", case: id });
    await goesTo("2026-12-16T12:00");
    expect(lines()).toBe(0);
  });

  test("a day that is over reminds of nothing", async () => {
    await recorded("2026-12-01");
    await recorded("2026-12-07");
    await goesTo("2026-12-07T10:00");
    expect(lines()).toBe(1);
    expect((await database.tables()).outbox).toEqual([]);
    await recorded("2026-12-06");
    await goesTo("2026-12-30T10:00");
    expect(lines()).toBe(1);
  });

  test("of weeks ago is not said any more, where the service stood still", async () => {
    await recorded("2026-12-10");
    await goesTo("2026-12-24T10:00");
    expect(lines()).toBe(0);
    expect((await database.tables()).outbox).toEqual([]);
  });

  test("comes for a closed case too, and where the case is by then", async () => {
    await recorded("2026-12-10");
    await fatima.send({ do: "desk.move", case: id, to: "external" });
    await bot.deliver();
    await new Adviser(bot, "external", "Sanne Visser").send({ do: "desk.close", case: id });
    // Closing takes the lines that stand there then.
    await bot.deliver();
    await goesTo("2026-12-10T12:00");
    expect([lines(), lines("external", "slack", "en")]).toEqual([0, 1]);
  });

  test("keeps nothing else of the case waiting", async () => {
    await recorded("2026-12-16");
    await fatima.send({ do: "desk.reply", case: id, nonce: "nonce-1234" }, { text: "Dank je." });
    await bot.deliver();
    const outbox = (await database.tables()).outbox ?? [];
    expect(outbox.map(({ lane }) => lane)).toEqual([`${id}.aftercare`]);
    expect(JSON.stringify(outbox)).not.toContain(canary);
  });

  test("goes with the case when it is destroyed", async () => {
    await recorded("2026-12-16");
    await bot.world.store.transaction((tx) => tx.destroyCase(id));
    const { outbox, lanes } = await database.tables();
    expect([outbox, lanes]).toEqual([[], []]);
  });
});
