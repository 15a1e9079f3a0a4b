import type { Question } from "./flow.ts";

/** Word lists from content by which typed text is understood; there is no language model (design decision 11). */
export interface Lexicon {
  /** Command → what people type for it, normalised. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** `flow.question.option` → its label and synonyms, normalised. */
  readonly options: Readonly<Record<string, readonly string[]>>;
}

/** Commands that content lists words for. */
export const commands = [
  "hello",
  "menu",
  "report",
  "reports",
  "resume",
  "back",
  "skip",
  "stop",
  "clear",
  "send",
  "help",
  "dutch",
  "english",
  "done",
] as const;
export type Command = (typeof commands)[number];

/**
 * Commands that are heard inside a short line too. None of them sends, skips, clears or leaves anything:
 * "nog niet versturen" and "hij moet stoppen" must not do what one word in them says.
 */
const harmless = ["reports", "report", "menu", "help", "resume", "dutch", "english", "hello"] as const;

export type Typed =
  | { readonly as: "command"; readonly command: Command }
  | { readonly as: "option"; readonly options: readonly string[] }
  | { readonly as: "number"; readonly number: number }
  | { readonly as: "danger" }
  | { readonly as: "despair" }
  | { readonly as: "story" }
  | { readonly as: "unknown" };

/** What is on the table when the text comes in. */
export interface Table {
  readonly flow: string | null;
  readonly question: Question | null;
}

/** From this many words on, unmatched text is taken for a story: told where it is safe, not stored. */
const storyWords = 6;

/** A longer line is a sentence about something, not a request for a menu item. */
const keywordWords = 5;

/** Lower case, no diacritics, no punctuation, single spaces: the form in which word lists are compared. */
export function normalise(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Understands typed text. Words of danger or despair win, wherever they stand (P8); then an exact command,
 * an answer to the question on the table, and a command word within a short line.
 */
export function understand(text: string, table: Table, lexicon: Lexicon): Typed {
  const line = normalise(text);
  const words = line === "" ? [] : line.split(" ");
  const padded = ` ${line} `;
  const heard = (list: readonly string[] | undefined) =>
    list?.some((phrase) => padded.includes(` ${phrase} `)) === true;
  if (heard(lexicon.commands.despair)) return { as: "despair" };
  if (heard(lexicon.commands.danger)) return { as: "danger" };
  const exact = commands.find((command) => lexicon.commands[command]?.includes(line));
  const options =
    table.question && table.flow ? readOptions(line, table.flow, table.question, lexicon) : null;
  if (options) return { as: "option", options };
  if (exact) return { as: "command", command: exact };
  if (/^\d{1,2}$/.test(line) && !table.question) return { as: "number", number: Number(line) };
  if (words.length > 0 && words.length <= keywordWords) {
    const within = harmless.find((command) => heard(lexicon.commands[command]));
    if (within) return { as: "command", command: within };
  }
  return { as: words.length >= storyWords || line.length > 40 ? "story" : "unknown" };
}

/** Options named by number, label or synonym; several where the question takes several. */
function readOptions(
  line: string,
  flow: string,
  question: Question,
  lexicon: Lexicon,
): readonly string[] | null {
  if (question.kind !== "choice" && question.kind !== "choices") return null;
  const one = (part: string): string | null => {
    if (/^\d{1,2}$/.test(part)) return question.options[Number(part) - 1] ?? null;
    return (
      question.options.find((option) =>
        lexicon.options[`${flow}.${question.id}.${option}`]?.includes(part),
      ) ?? null
    );
  };
  const whole = one(line);
  if (whole) return [whole];
  if (question.kind === "choice") return null;
  const parts = line.split(/\s+(?:en|and)\s+|\s+(?=\d)/).filter((part) => part !== "");
  const found = parts.map(one);
  if (parts.length < 2 || found.some((option) => option === null)) return null;
  return [...new Set(found as string[])];
}
