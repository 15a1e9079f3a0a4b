import { deliveriesIn } from "../deliveries.ts";
import type { World } from "../world.ts";

/**
 * At every start: a case whose card could not be delivered is brought to its route again, since whoever
 * mended the route starts the service anew. The card says that it may be a second copy.
 */
export async function recover({ store, ring, clock, log, kick }: World): Promise<void> {
  const found = await store.transaction(async (tx) => {
    const cases = await tx.casesWithoutCard();
    const queue = deliveriesIn(tx, ring, clock.now());
    for (const id of cases) await queue.enqueue({ kind: "caseCardUpdate", case: id });
    return cases.length;
  });
  if (found === 0) return;
  log.info({ code: "cards.recovered", cases: found });
  kick();
}
