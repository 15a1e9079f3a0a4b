import type { Language } from "../../dialogs/core/draft.ts";
import type { Person, ShownMessage, ShownModal } from "../fakes/slack.ts";
import { readTables } from "./search.ts";
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

/** Whose account is whose: nobody else acts on a case, and a case can be handed to a colleague who is known again. */
const described = {
  advisers: [
    { name: "Fatima El Idrissi", route: "advisers", account: { slack: "U0VERAADVISER" } },
    { name: "Joost Bakker", route: "advisers", account: { slack: "U0JOOSTADVISES" } },
    { name: "Sanne Visser", route: "external", account: { slack: "U0SANNEADVISES" } },
    { name: "Milan Kok", route: "external", account: { slack: "U0MILANADVISES" } },
  ],
};

beforeAll(async () => {
  stage = await setStage({ advisers: "slack", external: "slack", described });
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
  expect(card?.buttons).toEqual([words("clocks.buttons.holding"), words("adviser.buttons.reopen")]);
  // Each of the pings leads to the same thread, and an onlooker cannot tell one from another (P7).
  const pings = anna.messages().filter(({ buttons }) => buttons.includes(own("openThread")));
  expect(new Set(pings.map(({ text }) => text)).size).toBe(1);
  await anna.press(own("openThread"), await messageWith(anna, own("openThread")));
  expect(lines(anna.modal())).toEqual(all("case.thread.closed"));
  expect(anna.modal().buttons).toContain(own("say"));
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

describe("the advisers' work on a case", () => {
  const note = "rood potlood naast het tweede gesprek";
  const appointment = "donderdag bij de houten vijver";
  const elsewhere = channels.external.slack;

  /** An adviser, and the name that colleagues read. */
  interface Colleague {
    readonly at: Person;
    readonly name: string;
  }
  let fatima: Colleague;
  let joost: Colleague;
  let sanne: Colleague;
  let milan: Colleague;
  /** Who has the case, and who was later. */
  let holder: Colleague;
  let other: Colleague;
  let lena: Person;
  let number = "";
  let id = "";
  /** The card as it was drawn first: of buttons pressed on it later. */
  let stale: Record<string, unknown>;

  beforeAll(() => {
    const [first, second, third, fourth] = described.advisers.map(({ name, account }) => ({
      name,
      at: stage.slack.person(account.slack),
    }));
    if (!first || !second || !third || !fourth) throw new Error("too few advisers");
    [fatima, joost, sanne, milan] = [first, second, third, fourth];
    lena = stage.slack.person("U0LENAREPORTS");
  });

  /** Every message about this case that stands in a channel now, once the bot has nothing left to do. */
  async function copies(place: string = channel): Promise<readonly ShownMessage[]> {
    await bot.outbox.idle();
    return vera.messages(place).filter(({ text }) => text.includes(number));
  }

  /** The case's card in a channel; there is one. */
  async function card(place: string = channel): Promise<ShownMessage> {
    const [found, ...others] = (await copies(place)).filter(({ thread }) => thread === null);
    if (found === undefined || others.length > 0) throw new Error(`${others.length} other cards`);
    return found;
  }

  const held = (name: string) => `${words("desk.holder")}: ${name}`;
  const act = (what: string, { name }: Colleague, more = {}) =>
    shaped(`desk.acts.${what}`, { name: new RegExp(name), at: /\d+ \w+ \d{4} om \d\d:\d\d/, ...more });

  /** A press on a message as it was; Slack's own time to answer begins when it is pressed. */
  function again(who: Person, payload: Record<string, unknown>): Promise<unknown> {
    return who.send("interactive", { ...payload, trigger_id: who.trigger() });
  }

  async function opens(who: Colleague, place: string = channel): Promise<ShownModal> {
    if (who.at.hasModal()) await who.at.close();
    await who.at.press(desk("open"), await card(place));
    return who.at.modal();
  }

  async function works(who: Colleague, page: string, place: string = channel): Promise<ShownModal> {
    await opens(who, place);
    await who.at.press(desk("work"));
    await who.at.press(work(page));
    return who.at.modal();
  }

  test("it begins with a card that says that nobody has it", async () => {
    await lena.command();
    await lena.press(button("report"));
    await answer(lena, "danger", option("danger", "no"));
    await answer(lena, "aboutAdviser", option("aboutAdviser", "no"));
    for (const question of ["part", "kind", "relation", "when", "dependent", "form", "often", "where"])
      await answer(lena, question, null);
    await answer(lena, "story", `Weer een ${canary}.`);
    for (const question of ["more", "effect", "wish", "contact", "moments", "kept"])
      await answer(lena, question, null);
    await answer(lena, "identity", option("identity", "pseudonymous"));
    await lena.press(button("send"));
    number = numberIn(lena.modal().text);
    await lena.press(own("codeKept"));
    await lena.close();
    const drawn = await card();
    expect(drawn.text).toContain(held(words("desk.nobody")));
    stale = fatima.at.pressing(desk("open"), drawn);
    const [action] = stale.actions as { value: string }[];
    id = JSON.parse(action?.value ?? "{}").case;
    expect(id).not.toBe("");
  });

  test("of two who take it at the same moment one has it, and the other reads who", async () => {
    const drawn = await card();
    await Promise.all([fatima, joost].map(({ at }) => at.press(desk("take"), drawn)));
    const { text, buttons } = await card();
    [holder, other] = text.includes(held(fatima.name)) ? [fatima, joost] : [joost, fatima];
    await stage.slack.until("a word for who was later", () => other.at.hasModal());
    const told = other.at.modal();
    expect(lines(told)).toEqual(all("desk.held.text", "nl", { name: holder.name }));
    expect(told.buttons).toEqual([work("shutHeld"), work("takeOver")]);
    expect(text).toContain(held(holder.name));
    expect(text).toMatch(act("took", holder));
    expect(buttons).toEqual(["open", "acknowledge", "write", "work"].map(desk));
    await other.at.press(work("shutHeld"));
    await other.at.close();
    expect((await card()).text).toContain(held(holder.name));
  });

  test("somebody in the channel whom the file does not name gets a clear word, and nothing of the case", async () => {
    const stranger = stage.slack.person("U0STRANGERHERE");
    await stranger.press(desk("open"), await card());
    expect(lines(stranger.modal())).toContain(words("adviser.refused.notListed"));
    expect(stranger.modal().text).not.toContain(number);
    await stranger.close();
  });

  test("a question from the list is put behind what was written, and is sent only with the reply", async () => {
    const question = words("desk.ask.options.support");
    await opens(holder);
    await holder.at.press(desk("write"));
    holder.at.fill({ text: `Dank je. Gaat het om een ${answerCanary}?`, question });
    await holder.at.press(desk("ask"));
    const asked = holder.at.modal().filled[words("adviser.reply.label")];
    expect(asked).toBe(`Dank je. Gaat het om een ${answerCanary}?\n\n${question}`);
    await bot.outbox.idle();
    expect(lena.messages()).toEqual([]);
    // A colleague acknowledges on the card as it was before the reply: nothing is told twice.
    const late = other.at.pressing(desk("acknowledge"), await card());
    await holder.at.press(desk("reply"));
    expect(lines(holder.at.modal())).toContain(words("adviser.notes.replied"));
    await again(other.at, late);
    await stage.slack.until("a word for who was later", () => other.at.hasModal());
    await stage.slack.until("what came of it", () =>
      lines(other.at.modal()).includes(words("adviser.refused.alreadyDone")),
    );
    await other.at.close();
    await holder.at.close();
    for (const { text, buttons } of await copies()) {
      expect(text).toContain(state("waiting"));
      expect(text).toMatch(act("replied", holder));
      expect(buttons).toEqual(["open", "write", "work"].map(desk));
    }
    expect(lena.messages()).toHaveLength(1);
  });

  test("the reporter reads and answers it, without a name of any adviser; a line comes under the card", async () => {
    await lena.press(own("openThread"), await messageWith(lena, own("openThread")));
    expect(lines(lena.modal())).toContain(words("desk.ask.options.support"));
    for (const { name } of [fatima, joost]) expect(lena.modal().text).not.toContain(name);
    lena.fill({ text: `Nee, alleen een ${canary}.` });
    await lena.press(own("say"));
    await lena.close();
    const [first, ...under] = await copies();
    expect(first?.text).toContain(state("conversation"));
    expect(under.map(({ thread }) => thread)).toEqual([first?.ts]);
    expect(under.flatMap(lines)).toEqual(all("adviser.routePing.text"));
  });

  test("a note and what is recorded stay in rooms, and a colleague reads them", async () => {
    const before = await copies();
    await works(holder, "note");
    await holder.at.press(work("keepNote"));
    expect(lines(holder.at.modal())).toContain(words("desk.notes.writeFirst"));
    holder.at.fill({ text: `Een ${note}.` });
    await holder.at.press(work("keepNote"));
    expect(lines(holder.at.modal())).toContain(words("desk.notes.noted"));
    await holder.at.press(work("record"));
    const recorded = {
      [words("desk.record.discussed.label")]: [words("desk.record.discussed.options.complaint")],
      [words("desk.record.referred.label")]: [words("desk.record.referred.options.legal")],
      [words("desk.record.duty.label")]: words("desk.record.duty.options.maybe"),
    };
    holder.at.fill({ ...recorded, appointment, aftercareOn: "2027-03-01" });
    await holder.at.press(work("keepRecord"));
    expect(lines(holder.at.modal())).toContain(words("desk.notes.recorded"));
    await opens(other);
    await other.at.press(desk("work"));
    for (const text of [`Een ${note}.`, appointment, holder.name, ...Object.values(recorded).flat()])
      expect(other.at.modal().text).toContain(text);
    for (const { at } of [holder, other]) await at.close();
    // No copy of a card has changed, and no message holds a word of it.
    expect(await copies()).toEqual(before);
    for (const text of [note, appointment]) expect(stage.slack.kept()).not.toContain(text);
    await lena.press(own("openThread"), await messageWith(lena, own("openThread")));
    for (const text of [note, appointment, words("desk.record.discussed.options.complaint")])
      expect(lena.modal().text).not.toContain(text);
    await lena.close();
  });

  test("it is handed to a colleague, who is known as the one who has it", async () => {
    await works(holder, "hand");
    await holder.at.press(work("handTo"));
    expect(lines(holder.at.modal())).toContain(words("desk.notes.chooseColleague"));
    holder.at.fill({ [words("desk.hand.label")]: other.name });
    await holder.at.press(work("handTo"));
    expect(holder.at.modal().text).toContain(held(other.name));
    await holder.at.close();
    const { text, buttons } = await card();
    expect(text).toContain(held(other.name));
    expect(text).toMatch(act("handedOver", holder, { to: new RegExp(other.name) }));
    expect(buttons).toEqual(["open", "write", "work"].map(desk));
    expect((await works(other, "hand")).buttons).not.toContain(work("takeOver"));
    expect((await works(holder, "hand")).buttons).toContain(work("takeOver"));
    for (const { at } of [holder, other]) await at.close();
  });

  test("who cannot be neutral moves it: nothing in the old channel names it, and the new one has all of it", async () => {
    // One has a reply half written, and the other a note, of which no card tells.
    await opens(holder);
    await holder.at.press(desk("write"));
    await works(other, "note");
    other.at.fill({ text: `Nog een ${note}.` });
    await other.at.press(work("keepNote"));
    const page = await works(other, "conflict");
    expect(page.text).toContain(sanne.name);
    const unused = () =>
      vera.messages(channel).filter((message) => lines(message).includes(words("desk.unused")));
    const before = unused().length;
    await other.at.press(words("desk.buttons.move", "nl", { nr: 1 }));
    expect(lines(other.at.modal())).toContain(words("desk.movedAway.title"));
    expect(other.at.modal().buttons).toEqual([]);
    await other.at.close();
    expect(await copies()).toEqual([]);
    const standing = stage.slack.workspace.channels.get(channel)?.messages ?? [];
    for (const text of [number, id]) expect(JSON.stringify(standing.map(now))).not.toContain(text);
    const emptied = unused().map(({ buttons }) => buttons);
    expect(emptied.slice(before)).toEqual([[], []]);

    const there = await card(elsewhere);
    expect(there.text).toContain(held(words("desk.nobody")));
    expect(there.text).toContain(state("conversation"));
    expect(there.text).toMatch(act("handedOver", holder, { to: new RegExp(other.name) }));
    expect(there.buttons).toEqual(["open", "write", "work", "take"].map(desk));
    const opened = await opens(sanne, elsewhere);
    for (const text of [`Weer een ${canary}.`, answerCanary, `Nee, alleen een ${canary}.`])
      expect(opened.text).toContain(text);
    await sanne.at.close();

    // What was still open in the old channel reaches nothing, and neither does an old button.
    holder.at.fill({ text: "Nog een vraag." });
    await holder.at.press(desk("reply"));
    expect(lines(holder.at.modal())).toContain(words("adviser.refused.notYourRoute"));
    await holder.at.close();
    await again(fatima.at, stale);
    await stage.slack.until("an answer", () => fatima.at.hasModal());
    expect(lines(fatima.at.modal())).toContain(words("adviser.refused.notYourRoute"));
    await fatima.at.close();
    expect(stage.slack.kept()).not.toContain("Nog een vraag.");
  });

  test("the reporter hears that something is new, and what they write is news in the new channel alone", async () => {
    const before = vera.messages(channel);
    await lena.press(own("openThread"), await messageWith(lena, own("openThread")));
    expect(lena.modal().text).not.toMatch(/neutraal/);
    lena.fill({ text: "Is er iemand?" });
    await lena.press(own("say"));
    await lena.close();
    const [first, ...under] = await copies(elsewhere);
    expect(under.map(({ thread }) => thread)).toEqual([first?.ts]);
    expect(vera.messages(channel)).toEqual(before);
  });

  test("it is closed for a reason; who was writing at that moment keeps what was written", async () => {
    await opens(milan, elsewhere);
    await milan.at.press(desk("write"));
    milan.at.fill({ text: "Ik was nog bezig." });
    await works(sanne, "closing", elsewhere);
    await sanne.at.press(desk("close"));
    expect(lines(sanne.at.modal())).toContain(words("desk.notes.reasonFirst"));
    expect((await card(elsewhere)).text).toContain(state("conversation"));
    sanne.at.fill({ [words("desk.closing.label")]: words("desk.closing.options.referred") });
    await Promise.all([sanne.at.press(desk("close")), bot.outbox.idle()]);
    await sanne.at.close();
    await milan.at.press(desk("reply"));
    expect(lines(milan.at.modal())).toContain(words("adviser.notes.closed"));
    expect(milan.at.modal().filled[words("adviser.reply.label")]).toBe("Ik was nog bezig.");
    await milan.at.close();
    const standing = await copies(elsewhere);
    // The line under the card says nothing any more.
    expect(standing).toHaveLength(1);
    expect(standing[0]?.text).toMatch(shaped("adviser.door.closed", { date: day }));
    expect(standing[0]?.text).not.toContain(words("desk.closing.options.referred"));
    expect(standing[0]?.buttons).toEqual([words("clocks.buttons.holding"), words("adviser.buttons.reopen")]);
    await lena.press(own("openThread"), await messageWith(lena, own("openThread")));
    expect(lines(lena.modal())).toEqual(all("case.thread.closed"));
    expect(lena.modal().text).not.toContain(words("desk.closing.options.referred"));
    await lena.close();
  });

  test("the reporter writes again, which opens it again on every copy; so does an adviser; and it is closed again", async () => {
    const closes = async () => {
      await works(sanne, "closing", elsewhere);
      sanne.at.fill({ [words("desk.closing.label")]: words("desk.closing.options.referred") });
      await Promise.all([sanne.at.press(desk("close")), bot.outbox.idle()]);
      await sanne.at.close();
    };
    await lena.press(own("openThread"), await messageWith(lena, own("openThread")));
    lena.fill({ text: "Het is weer begonnen." });
    await lena.press(own("say"));
    expect(lines(lena.modal())).toContain(words("common.notes.caseReopened"));
    await lena.close();
    const opened = await card(elsewhere);
    expect(opened.text).toContain(state("conversation"));
    expect(opened.text).not.toMatch(shaped("adviser.door.closed", { date: day }));
    expect(await copies(elsewhere)).toHaveLength(2);
    await opens(sanne, elsewhere);
    expect(sanne.at.modal().text).toContain("Het is weer begonnen.");
    await sanne.at.close();

    await closes();
    expect(await copies(elsewhere)).toHaveLength(1);
    await sanne.at.press(desk("reopen"), await card(elsewhere));
    expect(lines(sanne.at.modal())).toEqual(all("adviser.reply.reopens"));
    sanne.at.fill({ text: "Ik was te snel." });
    await Promise.all([sanne.at.press(desk("replyReopen")), bot.outbox.idle()]);
    await sanne.at.close();
    expect((await card(elsewhere)).text).toContain(state("waiting"));
    await closes();
    expect((await card(elsewhere)).text).toMatch(shaped("adviser.door.closed", { date: day }));
  });

  test("when its time is over it is destroyed with its notes; what stands in the channel still opens nothing", async () => {
    const before = await copies(elsewhere);
    const left = async () => (await readTables(stage)).cases?.some((row) => row.number === number);
    expect(await left()).toBe(true);
    await bot.stop();
    const ahead = 366 * 24 * 3_600_000;
    bot = await startBot(stage, { clock: { now: () => Date.now() + ahead } });
    // Stopping waits for the sweep that every start begins with.
    await bot.stop();
    expect(bot.logged.join("")).toContain("sweep.done");
    expect(await left()).toBe(false);
    const { audit, ...tables } = await readTables(stage);
    expect(JSON.stringify(audit)).toContain(id);
    expect(JSON.stringify(tables)).not.toContain(id);
    bot = await startBot(stage);
    expect(await copies(elsewhere)).toEqual(before);
    await again(fatima.at, stale);
    await stage.slack.until("an answer", () => fatima.at.hasModal());
    expect(lines(fatima.at.modal())).toContain(words("adviser.refused.notYourRoute"));
    await fatima.at.close();
  });

  /** A message without its earlier states, which a platform keeps for its administrators. */
  function now({ before: _, ...standing }: { readonly before: unknown }): object {
    return standing;
  }
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
