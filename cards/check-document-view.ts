import type { DutyKind, Language } from "../content/words.ts";
import type { Verdict } from "../dialogs/check/check.ts";
import type { Status } from "../dialogs/check/outcome.ts";
import type { Group } from "../dialogs/check/questions.ts";

/**
 * The document of a check with its words, before any file format: what `cards/check-document` makes, and
 * `bots/documents` writes as PDF, CSV and JSON. All it says of people is what they gave as name and role.
 * Texts may hold anything that somebody typed; a writer must take them as plain text.
 */
export interface CheckDocument {
  readonly language: Language;
  readonly title: string;
  readonly unit: string;
  readonly organisation: string;
  /** Unix ms. */
  readonly madeAt: number;
  /** Said wherever it could be taken for a finished check; null: it is finished. */
  readonly interim: string | null;
  readonly facts: readonly Fact[];
  readonly people: {
    readonly label: string;
    readonly items: readonly { readonly name: string; readonly role: string }[];
  };
  readonly about: TextPart;
  readonly glance: Glance;
  readonly duties: Duties;
  /** Sector rules, proposed law, good practice: each by itself, and only those that are asked here. */
  readonly others: readonly KindPart[];
  readonly plan: Plan;
  /** Null: there is no finished round before this one. */
  readonly changes: Changes | null;
  readonly answers: Answers;
  readonly sources: Sources;
  readonly data: DataWords;
  readonly footer: string;
  readonly page: (nr: number, of: number) => string;
  /** What is said where a character cannot be drawn and `sign` stands in for it. */
  readonly undrawable: (sign: string) => string;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface TextPart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** How something stands: for who computes, and in words. */
export interface Mark {
  readonly status: Status;
  readonly label: string;
}

/** How many questions of one kind stand how. Kinds are never added up. */
export interface Bar {
  readonly kind: DutyKind;
  readonly label: string;
  /** In the order of the statuses; those that none has are left out. */
  readonly counts: readonly { readonly status: Status; readonly count: number; readonly text: string }[];
}

export interface Glance {
  readonly title: string;
  readonly lines: readonly string[];
  readonly legend: readonly Mark[];
  readonly whole: { readonly title: string; readonly bars: readonly Bar[] };
  readonly groups: { readonly title: string; readonly rows: readonly GlanceGroup[] };
}

export interface GlanceGroup {
  readonly group: Group;
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** One question, where it stands in this document and how it was answered. */
export interface Item {
  /** Its place among the questions that were asked, from 1; the same wherever it comes up. */
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly kind: { readonly id: DutyKind; readonly label: string };
  readonly mark: Mark;
  /** Said where the status alone would mislead: nothing was answered, or a reason is missing. */
  readonly remark: string | null;
  /** As somebody wrote it; empty: nothing. */
  readonly note: string;
}

/** A legal duty that is not said to be in order. */
export interface Duty extends Item {
  /** What counts as in order. */
  readonly ok: string;
  /** What makes it a duty, where that was found, and of when that is. */
  readonly source: string;
}

export interface Duties {
  readonly title: string;
  readonly lines: readonly string[];
  readonly noteLabel: string;
  /** All of them, always. */
  readonly items: readonly Duty[];
}

export interface KindPart {
  readonly kind: DutyKind;
  readonly title: string;
  readonly lines: readonly string[];
  /** Those that are not said to be in order. */
  readonly items: readonly Item[];
}

/** What was agreed about an action; empty and null where it is still to be written in. */
export interface Agreement {
  readonly owner: string;
  /** ISO date. */
  readonly due: string | null;
  /** The same in words. */
  readonly dueText: string | null;
  readonly done: boolean;
}

export interface PlanItem extends Item {
  readonly action: string;
  readonly step: string;
  readonly involve: string;
  /** What is there to use for it; null: nothing. */
  readonly use: string | null;
  readonly agreement: Agreement;
}

export interface Plan {
  readonly title: string;
  readonly lines: readonly string[];
  readonly columns: {
    readonly action: string;
    readonly step: string;
    readonly use: string;
    readonly involve: string;
    readonly owner: string;
    readonly due: string;
    readonly done: string;
  };
  readonly actions: readonly PlanItem[];
  readonly done: { readonly title: string; readonly items: readonly PlanItem[] };
  readonly later: {
    readonly title: string;
    readonly lines: readonly string[];
    readonly items: readonly Later[];
  };
}

export interface Later extends Item {
  readonly action: string;
}

export interface Changes {
  readonly title: string;
  readonly lines: readonly string[];
  readonly columns: { readonly question: string; readonly before: string; readonly now: string };
  readonly items: readonly ChangeItem[];
}

export interface ChangeItem extends Item {
  /** Null: it was not asked then. */
  readonly before: Mark | null;
  readonly beforeText: string;
}

export interface Answers {
  readonly title: string;
  readonly lines: readonly string[];
  readonly columns: { readonly status: string; readonly note: string };
  readonly groups: readonly AnswerGroup[];
}

export interface AnswerGroup {
  readonly group: Group;
  readonly title: string;
  readonly items: readonly AnswerItem[];
}

export interface AnswerItem extends Item {
  /** As it was answered; null: not. */
  readonly verdict: Verdict | null;
  /** Who answered and when; null: nobody. `at` is Unix ms. */
  readonly answered: { readonly by: string; readonly at: number; readonly text: string } | null;
  /** Answers that came too late to count, and have not been looked at since. */
  readonly aside: readonly string[];
  readonly agreement: Agreement | null;
}

export interface Sources {
  readonly title: string;
  readonly lines: readonly string[];
  readonly columns: {
    readonly rests: string;
    readonly source: string;
    readonly checkedOn: string;
    readonly questions: string;
  };
  readonly items: readonly {
    readonly rests: string;
    readonly source: string;
    readonly checkedOn: string;
    readonly questions: readonly number[];
  }[];
}

/** The columns of the answers as a table, for who computes. */
export const dataColumns = [
  "number",
  "id",
  "group",
  "question",
  "kind",
  "status",
  "note",
  "answeredBy",
  "answeredAt",
  "owner",
  "due",
  "done",
] as const;

export interface DataWords {
  readonly columns: Readonly<Record<(typeof dataColumns)[number], string>>;
  readonly yes: string;
  readonly no: string;
}
