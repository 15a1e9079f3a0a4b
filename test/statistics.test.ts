import fc from "fast-check";
import { fewest, type Released, released, releasedNumber } from "../cases/disclosure.ts";
import {
  type Counted,
  type FrozenYear,
  frozen,
  nothingCounted,
  type Partition,
  partitionIds,
  partitions,
  type Several,
  several,
  severalIds,
  withCase,
} from "../cases/statistics.ts";

/**
 * Numbers that tell of nobody (P14), shown by attackers who have everything that is released and know the method.
 */
const day = 86_400_000;
const received = Date.parse("2026-03-02T09:00:00Z");

/** Every way to divide `total` over so many categories. */
function* divisions(categories: number, total: number): Generator<number[]> {
  if (categories === 1) yield [total];
  else
    for (let first = 0; first <= total; first += 1)
      for (const rest of divisions(categories - 1, total - first)) yield [first, ...rest];
}

const cellsOf = (numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((count, nr) => [`c${nr}`, count]));
const shownIn = (table: Released | null, category: string) =>
  table?.shown.some((cell) => cell.category === category) === true;

describe("one table", () => {
  test.each([
    [3, 2, 14],
    [3, 3, 14],
    [3, 4, 13],
    [3, 5, 11],
    [5, 2, 24],
    [5, 3, 22],
    [5, 4, 20],
  ])(
    "threshold %d, %d categories: whoever tries all tables cannot tell a small number",
    (threshold, categories, most) => {
      for (let total = threshold; total <= most; total += 1) {
        const worlds = new Map<string, number[][]>();
        for (const numbers of divisions(categories, total)) {
          const told = JSON.stringify(released(cellsOf(numbers), threshold));
          worlds.set(told, [...(worlds.get(told) ?? []), numbers]);
        }
        for (const [told, possible] of worlds) {
          const table: Released | null = JSON.parse(told);
          for (let nr = 0; nr < categories; nr += 1) {
            const values = new Set(possible.map((numbers) => numbers[nr] ?? 0));
            if (shownIn(table, `c${nr}`)) {
              expect([...values]).toEqual([
                table?.shown.find(({ category }) => category === `c${nr}`)?.count,
              ]);
              expect(Math.min(...values)).toBeGreaterThanOrEqual(threshold);
              continue;
            }
            const small = Array.from({ length: threshold }, (_, value) => value);
            const anySmall = small.every((value) => values.has(value));
            const smallOrLarge =
              [...values].some((value) => value < threshold) &&
              [...values].some((value) => value >= threshold);
            expect({ told, nr, hidden: anySmall || smallOrLarge }).toEqual({ told, nr, hidden: true });
          }
        }
      }
    },
  );

  test("what is told adds up to the total, and no difference with it is a number below the threshold", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 2, max: 12 }),
        (numbers, threshold) => {
          const total = numbers.reduce((sum, one) => sum + one, 0);
          const table = released(cellsOf(numbers), threshold);
          if (table === null) return;
          const told = [...table.shown, ...(table.others ? [table.others] : [])].map(({ count }) => count);
          expect(told.reduce((sum, one) => sum + one, 0)).toBe(total);
          for (let some = 0; some < 2 ** told.length; some += 1) {
            const left = told.reduce((rest, one, nr) => ((some >> nr) % 2 === 1 ? rest - one : rest), total);
            expect(left === 0 || left >= threshold).toBe(true);
          }
        },
      ),
    );
  });

  test("is told where it says something: an ordinary year is not all kept back", () => {
    expect(released({ a: 12, b: 9, c: 7 }, 5)).toEqual({
      shown: [
        { category: "a", count: 12 },
        { category: "b", count: 9 },
        { category: "c", count: 7 },
      ],
      others: null,
    });
    // Three small ones, each anything from 0 to 4.
    expect(released({ a: 12, b: 9, c: 3, d: 1, e: 2 }, 5)).toEqual({
      shown: [
        { category: "a", count: 12 },
        { category: "b", count: 9 },
      ],
      others: { categories: ["c", "d", "e"], count: 6 },
    });
    // Two small ones that are 8 together would each be 4.
    expect(released({ a: 12, b: 9, c: 4, d: 4 }, 5)).toEqual({
      shown: [{ category: "a", count: 12 }],
      others: { categories: ["b", "c", "d"], count: 17 },
    });
    // "All of one kind" is not told, nor that all but three are.
    for (const cells of [
      { a: 12, b: 0 },
      { a: 12, b: 3 },
      { a: 12, b: 12, c: 1 },
    ])
      expect(released(cells, 5)).toBeNull();
  });

  test("a number that stands alone says nothing below the threshold, and none looks like few", () => {
    expect([0, 1, 4, 5, 6].map((count) => releasedNumber(count, 5))).toEqual([null, null, null, 5, 6]);
  });
});

/** What is counted of a case, chosen apart: any of these go together. */
interface Chosen {
  readonly withdrawn: boolean;
  readonly cells: Readonly<Record<Partition, string>>;
  readonly kind: readonly string[];
  readonly referred: readonly string[];
}

const acknowledgedAfter: Readonly<Record<string, number | null>> = {
  withinWeek: 7,
  withinTwoWeeks: 14,
  laterOrNot: null,
};
const closedAfter: Readonly<Record<string, number | null>> = {
  withinMonth: 31,
  withinQuarter: 92,
  withinHalfYear: 183,
  laterOrNot: null,
};

/** A case as the desk has it. */
function caseWith({ withdrawn, cells, kind, referred }: Chosen): Counted {
  const at = (days: number | null | undefined) => (typeof days === "number" ? received + days * day : null);
  const closedAt = at(closedAfter[cells.closed]);
  const choice = (question: string, answer: string | readonly string[] | null) =>
    ({ question, kind: "choice", answer, asked: "", answered: "" }) as const;
  const said = (answer: string) => (answer === "unknown" ? null : answer);
  return {
    state: withdrawn ? "withdrawn" : closedAt === null ? "received" : "closed",
    createdAt: received,
    acknowledgedAt: at(acknowledgedAfter[cells.acknowledged]),
    closedAt: withdrawn ? received : closedAt,
    why: said(cells.why),
    referred,
    report: {
      rows: [
        choice("part", said(cells.part)),
        choice("relation", said(cells.relation)),
        choice("kind", kind),
        choice("identity", cells.way),
      ],
    },
  };
}

const count = (chosen: readonly Chosen[]) =>
  chosen.reduce((tally, one) => withCase(tally, caseWith(one)), nothingCounted);
const release = (chosen: readonly Chosen[], threshold: number) =>
  frozen(count(chosen), { countedIn: "2027-02", threshold });

/** Some categories come often, as they do. */
const someOf = (categories: readonly string[]) =>
  fc.oneof(fc.constantFrom(...categories), fc.constantFrom(...categories.slice(0, 2)));
const someCase: fc.Arbitrary<Chosen> = fc.record({
  withdrawn: fc.nat(9).map((nr) => nr === 0),
  cells: fc.record({
    part: someOf(partitions.part),
    relation: someOf(partitions.relation),
    way: someOf(partitions.way),
    acknowledged: someOf(partitions.acknowledged),
    closed: someOf(partitions.closed),
    why: fc.constant("unknown"),
  }),
  kind: fc.subarray([...several.kind]),
  referred: fc.subarray([...several.referred]),
});
const someYear = fc.array(someCase, { maxLength: 45 });

/** Sets of cases that differ from these in one answer only: who tries them leaves all other tables alone. */
function* twins(chosen: readonly Chosen[], table: Partition, from: string): Generator<readonly Chosen[]> {
  const put = (one: Chosen, category: string): Chosen => ({
    ...one,
    cells: { ...one.cells, [table]: category },
  });
  for (const other of partitions[table]) {
    if (other === from) continue;
    const swapped: Readonly<Record<string, string>> = { [from]: other, [other]: from };
    yield chosen.map((one) => put(one, swapped[one.cells[table]] ?? one.cells[table]));
    for (const [here, there] of [
      [from, other],
      [other, from],
    ] as const) {
      const at = chosen.findIndex((one) => !one.withdrawn && one.cells[table] === here);
      const moved = chosen[at];
      if (moved) yield chosen.with(at, put(moved, there));
    }
  }
}

function* answerTwins(chosen: readonly Chosen[], id: Several, answer: string): Generator<readonly Chosen[]> {
  const turned = (one: Chosen): Chosen => ({
    ...one,
    [id]: one[id].includes(answer) ? one[id].filter((other) => other !== answer) : [...one[id], answer],
  });
  yield chosen.map(turned);
  for (const [at, one] of chosen.entries()) if (!one.withdrawn) yield chosen.with(at, turned(one));
}

function severalIn(year: FrozenYear) {
  return Object.values(year.several).flatMap((counts) => Object.values(counts));
}

describe("a year", () => {
  test("each hidden number has another set of cases with the very same release", () => {
    fc.assert(
      fc.property(someYear, fc.constantFrom(5, 5, 8), (chosen, threshold) => {
        const year = release(chosen, threshold);
        const told = JSON.stringify(year);
        const tally = count(chosen);
        const hidden = (worlds: Iterable<readonly Chosen[]>, of: (worlds: readonly Chosen[]) => number) => {
          for (const world of worlds)
            if (of(world) !== of(chosen) && JSON.stringify(release(world, threshold)) === told) return true;
          return false;
        };
        if (year.reports === null) {
          expect(tally.reports).toBeLessThan(threshold);
          for (const told of [...Object.values(year.partitions), ...severalIn(year)]) expect(told).toBeNull();
          return;
        }
        expect(year.reports).toBe(tally.reports);
        for (const id of partitionIds.filter((id) => partitions[id].length > 1)) {
          for (const category of partitions[id]) {
            if (shownIn(year.partitions[id] ?? null, category)) continue;
            const number = (world: readonly Chosen[]) => count(world).partitions[id]?.[category] ?? 0;
            if (number(chosen) >= threshold) continue;
            expect([id, category, hidden(twins(chosen, id, category), number)]).toEqual([id, category, true]);
          }
        }
        for (const id of severalIds) {
          for (const answer of several[id]) {
            if (year.several[id]?.[answer] !== null) continue;
            const number = (world: readonly Chosen[]) => count(world).several[id]?.[answer] ?? 0;
            expect([answer, hidden(answerTwins(chosen, id, answer), number)]).toEqual([answer, true]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  /** All numbers that are told. */
  function numbersIn(year: FrozenYear): readonly number[] {
    const { reports, withdrawn } = year;
    const tables = Object.values(year.partitions).flatMap((table) =>
      table === null
        ? []
        : [...table.shown, ...(table.others ? [table.others] : [])].map(({ count }) => count),
    );
    const answers = Object.values(year.several).flatMap((of) => Object.values(of));
    return [reports, withdrawn, ...tables, ...answers].filter((one) => one !== null);
  }

  test("no number below the threshold is told, nor how many are left without one", () => {
    fc.assert(
      fc.property(someYear, fc.integer({ min: fewest, max: 9 }), (chosen, threshold) => {
        const year = release(chosen, threshold);
        for (const number of numbersIn(year)) expect(number).toBeGreaterThanOrEqual(threshold);
        const { reports } = year;
        for (const kind of severalIn(year))
          if (kind !== null && reports !== null) expect(reports - kind).toBeGreaterThanOrEqual(threshold);
      }),
    );
  });

  test("is the same in whatever order the cases came, and tells nothing but numbers", () => {
    fc.assert(
      fc.property(someYear, (chosen) => {
        expect(release([...chosen].reverse(), 5)).toEqual(release(chosen, 5));
      }),
    );
    const year = release(
      Array.from({ length: 30 }, () => chosenOne()),
      5,
    );
    expect(Object.keys(year).sort()).toEqual(
      ["countedIn", "partitions", "reports", "several", "threshold", "withdrawn"].sort(),
    );
  });

  test("a withdrawn report stands in no table: what it said is destroyed", () => {
    const rest = Array.from({ length: 9 }, () => chosenOne());
    const gone = Array.from({ length: 6 }, () => ({ ...chosenOne(), withdrawn: true }));
    const { withdrawn, ...year } = release([...rest, ...gone], 5);
    const { withdrawn: none, ...without } = release(rest, 5);
    expect([withdrawn, none]).toEqual([6, null]);
    expect(year).toEqual(without);
  });

  test("each answer is counted as what it is, and what no table knows as not answered", () => {
    const tally = count([chosenOne()]);
    expect(tally).toEqual({
      reports: 1,
      withdrawn: 0,
      partitions: {
        part: { saw: 1 },
        relation: { manager: 1 },
        way: { named: 1 },
        acknowledged: { withinTwoWeeks: 1 },
        closed: { withinQuarter: 1 },
        why: { referred: 1 },
      },
      several: { kind: { sexual: 1, other: 1 }, referred: { doctor: 1, legal: 1 } },
    });
    const strange = {
      ...caseWith(chosenOne()),
      report: null,
      acknowledgedAt: null,
      why: "other",
      state: "received",
    } as const;
    expect(withCase(nothingCounted, strange).partitions).toEqual({
      part: { unknown: 1 },
      relation: { unknown: 1 },
      way: { pseudonymous: 1 },
      acknowledged: { laterOrNot: 1 },
      closed: { laterOrNot: 1 },
      why: { unknown: 1 },
    });
  });
});

function chosenOne(): Chosen {
  return {
    withdrawn: false,
    cells: {
      part: "saw",
      relation: "manager",
      way: "named",
      acknowledged: "withinTwoWeeks",
      closed: "withinQuarter",
      why: "referred",
    },
    kind: ["sexual", "other"],
    referred: ["doctor", "legal"],
  };
}

test("each table asks what the report asks", async () => {
  const { reportFlow } = await import("../dialogs/report.ts");
  const questions = new Map(
    reportFlow({ conflictRoute: true }).items.flatMap((item) =>
      item.kind === "end" ? [] : [[item.id, item.options] as const],
    ),
  );
  const asked = { part: partitions.part, relation: partitions.relation, kind: several.kind };
  for (const [id, categories] of Object.entries(asked)) {
    // Who worries about what they did themselves sends no report.
    const options = (questions.get(id) ?? []).filter((option) => option !== "own" && option !== "unknown");
    expect([...categories].filter((one) => one !== "unknown").sort()).toEqual([...options].sort());
  }
  expect([...partitions.way].sort()).toEqual([...(questions.get("identity") ?? [])].sort());
  expect(severalIds satisfies readonly Several[]).toContain("kind");
});
