import type { Filled } from "./check.ts";
import type { Wish } from "./plan.ts";
import type { Group } from "./questions.ts";

/** A remark about what just happened, by id; content has the words. */
export type CheckNote =
  | "saved"
  | "late"
  | "tooLong"
  | "reasonNeeded"
  | "finished"
  | "reopened"
  | "begunAgain"
  | "settingChanged"
  | "chooseFirst"
  | "writeFirst"
  | "joined"
  | "noSuchCode"
  | "codeTypo"
  | "tooManyAttempts"
  | "full"
  | "tooMany"
  | "left"
  | "destroyed"
  | "gone"
  | "onlyFirst"
  | "agreed"
  | "agreedLate"
  | "noDate"
  | "reminderOn"
  | "reminderOff"
  | "oldButton";

/** A page of one check that needs nothing but the check. */
export type PlainPage =
  | "overview"
  | "outcome"
  | "plan"
  | "document"
  | "share"
  | "manage"
  | "finished"
  | "history"
  | "destroying";

/** What to show of the check, as ids and parameters. */
export type CheckPage =
  /** Everything there is for who leads: checks, the code, looking back. */
  | { readonly at: "hub" }
  /** `unsure`: whether this person may could not be found out now. */
  | { readonly at: "refused"; readonly why: "notAllowed" | "unsure" }
  /** `check`: the id of the one to begin. */
  | { readonly at: "new"; readonly check: string }
  | { readonly at: "join" }
  | { readonly at: "compare" }
  | { readonly at: PlainPage; readonly check: string }
  /** `kept`: what was filled in and could not be stored as it was. */
  | {
      readonly at: "form";
      readonly check: string;
      readonly form: string;
      readonly kept: Readonly<Record<string, Filled>>;
    }
  /** Why the questions of a form are asked, and what each rests on. */
  | { readonly at: "why"; readonly check: string; readonly form: string }
  | { readonly at: "group"; readonly check: string; readonly group: Group }
  | { readonly at: "action"; readonly check: string; readonly question: string; readonly kept: Wish | null };
