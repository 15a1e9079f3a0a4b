import { personOf } from "./conversations.ts";
import type { Now } from "./effects.ts";

const windowMs = 3_600_000;

/**
 * How often in an hour one person, and everybody together, may do what would hurt if it was done without end:
 * guessing codes stays hopeless (P6), and nobody fills the database or keeps it busy.
 */
const most = {
  receipt: { person: 10, everybody: 500 },
  "check-code": { person: 10, everybody: 500 },
  "check-begin": { person: 20, everybody: null },
  document: { person: 60, everybody: null },
} as const;

/** Counts a try of this kind; false: there were too many. */
export async function allowedTry(turn: Now, kind: keyof typeof most): Promise<boolean> {
  return allowedFor(turn, kind, personOf(turn.address));
}

/** The same for whoever, or whatever place, `who` names. */
export async function allowedFor(
  { tx, world, now }: Pick<Now, "tx" | "world" | "now">,
  kind: keyof typeof most,
  who: string,
): Promise<boolean> {
  const prefix = kind === "receipt" ? "" : `${kind}|`;
  const window = Math.floor(now / windowMs) * windowMs;
  const mine = await tx.countAttempt(world.ring.lookup("attempt", `${prefix}${who}`), window);
  // Whoever is over the limit does not use up everybody's.
  if (mine > most[kind].person) return false;
  const { everybody } = most[kind];
  if (everybody === null) return true;
  const all = await tx.countAttempt(world.ring.lookup("attempt", `${prefix}everybody`), window);
  return all <= everybody;
}
