import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { threshold } from "../cases/statistics.ts";
import { type Language, languages } from "../dialogs/core/draft.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { adviserFaults } from "./adviser-checks.ts";
import { type Adviser, AdviserEntry, id, idOf, name, pictureFrom } from "./advisers.ts";
import { accessFaults, CheckAccess } from "./check-access.ts";
import type { Route } from "./ports.ts";

const RouteEntry = z.strictObject({
  id,
  platform: z.enum(["teams", "slack"]),
  tenant: z.string().min(1),
  channel: z.string().min(1),
  serviceUrl: z.url().optional(),
  language: z.enum(languages).default("nl"),
  card: z.enum(["sealed", "full"]).default("sealed"),
});

const OrganisationFile = z
  .strictObject({
    name,
    sector: z.enum(sectors),
    languages: z.array(z.enum(languages)).min(1),
    /** Tenants and workspaces whose people may use the bot; everybody else is refused. */
    tenants: z.strictObject({
      teams: z.array(z.string().min(1)).default([]),
      slack: z.array(z.string().min(1)).default([]),
    }),
    routes: z.array(RouteEntry).min(1),
    defaultRoute: id,
    conflictRoute: id.optional(),
    /** Where the cases of a route go that is not in the file any more: from its id to that of a route. */
    handOver: z.record(id, id).default({}),
    advisers: z.array(AdviserEntry).min(1).max(100),
    retention: z
      .strictObject({
        draftHours: z
          .int()
          .min(2)
          .max(24 * 30)
          .default(72),
        closedDays: z
          .int()
          .min(1)
          .max(365 * 7)
          .default(365),
        /** A check that nobody changed for so long is destroyed. */
        checkDays: z.int().min(200).max(3650).default(1095),
        /** A private record that its owner did not open for so long is destroyed. */
        recordDays: z.int().min(30).max(3650).default(730),
      })
      .prefault({}),
    deadlines: z
      .strictObject({
        acknowledgeDays: z.int().min(1).max(7).default(7),
        feedbackMonths: z.int().min(1).max(3).default(3),
      })
      .prefault({}),
    helpDirectory: z
      .strictObject({
        hideAfterDays: z.int().min(92).max(3650).default(183),
      })
      .prefault({}),
    statistics: z
      .strictObject({
        /** Fewest that a number of the yearly report may be (P14); a higher one holds for years counted from then on. */
        threshold: z.int().min(threshold.least).max(threshold.most).default(threshold.least),
      })
      .prefault({}),
    check: CheckAccess.prefault({}),
  })
  .check(({ value, issues }) => {
    const fault = (path: (string | number)[], message: string) =>
      issues.push({ code: "custom", path, message, input: value });
    const ids = value.routes.map((route) => route.id);
    const places = value.routes.map((route) => `${route.platform} ${route.tenant} ${route.channel}`);
    value.routes.forEach((route, nr) => {
      if (ids.indexOf(route.id) !== nr) fault(["routes", nr, "id"], "two routes have this id");
      if (places.indexOf(places[nr] ?? "") !== nr)
        fault(["routes", nr, "channel"], "two routes are the same channel");
      if (!value.tenants[route.platform].includes(route.tenant)) {
        fault(["routes", nr, "tenant"], `is not among tenants.${route.platform}`);
      }
      if (route.platform === "teams" && !route.serviceUrl)
        fault(["routes", nr, "serviceUrl"], "a Teams route needs one");
    });
    if (!ids.includes(value.defaultRoute)) fault(["defaultRoute"], "is not the id of a route");
    if (value.conflictRoute !== undefined && !ids.includes(value.conflictRoute)) {
      fault(["conflictRoute"], "is not the id of a route");
    }
    if (value.conflictRoute === value.defaultRoute) {
      fault(
        ["conflictRoute"],
        "must differ from defaultRoute: a report about an adviser may not reach that adviser",
      );
    }
    for (const [gone, to] of Object.entries(value.handOver)) {
      if (ids.includes(gone)) fault(["handOver", gone], "is the id of a route that is still there");
      if (!ids.includes(to)) fault(["handOver", gone], "does not lead to the id of a route");
    }
    for (const { path, message } of accessFaults(value.check, value)) fault([...path], message);
    value.advisers.forEach((adviser, nr) => {
      if (!ids.includes(adviser.route)) fault(["advisers", nr, "route"], "is not the id of a route");
    });
    // What follows from an entry that is itself wrong is not worth a line.
    if (issues.some(({ path }) => path?.[0] === "advisers")) return;
    ids.forEach((route, nr) => {
      if (!value.advisers.some((adviser) => adviser.route === route))
        fault(["routes", nr], "no adviser belongs to this route");
    });
    for (const { path, message } of adviserFaults(value.advisers, value)) fault([...path], message);
  });

/** The organisation that runs the service: who may use it, where reports go, how long things are kept. */
export interface Organisation extends Omit<z.infer<typeof OrganisationFile>, "routes" | "advisers"> {
  readonly routes: readonly Route[];
  readonly advisers: readonly Adviser[];
}

interface Reading {
  /** The bytes of a picture that the file names; null where it cannot be read. */
  readonly readPicture?: (name: string) => Buffer | null;
}

/**
 * Reads an organisation file, and the pictures it names. Every mistake is one line, `path: what`; none quotes
 * a value.
 */
export function parseOrganisation(
  yaml: string,
  { readPicture = () => null }: Reading = {},
): { ok: Organisation } | { faults: readonly string[] } {
  let data: unknown;
  try {
    // What the parser warns of it prints with the text around it.
    data = parse(yaml, { logLevel: "error" });
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    return { faults: [`the file is not YAML${line === undefined ? "" : ` (line ${line})`}`] };
  }
  const file = OrganisationFile.safeParse(data);
  if (!file.success) return { faults: file.error.issues.map(lineOf) };
  const faults: string[] = [];
  const advisers = file.data.advisers.map((entry, nr): Adviser => {
    const picture = entry.picture === undefined ? { ok: null } : pictureFrom(readPicture(entry.picture));
    if ("fault" in picture) faults.push(`advisers.${nr}.picture: ${picture.fault}`);
    return {
      ...entry,
      id: idOf(entry),
      languages: entry.languages ?? file.data.languages,
      picture: "ok" in picture ? picture.ok : null,
    };
  });
  if (faults.length > 0) return { faults };
  const routes = file.data.routes.map(({ serviceUrl, ...route }) =>
    serviceUrl ? { ...route, serviceUrl } : route,
  );
  return { ok: { ...file.data, routes, advisers } };
}

function lineOf(issue: z.core.$ZodIssue): string {
  return `${pathOf(issue.path)}: ${messageOf(issue)}`;
}

/** What stands where a key belongs may be a value that lost its place; a misspelt key is a word. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys" || issue.keys.every((key) => /^[A-Za-z]{1,40}$/.test(key)))
    return issue.message;
  return "has a key that is not known";
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the file" : path.map(String).join(".");
}

/** The route with this id; undefined when the organisation no longer has it. */
export function routeOf(organisation: Organisation, id: string): Route | undefined {
  return organisation.routes.find((route) => route.id === id);
}

/** The language to begin in: a person's locale is not looked at (P3), and a button changes it. */
export function firstLanguage(organisation: Organisation): Language {
  return organisation.languages[0] ?? "nl";
}

/** The names of the advisers who read a route, as they are shown to a reporter. */
export function readersOf(organisation: Organisation, route: string): string {
  return organisation.advisers
    .filter((adviser) => adviser.route === route)
    .map((adviser) => adviser.name)
    .join(", ");
}

/** The locations and departments of the advisers, each once, in the order of the file. */
export function placesOf(organisation: Organisation): readonly string[] {
  return [...new Set(organisation.advisers.flatMap((adviser) => adviser.places))];
}
