import { readContent } from "../../bots/content-files.ts";
import type { Params } from "../../content/words.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import { reportFlow } from "../../dialogs/report.ts";
import type { Party } from "./people.ts";

/** A person's way through the bot, by what is on the screen: whatever the order of the questions is. */

const content = readContent();
const questions = reportFlow({ conflictRoute: true }).items.filter((item) => item.kind !== "end");

/** A text that people read. */
export function words(key: string, language: Language = "nl", params: Params = {}): string {
  return content.words(language).say(key, params);
}

/** Answers by question; a question that is not in here is skipped. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

export const pseudonymous: Answers = {
  danger: "no",
  aboutAdviser: "no",
  part: "experienced",
  kind: ["bullying", "other"],
  identity: "pseudonymous",
};

/** The question on the screen; null at check-your-answers. */
export function questionOn(party: Party, language: Language): string | null {
  const lines = party.shows().split("\n");
  if (lines.includes(words("report.review.title", language))) return null;
  const found = questions.find(({ id }) => lines.includes(words(`report.${id}.title`, language)));
  if (found === undefined) throw new Error(`no question on the screen: ${party.shows()}`);
  return found.id;
}

/** Answers the question on the screen, or skips it. */
export async function answerOne(party: Party, answers: Answers, language: Language = "nl"): Promise<void> {
  const id = questionOn(party, language);
  const question = questions.find((one) => one.id === id);
  if (question === undefined) throw new Error("there is nothing to answer");
  const answer = answers[question.id];
  if (question.kind === "tell") await party.press(words(`report.${question.id}.options.seen`, language));
  else if (answer === undefined) await party.press(words("common.buttons.skip", language));
  else await party.press(words("common.buttons.next", language), { answer });
}

/** From the menu or the introduction to check-your-answers. Returns what that shows. */
export async function fillIn(party: Party, answers: Answers, language: Language = "nl"): Promise<string> {
  await party.press(words("common.buttons.report", language));
  while (questionOn(party, language) !== null) await answerOne(party, answers, language);
  return party.shows();
}

/** What the screen after "send" tells. */
export interface Sent {
  readonly number: string;
  readonly receipt: string | null;
}

/** Reads the screen after "send"; null where it says something else. */
export function readSent(shown: string, language: Language = "nl"): Sent | null {
  if (!shown.split("\n").includes(words("case.sent.title", language))) return null;
  return { number: numberIn(shown), receipt: /\b\w{5}(-\w{5}){3}\b/.exec(shown)?.[0] ?? null };
}

/** Presses "send" at check-your-answers. */
export async function send(party: Party, language: Language = "nl"): Promise<Sent & { receipt: string }> {
  const sent = readSent(await party.press(words("common.buttons.send", language)), language);
  if (sent?.receipt == null) throw new Error(`not sent: ${party.shows()}`);
  return { ...sent, receipt: sent.receipt };
}

/** A case's number, as people call it. */
export function numberIn(text: string): string {
  const found = /\bV-[0-9A-Z]{5}\b/.exec(text)?.[0];
  if (found === undefined) throw new Error("no case number");
  return found;
}
