import type { KeyRing, Purpose } from "../cases/keys.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import { personOf } from "./conversations.ts";
import type { Address } from "./ports.ts";

/**
 * What a room's buttons carry that nothing may keep: sealed for the person who looks at that room, for one
 * purpose, and for some hours. To anybody else, and after that, it is a button that says nothing.
 */

/** A working day: time to read, write and come back to the open window. */
export const roomMs = 8 * 3_600_000;

type InRooms = Extract<Purpose, "visit" | "sending">;

/** Who looks at the room and, where it matters, what the button is about. */
export interface Looking {
  readonly address: Address;
  readonly about?: string;
}

/** Seals these values for a button of a room that is drawn now. */
export function sealInRoom(
  ring: KeyRing,
  purpose: InRooms,
  looking: Looking,
  values: readonly string[],
  now: number,
): string {
  return ring.seal(purpose, aadOf(purpose, looking), JSON.stringify([...values, now + roomMs]));
}

/** The values of such a button; null where it is forged, somebody else's, about something else, or too old. */
export function openFromRoom(
  ring: KeyRing,
  purpose: InRooms,
  looking: Looking,
  sealed: string,
  now: number,
): readonly string[] | null {
  try {
    const values = JSON.parse(ring.open(purpose, aadOf(purpose, looking), sealed as Sealed));
    return values.pop() > now ? values : null;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

function aadOf(purpose: InRooms, { address, about }: Looking): string {
  const person = personOf(address);
  return `${purpose}:${about === undefined ? person : JSON.stringify([person, about])}`;
}
