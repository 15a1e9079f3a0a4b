import fc from "fast-check";
import { audiences, type Candidate, type RankSituation, rank } from "../dialogs/find/advisers.ts";
import { options } from "../dialogs/find/situation.ts";

const there: Candidate = {
  id: "fatima",
  kind: "internal",
  audiences: ["employees"],
  places: [],
  languages: ["nl"],
  ways: ["chat"],
  present: true,
};
const nothingAsked: RankSituation = {
  sector: "government",
  minor: null,
  forWhom: "me",
  place: null,
  how: null,
  aboutAdviser: "no",
};

/** Ranks advisers who differ from `there` in what is given; an adviser's id is its name here. */
function ranked(
  advisers: Readonly<Record<string, Partial<Candidate>>>,
  asked: Partial<RankSituation> = {},
  language = "nl",
) {
  const candidates = Object.entries(advisers).map(([id, is]) => ({ ...there, ...is, id }));
  return rank(candidates, { ...nothingAsked, ...asked }, language);
}
const ids = (...given: Parameters<typeof ranked>) => ranked(...given).map(({ id }) => id);

describe("who is named", () => {
  test.each([
    ["me", "employees"],
    ["colleague", "employees"],
    ["employee", "employees"],
    ["own", "employees"],
    ["client", "clients"],
    ["pupil", "pupils"],
    ["athlete", "athletes"],
    ["volunteer", "volunteers"],
  ] as const)("for %s: who is there for %s, and nobody else", (forWhom, audience) => {
    const each = Object.fromEntries(audiences.map((one) => [one, { audiences: [one] }]));
    expect(ranked(each, { forWhom })).toEqual([{ id: audience, because: ["audience", "language"] }]);
  });

  test.each([
    ["education", "no", ["employees", "pupils"]],
    ["higherEducation", "unknown", ["employees", "pupils"]],
    ["higherEducation", "yes", ["pupils"]],
    ["sport", null, ["employees", "athletes"]],
    ["youthCare", "yes", ["clients"]],
    ["healthcare", "yes", ["employees"]],
  ] as const)("in %s, who asks for themselves (under 18: %s) may be one of %j", (sector, minor, named) => {
    const each = Object.fromEntries(audiences.map((one) => [one, { audiences: [one] }]));
    expect(new Set(ids(each, { sector, minor, forWhom: "me" }))).toEqual(new Set(named));
  });

  test("an adviser for employees, where nobody is there for clients; that is not called fitting", () => {
    const advisers = { staff: {}, pupils: { audiences: ["pupils"] } } as const;
    expect(ranked(advisers, { forWhom: "client" })).toEqual([{ id: "staff", because: ["language"] }]);
  });

  test("an adviser for employees, where the one for clients is on leave", () => {
    const advisers = { clients: { audiences: ["clients"], present: false }, staff: {} } as const;
    expect(ids(advisers, { forWhom: "client" })).toEqual(["staff"]);
  });

  test("advisers for employees, without calling it a reason, where the question was skipped", () => {
    const advisers = { clients: { audiences: ["clients"] }, staff: {} } as const;
    expect(ranked(advisers, { forWhom: null })).toEqual([{ id: "staff", because: ["language"] }]);
  });

  test("nobody, where an employee asks and advisers are there for clients only", () => {
    expect(ids({ clients: { audiences: ["clients"] } }, { forWhom: "me" })).toEqual([]);
  });
});

describe("who comes first", () => {
  test.each<
    [string, Readonly<Record<string, Partial<Candidate>>>, Partial<RankSituation>, readonly string[]]
  >([
    [
      "who is there for this place, or for all; then those of another place",
      { zwolle: { places: ["p1"] }, all: {}, breda: { places: ["p0", "p2"] } },
      { place: "p0" },
      ["all", "breda", "zwolle"],
    ],
    ["the order of the file, where no place was chosen", { b: { places: ["p1"] }, a: {} }, {}, ["b", "a"]],
    ["who speaks the language", { b: { languages: ["en"] }, a: { languages: ["en", "nl"] } }, {}, ["a", "b"]],
    ["who can be met in the way wished", { b: {}, a: { ways: ["phone"] } }, { how: "phone" }, ["a", "b"]],
    [
      "somebody external, where an adviser may be concerned",
      { b: {}, a: { kind: "external" } },
      { aboutAdviser: "unsure" },
      ["a", "b"],
    ],
    [
      "somebody external, where somebody outside is wished",
      { b: {}, a: { kind: "external" } },
      { how: "outside" },
      ["a", "b"],
    ],
    ["the file's first, where nobody asked for outside", { b: {}, a: { kind: "external" } }, {}, ["b", "a"]],
    [
      "somebody external of another place before a colleague of the adviser",
      { b: { places: ["p0"] }, a: { kind: "external", places: ["p1"] } },
      { place: "p0", aboutAdviser: "yes" },
      ["a", "b"],
    ],
    [
      "the place before the language",
      { b: { places: ["p1"] }, a: { places: ["p0"], languages: ["en"] } },
      { place: "p0" },
      ["a", "b"],
    ],
    [
      "the language before the way",
      { b: { languages: ["en"], ways: ["phone"] }, a: { ways: ["chat"] } },
      { how: "phone" },
      ["a", "b"],
    ],
  ])("%s", (_name, advisers, asked, expected) => {
    expect(ids(advisers, asked)).toEqual(expected);
  });
});

test("the reasons, the weightiest first", () => {
  const all = { kind: "external", places: ["p0"], ways: ["inPerson"] } as const;
  expect(ranked({ all }, { aboutAdviser: "yes", how: "inPerson", place: "p0" })).toEqual([
    { id: "all", because: ["audience", "external", "place", "language", "way"] },
  ]);
});

const orNull = <T>(values: readonly T[]) => fc.constantFrom(...values, null);
const places = ["p0", "p1", "p2"];
const someSituation: fc.Arbitrary<RankSituation> = fc.record({
  sector: fc.constant("government" as const),
  minor: orNull(options.minor),
  forWhom: orNull(options.forWhom),
  place: orNull(places),
  how: orNull(options.how),
  aboutAdviser: orNull(options.aboutAdviser),
});
const someCandidate: fc.Arbitrary<Candidate> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom("internal", "external"),
  audiences: fc.subarray([...audiences], { minLength: 1 }),
  places: fc.subarray(places),
  languages: fc.subarray(["nl", "en", "ar"]),
  ways: fc.subarray(["inPerson", "phone", "chat"]),
  present: fc.boolean(),
});
const someCandidates = fc.uniqueArray(someCandidate, { selector: ({ id }) => id, maxLength: 8 });
const someLanguage = fc.constantFrom("nl", "en");

describe("whatever the organisation and whatever is asked", () => {
  const audienceAsked = { client: "clients", pupil: "pupils", athlete: "athletes", volunteer: "volunteers" };

  test("nobody absent is named, nobody twice, and nobody there for others than asked or employees", () => {
    fc.assert(
      fc.property(someCandidates, someSituation, someLanguage, (candidates, situation, language) => {
        const named = rank(candidates, situation, language).map(({ id }) => id);
        expect(new Set(named).size).toBe(named.length);
        const who: string = situation.forWhom ?? "";
        const asked = Object.entries(audienceAsked).find(([one]) => one === who)?.[1] ?? "employees";
        for (const { id, audiences: own, present } of candidates.filter((one) => named.includes(one.id))) {
          expect([id, present]).toEqual([id, true]);
          expect(own.some((audience) => audience === asked || audience === "employees")).toBe(true);
        }
      }),
    );
  });

  test("somebody is named, where somebody for employees is present", () => {
    fc.assert(
      fc.property(someCandidates, someSituation, someLanguage, (candidates, situation, language) => {
        const somebody = candidates.some(
          ({ present, audiences: own }) => present && own.includes("employees"),
        );
        expect(rank(candidates, situation, language).length).toBeGreaterThanOrEqual(somebody ? 1 : 0);
      }),
    );
  });

  test("each reason is true of the adviser, and was asked for", () => {
    fc.assert(
      fc.property(someCandidates, someSituation, someLanguage, (candidates, situation, language) => {
        for (const { id, because } of rank(candidates, situation, language)) {
          const is = candidates.find((one) => one.id === id) ?? there;
          const { forWhom, place, how, aboutAdviser } = situation;
          if (because.includes("audience")) {
            const asked = Object.entries(audienceAsked).find(([one]) => one === forWhom)?.[1] ?? "employees";
            expect([forWhom === null, is.audiences]).toEqual([false, expect.arrayContaining([asked])]);
          }
          if (because.includes("place")) {
            expect(place).not.toBeNull();
            expect(is.places.length === 0 || is.places.some((one) => one === place)).toBe(true);
          }
          if (because.includes("language")) expect(is.languages).toContain(language);
          if (because.includes("way")) expect(is.ways).toContain(how);
          if (because.includes("external")) {
            expect(is.kind).toBe("external");
            expect(how === "outside" || aboutAdviser === "yes" || aboutAdviser === "unsure").toBe(true);
          }
        }
      }),
    );
  });

  test("those who fit equally well stay in the order of the file", () => {
    fc.assert(
      fc.property(someCandidates, someSituation, someLanguage, (candidates, situation, language) => {
        const named = rank(candidates, situation, language);
        const at = (id: string) => candidates.findIndex((one) => one.id === id);
        for (const [index, { id, because }] of named.entries()) {
          const next = named.slice(index + 1).find((other) => `${other.because}` === `${because}`);
          if (next) expect(at(id)).toBeLessThan(at(next.id));
        }
      }),
    );
  });

  test("another adviser, an absent one, or another id changes nothing between two", () => {
    fc.assert(
      fc.property(
        someCandidates,
        someCandidate,
        someSituation,
        someLanguage,
        (candidates, extra, situation, language) => {
          const before = rank(candidates, situation, language);
          const away = { ...extra, present: false };
          expect(rank([away, ...candidates], situation, language)).toEqual(before);
          const renamed = candidates.map((one) => ({ ...one, id: `z${one.id}` }));
          expect(rank(renamed, situation, language)).toEqual(
            before.map((one) => ({ ...one, id: `z${one.id}` })),
          );
          const like = candidates.find(({ present }) => present);
          if (!like) return;
          const more = rank(
            [...candidates, { ...extra, present: true, audiences: like.audiences }],
            situation,
            language,
          );
          const kept = more.filter(({ id }) => before.some((one) => one.id === id));
          expect(kept).toEqual(before.filter(({ id }) => more.some((one) => one.id === id)));
        },
      ),
    );
  });
});
