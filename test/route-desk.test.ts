import type { Server } from "restify";
import { documentsOf } from "../bots/documents.ts";
import { mountDownloads } from "../bots/download-page.ts";
import { createServer } from "../bots/server.ts";
import type { SessionPlace } from "../bots/turns.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { RoutePress } from "../cases/route-press.ts";
import { buttonOf } from "./fakes/view-person.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot, tenants } from "./world.ts";
import { canary, casesOverYears } from "./years.ts";

/** The advisers' channel beside its cases: the menu, a year's numbers, and what goes with the annual report. */
const advisers: SessionPlace = {
  platform: "teams",
  tenant: tenants.teams,
  channel: "19:advisers@thread.tacv2",
};
const external: SessionPlace = { platform: "slack", tenant: tenants.slack, channel: "C0EXTERNAL" };
const somebody = { user: "29:adviser:somebody", alias: null, name: "Somebody" };
const nl = content.words("nl");
const en = content.words("en");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
  });
  afterEach(() => database.close());
  const { reported, handled: _, oneYear, at } = casesOverYears(() => bot);

  const send = (press: RoutePress, place = advisers, by = bot) =>
    by.turns.route({ place, by: somebody, press, inputs: {} });
  /** Presses the button on a view, which a platform can draw. */
  async function press(view: View, what: RoutePress["do"], place = advisers): Promise<View> {
    const { view: next, surface } = await send(RoutePress.parse(buttonOf(view, what)), place);
    drawCard(next, { surface });
    drawModal(next, { title: "Vertrouwd", close: "Sluiten", channel: "C" });
    return next;
  }
  const said = async (text: string | null, place = advisers) => {
    const reply = await bot.turns.inGroup({ place, text, eventId: `${text}` });
    return reply.show === "view" ? reply.view : null;
  };

  describe("the way in", () => {
    test.each(["zaken", "my cases", "cijfers", "Numbers!", "jaarverslag", "statistiek", "hallo", null])(
      "a mention in the route posts the menu, in its language, and says nothing of any case: %s",
      async (text) => {
        const before = await said(text);
        await oneYear(3);
        expect(await said(text)).toEqual(before);
        expect(before).toMatchObject({ title: nl.say("cases.menu.title"), privacy: "neutral" });
        expect((await said(text, external))?.title).toBe(en.say("cases.menu.title"));
        expect(before && buttonOf(before, "stats.open")).toEqual({ do: "stats.open" });
      },
    );

    test("elsewhere the same words lead nowhere, and nothing is kept", async () => {
      for (const place of [
        { ...advisers, channel: "19:team@thread.tacv2" },
        { ...advisers, tenant: "tenant-two" },
        { ...external, platform: "teams" as const },
      ]) {
        const view = await said("cijfers", place);
        expect(view?.title).toBe(nl.say("common.group.title"));
        expect(view?.buttons).toEqual([]);
        expect(bot.turns.sessionForm(place, "cijfers")).toBeNull();
      }
    });

    test("typed so that only the bot reads it, the words open the menu; others still lead where they did", () => {
      const menu = bot.turns.sessionForm(external, "numbers");
      expect(menu?.title).toBe(en.say("cases.menu.title"));
      expect(bot.turns.sessionForm(external, "ik wil iets melden")).toBeNull();
      expect(bot.turns.sessionForm(external, "practice 2")?.title).toBe(en.say("session.notHere.title"));
    });
  });

  describe("a press", () => {
    const presses: readonly RoutePress[] = [
      { do: "route.shut" },
      { do: "cases.list" },
      { do: "cases.open" },
      { do: "stats.open" },
      { do: "stats.year", year: 2026 },
      { do: "stats.count", year: 2026 },
      { do: "stats.document", year: 2026 },
    ];

    test("from anywhere but a route is refused, looks the same whatever it was, and is recorded (P11)", async () => {
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      await send({ do: "stats.count", year: 2026 });
      const before = await database.tables();
      const elsewhere = [
        { ...advisers, channel: "19:team@thread.tacv2" },
        { ...advisers, channel: `${advisers.channel};messageid=1` },
        { ...advisers, tenant: "tenant-two" },
        { ...advisers, platform: "slack" as const },
        { ...advisers, channel: "" },
      ];
      const answers = new Set<string>();
      for (const place of elsewhere)
        for (const press of presses) answers.add(JSON.stringify(await send(press, place)));
      expect([...answers].map((text) => JSON.parse(text))).toEqual([
        { view: expect.objectContaining({ buttons: [], privacy: "neutral" }), surface: "room" },
      ]);
      const { audit, ...rest } = await database.tables();
      const { audit: auditBefore = [], ...restBefore } = before;
      expect(rest).toEqual(restBefore);
      expect(audit).toHaveLength(auditBefore.length + elsewhere.length * presses.length);
      expect(audit?.filter(({ code }) => code === "desk.notYourRoute")).toHaveLength(
        elsewhere.length * presses.length,
      );
    });

    test("for a year that is not over, or too long ago, is refused and counts nothing", async () => {
      await oneYear(13);
      for (const year of [2026, 2027, 2022, 2000])
        for (const what of ["stats.year", "stats.count", "stats.document"] as const) {
          const { view } = await send({ do: what, year });
          expect(plainText(view)).toContain(nl.say("statistics.refused.year"));
        }
      expect((await database.tables()).statistics).toEqual([]);
    });

    test("shuts the room: the menu is what remains", async () => {
      const { view, surface } = await send({ do: "route.shut" });
      expect([view, surface]).toEqual([await said("cijfers"), "door"]);
    });
  });

  describe("a year", () => {
    /** From the menu to the numbers of 2026. */
    async function numbers(place = advisers): Promise<View> {
      const years = await press((await said("cijfers", place)) as View, "stats.open", place);
      const asked = await press(years, "stats.year", place);
      return press(asked, "stats.count", place);
    }

    test("is counted after a question, and then shown to whoever comes, by any process", async () => {
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      const years = await press((await said("cijfers")) as View, "stats.open");
      expect(years.buttons.map(({ label }) => label).slice(0, 3)).toEqual(["2026", "2025", "2024"]);
      const asked = await press(years, "stats.year");
      expect(asked.title).toBe(nl.say("statistics.counting.title", { year: 2026 }));
      expect((await send({ do: "stats.document", year: 2026 })).view).toEqual(asked);
      expect((await database.tables()).statistics).toEqual([]);
      const shown = await press(asked, "stats.count");
      const other = await anotherOf(bot, database);
      const again: readonly RoutePress[] = [
        { do: "stats.year", year: 2026 },
        { do: "stats.count", year: 2026 },
      ];
      for (const press of again) expect((await send(press, advisers, other)).view).toEqual(shown);
      const audit = (await database.tables()).audit ?? [];
      expect(audit.filter(({ code }) => code === "statistics.counted")).toEqual([
        expect.objectContaining({ route: "advisers", case: null }),
      ]);
    });

    test("says each number in words beside its bar, and tells which small ones are together", async () => {
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      const view = await numbers();
      expect(view.privacy).toBe("private");
      const text = plainText(view);
      expect(text).toContain(nl.say("statistics.numbers.counted", { month: "februari 2027" }));
      expect(text).toMatch(/Meldingen in 2026: 13$/m);
      expect(text).toMatch(/Ingetrokken door de melder: Minder dan 5, of geen$/m);
      expect(text).toMatch(/^Collega: 7 van de 13 ■■■■■$/m);
      expect(text).toMatch(/^Samen geteld: 6 van de 13 ■■■■■$/m);
      expect(text).toMatch(/^Samen geteld zijn: Leidinggevende; .*; Niet bekend of niet ingevuld\.$/m);
      // All are about bullying, and that is not told.
      expect(text).toMatch(/^Pesten: Niet getoond$/m);
      expect(text).not.toContain(canary);
    });

    test("with too few reports says so, and that there were none looks the same", async () => {
      for (let nr = 0; nr < 4; nr += 1) await reported("board");
      at("2027-02-02T09:00:00Z");
      const few = await numbers();
      await send({ do: "stats.count", year: 2025 });
      const none = (await send({ do: "stats.year", year: 2025 })).view;
      expect(JSON.stringify(few).replaceAll("2026", "2025")).toBe(JSON.stringify(none));
      expect(plainText(few)).not.toContain("■");
    });

    test("of a route is of its own cases: nothing of a conflict route's comes to another (P9)", async () => {
      for (let nr = 0; nr < 9; nr += 1) await reported("board", "external");
      at("2027-02-02T09:00:00Z");
      const other = plainText(await numbers(external));
      expect(other).toContain("Reports in 2026: 9");
      const own = plainText(await numbers());
      expect(own).toMatch(/Meldingen in 2026: Minder dan 5/);
      expect(own).not.toContain("9");
      // Both are there now: each still gets its own.
      const again = { do: "stats.year", year: 2026 } as const;
      expect(plainText((await send(again, external)).view)).toBe(other);
      expect(plainText((await send(again)).view)).toBe(own);
    });

    /** The document behind a link, as a browser gets it. */
    async function fetched(
      url: string,
    ): Promise<{ readonly status: number; readonly text: string; readonly name: string }> {
      const { world } = bot;
      const downloads = { mount: (to: Server) => mountDownloads(to, world, documentsOf(world)) };
      const health = { store: world.store, faultyRoutes: () => [], draining: () => false };
      const server = createServer([downloads], health, world.log);
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      try {
        const { port } = server.address() as { port: number };
        const path = new URL(url).pathname;
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST" });
        const name = answer.headers.get("content-disposition") ?? "";
        return { status: answer.status, text: await answer.text(), name };
      } finally {
        server.server.closeAllConnections();
        await new Promise<void>((done) => server.close(() => done()));
      }
    }

    test("comes as text and as table, in both languages, each once, and says what the card says", async () => {
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      const card = plainText(await numbers());
      const { view } = await send({ do: "stats.document", year: 2026 });
      const links = view.buttons.flatMap(({ url }) => (url === undefined ? [] : [url]));
      expect(links).toHaveLength(4);
      const files = [];
      for (const url of links) files.push(await fetched(url));
      expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      for (const url of links) expect((await fetched(url)).status).toBe(404);
      expect(files.map(({ name }) => /filename="([^"]+)"/.exec(name)?.[1])).toEqual([
        "numbers-2026-nl-2027-02-02.md",
        "numbers-2026-nl-2027-02-02.csv",
        "numbers-2026-en-2027-02-02.md",
        "numbers-2026-en-2027-02-02.csv",
      ]);
      const [text = "", table = "", english = "", englishTable = ""] = files.map(({ text }) => text);
      expect(text).toContain("# Cijfers van de vertrouwenspersonen over 2026");
      expect(text).toContain("| Collega | 7 |");
      expect(table).toContain('"Rol van de persoon over wie het gaat";"Collega";"7"');
      expect(english).toContain("| Colleague | 7 |");
      expect(englishTable).toContain('"Role of the person it is about";"Colleague";"7"');
      // No format has a number that the card does not have.
      const numbersIn = (all: string) => new Set(all.match(/\d+/g) ?? []);
      for (const { text } of files)
        expect([...numbersIn(text)].filter((one) => !numbersIn(card).has(one))).toEqual([]);
      for (const { text } of files) expect(text).not.toContain(canary);
    });

    test("whose route is no longer there gives no document", async () => {
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      await numbers();
      const { view } = await send({ do: "stats.document", year: 2026 });
      const url = view.buttons.find(({ url }) => url !== undefined)?.url ?? "";
      const { organisation } = bot.world;
      const routes = organisation.routes.filter(({ id }) => id !== "advisers");
      bot = await anotherOf(bot, database, { organisation: { ...organisation, routes } });
      expect((await fetched(url)).status).toBe(404);
    });

    test("is shown to copy where no document can be fetched", async () => {
      bot = await startBot({ database, publicUrl: null });
      await oneYear(13);
      at("2027-02-02T09:00:00Z");
      const view = await press(await numbers(), "stats.document");
      expect(view.buttons.every(({ url }) => url === undefined)).toBe(true);
      const text = view.inputs.map((input) => (input.type === "text" ? input.value : "")).join("\n\n");
      expect(text).toContain("| Collega | 7 |");
      expect(text).toContain(nl.say("statistics.annual.own1"));
      expect((await database.tables()).downloads).toEqual([]);
    });

    test("is not offered without end", async () => {
      at("2027-02-02T09:00:00Z");
      await numbers();
      for (let nr = 0; nr < 60; nr += 1) await send({ do: "stats.document", year: 2026 });
      const { view } = await send({ do: "stats.document", year: 2026 });
      expect(plainText(view)).toContain(nl.say("statistics.document.tooMany"));
      expect(await send({ do: "stats.document", year: 2026 })).toEqual({ view, surface: "room" });
      bot.clock.advance(3_600_000);
      const { view: later } = await send({ do: "stats.document", year: 2026 });
      expect(later.buttons.some(({ url }) => url !== undefined)).toBe(true);
    });
  });
});
