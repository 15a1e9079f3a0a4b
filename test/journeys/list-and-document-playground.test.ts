import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../bots/config.ts";
import { employee as anna, others } from "../../bots/demo/playground.ts";
import { type Service, startService } from "../../bots/main.ts";
import { newKeyRing } from "../../cases/keys.ts";
import { optionsOf } from "../fakes/card.ts";
import {
  freePort,
  organisationFor,
  type Party,
  type Playground,
  type Shown,
  startPlayground,
} from "../fakes/playground.ts";
import { numberIn, paragraphs, shaped, words } from "./steps.ts";

/**
 * Advisers find a case in the list and work on it from there, and take its document along once the reporter
 * allowed it, in Microsoft's real Playground. One test goes on where the one before stopped.
 */
const story = "kanariegeel briefje op mijn bureau";
const reply = "zilveren theelepel in de vergaderzaal";
const note = "rood potlood naast het tweede gesprek";
const [, fatima, joost, sanne] = others;

let folder: string;
let playground: Playground;
let service: Service;
let employee: Party;
let advisers: Party;
let colleague: Party;
let external: Party;
/** The case, and another in the other channel. */
let number = "";
let elsewhere = "";
/** The menu as it stands in the channel: every room below was opened from it. */
let menu: Shown;
/** The newest ping to the reporter. */
let ping: Shown;

const button = (name: string) => words(`common.buttons.${name}`);
const own = (name: string) => words(`case.buttons.${name}`);
const desk = (name: string) => words(`adviser.buttons.${name}`);
const work = (name: string) => words(`desk.buttons.${name}`);
const list = (name: string) => words(`cases.${name}`);
const says = (key: string) => paragraphs(key)[0] ?? "";
const text = ({ lines }: Shown) => lines.join("\n");
const day = /\w+ \d+ \w+ \d{4}/;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vertrouwd-journey-"));
  const [port, botPort] = [await freePort(), await freePort()];
  playground = await startPlayground({ botUrl: `http://127.0.0.1:${botPort}`, port });
  writeFileSync(join(folder, "keys.json"), newKeyRing());
  writeFileSync(join(folder, "organisation.yaml"), withAccounts(organisationFor(port)));
  const environment = {
    PORT: String(botPort),
    DATA_DIR: join(folder, "data"),
    KEYS_FILE: join(folder, "keys.json"),
    ORGANISATION_FILE: join(folder, "organisation.yaml"),
    TEAMS_SERVICE_HOSTS: "127.0.0.1",
    PUBLIC_URL: `http://127.0.0.1:${botPort}`,
    LOG_LEVEL: "silent",
  };
  service = await startService(readConfig(environment, { mode: "demo" }));
  ({ employee, advisers, colleague, external } = playground);
  await playground.install();
  elsewhere = await reports({ aboutAdviser: "yes" });
  number = await reports({ story: `Er lag een ${story}.` });
  await advisers.sees(words("adviser.door.title", "nl", { number }));
});

afterAll(async () => {
  await service?.stop();
  await playground?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Says in the file which of the Playground's people is which adviser, so that each goes by their own name. */
function withAccounts(file: string): string {
  return others.reduce((text, name, nr) => {
    const account = `00000000-0000-4000-8000-${String(101 + nr).padStart(12, "0")}`;
    return text.replace(`  - name: ${name}\n`, `$&    account: { teams: "${account}" }\n`);
  }, file);
}

/** Sends a report in which no more is answered than must be; its number. */
async function reports(given: Readonly<Record<string, string>>): Promise<string> {
  const answers: Readonly<Record<string, string>> = {
    danger: "no",
    aboutAdviser: "no",
    story: "Iets anders.",
    identity: "pseudonymous",
    ...given,
  };
  await employee.say("melding doen");
  const door = await employee.sees(says("report.danger.title"));
  let room = await employee.pressOn(door, button("resume"));
  while (!room.lines.includes(says("report.review.title"))) {
    const asked = Object.keys(answers).find((one) => room.lines.includes(says(`report.${one}.title`)));
    room =
      asked === undefined
        ? await employee.pressOn(room, button("skip"))
        : await employee.pressOn(room, button("next"), { answer: answers[asked] ?? "" });
  }
  const sent = numberIn(text(await employee.pressOn(room, button("send"))));
  await employee.press(own("codeKept"));
  return sent;
}

const isCard = (card: Shown) => card.lines.includes(words("adviser.door.title", "nl", { number }));

/** Waits until every copy of the case's card in the channel says this; they say the same then. */
async function copiesBecome(what: string, ...said: readonly string[]): Promise<Shown> {
  const copies = (cards: readonly Shown[]) => cards.filter((one) => isCard(one) && one.id !== menu.id);
  await advisers.becomes(what, (cards) => {
    const [first, ...others] = copies(cards);
    return (
      first !== undefined &&
      said.every((line) => first.lines.includes(line)) &&
      others.every(({ lines }) => lines.join() === first.lines.join())
    );
  });
  return copies(advisers.cards())[0] as Shown;
}

/** A list, asked for on the menu. */
async function lists(who: Party, which: string): Promise<Shown> {
  const first = await who.pressOn(menu, list("buttons.menu"));
  return who.pressOn(first, list("buttons.filter"), { which });
}

/** From a list to the case's card, in the same room. */
async function opensFrom(who: Party, which: string): Promise<Shown> {
  const shown = await lists(who, which);
  const [only = "", ...others] = optionsOf(shown.card, "case");
  expect(others).toEqual([]);
  return who.pressOn(shown, list("buttons.open"), { case: only });
}

/** From a card to the page about a document. */
async function toExport(who: Party, card: Shown): Promise<Shown> {
  const options = await who.pressOn(card, desk("work"));
  return who.pressOn(await who.pressOn(options, work("record")), work("export"));
}

/** The ping that came after the one before. */
async function nextPing(): Promise<Shown> {
  const newest = (cards: readonly Shown[]) =>
    cards.filter(({ lines }) => lines.includes(says("case.ping.title"))).at(-1);
  await employee.becomes("a newer ping", (cards) => {
    const one = newest(cards);
    return one !== undefined && one.id !== ping?.id;
  });
  ping = newest(employee.cards()) as Shown;
  return ping;
}

function linksOn({ card }: Shown): readonly string[] {
  return [...JSON.stringify(card).matchAll(/http:\/\/127\.0\.0\.1:\d+\/d\/[\w-]{43}/g)].map(([url]) => url);
}

const fetched = (url: string) => fetch(url, { method: "POST" });

test("a mention brings a menu that names no case; from there the list of this channel, and of no other", async () => {
  await advisers.say("zaken");
  menu = await advisers.sees(list("menu.title"));
  expect(menu.room).toBe(false);
  for (const one of [number, elsewhere]) expect(text(menu)).not.toContain(one);
  const shown = await advisers.pressOn(menu, list("buttons.menu"));
  expect(shown.room).toBe(true);
  expect(text(shown)).toMatch(
    shaped("cases.lineNew", {
      number: new RegExp(number),
      pseudonym: /\S.*/,
      state: new RegExp(list("states.received")),
      holder: new RegExp(list("nobody")),
      date: day,
    }),
  );
  for (const secret of [elsewhere, story]) expect(text(shown)).not.toContain(secret);
  const shut = await advisers.pressOn(shown, list("buttons.shut"));
  expect(shut.lines).toEqual(menu.lines);

  await external.say("zaken");
  const theirs = await external.sees(list("menu.title"));
  const others = await external.pressOn(theirs, list("buttons.menu"));
  expect(text(others)).toContain(elsewhere);
  expect(text(others)).not.toContain(number);
  expect(playground.posted()).not.toContain(list("titles.open"));
});

test("opened from the list it is the card, and who takes it there has it on every copy in the channel", async () => {
  const mine = await opensFrom(advisers, "open");
  expect(mine.lines).toContain(words("adviser.door.title", "nl", { number }));
  expect(text(mine)).not.toContain(story);
  expect(mine.buttons).toEqual([
    ...["open", "acknowledge", "write", "work", "take"].map(desk),
    list("buttons.list"),
  ]);
  // A colleague has it open from the list too, and is later.
  const theirs = await opensFrom(colleague, "open");
  const taken = await advisers.pressOn(mine, desk("take"));
  expect(taken.lines).toContain(fatima);
  const late = await colleague.pressOn(theirs, desk("take"));
  expect(late.lines).toContain(words("desk.held.text", "nl", { name: fatima }));
  await colleague.pressOn(late, work("shutHeld"));
  const card = await copiesBecome("the card of who has it", fatima);
  expect(card.buttons).toEqual(["open", "acknowledge", "write", "work"].map(desk));
});

test("a reply and a note from there: every copy agrees, and the note stays in rooms", async () => {
  const card = await opensFrom(advisers, "mine");
  const form = await advisers.pressOn(card, desk("write"));
  await advisers.pressOn(form, desk("reply"), { text: `Dank je. Een ${reply}?` });
  await copiesBecome("the card after a reply", words("adviser.states.waiting"));
  await employee.pressOn(await nextPing(), own("openThread"));
  await employee.press(own("say"), { text: `Ja, een ${story}.` });
  await advisers.sees(words("adviser.routePing.title", "nl", { number }));

  const options = await advisers.pressOn(await opensFrom(advisers, "mine"), desk("work"));
  const empty = await advisers.pressOn(options, work("note"));
  const noted = await advisers.pressOn(empty, work("keepNote"), { text: `Een ${note}.` });
  expect(noted.lines).toContain(says("desk.notes.noted"));
  expect(playground.posted()).not.toContain(note);
  expect(text(await lists(colleague, "waiting"))).toContain(list("none.waiting"));
  expect(text(await lists(colleague, "mine"))).toContain(list("none.mine"));
  expect(text(await lists(colleague, "open"))).toMatch(
    new RegExp(`${number}.*${list("states.conversation")}.*${fatima}`),
  );
});

test("taken over from the list, every copy says so", async () => {
  const options = await colleague.pressOn(await opensFrom(colleague, "open"), desk("work"));
  await colleague.pressOn(await colleague.pressOn(options, work("hand")), work("takeOver"));
  const card = await copiesBecome("the card of who has it now", joost);
  expect(card.lines).not.toContain(fatima);
  // The card and the line under it about the reporter's message: of the note nothing came.
  const about = advisers.cards().filter((one) => one.id !== menu.id && text(one).includes(number));
  expect(about).toHaveLength(2);
  expect(text(await lists(colleague, "mine"))).toContain(number);
});

test("no document before the reporter allows one: it is asked for, with a ping that says nothing of it", async () => {
  const page = await toExport(colleague, await opensFrom(colleague, "mine"));
  expect(page.lines).toContain(says("desk.export.ask"));
  expect(page.buttons).not.toContain(work("document"));
  const asked = await colleague.pressOn(page, work("askConsent"));
  expect(text(asked)).toMatch(shaped("desk.export.asked", { date: day }));
  expect(asked.buttons).not.toContain(work("document"));
  expect(text(await nextPing())).not.toMatch(/document|procedure|V-\w{5}/);
});

test("the reporter reads what it is for and allows it; the adviser makes it, and each link gives it once", async () => {
  const thread = await employee.pressOn(ping, own("openThread"));
  const question = await employee.pressOn(thread, own("consent"));
  expect(question.lines).toEqual(expect.arrayContaining([...paragraphs("case.consenting.text")]));
  const reading = await employee.pressOn(question, own("reading"));
  expect(text(reading)).toContain(story);
  const back = await employee.pressOn(reading, own("consent"));
  const answered = await employee.pressOn(back, own("consentYes"));
  expect(answered.lines).toContain(says("common.notes.consentGiven"));

  const page = await toExport(colleague, await opensFrom(colleague, "mine"));
  expect(text(page)).toMatch(shaped("desk.export.given", { date: day }));
  const links = linksOn(await colleague.pressOn(page, work("document")));
  expect(links).toHaveLength(2);
  const [pdf, md] = [await fetched(links[0] ?? ""), await fetched(links[1] ?? "")];
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  const document = await md.text();
  for (const told of [number, story, reply, joost]) expect(document).toContain(told);
  for (const secret of [note, fatima, sanne, anna.name, anna.id, anna.chat])
    expect(document).not.toContain(secret);
  for (const url of links) expect((await fetched(url)).status).toBe(404);
  expect(playground.posted()).not.toContain("/d/");
});

test("taken back, there is nothing more: by no link that was not used, and by no button that still stands there", async () => {
  const page = await toExport(colleague, await opensFrom(colleague, "mine"));
  const unused = linksOn(await colleague.pressOn(page, work("document")));
  expect(unused).toHaveLength(2);

  const thread = await employee.pressOn(ping, own("openThread"));
  const options = await employee.pressOn(thread, own("options"));
  const given = await employee.pressOn(options, own("consent"));
  expect(text(given)).toMatch(shaped("case.consenting.made", { date: day }));
  const answered = await employee.pressOn(given, own("consentBack"));
  expect(answered.lines).toContain(says("common.notes.consentRefused"));

  for (const url of unused) expect((await fetched(url)).status).toBe(404);
  const again = await colleague.pressOn(page, work("document"));
  expect(text(again)).toMatch(shaped("desk.export.refused", { date: day }));
  expect(again.buttons).not.toContain(work("document"));
  expect(linksOn(again)).toEqual([]);
});

test("nothing that the bot posted holds the story, the reply or the note", () => {
  expect(playground.rooms()).toContain(story);
  for (const secret of [story, reply, note]) expect(playground.posted()).not.toContain(secret);
});
