import type { CheckFacts } from "../../../cards/check-view.ts";
import type { ReporterFacts } from "../../../cards/reporter.ts";
import type { Check } from "../../../dialogs/check/check.ts";
import { type OpenCheck, openedBy } from "../../../dialogs/check/reading.ts";
import type { CheckNote, CheckPage, PlainPage } from "../../../dialogs/check/screen.ts";
import { samples } from "../document/samples.ts";
import type { Shown } from "./reporter-screens.ts";
import { sampleFacts } from "./samples.ts";

const id = "00000000-0000-4000-8000-000000000009";
const plain: readonly PlainPage[] = [
  "overview",
  "outcome",
  "plan",
  "document",
  "share",
  "manage",
  "finished",
  "history",
  "destroying",
];
const links = (["nl", "en"] as const).flatMap((language) => [
  { format: "pdf", language, url: `https://vertrouwd.example/d/${language}` } as const,
]);
const url = "https://vertrouwd.example/d/data";
const everyLink = [
  ...links,
  { format: "csv", language: "nl", url } as const,
  { format: "json", language: "nl", url } as const,
];

/** The check that a manager does: what is there before one is begun, and every page of two made-up ones. */
export function checkScreens(): readonly Shown[] {
  const comparison = {
    at: Date.UTC(2026, 10, 1),
    units: 12,
    rows: [
      ["policy", { inOrder: 5, open: 7, unknown: 0 }],
      ["risk", null],
      ["adviser", { inOrder: 0, open: 7, unknown: 5 }],
    ],
  } as const;
  return [
    shown("hub", { at: "hub" }, facts()),
    shown("hub.one", { at: "hub" }, facts({ mine: [mine("Theatergroep De Overkant")] })),
    shown("hub.several", { at: "hub" }, facts({ mine: [mine("Noord"), mine("Zuid")], compare: true })),
    shown("refused", { at: "refused", why: "notAllowed" }, facts()),
    shown("refused.unsure", { at: "refused", why: "unsure" }, facts()),
    shown("new", { at: "new", check: id }, facts(), "chooseFirst"),
    shown("join", { at: "join" }, facts(), "codeTypo"),
    shown("compare", { at: "compare" }, facts({ comparison, compare: true })),
    shown("compare.few", { at: "compare" }, facts({ comparison: null, compare: true })),
    ...samples.flatMap(({ name, check }) => pagesOf(name, check)),
  ];
}

/** Every page of one check, as the first of its people sees it. */
export function pagesOf(name: string, check: Check): readonly Shown[] {
  const open = openedBy(check.people[0]?.id ?? "p1", id, check);
  const own = facts({ open, links: everyLink });
  return [
    ...plain.map((at) => shown(`${name}.${at}`, { at, check: id }, own)),
    shown(`${name}.document.none`, { at: "document", check: id }, facts({ open, links: null })),
    ...open.pages.flatMap((page) => [
      shown(
        `${name}.form.${page.id}`,
        { at: "form", check: id, form: page.id, kept: {} },
        own,
        page.id === "policy-1" ? "late" : null,
      ),
      shown(`${name}.why.${page.id}`, { at: "why", check: id, form: page.id }, own),
    ]),
    ...open.outcome.groups.map(({ group }) =>
      shown(`${name}.group.${group}`, { at: "group", check: id, group }, own),
    ),
    ...actionsOf(open).map((question) =>
      shown(`${name}.action.${question}`, { at: "action", check: id, question, kept: null }, own),
    ),
  ];
}

function actionsOf({ plan }: OpenCheck): readonly string[] {
  return [...plan.actions, ...plan.done].map(({ finding }) => finding.id);
}

function mine(unit: string): CheckFacts["mine"][number] {
  return { id: `${id.slice(0, -1)}${unit.length % 10}`, unit, answered: 12, asked: 34, finishedAt: null };
}

function facts(over: Partial<CheckFacts> = {}): Partial<ReporterFacts> {
  return { check: { mine: [], compare: false, keptDays: 1095, ...over } };
}

function shown(
  name: string,
  page: CheckPage,
  own: Partial<ReporterFacts>,
  note: CheckNote | null = null,
): Shown {
  const screen = { type: "check", page, note } as const;
  return { id: `check.${name}`, group: "Code-of-conduct check", screen, facts: sampleFacts(own) };
}
