import type { View } from "../cards/view.ts";
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
