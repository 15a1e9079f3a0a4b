/**
 * What must not compile. `npm run types` reads this file and nothing runs it: each line marked as an error
 * that is none fails there.
 */
import { type Flow, flow } from "../dialogs/core/flow.ts";

const start = flow("sample")
  .choose("moment", ["now", "earlier"])
  .chooseSeveral("kind", ["bullying", "sexual"]);
const written = start.write("story");

/** Conditions see the closed answers of earlier questions, by their exact options. */
export const good: Flow = written
  .choose("danger", ["yes", "no"], { when: (a) => a.moment === "now" && a.kind?.includes("sexual") === true })
  .tell("call", { when: (a) => a.danger === "yes", help: ["112"] })
  .endIf("stopHere", { when: (a) => a.danger === "yes", help: [] })
  .write("more", { when: (a) => a.danger === "no", required: true, maxLength: 200 });

// @ts-expect-error a misspelt option of one
start.choose("danger", ["yes", "no"], { when: (a) => a.moment === "nou" });

// @ts-expect-error a misspelt option of several
start.choose("danger", ["yes", "no"], { when: (a) => a.kind?.includes("sexsual") === true });

// @ts-expect-error a misspelt option in the condition of an end
start.endIf("stopHere", { when: (a) => a.moment === "nou", help: [] });

// @ts-expect-error a misspelt option in the condition of something told
start.tell("call", { when: (a) => a.moment === "nou", help: [] });

// @ts-expect-error a misspelt option in the condition of free text
start.write("more", { when: (a) => a.moment === "nou" });

// @ts-expect-error a misspelt question
start.choose("danger", ["yes", "no"], { when: (a) => a.momment === "now" });

// @ts-expect-error a later question
start.choose("danger", ["yes", "no"], { when: (a) => a.later === "yes" }).choose("later", ["yes", "no"]);

// @ts-expect-error the question itself
start.choose("danger", ["yes", "no"], { when: (a) => a.danger === "yes" });

// @ts-expect-error free text
written.choose("danger", ["yes", "no"], { when: (a) => a.story === "help" });

// @ts-expect-error an answer taken for granted: it may have been skipped or not be on the path
start.choose("danger", ["yes", "no"], { when: (a) => a.kind.includes("sexual") });

start.choose("danger", ["yes", "no"], {
  when: (a) => {
    // @ts-expect-error an answer changed by a condition
    a.moment = "now";
    return true;
  },
});

// @ts-expect-error a condition that is no yes or no
start.choose("danger", ["yes", "no"], { when: (a) => a.moment });

// @ts-expect-error a question without options
start.choose("danger", []);

// @ts-expect-error one id for two closed questions
start.choose("moment", ["yes", "no"]);

// @ts-expect-error an end without a condition: nothing after it could be reached
start.endIf("stopHere", { help: [] });

// @ts-expect-error something told that can be skipped
start.tell("call", { help: [], skippable: true });
