import { randomBytes } from "node:crypto";
import type { KeyRing } from "../cases/keys.ts";
import { type CaseKey, newCaseKey, openWith, type Sealed, sealWith } from "../cases/seal.ts";
import { type Entry, PrivateRecord } from "../dialogs/record/record.ts";
import type { Organisation } from "./organisation.ts";
import type { RecordRow } from "./ports.ts";

const day = 86_400_000;

/** A new private record as it is stored, under a key of its own. */
export function recordRow(
  ring: KeyRing,
  id: string,
  entries: readonly Entry[],
  expiresAt: number,
): RecordRow {
  return { id, version: 1, expiresAt, ...sealedAnew(ring, id, entries) };
}

/** These entries under a fresh key: what was sealed under the one before, and is not among them, is lost with it. */
export function sealedAnew(
  ring: KeyRing,
  id: string,
  entries: readonly Entry[],
): Pick<RecordRow, "sealed" | "wrappedKey"> {
  const key = newCaseKey(randomBytes);
  return { sealed: seal(key, id, entries), wrappedKey: ring.wrap("record", keyAad(id), key) };
}

/** These entries under the key that the record has. */
export function resealedRecord(
  ring: KeyRing,
  row: Pick<RecordRow, "id" | "wrappedKey">,
  entries: readonly Entry[],
): Sealed {
  return seal(keyOf(ring, row), row.id, entries);
}

/** Opens a stored record. Throws `SealBroken`. */
export function openRecord(
  ring: KeyRing,
  row: Pick<RecordRow, "id" | "wrappedKey" | "sealed">,
): readonly Entry[] {
  const opened = openWith(keyOf(ring, row), aad(row.id), row.sealed as Sealed);
  return PrivateRecord.parse(JSON.parse(opened)).entries;
}

/**
 * Until when a record is kept that its owner opens now. Whole days only: to the millisecond, this column would
 * say whose conversation it belongs to.
 */
export function recordExpiry({ retention }: Organisation, now: number): number {
  return Math.floor(now / day + retention.recordDays) * day;
}

function seal(key: CaseKey, id: string, entries: readonly Entry[]): Sealed {
  return sealWith(key, aad(id), JSON.stringify({ entries } satisfies PrivateRecord));
}

function keyOf(ring: KeyRing, { id, wrappedKey }: Pick<RecordRow, "id" | "wrappedKey">): CaseKey {
  return ring.unwrap("record", keyAad(id), wrappedKey as Sealed);
}

function aad(id: string): string {
  return `record:${id}`;
}

function keyAad(id: string): string {
  return `record:${id}:key`;
}
