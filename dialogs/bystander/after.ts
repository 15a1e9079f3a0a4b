import type { Answers } from "../core/flow.ts";
import { type Guidance, guidanceFor } from "../find/guidance.ts";
import { type Sector, situationOf } from "../find/situation.ts";

/** What somebody who saw something can do afterwards, beyond being there for the person it happened to. */
export interface After extends Pick<Guidance, "help" | "duties"> {
  /** The behaviour of somebody I lead is mine to act on. */
  readonly mustAct: boolean;
}

/**
 * What fits afterwards, by the answers of the aftercare guide: the same services and duties as looking for
 * help names, for the person it happened to and for who saw it.
 */
export function afterFor(sector: Sector, answers: Answers, hidden: ReadonlySet<string> = new Set()): After {
  const { toWhom = null, about = null, power = null } = answers;
  const mustAct = power === "below";
  // Who works here is a professional to a client, pupil or athlete, and a colleague to a colleague.
  const byWhom = power === "outside" || power === null ? null : "professional";
  const forWhom = toWhom === "colleague" && mustAct ? "employee" : toWhom;
  const situation = situationOf(sector, { aboutAdviser: "no", forWhom, about, byWhom });
  const { help, duties } = guidanceFor(situation, hidden);
  return { help, duties, mustAct };
}
