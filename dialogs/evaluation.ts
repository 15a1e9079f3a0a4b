import { type Flow, guide } from "./core/flow.ts";

/** What somebody answers who looks back on an incident with their team, in the order asked. Ids are for ever. */
export const evaluationOptions = {
  /** `help`: somebody needs help now. */
  now: ["no", "danger", "help"],
  /** Whether something is under way that this may not cut across; `asked`: whoever decides on that agrees. */
  running: ["no", "asked", "yes", "unsure"],
  what: ["sexual", "bullying", "aggression", "discrimination", "power", "other"],
  /** What made it possible: of the work, never of a person. */
  conditions: [
    "dependence",
    "alone",
    "pressure",
    "unclear",
    "habits",
    "unheard",
    "newcomers",
    "online",
    "drink",
  ],
  told: ["happenedTo", "reportedAbout", "saw", "team", "adviser", "hr", "representatives"],
  care: ["happenedTo", "reportedAbout", "saw", "team", "you"],
  again: ["month", "quarter", "halfYear"],
  with: ["happenedTo", "team", "adviser", "hr", "clients", "representatives"],
} as const;

/** What is written in one's own words; short, so that all of it fits where it is copied from. */
export const written = ["how", "lessons", "actions", "message"] as const;
const longest = 500;

/**
 * A fixed way to look back on an incident, afterwards: what was it, what made it possible, what is learned, who
 * does what, who is told, who is cared for, and when it is looked at again. No investigation: it ends where one
 * is under way, unless whoever decides on that agreed. Nothing is sent or kept.
 */
export function evaluationFlow(): Flow {
  const { now, running, what, conditions, told, care, again, with: whom } = evaluationOptions;
  return guide("evaluation")
    .choose("now", now, { required: true })
    .tell("dangerHelp", { when: (a) => a.now === "danger", help: ["112"] })
    .tell("helpFirst", {
      when: (a) => a.now === "help",
      help: ["slachtofferhulp", "centrum-seksueel-geweld"],
    })
    .choose("running", running, { required: true })
    .endIf("notYet", { when: (a) => a.running === "yes" || a.running === "unsure", help: [] })
    .tell("before", { help: [] })
    .chooseSeveral("what", what)
    .chooseSeveral("conditions", conditions)
    .write("how", { maxLength: longest })
    .write("lessons", { maxLength: longest })
    .write("actions", { maxLength: longest })
    .chooseSeveral("told", told)
    .write("message", { maxLength: longest })
    .chooseSeveral("care", care)
    .choose("again", again)
    .chooseSeveral("with", whom);
}
