import { pino } from "pino";
import type { Route } from "../bots/ports.ts";
import { createSlack } from "../bots/slack/adapter.ts";
import { type ChannelUnderTest, channelContract } from "./contracts/channel.ts";
import { recordingTurns, words } from "./fakes/slack/recording-turns.ts";
import { startSlack, team } from "./fakes/slack.ts";

const writing = ["chat.postMessage", "chat.update"];

async function open(): Promise<ChannelUnderTest> {
  const slack = await startSlack();
  slack.connectBy({ send: async () => ({ status: 200, body: "" }) });
  const { id } = slack.person("U0ANNA");
  slack.channel("G0DESK");
  slack.channel("G0OTHER");
  slack.channel("C0OPEN", { kind: "public" });
  slack.channel("G0SHARED", { shared: true });
  slack.channel("G0OLD", { archived: true });
  slack.channel("G0ALONE", { member: false });
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
    failNext(failure) {
      const how = {
        rateLimit: {
          how: "ratelimited",
          retryAfter: "retryAfterSeconds" in failure ? failure.retryAfterSeconds : 0,
        },
        refusal: { how: "error", error: "restricted_action" },
        serverError: { how: "status", status: 500, done: true },
        reset: { how: "reset", done: true },
      } as const;
      slack.failNextOf(writing, how[failure.with]);
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

channelContract("Slack", open);

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
