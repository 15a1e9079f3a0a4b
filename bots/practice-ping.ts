import { drawPracticePing } from "../cards/practice-ping.ts";
import { Overtaken } from "../cases/handling.ts";
import type { KeyRing } from "../cases/keys.ts";
import type { Language, Rhythm } from "../dialogs/core/draft.ts";
import { amend, openConversation, personOf } from "./conversations.ts";
import { type PracticePing, sealDelivery } from "./deliveries.ts";
import { defaultPolicy } from "./outbox/policy.ts";
import {
  type Address,
  type Channel,
  DeliveryError,
  type LeasedDelivery,
  type Platform,
  personLane,
  type StoreTransaction,
} from "./ports.ts";
import { isWorkingHour, local, tenOrAfter } from "./working-days.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** What platforms say when they refuse this service, rather than one person's chat. */
const ownFault: ReadonlySet<string> = new Set([
  "Unauthorized",
  "http401",
  "account_inactive",
  "invalid_auth",
  "missing_scope",
  "not_authed",
  "token_expired",
  "token_revoked",
]);

/**
 * When somebody who asks at `asked` gets the first ping: at ten on the next working day, or on the first one
 * a week later. Never on the day itself, so that asking again never brings a second one. Unix ms.
 */
export function firstPing(every: Rhythm, asked: number): number {
  return tenOrAfter(local(asked).plus(every === "daily" ? { days: 1 } : { weeks: 1 }));
}

/**
 * When the ping after the one of `planned` comes, seen from `now`: later than both, however long nothing ran
 * and wherever the clock jumped. A weekly one stays on its weekday. Unix ms.
 */
export function nextPing(every: Rhythm, planned: number, now: number): number {
  if (every === "weekly") {
    const weeks = Math.floor(local(now).diff(local(planned), "weeks").weeks);
    return tenOrAfter(local(planned).plus({ weeks: Math.max(weeks, 0) + 1 }));
  }
  const last = local(Math.max(planned, now));
  const sameDay = tenOrAfter(last);
  return sameDay > last.toMillis() ? sameDay : tenOrAfter(last.plus({ days: 1 }));
}

/**
 * Does what somebody asks for, in the transaction of that turn. What was planned before goes, so that no two
 * pings wait for one person. `asked`: Unix ms.
 */
export async function wishForPing(
  tx: StoreTransaction,
  ring: KeyRing,
  address: Address,
  every: Rhythm | "never",
  asked: number,
): Promise<void> {
  await tx.withdraw(ownLanes(ring, address));
  if (every !== "never") await plan(tx, ring, address, firstPing(every, asked));
}

/**
 * Posts a ping that is due, if it still is wanted and the hour is right, after the next one was planned; one
 * that is too late is left out.
 * Throws `DeliveryError`, to be tried again. Where the chat refuses for good, the wish is forgotten.
 */
export async function carryPing(
  world: World,
  row: LeasedDelivery,
  { address, due }: PracticePing,
  channelOf: (platform: Platform) => Channel,
): Promise<void> {
  const now = world.clock.now();
  const language = await planNext(world, row, { address, due, now });
  if (language === null || !isWorkingHour(now)) return;
  try {
    await channelOf(address.platform).postToPerson(
      address,
      drawPracticePing(contentAt(world, now), language),
    );
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.problem.kind !== "refused") throw error;
    if (row.attempts + 1 < defaultPolicy.refusedTries) throw error;
    const { code } = error.problem;
    pingMissed(world, code);
    if (!ownFault.has(code)) await forget(world, address);
  }
}

/** A ping that did not come: nobody is told, and the log does not say whose it was. */
export function pingMissed({ log }: Pick<World, "log">, problem: string): void {
  log.warn({ code: "practicePing.missed", problem });
}

/** Plans the next ping, where one is still wanted. In the language it returns; null: none is. */
async function planNext(
  { store, ring }: World,
  row: LeasedDelivery,
  { address, due, now }: { readonly address: Address; readonly due: number; readonly now: number },
): Promise<Language | null> {
  return store.transaction(async (tx) => {
    // First of all: from here on the person's own turns wait, and cannot plan a ping beside this one.
    await tx.withdraw(ownLanes(ring, address), { but: row.id });
    const found = await tx.findConversation(ring.lookups("person", personOf(address)));
    const conversation = found && openConversation(ring, found).conversation;
    if (!conversation?.practicePing) {
      await tx.withdraw(ownLanes(ring, address));
      return null;
    }
    await plan(tx, ring, address, nextPing(conversation.practicePing, due, now));
    return conversation.language;
  });
}

async function forget({ store, ring }: World, address: Address): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.withdraw(ownLanes(ring, address));
    const row = await tx.findConversation(ring.lookups("person", personOf(address)));
    if (!row) return;
    const stored = openConversation(ring, row);
    const conversation = { ...stored.conversation, practicePing: null };
    if (!(await amend(tx, ring, row, { ...stored, conversation }))) throw new Overtaken();
  });
}

async function plan(tx: StoreTransaction, ring: KeyRing, address: Address, due: number): Promise<void> {
  const id = freshId();
  const sealed = sealDelivery(ring, id, { kind: "practicePing", address, due });
  await tx.enqueue({ id, lane: ownLanes(ring, address)[0], sealed, dueAt: due });
}

/** The lane of a person's pings, and those under older keys: nobody can tell whose, or that any case is theirs. */
function ownLanes(ring: KeyRing, address: Address): readonly [string, ...string[]] {
  const [newest, ...older] = ring.lookups("practice-ping", personOf(address));
  return [personLane(newest), ...older.map(personLane)];
}
