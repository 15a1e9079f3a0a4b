import type { Sector } from "../find/situation.ts";

/**
 * What a code of conduct should have: the five of the bill that was consulted in 2025 (which is not law), and
 * for whom it holds, what each can do, and how it is kept alive. In the order of the page.
 */
export const elements = [
  "holdsFor",
  "definition",
  "examples",
  "happens",
  "see",
  "lead",
  "support",
  "follows",
  "alive",
  "contact",
] as const;
export type Element = (typeof elements)[number];

/** The options of the worksheet, in the order in which they are offered. Ids are for ever. */
export const options = {
  task: ["write", "review"],
  behaviour: ["sexual", "bullying", "aggression", "discrimination", "power"],
  /** People first, then the places where it holds as well. */
  holdsFor: ["staff", "agency", "interns", "volunteers", "leaders", "clients", "online", "outside"],
  steps: ["happens", "see", "lead", "spokenTo"],
  support: ["adviser", "external", "bot", "manager", "hr", "complaints", "elsewhere", "danger"],
  follows: ["listen", "talk", "bothSides", "complaint", "measures", "noHarm", "aftercare"],
  alive: ["newcomers", "yearly", "practise", "incidents", "renew"],
  has: elements,
} as const;

/** Places, among the options of `holdsFor`. */
export const places: readonly string[] = ["online", "outside"];

/** What a manager writes in their own words; no condition ever sees it. */
export type Own = "opening" | "examples" | "contact";

/** How long their own words may be, so that the page stays one page. */
export const longestOwn: Readonly<Record<Own, number>> = { opening: 150, examples: 200, contact: 80 };

/** How many examples there are of each kind, in each sector. */
export const examplesEach = 2;

/** The words of the examples of one kind in a sector. */
export function exampleKeys(sector: Sector, kind: string): readonly string[] {
  return Array.from({ length: examplesEach }, (_, nr) => `code.examplesOf.${sector}.${kind}.p${nr + 1}`);
}
