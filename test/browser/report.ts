import type { Step } from "./find.ts";
import { answerChoice, doneByEmployee, say } from "./report-form.ts";

/** A report in the client, from the first question to the closed case, as both parties see it. */

const story = "In het werkoverleg wordt een collega nagedaan om haar accent.\nIedereen lacht.";
const reply = "Dank je dat je dit vertelt. Zullen we bellen, of liever hier verder praten?";
const answer = "Liever hier verder, graag.";

export const reportSteps: readonly Step[] = [
  [
    "a report begins with whether anyone is in danger",
    async (screen) => {
      await screen.press(say("common.buttons.report"));
      await screen.sees(say("report.danger.title"));
      await screen.shot("danger");
      await answerChoice(screen, "danger", ["no"]);
    },
  ],
  [
    "closed questions, one at a time",
    async (screen) => {
      await answerChoice(screen, "aboutAdviser", ["no"]);
      await answerChoice(screen, "part", ["saw"]);
      await screen.sees(say("report.kind.title"));
      await screen.shot("kind");
      await answerChoice(screen, "kind", ["bullying", "discrimination"], "checkbox");
      await answerChoice(screen, "relation", ["colleague"]);
      await answerChoice(screen, "when", ["ongoing"]);
      await screen.sees(say("report.dependent.title"));
      await screen.press(say("common.buttons.skip"));
      await screen.sees(say("report.form.title"));
      await screen.shot("form");
      await answerChoice(screen, "form", ["remark", "unequal"], "checkbox");
      await answerChoice(screen, "often", ["often"]);
      await answerChoice(screen, "where", ["work", "online"], "checkbox");
    },
  ],
  [
    "the story, in own words",
    async (screen) => {
      await screen.sees(say("report.story.title"));
      await screen.fill(say("report.story.input"), story);
      await screen.shot("story");
      await screen.press(say("common.buttons.next"));
      await screen.sees(say("report.more.title"));
      await screen.press(say("common.buttons.skip"));
      await answerChoice(screen, "effect", ["avoid"], "checkbox");
      await answerChoice(screen, "wish", ["advice"], "checkbox");
    },
  ],
  [
    "how to be reached, and what there is besides the story",
    async (screen) => {
      await answerChoice(screen, "contact", ["chat"]);
      await answerChoice(screen, "moments", ["evenings"], "checkbox");
      await screen.sees(say("report.kept.title"));
      await screen.shot("kept");
      await answerChoice(screen, "kept", ["others"], "checkbox");
      await screen.sees(say("report.identity.title"));
      await screen.shot("identity");
      await answerChoice(screen, "identity", ["pseudonymous"]);
    },
  ],
  [
    "check your answers, send, and a receipt",
    async (screen) => {
      await screen.sees(say("report.review.title"));
      await screen.shot("review");
      await screen.press(say("common.buttons.send"));
      await screen.sees(say("case.sent.title"));
      await screen.shot("sent");
      await screen.press(say("case.buttons.codeKept"));
      await screen.sees(say("common.final.title"));
      await screen.seesNot(story.split("\n")[0] ?? story);
      await screen.shot("final");
    },
  ],
  [
    "the advisers' channel has a sealed card",
    async (screen) => {
      await screen.go("Vertrouwenspersonen - General");
      await screen.sees(say("adviser.door.sealed"));
      await screen.seesNot(story.split("\n")[0] ?? story);
      await screen.shot("sealed-card");
    },
  ],
  [
    "an adviser opens, acknowledges and replies",
    async (screen) => {
      await screen.press(say("adviser.buttons.open"));
      await screen.sees(story.split("\n")[0] ?? story);
      await screen.shot("case");
      await screen.press(say("adviser.buttons.acknowledge"));
      await screen.sees(say("adviser.states.acknowledged"));
      await screen.shot("acknowledged");
      await screen.press(say("adviser.buttons.write"));
      await screen.fill(say("adviser.reply.label"), reply);
      await screen.shot("reply");
      await screen.press(say("adviser.buttons.reply"));
      // The remark above the card stands until the card is drawn anew for everybody; this stays.
      await screen.sees(doneByEmployee("replied"));
    },
  ],
  [
    "the reporter gets a ping, opens it and answers",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.sees(say("case.ping.title"));
      await screen.seesNot(reply);
      await screen.shot("ping");
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(reply);
      await screen.fill(say("case.thread.say"), answer);
      await screen.shot("thread");
      await screen.press(say("case.buttons.say"));
      await screen.sees(say("common.notes.messageSent"));
    },
  ],
  [
    "the adviser reads the thread and closes the case",
    async (screen) => {
      await screen.go("Vertrouwenspersonen - General");
      await screen.sees(say("adviser.routePing.text"));
      await screen.shot("route-ping");
      await screen.press(say("adviser.buttons.open"));
      await screen.sees(answer);
      await screen.shot("case-thread");
      await screen.press(say("adviser.buttons.work"));
      await screen.shot("work");
      await screen.press(say("desk.buttons.closing"));
      await screen.press(say("adviser.buttons.close"));
      await screen.sees(say("desk.notes.reasonFirst"));
      await screen.choose("radio", [say("desk.closing.options.settled")]);
      await screen.shot("closing");
      await screen.press(say("adviser.buttons.close"));
      await screen.seesNot(answer);
      await screen.shot("closed");
    },
  ],
  [
    "both sides end neutral",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(say("case.thread.closed"));
      await screen.shot("thread-closed");
      await screen.press(say("common.buttons.done"));
      await screen.seesNot(reply);
      await screen.shot("end");
    },
  ],
];
