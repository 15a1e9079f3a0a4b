import type { View } from "../cards/view.ts";
import { type Check, longest, mostKept, mostPeople, mostRounds } from "../dialogs/check/check.ts";
import { moved } from "../dialogs/check/moves.ts";
import { withPerson } from "../dialogs/check/people.ts";
import type { InCheckPress } from "../dialogs/check/press.ts";
import { pagesFor, questionsFor } from "../dialogs/check/questions.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import { sectors } from "../dialogs/find/situation.ts";
import type { Reporter } from "./fakes/view-person.ts";

/** What people do in a check, in every test of it. */

export const setting = { sector: "mentalHealthcare", size: "from50" } as const;

/** Begins a check, and stands on its first page. */
export async function begins(person: Reporter, over: Record<string, string> = {}): Promise<View> {
  await person.say("hallo");
  await person.send({ do: "checks" });
  await person.press("check.new");
  return person.press("check.begin", {
    unit: "Kliniek Noord",
    ...setting,
    role: "hr",
    name: "Sanne",
    ...over,
  });
}

/** Joins with the code that is on somebody's page. */
export async function joins(
  person: Reporter,
  code: string,
  over: Record<string, string> = {},
): Promise<View> {
  await person.say("hallo");
  await person.send({ do: "checks" });
  await person.press("check.new");
  await person.press("check.joining");
  return person.press("check.join", { code, role: "worksCouncil", name: "Joost", ...over });
}

/** The same answer to everything that is asked, from the first page. */
export async function fillsIn(person: Reporter, verdict: string, notes = ""): Promise<View> {
  await person.press("check.form");
  for (let nr = 0; nr < 30; nr += 1) {
    if (!person.room.buttons.some((button) => button.press?.do === "check.save")) return person.room;
    const inputs = Object.fromEntries(
      person.room.inputs.map(({ id, type }) => [id, type === "choice" ? verdict : notes]),
    );
    await person.press("check.save", inputs);
  }
  throw new Error("no end to it");
}

/** The check with as much in it as years of spite can put there. */
export function grown(check: Check): Check {
  const note = "€".repeat(longest.note);
  let now = check;
  for (let nr = 1; nr < mostPeople; nr += 1)
    now = withPerson(now, { mark: `m${nr}`.padEnd(43, "x"), name: note, role: "worksCouncil" }) ?? now;
  now = { ...now, people: now.people.map((one) => ({ ...one, name: note.slice(0, longest.name) })) };
  const step = (press: InCheckPress, inputs: Inputs = {}, me = "p1") => {
    now = moved({ id: check.code, check: now, me, now: 5 }, press, inputs).check;
  };
  for (let round = 0; ; round += 1) {
    const isLast = round === mostRounds - 1;
    for (const sector of sectors) {
      step({ do: "check.setting", check: "x" }, { sector, size: "from50" });
      for (const { id: form, questions } of pagesFor({ sector, size: "from50" }))
        for (let nr = 0; nr < (round === 0 || isLast ? mostKept + 5 : 1); nr += 1) {
          const notes = Object.fromEntries(
            questions.flatMap(({ id }) => [
              [`v.${id}`, nr % 2 === 0 ? "no" : "partly"],
              [`n.${id}`, `${nr}${round}${note}`.slice(0, longest.note)],
            ]),
          );
          // Every second one too late.
          const revision = nr % 2 === 0 ? now.revision : 0;
          step({ do: "check.save", check: "x", form, revision, go: "overview" }, notes, `p${1 + (nr % 12)}`);
        }
      for (const { id: question } of questionsFor({ sector, size: "from50" }))
        for (const { id } of isLast ? now.people : [])
          step(
            { do: "check.agree", check: "x", question, revision: now.revision },
            { owner: note.slice(0, longest.owner), due: "2027-02-01", done: "open", remind: ["yes"] },
            id,
          );
    }
    if (isLast) return now;
    step({ do: "check.finish", check: "x" });
    step({ do: "check.again", check: "x", round: crypto.randomUUID() });
  }
}
