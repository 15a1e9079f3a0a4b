import type { Step } from "./find.ts";
import { type Filled, fillIn, say } from "./report-form.ts";

/** Something written down first in the client, for oneself: kept, sent along with a report, and destroyed. */

const phrase = "bij het koffiehoekje";
/** Short enough to stand whole where it is ticked. */
const note = `Hij bleef staan ${phrase}`;
const filled: Filled = {
  danger: "no",
  aboutAdviser: "no",
  kind: ["bullying"],
  story: "Ik stuur mee wat ik opschreef.",
  identity: "pseudonymous",
};
const title = say("record.entries.title");

export const recordSteps: readonly Step[] = [
  [
    "somebody writes something down for themselves: it stands there with its time, and in no other place",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.say("aantekening");
      await screen.press(say("record.buttons.open"));
      await screen.sees(say("record.entries.know"));
      await screen.shot("record-empty");
      await screen.fill(say("record.entries.input"), note);
      await screen.press(say("record.buttons.add"));
      await screen.sees(say("common.notes.entryKept"));
      await screen.sees(note);
      await screen.keepsTo(title, phrase);
      await screen.shot("record-kept");
      await screen.press(say("record.buttons.options"));
      await screen.sees(say("record.uses.title"));
      await screen.shot("record-uses");
      await screen.press(say("record.buttons.copy"));
      await screen.sees(say("record.copy.title"));
      await screen.shot("record-copy");
      await screen.press(say("record.buttons.back"));
    },
  ],
  [
    "sent along with a report: check-your-answers and the adviser show when it was written, and that it is unchanged",
    async (screen) => {
      await screen.press(say("record.buttons.options"));
      await screen.choose("checkbox", [note]);
      await screen.press(say("record.buttons.use"));
      await screen.sees(say("common.notes.entriesAlong"));
      await fillIn(screen, filled);
      await screen.sees(say("report.review.title"));
      await screen.sees(note);
      await screen.sees("sindsdien niet veranderd");
      await screen.shot("record-review");
      await screen.press(say("common.buttons.send"));
      await screen.sees(say("case.sent.title"));
      const number = await screen.reads(/V-[0-9A-Z]{5}\b/);
      await screen.press(say("case.buttons.codeKept"));
      await screen.go("Vertrouwenspersonen - General");
      await screen.keepsTo(null, phrase);
      const title = say("adviser.door.title", { number });
      await screen.sees(title);
      await screen.pressOn(title, say("adviser.buttons.open"));
      await screen.sees(note);
      await screen.sees("sindsdien niet veranderd");
      await screen.shot("record-adviser");
      await screen.pressOn(title, say("adviser.buttons.shut"));
    },
  ],
  [
    "destroyed after reading what that does: nothing of it is left in the chat",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.say("aantekening");
      await screen.press(say("record.buttons.open"));
      await screen.sees(note);
      await screen.press(say("record.buttons.options"));
      await screen.press(say("record.buttons.destroying"));
      await screen.sees(say("record.destroying.title"));
      await screen.shot("record-destroying");
      await screen.press(say("record.buttons.destroyNow"));
      await screen.sees(say("common.notes.entriesDestroyed"));
      await screen.keepsTo(null, phrase);
      await screen.press(say("common.buttons.done"));
    },
  ],
];
