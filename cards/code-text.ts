import type { Words } from "../content/words.ts";
import type { Piece, Section } from "../dialogs/code/assemble.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { rowOf } from "./reading.ts";

/** A part of a code of conduct with its words. */
export interface WordedSection {
  readonly heading: string | null;
  readonly texts: readonly string[];
  readonly list: readonly Item[];
}

/** A point: what it is about, where it begins with that, and what it says. */
export interface Item {
  readonly label: string | null;
  readonly text: string;
}

/** The words of the parts, in the language of `words`; what a manager wrote stands in them as it was written. */
export function worded(
  sections: readonly Section[],
  answers: Answers,
  words: Words,
): readonly WordedSection[] {
  return sections.map(({ heading, texts, list }) => ({
    heading: heading === null ? null : words.say(heading),
    texts: texts.map((piece) => lineOf(itemOf(piece, answers, words))),
    list: list.map((piece) => itemOf(piece, answers, words)),
  }));
}

/** A point as one line. */
export function lineOf({ label, text }: Item): string {
  return label === null ? text : `${label}: ${text}`;
}

function itemOf(piece: Piece, answers: Answers, words: Words): Item {
  const say = (key: string) => words.say(key);
  if ("label" in piece) return { label: say(piece.label), text: `${piece.of.map(say).join("; ")}.` };
  if ("list" in piece)
    return { label: null, text: words.say(piece.key, { list: rowOf(piece.list.map(say), words.language) }) };
  if (!("own" in piece)) return { label: null, text: say(piece.key) };
  const answer = answers[piece.own];
  // One line, as the field for it is: a point of many lines would burst the page.
  const own = typeof answer === "string" ? answer.replace(/\s+/g, " ").trim() : "";
  return { label: null, text: piece.key === null ? own : words.say(piece.key, { own }) };
}
