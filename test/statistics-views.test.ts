import fc from "fast-check";
import { annualCsv } from "../bots/documents/annual-csv.ts";
import { annualMarkdown, annualPieces } from "../bots/documents/annual-markdown.ts";
import { statisticsScreens } from "../bots/tools/gallery/statistics-screens.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { longestField } from "../cards/pieces.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawNumbers, drawNumbersDocument } from "../cards/statistics.ts";
import { RoutePress } from "../cases/route-press.ts";
import {
  type FrozenYear,
  frozen,
  type Partition,
  partitionIds,
  partitions,
  several,
  type Tally,
} from "../cases/statistics.ts";
import { contentLanguages } from "../content/words.ts";
import { checkView, content } from "./views.ts";

/** How the numbers of a year look, on both platforms, and what goes out of the chat. */
const facts = { year: 2026, organisation: "Gemeente | *Voorbeeld*" };

/** Any year: each report has one category of each table, and any kinds. */
const someTally: fc.Arbitrary<Tally> = fc.nat(60).chain((reports) => {
  const times = { minLength: reports, maxLength: reports };
  const counted = (all: readonly string[]) =>
    Object.fromEntries(all.map((category) => [category, all.filter((one) => one === category).length]));
  const divided = Object.fromEntries(
    partitionIds.map((id) => [id, fc.array(fc.constantFrom<string>(...partitions[id]), times).map(counted)]),
  ) as Record<Partition, fc.Arbitrary<Record<string, number>>>;
  const each = (all: readonly string[]) =>
    fc.record(Object.fromEntries(all.map((one) => [one, fc.nat(reports)])));
  return fc.record({
    reports: fc.constant(reports),
    withdrawn: fc.nat(9),
    partitions: fc.record(divided),
    several: fc.record({ kind: each(several.kind), referred: each(several.referred) }),
  });
});

/** All numbers that may be told of a year. */
function told(year: FrozenYear): ReadonlySet<number> {
  const tables = Object.values(year.partitions).flatMap((table) =>
    table === null ? [] : [...table.shown, ...(table.others ? [table.others] : [])].map(({ count }) => count),
  );
  const answers = Object.values(year.several).flatMap((of) => Object.values(of));
  return new Set([year.reports, year.withdrawn, ...tables, ...answers].filter((one) => one !== null));
}

const csvText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("card, text and table have no other numbers than may be told, in either language", () => {
  fc.assert(
    fc.property(someTally, fc.integer({ min: 5, max: 12 }), (tally, threshold) => {
      const year = frozen(tally, { countedIn: "2027-02", threshold });
      const may = told(year);
      // The year, the month of counting and the threshold are no counts.
      const other = new Set([2026, 2027, threshold]);
      for (const language of contentLanguages) {
        const words = content.words(language);
        const texts = [
          plainText(drawNumbers(2026, year, content, language)),
          annualMarkdown(year, facts, words),
          csvText(annualCsv(year, facts, words)),
        ];
        for (const text of texts) {
          const numbers = (text.match(/\d+/g) ?? []).map(Number);
          expect(numbers.filter((one) => !may.has(one) && !other.has(one))).toEqual([]);
          for (const one of may) expect(numbers).toContain(one);
        }
      }
    }),
  );
});

test.each(contentLanguages)("every screen keeps to what every view does, in %s", (language) => {
  for (const { surface, draw } of statisticsScreens(content)) {
    const view = draw(language);
    checkView(view, RoutePress, view.privacy === "neutral" && surface === "room" ? 0 : 1);
    drawCard(view, { surface });
    drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
  }
});

test("the fullest year fits on a card and in a modal, and its text in the fields to copy", () => {
  const many = (categories: readonly string[]) =>
    Object.fromEntries(categories.map((category, nr) => [category, 1_000_000 + nr]));
  const full: Tally = {
    reports: 9_000_036,
    withdrawn: 1_000_000,
    partitions: Object.fromEntries(partitionIds.map((id) => [id, many(partitions[id])])),
    several: { kind: many(several.kind), referred: many(several.referred) },
  };
  for (const year of [full, { ...full, partitions: {} }].map((tally) =>
    frozen(tally, { countedIn: "2027-12", threshold: 50 }),
  ))
    for (const language of contentLanguages) {
      const view = drawNumbers(2026, year, content, language);
      expect(JSON.stringify(drawCard(view, { surface: "room" })).length).toBeLessThan(28_000);
      drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
      const pieces = annualPieces(year, facts, content.words(language));
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(longestField);
      drawModal(drawNumbersDocument(2026, { pieces }, content, language), { title: "V", close: "S" });
    }
});

test("an organisation's name is no markup, and no formula", () => {
  const year = frozen(
    { reports: 0, withdrawn: 0, partitions: {}, several: {} },
    { countedIn: "2027-02", threshold: 5 },
  );
  const text = annualMarkdown(year, facts, content.words("nl"));
  expect(text).toContain("Organisatie: Gemeente \\| \\*Voorbeeld\\*");
});
