import fc from "fast-check";
import { sweep } from "../bots/jobs/sweep.ts";
import { openState } from "../bots/session-state.ts";
import type { GroupReply, SessionPlace, SessionReply } from "../bots/turns.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawScene, drawSessionForm, drawSessionOutcome } from "../cards/session.ts";
import type { View } from "../cards/view.ts";
import type { Sealed } from "../cases/seal.ts";
import { type Language, languages } from "../dialogs/core/draft.ts";
import { type SceneOption, scenes } from "../dialogs/scenes.ts";
import { SessionPress, sessionAsked } from "../dialogs/session.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  sqlite,
  startBot,
  tenants,
} from "./world.ts";

const team: SessionPlace = { platform: "teams", tenant: tenants.teams, channel: "19:team@thread.tacv2" };
const route: SessionPlace = { ...team, channel: "19:advisers@thread.tacv2" };
const slackRoute: SessionPlace = { platform: "slack", tenant: tenants.slack, channel: "C0EXTERNAL" };
const hour = 3_600_000;
/** One of the people in the channel; a canary that nothing may repeat. */
const person = (nr: number) => `29:kanarie-${nr}`;
let messages = 0;

/** Says something to the bot in a place. */
function say(bot: Bot, text: string | null, place = team, eventId = `m${++messages}`): Promise<GroupReply> {
  return bot.turns.inGroup({ place, text, eventId });
}

/** Begins a session on this scene; the message with it. */
async function begin(bot: Bot, text = "scène 1", place = team): Promise<View> {
  const reply = await say(bot, text, place);
  if (reply.show !== "view" || reply.view.buttons.length === 0) throw new Error("no scene");
  return reply.view;
}

/** The press of the button with this address on a card. */
function pressOn(view: View, what: string, option?: SceneOption): SessionPress {
  const press = view.buttons
    .map((button) => SessionPress.parse(button.press))
    .find((one) => one.do === what && (one.do !== "session.vote" || one.option === option));
  if (!press) throw new Error(`no button ${what} ${option}`);
  return press;
}

function vote(bot: Bot, view: View, nr: number, option: SceneOption, place = team): Promise<SessionReply> {
  const press = pressOn(view, "session.vote", option);
  return bot.turns.session({ place, user: person(nr), press, inputs: {} });
}

function press(bot: Bot, view: View, what: string, nr = 1, place = team): Promise<SessionReply> {
  return bot.turns.session({ place, user: person(nr), press: pressOn(view, what), inputs: {} });
}

const words = (view: View | null) => (view === null ? "" : plainText(view));
const nl = content.words("nl");
const title = (news: string, language: Language = "nl") =>
  content.words(language).say(`session.${news}.title`);

/** The votes as the outcome says them, or null where it says none. */
function shownVotes(view: View | null): Partial<Record<string, number>> | null {
  const found = [...words(view).matchAll(/^([A-D])\. .*: (\d+) van de (\d+) stemmen/gm)];
  if (found.length === 0) return null;
  return Object.fromEntries(found.map(([, letter = "", count]) => [letter.toLowerCase(), Number(count)]));
}

describe("a request for a session", () => {
  const lists = languages.map((language) => ({
    language,
    phrases: content.lexicon(language).session,
    named: content.lexicon(language).commands[language === "nl" ? "dutch" : "english"] ?? [],
    labels: scenes.map(({ id }) => content.words(language).say(`scenes.${id}.label`)),
  }));
  const asked = (text: string, offered: readonly Language[] = ["nl", "en"]) =>
    sessionAsked(
      text,
      [...lists].sort((a) => (a.language === offered[0] ? -1 : 1)),
      offered,
    );

  test.each<[string, Language, number | null]>([
    ["scène", "nl", null],
    ["Scene", "nl", null],
    ["SCÈNE!", "nl", null],
    ["oefening 3", "nl", 2],
    ["scène 18", "nl", 17],
    ["practice", "en", null],
    ["practise 2", "en", 1],
    ["scene english", "en", null],
    ["scène 4 in het engels", "en", 3],
    ["scene 4 in Dutch", "nl", 3],
    [`scène ${nl.say("scenes.drunkGuest.label")}`, "nl", scenes.findIndex(({ id }) => id === "drunkGuest")],
    [`practice: ${content.words("en").say("scenes.tooFar.label")}`, "en", scenes.length - 1],
  ])("%s", (text, language, scene) => {
    expect(asked(text)).toEqual({ language, scene });
  });

  test.each([
    "",
    "hallo",
    "wat een scène gisteren",
    "scène gisteren in de kantine",
    "scène 0",
    "scène 19",
    "scène 99",
    "oefening met Jan",
    "practice makes perfect",
    "scenario",
  ])("is not: %s", (text) => {
    expect(asked(text)).toBeNull();
  });

  test("is met in a language that is offered", () => {
    expect(asked("practice", ["nl"])).toEqual({ language: "nl", scene: null });
    expect(asked("scène in het engels", ["nl"])).toEqual({ language: "nl", scene: null });
    expect(asked("scène", ["en", "nl"])).toEqual({ language: "en", scene: null });
  });
});

test.each(languages)("in %s every scene fits on both platforms, with every number of votes", (language) => {
  const session = crypto.randomUUID();
  for (const scene of scenes) {
    const facts = { session, scene, language };
    const posted = [
      drawScene(facts, content),
      drawSessionOutcome(facts, {}, content),
      drawSessionOutcome(facts, { a: 120, b: 7, c: 1, d: 99 }, content),
    ];
    for (const view of posted) {
      expect(view.privacy).toBe("neutral");
      expect(drawCard(view, { surface: "door" }).actions?.length).toBeLessThanOrEqual(6);
      drawMessage(view);
      for (const { press } of view.buttons) expect(SessionPress.parse(press)).toEqual(press);
    }
    const frame = { title: "Vertrouwd", close: "Sluiten", channel: "C0TEAM" };
    const own = drawScene(facts, content, { own: { option: "d", votes: 120 }, news: null });
    drawCard(own, { surface: "room" });
    drawModal(own, frame);
    const form = drawSessionForm(
      { session, language, scenes, chosen: scene.id, news: "notInvited" },
      content,
    );
    expect(drawModal(form, frame).submit).toBeDefined();
  }
});

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
  });
  afterEach(() => database.close());

  const stored = async () => (await database.tables()).sessions ?? [];

  test("a word for it puts a scene in the channel: what is counted, and who may see it, stands on it", async () => {
    const view = await begin(bot, "scène 2");
    const text = words(view);
    expect(text).toContain(nl.say("scenes.hybridMeeting.response.title"));
    for (const key of ["how", "names", "care"]) expect(text).toContain(nl.say(`session.scene.${key}`));
    expect(view.buttons.map(({ label }) => label)).toEqual([
      ..."ABCD".split("").map((letter) => nl.say("session.buttons.vote", { letter })),
      nl.say("session.buttons.outcome"),
      nl.say("session.buttons.another"),
    ]);
    expect(await stored()).toHaveLength(1);
  });

  test("any other words only bring the line that asks for a private chat, and a scene; nothing is kept", async () => {
    for (const text of ["hallo", "wat een scène gisteren met Jan", null]) {
      const reply = await say(bot, text);
      const line = reply.show === "view" ? words(reply.view) : "";
      expect(line).toContain(nl.say("common.group.title"));
      expect(line).toContain(nl.say("session.offer", { count: scenes.length }));
    }
    const tables = await database.tables();
    expect([tables.sessions, tables.seen_events, tables.conversations]).toEqual([[], [], []]);
  });

  test("a message that comes again puts no second scene there", async () => {
    expect(await say(bot, "scène", team, "again")).toMatchObject({ show: "view" });
    expect(await say(bot, "scène", team, "again")).toEqual({ show: "nothing" });
    expect(await stored()).toHaveLength(1);
  });

  test("in an advisers' channel no session is begun in any way, and no case is touched", async () => {
    const view = await begin(bot);
    const before = await database.tables();
    for (const place of [route, slackRoute]) {
      const line = await say(bot, "hallo", place);
      expect(line.show === "view" && words(line.view)).not.toContain("scène");
      const reply = await say(bot, "scène", place);
      expect(reply).toMatchObject({ view: { title: title("notHere"), buttons: [], privacy: "neutral" } });
      const form = bot.turns.sessionForm(place, "scène");
      expect(form).toMatchObject({ title: title("notHere"), buttons: [], inputs: [] });
      const forged = await bot.turns.session({
        place,
        user: person(1),
        press: { do: "session.begin", session: crypto.randomUUID(), language: "nl" },
        inputs: { scene: "lunchJoke" },
      });
      expect(forged).toMatchObject({ post: null, told: { title: title("notHere") } });
      expect((await press(bot, view, "session.another", 1, place)).post).toBeNull();
    }
    expect(await database.tables()).toEqual(before);
  });

  test("where a channel becomes the advisers', no other scene comes in it", async () => {
    const view = await begin(bot);
    const routes = bot.world.organisation.routes.map((one) =>
      one.id === "advisers" ? { ...one, channel: team.channel } : one,
    );
    const later = await anotherOf(bot, database, { organisation: someOrganisation({ routes }) });
    const reply = await press(later, view, "session.another");
    expect(reply).toMatchObject({ post: null, told: { title: title("notHere") } });
    expect(await stored()).toHaveLength(1);
  });

  test("everybody has one vote, which may be changed until the outcome is there", async () => {
    const choice = fc.constantFrom<SceneOption>("a", "b", "c", "d");
    const votes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), choice), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(votes, async (given) => {
        const view = await begin(bot);
        const last = new Map<number, SceneOption>();
        for (const [nr, option] of given) {
          last.set(nr, option);
          const { told, message } = await vote(bot, view, nr, option);
          expect(words(told)).toContain(
            nl.say("session.voted.text", { letter: option.toUpperCase(), votes: last.size }),
          );
          expect(message).toBeNull();
        }
        const shown = shownVotes((await press(bot, view, "session.outcome")).message);
        const counts: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
        for (const option of last.values()) counts[option] = (counts[option] ?? 0) + 1;
        expect(shown).toEqual(last.size < 5 ? null : counts);
      }),
      { numRuns: 12 },
    );
  });

  test("votes that come at once, doubled and in two processes, are each counted once", async () => {
    const second = await anotherOf(bot, database);
    const choice = fc.constantFrom<SceneOption>("a", "b", "c", "d");
    await fc.assert(
      fc.asyncProperty(fc.array(choice, { minLength: 5, maxLength: 24 }), async (given) => {
        const view = await begin(bot);
        const presses = given.flatMap((option, nr) => [
          vote(nr % 2 === 0 ? bot : second, view, nr, option),
          vote(nr % 3 === 0 ? bot : second, view, nr, option),
        ]);
        for (const { told } of await Promise.all(presses)) expect(told.title).toBe(title("voted"));
        const counts: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
        for (const option of given) counts[option] = (counts[option] ?? 0) + 1;
        expect(shownVotes((await press(second, view, "session.outcome")).message)).toEqual(counts);
      }),
      { numRuns: 6 },
    );
  });

  test("a vote that meets the outcome counts or is told to be late, and the outcome does not change", async () => {
    const second = await anotherOf(bot, database);
    const view = await begin(bot);
    for (const nr of [1, 2, 3, 4, 5]) await vote(bot, view, nr, "a");
    const [first, ...rest] = await Promise.all([
      press(bot, view, "session.outcome"),
      press(second, view, "session.outcome"),
      ...[6, 7, 8, 9].map((nr) => vote(nr % 2 === 0 ? bot : second, view, nr, "b")),
    ]);
    const [again, ...votes] = rest;
    expect(again?.message).toEqual(first.message);
    const counted = votes.filter(({ told }) => told.title === title("voted")).length;
    const late = votes.filter(({ told }) => told.title === title("late")).length;
    expect(counted + late).toBe(4);
    expect(shownVotes(first.message)).toEqual({ a: 5, b: counted, c: 0, d: 0 });
  });

  test("with fewer than five votes no distribution is shown, however often it is asked and whoever votes after", async () => {
    const view = await begin(bot);
    for (const nr of [1, 2, 3, 4]) await vote(bot, view, nr, "b");
    const first = await press(bot, view, "session.outcome");
    expect(shownVotes(first.message)).toBeNull();
    expect(words(first.message)).toContain(nl.say("session.outcome.few"));
    expect(words(first.message)).not.toMatch(/[■]|stemmen tot nu toe/i);
    const late = await vote(bot, view, 5, "c");
    expect(late.told.title).toBe(title("late"));
    expect(late.message).toEqual(first.message);
    expect((await press(bot, view, "session.outcome", 2)).message).toEqual(first.message);
    expect(words(first.message)).toContain(nl.say("scenes.lunchJoke.results.c"));
  });

  test("the outcome says what may happen with each choice, another way, what to say and what to talk about", async () => {
    for (const [nr, { id, options }] of scenes.entries()) {
      const view = await begin(bot, `scène ${nr + 1}`);
      const text = words((await press(bot, view, "session.outcome")).message).replace(/\s+/g, " ");
      const keys = ["other", "say", "talk.p1", "talk.p2", ...options.map((option) => `results.${option}`)];
      if (nl.has(`scenes.${id}.careful`)) keys.push("careful");
      for (const key of keys) expect(text).toContain(nl.say(`scenes.${id}.${key}`).replace(/\s+/g, " "));
    }
  });

  test("only the one who voted is shown which choice that was, and never in a message", async () => {
    const view = await begin(bot);
    const mine = await vote(bot, view, 1, "c");
    for (const shown of [mine.card, mine.told]) expect(shown.privacy).toBe("private");
    expect(words(mine.card)).toContain(nl.say("session.scene.yours", { letter: "C" }));
    const other = await vote(bot, view, 2, "a");
    expect(words(other.card)).not.toContain(nl.say("session.scene.yours", { letter: "C" }));
    const more = await press(bot, view, "session.another", 3);
    expect(words(more.card)).not.toContain(nl.say("session.scene.yours", { letter: "C" }));
  });

  test("who voted stands nowhere in the clear; after the outcome it stands nowhere at all", async () => {
    const view = await begin(bot);
    for (const nr of [1, 2, 3, 4, 5, 6]) await vote(bot, view, nr, nr === 6 ? "d" : "a");
    const [before] = await stored();
    if (before === undefined) throw new Error("no session");
    const sealed = String(before.sealed);
    expect(await database.bytes()).toContain(sealed);
    expect(JSON.stringify(await database.tables())).not.toContain("kanarie");

    const row = (one: typeof before) => ({
      id: String(one.id),
      sealed: String(one.sealed),
      expiresAt: Number(one.expiresAt),
    });
    const { ring } = bot.world;
    const voting = openState(ring, row(before), bot.clock.now());
    expect(voting).toMatchObject({ stage: "voting" });
    expect(JSON.stringify(voting)).not.toContain("kanarie");
    const marks = voting?.stage === "voting" ? [voting.key, ...Object.keys(voting.votes)] : [];
    expect(marks).toHaveLength(7);

    await press(bot, view, "session.outcome");
    const [after] = await stored();
    if (after === undefined) throw new Error("no session");
    const shown = ring.open("session", `session:${after.id}`, String(after.sealed) as Sealed);
    expect(JSON.parse(shown)).toMatchObject({ stage: "shown", counts: { a: 5, d: 1 } });
    for (const mark of marks) expect(shown).not.toContain(mark);
    // Not in what the files still hold of earlier states either: the key ring would open those.
    expect(await database.bytes()).not.toContain(sealed);
    expect(bot.logged.join("\n")).not.toContain("kanarie");
  });

  test("what is kept of the outcome says neither what was chosen first nor what too few chose", async () => {
    const order: readonly SceneOption[] = ["d", "a", "c", "a", "b"];
    const keptOf = async (given: readonly SceneOption[]): Promise<string> => {
      const view = await begin(bot);
      for (const [nr, option] of given.entries()) await vote(bot, view, nr, option);
      await press(bot, view, "session.outcome");
      const { session } = pressOn(view, "session.outcome");
      const row = (await stored()).find(({ id }) => id === session);
      return bot.world.ring.open("session", `session:${session}`, String(row?.sealed) as Sealed);
    };
    expect(await keptOf(order)).toContain('"counts":{"a":2,"b":1,"c":1,"d":1}');
    expect(await keptOf(order.slice(0, 4))).toContain('"counts":{}');
  });

  test("the same person has another mark in another session", async () => {
    for (const view of [await begin(bot), await begin(bot)]) await vote(bot, view, 1, "a");
    const marks = (await stored()).map((one) => {
      const state = openState(
        bot.world.ring,
        { id: String(one.id), sealed: String(one.sealed), expiresAt: Number(one.expiresAt) },
        bot.clock.now(),
      );
      return state?.stage === "voting" ? Object.keys(state.votes).join() : "";
    });
    expect(new Set(marks).size).toBe(2);
  });

  test("a session is over within a day, at a whole hour, and the sweep leaves nothing of it", async () => {
    bot.clock.advance(59 * 60_000);
    const view = await begin(bot);
    await vote(bot, view, 1, "a");
    const [row] = await stored();
    const expiresAt = Number(row?.expiresAt);
    expect(expiresAt % hour).toBe(0);
    expect(expiresAt - bot.clock.now()).toBeLessThanOrEqual(23 * hour);
    expect(expiresAt - bot.clock.now()).toBeGreaterThan(21 * hour);
    bot.clock.at = expiresAt;
    for (const reply of [await vote(bot, view, 2, "b"), await press(bot, view, "session.outcome")])
      expect(reply).toMatchObject({ told: { title: title("over") }, message: null, post: null });
    await sweep(bot.world);
    expect(await stored()).toEqual([]);
    expect(await database.bytes()).not.toContain(String(row?.sealed));
    expect((await press(bot, view, "session.outcome")).told.title).toBe(title("over"));
  });

  test("the sweep leaves a session that is not over", async () => {
    const view = await begin(bot);
    bot.clock.advance(22 * hour);
    await sweep(bot.world);
    expect((await vote(bot, view, 1, "a")).told.title).toBe(title("voted"));
  });

  test("another channel, tenant, platform, or session there never was: a clear word, the same, and nothing changes", async () => {
    const view = await begin(bot);
    await vote(bot, view, 1, "a");
    const before = await database.tables();
    const places: readonly SessionPlace[] = [
      { ...team, channel: "19:other@thread.tacv2" },
      { ...team, tenant: "another-organisation" },
      { ...team, platform: "slack" },
      route,
    ];
    const unknown: SessionPress = { do: "session.vote", session: crypto.randomUUID(), option: "a" };
    const never = await bot.turns.session({ place: team, user: person(1), press: unknown, inputs: {} });
    expect(never.told.title).toBe(title("over"));
    for (const place of places) {
      for (const what of ["session.outcome", "session.another"])
        expect(await press(bot, view, what, 1, place)).toEqual(never);
      expect(await vote(bot, view, 1, "b", place)).toEqual(never);
    }
    expect(await database.tables()).toEqual(before);
  });

  test("another situation comes once, and votes on both are apart", async () => {
    const view = await begin(bot, "scène 18");
    await vote(bot, view, 1, "a");
    const replies = await Promise.all([1, 2, 3].map((nr) => press(bot, view, "session.another", nr)));
    const posts = replies.flatMap(({ post }) => (post === null ? [] : [post]));
    expect(posts).toHaveLength(1);
    const titles = replies.filter(({ post }) => post === null).map(({ told }) => told.title);
    expect(titles).toEqual([title("already"), title("already")]);
    const [next] = posts;
    if (!next) throw new Error("no scene");
    // After the last scene the first comes.
    expect(next.title).toBe(nl.say("scenes.lunchJoke.label"));
    for (const nr of [1, 2, 3, 4, 5]) await vote(bot, next, nr, "b");
    expect(shownVotes((await press(bot, next, "session.outcome")).message)).toEqual({
      a: 0,
      b: 5,
      c: 0,
      d: 0,
    });
    expect(shownVotes((await press(bot, view, "session.outcome")).message)).toBeNull();
    expect(await stored()).toHaveLength(2);
  });

  test("a scene that could not be posted may be asked for again; one that may be there may not", async () => {
    const view = await begin(bot);
    const turn = { place: team, user: person(1), press: pressOn(view, "session.another"), inputs: {} };
    await bot.turns.session(turn);
    const failed = await bot.turns.sessionNotPosted(turn, "notPosted");
    expect(failed.told.title).toBe(title("notPosted"));
    expect(words(failed.card)).toContain(nl.say("scenes.lunchJoke.label"));
    expect((await bot.turns.session(turn)).post).not.toBeNull();
    expect((await bot.turns.sessionNotPosted(turn, "unsure")).told.title).toBe(title("unsure"));
    expect(await bot.turns.session(turn)).toMatchObject({ post: null, told: { title: title("already") } });
  });

  test("the form puts the chosen scene there once; a scene that there is not, it does not", async () => {
    const place: SessionPlace = { platform: "slack", tenant: tenants.slack, channel: "C0TEAM" };
    const form = bot.turns.sessionForm(place, "scene 3 english");
    if (form === null) throw new Error("no form");
    expect(form.inputs).toMatchObject([{ id: "scene", value: "staffRoom" }]);
    expect(await stored()).toEqual([]);
    const turn = { place, user: person(1), press: pressOn(form, "session.begin") };
    for (const inputs of [{}, { scene: "nothing" }, { scene: ["staffRoom"] }])
      expect(await bot.turns.session({ ...turn, inputs })).toMatchObject({ post: null });
    expect(await stored()).toEqual([]);
    const begun = await bot.turns.session({ ...turn, inputs: { scene: "filmSet" } });
    expect(begun.post?.title).toBe(content.words("en").say("scenes.filmSet.label"));
    expect(begun.told.title).toBe(title("begun", "en"));
    const again = await bot.turns.session({ ...turn, inputs: { scene: "filmSet" } });
    expect(again).toMatchObject({ post: null, told: { title: title("already", "en") } });
    const uninvited = await bot.turns.sessionNotPosted(
      { ...turn, inputs: { scene: "filmSet" } },
      "notInvited",
    );
    expect(words(uninvited.told)).toContain(title("notInvited", "en"));
    expect(uninvited.told.inputs).toMatchObject([{ value: "filmSet" }]);
    expect(pressOn(uninvited.told, "session.begin")).toEqual(turn.press);
    expect((await bot.turns.session({ ...turn, inputs: { scene: "filmSet" } })).post).not.toBeNull();
  });

  test("what asks for something else, or to practise alone, gets no form", () => {
    for (const text of ["hulp", "oefenen", "practice", "vertrouwenspersoon", "scène gisteren met Jan"])
      expect(bot.turns.sessionForm(team, text)).toBeNull();
  });
});

test("a session whose key is gone is over, and is swept", async () => {
  const database = await sqlite();
  const bot = await startBot({ database });
  const view = await begin(bot);
  const { world: _, ...rest } = bot;
  const later = await startBot({ database, clock: rest.clock });
  expect((await vote(later, view, 1, "a")).told.title).toBe(title("over"));
  later.clock.advance(24 * hour);
  await sweep(later.world);
  expect((await database.tables()).sessions).toEqual([]);
  await database.close();
});
