import type { ReporterFacts } from "../../../cards/reporter.ts";
import type { Answers, Flow } from "../../../dialogs/core/flow.ts";
import { pointedOutIn, undecided } from "../../../dialogs/core/own-words.ts";
import { resolve } from "../../../dialogs/core/resolve.ts";
import type { Note, Screen } from "../../../dialogs/core/screen.ts";
import { placeOf } from "../../../dialogs/core/show.ts";
import type { StoryHelp } from "../../../dialogs/core/story-words.ts";
import { answersOf, paths } from "../../../dialogs/core/walk.ts";
import { reportFlow } from "../../../dialogs/report.ts";
import { readContent } from "../../content-files.ts";
import { tracingIn } from "../../traces.ts";
import { everyFlow } from "../flows.ts";
import { bystanderScreens } from "./bystander-screens.ts";
import { checkScreens } from "./check-screens.ts";
import { managerScreens } from "./manager-screens.ts";
import { recordScreens } from "./record-screens.ts";
import { sampleAdvisers, sampleBackOn, sampleFound } from "./sample-advisers.ts";
import { draftOf, sampleAnswers, sampleCase, sampleFacts, sampleMessages, sampleTraces } from "./samples.ts";

/** A screen to draw, with what it says about cases. */
export interface Shown {
  readonly id: string;
  readonly group: string;
  readonly screen: Screen;
  readonly facts: ReporterFacts;
}

/** What a report says, in whichever language it was sent. */
const sampleRows: NonNullable<ReporterFacts["reading"]>["rows"] = [
  { question: "kind", label: "Soort gedrag", answer: "Pesten", own: false },
  { question: "story", label: "In eigen woorden", answer: "Mijn stoel stond weer op de gang.", own: true },
];

/** Every screen that a reporter can meet, each in the states in which it looks different. */
export function reporterScreens(): readonly Shown[] {
  const found = new Map<string, Shown>();
  for (const flow of Object.values(everyFlow)) ofFlow(flow, found);
  return [
    ...around(),
    ...found.values(),
    ...ownWords(),
    ...whereHelpIs(),
    ...bystanderScreens(),
    ...checkScreens(),
    ...managerScreens(),
    ...afterSending(),
    ...recordScreens(),
  ];
}

function shown(group: string, id: string, screen: Screen, facts: Partial<ReporterFacts> = {}): Shown {
  return { id, group, screen, facts: sampleFacts(facts) };
}

function around(): readonly Shown[] {
  const menu = { type: "menu", note: null, draftWaiting: false, hasCases: false } as const;
  const about = { type: "help", draftWaiting: true } as const;
  const planned = { remind: { draft: "draft", planned: sampleBackOn, possible: sampleBackOn } };
  return [
    shown("Around", "intro", { type: "intro" }),
    shown("Around", "menu", menu),
    shown("Around", "menu.waiting", { ...menu, draftWaiting: true, hasCases: true, note: "notUnderstood" }),
    shown("Around", "help.danger", { ...about, about: "danger", help: ["112"] }),
    shown("Around", "help.despair", { ...about, about: "despair", help: ["113", "112"] }),
    shown("Around", "story", { type: "story", draftWaiting: false }),
    shown("Around", "story.waiting", { type: "story", draftWaiting: true }),
    shown("Around", "unreadable", { type: "unreadable", draftWaiting: false }),
    shown("Around", "stop", { type: "stop", draft: "draft" }),
    shown("Around", "stop.reminded", { type: "stop", draft: "draft" }, planned),
    shown("Around", "final.kept.reminded", { type: "final", reason: "kept" }, planned),
    ...(["kept", "cleared", "closed", "forgotten"] as const).map((reason) =>
      shown("Around", `final.${reason}`, { type: "final", reason }),
    ),
  ];
}

/** Each question where it first comes up, and again with an answer; each end; check-your-answers both ways. */
function ofFlow(flow: Flow, found: Map<string, Shown>): void {
  const add = (id: string, screen: Screen) => {
    const key = `${flow.id}.${id}`;
    if (!found.has(key)) found.set(key, shown(`Flow ${flow.id}`, key, screen));
  };
  for (const { steps, place } of paths(flow)) {
    for (const [nr, { question }] of steps.entries()) {
      const draft = draftOf(flow, answersOf(steps.slice(0, nr)));
      add(question.id, placeOf(draft, flow));
      const answered = draftOf(flow, { ...draft.answers, ...answerTo(question.id, answersOf(steps)) });
      if (question.kind !== "tell") {
        add(`${question.id}.given`, placeOf({ ...answered, revisiting: question.id }, flow, "answerSaved"));
      }
    }
    // What a story with such words is followed by.
    const after = steps.find(({ question }) => question.id === "more");
    if (after) {
      const screen = placeOf(draftOf(flow, answersOf(steps.slice(0, steps.indexOf(after)))), flow);
      if (screen.type === "question")
        add("more.offered", { ...screen, offered: ["danger", "despair", "sexualViolence"] });
    }
    if (place.at === "end") add(place.end.id, placeOf(draftOf(flow, answersOf(steps)), flow));
  }
  for (const [id, change] of Object.entries({
    review: {},
    "review.named": { identity: "named", name: "Anna de Vries" },
  })) {
    const answers: Answers = { ...sampleAnswers, ...change };
    if (resolve(flow, answers).place.at === "review") add(id, placeOf(draftOf(flow, answers), flow));
  }
}

/** What may show who somebody is: one finding, and more than there is room for. */
function ownWords(): readonly Shown[] {
  const flow = reportFlow({ conflictRoute: true });
  const setup = { flows: { report: flow }, tracing: tracingIn(readContent()) };
  const at = (id: string, story: string, note: Note | null = null) => {
    const draft = draftOf(flow, { ...sampleAnswers, story });
    const screen = undecided({ draft, flow }, setup, note);
    return screen ? [shown("Flow report", `report.ownWords${id}`, screen)] : [];
  };
  return [
    ...at("", "Hij zei het weer in het overleg. Bel mij na vijf uur, op 06 - 12 34 56 78."),
    ...at(".many", sampleTraces, "tickFirst"),
  ];
}

function answerTo(question: string, otherwise: Answers): Answers {
  const answer = sampleAnswers[question] ?? otherwise[question];
  return answer === undefined ? {} : { [question]: answer };
}

/** Where the find guide leads, in the states in which it looks different; and what there is to read. */
function whereHelpIs(): readonly Shown[] {
  const at = { flow: "find", draft: "draft", answers: {} } as const;
  const outcome = { type: "outcome", ...at, note: null } as const;
  const withFound = (change: Parameters<typeof sampleFound>[0]) => ({ found: sampleFound(change) });
  const ofGroup = (id: string, screen: Screen, facts?: Partial<ReporterFacts>) =>
    shown("Where help is", id, screen, facts);
  const urgent = [
    { service: "centrum-seksueel-geweld", because: "recentSexual" },
    { service: "slachtofferhulp", because: "victim" },
    { service: "politie", because: "crime" },
  ] as const;
  const nobody = { advisers: [], outsideFirst: "nobodyAvailable" } as const;
  return [
    ofGroup("outcome", outcome),
    ofGroup("outcome.one", outcome, withFound({ advisers: sampleAdvisers.slice(0, 1) })),
    ofGroup("outcome.urgent", outcome, withFound({ help: urgent, outsideFirst: "urgent" })),
    ofGroup("outcome.away", outcome, withFound({ ...nobody, nobody: "away", backOn: sampleBackOn })),
    ofGroup(
      "outcome.aboutAdviser",
      outcome,
      withFound({ advisers: [], nobody: "aboutAdviser", outsideFirst: "aboutAdviser" }),
    ),
    ofGroup("outcome.duties", outcome, withFound({ duties: ["careViolence", "vim", "careCalamity"] })),
    ofGroup("adviser", { type: "adviser", ...at, adviser: "fatima" }),
    ofGroup("adviser.external", { type: "adviser", ...at, adviser: "sanne" }),
    ofGroup(
      "duties",
      { type: "duties", ...at },
      withFound({ duties: ["careViolence", "vim", "careCalamity"] }),
    ),
    ofGroup("copy", { type: "copy", ...at }),
    ofGroup("topics", { type: "topics", guideOpen: false }),
    ofGroup("topics.guide", { type: "topics", guideOpen: true }),
    ...(["adviser", "secrecy", "firstTalk", "differences"] as const).map((topic) =>
      ofGroup(`topic.${topic}`, { type: "topic", topic, guideOpen: topic === "adviser" }),
    ),
    ofGroup("service", { type: "service", service: "slachtofferhulp", draftWaiting: false }),
    ofGroup("service.waiting", { type: "service", service: "112", draftWaiting: true }),
  ];
}

/** A message in which something was found that may show who somebody is. */
function pointedOut(id: string, text: string, offered: readonly StoryHelp[] = []): readonly Shown[] {
  const found = pointedOutIn(text, { name: null, goesAlong: false }, tracingIn(readContent()));
  const screen = { type: "thread", case: sampleCase, page: 0, note: null, unsent: text, offered } as const;
  const nonce = "00000000-0000-4000-8000-000000000002";
  return found
    ? [shown("After sending", `thread.pointedOut${id}`, { ...screen, pointedOut: { ...found, nonce } })]
    : [];
}

function afterSending(): readonly Shown[] {
  const thread = { type: "thread", case: sampleCase, page: 0, note: null, unsent: null } as const;
  const ofCase = { type: "case", case: sampleCase, note: null, unsent: null } as const;
  const facts = sampleFacts();
  const { sent: _, ...unsent } = facts;
  const some = facts.thread;
  const withThread = (change: object) => (some ? { thread: { ...some, ...change } } : {});
  const asked = { askedAt: sampleBackOn, answer: null, madeAt: null };
  const once = facts.sent ? { sent: { ...facts.sent, receipt: null } } : {};
  return [
    shown("After sending", "sent", { type: "sent", repeated: false, unlinked: false }),
    shown("After sending", "sent.unlinked", { type: "sent", repeated: false, unlinked: true }),
    shown("After sending", "sent.again", { type: "sent", repeated: true, unlinked: true }),
    shown("After sending", "sent.repeated", { type: "sent", repeated: true, unlinked: false }, once),
    {
      ...shown("After sending", "sent.repeated.unlinked", { type: "sent", repeated: true, unlinked: true }),
      facts: unsent,
    },
    shown("After sending", "reports.none", { type: "reports", cases: [], note: null }, { cases: [] }),
    shown("After sending", "reports", {
      type: "reports",
      cases: [sampleCase, "case-2"],
      note: "receiptTypo",
    }),
    shown("After sending", "thread.empty", thread, withThread({ messages: [], state: "received" })),
    shown("After sending", "thread", { ...thread, note: "messageSent" }),
    shown("After sending", "thread.pages", { ...thread, page: 1 }, withThread({ pages: 3 })),
    shown("After sending", "thread.offered", {
      ...thread,
      note: "messageSent",
      offered: ["danger", "despair", "sexualViolence"],
    }),
    shown("After sending", "thread.unsent", { ...thread, note: "tooLong", unsent: "Dit is te lang …" }),
    ...pointedOut("", "Dank je. Bel mij na vijf uur, op 06 - 12 34 56 78.\nGroeten, Anna"),
    ...pointedOut(".many", sampleTraces, ["despair"]),
    shown(
      "After sending",
      "thread.closed",
      thread,
      withThread({ state: "closed", next: { step: "destroy", by: sampleBackOn, late: false } }),
    ),
    shown(
      "After sending",
      "thread.closed.unsent",
      { ...thread, note: "tooLong", unsent: "Dank je.\nIk wil nog iets vertellen.", offered: ["despair"] },
      withThread({ state: "closed" }),
    ),
    shown("After sending", "thread.reopened", { ...thread, note: "caseReopened" }, withThread({})),
    shown("After sending", "thread.visit", thread, withThread({ way: "visit" })),
    shown(
      "After sending",
      "thread.receiptOnly",
      thread,
      withThread({
        way: "receiptOnly",
        undelivered: true,
        next: { step: "feedback", by: sampleBackOn, late: true },
      }),
    ),
    ...(["options", "naming", "renewing", "renewed", "withdrawing"] as const).map((page) =>
      shown("After sending", `case.${page}`, { ...ofCase, page }),
    ),
    // The question whether a document may be made.
    shown("After sending", "thread.consent", thread, withThread({ consent: asked })),
    shown(
      "After sending",
      "case.consenting",
      { ...ofCase, page: "consenting" },
      withThread({ consent: asked }),
    ),
    shown(
      "After sending",
      "case.reading",
      { ...ofCase, page: "reading" },
      {
        ...withThread({ consent: asked }),
        reading: { rows: sampleRows, messages: sampleMessages, nr: 0, parts: 2 },
      },
    ),
    shown(
      "After sending",
      "case.consenting.given",
      { ...ofCase, page: "consenting" },
      withThread({
        named: true,
        consent: { ...asked, answer: { at: sampleBackOn, given: true }, madeAt: sampleBackOn },
      }),
    ),
    shown(
      "After sending",
      "case.options.receiptOnly",
      { ...ofCase, page: "options" },
      withThread({ way: "receiptOnly" }),
    ),
    shown(
      "After sending",
      "case.options.visit",
      { ...ofCase, page: "options" },
      withThread({ way: "visit", named: true }),
    ),
    shown(
      "After sending",
      "case.options.closed",
      { ...ofCase, page: "options" },
      withThread({ state: "closed" }),
    ),
    shown(
      "After sending",
      "case.naming.unsent",
      { ...ofCase, page: "naming", note: "consentFirst", unsent: "Anna de Vries" },
      withThread({ way: "receiptOnly" }),
    ),
    shown(
      "After sending",
      "case.withdrawing.read",
      { ...ofCase, page: "withdrawing" },
      withThread({ read: true, inCard: true }),
    ),
    shown("After sending", "withdrawn", { type: "withdrawn" }),
  ];
}
