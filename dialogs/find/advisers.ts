import type { Sector, Situation } from "./situation.ts";

/** An adviser as far as choosing depends on it, with what the clock says already worked out. */
export interface Candidate {
  readonly id: string;
  readonly kind: "internal" | "external";
  /** For whom this adviser is there: audiences of the organisation file. */
  readonly audiences: readonly Audience[];
  /** Options of the question `place`; empty: everywhere. */
  readonly places: readonly string[];
  /** Language codes. */
  readonly languages: readonly string[];
  readonly ways: readonly ("inPerson" | "phone" | "chat")[];
  /** Not on leave today. */
  readonly present: boolean;
}

export const audiences = ["employees", "clients", "pupils", "athletes", "volunteers"] as const;
export type Audience = (typeof audiences)[number];

/** Why an adviser fits, by id, the strongest first; content has the words. */
export type Fits = "audience" | "place" | "language" | "way" | "external";

export interface Ranked {
  readonly id: string;
  readonly because: readonly Fits[];
}
export type RankSituation = Pick<
  Situation,
  "sector" | "forWhom" | "minor" | "place" | "how" | "aboutAdviser"
>;

/** Whom else than employees a sector gives accounts to: they ask for themselves here, too. */
const accountsOf: Readonly<Partial<Record<Sector, Audience>>> = {
  education: "pupils",
  higherEducation: "pupils",
  sport: "athletes",
  youthCare: "clients",
};

/** For whom an adviser must be there, to be there for who or what this is about. */
const audienceOf: Readonly<Record<Exclude<NonNullable<Situation["forWhom"]>, "me">, Audience>> = {
  colleague: "employees",
  employee: "employees",
  own: "employees",
  client: "clients",
  pupil: "pupils",
  athlete: "athletes",
  volunteer: "volunteers",
};

function audiencesFor({ sector, forWhom, minor }: RankSituation): readonly Audience[] {
  if (forWhom === null) return [];
  if (forWhom !== "me") return [audienceOf[forWhom]];
  const account = accountsOf[sector];
  if (account === undefined) return ["employees"];
  return minor === "yes" ? [account] : ["employees", account];
}

/**
 * The advisers who are present and there for this person, best first; those who fit equally well stay in the
 * order of the file. Where none is there for a client, pupil, athlete or volunteer, those for employees are
 * named, for who asks is staff: then `audience` is not among the reasons, nor where the question was skipped.
 * Each reason is true and was asked for. `language` is a code.
 */
export function rank(
  candidates: readonly Candidate[],
  situation: RankSituation,
  language: string,
): readonly Ranked[] {
  const present = candidates.filter((candidate) => candidate.present);
  const there = (wanted: readonly Audience[]) =>
    present.filter(({ audiences }) => wanted.some((audience) => audiences.includes(audience)));
  const forThem = there(audiencesFor(situation));
  const asked: readonly Fits[] = forThem.length > 0 ? ["audience"] : [];
  return (forThem.length > 0 ? forThem : there(["employees"]))
    .map((candidate) => ({ id: candidate.id, met: wishesMet(candidate, situation, language) }))
    .toSorted((one, other) => {
      const decisive = wishes.find((wish) => one.met.includes(wish) !== other.met.includes(wish));
      if (!decisive) return 0;
      return one.met.includes(decisive) ? -1 : 1;
    })
    .map(({ id, met }) => ({ id, because: [...asked, ...met] }));
}

/** What can be wished, the weightiest first. */
const wishes = ["external", "place", "language", "way"] as const satisfies readonly Fits[];

/** The wishes that this adviser meets, in that order. What was not asked for, nobody meets. */
function wishesMet(
  { kind, places, languages, ways }: Candidate,
  { aboutAdviser, how, place }: RankSituation,
  language: string,
): readonly Fits[] {
  const outside = aboutAdviser === "yes" || aboutAdviser === "unsure" || how === "outside";
  const met = {
    external: outside && kind === "external",
    place: place !== null && (places.length === 0 || places.includes(place)),
    language: languages.includes(language),
    way: how !== null && how !== "outside" && ways.includes(how),
  };
  return wishes.filter((wish) => met[wish]);
}
