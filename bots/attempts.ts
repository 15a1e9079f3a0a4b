import { personOf } from "./conversations.ts";
import type { Now } from "./effects.ts";

/** How many codes one person, and everybody together, may try in an hour: guessing stays hopeless (P6). */
const attempts = { windowMs: 3_600_000, person: 10, everybody: 500 };

/** Counts a try at a code of this kind; false: there were too many. */
export async function allowedTry(
  { tx, world, address, now }: Now,
  kind: "receipt" | "check-code",
): Promise<boolean> {
  const prefix = kind === "receipt" ? "" : `${kind}|`;
  const window = Math.floor(now / attempts.windowMs) * attempts.windowMs;
  const mine = await tx.countAttempt(world.ring.lookup("attempt", `${prefix}${personOf(address)}`), window);
  // Whoever is over the limit does not use up everybody's.
  if (mine > attempts.person) return false;
  const everybody = await tx.countAttempt(world.ring.lookup("attempt", `${prefix}everybody`), window);
  return everybody <= attempts.everybody;
}
