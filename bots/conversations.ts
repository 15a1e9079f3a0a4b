import { z } from "zod";
import type { KeyRing } from "../cases/keys.ts";
import type { Sealed } from "../cases/seal.ts";
import { Conversation, type Language, newConversation } from "../dialogs/core/draft.ts";
import { guideOpen, withoutGuide } from "../dialogs/core/drafts.ts";
import type { Event } from "../dialogs/core/event.ts";
import type { Organisation } from "./organisation.ts";
import type { ConversationRow, StoreTransaction } from "./ports.ts";

/** `MessageRef` of ports, as it comes back out of storage. */
export const MessageRef = z.object({
  platform: z.enum(["teams", "slack"]),
  conversation: z.string(),
  message: z.string(),
  serviceUrl: z.string().exactOptional(),
  tenant: z.string(),
});
export type MessageRef = z.infer<typeof MessageRef>;

/** `Address` of ports, as it comes back out of storage. */
export const Address = z.object({
  platform: z.enum(["teams", "slack"]),
  tenant: z.string(),
  user: z.string(),
  conversation: z.string(),
  serviceUrl: z.string().exactOptional(),
  bot: z.string().exactOptional(),
});
export type Address = z.infer<typeof Address>;

const Stored = z.object({
  conversation: Conversation,
  door: MessageRef.nullable(),
  /** Earlier doors, oldest first: whoever stops and clears has them replaced once more. */
  doors: z.array(MessageRef).default([]),
  /** While a guide is open, which outlives its hours first: until when the rest is kept. Unix ms. */
  keepUntil: z.number().nullable().default(null),
});

/** So many are remembered: each is one call to the platform, and more than an ordinary draft leaves behind. */
const mostDoors = 20;

/** Earlier doors with one more. */
export function withDoor(doors: readonly MessageRef[], door: MessageRef): MessageRef[] {
  return [...doors.filter(({ message }) => message !== door.message), door].slice(-mostDoors);
}

/** What is kept of a person's conversation, all of it sealed: what was said, its live door and earlier ones. */
export type Stored = Omit<z.infer<typeof Stored>, "keepUntil">;
type Opened = z.infer<typeof Stored>;

/** A person's conversation as it was loaded and opened, with the row to write it back to. */
export interface Loaded extends Stored {
  readonly row: ConversationRow;
}

/** Who somebody is on a platform, as one text; only ever hashed. */
export function personOf(address: Pick<Address, "platform" | "tenant" | "user">): string {
  return `${address.platform}|${address.tenant}|${address.user}`;
}

/**
 * How a case is called in a message to its reporter. Administrators may read that message and the advisers'
 * card: the case's own id on both would tell them whose case it is.
 */
export function pingIdOf(ring: KeyRing, caseId: string): string {
  return ring.lookup("ping", caseId);
}

/** The event with such a name turned back into the id, where it is one of these cases. */
export function withCaseId(ring: KeyRing, event: Event, cases: readonly string[]): Event {
  if (event.type !== "press" || event.press.do !== "thread") return event;
  const named = event.press.case;
  const found = cases.find((id) => ring.lookups("ping", id).includes(named));
  return found === undefined ? event : { ...event, press: { ...event.press, case: found } };
}

const hour = 3_600_000;

/** Nothing of a guide is kept: this long after the last turn, where nobody left it, it is forgotten. */
const guideHours = 2;

/**
 * Until when a conversation's draft is kept, at most the promised hours after this turn. Whole hours only:
 * to the millisecond, this column would say which case was sent in which conversation.
 */
export function expiryOf(organisation: Organisation, now: number): number {
  return wholeHours(now, organisation.retention.draftHours);
}

/** So many hours from `now`, up to one less: to the whole hour. Unix ms. */
export function wholeHours(now: number, hours: number): number {
  return Math.floor(now / hour + hours) * hour;
}

/**
 * Finds and opens a person's conversation, or begins one. A draft that has outlived its time is not shown
 * again, though the sweep may yet have to come (P10). An unreadable conversation is not replaced: it throws.
 */
export async function load(
  tx: StoreTransaction,
  ring: KeyRing,
  address: Address,
  first: Language,
  now: number,
): Promise<Loaded> {
  const ids = ring.lookups("person", personOf(address));
  const row = await tx.findConversation(ids);
  if (row) {
    const stored = openConversation(ring, row);
    const outlived = row.expiresAt <= now;
    return { row, ...(outlived ? outliving(stored, now, stored.conversation.cases) : stored) };
  }
  const none = { id: ids[0], version: 0, sealed: "", expiresAt: 0 };
  return { row: none, conversation: newConversation(first), door: null, doors: [] };
}

/**
 * What is left at `now` of a conversation whose time has passed: without its guide, where only that has
 * outlived its hours; in the end its language, the way to these cases, and the practice that was asked for.
 */
export function outliving(stored: Opened, now: number, cases: readonly string[]): Stored {
  const { conversation, door, doors, keepUntil } = stored;
  if (keepUntil !== null && keepUntil > now) return { conversation: withoutGuide(conversation), door, doors };
  const { language, introduced, practised, practicePing, checks, record } = conversation;
  // Without the scenes that were done, who asked for practice would be offered the same ones again.
  const practice = practicePing === null ? {} : { practised, practicePing };
  return {
    conversation: {
      ...newConversation(language),
      introduced,
      ...practice,
      cases: [...cases],
      checks,
      record,
    },
    door,
    doors: [],
  };
}

/** Opens a stored conversation. Throws `SealBroken`. */
export function openConversation(ring: KeyRing, row: ConversationRow): Opened {
  return Stored.parse(JSON.parse(ring.open("draft", `conversation:${row.id}`, row.sealed as Sealed)));
}

/**
 * Writes a conversation back, to be kept until `keepUntil`, and a guide for its own hours after `now`.
 * False: another turn was first, and this one must be done again from what is there now.
 */
export async function save(
  tx: StoreTransaction,
  ring: KeyRing,
  row: ConversationRow,
  { conversation, door, doors }: Stored,
  { now, keepUntil }: { readonly now: number; readonly keepUntil: number },
): Promise<boolean> {
  const open = guideOpen(conversation);
  const stored: Opened = { conversation, door, doors, keepUntil: open ? keepUntil : null };
  const expiresAt = open ? Math.min(wholeHours(now, guideHours), keepUntil) : keepUntil;
  return amend(tx, ring, { ...row, expiresAt }, stored);
}

/** Changes what is kept of a conversation in which nobody said anything, so not how long. False: as of `save`. */
export async function amend(
  tx: StoreTransaction,
  ring: KeyRing,
  row: ConversationRow,
  stored: Opened,
): Promise<boolean> {
  const sealed = ring.seal("draft", `conversation:${row.id}`, JSON.stringify(stored));
  return tx.saveConversation({ ...row, sealed });
}
