import { readContent } from "../../bots/content-files.ts";
import type { AdaptiveCard } from "../../cards/adaptive-card.ts";
import { buttonsOf } from "../fakes/card.ts";
import type { Person, ShownMessage } from "../fakes/slack.ts";
import { appId, pressOn, tenant, wordsOn } from "../fakes/teams.ts";
import { type BotAnswer, type Json, type TeamsPerson, teamsPerson } from "../fakes/teams-person.ts";
import { databasePlaces, found, readTables } from "./search.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";

/** Six colleagues practise in a channel: over real requests, to the same service on either platform. */

const nl = readContent().words("nl");
const en = readContent().words("en");
const votes = ["a", "a", "b", "c", "a", "b"] as const;
const choose = (option: string, words = nl) =>
  words.say("session.buttons.vote", { letter: option.toUpperCase() });
const label = (name: string, words = nl) => words.say(`session.buttons.${name}`);
const title = (news: string, words = nl) => words.say(`session.${news}.title`);
const voted = (option: string, count: number, words = nl) =>
  words.say("session.voted.text", { letter: option.toUpperCase(), votes: count });
const share = (count: number, words = nl) => words.say("session.outcome.share", { count, total: 6 });
const scene = (key: string, words = nl) => words.say(`scenes.lunchJoke.${key}`);

let stage: Stage;
let bot: Bot;
beforeEach(async () => {
  stage = await setStage({ advisers: "teams", external: "slack" });
  bot = await startBot(stage);
});
afterEach(async () => {
  await bot?.stop();
  await stage?.close();
});

/** Everything by which somebody's vote could be traced, in the log and in the database as it now is. */
async function traces(secrets: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return found(secrets, { log: bot.logged.join("\n"), ...(await databasePlaces(stage)) });
}

describe("in Teams", () => {
  const channel = "19:team-3f9a@thread.tacv2";
  const people = ["anna", "bram", "carla", "daan", "eva", "farid"].map((name) => `29:${name}-practises`);
  const person = (nr: number, conversation = channel): TeamsPerson =>
    teamsPerson(bot.url, stage.teams, { user: people[nr] ?? "", conversation, type: "channel" });
  const messages = () => stage.teams.connector.messages(channel);
  beforeEach(() => stage.teams.connector.addChannel(channel));

  function mention(of: TeamsPerson, text: string): Json {
    return of.message(`<at>Vertrouwd</at> ${text}`, {
      entities: [{ type: "mention", mentioned: { id: `28:${appId}`, name: "Vertrouwd" } }],
    });
  }

  /** The message that asking for a scene brings. */
  async function asked(text = "scène 1", of = person(0)) {
    expect((await of.post(mention(of, text))).status).toBe(200);
    const message = messages().at(-1);
    if (!message) throw new Error("nothing was posted");
    return message;
  }

  function press(nr: number, card: AdaptiveCard, button: string, message: string, at = channel) {
    const of = person(nr, at);
    return of.post(of.invoke(pressOn(card, button), { replyToId: message }));
  }
  const said = ({ card }: BotAnswer) => (card === null ? "" : wordsOn(card));
  const updates = () => messages().map((message) => message.updates);

  test.each([
    ["scène 1", nl],
    ["practice 1", en],
  ])("six people vote on what '%s' brings, and talk about the outcome", async (text, words) => {
    const { id, card } = await asked(text);
    expect(wordsOn(card)).toContain(scene("label", words));
    expect(wordsOn(card)).toContain(words.say("session.scene.names"));
    for (const [nr, option] of votes.entries()) {
      const answer = await press(nr, card, choose(option, words), id);
      expect(said(answer)).toContain(voted(option, nr + 1, words));
      expect(said(answer)).toContain(words.say("session.scene.yours", { letter: option.toUpperCase() }));
    }
    // The message itself says nothing of it yet, to nobody.
    expect(updates()).toEqual([0]);
    const answer = await press(2, card, label("outcome", words), id);
    await stage.teams.connector.until(() => messages()[0]?.updates === 1);
    const outcome = messages()[0]?.words ?? "";
    expect(said(answer)).toBe(outcome);
    for (const count of [3, 2, 1, 0]) expect(outcome).toContain(share(count, words));
    for (const part of ["results.a", "results.d", "other", "say", "talk.p1", "talk.p3"]) {
      for (const line of scene(part, words).split("\n")) expect(outcome).toContain(line.trim());
    }
    expect(buttonsOf(messages()[0]?.card)).toEqual([label("another", words)]);
    expect(stage.teams.connector.complaints).toEqual([]);
  });

  test("who chose what is in no log, message or table once the outcome is there", async () => {
    const { id, card } = await asked();
    for (const [nr, option] of votes.entries()) await press(nr, card, choose(option), id);
    const [row] = (await readTables(stage)).sessions ?? [];
    await press(0, card, label("outcome"), id);
    await stage.teams.connector.until(() => messages()[0]?.updates === 1);
    const secrets = {
      ...Object.fromEntries(people.map((name) => [name, name])),
      name: "Anna de Vries",
      "the votes": String(row?.sealed),
    };
    expect(await traces(secrets)).toEqual([]);
    expect(
      found({ ...secrets, yours: "jouw keuze" }, { teams: stage.teams.connector.bodies.join() }),
    ).toEqual([]);
  });

  test("in a thread the scene and its outcome stand in that thread, and votes count from there", async () => {
    const root = (await asked("hallo")).id;
    const thread = `${channel};messageid=${root}`;
    const { id, card, under } = await asked("scène 1", person(0, thread));
    expect(under).toBe(root);
    for (const nr of [0, 1, 2, 3, 4]) await press(nr, card, choose("b"), id, thread);
    const more = await press(1, card, label("another"), id, thread);
    expect(said(more)).toContain(voted("b", 5));
    expect(messages().at(-1)).toMatchObject({ under: root });
    await press(0, card, label("outcome"), id, thread);
    await stage.teams.connector.until(() => messages()[1]?.updates === 1);
    expect(messages()[1]?.words).toContain(nl.say("session.outcome.share", { count: 5, total: 5 }));
  });

  test("a late vote is told so, and puts right a message that could not be changed", async () => {
    const { id, card } = await asked();
    await press(0, card, choose("a"), id);
    stage.teams.connector.failNext({ with: "refusal" });
    const answer = await press(0, card, label("outcome"), id);
    expect(said(answer)).toContain(nl.say("session.outcome.few").split(". ")[0] ?? "");
    await stage.teams.connector.until(() => stage.teams.connector.writes() === 2);
    expect(updates()).toEqual([0]);
    const late = await press(1, card, choose("b"), id);
    expect(said(late)).toContain(title("late"));
    await stage.teams.connector.until(() => messages()[0]?.updates === 1);
    expect(messages()[0]?.words).not.toContain(title("late"));
  });

  test("a press from another channel, a private chat or another tenant changes nothing", async () => {
    const { id, card } = await asked();
    await press(0, card, choose("a"), id);
    const before = await readTables(stage);
    for (const place of ["19:other@thread.tacv2", channels.advisers.teams]) {
      for (const button of [choose("b"), label("outcome"), label("another")])
        expect(said(await press(0, card, button, id, place))).toContain(title("over"));
    }
    const alone = teamsPerson(bot.url, stage.teams, {
      user: people[0] ?? "",
      conversation: "a:1anna",
      type: "personal",
    });
    expect(said(await alone.post(alone.invoke(pressOn(card, choose("b")))))).toContain(title("over"));
    const stranger = person(0).invoke(pressOn(card, choose("b")), {
      conversation: { id: channel, tenantId: "another-tenant", conversationType: "channel" },
      channelData: { tenant: { id: "another-tenant" } },
    });
    expect((await person(0).post(stranger)).status).toBe(403);
    expect(await readTables(stage)).toEqual(before);
    expect(stage.teams.connector.writes()).toBe(1);
  });

  test.each([
    ["an option there never was", { do: "session.vote", session: "SESSION", option: "e" }],
    ["two options", { do: "session.vote", session: "SESSION", option: ["a", "b"] }],
    ["no option", { do: "session.vote", session: "SESSION" }],
    ["no session", { do: "session.outcome" }],
    ["a session that is no id", { do: "session.another", session: "' or 1=1" }],
    ["another act", { do: "session.results", session: "SESSION" }],
  ])("a forged press with %s is refused", async (_what, data) => {
    const { card } = await asked();
    const session = JSON.stringify(card.actions).match(/[0-9a-f-]{36}/)?.[0] ?? "";
    const forged = JSON.parse(JSON.stringify(data).replace("SESSION", session));
    const before = await readTables(stage);
    const value = { action: { type: "Action.Execute", data: forged }, trigger: "manual" };
    expect((await person(0).post(person(0).invoke(value))).status).toBe(400);
    expect(await readTables(stage)).toEqual(before);
  });

  test("the same mention twice, and a second press on another situation, post once", async () => {
    const of = person(0);
    const activity = mention(of, "scène 1");
    for (let nr = 0; nr < 3; nr++) expect((await of.post(activity)).status).toBe(200);
    expect(messages()).toHaveLength(1);
    const [{ id, card } = { id: "", card: null }] = messages();
    if (card === null) throw new Error("no card");
    const [first, second] = await Promise.all([1, 2].map((nr) => press(nr, card, label("another"), id)));
    expect(messages()).toHaveLength(2);
    const told = [first, second].filter((answer) => answer && said(answer).includes(title("already")));
    expect(told).toHaveLength(1);
  });

  test("a scene that could not be posted is told, and can be asked for again", async () => {
    const { id, card } = await asked();
    stage.teams.connector.failNext({ with: "refusal" });
    const failed = await press(0, card, label("another"), id);
    expect(said(failed)).toContain(title("notPosted"));
    if (failed.card === null) throw new Error("no card");
    await press(0, failed.card, label("another"), id);
    expect(messages()).toHaveLength(2);
    stage.teams.connector.failNext({ with: "reset" });
    const newest = messages().at(-1);
    if (newest === undefined) throw new Error("no message");
    expect(said(await press(0, newest.card, label("another"), newest.id))).toContain(title("unsure"));
  });

  test("an advisers' channel gets no session, and no case is touched", async () => {
    const of = teamsPerson(bot.url, stage.teams, {
      user: "29:vera-advises",
      conversation: channels.advisers.teams,
      type: "channel",
    });
    const before = await readTables(stage);
    await of.post(mention(of, "scène"));
    const [line] = stage.teams.connector.messages(channels.advisers.teams);
    expect(line?.words).toContain(title("notHere"));
    expect(buttonsOf(line?.card)).toEqual([]);
    expect(await readTables(stage)).toEqual(before);
  });

  test("a message to others in the channel starts nothing", async () => {
    await person(0).post(person(0).message("scène", { conversation: { id: channel, tenantId: tenant } }));
    expect(messages()).toEqual([]);
  });
});

describe("in Slack", () => {
  const channel = "C0TEAM3F9A";
  const people = ["ANNA", "BRAM", "CARLA", "DAAN", "EVA", "FARID"].map((name) => `U0${name}PRACTISES`);
  const person = (nr: number): Person => stage.slack.person(people[nr] ?? "");
  const last = (): ShownMessage => person(0).last(channel);
  beforeEach(() => stage.slack.channel(channel, { kind: "public" }));

  /** Asks for a scene and puts it in the channel. */
  async function asked(text = "scène 1", words = nl): Promise<ShownMessage> {
    const anna = person(0);
    await anna.command(text, channel);
    await anna.press(label("begin", words), "modal");
    expect(anna.modal().text).toContain(title("begun", words));
    await anna.close();
    return last();
  }

  async function pressed(nr: number, button: string, message: ShownMessage): Promise<string> {
    const of = person(nr);
    await of.press(button, message);
    if (!of.hasModal()) return "";
    const { text } = of.modal();
    await of.close();
    return text;
  }

  test.each([
    ["scène 1", nl],
    ["scene 1 in english", en],
  ])("six people vote on what '%s' brings, and talk about the outcome", async (text, words) => {
    const message = await asked(text, words);
    expect(message.text).toContain(words.say("session.scene.names"));
    for (const [nr, option] of votes.entries()) {
      const told = await pressed(nr, choose(option, words), message);
      expect(told).toContain(title("voted", words));
      expect(told).toContain(voted(option, nr + 1, words));
      expect(told).toContain(scene(`response.options.${option}`, words));
    }
    expect(last().edits).toBe(0);
    // What everybody sees needs no words for one.
    expect(await pressed(3, label("outcome", words), message)).toBe("");
    const outcome = last();
    expect(outcome.edits).toBe(1);
    for (const count of [3, 2, 1, 0]) expect(outcome.text).toContain(share(count, words));
    for (const part of ["results.a", "other", "say", "talk.p1"])
      expect(outcome.text).toContain(scene(part, words).split("\n")[0]);
    expect(outcome.buttons).toEqual([label("another", words)]);
    expect(stage.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
  });

  test("who chose what is in no log, message or table once the outcome is there", async () => {
    const message = await asked();
    for (const [nr, option] of votes.entries()) await pressed(nr, choose(option), message);
    const [row] = (await readTables(stage)).sessions ?? [];
    await pressed(0, label("outcome"), message);
    const secrets = {
      ...Object.fromEntries(people.map((name) => [name, name])),
      "the votes": String(row?.sealed),
    };
    expect(await traces(secrets)).toEqual([]);
    expect(found({ ...secrets, yours: "Jij koos" }, { slack: stage.slack.kept() })).toEqual([]);
  });

  test("the form chooses among all scenes, and puts nothing there before it is told to", async () => {
    const anna = person(0);
    const form = await anna.command("scène", channel);
    expect(form.text).toContain(nl.say("session.form.text"));
    expect(anna.messages(channel)).toEqual([]);
    anna.fill({ scene: nl.say("scenes.filmSet.label") });
    await anna.press(label("begin"), "modal");
    expect(last().text).toContain(nl.say("scenes.filmSet.label"));
  });

  test("a second press of the form's button puts nothing more there", async () => {
    const anna = person(0);
    await anna.command("scène 2", channel);
    const view = stage.slack.workspace.top(anna.id);
    if (view === undefined) throw new Error("no modal");
    const submission = {
      type: "view_submission",
      team: { id: stage.slack.team },
      user: { id: anna.id, team_id: stage.slack.team },
      view: { ...view.view, id: view.id, state: { values: view.values } },
    };
    await Promise.all([1, 2].map(() => anna.send("interactive", submission)));
    expect(anna.messages(channel)).toHaveLength(1);
  });

  test.each(["public", "private"] as const)(
    "a %s channel that the bot is not in is told to invite it",
    async (kind) => {
      stage.slack.channel("C0NEW", { kind, member: false });
      const anna = person(0);
      await anna.command("scène 4", "C0NEW");
      await anna.press(label("begin"), "modal");
      expect(anna.modal().text).toContain(title("notInvited"));
      const found = stage.slack.workspace.channels.get("C0NEW");
      if (found) found.member = true;
      await anna.press(label("begin"), "modal");
      expect(anna.modal().text).toContain(title("begun"));
      expect(anna.last("C0NEW").text).toContain(nl.say("scenes.managerLooks.label"));
    },
  );

  test("another situation comes below, once; where Slack says no it is told and can be asked for again", async () => {
    const message = await asked();
    stage.slack.fail("chat.postMessage", { how: "error", error: "restricted_action" });
    expect(await pressed(0, label("another"), message)).toContain(title("notPosted"));
    expect(await pressed(0, label("another"), message)).toBe("");
    expect(last().text).toContain(nl.say("scenes.hybridMeeting.label"));
    expect(await pressed(1, label("another"), message)).toContain(title("already"));
    expect(person(0).messages(channel)).toHaveLength(2);
  });

  test("a message that could not be changed is shown to who pressed, and a late vote puts it right", async () => {
    const message = await asked();
    await pressed(0, choose("a"), message);
    stage.slack.fail("chat.update", { how: "error", error: "ratelimited" });
    expect(await pressed(0, label("outcome"), message)).toContain(nl.say("session.outcome.title"));
    expect(last().edits).toBe(0);
    await person(1).press(choose("b"), message);
    await stage.slack.until("a word for the late", () => person(1).hasModal());
    expect(person(1).modal().text).toContain(title("late"));
    expect(last().text).toContain(nl.say("session.outcome.may"));
  });

  test("a press from another channel, of another workspace, or that is forged changes nothing", async () => {
    const message = await asked();
    const anna = person(0);
    const before = await readTables(stage);
    const payload = anna.pressing(choose("b"), message);
    const [action] = payload.actions as { value: string }[];
    const forge = (change: object) => ({
      ...payload,
      actions: [{ ...action, value: JSON.stringify({ ...JSON.parse(action?.value ?? ""), ...change }) }],
    });
    for (const wrong of [
      { ...payload, channel: { id: "C0OTHER" } },
      { ...payload, channel: { id: channels.external.slack } },
      { ...payload, channel: { id: "D0ANNA" } },
      { ...payload, user: { id: anna.id, team_id: "T0OTHER" } },
      { ...payload, team: { id: "T0OTHER" } },
      forge({ option: "e" }),
      forge({ session: "none" }),
      forge({ do: "session.results" }),
    ])
      await anna.send("interactive", { ...wrong, trigger_id: anna.trigger() });
    await bot.stop();
    expect(await readTables(stage)).toEqual(before);
    expect(person(0).messages(channel)).toEqual([message]);
  });

  test("in an advisers' channel the form is refused", async () => {
    const anna = person(0);
    const told = await anna.command("scène", channels.external.slack);
    expect(told.text).toContain(title("notHere"));
    expect(told.buttons).toEqual([]);
    expect((await readTables(stage)).sessions).toEqual([]);
  });

  test("in a private chat, and for words that mean something else, the command is what it was", async () => {
    const anna = person(0);
    for (const [text, place] of [
      ["scène 1", "D0ANNAPRACTISES"],
      ["menu", channel],
      ["", channel],
    ] as const) {
      const modal = await anna.command(text, place);
      expect(modal.buttons).not.toContain(label("begin"));
      await anna.close();
    }
  });
});
