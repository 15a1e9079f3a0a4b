import { z } from "zod";
import { drawHoldForm, drawHoldRefused, type Kept } from "../cards/hold.ts";
import { type CaseRow, holdReasons } from "../cases/case.ts";
import { destroyAt } from "../cases/clocks.ts";
import type { Desk } from "../cases/handling.ts";
import {
  endOfUnheld,
  type HoldDays,
  type HoldRefusal,
  heldUntil,
  hold,
  holdDays,
  isHeld,
  unhold,
} from "../cases/hold.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { clocksOf } from "./clocks.ts";
import type { StoreTransaction } from "./ports.ts";
import type { DeskReply, DeskTurn } from "./turns.ts";
import type { World } from "./world.ts";

/** What the form says; whatever else a platform delivers asks again. */
const Chosen = z.object({
  reason: z.enum(holdReasons),
  days: z.enum(holdDays.map(String)).transform((days) => Number(days) as HoldDays),
});

/** When a closed case is destroyed, and what it is kept for until then. */
export function keptOf({ organisation, clock }: Pick<World, "organisation" | "clock">, row: CaseRow): Kept {
  const reason = isHeld(row, clock.now()) ? row.holdReason : null;
  return { destroyAt: destroyAt(row, clocksOf(organisation)), reason };
}

interface AtHold {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly desk: Desk;
  readonly row: CaseRow;
  readonly turn: DeskTurn;
  readonly language: Language;
}

/** One press about keeping a closed case longer (P10): what it did to the case, or what to show instead. */
export async function holdTurn(at: AtHold): Promise<{ readonly moved: CaseRow } | DeskReply> {
  const { turn, row, desk } = at;
  if (row.state !== "closed") return refused(at, "notClosed");
  if (turn.press.do === "desk.unhold") {
    const outcome = await unhold(desk, row);
    if ("refused" in outcome) return refused(at, outcome.refused);
    return noted(at, "case.holdEnded", outcome.moved);
  }
  if (turn.press.do !== "desk.hold") return form(at, null);
  const chosen = Chosen.safeParse(turn.inputs);
  if (!chosen.success) return form(at, "chooseFirst");
  const outcome = await hold(desk, row, chosen.data);
  if ("refused" in outcome) return refused(at, outcome.refused);
  return noted(at, "case.held", outcome.moved);
}

/** That it was kept, or not any more, and when; not by whom. */
function noted({ tx, desk }: AtHold, code: "case.held" | "case.holdEnded", moved: CaseRow) {
  tx.audit({ at: desk.now, code, case: moved.id, route: moved.route });
  return { moved };
}

function form({ world, desk, row, turn, language }: AtHold, note: "chooseFirst" | null): DeskReply {
  const chosen = z.enum(holdReasons).safeParse(turn.inputs.reason);
  const facts = {
    ...keptOf(world, row),
    note,
    chosen: chosen.success ? chosen.data : null,
    until: holdDays.map((days) => ({ days, date: heldUntil(desk, row, days) })),
    unheldAt: endOfUnheld(desk, row),
  };
  return { view: drawHoldForm(row, facts, world.content, language), surface: "room" };
}

function refused({ world, row, language }: AtHold, why: HoldRefusal): DeskReply {
  return { view: drawHoldRefused(why, row, world.content, language), surface: "room" };
}
