import { stringify } from "yaml";
import { type Organisation, parseOrganisation } from "../bots/organisation.ts";

/** Stands wherever a value can, and may be in no line. */
export const secret = "geheim-8d1f77";

export type Entry = Record<string, unknown>;

/** Everything an adviser can have. */
export const anna = (): Entry => ({
  name: "Anna",
  id: "anna",
  route: "one",
  kind: "internal",
  languages: ["nl", "ar"],
  places: ["Stadhuis", "Werf"],
  forWhom: ["employees", "clients"],
  contact: {
    phone: "+31 00 000 00 00",
    mail: "anna@example.org",
    teams: "anna@example.org",
    slack: "U0ANNA",
    inPerson: { nl: "Kamer 1", en: "Room 1" },
  },
  reachable: {
    hours: [
      { days: ["mon", "tue"], from: "09:00", to: "12:30" },
      { days: ["tue"], from: "13:00", to: "24:00" },
    ],
    text: { nl: "Bel gerust", en: "Feel free to call" },
  },
  timeZone: "America/Kralendijk",
  leave: [
    { from: "2026-12-01", to: "2026-12-10", replacement: "bert" },
    { from: "2026-12-11", to: "2026-12-11" },
  ],
  about: { nl: "Ik luister", en: "I listen" },
});

/** A valid file: Anna and Bert on the default route, Carla on the conflict route, Dries on a third. */
export const base = () => ({
  name: "Voorbeeld",
  sector: "government",
  languages: ["nl", "en"],
  tenants: { teams: ["t1"], slack: ["T1"] },
  routes: [
    { id: "one", platform: "teams", tenant: "t1", channel: "19:a", serviceUrl: "https://a.example/" },
    { id: "two", platform: "slack", tenant: "T1", channel: "C1" },
    { id: "three", platform: "slack", tenant: "T1", channel: "C2" },
  ],
  defaultRoute: "one",
  conflictRoute: "two",
  advisers: [
    anna(),
    { name: "Bert", route: "one" },
    { name: "Carla", route: "two", kind: "external" },
    { name: "Dries", route: "three" },
  ] as Entry[],
  helpDirectory: { hideAfterDays: 100 },
});
export type File = ReturnType<typeof base>;

/** What is said to be wrong with a text; nothing where it is valid. */
export const faultsOf = (yaml: string): readonly string[] => {
  const read = parseOrganisation(yaml);
  return "faults" in read ? read.faults : [];
};
/** The file with a change made in it, as text. */
export const changed = (change: (file: File) => unknown): string => {
  const file = base();
  change(file);
  return stringify(file);
};
/** The organisation that a changed file describes. */
export const accepted = (change: (file: File) => unknown = () => {}): Organisation => {
  const read = parseOrganisation(changed(change));
  if ("faults" in read) throw new Error(read.faults.join("\n"));
  return read.ok;
};

/** Changes the adviser with this number, Anna where none is named. */
export const adviser =
  (over: Entry, nr = 0) =>
  (file: File) =>
    Object.assign(file.advisers[nr] ?? {}, over);
export const contact = (over: Entry) => (file: File) =>
  Object.assign(file.advisers[0] ?? {}, { contact: { ...(file.advisers[0]?.contact as Entry), ...over } });
export const hours = (...all: Entry[]) => adviser({ reachable: { hours: all } });
export const leave = (...all: Entry[]) => adviser({ leave: all });
export const both =
  (...changes: ((file: File) => unknown)[]) =>
  (file: File) => {
    for (const change of changes) change(file);
  };
/** Changes who may do the code-of-conduct check; the file says nothing of that otherwise. */
export const check = (given: unknown) => (file: File) => Object.assign(file, { check: given });
/** Somebody and a group on each platform, as the file names them. */
export const named = {
  teams: { platform: "teams", tenant: "t1", user: "00000000-0000-4000-8000-00000000000A" },
  slack: { platform: "slack", tenant: "T1", user: "U0ANNA" },
  team: { platform: "teams", tenant: "t1", channel: "19:m@thread.tacv2", serviceUrl: "https://a.example/" },
  private: { platform: "slack", tenant: "T1", channel: "C0MANAGERS" },
} as const;
export const week = { days: ["mon"], from: "09:00", to: "17:00" };
export const december = { from: "2026-12-01", to: "2026-12-10" };
