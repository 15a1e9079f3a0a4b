import { readFileSync } from "node:fs";
import fc from "fast-check";
import { readContent } from "../bots/content-files.ts";
import { type Conditions, dutyRules, guidanceFor, helpRules } from "../dialogs/find/guidance.ts";
import { options, type Situation, sectors } from "../dialogs/find/situation.ts";

/** Nothing is answered but what the flow requires. */
const unsaid: Situation = {
  sector: "business",
  aboutAdviser: "no",
  forWhom: null,
  about: null,
  when: null,
  byWhom: null,
  minor: null,
  how: null,
  place: null,
};

interface Expected {
  /** What stands above: the advisers, or this service. */
  readonly first: string;
  /** The first service where the advisers stand above it; `first` where they do not. */
  readonly outside?: string;
  /** The duties, in order; none where nothing is given. */
  readonly duties?: readonly string[];
  /** What must be named besides, and what must not be. */
  readonly names?: readonly string[];
  readonly never?: readonly string[];
}

/** Who asks, their answers, what an adviser of that sector would name, and where that is said. */
type Row = readonly [string, Partial<Situation>, Expected, string];

const csg = "centrum-seksueel-geweld";
const vi = "vertrouwensinspecteurs";
const cvsn = "centrum-veilige-sport";
const lmz = "landelijk-meldpunt-zorg";
const huis = "huis-voor-klokkenluiders";

// biome-ignore format: a table is read by line
const anybody: readonly Row[] = [
  ["touched yesterday at work", { forWhom: "me", about: "sexual", when: "lastWeek" }, { first: csg, names: ["slachtofferhulp", "politie"] }, "CSG: best within 7 days"],
  ["touched today by a customer", { forWhom: "me", about: "sexual", when: "today" }, { first: csg }, "CSG: best within 7 days"],
  ["messages that go on", { forWhom: "me", about: "sexual", when: "ongoing" }, { first: csg }, "CSG; help before forms"],
  ["does not know when it was", { forWhom: "me", about: "sexual", when: "unknown" }, { first: csg }, "CSG; help before forms"],
  ["skipped when it was", { forWhom: "me", about: "sexual" }, { first: csg }, "CSG; help before forms"],
  ["touched years ago", { forWhom: "me", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg, names: ["slachtofferhulp", "politie"] }, "CSG: any sexual violence"],
  ["a colleague told me of last week", { forWhom: "colleague", about: "sexual", when: "lastWeek" }, { first: csg, names: ["slachtofferhulp"] }, "CSG; Slachtofferhulp: also witnesses"],
  ["a colleague told me of long ago", { forWhom: "colleague", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg }, "CSG"],
  ["an employee told me of today", { forWhom: "employee", about: "sexual", when: "today" }, { first: csg, duties: ["manager"] }, "CSG; Arbowet 3(2)"],
  ["an employee told me of long ago", { forWhom: "employee", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg, duties: ["manager"] }, "Arbowet 3(2)"],
  ["bullied by a manager", { forWhom: "me", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp", names: ["juridisch-loket", "arbeidsinspectie"], never: ["politie", csg] }, "action programme: what an adviser does"],
  ["sees a colleague being bullied", { forWhom: "colleague", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp" }, "Slachtofferhulp: also witnesses"],
  ["manages somebody who is bullied", { forWhom: "employee", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp", duties: ["manager"] }, "Arbowet 3(2)"],
  ["harassed at seventeen, long ago", { forWhom: "me", about: "sexual", when: "earlier", minor: "yes" }, { first: "advisers", names: ["kindertelefoon", "veilig-thuis", csg] }, "between colleagues: the adviser; child: Veilig Thuis"],
  ["threatened at work", { forWhom: "me", about: "aggression" }, { first: "advisers", outside: "slachtofferhulp", names: ["politie", "arbeidsinspectie"] }, "Politie: talk, then choose"],
  ["discriminated at work", { forWhom: "me", about: "discrimination" }, { first: "advisers", outside: "discriminatie-nl", names: ["juridisch-loket"] }, "Discriminatie.nl"],
  ["a colleague is discriminated", { forWhom: "colleague", about: "discrimination" }, { first: "advisers", outside: "discriminatie-nl" }, "Discriminatie.nl"],
  ["unsafe at home", { forWhom: "me", about: "home" }, { first: "veilig-thuis", names: ["slachtofferhulp", csg] }, "Veilig Thuis"],
  ["sixteen, and unsafe at home", { forWhom: "me", about: "home", minor: "yes" }, { first: "veilig-thuis", names: ["kindertelefoon", "fier"] }, "Fier: violence in dependency, youth"],
  ["a colleague is unsafe at home", { forWhom: "colleague", about: "home" }, { first: "veilig-thuis" }, "Veilig Thuis: also bystanders"],
  ["manages somebody who is unsafe at home", { forWhom: "employee", about: "home" }, { first: "veilig-thuis" }, "Veilig Thuis; the meldcode is for clients and pupils"],
  ["fraud that the board covers up", { forWhom: "me", about: "wrongdoing" }, { first: "advisers", outside: huis, names: ["juridisch-loket"] }, "Wbk: pattern or cover-up"],
  ["an employee told me of fraud", { forWhom: "employee", about: "wrongdoing" }, { first: "advisers", outside: huis, duties: ["wbk", "manager"] }, "Wbk"],
  ["something else", { forWhom: "me", about: "other" }, { first: "advisers", outside: "slachtofferhulp" }, "action programme: what an adviser does"],
  ["skipped everything", {}, { first: "advisers", outside: "slachtofferhulp", names: [csg] }, "every question can be skipped"],
  ["a volunteer was threatened", { forWhom: "volunteer", about: "aggression" }, { first: "advisers", outside: "slachtofferhulp", names: ["politie"] }, "Slachtofferhulp"],
  ["the child of a customer was hit", { forWhom: "client", about: "aggression", minor: "yes" }, { first: "veilig-thuis" }, "child: Veilig Thuis"],
  ["the child of a customer is teased by other children", { forWhom: "client", about: "bullying", minor: "yes" }, { first: "advisers", outside: "veilig-thuis" }, "child: Veilig Thuis is shown"],
  ["a customer was hit", { forWhom: "client", about: "aggression", minor: "no" }, { first: "advisers", outside: "slachtofferhulp" }, "Slachtofferhulp"],
  ["a pupil in childcare", { forWhom: "pupil", about: "aggression", minor: "yes" }, { first: "advisers", outside: vi }, "inspectors: education and childcare"],
  ["a child in childcare, unsafe at home", { forWhom: "pupil", about: "home", minor: "yes" }, { first: "veilig-thuis", duties: ["meldcode"] }, "meldcode: childcare"],
];

// biome-ignore format: a table is read by line
const whoever: readonly Row[] = [
  ["bullied, by an adviser", { forWhom: "me", about: "bullying", aboutAdviser: "yes" }, { first: "slachtofferhulp" }, "conflicts of interest"],
  ["not sure whether it is an adviser", { forWhom: "me", about: "discrimination", aboutAdviser: "unsure" }, { first: "discriminatie-nl" }, "conflicts of interest"],
  ["in the theatre, by an adviser", { sector: "cultureAndMedia", forWhom: "me", about: "bullying", aboutAdviser: "yes" }, { first: "mores" }, "Mores: where the own adviser does not fit"],
  ["a cover-up by an adviser", { forWhom: "me", about: "wrongdoing", aboutAdviser: "yes" }, { first: huis }, "Mores 2023: another route is needed"],
  ["today, by an adviser", { forWhom: "me", about: "sexual", when: "today", aboutAdviser: "yes" }, { first: csg }, "CSG"],
  ["rather somebody outside", { forWhom: "me", about: "bullying", how: "outside" }, { first: "slachtofferhulp" }, "the person decides"],
  ["rather somebody outside, long ago", { forWhom: "me", about: "sexual", when: "earlier", how: "outside" }, { first: csg }, "the person decides"],
  ["rather by phone", { forWhom: "me", about: "bullying", how: "phone" }, { first: "advisers" }, "the person decides"],
];

// biome-ignore format: a table is read by line
const own: readonly Row[] = [
  ["did I go too far?", { forWhom: "own" }, { first: "advisers", outside: "huisarts", never: ["slachtofferhulp", csg, "politie", "stop-it-now"] }, "no shaming, no absolution: adviser, doctor"],
  ["with an adult, not known how old", { forWhom: "own", minor: "unknown" }, { first: "advisers", outside: "huisarts", never: ["stop-it-now"] }, "Stop it Now: minors only"],
  ["towards somebody under eighteen", { forWhom: "own", minor: "yes" }, { first: "huisarts", names: ["stop-it-now", "veilig-thuis"] }, "Stop it Now: minors; Veilig Thuis: also who did it"],
  ["sexual, towards somebody under eighteen", { forWhom: "own", minor: "yes", about: "sexual", when: "today" }, { first: "huisarts", names: ["stop-it-now"], never: [csg] }, "Stop it Now: minors"],
  ["a teacher, about a pupil", { sector: "education", forWhom: "own", minor: "yes" }, { first: "huisarts", names: ["stop-it-now"], never: [vi] }, "Stop it Now; a school's adviser may have to pass it on"],
  ["sexual, towards an adult", { forWhom: "own", about: "sexual", when: "lastWeek" }, { first: "advisers", outside: "huisarts", never: [csg, "politie"] }, "adviser, doctor"],
  ["at home", { forWhom: "own", about: "home" }, { first: "veilig-thuis", names: ["huisarts"] }, "Veilig Thuis: also who did it"],
  ["an adviser worries", { forWhom: "own", aboutAdviser: "yes" }, { first: "huisarts" }, "conflicts of interest"],
];

// biome-ignore format: a table is read by line
const inCare: readonly Row[] = [
  ["a nurse: a patient told of a carer, yesterday", { sector: "healthcare", forWhom: "client", about: "sexual", when: "lastWeek", byWhom: "professional" }, { first: csg, names: [lmz, "politie", "tuchtcollege"], duties: ["careViolence", "vim", "careDismissal"] }, "Wkkgz 11(1)(b); GGZ 2014: staff report all incidents"],
  ["a patient told of a carer, long ago", { sector: "healthcare", forWhom: "client", about: "sexual", when: "earlier", byWhom: "professional" }, { first: "advisers", outside: lmz, names: [csg, "tuchtcollege"], duties: ["careViolence", "vim", "careDismissal"] }, "Wkkgz 11(1)(b); LMZ"],
  ["two patients", { sector: "healthcare", forWhom: "client", about: "aggression", byWhom: "peer" }, { first: "advisers", outside: lmz, names: ["politie"], never: ["tuchtcollege"], duties: ["careViolence", "vim", "careCalamity"] }, "IGJ: also client and client"],
  ["a patient, by a visitor", { sector: "healthcare", forWhom: "client", about: "aggression", byWhom: "other" }, { first: "advisers", outside: lmz, duties: ["meldcode", "vim", "careCalamity"] }, "GGZ 2014: outside the institution, the meldcode"],
  ["mental health: a patient told of a carer", { sector: "mentalHealthcare", forWhom: "client", about: "sexual", when: "earlier", byWhom: "professional" }, { first: "advisers", outside: "pvp", names: [lmz, csg, "tuchtcollege"], duties: ["careViolence", "vim", "careDismissal"] }, "GGZ 2014: the provider's adviser, or the PVP"],
  ["mental health: today", { sector: "mentalHealthcare", forWhom: "client", about: "sexual", when: "today", byWhom: "peer" }, { first: csg, names: ["pvp", lmz], duties: ["careViolence", "vim", "careCalamity"] }, "CSG; IGJ"],
  ["mental health: a patient is belittled by a carer", { sector: "mentalHealthcare", forWhom: "client", about: "bullying", byWhom: "professional" }, { first: "advisers", outside: "pvp", names: [lmz, "tuchtcollege"], duties: ["vim", "careViolence", "careCalamity"] }, "PVP"],
  ["mental health: a patient under eighteen", { sector: "mentalHealthcare", forWhom: "client", about: "sexual", when: "today", byWhom: "professional", minor: "yes" }, { first: csg, names: ["pvp", "veilig-thuis"], duties: ["careViolence", "vim", "careDismissal"] }, "child: Veilig Thuis or the sector's rule"],
  ["mental health: a patient's partner", { sector: "mentalHealthcare", forWhom: "client", about: "home" }, { first: "veilig-thuis", never: ["pvp"], duties: ["meldcode"] }, "GGZ 2014: partner of a patient, the meldcode"],
  ["disability care: a resident told of a carer", { sector: "disabilityCare", forWhom: "client", about: "sexual", when: "earlier", byWhom: "professional" }, { first: "advisers", outside: "cvp", names: [lmz, csg], duties: ["careViolence", "vim", "careDismissal"] }, "CVP; Wkkgz 11(1)(b)"],
  ["disability care: two residents, today", { sector: "disabilityCare", forWhom: "client", about: "sexual", when: "today", byWhom: "peer" }, { first: csg, names: ["cvp", lmz], duties: ["careViolence", "vim", "careCalamity"] }, "IGJ: also client and client"],
  ["disability care: a resident was hit, by whom is not known", { sector: "disabilityCare", forWhom: "client", about: "aggression", byWhom: "unknown" }, { first: "advisers", outside: "cvp", names: ["politie"], duties: ["careViolence", "vim", "careCalamity"] }, "CVP"],
  ["disability care: a client is discriminated", { sector: "disabilityCare", forWhom: "client", about: "discrimination", byWhom: "professional" }, { first: "advisers", outside: "cvp", names: ["discriminatie-nl"], duties: ["vim", "careCalamity"] }, "CVP; Discriminatie.nl"],
  ["danger to clients is covered up", { sector: "healthcare", forWhom: "client", about: "wrongdoing", byWhom: "professional" }, { first: "advisers", outside: huis, names: [lmz, "igj"], duties: ["wbk", "vim", "careCalamity"] }, "Wbk: client safety"],
  ["youth care: a child told of a carer", { sector: "youthCare", forWhom: "client", about: "sexual", when: "earlier", byWhom: "professional", minor: "yes" }, { first: "advisers", outside: "jeugdstem", names: [lmz, "veilig-thuis", csg], never: ["tuchtcollege"], duties: ["youthCare"] }, "IGJ: forms of its own; Jeugdstem"],
  ["youth care: a child, today", { sector: "youthCare", forWhom: "client", about: "sexual", when: "today", byWhom: "peer", minor: "yes" }, { first: csg, names: ["jeugdstem", "veilig-thuis"], duties: ["youthCare"] }, "CSG; Jeugdwet 4.1.8"],
  ["youth care: a child is unsafe at home", { sector: "youthCare", forWhom: "client", about: "home", minor: "yes" }, { first: "veilig-thuis", duties: ["meldcode"] }, "meldcode: youth care"],
  ["youth care: a child and a parent", { sector: "youthCare", forWhom: "client", about: "aggression", byWhom: "other", minor: "yes" }, { first: "advisers", outside: "jeugdstem", names: ["veilig-thuis"], duties: ["meldcode", "youthCare"] }, "GGZ 2014: parents of a minor, the meldcode"],
  ["youth care: for myself, under eighteen", { sector: "youthCare", forWhom: "me", about: "bullying", minor: "yes" }, { first: "advisers", outside: "jeugdstem", names: ["kindertelefoon", "veilig-thuis"] }, "Jeugdstem; Kindertelefoon: 8 to 18"],
  ["a nurse, by a doctor", { sector: "healthcare", forWhom: "me", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg, never: [lmz, "pvp", "tuchtcollege", "igj"] }, "GGZ 2014: between colleagues, no duty to report"],
  ["a colleague in mental health care", { sector: "mentalHealthcare", forWhom: "colleague", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg, never: [lmz, "pvp"], duties: ["careColleagues"] }, "GGZ 2014: between colleagues, no duty to report"],
  ["manages a carer who was harassed", { sector: "disabilityCare", forWhom: "employee", about: "sexual", when: "earlier" }, { first: "advisers", outside: csg, duties: ["manager", "careColleagues"] }, "GGZ 2014: between colleagues; Arbowet"],
  ["a nurse, hit by a patient", { sector: "mentalHealthcare", forWhom: "me", about: "aggression" }, { first: "advisers", outside: "slachtofferhulp", names: ["politie", "arbeidsinspectie"], never: ["pvp"] }, "Arbowet: aggression"],
  ["in care, skipped for whom", { sector: "healthcare", about: "aggression" }, { first: "advisers", outside: "slachtofferhulp", names: [lmz] }, "LMZ"],
];

// biome-ignore format: a table is read by line
const atSchool: readonly Row[] = [
  ["a pupil told of a teacher", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "professional", minor: "yes" }, { first: vi, names: [csg, "slachtofferhulp"], never: ["veilig-thuis"], duties: ["education"] }, "Inspectorate: at once to the board; the board consults"],
  ["a pupil told of a teacher, today", { sector: "education", forWhom: "pupil", about: "sexual", when: "today", byWhom: "professional", minor: "yes" }, { first: csg, names: [vi], duties: ["education"] }, "CSG; Inspectorate"],
  ["a pupil of unknown age", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "professional", minor: "unknown" }, { first: vi, duties: ["education"] }, "Inspectorate: suspicion"],
  ["two pupils", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "peer", minor: "yes" }, { first: vi }, "Inspectorate: the duty is for staff towards a pupil"],
  ["an mbo student of twenty", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "professional", minor: "no" }, { first: vi }, "bill 36777 is not law"],
  ["a pupil is bullied in class", { sector: "education", forWhom: "pupil", about: "bullying", byWhom: "peer", minor: "yes" }, { first: vi, names: ["slachtofferhulp"] }, "inspectors: education"],
  ["a pupil was hit by a teacher", { sector: "education", forWhom: "pupil", about: "aggression", byWhom: "professional", minor: "yes" }, { first: vi, names: ["politie"] }, "inspectors: education"],
  ["a pupil is discriminated", { sector: "education", forWhom: "pupil", about: "discrimination", byWhom: "professional", minor: "yes" }, { first: vi, names: ["discriminatie-nl"] }, "inspectors; Discriminatie.nl"],
  ["a pupil is unsafe at home", { sector: "education", forWhom: "pupil", about: "home", minor: "yes" }, { first: "veilig-thuis", names: [vi], duties: ["meldcode"] }, "meldcode: education"],
  ["a pupil and an uncle", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "other", minor: "yes" }, { first: vi, names: ["veilig-thuis"], duties: ["education", "meldcode"] }, "meldcode: education"],
  ["a pupil, skipped the rest", { sector: "education", forWhom: "pupil" }, { first: vi, duties: ["education"] }, "Inspectorate"],
  ["at a school, skipped for whom", { sector: "education", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp", names: [vi] }, "inspectors: education"],
  ["a pupil of fifteen, long ago", { sector: "education", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "peer", minor: "yes" }, { first: vi, names: ["sense", "politie"] }, "action programme: GGD counselling up to 25"],
  ["for myself, sixteen, at school", { sector: "education", forWhom: "me", about: "sexual", when: "earlier", minor: "yes" }, { first: vi, names: ["kindertelefoon", csg] }, "inspectors; Kindertelefoon"],
  ["a teacher is bullied", { sector: "education", forWhom: "me", about: "bullying", minor: "no" }, { first: "advisers", outside: "slachtofferhulp", never: [vi] }, "between colleagues: the adviser"],
  ["a teacher harassed by the head, long ago", { sector: "education", forWhom: "me", about: "sexual", when: "earlier", minor: "no" }, { first: "advisers", outside: csg }, "CSG"],
  ["a student of twenty told of a lecturer", { sector: "higherEducation", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "professional", minor: "no" }, { first: "advisers", outside: csg, never: [vi], duties: ["higherEducation"] }, "inspectors: minor students only in higher education"],
  ["a student of seventeen told of a lecturer", { sector: "higherEducation", forWhom: "pupil", about: "sexual", when: "earlier", byWhom: "professional", minor: "yes" }, { first: vi, duties: ["education", "higherEducation"] }, "Inspectorate: also minor students"],
  ["a student of unknown age", { sector: "higherEducation", forWhom: "pupil", about: "bullying", minor: "unknown" }, { first: "advisers", outside: "slachtofferhulp", names: [vi], duties: ["higherEducation"] }, "the institution's own rules (2022)"],
  ["a student, last week", { sector: "higherEducation", forWhom: "pupil", about: "sexual", when: "lastWeek", byWhom: "peer", minor: "no" }, { first: csg, duties: ["higherEducation"] }, "CSG"],
  ["a doctoral candidate", { sector: "higherEducation", forWhom: "me", about: "aggression", minor: "no" }, { first: "advisers", outside: "slachtofferhulp" }, "between colleagues: the adviser"],
];

// biome-ignore format: a table is read by line
const elsewhere: readonly Row[] = [
  ["an athlete told of a trainer", { sector: "sport", forWhom: "athlete", about: "sexual", when: "earlier", byWhom: "professional", minor: "yes" }, { first: cvsn, names: [csg], duties: ["sport"] }, "CVSN: duty to report; a club's contact passes it on"],
  ["an athlete told of a trainer, today", { sector: "sport", forWhom: "athlete", about: "sexual", when: "today", byWhom: "professional" }, { first: csg, names: [cvsn], duties: ["sport"] }, "CSG; CVSN"],
  ["an athlete is bullied by others", { sector: "sport", forWhom: "athlete", about: "bullying", byWhom: "peer" }, { first: "advisers", outside: cvsn }, "CVSN: the duty is for sexual harassment"],
  ["an athlete, skipped the rest", { sector: "sport", forWhom: "athlete" }, { first: cvsn, duties: ["sport"] }, "CVSN"],
  ["an athlete at a school", { sector: "education", forWhom: "athlete", about: "aggression" }, { first: "advisers", outside: cvsn }, "CVSN: athletes"],
  ["an athlete is unsafe at home", { sector: "sport", forWhom: "athlete", about: "home", minor: "yes" }, { first: "veilig-thuis" }, "Veilig Thuis"],
  ["for myself, fifteen, at a club", { sector: "sport", forWhom: "me", about: "sexual", when: "earlier", minor: "yes" }, { first: cvsn, names: [csg, "kindertelefoon"] }, "CVSN"],
  ["for myself, fifteen, bullied at a club", { sector: "sport", forWhom: "me", about: "bullying", minor: "yes" }, { first: "advisers", outside: cvsn }, "CVSN: the duty is for sexual harassment"],
  ["a trainer, long ago", { sector: "sport", forWhom: "me", about: "sexual", when: "earlier", minor: "no" }, { first: "advisers", outside: cvsn }, "CVSN: everybody in sport"],
  ["staff of a federation", { sector: "sport", forWhom: "me", about: "bullying", minor: "no" }, { first: "advisers", outside: cvsn }, "CVSN: everybody in sport"],
  ["a volunteer at a club was harassed", { sector: "sport", forWhom: "volunteer", about: "sexual", when: "earlier" }, { first: "advisers", outside: cvsn, duties: ["sport"] }, "CVSN: officials report suspicions"],
  ["manages a trainer who was harassed", { sector: "sport", forWhom: "employee", about: "sexual", when: "earlier" }, { first: "advisers", outside: cvsn, duties: ["sport", "manager"] }, "CVSN"],
  ["an actor is belittled", { sector: "cultureAndMedia", forWhom: "me", about: "bullying" }, { first: "advisers", outside: "mores", names: ["slachtofferhulp"] }, "own adviser first, else Mores"],
  ["an actor, long ago", { sector: "cultureAndMedia", forWhom: "me", about: "sexual", when: "earlier" }, { first: "advisers", outside: "mores", names: [csg] }, "own adviser first, else Mores"],
  ["a dancer, today", { sector: "cultureAndMedia", forWhom: "colleague", about: "sexual", when: "today" }, { first: csg, names: ["mores"] }, "CSG"],
  ["a presenter would rather speak outside", { sector: "cultureAndMedia", forWhom: "me", about: "aggression", how: "outside" }, { first: "mores" }, "Mores"],
  ["fraud at a theatre", { sector: "cultureAndMedia", forWhom: "me", about: "wrongdoing" }, { first: "advisers", outside: huis, names: ["mores"] }, "Wbk"],
  ["a civil servant is bullied", { sector: "government", forWhom: "me", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp" }, "action programme: advisers at the Rijk"],
  ["manages a civil servant who is bullied", { sector: "government", forWhom: "employee", about: "bullying" }, { first: "advisers", outside: "slachtofferhulp", duties: ["manager", "government"] }, "action programme: advisers, integrity coordinators"],
  ["a manager is told of corruption", { sector: "government", forWhom: "employee", about: "wrongdoing" }, { first: "advisers", outside: huis, duties: ["wbk", "manager", "government"] }, "Wbk"],
  ["a municipality: a client is unsafe at home", { sector: "government", forWhom: "client", about: "home" }, { first: "veilig-thuis", duties: ["meldcode"] }, "meldcode: social support"],
];

describe.each([
  ["anywhere", anybody],
  ["about an adviser, or rather outside", whoever],
  ["worried about what they did", own],
  ["in care", inCare],
  ["at a school", atSchool],
  ["in sport, culture and government", elsewhere],
])("%s", (_where, rows) => {
  test.each(rows)("%s", (_who, answers, expected) => {
    const { help, duties, outsideFirst } = guidanceFor({ ...unsaid, ...answers });
    const services = help.map(({ service }) => service);
    expect(outsideFirst === null ? "advisers" : services[0]).toBe(expected.first);
    if (expected.outside) expect(services[0]).toBe(expected.outside);
    expect(services).toEqual(expect.arrayContaining([...(expected.names ?? [])]));
    expect(services.filter((service) => expected.never?.includes(service))).toEqual([]);
    expect(duties).toEqual(expected.duties ?? []);
  });
});

// biome-ignore format: a table is read by line
test.each<[string, Partial<Situation>, ReturnType<typeof guidanceFor>["outsideFirst"]]>([
  ["urgent before all else", { forWhom: "me", about: "sexual", when: "today", aboutAdviser: "yes", how: "outside" }, "urgent"],
  ["about an adviser before what was wished", { forWhom: "me", about: "home", aboutAdviser: "yes", how: "outside" }, "aboutAdviser"],
  ["perhaps about an adviser", { aboutAdviser: "unsure" }, "aboutAdviser"],
  ["wished before what fits", { forWhom: "me", about: "home", how: "outside" }, "wished"],
  ["what fits", { forWhom: "me", about: "home" }, "fits"],
  ["the advisers", { forWhom: "me", about: "other", how: "chat" }, null],
])("why help outside comes first: %s", (_name, answers, why) => {
  expect(guidanceFor({ ...unsaid, ...answers }).outsideFirst).toBe(why);
});

const all = <T>(values: readonly T[]): readonly (T | null)[] => [...values, null];

/** Every combination of the answers that choose services and duties, also those that the flow never asks together. */
const every: readonly Situation[] = sectors.flatMap((sector) =>
  all(options.forWhom).flatMap((forWhom) =>
    all(options.about).flatMap((about) =>
      all(options.when).flatMap((when) =>
        all(options.byWhom).flatMap((byWhom) =>
          all(options.minor).map((minor) => ({ ...unsaid, sector, forWhom, about, when, byWhom, minor })),
        ),
      ),
    ),
  ),
);
const walked = every.map((situation) => ({ situation, guidance: guidanceFor(situation) }));
type Walked = (typeof walked)[number];
const services = ({ guidance }: Walked) => guidance.help.map(({ service }) => service);
const first = ({ guidance }: Walked) => guidance.outsideFirst !== null && guidance.help[0].service;

/** The first situations where it is not so: none. */
function always(promise: (one: Walked) => boolean): void {
  expect(walked.filter((one) => !promise(one)).slice(0, 3)).toEqual([]);
}

const young = ({ minor }: Situation) => minor === "yes";
const health = ({ sector }: Situation) =>
  ["healthcare", "mentalHealthcare", "disabilityCare"].includes(sector);
const care = (is: Situation) => health(is) || is.sector === "youthCare";
/** Care, youth care and schools; social support of a municipality; childcare, which is a business here. */
const worksByMeldcode = (is: Situation) =>
  ((care(is) || is.sector === "education") && (is.forWhom === "client" || is.forWhom === "pupil")) ||
  (is.sector === "government" && is.forWhom === "client") ||
  (is.sector === "business" && is.forWhom === "pupil");

describe("in every situation", () => {
  test("two to five services, each once, and at most three duties, each once", () => {
    expect(walked).toHaveLength(10 * 9 * 8 * 6 * 5 * 4);
    always((one) => {
      const { help, duties } = one.guidance;
      return (
        help.length >= 2 &&
        help.length <= 5 &&
        new Set(services(one)).size === help.length &&
        duties.length <= 3 &&
        new Set(duties).size === duties.length
      );
    });
  });

  test("sexual and not longer ago: the Centrum Seksueel Geweld first, but for who worries about themselves", () => {
    always((one) => {
      const { forWhom, about, when } = one.situation;
      if (forWhom === "own" || about !== "sexual" || when === "earlier") return true;
      return first(one) === csg && one.guidance.outsideFirst === "urgent";
    });
  });

  test("sexual and longer ago: the Centrum Seksueel Geweld too, and nothing is urgent", () => {
    always(
      (one) =>
        one.situation.forWhom === "own" ||
        one.situation.about !== "sexual" ||
        one.situation.when !== "earlier" ||
        (services(one).includes(csg) && one.guidance.outsideFirst !== "urgent"),
    );
  });

  test("unsafe at home: Veilig Thuis first", () => {
    always((one) => one.situation.about !== "home" || first(one) === "veilig-thuis");
  });

  test("a child: Veilig Thuis, or who the sector has for children", () => {
    const forChildren = ["veilig-thuis", vi, cvsn];
    always(
      (one) => one.situation.minor !== "yes" || services(one).some((name) => forChildren.includes(name)),
    );
  });

  test("no duty for who went through it, did it, or did not say", () => {
    always((one) => {
      const { forWhom } = one.situation;
      return (forWhom !== "me" && forWhom !== "own" && forWhom !== null) || one.guidance.duties.length === 0;
    });
  });

  test("a pupil at a school: always the confidential inspectors", () => {
    always((one) => {
      const { sector, forWhom } = one.situation;
      return sector !== "education" || forWhom !== "pupil" || services(one).includes(vi);
    });
  });

  test("a student of eighteen or older: never the confidential inspectors", () => {
    always((one) => {
      const { sector, forWhom, minor } = one.situation;
      return (
        sector !== "higherEducation" || forWhom !== "pupil" || minor !== "no" || !services(one).includes(vi)
      );
    });
  });

  test("own behaviour: help for that, or the advisers; nothing for whom it happened to, no police", () => {
    const named = ["huisarts", "stop-it-now", "veilig-thuis", "juridisch-loket"];
    always((one) => {
      if (one.situation.forWhom !== "own") return true;
      const atHome = one.situation.about === "home";
      const helps = one.guidance.help[0].service;
      return (
        helps === (atHome ? "veilig-thuis" : "huisarts") &&
        services(one).every((name) => named.includes(name))
      );
    });
  });

  test("a colleague's matter, where nothing is urgent or at home: the advisers first", () => {
    always((one) => {
      const { forWhom, about, when } = one.situation;
      if (forWhom !== "colleague" || about === "home" || (about === "sexual" && when !== "earlier"))
        return true;
      return one.guidance.outsideFirst === null;
    });
  });

  // biome-ignore format: a table is read by line
  test.each<[string, (situation: Situation) => boolean]>([
    ["pvp", (is) => is.sector === "mentalHealthcare" && is.forWhom === "client"],
    ["cvp", (is) => is.sector === "disabilityCare" && is.forWhom === "client"],
    ["jeugdstem", (is) => is.sector === "youthCare" && (is.forWhom === "client" || young(is))],
    [lmz, (is) => care(is) && (is.forWhom === "client" || is.forWhom === null)],
    ["igj", (is) => care(is) && is.forWhom === "client" && is.about === "wrongdoing"],
    ["tuchtcollege", (is) => health(is) && is.forWhom === "client" && is.byWhom === "professional"],
    ["mores", (is) => is.sector === "cultureAndMedia"],
    [cvsn, (is) => is.sector === "sport" || is.forWhom === "athlete"],
    [vi, (is) => is.forWhom === "pupil" || is.sector === "education" || (is.sector === "higherEducation" && young(is))],
    [huis, (is) => is.about === "wrongdoing"],
    ["discriminatie-nl", (is) => is.about === "discrimination"],
    [csg, (is) => is.about === "sexual" || is.about === "home" || is.about === null],
    ["slachtofferhulp", (is) => is.forWhom !== "own" && is.about !== "wrongdoing"],
    ["politie", (is) => is.about === "sexual" || is.about === "aggression"],
    ["juridisch-loket", (is) => is.forWhom === "own" || is.about === "wrongdoing" || (is.about !== "sexual" && is.about !== "home" && is.forWhom !== "athlete" && !(care(is) && (is.forWhom === "client" || is.forWhom === "pupil")))],
    ["arbeidsinspectie", (is) => is.about === "bullying" || is.about === "aggression"],
    ["stop-it-now", (is) => is.forWhom === "own" && young(is)],
    ["kindertelefoon", (is) => is.forWhom === "me" && young(is)],
    ["veilig-thuis", (is) => is.about === "home" || young(is)],
    ["fier", (is) => young(is) && (is.about === "aggression" || is.about === "home" || is.about === null)],
    ["sense", (is) => young(is) && is.about === "sexual"],
  ])("%s only for those it is there for", (service, isThereFor) => {
    always((one) => !services(one).includes(service) || isThereFor(one.situation));
  });

  // biome-ignore format: a table is read by line
  test.each<[string, (situation: Situation) => boolean]>([
    ["careViolence", (is) => health(is) && is.forWhom === "client" && is.byWhom !== "other" && is.about !== "home"],
    ["careCalamity", (is) => health(is) && is.forWhom === "client" && is.about !== "home"],
    ["careDismissal", (is) => health(is) && is.forWhom === "client" && is.byWhom === "professional"],
    ["careColleagues", (is) => health(is) && is.about === "sexual" && (is.forWhom === "colleague" || is.forWhom === "employee")],
    ["vim", (is) => health(is) && is.forWhom === "client" && is.about !== "home"],
    ["youthCare", (is) => is.sector === "youthCare" && is.forWhom === "client" && is.about !== "home"],
    ["meldcode", (is) => worksByMeldcode(is) && (is.about === "home" || (is.byWhom === "other" && (is.about === "sexual" || is.about === "aggression") && is.sector !== "business" && is.sector !== "government"))],
    ["education", (is) => is.forWhom === "pupil" && is.byWhom !== "peer" && is.minor !== "no" && (is.about === "sexual" || is.about === null) && (is.sector === "education" || (is.sector === "higherEducation" && young(is)))],
    ["higherEducation", (is) => is.sector === "higherEducation" && is.forWhom === "pupil" && is.about !== "home"],
    ["sport", (is) => (is.about === "sexual" && is.sector === "sport") || (is.forWhom === "athlete" && (is.about === "sexual" || is.about === null))],
    ["manager", (is) => is.forWhom === "employee" && is.about !== "home"],
    ["government", (is) => is.sector === "government" && is.forWhom === "employee" && is.about !== "home"],
    ["wbk", (is) => is.about === "wrongdoing"],
  ])("the duty %s only where it holds", (duty, holdsFor) => {
    always((one) => !one.guidance.duties.includes(duty) || holdsFor(one.situation));
  });

  test("unsafe at home: nobody of the sector, but for a pupil or somebody under eighteen at a school", () => {
    const named = [
      "veilig-thuis",
      "slachtofferhulp",
      csg,
      "fier",
      "kindertelefoon",
      "huisarts",
      "stop-it-now",
    ];
    always((one) => {
      const { sector, forWhom, about, minor } = one.situation;
      const atSchool = sector === "education" || (sector === "higherEducation" && minor === "yes");
      const also = [
        ...(forWhom === "own" ? ["juridisch-loket"] : []),
        ...(atSchool && (forWhom === "pupil" || minor === "yes") ? [vi] : []),
      ];
      return about !== "home" || services(one).every((name) => named.includes(name) || also.includes(name));
    });
  });

  test("a disciplinary complaint is the last of all, and about a carer in health care only", () => {
    always((one) => {
      const at = services(one).indexOf("tuchtcollege");
      const { forWhom, byWhom } = one.situation;
      return at < 0 || (at === services(one).length - 1 && forWhom === "client" && byWhom === "professional");
    });
  });

  test("something with a verified telephone number, or the person's own doctor", () => {
    const sure = [
      csg,
      vi,
      cvsn,
      lmz,
      huis,
      "slachtofferhulp",
      "veilig-thuis",
      "politie",
      "mores",
      "pvp",
      "huisarts",
    ];
    always((one) => services(one).some((name) => sure.includes(name)));
  });

  test("an adviser who may be concerned, or a wish for outside, changes what comes first and nothing else", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...walked),
        fc.constantFrom(...all(options.aboutAdviser)),
        fc.constantFrom(...all(options.how)),
        fc.option(fc.constant("p0")),
        ({ situation, guidance }, aboutAdviser, how, place) => {
          const { help, duties, outsideFirst } = guidanceFor({ ...situation, aboutAdviser, how, place });
          expect({ help, duties }).toEqual({ help: guidance.help, duties: guidance.duties });
          const outside = aboutAdviser === "yes" || aboutAdviser === "unsure" || how === "outside";
          expect(outsideFirst !== null).toBe(outside || guidance.outsideFirst !== null);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("the rules", () => {
  const content = readContent();

  test("name services and duties that the directory has in both languages", () => {
    for (const language of ["nl", "en"] as const) {
      for (const { service } of helpRules) if (service) content.help(service, language);
      for (const { duty } of dutyRules) content.duty(duty, language);
    }
  });

  test("each decide something somewhere, and each duty can be shown", () => {
    const guides = (rule: { readonly if: Conditions }) =>
      every.some((situation) => meets(rule.if, situation));
    const fromFlowAlone = ["aboutAdviser", "wished"];
    expect(helpRules.filter((rule) => !guides(rule)).map(({ id }) => id)).toEqual(fromFlowAlone);
    const shown = new Set(walked.flatMap(({ guidance }) => guidance.duties));
    expect(dutyRules.map(({ duty }) => duty).filter((duty) => !shown.has(duty))).toEqual([]);
    const named = new Set(walked.flatMap(services));
    expect(helpRules.flatMap(({ service }) => service ?? []).filter((name) => !named.has(name))).toEqual([]);
  });

  test("stand in docs/guidance.md as they are, each with words and a source", () => {
    expect(tableUnder("Help outside")).toEqual([
      ["rule", "who this is", "holds when", "service", "why named", "outside first", "source"],
      ...helpRules.map(({ id, if: when, service = "", because = "", outsideFirst = "" }) => [
        id,
        words,
        inWords(when),
        service,
        because,
        outsideFirst,
        words,
      ]),
    ]);
    expect(tableUnder("Duties of who was told")).toEqual([
      ["rule", "who this is", "holds when", "duty", "source"],
      ...dutyRules.map(({ id, if: when, duty }) => [id, words, inWords(when), duty, words]),
    ]);
  });
});

const words = expect.stringMatching(/\w{2}/);

function meets(conditions: Conditions, situation: Situation): boolean {
  const { sector, aboutAdviser, forWhom, about, when, byWhom, minor, how } = conditions;
  return (
    (sector?.includes(situation.sector) ?? true) &&
    (aboutAdviser?.includes(situation.aboutAdviser) ?? true) &&
    (forWhom?.includes(situation.forWhom) ?? true) &&
    (about?.includes(situation.about) ?? true) &&
    (when?.includes(situation.when) ?? true) &&
    (byWhom?.includes(situation.byWhom) ?? true) &&
    (minor?.includes(situation.minor) ?? true) &&
    (how?.includes(situation.how) ?? true)
  );
}

/** The cells of the table under a heading, the row of dashes left out. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL("../docs/guidance.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("|---"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** As the document shows conditions: the answers, or the fewer that are left out. */
function inWords(conditions: Conditions): string {
  const answersTo: Readonly<Record<string, readonly (string | null)[]>> = {
    sector: sectors,
    ...Object.fromEntries(Object.entries(options).map(([question, given]) => [question, all(given)])),
  };
  const listed = (answers: readonly (string | null)[]) => answers.map((one) => one ?? "not said").join(", ");
  return Object.entries(conditions)
    .map(([question, given]: [string, readonly unknown[]]) => {
      const answers = answersTo[question] ?? [];
      const others = answers.filter((one) => !given.includes(one));
      const taken = answers.filter((one) => given.includes(one));
      return others.length < taken.length
        ? `${question} not ${listed(others)}`
        : `${question} ${listed(taken)}`;
    })
    .join("; ");
}
