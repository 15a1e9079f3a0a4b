import { options } from "./bystander/situation.ts";
import { type Flow, guide } from "./core/flow.ts";

/**
 * Helps somebody who sees something happen: four presses from "I see something" to one thing to do. Nothing
 * here is sent or kept. Danger needs no further question.
 */
export function bystanderFlow(): Flow {
  return guide("bystander")
    .choose("safety", options.safety, { required: true, oneTap: true })
    .choose("power", options.power, { when: (a) => a.safety !== "danger", required: true, oneTap: true })
    .choose("where", options.where, { when: (a) => a.safety !== "danger", oneTap: true })
    .choose("able", options.able, { when: (a) => a.safety !== "danger", required: true, oneTap: true });
}
