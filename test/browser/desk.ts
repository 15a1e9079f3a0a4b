import { employee } from "../../bots/demo/playground.ts";
import type { Step } from "./find.ts";
import { doneByEmployee, type Filled, fillIn, say } from "./report-form.ts";
import type { Screen } from "./screen.ts";

/**
 * The advisers' work on a case in the client, beyond answering. Who is at the keyboard is the employee: the client
 * lets nobody press as a colleague, and the demo's file says of no account whose it is.
 */

const chat = "Personal Chat";
const advisers = "Vertrouwenspersonen - General";
const external = "Vertrouwenspersonen - Extern";

/** Each stands nowhere but in the room that shows it. */
const phrase = "naast de rode brandslang";
const reply = "Dank je wel dat je dit vertelt. Je hoeft niets te haasten.";
const again = "Maandag stond hij weer op de gang.";
const note = "Komt volgende week terug, wil eerst nadenken.";
const appointment = "Donderdag om tien uur bellen";
const filled: Filled = {
  danger: "no",
  aboutAdviser: "no",
  part: "experienced",
  kind: ["bullying", "other"],
  relation: "colleague",
  when: "ongoing",
  story: "Ze zetten mijn stoel weer op de gang, naast de rode brandslang.",
  identity: "pseudonymous",
};

let number = "";
const desk = (name: string) => say(`adviser.buttons.${name}`);
const work = (name: string) => say(`desk.buttons.${name}`);
const list = (name: string) => say(`cases.buttons.${name}`);
const card = () => say("adviser.door.title", { number });
const page = (name: string) => say(`desk.pages.${name}`, { number });

/** From the opened case to a page of work. */
async function toWork(screen: Screen, name: "note" | "record" | "hand" | "conflict"): Promise<void> {
  await screen.press(work(name));
  await screen.sees(page(name));
}

/** From a list to another one. */
async function chooseList(screen: Screen, which: "mine" | "waiting"): Promise<void> {
  await screen.pick(say("cases.filter"), say(`cases.filters.${which}`));
  await screen.press(list("filter"));
  await screen.sees(say(`cases.titles.${which}`));
  await screen.shot(`desk-list-${which}`);
}

const firstSteps: readonly Step[] = [
  [
    "a report comes as a card that nobody has, and holds nothing of what was told",
    async (screen) => {
      await screen.go(chat);
      await screen.say("menu");
      await screen.press(say("common.buttons.report"));
      await fillIn(screen, filled);
      await screen.press(say("common.buttons.send"));
      await screen.sees(say("case.sent.title"));
      number = await screen.reads(/V-[0-9A-Z]{5}\b/);
      await screen.press(say("case.buttons.codeKept"));
      await screen.go(advisers);
      await screen.sees(card());
      await screen.keepsTo(null, phrase);
      await screen.offers(card(), ["open", "acknowledge", "write", "work", "take"].map(desk));
      await screen.shot("desk-card");
    },
  ],
  [
    "an adviser opens it, closes it again, and takes it: the card says whose it is",
    async (screen) => {
      await screen.pressOn(card(), desk("open"));
      await screen.sees(phrase);
      await screen.keepsTo(card(), phrase);
      await screen.shot("desk-opened");
      await screen.pressOn(card(), desk("shut"));
      await screen.keepsTo(null, phrase);
      await screen.pressOn(card(), desk("take"));
      await screen.offers(card(), ["open", "acknowledge", "write", "work"].map(desk));
      await screen.sees(employee.name);
      await screen.shot("desk-taken");
    },
  ],
  [
    "a question from the list is put behind what was written, and is sent with the reply",
    async (screen) => {
      const question = say("desk.ask.options.wish");
      await screen.pressOn(card(), desk("write"));
      await screen.fill(say("adviser.reply.label"), reply);
      await screen.shot("desk-reply");
      await screen.pick(say("desk.ask.label"), question);
      await screen.shot("desk-question-chosen");
      await screen.press(desk("ask"));
      await screen.holds(say("adviser.reply.label"), `${reply}\n\n${question}`);
      await screen.shot("desk-question");
      await screen.press(desk("reply"));
      // The remark above the card stands until the card is drawn anew for everybody; this stays.
      await screen.sees(doneByEmployee("replied"));
      await screen.keepsTo(null, reply);
      await screen.shot("desk-replied");
    },
  ],
  [
    "a note, which advisers alone read, and what is recorded of the talk",
    async (screen) => {
      await screen.pressOn(card(), desk("work"));
      await screen.sees(page("options"));
      await screen.shot("desk-work");
      await toWork(screen, "note");
      await screen.fill(say("desk.note.label"), note);
      await screen.shot("desk-note");
      await screen.press(work("keepNote"));
      await screen.sees(say("desk.notes.noted"));
      await screen.keepsTo(page("options"), note);
      await screen.shot("desk-noted");
      await toWork(screen, "record");
      await screen.shot("desk-record-empty");
      await screen.fill(say("desk.record.appointment"), appointment);
      await screen.choose("checkbox", [
        say("desk.record.discussed.options.ownTalk"),
        say("desk.record.referred.options.legal"),
      ]);
      await screen.choose("radio", [say("desk.record.duty.options.maybe")]);
      await screen.day(say("desk.record.aftercare"), "2027-03-01");
      await screen.shot("desk-record");
      await screen.press(work("keepRecord"));
      await screen.sees(say("desk.notes.recorded"));
      await screen.sees(appointment);
      await screen.shot("desk-recorded");
    },
  ],
  [
    "it is handed to a colleague, who stands on the card",
    async (screen) => {
      await toWork(screen, "hand");
      await screen.shot("desk-hand");
      await screen.press(work("handTo"));
      await screen.sees(say("desk.notes.chooseColleague"));
      await screen.choose("radio", ["Joost Bakker"]);
      await screen.press(work("handTo"));
      await screen.offers(card(), ["open", "write", "work"].map(desk));
      await screen.sees("Joost Bakker");
      await screen.keepsTo(null, note);
      await screen.shot("desk-handed");
    },
  ],
];

const listSteps: readonly Step[] = [
  [
    "whoever mentions the bot in the channel gets a menu that names no case",
    async (screen) => {
      await screen.post("Vertrouwd", "zaken");
      await screen.sees(say("cases.menu.title"));
      await screen.offers(say("cases.menu.title"), [list("menu"), say("statistics.buttons.open")]);
      await screen.shot("desk-menu");
    },
  ],
  [
    "the lists: all that is open, one's own, what waits; and the case opened from there",
    async (screen) => {
      await screen.press(list("menu"));
      await screen.sees(say("cases.titles.open"));
      await screen.shot("desk-list");
      await chooseList(screen, "mine");
      await screen.sees(say("cases.none.mine"));
      await chooseList(screen, "waiting");
      await screen.pick(say("cases.open"), number);
      await screen.shot("desk-list-chosen");
      await screen.press(list("open"));
      await screen.offers(list("list"), [...["open", "write", "work"].map(desk), list("list")]);
      await screen.keepsTo(null, phrase);
      await screen.shot("desk-list-card");
    },
  ],
  [
    "a document for a procedure: not before the reporter was asked",
    async (screen) => {
      await screen.press(list("list"));
      await screen.sees(say("cases.titles.open"));
      // Last: where the remark moves what is below it, this client offers the lists where it should offer cases.
      await screen.press(list("open"));
      await screen.sees(say("cases.notes.chooseCase"));
      await screen.shot("desk-list-nothing-chosen");
      await screen.press(list("shut"));
      await screen.sees(say("cases.menu.title"));
      await screen.shot("desk-list-shut");
      await screen.pressOn(card(), desk("work"));
      await toWork(screen, "record");
      await screen.press(work("export"));
      await screen.sees(say("desk.export.titles.text", { number }));
      await screen.shot("desk-export");
      await screen.press(work("askConsent"));
      await screen.sees("Er is nog geen antwoord");
      await screen.shot("desk-export-asked");
      await screen.press(work("options"));
    },
  ],
  [
    "the reporter reads what it is for and allows it; the document comes once, as PDF and as text",
    async (screen) => {
      await screen.go(chat);
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(say("case.thread.consentAsked"));
      await screen.shot("desk-thread-asked");
      await screen.press(say("case.buttons.consent"));
      await screen.sees(say("case.consenting.title", { number }));
      await screen.shot("desk-consenting");
      await screen.press(say("case.buttons.reading"));
      await screen.sees(say("case.reading.title", { number }));
      await screen.sees(phrase);
      await screen.shot("desk-reading");
      await screen.press(say("case.buttons.consent"));
      await screen.press(say("case.buttons.consentYes"));
      await screen.sees(say("common.notes.consentGiven"));
      await screen.press(say("common.buttons.done"));
      await screen.go(advisers);
      await screen.sees(say("adviser.routePing.title", { number }));
      await screen.shot("desk-news");
      await screen.pressOn(say("adviser.routePing.title", { number }), desk("open"));
      await screen.press(desk("work"));
      await toWork(screen, "record");
      await screen.press(work("export"));
      await screen.press(work("document"));
      await screen.sees(say("desk.export.titles.made", { number }));
      await screen.shot("desk-document");
      await screen.fetches(work("pdf"), say("download.buttons.offer"), "case.pdf");
      await screen.fetches(work("md"), say("download.buttons.offer"), "case.md");
      await screen.press(work("options"));
      await screen.sees(page("options"));
      await screen.shot("desk-work-full");
    },
  ],
];

const lastSteps: readonly Step[] = [
  [
    "who cannot be neutral reads who is elsewhere, and moves it: nothing in this channel names it any more",
    async (screen) => {
      await toWork(screen, "conflict");
      await screen.sees("Sanne Visser");
      await screen.shot("desk-conflict");
      await screen.press(say("desk.buttons.move", { nr: 1 }));
      // What the one who pressed reads at first, that it was moved, stands until that message too is of no use.
      await screen.sees(say("desk.unused"));
      await screen.keepsTo(null, number);
      await screen.shot("desk-moved-away");
    },
  ],
  [
    "the other channel has all of it, with nobody's name on it yet",
    async (screen) => {
      await screen.go(external);
      await screen.sees(card());
      await screen.offers(card(), ["open", "write", "work", "take"].map(desk));
      await screen.shot("desk-moved-card");
      await screen.pressOn(card(), desk("open"));
      await screen.sees(phrase);
      await screen.keepsTo(card(), phrase);
      await screen.shot("desk-moved-opened");
    },
  ],
  [
    "it is closed there for a reason, which no card tells",
    async (screen) => {
      await screen.press(desk("work"));
      await screen.sees(note);
      await screen.press(work("closing"));
      await screen.press(desk("close"));
      await screen.sees(say("desk.notes.reasonFirst"));
      await screen.choose("radio", [say("desk.closing.options.procedure")]);
      await screen.shot("desk-closing");
      await screen.press(desk("close"));
      await screen.offers(card(), [say("clocks.buttons.holding"), desk("reopen")]);
      for (const secret of [phrase, note, say("desk.closing.options.procedure")])
        await screen.keepsTo(null, secret);
      await screen.shot("desk-closed");
    },
  ],
  [
    "it is kept longer for a procedure, and the card says until when",
    async (screen) => {
      await screen.pressOn(card(), say("clocks.buttons.holding"));
      await screen.sees(say("clocks.hold.title", { number }));
      await screen.shot("desk-hold");
      await screen.press(say("clocks.buttons.hold"));
      await screen.sees(say("clocks.hold.chooseFirst"));
      await screen.choose("radio", [say("clocks.hold.options.procedure")]);
      await screen.choose("radio", [await screen.reads(/180 dagen langer: tot \w+ \d+ \w+ \d{4}/)]);
      await screen.shot("desk-hold-chosen");
      await screen.press(say("clocks.buttons.hold"));
      await screen.sees(say("clocks.hold.because.procedure"));
      await screen.shot("desk-held");
    },
  ],
  [
    "the reporter reads that it is closed, and how long it is kept",
    async (screen) => {
      await screen.go(chat);
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(say("case.thread.closed"));
      await screen.shot("desk-thread-closed");
    },
  ],
  [
    "a message from the reporter opens it again, on the card too",
    async (screen) => {
      await screen.fill(say("case.thread.say"), again);
      await screen.press(say("case.buttons.say"));
      await screen.sees(say("common.notes.caseReopened"));
      await screen.shot("desk-thread-reopened");
      await screen.press(say("common.buttons.done"));
      await screen.go(external);
      await screen.sees(say("adviser.routePing.title", { number }));
      await screen.offers(say("adviser.door.sealed"), ["open", "write", "work", "take"].map(desk));
      await screen.keepsTo(null, again);
      await screen.shot("desk-reopened");
    },
  ],
  [
    "an adviser who closed it too soon opens it with a message, once that was said to do so",
    async (screen) => {
      await screen.pressOn(say("adviser.door.sealed"), desk("work"));
      await screen.press(work("closing"));
      await screen.choose("radio", [say("desk.closing.options.settled")]);
      await screen.press(desk("close"));
      await screen.pressOn(card(), desk("reopen"));
      await screen.sees(say("adviser.reply.titleReopen", { number }));
      await screen.shot("desk-reopening");
      await screen.fill(say("adviser.reply.label"), reply);
      await screen.press(desk("replyReopen"));
      await screen.offers(say("adviser.door.sealed"), ["open", "write", "work", "take"].map(desk));
      await screen.shot("desk-reopened-by-adviser");
    },
  ],
];

export const deskSteps: readonly Step[] = [...firstSteps, ...listSteps, ...lastSteps];
