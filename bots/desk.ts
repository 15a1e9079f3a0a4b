import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  type AdviserNote,
  drawCaseRoom,
  drawClosingQuestion,
  drawRefused,
  drawReplyForm,
  drawUnsent,
  drawWithdrawnDoor,
} from "../cards/adviser.ts";
import { drawWork, type WorkFacts, type WorkNote } from "../cards/desk.ts";
import { askable } from "../cards/desk-facts.ts";
import { drawHeld, drawMovedAway } from "../cards/desk-notices.ts";
import { type CaseRow, isReopened } from "../cases/case.ts";
import type { WorkPage } from "../cases/desk.ts";
import { type Actor, caseTerms, closeReasons, openDesk, referrals, subjects } from "../cases/desk-record.ts";
import { addNote, handTo, moveTo, type Recorded, record, take, type Worked } from "../cases/desk-work.ts";
import { acknowledge, close, type Desk, type Outcome, reply } from "../cases/handling.ts";
import { isAboutNoAdviser, openReport } from "../cases/report.ts";
import { longestText } from "../dialogs/core/flow.ts";
import type { Sector } from "../dialogs/find/situation.ts";
import { caseCard } from "./case-card.ts";
import { exportTurn } from "./case-export.ts";
import { caseDetail, caseSummary } from "./case-facts.ts";
import { clocksOf } from "./clocks.ts";
import { deliveriesIn } from "./deliveries.ts";
import { planAftercare } from "./desk-aftercare.ts";
import { holdTurn } from "./desk-hold.ts";
import {
  absence,
  actorOf,
  colleaguesOf,
  isListed,
  isThere,
  markOfEntry,
  othersThan,
  routesBeside,
} from "./desk-people.ts";
import { firstLanguage, readersOf } from "./organisation.ts";
import type { Route, StoreTransaction } from "./ports.ts";
import { routeAt } from "./route-menu.ts";
import type { DeskReply, DeskTurn } from "./turns.ts";
import { freshId, type World } from "./world.ts";

/** One adviser's press on a case of this route, in one transaction. */
interface AtDesk {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly turn: DeskTurn;
  readonly row: CaseRow;
  readonly route: Route;
  readonly desk: Desk;
  /** Who pressed. */
  readonly me: Actor;
}

/**
 * One press in a channel. A case answers only to its own route: anything else is refused, looks the same
 * whether or not the case exists, and is recorded (P11). Who may not act in a route does not learn either whether
 * a case is still there (P9).
 */
export async function deskTurn(world: World, turn: DeskTurn): Promise<DeskReply> {
  const now = world.clock.now();
  const absent = absence(await isThere(world, turn));
  const reply = await world.store.transaction(async (tx) => {
    const row = await tx.findCase(turn.press.case);
    const here = routeAt(world.organisation, turn);
    const noted = (code: "desk.notYourRoute" | "desk.notListed" | "desk.notMember") => {
      tx.audit({ at: now, code, case: row?.id ?? null, route: row?.route ?? null });
      // Somebody who left a channel is nothing to look into.
      if (code !== "desk.notMember") world.log.warn({ code, case: row?.id ?? null });
    };
    if (!here) {
      noted("desk.notYourRoute");
      return refused(world, "notYourRoute", null, firstLanguage(world.organisation));
    }
    if (!isListed(world.organisation, here, turn)) {
      noted("desk.notListed");
      return refused(world, "notListed", null, here.language);
    }
    if (absent !== null) {
      // That the platform does not say so is in the log already.
      if (absent === "notMember") noted("desk.notMember");
      return notSent(world, absent, null, turn, here.language);
    }
    if (row?.route !== here.id) {
      noted("desk.notYourRoute");
      // A colleague may have moved the case meanwhile: what was written took effort.
      return notSent(world, "notYourRoute", null, turn, here.language);
    }
    const deliveries = deliveriesIn(tx, world.ring, now);
    const me = actorOf(world.organisation, here, turn);
    const desk: Desk = {
      cases: tx,
      deliveries,
      ring: world.ring,
      now,
      random: randomBytes,
      by: me,
      clocks: clocksOf(world.organisation),
    };
    return pressed({ world, tx, turn, row, route: here, desk, me });
  });
  world.kick();
  return reply;
}

/** A case is named only to its own route; there the way back to its card is offered. */
function refused(
  world: World,
  code: Parameters<typeof drawRefused>[0],
  row: CaseRow | null,
  language: Route["language"],
): DeskReply {
  return { view: drawRefused(code, row, world.content, language), surface: "room" };
}

const ofReply = { field: "text", label: "adviser.reply.label" };

/** In which field of a form somebody writes, and what content calls it. */
const writtenIn: Readonly<Partial<Record<DeskTurn["press"]["do"], typeof ofReply>>> = {
  "desk.reply": ofReply,
  "desk.write": ofReply,
  "desk.note": { field: "text", label: "desk.note.label" },
  "desk.record": { field: "appointment", label: "desk.record.appointment" },
};

/** What was written stays in sight where it could not be sent; the case itself opens for nobody. */
function notSent(
  world: World,
  code: Parameters<typeof drawRefused>[0],
  row: CaseRow | null,
  { press, inputs }: DeskTurn,
  language: Route["language"],
): DeskReply {
  const written = writtenIn[press.do];
  const input = written === undefined ? undefined : inputs[written.field];
  const text = typeof input === "string" ? input.trim().slice(0, longestText) : "";
  if (written === undefined || text === "") return refused(world, code, row, language);
  const unsent = { label: written.label, text };
  return { view: drawUnsent(code, row, unsent, world.content, language), surface: "room" };
}

async function pressed(at: AtDesk): Promise<DeskReply> {
  const { press, inputs } = at.turn;
  const { language } = at.route;
  const { content } = at.world;
  if (at.row.state === "withdrawn") return ofWithdrawn(at);
  switch (press.do) {
    case "desk.open":
      await at.tx.markRead(at.row.id, at.desk.now);
      return room(at, press.page ?? 0);
    case "desk.acknowledge":
      return moved(at, await acknowledge(at.desk, at.row), "acknowledged");
    case "desk.write": {
      if (at.row.state === "closed" && press.reopen === undefined)
        return notSent(at.world, "closed", at.row, at.turn, language);
      return { view: withQuestion(at), surface: "room" };
    }
    case "desk.reply":
      return replied(at, press);
    case "desk.closing": {
      if (at.row.state === "closed") return refused(at.world, "closed", at.row, language);
      return { view: closingQuestion(at, null), surface: "room" };
    }
    case "desk.close": {
      const reason = closeReasons.find((one) => one === inputs.reason);
      if (!reason && at.row.state !== "closed")
        return { view: closingQuestion(at, "reasonFirst"), surface: "room" };
      return moved(at, await close(at.desk, at.row, reason ?? null), "closed");
    }
    case "desk.take":
      return worked(at, await take(at.desk, at.row, at.me, press.from ?? null), null);
    case "desk.work":
      return work(at, press.page ?? "options");
    case "desk.handTo": {
      const to = colleaguesOf(at.world.organisation, at.route, at.me).find(({ id }) => id === inputs.adviser);
      if (!to) return work(at, "hand", "chooseColleague");
      const colleague = { mark: markOfEntry(to), name: to.name };
      return worked(at, await handTo(at.desk, at.row, at.me, colleague), null);
    }
    case "desk.note": {
      const text = typeof inputs.text === "string" ? inputs.text.trim() : "";
      if (text === "") return work(at, "note", "writeFirst");
      if (text.length > longestText) return work(at, "note", "tooLong", text);
      const outcome = await addNote(at.desk, at.row, at.me, { nonce: press.nonce, text });
      return worked(at, outcome, { page: "options", note: "noted" });
    }
    case "desk.record": {
      const filled = recordedIn(inputs);
      if (filled === null)
        return work(at, "record", "badDate", null, recordedIn({ ...inputs, aftercareOn: "" }));
      const outcome = await record(at.desk, at.row, at.me, filled);
      if ("moved" in outcome)
        await planAftercare(at.tx, at.world.ring, { before: at.row, after: outcome.moved }, at.desk.now);
      // The card says where the dates come from: where that changed it is drawn anew, which closes the room.
      const onCard = filled.terms !== openDesk(at.world.ring, at.row).terms;
      return worked(at, outcome, onCard ? null : { page: "options", note: "recorded" });
    }
    case "desk.move": {
      const elsewhere = besides(at).some(({ id }) => id === press.to);
      if (!elsewhere) return work(at, "conflict");
      const outcome = await moveTo(at.desk, at.row, press.to);
      if (!("moved" in outcome)) return worked(at, outcome, null);
      at.tx.audit({ at: at.desk.now, code: "case.moved", case: at.row.id, route: press.to });
      return { view: drawMovedAway(content, language), surface: "door" };
    }
    case "desk.export":
    case "desk.askConsent":
    case "desk.document":
      return exportTurn(at);
    case "desk.holding":
    case "desk.hold":
    case "desk.unhold": {
      const held = await holdTurn({ ...at, language });
      return "moved" in held ? door(at, held.moved, null) : held;
    }
    case "desk.shut":
      return door(at, at.row, null);
  }
}

async function replied(
  at: AtDesk,
  press: Extract<DeskTurn["press"], { do: "desk.reply" }>,
): Promise<DeskReply> {
  const input = at.turn.inputs.text;
  const text = typeof input === "string" ? input.trim() : "";
  // A form of an earlier closing opens nothing: a colleague may have closed it since for a reason of their own.
  const reopening = at.row.state === "closed" && press.reopen === at.row.closedAt;
  const closed = at.row.state === "closed" && !reopening;
  if (text === "" && closed) return refused(at.world, "closed", at.row, at.route.language);
  if (text === "") return { view: replyForm(at, "writeFirst", null), surface: "room" };
  if (text.length > longestText)
    return { view: replyForm(at, closed ? "closed" : "tooLong", text), surface: "room" };
  const form = { nonce: press.nonce, text };
  const outcome = await reply(at.desk, at.row, form, { reopening });
  // What was written stays in sight, in the form that says what sending it does now.
  if ("refused" in outcome) return { view: replyForm(at, "closed", text), surface: "room" };
  if (isReopened(at.row, outcome.moved))
    at.tx.audit({ at: at.desk.now, code: "case.reopened", case: at.row.id, route: at.row.route });
  return moved(at, outcome, "replied");
}

function ofWithdrawn({ turn, row, world, route }: AtDesk): DeskReply {
  const { number, closedAt } = row;
  if (turn.press.do === "desk.shut") {
    const view = drawWithdrawnDoor({ number, closedAt: closedAt ?? 0 }, world.content, route.language);
    return { view, surface: "door" };
  }
  return notSent(world, "withdrawn", row, turn, route.language);
}

/** The card after a move, or why there was none. */
function moved(at: AtDesk, outcome: Outcome, note: AdviserNote): Promise<DeskReply> | DeskReply {
  if ("refused" in outcome) return refused(at.world, outcome.refused, at.row, at.route.language);
  return door(at, outcome.moved, note);
}

/** What a piece of work led to: the card, a page of work, or why nothing changed. */
async function worked(
  at: AtDesk,
  outcome: Worked,
  then: { readonly page: WorkPage; readonly note: WorkNote } | null,
): Promise<DeskReply> {
  const { content } = at.world;
  const { language } = at.route;
  if ("held" in outcome) {
    const summary = caseSummary(at.world, at.row);
    const holder = { name: outcome.held.name, heldAs: at.row.holder ?? "" };
    return { view: drawHeld(summary, holder, content, language), surface: "room" };
  }
  if ("refused" in outcome) return notSent(at.world, outcome.refused, at.row, at.turn, language);
  const now = { ...at, row: outcome.moved };
  // A repeat of what was kept before it was closed leads to the card: there is no page of work any more.
  return then === null || outcome.moved.state === "closed"
    ? door(now, outcome.moved, null)
    : work(now, then.page, then.note);
}

/** A page of work; where the case is closed nothing is asked that could not be kept, and what was noted can be read. */
function work(
  at: AtDesk,
  page: WorkPage,
  note: WorkNote | null = null,
  unsent: string | null = null,
  filled: Recorded | null = null,
): DeskReply {
  if (at.row.state === "closed" && page !== "notes")
    return notSent(at.world, "closed", at.row, at.turn, at.route.language);
  const { organisation, ring, content } = at.world;
  const facts: WorkFacts = {
    desk: { ...openDesk(ring, at.row), ...filled },
    me: at.me,
    heldAs: at.row.holder,
    colleagues: colleaguesOf(organisation, at.route, at.me),
    others: othersThan(organisation, at.route, openDesk(ring, at.row).holder ?? at.me),
    elsewhere: besides(at).map(({ id }) => ({ id, readers: readersOf(organisation, id) })),
    duty: dutyName(at),
    fresh: freshId(),
    note,
    nr: at.turn.press.do === "desk.work" ? (at.turn.press.nr ?? 0) : 0,
    unsent,
  };
  const view = drawWork(page, caseSummary(at.world, at.row), facts, content, at.route.language);
  return { view, surface: "room" };
}

/** The rule of the sector that may ask an adviser to pass something on, by its name. */
function dutyName({ world, route }: AtDesk): string | null {
  const id = sectorDuty[world.organisation.sector];
  return id === undefined ? null : world.content.duty(id, route.language).name;
}

function besides(at: AtDesk): readonly Route[] {
  const { left } = openDesk(at.world.ring, at.row);
  const { rows } = openReport(at.world.ring, at.row);
  const aboutNoAdviser = isAboutNoAdviser(rows);
  return routesBeside(at.world.organisation, { route: at.row.route, left, aboutNoAdviser });
}

function closingQuestion(at: AtDesk, note: "reasonFirst" | null) {
  const summary = caseSummary(at.world, at.row);
  return drawClosingQuestion(
    summary,
    { organisation: at.world.organisation.name, note },
    at.world.content,
    at.route.language,
  );
}

/** The form with what stands in it, and the question that was chosen behind that where both fit in a field. */
function withQuestion(at: AtDesk) {
  const { turn, world, route } = at;
  const { inputs } = turn;
  const text = typeof inputs.text === "string" ? inputs.text.trim() : "";
  const chosen = askable.find((one) => one === inputs.question);
  const question = chosen ? world.content.words(route.language).say(`desk.ask.options.${chosen}`) : "";
  const both = [text, question].filter((part) => part !== "").join("\n\n");
  if (both === "") return replyForm(at, null, null);
  return both.length > longestText ? replyForm(at, "tooLong", text) : replyForm(at, null, both);
}

/** What was filled in on the form for what is recorded; null where the day is none. */
function recordedIn(inputs: DeskTurn["inputs"]): Recorded | null {
  const several = (name: string): readonly string[] => [inputs[name] ?? []].flat();
  const day = typeof inputs.aftercareOn === "string" ? inputs.aftercareOn : "";
  if (day !== "" && !z.iso.date().safeParse(day).success) return null;
  const { appointment } = inputs;
  return {
    appointment: typeof appointment === "string" ? appointment.trim().slice(0, 200) : "",
    discussed: subjects.filter((one) => several("discussed").includes(one)),
    referred: referrals.filter((one) => several("referred").includes(one)),
    duty: duties.find((one) => one === inputs.duty) ?? null,
    terms: caseTerms.find((one) => one === inputs.terms) ?? "houseRule",
    aftercareOn: day === "" ? null : day,
  };
}

async function door(at: AtDesk, row: CaseRow, note: AdviserNote | null): Promise<DeskReply> {
  return { view: await caseCard(at.world, at.tx, row, at.route, { note }), surface: "door" };
}

async function room(at: AtDesk, page: number): Promise<DeskReply> {
  const { language } = at.route;
  const detail = await caseDetail(at.world, at.tx, at.row, language);
  const view = drawCaseRoom(detail, { page }, at.world.content, language);
  return { view, surface: "room" };
}

function replyForm(at: AtDesk, note: AdviserNote | null, unsent: string | null) {
  const facts = { note, unsent, fresh: freshId() };
  return drawReplyForm(caseSummary(at.world, at.row), facts, at.world.content, at.route.language);
}

const duties = ["no", "maybe", "yes"] as const;

/** By sector, the rule that may make somebody pass on what they are told; ids of content's duties. */
const sectorDuty: Readonly<Partial<Record<Sector, string>>> = {
  education: "education",
  higherEducation: "education",
  sport: "sport",
  healthcare: "careViolence",
  mentalHealthcare: "careViolence",
  disabilityCare: "careViolence",
  youthCare: "youthCare",
};
