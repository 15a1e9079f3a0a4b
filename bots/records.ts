import { Overtaken } from "../cases/handling.ts";
import { newStampKey, stampOf } from "../cases/stamp.ts";
import type { Conversation } from "../dialogs/core/draft.ts";
import type { Event } from "../dialogs/core/event.ts";
import type { Effect, ReviewRow, Screen } from "../dialogs/core/screen.ts";
import { type Entry, mostEntries } from "../dialogs/record/record.ts";
import type { Done, Now } from "./effects.ts";
import type { RecordRow, StoreTransaction } from "./ports.ts";
import { openRecord, recordExpiry, recordRow, resealedRecord, sealedAnew } from "./record-rows.ts";
import { freshId, type World } from "./world.ts";

type Of<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;
type RecordScreen = Extract<Screen, { type: "record" }>;

interface Opened {
  readonly row: RecordRow;
  readonly entries: readonly Entry[];
}

/** A minute: a time stamp to the millisecond would say whose turn it was. */
const minute = 60_000;

/**
 * What this person wrote down, for a press that chooses from it; the core keeps to what it is given. Throws
 * `SealBroken`.
 */
export async function recordFor(
  tx: StoreTransaction,
  world: Pick<World, "ring">,
  { record }: Conversation,
  event: Event,
): Promise<{ readonly record?: readonly Entry[] }> {
  if (event.type !== "press" || event.press.do !== "record.use") return {};
  return { record: (await opened(tx, world, record))?.entries ?? [] };
}

async function opened(
  tx: StoreTransaction,
  { ring }: Pick<World, "ring">,
  id: string | null,
): Promise<Opened | null> {
  const row = id === null ? null : await tx.findRecord(id);
  return row && { row, entries: openRecord(ring, row) };
}

/** Writes down what was told, each with a time stamp in the audit log, in the transaction of the turn (P5). */
export async function entriesKept(now: Now, done: Done, effect: Of<"keepEntries">): Promise<Done> {
  const { tx, world } = now;
  if (done.screen.type !== "record") return done;
  const there = await opened(tx, world, done.conversation.record);
  const had = there?.entries ?? [];
  const isThere = (text: string) => had.some((entry) => entry.form === effect.form && entry.text === text);
  const added = effect.texts
    .filter((text) => !isThere(text))
    .map((text): Entry => {
      const at = Math.floor(now.now / minute) * minute;
      return { id: freshId(), form: effect.form, at, text, key: newStampKey() };
    });
  if (added.length === 0) return done;
  if (had.length + added.length > mostEntries)
    return { ...done, screen: { ...done.screen, note: "recordFull", unsent: unsentOf(effect, done.screen) } };
  const entries = [...had, ...added];
  const expiresAt = recordExpiry(world.organisation, now.now);
  for (const entry of added)
    tx.audit({ at: entry.at, code: "record.stamped", case: null, route: null, digest: stampOf(entry) });
  if (there) {
    const sealed = resealedRecord(world.ring, there.row, entries);
    await saved(tx, { ...there.row, sealed, expiresAt });
    return done;
  }
  const id = freshId();
  await tx.insertRecord(recordRow(world.ring, id, entries, expiresAt));
  return { ...done, conversation: { ...done.conversation, record: id } };
}

/** What stood in the form, where there is one to stand in again. */
function unsentOf({ texts }: Of<"keepEntries">, { page }: RecordScreen): string | null {
  return page.at === "entries" && texts.length === 1 ? (texts[0] ?? null) : null;
}

/** Destroys entries, or the whole record: with the key that they were sealed under (P10). */
export async function entriesDestroyed(now: Now, done: Done, effect: Of<"destroyEntries">): Promise<Done> {
  const { tx, world } = now;
  const there = await opened(tx, world, done.conversation.record);
  if (!there) return done;
  const gone = effect.entries;
  const left = gone === "all" ? [] : there.entries.filter(({ id }) => !gone.includes(id));
  if (left.length === there.entries.length && left.length > 0) return done;
  if (left.length > 0) {
    const expiresAt = recordExpiry(world.organisation, now.now);
    await saved(tx, { ...there.row, expiresAt, ...sealedAnew(world.ring, there.row.id, left) });
    return done;
  }
  await tx.destroyRecord(there.row.id);
  return { ...done, conversation: { ...done.conversation, record: null } };
}

/** What a screen about the record shows. Opening it is what it is kept by. */
export async function withRecord(now: Now, done: Done, screen: RecordScreen): Promise<Done> {
  const { tx, world } = now;
  const there = await opened(tx, world, done.conversation.record);
  const keptUntil = recordExpiry(world.organisation, now.now);
  if (there && there.row.expiresAt < keptUntil) await saved(tx, { ...there.row, expiresAt: keptUntil });
  const entries = there?.entries ?? [];
  const record = there ? there.row.id : null;
  const facts = {
    ...done.facts,
    record: { entries, keptUntil },
  };
  const conversation = { ...done.conversation, record };
  // A page about entries that are there no more would be about nothing.
  const empty = entries.length === 0 && screen.page.at !== "entries";
  const first = { ...screen, page: { at: "entries", page: 0 }, unsent: null } as const;
  return { ...done, conversation, facts, screen: empty ? first : screen };
}

async function saved(
  tx: StoreTransaction,
  row: Parameters<StoreTransaction["saveRecord"]>[0],
): Promise<void> {
  if (!(await tx.saveRecord(row))) throw new Overtaken();
}

/**
 * A row as it is sent: of what was written down before, only what the audit log has stamped so keeps its stamp.
 */
export async function vouchedFor(tx: StoreTransaction, row: ReviewRow): Promise<ReviewRow> {
  const { written, answer } = row;
  if (!written || written.key === null || typeof answer !== "string") return row;
  const { at, key } = written;
  const stamped = (await tx.stampedAt(stampOf({ at, key, text: answer }))) === at;
  return stamped ? row : { ...row, written: { at, key: null } };
}

/** Private records that nobody opened for too long, and whose conversation does not know them any more either. */
export async function sweepRecords(tx: StoreTransaction, now: number, batch: number): Promise<number> {
  const rows = await tx.expiredRecords(now, batch);
  for (const { id } of rows) await tx.destroyRecord(id);
  return rows.length;
}
