import { readdirSync, readFileSync } from "node:fs";
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
