import { readdirSync, readFileSync } from "node:fs";
import { stampedIn, stampOf } from "../cases/stamp.ts";
import { Check, currentRound } from "../dialogs/check/check.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { Conversation } from "../dialogs/core/draft.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import { placeOf, reviewRows } from "../dialogs/core/show.ts";
import { PrivateRecord } from "../dialogs/record/record.ts";
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
    const conversation = Conversation.parse(release.conversation);
    expect(conversation).toMatchObject(release.conversation as object);
    const { draft } = conversation;
    if (!draft) throw new Error("no draft");
    // What goes along from the private record is still in it, as it was.
    const along = reviewRows(draft, flow).flatMap(({ written, answer }) => (written ? [answer] : []));
    expect(along).toEqual((draft.enclosed ?? []).map(({ text }) => text));
    expect(placeOf(draft, flow)).toMatchObject({ question: draft.revisiting });
  });
});

interface SavedRecord {
  readonly record: unknown;
  readonly digests: readonly string[];
  readonly copied: string;
}

/** Somebody may show a stamp years later, with nothing but the copy: it is computed as it was then. */
test.each(readdirSync(folder).filter((name) => name.startsWith("records-")))("%s", (name) => {
  const saved: SavedRecord = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const { entries } = PrivateRecord.parse(saved.record);
  expect({ entries }).toMatchObject(saved.record as object);
  expect(entries.map(stampOf)).toEqual(saved.digests);
  expect(stampedIn(saved.copied).map(stampOf)).toEqual(saved.digests);
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
