import { randomBytes } from "node:crypto";
import type { Random } from "./seal.ts";
import { randomSymbols } from "./symbols.ts";

/**
 * What people call a case, such as `V-7KQ2M`. Random, so that it says nothing about order or number of
 * cases; the caller makes sure that it is not taken. It opens nothing: for that there is the receipt.
 */
export function newCaseNumber(random: Random = randomBytes): string {
  return `V-${randomSymbols(5, random)}`;
}
