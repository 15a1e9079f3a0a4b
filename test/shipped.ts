import { readFileSync } from "node:fs";
import { ContentFault, contentLanguages, MissingText, parseContent, wordFiles } from "../content/words.ts";
import { aftercareFlow } from "../dialogs/aftercare.ts";
import { bystanderFlow } from "../dialogs/bystander.ts";
import { codeFlow } from "../dialogs/code.ts";
import { evaluationFlow } from "../dialogs/evaluation.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";

/** What the tests of content share: the files as an editor reads them, and what a change to one does. */

/** Every question of these flows, also those that not every organisation asks. */
export const questions = [
  reportFlow({ conflictRoute: true }),
  findFlow({ sector: "education", places: 2 }),
  bystanderFlow(),
  aftercareFlow(),
  codeFlow(),
  evaluationFlow(),
].flatMap(({ id, items }) =>
  items.flatMap((item) => (item.kind === "end" ? [] : [{ flow: id, question: item }])),
);

/** Those of them whose options content has words for: the places are the organisation's. */
export const worded = questions.filter(({ flow, question }) => flow !== "find" || question.id !== "place");

/** The day on which the facts were collected: nothing was checked later. */
export const collectedOn = "2026-11-21";

/** The text of one file of the content that comes with the project. */
export function shipped(path: string): string {
  return readFileSync(new URL(`../content/${path}`, import.meta.url), "utf8");
}

export function shippedFiles(): Record<string, string> {
  const words = contentLanguages.flatMap((language) =>
    [...wordFiles, "lexicon"].map((file) => `${language}/${file}.yaml`),
  );
  const paths = ["help.yaml", "duties.yaml", "check.yaml", "pseudonyms.yaml", ...words];
  return Object.fromEntries(paths.map((path) => [path, shipped(path)]));
}

/** The faults after one file was changed. */
export function faultsAfter(path: string, change: (text: string) => string): readonly string[] {
  const after = change(shipped(path));
  expect(after).not.toBe(shipped(path));
  try {
    parseContent({ ...shippedFiles(), [path]: after });
  } catch (error) {
    if (error instanceof ContentFault) return error.faults;
    throw error;
  }
  return [];
}

/** Those of them that are told of that file. */
export function faultsIn(path: string, change: (text: string) => string): readonly string[] {
  return faultsAfter(path, change).filter((fault) => fault.startsWith(path));
}

/** The code of what a missing text throws; null where nothing is missing. */
export function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error instanceof MissingText ? error.code : error;
  }
  return null;
}

export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.?:])\s+/).filter((sentence) => sentence !== "");
}

/** Words that convict or doubt, and a voice raised, in the texts of the directory (P13). */
export const neverSaid = {
  nl: /\bdaders?\b|\bplegers?\b|\bslachtoffers?\b|beschuldig|strafbaar|\bwaarom\b|\buw?\b|!|vermeend/i,
  en: /perpetrator|offender|\bvictims?\b(?! support)|accus|\bcrim|punish|alleged|\bwhy\b|!/i,
} as const;
