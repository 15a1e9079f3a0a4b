import { z } from "zod";
import type { Check, Round } from "./check.ts";
import { outcomeOf } from "./outcome.ts";
import { type Group, groups } from "./questions.ts";

/** Fewer units than this are not counted apart (P14). */
export const fewestUnits = 5;

/** How a part of the check stands in one unit. */
export const standings = ["inOrder", "open", "unknown"] as const;
export type Standing = (typeof standings)[number];

const Row = z.object({ inOrder: z.int(), open: z.int(), unknown: z.int() });

/**
 * How units stand, as numbers. They are counted anew only when at least five units finished a round since:
 * whoever looks before and after learns about five together, and nothing about one.
 */
export const Comparison = z.object({
  /** Unix ms; null: never counted yet. */
  at: z.number().nullable(),
  units: z.int(),
  groups: z.partialRecord(z.enum(groups), Row),
  /** Checks that finished a round since the last count, by id. */
  since: z.array(z.string()),
});
export type Comparison = z.infer<typeof Comparison>;

/** Nothing was counted. */
export const noComparison: Comparison = { at: null, units: 0, groups: {}, since: [] };

/** How each part stands in a round: what is partly so or missing weighs more than what nobody knows. */
export function standingsOf(round: Round): Readonly<Partial<Record<Group, Standing>>> {
  return Object.fromEntries(
    outcomeOf(round).groups.map(({ group, findings }) => {
      const has = (...of: readonly string[]) => findings.some(({ status }) => of.includes(status));
      return [group, has("missing", "partly") ? "open" : has("unknown") ? "unknown" : "inOrder"] as const;
    }),
  );
}

/** Notes that a check finished a round. `every` is asked for only when it is time to count anew. */
export async function withFinished(
  comparison: Comparison,
  check: string,
  now: number,
  every: () => Promise<readonly Check[]>,
): Promise<Comparison> {
  const since = [...new Set([...comparison.since, check])];
  if (since.length < fewestUnits) return { ...comparison, since };
  const rounds = (await every()).flatMap(
    ({ rounds }) => rounds.findLast(({ finishedAt }) => finishedAt !== null) ?? [],
  );
  const all = rounds.map(standingsOf);
  const count = (group: Group, standing: Standing) => all.filter((one) => one[group] === standing).length;
  const counted = groups.map((group) => {
    const row = {
      inOrder: count(group, "inOrder"),
      open: count(group, "open"),
      unknown: count(group, "unknown"),
    };
    return [group, row] as const;
  });
  return { at: now, units: rounds.length, groups: Object.fromEntries(counted), since: [] };
}

/** One part as it may be shown; null: too few units stand one of the ways. */
export type ComparedRow = Readonly<Record<Standing, number>> | null;

/** What may be shown: no number between nought and five, nor one that follows from the others (P14). */
export function shownOf({ at, units, groups: rows }: Comparison): {
  readonly at: number;
  readonly units: number;
  readonly rows: readonly (readonly [Group, ComparedRow])[];
} | null {
  if (at === null || units < fewestUnits) return null;
  const fits = (count: number) => count === 0 || count >= fewestUnits;
  return {
    at,
    units,
    rows: groups.flatMap((group) => {
      const row = rows[group];
      if (!row || row.inOrder + row.open + row.unknown === 0) return [];
      return [[group, standings.every((standing) => fits(row[standing])) ? row : null] as const];
    }),
  };
}
