import type { Platform } from "../../bots/ports.ts";
import { findFlow } from "../../dialogs/find.ts";
import { type Desk, deskOf } from "./desk-walk.ts";
import { accountsOfVera, adviser, formerAdviser, type Party, reporter } from "./people.ts";
import { readTables, type Secrets } from "./search.ts";
import type { Bot, Stage } from "./service.ts";
import {
  type Answers,
  answerOne,
  content,
  fillIn,
  goThrough,
  paragraphs,
  pseudonymous,
  questionOn,
  send,
  words,
} from "./steps.ts";

/** A whole report, with everything that a person and an adviser may write, see and take along; to be searched for. */

/** What people tell each other: in rooms, and nowhere else. */
export const told = {
  story: "paarse kanarie zong om drie uur in de gang",
  dutch: "geëmotioneerd bij de koffieautomaat van zaal vijf",
  message: "groene kanarie zat op mijn toetsenbord",
  reply: "zilveren theelepel lag weer in de lade",
  note: "rode paperclip op het derde gesprek",
  appointment: "donderdag bij de houten vijver",
  unfinished: "half geschreven zin over de oranje fiets",
  typed: "gisteren riep iemand iets over blauwe schoenen in de kantine",
} as const;
export const name = "Noor Kanarie-van Zandwijk";
/** Told by somebody else, of an adviser: it belongs to the other route, and nothing of it to this one. */
export const elsewhere = "witte zwaan op de trap van de kelder";

/** What advisers keep for themselves: no reporter ever sees it. */
export const among = { note: told.note, appointment: told.appointment } as const;

/** What looking for help shows, and nothing keeps: who was looked at, and what was chosen. */
export const looked = {
  words: "ik zit achter de bruine paraplubak",
  mail: "paraplubak@example.org",
  service: content.help("discriminatie-nl", "nl").name,
  adviser: "fatima-el-idrissi",
} as const;
/** To whom a case is handed; the file's name for whoever it is stands nowhere in the clear. */
export const colleague = "joost-bakker";
export const advisers = [
  {
    name: "Fatima El Idrissi",
    route: "advisers",
    contact: { mail: looked.mail },
    about: { nl: looked.words, en: looked.words },
  },
  { name: "Joost Bakker", route: "advisers" },
  { name: "Sanne Visser", route: "external" },
];
/** The file may say which account is whose: then advisers are called as it says, and otherwise as the platform does. */
export const withAccounts = advisers.map((one, nr) => (nr === 0 ? { ...one, account: accountsOfVera } : one));
const find = findFlow({ sector: "government", places: 0 });
/** Typed behind the command in Slack, where no message holds it. */
export const slashed = "vanmorgen zat er een gele eend op mijn bureau en iedereen lachte";

export interface Journey {
  readonly anna: Party;
  readonly vera: Party;
  readonly receipts: readonly string[];
  /** What Vera did besides answering. */
  readonly desk: Desk;
  /** What an adviser of the other route did there. */
  readonly beside: Desk;
  /** All that the case is called, and the case of the other route. */
  readonly theCase: Secrets;
  readonly otherCase: Secrets;
}

/** Where it all happens. */
interface Scene {
  readonly stage: Stage;
  readonly bot: Bot;
}

export const answers: Answers = { ...pseudonymous, story: `Een ${told.story}.\nIk was ${told.dutch}.` };
export const button = (key: string) => words(`adviser.buttons.${key}`);
const work = (key: string) => words(`desk.buttons.${key}`);

/** A report with everything that a person may write, somewhere on the way or in the end. */
export async function journey(
  scene: Scene,
  from: Platform,
  given: Answers,
  { listed = false } = {},
): Promise<Journey> {
  const { stage, bot } = scene;
  const anna = reporter(stage, bot.url, from);
  const vera = adviser(stage, bot.url);
  const desk = deskOf(stage, bot, vera);
  const otherCase = await aboutAnAdviser(scene, from);
  await anna.enter();
  await anna.say(told.typed);
  await lookForHelp(anna);
  await anna.press(words("common.buttons.menu"));
  await fillIn(anna, given);
  const first = await send(anna);
  await bot.outbox.idle();
  await vera.press(button("take"));
  await bot.outbox.idle();
  await vera.pressOutside(button("open"));
  await vera.press(button("write"));
  await vera.press(button("reply"), { text: `Dank je. De ${told.reply}?` });
  await bot.outbox.idle();
  await desk.lists({ on: first.number, where: ["open", "mine", "waiting"] });
  const comesBack = async () => {
    if (given.identity !== "anonymous") return anna.pressOutside(words("case.buttons.openThread"));
    // No ping came: who has no way back must come back with the code.
    await anna.enter();
    await anna.press(words("common.buttons.code"));
    return anna.press(words("case.buttons.openReceipt"), { receipt: first.receipt });
  };
  await comesBack();
  await anna.press(words("case.buttons.say"), { text: `Nee, een ${told.message}.` });
  await bot.outbox.idle();
  await vera.pressOutside(button("open"));
  await vera.press(button("work"));
  await vera.press(work("note"));
  await vera.press(work("keepNote"), { text: `Een ${told.note}.` });
  await vera.press(work("record"));
  await vera.press(work("keepRecord"), { appointment: told.appointment, discussed: ["complaint"] });
  if (listed) {
    await vera.press(work("hand"));
    await vera.press(work("handTo"), { adviser: colleague });
    await bot.outbox.idle();
  }
  await desk.lists({ on: first.number, where: listed ? ["open"] : ["open", "mine"] });
  await desk.card(first.number);
  await desk.asks();
  await bot.outbox.idle();
  await comesBack();
  await anna.press(words("case.buttons.consent"));
  await anna.press(words("case.buttons.consentYes"));
  await bot.outbox.idle();
  await desk.makesDocument();
  await desk.card(first.number);
  await desk.closes();
  await desk.lists({ on: first.number, where: ["closed"] });
  const beside = deskOf(stage, bot, adviser(stage, bot.url, "external"));
  await beside.lists({ on: otherCase.number, where: ["open"] });
  await isRefused(formerAdviser(stage, bot.url), listed ? "notListed" : "notMember");
  // A receipt tried, a second report of the same person left unfinished, and a press from the wrong place.
  await anna.enter();
  await anna.press(words(`common.buttons.${given.identity === "anonymous" ? "code" : "reports"}`));
  await anna.press(words("case.buttons.openReceipt"), { receipt: first.receipt });
  await anna.enter();
  await anna.press(words("common.buttons.report"));
  await untilQuestion(anna, "story");
  await anna.press(words("common.buttons.back"), { answer: told.unfinished });
  await answerOne(anna, pseudonymous);
  await anna.enter();
  await lookForHelp(anna);
  // Whom somebody wants to write to is kept with the report, until it is sent.
  await anna.press(words("common.buttons.back"));
  await anna.press(words("common.buttons.contact"), { adviser: looked.adviser });
  await anna.press(words("common.buttons.write"));
  if (from === "slack") await stage.slack.person("U0ANNAREPORTS").command(slashed);
  await bot.outbox.idle();
  const theCase = await namesOf(stage, first.number);
  return { anna, vera, receipts: [first.receipt], desk, beside, theCase, otherCase };
}

/** A report of somebody else, in the other route. */
async function aboutAnAdviser({ stage, bot }: Scene, from: Platform) {
  const joe = reporter(stage, bot.url, from, "joe");
  await joe.enter();
  await fillIn(joe, { ...pseudonymous, aboutAdviser: "yes", story: `Een ${elsewhere}.` });
  const { number } = await send(joe);
  await bot.outbox.idle();
  return namesOf(stage, number);
}

/** By what a case can be known again. */
async function namesOf(stage: Stage, number: string) {
  const row = (await readTables(stage)).cases?.find((one) => one.number === number);
  return { number, id: String(row?.id), pseudonym: content.pseudonym(Number(row?.pseudonym)) };
}

/** Whoever was taken out of the channel is shown no list and no number, from what still stands before them. */
async function isRefused(otto: Party, why: "notMember" | "notListed"): Promise<void> {
  for (const label of [words("cases.buttons.menu"), words("statistics.buttons.open")]) {
    await otto.ask("zaken");
    const refused = await otto.press(label);
    expect(refused.split("\n")).toEqual(expect.arrayContaining([...paragraphs(`adviser.refused.${why}`)]));
  }
  expect(otto.rooms.join()).not.toMatch(/V-\w{5}/);
}

/** To an adviser's page and the text to copy; it is left open. */
async function lookForHelp(anna: Party): Promise<void> {
  await anna.press(words("common.buttons.find"));
  await goThrough(anna, find, { safety: "safe", aboutAdviser: "no", about: "discrimination" });
  await anna.press(words("common.buttons.contact"), { adviser: looked.adviser });
  await anna.press(words("common.buttons.back"));
  await anna.press(words("common.buttons.copy"));
}

async function untilQuestion(party: Party, id: string): Promise<void> {
  while (questionOn(party, "nl") !== id) await answerOne(party, pseudonymous);
}
