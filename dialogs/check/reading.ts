import { type Check, type Round, roundBefore } from "./check.ts";
import { type Change, changesSince, type Outcome, outcomeOf } from "./outcome.ts";
import { planOf } from "./plan.ts";

/** A round of a check with all that follows from it: what every way of putting it on paper begins with. */
export interface CheckReading {
  readonly check: Check;
  readonly round: Round;
  readonly outcome: Outcome;
  readonly plan: ReturnType<typeof planOf>;
  /** The finished round before it, and what is different since; null: there is none. */
  readonly since: { readonly round: Round; readonly changes: readonly Change[] } | null;
}

/** Works out one round of a check. */
export function readingOf(check: Check, round: Round): CheckReading {
  const before = roundBefore(check, round.id);
  return {
    check,
    round,
    outcome: outcomeOf(round),
    plan: planOf(round),
    since: before && { round: before, changes: changesSince(before, round) },
  };
}
