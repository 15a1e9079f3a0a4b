import { randomBytes } from "node:crypto";
import {
  type AdviserNote,
  drawCaseDoor,
  drawCaseRoom,
  drawClosingQuestion,
  drawRefused,
  drawReplyForm,
  drawTooLate,
  drawWithdrawnDoor,
} from "../cards/adviser.ts";
import type { CaseRow } from "../cases/case.ts";
import { acknowledge, close, type Desk, type Outcome, reply } from "../cases/handling.ts";
import { longestText } from "../dialogs/core/flow.ts";
import { caseDetail, caseSummary } from "./case-facts.ts";
import { deliveriesIn } from "./deliveries.ts";
import { firstLanguage, routeOf } from "./organisation.ts";
import type { Route, StoreTransaction } from "./ports.ts";
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
}

/**
 * One press in a channel. A case answers only to its own route: anything else is refused, looks the same
 * whether or not the case exists, and is recorded (P11).
 */
export async function deskTurn(world: World, turn: DeskTurn): Promise<DeskReply> {
  const now = world.clock.now();
  const reply = await world.store.transaction(async (tx) => {
    const row = await tx.findCase(turn.press.case);
    const route = row && routeOf(world.organisation, row.route);
    if (!row || !route || !isFrom(route, turn)) {
      tx.audit({
        at: now,
        code: "desk.notYourRoute",
        case: row?.id ?? null,
        route: row?.route ?? null,
      });
      world.log.warn({ code: "desk.notYourRoute", case: row?.id ?? null });
      return refused(world, "notYourRoute", null, languageFrom(world, turn));
    }
    const deliveries = deliveriesIn(tx, world.ring, now);
    const desk: Desk = { cases: tx, deliveries, ring: world.ring, now, random: randomBytes };
    return pressed({ world, tx, turn, row, route, desk });
  });
  world.kick();
  return reply;
}

function isFrom(route: Route, turn: DeskTurn): boolean {
  return route.platform === turn.platform && route.tenant === turn.tenant && route.channel === turn.channel;
}

function languageFrom(world: World, turn: DeskTurn): Route["language"] {
  return (
    world.organisation.routes.find((route) => isFrom(route, turn))?.language ??
    firstLanguage(world.organisation)
  );
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
      if (at.row.state === "closed") return refused(at.world, "closed", at.row, language);
      return { view: replyForm(at, null, null), surface: "room" };
    }
    case "desk.reply": {
      const input = inputs.text;
      const text = typeof input === "string" ? input.trim() : "";
      if (text === "") return { view: replyForm(at, "writeFirst", null), surface: "room" };
      if (text.length > longestText) return { view: replyForm(at, "tooLong", text), surface: "room" };
      const outcome = await reply(at.desk, at.row, { nonce: press.nonce, text });
      // What was written stays in sight: it took effort, and can still be told another way.
      if ("refused" in outcome) return { view: replyForm(at, "closed", text), surface: "room" };
      return moved(at, outcome, "replied");
    }
    case "desk.closing": {
      if (at.row.state === "closed") return refused(at.world, "closed", at.row, language);
      const summary = caseSummary(at.world, at.row);
      return { view: drawClosingQuestion(summary, deskFacts(at), content, language), surface: "room" };
    }
    case "desk.close":
      return moved(at, await close(at.desk, at.row), "closed");
    case "desk.shut":
      return door(at, at.row, null);
  }
}

/** What was written stays in sight here too; the case itself opens for nobody. */
function ofWithdrawn({ turn: { press, inputs }, row, world, route }: AtDesk): DeskReply {
  const { number, closedAt } = row;
  if (press.do === "desk.shut") {
    const view = drawWithdrawnDoor({ number, closedAt: closedAt ?? 0 }, world.content, route.language);
    return { view, surface: "door" };
  }
  const text = press.do === "desk.reply" && typeof inputs.text === "string" ? inputs.text.trim() : "";
  if (text === "") return refused(world, "withdrawn", row, route.language);
  return { view: drawTooLate(row, text, world.content, route.language), surface: "room" };
}

/** The card after a move, or why there was none. */
function moved(at: AtDesk, outcome: Outcome, note: AdviserNote): Promise<DeskReply> | DeskReply {
  if ("refused" in outcome) return refused(at.world, outcome.refused, at.row, at.route.language);
  return door(at, outcome.moved, note);
}

async function door(at: AtDesk, row: CaseRow, note: AdviserNote | null): Promise<DeskReply> {
  const { content } = at.world;
  const { language } = at.route;
  const detail = await caseDetail(at.world, at.tx, row, language);
  const view = drawCaseDoor(detail, { ...deskFacts(at), note, card: at.route.card }, content, language);
  return { view, surface: "door" };
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

function deskFacts(at: AtDesk) {
  return { organisation: at.world.organisation.name };
}
