import { options } from "./bystander/situation.ts";
import { type Flow, guide } from "./core/flow.ts";

/** What somebody answers who saw something and wants to do right afterwards, in the order asked. */
export const afterOptions = {
  over: ["over", "goesOn", "danger"],
  /** To whom it happened: rules hold for some. */
  toWhom: ["colleague", "client", "pupil", "athlete"],
  about: ["sexual", "bullying", "aggression", "discrimination"],
} as const;

/**
 * Helps somebody who saw something, afterwards: how to be there for the person it happened to, what to write
 * down if they want it, whom to tell, and what is asked of who leads or was told. Nothing is sent or kept.
 */
export function aftercareFlow(): Flow {
  return guide("aftercare")
    .beginWith("bystander", ({ power = null }) => ({ power }))
    .choose("over", afterOptions.over, { required: true, oneTap: true })
    .tell("dangerHelp", { when: (a) => a.over === "danger", help: ["112"] })
    .choose("toWhom", afterOptions.toWhom, { oneTap: true })
    .choose("about", afterOptions.about, { oneTap: true })
    .choose("power", options.power, { oneTap: true });
}
