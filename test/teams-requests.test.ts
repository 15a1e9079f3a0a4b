import { createLog } from "../bots/log.ts";
import { createTeams } from "../bots/teams/adapter.ts";
import { longestBody } from "../bots/teams/endpoint.ts";
import { serveLocally } from "./fakes/local-server.ts";
import { appId, places, tenant } from "./fakes/teams.ts";
import { type Bot, canary, quietConsole, startBot } from "./fakes/teams-bot.ts";
import type { Json, Sending } from "./fakes/teams-person.ts";
import { view } from "./fakes/view.ts";

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());
quietConsole(canary);

describe("who may speak for Teams", () => {
  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const table: [string, Sending, number][] = [
    ["a good token", {}, 200],
    ["a token for another bot", { token: { audience: "00000000-0000-4000-8000-000000000666" } }, 401],
    ["a token of another issuer", { token: { issuer: "https://evil.example" } }, 401],
    [
      "a token of the SDK's emulator",
      {
        token: {
          issuer: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
          claims: { ver: "1.0", appid: appId },
        },
      },
      401,
    ],
    [
      "a token of a tenant that signs for the emulator",
      {
        token: {
          issuer: "https://sts.windows.net/11111111-0000-4000-8000-000000000666/",
          claims: { ver: "1.0", appid: appId, tid: "11111111-0000-4000-8000-000000000666" },
        },
      },
      401,
    ],
    [
      "a token of another bot",
      { token: { claims: { ver: "1.0", appid: "00000000-0000-4000-8000-000000000666" } } },
      401,
    ],
    ["a token signed by a stranger", { token: { key: "forged" } }, 401],
    ["a token signed with a key nobody knows", { token: { key: "unknown" } }, 401],
    ["a token signed with a key for another channel", { token: { key: "unendorsed" } }, 401],
    ["a token that expired", { token: { expires: now - hour } }, 401],
    ["a token for another service", { token: { serviceUrl: "https://smba.trafficmanager.net/emea/" } }, 401],
    ["a token without a service", { token: { claims: { serviceurl: undefined } } }, 401],
    ["no token", { authorization: null }, 401],
    ["an empty token", { authorization: "Bearer " }, 401],
    ["another scheme", { authorization: "Basic dXNlcjpwYXNz" }, 401],
    ["garbage", { authorization: `Bearer ${canary}` }, 401],
    ["garbage in the shape of a token", { authorization: "Bearer e30.e30.e30" }, 401],
    ["an unsigned token", { authorization: `Bearer ${unsigned()}` }, 401],
  ];

  function unsigned(): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { iss: "https://api.botframework.com", aud: appId, exp: now + hour };
    return `${part({ alg: "none", kid: "good" })}.${part(claims)}.${part({})}`;
  }

  test.each(table)("%s", async (_name, sending, status) => {
    const answer = await bot.anna.post(bot.anna.message(canary), sending);
    expect(answer.status).toBe(status);
    expect(bot.turns.asked).toBe(status === 200 ? 1 : 0);
    expect(answer.text).toBe("");
    expect(bot.logged.join("\n")).not.toContain(canary);
  });

  test("a token that was taken before is taken for what it was taken for, and nothing else", async () => {
    const authorization = `Bearer ${await bot.teams.issuer.sign({ serviceUrl: bot.teams.connector.serviceUrl })}`;
    const sent = async (change: object, header = authorization) =>
      (await bot.anna.post({ ...bot.anna.message("hoi"), ...change }, { authorization: header })).status;
    expect(await sent({})).toBe(200);
    expect(await sent({})).toBe(200);
    expect(await sent({ serviceUrl: "https://smba.trafficmanager.net/emea/" })).toBe(401);
    // One character of the signature, which is not looked at again for a token that is known.
    const last = authorization.at(-9) === "A" ? "B" : "A";
    expect(await sent({}, `${authorization.slice(0, -9)}${last}${authorization.slice(-8)}`)).toBe(401);
    expect(bot.turns.asked).toBe(2);
  });

  test("a server of keys that stays silent holds no request, nor the end of the service", async () => {
    const silent = await serveLocally(() => {});
    const hasty = await startBot({ openIdMetadataUrl: `${silent.url}/openid`, connectorTimeoutMs: 50 });
    expect((await hasty.anna.say("hoi")).status).toBe(503);
    expect(hasty.turns.asked).toBe(0);
    expect(hasty.logged).toEqual([expect.stringContaining("teams.keysUnavailable")]);
    await hasty.close();
    await silent.close();
  });

  test("a token says nothing about the activity of another channel", async () => {
    const answer = await bot.anna.post({ ...bot.anna.message("hoi"), channelId: "webchat" });
    expect(answer.status).toBe(400);
    expect(bot.turns.asked).toBe(0);
  });

  test("while the platform's keys cannot be fetched, it is asked to try again", async () => {
    await bot.teams.issuer.close();
    expect((await bot.anna.say("hoi")).status).toBe(503);
    expect(bot.turns.asked).toBe(0);
  });

  test("without an app id it does not start, unless authentication is off for the demo", async () => {
    const { settings, credentials } = bot.teams;
    const start = () =>
      createTeams({ ...settings, appId: "" }, { turns: bot.turns, log: createLog("silent"), credentials });
    expect(start).toThrow("app id");
    const open = await startBot({ appId: "", authentication: "offForDemo" });
    expect((await open.anna.post(open.anna.message("hoi"), { authorization: null })).status).toBe(200);
    expect(open.turns.asked).toBe(1);
    await open.close();
  });
});

describe("for whom the bot works", () => {
  const other = "00000000-0000-4000-8000-000000000666";
  const place = { id: places.person, conversationType: "personal" };

  test.each<[string, Json]>([
    [
      "another tenant",
      { conversation: { ...place, tenantId: other }, channelData: { tenant: { id: other } } },
    ],
    ["no tenant", { conversation: place, channelData: {} }],
    ["two tenants", { conversation: { ...place, tenantId: tenant }, channelData: { tenant: { id: other } } }],
  ])("%s is refused", async (_name, over) => {
    for (const activity of [bot.anna.message(canary, over), bot.anna.installation(over)]) {
      expect((await bot.anna.post(activity)).status).toBe(403);
    }
    expect(bot.turns.asked).toBe(0);
  });

  test.each<Json>([
    { conversation: { ...place, tenantId: tenant }, channelData: undefined },
    { conversation: place, channelData: { tenant: { id: tenant } } },
  ])("the configured tenant is served, however it is named", async (over) => {
    expect((await bot.anna.post(bot.anna.message("hoi", over))).status).toBe(200);
    expect(bot.turns.persons[0]?.address.tenant).toBe(tenant);
  });

  test.each([
    "https://evil.example/teams/",
    "https://evil.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net@evil.example/",
    "http://smba.trafficmanager.net/emea/",
    "ftp://127.0.0.1/",
  ])("the bot's token is not sent to %s, even for a good token", async (serviceUrl) => {
    const answer = await bot.anna.post(bot.anna.message("hoi", { serviceUrl }), { token: { serviceUrl } });
    expect(answer.status).toBe(403);
    expect(bot.turns.asked).toBe(0);
  });

  test("the bot's token is not sent to a service URL from storage either", async () => {
    const ref = {
      platform: "teams",
      tenant,
      conversation: "x",
      message: "1",
      serviceUrl: "https://evil.example/",
    } as const;
    const { settings, credentials } = bot.teams;
    const { channel } = createTeams(settings, { turns: bot.turns, log: createLog("silent"), credentials });
    await expect(channel.update(ref, view("x"))).rejects.toMatchObject({
      problem: { kind: "refused", code: "serviceUrlNotAllowed" },
    });
  });
});

describe("a malformed request", () => {
  const message = (over: Json) => JSON.stringify(bot.anna.message(canary, over));
  const table: [string, () => string, Record<string, string>, number][] = [
    ["no JSON", () => `{"text":"${canary}`, {}, 400],
    ["nothing", () => "", {}, 400],
    ["a list", () => "[]", {}, 400],
    ["null", () => "null", {}, 400],
    ["a string", () => `"${canary}"`, {}, 400],
    ["a thousand brackets", () => "[".repeat(100_000), {}, 400],
    ["no type", () => message({ type: undefined }), {}, 400],
    ["a number for a type", () => message({ type: 7 }), {}, 400],
    ["a message without an id", () => message({ id: undefined }), {}, 400],
    ["a message of nobody", () => message({ from: undefined }), {}, 400],
    ["a message to nobody", () => message({ recipient: undefined }), {}, 400],
    ["a message from nowhere", () => message({ conversation: undefined }), {}, 400],
    ["an object for a text", () => message({ text: { $ne: 1 } }), {}, 400],
    ["an object for an id", () => message({ from: { id: { $ne: 1 } } }), {}, 400],
    ["a huge id", () => message({ id: "1".repeat(10_000) }), {}, 400],
    ["a service URL that is none", () => message({ serviceUrl: canary }), {}, 400],
    ["no service URL", () => message({ serviceUrl: undefined }), {}, 400],
    ["another channel", () => message({ channelId: "emulator" }), {}, 400],
    ["a channel with fewer checks in the SDK", () => message({ channelId: "AseChannel" }), {}, 400],
    [
      "a thousand attachments",
      () => message({ attachments: Array(1000).fill({ contentType: "a" }) }),
      {},
      400,
    ],
    ["a form", () => `text=${canary}`, { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["text", () => message({}), { "content-type": "text/plain" }, 415],
    ["something compressed", () => message({}), { "content-encoding": "gzip" }, 415],
    ["too much", () => message({ text: "x".repeat(longestBody) }), {}, 413],
    ["much too much", () => message({ text: "x".repeat(4 * longestBody) }), {}, 413],
  ];

  test.each(table)("%s is refused, and nothing of it is repeated", async (_name, body, headers, status) => {
    const answer = await bot.anna.post(body(), { headers });
    expect(answer).toMatchObject({ status, text: "" });
    expect(bot.turns.asked).toBe(0);
    expect(bot.teams.connector.writes()).toBe(0);
    expect(bot.logged.join()).not.toContain(canary);
    expect((await bot.anna.say("still there")).status).toBe(200);
  });

  test("is refused for its form before anybody's token is looked at", async () => {
    expect((await bot.anna.post("{}", { authorization: null })).status).toBe(400);
  });

  test("a client that wants something else than JSON gets the same answer", async () => {
    const menu = bot.anna.invoke({ action: { type: "Action.Execute", data: { do: "menu" } } });
    const answer = await bot.anna.post(menu, { headers: { accept: "text/html" } });
    expect(answer.card).not.toBeNull();
  });
});
