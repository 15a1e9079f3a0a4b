import { z } from "zod";
import { languages } from "../core/draft.ts";
import { sectors } from "../find/situation.ts";
import { sizes } from "./questions.ts";

/** What somebody can say of a question; in this order on the form. Ids are for ever. */
export const verdicts = ["yes", "partly", "no", "unknown", "notApplicable"] as const;
export type Verdict = (typeof verdicts)[number];

/** In what role somebody fills in a check. */
export const roles = ["director", "manager", "hr", "worksCouncil", "adviser", "other"] as const;
export type Role = (typeof roles)[number];

/** Longest texts taken, in UTF-16 code units. */
export const longest = { unit: 60, name: 60, note: 500, owner: 60 } as const;
/** How many answers to one question are kept; the oldest go first. */
export const mostKept = 20;
/** How many people fill in one check together. */
export const mostPeople = 12;
/** How many rounds of one check are kept; the oldest go first. */
export const mostRounds = 8;

/** One answer to a question, with who gave it. Null: only a note so far. */
export const Given = z.object({
  verdict: z.enum(verdicts).nullable(),
  note: z.string(),
  /** Id of a person of this check. */
  by: z.string(),
  /** Unix ms. */
  at: z.number(),
  /** The check's revision that it came with. */
  revision: z.int(),
  /** Somebody else had answered in the meantime: it is kept, and does not count. */
  aside: z.boolean().default(false),
});
export type Given = z.infer<typeof Given>;

/** What was agreed about one action. */
export const Agreed = z.object({
  owner: z.string(),
  /** ISO date; null: none yet. */
  due: z.string().nullable(),
  done: z.boolean(),
  by: z.string(),
  at: z.number(),
  revision: z.int(),
  /** Ids of the people of this check who asked to be reminded of it. */
  remind: z.array(z.string()).default([]),
});
export type Agreed = z.infer<typeof Agreed>;

/** One time that the questions were gone through. */
export const Round = z.object({
  id: z.string(),
  setting: z.object({ sector: z.enum(sectors), size: z.enum(sizes) }),
  startedAt: z.number(),
  /** Set when the people of the check said that they were done; its answers stay as they are from then on. */
  finishedAt: z.number().nullable(),
  /** By question, oldest first. */
  answers: z.record(z.string(), z.array(Given)),
  /** By question. */
  plan: z.record(z.string(), Agreed),
  /** The check's revision that it began with; not there: the first one. */
  from: z.int().exactOptional(),
});
export type Round = z.infer<typeof Round>;

/** Somebody who fills in a check. */
export const Person = z.object({
  id: z.string(),
  /** A keyed hash of who it is on the platform, for this check alone. */
  mark: z.string(),
  /** As this person wants to be called here. */
  name: z.string(),
  role: z.enum(roles),
});
export type Person = z.infer<typeof Person>;

/** A check of one organisational unit, through the years. All of it is sealed where it is stored. */
export const Check = z.object({
  unit: z.string(),
  /** With this code a colleague joins. */
  code: z.string(),
  /** In the order in which they joined; the first may destroy the check. */
  people: z.array(Person).min(1),
  /** Goes up with every change. */
  revision: z.int(),
  /** Oldest first; the last is the one under way. */
  rounds: z.array(Round).min(1),
  /** Ids of people who asked to be told when it is time to check again. */
  recheck: z.array(z.string()).default([]),
  /** The language it was begun in, for what is sent about it. */
  language: z.enum(languages).default("nl"),
});
export type Check = z.infer<typeof Check>;

/** The round under way, or finished last. */
export function currentRound({ rounds }: Check): Round {
  const round = rounds.at(-1);
  if (!round) throw new RangeError("a check without a round");
  return round;
}

/** The finished round before this one; null where there is none. */
export function roundBefore({ rounds }: Check, id: string): Round | null {
  const at = rounds.findIndex((round) => round.id === id);
  return rounds.slice(0, Math.max(at, 0)).findLast(({ finishedAt }) => finishedAt !== null) ?? null;
}

/** The answer that counts; null where there is none. */
export function answerTo({ answers }: Pick<Round, "answers">, question: string): Given | null {
  const given = Object.hasOwn(answers, question) ? answers[question] : undefined;
  return given?.findLast(({ aside }) => !aside) ?? null;
}

/**
 * The revision that a form showed. One that is yet to come nobody can have seen (a database that was put back, or
 * a forged press): then it counts as having shown nothing, so that it overwrites nothing.
 */
export function revisionShown({ revision }: Pick<Check, "revision">, said: number): number {
  return said <= revision ? said : 0;
}

/** What somebody filled in for one question; a verdict of null: none was chosen. */
export interface Filled {
  readonly verdict: Verdict | null;
  readonly note: string;
}

/** Who fills in when, on a form that showed the check as it was at `revision`. */
export interface Filling {
  readonly person: string;
  readonly at: number;
  readonly revision: number;
}

/**
 * Takes what a form says into the round under way. An answer that somebody else gave since the form was shown
 * stays: the one that comes too late is kept beside it and named in `late`, to be looked at together. Fields
 * that were left as they stood change nothing, so two people can fill in one form at once.
 */
export function filledIn(
  check: Check,
  filled: Readonly<Record<string, Filled>>,
  { person, at, revision: said }: Filling,
): { readonly check: Check; readonly late: readonly string[] } {
  const round = currentRound(check);
  const late: string[] = [];
  const answers: Record<string, Given[]> = { ...round.answers };
  const next = check.revision + 1;
  const revision = revisionShown(check, said);
  for (const [question, { verdict, note }] of Object.entries(filled)) {
    const given = answers[question] ?? [];
    const counting = given.filter(({ aside }) => !aside);
    const shown = counting.findLast((one) => one.revision <= revision);
    const now = counting.at(-1);
    // A choice cannot be taken back, so none means: as it was.
    const answer: Filled = { verdict: verdict ?? shown?.verdict ?? null, note };
    if (same(answer, shown) || same(answer, now)) continue;
    const overtaken = now !== undefined && now !== shown;
    const entry: Given = { ...answer, by: person, at, revision: next, aside: overtaken };
    if (overtaken) {
      late.push(question);
      // A repeated delivery of the same form is the same answer.
      if (given.some((one) => one.aside && one.by === person && same(one, entry))) continue;
    }
    answers[question] = newest([...given, entry]);
  }
  if (Object.keys(answers).every((id) => answers[id] === round.answers[id])) return { check, late };
  const rounds = [...check.rounds.slice(0, -1), { ...round, answers }];
  return { check: { ...check, revision: next, rounds }, late };
}

/** The newest so many; and the one that counts, however many came too late since. */
function newest(given: readonly Given[]): Given[] {
  const counts = given.findLast(({ aside }) => !aside);
  const kept = given.slice(-mostKept);
  return counts === undefined || kept.includes(counts) ? kept : [counts, ...kept.slice(1)];
}

function same(a: Filled, b: Filled | undefined): boolean {
  return a.verdict === (b?.verdict ?? null) && a.note === (b?.note ?? "");
}
