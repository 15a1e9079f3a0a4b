import type { Lexicon } from "../../content/lexicon.ts";
import type { Question } from "./flow.ts";
import { type Topic, topics } from "./screen.ts";

/** Commands that content lists words for. */
export const commands = [
  "hello",
  "menu",
  "report",
  "reports",
  "record",
  "find",
  "bystander",
  "checks",
  "aftercare",
  "code",
  "evaluation",
  "scenes",
  "barriers",
  "forgetPractice",
  "topics",
  "copy",
  "contact",
  "duties",
  "write",
  "pingDaily",
  "pingWeekly",
  "pingNever",
  "resume",
  "back",
  "skip",
  "tellNow",
  "enough",
  "leave",
  "replace",
  "edit",
  "stop",
  "clear",
  "remind",
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
const harmless = [
  "reports",
  "record",
  "report",
  "find",
  "bystander",
  "checks",
  "aftercare",
  "code",
  "evaluation",
  "scenes",
  "topics",
  "menu",
  "help",
  "resume",
  "dutch",
  "english",
  "hello",
] as const;

export type Typed =
  | { readonly as: "command"; readonly command: Command }
  | { readonly as: "option"; readonly options: readonly string[] }
  | { readonly as: "number"; readonly number: number }
  | { readonly as: "service"; readonly service: string }
  | { readonly as: "topic"; readonly topic: Topic }
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

/** A direct question may be this long. What is longer is a story, whoever is named in it. */
const questionWords = 14;

/** So many words of a topic's phrase are a question by themselves, also in a line that is not short. */
const topicWords = 3;

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
 * Understands typed text. Words of danger or despair win, wherever they stand (P8); then an answer to the
 * question on the table, an exact command, and what is named within a short line or a direct question.
 */
export function understand(text: string, table: Table, lexicon: Lexicon): Typed {
  const line = normalise(text);
  const words = line === "" ? [] : line.split(" ");
  if (heard(line, lexicon.commands.despair)) return { as: "despair" };
  if (heard(line, lexicon.commands.danger)) return { as: "danger" };
  const options =
    table.question && table.flow ? readOptions(line, table.flow, table.question, lexicon) : null;
  if (options) return { as: "option", options };
  const exact = commands.find((command) => lexicon.commands[command]?.includes(line));
  if (exact) return { as: "command", command: exact };
  if (/^\d{1,2}$/.test(line) && !table.question) return { as: "number", number: Number(line) };
  return (
    named(line, words, lexicon) ?? {
      as: words.length >= storyWords || line.length > 40 ? "story" : "unknown",
    }
  );
}

function heard(line: string, list: readonly string[] | undefined): boolean {
  return list?.some((phrase) => ` ${line} `.includes(` ${phrase} `)) === true;
}

/**
 * What a line names. The longest phrase knows best what is meant: "wat doet een vertrouwenspersoon" asks for
 * an explanation, although "vertrouwenspersoon" alone asks for the person.
 */
function named(line: string, words: readonly string[], lexicon: Lexicon): Typed | null {
  if (words.length > questionWords) return null;
  const short = words.length <= keywordWords;
  const asked = short || lexicon.asking.some((phrase) => inOrder(phrase.split(" "), words));
  const meanings: readonly (readonly [Typed, readonly string[] | undefined])[] = [
    ...harmless
      .filter((command) => short || (asked && command === "find"))
      .map((command) => [{ as: "command", command }, lexicon.commands[command]] as const),
    ...topics.map((topic) => {
      const phrases = lexicon.topics[topic]?.filter(
        (phrase) => short || phrase.split(" ").length >= topicWords,
      );
      return [{ as: "topic", topic }, phrases] as const;
    }),
    ...(asked ? Object.entries(lexicon.services) : []).map(
      ([service, names]) => [{ as: "service", service }, names] as const,
    ),
  ];
  let best: { readonly typed: Typed; readonly length: number } | null = null;
  for (const [typed, phrases = []] of meanings) {
    for (const phrase of phrases) {
      if (phrase.length > (best?.length ?? 0) && heard(line, [phrase]))
        best = { typed, length: phrase.length };
    }
  }
  return best?.typed ?? null;
}

/** Whether these words stand in the line in this order, with or without others in between. */
function inOrder(phrase: readonly string[], words: readonly string[]): boolean {
  let from = 0;
  for (const word of phrase) {
    from = words.indexOf(word, from) + 1;
    if (from === 0) return false;
  }
  return true;
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
