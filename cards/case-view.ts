import type { CaseState } from "../cases/case.ts";
import type { ThreadMessage } from "../cases/handling.ts";
import { mostParagraphs } from "./adaptive-card/text.ts";

export type { ThreadMessage };

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
  /** Whether the reporter gets a ping; otherwise only who comes back with the receipt hears anything. */
  readonly pinged: boolean;
}

/** One answer of a report in the words that were shown when it was sent. */
export interface ReportRow {
  readonly question: string;
  readonly label: string;
  readonly answer: string;
  /** Whether the answer is the reporter's own text, never to be read as markup. */
  readonly own: boolean;
  /** The question was not answered; `answer` says so. */
  readonly skipped?: true;
}

export interface CaseDetail extends CaseSummary {
  readonly rows: readonly ReportRow[];
  /** All of them, oldest first. */
  readonly messages: readonly ThreadMessage[];
}

/** The longest message of a thread: Slack's plain_text_input and the conversation take no longer text. */
export const longestMessage = 3000;

/** The longest name that can be given. */
export const longestName = 200;

/**
 * Room for messages on one page, as `drawnLength` counts. With the labels and what may stand above them a view
 * stays under 9,000 characters, and its card under 14,000 (Slack messages: 12,000).
 */
const pageCharacters = 5500;

/** What a message's sender, time and box add to a card. */
const aroundMessage = 350;

/** What each line of a text adds to a card, where it is a paragraph of its own. */
const aroundLine = 90;

/**
 * What a text takes in a card or message: both platforms count its JSON, where quotes and lines count double,
 * and many short lines take more than one long one.
 */
export function drawnLength(text: string): number {
  const lines = text.split(/\n+/).length;
  return JSON.stringify(text).length - 2 + aroundLine * Math.min(lines, mostParagraphs);
}

/**
 * Splits a thread into pages: the newest page first, and within a page the oldest message first. Always at
 * least one page; the first is empty where `firstPage`, its room in characters, does not take the newest.
 */
export function threadPages<Message extends Pick<ThreadMessage, "text">>(
  messages: readonly Message[],
  firstPage: number = pageCharacters,
): readonly (readonly Message[])[] {
  const pages: Message[][] = [[]];
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
