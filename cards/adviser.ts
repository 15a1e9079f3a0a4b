import type { DeskRecord } from "../cases/desk-record.ts";
import type { Refusal as MoveRefusal } from "../cases/handling.ts";
import type { Language, Words } from "../content/words.ts";
import { caseRoomPages } from "./case-pages.ts";
import type { CaseDetail, CaseSummary, ReportRow, ThreadMessage } from "./case-view.ts";
import { longestMessage } from "./case-view.ts";
import { closeReasonInput, exportButton, notesButton, questionInput, workFacts } from "./desk-facts.ts";
import { holdButton, type Kept, keptParts } from "./hold.ts";
import { dayOf, momentOf, paragraphs, type ViewContent } from "./reading.ts";
import { rowPages, rowParts } from "./review.ts";
import { type Button, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** A remark above an adviser's view, by id; content has the words. */
export type AdviserNote = "acknowledged" | "replied" | "closed" | "writeFirst" | "tooLong";

/** Why a press in a channel was refused. */
export type Refusal = "notYourRoute" | "notListed" | "notMember" | "unsure" | "full" | MoveRefusal;

/**
 * The card in the route. Sealed, it says no more than number, made-up name, kind, urgency and dates, and
 * the report opens in a room; `full` puts the report in the card because the organisation chose that.
 * A closed case ends in a neutral state; all that can be done there is keep it longer, or open it again.
 */
export function drawCaseDoor(
  theCase: CaseDetail,
  facts: {
    readonly organisation: string;
    readonly card: "sealed" | "full";
    /** Who works on it, and what was done. */
    readonly work: DeskRecord;
    readonly note?: AdviserNote | null;
    readonly mayBeSecondCopy?: boolean;
    /** Of a closed case: how long it is kept. */
    readonly kept?: Kept;
  },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const { id, number, state, closedAt, pinged } = theCase;
  const title = words.say("adviser.door.title", { number });
  if (state === "closed") {
    const date = dayOf(closedAt ?? 0, language);
    const text = words.say("adviser.door.closed", { date });
    const { kept } = facts;
    return view(words, {
      title,
      body: [...paragraphs(text), ...(kept ? keptParts(kept, words) : [])],
      buttons: [...(kept ? [holdButton(id, words)] : []), reopenButton(theCase, words)],
      privacy: "neutral",
    });
  }
  const [report = [], ...rest] = facts.card === "full" ? rowPages(theCase.rows) : [];
  return view(words, {
    title,
    note: noteText(facts.note, words, pinged),
    body: [
      ...(facts.mayBeSecondCopy ? paragraphs(words.say("adviser.door.mayBeSecondCopy"), "strong") : []),
      {
        type: "facts",
        facts: [
          ...aboutCase(theCase, words),
          ...dates(theCase, words),
          ...workFacts(facts.work, words, language),
        ],
      },
      ...(facts.card === "full" ? reportParts(report, words) : paragraphs(words.say("adviser.door.sealed"))),
      ...(rest.length > 0 ? paragraphs(words.say("adviser.door.rest"), "strong") : []),
      ...paragraphs(
        words.say(`adviser.door.${facts.work.terms}`, { organisation: facts.organisation }),
        "subtle",
      ),
    ],
    buttons: [
      button(words, "open", { do: "desk.open", case: id }, "primary"),
      ...moves(theCase, words),
      ...(facts.work.holder === null ? [button(words, "take", { do: "desk.take", case: id })] : []),
    ],
    privacy: "neutral",
  });
}

/** What is left of a withdrawn case in its route: that it was, and when; it opens nothing. */
export function drawWithdrawnDoor(
  theCase: { readonly number: string; readonly closedAt: number },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("adviser.door.title", { number: theCase.number }),
    body: paragraphs(words.say("adviser.door.withdrawn", { date: dayOf(theCase.closedAt, language) })),
    privacy: "neutral",
  });
}

/** What was written while the case went away or was withdrawn: it was not sent, and stays in sight. */
export function drawUnsent(
  code: Refusal,
  theCase: { readonly id: string } | null,
  unsent: { readonly label: string; readonly text: string },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("adviser.refused.title"),
    body: [
      ...paragraphs(words.say(`adviser.refused.${code}`)),
      { type: "quote", label: words.say(unsent.label), text: unsent.text },
    ],
    buttons: theCase ? [button(words, "shut", { do: "desk.shut", case: theCase.id }, "primary")] : [],
    privacy: "private",
  });
}

/** The case opened: the report, with the newest messages below its end, and older messages on the next pages. */
export function drawCaseRoom(
  theCase: CaseDetail,
  facts: { readonly page: number },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const { id, number } = theCase;
  const pages = caseRoomPages(theCase);
  const page = Math.min(facts.page, pages.length - 1);
  const { rows = [], messages = null } = pages[page] ?? {};
  const next = pages[page + 1];
  return view(words, {
    title: words.say("adviser.room.title", { number }),
    step: pages.length > 1 ? words.say("adviser.room.page", { nr: page + 1, of: pages.length }) : null,
    body: [
      ...(page === 0
        ? [{ type: "facts", facts: [...standing(theCase, words), ...dates(theCase, words)] } as const]
        : []),
      ...(rows.length > 0 || page === 0 ? reportParts(rows, words) : []),
      ...(messages === null
        ? []
        : ([
            { type: "heading", text: words.say("adviser.room.thread") },
            ...messages.map((message) => messagePart(message, theCase, words)),
          ] as const)),
      ...(theCase.messages.length === 0 && messages !== null
        ? paragraphs(words.say("adviser.room.empty"), "subtle")
        : []),
      ...paragraphs(words.say("adviser.room.privacy"), "subtle"),
    ],
    buttons: [
      ...moves(theCase, words),
      ...(next === undefined
        ? []
        : [
            button(words, next.rows.length > 0 ? "more" : "older", {
              do: "desk.open",
              case: id,
              page: page + 1,
            }),
          ]),
      ...(page > 0
        ? [button(words, rows.length > 0 ? "before" : "newer", { do: "desk.open", case: id, page: page - 1 })]
        : []),
      button(words, "shut", { do: "desk.shut", case: id }),
    ],
    privacy: "private",
  });
}

/** The form for a reply. `fresh` is minted with it, so that a repeated delivery adds one message. */
export function drawReplyForm(
  theCase: CaseSummary,
  facts: {
    readonly fresh: string;
    readonly unsent: string | null;
    readonly note: AdviserNote | null;
  },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const { id, number } = theCase;
  // Where it is closed, sending opens it again.
  const reopening = theCase.state === "closed";
  const reopen = reopening ? { reopen: theCase.closedAt ?? 0 } : {};
  return view(words, {
    title: words.say(reopening ? "adviser.reply.titleReopen" : "adviser.reply.title", { number }),
    note: noteText(facts.note, words),
    body: [
      ...(reopening ? paragraphs(words.say("adviser.reply.reopens")) : []),
      ...(reopening && !theCase.pinged ? paragraphs(words.say("adviser.reply.reopensNoPing")) : []),
      ...paragraphs(words.say(theCase.pinged ? "adviser.reply.text" : "adviser.reply.textNoPing")),
    ],
    inputs: [
      {
        type: "text",
        id: "text",
        label: words.say("adviser.reply.label"),
        hint: words.say("adviser.reply.hint", { max: longestMessage }),
        multiline: true,
        maxLength: longestMessage,
        value: facts.unsent,
      },
      questionInput(words),
    ],
    buttons: [
      button(
        words,
        reopening ? "replyReopen" : "reply",
        { do: "desk.reply", case: id, nonce: facts.fresh, ...reopen },
        "primary",
      ),
      button(words, "ask", { do: "desk.write", case: id, ...reopen }),
      button(words, "back", { do: "desk.open", case: id }),
      button(words, "shut", { do: "desk.shut", case: id }),
    ],
    privacy: "private",
  });
}

/** Asks whether to close, and says what closing does. */
export function drawClosingQuestion(
  theCase: CaseSummary,
  facts: { readonly organisation: string; readonly note?: "reasonFirst" | null },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const { id, number } = theCase;
  return view(words, {
    title: words.say("adviser.closing.title", { number }),
    note: facts.note ? words.say(`desk.notes.${facts.note}`) : null,
    inputs: [closeReasonInput(words, null)],
    body: [
      ...paragraphs(words.say(theCase.pinged ? "adviser.closing.told" : "adviser.closing.toldNoPing")),
      ...paragraphs(words.say("adviser.closing.text", { organisation: facts.organisation })),
    ],
    buttons: [
      button(words, "close", { do: "desk.close", case: id }, "destructive"),
      button(words, "write", { do: "desk.write", case: id }),
      button(words, "back", { do: "desk.open", case: id }),
      button(words, "shut", { do: "desk.shut", case: id }),
    ],
    privacy: "private",
  });
}

/** A press that changed nothing. Says nothing about a case that is not this route's (P11). */
export function drawRefused(
  code: Refusal,
  theCase: { readonly id: string } | null,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("adviser.refused.title"),
    body: paragraphs(words.say(`adviser.refused.${code}`)),
    buttons: theCase ? [button(words, "shut", { do: "desk.shut", case: theCase.id }, "primary")] : [],
    privacy: "neutral",
  });
}

/** A content-free line under the case's card: the reporter wrote. */
export function drawRoutePing(
  theCase: Pick<CaseSummary, "id" | "number">,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("adviser.routePing.title", { number: theCase.number }),
    body: paragraphs(words.say("adviser.routePing.text")),
    buttons: [button(words, "open", { do: "desk.open", case: theCase.id }, "primary")],
    privacy: "neutral",
  });
}

/** Tells another route's advisers that a report could not be delivered; never sent for a conflict route (P9). */
export function drawRouteTrouble(
  theCase: Pick<CaseSummary, "number">,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("adviser.routeTrouble.title"),
    body: paragraphs(words.say("adviser.routeTrouble.text", { number: theCase.number })),
    privacy: "neutral",
  });
}

function view(words: Words, shown: Partial<View> & Pick<View, "title" | "privacy">): View {
  return viewOf({ summary: words.say("common.summary.adviser"), ...shown });
}

function noteText(note: AdviserNote | null | undefined, words: Words, pinged = true): string | null {
  if (!note) return null;
  return words.say(
    note === "acknowledged" && !pinged ? "adviser.notes.acknowledgedNoPing" : `adviser.notes.${note}`,
  );
}

function button(
  words: Words,
  name: string,
  press: PressButton["press"],
  style?: PressButton["style"],
): PressButton {
  const label = words.say(`adviser.buttons.${name}`);
  return style === undefined ? { label, press } : { label, press, style };
}

function reopenButton({ id, closedAt }: Pick<CaseSummary, "id" | "closedAt">, words: Words): Button {
  return button(words, "reopen", { do: "desk.write", case: id, reopen: closedAt ?? 0 });
}

/** What may be done with a case in this state. */
function moves(theCase: CaseSummary, words: Words): readonly Button[] {
  const { id, state } = theCase;
  if (state === "closed")
    return [notesButton(id, words), exportButton(id, words), reopenButton(theCase, words)];
  return [
    ...(state === "received" ? [button(words, "acknowledge", { do: "desk.acknowledge", case: id })] : []),
    button(words, "write", { do: "desk.write", case: id }),
    button(words, "work", { do: "desk.work", case: id }),
  ];
}

type Facts = readonly { readonly label: string; readonly value: string }[];

function aboutCase(theCase: CaseSummary, words: Words): Facts {
  const label = (name: string) => words.say(`adviser.door.${name}`);
  const kinds = theCase.kinds.map((kind) => words.say(`report.kind.options.${kind}`)).join("; ");
  return [
    ...(theCase.danger ? [{ label: label("danger"), value: label("dangerYes") }] : []),
    { label: label("kinds"), value: kinds === "" ? label("kindsUnknown") : kinds },
    ...(theCase.when === null
      ? []
      : [{ label: label("when"), value: words.say(`report.when.options.${theCase.when}`) }]),
    ...standing(theCase, words),
  ];
}

function standing(theCase: CaseSummary, words: Words): Facts {
  return [
    { label: words.say("adviser.door.pseudonym"), value: theCase.pseudonym },
    ...(theCase.pinged
      ? []
      : [{ label: words.say("adviser.door.contact"), value: words.say("adviser.door.noPing") }]),
    { label: words.say("adviser.door.state"), value: words.say(`adviser.states.${theCase.state}`) },
  ];
}

function dates(theCase: CaseSummary, words: Words): Facts {
  if (theCase.state === "closed") return [];
  const by = (name: "receivedAt" | "acknowledgeBy" | "feedbackBy") => ({
    label: words.say(`adviser.door.${name}`),
    value: dayOf(theCase[name], words.language),
  });
  return [by("receivedAt"), ...(theCase.state === "received" ? [by("acknowledgeBy")] : []), by("feedbackBy")];
}

function reportParts(rows: readonly ReportRow[], words: Words): readonly Part[] {
  return [
    { type: "heading", text: words.say("adviser.room.report") },
    ...paragraphs(words.say("adviser.room.told"), "subtle"),
    ...rowParts(rows),
  ];
}

function messagePart({ from, at, text }: ThreadMessage, theCase: CaseSummary, words: Words): Part {
  const sender = from === "adviser" ? words.say("adviser.room.you") : theCase.pseudonym;
  return { type: "message", from: sender, at: momentOf(at, words.language), text };
}
