import type { Person, ShownMessage, ShownModal } from "../fakes/slack.ts";
import { readTables } from "./search.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";
import { numberIn, paragraphs, shaped, words } from "./steps.ts";

/**
 * Advisers find a case in the list and work on it from there, and take its document along once the reporter
 * allowed it; through the whole service, against a strict Slack. One test goes on where the one before stopped.
 */
const story = "kanariegeel briefje op mijn bureau";
const reply = "zilveren theelepel in de vergaderzaal";
const note = "rood potlood naast het tweede gesprek";
const described = {
  advisers: [
    { name: "Fatima El Idrissi", route: "advisers", account: { slack: "U0VERAADVISER" } },
    { name: "Joost Bakker", route: "advisers", account: { slack: "U0JOOSTADVISES" } },
    { name: "Sanne Visser", route: "external", account: { slack: "U0SANNEADVISES" } },
  ],
};
const here = channels.advisers.slack;
const there = channels.external.slack;

const button = (name: string) => words(`common.buttons.${name}`);
const own = (name: string) => words(`case.buttons.${name}`);
const desk = (name: string) => words(`adviser.buttons.${name}`);
const work = (name: string) => words(`desk.buttons.${name}`);
const list = (name: string) => words(`cases.${name}`);
const held = (name: string) => `${words("desk.holder")}: ${name}`;
const lines = ({ text }: { readonly text: string }) => text.split("\n");
const all = (key: string, params = {}) => expect.arrayContaining([...paragraphs(key, "nl", params)]);
const day = /\w+ \d+ \w+ \d{4}/;

let stage: Stage;
let bot: Bot;
let lena: Person;
let fatima: Person;
let joost: Person;
let sanne: Person;
/** The case, by its number and its id; two others, here and in the other channel. */
let number = "";
let id = "";
let later = "";
let elsewhere = "";
/** The document's links, each once. */
let links: readonly string[] = [];

beforeAll(async () => {
  stage = await setStage({ advisers: "slack", external: "slack", described });
  bot = await startBot(stage);
  lena = stage.slack.person("U0LENAREPORTS");
  [fatima, joost, sanne] = ["U0VERAADVISER", "U0JOOSTADVISES", "U0SANNEADVISES"].map((account) =>
    stage.slack.person(account),
  ) as [Person, Person, Person];
  number = await reports(lena, { story: `Er lag een ${story}.` });
  later = await reports(stage.slack.person("U0KEESREPORTS"));
  elsewhere = await reports(stage.slack.person("U0MIENREPORTS"), { aboutAdviser: "yes" });
  id = String((await readTables(stage)).cases?.find((one) => one.number === number)?.id);
});

afterAll(async () => {
  await bot?.stop();
  await stage?.close();
});

/** Sends a report in which no more is answered than must be; its number. */
async function reports(person: Person, given: Readonly<Record<string, string>> = {}): Promise<string> {
  const answers: Readonly<Record<string, string>> = {
    danger: "no",
    aboutAdviser: "no",
    story: "Iets anders.",
    identity: "pseudonymous",
    ...given,
  };
  await person.command();
  await person.press(button("report"));
  while (!lines(person.modal()).includes(words("report.review.title"))) {
    const asked = Object.keys(answers).find((one) =>
      lines(person.modal()).includes(words(`report.${one}.title`)),
    );
    if (asked !== undefined) person.fill({ answer: answers[asked] ?? "" });
    await person.press(button(asked === undefined ? "skip" : "next"));
  }
  await person.press(button("send"));
  const sent = numberIn(person.modal().text);
  await person.press(own("codeKept"));
  await person.close();
  await bot.outbox.idle();
  return sent;
}

/** Every message about the case that stands in its channel, once the bot has nothing left to do. */
async function copies(): Promise<readonly ShownMessage[]> {
  await bot.outbox.idle();
  return fatima.messages(here).filter(({ text }) => text.includes(number));
}

/** The card and the lines under it; all that show the case as its card agree with the first. */
async function card(): Promise<ShownMessage> {
  const [first, ...others] = await copies();
  if (first === undefined || first.thread !== null) throw new Error("no card");
  for (const { text, buttons, thread } of others) {
    expect(thread).toBe(first.ts);
    if (lines({ text }).includes(words("adviser.door.title", "nl", { number })))
      expect([text, buttons]).toEqual([first.text, first.buttons]);
  }
  return first;
}

/** Asks for the menu of a channel, and a list from there. */
async function lists(who: Person, which: string, channel: string = here): Promise<ShownModal> {
  if (who.hasModal()) await who.close();
  await who.command("zaken", channel);
  await who.press(list("buttons.menu"), "modal");
  who.fill({ [list("filter")]: list(`filters.${which}`) });
  await who.press(list("buttons.filter"), "modal");
  return who.modal();
}

/** From the list to the card of the case, in the same modal. */
async function opensFrom(who: Person, which: string): Promise<ShownModal> {
  const shown = await lists(who, which);
  const option = shown.fields.flatMap(({ options }) => options).find((one) => one.startsWith(number));
  who.fill({ [list("open")]: option ?? "" });
  await who.press(list("buttons.open"), "modal");
  return who.modal();
}

/** From a card to the page about a document. */
async function toExport(who: Person): Promise<ShownModal> {
  for (const label of [desk("work"), work("record"), work("export")]) await who.press(label, "modal");
  return who.modal();
}

/** What can be fetched from the links on what somebody looks at. */
function linksOn(who: Person): readonly string[] {
  const blocks = JSON.stringify(stage.slack.workspace.top(who.id)?.view.blocks);
  return [...blocks.matchAll(/https:\/\/vertrouwd\.example\/chat\/d\/([\w-]{43})/g)].map(
    ([, token = ""]) => token,
  );
}

function fetched(token: string): Promise<Response> {
  return fetch(`${bot.url}/d/${token}`, { method: "POST" });
}

/** The reporter's own page about the document, from the newest ping. */
async function consenting(): Promise<ShownModal> {
  const ping = lena.messages().findLast(({ buttons }) => buttons.includes(own("openThread")));
  if (ping === undefined) throw new Error("no ping");
  await lena.press(own("openThread"), ping);
  if (lena.modal().buttons.includes(own("consent"))) await lena.press(own("consent"));
  else {
    await lena.press(own("options"));
    await lena.press(own("consent"));
  }
  return lena.modal();
}

test("the command brings a menu that names no case, and a list of this channel's cases", async () => {
  const before = fatima.messages(here);
  const menu = await fatima.command("zaken", here);
  expect(menu.text).toContain(list("menu.title"));
  for (const one of [number, later, elsewhere]) expect(menu.text).not.toContain(one);
  await fatima.press(list("buttons.menu"), "modal");
  const { text } = fatima.modal();
  for (const one of [number, later]) expect(text).toContain(one);
  for (const secret of [elsewhere, story, lena.id, lena.name]) expect(text).not.toContain(secret);
  expect(text).toMatch(
    shaped("cases.lineNew", {
      number: new RegExp(number),
      pseudonym: /\S.*/,
      state: new RegExp(list("states.received")),
      holder: new RegExp(list("nobody")),
      date: day,
    }),
  );
  // Nobody else in the channel sees what was asked.
  expect(fatima.messages(here)).toEqual(before);
  await fatima.close();
  const theirs = await lists(sanne, "open", there);
  expect(theirs.text).toContain(elsewhere);
  for (const one of [number, later]) expect(theirs.text).not.toContain(one);
  await sanne.close();
});

test("opened from the list it is the card, and who takes it there has it on every copy in the channel", async () => {
  const opened = await opensFrom(fatima, "open");
  expect(lines(opened)).toContain(words("adviser.door.title", "nl", { number }));
  expect(opened.text).not.toContain(story);
  expect(opened.buttons).toEqual([
    ...["open", "acknowledge", "write", "work", "take"].map(desk),
    list("buttons.list"),
  ]);
  // A colleague has it open from the list too, and is later.
  await opensFrom(joost, "open");
  await fatima.press(desk("take"), "modal");
  expect(fatima.modal().text).toContain(held("Fatima El Idrissi"));
  await joost.press(desk("take"), "modal");
  expect(lines(joost.modal())).toEqual(all("desk.held.text", { name: "Fatima El Idrissi" }));
  await joost.close();
  const { text, buttons } = await card();
  expect(text).toContain(held("Fatima El Idrissi"));
  expect(buttons).toEqual(["open", "acknowledge", "write", "work"].map(desk));
});

test("a reply and a note from there: the card agrees, and the note stays in rooms", async () => {
  await opensFrom(fatima, "mine");
  await fatima.press(desk("write"), "modal");
  fatima.fill({ text: `Dank je. Een ${reply}?` });
  await fatima.press(desk("reply"), "modal");
  expect((await card()).text).toContain(words("adviser.states.waiting"));
  await lena.press(own("openThread"), lena.last());
  lena.fill({ text: `Ja, een ${story}.` });
  await lena.press(own("say"));
  await lena.close();
  expect(await copies()).toHaveLength(2);

  const before = await copies();
  await opensFrom(fatima, "mine");
  await fatima.press(desk("work"), "modal");
  await fatima.press(work("note"), "modal");
  fatima.fill({ text: `Een ${note}.` });
  await fatima.press(work("keepNote"), "modal");
  expect(lines(fatima.modal())).toContain(words("desk.notes.noted"));
  await fatima.close();
  expect(await copies()).toEqual(before);
  expect(stage.slack.kept()).not.toContain(note);
  const waiting = await lists(joost, "waiting");
  expect(waiting.text).toContain(list("none.waiting"));
  const mine = await lists(joost, "mine");
  expect(mine.text).toContain(list("none.mine"));
  const open = await lists(joost, "open");
  expect(open.text).toMatch(new RegExp(`${number}.*${list("states.conversation")}.*Fatima El Idrissi`));
  // What nobody answered yet is due first.
  expect(open.text.indexOf(number)).toBeGreaterThan(open.text.indexOf(later));
  await joost.close();
});

test("taken over from the list, every copy says so", async () => {
  await opensFrom(joost, "open");
  for (const label of [desk("work"), work("hand"), work("takeOver")]) await joost.press(label, "modal");
  await joost.close();
  await card();
  for (const { text } of await copies()) expect(text).not.toContain(held("Fatima El Idrissi"));
  expect((await card()).text).toContain(held("Joost Bakker"));
  expect((await lists(joost, "mine")).text).toContain(number);
  await joost.close();
});

test("no document before the reporter allows one: it is asked for, with a ping that says nothing of it", async () => {
  await opensFrom(joost, "mine");
  const page = await toExport(joost);
  expect(lines(page)).toEqual(all("desk.export.ask"));
  expect(page.buttons).not.toContain(work("document"));
  await joost.press(work("askConsent"), "modal");
  expect(joost.modal().text).toMatch(shaped("desk.export.asked", { date: day }));
  expect(joost.modal().buttons).not.toContain(work("document"));
  await joost.close();
  await bot.outbox.idle();
  const ping = lena.last();
  expect(ping.buttons).toContain(own("openThread"));
  expect(ping.text + ping.summary).not.toMatch(/document|procedure|V-\w{5}/);
});

test("the reporter reads what it is for and allows it; the adviser makes it, and each link gives it once", async () => {
  expect(lines(await consenting())).toEqual(all("case.consenting.text"));
  await lena.press(own("reading"));
  expect(lena.modal().text).toContain(story);
  await lena.press(own("consent"));
  await lena.press(own("consentYes"));
  expect(lines(lena.modal())).toContain(words("common.notes.consentGiven"));
  await lena.close();
  await bot.outbox.idle();

  await opensFrom(joost, "mine");
  expect((await toExport(joost)).text).toMatch(shaped("desk.export.given", { date: day }));
  await joost.press(work("document"), "modal");
  links = linksOn(joost);
  expect(links).toHaveLength(2);
  await joost.close();
  const [pdf, text] = [await fetched(links[0] ?? ""), await fetched(links[1] ?? "")];
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  const document = await text.text();
  for (const told of [number, story, reply, "Joost Bakker"]) expect(document).toContain(told);
  for (const secret of [note, lena.id, lena.name, "Fatima El Idrissi"])
    expect(document).not.toContain(secret);
  for (const token of links) expect((await fetched(token)).status).toBe(404);
  expect(stage.slack.kept()).not.toContain(links[0]);
});

test("taken back, there is nothing more: by no link that was not used, and by no button that still stands there", async () => {
  await opensFrom(joost, "mine");
  await toExport(joost);
  await joost.press(work("document"), "modal");
  const unused = linksOn(joost);
  expect(unused).toHaveLength(2);
  await joost.close();
  await opensFrom(fatima, "open");
  expect((await toExport(fatima)).buttons).toContain(work("document"));

  expect((await consenting()).text).toMatch(shaped("case.consenting.made", { date: day }));
  await lena.press(own("consentBack"));
  expect(lines(lena.modal())).toContain(words("common.notes.consentRefused"));
  await lena.close();
  for (const token of unused) expect((await fetched(token)).status).toBe(404);

  await opensFrom(joost, "mine");
  const page = await toExport(joost);
  expect(page.text).toMatch(shaped("desk.export.refused", { date: day }));
  expect(page.buttons).not.toContain(work("document"));
  await joost.close();
  await fatima.press(work("document"), "modal");
  expect(fatima.modal().text).toMatch(shaped("desk.export.refused", { date: day }));
  expect(linksOn(fatima)).toEqual([]);
  await fatima.close();
  const codes = ((await readTables(stage)).audit ?? [])
    .filter((one) => one.case === id)
    .map(({ code }) => code);
  expect(codes.filter((code) => code === "case.exported")).toHaveLength(2);
});

test("no message holds the story, the reply or the note, and Slack refused nothing that was asked", () => {
  for (const secret of [story, reply, note, lena.name]) expect(stage.slack.kept()).not.toContain(secret);
  expect(stage.slack.calls.filter(({ answer }) => answer !== "ok")).toEqual([]);
});
