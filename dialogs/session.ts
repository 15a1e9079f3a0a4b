import { z } from "zod";
import { type Language, languages } from "./core/draft.ts";
import { normalise } from "./core/typed.ts";
import { sceneOptions } from "./scenes.ts";

const session = z.uuid();

/** What a button of a team session says; pressed in a group or channel, or in a room opened from one. */
export const SessionPress = z.discriminatedUnion("do", [
  z.object({ do: z.literal("session.vote"), session, option: z.enum(sceneOptions) }),
  /** Ends the voting, for everybody. */
  z.object({ do: z.literal("session.outcome"), session }),
  /** Puts the next scene below this one. */
  z.object({ do: z.literal("session.another"), session }),
  /** Begins the session with this id on the scene chosen in the form: a repeated press begins it once. */
  z.object({ do: z.literal("session.begin"), session, language: z.enum(languages) }),
]);
export type SessionPress = z.infer<typeof SessionPress>;

/** How people of one language ask for a session; all of it normalised, but the labels. */
export interface SessionWords {
  readonly language: Language;
  /** What a request begins with: "scène". */
  readonly phrases: readonly string[];
  /** What this language is called in any language: a request may end with it. */
  readonly named: readonly string[];
  /** What the scenes are called, in their order. */
  readonly labels: readonly string[];
}

/** A request for a session. `scene` counts along the scenes; null: no scene was named. */
export interface SessionAsked {
  readonly language: Language;
  readonly scene: number | null;
}

/**
 * Whether a text is a request for a session and nothing else: words for it, then at most a scene's number or
 * label and a language. Any other text in a group is not for the bot to act on: somebody may be telling
 * something. `words`: the languages offered first; of the others only the words count.
 */
export function sessionAsked(
  text: string,
  words: readonly SessionWords[],
  offered: readonly Language[],
): SessionAsked | null {
  const whole = normalise(text);
  const named = words.find(({ named }) => named.some((name) => whole.endsWith(` ${name}`)));
  const name = named?.named.filter((name) => whole.endsWith(` ${name}`)).sort(byLength)[0] ?? "";
  const line = name === "" ? whole : whole.slice(0, -name.length - 1);
  for (const { language, phrases } of words) {
    const phrase = phrases.filter((phrase) => `${line} `.startsWith(`${phrase} `)).sort(byLength)[0];
    if (phrase === undefined) continue;
    const scene = sceneNamed(line.slice(phrase.length + 1), words);
    if (scene === undefined) continue;
    const wanted = [named?.language, language].find((one) => one !== undefined && offered.includes(one));
    return { language: wanted ?? offered[0] ?? language, scene };
  }
  return null;
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}

/** Null: none is named. Undefined: something else is said. */
function sceneNamed(rest: string, words: readonly SessionWords[]): number | null | undefined {
  if (rest === "") return null;
  const count = words[0]?.labels.length ?? 0;
  if (/^\d{1,2}$/.test(rest)) {
    const nr = Number(rest);
    return nr >= 1 && nr <= count ? nr - 1 : undefined;
  }
  const found = words.map(({ labels }) => labels.findIndex((label) => normalise(label) === rest));
  return found.find((nr) => nr >= 0);
}
