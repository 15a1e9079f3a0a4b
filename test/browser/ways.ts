import { employee } from "../../bots/demo/playground.ts";
import { dateOf } from "../../cards/reading.ts";
import type { Step } from "./find.ts";
import { begin, doneByEmployee, type Filled, fillIn, say } from "./report-form.ts";
import type { Screen } from "./screen.ts";

/**
 * The three ways to report in the client, what each leaves in the chat, and taking a report back. Each story has
 * a phrase that nobody else says: it may be on the page in the room that shows it, and nowhere else.
 */

const chat = "Personal Chat";
const advisers = "Vertrouwenspersonen - General";
const external = "Vertrouwenspersonen - Extern";

interface Told {
  readonly phrase: string;
  readonly filled: Filled;
}

const pseudonymous: Told = {
  phrase: "tussen de paarse gordijnen",
  filled: {
    danger: "yes",
    aboutAdviser: "no",
    part: "experienced",
    kind: ["sexual", "aggression"],
    relation: "manager",
    when: "lastWeek",
    dependent: "yes",
    form: ["touching", "power"],
    often: "fewTimes",
    where: ["work", "outing"],
    story: "Hij hield me vast tussen de paarse gordijnen.\nDaarna belde hij van 06-12345678.",
    more: "Ik slaap slecht.",
    effect: ["tense", "rest"],
    wish: ["listen", "advice"],
    contact: "talk",
    moments: ["evenings"],
    kept: ["told"],
    identity: "pseudonymous",
  },
};
const reply = "Dank je wel dat je dit vertelt. Past morgenavond voor een gesprek?";

const name = "A. de Vries-Vermeulen";
/** About an adviser: it goes to the second route, and nothing of it to the first. */
const named: Told = {
  phrase: "achter de groene archiefkast",
  filled: {
    danger: "no",
    aboutAdviser: "yes",
    part: "saw",
    kind: ["bullying"],
    story: "Ze stond te huilen achter de groene archiefkast.",
    identity: "named",
    name,
  },
};

const anonymous: Told = {
  phrase: "naast de zilveren koffiekar",
  filled: {
    danger: "no",
    aboutAdviser: "no",
    kind: ["discrimination"],
    story: `Hij zei het weer, naast de zilveren koffiekar. Ik ben ${employee.name}.`,
    identity: "anonymous",
  },
};

/** What the reports are opened with later, as a person has it on paper. */
const written = { pseudonymous: "", named: "", anonymous: "", receipt: "" };

const review = say("report.review.title");
const found = say("report.ownWords.title");

/** Sends what check-your-answers shows; what is on paper then: the report's number and its receipt. */
async function send(
  screen: Screen,
  phrase: string,
  shots: string,
): Promise<[number: string, receipt: string]> {
  await screen.sees(review);
  await screen.keepsTo(review, phrase);
  await screen.shot(`${shots}-review`);
  await screen.press(say("common.buttons.send"));
  await screen.sees(say("case.sent.title"));
  await screen.keepsTo(null, phrase);
  const receipt = await screen.reads(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/);
  const number = await screen.reads(/V-[0-9A-Z]{5}\b/);
  await screen.shot(`${shots}-sent`);
  await screen.press(say("case.buttons.codeKept"));
  await screen.sees(say("common.final.title"));
  for (const secret of [phrase, receipt, number]) await screen.keepsTo(null, secret);
  return [number, receipt];
}

async function myReports(screen: Screen): Promise<void> {
  await screen.go(chat);
  await screen.press(say("common.buttons.menu"));
  await screen.press(say("common.buttons.reports"));
  await screen.sees(say("case.reports.title"));
}

/** The adviser's card in this channel shows nothing of what was told until it is opened. */
async function openCase(screen: Screen, channel: string, number: string, phrase: string): Promise<string> {
  const title = say("adviser.door.title", { number });
  await screen.go(channel);
  await screen.sees(title);
  await screen.keepsTo(null, phrase);
  await screen.pressOn(title, say("adviser.buttons.open"));
  await screen.sees(phrase);
  await screen.keepsTo(title, phrase);
  return title;
}

const pseudonymousSteps: readonly Step[] = [
  [
    "under a made-up name: every question, and help where it is needed",
    async (screen) => {
      await screen.say("menu");
      await screen.press(say("common.buttons.report"));
      await fillIn(screen, pseudonymous.filled, { shots: "pseudonymous" });
    },
  ],
  [
    "under a made-up name: a number in the story is pointed out, and replaced",
    async (screen) => {
      await screen.sees(found);
      await screen.keepsTo(found, "06-12345678");
      await screen.choose("checkbox", [say("report.ownWords.option", { nr: 1, found: "06-12345678" })]);
      await screen.shot("pseudonymous-own-words");
      await screen.press(say("report.ownWords.buttons.replace"));
      await screen.sees(say("report.ownWords.instead.phone"));
      await screen.keepsTo(null, "06-12345678");
    },
  ],
  [
    "under a made-up name: sent, with a receipt that is shown once",
    async (screen) => {
      const [number] = await send(screen, pseudonymous.phrase, "pseudonymous");
      written.pseudonymous = number;
      await screen.shot("pseudonymous-closed");
    },
  ],
  [
    "an adviser opens the card, acknowledges and answers",
    async (screen) => {
      const title = await openCase(screen, advisers, written.pseudonymous, pseudonymous.phrase);
      await screen.shot("pseudonymous-case");
      await screen.pressOn(title, say("adviser.buttons.acknowledge"));
      await screen.sees(say("adviser.states.acknowledged"));
      await screen.keepsTo(null, pseudonymous.phrase);
      await screen.shot("pseudonymous-acknowledged");
      await screen.pressOn(title, say("adviser.buttons.write"));
      await screen.sees(say("adviser.reply.title", { number: written.pseudonymous }));
      await screen.fill(say("adviser.reply.label"), reply);
      await screen.shot("pseudonymous-answer");
      await screen.press(say("adviser.buttons.reply"));
      // The remark above the card stands until the card is drawn anew for everybody; this stays.
      await screen.sees(doneByEmployee("replied"));
      await screen.keepsTo(null, reply);
      await screen.shot("pseudonymous-answered");
    },
  ],
  [
    "the reporter reads the answer under their reports",
    async (screen) => {
      await myReports(screen);
      await screen.sees(
        say("case.reports.line", {
          number: written.pseudonymous,
          date: dateOf(Date.now(), "nl"),
          state: say("case.states.waiting"),
          next: "",
        }),
      );
      await screen.keepsTo(null, reply);
      await screen.shot("pseudonymous-reports");
      await screen.press(say("case.reports.button", { number: written.pseudonymous }));
      const title = say("case.thread.title", { number: written.pseudonymous });
      await screen.sees(reply);
      await screen.keepsTo(title, reply);
      await screen.keepsTo(null, pseudonymous.phrase);
      await screen.shot("pseudonymous-thread");
      await screen.press(say("common.buttons.done"));
      await screen.keepsTo(null, reply);
    },
  ],
];

const namedSteps: readonly Step[] = [
  [
    "with a name, about an adviser: what a name means is said before it is asked, and again before it is sent",
    async (screen) => {
      await begin(screen);
      await fillIn(screen, named.filled, { until: "identity" });
      await screen.sees("Je naam geven kun je niet terugdraaien.");
      await fillIn(screen, named.filled, { from: "identity", until: "name" });
      await screen.sees(say("report.name.why"));
      await screen.shot("named-name");
      await fillIn(screen, named.filled, { from: "name" });
      await screen.sees(say("report.review.named"));
      await screen.keepsTo(review, name);
      const [number] = await send(screen, named.phrase, "named");
      written.named = number;
      await screen.keepsTo(null, name);
    },
  ],
  [
    "the other route's adviser sees the name once the card is opened, and the first route nothing",
    async (screen) => {
      await screen.go(advisers);
      await screen.sees(say("adviser.door.title", { number: written.pseudonymous }));
      await screen.keepsTo(null, written.named);
      await screen.go(external);
      await screen.sees(say("adviser.door.title", { number: written.named }));
      await screen.keepsTo(null, name);
      await screen.shot("named-card");
      const title = await openCase(screen, external, written.named, named.phrase);
      await screen.keepsTo(title, name);
      await screen.shot("named-case");
      await screen.press(say("adviser.buttons.shut"));
      await screen.keepsTo(null, name);
      await screen.keepsTo(null, named.phrase);
    },
  ],
];

const anonymousSteps: readonly Step[] = [
  [
    "with nothing but a code: the own name is pointed out and replaced, the code is shown",
    async (screen) => {
      await screen.go(chat);
      await begin(screen);
      await fillIn(screen, anonymous.filled);
      await screen.sees(found);
      await screen.shot("anonymous-own-words");
      await screen.choose("checkbox", [say("report.ownWords.option", { nr: 1, found: employee.name })]);
      await screen.press(say("report.ownWords.buttons.replace"));
      await screen.sees(`Ik ben ${say("report.ownWords.instead.ownName")}.`);
      [written.anonymous, written.receipt] = await send(screen, anonymous.phrase, "anonymous");
    },
  ],
  [
    "with nothing but a code: it is not among the reports of this chat, and its code opens it",
    async (screen) => {
      await myReports(screen);
      await screen.sees(say("case.reports.button", { number: written.named }));
      await screen.keepsTo(null, written.anonymous);
      await screen.shot("anonymous-reports");
      // As somebody copies it from paper.
      await screen.fill(say("case.reports.receipt"), written.receipt.toLowerCase().replaceAll("-", " "));
      await screen.press(say("case.buttons.openReceipt"));
      await screen.sees(say("case.thread.title", { number: written.anonymous }));
      await screen.sees(say("case.thread.receiptOnly"));
      await screen.shot("anonymous-thread");
      await screen.press(say("common.buttons.done"));
      for (const secret of [written.anonymous, written.receipt]) await screen.keepsTo(null, secret);
    },
  ],
];

const withdrawnSteps: readonly Step[] = [
  [
    "withdrawn from the reports of this chat: the adviser's card says so, and opens nothing",
    async (screen) => {
      await myReports(screen);
      await screen.press(say("case.reports.button", { number: written.named }));
      await screen.press(say("case.buttons.options"));
      await screen.sees(say("case.acts.title", { number: written.named }));
      await screen.shot("acts");
      await screen.press(say("case.buttons.withdraw"));
      await screen.sees(say("case.withdrawing.title", { number: written.named }));
      await screen.sees(say("case.withdrawing.read"));
      await screen.shot("withdrawing");
      await screen.press(say("case.buttons.withdrawNow"));
      await screen.sees(say("case.withdrawn.title"));
      await screen.keepsTo(null, written.named);
      await screen.shot("withdrawn");
      await screen.press(say("common.buttons.done"));
      await screen.go(external);
      await screen.sees("Ingetrokken door de melder");
      await screen.offers(say("adviser.door.title", { number: written.named }), []);
      await screen.keepsTo(null, name);
      await screen.shot("withdrawn-card");
    },
  ],
];

export const waysSteps: readonly Step[] = [
  ...pseudonymousSteps,
  ...namedSteps,
  ...anonymousSteps,
  ...withdrawnSteps,
];
