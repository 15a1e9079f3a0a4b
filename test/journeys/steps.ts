import { readContent } from "../../bots/content-files.ts";
import type { Params } from "../../content/words.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import type { Flow, Question } from "../../dialogs/core/flow.ts";
import { reportFlow } from "../../dialogs/report.ts";
import type { Party } from "./people.ts";

/** A person's way through the bot, by what is on the screen: whatever the order of the questions is. */

export const content = readContent();
export const report = reportFlow({ conflictRoute: true });

function questionsOf(flow: Flow): readonly Question[] {
  return flow.items.filter((item): item is Question => item.kind !== "end");
}

/** A text that people read. */
export function words(key: string, language: Language = "nl", params: Params = {}): string {
  return content.words(language).say(key, params);
}

/** A text that people read, a paragraph a line, as it stands on their screen. */
export function paragraphs(key: string, language: Language = "nl", params: Params = {}): readonly string[] {
  return words(key, language, params)
    .split("\n")
    .filter((line) => line !== "");
}

/** A text that people read, where nobody knows beforehand what stands for its parameters: only how that looks. */
export function shaped(key: string, looks: Readonly<Record<string, RegExp>>): RegExp {
  const mark = "\u0000";
  const marked = Object.fromEntries(Object.keys(looks).map((name) => [name, `${mark}${name}${mark}`]));
  const pieces = words(key, "nl", marked).split(mark);
  return new RegExp(
    pieces
      .map((piece, at) =>
        at % 2 === 1 ? looks[piece]?.source : piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
      )
      .join(""),
  );
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

/** The question on the screen; null at check-your-answers, or where a guide leads. */
export function questionOn(party: Party, language: Language, flow: Flow = report): string | null {
  const lines = party.shows().split("\n");
  const end = flow.guide ? "found.outcome.title" : "report.review.title";
  if (lines.includes(words(end, language))) return null;
  const found = questionsOf(flow).find(({ id }) => lines.includes(words(`${flow.id}.${id}.title`, language)));
  if (found === undefined) throw new Error(`no question on the screen: ${party.shows()}`);
  return found.id;
}

/** Answers question after question, up to check-your-answers or where a guide leads; returns what that shows. */
export async function goThrough(
  party: Party,
  flow: Flow,
  answers: Answers,
  language: Language = "nl",
): Promise<string> {
  while (questionOn(party, language, flow) !== null) await answerOne(party, answers, language, flow);
  return party.shows();
}

/** Answers the question on the screen, or skips it. */
export async function answerOne(
  party: Party,
  answers: Answers,
  language: Language = "nl",
  flow: Flow = report,
): Promise<void> {
  const id = questionOn(party, language, flow);
  const question = questionsOf(flow).find((one) => one.id === id);
  if (question === undefined) throw new Error("there is nothing to answer");
  const answer = answers[question.id];
  if (question.kind === "tell") await party.press(words(`${flow.id}.${id}.options.seen`, language));
  else if (answer === undefined) await party.press(words("common.buttons.skip", language));
  else await party.press(words("common.buttons.next", language), { answer });
}

/** From the menu or the introduction to check-your-answers. Returns what that shows. */
export async function fillIn(party: Party, answers: Answers, language: Language = "nl"): Promise<string> {
  await party.press(words("common.buttons.report", language));
  return goThrough(party, report, answers, language);
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

/** Presses "send" at check-your-answers, where need be after reading on. */
export async function send(party: Party, language: Language = "nl"): Promise<Sent & { receipt: string }> {
  while (party.shows().split("\n").includes(words("report.review.readOn", language)))
    await party.press(words("common.buttons.readOn", language));
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

/** From a case, or a page of it, to the question whether to close it, which asks why. */
export async function askToClose(adviser: Party): Promise<string> {
  await adviser.press(words("adviser.buttons.work"));
  return adviser.press(words("desk.buttons.closing"));
}

/** Closes a case: first without a reason, which leads nowhere. */
export async function closeCase(adviser: Party): Promise<string> {
  await askToClose(adviser);
  const asked = await adviser.press(words("adviser.buttons.close"));
  if (!asked.includes(words("desk.notes.reasonFirst"))) throw new Error(`closed for no reason: ${asked}`);
  return adviser.press(words("adviser.buttons.close"), { reason: "settled" });
}
