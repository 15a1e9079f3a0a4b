import type { Random } from "./seal.ts";

/** Crockford's 32 symbols: none of I, L, O, U, so that nothing is taken for 1, 0 or V. */
export const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** So many symbols, five unpredictable bits each. 256 is a multiple of 32, so no symbol is likelier. */
export function randomSymbols(count: number, random: Random): string {
  return Array.from(random(count), (byte) => symbols.charAt(byte % symbols.length)).join("");
}
