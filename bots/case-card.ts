import { drawCaseDoor } from "../cards/adviser.ts";
import type { View } from "../cards/view.ts";
import type { CaseRow } from "../cases/case.ts";
import { openDesk } from "../cases/desk-record.ts";
import { caseDetail } from "./case-facts.ts";
import { keptOf } from "./desk-hold.ts";
import type { Route } from "./ports.ts";
import type { World } from "./world.ts";

type More = Pick<Parameters<typeof drawCaseDoor>[1], "note" | "mayBeSecondCopy">;

/** The card of a case as it is now, in the language of this route. Throws `SealBroken`. */
export async function caseCard(
  world: World,
  tx: Parameters<typeof caseDetail>[1],
  row: CaseRow,
  route: Route,
  more: More = {},
): Promise<View> {
  const { content, organisation, ring } = world;
  const detail = await caseDetail(world, tx, row, route.language);
  const work = openDesk(ring, row);
  const facts = {
    ...more,
    organisation: organisation.name,
    card: route.card,
    work,
    kept: keptOf(world, row),
  };
  return drawCaseDoor(detail, facts, content, route.language);
}
