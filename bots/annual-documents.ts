import type { drawNumbersDocument, NumbersLink } from "../cards/statistics.ts";
import type { FrozenYear } from "../cases/statistics.ts";
import { allowedFor } from "./attempts.ts";
import { annualCsv } from "./documents/annual-csv.ts";
import { annualMarkdown, annualPieces } from "./documents/annual-markdown.ts";
import { fileName } from "./documents/file.ts";
import { offerDownload, type Produced, type Spec } from "./downloads.ts";
import { routeOf } from "./organisation.ts";
import type { Route, StoreTransaction } from "./ports.ts";
import { frozenYear } from "./statistics.ts";
import type { World } from "./world.ts";

/** In the order in which they are offered. */
const offered = [
  { format: "md", language: "nl" },
  { format: "csv", language: "nl" },
  { format: "md", language: "en" },
  { format: "csv", language: "en" },
] as const;
/** As many as there is room for beside the ways back. */
const most = 4;

const types = { md: "text/markdown; charset=utf-8", csv: "text/csv; charset=utf-8" } as const;

/**
 * A route's frozen year as documents: links that work once each, or the text where none can be fetched. Null: too
 * many were asked for. All of it is what the card shows, so that no two of them tell more than one (P14).
 */
export async function annualDocuments(
  at: {
    readonly world: World;
    readonly tx: StoreTransaction;
    readonly route: Route;
    readonly now: number;
  },
  year: number,
  numbers: FrozenYear,
): Promise<Parameters<typeof drawNumbersDocument>[1]> {
  const { world, tx, route, now } = at;
  if (world.publicUrl === null) {
    const facts = { year, organisation: world.organisation.name };
    return { pieces: annualPieces(numbers, facts, world.content.words(route.language)) };
  }
  if (!(await allowedFor(at, "document", `route ${route.id}`))) return null;
  const links: NumbersLink[] = [];
  for (const { format, language } of offered.slice(0, most)) {
    const spec = { kind: "annual", route: route.id, year, format, language } as const;
    const url = await offerDownload(tx, world, spec, now);
    if (url !== null) links.push({ format, language, url });
  }
  return { links };
}

/** The document of a year; null where the route or its numbers are gone. */
export async function producedAnnual(
  world: World,
  { route, year, format, language }: Extract<Spec, { kind: "annual" }>,
  now: number,
): Promise<Produced | null> {
  if (routeOf(world.organisation, route) === undefined) return null;
  const numbers = await world.store.transaction((tx) => frozenYear(world, tx, route, year));
  if (numbers === null) return null;
  const words = world.content.words(language);
  const facts = { year, organisation: world.organisation.name };
  const bytes =
    format === "csv"
      ? annualCsv(numbers, facts, words)
      : new TextEncoder().encode(annualMarkdown(numbers, facts, words));
  return { name: fileName(`numbers-${year}`, language, now, format), type: types[format], bytes };
}
