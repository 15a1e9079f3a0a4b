import type { Lexicon } from "../../content/lexicon.ts";
import { normalise } from "./typed.ts";

/** Help that words in somebody's own text may call for, in the order in which it is offered. */
export const storyHelp = ["danger", "despair", "sexualViolence"] as const;
export type StoryHelp = (typeof storyHelp)[number];

/**
 * Which help to offer below a text, for the words in it (P8). Words lead to help and to nothing else: no
 * condition, report, message, count or log knows of them. A list of words cannot read, so what is offered
 * must be right for who did not mean it, too.
 */
export function helpFor(text: string, { stories }: Pick<Lexicon, "stories">): readonly StoryHelp[] {
  const sentences = sentencesOf(text, stories);
  const heard = (list: readonly string[]) => sentences.some((sentence) => holds(sentence, list));
  const offered: Readonly<Record<StoryHelp, boolean>> = {
    danger: heard(stories.danger),
    despair: heard(stories.despair),
    sexualViolence: sentences.some(
      (sentence, nr) =>
        !holds(sentence, stories.past) &&
        (holds(sentence, stories.assault) ||
          (holds(sentence, stories.touching) &&
            // "Dat was gisteren." may stand before or behind what happened.
            sentences.slice(Math.max(0, nr - 1), nr + 2).some((near) => holds(near, stories.recent)))),
    ),
  };
  return storyHelp.filter((help) => offered[help]);
}

/** A sentence as it stands, and without the words that mean nothing here: "ik wil soms gewoon dood". */
type Sentence = readonly [string, string];

/** Without what only sounds like it: "politieke zelfmoord". What stood beside it does not close up. */
function sentencesOf(text: string, { figures, fillers }: Lexicon["stories"]): readonly Sentence[] {
  return text.split(/[.!?]+|\n\s*\n/).map((sentence) => {
    const meant = figures.reduce(
      (left, figure) => left.replaceAll(` ${figure} `, " | "),
      ` ${normalise(sentence)} `,
    );
    const short = meant.split(" ").filter((word) => !fillers.includes(word));
    return [meant, short.join(" ")];
  });
}

function holds([meant, short]: Sentence, list: readonly string[]): boolean {
  return list.some((phrase) => meant.includes(` ${phrase} `) || short.includes(` ${phrase} `));
}
