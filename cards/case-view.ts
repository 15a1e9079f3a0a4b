import type { CaseState } from "../cases/case.ts";

/** A case as people see it. Times are Unix ms. */
export interface CaseSummary {
  readonly id: string;
  readonly number: string;
  /** The made-up name in words, such as `Vega 12`. */
  readonly pseudonym: string;
  readonly state: CaseState;
  /** Option ids of the report's question `kind`; empty where it was skipped. */
  readonly kinds: readonly string[];
  /** Whether the reporter said that there is danger now. */
  readonly danger: boolean;
  /** Option id of the report's question `when`; null where it was skipped. */
  readonly when: string | null;
  readonly receivedAt: number;
  readonly acknowledgeBy: number;
  readonly feedbackBy: number;
  readonly closedAt: number | null;
}

/** One answer of a report in the words that were shown when it was sent. */
export interface ReportRow {
  readonly question: string;
  readonly label: string;
  readonly answer: string;
  /** Whether the answer is the reporter's own text, never to be read as markup. */
  readonly own: boolean;
}

export interface ThreadMessage {
  readonly from: "reporter" | "adviser";
  readonly at: number;
  readonly text: string;
}

export interface CaseDetail extends CaseSummary {
  readonly rows: readonly ReportRow[];
  /** All of them, oldest first. */
  readonly messages: readonly ThreadMessage[];
}

/**
 * Characters of messages on one page. With the longest unsent text (3000) and the labels a view stays under
 * 9,000, which both platforms take (Teams cards: 14,000 with their JSON; Slack messages: 12,000).
 */
const pageCharacters = 5000;

/** What a message's sender and time add. */
const aroundMessage = 60;

/** What a text takes in a card or message: both platforms count its JSON, where quotes and lines count double. */
export function drawnLength(text: string): number {
  return JSON.stringify(text).length - 2;
}

/**
 * Splits a thread into pages: the newest page first, and within a page the oldest message first. Always at
 * least one page; the first is empty where `firstPage`, its room in characters, does not take the newest.
 */
export function threadPages(
  messages: readonly ThreadMessage[],
  firstPage: number = pageCharacters,
): readonly (readonly ThreadMessage[])[] {
  const pages: ThreadMessage[][] = [[]];
  let room = firstPage;
  for (const message of [...messages].reverse()) {
    const size = drawnLength(message.text) + aroundMessage;
    const page = pages.at(-1);
    if (page && size <= room) page.unshift(message);
    else {
      pages.push([message]);
      room = pageCharacters;
    }
    room -= size;
  }
  return pages;
}
