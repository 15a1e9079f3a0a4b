import { longestOwn, options } from "./code/elements.ts";
import { type Flow, worksheet } from "./core/flow.ts";

/**
 * Helps a manager to write the organisation's code of conduct, or to see what an existing one lacks. What comes
 * of it is a draft to discuss: nothing is sent, and it waits for as long as a report's draft does.
 */
export function codeFlow(): Flow {
  const writing = (a: { readonly task?: "write" | "review" }) => a.task === "write";
  return worksheet("code")
    .choose("task", options.task, { required: true })
    .chooseSeveral("has", options.has, { when: (a) => a.task === "review" })
    .write("opening", { when: writing, maxLength: longestOwn.opening })
    .chooseSeveral("holdsFor", options.holdsFor, { when: writing })
    .chooseSeveral("behaviour", options.behaviour, { when: writing })
    .write("examples", { when: writing, maxLength: longestOwn.examples })
    .chooseSeveral("steps", options.steps, { when: writing })
    .chooseSeveral("support", options.support, { when: writing })
    .chooseSeveral("follows", options.follows, { when: writing })
    .chooseSeveral("alive", options.alive, { when: writing })
    .write("contact", { when: writing, maxLength: longestOwn.contact });
}
