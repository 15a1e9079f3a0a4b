import type { ReporterFacts } from "../../../cards/reporter.ts";
import type { Screen } from "../../../dialogs/core/screen.ts";
import { placeOf } from "../../../dialogs/core/show.ts";
import { type Entry, longestEntry, mostEntries } from "../../../dialogs/record/record.ts";
import { reportFlow } from "../../../dialogs/report.ts";
import type { Shown } from "./reporter-screens.ts";
import { draftOf, sampleAnswers, sampleFacts } from "./samples.ts";

const first = Date.parse("2026-11-03T13:05:00Z");
const day = 86_400_000;

/** Entries of a private record, a day apart; the stamps' keys are made up. */
export function entriesOf(texts: readonly string[]): readonly Entry[] {
  return texts.map((text, nr) => ({
    id: `entry-${nr}`,
    form: `form-${nr}`,
    at: first + nr * day,
    text,
    key: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG".slice(0, 43),
  }));
}

const some = entriesOf([
  "In het overleg van vanochtend deed hij haar accent na. Drie mensen lachten.\nIk zei niets.",
  "Weer. Nu in de mail, met iedereen in kopie.",
]);
/** As many as can be kept, and as long. */
export const fullRecord = entriesOf(
  Array.from({ length: mostEntries }, (_, nr) =>
    `${nr} "Het was weer zo'n dag."\n`.repeat(200).slice(0, longestEntry),
  ),
);

function recordFacts(entries: readonly Entry[]): Partial<ReporterFacts> {
  return { record: { entries, keptUntil: first + 730 * day } };
}

/** Every screen of the private record, and what it adds to others. */
export function recordScreens(): readonly Shown[] {
  const shown = (id: string, screen: Screen, facts: Partial<ReporterFacts> = {}): Shown => ({
    id: `record.${id}`,
    group: "Private record",
    screen,
    facts: sampleFacts(facts),
  });
  const page = (id: string, at: Extract<Screen, { type: "record" }>["page"], entries: readonly Entry[]) =>
    shown(id, { type: "record", page: at, note: null, unsent: null }, recordFacts(entries));
  const report = reportFlow({ conflictRoute: true });
  const along = { ...draftOf(report, sampleAnswers), enclosed: some.map(alongOf) };
  return [
    page("empty", { at: "entries", page: 0 }, []),
    page("entries", { at: "entries", page: 0 }, some),
    shown(
      "entries.full",
      { type: "record", page: { at: "entries", page: 0 }, note: "recordFull", unsent: "Nog iets" },
      recordFacts(fullRecord),
    ),
    shown(
      "entries.full.offered",
      {
        type: "record",
        page: { at: "entries", page: 0 },
        note: "entryKept",
        unsent: null,
        offered: ["danger", "despair", "sexualViolence"],
      },
      recordFacts(fullRecord),
    ),
    page("entries.older", { at: "entries", page: 2 }, fullRecord),
    page("uses", { at: "options", page: 0 }, some),
    page("uses.full", { at: "options", page: 1 }, fullRecord),
    page("copy", { at: "copy", page: 0 }, some),
    page("copy.full", { at: "copy", page: 1 }, fullRecord),
    page("destroying", { at: "destroying", entries: "all" }, some),
    page("destroying.some", { at: "destroying", entries: ["entry-0"] }, some),
    shown("stop", { type: "stop", draft: "draft", hasWords: true }),
    shown("cleared", { type: "final", reason: "cleared", recordStays: true }),
    shown("sent.unlinked", { type: "sent", repeated: false, unlinked: true, enclosed: true }),
    shown("story", placeOf({ ...along, revisiting: "story" }, report)),
    shown("identity", placeOf({ ...along, revisiting: "identity" }, report)),
    shown("review", placeOf(along, report)),
  ];
}

function alongOf({ id, at, text, key }: Entry, nr: number) {
  return { entry: id, at, text, key: nr === 0 ? key : null };
}
