import fc from "fast-check";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { moveTo, take } from "../cases/desk-work.ts";
import { acknowledge, close, type Desk, reply, withdraw, say as write } from "../cases/handling.ts";
import { type CaseList, caseLists, RoutePress } from "../cases/route-press.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";
import { canary, casesOverYears } from "./years.ts";

/** The list of a route's cases, on both databases: what stands on it, in which order, and what never does. */

const words = content.words("nl");
const say = (key: string, params = {}) => words.say(`cases.${key}`, params);
const day = 86_400_000;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let fatima: Adviser;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
  });
  afterEach(() => database.close());
  const { reported, handled } = casesOverYears(() => bot);

  async function list(press: Extract<RoutePress, { do: "cases.list" }>, inputs: Inputs = {}, who = fatima) {
    return drawn(await who.sendRoute(press, inputs));
  }
  /** Every page of a list, from the first. */
  async function pages(which: CaseList, who = fatima): Promise<readonly View[]> {
    const all = [await list({ do: "cases.list", which }, {}, who)];
    for (;;) {
      const further = all.at(-1)?.buttons.find(({ press }) => press?.do === "cases.list" && "after" in press);
      if (further?.press === undefined) return all;
      all.push(await list(RoutePress.parse(further.press) as never, {}, who));
    }
  }
  const offered = (view: View) =>
    view.inputs.flatMap((input) => (input.id === "case" && "options" in input ? input.options : []));
  const idsOn = (all: readonly View[]) => all.flatMap((view) => offered(view).map(({ value }) => value));
  const numberOf = async (id: string) =>
    String((await database.tables()).cases?.find((one) => one.id === id)?.number);

  /** `nr` cases, each a day after the one before. */
  async function several(nr: number, route = "advisers"): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let one = 0; one < nr; one += 1) {
      ids.push(await reported("colleague", route));
      bot.clock.advance(day);
    }
    return ids;
  }

  test("every open case stands there once, the first due on top, whatever page it is on; no other route's does", async () => {
    const ids = await several(19);
    await several(2, "external");
    const all = await pages("open");
    expect(idsOn(all)).toEqual(ids);
    expect(all.length).toBeGreaterThan(2);
    const first = await list(RoutePress.parse(buttonOf(all.at(-1) as View, "cases.list")) as never);
    expect(first.title).toBe(say("titles.open"));
    const external = await pages("open", new Adviser(bot, "external", "Sanne Visser"));
    expect(idsOn(external)).toHaveLength(2);
  });

  test("cases due at the same moment are all there too", async () => {
    const ids = await Promise.all(Array.from({ length: 11 }, () => reported("colleague", "advisers")));
    expect([...idsOn(await pages("open"))].sort()).toEqual([...ids].sort());
  });

  test("what is answered moves behind what is new, and a case that is late says so", async () => {
    const [answered = "", fresh = ""] = await several(2);
    await handled(answered, acknowledge);
    const view = (await pages("open"))[0] as View;
    expect(offered(view).map(({ value }) => value)).toEqual([fresh, answered]);
    expect(plainText(view)).not.toContain("is voorbij");
    bot.clock.advance(8 * day);
    const late = plainText((await pages("open"))[0] as View);
    expect(late.match(/is voorbij/g)).toHaveLength(1);
    expect(late).toContain(await numberOf(fresh));
  });

  test("each list has what its name says, of all states", async () => {
    const [mine = "", theirs = "", waiting = "", wrote = "", closed = "", gone = "", moved = ""] =
      await several(7);
    await fatima.send({ do: "desk.take", case: mine });
    await handled(theirs, (desk, row) => take(desk, row, { mark: "somebody", name: "Somebody" }, null));
    for (const id of [waiting, wrote, closed])
      await handled(id, (desk: Desk, row) => reply(desk, row, { nonce: "nonce-1234", text: "Dank je." }));
    await handled(wrote, (desk, row) => write(desk, row, { nonce: "nonce-5678", text: "Ik ook." }));
    await handled(closed, (desk, row) => close(desk, row, "settled"));
    await handled(gone, withdraw);
    await handled(moved, (desk, row) => moveTo(desk, row, "external"));
    const on = async (which: CaseList) => idsOn(await pages(which)).toSorted();
    expect(await on("open")).toEqual([mine, theirs, waiting, wrote].toSorted());
    expect(await on("mine")).toEqual([mine]);
    expect(await on("waiting")).toEqual([waiting]);
    expect(await on("closed")).toEqual([closed]);
    for (const which of caseLists)
      for (const view of await pages(which)) {
        const text = wordsOf(view);
        for (const id of [gone, moved]) {
          expect(text).not.toContain(id);
          expect(text).not.toContain(await numberOf(id));
        }
      }
  });

  test("a full card that is opened from the list is a report that was read; a sealed one is not (P4)", async () => {
    const id = await reported("colleague");
    const readAt = async () => (await database.tables()).cases?.find((one) => one.id === id)?.readAt;
    await fatima.sendRoute({ do: "cases.open" }, { case: id });
    expect(await readAt()).toBeNull();
    const routes = someOrganisation().routes.map((route) => ({ ...route, card: "full" }));
    const full = await anotherOf(bot, database, { organisation: someOrganisation({ routes }) });
    const view = await new Adviser(full, "advisers").sendRoute({ do: "cases.open" }, { case: id });
    expect(wordsOf(view)).toContain(canary);
    expect(await readAt()).toBe(bot.clock.now());
    // The card of a closed case has no report on it.
    const unread = await reported("colleague");
    await handled(unread, (desk, row) => close(desk, row, "settled"));
    const over = await new Adviser(full, "advisers").sendRoute({ do: "cases.open" }, { case: unread });
    expect(wordsOf(over)).not.toContain(canary);
    expect((await database.tables()).cases?.find((one) => one.id === unread)?.readAt).toBeNull();
  });

  test("a list that is empty says what that means, and offers the other lists", async () => {
    for (const which of caseLists) {
      const view = await list({ do: "cases.list", which });
      expect(plainText(view)).toContain(say(`none.${which}`));
      expect(view.buttons.map(({ press }) => press?.do)).toEqual(["cases.list", "route.shut"]);
    }
    const chosen = await list({ do: "cases.list" }, { which: "closed" });
    expect(chosen.title).toBe(say("titles.closed"));
    for (const which of ["", "everything", undefined])
      expect((await list({ do: "cases.list" }, which === undefined ? {} : { which })).title).toBe(
        say("titles.open"),
      );
  });

  test("a case opens as its card, can be worked on there, and leads back", async () => {
    const [id = ""] = await several(1);
    const card = drawn(await fatima.sendRoute({ do: "cases.open" }, { case: id }));
    expect(card.title).toBe(words.say("adviser.door.title", { number: await numberOf(id) }));
    expect(card.buttons.map(({ press }) => press?.do)).toEqual([
      "desk.open",
      "desk.acknowledge",
      "desk.write",
      "desk.work",
      "desk.take",
      "cases.list",
    ]);
    expect(wordsOf(card)).not.toContain(canary);
    const { view } = await fatima.send(buttonOf(card, "desk.take") as never);
    expect(plainText(view)).toContain("Fatima El Idrissi");
    expect(idsOn(await pages("mine"))).toEqual([id]);
  });

  test("a closed case can be read until it is destroyed, and kept longer", async () => {
    const [id = ""] = await several(1);
    await handled(id, (desk, row) => close(desk, row, "settled"));
    const card = drawn(await fatima.sendRoute({ do: "cases.open" }, { case: id }));
    expect(card.buttons.map(({ press }) => press?.do)).toEqual([
      "desk.open",
      "desk.holding",
      "desk.write",
      "cases.list",
    ]);
    const { view } = await fatima.send(buttonOf(card, "desk.open") as never);
    expect(wordsOf(view)).toContain(canary);
    expect(view.buttons.map(({ press }) => press?.do)).toEqual([
      "desk.work",
      "desk.export",
      "desk.write",
      "desk.shut",
    ]);
  });

  test("what is not in this route looks like what never was, and nothing is changed by looking", async () => {
    const [id = ""] = await several(1);
    const [other = ""] = await several(1, "external");
    const [gone = ""] = await several(1);
    await handled(gone, withdraw);
    const before = await database.tables();
    const answers = new Set<string>();
    for (const theCase of [other, gone, "no-such-case", "x".repeat(500)])
      answers.add(JSON.stringify(drawn(await fatima.sendRoute({ do: "cases.open" }, { case: theCase }))));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain(say("notes.gone"));
    const none = drawn(await fatima.sendRoute({ do: "cases.open" }, {}));
    expect(none.note).toBe(say("notes.chooseCase"));
    await list({ do: "cases.list" });
    await fatima.sendRoute({ do: "cases.open" }, { case: id });
    expect(await database.tables()).toEqual(before);
  });

  test("no list says who reported, or a word of what (P2, P3)", async () => {
    const ids = await several(3);
    for (const id of ids.slice(1))
      await handled(id, (desk, row) => reply(desk, row, { nonce: "nonce-1", text: canary }));
    await handled(ids[2] ?? "", (desk, row) => close(desk, row, "settled"));
    for (const which of caseLists)
      for (const view of await pages(which)) {
        expect(view.privacy).toBe("private");
        expect(wordsOf(view)).not.toContain(canary);
      }
  });

  test("one whose key is lost keeps no other from the list", async () => {
    const [lost = "", kept = ""] = await several(2);
    for (const id of [lost, kept]) await fatima.send({ do: "desk.take", case: id });
    await handled(lost, async (desk, row) => {
      await desk.cases.changeCase(row.id, row.version, { desk: "broken" as never });
    });
    const all = await pages("open");
    expect(idsOn(all)).toEqual([lost, kept]);
    expect(plainText(all[0] as View)).toContain(say("lost"));
  });

  test("only accounts that the file names see it, where it names any", async () => {
    const organisation = someOrganisation({
      advisers: [
        {
          name: "Fatima El Idrissi",
          route: "advisers",
          account: { teams: "0f8fad5b-d9cb-469f-a165-70867728950e" },
        },
        { name: "Sanne Visser", route: "external" },
      ],
    });
    const [id = ""] = await several(1);
    const strict = await anotherOf(bot, database, { organisation });
    const stranger = new Adviser(strict, "advisers", "Somebody Else");
    for (const press of [
      { do: "cases.list" },
      { do: "cases.open" },
      { do: "stats.open" },
      { do: "route.shut" },
    ] as const) {
      const view = await stranger.sendRoute(press, { case: id });
      expect(plainText(view)).toContain(words.say("adviser.refused.notListed"));
      expect(wordsOf(view)).not.toContain(await numberOf(id));
    }
    const audit = (await database.tables()).audit ?? [];
    expect(audit.filter(({ code }) => code === "desk.notListed")).toHaveLength(4);
  });

  test("pages hold whatever numbers, names and days there are, on both platforms and in both languages", async () => {
    const { drawCaseList } = await import("../cards/case-list.ts");
    fc.assert(
      fc.property(
        fc.record({
          which: fc.constantFrom(...caseLists),
          cases: fc.array(
            fc.record({
              id: fc.string({ minLength: 22, maxLength: 22 }),
              number: fc.constant("V-7KQ2M"),
              pseudonym: fc.string({ minLength: 1, maxLength: 40 }),
              state: fc.constantFrom("received", "acknowledged", "conversation", "waiting", "closed"),
              holder: fc.oneof(
                fc.constantFrom("nobody" as const, "lost" as const),
                fc.record({ name: fc.string({ maxLength: 120 }) }),
              ),
              at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
              late: fc.boolean(),
              danger: fc.boolean(),
            }),
            { maxLength: 8 },
          ),
          next: fc.option(fc.record({ at: fc.nat(), id: fc.string({ minLength: 22, maxLength: 22 }) })),
          further: fc.boolean(),
          note: fc.constantFrom(null, "chooseCase" as const, "gone" as const),
        }),
        fc.constantFrom("nl" as const, "en" as const),
        (facts, language) => {
          drawn(drawCaseList(facts, content, language));
        },
      ),
    );
  });
});

/** The view, which both platforms can show. */
function drawn(view: View): View {
  drawCard(view, { surface: "room" });
  drawModal(view, { title: "Vertrouwd", close: "Sluiten", channel: "C" });
  expect(view.buttons.length).toBeLessThanOrEqual(6);
  return view;
}
