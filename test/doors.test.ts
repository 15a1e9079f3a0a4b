import type { MessageRef } from "../bots/ports.ts";
import type { PersonReply } from "../bots/turns.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import { Reporter } from "./fakes/view-person.ts";
import { type Bot, content, type Database, onBothDatabases, startBot, tenants } from "./world.ts";

/** Which message of the bot's in a private chat is the live one, and what the others say (decision 3). */

const canary = "kanarie achter de oude kaart";
const words = content.words("nl");

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let posted = 0;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(() => database.close());

  const message = (name: string): MessageRef => ({
    platform: "teams",
    tenant: tenants.teams,
    conversation: anna.address.conversation,
    message: name,
    serviceUrl: "https://smba.trafficmanager.net/emea/",
  });
  /** Types, and posts the door of the answer: what it is called, and which messages are to say nothing any more. */
  async function types(text: string) {
    const reply = await anna.say(text);
    if (reply.show === "nothing") throw new Error("taken for a repeat");
    posted += 1;
    const door = message(`door-${posted}`);
    const { earlier } = await bot.turns.doorPosted(anna.address, door);
    return { door, gone: [...(earlier ? [earlier] : []), ...(reply.stale?.messages ?? [])] };
  }
  async function presses(pressedOn: MessageRef, press: Press, inputs: Inputs = {}) {
    const event = { type: "press", press, inputs } as const;
    const { address } = anna;
    const reply = await bot.turns.person({ address, alias: null, event, eventId: null, pressedOn });
    if (reply.show === "nothing") throw new Error("taken for a repeat");
    return reply as Extract<PersonReply, { show: "view" }>;
  }
  const called = (messages: readonly MessageRef[] | undefined) => (messages ?? []).map((one) => one.message);

  test("a room on another message, such as a ping, makes that the live door: what stood before says nothing", async () => {
    const { door } = await types("hallo");
    const ping = message("a-ping");
    const opened = await presses(ping, { do: "start", flow: "report" });
    expect(called(opened.stale?.messages)).toEqual([door.message]);
    expect(opened.live?.message).toBe("a-ping");
    // The next door closes the room that stands on the ping.
    const next = await types("stop");
    expect(called(next.gone)).toEqual(["a-ping"]);
  });

  test("stop and clear closes every room with own words in it, wherever it was opened", async () => {
    await types("hallo");
    const ping = message("a-ping");
    await presses(ping, { do: "start", flow: "report" });
    const draft = (await presses(ping, { do: "resume" })).room.buttons.find(
      ({ press }) => press?.do === "stop",
    );
    const id = draft?.press?.do === "stop" ? draft.press.draft : "";
    await presses(ping, { do: "answer", draft: id, question: "story" }, { answer: canary });
    const { door, gone } = await types("stop");
    expect(called(gone)).toContain("a-ping");
    // Somebody opens the old card once more before clearing on the new one.
    await presses(ping, { do: "back", draft: id });
    const cleared = await presses(door, { do: "clear", draft: id });
    expect(called(cleared.stale?.messages)).toContain("a-ping");
    expect(called(cleared.stale?.messages)).not.toContain(door.message);
  });

  test("a press on the live door changes nothing about it", async () => {
    const { door } = await types("hallo");
    const reply = await presses(door, { do: "start", flow: "report" });
    expect(reply.stale).toBeNull();
    expect(reply.live?.message).toBe(door.message);
    expect(called((await types("stop")).gone)).toEqual([door.message]);
  });

  test("a code that is shown once stays in sight while somebody types, and its card is closed by its own button", async () => {
    const { door } = await types("hallo");
    await anna.report({ identity: "anonymous" });
    expect(anna.room.title).toBe(words.say("case.sent.title"));
    const typed = await types("bedankt");
    expect(called(typed.gone)).toEqual([]);
    // Once it was closed, the next door goes on as ever.
    const closed = await presses(door, { do: "done" });
    expect(closed.ended).toBe(true);
    expect(called(closed.stale?.messages)).toEqual([typed.door.message]);
    expect(called((await types("hallo")).gone)).toEqual([door.message]);
  });

  test("a new code too", async () => {
    await types("hallo");
    await anna.report();
    await anna.openThread();
    const thread = anna.button("case");
    await anna.send({ ...thread, page: "renewing" });
    await anna.press("renewReceipt");
    expect(anna.room.title).toBe(words.say("case.renewed.title"));
    expect(called((await types("dank je")).gone)).toEqual([]);
  });
});
