import { options, type Sector, type Situation } from "./situation.ts";

/** Why a service is named, by id; content has the words. */
export type Because =
  | "recentSexual"
  | "sexual"
  | "home"
  | "care"
  | "childInCare"
  | "education"
  | "sport"
  | "culture"
  | "discrimination"
  | "wrongdoing"
  | "ownBehaviour"
  | "victim"
  | "law"
  | "crime"
  | "young"
  | "employerDuty";

/** A service of the help directory, with the reason it is named here. */
export interface Advice {
  readonly service: string;
  readonly because: Because;
}

/** Which help fits a situation. All of it is ids: content has the words, cards draws. */
export interface Guidance {
  /** Services outside the organisation, the one that fits best first. Never empty. */
  readonly help: readonly [Advice, ...Advice[]];
  /** Rules for who was told something, by id in `content/duties.yaml`; the most pressing first. */
  readonly duties: readonly string[];
  /** Why help outside stands above the advisers; null where the advisers come first. */
  readonly outsideFirst: null | "urgent" | "aboutAdviser" | "wished" | "fits";
}

/**
 * When a rule holds: each question named here has one of these answers; null is a skipped question, or one
 * that was not asked. A rule is data, so that `docs/guidance.md` can show what the programme goes by.
 */
export type Conditions = { readonly [Question in keyof Situation]?: readonly Situation[Question][] };

interface Rule {
  readonly id: string;
  readonly if: Conditions;
}

/** Names a service, says why help outside comes first, or both. */
export interface HelpRule extends Rule, Partial<Advice> {
  readonly outsideFirst?: NonNullable<Guidance["outsideFirst"]>;
}

export interface DutyRule extends Rule {
  readonly duty: string;
}

type About = Situation["about"];
type ForWhom = Situation["forWhom"];

const health: readonly Sector[] = ["healthcare", "mentalHealthcare", "disabilityCare"];
const care: readonly Sector[] = [...health, "youthCare"];
const schools: readonly Sector[] = ["education", "higherEducation"];
const noCare: readonly Sector[] = ["business", ...schools, "sport", "cultureAndMedia", "government"];
/** Where professionals work by the meldcode, as far as a source names the sector. */
const withMeldcode: readonly Sector[] = [...care, "education"];

/** Whoever it happened to: all but who worries about what they did themselves. */
const somebody: readonly ForWhom[] = [...options.forWhom.filter((who) => who !== "own"), null];
const staff: readonly ForWhom[] = ["me", "colleague", "employee", "volunteer", null];

const abouts: readonly About[] = [...options.about, null];
const notHome = abouts.filter((about) => about !== "home");
const harm = notHome.filter((about) => about !== "wrongdoing");
const recent: readonly Situation["when"][] = ["today", "lastWeek", "ongoing", "unknown", null];
const fromOutside = "other";
const inside: readonly Situation["byWhom"][] = ["professional", "peer", "unknown", null];

/**
 * The help outside, in the order in which it is named. Every rule that holds adds its service; the first
 * `mostHelp` are shown, each once. The first reason for `outsideFirst` counts. Sources: docs/guidance.md.
 */
// biome-ignore format: a table is read by line
export const helpRules: readonly HelpRule[] = [
  // What cannot wait, and what the person asked for.
  { id: "recentSexual", if: { forWhom: somebody, about: ["sexual"], when: recent }, service: "centrum-seksueel-geweld", because: "recentSexual", outsideFirst: "urgent" },
  { id: "aboutAdviser", if: { aboutAdviser: ["yes", "unsure"] }, outsideFirst: "aboutAdviser" },
  { id: "wished", if: { how: ["outside"] }, outsideFirst: "wished" },
  { id: "home", if: { about: ["home"] }, service: "veilig-thuis", because: "home", outsideFirst: "fits" },
  // Who worries about what they did. An adviser can listen; where a child is concerned, the adviser may have to pass it on.
  { id: "own", if: { forWhom: ["own"] }, service: "huisarts", because: "ownBehaviour" },
  { id: "ownToChild", if: { forWhom: ["own"], minor: ["yes"] }, service: "stop-it-now", because: "ownBehaviour", outsideFirst: "fits" },
  // What a sector has arranged for those who depend on it.
  { id: "pupil", if: { sector: ["education"], forWhom: ["pupil"] }, service: "vertrouwensinspecteurs", because: "education", outsideFirst: "fits" },
  { id: "minorAtSchool", if: { sector: schools, forWhom: ["me", "pupil", null], minor: ["yes"] }, service: "vertrouwensinspecteurs", because: "education", outsideFirst: "fits" },
  { id: "pupilElsewhere", if: { sector: [...care, "business", "sport", "cultureAndMedia", "government"], forWhom: ["pupil"], about: notHome }, service: "vertrouwensinspecteurs", because: "education" },
  { id: "athleteSexual", if: { forWhom: ["athlete"], about: ["sexual", null] }, service: "centrum-veilige-sport", because: "sport", outsideFirst: "fits" },
  { id: "minorInSport", if: { sector: ["sport"], forWhom: ["me", null], about: ["sexual", null], minor: ["yes"] }, service: "centrum-veilige-sport", because: "sport", outsideFirst: "fits" },
  { id: "childWithoutSectorRule", if: { sector: noCare, forWhom: ["client"], about: ["sexual", "aggression", null], minor: ["yes"] }, service: "veilig-thuis", because: "young", outsideFirst: "fits" },
  { id: "wrongdoing", if: { forWhom: somebody, about: ["wrongdoing"] }, service: "huis-voor-klokkenluiders", because: "wrongdoing" },
  { id: "athlete", if: { forWhom: ["athlete"], about: notHome }, service: "centrum-veilige-sport", because: "sport" },
  { id: "sport", if: { sector: ["sport"], forWhom: somebody, about: notHome }, service: "centrum-veilige-sport", because: "sport" },
  { id: "clientMental", if: { sector: ["mentalHealthcare"], forWhom: ["client"], about: notHome }, service: "pvp", because: "care" },
  { id: "clientDisability", if: { sector: ["disabilityCare"], forWhom: ["client"], about: notHome }, service: "cvp", because: "care" },
  { id: "clientYouth", if: { sector: ["youthCare"], forWhom: ["client"], about: notHome }, service: "jeugdstem", because: "childInCare" },
  { id: "minorInYouthCare", if: { sector: ["youthCare"], forWhom: ["me", null], about: notHome, minor: ["yes"] }, service: "jeugdstem", because: "childInCare" },
  { id: "client", if: { sector: care, forWhom: ["client"], about: notHome }, service: "landelijk-meldpunt-zorg", because: "care" },
  { id: "culture", if: { sector: ["cultureAndMedia"], forWhom: somebody, about: notHome }, service: "mores", because: "culture" },
  // A child, where the sector's rule does not already say who.
  { id: "minorThemselves", if: { forWhom: ["me"], minor: ["yes"] }, service: "kindertelefoon", because: "young" },
  { id: "child", if: { forWhom: [...staff, "client", "own"], minor: ["yes"] }, service: "veilig-thuis", because: "young" },
  { id: "childAndOutsider", if: { byWhom: [fromOutside], minor: ["yes"] }, service: "veilig-thuis", because: "young" },
  // What it is about.
  { id: "sexual", if: { forWhom: somebody, about: ["sexual"] }, service: "centrum-seksueel-geweld", because: "sexual" },
  { id: "discrimination", if: { forWhom: somebody, about: ["discrimination"] }, service: "discriminatie-nl", because: "discrimination" },
  { id: "careWrongdoing", if: { sector: care, forWhom: ["client"], about: ["wrongdoing"] }, service: "igj", because: "employerDuty" },
  { id: "victim", if: { forWhom: [...staff, "pupil", "athlete"], about: [...harm, "home"] }, service: "slachtofferhulp", because: "victim" },
  { id: "victimClient", if: { forWhom: ["client"], about: ["bullying", "aggression", "discrimination", "home", "other", null] }, service: "slachtofferhulp", because: "victim" },
  { id: "police", if: { forWhom: somebody, about: ["sexual", "aggression"] }, service: "politie", because: "crime" },
  // What may fit, where a question was skipped.
  { id: "perhapsClient", if: { sector: care, forWhom: [null], about: notHome }, service: "landelijk-meldpunt-zorg", because: "care" },
  { id: "perhapsPupil", if: { sector: ["education"], forWhom: [null], about: notHome }, service: "vertrouwensinspecteurs", because: "education" },
  { id: "perhapsMinorStudent", if: { sector: ["higherEducation"], forWhom: ["pupil"], about: notHome, minor: ["unknown", null] }, service: "vertrouwensinspecteurs", because: "education" },
  { id: "youngSexual", if: { forWhom: somebody, about: ["sexual"], minor: ["yes"] }, service: "sense", because: "young" },
  { id: "young", if: { forWhom: somebody, about: ["aggression", "home", null], minor: ["yes"] }, service: "fier", because: "young" },
  { id: "perhapsSexual", if: { forWhom: somebody, about: ["home", null] }, service: "centrum-seksueel-geweld", because: "sexual" },
  // Later steps.
  { id: "law", if: { forWhom: staff, about: ["bullying", "aggression", "discrimination", "other", null] }, service: "juridisch-loket", because: "law" },
  { id: "lawNoCare", if: { sector: noCare, forWhom: ["client", "pupil"], about: ["bullying", "aggression", "discrimination", "other", null] }, service: "juridisch-loket", because: "law" },
  { id: "lawWrongdoing", if: { about: ["wrongdoing"] }, service: "juridisch-loket", because: "law" },
  { id: "lawOwn", if: { forWhom: ["own"] }, service: "juridisch-loket", because: "law" },
  { id: "employer", if: { forWhom: ["me", "colleague", "employee", null], about: ["bullying", "aggression"] }, service: "arbeidsinspectie", because: "employerDuty" },
  { id: "discipline", if: { sector: health, forWhom: ["client"], about: harm, byWhom: ["professional"] }, service: "tuchtcollege", because: "care" },
];

/**
 * The duties of who was told something, the most pressing first; the first `mostDuties` are shown, each once.
 * None holds for who experienced it themselves, nor for who worries about what they did. Sources: docs/guidance.md.
 */
// biome-ignore format: a table is read by line
export const dutyRules: readonly DutyRule[] = [
  { id: "home", if: { sector: withMeldcode, forWhom: ["client", "pupil"], about: ["home"] }, duty: "meldcode" },
  { id: "homeSocialSupport", if: { sector: ["government"], forWhom: ["client"], about: ["home"] }, duty: "meldcode" },
  { id: "homeChildcare", if: { sector: ["business"], forWhom: ["pupil"], about: ["home"] }, duty: "meldcode" },
  { id: "wrongdoing", if: { forWhom: ["employee", "client", "pupil", "athlete", "volunteer"], about: ["wrongdoing"] }, duty: "wbk" },
  { id: "pupil", if: { sector: ["education"], forWhom: ["pupil"], about: ["sexual", null], byWhom: ["professional", "other", "unknown", null], minor: ["yes", "unknown", null] }, duty: "education" },
  { id: "minorStudent", if: { sector: ["higherEducation"], forWhom: ["pupil"], about: ["sexual", null], byWhom: ["professional", "other", "unknown", null], minor: ["yes"] }, duty: "education" },
  { id: "student", if: { sector: ["higherEducation"], forWhom: ["pupil"], about: notHome }, duty: "higherEducation" },
  { id: "outsider", if: { sector: withMeldcode, forWhom: ["client", "pupil"], about: ["sexual", "aggression"], byWhom: [fromOutside] }, duty: "meldcode" },
  { id: "clientYouth", if: { sector: ["youthCare"], forWhom: ["client"], about: notHome }, duty: "youthCare" },
  { id: "clientViolence", if: { sector: health, forWhom: ["client"], about: ["sexual", "aggression", null], byWhom: inside }, duty: "careViolence" },
  { id: "clientIncident", if: { sector: health, forWhom: ["client"], about: notHome }, duty: "vim" },
  { id: "clientPerhapsViolence", if: { sector: health, forWhom: ["client"], about: ["bullying", "other"], byWhom: inside }, duty: "careViolence" },
  { id: "carerLeaves", if: { sector: health, forWhom: ["client"], about: ["sexual", "aggression"], byWhom: ["professional"] }, duty: "careDismissal" },
  { id: "clientCalamity", if: { sector: health, forWhom: ["client"], about: notHome }, duty: "careCalamity" },
  { id: "athlete", if: { forWhom: ["athlete"], about: ["sexual", null] }, duty: "sport" },
  { id: "sport", if: { sector: ["sport"], forWhom: ["colleague", "employee", "client", "pupil", "volunteer"], about: ["sexual"] }, duty: "sport" },
  { id: "manager", if: { forWhom: ["employee"], about: notHome }, duty: "manager" },
  { id: "betweenCarers", if: { sector: health, forWhom: ["colleague", "employee"], about: ["sexual"] }, duty: "careColleagues" },
  { id: "government", if: { sector: ["government"], forWhom: ["employee"], about: notHome }, duty: "government" },
];

/** More to choose from does not help somebody who is upset. */
const mostHelp = 5;
const mostDuties = 3;

/** Whoever needs these must hear of them (P8), also when there is only their name to tell. */
const neverUnnamed: readonly string[] = ["centrum-seksueel-geweld", "veilig-thuis"];

/**
 * What fits this situation: the rules above, applied. Two to five services, at most three duties. A service
 * that is `hidden`, since nobody has looked it up for too long, makes room for the next; but those that may
 * not go unnamed stay, and where no other is left, all that fit are named, to be looked up.
 */
export function guidanceFor(situation: Situation, hidden: ReadonlySet<string> = new Set()): Guidance {
  const held = helpRules.filter((rule) => holds(rule.if, situation));
  const fitting = held.flatMap(({ service, because }) => (service && because ? [{ service, because }] : []));
  const isShown = ({ service }: Advice) => !hidden.has(service);
  const advice = fitting.some(isShown)
    ? fitting.filter((advice) => isShown(advice) || neverUnnamed.includes(advice.service))
    : fitting;
  const [first = atLeast, ...others] = advice.filter(
    ({ service }, index) => advice.findIndex((earlier) => earlier.service === service) === index,
  );
  const duties = dutyRules.filter((rule) => holds(rule.if, situation)).map(({ duty }) => duty);
  return {
    help: [first, ...others.slice(0, mostHelp - 1)],
    duties: [...new Set(duties)].slice(0, mostDuties),
    outsideFirst: held.find((rule) => rule.outsideFirst)?.outsideFirst ?? null,
  };
}

/** Some rule names a service in every situation: a test walks them all. The type cannot know. */
const atLeast: Advice = { service: "slachtofferhulp", because: "victim" };

function holds(conditions: Conditions, situation: Situation): boolean {
  return Object.entries(conditions).every(([question, answers]: [string, readonly unknown[]]) =>
    answers.includes(situation[question as keyof Situation]),
  );
}
