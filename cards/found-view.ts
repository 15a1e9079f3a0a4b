import type { Audience, Fits } from "../dialogs/find/advisers.ts";
import type { Advice, Guidance } from "../dialogs/find/guidance.ts";

/** How somebody can be reached. `bot`: a report through this chat, under a made-up name. */
export type Way = "bot" | "inPerson" | "phone" | "mail" | "teamsChat" | "slackChat";

/** One way of contact, with what to type or press. */
export interface ContactWay {
  readonly way: Way;
  /** A number, address or place, as people write it; null for `bot` and the chats. */
  readonly address: string | null;
  /** `tel:`, `mailto:` or the platform's own chat link; null where there is none. */
  readonly url: string | null;
}

/** When an adviser can be reached, at the moment of drawing. Times are Unix ms. */
export type Reachable =
  | { readonly state: "now"; readonly until: number }
  | { readonly state: "later"; readonly from: number }
  /** On leave, up to and including the day of `until`. */
  | { readonly state: "away"; readonly until: number }
  /** The organisation gave no hours. */
  | { readonly state: "unstated" };

/** One adviser as somebody who looks for one reads it. The operator's words, none of content's. */
export interface AdviserView {
  readonly id: string;
  readonly name: string;
  readonly kind: "internal" | "external";
  /** Why this adviser fits, the strongest first. */
  readonly because: readonly Fits[];
  /** Language codes, such as `nl` or `ar`. */
  readonly languages: readonly string[];
  /** Whom this adviser is there for. */
  readonly audiences: readonly Audience[];
  /** Locations or departments; empty: everywhere. */
  readonly places: readonly string[];
  /** A few words of their own, in the language shown. */
  readonly about: string | null;
  readonly reachable: Reachable;
  /** The operator's words on when and how, in the language shown. */
  readonly reachableText: string | null;
  /** The name of the adviser on leave whose place this one takes. */
  readonly standsInFor: string | null;
  readonly ways: readonly ContactWay[];
  /** A `data:image/…` of at most a few kilobytes; never a remote address. */
  readonly picture: string | null;
}

/** What the outcome of looking for help says. */
export interface Found {
  /** Who is there and fits, best first. */
  readonly advisers: readonly AdviserView[];
  /** Why no adviser is named: all are on leave, none is there for this person, or it may be about them. */
  readonly nobody: null | "away" | "noneFits" | "aboutAdviser";
  /** When `away`: when the first is back, Unix ms. */
  readonly backOn: number | null;
  readonly help: readonly Advice[];
  readonly duties: readonly string[];
  /** Why help outside stands first; null where the advisers do. */
  readonly outsideFirst: Guidance["outsideFirst"] | "nobodyAvailable";
}
