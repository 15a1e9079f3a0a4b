import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { aftercareFlow } from "../dialogs/aftercare.ts";
import { converse } from "../dialogs/core/converse.ts";
import { type Conversation, languages, newConversation } from "../dialogs/core/draft.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { reportFlow } from "../dialogs/report.ts";

const content = readContent();
const flows = { report: reportFlow({ conflictRoute: true }), aftercare: aftercareFlow() };
let conversation: Conversation;
let minted = 0;
beforeEach(() => {
  conversation = { ...newConversation("nl"), introduced: true };
});

function send(press: Press, inputs: Inputs = {}): Screen {
  minted += 1;
  const setup = setupIn(content, { flows, languages, fresh: `draft-${minted}` });
  const turn = converse(conversation, { type: "press", press, inputs }, setup);
  conversation = turn.conversation;
  return turn.screen;
}

/** Begins this flow; the id of its draft. */
function begin(flow: string): string {
  const screen = send({ do: "start", flow });
  if (screen.type !== "question") throw new Error(screen.type);
  return screen.draft;
}

/** Looks what to do afterwards, saying as little as one can, and reports from there. */
function reportWhatISaw(): Screen {
  const draft = begin("aftercare");
  send({ do: "answer", draft, question: "over", option: "goesOn" });
  for (const question of ["toWhom", "about", "power"]) send({ do: "skip", draft, question });
  return send({ do: "start", flow: "report", from: draft });
}

test("a report of what one saw asks of danger and of whom it is about itself, and carries only what was said", () => {
  expect(reportWhatISaw()).toMatchObject({ type: "question", question: "danger" });
  expect(conversation.draft?.answers).toEqual({ part: "saw" });
});

test("where an earlier report waits, whom it is about is asked again: that was about something else (P9)", () => {
  const draft = begin("report");
  for (const question of ["danger", "aboutAdviser"])
    send({ do: "answer", draft, question }, { answer: "no" });
  expect(reportWhatISaw()).toMatchObject({
    draft,
    question: "aboutAdviser",
    given: "no",
    note: "draftWaiting",
  });
  const next = send({ do: "answer", draft, question: "aboutAdviser" }, { answer: "yes" });
  expect(next).toMatchObject({ type: "question", question: "kind" });
  expect(conversation.draft?.answers).toMatchObject({ aboutAdviser: "yes", part: "saw" });
});

test("who returns to a report by themselves is where they were", () => {
  const draft = begin("report");
  for (const question of ["danger", "aboutAdviser"])
    send({ do: "answer", draft, question }, { answer: "no" });
  send({ do: "bystander" });
  expect(send({ do: "start", flow: "report" })).toMatchObject({ draft, question: "part" });
});
