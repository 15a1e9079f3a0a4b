import type { Language } from "../../dialogs/core/draft.ts";
import type { Person, ShownMessage, ShownModal } from "../fakes/slack.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";
import { numberIn, paragraphs, shaped, words } from "./steps.ts";

/**
 * From a slash command to the advisers' private channel and back, with signed requests against a strict
 * Slack. What people read is looked up by its key, so that content editors can change it; what they type is
 * written out.
 */
const canary = "kanariegeel briefje op mijn bureau";
const answerCanary = "zilveren theelepel in de vergaderzaal";
const channel = channels.advisers.slack;
const organisation = "Gemeente Voorbeeld";

const button = (name: string, language?: Language) => words(`common.buttons.${name}`, language);
const own = (name: string) => words(`case.buttons.${name}`);
const desk = (name: string) => words(`adviser.buttons.${name}`);
const work = (name: string) => words(`desk.buttons.${name}`);
const title = (question: string, language?: Language) => words(`report.${question}.title`, language);
const option = (question: string, chosen: string, language?: Language) =>
  words(`report.${question}.options.${chosen}`, language);
/** A text with all its paragraphs, among the lines of a screen. */
const all = (key: string, language?: Language, params = {}) =>
  expect.arrayContaining([...paragraphs(key, language, params)]);
const lines = ({ text }: { readonly text: string }) => text.split("\n");
/** "zaterdag 28 november 2026". */
const day = /\w+ \d+ \w+ \d{4}/;
/** Where a case stands, as its advisers read it. */
const state = (name: string) => `${words("adviser.door.state")}: ${words(`adviser.states.${name}`)}`;

let stage: Stage;
let bot: Bot;
let anna: Person;
let vera: Person;

beforeAll(async () => {
  stage = await setStage({ advisers: "slack", external: "slack" });
  bot = await startBot(stage);
  anna = stage.slack.person("U0ANNAREPORTS");
  vera = stage.slack.person("U0VERAADVISER");
});

afterAll(async () => {
  await bot?.stop();
  await stage?.close();
});

/** Answers the question now in the modal, after making sure that it is this one. */
async function answer(
  person: Person,
  question: string,
  given: string | readonly string[] | null,
  language: Language = "nl",
): Promise<ShownModal> {
  expect(lines(person.modal())).toContain(title(question, language));
  if (given !== null) person.fill({ answer: given });
  await person.press(button(given === null ? "skip" : "next", language), "modal");
  return person.modal();
}

/** The newest message in a place that has this button, waiting for it to come. */
function messageWith(person: Person, label: string, place?: string): Promise<ShownMessage> {
  return stage.slack.until(`a message with ${label}`, () =>
    person.messages(place).findLast(({ buttons }) => buttons.includes(label)),
  );
}

function callsOf(method: string): number {
  return stage.slack.calls.filter((call) => call.method === method).length;
}

let first: ShownModal;

test("the command tells first what this is, in a modal and not in a message", async () => {
  first = await anna.command();
  // That it is a programme, and that administrators may read along, is in it: content.test.ts sees to that.
  expect(lines(first)).toEqual(all("common.intro.text", "nl", { organisation }));
  expect(first.buttons).toEqual([
    button("report"),
    button("find"),
    button("bystander"),
    words("check.buttons.hub"),
    button("code"),
    button("english"),
  ]);
  expect(anna.messages()).toEqual([]);
});

test("the questions come one at a time in that one modal, can be gone back to, and read in English", async () => {
  await anna.press(button("report"));
  const about = await answer(anna, "danger", option("danger", "no"));
  expect(about.text).toMatch(shaped("common.step", { nr: /2/, of: /\d+/ }));
  await answer(anna, "aboutAdviser", option("aboutAdviser", "no"));
  await anna.press(button("back"));
  expect(lines(anna.modal())).toContain(title("aboutAdviser"));
  expect(anna.modal().filled).toEqual({ [words("common.input.choice")]: option("aboutAdviser", "no") });
  await anna.press(button("next"));
  await anna.press(button("english"));
  expect(lines(anna.modal())).toContain(title("part", "en"));
  await anna.press(button("dutch", "en"));
  const kind = await answer(anna, "part", null);
  expect(lines(kind)).toContain(title("kind"));
  expect(kind.id).toBe(first.id);
  expect(callsOf("views.open")).toBe(1);
  expect(anna.messages()).toEqual([]);
});

test("answers can be typed in the direct message, and lead to a neutral message", async () => {
  await anna.close();
  const asked = await anna.say("verder");
  expect(lines(asked)).toContain(title("kind"));
  const relation = await anna.say("2 en 4");
  expect(lines(relation)).toContain(title("relation"));
  const when = await anna.say("collega");
  expect(lines(when)).toContain(title("when"));
  await stage.slack.until("only the last door to be live", () =>
    anna
      .messages()
      .slice(0, -1)
      .every(({ buttons }) => !buttons.includes(button("resume"))),
  );
});

test("a story typed into the chat is neither kept nor repeated, and the safe way is shown", async () => {
  const told = await anna.say(`gisteren lag er weer een ${canary} en iedereen keek naar mij`);
  expect(lines(told)).toContain(words("common.story.title"));
  expect(told.text).not.toContain(canary);
  await anna.press(button("resume"), told);
  expect(lines(anna.modal())).toContain(title("when"));
});

test("a button of an older message leads to where the report is now", async () => {
  const door = anna.last();
  await answer(anna, "when", option("when", "ongoing"));
  await anna.close();
  await anna.press(button("resume"), door);
  expect(lines(anna.modal())).toContain(title("dependent"));
});

test("the story goes by form, and the review shows exactly what will be read", async () => {
  await answer(anna, "dependent", option("dependent", "no"));
  await answer(anna, "form", ["belittling"]);
  await answer(anna, "often", null);
  await answer(anna, "where", ["work", "online"]);
  await answer(anna, "story", `Er lag een ${canary}.\n1. *Dit* is <b>geen</b> opmaak & <@U0VERAADVISER>.`);
  await answer(anna, "more", null);
  await answer(anna, "effect", null);
  await answer(anna, "wish", ["advice", "makeItStop"]);
  await answer(anna, "contact", "chat");
  await answer(anna, "moments", null);
  await answer(anna, "kept", null);
  const review = await answer(anna, "identity", "pseudonymous");
  expect(lines(review)).toContain(words("report.review.title"));
  expect(review.text).toContain("Fatima El Idrissi");
  expect(review.text).toContain(`Er lag een ${canary}.`);
  expect(review.text).toContain("1. *Dit* is <b>geen</b> opmaak & <@U0VERAADVISER>.");
  expect(review.text).not.toContain(anna.id);
});

test("nothing has reached the advisers before the report is sent", () => {
  expect(vera.messages(channel)).toEqual([]);
});

let receipt = "";

test("sent shows a receipt and dates, and the advisers' channel gets a sealed card", async () => {
  await anna.press(button("send"));
  const sent = anna.modal();
  expect(lines(sent)).toContain(words("case.sent.title"));
  const dates = { acknowledgeBy: day, feedbackBy: day, organisation: new RegExp(organisation) };
  expect(sent.text).toMatch(shaped("case.sent.dates", dates));
  receipt = /\b\w{5}(-\w{5}){3}\b/.exec(sent.text)?.[0] ?? "";
  expect(receipt).not.toBe("");
  const card = await messageWith(vera, desk("open"), channel);
  expect(lines(card)).toContain(words("adviser.door.title", "nl", { number: numberIn(sent.text) }));
  expect(lines(card)).toEqual(all("adviser.door.sealed"));
  expect(card.text + card.summary).not.toContain(canary);
  expect(card.buttons).toEqual(["open", "acknowledge", "write", "work", "take"].map(desk));
  await anna.press(own("codeKept"));
  expect(lines(anna.modal())).toContain(words("common.final.title"));
  await anna.close();
});

test("an adviser opens the report in a modal, acknowledges it and replies", async () => {
  await vera.press(desk("open"), await messageWith(vera, desk("open"), channel));
  const opened = vera.modal();
  expect(opened.text).toContain(`Er lag een ${canary}.`);
  expect(opened.text).toContain("1. *Dit* is <b>geen</b> opmaak & <@U0VERAADVISER>.");
  expect(opened.text).not.toContain(anna.id);
  await vera.press(desk("acknowledge"));
  expect(lines(vera.modal())).toContain(state("acknowledged"));
  await messageWith(anna, own("openThread"));
  await vera.press(desk("write"));
  vera.fill({ text: `Dank je. Gaat het om een ${answerCanary}?` });
  await vera.press(desk("reply"));
  expect(vera.modal().text).not.toContain(answerCanary);
  await vera.close();
  await bot.outbox.idle();
  const [card] = vera.messages(channel);
  expect(card?.text).toContain(state("waiting"));
  expect(card?.buttons).toEqual(["open", "write", "work", "take"].map(desk));
});

test("the reporter gets a ping without content, opens the answer and writes back", async () => {
  const ping = await messageWith(anna, own("openThread"));
  expect(ping.text + ping.summary).not.toMatch(/V-\w{5}|theelepel|vertrouwenspersoon/);
  await anna.press(own("openThread"), ping);
  expect(anna.modal().text).toContain(answerCanary);
  anna.fill({ text: `Ja, met een ${canary}.` });
  await anna.press(own("say"));
  expect(lines(anna.modal())).toContain(words("common.notes.messageSent"));
  await anna.close();
  await bot.outbox.idle();
  const under = vera.messages(channel).filter(({ thread }) => thread !== null);
  expect(under.flatMap(lines)).toEqual(all("adviser.routePing.text"));
  expect(under[0]?.thread).toBe(vera.messages(channel)[0]?.ts);
});

test("the adviser sees the thread and closes the case, and both sides end neutral", async () => {
  const ping = await messageWith(vera, desk("open"), channel);
  expect(lines(ping)).toEqual(all("adviser.routePing.text"));
  await vera.press(desk("open"), ping);
  expect(vera.modal().text).toContain(answerCanary);
  expect(vera.modal().text).toContain(`Ja, met een ${canary}.`);
  await vera.press(desk("work"));
  await vera.press(work("closing"));
  await vera.press(desk("close"));
  expect(lines(vera.modal())).toContain(words("desk.notes.reasonFirst"));
  vera.fill({ [words("desk.closing.label")]: words("desk.closing.options.settled") });
  await vera.press(desk("close"));
  expect(vera.modal().text).toMatch(shaped("adviser.door.closed", { date: day }));
  await vera.close();
  await bot.outbox.idle();
  const [card] = vera.messages(channel);
  expect(card?.text).toMatch(shaped("adviser.door.closed", { date: day }));
  expect(card?.buttons).toEqual([words("clocks.buttons.holding")]);
  // Only the last of the pings still leads anywhere.
  expect(anna.messages().filter(({ buttons }) => buttons.includes(own("openThread")))).toHaveLength(1);
  await anna.press(own("openThread"), await messageWith(anna, own("openThread")));
  expect(lines(anna.modal())).toEqual(all("case.thread.closed"));
  expect(anna.modal().buttons).not.toContain(own("say"));
  await anna.press(button("done"));
  await anna.close();
});

test("the receipt opens the case from another account", async () => {
  const other = stage.slack.person("U0OTHERACCOUNT");
  await other.command();
  await other.press(button("code"));
  other.fill({ receipt: receipt.toLowerCase().replaceAll("-", " ") });
  await other.press(own("openReceipt"));
  expect(other.modal().text).toContain(answerCanary);
});

test("stop and clear asks first, leaves nothing of a draft, and its old buttons do no harm", async () => {
  await anna.command();
  await anna.press(button("report"));
  await answer(anna, "danger", option("danger", "no"));
  const old = anna.pressing(button("back"), "modal");
  await anna.press(button("stop"));
  expect(lines(anna.modal())).toContain(words("common.stop.title"));
  await anna.press(button("clear"));
  expect(lines(anna.modal())).toEqual(all("common.final.cleared"));
  await anna.send("interactive", old);
  await stage.slack.until("an answer to the old button", () =>
    lines(anna.modal()).includes(words("common.notes.oldButton")),
  );
  expect(anna.modal().buttons).toContain(button("report"));
  await anna.close();
  const nothing = await anna.say("verder");
  expect(lines(nothing)).toContain(words("common.notes.nothingOpen"));
});

test("the Home tab shows the menu, and its buttons open the modal", async () => {
  const home = await anna.openHome();
  expect(home.buttons).toEqual([
    button("report"),
    button("find"),
    button("bystander"),
    words("check.buttons.hub"),
    button("reports"),
    button("english"),
  ]);
  await anna.press(button("reports"), "home");
  expect(lines(anna.modal())).toContain(words("case.reports.title"));
  await anna.close();
});

test("the whole journey in English", async () => {
  const joe = stage.slack.person("U0JOEREPORTS");
  await joe.command();
  await joe.press(button("english"));
  expect(lines(joe.modal())).toEqual(all("common.intro.text", "en", { organisation }));
  await joe.press(button("report", "en"));
  await answer(joe, "danger", option("danger", "no", "en"), "en");
  await answer(joe, "aboutAdviser", option("aboutAdviser", "no", "en"), "en");
  for (const question of ["part", "kind", "relation", "when", "dependent", "form", "often", "where"])
    await answer(joe, question, null, "en");
  await answer(joe, "story", `There was a ${canary}.`, "en");
  for (const question of ["more", "effect", "wish", "contact", "moments", "kept"])
    await answer(joe, question, null, "en");
  await answer(joe, "identity", "named", "en");
  const review = await answer(joe, "name", "Joe Sparrow", "en");
  expect(review.text).toContain("Joe Sparrow");
  await joe.press(button("send", "en"));
  expect(lines(joe.modal())).toContain(words("case.sent.title", "en"));
  const number = numberIn(joe.modal().text);
  await joe.close();
  await bot.outbox.idle();
  const card = vera.messages(channel).findLast(({ text }) => text.includes(number));
  if (card === undefined) throw new Error("no card");
  expect(card.text).not.toContain("Sparrow");
  // The advisers' channel reads Dutch; what the reporter wrote stays as it is.
  await vera.press(desk("open"), card);
  expect(lines(vera.modal())).toContain(words("adviser.room.report"));
  expect(vera.modal().text).toContain("Joe Sparrow");
  await vera.close();
});

test("Slack keeps no word of a story, an answer or a receipt in any message or Home tab (P2)", () => {
  const kept = stage.slack.calls
    .filter(({ method }) => !["views.open", "views.update"].includes(method))
    .flatMap(({ args }) => Object.values(args))
    .join("\n");
  for (const line of paragraphs("adviser.routePing.text"))
    expect(kept.includes(JSON.stringify(line))).toBe(true);
  for (const secret of [canary, answerCanary, receipt, "Sparrow"]) expect(kept.includes(secret)).toBe(false);
});

test("Slack refused nothing of what the bot asked", () => {
  expect(stage.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
});
