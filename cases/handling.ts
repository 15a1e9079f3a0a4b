import {
  after,
  type CaseMove,
  type CaseRow,
  type CaseState,
  dueOf,
  type MessageRow,
  noDesk,
  noLink,
} from "./case.ts";
import { type Clocks, firstReminder, inRow, replanned, waitingIn } from "./clocks.ts";
import { type ActKind, type Actor, type CloseReason, openDesk, sealDesk, withAct } from "./desk-record.ts";
import type { KeyRing } from "./keys.ts";
import { newCaseNumber } from "./number.ts";
import type { CaseStore, Deliveries, Delivery } from "./ports.ts";
import { pseudonymOf } from "./pseudonym.ts";
import { newReceipt } from "./receipt.ts";
import { openMessage, openReport, Report, sealMessage, sealName } from "./report.ts";
import { newCaseKey, type Random, sealWith } from "./seal.ts";

/** What every move needs: the open transaction, the keys, the time and a source of chance. */
export interface Desk {
  readonly cases: CaseStore;
  readonly deliveries: Deliveries;
  readonly ring: KeyRing;
  /** Unix ms. */
  readonly now: number;
  readonly random: Random;
  /** The adviser who acts; null in a reporter's turn. */
  readonly by?: Actor | null;
  /** When the advisers are reminded of what a move leaves to do. */
  readonly clocks: Clocks;
}

export interface Submission {
  readonly report: Report;
  /**
   * What leads back to the reporter; sealed with a key of its own and never shown to an adviser (P3). Null:
   * nothing may, and only the receipt opens the case.
   */
  readonly link: string | null;
  readonly route: string;
  /** Made before, so that a repeated press can be shown it again; null: a new one. */
  readonly receipt: string | null;
  /** Unix ms. */
  readonly acknowledgeBy: number;
  readonly feedbackBy: number;
  /** How many pseudonyms content has. */
  readonly pseudonyms: number;
  /** Those of this person's cases that are known, which this one must not get: equal ones would link them (P3). */
  readonly pseudonymsTaken: readonly number[];
}

/**
 * Turns a report into a case and queues its card, all in the caller's transaction: when that commits the
 * report is stored and on its way, and otherwise nothing happened (P5). The receipt is returned once and
 * kept only as a keyed hash (P6). Throws `Overtaken` where that receipt opens a case already.
 */
export async function submit(desk: Desk, submission: Submission): Promise<{ row: CaseRow; receipt: string }> {
  const { ring, random, now } = desk;
  const { id, pseudonym } = await newIdentity(desk, submission);
  const key = newCaseKey(random);
  const receipt = submission.receipt ?? newReceipt(random);
  const sent: CaseRow = {
    id,
    number: await unusedNumber(desk),
    pseudonym,
    route: submission.route,
    state: "received",
    version: 1,
    createdAt: now,
    acknowledgeBy: submission.acknowledgeBy,
    feedbackBy: submission.feedbackBy,
    dueAt: submission.acknowledgeBy,
    acknowledgedAt: null,
    closedAt: null,
    wrappedKey: ring.wrap("content", `case:${id}:key`, key),
    report: sealWith(key, `case:${id}:report`, JSON.stringify(Report.parse(submission.report)), random),
    ...linkOf(desk, id, submission.link),
    name: null,
    desk: noDesk,
    holder: null,
    readAt: null,
    receiptHash: ring.lookup("receipt", receipt),
    remindAt: null,
    remindKind: null,
    holdUntil: null,
    holdReason: null,
  };
  const row = { ...sent, ...inRow(firstReminder({ ...sent, lastReplyAt: null }, desk.clocks)) };
  // The same button was pressed twice at the same moment: the other press sent it.
  if (!(await desk.cases.insertCase(row))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseCard", case: id });
  return { row, receipt };
}

/** Why a move was not made; nothing has changed then. */
export type Refusal = "closed" | "withdrawn" | "alreadyDone";
export type Outcome = { readonly moved: CaseRow } | { readonly refused: Refusal };

/** Somebody else moved the case at the same moment: roll back, and try again with what it is now. */
export class Overtaken extends Error {
  readonly code = "overtaken";
  constructor() {
    super("overtaken");
    this.name = "Overtaken";
  }
}

/** The adviser tells the reporter that the report was received (P7). */
export async function acknowledge(desk: Desk, row: CaseRow): Promise<Outcome> {
  const outcome = await move(desk, row, "acknowledge");
  if ("moved" in outcome) await tellReporter(desk, row, "acknowledged");
  return outcome;
}

/**
 * The adviser writes to the reporter. The same form's message is added once. `reopening`: the adviser has read that
 * the case is closed, and that this opens it again.
 */
export async function reply(
  desk: Desk,
  row: CaseRow,
  form: Form,
  { reopening = false }: { readonly reopening?: boolean } = {},
): Promise<Outcome> {
  return write(desk, row, reopening ? "reopen" : "reply", form);
}

/** The reporter writes to the adviser, which opens a closed case again. The same form's message is added once. */
export async function say(desk: Desk, row: CaseRow, form: Form): Promise<Outcome> {
  return write(desk, row, "say", form);
}

/** Whether the message of this form is on the case already. */
export async function isSaid(
  { cases, ring }: Pick<Desk, "cases" | "ring">,
  row: CaseRow,
  form: Form,
): Promise<boolean> {
  const nonceHash = nonceOf(ring, row, form);
  return (await cases.messages(row.id)).some((message) => message.nonceHash === nonceHash);
}

/** With its text: who corrects it after an answer was lost sends the form again, and means another message. */
function nonceOf(ring: KeyRing, row: CaseRow, { nonce, text }: Form): string {
  return ring.lookup("nonce", JSON.stringify([row.id, nonce, text]));
}

/** The adviser closes the case, for a reason; whoever writes on it opens it again until it is destroyed. */
export async function close(desk: Desk, row: CaseRow, reason: CloseReason | null): Promise<Outcome> {
  const outcome = await move(desk, row, "close", reason);
  if ("moved" in outcome) await tellReporter(desk, row, "closed");
  return outcome;
}

/**
 * The reporter takes the report back: what it said is destroyed at once, with its keys and the link (P4, P10).
 * What anybody read stays with them.
 */
export async function withdraw(desk: Desk, row: CaseRow): Promise<Outcome> {
  if (row.state === "withdrawn") return { refused: "withdrawn" };
  if (!(await desk.cases.withdrawCase(row.id, row.version, desk.now))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseCardUpdate", case: row.id });
  return { moved: { ...row, state: "withdrawn", closedAt: desk.now, version: row.version + 1 } };
}

/** The reporter gives a name after all. It is not taken back: whoever has read it knows it. */
export async function giveName(desk: Desk, row: CaseRow, name: string): Promise<Outcome> {
  if (after(row.state, "giveName") === null) return { refused: refusalIn(row.state) };
  if (isNamed(desk.ring, row)) return { refused: "alreadyDone" };
  const change = { name: sealName(desk.ring, row, name) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "routePing", case: row.id });
  return { moved: { ...row, ...change, version: row.version + 1 } };
}

/** Whether the adviser knows a name: from the report, or given since. */
export function isNamed(ring: KeyRing, row: CaseRow): boolean {
  if (row.name !== null) return true;
  const { rows } = openReport(ring, row);
  return rows.some(({ question, answer }) => question === "identity" && answer === "named");
}

/** A new receipt for a lost one; from now on the old one opens nothing. Returned once, as at first (P6). */
export async function renewReceipt(desk: Desk, row: CaseRow): Promise<{ row: CaseRow; receipt: string }> {
  const receipt = newReceipt(desk.random);
  const change = { receiptHash: desk.ring.lookup("receipt", receipt) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  return { row: { ...row, ...change, version: row.version + 1 }, receipt };
}

/** A filled-in form; its nonce was minted when it was drawn. */
export interface Form {
  readonly nonce: string;
  readonly text: string;
}

export interface ThreadMessage {
  readonly from: MessageRow["author"];
  readonly at: number;
  readonly text: string;
}

/** The thread in plain text, oldest first, for a screen that is drawn now and kept nowhere. */
export async function openThread(
  desk: Pick<Desk, "cases" | "ring">,
  row: CaseRow,
): Promise<readonly ThreadMessage[]> {
  const rows = await desk.cases.messages(row.id);
  return rows.map((message) => ({
    from: message.author,
    at: message.at,
    text: openMessage(desk.ring, row, message.nonceHash, message.text),
  }));
}

async function write(
  desk: Desk,
  row: CaseRow,
  kind: "reply" | "reopen" | "say",
  form: Form,
): Promise<Outcome> {
  if (after(row.state, kind) === null)
    return (await isSaid(desk, row, form)) ? { moved: row } : { refused: refusalIn(row.state) };
  const nonceHash = nonceOf(desk.ring, row, form);
  const added = await desk.cases.addMessage({
    case: row.id,
    author: kind === "say" ? "reporter" : "adviser",
    nonceHash,
    text: sealMessage(desk.ring, row, nonceHash, form.text),
    at: desk.now,
  });
  // A repeated delivery of the same form: it is done already, and saying so again is the right answer.
  if (!added) return { moved: row };
  const outcome = await move(desk, row, kind);
  if (!("moved" in outcome)) return outcome;
  if (kind === "say") await desk.deliveries.enqueue({ kind: "routePing", case: row.id });
  else await tellReporter(desk, row, "reply");
  return outcome;
}

const actOf: Readonly<Partial<Record<CaseMove, ActKind>>> = {
  acknowledge: "acknowledged",
  reply: "replied",
  reopen: "replied",
  close: "closed",
};

async function move(
  desk: Desk,
  row: CaseRow,
  kind: CaseMove,
  closedFor: CloseReason | null = null,
): Promise<Outcome> {
  const state = after(row.state, kind, row);
  if (state === null) return { refused: refusalIn(row.state) };
  const reopened = row.state === "closed";
  // What was promised before it was closed is over; somebody who wrote again is to hear back as at first.
  const due = reopened ? desk.clocks.dueFrom(desk.now) : row;
  const { acknowledgeBy, feedbackBy } = due;
  const met = kind === "acknowledge" || kind === "reply" || kind === "reopen";
  const moved = {
    state,
    acknowledgeBy,
    feedbackBy,
    dueAt: dueOf(state, due),
    acknowledgedAt: row.acknowledgedAt ?? (met ? desk.now : null),
    closedAt: state === "closed" ? desk.now : null,
    ...acted(desk, row, reopened && kind === "reopen" ? "reopened" : actOf[kind], closedFor),
  };
  const change = { ...moved, ...remindersAfter(desk, row, { ...row, ...moved }, kind) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  // An update closes the room that an adviser may have open on the card: only where an adviser changed it. It says
  // who did what last, so a second reply changes it too.
  if (kind !== "say" || reopened) {
    const again = reopened ? ({ reopened: true } as const) : {};
    await desk.deliveries.enqueue({ kind: "caseCardUpdate", case: row.id, ...again });
  }
  return { moved: { ...row, ...change, version: row.version + 1 } };
}

/** What is noted of who did what, on the card, for colleagues; and why it is closed, which an open case is not. */
function acted(
  desk: Desk,
  row: CaseRow,
  what: ActKind | undefined,
  closedFor: CloseReason | null,
): Partial<Pick<CaseRow, "desk">> {
  const opensAgain = row.state === "closed";
  if ((!desk.by || what === undefined) && !opensAgain) return {};
  const before = openDesk(desk.ring, row);
  // The dates of a case that opens again are the house rule's: a term of a law does not begin anew for that.
  const record = { ...before, closedFor, ...(opensAgain && { terms: "houseRule" as const }) };
  const act = desk.by && what !== undefined ? { at: desk.now, by: desk.by, what } : null;
  return { desk: sealDesk(desk.ring, row, act === null ? record : withAct(record, act), desk.random) };
}

/** What is not wanted any more need not wait for its time to be left out. A case that opens again begins anew. */
function remindersAfter({ clocks, now }: Desk, before: CaseRow, row: CaseRow, kind: CaseMove) {
  // Of earlier replies nothing is asked here: when its time comes, all of them are looked at.
  const facts = { ...row, lastReplyAt: kind === "reply" || kind === "reopen" ? now : null };
  if (before.state === "closed") return inRow(firstReminder(facts, clocks, now));
  return inRow(replanned(facts, clocks, waitingIn(row)));
}

/** A ping that says nothing of what is new (P7); who left no way back gets none. */
export async function tellReporter(
  desk: Desk,
  row: CaseRow,
  about: Extract<Delivery, { kind: "reporterPing" }>["about"],
): Promise<void> {
  if (row.link === noLink) return;
  await desk.deliveries.enqueue({ kind: "reporterPing", case: row.id, about });
}

function refusalIn(state: CaseState): Refusal {
  return state === "closed" || state === "withdrawn" ? state : "alreadyDone";
}

function linkOf({ ring, random }: Desk, id: string, link: string | null) {
  if (link === null) return { link: noLink, wrappedLinkKey: noLink } as const;
  const key = newCaseKey(random);
  return {
    link: sealWith(key, `case:${id}:link`, link, random),
    wrappedLinkKey: ring.wrap("link", `case:${id}:link-key`, key),
  };
}

/** So often a made-up name that no case has is looked for; there are thousands of them. */
const tries = 20;

/**
 * A case's id, and the pseudonym that follows from it: one that no case has now. That two cases of one person
 * are called differently may not depend on knowing whose they are, since of some nobody knows. Only where cases
 * have almost used them up may it be somebody else's; never one that is taken; after many tries whatever comes.
 */
async function newIdentity({ cases, ring, random }: Desk, { pseudonyms, pseudonymsTaken }: Submission) {
  for (let nr = 1; ; nr += 1) {
    const id = Buffer.from(random(16)).toString("base64url");
    const pseudonym = pseudonymOf(ring, id, pseudonyms);
    if (nr >= 100) return { id, pseudonym };
    if (pseudonymsTaken.includes(pseudonym)) continue;
    if (nr > tries || !(await cases.pseudonymExists(pseudonym))) return { id, pseudonym };
  }
}

async function unusedNumber(desk: Desk): Promise<string> {
  for (;;) {
    const number = newCaseNumber(desk.random);
    if (!(await desk.cases.numberExists(number))) return number;
  }
}
