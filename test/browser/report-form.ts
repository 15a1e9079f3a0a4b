import { readContent } from "../../bots/content-files.ts";
import { employee } from "../../bots/demo/playground.ts";
import { reportFlow } from "../../dialogs/report.ts";
import type { Screen } from "./screen.ts";

/** The form of a report in the client, filled in as somebody does who reads Dutch. */

const words = readContent().words("nl");
/** The first line of what content says: a card shows each line apart. */
export const say = (key: string, params: Parameters<typeof words.say>[1] = {}) =>
  words.say(key, params).split("\n")[0] ?? "";

/** What the card says was done last by who is at the keyboard, but for when. */
export const doneByEmployee = (what: "replied") =>
  words.say(`desk.acts.${what}`, { name: employee.name, at: "" }).replace(/, $/, "");

/** As the demo's organisation has it. */
const flow = reportFlow({ conflictRoute: true, sector: "government" });

/** Answers a closed question and goes on. */
export async function answerChoice(
  screen: Screen,
  question: string,
  ids: readonly string[],
  kind: "radio" | "checkbox" = "radio",
) {
  await screen.sees(say(`report.${question}.title`));
  await screen.choose(
    kind,
    ids.map((id) => say(`report.${question}.options.${id}`)),
  );
  await screen.press(say("common.buttons.next"));
}

/** From whatever ended last to a new report's first question. */
export async function begin(screen: Screen): Promise<void> {
  await screen.press(say("common.buttons.menu"));
  await screen.press(say("common.buttons.report"));
}

/** By question: an option, several, or own words. What is not in here is skipped. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/**
 * From the first question, or from `from`, to check-your-answers, or to `until`, which is left as it is. Which
 * questions come is asked of the flow: a screen that is missing, or comes unasked, ends the walk. So do own
 * words that are anywhere on the page but in the form they are written in.
 */
export async function fillIn(
  screen: Screen,
  filled: Filled,
  { from, until, shots }: { readonly from?: string; readonly until?: string; readonly shots?: string } = {},
): Promise<void> {
  const closed: Record<string, unknown> = {};
  const told: string[] = [];
  let there = from === undefined;
  for (const item of flow.items) {
    if (item.kind === "end" || !item.when(closed as never)) continue;
    const answer = filled[item.id];
    if (item.kind !== "text" && answer !== undefined) closed[item.id] = answer;
    there ||= item.id === from;
    if (!there) continue;
    const title = say(`report.${item.id}.title`);
    await screen.sees(title);
    for (const line of told) await screen.keepsTo(null, line);
    if (item.id === until) return;
    if (shots !== undefined) await screen.shot(`${shots}-${item.id}`);
    if (item.kind === "tell") await screen.press(say(`report.${item.id}.options.seen`));
    else if (answer === undefined) await screen.press(say("common.buttons.skip"));
    else if (item.kind === "text") {
      const [line = ""] = String(answer).split("\n");
      await screen.fill(say(`report.${item.id}.input`), String(answer));
      await screen.keepsTo(title, line);
      told.push(line);
      await screen.press(say("common.buttons.next"));
    } else
      await answerChoice(screen, item.id, [answer].flat(), item.kind === "choices" ? "checkbox" : "radio");
  }
}
