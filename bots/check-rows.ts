import { randomBytes } from "node:crypto";
import type { KeyRing } from "../cases/keys.ts";
import { newCaseKey, openWith, type Sealed, sealWith } from "../cases/seal.ts";
import { Check, type Person } from "../dialogs/check/check.ts";
import { personOf, wholeHours } from "./conversations.ts";
import { errorCode } from "./log.ts";
import type { Organisation } from "./organisation.ts";
import type { Address, CheckRow } from "./ports.ts";
import type { World } from "./world.ts";

/** A new check as it is stored, under a key of its own. */
export function checkRow(
  ring: KeyRing,
  organisation: Organisation,
  id: string,
  check: Check,
  now: number,
): CheckRow {
  const key = newCaseKey(randomBytes);
  return {
    id,
    version: 1,
    sealed: sealWith(key, aad(id), JSON.stringify(check)),
    wrappedKey: ring.wrap("check", `check:${id}:key`, key),
    codeHash: ring.lookup("check-code", check.code),
    expiresAt: checkExpiry(organisation, now),
  };
}

/** Opens a stored check. Throws `SealBroken`. */
export function openCheck(ring: KeyRing, row: Pick<CheckRow, "id" | "wrappedKey" | "sealed">): Check {
  return Check.parse(JSON.parse(openWith(keyOf(ring, row), aad(row.id), row.sealed as Sealed)));
}

/** The same; null, and a line in the log, where it does not open: one such check must not keep somebody from the others. */
export function checkOrNull(
  { ring, log }: Pick<World, "ring" | "log">,
  row: Parameters<typeof openCheck>[1],
): Check | null {
  try {
    return openCheck(ring, row);
  } catch (error) {
    log.error({ code: "check.unreadable", error: errorCode(error) });
    return null;
  }
}

/** A changed check, sealed under the key it has. */
export function resealed(ring: KeyRing, row: Pick<CheckRow, "id" | "wrappedKey">, check: Check): Sealed {
  return sealWith(keyOf(ring, row), aad(row.id), JSON.stringify(check));
}

/** Until when a check is kept that was changed now. Whole hours only, as for conversations. */
export function checkExpiry({ retention }: Organisation, now: number): number {
  return wholeHours(now, retention.checkDays * 24);
}

/** The mark by which a new person of a check is known again; in no other check the same. */
export function markOf(ring: KeyRing, check: string, address: Address): string {
  return ring.lookup("check-person", `${check}|${personOf(address)}`);
}

/** The person of a check who this is; undefined: not one of them. */
export function personIn(ring: KeyRing, id: string, check: Check, address: Address): Person | undefined {
  const marks = ring.lookups("check-person", `${id}|${personOf(address)}`);
  return check.people.find(({ mark }) => marks.includes(mark));
}

function keyOf(ring: KeyRing, { id, wrappedKey }: Pick<CheckRow, "id" | "wrappedKey">) {
  return ring.unwrap("check", `check:${id}:key`, wrappedKey as Sealed);
}

function aad(id: string): string {
  return `check:${id}`;
}
