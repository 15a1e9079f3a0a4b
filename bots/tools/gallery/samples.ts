import type { CaseDetail, ThreadMessage } from "../../../cards/case-view.ts";
import type { ReporterFacts } from "../../../cards/reporter.ts";
import type { Draft } from "../../../dialogs/core/draft.ts";
import type { Answers, Flow } from "../../../dialogs/core/flow.ts";
import { sampleFound } from "./sample-advisers.ts";

/** Made-up facts to draw with. The moments are fixed, so that two galleries can be compared. */
const day = 24 * 3_600_000;
const sent = Date.UTC(2026, 10, 23, 9, 30);

export const sampleCase = "case-1";

const nextStep = { step: "feedback", by: sent + 90 * day, late: false } as const;

const messages: readonly ThreadMessage[] = [
  {
    from: "adviser",
    at: sent + day,
    text: "Goed dat je dit vertelt. Wil je daarover praten, hier of op een andere plek?\n\nJij bepaalt wat er gebeurt.",
  },
  {
    from: "reporter",
    at: sent + 2 * day,
    text: "Liever hier. *Geen* sterretjes, <b>geen</b> html: 1. zo staat het er.",
  },
];

/** What a reporter's screens say about the organisation and one case. */
export function sampleFacts(change: Partial<ReporterFacts> = {}): ReporterFacts {
  return {
    organisation: "Gemeente Voorbeeld",
    readers: "Fatima El Idrissi, Joost Bakker",
    draftHours: 72,
    languages: ["nl", "en"],
    fresh: "00000000-0000-4000-8000-000000000001",
    places: { p0: "Stadhuis", p1: "Werf Noord" },
    found: sampleFound(),
    sector: "government",
    sent: {
      number: "V-7KQ2M",
      receipt: "7KQ2M-9XWTP-4RVHC-8JDNE",
      acknowledgeBy: sent + 7 * day,
      feedbackBy: sent + 90 * day,
    },
    cases: [
      {
        id: sampleCase,
        number: "V-7KQ2M",
        sentAt: sent,
        state: "acknowledged",
        waiting: true,
        next: nextStep,
      },
      { id: "case-2", number: "V-3HXWD", sentAt: sent, state: "received", waiting: false, next: nextStep },
    ],
    thread: {
      id: sampleCase,
      number: "V-7KQ2M",
      pseudonym: "Vega 12",
      state: "acknowledged",
      next: nextStep,
      messages,
      pages: 1,
      way: "linked",
      named: false,
      consent: null,
      movedTo: null,
      undelivered: false,
      read: false,
      inCard: false,
      receiptMark: "mark-of-a-code",
    },
    remind: { draft: "draft", planned: null, possible: sent + day },
    renewed: "9XWTP-7KQ2M-8JDNE-4RVHC",
    ...change,
  };
}

/** A case as an adviser opens it. */
export function sampleDetail(change: Partial<CaseDetail> = {}): CaseDetail {
  return {
    id: sampleCase,
    number: "V-7KQ2M",
    pseudonym: "Vega 12",
    state: "received",
    kinds: ["bullying", "discrimination"],
    danger: false,
    when: "ongoing",
    acknowledgeBy: sent + 7 * day,
    receivedAt: sent,
    feedbackBy: sent + 90 * day,
    closedAt: null,
    pinged: true,
    rows: [],
    messages: [],
    ...change,
  };
}

export const sampleMessages = messages;
export const sampleClosedAt = sent + 30 * day;

/** Answers that make a whole report. */
export const sampleAnswers: Answers = {
  danger: "no",
  aboutAdviser: "no",
  part: "saw",
  kind: ["bullying", "discrimination"],
  relation: "manager",
  when: "ongoing",
  dependent: null,
  form: ["remark", "unequal"],
  often: "often",
  where: ["work", "online"],
  story:
    "In het werkoverleg wordt een collega telkens nagedaan om haar accent.\nIedereen lacht. Ik durf er niets van te zeggen.",
  more: null,
  effect: ["avoid", "work"],
  wish: ["advice", "makeItStop"],
  contact: "chat",
  moments: ["evenings"],
  kept: ["others"],
  identity: "pseudonymous",
};

/** A story with more in it that may show who somebody is than fits on a form. */
export const sampleTraces = [
  "Mijn naam is Anna de Vries en ik werk op de afdeling van Joost.",
  "Hij mailt mij op anna@voorbeeld.example, en ook op a.de.vries.afdeling.inkoop@heel.lang.domein.voorbeeld.example.",
  "Collega's bereik je op 020 123 45 67, +31 6 12345678, 06-87654321 of 06 11 22 33 44.",
  "Op een lijst stonden 111222333 en NL91 ABNA 0417 1643 00, voor iedereen te zien.",
  "Mijn mails staan ook bij bram@voorbeeld.example en celine@voorbeeld.example.",
  "Groeten, Anna",
].join("\n");

/** A draft with these answers, as a conversation would hold it. */
export function draftOf(flow: Flow, answers: Answers): Draft {
  const copied = Object.entries(answers).map(([id, answer]) => [
    id,
    Array.isArray(answer) ? [...answer] : answer,
  ]);
  return {
    id: "draft",
    flow: flow.id,
    answers: Object.fromEntries(copied) as Draft["answers"],
    unfinished: {},
    revisiting: null,
    revision: copied.length,
    reviewed: null,
    decided: {},
    guide: flow.guide === true,
    ...(flow.worksheet ? { worksheet: true } : {}),
    to: null,
  };
}
