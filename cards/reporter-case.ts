import type { Press } from "../dialogs/core/event.ts";
import type { TraceKind } from "../dialogs/core/own-words.ts";
import { longestMessage } from "./case-view.ts";
import { leavesRoom, offeredParts } from "./offered.ts";
import { dateOf, dayOf, helpParts, paragraphs } from "./reading.ts";
import {
  button,
  doneButton,
  type Frame,
  MissingFacts,
  type NextStep,
  noteText,
  type Of,
  threadPart,
  view,
} from "./reporter-frame.ts";
import type { Button, Input, Part, PressButton, View } from "./view.ts";

/** Room for this many reports beside the form for a code and the way to one's notes, within six buttons. */
const reportButtons = 3;

/**
 * After sending: the receipt, and the dates to expect something by (P6, P7). Pressed again, the button that sent it
 * shows all of that again; an older one does not know the receipt, and of a report without a link nothing else.
 */
export function sent(screen: Of<"sent">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const told = facts.sent;
  if (!told && !screen.repeated) throw new MissingFacts("sent");
  const said = (name: string) => paragraphs(words.say(`case.sent.${name}`));
  return view(words, {
    title: words.say("case.sent.title"),
    body: [
      ...sentWords(screen, told?.receipt != null, words),
      ...(told ? sentFacts(told, screen, frame) : []),
      ...(screen.unlinked && screen.enclosed ? paragraphs(words.say("record.afterUnlinked")) : []),
      ...said("sooner"),
      ...helpParts(["slachtofferhulp"], content, language),
    ],
    buttons: [
      told?.receipt
        ? button(words, "case.buttons.codeKept", { do: "done" }, "primary")
        : { ...doneButton(words), style: "primary" },
      button(words, "common.buttons.reports", { do: "reports" }),
      ...(screen.enclosed ? [button(words, "record.buttons.open", { do: "record" })] : []),
    ],
    privacy: "private",
  });
}

function sentWords(
  { repeated, unlinked }: Of<"sent">,
  withReceipt: boolean,
  words: Frame["words"],
): readonly Part[] {
  const said = (name: string) => paragraphs(words.say(`case.sent.${name}`));
  const again = repeated ? said("repeated") : [];
  if (withReceipt) return [...again, ...said("text"), ...said(unlinked ? "storedUnlinked" : "stored")];
  return [...again, ...(unlinked ? said("repeatedUnlinked") : [])];
}

function sentFacts(
  told: NonNullable<Frame["facts"]["sent"]>,
  { unlinked }: Of<"sent">,
  { words, facts, language }: Frame,
): readonly Part[] {
  const receipt = (code: string): readonly Part[] => [
    { type: "code", label: words.say("case.sent.receipt"), text: code },
    ...paragraphs(words.say(unlinked ? "case.sent.receiptTextUnlinked" : "case.sent.receiptText")),
    ...paragraphs(words.say("case.sent.receiptShare")),
  ];
  const dates = words.say(unlinked ? "case.sent.datesUnlinked" : "case.sent.dates", {
    acknowledgeBy: dayOf(told.acknowledgeBy, language),
    feedbackBy: dayOf(told.feedbackBy, language),
    organisation: facts.organisation,
  });
  return [
    ...(told.receipt === null ? [] : receipt(told.receipt)),
    { type: "facts", facts: [{ label: words.say("case.sent.number"), value: told.number }] },
    ...paragraphs(dates),
  ];
}

/** The reports made from this chat, newest first, and the form for a receipt. */
export function reports(screen: Of<"reports">, frame: Frame): View {
  const { words, facts, language } = frame;
  const all = facts.cases;
  if (!all) throw new MissingFacts("reports");
  const newest = [...all].reverse().slice(0, reportButtons);
  const lines = newest.map(({ number, sentAt, state, waiting, next }) =>
    // The state of a case that waits for its reporter says so itself.
    words.say(waiting && state !== "waiting" ? "case.reports.lineWaiting" : "case.reports.line", {
      number,
      date: dateOf(sentAt, language),
      state: words.say(`case.states.${state}`),
      next: nextText(next, words, language),
    }),
  );
  return view(words, {
    title: words.say("case.reports.title"),
    note: noteText(screen.note, words),
    body: [
      ...offeredParts(screen.offered ?? [], frame),
      ...(newest.length === 0
        ? paragraphs(words.say("case.reports.none"))
        : [{ type: "list", items: lines } as const]),
      ...(all.length > newest.length ? paragraphs(words.say("case.reports.more"), "subtle") : []),
    ],
    inputs: [
      {
        type: "text",
        id: "receipt",
        label: words.say("case.reports.receipt"),
        hint: words.say("case.reports.receiptHint"),
        multiline: false,
        maxLength: 60,
        value: null,
      },
    ],
    buttons: [
      ...newest.map(
        ({ id, number }): Button => ({
          label: words.say("case.reports.button", { number }),
          press: { do: "thread", case: id },
        }),
      ),
      button(words, "case.buttons.openReceipt", { do: "receipt" }),
      button(words, "record.buttons.open", { do: "record" }),
      doneButton(words),
    ],
    privacy: "private",
  });
}

/** One page of a case's thread, on the first one with the form to write in; or what could not be sent. */
export function thread(screen: Of<"thread">, frame: Frame): View {
  return screen.unsent === null ? messagesOf(screen, frame) : notSent(screen.unsent, screen, frame);
}

function messagesOf(screen: Of<"thread">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const shown = facts.thread;
  if (!shown) throw new MissingFacts("thread");
  const open = shown.state !== "closed";
  const label = (name: string) => words.say(`case.thread.${name}`);
  const messages = shown.messages.map((message) => threadPart(message, frame));
  const { page } = screen;
  const at = (to: number): PressButton["press"] => ({ do: "thread", case: shown.id, page: to });
  return view(words, {
    title: words.say("case.thread.title", { number: shown.number }),
    step: shown.pages > 1 ? words.say("case.thread.page", { nr: page + 1, of: shown.pages }) : null,
    note: noteText(screen.note, words),
    body: [
      ...offeredParts(screen.offered ?? [], frame, "case.thread.offeredAfter"),
      {
        type: "facts",
        facts: [
          { label: label("state"), value: words.say(`case.states.${shown.state}`) },
          { label: label("pseudonym"), value: shown.pseudonym },
          { label: label("next"), value: nextText(shown.next, words, language) },
        ],
      },
      ...(shown.consent?.answer === null ? paragraphs(label("consentAsked"), "strong") : []),
      ...(shown.movedTo === null
        ? []
        : paragraphs(words.say("case.thread.moved", { readers: shown.movedTo }))),
      ...(shown.undelivered ? paragraphs(label("undelivered"), "strong") : []),
      ...(shown.next.late || shown.undelivered ? helpParts(["slachtofferhulp"], content, language) : []),
      ...(shown.way === "linked" ? [] : paragraphs(label(shown.way), "subtle")),
      ...(messages.length === 0 ? paragraphs(label("empty"), "subtle") : messages),
      ...(page === 0 ? paragraphs(label("formElsewhere"), "subtle") : []),
      // It asks to write here, which the form on the first page is for.
      ...(open || page > 0 ? [] : paragraphs(label("closed"))),
    ],
    inputs: page === 0 ? [messageInput(null, frame)] : [],
    buttons: [
      ...(page === 0
        ? [button(words, "case.buttons.say", { do: "say", case: shown.id, nonce: facts.fresh }, "primary")]
        : []),
      ...(page + 1 < shown.pages ? [button(words, "case.buttons.older", at(page + 1))] : []),
      ...(page > 0 ? [button(words, "case.buttons.newer", at(page - 1))] : []),
      button(words, "case.buttons.options", { do: "case", case: shown.id, page: "options" }),
      shown.consent?.answer === null
        ? button(words, "case.buttons.consent", { do: "case", case: shown.id, page: "consenting" })
        : button(words, "common.buttons.reports", { do: "reports" }),
      doneButton(words),
    ],
    privacy: "private",
  });
}

/**
 * What was written and not sent, alone: beside a page of messages the longest text, of quotation marks, would
 * burst the card and be lost.
 */
function notSent(text: string, screen: Of<"thread">, frame: Frame): View {
  const { words, facts } = frame;
  const shown = facts.thread;
  if (!shown) throw new MissingFacts("thread");
  const open = shown.state !== "closed";
  const { pointedOut } = screen;
  const say = { do: "say", case: shown.id, nonce: facts.fresh } as const;
  return view(words, {
    title: words.say(pointedOut ? "case.pointedOut.title" : "case.notSent.title"),
    note: noteText(screen.note, words),
    body: [
      ...(leavesRoom(text) ? offeredParts(screen.offered ?? [], frame) : []),
      ...(pointedOut ? pointedOutParts(pointedOut, frame) : []),
      ...(open ? [] : paragraphs(words.say("case.thread.closed"))),
      ...paragraphs(words.say("case.notSent.kept"), "subtle"),
    ],
    inputs: [messageInput(text, frame)],
    buttons: [
      pointedOut ? sayAsItIs(say, pointedOut, frame) : button(words, "case.buttons.say", say, "primary"),
      button(words, "case.buttons.toThread", { do: "thread", case: shown.id }),
      doneButton(words),
    ],
    privacy: "private",
  });
}

type PointedOutHere = NonNullable<Of<"thread">["pointedOut"]>;

/** The same form, so that its message is added once, whichever of its presses is repeated. */
function sayAsItIs(
  say: Extract<Press, { do: "say" }>,
  { nonce, found }: PointedOutHere,
  { words }: Frame,
): PressButton {
  return button(words, "case.buttons.sayAsItIs", { ...say, nonce, shown: found }, "primary");
}

/** What in a message may show who somebody is: the words themselves, since all of it stands in the form below. */
function pointedOutParts({ findings, found }: PointedOutHere, { words }: Frame): readonly Part[] {
  const label = (kind: TraceKind) =>
    words.say("case.pointedOut.finding", { kind: words.say(`report.ownWords.kinds.${kind}`) });
  return [
    ...paragraphs(words.say("case.pointedOut.why")),
    ...findings.map(
      ({ kind, found: text }): Part => ({
        type: "quote",
        label: label(kind),
        text,
      }),
    ),
    ...(found > findings.length
      ? paragraphs(words.say("report.ownWords.more", { count: found - findings.length }))
      : []),
    ...paragraphs(words.say("report.ownWords.limits"), "subtle"),
  ];
}

/** What happens next, and by when. */
function nextText(next: NextStep, words: Frame["words"], language: Frame["language"]): string {
  const { step, by, late, reason } = next;
  const why = reason === undefined ? {} : { reason: words.say(`case.keptFor.${reason}`) };
  return words.say(`case.next.${late ? `${step}Late` : step}`, { date: dayOf(by, language), ...why });
}

function messageInput(unsent: string | null, { words }: Frame): Input {
  return {
    type: "text",
    id: "text",
    label: words.say("case.thread.say"),
    hint: words.say("common.input.textHint", { max: longestMessage }),
    multiline: true,
    maxLength: longestMessage,
    value: unsent,
  };
}
