import type { DutyKind } from "../../content/directory.ts";
import { answerTo, type Given, type Round } from "./check.ts";
import { type Asked, type Group, groups, questionsFor } from "./questions.ts";

/** How a question stands. `notApplicable` only with a reason: without one nobody can judge it. */
export const statuses = ["inOrder", "partly", "missing", "unknown", "notApplicable"] as const;
export type Status = (typeof statuses)[number];

/** What the check rests on, what binds most first. */
export const kinds = ["law", "sectorRule", "proposed", "goodPractice"] as const satisfies readonly DutyKind[];

/** One question of an outcome. */
export interface Finding extends Asked {
  readonly status: Status;
  /** The answer that counts; null: not answered. */
  readonly given: Given | null;
}

/** How many questions stand how, for one kind. */
export type Counts = Readonly<Record<Status, number>>;

export interface GroupOutcome {
  readonly group: Group;
  /** By kind, and never added up across kinds: good practice must not hide a missing duty. */
  readonly counts: Readonly<Record<DutyKind, Counts>>;
  readonly findings: readonly Finding[];
}

/** Where an organisation stands. It says what is told to be in order, never that the law is complied with. */
export interface Outcome {
  /** Those that apply, in order. */
  readonly groups: readonly GroupOutcome[];
  /** Every legal duty that is not said to be in order, whatever else is. */
  readonly openDuties: readonly Finding[];
  readonly answered: number;
  readonly asked: number;
}

/** How an answer stands. */
export function statusOf(given: Pick<Given, "verdict" | "note"> | null): Status {
  switch (given?.verdict) {
    case "yes":
      return "inOrder";
    case "partly":
      return "partly";
    case "no":
      return "missing";
    case "notApplicable":
      return given.note.trim() === "" ? "unknown" : "notApplicable";
    default:
      return "unknown";
  }
}

/** What the answers of a round come to. */
export function outcomeOf(round: Pick<Round, "setting" | "answers">): Outcome {
  const findings = questionsFor(round.setting).map((asked): Finding => {
    const given = answerTo(round, asked.id);
    return { ...asked, given, status: statusOf(given) };
  });
  return {
    groups: groups.flatMap((group) => {
      const own = findings.filter((finding) => finding.group === group);
      return own.length === 0 ? [] : [{ group, counts: countsOf(own), findings: own }];
    }),
    openDuties: findings.filter(({ kind, status }) => kind === "law" && status !== "inOrder"),
    answered: findings.filter(({ given }) => given?.verdict != null).length,
    asked: findings.length,
  };
}

/** How many of these stand how, by kind. */
export function countsOf(findings: readonly Finding[]): GroupOutcome["counts"] {
  const count = (kind: DutyKind, status: Status) =>
    findings.filter((finding) => finding.kind === kind && finding.status === status).length;
  const row = (kind: DutyKind): Counts => ({
    inOrder: count(kind, "inOrder"),
    partly: count(kind, "partly"),
    missing: count(kind, "missing"),
    unknown: count(kind, "unknown"),
    notApplicable: count(kind, "notApplicable"),
  });
  return {
    law: row("law"),
    sectorRule: row("sectorRule"),
    proposed: row("proposed"),
    goodPractice: row("goodPractice"),
  };
}

/** How a question stood before and stands now; only those that differ, or were not asked before. */
export interface Change {
  readonly question: string;
  readonly kind: DutyKind;
  readonly before: Status | null;
  readonly now: Status;
}

/** What changed between two rounds, in the order of the questions. */
export function changesSince(before: Round, now: Round): readonly Change[] {
  const was = new Map(
    outcomeOf(before).groups.flatMap(({ findings }) => findings.map((one) => [one.id, one])),
  );
  return outcomeOf(now)
    .groups.flatMap(({ findings }) => findings)
    .map(({ id, kind, status }) => ({ question: id, kind, before: was.get(id)?.status ?? null, now: status }))
    .filter(({ before, now }) => before !== now);
}
