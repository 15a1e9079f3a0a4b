import { drawCaseList, drawListedCase, type ListedCase } from "../cards/case-list.ts";
import type { View } from "../cards/view.ts";
import type { CaseRow } from "../cases/case.ts";
import { type Actor, openDesk } from "../cases/desk-record.ts";
import { openReport } from "../cases/report.ts";
import { type CaseList, caseLists, type RoutePress } from "../cases/route-press.ts";
import { SealBroken } from "../cases/seal.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import { caseCard } from "./case-card.ts";
import type { Route, StoreTransaction } from "./ports.ts";
import type { World } from "./world.ts";

/** So many cases stand on one page: as many as can be taken in, on a telephone too. */
const pageOf = 8;

interface AtList {
  readonly world: World;
  readonly tx: StoreTransaction;
  /** Whose cases: there are no others in any list of it (P9). */
  readonly route: Route;
  readonly me: Actor;
  readonly now: number;
}

type ListPress = Extract<RoutePress, { do: "cases.list" | "cases.open" }>;

/** One press on the list of a route's cases. Nothing is changed by it, but that a report was read where it was. */
export async function listTurn(at: AtList, press: ListPress, inputs: Inputs): Promise<View> {
  const chosen = caseLists.find((one) => one === inputs.which) ?? "open";
  if (press.do === "cases.list") return list(at, press.which ?? chosen, press.after ?? null, null);
  const id = typeof inputs.case === "string" ? inputs.case : "";
  if (id === "") return list(at, chosen, null, "chooseCase");
  const row = await at.tx.findCase(id);
  // One that was moved or destroyed meanwhile looks like one that never was (P9).
  if (!row || row.route !== at.route.id || row.state === "withdrawn") return list(at, chosen, null, "gone");
  return cardOf(at, row);
}

async function list(
  { world, tx, route, me, now }: AtList,
  which: CaseList,
  after: { readonly at: number; readonly id: string } | null,
  note: "chooseCase" | "gone" | null,
): Promise<View> {
  const holders = world.ring.lookups("adviser", me.mark);
  const rows = await tx.listCases({ route: route.id, which, holders, after, limit: pageOf + 1 });
  const shown = rows.slice(0, pageOf).map((row) => listed(world, row, now));
  const last = shown.at(-1);
  const next = rows.length > pageOf && last ? { at: last.at, id: last.id } : null;
  const facts = { which, cases: shown, next, further: after !== null, note };
  return drawCaseList(facts, world.content, route.language);
}

function listed({ ring, content }: World, row: CaseRow, now: number): ListedCase {
  const { id, number, state, dueAt, closedAt } = row;
  const at = dueAt ?? closedAt ?? 0;
  return {
    id,
    number,
    pseudonym: content.pseudonym(row.pseudonym),
    state,
    holder: holderOf(ring, row),
    at,
    late: dueAt !== null && dueAt < now,
    danger: saysDanger(ring, row),
  };
}

function saysDanger(ring: World["ring"], row: CaseRow): boolean {
  try {
    const { rows } = openReport(ring, row);
    return rows.some(({ question, answer }) => question === "danger" && answer === "yes");
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

/** One lost key keeps no other case from its list. */
function holderOf(ring: World["ring"], row: CaseRow): ListedCase["holder"] {
  try {
    return openDesk(ring, row).holder ?? "nobody";
  } catch (error) {
    if (error instanceof SealBroken) return "lost";
    throw error;
  }
}

async function cardOf({ world, tx, route, now }: AtList, row: CaseRow): Promise<View> {
  // Such a card has the report on it, also where it never came to the channel (P4).
  if (route.card === "full" && row.state !== "closed") await tx.markRead(row.id, now);
  return drawListedCase(await caseCard(world, tx, row, route), row, world.content, route.language);
}
