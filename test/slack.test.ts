import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { Server } from "restify";
import { load } from "../bots/conversations.ts";
import { createServer } from "../bots/server.ts";
import { createSlack } from "../bots/slack/adapter.ts";
import { findShortcut } from "../bots/slack/payloads.ts";
import type { Adapter, DeskTurn, PersonTurn } from "../bots/turns.ts";
import type { Event } from "../dialogs/core/event.ts";
import { type RecordingTurns, recordingTurns, reply, words } from "./fakes/slack/recording-turns.ts";
import { type FakeSlack, form, type HttpLine, startSlack, team } from "./fakes/slack.ts";
import { view } from "./fakes/view.ts";
import { content, type Database, sqlite, startBot } from "./world.ts";

/** Stands in everything a person types or fills in. */
const canary = "zilveren-kanarie-op-het-dak";

interface Bench {
  readonly slack: FakeSlack;
  readonly adapter: Adapter;
  readonly line: HttpLine;
  readonly turns: RecordingTurns;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

let running: Bench | undefined;

async function start(
  answers: Parameters<typeof recordingTurns>[0] = {},
  settings: { slowAfter?: number } = {},
): Promise<Bench> {
  const slack = await startSlack();
  const turns = recordingTurns(answers);
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: "trace", base: null }, sink);
  const adapter = createSlack(
    {
      botToken: slack.botToken,
      signingSecret: slack.signingSecret,
      apiUrl: slack.apiUrl,
      teams: [team],
      ...settings,
    },
    { turns, log, words },
  );
  const health = { store: { ping: async () => {} }, faultyRoutes: () => [], draining: () => false };
  const server: Server = createServer([adapter], health, log);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const line = slack.connect(
    `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/slack/events`,
  );
  running = {
    slack,
    adapter,
    line,
    turns,
    log: () => lines.join(""),
    async stop() {
      await adapter.stop();
      await slack.stop();
      await new Promise<void>((closed) => {
        server.close(closed);
        server.server.closeAllConnections();
      });
    },
  };
  return running;
}

afterEach(async () => {
  for (const open of gates.splice(0)) open();
  const logged = running?.log() ?? "";
  await running?.stop();
  running = undefined;
  // P2, P3: whatever a test did, neither words nor people are in the log.
  for (const secret of [canary, "U0ANNA", "U0BEA", "name.of", "xoxb"]) expect(logged).not.toContain(secret);
});

const question = (id: string, over = {}) =>
  view(`Vraag ${id}`, {
    privacy: "private",
    inputs: [
      {
        type: "text",
        id: "answer",
        label: "Jouw antwoord",
        hint: null,
        multiline: true,
        maxLength: 3000,
        value: null,
      },
    ],
    buttons: [
      { label: "Volgende", press: { do: "answer", draft: "d1", question: id }, style: "primary" },
      { label: "Overslaan", press: { do: "skip", draft: "d1", question: id } },
    ],
    ...over,
  });
const doorWith = (label: string) => view("Verder?", { buttons: [{ label, press: { do: "resume" } }] });

/** Opened after each test, so that a failing one does not keep its turn waiting. */
const gates: (() => void)[] = [];

/** A promise to be kept by hand. */
function gate(): { open: () => void; passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  gates.push(() => open());
  return { open: () => open(), passed };
}

describe("requests that are not Slack's", () => {
  const json = "application/json";
  const urlencoded = "application/x-www-form-urlencoded";
  const command = form("command", {
    command: "/vertrouwd",
    team_id: team,
    user_id: "U0ANNA",
    trigger_id: "1",
    text: canary,
  });
  const none = { "x-slack-signature": null };

  test.each([
    ["without a signature", command, urlencoded, { headers: none }, 401],
    ["without a time", command, urlencoded, { headers: { "x-slack-request-timestamp": null } }, 401],
    [
      "with a time that is no number",
      command,
      urlencoded,
      { headers: { "x-slack-request-timestamp": "now" } },
      401,
    ],
    ["with somebody else's signature", command, urlencoded, { secret: "not-the-secret" }, 401],
    ["of more than five minutes ago", command, urlencoded, { age: 301 }, 401],
    [
      "with another body than was signed",
      command,
      urlencoded,
      { headers: { "x-slack-signature": "v0=00" } },
      401,
    ],
    [
      "that claim to be a certificate check, with a command inside",
      `${command}&ssl_check=1`,
      urlencoded,
      { headers: none },
      200,
    ],
    ["that are larger than any of ours", `payload=${"x".repeat(300_000)}${canary}`, urlencoded, {}, 413],
    ["that are signed, but no JSON", `{"${canary}`, json, {}, 400],
    ["that are signed, but null", "null", json, {}, 400],
    ["that are signed, but a list", "[]", json, {}, 400],
    ["that are signed, but of no kind", "{}", json, {}, 400],
    ["that are signed, with null inside", "payload=null", urlencoded, {}, 400],
    ["that are signed, in a form we do not take", command, `${urlencoded}; charset=utf-8`, {}, 400],
    ["that are signed, with an event that is null", '{"event":null}', json, {}, 400],
    [
      "that are signed, with a press by nobody",
      `payload=${encodeURIComponent('{"type":"block_actions","actions":[]}')}`,
      urlencoded,
      {},
      400,
    ],
    [
      "that are signed, with a view that is null",
      `payload=${encodeURIComponent('{"type":"view_submission","view":null}')}`,
      urlencoded,
      {},
      400,
    ],
  ] as const)("%s change nothing and get no echo", async (_what, body, type, signing, status) => {
    const { line, turns, slack } = await start();
    const answer = await line.raw(body, type, signing);
    expect(answer).toEqual({ status, body: "" });
    expect([turns.persons, turns.desks, slack.calls]).toEqual([[], [], []]);
    // The process is alive and well.
    expect(await slack.person("U0BEA").command()).toMatchObject({ text: expect.stringContaining("Kamer") });
  });

  test("Slack's check of the address is answered", async () => {
    const { line } = await start();
    const challenge = JSON.stringify({ type: "url_verification", challenge: "abc", token: "x" });
    expect(await line.raw(challenge, json)).toEqual({ status: 200, body: { challenge: "abc" } });
  });
});

describe("what the bot does not know is acknowledged, and nothing else", () => {
  const who = { team: { id: team }, user: { id: "U0ANNA", team_id: team }, enterprise: null };
  const modal = {
    id: "V9",
    type: "modal",
    callback_id: "strange",
    private_metadata: canary,
    state: { values: {} },
  };
  const action = { type: "button", action_id: "strange", block_id: "strange", value: canary };

  test.each([
    [
      "a button",
      "interactive",
      {
        type: "block_actions",
        ...who,
        trigger_id: "1",
        container: { type: "message" },
        channel: { id: "D0ANNA" },
        actions: [action],
      },
    ],
    [
      "a button with no value",
      "interactive",
      {
        type: "block_actions",
        ...who,
        trigger_id: "1",
        container: { type: "view" },
        view: modal,
        actions: [{ ...action, value: undefined }],
      },
    ],
    ["a modal", "interactive", { type: "view_submission", ...who, view: modal }],
    ["a closed modal", "interactive", { type: "view_closed", ...who, view: modal }],
    [
      "a message shortcut",
      "interactive",
      {
        type: "message_action",
        ...who,
        trigger_id: "1",
        callback_id: "strange",
        channel: { id: "C1" },
        message: {},
      },
    ],
    [
      "a request for options",
      "interactive",
      { type: "block_suggestion", ...who, action_id: "strange", block_id: "b", value: canary, view: modal },
    ],
    [
      "an event",
      "event",
      {
        type: "event_callback",
        team_id: team,
        event_id: "Ev1",
        event: { type: "reaction_added", user: "U0ANNA" },
      },
    ],
  ] as const)("%s", async (_what, kind, body) => {
    const { line, turns } = await start();
    expect((await line.send(kind, body)).status).toBe(200);
    expect([turns.persons, turns.desks]).toEqual([[], []]);
  });

  test.each(["team", "user"] as const)("anything of another workspace (of the %s)", async (whose) => {
    const { slack, line, turns } = await start();
    const anna = slack.person("U0ANNA");
    await anna.command();
    const press = anna.pressing("Menu", "modal");
    const user = press.user as object;
    const stranger =
      whose === "team" ? { team: { id: "T0OTHER" } } : { user: { ...user, team_id: "T0OTHER" } };
    const before = slack.calls.length;
    expect((await line.send("interactive", { ...press, ...stranger })).status).toBe(200);
    expect(turns.persons).toHaveLength(1);
    expect(slack.calls).toHaveLength(before);
  });
});

describe("a person's room", () => {
  const asked = (event: Event) => ({
    address: { platform: "slack", tenant: team, user: "U0ANNA", conversation: "U0ANNA" },
    alias: null,
    event,
    eventId: null,
  });

  test.each(["", "   "])("the command alone (%j) opens a modal with a greeting", async (text) => {
    const { slack, turns } = await start({ person: () => reply(question("story"), view("Deur")) });
    const shown = await slack.person("U0ANNA").command(text);
    expect(shown).toMatchObject({ title: "Vertrouwd", text: expect.stringContaining("Vraag story") });
    expect(turns.persons).toEqual([asked({ type: "hello" })]);
  });

  test.each([
    ["hulp", "hulp"],
    ["wat is het nummer van slachtofferhulp", "wat is het nummer van slachtofferhulp"],
    ["ik &amp; &lt;zij&gt;", "ik & <zij>"],
    ["x".repeat(50_000), "x".repeat(40_000)],
  ])(
    "what stands behind the command is heard as if it was typed, and answered in the modal",
    async (text, heard) => {
      const { slack, turns } = await start({ person: () => reply(view("Antwoord"), view("Deur")) });
      const anna = slack.person("U0ANNA");
      expect(await anna.command(text)).toMatchObject({ text: expect.stringContaining("Antwoord") });
      expect(turns.persons).toEqual([asked({ type: "text", text: heard })]);
      expect([anna.messages(), slack.calls.map(({ method }) => method)]).toEqual([
        [],
        ["views.open", "views.update"],
      ]);
    },
  );

  test("a command that Slack delivers twice is heard once", async () => {
    const { slack, turns, line } = await start();
    const trigger = slack.person("U0ANNA").trigger();
    const given = {
      command: "/vertrouwd",
      team_id: team,
      user_id: "U0ANNA",
      trigger_id: trigger,
      text: "ja",
    };
    await line.send("command", given);
    await slack.until("the turn", () => turns.persons.length === 1);
    await line.send("command", given);
    await running?.adapter.stop();
    expect(turns.persons).toHaveLength(1);
  });

  test.each<[string, string, Event]>([
    ["the first shortcut", "vertrouwd_open", { type: "hello" }],
    [
      "the one to find an adviser or help",
      findShortcut,
      { type: "press", press: { do: "start", flow: "find" }, inputs: {} },
    ],
    ["one that this release does not know", "vertrouwd_later", { type: "hello" }],
  ])("%s asks for what it says", async (_what, callback, event) => {
    const { slack, turns } = await start();
    expect((await slack.person("U0ANNA").shortcut(callback)).text).toContain("Kamer");
    expect(turns.persons).toEqual([asked(event)]);
  });

  test("the modal opens before the turn is done", async () => {
    const slow = gate();
    const { slack } = await start({
      person: () => slow.passed.then(() => reply(view("Kamer"), view("Deur"))),
    });
    const anna = slack.person("U0ANNA");
    const opening = anna.shortcut();
    await slack.until("a modal", () => anna.hasModal());
    expect(anna.modal().text).toContain("Een moment");
    slow.open();
    expect((await opening).text).toContain("Kamer");
  });

  test("what is filled in goes with the submit button and with every other button", async () => {
    const { slack, turns } = await start({ person: () => reply(question("story"), view("Deur")) });
    const anna = slack.person("U0ANNA");
    await anna.command();
    anna.fill({ "Jouw antwoord": canary });
    await anna.press("Overslaan");
    await anna.submit();
    expect(turns.persons.slice(1).map(({ event }) => event)).toEqual([
      { type: "press", press: { do: "skip", draft: "d1", question: "story" }, inputs: { answer: canary } },
      { type: "press", press: { do: "answer", draft: "d1", question: "story" }, inputs: { answer: canary } },
    ]);
    expect(slack.kept()).not.toContain(canary);
  });

  test("choices arrive as their values, an untouched one not at all, a cleared text as empty", async () => {
    const options = ["a", "b", "c"].map((value) => ({ value, label: `Optie ${value}` }));
    const all = question("all", {
      inputs: [
        { type: "choice", id: "one", label: "Eén", options, value: null },
        { type: "choice", id: "none", label: "Geen", options, value: null },
        { type: "choices", id: "some", label: "Enkele", options, value: ["a"] },
        {
          type: "text",
          id: "own",
          label: "Eigen",
          hint: null,
          multiline: false,
          maxLength: 10,
          value: "vol",
        },
      ],
    });
    const { slack, turns } = await start({ person: () => reply(all, view("Deur")) });
    const anna = slack.person("U0ANNA");
    await anna.command();
    anna.fill({ Eén: "Optie b", Enkele: ["Optie a", "Optie c"], Eigen: "" });
    await anna.submit();
    expect(turns.persons[1]?.event).toMatchObject({ inputs: { one: "b", some: ["a", "c"], own: "" } });
    expect(turns.persons[1]?.event).not.toHaveProperty("inputs.none");
  });

  test("a button that opens an address is acknowledged, and takes no turn", async () => {
    const buttons = [{ label: "Word", url: "https://bot.example/d/a1" }];
    const { slack, turns } = await start({ person: () => reply(view("Klaar", { buttons }), view("Deur")) });
    const anna = slack.person("U0ANNA");
    await anna.command();
    await anna.send("interactive", anna.pressing("Word", "modal"));
    expect(turns.persons).toHaveLength(1);
    expect(anna.modal().text).toContain("Klaar");
  });

  test("an answer never turns up in the next question's field", async () => {
    const { slack } = await start({
      person: ({ event }) => reply(question(event.type === "press" ? "name" : "story"), view("Deur")),
    });
    const anna = slack.person("U0ANNA");
    await anna.command();
    anna.fill({ "Jouw antwoord": canary });
    const next = await anna.submit();
    expect(next?.text).toContain("Vraag name");
    expect(next?.filled).toEqual({ "Jouw antwoord": "" });
  });

  test("what was typed stays when the same question comes back with a remark", async () => {
    const { slack } = await start({
      person: () => reply(question("story", { note: "Kies eerst" }), view("Deur")),
    });
    const anna = slack.person("U0ANNA");
    await anna.command();
    anna.fill({ answer: "half" });
    expect((await anna.submit())?.filled).toEqual({ "Jouw antwoord": "half" });
  });

  test("a slow turn is acknowledged with a waiting modal, which the result replaces", async () => {
    const slow = gate();
    const { slack } = await start(
      {
        async person({ event }) {
          if (event.type === "press") await slow.passed;
          return reply(question(event.type === "press" ? "name" : "story"), view("Deur"));
        },
      },
      { slowAfter: 1 },
    );
    const anna = slack.person("U0ANNA");
    await anna.command();
    const submitted = anna.submit();
    submitted.catch(() => {});
    await slack.until("the waiting modal", () => anna.modal().text.includes("Een moment"));
    slow.open();
    expect((await submitted)?.text).toContain("Vraag name");
  });

  test("a turn that fails shows a way on, and is logged by its code only", async () => {
    class Busy extends Error {
      readonly code = "busy";
    }
    const { slack, log } = await start({
      person: () => {
        throw new Busy(canary);
      },
    });
    expect(await slack.person("U0ANNA").command()).toMatchObject({
      text: expect.stringContaining("Er ging iets mis"),
      buttons: ["Menu"],
    });
    expect(log()).toContain('"code":"busy"');
  });

  test("a view that Slack would refuse shows a way on instead of half a view", async () => {
    const { slack } = await start({ person: () => reply(view("x".repeat(151)), view("Deur")) });
    expect((await slack.person("U0ANNA").command()).text).toContain("Er ging iets mis");
  });

  test("when Slack's answer to an update is lost, the modal is shown all the same", async () => {
    const { slack } = await start();
    slack.fail("views.update", { how: "reset" }, { how: "status", status: 503 });
    expect((await slack.person("U0ANNA").command()).text).toContain("Kamer");
  });

  test("when the modal cannot open, no turn is taken and the person is told in the direct message", async () => {
    const { slack, turns, line } = await start();
    const anna = slack.person("U0ANNA");
    await anna.say("hallo");
    const late = anna.pressing("Menu", anna.last());
    slack.advance(3001);
    await line.send("interactive", late);
    await slack.until("a message", () => anna.last().text.includes("Er ging iets mis"));
    expect(turns.persons).toHaveLength(1);
  });

  test("when a room ends, the door it was opened from takes its last state", async () => {
    const live = { platform: "slack", tenant: team, conversation: "D0ANNA", message: "" } as const;
    const { slack } = await start({
      person: ({ event }) =>
        event.type === "press"
          ? reply(view("Klaar", { buttons: [] }), view("Afgerond", { buttons: [] }), {
              ended: true,
              live: { ...live, message: doorTs },
            })
          : reply(view("Kamer"), doorWith("Verder")),
    });
    const anna = slack.person("U0ANNA");
    const doorTs = (await anna.say("hallo")).ts;
    await anna.press("Verder");
    expect(anna.modal()).toMatchObject({ text: expect.stringContaining("Klaar"), buttons: [] });
    await slack.until("the door to close", () => anna.last().text.includes("Afgerond"));
    expect(anna.messages()).toHaveLength(1);
  });

  test("when somebody clears, the bot's earlier messages are replaced as well", async () => {
    const old: string[] = [];
    const ref = (message: string) =>
      ({ platform: "slack", tenant: team, conversation: "D0ANNA", message }) as const;
    const { slack } = await start({
      person: ({ event }) =>
        event.type === "press"
          ? reply(view("Klaar", { buttons: [] }), view("Afgerond", { buttons: [] }), {
              ended: true,
              live: ref(old.at(-1) ?? ""),
              stale: { messages: old.slice(0, -1).map(ref), view: view("Eén regel", { buttons: [] }) },
            })
          : reply(view("Kamer"), doorWith("Verder")),
    });
    const anna = slack.person("U0ANNA");
    for (const words of ["een", "twee", "drie"]) old.push((await anna.say(words)).ts);
    await anna.press("Verder");
    await slack.until("the doors to close", () =>
      anna
        .messages()
        .slice(0, 2)
        .every(({ text }) => text.includes("Eén regel")),
    );
    expect(anna.last().text).toContain("Afgerond");
  });

  test("closing the modal is no error and takes no turn", async () => {
    const { slack, turns } = await start();
    const anna = slack.person("U0ANNA");
    await anna.command();
    await anna.close();
    expect(anna.hasModal()).toBe(false);
    expect(turns.persons).toHaveLength(1);
  });
});

describe("the direct message", () => {
  const once = () => {
    const seen = new Set<string | null>();
    return ({ event, eventId }: PersonTurn) => {
      if (eventId !== null && seen.has(eventId)) return { show: "nothing" } as const;
      seen.add(eventId);
      return reply(question("story"), doorWith(event.type === "text" ? "Verder" : "Menu"));
    };
  };

  test("a typed message is answered by one door, and the earlier door steps aside", async () => {
    const { slack, turns } = await start({ person: once() });
    const anna = slack.person("U0ANNA");
    await anna.say("hallo & <goedendag>");
    expect(turns.persons[0]?.event).toEqual({ type: "text", text: "hallo & <goedendag>" });
    await anna.say("nog iets");
    await slack.until("the earlier door", () => anna.messages()[0]?.text.includes("Verder hieronder"));
    expect(anna.messages()).toHaveLength(2);
    expect(anna.last().buttons).toEqual(["Verder"]);
  });

  test("an event that Slack delivers again changes nothing", async () => {
    const { slack, turns } = await start({ person: once() });
    const anna = slack.person("U0ANNA");
    const typed = anna.typed("hallo");
    await anna.deliver(typed);
    await anna.deliver(typed);
    await anna.say("nog iets");
    expect(turns.persons.map(({ eventId }) => eventId)).toEqual([
      typed.event_id,
      typed.event_id,
      expect.any(String),
    ]);
    expect(anna.messages()).toHaveLength(2);
  });

  test("the bot does not answer itself, other bots, edits or deletions", async () => {
    const { slack, turns } = await start();
    const anna = slack.person("U0ANNA");
    const dm = { type: "message", channel_type: "im", channel: "D0ANNA", ts: "1.1" };
    await anna.deliver(anna.event({ ...dm, user: "U0BOT", bot_id: "B0BOT", text: "mijn eigen woorden" }));
    await anna.deliver(anna.event({ ...dm, subtype: "bot_message", bot_id: "B0ELSE", text: canary }));
    await anna.deliver(
      anna.event({ ...dm, subtype: "message_changed", message: { user: "U0ANNA", text: canary } }),
    );
    await anna.deliver(anna.event({ ...dm, subtype: "message_deleted", previous_message: { text: canary } }));
    expect(turns.persons).toEqual([]);
  });

  test("a message in a channel is not read", async () => {
    const { slack, turns } = await start();
    const anna = slack.person("U0ANNA");
    await anna.deliver(
      anna.event({
        type: "message",
        channel_type: "group",
        channel: "G1",
        user: "U0ANNA",
        text: canary,
        ts: "1.1",
      }),
    );
    expect(turns.persons).toEqual([]);
  });

  test.each([
    ["a file", canary, { subtype: "file_share", files: [{ id: "F1", name: canary }] }],
    ["nothing but white space", "  ", {}],
  ])("%s is something the bot cannot take", async (_what, text, more) => {
    const { slack, turns } = await start();
    await slack.person("U0ANNA").say(text, more);
    expect(turns.persons[0]?.event).toEqual({ type: "unreadable" });
  });

  test("a private view is never posted, even when a turn gives it as a door", async () => {
    const { slack } = await start({
      person: () => reply(view("Kamer"), view(canary, { privacy: "private" })),
    });
    const answer = await slack.person("U0ANNA").say("hallo");
    expect(answer.text).toContain("Er ging iets mis");
    expect(slack.kept()).not.toContain(canary);
  });

  test("Slack's own complaints, which may quote what was sent, are not logged", async () => {
    const { slack, log } = await start({ person: () => reply(view("Kamer"), view(canary)) });
    slack.fail("chat.postMessage", { how: "error", error: canary });
    const answer = await slack.person("U0ANNA").say("hallo");
    expect(answer.text).toContain("Er ging iets mis");
    expect(log()).toContain("unreadableAnswer");
  });
});

describe("with the conversation itself behind it", () => {
  let database: Database;
  beforeEach(async () => {
    database = await sqlite();
  });
  afterEach(() => database.close());

  async function served() {
    const bot = await startBot({ database });
    const bench = await start({ person: (turn) => bot.turns.person(turn) });
    return { ...bench, bot, anna: bench.slack.person("U0ANNA") };
  }

  test("a story behind the command is answered by where it is safe, and neither kept nor repeated", async () => {
    const { anna, slack, bot } = await served();
    const story = `gisteren zat er na de vergadering weer een ${canary} te wachten`;
    expect((await anna.command(story)).text).toContain("Vertel het liever op een veiligere plek");
    expect(JSON.stringify(slack.calls) + slack.kept() + bot.logged.join()).not.toContain(canary);
    // Nor under seal.
    const address = { platform: "slack", tenant: team, user: "U0ANNA", conversation: "U0ANNA" } as const;
    const { world, clock } = bot;
    const kept = await world.store.transaction((tx) => load(tx, world.ring, address, "nl", clock.now()));
    expect(kept.row).not.toBeNull();
    expect(JSON.stringify(kept.conversation)).not.toContain(canary);
    expect(JSON.stringify(await database.tables())).not.toContain(canary);
  });

  test("words of danger behind the command are answered with 112", async () => {
    const { anna } = await served();
    expect((await anna.command("help ik word bedreigd")).text).toContain("112");
  });

  test("who was never introduced is told first what this is, also by the shortcut to find help (P1)", async () => {
    const { anna } = await served();
    expect((await anna.shortcut(findShortcut)).text).toContain("Ik ben een computerprogramma");
    expect((await anna.shortcut(findShortcut)).text).toContain(content.words("nl").say("find.safety.title"));
  });

  test("a question behind the command is answered in the modal", async () => {
    const { anna } = await served();
    const asked = await anna.command("wat is het nummer van slachtofferhulp");
    for (const line of content.help("slachtofferhulp", "nl").contact) expect(asked.text).toContain(line);
    expect(anna.messages()).toEqual([]);
  });
});

test("the Home tab shows the door, and opens a room", async () => {
  const { slack, turns } = await start({ person: () => reply(question("story"), doorWith("Melden")) });
  const anna = slack.person("U0ANNA");
  expect(await anna.openHome()).toMatchObject({ buttons: ["Melden"] });
  expect(turns.persons[0]).toMatchObject({ event: { type: "hello" }, eventId: expect.any(String) });
  await anna.press("Melden");
  expect(anna.modal().text).toContain("Vraag story");
});

describe("the advisers' channel", () => {
  const card = view("Zaak 12", {
    buttons: [
      { label: "Openen", press: { do: "desk.open", case: "c1" } },
      { label: "Bevestigen", press: { do: "desk.acknowledge", case: "c1" } },
    ],
  });
  const report = view("De melding", {
    privacy: "private",
    body: [{ type: "quote", label: "Verhaal", text: canary }],
    inputs: [
      {
        type: "text",
        id: "reply",
        label: "Antwoord",
        hint: null,
        multiline: true,
        maxLength: 3000,
        value: null,
      },
    ],
    buttons: [
      { label: "Versturen", press: { do: "desk.reply", case: "c1", nonce: "nonce-123" }, style: "primary" },
      { label: "Terug", press: { do: "desk.open", case: "c1" } },
    ],
  });
  const route = {
    id: "desk",
    platform: "slack",
    tenant: team,
    channel: "G0DESK",
    language: "nl",
    card: "sealed",
  } as const;

  async function desk(answer: (turn: DeskTurn) => ReturnType<RecordingTurns["desk"]>, settings = {}) {
    const bench = await start({ desk: answer }, settings);
    bench.slack.channel("G0DESK");
    await bench.adapter.channel.postToRoute(route, card);
    return { ...bench, bea: bench.slack.person("U0BEA") };
  }
  const room = async () => ({ view: report, surface: "room" }) as const;

  test("a press opens a room for that adviser only, and its presses still come from that channel", async () => {
    const { bea, turns, slack } = await desk(room);
    await bea.press("Openen", bea.last("G0DESK"));
    expect(bea.modal().text).toContain(canary);
    expect(slack.kept()).not.toContain(canary);
    bea.fill({ Antwoord: canary });
    await bea.press("Terug");
    await bea.submit();
    const by = { user: bea.id, alias: null, name: bea.name };
    const from = { platform: "slack", tenant: team, channel: "G0DESK", by };
    expect(turns.desks).toEqual([
      { ...from, press: { do: "desk.open", case: "c1" }, inputs: {} },
      { ...from, press: { do: "desk.open", case: "c1" }, inputs: { reply: canary } },
      { ...from, press: { do: "desk.reply", case: "c1", nonce: "nonce-123" }, inputs: { reply: canary } },
    ]);
    expect(turns.persons).toEqual([]);
  });

  test("a press that is about no case opens a room, whose presses still come from that channel", async () => {
    const { adapter, turns, slack } = await start();
    slack.channel("G0DESK");
    const menu = view("Menu", { buttons: [{ label: "Cijfers", press: { do: "stats.open" } }] });
    await adapter.channel.postToRoute(route, menu);
    const bea = slack.person("U0BEA");
    await bea.press("Cijfers", bea.last("G0DESK"));
    expect(bea.modal().text).toContain("Cijfers");
    await bea.press("2026");
    const place = { platform: "slack", tenant: team, channel: "G0DESK" };
    const by = { user: bea.id, alias: null, name: bea.name };
    expect(turns.routes).toEqual([
      { place, by, press: { do: "stats.open" }, inputs: {} },
      { place, by, press: { do: "stats.year", year: 2026 }, inputs: {} },
    ]);
    expect([turns.persons, turns.desks]).toEqual([[], []]);
  });

  test("a press that only changes the card opens nothing", async () => {
    const { bea, line, turns, slack } = await desk(async () => ({ view: card, surface: "door" }));
    await line.send("interactive", bea.pressing("Bevestigen", bea.last("G0DESK")));
    await slack.until("the turn", () => turns.desks.length === 1);
    await running?.adapter.stop();
    expect(bea.hasModal()).toBe(false);
  });

  test("a slow press opens a waiting modal before its trigger runs out", async () => {
    const slow = gate();
    const { bea, slack } = await desk(() => slow.passed.then(room), { slowAfter: 1 });
    const pressed = bea.press("Openen", bea.last("G0DESK"));
    await slack.until("a modal", () => bea.hasModal());
    expect(bea.modal().text).toContain("Een moment");
    slow.open();
    await pressed;
    expect(bea.modal().text).toContain("De melding");
  });

  test("an adviser's press from nowhere is passed on as from nowhere", async () => {
    const { bea, line, turns, slack } = await desk(room);
    await bea.press("Openen", bea.last("G0DESK"));
    const press = bea.pressing("Terug", "modal");
    await line.send("interactive", { ...press, view: { ...(press.view as object), private_metadata: "" } });
    await slack.until("the turn", () => turns.desks.length === 2);
    expect(turns.desks[1]?.channel).toBe("");
  });

  test("a reporter's button outside private places does nothing", async () => {
    const { bea, line, turns, adapter } = await desk(room);
    await adapter.channel.postToRoute(route, view("Verdwaald"));
    expect((await line.send("interactive", bea.pressing("Menu", bea.last("G0DESK")))).status).toBe(200);
    expect(turns.persons).toEqual([]);
  });
});

test("stopping waits for what is under way", async () => {
  const slow = gate();
  const { slack, adapter, line, turns } = await start({
    person: () => slow.passed.then(() => reply(view("Kamer"), view("Deur"))),
  });
  const anna = slack.person("U0ANNA");
  await line.send("event", anna.typed("hallo"));
  await slack.until("the turn", () => turns.persons.length === 1);
  const stopping = adapter.stop();
  slow.open();
  await stopping;
  expect(anna.messages()).toHaveLength(1);
});

test("over Socket Mode the same things work, with no address of the bot's own", async () => {
  const slack = await startSlack();
  const turns = recordingTurns({
    person: ({ event }) => reply(question(event.type === "press" ? "name" : "story"), view("Deur")),
  });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const adapter = createSlack(
    { botToken: slack.botToken, appToken: "xapp-fake", apiUrl: slack.apiUrl, teams: [team] },
    { turns, log: pino({ level: "trace", base: null }, sink), words },
  );
  await adapter.start();
  await slack.connectSocket();
  const anna = slack.person("U0ANNA");
  await anna.command();
  anna.fill({ answer: canary });
  expect((await anna.submit())?.text).toContain("Vraag name");
  expect((await anna.say(canary)).text).toContain("Deur");
  await adapter.stop();
  await slack.until("the connection to close", () => !slack.socketConnected());
  await slack.stop();
  expect(turns.persons.map(({ event }) => event.type)).toEqual(["hello", "press", "text"]);
  expect(lines.join("")).not.toContain(canary);
});

describe("a connection of Socket Mode", () => {
  const begin = async (fail: (slack: FakeSlack) => void = () => {}) => {
    const slack = await startSlack();
    fail(slack);
    const turns = recordingTurns({ person: () => reply(view("Kamer"), view("Deur")) });
    const log = pino({ level: "silent" });
    const settings = { botToken: slack.botToken, appToken: "xapp-fake", apiUrl: slack.apiUrl, teams: [team] };
    const adapter = createSlack(settings, { turns, log, words });
    const stop = async () => {
      await adapter.stop();
      await slack.stop();
    };
    return { slack, adapter, stop };
  };

  test("that is lost comes back, though Slack says no at first", async () => {
    const { slack, adapter, stop } = await begin();
    await adapter.start();
    await slack.connectSocket();
    slack.fail("apps.connections.open", { how: "error", error: "invalid_auth" });
    slack.dropSocket();
    await slack.until("the connection to be gone", () => !slack.socketConnected());
    await slack.connectSocket();
    expect((await slack.person("U0ANNA").say("hallo")).text).toContain("Deur");
    await stop();
  });

  test("that Slack refuses at the start is told at once", async () => {
    const { adapter, stop } = await begin((slack) =>
      slack.fail("apps.connections.open", { how: "error", error: "invalid_auth" }),
    );
    await expect(adapter.start()).rejects.toThrow("invalid_auth");
    await stop();
  });

  test("that Slack cannot make at the start keeps nobody waiting, and comes", async () => {
    const { slack, adapter, stop } = await begin((slack) =>
      slack.fail("apps.connections.open", { how: "status", status: 500 }),
    );
    await adapter.start();
    expect(slack.socketConnected()).toBe(false);
    await slack.connectSocket();
    await stop();
  });
});
