import type { DutyKind } from "../../content/directory.ts";
import type { Sector } from "../find/situation.ts";

/** The parts of the check, in the order in which they are asked. Ids are for ever: saved answers carry them. */
export const groups = [
  "policy",
  "risk",
  "adviser",
  "complaints",
  "prevention",
  "aftercare",
  "recording",
  "sector",
] as const;
export type Group = (typeof groups)[number];

/** How many people work there: rules begin at ten and at fifty. */
export const sizes = ["under10", "from10", "from50"] as const;
export type Size = (typeof sizes)[number];

/** What decides which questions apply, and what they rest on. */
export interface Setting {
  readonly sector: Sector;
  readonly size: Size;
}

export interface CheckQuestion {
  readonly id: string;
  /** Its number in the list of 39 that the check was made from (`docs/check.md`); null: added since. */
  readonly nr: number | null;
  readonly group: Group;
  /** What it rests on, here. Only `law` is a legal duty. */
  readonly kind: (setting: Setting) => DutyKind;
  readonly when: (setting: Setting) => boolean;
}

/** A question that applies, with what it rests on in this sector and size. */
export interface Asked {
  readonly id: string;
  readonly group: Group;
  readonly kind: DutyKind;
}

/** A few questions that are asked together. */
export interface Page {
  readonly id: string;
  readonly group: Group;
  readonly questions: readonly Asked[];
}

const law = () => "law" as const;
const sectorRule = () => "sectorRule" as const;
const good = () => "goodPractice" as const;
/** In a bill that is for employers of ten people and more. */
const proposedFrom10 = ({ size }: Setting): DutyKind => (size === "under10" ? "goodPractice" : "proposed");
const ruleIn =
  (...sectors: readonly Sector[]) =>
  ({ sector }: Setting): DutyKind =>
    sectors.includes(sector) ? "sectorRule" : "goodPractice";
const lawIn =
  (sectors: readonly Sector[], otherwise: CheckQuestion["kind"]) =>
  (setting: Setting): DutyKind =>
    sectors.includes(setting.sector) ? "law" : otherwise(setting);
const everywhere = () => true;
const onlyIn =
  (...sectors: readonly Sector[]) =>
  ({ sector }: Setting): boolean =>
    sectors.includes(sector);

const care = ["healthcare", "mentalHealthcare", "disabilityCare", "youthCare"] as const;

/**
 * Every question there is. Three of the 39 hold several duties at once and are asked apart, so that none of
 * them hides behind another; `docs/check.md` says which, and where each comes from.
 */
export const questions: readonly CheckQuestion[] = [
  { id: "policyWritten", nr: 1, group: "policy", kind: law, when: everywhere },
  { id: "codeExamples", nr: 2, group: "policy", kind: proposedFrom10, when: everywhere },
  { id: "codeConsequences", nr: 3, group: "policy", kind: proposedFrom10, when: everywhere },
  { id: "codeDiscussed", nr: 4, group: "policy", kind: good, when: everywhere },
  { id: "codeScope", nr: 5, group: "policy", kind: good, when: everywhere },
  { id: "leadership", nr: 6, group: "policy", kind: good, when: everywhere },
  {
    id: "participation",
    nr: 7,
    group: "policy",
    kind: ({ size }) => (size === "from50" ? "law" : "goodPractice"),
    when: everywhere,
  },
  { id: "riskInventory", nr: 8, group: "risk", kind: law, when: everywhere },
  { id: "actionPlan", nr: 9, group: "risk", kind: law, when: everywhere },
  { id: "riskPower", nr: 10, group: "risk", kind: good, when: everywhere },
  { id: "riskGroups", nr: 11, group: "risk", kind: good, when: everywhere },
  { id: "adviserAppointed", nr: 12, group: "adviser", kind: proposedFrom10, when: everywhere },
  { id: "adviserChoice", nr: 13, group: "adviser", kind: good, when: everywhere },
  { id: "adviserRoles", nr: 14, group: "adviser", kind: good, when: everywhere },
  { id: "adviserNoInquiry", nr: 15, group: "adviser", kind: good, when: everywhere },
  { id: "adviserProtected", nr: 16, group: "adviser", kind: proposedFrom10, when: everywhere },
  { id: "adviserKnown", nr: 17, group: "adviser", kind: good, when: everywhere },
  {
    id: "complaintsScheme",
    nr: 18,
    group: "complaints",
    kind: lawIn(["education"], ruleIn(...care)),
    when: everywhere,
  },
  { id: "informalRoute", nr: 19, group: "complaints", kind: good, when: everywhere },
  { id: "inquiryProtocol", nr: 20, group: "complaints", kind: good, when: everywhere },
  { id: "aboutTheTop", nr: 21, group: "complaints", kind: good, when: everywhere },
  {
    id: "whistleblowing",
    nr: 22,
    group: "complaints",
    kind: law,
    when: ({ size }) => size === "from50",
  },
  { id: "neutralLanguage", nr: 23, group: "complaints", kind: good, when: everywhere },
  { id: "informed", nr: 24, group: "prevention", kind: law, when: everywhere },
  { id: "managersTrained", nr: 24, group: "prevention", kind: good, when: everywhere },
  { id: "bystanderTraining", nr: 25, group: "prevention", kind: good, when: everywhere },
  {
    id: "screening",
    nr: 26,
    group: "prevention",
    kind: lawIn([...care, "education"], ruleIn("sport")),
    when: everywhere,
  },
  { id: "firstCare", nr: 27, group: "aftercare", kind: good, when: everywhere },
  { id: "aftercare", nr: 28, group: "aftercare", kind: good, when: everywhere },
  { id: "noRetaliation", nr: 29, group: "aftercare", kind: good, when: everywhere },
  { id: "externalHelp", nr: 30, group: "aftercare", kind: good, when: everywhere },
  { id: "annualReport", nr: 31, group: "recording", kind: good, when: everywhere },
  { id: "incidentEvaluation", nr: 32, group: "recording", kind: ruleIn(...care), when: everywhere },
  { id: "privacy", nr: 33, group: "recording", kind: law, when: everywhere },
  { id: "careSafetyPolicy", nr: 34, group: "sector", kind: sectorRule, when: onlyIn(...care) },
  { id: "careStaffReport", nr: 34, group: "sector", kind: sectorRule, when: onlyIn(...care) },
  { id: "careInspectorate", nr: 34, group: "sector", kind: law, when: onlyIn(...care) },
  { id: "reportingCode", nr: 34, group: "sector", kind: law, when: onlyIn(...care, "education") },
  { id: "disabilityAttention", nr: 35, group: "sector", kind: good, when: onlyIn("disabilityCare") },
  { id: "educationReporting", nr: 36, group: "sector", kind: law, when: onlyIn("education") },
  { id: "educationMonitor", nr: 36, group: "sector", kind: law, when: onlyIn("education") },
  {
    id: "higherEducationReporting",
    nr: 36,
    group: "sector",
    kind: law,
    when: onlyIn("higherEducation"),
  },
  { id: "sportReporting", nr: 37, group: "sector", kind: sectorRule, when: onlyIn("sport") },
  { id: "cultureSafety", nr: 38, group: "sector", kind: good, when: onlyIn("cultureAndMedia") },
  { id: "governmentSystem", nr: 39, group: "sector", kind: sectorRule, when: onlyIn("government") },
  {
    id: "higherEducationRules",
    nr: null,
    group: "sector",
    kind: sectorRule,
    when: onlyIn("higherEducation"),
  },
];

/** The questions that apply in a sector and size, in the order in which they are asked. */
export function questionsFor(setting: Setting): readonly Asked[] {
  return questions
    .filter(({ when }) => when(setting))
    .map(({ id, group, kind }) => ({ id, group, kind: kind(setting) }));
}

/** More questions than this on one form are too many to take in, and would not fit a card. */
export const mostOnPage = 3;

/** The same, as the forms they are asked on: no form spans two parts, and those of a part are about as long. */
export function pagesFor(setting: Setting): readonly Page[] {
  const asked = questionsFor(setting);
  return groups.flatMap((group) => {
    const all = asked.filter((question) => question.group === group);
    const count = Math.ceil(all.length / mostOnPage);
    return Array.from({ length: count }, (_, nr) => ({
      id: `${group}-${nr + 1}`,
      group,
      questions: all.slice(
        Math.round((nr * all.length) / count),
        Math.round(((nr + 1) * all.length) / count),
      ),
    }));
  });
}
