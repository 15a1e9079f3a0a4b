import type { ServiceOptions } from "../../bots/main.ts";
import { buttonsOf } from "../fakes/card.ts";
import { adviser, inTeamsChannel, type Party, reporter } from "./people.ts";
import { type Bot, channels, type Stage, type StageOptions, setStage, startBot } from "./service.ts";
import { closeCase, content, fillIn, paragraphs, pseudonymous, send, words } from "./steps.ts";

/** Reporter and adviser on different platforms, and reports that must not reach an adviser (P9). */

let stage: Stage;
let bot: Bot;

async function start(options: StageOptions, service: ServiceOptions = {}): Promise<void> {
  stage = await setStage(options);
  bot = await startBot(stage, service);
}

afterEach(async () => {
  await bot?.stop();
  await stage?.close();
});

const story = "De koffiekamer ging op slot.";
const pinged = words("case.ping.title");
const button = (name: string) => words(`adviser.buttons.${name}`);

const both = ["teams", "slack"] as const;
const pairs = both.flatMap((from) => both.map((to) => [from, to] as const));

test.each(pairs)("a reporter on %s and advisers on %s talk until the case is closed", async (from, to) => {
  await start({ advisers: to, external: from });
  const anna = reporter(stage, bot.url, from);
  const vera = adviser(stage, bot.url);

  await anna.enter();
  await fillIn(anna, { ...pseudonymous, story });
  const { number } = await send(anna);
  await vera.sees(number);
  expect(await vera.press(button("open"))).toContain(story);
  await vera.press(button("acknowledge"));
  await anna.sees(pinged);
  await vera.press(button("write"));
  await vera.press(button("reply"), { text: "Wil je erover praten?" });
  await bot.outbox.idle();

  const thread = await anna.pressOutside(words("case.buttons.openThread"));
  expect(thread).toContain("Wil je erover praten?");
  expect(thread).toContain(number);
  await anna.press(words("case.buttons.say"), { text: "Ja, graag morgen." });
  expect(anna.shows()).toContain(words("common.notes.messageSent"));
  await vera.sees(words("adviser.routePing.text"));
  const opened = await vera.pressOutside(button("open"));
  expect(opened).toContain("Ja, graag morgen.");
  await closeCase(vera);
  await bot.outbox.idle();

  expect(vera.messages()[0]).not.toContain(button("open"));
  expect(await anna.pressOutside(words("case.buttons.openThread"))).toContain(words("case.thread.closed"));
  expect(seenBy(vera)).not.toContain(pinged);
  for (const trace of anna.traces) expect(seenBy(vera)).not.toContain(trace);
  expect(stage.teams.connector.complaints).toEqual([]);
  expect(stage.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
});

test("a report about an adviser goes to the other route, and the first hears nothing of all that follows", async () => {
  await start({ advisers: "teams", external: "slack" });
  const anna = reporter(stage, bot.url, "teams");
  const sanne = adviser(stage, bot.url, "external");

  await anna.enter();
  const review = await fillIn(anna, { ...pseudonymous, aboutAdviser: "yes", story });
  expect(review).toContain("Sanne Visser");
  expect(review).not.toContain("Fatima El Idrissi");
  const { number } = await send(anna);
  await sanne.sees(number);
  await sanne.press(button("open"));
  await sanne.press(button("acknowledge"));
  await sanne.press(button("write"));
  await sanne.press(button("reply"), { text: "Ik lees mee." });
  await bot.outbox.idle();
  await anna.pressOutside(words("case.buttons.openThread"));
  await anna.press(words("case.buttons.say"), { text: "Dank je." });
  await bot.outbox.idle();
  await sanne.pressOutside(button("open"));
  await closeCase(sanne);
  await bot.outbox.idle();

  expect(writesTo("external").length).toBeGreaterThan(3);
  expect(writesTo("advisers")).toEqual([]);
});

test("somebody unsure whom it is about is not sent to the default route either", async () => {
  await start({ advisers: "slack", external: "teams" });
  const anna = reporter(stage, bot.url, "slack");
  await anna.enter();
  await fillIn(anna, { ...pseudonymous, aboutAdviser: "unsure", story });
  const { number } = await send(anna);
  await adviser(stage, bot.url, "external").sees(number);
  await bot.outbox.idle();
  expect(writesTo("advisers")).toEqual([]);
});

test("where the other route cannot be reached the reporter hears it, and the default route does not", async () => {
  await start({ advisers: "teams", external: "slack" }, { outbox: { refusedTries: 1, waits: [1] } });
  const anna = reporter(stage, bot.url, "teams");
  await anna.enter();
  await fillIn(anna, { ...pseudonymous, aboutAdviser: "yes", story });
  // The bot was taken out of the channel since it started.
  stage.slack.channel(channels.external.slack, { member: false });
  const { number } = await send(anna);
  await hearsItWasNotDelivered(anna, number);
  expect(writesTo("advisers")).toEqual([]);
});

test("where the default route cannot be reached, the other route and the reporter hear it", async () => {
  await start({ advisers: "slack", external: "teams" }, { outbox: { refusedTries: 1, waits: [1] } });
  const anna = reporter(stage, bot.url, "slack");
  await anna.enter();
  await fillIn(anna, { ...pseudonymous, story });
  stage.slack.channel(channels.advisers.slack, { shared: true });
  const { number } = await send(anna);
  const told = await adviser(stage, bot.url, "external").sees(words("adviser.routeTrouble.title"));
  expect(told).toContain(number);
  expect(told).not.toContain(button("open"));
  await hearsItWasNotDelivered(anna, number);
});

test("a case answers only to its own route, and looks the same elsewhere as one that is not there (P11)", async () => {
  await start({ advisers: "teams", external: "teams" });
  const anna = reporter(stage, bot.url, "teams");
  const sanne = inTeamsChannel(stage, bot.url, channels.external.teams);
  await anna.enter();
  await fillIn(anna, { ...pseudonymous, aboutAdviser: "yes", story });
  const { number } = await send(anna);
  await sanne.sees(number);
  const [card] = stage.teams.connector.messages(channels.external.teams);
  if (card === undefined) throw new Error("no card");
  await sanne.press(button("work"));
  const work = sanne.room();
  await sanne.press(words("desk.buttons.closing"));
  const closing = sanne.room();

  const answers: string[] = [];
  const pressed = new Set<string>();
  const elsewhere = "19:elsewhere@thread.tacv2";
  stage.teams.connector.addChannel(elsewhere);
  for (const own of [card.card, work, closing]) {
    const gone = JSON.parse(JSON.stringify(own).replace(/"case":"[^"]+"/g, '"case":"nosuchcase"'));
    for (const stolen of [own, gone]) {
      for (const from of [channels.advisers.teams, elsewhere]) {
        const thief = inTeamsChannel(stage, bot.url, from);
        for (const label of buttonsOf(stolen)) {
          pressed.add(label);
          const reason = label === button("close") ? { reason: "settled" } : {};
          answers.push(await thief.pressOn(stolen, label, reason));
        }
      }
    }
  }
  for (const label of ["open", "acknowledge", "write", "work", "take", "close"])
    expect(pressed).toContain(button(label));
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain(words("adviser.refused.notYourRoute"));
  await bot.outbox.idle();
  expect(await sanne.press(button("open"))).toContain(words("adviser.states.received"));
  expect(writesTo("advisers")).toEqual([]);
});

/** The ping says what every ping says; what happened, and where else help is, stands in the thread it opens. */
async function hearsItWasNotDelivered(party: Party, number: string): Promise<void> {
  await party.sees(pinged);
  await bot.outbox.idle();
  const help = content.help("slachtofferhulp", "nl");
  const inside = [number, ...paragraphs("case.thread.undelivered"), help.name, ...help.contact];
  const ping = party.messages().at(-1) ?? "";
  expect(ping.split("\n").filter((line) => line !== "")).toEqual([
    pinged,
    ...paragraphs("case.ping.reply"),
    words("case.buttons.openThread"),
    words("common.buttons.menu"),
  ]);
  for (const text of inside) expect(ping).not.toContain(text);
  const thread = await party.pressOutside(words("case.buttons.openThread"));
  for (const text of inside) expect(thread).toContain(text);
}

/** Everything that was ever shown to an adviser: what stands in the channel, and what rooms showed. */
function seenBy(party: Party): string {
  return [...party.messages(), ...party.rooms].join("\n");
}

/** Everything the bot ever wrote to a route's channel, in whatever thread. */
function writesTo(route: "advisers" | "external"): readonly string[] {
  const { teams, slack } = channels[route];
  const { requests } = stage.teams.connector;
  return [
    ...requests.filter((request) => !request.startsWith("GET ") && request.includes(teams)),
    ...stage.slack.calls
      .filter(({ method, args }) => method.startsWith("chat.") && args.channel === slack)
      .map(({ method }) => method),
  ];
}
