import type { CheckPress } from "../check/press.ts";
import type { CheckNote, CheckPage } from "../check/screen.ts";
import type { RecordPage } from "../record/press.ts";
import type { Language, Rhythm } from "./draft.ts";
import type { Inputs } from "./event.ts";
import type { Answer, Answers, QuestionKind } from "./flow.ts";
import type { JumpTo } from "./jump.ts";
import type { Finding, PointedOut } from "./own-words.ts";
import type { StoryHelp } from "./story-words.ts";

/** A remark above a screen about what just happened, by id; content has the words. */
export type Note =
  | "chooseFirst"
  | "writeFirst"
  | "tooLong"
  | "oldButton"
  | "changedSince"
  | "readFirst"
  | "answersAside"
  | "answerKept"
  | "answerSaved"
  | "notUnderstood"
  | "draftWaiting"
  | "nothingToGoBackTo"
  | "cannotSkip"
  | "jumped"
  | "jumpedUnsent"
  | "nothingOpen"
  | "noSuchReport"
  | "tooManyAttempts"
  | "receiptTypo"
  | "messageSent"
  | "consentFirst"
  | "nameGiven"
  | "consentGiven"
  | "consentRefused"
  | "nameKnown"
  | "codeRenewed"
  | "caseClosed"
  | "caseReopened"
  | "tickFirst"
  | "wordsReplaced"
  | "entryKept"
  | "entryTooLong"
  | "recordFull"
  | "entriesAlong"
  | "tooManyAlong"
  | "leftOut"
  | "entriesDestroyed"
  | "tickEntries";

/** What can be read about, in the order of the list. */
export const topics = ["adviser", "secrecy", "firstTalk", "differences"] as const;
/** Subjects in that list, and those that other pages lead to. */
export const subjects = [...topics, "barriers"] as const;
export type Topic = (typeof topics)[number];
export type Subject = (typeof subjects)[number];

/** One answer on check-your-answers, as it will be sent. */
export interface ReviewRow {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly answer: Answer;
  /** Of an entry of the private record that goes along: when it was written, and the key of its stamp; null: changed since. */
  readonly written?: { readonly at: number; readonly key: string | null };
}

/** A page that says more of a guide's outcome. */
interface BesideOutcome<Type extends string> {
  readonly type: Type;
  readonly flow: string;
  readonly draft: string;
  readonly answers: Answers;
}

/** What to show next, as ids and parameters. No prose: content has the words, cards draws. */
export type Screen =
  | { readonly type: "intro" }
  | {
      readonly type: "menu";
      readonly note: Note | null;
      readonly draftWaiting: boolean;
      readonly hasCases: boolean;
    }
  | {
      readonly type: "question";
      readonly flow: string;
      readonly draft: string;
      readonly question: string;
      readonly kind: QuestionKind;
      readonly options: readonly string[];
      /** Each option is a button that answers. */
      readonly oneTap: boolean;
      readonly help: readonly string[];
      /** The rule that is told of, by id. */
      readonly duty?: string;
      readonly skippable: boolean;
      /** Where a jump over this question and those after it is on its way to; absent: it would save nothing. */
      readonly jump?: JumpTo;
      readonly canGoBack: boolean;
      readonly maxLength: number;
      /** The answer given before, or the text left unfinished; what makes the screen private. */
      readonly given: Answer;
      readonly step: { readonly nr: number; readonly of: number };
      /** How many entries of the private record go along; absent: none. */
      readonly enclosed?: number;
      /** Help for words in the text that was just written, or stands right before this; absent: none. */
      readonly offered?: readonly StoryHelp[];
      readonly note: Note | null;
    }
  /** Before check-your-answers: what in one text may show who somebody is, to be replaced, left or edited. */
  | {
      readonly type: "ownWords";
      readonly flow: string;
      readonly draft: string;
      readonly question: string;
      readonly revision: number;
      /** As many as fit on a form. */
      readonly findings: readonly Finding[];
      /** Where it stands in an entry that goes along: when that was written. */
      readonly written?: number;
      /** How many there are. */
      readonly found: number;
      readonly note: Note | null;
    }
  | {
      readonly type: "review";
      readonly flow: string;
      readonly draft: string;
      readonly revision: number;
      readonly rows: readonly ReviewRow[];
      /** The adviser that was chosen, by id; null: whoever the organisation's reports go to. */
      readonly to: string | null;
      /** Which part is looked at, where it takes more than one to draw; absent: the first. */
      readonly page?: number;
      readonly offered?: readonly StoryHelp[];
      readonly note: Note | null;
    }
  /** An early end of a flow: nothing was sent. */
  | {
      readonly type: "end";
      readonly flow: string;
      readonly draft: string;
      readonly end: string;
      readonly help: readonly string[];
      /** The guide that leads on from here, by id. */
      readonly guide?: string;
      readonly note: Note | null;
    }
  /** Where a guide or a worksheet leads: what helps is looked up when the screen is drawn, from the closed answers. */
  | {
      readonly type: "outcome";
      readonly flow: string;
      readonly draft: string;
      readonly answers: Answers;
      readonly note: Note | null;
    }
  /** One adviser of an outcome, with every way of contact. Null: the one that fits best. */
  | (BesideOutcome<"adviser"> & { readonly adviser: string | null })
  /** The outcome as text to copy and keep elsewhere. */
  | BesideOutcome<"copy">
  /** What the rules ask of who was told something. */
  | BesideOutcome<"duties">
  /** What there is to know: a list, or one subject of it. */
  | { readonly type: "topics"; readonly guideOpen: boolean }
  | { readonly type: "topic"; readonly topic: Subject; readonly guideOpen: boolean }
  /** What a bystander can do here. */
  | { readonly type: "bystander" }
  /** The scenes that can be practised, with those this person did; nobody else sees which. */
  | {
      readonly type: "scenes";
      readonly scenes: readonly string[];
      readonly practised: readonly string[];
      /** How often this person asked for a practice. */
      readonly ping: Rhythm | null;
    }
  /** One service of the help directory, asked for by its name. */
  | { readonly type: "service"; readonly service: string; readonly draftWaiting: boolean }
  | {
      readonly type: "stop";
      readonly draft: string;
      /** Whether there are own words in it that could be kept in the private record. */
      readonly hasWords?: true;
      readonly offered?: readonly StoryHelp[];
    }
  /** The report is stored; receipt, number and dates are added where they are known: of a repeated press, to whom its button proves it. */
  | {
      readonly type: "sent";
      readonly repeated: boolean;
      /** Without a link: only the receipt leads back. */
      readonly unlinked: boolean;
      /** Something of the private record went along. */
      readonly enclosed?: true;
    }
  | {
      readonly type: "reports";
      readonly cases: readonly string[];
      /** Help for words in a message on a case that is not there any more. */
      readonly offered?: readonly StoryHelp[];
      readonly note: Note | null;
    }
  | {
      readonly type: "thread";
      readonly case: string;
      readonly page: number;
      /** Help for words in the message that this press sent, or tried to. */
      readonly offered?: readonly StoryHelp[];
      readonly note: Note | null;
      /** A message that was not sent; where there is one, the thread itself waits. */
      readonly unsent: string | null;
      /** What in it may show who somebody is, and the form it came from: that form's message is added once. */
      readonly pointedOut?: PointedOut & { readonly nonce: string };
    }
  /** What can be done with a case besides writing, and what each of it does. `renewed`: the new receipt, once. */
  | {
      readonly type: "case";
      readonly case: string;
      readonly page: CasePage | "renewed";
      /** Of `reading`: which part, from 0. */
      readonly nr?: number;
      readonly note: Note | null;
      /** The name that was filled in, where it could not be given yet. */
      readonly unsent: string | null;
    }
  /** A case was withdrawn, and what it said is gone. */
  | { readonly type: "withdrawn" }
  /** Help that must not wait, for typed words of danger or despair (P8). */
  | {
      readonly type: "help";
      readonly about: "danger" | "despair";
      readonly help: readonly string[];
      readonly draftWaiting: boolean;
    }
  /** Someone typed what sounds like their story: where it is safe to tell it (design decision 5). */
  | { readonly type: "story"; readonly draftWaiting: boolean }
  | { readonly type: "unreadable"; readonly draftWaiting: boolean }
  /** What somebody wrote down first, for themselves. `unsent`: what could not be kept yet. */
  | {
      readonly type: "record";
      readonly page: RecordPage;
      readonly note: Note | null;
      readonly unsent: string | null;
      readonly offered?: readonly StoryHelp[];
    }
  /** The code-of-conduct check, for who leads; what it shows is looked up when it is drawn. */
  | { readonly type: "check"; readonly page: CheckPage; readonly note: CheckNote | null }
  /** A neutral last state of a door. */
  | {
      readonly type: "final";
      readonly reason: FinalReason;
      /** There is a private record, which stays. */
      readonly recordStays?: true;
    };

/** How a room ended. */
export type FinalReason = "kept" | "cleared" | "closed" | "forgotten";

/** What can be looked at of a case besides its thread. */
export const casePages = ["options", "naming", "renewing", "consenting", "reading", "withdrawing"] as const;
export type CasePage = (typeof casePages)[number];

/** What a turn does to the world; carried out in one place, in the transaction that saves the draft. */
export type Effect =
  | {
      readonly type: "submitReport";
      readonly flow: string;
      readonly language: Language;
      readonly rows: readonly ReviewRow[];
      /** The adviser that was chosen, by id; null: whoever the organisation's reports go to. */
      readonly to: string | null;
    }
  | { readonly type: "openReceipt"; readonly code: string }
  | {
      readonly type: "sayToAdviser";
      readonly case: string;
      readonly nonce: string;
      /** Of how much in it the form said that it may show who somebody is. */
      readonly shown: number;
      readonly text: string;
    }
  /** The reporter's own acts on a case; each can be repeated, and does what it does once. */
  | { readonly type: "giveName"; readonly case: string; readonly name: string }
  | { readonly type: "answerConsent"; readonly case: string; readonly given: boolean }
  | { readonly type: "renewReceipt"; readonly case: string; readonly of: string }
  | { readonly type: "withdrawReport"; readonly case: string }
  /** Plans the one reminder of this draft, or takes it back. */
  | { readonly type: "remindDraft"; readonly draft: string; readonly when: "tomorrow" | "never" }
  /** Writes these down in the private record; the same form and text once. */
  | { readonly type: "keepEntries"; readonly form: string; readonly texts: readonly string[] }
  | { readonly type: "destroyEntries"; readonly entries: "all" | readonly string[] }
  /** A press in the check, which is shared with others and so not part of the conversation. */
  | { readonly type: "check"; readonly press: CheckPress; readonly inputs: Inputs }
  /** Brings the ping that waits into line with what this person asked for last. */
  | { readonly type: "practicePing"; readonly every: Rhythm | "never" };
