import type { shownOf } from "../dialogs/check/compare.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";

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
  /** After so many days without a change a check is destroyed. */
  readonly keptDays: number;
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
