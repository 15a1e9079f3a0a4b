import fc from "fast-check";
import { stringify } from "yaml";
import { standIns } from "../bots/availability.ts";
import { parseOrganisation } from "../bots/organisation.ts";
import { base, type Entry } from "./organisation-file.ts";

describe("replacements", () => {
  const sides = { one: "default", two: "conflict" } as const;
  const day = (nr: number) => new Date(Date.UTC(2026, 5, 1 + nr)).toISOString().slice(0, 10);
  const ids = ["a", "b", "c", "d", "e"];
  const someLeave = fc
    .record({
      from: fc.nat(6),
      days: fc.nat(3),
      replacement: fc.option(fc.constantFrom(...ids), { nil: undefined }),
    })
    .map(({ from, days, replacement }) => ({
      from: day(from),
      to: day(from + days),
      ...(replacement === undefined ? {} : { replacement }),
    }));
  const file = fc
    .tuple(
      ...ids.map(() =>
        fc.record({
          route: fc.constantFrom("one", "one", "two", "three"),
          leave: fc.array(someLeave, { maxLength: 1 }),
        }),
      ),
    )
    .map((all) => ({
      ...base(),
      advisers: [
        ...all.map((one, nr) => ({ ...one, name: ids[nr], id: ids[nr] })),
        ...["one", "two", "three"].map((route) => ({ name: `x${route}`, route })),
      ],
    }));

  /** Whether, by looking at every day and every chain, the replacements of a file are wrong. */
  function isWrong(
    advisers: readonly { id?: string; name?: string; route: string; leave?: readonly Entry[] }[],
  ): boolean {
    const known = new Map(advisers.map((one) => [one.id ?? one.name ?? "", one]));
    const reaches = new Map<string, Set<string>>();
    for (const start of advisers) {
      const side = sides[start.route as keyof typeof sides];
      const seen = new Set<string>();
      const visit = (id: string) => {
        if (seen.has(id)) return;
        seen.add(id);
        if (side) reaches.set(id, (reaches.get(id) ?? new Set()).add(side));
        for (const { replacement } of known.get(id)?.leave ?? []) if (replacement) visit(String(replacement));
      };
      visit(start.id ?? start.name ?? "");
    }
    if ([...reaches.values()].some((both) => both.size > 1)) return true;
    return advisers.some((start) =>
      Array.from({ length: 12 }, (_, nr) => day(nr)).some((date) => {
        let at = start.id ?? "";
        for (let step = 0; step <= advisers.length; step += 1) {
          const away = known
            .get(at)
            ?.leave?.find((one) => String(one.from) <= date && date <= String(one.to));
          if (!away?.replacement) return false;
          at = String(away.replacement);
        }
        return true;
      }),
    );
  }

  test("are refused where they join the two sides or go in a circle, and nowhere else", () => {
    const count = { refused: 0, accepted: 0 };
    fc.assert(
      fc.property(file, (organisation) => {
        const read = parseOrganisation(stringify(organisation));
        expect("faults" in read).toBe(isWrong(organisation.advisers as Parameters<typeof isWrong>[0]));
        count["faults" in read ? "refused" : "accepted"] += 1;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(count.refused, count.accepted)).toBeGreaterThan(60);
  });

  test("that are accepted never let one side stand in for the other (P9)", () => {
    let stoodIn = 0;
    fc.assert(
      fc.property(file, fc.nat(10), (organisation, nr) => {
        const read = parseOrganisation(stringify(organisation));
        if ("faults" in read) return;
        const { advisers } = read.ok;
        const pairs = [...standIns(advisers, Date.parse(`${day(nr)}T12:00Z`))].map(([id, instead]) => [
          advisers.find((one) => one.id === id)?.route,
          instead.route,
        ]);
        stoodIn += pairs.length;
        expect(pairs).not.toContainEqual(["one", "two"]);
        expect(pairs).not.toContainEqual(["two", "one"]);
      }),
      { numRuns: 500 },
    );
    expect(stoodIn).toBeGreaterThan(20);
  });
});
