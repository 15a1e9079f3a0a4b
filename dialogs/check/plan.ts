import { type Agreed, type Check, currentRound, longest, type Round, revisionShown } from "./check.ts";
import { type Finding, kinds, outcomeOf, type Status } from "./outcome.ts";
import { cutTo } from "./text.ts";

/** How many actions a plan begins with: more at once are not carried out. */
export const firstActions = 5;

/** What still has to be done comes in this order. */
const urgency: readonly Status[] = ["missing", "partly", "unknown"];

/** One thing to do, with what was agreed about it. */
export interface Action {
  readonly finding: Finding;
  readonly agreed: Agreed | null;
}

/**
 * The plan: the first five things to do, what binds most first, and whatever else something was agreed about.
 * What is done makes room for the next. Nothing is left out of `rest`.
 */
export function planOf(round: Round): {
  readonly actions: readonly Action[];
  readonly done: readonly Action[];
  /** To do later, in order. */
  readonly rest: readonly Finding[];
} {
  const open = outcomeOf(round)
    .groups.flatMap(({ findings }) => findings)
    .filter(({ status }) => urgency.includes(status))
    .sort((a, b) => rank(a) - rank(b));
  const agreedOn = (id: string) => (Object.hasOwn(round.plan, id) ? (round.plan[id] ?? null) : null);
  const all = open.map((finding): Action => ({ finding, agreed: agreedOn(finding.id) }));
  const todo = all.filter(({ agreed }) => agreed?.done !== true);
  const first = todo.filter(({ agreed }, nr) => nr < firstActions || agreed !== null);
  return {
    actions: first,
    done: all.filter(({ agreed }) => agreed?.done === true),
    rest: todo.filter((action) => !first.includes(action)).map(({ finding }) => finding),
  };
}

/** Sorting is stable: within one rank the order of the questions stays. */
function rank({ kind, status }: Finding): number {
  return kinds.indexOf(kind) * urgency.length + urgency.indexOf(status);
}

/** What somebody filled in about an action. */
export interface Wish {
  readonly owner: string;
  /** ISO date; null: none. */
  readonly due: string | null;
  readonly done: boolean;
  /** Whether whoever fills this in wants to be reminded. */
  readonly remind: boolean;
}

/**
 * Takes what was agreed about an action into the plan. `late`: somebody else changed it since the form was
 * shown, and nothing was changed now.
 */
export function agreedUpon(
  check: Check,
  question: string,
  wish: Wish,
  { person, at, revision }: { readonly person: string; readonly at: number; readonly revision: number },
): { readonly check: Check; readonly late: boolean } {
  const round = currentRound(check);
  const before = Object.hasOwn(round.plan, question) ? round.plan[question] : undefined;
  const others = (before?.remind ?? []).filter((id) => id !== person);
  const entry: Agreed = {
    owner: cutTo(longest.owner, wish.owner),
    due: wish.due,
    done: wish.done,
    by: person,
    at,
    revision: check.revision + 1,
    remind: wish.remind ? [...others, person] : others,
  };
  if (before && sameAgreement(before, entry)) return { check, late: false };
  if (before && before.revision > revisionShown(check, revision)) return { check, late: true };
  const rounds = [...check.rounds.slice(0, -1), { ...round, plan: { ...round.plan, [question]: entry } }];
  return { check: { ...check, revision: check.revision + 1, rounds }, late: false };
}

function sameAgreement(a: Agreed, b: Agreed): boolean {
  return (
    a.owner === b.owner &&
    a.due === b.due &&
    a.done === b.done &&
    [...a.remind].sort().join() === [...b.remind].sort().join()
  );
}
