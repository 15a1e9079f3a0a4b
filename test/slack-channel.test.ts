import { pino } from "pino";
import type { Group, Route } from "../bots/ports.ts";
import { createSlack } from "../bots/slack/adapter.ts";
import { type ChannelUnderTest, channelContract, type Failure } from "./contracts/channel.ts";
import { recordingTurns, words } from "./fakes/slack/recording-turns.ts";
import { largestPage } from "./fakes/slack/web-api.ts";
import { startSlack, team } from "./fakes/slack.ts";

const writing = ["chat.postMessage", "chat.update"];

const reading = ["conversations.members"];

const crowd = Array.from({ length: 10 * largestPage }, (_, nr) => `U0NR${nr}`);

async function open(options: Parameters<typeof startSlack>[0] = {}): Promise<ChannelUnderTest> {
  const slack = await startSlack(options);
  slack.connectBy({ send: async () => ({ status: 200, body: "" }) });
  const { id } = slack.person("U0ANNA");
  slack.channel("G0DESK");
  slack.channel("G0OTHER");
  slack.channel("C0OPEN", { kind: "public" });
  slack.channel("G0SHARED", { shared: true });
  slack.channel("G0OLD", { archived: true });
  slack.channel("G0ALONE", { member: false });
  slack.channel("G0MANAGERS", { people: ["U0BERT", "U0CARLA", "U0DRIES", id] });
  slack.channel("G0BOARD", { people: ["U0BERT", "U0CARLA", "U0DRIES"] });
  slack.channel("G0CROWD", { people: [...crowd] });
  const group = (channel: string): Group => ({ platform: "slack", tenant: team, channel });
  const route = (channel: string): Route => ({
    id: "desk",
    platform: "slack",
    tenant: team,
    channel,
    language: "nl",
    card: "sealed",
  });
  const { channel } = createSlack(
    { botToken: slack.botToken, signingSecret: slack.signingSecret, apiUrl: slack.apiUrl, teams: [team] },
    { turns: recordingTurns(), log: pino({ level: "silent" }), words },
  );
  function fail(methods: readonly string[], failure: Failure): void {
    const how = {
      rateLimit: {
        how: "ratelimited",
        retryAfter: "retryAfterSeconds" in failure ? failure.retryAfterSeconds : 0,
      },
      refusal: { how: "error", error: "restricted_action" },
      serverError: { how: "status", status: 500, done: true },
      reset: { how: "reset", done: true },
    } as const;
    slack.failNextOf(methods, how[failure.with]);
  }
  return {
    channel,
    person: { platform: "slack", tenant: team, user: id, conversation: slack.workspace.dm(id).id },
    route: route("G0DESK"),
    otherRoute: route("G0OTHER"),
    shown: (conversation) =>
      slack
        .person(id)
        .messages(conversation)
        .map(({ ts, thread, text, buttons, summary }) => ({
          id: ts,
          under: thread,
          words: [text, ...buttons].join("\n"),
          notification: summary,
        })),
    failNext: (failure) => fail(writing, failure),
    failNextRead: (failure) => fail(reading, failure),
    reads: () => slack.calls.filter(({ method }) => reading.includes(method)).length,
    group: group("G0MANAGERS"),
    otherGroup: group("G0BOARD"),
    closed: {
      notFound: group("G0ALONE"),
      tooMany: group("G0CROWD"),
    },
    writes: () => slack.calls.filter(({ method }) => writing.includes(method)).length,
    faulty: {
      notFound: route("G0NOWHERE"),
      notPrivate: route("C0OPEN"),
      shared: route("G0SHARED"),
      archived: route("G0OLD"),
      wrongTenant: { ...route("G0DESK"), tenant: "T0STRANGER" },
    },
    close: () => slack.stop(),
  };
}

channelContract("Slack", () => open());

test("a private channel that the bot is not in does not exist for it", async () => {
  const { channel, route, close } = await open();
  expect(await channel.checkRoute({ ...route, channel: "G0ALONE" })).toEqual({ code: "notFound" });
  await close();
});

test("a route in a workspace that is allowed, but is not the token's own, is refused", async () => {
  const slack = await startSlack();
  slack.channel("G0DESK");
  const { channel } = createSlack(
    { botToken: slack.botToken, signingSecret: "s", apiUrl: slack.apiUrl, teams: [team, "T0SISTER"] },
    { turns: recordingTurns(), log: pino({ level: "silent" }), words },
  );
  const route: Route = {
    id: "desk",
    platform: "slack",
    tenant: "T0SISTER",
    channel: "G0DESK",
    language: "nl",
    card: "sealed",
  };
  expect(await channel.checkRoute(route)).toEqual({ code: "wrongTenant" });
  await slack.stop();
});

test("a door to somebody without a known channel opens the direct message first", async () => {
  const { channel, person, shown, close } = await open();
  const ref = await channel.postToPerson({ ...person, conversation: person.user }, words.trouble);
  expect(ref.conversation).toBe(person.conversation);
  expect(shown(person.conversation)).toHaveLength(1);
  await close();
});

describe("a group in Slack", () => {
  let tried: ChannelUnderTest;
  const start = async (...scopes: string[]) => {
    tried = await open(scopes.length > 0 ? { scopes } : {});
  };
  afterEach(() => tried.close());
  const at = (channel: string): Group => ({ ...tried.group, channel });

  test("is read page by page, and no further than where the person stands", async () => {
    await start();
    await tried.channel.isMember(tried.group, tried.person.user);
    expect(tried.reads()).toBe(2);
    await tried.channel.isMember(tried.group, "U0BERT");
    expect(tried.reads()).toBe(3);
  });

  test("of more people than are read leaves those behind in doubt, and the others are in it", async () => {
    await start();
    expect(await tried.channel.isMember(at("G0CROWD"), crowd[0] ?? "")).toBe(true);
    await expect(tried.channel.isMember(at("G0CROWD"), crowd.at(-1) ?? "")).rejects.toMatchObject({
      problem: { kind: "refused", code: "tooManyMembers" },
    });
    expect(tried.reads()).toBe(1 + 10);
  });

  test("that everybody can join is not read with the scopes that the app asks for", async () => {
    await start();
    await expect(tried.channel.isMember(at("C0OPEN"), tried.person.user)).rejects.toMatchObject({
      problem: { kind: "refused", code: "missing_scope" },
    });
    expect(await tried.channel.checkGroup(at("C0OPEN"))).toEqual({ code: "notPrivate" });
  });

  test.each([
    ["G0OLD", "archived"],
    ["G0SHARED", "shared"],
  ])("%s is not for this", async (channel, code) => {
    await start();
    expect(await tried.channel.checkGroup(at(channel))).toEqual({ code });
  });

  test("is not read without the scope for it", async () => {
    await start("chat:write");
    await expect(tried.channel.isMember(tried.group, tried.person.user)).rejects.toMatchObject({
      problem: { kind: "refused", code: "missing_scope" },
    });
    expect(await tried.channel.checkGroup(tried.group)).toEqual({ code: "scopeMissing" });
  });

  test("of a workspace that is allowed, but is not the token's own, is refused", async () => {
    const slack = await startSlack();
    slack.channel("G0MANAGERS", { people: ["U0ANNA"] });
    const { channel } = createSlack(
      { botToken: slack.botToken, signingSecret: "s", apiUrl: slack.apiUrl, teams: [team, "T0SISTER"] },
      { turns: recordingTurns(), log: pino({ level: "silent" }), words },
    );
    await start();
    const group = { ...at("G0MANAGERS"), tenant: "T0SISTER" };
    await expect(channel.isMember(group, "U0ANNA")).rejects.toMatchObject({
      problem: { kind: "refused", code: "wrongTenant" },
    });
    expect(await channel.checkGroup(group)).toEqual({ code: "wrongTenant" });
    await slack.stop();
  });
});
