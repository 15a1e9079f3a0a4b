import { z } from "zod";
import type { CaseRow } from "./case.ts";
import { referrals } from "./desk-record.ts";
import { fewest, released, releasedNumber } from "./disclosure.ts";
import type { Report } from "./report.ts";

/**
 * The numbers of one route's cases of one calendar year. While the year is open they are a *tally*: how many of
 * each category, and nothing of any one case, so that nobody who reads it can put two answers of one person
 * together. Once the year is over it is frozen: what may be told is kept (`disclosure.ts`), and the tally is not.
 */

const day = 86_400_000;

/** Where a question was not answered, or in a way that says nothing; no question has such an option. */
export const unknownCategory = "unknown";

/**
 * One-way tables, in the order in which they are shown. Ids are for ever: frozen years carry them. In no table may
 * a category say in which of another a case is (as "still open" in two of them would): then two tables together
 * would tell what each keeps back. So what is still open stands with what took long.
 */
export const partitions = {
  part: ["experienced", "saw", "heard", "told", unknownCategory],
  relation: [
    "colleague",
    "manager",
    "reportsToMe",
    "client",
    "outsider",
    "board",
    "several",
    "other",
    unknownCategory,
  ],
  way: ["pseudonymous", "named", "anonymous"],
  acknowledged: ["withinWeek", "withinTwoWeeks", "laterOrNot"],
  closed: ["withinMonth", "withinQuarter", "withinHalfYear", "laterOrNot"],
  /** Why a case was closed. What is open has none, and counts with those that were closed for something else. */
  why: ["settled", "referred", "procedure", "reporterStops", "noAnswer", "notForUs", unknownCategory],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Partition = keyof typeof partitions;
export const partitionIds = Object.keys(partitions) as readonly Partition[];

/** Questions with several answers: each answer is a table of its own, of the cases with and without it. */
export const several = {
  kind: ["sexual", "bullying", "aggression", "discrimination", "other"],
  /** To whom somebody was referred, as advisers record it. */
  referred: referrals,
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Several = keyof typeof several;
export const severalIds = Object.keys(several) as readonly Several[];

const count = z.int().min(0);
const counts = z.record(z.string(), z.record(z.string(), count));

export const Tally = z.object({
  /** Cases that were not withdrawn: all tables are about these. */
  reports: count,
  withdrawn: count,
  partitions: counts,
  several: counts,
});
export type Tally = z.infer<typeof Tally>;

export const nothingCounted: Tally = { reports: 0, withdrawn: 0, partitions: {}, several: {} };

/** What of a case is counted. */
export interface Counted extends Pick<CaseRow, "state" | "createdAt" | "acknowledgedAt" | "closedAt"> {
  /** Null: it cannot be opened any more, and counts as not answered. */
  readonly report: Pick<Report, "rows"> | null;
  readonly why?: string | null;
  readonly referred?: readonly string[];
}

/**
 * A tally with one more case. Of a withdrawn one only that it was: what it said is destroyed (P4), and so it
 * stands in no table.
 */
export function withCase(tally: Tally, theCase: Counted): Tally {
  if (theCase.state === "withdrawn") return { ...tally, withdrawn: tally.withdrawn + 1 };
  const next = { ...tally, reports: tally.reports + 1 };
  for (const id of partitionIds) next.partitions = oneMore(next.partitions, id, [categoryOf(id, theCase)]);
  for (const id of severalIds) {
    const known: readonly string[] = several[id];
    next.several = oneMore(
      next.several,
      id,
      known.filter((one) => answersOf(id, theCase).includes(one)),
    );
  }
  return next;
}

function oneMore(all: Tally["partitions"], table: string, categories: readonly string[]) {
  const cells = { ...all[table] };
  for (const category of categories) cells[category] = (cells[category] ?? 0) + 1;
  return { ...all, [table]: cells };
}

function categoryOf(id: Partition, theCase: Counted): string {
  switch (id) {
    case "part":
    case "relation":
      return knownOf(id, answerTo(id, theCase));
    case "why":
      return knownOf(id, theCase.why ?? null);
    case "way": {
      const answer = answerTo("identity", theCase);
      return answer === "named" || answer === "anonymous" ? answer : "pseudonymous";
    }
    case "acknowledged": {
      const took = lastedTo(theCase.acknowledgedAt, theCase);
      return took <= 7 * day ? "withinWeek" : took <= 14 * day ? "withinTwoWeeks" : "laterOrNot";
    }
    case "closed": {
      const took = lastedTo(theCase.state === "closed" ? theCase.closedAt : null, theCase);
      if (took <= 31 * day) return "withinMonth";
      return took <= 92 * day ? "withinQuarter" : took <= 183 * day ? "withinHalfYear" : "laterOrNot";
    }
  }
}

function knownOf(id: Partition, answer: unknown): string {
  const known: readonly string[] = partitions[id];
  return typeof answer === "string" && known.includes(answer) ? answer : unknownCategory;
}

/** In ms; without end where it has not happened. */
function lastedTo(at: number | null, { createdAt }: Counted): number {
  return at === null ? Number.POSITIVE_INFINITY : at - createdAt;
}

function answersOf(id: Several, theCase: Counted): readonly string[] {
  switch (id) {
    case "kind":
      return [answerTo(id, theCase) ?? []].flat();
    case "referred":
      return theCase.referred ?? [];
  }
}

function answerTo(question: string, { report }: Counted) {
  return report?.rows.find((row) => row.question === question)?.answer ?? null;
}

const Table = z
  .object({
    shown: z.array(z.object({ category: z.string(), count })),
    others: z.object({ categories: z.array(z.string()), count }).nullable(),
  })
  .nullable();

export const FrozenYear = z.object({
  /** The month in which it was counted, as `2027-02`: no finer, since it says when somebody asked. */
  countedIn: z.string(),
  threshold: z.int(),
  /** Null: fewer than the threshold, or none. */
  reports: count.nullable(),
  withdrawn: count.nullable(),
  /** By table; null: it may not be shown. */
  partitions: z.record(z.string(), Table),
  /** By table, and in it by category; null: too few, or almost all. */
  several: z.record(z.string(), z.record(z.string(), count.nullable())),
});
export type FrozenYear = z.infer<typeof FrozenYear>;

/** What may be told of a year, for good. Nothing else of the tally is in it. */
export function frozen(tally: Tally, facts: { readonly countedIn: string; readonly threshold: number }) {
  const { threshold } = facts;
  const { reports } = tally;
  const enough = reports >= threshold;
  const cellsOf = (id: Partition) =>
    Object.fromEntries(partitions[id].map((category) => [category, tally.partitions[id]?.[category] ?? 0]));
  const withIt = (id: Several, category: string) => {
    const count = tally.several[id]?.[category] ?? 0;
    const both = enough ? released({ with: count, without: reports - count }, threshold) : null;
    return both === null ? null : count;
  };
  return FrozenYear.parse({
    ...facts,
    reports: releasedNumber(reports, threshold),
    withdrawn: releasedNumber(tally.withdrawn, threshold),
    partitions: Object.fromEntries(
      partitionIds.map((id) => [id, enough ? released(cellsOf(id), threshold) : null]),
    ),
    several: Object.fromEntries(
      severalIds.map((id) => [id, Object.fromEntries(several[id].map((one) => [one, withIt(id, one)]))]),
    ),
  });
}

/** A year of a route as it is kept: still counting, or frozen. */
export const YearOfRoute = z.discriminatedUnion("is", [
  z.object({ is: z.literal("counting"), tally: Tally }),
  z.object({ is: z.literal("frozen"), year: FrozenYear }),
]);
export type YearOfRoute = z.infer<typeof YearOfRoute>;

/** The threshold that an organisation file may ask for. */
export const threshold = { least: fewest, most: 50 } as const;
