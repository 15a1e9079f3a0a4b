import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../../bots/config.ts";
import { readContent } from "../../bots/content-files.ts";
import { employee as anna, others } from "../../bots/demo/playground.ts";
import { type Service, startService } from "../../bots/main.ts";
import { newKeyRing } from "../../cases/keys.ts";
import {
  freePort,
  organisationFor,
  type Party,
  type Playground,
  type Shown,
  startPlayground,
} from "../fakes/playground.ts";
import { numberIn } from "./steps.ts";

/**
 * From an employee's chat to the advisers' channel and back, through Microsoft's real Playground over HTTP.
 * One test goes on where the one before stopped. What people read is looked up by its key, so that content
 * editors can change it.
 */
const story = "kanariegeel briefje op mijn bureau";
const question = "zilveren theelepel in de vergaderzaal";
/** Looks like markup, and must arrive as it is. */
const oddity = "1. *Dit* is <b>geen</b> [opmaak](https://voorbeeld.example) & {{DATE(2026)}}.";

const nl = readContent().words("nl");
const en = readContent().words("en");
/** The first line of a text, as it stands on a card. */
const says = (key: string, words = nl) => words.say(key).split("\n")[0] ?? "";
const button = (key: string, words = nl) =>
  words.say(key.includes(".buttons.") ? key : `common.buttons.${key}`);

let folder: string;
let playground: Playground;
let config: Config;
let service: Service | null = null;
let employee: Party;
let advisers: Party;
let colleague: Party;
let external: Party;
let receipt = "";
let ping: Shown;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vertrouwd-journey-"));
  const port = await freePort();
  const botPort = await freePort();
  playground = await startPlayground({ botUrl: `http://127.0.0.1:${botPort}`, port });
  writeFileSync(join(folder, "keys.json"), newKeyRing());
  writeFileSync(join(folder, "organisation.yaml"), withAccounts(organisationFor(port)));
  const environment = {
    PORT: String(botPort),
    DATA_DIR: join(folder, "data"),
    KEYS_FILE: join(folder, "keys.json"),
    ORGANISATION_FILE: join(folder, "organisation.yaml"),
    TEAMS_SERVICE_HOSTS: "127.0.0.1",
    LOG_LEVEL: "silent",
  };
  config = readConfig(environment, { mode: "demo" });
  service = await startService(config);
  ({ employee, advisers, colleague, external } = playground);
});

afterAll(async () => {
  await service?.stop();
  await playground?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Says in the file which of the Playground's people is which adviser: only they may act then. */
function withAccounts(file: string): string {
  return others.reduce((text, name, nr) => {
    const account = `00000000-0000-4000-8000-${String(101 + nr).padStart(12, "0")}`;
    return text.replace(`  - name: ${name}\n`, `$&    account: { teams: "${account}" }\n`);
  }, file);
}

/** Answers this question on its form, or skips it, once it is the one on the screen. */
async function answer(id: string, given: string | readonly string[] | null): Promise<Shown> {
  const at = await employee.sees(says(`report.${id}.title`));
  return given === null
    ? employee.pressOn(at, button("skip"))
    : employee.pressOn(at, button("next"), { answer: given });
}

/** The ping that came after this one. Earlier ones stay, since a room may be open on them. */
async function nextPing(earlier: Shown | null): Promise<Shown> {
  const isPing = ({ lines }: Shown) => lines.includes(says("case.ping.title"));
  const newest = (cards: readonly Shown[]) => cards.filter(isPing).at(-1);
  await employee.becomes("a newer ping", (cards) => (newest(cards)?.id ?? earlier?.id) !== earlier?.id);
  return employee.sees(says("case.ping.title"));
}

async function startReport(): Promise<void> {
  await employee.say("melding doen");
  const door = await employee.sees(says("report.danger.title"));
  await employee.pressOn(door, button("resume"));
}

test("once installed the bot says what it is, and says so once", async () => {
  const told = nl.say("common.intro.text", { organisation: "Gemeente Voorbeeld" }).split("\n")[0] ?? "";
  await playground.install();
  const intro = await employee.sees(told);
  expect(intro.room).toBe(false);
  await playground.install();
  await employee.say("menu");
  await employee.sees(says("common.menu.title"));
  expect(playground.posted().split(told)).toHaveLength(2);
});

test("a story typed into the chat is not taken, and the safe way is shown", async () => {
  await employee.say(`gisteren lag er weer een ${story} en iedereen keek naar mij`);
  const told = await employee.sees(says("common.story.title"));
  expect(told.lines.join("\n")).not.toContain(story);
});

test("the questions come one at a time; back, skip and the other language work on the way", async () => {
  await employee.press(button("report"));
  await answer("danger", "no");
  await answer("aboutAdviser", "no");
  const back = await employee.press(button("back"));
  expect(back.lines).toContain(says("report.aboutAdviser.title"));
  const again = await employee.press(button("next"));
  expect(again.lines).toContain(says("report.part.title"));
  const english = await employee.press(button("english"));
  expect(english.lines).toContain(says("report.part.title", en));
  await employee.press(button("dutch", en));
  const skipped = await answer("part", null);
  expect(skipped.lines).toContain(says("report.kind.title"));
});

test("numbers and words can be typed instead, and are met by a message that keeps nothing", async () => {
  await employee.say("2 en 4");
  const door = await employee.sees(says("report.relation.title"));
  expect(door.room).toBe(false);
  await employee.say("collega");
  await employee.sees(says("report.when.title"));
});

test("a button of an earlier message leads to where the report is now", async () => {
  const first = await employee.sees(says("report.when.title"));
  await employee.say("vandaag");
  await employee.sees(says("report.dependent.title"));
  const led = await employee.pressOn(first, button("resume"));
  expect(led.lines).toContain(says("report.dependent.title"));
});

test("check-your-answers shows exactly what will be read, and by whom", async () => {
  await answer("dependent", "no");
  await answer("form", ["belittling"]);
  await answer("often", null);
  await answer("where", ["work", "online"]);
  await answer("story", `Er lag een ${story}.\n${oddity}`);
  for (const id of ["more", "effect"]) await answer(id, null);
  await answer("wish", ["advice", "makeItStop"]);
  await answer("contact", "chat");
  for (const id of ["moments", "kept"]) await answer(id, null);
  const review = await answer("identity", "pseudonymous");
  const lines = review.lines.join("\n");
  expect(lines).toContain(says("report.review.title"));
  expect(lines).toContain("Fatima El Idrissi");
  expect(lines).toContain(`Er lag een ${story}.`);
  expect(lines.replaceAll("\u2060", "")).toContain(oddity);
  expect(lines).not.toContain(anna.name);
});

test("an answer can be changed from there", async () => {
  const changing = await employee.press(button("change"), { change: "when" });
  expect(changing.lines).toContain(says("report.when.title"));
  const review = await answer("when", "ongoing");
  expect(review.lines).toContain(nl.say("report.when.options.ongoing"));
  expect(advisers.cards()).toEqual([]);
});

test("sent shows a receipt, and a sealed card comes to the advisers", async () => {
  const review = await employee.sees(says("report.review.title"));
  const sent = await employee.press(button("send"));
  expect(sent.lines).toContain(says("case.sent.title"));
  receipt = sent.lines.find((line) => /^\w{5}(-\w{5}){3}$/.test(line)) ?? "";
  expect(receipt).not.toBe("");
  const card = await advisers.sees(/V-\w{5}/);
  expect(card.room).toBe(false);
  const late = await employee.pressOn(review, button("send"));
  expect(late.lines).toContain(says("case.sent.repeated"));
  expect(late.lines).toContain(receipt);
  const final = await employee.press(button("case.buttons.codeKept"));
  expect(final.lines).toContain(says("common.final.title"));
  expect(advisers.cards()).toHaveLength(1);
});

test("an adviser opens the report, acknowledges it and replies", async () => {
  const opened = await advisers.press(button("adviser.buttons.open"));
  expect(opened.room).toBe(true);
  expect(opened.lines.join("\n")).toContain(story);
  expect(opened.lines.join("\n").replaceAll("\u2060", "")).toContain(oddity);
  for (const person of [anna.name, anna.id]) expect(opened.lines.join("\n")).not.toContain(person);
  await advisers.press(button("adviser.buttons.acknowledge"));
  ping = await nextPing(null);
  await advisers.press(button("adviser.buttons.write"));
  const replied = await advisers.press(button("adviser.buttons.reply"), {
    text: `Dank je. Een ${question}?`,
  });
  expect(replied.lines.join("\n")).not.toContain(question);
});

test("a restart in between loses nothing", async () => {
  await service?.stop();
  service = await startService(config);
});

test("the reporter gets a ping without content, reads the answer and writes back", async () => {
  ping = await nextPing(ping);
  expect(ping.lines.join("\n")).not.toContain(question);
  const thread = await employee.pressOn(ping, button("case.buttons.openThread"));
  expect(thread.lines.join("\n")).toContain(question);
  const said = await employee.press(button("case.buttons.say"), { text: `Ja, met een ${story}.` });
  expect(said.lines).toContain(says("common.notes.messageSent"));
  await advisers.sees(says("adviser.routePing.text"));
});

test("the adviser reads the thread and closes the case, and both sides end neutral", async () => {
  const notice = await advisers.sees(says("adviser.routePing.text"));
  const thread = await advisers.pressOn(notice, button("adviser.buttons.open"));
  expect(thread.lines.join("\n")).toContain(question);
  expect(thread.lines.join("\n")).toContain(`Ja, met een ${story}.`);
  const work = await advisers.pressOn(thread, button("adviser.buttons.work"));
  const asked = await advisers.pressOn(work, button("desk.buttons.closing"));
  const unreasoned = await advisers.pressOn(asked, button("adviser.buttons.close"));
  expect(unreasoned.lines).toContain(says("desk.notes.reasonFirst"));
  const closed = await advisers.pressOn(unreasoned, button("adviser.buttons.close"), { reason: "settled" });
  expect(closed.buttons).toEqual([button("clocks.buttons.holding"), button("adviser.buttons.reopen")]);
  ping = await nextPing(ping);
  const read = await employee.pressOn(ping, button("case.buttons.openThread"));
  expect(read.lines).toContain(says("case.thread.closed"));
  const done = await employee.press(button("done"));
  expect(done.lines).toContain(says("common.final.title"));
  const neutral = ({ from, lines }: Shown) =>
    from === "person" || !new RegExp(`${story}|${question}`).test(lines.join());
  await employee.becomes("every card neutral", (cards) => cards.every(neutral));
  // The line under the card says nothing any more, once the outbox has come to it.
  await advisers.becomes("the card closed, and nothing under it", (cards) =>
    cards.every(({ lines }, nr) => lines.join() === (nr === 0 ? closed.lines.join() : says("desk.unused"))),
  );
});

test("stop and clear forgets the draft", async () => {
  await startReport();
  await answer("danger", "no");
  await employee.press(button("stop"));
  const cleared = await employee.press(button("clear"));
  expect(cleared.lines).toContain(says("common.final.title"));
  await employee.say("verder");
  await employee.sees(says("common.notes.nothingOpen"));
});

test("in a channel or group the bot only asks to be messaged directly", async () => {
  for (const [place, title] of [
    [playground.group, "common.group.title"],
    // A channel of advisers has its own menu.
    [playground.external, "cases.menu.title"],
  ] as const) {
    await place.say(`hier lag een ${story}`);
    const line = await place.sees(says(title));
    expect(line.lines.join("\n")).not.toContain(story);
  }
});

test("a report about an adviser reaches the other channel and no one else's", async () => {
  const before = advisers.cards();
  await startReport();
  await answer("danger", "no");
  await answer("aboutAdviser", "yes");
  for (const id of [
    "part",
    "kind",
    "relation",
    "when",
    "dependent",
    "form",
    "often",
    "where",
    "story",
    "more",
  ])
    await answer(id, null);
  for (const id of ["effect", "wish", "contact", "moments", "kept"]) await answer(id, null);
  const review = await answer("identity", "pseudonymous");
  expect(review.lines.join("\n")).toContain("Sanne Visser");
  expect(review.lines.join("\n")).not.toContain("Fatima El Idrissi");
  await employee.press(button("send"));
  await playground.external.sees(/V-\w{5}/);
  expect(advisers.cards()).toEqual(before);
});

describe("the advisers' work on a case", () => {
  const note = "rood potlood naast het tweede gesprek";
  const [, fatima, joost, sanne] = others;
  /** Who has the case, and who was later. */
  let holder: Party;
  let other: Party;
  let names: { holder: string; other: string };
  let number = "";
  let id = "";
  /** The card as it was drawn first, and the newest line under it. */
  let stale: Shown;
  let line: Shown;
  /** The card in the channel that it was moved to. */
  let there: Shown;

  const held = (name: string) => [`${nl.say("desk.holder")}: `, name];
  const about = (card: Shown) => card.lines.join("\n").includes(number);
  const isCard = (card: Shown) => card.lines.includes(nl.say("adviser.door.title", { number }));
  /** Waits until each copy of the case's card in a place is one that was drawn for everybody, and is like this. */
  async function copiesBecome(place: Party, what: string, like: (card: Shown) => boolean): Promise<Shown> {
    const copies = (cards: readonly Shown[]) => cards.filter(about).filter(isCard);
    await place.becomes(what, (cards) => copies(cards).length > 0 && copies(cards).every(like));
    const [card] = copies(place.cards());
    if (card === undefined) throw new Error("no card");
    return card;
  }
  const hasAll = (card: Shown, lines: readonly string[]) => lines.every((one) => card.lines.includes(one));
  /** What was done last, by whom; when is left out. */
  const did = (card: Shown, what: string, name: string, more = {}) => {
    const [begin = ""] = nl.say(`desk.acts.${what}`, { name, at: "@", ...more }).split("@");
    return card.lines.some((one) => one.startsWith(begin));
  };
  const desk = (name: string) => button(`adviser.buttons.${name}`);
  const work = (name: string) => button(`desk.buttons.${name}`);

  test("it begins with a card that says that nobody has it", async () => {
    await startReport();
    await answer("danger", "no");
    await answer("aboutAdviser", "no");
    for (const one of ["part", "kind", "relation", "when", "dependent", "form", "often", "where"])
      await answer(one, null);
    await answer("story", `Weer een ${story}.`);
    for (const one of ["more", "effect", "wish", "contact", "moments", "kept"]) await answer(one, null);
    await answer("identity", "pseudonymous");
    const sent = await employee.press(button("send"));
    number = numberIn(sent.lines.join("\n"));
    await employee.press(button("case.buttons.codeKept"));
    stale = await advisers.sees(nl.say("adviser.door.title", { number }));
    expect(stale.lines).toEqual(expect.arrayContaining(held(says("desk.nobody"))));
    expect(stale.buttons).toEqual(["open", "acknowledge", "write", "work", "take"].map(desk));
    id = /"case":"([^"]+)"/.exec(JSON.stringify(stale.card))?.[1] ?? "";
    expect(id).not.toBe("");
  });

  test("of two who take it at the same moment one has it, and the other reads who", async () => {
    const answers = await Promise.all(
      [advisers, colleague].map((party) => party.pressOn(stale, desk("take"))),
    );
    const heldText = (name: string) =>
      hasAll(answers[name === fatima ? 1 : 0] as Shown, [nl.say("desk.held.text", { name })]);
    [holder, other] = heldText(fatima) ? [advisers, colleague] : [colleague, advisers];
    names = holder === advisers ? { holder: fatima, other: joost } : { holder: joost, other: fatima };
    expect(heldText(names.holder)).toBe(true);
    expect(heldText(names.other)).toBe(false);
    await other.press(work("shutHeld"));
    const card = await copiesBecome(
      advisers,
      "the card of who has it",
      (one) => hasAll(one, held(names.holder)) && did(one, "took", names.holder),
    );
    expect(card.buttons).toEqual(["open", "acknowledge", "write", "work"].map(desk));
  });

  test("a question from the list is put behind what was written, and is sent only with the reply", async () => {
    const before = employee.cards();
    const form = await holder.press(desk("write"));
    const asked = await holder.pressOn(form, desk("ask"), { text: `Een ${question}?`, question: "support" });
    const both = `Een ${question}?\n\n${says("desk.ask.options.support")}`;
    expect(asked.lines).toContain(both);
    expect(employee.cards()).toEqual(before);
    ping = await employee.sees(says("case.ping.title"));
    // Nothing was changed in the field: the client sends what stands in it.
    const [, late] = await Promise.all([
      holder.pressOn(asked, desk("reply")),
      other.pressOn(stale, desk("take")),
    ]);
    expect(late.lines).toContain(nl.say("desk.held.text", { name: names.holder }));
    await other.pressOn(late, work("shutHeld"));
    const card = await copiesBecome(advisers, "the card after a reply", (one) =>
      did(one, "replied", names.holder),
    );
    expect(card.lines).toContain(nl.say("adviser.states.waiting"));
    expect(card.buttons).toEqual(["open", "write", "work"].map(desk));
    // Who acknowledges now, from a card that was drawn before, hears that it is done.
    const again = await other.pressOn(stale, desk("acknowledge"));
    expect(again.lines).toContain(says("adviser.refused.alreadyDone"));
    await other.pressOn(again, desk("shut"));
  });

  test("the reporter reads and answers it, without a name of any adviser; a line comes under the card", async () => {
    ping = await nextPing(ping);
    const thread = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(thread.lines.join("\n")).toContain(says("desk.ask.options.support"));
    for (const name of [fatima, joost]) expect(thread.lines.join("\n")).not.toContain(name);
    await employee.press(button("case.buttons.say"), { text: `Nee, alleen een ${story}.` });
    line = await advisers.sees(nl.say("adviser.routePing.title", { number }));
    expect(line.lines).toContain(says("adviser.routePing.text"));
    await copiesBecome(advisers, "the card in conversation", (one) =>
      one.lines.includes(nl.say("adviser.states.conversation")),
    );
  });

  test("a note and what is recorded stay in rooms, and a colleague reads them", async () => {
    const opened = await holder.pressOn(line, desk("open"));
    const page = await holder.pressOn(opened, desk("work"));
    const form = await holder.pressOn(page, work("note"));
    const noted = await holder.pressOn(form, work("keepNote"), { text: `Een ${note}.` });
    expect(noted.lines).toContain(says("desk.notes.noted"));
    const record = await holder.pressOn(noted, work("record"));
    const kept = await holder.pressOn(record, work("keepRecord"), {
      appointment: "Donderdag om tien uur",
      discussed: ["complaint", "safety"],
      referred: ["legal"],
      duty: "maybe",
      aftercareOn: "2027-03-01",
    });
    expect(kept.lines).toContain(says("desk.notes.recorded"));
    const theirs = await other.pressOn(line, desk("open"));
    const read = (await other.pressOn(theirs, desk("work"))).lines.join("\n");
    for (const text of [
      `Een ${note}.`,
      names.holder,
      "Donderdag om tien uur",
      nl.say("desk.record.discussed.options.complaint"),
      nl.say("desk.record.referred.options.legal"),
      nl.say("desk.record.duty.options.maybe"),
    ])
      expect(read).toContain(text);
    expect(playground.posted()).not.toContain(note);
    const thread = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(thread.lines.join("\n")).not.toContain(note);
  });

  test("it is handed to a colleague, who is known as the one who has it", async () => {
    const page = await holder.pressOn(line, desk("open")).then((room) => holder.pressOn(room, desk("work")));
    const hand = await holder.pressOn(page, work("hand"));
    const unchosen = await holder.pressOn(hand, work("handTo"));
    expect(unchosen.lines).toContain(says("desk.notes.chooseColleague"));
    const adviser = names.other === fatima ? "fatima-el-idrissi" : "joost-bakker";
    await holder.pressOn(unchosen, work("handTo"), { adviser });
    await copiesBecome(
      advisers,
      "the card of who has it now",
      (one) => hasAll(one, held(names.other)) && did(one, "handedOver", names.holder, { to: names.other }),
    );
    const theirs = await other.pressOn(page, work("hand"));
    expect(theirs.buttons).not.toContain(work("takeOver"));
    expect((await holder.pressOn(page, work("hand"))).buttons).toContain(work("takeOver"));
  });

  test("who cannot be neutral moves it: nothing in the old channel names it, and the new one has all of it", async () => {
    const page = await other.pressOn(await other.pressOn(line, desk("open")), desk("work"));
    const conflict = await other.pressOn(page, work("conflict"));
    expect(conflict.lines.join("\n")).toContain(sanne);
    const gone = await other.pressOn(conflict, nl.say("desk.buttons.move", { nr: 1 }));
    expect(gone.lines).toContain(says("desk.movedAway.title"));
    expect(gone.buttons).toEqual([]);
    await advisers.becomes("a channel that names the case nowhere", (cards) =>
      cards.every((one) => !about(one) && !JSON.stringify(one.card).includes(id)),
    );
    // The card and the line under it; where the press was, its answer may stand over what is there for everybody.
    const left = [says("desk.unused"), says("desk.movedAway.title")];
    await advisers.becomes("two messages that lead nowhere", (cards) =>
      [stale.id, line.id].every((one) =>
        cards.some(
          ({ id: message, lines, buttons }) =>
            message === one && buttons.length === 0 && left.includes(lines[0] ?? ""),
        ),
      ),
    );

    there = await copiesBecome(external, "the card in the new channel", (one) =>
      hasAll(one, held(says("desk.nobody"))),
    );
    expect(there.buttons).toEqual(["open", "write", "work", "take"].map(desk));
    const opened = (await external.pressOn(there, desk("open"))).lines.join("\n");
    for (const text of [`Weer een ${story}.`, question, `Nee, alleen een ${story}.`])
      expect(opened).toContain(text);
    // Whatever still stands before somebody in the old channel leads to nothing.
    for (const party of [holder, other])
      for (const label of ["open", "take"].map(desk)) {
        const refused = await party.pressOn(stale, label);
        expect(refused.lines).toContain(says("adviser.refused.notYourRoute"));
      }
  });

  test("the reporter hears that something is new, and what they write is news in the new channel alone", async () => {
    const before = advisers.cards().length;
    ping = await nextPing(ping);
    const thread = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(thread.lines.join("\n")).not.toMatch(/neutraal/);
    await employee.press(button("case.buttons.say"), { text: "Is er iemand?" });
    await external.sees(nl.say("adviser.routePing.title", { number }));
    expect(advisers.cards()).toHaveLength(before);
    expect(advisers.cards().filter(about)).toEqual([]);
  });

  test("it is closed for a reason, and the reporter reads none", async () => {
    const page = await external.pressOn(there, desk("work"));
    const asked = await external.pressOn(page, work("closing"));
    const unreasoned = await external.pressOn(asked, desk("close"));
    expect(unreasoned.lines).toContain(says("desk.notes.reasonFirst"));
    const closed = await external.pressOn(unreasoned, desk("close"), { reason: "referred" });
    expect(closed.buttons).toEqual([button("clocks.buttons.holding"), button("adviser.buttons.reopen")]);
    await external.becomes("the card closed, and nothing else about it", (cards) => {
      const [card, ...others] = cards.filter(about);
      return others.length === 0 && card?.lines.join() === closed.lines.join();
    });
    expect(closed.lines.join()).not.toContain(says("desk.closing.options.referred"));
    ping = await nextPing(ping);
    const read = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(read.lines).toContain(says("case.thread.closed"));
    expect(read.lines.join()).not.toContain(says("desk.closing.options.referred"));
    await employee.press(button("done"));
  });

  test("the reporter writes again, which opens it again on every copy; so does an adviser; and it is closed again", async () => {
    const closes = async (from: Shown) => {
      const asked = await external.pressOn(await external.pressOn(from, desk("work")), work("closing"));
      return external.pressOn(asked, desk("close"), { reason: "referred" });
    };
    const open = (what: "conversation" | "waiting") => (card: Shown) =>
      card.lines.some((line) => line.includes(says(`adviser.states.${what}`)));
    const thread = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(thread.lines).toContain(says("case.thread.closed"));
    const said = await employee.press(button("case.buttons.say"), { text: "Het is weer begonnen." });
    expect(said.lines).toContain(says("common.notes.caseReopened"));
    await employee.press(button("done"));
    there = await copiesBecome(external, "the card open again", open("conversation"));
    await external.sees(nl.say("adviser.routePing.title", { number }));
    expect((await external.pressOn(there, desk("open"))).lines.join("\n")).toContain("Het is weer begonnen.");

    const closed = await closes(there);
    const form = await external.pressOn(closed, button("adviser.buttons.reopen"));
    expect(form.lines).toContain(nl.say("adviser.reply.titleReopen", { number }));
    await external.pressOn(form, button("adviser.buttons.replyReopen"), { text: "Ik was te snel." });
    there = await copiesBecome(external, "the card open once more", open("waiting"));
    await closes(there);
    await external.becomes("the card closed, and nothing else about it", (cards) => {
      const [card, ...others] = cards.filter(about);
      return others.length === 0 && card?.lines.join() === closed.lines.join();
    });
    // What is on its way still would find no case any more in the next test.
    await service?.outbox.idle();
    ping = await nextPing(ping);
  });

  test("when its time is over it is destroyed; what stands in the channel says that it was closed, and opens nothing", async () => {
    const before = external.cards().filter(about);
    const ahead = 366 * 24 * 3_600_000;
    await service?.stop();
    service = await startService(config, { clock: { now: () => Date.now() + ahead } });
    // Stopping waits for the sweep that every start begins with.
    await service.stop();
    service = await startService(config);
    // Other cases were due meanwhile: the year that passed reminds of them.
    expect(external.cards().filter(about)).toEqual(before);
    const refused = await external.pressOn(there, desk("open"));
    expect(refused.lines).toContain(says("adviser.refused.notYourRoute"));
    const gone = await employee.pressOn(ping, button("case.buttons.openThread"));
    expect(gone.lines.join("\n")).not.toContain(story);
  });
});

test("no message the bot posted, and nothing on disk, holds the story or the reporter (P2, P3)", async () => {
  expect(playground.rooms()).toContain(story);
  const secrets = [story, question, oddity, receipt, anna.name];
  for (const secret of secrets) expect(playground.posted()).not.toContain(secret);
  const adviserSide = JSON.stringify([...advisers.cards(), ...playground.external.cards()]);
  for (const person of [anna.id, anna.chat]) expect(adviserSide).not.toContain(person);
  await service?.stop();
  service = null;
  const files = readdirSync(join(folder, "data"), { recursive: true, encoding: "utf8" });
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const bytes = readFileSync(join(folder, "data", file), "utf8");
    for (const secret of [...secrets, anna.id, anna.chat]) expect(bytes).not.toContain(secret);
  }
});
