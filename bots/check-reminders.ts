import { DateTime } from "luxon";
import { drawCheckReminder } from "../cards/check-reminder.ts";
import type { KeyRing } from "../cases/keys.ts";
import { type Check, currentRound, type Round } from "../dialogs/check/check.ts";
import { planOf } from "../dialogs/check/plan.ts";
import { openCheck, personIn } from "./check-rows.ts";
import { openConversation, personOf } from "./conversations.ts";
import { type CheckReminder, sealDelivery } from "./deliveries.ts";
import {
  type Address,
  type Channel,
  type LeasedDelivery,
  type Platform,
  personLane,
  type StoreTransaction,
} from "./ports.ts";
import { local, tenOrBefore, zone } from "./working-days.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** What somebody can be reminded of in one check: an action, by its question, or that it is time to check again. */
export type Remembered =
  | { readonly about: "action"; readonly question: string }
  | { readonly about: "recheck" };

/** A check is done again after so many months. */
export const recheckMonths = 6;

/** In ms: when it is looked at again whether a round is finished. */
const lookAgain = 30 * 86_400_000;

/** How long before its date an action is first reminded of. */
const ahead = { days: 7 };

/**
 * When the next reminder comes, seen from `now`: of an action at ten a week before its date, and at ten on the
 * day; of checking again half a year after the round was finished. In a weekend on the Friday before. Null:
 * none is due any more. Unix ms.
 */
export function nextReminder(check: Check, remembered: Remembered, now: number): number | null {
  const round = currentRound(check);
  return moments(round, remembered).find((moment) => moment > now) ?? null;
}

/** When to look whether there is something to remind of: a round that is under way may yet be finished. */
function nextLook(check: Check, of: Remembered, now: number): number | null {
  const waits = of.about === "recheck" && currentRound(check).finishedAt === null;
  return waits ? now + lookAgain : nextReminder(check, of, now);
}

function moments(round: Round, remembered: Remembered): readonly number[] {
  if (remembered.about === "recheck") {
    if (round.finishedAt === null) return [];
    return [tenOrBefore(local(round.finishedAt).plus({ months: recheckMonths }))];
  }
  const agreed = Object.hasOwn(round.plan, remembered.question) ? round.plan[remembered.question] : undefined;
  if (!agreed || agreed.done || agreed.due === null) return [];
  const day = DateTime.fromISO(agreed.due, { zone });
  return [tenOrBefore(day.minus(ahead)), tenOrBefore(day)];
}

/** Whether this person still wants to be reminded of it. */
function wants(check: Check, person: string, remembered: Remembered): boolean {
  if (remembered.about === "recheck") return check.recheck.includes(person);
  const { plan } = currentRound(check);
  const agreed = Object.hasOwn(plan, remembered.question) ? plan[remembered.question] : undefined;
  return agreed?.remind.includes(person) === true;
}

/** Whether there is still something to do: what was answered better since is on no plan any more. */
function isOpen(check: Check, of: Remembered): boolean {
  if (of.about === "recheck") return true;
  return planOf(currentRound(check)).actions.some(({ finding }) => finding.id === of.question);
}

/** Everything of a check that somebody asked to be reminded of. */
function remembered(check: Check): readonly { readonly person: string; readonly of: Remembered }[] {
  const { plan } = currentRound(check);
  return [
    ...check.recheck.map((person) => ({ person, of: { about: "recheck" } as const })),
    ...Object.entries(plan).flatMap(([question, { remind }]) =>
      remind.map((person) => ({ person, of: { about: "action", question } as const })),
    ),
  ];
}

/**
 * Brings what waits to be sent into line with a check that changed, in the transaction of the change. Others'
 * reminders are moved with their action's date; what nobody wants any more goes. `me`: who changed it, whose
 * address is known now.
 */
export async function planReminders(
  tx: StoreTransaction,
  ring: KeyRing,
  {
    id,
    before,
    after,
    me,
    address,
    now,
  }: {
    readonly id: string;
    readonly before: Check;
    readonly after: Check;
    readonly me: string;
    readonly address: Address;
    readonly now: number;
  },
): Promise<void> {
  for (const { person, of } of remembered(before)) {
    if (isAsItWas(person, of)) continue;
    const due = nextLook(after, of, now);
    const lanes = lanesFor(ring, id, person, of);
    if (!wants(after, person, of) || person === me) await tx.withdraw(lanes);
    // Of somebody else only the reminder that waits knows the address. Where none is due it stays: it may be again.
    else if (due !== null) await tx.reschedule(lanes, due);
  }
  for (const { person, of } of remembered(after)) {
    if (person !== me || (wants(before, person, of) && isAsItWas(person, of))) continue;
    const due = nextLook(after, of, now);
    if (due !== null) await enqueue(tx, ring, { kind: "checkReminder", check: id, person, of, address, due });
  }

  /** What waits is left alone then: it may be due this moment, and be lost by being planned anew. */
  function isAsItWas(person: string, of: Remembered): boolean {
    const [one, other] = [before, after].map((check) => moments(currentRound(check), of).join());
    return wants(after, person, of) && one === other;
  }
}

/** Forgets every reminder of a check that is to be destroyed. */
export async function forgetReminders(
  tx: StoreTransaction,
  ring: KeyRing,
  id: string,
  check: Check,
): Promise<void> {
  const lanes = remembered(check).flatMap(({ person, of }) => lanesFor(ring, id, person, of));
  await tx.withdraw(lanes);
}

/**
 * Posts a reminder that is due, where it still is wanted; a date that was moved since moves the reminder.
 * Throws `DeliveryError`, to be tried again.
 */
export async function carryReminder(
  world: World,
  row: LeasedDelivery,
  reminder: CheckReminder,
  channelOf: (platform: Platform) => Channel,
): Promise<void> {
  const { check: id, person, of, address } = reminder;
  const now = world.clock.now();
  const wanted = await world.store.transaction(async (tx) => {
    await tx.withdraw(lanesFor(world.ring, id, person, of), { but: row.id });
    const found = await tx.findCheck(id);
    const check = found && openCheck(world.ring, found);
    // Who left the check since is no longer one of its people.
    if (!check || personIn(world.ring, id, check, address)?.id !== person || !wants(check, person, of))
      return null;
    const due = moments(currentRound(check), of);
    const next = nextLook(check, of, now);
    if (next !== null) await enqueue(tx, world.ring, { ...reminder, due: next });
    // Moved to later since this one was planned: it comes then.
    if (!due.some((moment) => moment <= now) || !isOpen(check, of)) return null;
    const conversation = await tx.findConversation(world.ring.lookups("person", personOf(address)));
    return conversation ? openConversation(world.ring, conversation).conversation.language : check.language;
  });
  if (wanted === null) return;
  const view = drawCheckReminder({ check: id, about: of.about }, contentAt(world, now), wanted);
  await channelOf(address.platform).postToPerson(address, view);
}

async function enqueue(tx: StoreTransaction, ring: KeyRing, reminder: CheckReminder): Promise<void> {
  const id = freshId();
  const [lane] = lanesFor(ring, reminder.check, reminder.person, reminder.of);
  await tx.enqueue({ id, lane, sealed: sealDelivery(ring, id, reminder), dueAt: reminder.due });
}

/** The lane of one reminder, and those under older keys. */
function lanesFor(
  ring: KeyRing,
  check: string,
  person: string,
  of: Remembered,
): readonly [string, ...string[]] {
  const about = of.about === "recheck" ? "recheck" : `action:${of.question}`;
  const [newest, ...older] = ring.lookups("check-reminder", `${check}|${person}|${about}`);
  return [personLane(newest), ...older.map(personLane)];
}
