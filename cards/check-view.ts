import type { shownOf } from "../dialogs/check/compare.ts";
import type { Outcome } from "../dialogs/check/outcome.ts";
import type { Page } from "../dialogs/check/questions.ts";
import type { CheckReading } from "../dialogs/check/reading.ts";

/** What the pages of the check need and the conversation does not know. */
export interface CheckFacts {
  /** The checks this person takes part in, oldest first. */
  readonly mine: readonly {
    readonly id: string;
    readonly unit: string;
    readonly answered: number;
    readonly asked: number;
    /** Unix ms; null: under way. */
    readonly finishedAt: number | null;
  }[];
  /** Whether this person may see how units stand compared. */
  readonly compare: boolean;
  /** For the pages of one check. */
  readonly open?: OpenCheck;
  /** For the page of documents: where each is fetched, once; null where none can be. */
  readonly links?: readonly DocumentLink[] | null;
  /** For the comparison; null where there are too few units. */
  readonly comparison?: ReturnType<typeof shownOf>;
}

export interface DocumentLink {
  readonly format: "pdf" | "csv" | "json";
  readonly language: "nl" | "en";
  readonly url: string;
}

/** One check as one of its people looks at it. */
export interface OpenCheck extends CheckReading {
  readonly id: string;
  /** Id of the person who looks. */
  readonly me: string;
  /** Whether this person may destroy it. */
  readonly isFirst: boolean;
  readonly pages: readonly Page[];
  /** How each question stood in the finished round before. */
  readonly outcomeBefore: Outcome | null;
  /** After so many days without a change it is destroyed. */
  readonly keptDays: number;
}
