import { drawDraftReminder } from "../cards/draft-reminder.ts";
import { Overtaken } from "../cases/handling.ts";
import type { Conversation, Draft } from "../dialogs/core/draft.ts";
import type { Effect } from "../dialogs/core/screen.ts";
import { amend, expiryOf, openConversation, outliving, personOf, withDoor } from "./conversations.ts";
import { type DraftReminder, sealDelivery } from "./deliveries.ts";
import type { Done, Now } from "./effects.ts";
import {
  type Channel,
  type LeasedDelivery,
  type Platform,
  personLane,
  type StoreTransaction,
} from "./ports.ts";
import { firstPing } from "./practice-ping.ts";
import { isWorkingHour } from "./working-days.ts";
import { contentAt, freshId, type World } from "./world.ts";

/**
 * The one reminder of a draft, for who asked for it: at ten on the next working day. Its lane has a name that
 * nothing but the sealed conversation knows.
 */
export async function reminded(
  now: Now,
  done: Done,
  { draft, when }: Extract<Effect, { type: "remindDraft" }>,
): Promise<Done> {
  const { tx, world, address } = now;
  const before = done.conversation.remind;
  if (before) await tx.withdraw([personLane(before.lane)]);
  const due = possible(now);
  if (when === "never" || due === null)
    return { ...done, conversation: { ...done.conversation, remind: null } };
  const id = freshId();
  const lane = freshId();
  const sealed = sealDelivery(world.ring, id, { kind: "draftReminder", address, due });
  await tx.enqueue({ id, lane: personLane(lane), sealed, dueAt: due });
  return { ...done, conversation: { ...done.conversation, remind: { draft, lane, due } } };
}

/** A reminder of a draft that is there no more, sent or cleared, goes with it in the same transaction. */
export async function plannedReminder({ tx }: Now, done: Done): Promise<Done> {
  const { conversation } = done;
  if (!conversation.remind || remindedDraft(conversation)) return done;
  await tx.withdraw([personLane(conversation.remind.lane)]);
  return { ...done, conversation: { ...conversation, remind: null } };
}

/** Forgets the reminder of a conversation whose draft has expired. */
export async function forgetReminder(tx: StoreTransaction, { remind }: Conversation): Promise<void> {
  if (remind) await tx.withdraw([personLane(remind.lane)]);
}

/** Whether one is planned, and when one could come, for the screens on which one stops. */
export function reminderFor(now: Now, done: Done): Done {
  const planned = done.conversation.remind?.due ?? 0;
  const draft = done.conversation.draft;
  if (!draft || draft.guide) return done;
  const remind = { draft: draft.id, planned: planned > now.now ? planned : null, possible: possible(now) };
  return { ...done, facts: { ...done.facts, remind } };
}

/** When it would come; null where the draft is gone by then. Unix ms. */
function possible({ world, now }: Now): number | null {
  const due = firstPing("daily", now);
  return due < expiryOf(world.organisation, now) ? due : null;
}

function remindedDraft({ remind, draft, parked }: Conversation): Draft | undefined {
  return [...parked, ...(draft ? [draft] : [])].find(({ id }) => id === remind?.draft);
}

/**
 * Posts a reminder that is due, where its draft still waits and the hour is right; one that is too late is left
 * out. Throws `DeliveryError`, to be tried again.
 */
export async function carryDraftReminder(
  world: World,
  row: LeasedDelivery,
  { address }: DraftReminder,
  channelOf: (platform: Platform) => Channel,
): Promise<void> {
  const { ring, store } = world;
  const now = world.clock.now();
  const ids = ring.lookups("person", personOf(address));
  const wanted = await store.transaction(async (tx) => {
    const found = await tx.findConversation(ids);
    if (!found) return null;
    const stored = openConversation(ring, found);
    // Of a guide that was left open the hours end first; what waits under it is kept longer.
    const { conversation } = found.expiresAt <= now ? outliving(stored, now, []) : stored;
    const { remind } = conversation;
    if (!remind || personLane(remind.lane) !== row.lane || !remindedDraft(conversation)) return null;
    return conversation.language;
  });
  if (wanted === null || !isWorkingHour(now)) return;
  const ref = await channelOf(address.platform).postToPerson(
    address,
    drawDraftReminder(contentAt(world, now), wanted),
  );
  // Whoever stops and clears has it replaced too. It says nothing, so that a turn in between may win.
  await store
    .transaction(async (tx) => {
      const found = await tx.findConversation(ids);
      if (!found) return;
      const stored = openConversation(ring, found);
      const doors = withDoor(stored.doors, ref);
      if (!(await amend(tx, ring, found, { ...stored, doors }))) throw new Overtaken();
    })
    .catch(() => world.log.warn({ code: "draftReminder.notRemembered" }));
}
