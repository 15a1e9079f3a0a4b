import type { Answers } from "../core/flow.ts";

/** The options of the two bystander guides, in the order in which they are offered. Ids are for ever. */
export const options = {
  /**
   * `danger`: violence, or a threat of it, now. `unsafe`: I do not feel safe. `tense`: somebody is aggressive,
   * has been drinking, or there is a group. `calm`: none of these.
   */
  safety: ["calm", "tense", "unsafe", "danger"],
  /** Who the person is whose behaviour I see, to me. `outside`: a client, a customer, or somebody I do not know. */
  power: ["peer", "above", "below", "outside"],
  /** It changes the words to say, never what to do. */
  where: ["room", "online", "outing"],
  /** What I can bring myself to do now. */
  able: ["speak", "distract", "fetch", "notNow"],
} as const;
export type Options = typeof options;

/** What somebody sees happen, as far as what to do depends on it. Null: skipped. */
export type Scene = { readonly [Question in keyof Options]: Options[Question][number] | null };

/** Reads the answers of a bystander draft. What the flow does not know counts as not answered. */
export function sceneOf(answers: Answers): Scene {
  const one = <Question extends keyof Options>(question: Question) => {
    const answer = Object.hasOwn(answers, question) ? answers[question] : null;
    const known: readonly string[] = options[question];
    return (typeof answer === "string" && known.includes(answer) ? answer : null) as Scene[Question];
  };
  return { safety: one("safety"), power: one("power"), where: one("where"), able: one("able") };
}
