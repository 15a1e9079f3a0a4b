import fc from "fast-check";
import { availabilityOf, present } from "../bots/availability.ts";
import { foundFor, type Looking } from "../bots/found.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { audiences } from "../dialogs/find/advisers.ts";
import { options } from "../dialogs/find/situation.ts";
import { someOrganisation } from "./world.ts";

/** Who and what is named, from an organisation file, a moment and what was answered. */

const now = Date.parse("2026-03-02T09:00:00Z");
const here = { nl: "Kamer 12", en: "Room 12" };
const fatima = { id: "fatima", name: "Fatima El Idrissi", route: "advisers", places: ["Stadhuis"] };
const joost = {
  id: "joost",
  name: "Joost Bakker",
  route: "advisers",
  places: ["Werf"],
  forWhom: ["employees"],
};
const sanne = { id: "sanne", name: "Sanne Visser", route: "external", kind: "external" };

const bullied: Answers = { safety: "safe", aboutAdviser: "no", forWhom: "me", about: "bullying" };

function looking(advisers: readonly object[], change: Partial<Looking> & { file?: object } = {}): Looking {
  const { file = {}, ...rest } = change;
  const organisation = someOrganisation({ ...file, advisers });
  return { organisation, now, platform: "teams", language: "nl", hidden: new Set(), ...rest };
}

const names = (at: Looking, answers: Answers) => foundFor(at, answers).advisers.map(({ id }) => id);
const away = (replacement?: string) => [
  { from: "2026-03-01", to: "2026-03-08", ...(replacement === undefined ? {} : { replacement }) },
];

describe("not to the one it is about (P9)", () => {
  test.each([["yes"], ["unsure"], [undefined]])(
    "answered %s: only the conflict route's advisers are named",
    (aboutAdviser) => {
      const { aboutAdviser: _, ...rest } = bullied;
      const answers = aboutAdviser === undefined ? rest : { ...rest, aboutAdviser };
      const found = foundFor(looking([fatima, joost, sanne]), answers);
      expect(found.advisers.map(({ id }) => id)).toEqual(["sanne"]);
      expect(JSON.stringify(found)).not.toMatch(/Fatima|Joost/);
    },
  );

  test("without a conflict route nobody is named, and that is said", () => {
    const { conflictRoute: _, ...organisation } = someOrganisation();
    const found = foundFor(
      { ...looking([fatima, joost, sanne]), organisation },
      { ...bullied, aboutAdviser: "yes" },
    );
    expect(found).toMatchObject({ advisers: [], nobody: "aboutAdviser", outsideFirst: "aboutAdviser" });
  });

  test("when the conflict route's adviser is away, nobody of the other route comes in", () => {
    const found = foundFor(looking([fatima, joost, { ...sanne, leave: away() }]), {
      ...bullied,
      aboutAdviser: "yes",
    });
    expect(found).toMatchObject({ advisers: [], nobody: "away" });
  });
});

describe("who is there", () => {
  test("an adviser on leave is not named, and the one who stands in is, for the same people and places", () => {
    const absent = { ...fatima, forWhom: ["clients"], leave: away("joost") };
    const at = looking([absent, joost, sanne]);
    const found = foundFor(at, { ...bullied, forWhom: "client", place: "p0" });
    expect(found.advisers[0]).toMatchObject({ id: "joost", standsInFor: "Fatima El Idrissi" });
    expect(found.advisers.map(({ id }) => id)).not.toContain("fatima");
    // "fits your situation", "fits your place": both through the one on leave.
    expect(found.advisers[0]?.because).toEqual(expect.arrayContaining(["audience", "place"]));
  });

  test("all on leave: help outside comes first, the reason is said, and when the first is back", () => {
    const at = looking([
      { ...fatima, leave: away() },
      { ...joost, leave: away() },
      { ...sanne, leave: away() },
    ]);
    expect(foundFor(at, bullied)).toMatchObject({
      advisers: [],
      nobody: "away",
      outsideFirst: "nobodyAvailable",
      backOn: Date.parse("2026-03-08T23:00:00Z"),
    });
  });

  test("of two places, the adviser of the place chosen stands first, and both are named", () => {
    const at = looking([fatima, joost, { ...sanne, places: ["Stadhuis"] }]);
    expect(names(at, { ...bullied, place: "p1" })[0]).toBe("joost");
    expect(names(at, { ...bullied, place: "p0" })[0]).toBe("fatima");
  });
});

test("a service that nobody looked up for too long makes room for the next that fits", () => {
  const services = (hidden: readonly string[]) =>
    foundFor(looking([fatima, sanne], { hidden: new Set(hidden) }), bullied).help.map(
      ({ service }) => service,
    );
  const [first = "", ...others] = services([]);
  expect(services([first])).toEqual(expect.arrayContaining(others));
  expect(services([first])).not.toContain(first);
  // Where none is left, their names are all there is to say.
  expect(services([first, ...others])).toEqual([first, ...others]);
});

test.each([
  ["sexual", { when: "today" }, "centrum-seksueel-geweld"],
  ["home", {}, "veilig-thuis"],
])(
  "about %s, the service that may not be missed is named first, however old its details are (P8)",
  (about, more, service) => {
    const at = looking([fatima, sanne], { hidden: new Set([service]) });
    expect(foundFor(at, { ...bullied, ...more, about }).help[0]?.service).toBe(service);
  },
);

describe("ways of contact", () => {
  const contact = {
    phone: "010 000 00 00",
    mail: "fatima@example.org",
    teams: "fatima@example.org",
    slack: "U0FATIMA",
    inPerson: here,
  };
  const ways = (change: Partial<Looking>, answers: Answers = bullied) =>
    foundFor(looking([{ ...fatima, contact }, joost, sanne], change), answers).advisers.find(
      ({ id }) => id === "fatima",
    )?.ways ?? [];

  test("only the chat of the platform the person is on", () => {
    const kinds = (platform: "teams" | "slack") => ways({ platform }).map(({ way }) => way);
    expect(kinds("teams")).toEqual(["bot", "phone", "mail", "inPerson", "teamsChat"]);
    expect(kinds("slack")).toEqual(["bot", "phone", "mail", "inPerson", "slackChat"]);
  });

  test("who worries about what they did is not led into a report, where there is another way", () => {
    const own: Answers = { ...bullied, forWhom: "own" };
    expect(ways({}, own).map(({ way }) => way)).toEqual(["phone", "mail", "inPerson", "teamsChat"]);
    const only = foundFor(looking([{ ...fatima, contact: {} }, joost, sanne]), own).advisers;
    expect(only.find(({ id }) => id === "fatima")?.ways.map(({ way }) => way)).toEqual(["bot"]);
  });

  test("the way somebody likes stands first", () => {
    expect(ways({}, { ...bullied, how: "phone" })[0]).toEqual({
      way: "phone",
      address: "010 000 00 00",
      url: "tel:0100000000",
    });
    expect(ways({}, { ...bullied, how: "inPerson" })[0]).toMatchObject({
      way: "inPerson",
      address: "Kamer 12",
    });
    expect(ways({ language: "en" }, { ...bullied, how: "inPerson" })[0]).toMatchObject({
      address: "Room 12",
    });
  });

  test("a name in an address cannot break out of it", () => {
    const odd = { ...fatima, contact: { teams: "o'neill+x@example.org" } };
    const found = foundFor(looking([odd, joost, sanne]), bullied).advisers.find(({ id }) => id === "fatima");
    expect(found?.ways.find(({ way }) => way === "teamsChat")?.url).toBe(
      "https://teams.microsoft.com/l/chat/0/0?users=o'neill%2Bx%40example.org",
    );
  });
});

const some = <T extends string>(values: readonly T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const anyAdviser = fc.record({
  forWhom: fc.uniqueArray(fc.constantFrom(...audiences), { minLength: 1 }),
  leave: fc.constantFrom(
    [],
    away(),
    [{ from: "2026-03-02", to: "2026-03-02" }],
    [{ from: "2026-03-03", to: "2026-04-01" }],
  ),
  reachable: fc.constantFrom(
    {},
    { hours: [{ days: ["mon"], from: "09:00", to: "12:00" }] },
    { hours: [{ days: ["sun"], from: "00:00", to: "06:00" }] },
  ),
  timeZone: fc.constantFrom("Europe/Amsterdam", "America/Curacao", "Pacific/Auckland", "Asia/Kolkata"),
  route: fc.constantFrom("advisers", "external"),
});

test("whatever the file, the moment and the answers: who is named is there, and there is always a way on", () => {
  const answers = fc.record({
    aboutAdviser: fc.constantFrom(...options.aboutAdviser),
    forWhom: some(options.forWhom),
    about: some(options.about),
    how: some(options.how),
  });
  fc.assert(
    fc.property(
      fc.array(anyAdviser, { minLength: 1, maxLength: 5 }),
      answers,
      fc.integer({ min: -20, max: 40 }),
      (all, given, hours) => {
        const advisers = [
          ...all.map((one, nr) => ({ ...one, id: `a${nr}`, name: `Adviser ${nr}` })),
          { ...fatima, leave: away() },
          { ...sanne, leave: away() },
        ];
        const at = looking(advisers, { now: now + hours * 3_600_000 });
        const found = foundFor(at, given as Answers);
        for (const { id, reachable } of found.advisers) {
          const adviser = at.organisation.advisers.find((one) => one.id === id);
          if (!adviser) throw new Error("a stranger is named");
          expect(present(adviser, at.now)).toBe(true);
          expect(reachable).toEqual(availabilityOf(adviser, at.now));
          if (given.aboutAdviser !== "no") expect(adviser.route).toBe("external");
        }
        expect(found.help.length).toBeGreaterThan(0);
        expect(found.nobody === null).toBe(found.advisers.length > 0);
        if (found.nobody !== null) expect(found.outsideFirst).not.toBeNull();
        if (found.nobody === "away") expect(found.backOn).toBeGreaterThan(at.now);
      },
    ),
    { numRuns: 300 },
  );
});
