import { randomBytes } from "node:crypto";
import { caseRoomPages } from "../cards/case-pages.ts";
import { threadPages } from "../cards/case-view.ts";
import type { NextStep, ReporterFacts } from "../cards/reporter.ts";
import { type CaseRow, isReopened, noLink } from "../cases/case.ts";
import { answerConsent } from "../cases/consent.ts";
import { type DeskRecord, openDesk } from "../cases/desk-record.ts";
import {
  type Desk,
  giveName,
  isNamed,
  isSaid,
  openThread,
  renewReceipt,
  say,
  withdraw,
} from "../cases/handling.ts";
import { readReceipt } from "../cases/receipt.ts";
import type { Sealed } from "../cases/seal.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { type PointedOut, pointedOutIn } from "../dialogs/core/own-words.ts";
import type { Effect, Screen } from "../dialogs/core/screen.ts";
import { allowedTry } from "./attempts.ts";
import { caseDetail } from "./case-facts.ts";
import { clocksOf } from "./clocks.ts";
import { MessageRef } from "./conversations.ts";
import { deliveriesIn } from "./deliveries.ts";
import { keptOf } from "./desk-hold.ts";
import type { Done, Now } from "./effects.ts";
import { handOverOpened } from "./jobs/hand-over.ts";
import { readersOf, routeOf } from "./organisation.ts";
import { lanesOf } from "./ports.ts";
import { tracingIn } from "./traces.ts";
import { isLinkedTo, receiptMark, type Visit, visitRef } from "./visits.ts";

type Of<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;

/** Who may do something with a case: the one it leads back to, or who entered its receipt. */
interface Reached {
  readonly row: CaseRow;
  readonly linked: boolean;
}

/** The moves of cases in this turn. */
export function deskOf(now: Now): Desk {
  const { ring } = now.world;
  return {
    cases: now.tx,
    deliveries: deliveriesIn(now.tx, ring, now.now),
    ring,
    now: now.now,
    random: randomBytes,
    clocks: clocksOf(now.world.organisation),
  };
}

async function reached(now: Now, id: string, visit: Visit | null): Promise<Reached | null> {
  const row = await now.tx.findCase(id);
  if (!row || row.state === "withdrawn") return null;
  if (isLinkedTo(now.world.ring, row, now.address)) return { row, linked: true };
  // A receipt that was replaced since opens nothing any more, on no screen.
  return visit?.case === id && visit.of === receiptMark(row) ? { row, linked: false } : null;
}

/** A receipt that was typed. Wrong, unknown, withdrawn and destroyed look and cost the same (P6). */
export async function receiptOpened(now: Now, done: Done, typed: string): Promise<Done> {
  const { tx, world } = now;
  const { cases } = done.conversation;
  const reports = (note: "tooManyAttempts" | "receiptTypo" | "noSuchReport"): Done => ({
    ...done,
    screen: { type: "reports", cases, note },
  });
  const code = readReceipt(typed);
  if ("typo" in code) return reports("receiptTypo");
  if (!(await allowedTry(now, "receipt"))) return reports("tooManyAttempts");
  const row = await tx.findCaseByReceipt(world.ring.lookups("receipt", code.ok));
  if (!row) return reports("noSuchReport");
  const screen = { type: "thread", case: row.id, page: 0, note: null, unsent: null } as const;
  // Whom it does not lead back to is given it for a while, and nothing of it is kept with them.
  if (!isLinkedTo(world.ring, row, now.address))
    return { ...done, screen, visit: { case: row.id, of: receiptMark(row) } };
  // Last stands the report sent last, which a repeated press of "send" speaks of.
  const own = cases.includes(row.id) ? cases : [row.id, ...cases];
  return { ...done, screen, conversation: { ...done.conversation, cases: own, asked: `thread:${row.id}` } };
}

/** Sends a message, or points out first what in it may show who somebody is. */
export async function said(now: Now, done: Done, effect: Of<"sayToAdviser">): Promise<Done> {
  const found = await reached(now, effect.case, done.visit);
  if (!found || done.screen.type !== "thread") return done;
  const unsent = { ...done.screen, unsent: effect.text };
  const pointedOut = await moreIn(now, found.row, effect);
  if (pointedOut) {
    // No remark: it would stand on the door too, where that something was found is nobody else's to know.
    return { ...done, screen: { ...unsent, note: null, pointedOut: { ...pointedOut, nonce: effect.nonce } } };
  }
  const { row } = found;
  const desk = deskOf(now);
  const outcome = await say(desk, row, effect);
  if ("refused" in outcome) return { ...done, screen: unsent };
  if (!isReopened(row, outcome.moved)) return done;
  await handOverOpened(now.world, desk, outcome.moved);
  now.tx.audit({ at: now.now, code: "case.reopened", case: row.id, route: row.route });
  return { ...done, screen: { ...done.screen, note: "caseReopened" } };
}

/** Whether somebody is known by name stands with the case, so a message is looked at here. */
async function moreIn(now: Now, row: CaseRow, effect: Of<"sayToAdviser">): Promise<PointedOut | null> {
  const { ring, content } = now.world;
  const own = { name: null, goesAlong: isNamed(ring, row) };
  const more = pointedOutIn(effect.text, own, tracingIn(content), effect.shown);
  // A late repeat of the first press: what it held was sent meanwhile, as it is.
  return more && !(await isSaid(deskOf(now), row, effect)) ? more : null;
}

export async function nameGiven(now: Now, done: Done, effect: Of<"giveName">): Promise<Done> {
  const found = await reached(now, effect.case, done.visit);
  if (!found || done.screen.type !== "thread") return done;
  const outcome = await giveName(deskOf(now), found.row, effect.name);
  if (!("refused" in outcome)) return done;
  const note = outcome.refused === "alreadyDone" ? "nameKnown" : "caseClosed";
  return { ...done, screen: { ...done.screen, note } };
}

export async function consentAnswered(now: Now, done: Done, effect: Of<"answerConsent">): Promise<Done> {
  const found = await reached(now, effect.case, done.visit);
  if (!found || done.screen.type !== "thread") return done;
  const { id, route } = found.row;
  const outcome = await answerConsent(deskOf(now), found.row, effect.given);
  if ("refused" in outcome) return { ...done, screen: { ...done.screen, note: "caseClosed" } };
  const code = effect.given ? "case.consentGiven" : "case.consentRefused";
  if (outcome.moved !== found.row) now.tx.audit({ at: now.now, code, case: id, route });
  return done;
}

/** Only for whom the case leads back to: whoever found a receipt could shut others out with a new one. */
export async function receiptRenewed(now: Now, done: Done, effect: Of<"renewReceipt">): Promise<Done> {
  const found = await reached(now, effect.case, done.visit);
  if (!found || done.screen.type !== "case") return done;
  const { screen } = done;
  if (!found.linked) return { ...done, screen: { ...screen, page: "options" } };
  if (receiptMark(found.row) !== effect.of)
    return { ...done, screen: { ...screen, page: "renewing", note: "codeRenewed" } };
  const { receipt } = await renewReceipt(deskOf(now), found.row);
  return { ...done, facts: { ...done.facts, renewed: receipt } };
}

/** The case drops out of the conversation with what it said; its pings in this chat are to say nothing more. */
export async function withdrawn(now: Now, done: Done, effect: Of<"withdrawReport">): Promise<Done> {
  const { tx, world } = now;
  const found = await reached(now, effect.case, done.visit);
  const cases = done.conversation.cases.filter((id) => id !== effect.case);
  const left = {
    ...done,
    visit: null,
    conversation: { ...done.conversation, cases, lastSent: null, asked: "withdrawn" },
  };
  if (!found) return { ...left, screen: { type: "reports", cases, note: "noSuchReport" } };
  const { id, route } = found.row;
  const pings = (await tx.cards(id, "reporter")).map(({ id, ref }) =>
    MessageRef.parse(JSON.parse(world.ring.open("message-ref", `card:${id}`, ref as Sealed))),
  );
  await withdraw(deskOf(now), found.row);
  tx.audit({ at: now.now, code: "case.withdrawn", case: id, route });
  return { ...left, stale: [...left.stale, ...(found.linked ? pings : [])] };
}

/** The list of what leads back to this person; what is gone drops out of it. */
export async function withReports(now: Now, done: Done): Promise<Done> {
  const found = await Promise.all(done.conversation.cases.map((id) => reached(now, id, null)));
  const rows = found.flatMap((one) => (one ? [one.row] : []));
  const cases = [];
  for (const row of rows) {
    const { id, number, state } = row;
    const last = (await now.tx.messages(id)).at(-1);
    cases.push({
      id,
      number,
      sentAt: row.createdAt,
      state,
      waiting: last?.author === "adviser",
      next: nextStep(now, row),
    });
  }
  const ids = rows.map(({ id }) => id);
  return {
    ...done,
    conversation: { ...done.conversation, cases: ids },
    screen: done.screen.type === "reports" ? { ...done.screen, cases: ids } : done.screen,
    facts: { ...done.facts, cases },
  };
}

type CaseScreen = Extract<Screen, { type: "thread" | "case" }>;

/** What a screen about one case says of it. Of a visit nothing stays behind but the room. */
export async function withCase(now: Now, done: Done, screen: CaseScreen): Promise<Done> {
  const { tx, world } = now;
  const found = await reached(now, screen.case, done.visit);
  if (!found) {
    const cases = done.conversation.cases.filter((id) => id !== screen.case);
    const offered = screen.type === "thread" && screen.offered ? { offered: screen.offered } : {};
    return withReports(now, {
      ...done,
      conversation: { ...done.conversation, cases, asked: "reports" },
      screen: { type: "reports", cases, note: "noSuchReport", ...offered },
    });
  }
  const { row, linked } = found;
  const ref = linked ? row.id : visitRef(world.ring, row, now.address, now.now);
  const pages = threadPages(await openThread({ cases: tx, ring: world.ring }, row));
  const page = screen.type === "thread" ? Math.min(screen.page, pages.length - 1) : 0;
  const cards = await tx.cards(row.id, "route");
  const inCard = routeOf(world.organisation, row.route)?.card === "full" && cards.length > 0;
  const work = openDesk(world.ring, row);
  const thread: ReporterFacts["thread"] = {
    id: ref,
    number: row.number,
    pseudonym: world.content.pseudonym(row.pseudonym),
    state: row.state,
    next: nextStep(now, row),
    messages: pages[page] ?? [],
    pages: pages.length,
    way: row.link === noLink ? "receiptOnly" : linked ? "linked" : "visit",
    named: isNamed(world.ring, row),
    consent: consentIn(work),
    movedTo: work.left.length === 0 ? null : readersOf(world.organisation, row.route),
    // A ping says nothing of it, and who has no way back gets none (P7).
    undelivered: await givenUp(now, row),
    read: row.readAt !== null || row.acknowledgedAt !== null || inCard,
    inCard,
    receiptMark: receiptMark(row),
  };
  const shown = screen.type === "thread" ? { ...screen, case: ref, page } : { ...screen, case: ref };
  const conversation = linked ? done.conversation : { ...done.conversation, asked: "reports" };
  const reading =
    screen.type === "case" && screen.page === "reading" && thread?.consent
      ? await readingOf(now, row, done.conversation.language, screen.nr ?? 0)
      : null;
  const facts = { ...done.facts, thread, ...(reading && { reading }) };
  return { ...done, conversation, screen: shown, facts };
}

/** A part of what a document would hold, as an adviser reads it. */
async function readingOf({ tx, world }: Now, row: CaseRow, language: Language, asked: number) {
  const detail = await caseDetail(world, tx, row, language);
  // A name that was given is said to be in it; whoever found a receipt does not learn which (P3).
  const rows = detail.rows.filter(({ question }) => question !== "name");
  const parts = caseRoomPages({ ...detail, rows });
  const nr = Math.min(asked, parts.length - 1);
  return { rows: parts[nr]?.rows ?? [], messages: parts[nr]?.messages ?? null, nr, parts: parts.length };
}

/** Of the advisers' work the reporter sees this alone. */
function consentIn({ consent, acts }: DeskRecord): NonNullable<ReporterFacts["thread"]>["consent"] {
  if (consent === null) return null;
  const { askedAt, answeredAt, given } = consent;
  const made = acts.findLast(({ what }) => what === "exported");
  return {
    askedAt,
    answer: answeredAt === null ? null : { at: answeredAt, given },
    madeAt: made?.at ?? null,
  };
}

async function givenUp({ tx }: Now, { id }: CaseRow): Promise<boolean> {
  return (await tx.endsGivenUp(lanesOf(id).route)) || (await tx.casesWithoutCard()).includes(id);
}

function nextStep({ world, now }: Now, row: CaseRow): NextStep {
  switch (row.state) {
    case "received":
      return { step: "acknowledge", by: row.acknowledgeBy, late: now > row.acknowledgeBy };
    case "acknowledged":
    case "conversation":
    case "waiting":
      return { step: "feedback", by: row.feedbackBy, late: now > row.feedbackBy };
    case "closed":
    case "withdrawn": {
      const { destroyAt: by, reason } = keptOf(world, row);
      return reason === null
        ? { step: "destroy", by, late: false }
        : { step: "kept", by, late: false, reason };
    }
  }
}
