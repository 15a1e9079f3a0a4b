import type { CaseState, HoldReason } from "../cases/case.ts";
import type { Language, Words } from "../content/words.ts";
import type { Advice } from "../dialogs/bystander/advice.ts";
import type { After } from "../dialogs/bystander/after.ts";
import type { CodeOutcome } from "../dialogs/code/assemble.ts";
import type { Note, Screen } from "../dialogs/core/screen.ts";
import type { Sector } from "../dialogs/find/situation.ts";
import type { Entry } from "../dialogs/record/record.ts";
import type { CasePage } from "./case-pages.ts";
import type { ThreadMessage } from "./case-view.ts";
import type { CheckFacts } from "./check-view.ts";
import type { Found } from "./found-view.ts";
import { momentOf, type ViewContent } from "./reading.ts";
import { type Button, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** What a reporter's screen needs and the conversation does not know. Times are Unix ms. */
export interface ReporterFacts {
  readonly organisation: string;
  /** Who will read the draft's report: the advisers of the route it will go to, as a phrase (P9). */
  readonly readers: string;
  /** How long a draft is kept after the last answer. */
  readonly draftHours: number;
  /** Whether a report to them stands in a message of their channel, and not behind its button. */
  readonly inCard?: boolean;
  /** Languages the organisation offers. */
  readonly languages: readonly Language[];
  /** Minted for this view; makes a repeated delivery of its form harmless. */
  readonly fresh: string;
  /** The organisation's places by option of the question `place`. */
  readonly places: Readonly<Record<string, string>>;
  /** What the organisation does. */
  readonly sector: Sector;
  /** For `outcome` and the pages beside it. */
  readonly found?: Found;
  /** For the outcome of `bystander`, and of `aftercare`. */
  readonly advice?: Advice;
  readonly after?: After;
  /** For `check`. */
  readonly check?: CheckFacts;
  /** For the outcome of `code`, and where its Word documents are, once each; null: nowhere. */
  readonly code?: CodeOutcome;
  readonly codeLinks?: { readonly nl: string; readonly en: string } | null;
  /** For `review`: the receipt that the report will have, sealed for the button that sends it. */
  readonly sending?: string;
  /** For `sent`. The receipt is null where it was shown before and is not known any more. */
  readonly sent?: {
    readonly number: string;
    readonly receipt: string | null;
    readonly acknowledgeBy: number;
    readonly feedbackBy: number;
  };
  /** For `stop` and `final`: the draft that waits, when its reminder comes, and when one could. */
  readonly remind?: {
    readonly draft: string;
    readonly planned: number | null;
    /** Null: the draft is gone by then. */
    readonly possible: number | null;
  };
  /** For the page `reading` of a case: a part of what a document of it would hold now, and how many there are. */
  readonly reading?: CasePage & { readonly nr: number; readonly parts: number };
  /** For the page `renewed` of a case: its new receipt, once. */
  readonly renewed?: string;
  /** For `record`: what was written down, oldest first, and until when it is kept if nobody opens it. */
  readonly record?: { readonly entries: readonly Entry[]; readonly keptUntil: number };
  /** For `reports`, oldest first. `waiting`: the adviser wrote last; what was read is not kept. */
  readonly cases?: readonly {
    readonly id: string;
    readonly number: string;
    readonly sentAt: number;
    readonly state: CaseState;
    readonly waiting: boolean;
    readonly next: NextStep;
  }[];
  /** For `thread` and `case`: the messages of one page, and how many pages `threadPages` made. */
  readonly thread?: {
    readonly id: string;
    readonly number: string;
    readonly pseudonym: string;
    readonly state: CaseState;
    readonly next: NextStep;
    readonly messages: readonly ThreadMessage[];
    readonly pages: number;
    /** What leads here: this chat; a receipt that was entered; or nothing but that receipt, whoever asks. */
    readonly way: "linked" | "visit" | "receiptOnly";
    /** Whether the adviser knows a name. */
    readonly named: boolean;
    /** Whether a document of it may be made for a procedure (times in Unix ms); null: it was not asked. */
    readonly consent: {
      readonly askedAt: number;
      readonly answer: { readonly at: number; readonly given: boolean } | null;
      /** When the last document was made; null: none was. */
      readonly madeAt: number | null;
    } | null;
    /** Who reads it now, where it went to another channel since it was sent; null: those who were named then. */
    readonly movedTo: string | null;
    /** Whether its card reached nobody. */
    readonly undelivered: boolean;
    /** Whether an adviser may have read the report, and whether it stood in a message. */
    readonly read: boolean;
    readonly inCard: boolean;
    /** Marks the receipt that works now. */
    readonly receiptMark: string;
  };
}

/** What happens next with a case, and by when (Unix ms); late: it should have happened. */
export interface NextStep {
  readonly step: "acknowledge" | "feedback" | "destroy" | "kept";
  readonly by: number;
  readonly late: boolean;
  /** With `kept`: what a closed case is kept longer for. */
  readonly reason?: HoldReason;
}

/** A screen was drawn without the facts it needs: a mistake of the caller. */
export class MissingFacts extends Error {
  readonly code = "missingFacts";
  constructor(screen: Screen["type"]) {
    super(`missingFacts: ${screen}`);
    this.name = "MissingFacts";
  }
}

/** One kind of screen. */
export type Of<T extends Screen["type"]> = Extract<Screen, { type: T }>;

/** What every screen of one reporter is drawn with. */
export interface Frame {
  readonly facts: ReporterFacts;
  readonly content: ViewContent;
  readonly words: Words;
  readonly language: Language;
}

/** A view with the parts given; the summary never says anything about a report (P2). */
export function view(words: Words, shown: Partial<View> & Pick<View, "title" | "privacy">): View {
  return viewOf({ summary: words.say("common.summary.waiting"), ...shown });
}

/** The words of a remark; null where there is none. */
export function noteText(note: Note | null, words: Words): string | null {
  return note === null ? null : words.say(`common.notes.${note}`);
}

/** A button whose label is the text with this key. */
export function button(
  words: Words,
  key: string,
  press: PressButton["press"],
  style?: PressButton["style"],
): PressButton {
  const label = words.say(key);
  return style === undefined ? { label, press } : { label, press, style };
}

/** To the menu, from everywhere. */
export function menuButton(words: Words): PressButton {
  return button(words, "common.buttons.menu", { do: "menu" });
}

/** Leaves the room. */
export function doneButton(words: Words): PressButton {
  return button(words, "common.buttons.done", { do: "done" });
}

/** One button for each other language offered, labelled in that language. `question` keeps its unsent text. */
export function languageButtons({ facts, words, language }: Frame, question?: string): readonly Button[] {
  return facts.languages
    .filter((other) => other !== language)
    .map((other) =>
      button(words, other === "nl" ? "common.buttons.dutch" : "common.buttons.english", {
        do: "language",
        language: other,
        ...(question === undefined ? {} : { question }),
      }),
    );
}

/** Clears the draft, after asking where the platform can. */
export function clearButton(draft: string, words: Words): PressButton {
  const ask = (part: string) => words.say(`common.clear.confirm.${part}`);
  return {
    ...button(words, "common.buttons.clear", { do: "clear", draft }, "destructive"),
    confirm: { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") },
  };
}

/** A message of a case's thread, as its reporter reads it. */
export function threadPart({ from, at, text }: ThreadMessage, { words, language }: Frame): Part {
  const sender = words.say(from === "reporter" ? "case.thread.you" : "case.thread.adviser");
  return { type: "message", from: sender, at: momentOf(at, language), text };
}
