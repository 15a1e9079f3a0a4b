import { type Check, currentRound, type Round, roundBefore } from "./check.ts";
import { type Change, changesSince, type Outcome, outcomeOf } from "./outcome.ts";
import { isFirst } from "./people.ts";
import { planOf } from "./plan.ts";
import { type Page, pagesFor } from "./questions.ts";

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

/** The round under way of a check, as one of its people looks at it. */
export interface OpenCheck extends CheckReading {
  readonly id: string;
  /** Id of the person who looks. */
  readonly me: string;
  /** Whether this person may destroy it. */
  readonly isFirst: boolean;
  readonly pages: readonly Page[];
  /** How each question stood in the finished round before. */
  readonly outcomeBefore: Outcome | null;
}

/** Opens a check for one of its people. */
export function openedBy(me: string, id: string, check: Check): OpenCheck {
  const reading = readingOf(check, currentRound(check));
  const { round, since } = reading;
  return {
    ...reading,
    id,
    me,
    isFirst: isFirst({ check, me }),
    pages: pagesFor(round.setting),
    outcomeBefore: since && outcomeOf(since.round),
  };
}
