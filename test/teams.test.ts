import { Overloaded } from "../bots/turns.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { appId, places, pressOn, tenant } from "./fakes/teams.ts";
import { type Bot, canary, quietConsole, startBot } from "./fakes/teams-bot.ts";
import { type Json, teamsPerson } from "./fakes/teams-person.ts";
import { view } from "./fakes/view.ts";

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());
quietConsole(canary);

const doors = () => bot.teams.connector.messages(places.person);

describe("what someone types", () => {
  test("becomes an event with an address, and is answered by a door that is remembered", async () => {
    expect(await bot.anna.say("hallo")).toMatchObject({ status: 200, text: "" });
    const { serviceUrl } = bot.teams.connector;
    const address = {
      platform: "teams",
      tenant,
      user: "29:anna",
      conversation: places.person,
      serviceUrl,
      bot: `28:${appId}`,
    };
    expect(bot.turns.persons).toMatchObject([{ address, event: { type: "text", text: "hallo" } }]);
    const [door] = doors();
    expect(door?.words).toContain("The door");
    expect(bot.turns.posted).toEqual([
      { platform: "teams", tenant, conversation: places.person, message: door?.id, serviceUrl },
    ]);
    expect(bot.teams.connector.complaints).toEqual([]);
  });

  test.each<[string, unknown, string | null]>([
    ["is an object id", "0A000000-0000-4000-8000-0000000000AA", "0A000000-0000-4000-8000-0000000000AA"],
    ["is missing", undefined, null],
    ["is empty", "", null],
    ["is somebody's name", "anna@example.org", null],
    ["is the bot's own id of another", "29:boss", null],
    ["is endless", "a".repeat(100_000), null],
    ["is no text", { id: 1 }, null],
    ["is null", null, null],
  ])(
    "by somebody whose alias %s comes with that or none, beside an address without it",
    async (_what, id, alias) => {
      const from = { id: "29:anna", aadObjectId: id };
      await bot.anna.post(bot.anna.message("hallo", { from }));
      const card = drawCard(view("The door"), { surface: "door" });
      const value = pressOn(card, card.actions?.[0]?.title ?? "");
      await bot.anna.post(bot.anna.invoke(value, { from }));
      await bot.anna.post(bot.anna.installation({ from }));
      expect(bot.turns.persons.map((turn) => turn.alias)).toEqual([alias, alias, alias]);
      for (const { alias: _, ...rest } of bot.turns.persons) {
        expect(Object.keys(rest.address).sort()).toEqual(
          ["bot", "conversation", "platform", "serviceUrl", "tenant", "user"].sort(),
        );
        if (alias !== null) expect(JSON.stringify(rest)).not.toContain(alias);
      }
    },
  );

  test.each([
    ["<at>Vertrouwd</at> hulp", "hulp"],
    ["<p>ja &amp; nee&nbsp;</p>", "ja & nee"],
    ["&amp;lt;", "&lt;"],
    ["  melden\n", "melden"],
  ])("loses the platform's markup: %j", async (typed, text) => {
    await bot.anna.say(typed);
    expect(bot.turns.persons[0]?.event).toEqual({ type: "text", text });
  });

  test.each<[string, Json]>([
    ["an empty message", { text: "" }],
    ["no text at all", { text: undefined }],
    ["only markup", { text: "<at>Vertrouwd</at> <br>" }],
    [
      "a file",
      { text: "kijk", attachments: [{ contentType: "application/vnd.microsoft.teams.file.download.info" }] },
    ],
    ["a picture", { text: "", attachments: [{ contentType: "image/*" }, { contentType: "text/html" }] }],
    ["an old kind of button", { text: undefined, value: { do: "menu" } }],
  ])("%s is something the bot cannot take", async (_name, over) => {
    expect((await bot.anna.post(bot.anna.message("", over))).status).toBe(200);
    expect(bot.turns.persons[0]?.event).toEqual({ type: "unreadable" });
    expect(doors()).toHaveLength(1);
  });

  test("the HTML that comes with rich text is not a file", async () => {
    await bot.anna.post(
      bot.anna.message("hallo", { attachments: [{ contentType: "text/html", content: "<p>hallo</p>" }] }),
    );
    expect(bot.turns.persons[0]?.event).toEqual({ type: "text", text: "hallo" });
  });

  test("a message of brackets takes no longer than another", async () => {
    const text = "<at>".repeat(40_000);
    expect((await bot.anna.say(text)).status).toBe(200);
  });

  test("a second delivery of one message shows nothing more, and another message with the same words does", async () => {
    const message = bot.anna.message("hallo");
    for (let nr = 0; nr < 3; nr++) expect((await bot.anna.post(message)).status).toBe(200);
    expect(doors()).toHaveLength(1);
    await bot.anna.say("hallo");
    expect(doors()).toHaveLength(2);
  });

  test("the same message id in another conversation is another message", async () => {
    bot.teams.connector.addPersonal("a:2personal");
    const other = teamsPerson(bot.url, bot.teams, {
      user: "29:bram",
      conversation: "a:2personal",
      type: "personal",
    });
    await bot.anna.post(bot.anna.message("hallo", { id: "1" }));
    await other.post(other.message("hallo", { id: "1" }));
    expect(bot.teams.connector.messages("a:2personal")).toHaveLength(1);
  });

  test("the earlier door takes its last state", async () => {
    await bot.anna.say("een");
    bot.turns.earlier = bot.turns.posted[0] ?? null;
    await bot.anna.say("twee");
    await bot.teams.connector.until(() => doors()[0]?.updates === 1);
    expect(doors().map(({ words }) => words.split("\n")[0])).toEqual(["It went on below", "The door"]);
  });

  test.each(["serverError", "refusal", "reset"] as const)(
    "a door that meets a %s is asked for once, and logged",
    async (fault) => {
      bot.teams.connector.failNext({ with: fault });
      expect((await bot.anna.say(canary)).status).toBe(200);
      expect(bot.teams.connector.writes()).toBe(1);
      expect(bot.turns.posted).toEqual([]);
      expect(bot.logged).toEqual([expect.stringContaining("teams.doorNotPosted")]);
      expect(bot.logged.join()).not.toContain(canary);
    },
  );

  test("a platform that stays silent does not hold the answer", async () => {
    const hasty = await startBot({ connectorTimeoutMs: 50 });
    hasty.teams.connector.failNext({ with: "silence" });
    expect((await hasty.anna.say("hoi")).status).toBe(200);
    expect(hasty.logged).toEqual([expect.stringContaining("timeout")]);
    await hasty.close();
  });
});

describe("an installation", () => {
  const added = (over: Json = {}) =>
    bot.anna.installation({
      type: "conversationUpdate",
      action: undefined,
      membersAdded: [{ id: `28:${appId}` }],
      ...over,
    });

  test("is greeted once, by whichever news comes first", async () => {
    await bot.anna.install();
    await bot.anna.post(added());
    expect(bot.turns.persons.map(({ event }) => event)).toEqual([{ type: "hello" }, { type: "hello" }]);
    expect(doors()).toHaveLength(1);
  });

  test("by an upgrade counts as well", async () => {
    await bot.anna.post(bot.anna.installation({ action: "add-upgrade" }));
    expect(doors()).toHaveLength(1);
  });

  test.each<[string, () => Json]>([
    ["a removal", () => bot.anna.installation({ action: "remove" })],
    ["another member", () => added({ membersAdded: [{ id: "29:anna" }] })],
    ["a new topic", () => added({ membersAdded: undefined })],
    ["a team", () => bot.adviser.installation()],
    [
      "a team, the other way",
      () => ({
        ...bot.adviser.installation(),
        type: "conversationUpdate",
        membersAdded: [{ id: `28:${appId}` }],
      }),
    ],
    ["typing", () => bot.anna.message("", { type: "typing" })],
    ["a reaction", () => bot.anna.message("", { type: "messageReaction" })],
    ["something new", () => bot.anna.message("", { type: "hologram" })],
  ])("%s is no reason to speak", async (_name, activity) => {
    expect(await bot.anna.post(activity())).toMatchObject({ status: 200, text: "" });
    expect(bot.turns.asked).toBe(0);
    expect(bot.teams.connector.writes()).toBe(0);
  });
});

describe("in a group or channel", () => {
  const mention = { entities: [{ type: "mention", mentioned: { id: `28:${appId}`, name: "Vertrouwd" } }] };

  test("a message to the bot gets one neutral line, and nothing is kept of it", async () => {
    const activity = bot.adviser.message(canary, mention);
    activity.conversation = {
      id: places.channel,
      tenantId: tenant,
      conversationType: "channel",
      isGroup: true,
    };
    expect((await bot.adviser.post(activity)).status).toBe(200);
    expect(bot.turns.asked).toBe(0);
    const messages = bot.teams.connector.messages(places.channel);
    expect(messages.map(({ words }) => words)).toEqual([expect.stringContaining("Message me directly")]);
    expect(bot.teams.connector.bodies.join()).not.toContain(canary);
  });

  test.each(["groupChat", "channel", undefined])("in a %s no event comes of it", async (conversationType) => {
    const conversation = { id: places.person, tenantId: tenant, conversationType, isGroup: true };
    await bot.anna.post(bot.anna.message("hallo", { conversation, ...mention }));
    expect(bot.turns.asked).toBe(0);
    expect(doors()).toHaveLength(1);
  });

  test("a chat that says it is personal and a group at once is a group", async () => {
    const conversation = { id: places.person, tenantId: tenant, conversationType: "personal", isGroup: true };
    await bot.anna.post(bot.anna.message("hallo", { conversation }));
    expect(bot.turns.asked).toBe(0);
  });

  test("a message to others is not answered", async () => {
    await bot.adviser.say("hallo allemaal");
    expect(bot.teams.connector.writes()).toBe(0);
  });
});

describe("a press in a private chat", () => {
  const press = (data: Json) => ({ action: { type: "Action.Execute", verb: "press", data } });
  const answerPress = { do: "answer", draft: "d1", question: "kinds" };

  test("becomes an event with what was filled in, and is answered by a room, not a message", async () => {
    const value = press({
      ...answerPress,
      "in+:kinds": "bullying,racism",
      "in:story": "a,b",
      "in+:none": "",
    });
    const answer = await bot.anna.post(bot.anna.invoke(value, { replyToId: "77" }));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      statusCode: 200,
      type: "application/vnd.microsoft.card.adaptive",
      value: { type: "AdaptiveCard" },
    });
    expect(JSON.stringify(answer.card)).toContain("The room");
    expect(bot.turns.persons).toMatchObject([
      {
        event: {
          type: "press",
          press: answerPress,
          inputs: { kinds: ["bullying", "racism"], story: "a,b", none: [] },
        },
        eventId: null,
      },
    ]);
    expect(bot.teams.connector.writes()).toBe(0);
  });

  test("at the end of a room turns its door, and the live one, into the door's last state", async () => {
    await bot.anna.say("een");
    await bot.anna.say("twee");
    const [pressed, live] = bot.turns.posted;
    bot.turns.reply = { ended: true, live: live ?? null, door: view("It is done"), room: view("It is done") };
    await bot.anna.post(bot.anna.invoke(press({ do: "done" }), { replyToId: pressed?.message }));
    await bot.teams.connector.until(() => doors().every(({ updates }) => updates === 1));
    expect(doors().map(({ words }) => words.split("\n")[0])).toEqual(["It is done", "It is done"]);
    expect(bot.teams.connector.writes()).toBe(4);
  });

  test("that clears replaces the bot's earlier messages too, but for the one that the room stands in", async () => {
    for (const words of ["een", "twee", "drie"]) await bot.anna.say(words);
    await bot.teams.connector.until(() => doors().length === 3);
    const [first, pressed, live] = bot.turns.posted;
    const messages = [first, pressed].filter((one) => one !== undefined);
    bot.turns.reply = {
      ended: true,
      live: live ?? null,
      door: view("It is done"),
      room: view("It is done"),
      stale: { messages, view: view("One line") },
    };
    await bot.anna.post(bot.anna.invoke(press({ do: "done" }), { replyToId: pressed?.message }));
    const shown = () => doors().map(({ words }) => words.split("\n")[0]);
    await bot.teams.connector.until(() => shown()[0] === "One line");
    expect(shown()).toEqual(["One line", "It is done", "It is done"]);
  });

  test("is answered though its door can no longer be changed, and says so in the log alone", async () => {
    bot.turns.reply = { ended: true, door: view("It is done"), room: view("It is done") };
    const answer = await bot.anna.post(bot.anna.invoke(press({ do: "done" }), { replyToId: "404" }));
    expect(answer.status).toBe(200);
    await bot.stop();
    expect(bot.logged).toEqual([expect.stringContaining("teams.doorNotReplaced")]);
  });

  test("a press that was handled before leaves the card as it is", async () => {
    bot.turns.person = async () => ({ show: "nothing" });
    const answer = await bot.anna.post(bot.anna.invoke(press({ do: "menu" })));
    expect(answer).toMatchObject({ status: 200, card: null });
  });

  test.each<[string, unknown, Json?]>([
    ["no value", undefined],
    ["a string", canary],
    ["an empty object", {}],
    ["the old kind of button", { action: { type: "Action.Submit", data: { do: "menu" } } }],
    ["no data", { action: { type: "Action.Execute" } }],
    ["a list for data", press([] as unknown as Json)],
    ["an unknown press", press({ do: canary })],
    ["a press without its draft", press({ do: "send" })],
    ["a press with a number for an id", press({ do: "start", flow: 7 })],
    ["a press with a huge id", press({ do: "start", flow: "x".repeat(10_000) })],
    ["an input that is an object", press({ do: "menu", "in:story": { $gt: canary } })],
    ["an input that is too long", press({ do: "menu", "in:story": canary.repeat(3000) })],
    ["a refresh of nothing", { action: { type: "Action.Execute", verb: "refresh" }, trigger: "automatic" }],
  ])("%s is answered with an error a client understands, and changes nothing", async (_name, value) => {
    const answer = await bot.anna.post(bot.anna.invoke(value));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({
      statusCode: 400,
      type: "application/vnd.microsoft.error",
      value: { code: "BadRequest", message: "badRequest" },
    });
    expect(bot.turns.asked).toBe(0);
    expect((await bot.anna.say("still there")).status).toBe(200);
  });

  test("an invoke of another kind is not known here", async () => {
    for (const name of ["composeExtension/query", "task/fetch", canary]) {
      expect(await bot.anna.post(bot.anna.invoke({}, { name }))).toMatchObject({ status: 501, text: "" });
    }
  });
});

describe("a press in a channel", () => {
  const value = {
    action: {
      type: "Action.Execute",
      data: { do: "desk.reply", case: "c1", nonce: "n1234567", "in:text": "x" },
    },
  };

  test("goes to the desk, with the channel but without the thread", async () => {
    const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const from = { id: "29:vera", name: "Vera Jansen", aadObjectId: id.toUpperCase() };
    const answer = await bot.adviser.post(bot.adviser.invoke(value, { from }));
    expect(bot.turns.desks).toEqual([
      {
        platform: "teams",
        tenant,
        by: { user: "29:vera", alias: id, name: "Vera Jansen" },
        channel: places.channel,
        press: { do: "desk.reply", case: "c1", nonce: "n1234567" },
        inputs: { text: "x" },
      },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.card).toEqual(JSON.parse(JSON.stringify(drawCard(view("The case"), { surface: "door" }))));
    expect(bot.teams.connector.writes()).toBe(0);
  });

  test("may be answered by a room that only the adviser sees", async () => {
    bot.turns.surface = "room";
    expect((await bot.adviser.post(bot.adviser.invoke(value))).status).toBe(200);
  });

  const group = {
    id: "19:group@thread.v2",
    tenantId: tenant,
    conversationType: "groupChat",
    isGroup: true,
  };

  test("a reporter's press has no place there, nor in a group chat", async () => {
    const menu = { action: { type: "Action.Execute", data: { do: "menu" } } };
    expect((await bot.adviser.post(bot.adviser.invoke(menu))).status).toBe(400);
    expect((await bot.adviser.post(bot.adviser.invoke(menu, { conversation: group }))).status).toBe(400);
    expect(bot.turns.asked).toBe(0);
  });

  test("one from a group chat reaches the desk, which refuses and records it (P11)", async () => {
    await bot.adviser.post(bot.adviser.invoke(value, { conversation: group }));
    expect(bot.turns.desks).toMatchObject([{ channel: group.id }]);
  });
});

describe("a press in a route that is about no case", () => {
  const value = { action: { type: "Action.Execute", data: { do: "stats.year", year: 2026 } } };

  test("goes there with the channel but without the thread, and is answered by a room", async () => {
    const answer = await bot.adviser.post(bot.adviser.invoke(value));
    expect(bot.turns.routes).toEqual([
      {
        place: { platform: "teams", tenant, channel: places.channel },
        by: { user: "29:vera", alias: "00000000-0000-4000-8000-0000000000cc", name: "Anna de Vries" },
        press: { do: "stats.year", year: 2026 },
        inputs: {},
      },
    ]);
    expect(answer.card).toEqual(JSON.parse(JSON.stringify(drawCard(view("Numbers"), { surface: "room" }))));
    expect(bot.teams.connector.writes()).toBe(0);
  });

  test("from a private chat goes there too, which refuses and records it (P11); a misshapen one does not", async () => {
    await bot.anna.post(bot.anna.invoke(value));
    expect(bot.turns.routes).toMatchObject([
      { place: { channel: expect.not.stringContaining(places.channel) } },
    ]);
    for (const data of [{ do: "stats.year" }, { do: "stats.year", year: "2026" }, { do: "stats.all" }])
      expect(
        (await bot.adviser.post(bot.adviser.invoke({ action: { type: "Action.Execute", data } }))).status,
      ).toBe(400);
    expect(bot.turns.routes).toHaveLength(1);
  });
});

describe("a turn that fails", () => {
  test.each<[string, Error]>([
    ["too busy", new Overloaded()],
    ["broken", new Error(`disk full at ${canary}`)],
  ])("is to be tried again, and tells nothing: %s", async (_name, failure) => {
    bot.turns.failure = failure;
    const menu = { action: { type: "Action.Execute", data: { do: "menu" } } };
    for (const activity of [bot.anna.message("hoi"), bot.anna.invoke(menu)]) {
      expect(await bot.anna.post(activity)).toMatchObject({ status: 503, text: "" });
    }
    expect(bot.logged).toHaveLength(2);
    expect(bot.logged.join()).not.toContain(canary);
    expect(doors()).toEqual([]);
    bot.turns.failure = null;
    expect((await bot.anna.say("hoi")).status).toBe(200);
  });

  test("does so for what comes after the bot began to stop", async () => {
    await bot.stop();
    expect((await bot.anna.say("hoi")).status).toBe(503);
    expect(bot.turns.asked).toBe(0);
  });
});
