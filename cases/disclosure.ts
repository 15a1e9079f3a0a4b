/**
 * How many of something may be told without telling of anybody (P14). A number below the threshold, zero too, is
 * never told, and cannot be worked out from what is: not by sums and differences, and not by somebody who knows
 * this method and tries every set of cases that would give the same. Why it is so, and what it is taken from, is in
 * docs/decisions/0008-statistics.md.
 */

/** Fewest that may be told, where an organisation asks for no more. */
export const fewest = 5;

/** How many of each category, every case in exactly one. */
export type Cells = Readonly<Record<string, number>>;

/** What of a table may be told; null: nothing but its total. */
export interface Released {
  readonly shown: readonly Cell[];
  /** The categories that are told together only; null: each is told on its own. */
  readonly others: { readonly categories: readonly string[]; readonly count: number } | null;
}

export interface Cell {
  readonly category: string;
  readonly count: number;
}

/** A number that stands alone; null: it is below the threshold, or zero. */
export function releasedNumber(count: number, threshold: number): number | null {
  return count >= threshold ? count : null;
}

/**
 * What may be told of one table. The small categories go together; where their sum would still say something of
 * one of them, the smallest of the others goes with them (and all that are as large: the order of categories must
 * decide nothing). Either each of them may then be anything from zero to just below the threshold, or any of them
 * may be the larger one. Where nothing would be left to tell apart, nothing is told: zeros count as small, so
 * "all in one category" is not told either.
 */
export function released(cells: Cells, threshold: number): Released | null {
  const all = Object.entries(cells).map(([category, count]) => ({ category, count }));
  const small = all.filter(({ count }) => count < threshold);
  if (small.length === 0) return { shown: all, others: null };
  const large = all.map(({ count }) => count).filter((count) => count >= threshold);
  const sum = sumOf(small);
  const most = threshold - 1;
  const anyOfThem = sum >= threshold && sum <= (small.length - 1) * most;
  const upTo = anyOfThem ? most : Math.min(...large);
  const others = all.filter(({ count }) => count <= upTo);
  // With none that is large, `upTo` is without end.
  if (others.length === all.length) return null;
  return {
    shown: all.filter(({ count }) => count > upTo),
    others: { categories: others.map(({ category }) => category), count: sumOf(others) },
  };
}

function sumOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}
