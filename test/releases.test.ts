import { readdirSync, readFileSync } from "node:fs";
import { Check, currentRound } from "../dialogs/check/check.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { Conversation } from "../dialogs/core/draft.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import { placeOf } from "../dialogs/core/show.ts";
import { reportFlow } from "../dialogs/report.ts";

interface Release {
  readonly drafts: readonly { readonly name: string; readonly answers: Answers; readonly leadsTo: string }[];
  readonly conversation: unknown;
}

const folder = new URL("./fixtures/", import.meta.url);
const flow = reportFlow({ conflictRoute: true });

/** Ids are for ever (house rule 4): what any release saved leads on, and nothing that was told is dropped. */
describe.each(readdirSync(folder).filter((name) => name.startsWith("drafts-")))("%s", (name) => {
  const release: Release = JSON.parse(readFileSync(new URL(name, folder), "utf8"));

  test.each(release.drafts)("$name", ({ answers, leadsTo }) => {
    const { path, place, aside } = resolve(flow, answers);
    expect(aside).toEqual([]);
    expect(Object.fromEntries(path.map(({ question, answer }) => [question.id, answer]))).toEqual(answers);
    expect(place.at === "question" ? place.question.id : place.at).toBe(leadsTo);
  });

  test("a whole conversation is read, and goes on where it was", () => {
    const { draft } = Conversation.parse(release.conversation);
    if (!draft) throw new Error("no draft");
    expect(placeOf(draft, flow)).toMatchObject({ question: draft.revisiting });
  });
});

interface SavedChecks {
  readonly checks: readonly {
    readonly name: string;
    readonly answered: number;
    readonly openDuties: readonly string[];
    readonly check: unknown;
  }[];
}

/** A check is kept for years: what any release saved is read, and no answer in it is dropped. */
describe.each(readdirSync(folder).filter((name) => name.startsWith("checks-")))("%s", (name) => {
  const { checks }: SavedChecks = JSON.parse(readFileSync(new URL(name, folder), "utf8"));

  test.each(checks)("$name", ({ answered, openDuties, check: saved }) => {
    const check = Check.parse(saved);
    expect(check).toMatchObject(saved as object);
    const outcome = outcomeOf(currentRound(check));
    expect(outcome.answered).toBeGreaterThanOrEqual(answered);
    // A duty that was open may be told under another kind later, but not be gone.
    const ids = outcome.groups.flatMap(({ findings }) => findings.map(({ id }) => id));
    expect(ids).toEqual(expect.arrayContaining([...openDuties]));
  });
});
