import { z } from "zod";
import { Enclosed } from "../record/record.ts";

/** Languages a conversation can be held in; Dutch first. */
export const languages = ["nl", "en"] as const;
export type Language = (typeof languages)[number];

const Answer = z.union([z.string(), z.array(z.string()).readonly(), z.null()]);

/** Answers not yet sent. The place in the flow is never in here: `resolve` derives it. */
export const Draft = z.object({
  /** Opaque; buttons carry it, so that a late click on an old card cannot answer a newer draft. */
  id: z.string(),
  flow: z.string(),
  answers: z.record(z.string(), Answer),
  /** Text typed in a form that was left by another button than "next": shown again, never sent. */
  unfinished: z.record(z.string(), z.string()),
  /** A question the person went back to; answering it returns to the first gap. */
  revisiting: z.string().nullable(),
  /** Goes up with every change of an answer. */
  revision: z.int(),
  /** The revision that check-your-answers showed in full; only that one can be sent (P4). */
  reviewed: z.int().nullable(),
  /** Of the revision that is being read: how many of its pages were shown, from the first on. */
  reading: z.object({ revision: z.int(), pages: z.int() }).exactOptional(),
  /** Of a guide: never put aside for later. */
  guide: z.boolean().default(false),
  /** Of a worksheet: it waits, but is nothing to send, and does not stand in the way of a report. */
  worksheet: z.literal(true).exactOptional(),
  /** Texts, by question, that the person left or changed when they were shown what in them may show who somebody is. */
  decided: z.record(z.string(), z.string()).default({}),
  /** What goes along from the private record, in the order it was written. */
  enclosed: z.array(Enclosed).exactOptional(),
  /** The adviser somebody chose, by id; null: whoever the organisation's reports go to. */
  to: z.string().nullable().default(null),
});
export type Draft = z.infer<typeof Draft>;

/** How often somebody may ask to be reminded of practising. */
export const rhythms = ["daily", "weekly"] as const;
export type Rhythm = (typeof rhythms)[number];

/** What is remembered between two turns of one person's conversation. */
export const Conversation = z.object({
  language: z.enum(languages),
  /** Whether the honest introduction (P1) has been shown. */
  introduced: z.boolean(),
  /** What was shown last, because a typed reply carries no address of its own. */
  asked: z.string().nullable(),
  /** The draft under way. */
  draft: Draft.nullable(),
  /** Drafts put aside while another is under way, newest last; at most one a flow. Empty where none is under way. */
  parked: z.array(Draft).default([]),
  /** Practice scenes this person did, by flow; gone with the conversation, or when they say so. */
  practised: z.array(z.string()).default([]),
  /** How often this person asked for a practice; null, as at first: never. */
  practicePing: z.enum(rhythms).nullable().default(null),
  /** A draft that this person asked to be reminded of, in what lane of the outbox, and when (Unix ms). */
  remind: z.object({ draft: z.string(), lane: z.string(), due: z.number() }).nullable().default(null),
  /** The draft sent last: a repeated press of its send button is told so, and sends nothing. */
  lastSent: z.string().nullable(),
  /** It went without a link: its case is not among `cases`, and that it was sent is forgotten here with the next turn. */
  sentUnlinked: z.boolean().default(false),
  /** Case ids this person may open, oldest first. */
  cases: z.array(z.string()),
  /** Ids of the code-of-conduct checks this person takes part in, oldest first. */
  checks: z.array(z.string()).default([]),
  /** This person's private record, by id. */
  record: z.string().nullable().default(null),
});
export type Conversation = z.infer<typeof Conversation>;

/** A conversation in which nothing has happened yet. */
export function newConversation(language: Language): Conversation {
  return {
    language,
    introduced: false,
    asked: null,
    draft: null,
    parked: [],
    practised: [],
    practicePing: null,
    remind: null,
    lastSent: null,
    sentUnlinked: false,
    cases: [],
    checks: [],
    record: null,
  };
}
