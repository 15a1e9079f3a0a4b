import { type Flow, guide } from "./core/flow.ts";
import { options, placeOption, type Sector } from "./find/situation.ts";

/** What the organisation has arranged, as far as the questions depend on it. Fixed while a process runs. */
export interface FindSetup {
  readonly sector: Sector;
  /** How many locations or departments its advisers are told apart by. */
  readonly places: number;
}

/** Where many who use the bot are under eighteen themselves, or the rules turn on it. */
const young: readonly Sector[] = ["youthCare", "education", "higherEducation", "sport"];

/**
 * Leads somebody who does not know whom to turn to, to the adviser or the service that fits. Safety comes
 * first, and "is it about an adviser?" before any name (P8, P9). No question asks what happened.
 */
export function findFlow(setup: FindSetup): Flow {
  const [first, ...others] = Array.from({ length: setup.places }, (_, index) => placeOption(index));
  return guide("find")
    .choose("safety", options.safety, { required: true })
    .tell("dangerHelp", { when: (a) => a.safety === "danger", help: ["112"] })
    .tell("despairHelp", { when: (a) => a.safety === "despair", help: ["113", "112"] })
    .choose("aboutAdviser", options.aboutAdviser, { required: true })
    .choose("forWhom", options.forWhom)
    .choose("about", options.about, { when: (a) => a.forWhom !== "own" })
    .choose("when", options.when, { when: (a) => a.about === "sexual" })
    .choose("byWhom", options.byWhom, {
      when: (a) =>
        a.about !== "home" && (a.forWhom === "client" || a.forWhom === "pupil" || a.forWhom === "athlete"),
    })
    .choose("minor", options.minor, {
      when: (a) =>
        a.forWhom !== "colleague" &&
        a.forWhom !== "employee" &&
        (a.forWhom !== "me" || young.includes(setup.sector)),
    })
    .choose("how", options.how)
    .choose("place", first === undefined ? [placeOption(0)] : [first, ...others], {
      when: (a) => setup.places > 1 && a.how !== "outside",
    });
}
