import type { Answers } from "../core/flow.ts";

/** What an organisation does, as its file says; which rules and services hold depends on it. */
export const sectors = [
  "business",
  "healthcare",
  "mentalHealthcare",
  "disabilityCare",
  "youthCare",
  "education",
  "higherEducation",
  "sport",
  "cultureAndMedia",
  "government",
] as const;
export type Sector = (typeof sectors)[number];

/** The options of the find flow, in the order in which they are offered. Ids are for ever. */
export const options = {
  safety: ["safe", "danger", "despair"],
  aboutAdviser: ["no", "yes", "unsure"],
  /** Who it happened to, or happens to; `employee`: somebody I manage; `own`: I worry about what I did myself. */
  forWhom: ["me", "colleague", "employee", "client", "pupil", "athlete", "volunteer", "own"],
  about: ["sexual", "bullying", "aggression", "discrimination", "home", "wrongdoing", "other"],
  when: ["today", "lastWeek", "earlier", "ongoing", "unknown"],
  /** `professional`: a carer, teacher, trainer or other member of staff; `peer`: another client, pupil or athlete. */
  byWhom: ["professional", "peer", "other", "unknown"],
  /** Whether it is about somebody under eighteen. */
  minor: ["no", "yes", "unknown"],
  how: ["inPerson", "phone", "chat", "outside"],
} as const;

type Options = typeof options;

/** The closed answers that help is chosen by. Null: not asked, or skipped. */
export type Situation = {
  readonly [Question in Exclude<keyof Options, "safety">]: Options[Question][number] | null;
} & {
  readonly sector: Sector;
  /** The chosen place, as the option's id: see `placeOption`. */
  readonly place: string | null;
};

/** The option for the organisation's place with this index; places are the operator's words, not content's. */
export function placeOption(index: number): string {
  return `p${index}`;
}

/** Reads the answers of a find draft. What the flow does not know counts as not answered. */
export function situationOf(sector: Sector, answers: Answers): Situation {
  const one = <Question extends Exclude<keyof Options, "safety">>(question: Question) => {
    const answer = Object.hasOwn(answers, question) ? answers[question] : null;
    const known: readonly string[] = options[question];
    return (typeof answer === "string" && known.includes(answer) ? answer : null) as Situation[Question];
  };
  const place = Object.hasOwn(answers, "place") ? answers.place : null;
  return {
    sector,
    aboutAdviser: one("aboutAdviser"),
    forWhom: one("forWhom"),
    about: one("about"),
    when: one("when"),
    byWhom: one("byWhom"),
    minor: one("minor"),
    how: one("how"),
    place: typeof place === "string" ? place : null,
  };
}
