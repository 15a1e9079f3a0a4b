import type { KeyRing } from "./keys.ts";

/**
 * How a case's reporter is called, as an index below `size`. Derived from the case, not the person, so
 * that two cases of one person carry names that say nothing about each other (P3).
 */
export function pseudonymOf(ring: KeyRing, caseId: string, size: number): number {
  const hash = Buffer.from(ring.lookup("pseudonym", caseId), "base64url");
  return hash.readUIntBE(0, 6) % size;
}
