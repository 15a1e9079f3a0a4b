import type { DeskPress } from "../cases/desk.ts";
import type { RoutePress } from "../cases/route-press.ts";
import type { Press } from "../dialogs/core/event.ts";
import type { SessionPress } from "../dialogs/session.ts";

/**
 * A screen with its words, before any platform's layout: what `cards/reporter` and `cards/adviser` make,
 * and `adaptive-card`, `block-kit` and `plain-text` draw. Text in `quote` and `message` parts is a
 * person's own and must never be read as markup by a drawer.
 */
export interface View {
  /** The heading; empty on a message that is only a line. */
  readonly title: string;
  /** For example "Vraag 3 van 9". */
  readonly step: string | null;
  /** What just happened, shown first. */
  readonly note: string | null;
  readonly body: readonly Part[];
  readonly inputs: readonly Input[];
  /** The first is the main one. At most six (Teams store guideline). */
  readonly buttons: readonly Button[];
  /** Content-free text for notifications and screen readers (P2). */
  readonly summary: string;
  /** `private` views may only be drawn in a room; what stands on a door is another view, from `drawDoor` (decision 3). */
  readonly privacy: "neutral" | "private";
}

/** A view with these parts and no others. */
export function viewOf(shown: Partial<View> & Pick<View, "title" | "summary" | "privacy">): View {
  return { step: null, note: null, body: [], inputs: [], buttons: [], ...shown };
}

export type Part =
  | { readonly type: "text"; readonly text: string; readonly tone?: "plain" | "subtle" | "strong" }
  | { readonly type: "heading"; readonly text: string }
  | { readonly type: "facts"; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly type: "list"; readonly items: readonly string[]; readonly numbered?: true }
  | { readonly type: "help"; readonly service: HelpLines }
  | { readonly type: "quote"; readonly label: string; readonly text: string }
  /** A sentence of ours to say aloud, drawn large; at most 150 characters, with its quotation marks. */
  | { readonly type: "say"; readonly label: string; readonly text: string }
  /** A code to keep, such as a receipt: drawn large and in fixed width. */
  | { readonly type: "code"; readonly label: string; readonly text: string }
  | { readonly type: "message"; readonly from: string; readonly at: string; readonly text: string }
  /** Somebody to turn to. `picture` is a `data:image/…`; no drawer fetches one or shows another. */
  | {
      readonly type: "person";
      readonly name: string;
      readonly role: string;
      readonly facts: readonly { readonly label: string; readonly value: string }[];
      readonly picture: string | null;
    }
  /** One way to reach somebody, and what it shows of who uses it. A `url` that `safeLink` refuses is left out. */
  | {
      readonly type: "contact";
      readonly label: string;
      readonly address: string | null;
      readonly url: string | null;
      readonly reveals: string;
    };

/** One service of the help directory, ready to read. */
export interface HelpLines {
  readonly name: string;
  readonly contact: readonly string[];
  readonly forWhom: string;
  /** When it can be reached, what it costs and which languages are spoken, as far as known. */
  readonly practical?: string;
  readonly source: string;
}

export type Input =
  | {
      readonly type: "choice";
      readonly id: string;
      readonly label: string;
      readonly options: readonly Option[];
      readonly value: string | null;
      /** What helps to answer, below the question. */
      readonly hint?: string;
      /** For a long list that is not the main thing on the screen; otherwise every option is in sight. */
      readonly shape?: "dropdown";
    }
  /** A day; `value` is an ISO date. */
  | {
      readonly type: "date";
      readonly id: string;
      readonly label: string;
      readonly hint: string | null;
      readonly value: string | null;
    }
  | {
      readonly type: "choices";
      readonly id: string;
      readonly label: string;
      readonly options: readonly Option[];
      readonly value: readonly string[];
    }
  | {
      readonly type: "text";
      readonly id: string;
      readonly label: string;
      readonly hint: string | null;
      readonly multiline: boolean;
      readonly maxLength: number;
      readonly value: string | null;
    };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A button tells the bot something, or opens an address. */
export type Button = PressButton | LinkButton;

/** Opens an address in the browser; nothing comes back to the bot. Left out where `safeLink` refuses the `url`. */
export interface LinkButton {
  readonly label: string;
  readonly url: string;
  readonly press?: undefined;
  readonly style?: undefined;
  readonly confirm?: undefined;
}

export interface PressButton {
  readonly label: string;
  readonly url?: undefined;
  readonly press: Press | DeskPress | RoutePress | SessionPress;
  readonly style?: "primary" | "destructive";
  /** Asked before an act that cannot be undone, where the platform can (Slack S11). */
  readonly confirm?: {
    readonly title: string;
    readonly text: string;
    readonly yes: string;
    readonly no: string;
  };
}
