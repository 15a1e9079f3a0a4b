import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createServer } from "../bots/server.ts";
import { form, type HttpLine, type Signing } from "./fakes/slack.ts";
import { tenant } from "./fakes/teams.ts";
import { quietConsole } from "./fakes/teams-bot.ts";
import type { Json, Sending, TeamsPerson } from "./fakes/teams-person.ts";
import { teamsPerson } from "./fakes/teams-person.ts";
import { reporter } from "./journeys/people.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./journeys/service.ts";
import { fillIn, pseudonymous, words } from "./journeys/steps.ts";
import { sqlite, startBot as startHere, type Tables, tablesIn } from "./world.ts";

/**
 * What nobody should send, sent to the running service on real sockets: each gets its refusal, which repeats
 * nothing; nothing is changed, nothing of it is logged, and the next person is served as ever (P16).
 */
const canary = "kanarie-4711";

let stage: Stage;
let bot: Bot;
let port: number;
let anna: TeamsPerson;
let vera: TeamsPerson;
let slack: HttpLine;
let logged: number;

quietConsole(canary);

beforeAll(async () => {
  stage = await setStage({ advisers: "teams", external: "slack" });
  bot = await startBot(stage, { drainMs: 100 });
  port = Number(new URL(bot.url).port);
  stage.teams.connector.addPersonal("a:1anna");
  anna = teamsPerson(bot.url, stage.teams, { user: "29:anna", conversation: "a:1anna", type: "personal" });
  vera = teamsPerson(bot.url, stage.teams, {
    user: "29:vera-advises",
    conversation: `${channels.advisers.teams};messageid=1`,
    type: "channel",
  });
  slack = stage.slack.connect(`${bot.url}/slack/events`);
  // A report and a draft, which everything below must leave alone.
  const bert = reporter(stage, bot.url, "teams", "bert");
  await bert.enter();
  await fillIn(bert, pseudonymous);
  await bert.press(words("common.buttons.send"));
  await anna.say("hallo");
  await anna.post(anna.invoke({ action: { type: "Action.Execute", data: { do: "start", flow: "report" } } }));
  await bot.outbox.idle();
});
afterAll(async () => {
  await bot?.stop();
  await stage?.close();
});

interface Answer {
  readonly status: number;
  /** Head and body, as they came. */
  readonly text: string;
}

const tables = (): Tables => tablesIn(join(stage.dataDir, "vertrouwd.db"));

/** A normal turn, which shows that the process lives and serves. */
async function isAlive(): Promise<void> {
  const menu = { action: { type: "Action.Execute", data: { do: "menu" } } };
  const answer = await anna.post(anna.invoke(menu));
  expect(answer.status).toBe(200);
  expect(answer.card?.type).toBe("AdaptiveCard");
}

beforeEach(async () => {
  await isAlive();
  logged = bot.logged.length;
});
afterEach(async () => {
  expect(bot.logged.slice(logged).join()).not.toContain(canary);
  await isAlive();
});

/** Sends it and holds the answer to what every refusal promises. */
async function refuses(send: () => Promise<Answer>, ...statuses: number[]): Promise<Answer> {
  const before = tables();
  const answer = await send();
  expect(statuses).toContain(answer.status);
  expect(answer.text).not.toContain(canary);
  expect(answer.text).not.toMatch(/\n\s+at /);
  expect(tables()).toEqual(before);
  return answer;
}

/** Bytes on a socket, as they are; the answer is all that comes until the other side closes. */
function raw(...parts: readonly (string | Buffer)[]): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const got: Buffer[] = [];
    socket.on("data", (chunk) => got.push(chunk));
    // Reset after a refusal: what was answered has come before.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const text = Buffer.concat(got).toString("latin1");
      resolve({ status: Number(/HTTP\/1\.1 (?!100)(\d{3})/.exec(text)?.[1] ?? 0), text });
    });
    for (const part of parts) socket.write(part);
  });
}

/** A request of HTTP/1.1, after which the connection is closed. */
function http(line: string, headers: readonly string[] = [], body: string | Buffer = ""): Promise<Answer> {
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : ["Host: bot.example"];
  const length =
    /^(GET|HEAD|OPTIONS)/.test(line) || headers.some((header) => /^(content-length|transfer)/i.test(header))
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${line} HTTP/1.1`, ...host, "Connection: close", ...length, ...headers].join("\r\n");
  return raw(`${head}\r\n\r\n`, body);
}

const json = "Content-Type: application/json";

describe("any address", () => {
  const requests: readonly (readonly [string, () => Promise<Answer>, number])[] = [
    ["a path that is none of ours", () => http(`GET /${canary}`), 404],
    ["a path below one of ours", () => http(`POST /api/messages/${canary}`, [json], "{}"), 404],
    ["a path with a slash at the end", () => http("POST /api/messages/", [json], "{}"), 404],
    ["a path in capitals", () => http("POST /API/Messages", [json], "{}"), 404],
    ["a path upwards", () => http("GET /healthz/../../etc/passwd"), 404],
    ["a path upwards in disguise", () => http("GET /%2e%2e/%2e%2e/etc/passwd"), 404],
    ["a path with half an escape", () => http(`GET /%${canary}`), 404],
    ["a path with an escape that is no text", () => http(`GET /%E0%A4%A/${canary}`), 404],
    ["a path of ours with such an escape", () => http("POST /api/messages%ff", [json], "{}"), 404],
    ["a path with a nought", () => http(`GET /healthz%00${canary}`), 404],
    ["a path with two slashes", () => http("GET //healthz"), 404],
    ["another host's address, with a port that is none", () => http(`GET http://${canary}:99999/`), 400],
    ["another host's address, without a host", () => http("GET http://"), 400],
    ["a host with a port that is none", () => http("GET /healthz", [`Host: ${canary}:99999`]), 400],
    ["a host with a space", () => http("POST /api/messages", [`Host: a ${canary}`, json], "{}"), 400],
    ["half a host", () => http("POST /slack/events", ["Host: [", json], "{}"), 400],
    ["no host", () => raw("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"), 400],
    ["a method that is none", () => http(`${canary.toUpperCase()} /healthz`), 400],
    ["no HTTP", () => raw(`${canary}\r\n\r\n`), 400],
    ["another HTTP", () => raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 400],
    ["TLS", () => raw(Buffer.from("16030100a5010000a10303", "hex"), Buffer.from("\r\n\r\n")), 400],
    ["a header that is too large", () => http("GET /healthz", [`X-A: ${canary.repeat(2000)}`]), 431],
    ["a path that is too large", () => http(`GET /${canary.repeat(2000)}`), 431],
    [
      "headers that are too many",
      () =>
        http(
          "GET /healthz",
          Array.from({ length: 3000 }, (_, nr) => `x${nr}: ${canary}`),
        ),
      431,
    ],
    ["a header with a nought", () => http("GET /healthz", [`X-A: a\0${canary}`]), 400],
    ["a header without a name", () => http("GET /healthz", [`: ${canary}`]), 400],
    ["two lengths", () => http("POST /api/messages", ["Content-Length: 2", "Content-Length: 3"], "{}x"), 400],
    ["a length below nought", () => http("POST /api/messages", ["Content-Length: -1"], "{}"), 400],
    [
      "a length and pieces, to smuggle a request",
      () => http("POST /api/messages", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\nGET /"),
      400,
    ],
    [
      "a piece without a length",
      () => http("POST /api/messages", [json, "Transfer-Encoding: chunked"], `${canary}\r\n`),
      400,
    ],
    ["an expectation nobody knows", () => http("POST /api/messages", [`Expect: ${canary}`], "{}"), 417],
  ];
  test.each(requests)("%s", async (_what, send, status) => {
    await refuses(send, status);
  });

  test.each([
    ["GET /api/messages", 405],
    ["PUT /api/messages", 405],
    ["DELETE /api/messages", 405],
    ["PATCH /slack/events", 405],
    ["GET /slack/events", 405],
    ["OPTIONS /slack/events", 405],
    ["PROPFIND /slack/events", 405],
    ["HEAD /healthz", 405],
    ["POST /healthz", 405],
    ["POST /readyz", 405],
    ["DELETE /readyz", 405],
    ["TRACE /healthz", 405],
  ])("%s", async (line, status) => {
    await refuses(() => http(line, ["X-HTTP-Method-Override: GET", `X-A: ${canary}`]), status);
  });

  test("health is told whatever else a request says", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      for (const header of [
        `Accept: ${canary}/x`,
        `Accept-Version: ~9.${canary}`,
        `Cookie: ${canary}`,
        `Authorization: Bearer ${canary}`,
        "Expect: 100-continue",
        "Range: bytes=0-1",
        `If-None-Match: ${canary}`,
      ]) {
        const { text } = await refuses(() => http(`GET ${path}?${canary}`, [header]), 200);
        expect(text).toMatch(/\{"status":"(alive|ready)"(,"problems":\[\])?\}$/);
      }
    }
  });

  test("a wish for another protocol is not followed, and keeps no connection", async () => {
    const upgrade = ["Upgrade: websocket", "Connection: Upgrade, close", "Sec-WebSocket-Version: 13"];
    const { text } = await refuses(() => http("GET /healthz", upgrade), 200);
    expect(text).not.toContain("101");
    expect(await raw(`CONNECT ${canary}:80 HTTP/1.1\r\nHost: x\r\n\r\n`)).toEqual({ status: 0, text: "" });
  });

  test("no answer says what the service is made of, or may be kept", async () => {
    for (const path of ["/healthz", `/${canary}`, "/api/messages"]) {
      const { text } = await http(`GET ${path}`);
      expect(text).toMatch(/Cache-Control: no-store/i);
      expect(text).not.toMatch(/restify|express|node/i);
    }
  });
});

/** One activity, spoilt in one way. */
const spoilt = (change: (activity: Json) => unknown): Json => {
  const activity = anna.message(canary);
  change(activity);
  return activity;
};
const set = (over: Json) => (activity: Json) => Object.assign(activity, over);
const press = (data: unknown, more: Json = {}) =>
  anna.invoke({ action: { type: "Action.Execute", data }, ...more });

describe("what comes as Teams", () => {
  const post = (activity: unknown, sending?: Sending) => async (): Promise<Answer> =>
    anna.post(activity, sending);

  const tokens: readonly (readonly [string, Sending, number])[] = [
    ["none", { authorization: null }, 401],
    ["that is no token", { authorization: `Bearer ${canary}` }, 401],
    ["of another scheme", { authorization: `Basic ${canary}` }, 401],
    ["unsigned", { authorization: `Bearer ${unsigned({ iss: "https://api.botframework.com" })}.` }, 401],
    ["with pieces that are no JSON", { authorization: `Bearer ${canary}.${canary}.${canary}` }, 401],
    ["that is very long", { authorization: `Bearer ${"a.".repeat(6000)}` }, 401],
    ["signed by a stranger", { token: { key: "forged" } }, 401],
    ["signed with a key that nobody knows", { token: { key: "unknown" } }, 401],
    ["signed for another channel", { token: { key: "unendorsed" } }, 401],
    ["of another issuer", { token: { issuer: `https://${canary}.example` } }, 401],
    ["for another bot", { token: { audience: canary } }, 401],
    ["that has run out", { token: { expires: 1_600_000_000 } }, 401],
    ["for another service URL", { token: { serviceUrl: `https://${canary}.example/` } }, 401],
  ];
  test.each(tokens)("with a token %s", async (_what, sending, status) => {
    for (const activity of [anna.message(canary), press({ do: "clear", draft: canary }), anna.installation()])
      await refuses(post(activity, sending), status);
  });

  const activities: readonly (readonly [string, (activity: Json) => unknown, number])[] = [
    ["of no type", set({ type: undefined }), 400],
    ["of a type that is no text", set({ type: { $ne: canary } }), 400],
    ["of another channel", set({ channelId: canary }), 400],
    ["without a service URL", set({ serviceUrl: undefined }), 400],
    ["with a service URL that is none", set({ serviceUrl: canary }), 400],
    ["with a service URL of a stranger", set({ serviceUrl: `https://${canary}.example/` }), 401],
    ["without a conversation", set({ conversation: undefined }), 400],
    ["in a conversation without an id", set({ conversation: { tenantId: tenant } }), 400],
    ["in a conversation whose id is a list", set({ conversation: { id: [canary], tenantId: tenant } }), 400],
    [
      "in a conversation whose id is too long",
      set({ conversation: { id: canary.repeat(100), tenantId: tenant } }),
      400,
    ],
    ["from nobody", set({ from: undefined }), 400],
    ["from a number", set({ from: { id: 4711 } }), 400],
    ["to nobody", set({ recipient: undefined }), 400],
    ["without an id", set({ id: undefined }), 400],
    ["with an id that is empty", set({ id: "" }), 400],
    ["with text that is none", set({ text: [canary] }), 400],
    [
      "with more attachments than anybody sends",
      set({ attachments: Array(51).fill({ contentType: "a" }) }),
      400,
    ],
    ["with attachments that are none", set({ attachments: canary }), 400],
    [
      "of another tenant",
      (a) =>
        set({
          conversation: { ...(a.conversation as Json), tenantId: canary },
          channelData: { tenant: { id: canary } },
        })(a),
      403,
    ],
    ["of two tenants", set({ channelData: { tenant: { id: canary } } }), 403],
    [
      "of no tenant",
      (a) => set({ conversation: { id: "a:1anna", conversationType: "personal" }, channelData: {} })(a),
      403,
    ],
    ["that is an invoke nobody knows", (a) => set({ type: "invoke", name: canary, value: {} })(a), 501],
  ];
  test.each(activities)("an activity %s", async (_what, change, status) => {
    await refuses(post(spoilt(change)), status);
  });

  const bodies: readonly (readonly [string, () => string | Buffer, number])[] = [
    ["nothing", () => "", 400],
    ["no JSON", () => `{"text": "${canary}"`, 400],
    ["JSON that is no object", () => JSON.stringify([canary]), 400],
    ["null", () => "null", 400],
    ["a number", () => "4711", 400],
    ["two texts of JSON", () => `{}${JSON.stringify(anna.message(canary))}`, 400],
    ["JSON of a prototype", () => `{"__proto__": ${JSON.stringify(anna.message(canary))}}`, 400],
    ["JSON that is very deep", () => "[".repeat(100_000) + "]".repeat(100_000), 400],
    ["an object that is very deep", () => `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`, 400],
    ["bytes that are no text", () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x7b]), 400],
    ["a mark before the JSON", () => `\uFEFF{"type":"${canary}"}`, 400],
    ["UTF-16", () => Buffer.from(JSON.stringify(anna.message(canary)), "utf16le"), 400],
    ["a body of 1 MB", () => `{"text":"${canary.repeat(90_000)}"}`, 413],
    ["a body of 10 MB", () => Buffer.alloc(10 * 1024 * 1024, canary), 413],
    ["a body just over the limit", () => JSON.stringify({ a: "x".repeat(256 * 1024) }), 413],
  ];
  test.each(bodies)("%s", async (_what, body, status) => {
    const answer = await refuses(() => http("POST /api/messages", [json], body()), status);
    expect(answer.text.length).toBeLessThan(500);
  });

  test("a body in pieces without an end to its length is cut off", async () => {
    const piece = `10000\r\n${"a".repeat(0x10000)}\r\n`;
    await refuses(
      () => http("POST /api/messages", [json, "Transfer-Encoding: chunked"], piece.repeat(100)),
      413,
    );
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    `application/${canary}`,
    "application/jsonx",
    "",
  ])("the content type %s", async (type) => {
    await refuses(() => http("POST /api/messages", type ? [`Content-Type: ${type}`] : [], "{}"), 415);
  });

  test.each(["gzip", "br", "deflate", "gzip, gzip", "identity, gzip", canary])(
    "a body in %s",
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(5 * 1024 * 1024, canary));
      await refuses(() => http("POST /api/messages", [json, `Content-Encoding: ${encoding}`], bomb), 415);
    },
  );

  const executed = (data: object) => ({ action: { type: "Action.Execute", data } });
  const presses: readonly (readonly [string, () => Json])[] = [
    ["of nothing", () => anna.invoke(null)],
    ["of a text", () => anna.invoke(canary)],
    ["of another action", () => anna.invoke({ action: { type: "Action.Submit", data: { do: "menu" } } })],
    ["without data", () => anna.invoke({ action: { type: "Action.Execute" } })],
    ["of data in a list", () => press([{ do: "menu" }])],
    ["that nobody knows", () => press({ do: canary })],
    ["of a number", () => press({ do: 1 })],
    ["of a list", () => press({ do: ["menu"] })],
    ["without the draft it is for", () => press({ do: "send" })],
    ["of a revision that is none", () => press({ do: "send", draft: "a", revision: "1" })],
    ["of a revision that is too high", () => press({ do: "send", draft: "a", revision: 2 ** 60 })],
    [
      "of a receipt that is too long",
      () => press({ do: "send", draft: "a", revision: 1, receipt: canary.repeat(21) }),
    ],
    ["of a receipt that is a list", () => press({ do: "send", draft: "a", revision: 1, receipt: [canary] })],
    ["of a draft whose id is too long", () => press({ do: "keep", draft: canary.repeat(20) })],
    ["of a page below nought", () => press({ do: "thread", case: "a", page: -1 })],
    ["of a language nobody speaks here", () => press({ do: "language", language: canary })],
    [
      "with a form that holds too much",
      () => press({ do: "say", case: "a", nonce: "nonce-of-a", "in:text": canary.repeat(2000) }),
    ],
    [
      "with a form that holds an object",
      () => press({ do: "say", case: "a", nonce: "nonce-of-a", "in:text": { canary } }),
    ],
    [
      "with a choice that is too long",
      () => press({ do: "answer", draft: "a", question: "kind", "in+:answer": canary.repeat(20) }),
    ],
    [
      "with too many choices",
      () => press({ do: "answer", draft: "a", question: "kind", "in+:answer": "a,".repeat(101) }),
    ],
    ["with a nonce that is too short", () => press({ do: "say", case: "a", nonce: "1", "in:text": canary })],
    [
      "of a case whose id no database can look for",
      () => vera.invoke(executed({ do: "desk.open", case: "a\0" })),
    ],
    [
      "of a page of a list that ends with such a case",
      () => vera.invoke(executed({ do: "cases.list", which: "open", after: { at: 1, id: "a\0" } })),
    ],
    [
      "of a prototype",
      () => press(JSON.parse(`{"__proto__": {"do": "menu"}, "constructor": {"do": "menu"}}`)),
    ],
    [
      "of a reporter, in a channel",
      () => vera.invoke({ action: { type: "Action.Execute", data: { do: "reports" } } }),
    ],
    [
      "in a group chat",
      () =>
        anna.invoke(
          { action: { type: "Action.Execute", data: { do: "menu" } } },
          {
            conversation: { id: "19:group", tenantId: tenant, conversationType: "groupChat", isGroup: true },
          },
        ),
    ],
    [
      "in a place of no kind",
      () =>
        anna.invoke(
          { action: { type: "Action.Execute", data: { do: "menu" } } },
          { conversation: { id: "a:1anna", tenantId: tenant } },
        ),
    ],
  ];
  test.each(presses)("a press %s", async (_what, activity) => {
    await refuses(post(activity()), 400);
  });

  test("names out of a prototype pollute nothing, and are nobody's answer", async () => {
    const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
    const data = `{"do":"menu",${names.map((name) => `"in:${name}":"${canary}","in+:${name}":"${canary}"`).join()}}`;
    expect((await anna.post(press(JSON.parse(data)))).status).toBe(200);
    for (const name of names) expect((await anna.post(press({ do: "start", flow: name }))).status).toBe(200);
    for (const name of names)
      expect((await anna.post(press({ do: "answer", draft: "a", question: name }))).status).toBe(200);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Json).answer).toBeUndefined();
  });

  test("text that is more than is taken is told to be so, is kept, and the person can go on", async () => {
    const { cases, outbox, messages } = tables();
    const asked = async (data: Json) => {
      const answer = await anna.post(press(data));
      expect(answer.status).toBe(200);
      return answer.text;
    };
    const draft = /"draft":"([^"]+)"/.exec(await asked({ do: "resume" }))?.[1];
    for (const question of ["danger", "aboutAdviser"])
      await asked({ do: "answer", draft, question, "in:answer": "no" });
    const closed = ["part", "kind", "relation", "when", "dependent", "form", "often", "where"];
    for (const question of closed) await asked({ do: "skip", draft, question });
    const long = "x".repeat(6000);
    for (const data of [
      { do: "answer", draft, question: "story", "in:answer": long },
      { do: "resume" },
      { do: "language", language: "en", question: "story", "in:answer": long },
    ]) {
      expect(await asked(data)).toContain(long);
    }
    await asked({ do: "back", draft, question: "story", "in:answer": long });
    await asked({ do: "language", language: "nl" });
    await refuses(post(press({ do: "answer", draft, question: "story", "in:answer": `${long}x` })), 400);
    expect(await asked({ do: "resume" })).toContain(draft);
    expect(tables()).toMatchObject({ cases, outbox, messages });
  });

  test("an adviser's reply that is more than is taken is told to be so, and kept", async () => {
    const { cases, outbox, messages } = tables();
    const reply = { do: "desk.reply", case: cases?.[0]?.id, nonce: "nonce-of-a-form" };
    const sent = (text: string) =>
      vera.post(vera.invoke({ action: { type: "Action.Execute", data: { ...reply, "in:text": text } } }));
    const long = "x".repeat(6000);
    const answer = await sent(long);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(long);
    expect((await sent(`${long}x`)).status).toBe(400);
    expect(tables()).toMatchObject({ cases, outbox, messages });
  });

  test("buttons out of their order, of drafts and cases that are none, change no case and send nothing", async () => {
    const { cases, outbox, messages } = tables();
    const id = String(cases?.[0]?.id);
    for (const data of [
      { do: "send", draft: canary, revision: 3 },
      { do: "answer", draft: canary, question: "story", "in:answer": canary },
      { do: "change", draft: canary, "in:change": "story" },
      { do: "thread", case: id },
      { do: "say", case: id, nonce: "nonce-of-anna", "in:text": canary },
      { do: "receipt", "in:receipt": canary },
      { do: "resume" },
      { do: "done" },
    ]) {
      const answer = await anna.post(press(data));
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(canary);
    }
    expect(tables()).toMatchObject({ cases, outbox, messages });
  });

  test("an adviser's press from a place that is no route is refused, and only that is recorded (P11)", async () => {
    const channel = {
      id: `19:${canary}@thread.tacv2;messageid=1`,
      tenantId: tenant,
      conversationType: "channel",
    };
    const group = { id: `19:${canary}`, tenantId: tenant, conversationType: "groupChat", isGroup: true };
    for (const conversation of [
      channel,
      group,
      { id: "a:1anna", tenantId: tenant, conversationType: "personal" },
    ]) {
      const { audit: auditBefore, ...before } = tables();
      const pressed = (one: unknown) => {
        const value = { action: { type: "Action.Execute", data: { do: "desk.close", case: one } } };
        return vera.post(vera.invoke(value, { conversation }));
      };
      const known = await pressed(before.cases?.[0]?.id);
      const unknown = await pressed(canary);
      expect([known.status, unknown.status]).toEqual([200, 200]);
      expect(known.text).toBe(unknown.text);
      expect(known.text).not.toContain(canary);
      const { audit, ...after } = tables();
      expect(after).toEqual(before);
      expect(audit).toHaveLength((auditBefore?.length ?? 0) + 2);
    }
  });

  test("a message that comes again is answered, and does nothing more", async () => {
    const message = anna.message("hallo");
    expect((await anna.post(message)).status).toBe(200);
    const before = tables();
    const posts = () => stage.teams.connector.requests.filter((request) => request.startsWith("POST")).length;
    const posted = posts();
    for (let nr = 0; nr < 5; nr += 1) expect((await anna.post(message)).status).toBe(200);
    expect(tables()).toEqual(before);
    expect(posts()).toBe(posted);
  });
});

describe("what comes as Slack", () => {
  const event = (over: Json = {}): Json => stage.slack.person("U0MALLORY").typed(canary, over) as Json;
  const signed =
    (body: string, type = "application/json", signing: Signing = {}) =>
    async (): Promise<Answer> => {
      const { status, body: answered } = await slack.raw(body, type, signing);
      return { status, text: JSON.stringify(answered) };
    };

  const signatures: readonly (readonly [string, Signing, number])[] = [
    ["by another secret", { secret: "another" }, 401],
    ["too long ago", { age: 6 * 60 }, 401],
    ["by nobody", { headers: { "x-slack-signature": null } }, 401],
    ["at no time", { headers: { "x-slack-request-timestamp": null } }, 401],
    ["at a time that is none", { headers: { "x-slack-request-timestamp": canary } }, 401],
    ["with a signature that is none", { headers: { "x-slack-signature": canary } }, 401],
    ["with a signature of another version", { headers: { "x-slack-signature": `v1=${canary}` } }, 401],
    ["with a signature that is empty", { headers: { "x-slack-signature": "" } }, 401],
  ];
  test.each(signatures)("signed %s", async (_what, signing, status) => {
    await refuses(signed(JSON.stringify(event()), "application/json", signing), status);
    await refuses(
      signed(
        form("interactive", { type: "shortcut", callback_id: canary }),
        "application/x-www-form-urlencoded",
        signing,
      ),
      status,
    );
  });

  test("with the signature of another body", async () => {
    const at = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac("sha256", stage.slack.signingSecret).update(`v0:${at}:{}`).digest("hex")}`;
    await refuses(
      () =>
        http(
          "POST /slack/events",
          [json, `X-Slack-Request-Timestamp: ${at}`, `X-Slack-Signature: ${signature}`],
          JSON.stringify(event()),
        ),
      401,
    );
  });

  const bodies: readonly (readonly [string, string, string, readonly number[]])[] = [
    ["nothing", "", "application/json", [400]],
    ["no JSON", `{"a": "${canary}"`, "application/json", [400]],
    ["null", "null", "application/json", [400]],
    ["a list", JSON.stringify([canary]), "application/json", [400]],
    ["a number", "4711", "application/json", [400]],
    ["a payload of no kind", JSON.stringify({ a: canary }), "application/json", [400]],
    ["a payload of a prototype", `{"__proto__": {"type": "event_callback"}}`, "application/json", [400]],
    ["a form without a payload", `a=${canary}`, "application/x-www-form-urlencoded", [400]],
    ["a form whose payload is no JSON", `payload=${canary}`, "application/x-www-form-urlencoded", [400]],
    ["a form whose payload is null", "payload=null", "application/x-www-form-urlencoded", [400]],
    [
      "a form with two payloads",
      `payload=null&payload=${canary}`,
      "application/x-www-form-urlencoded",
      [400],
    ],
    ["a form with half an escape", "payload=%7B%", "application/x-www-form-urlencoded", [400]],
    ["JSON that is very deep", "[".repeat(100_000) + "]".repeat(100_000), "application/json", [400]],
    [
      "a body of 1 MB",
      JSON.stringify({ type: "event_callback", a: canary.repeat(90_000) }),
      "application/json",
      [413],
    ],
  ];
  test.each(bodies)("signed %s", async (_what, body, type, statuses) => {
    await refuses(signed(body, type), ...statuses);
  });

  test.each(["gzip", "br", canary])("a body in %s", async (encoding) => {
    await refuses(
      () =>
        http(
          "POST /slack/events",
          [json, `Content-Encoding: ${encoding}`],
          gzipSync(Buffer.alloc(1024 * 1024, canary)),
        ),
      400,
      401,
      413,
      415,
    );
  });

  test("bytes that are no text", async () => {
    await refuses(() => http("POST /slack/events", [json], Buffer.from([0xff, 0xfe, 0x7b])), 400, 401);
  });

  const ignored: readonly (readonly [string, () => Json])[] = [
    ["of another workspace", () => ({ ...event(), team_id: canary })],
    ["of a person from another workspace", () => event({ team: canary })],
    ["in a channel", () => event({ channel_type: "channel", channel: canary })],
    ["of a bot", () => event({ bot_id: canary })],
    ["that was edited", () => event({ subtype: "message_changed" })],
    ["of nobody", () => event({ user: undefined })],
    ["with text that is none", () => event({ text: { canary } })],
    ["of a kind nobody knows", () => event({ type: canary })],
  ];
  test.each(ignored)("a signed event %s is acknowledged and ignored", async (_what, body) => {
    const calls = stage.slack.calls.length;
    await refuses(signed(JSON.stringify(body())), 200);
    expect(stage.slack.calls.slice(calls).map(({ method }) => method)).toEqual([]);
  });

  const payloads: readonly (readonly [string, Json])[] = [
    ["a press that nobody knows", { value: JSON.stringify({ do: canary }) }],
    ["a press that is no JSON", { value: canary }],
    ["a press of null", { value: "null" }],
    ["a press of a prototype", { value: '{"__proto__":{"do":"menu"}}' }],
    ["a press without a value", {}],
  ];
  test.each(payloads)("%s is acknowledged and ignored", async (_what, action) => {
    const payload = {
      type: "block_actions",
      team: { id: stage.slack.team },
      user: { id: "U0MALLORY", team_id: stage.slack.team },
      api_app_id: "A0",
      trigger_id: "1.2.3",
      container: { type: "message" },
      channel: { id: "D0MALLORY" },
      actions: [{ action_id: "a", block_id: "b", type: "button", ...action }],
    };
    await refuses(signed(form("interactive", payload), "application/x-www-form-urlencoded"), 200);
  });

  test("an event that comes again is acknowledged, and does nothing more", async () => {
    const body = JSON.stringify(stage.slack.person("U0CARLA").typed("hallo"));
    const calls = () => stage.slack.calls.filter(({ method }) => method === "chat.postMessage").length;
    const before = calls();
    expect((await slack.raw(body, "application/json")).status).toBe(200);
    await stage.slack.until("an answer", () => calls() > before);
    await isAlive();
    const stored = tables();
    for (let nr = 0; nr < 5; nr += 1) expect((await slack.raw(body, "application/json")).status).toBe(200);
    expect(tables().conversations).toHaveLength(stored.conversations?.length ?? 0);
    expect(calls()).toBe(before + 1);
  });
});

describe("slow senders", () => {
  const endpoints = ["/api/messages", "/slack/events", "/healthz"];
  const begin = (path: string) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\n${json}\r\nContent-Length: 1000\r\n\r\n{"a":"${canary}`,
    );
    return socket;
  };

  test("hold up nobody", async () => {
    const before = tables();
    const sockets = Array.from({ length: 60 }, (_, nr) => begin(endpoints[nr % endpoints.length] ?? "/"));
    const silent = Array.from({ length: 20 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
    await Promise.all(
      [...sockets, ...silent].map((socket) => new Promise((done) => socket.once("connect", done))),
    );
    expect(tables()).toEqual(before);
    await isAlive();
    expect((await http("GET /readyz")).status).toBe(200);
    for (const socket of [...sockets, ...silent]) socket.destroy();
  });

  test("are cut off after seconds, and may not hold a head back either", async () => {
    const database = await sqlite();
    const { world } = await startHere({ database });
    const server = createServer(
      [],
      { store: world.store, faultyRoutes: () => [], draining: () => false },
      world.log,
    );
    expect(server.server.requestTimeout).toBeGreaterThan(0);
    expect(server.server.requestTimeout).toBeLessThanOrEqual(30_000);
    expect(server.server.headersTimeout).toBeGreaterThan(0);
    expect(server.server.headersTimeout).toBeLessThanOrEqual(server.server.requestTimeout);
    await database.close();
  });

  test("do not keep the service from stopping", async () => {
    const other = await setStage({ advisers: "teams" });
    const stopping = await startBot(other, { drainMs: 50 });
    const at = Number(new URL(stopping.url).port);
    const sockets = endpoints.slice(0, 2).map((path) => {
      const socket = connect(at, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${json}\r\nContent-Length: 1000\r\n\r\n{`);
      return new Promise((closed) => socket.once("close", closed));
    });
    expect((await fetch(`${stopping.url}/healthz`)).status).toBe(200);
    await stopping.stop();
    await Promise.all(sockets);
    await other.close();
  });
});

function unsigned(claims: object): string {
  const piece = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${piece({ alg: "none" })}.${piece(claims)}`;
}
