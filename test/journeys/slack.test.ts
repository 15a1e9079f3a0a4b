import type { Person, ShownMessage, ShownModal } from "../fakes/slack.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";
import { numberIn } from "./steps.ts";

/**
 * From a slash command to the advisers' private channel and back, with signed requests against a strict
 * Slack. Every label here is what a person reads on the screen.
 */
const canary = "kanariegeel briefje op mijn bureau";
const answerCanary = "zilveren theelepel in de vergaderzaal";
const channel = channels.advisers.slack;

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
  title: string,
  given: string | readonly string[] | null,
  labels = { next: "Volgende", skip: "Overslaan" },
): Promise<ShownModal> {
  expect(person.modal().text).toContain(title);
  if (given !== null) person.fill({ answer: given });
  await person.press(given === null ? labels.skip : labels.next, "modal");
  return person.modal();
}

/** The newest message in a place that has this button, waiting for it to come. */
function messageWith(person: Person, button: string, place?: string): Promise<ShownMessage> {
  return stage.slack.until(`a message with ${button}`, () =>
    person.messages(place).findLast(({ buttons }) => buttons.includes(button)),
  );
}

function callsOf(method: string): number {
  return stage.slack.calls.filter((call) => call.method === method).length;
}

let first: ShownModal;

test("the command tells first what this is, in a modal and not in a message", async () => {
  first = await anna.command();
  expect(first.text).toContain("Ik ben een computerprogramma, geen vertrouwenspersoon.");
  expect(first.text).toMatch(/Beheerders kunnen soms meelezen/);
  expect(first.buttons).toEqual([
    "Melding doen",
    "Hulp of vertrouwenspersoon",
    "Omstander: wat kan ik doen?",
    "Voor wie leidinggeeft",
    "Ik heb een code",
    "English",
  ]);
  expect(anna.messages()).toEqual([]);
});

test("the questions come one at a time in that one modal, can be gone back to, and read in English", async () => {
  await anna.press("Melding doen");
  const about = await answer(anna, "Is er nu iemand in gevaar?", "Nee");
  expect(about.text).toMatch(/Vraag 2 van \d+/);
  await answer(anna, "Gaat het over een vertrouwenspersoon?", "Nee");
  await anna.press("Terug");
  expect(anna.modal().text).toContain("Gaat het over een vertrouwenspersoon?");
  expect(anna.modal().filled).toEqual({ "Kies één antwoord": "Nee" });
  await anna.press("Volgende");
  await anna.press("English");
  expect(anna.modal().text).toContain("How are you involved?");
  await anna.press("Nederlands");
  const kind = await answer(anna, "Hoe ben jij erbij betrokken?", null);
  expect(kind.text).toContain("Om wat voor gedrag gaat het?");
  expect(kind.id).toBe(first.id);
  expect(callsOf("views.open")).toBe(1);
  expect(anna.messages()).toEqual([]);
});

test("answers can be typed in the direct message, and lead to a neutral message", async () => {
  await anna.close();
  const asked = await anna.say("verder");
  expect(asked.text).toContain("Om wat voor gedrag gaat het?");
  const relation = await anna.say("2 en 4");
  expect(relation.text).toContain("Wat is de rol van de persoon over wie je meldt?");
  const when = await anna.say("collega");
  expect(when.text).toContain("Wanneer gebeurde het?");
  await stage.slack.until("only the last door to be live", () =>
    anna
      .messages()
      .slice(0, -1)
      .every(({ buttons }) => !buttons.includes("Verder")),
  );
});

test("a story typed into the chat is neither kept nor repeated, and the safe way is shown", async () => {
  const told = await anna.say(`gisteren lag er weer een ${canary} en iedereen keek naar mij`);
  expect(told.text).toContain("Vertel het liever op een veiligere plek");
  expect(told.text).not.toContain(canary);
  await anna.press("Verder", told);
  expect(anna.modal().text).toContain("Wanneer gebeurde het?");
});

test("a button of an older message leads to where the report is now", async () => {
  const door = anna.last();
  await answer(anna, "Wanneer gebeurde het?", "Het gebeurt nog steeds");
  await anna.close();
  await anna.press("Verder", door);
  expect(anna.modal().text).toContain("Gaat het om een kind");
});

test("the story goes by form, and the review shows exactly what will be read", async () => {
  await answer(anna, "Gaat het om een kind, of om iemand die van zorg afhangt?", "Nee");
  await answer(anna, "Welk gedrag was het?", ["belittling"]);
  await answer(anna, "Hoe vaak gebeurde het?", null);
  await answer(anna, "Waar gebeurde het?", ["work", "online"]);
  await answer(
    anna,
    "Wat is er gebeurd?",
    `Er lag een ${canary}.\n1. *Dit* is <b>geen</b> opmaak & <@U0VERAADVISER>.`,
  );
  await answer(anna, "Is er nog iets wat de vertrouwenspersoon mag weten?", null);
  await answer(anna, "Wat merk je er zelf van?", null);
  await answer(anna, "Wat zou je graag willen?", ["advice", "makeItStop"]);
  await answer(anna, "Mag de vertrouwenspersoon je hier iets vragen?", "chat");
  await answer(anna, "Wanneer past een bericht of seintje jou het best?", null);
  await answer(anna, "Was er iemand bij, of heb je iets bewaard?", null);
  const review = await answer(anna, "Hoe wil je melden?", "pseudonymous");
  expect(review.text).toContain("Kijk je melding na");
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
  await anna.press("Versturen");
  const sent = anna.modal();
  expect(sent.text).toContain("Je melding is verstuurd");
  expect(sent.text).toMatch(/Uiterlijk \w+ \d+ \w+ \d{4} hoor je dat je melding is gezien/);
  receipt = /\b\w{5}(-\w{5}){3}\b/.exec(sent.text)?.[0] ?? "";
  expect(receipt).not.toBe("");
  const card = await messageWith(vera, "Openen", channel);
  expect(card.text).toContain(`Zaak ${numberIn(sent.text)}`);
  expect(card.text).toContain("De melding staat niet in dit bericht");
  expect(card.text + card.summary).not.toContain(canary);
  expect(card.buttons).toEqual(["Openen", "Ontvangst bevestigen", "Antwoorden", "Zaak sluiten"]);
  await anna.press("Sluiten");
  expect(anna.modal().text).toContain("Tot zover");
  await anna.close();
});

test("an adviser opens the report in a modal, acknowledges it and replies", async () => {
  await vera.press("Openen", await messageWith(vera, "Openen", channel));
  const opened = vera.modal();
  expect(opened.text).toContain(`Er lag een ${canary}.`);
  expect(opened.text).toContain("1. *Dit* is <b>geen</b> opmaak & <@U0VERAADVISER>.");
  expect(opened.text).not.toContain(anna.id);
  await vera.press("Ontvangst bevestigen");
  expect(vera.modal().text).toContain("Ontvangst bevestigd");
  await messageWith(anna, "Openen");
  await vera.press("Antwoorden");
  vera.fill({ text: `Dank je. Gaat het om een ${answerCanary}?` });
  await vera.press("Antwoord versturen");
  expect(vera.modal().text).not.toContain(answerCanary);
  await vera.close();
  await bot.outbox.idle();
  const [card] = vera.messages(channel);
  expect(card?.text).toContain("Ontvangst bevestigd");
  expect(card?.buttons).toEqual(["Openen", "Antwoorden", "Zaak sluiten"]);
});

test("the reporter gets a ping without content, opens the answer and writes back", async () => {
  const ping = await messageWith(anna, "Openen");
  expect(ping.text + ping.summary).not.toMatch(/V-\w{5}|theelepel|vertrouwenspersoon/);
  await anna.press("Openen", ping);
  expect(anna.modal().text).toContain(answerCanary);
  anna.fill({ text: `Ja, met een ${canary}.` });
  await anna.press("Bericht sturen");
  expect(anna.modal().text).toContain("Je bericht is verstuurd.");
  await anna.close();
  await bot.outbox.idle();
  const under = vera.messages(channel).filter(({ thread }) => thread !== null);
  expect(under.map(({ text }) => text).join()).toContain("De melder heeft geschreven");
  expect(under[0]?.thread).toBe(vera.messages(channel)[0]?.ts);
});

test("the adviser sees the thread and closes the case, and both sides end neutral", async () => {
  const ping = await messageWith(vera, "Openen", channel);
  expect(ping.text).toContain("De melder heeft geschreven");
  await vera.press("Openen", ping);
  expect(vera.modal().text).toContain(answerCanary);
  expect(vera.modal().text).toContain(`Ja, met een ${canary}.`);
  await vera.press("Zaak sluiten");
  await vera.press("Ja, zaak sluiten");
  expect(vera.modal().text).toMatch(/Gesloten op \w+ \d+ \w+ \d{4}/);
  await vera.close();
  await bot.outbox.idle();
  const [card] = vera.messages(channel);
  expect(card?.text).toMatch(/Gesloten op \w+ \d+ \w+ \d{4}/);
  expect(card?.buttons).toEqual([]);
  // Only the last of the pings still leads anywhere.
  expect(anna.messages().filter(({ buttons }) => buttons.includes("Openen"))).toHaveLength(1);
  await anna.press("Openen", await messageWith(anna, "Openen"));
  expect(anna.modal().text).toContain("Deze zaak is gesloten.");
  expect(anna.modal().buttons).not.toContain("Bericht sturen");
  await anna.press("Sluiten");
  await anna.close();
});

test("the receipt opens the case from another account", async () => {
  const other = stage.slack.person("U0OTHERACCOUNT");
  await other.command();
  await other.press("Ik heb een code");
  other.fill({ receipt: receipt.toLowerCase().replaceAll("-", " ") });
  await other.press("Open met code");
  expect(other.modal().text).toContain(answerCanary);
});

test("stop and clear asks first, leaves nothing of a draft, and its old buttons do no harm", async () => {
  await anna.command();
  await anna.press("Melding doen");
  await answer(anna, "Is er nu iemand in gevaar?", "Nee");
  const old = anna.pressing("Terug", "modal");
  await anna.press("Stoppen");
  expect(anna.modal().text).toContain("Wil je stoppen?");
  await anna.press("Wissen");
  expect(anna.modal().text).toContain("bij Vertrouwd gewist");
  await anna.send("interactive", old);
  await stage.slack.until("an answer to the old button", () =>
    anna.modal().text.includes("Die knop hoorde bij een ouder bericht."),
  );
  expect(anna.modal().buttons).toContain("Melding doen");
  await anna.close();
  const nothing = await anna.say("verder");
  expect(nothing.text).toContain("Er staat nu niets open.");
});

test("the Home tab shows the menu, and its buttons open the modal", async () => {
  const home = await anna.openHome();
  expect(home.buttons).toEqual([
    "Melding doen",
    "Hulp of vertrouwenspersoon",
    "Omstander: wat kan ik doen?",
    "Voor wie leidinggeeft",
    "Mijn meldingen",
    "English",
  ]);
  await anna.press("Mijn meldingen", "home");
  expect(anna.modal().text).toContain("Mijn meldingen");
  await anna.close();
});

test("the whole journey in English", async () => {
  const joe = stage.slack.person("U0JOEREPORTS");
  const labels = { next: "Next", skip: "Skip" };
  await joe.command();
  await joe.press("English");
  expect(joe.modal().text).toContain("I am a computer programme, not a confidential adviser.");
  await joe.press("Make a report");
  await answer(joe, "Is anyone in danger now?", "No", labels);
  await answer(joe, "Is it about a confidential adviser?", "No", labels);
  for (const title of [
    "How are you involved?",
    "What kind of behaviour is it about?",
    "What is the role of the person you report about?",
    "When did it happen?",
    "Is it about a child",
    "Which behaviour was it?",
    "How often did it happen?",
    "Where did it happen?",
  ])
    await answer(joe, title, null, labels);
  await answer(joe, "What happened?", `There was a ${canary}.`, labels);
  for (const title of [
    "Is there anything else you want the adviser to know?",
    "What do you notice in yourself?",
    "What would you like?",
    "May the adviser ask you something here?",
    "When does a message or notice suit you best?",
    "Was anyone there, or did you keep anything?",
  ])
    await answer(joe, title, null, labels);
  await answer(joe, "How do you want to report?", "named", labels);
  const review = await answer(joe, "What is your name?", "Joe Sparrow", labels);
  expect(review.text).toContain("Joe Sparrow");
  await joe.press("Send");
  expect(joe.modal().text).toContain("Your report has been sent");
  const number = numberIn(joe.modal().text);
  await joe.close();
  await bot.outbox.idle();
  const card = vera.messages(channel).findLast(({ text }) => text.includes(number));
  if (card === undefined) throw new Error("no card");
  expect(card.text).not.toContain("Sparrow");
  // The advisers' channel reads Dutch; what the reporter wrote stays as it is.
  await vera.press("Openen", card);
  expect(vera.modal().text).toContain("Wat de melder invulde");
  expect(vera.modal().text).toContain("Joe Sparrow");
  await vera.close();
});

test("Slack keeps no word of a story, an answer or a receipt in any message or Home tab (P2)", () => {
  const kept = stage.slack.calls
    .filter(({ method }) => !["views.open", "views.update"].includes(method))
    .map(({ args }) => JSON.stringify(args))
    .join("\n");
  expect(kept.includes("De melder heeft geschreven")).toBe(true);
  for (const secret of [canary, answerCanary, receipt, "Sparrow"]) expect(kept.includes(secret)).toBe(false);
});

test("Slack refused nothing of what the bot asked", () => {
  expect(stage.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
});
