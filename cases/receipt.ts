import { randomBytes } from "node:crypto";
import type { Random } from "./seal.ts";
import { randomSymbols, symbols } from "./symbols.ts";

/**
 * A receipt opens a case without a name (P6): 19 unpredictable symbols (95 bits) and one check symbol, as
 * `7KQ2M-…`, four groups of five. The check is a weighted sum in the field of 32 elements, each place
 * with a weight of its own: every single wrong symbol, and every exchange of two symbols wherever they
 * stand, is told apart from a wrong code before anything is looked up.
 */
export function newReceipt(random: Random = randomBytes): string {
  const secret = randomSymbols(length - 1, random);
  // Times x once more and added to itself, the sum is nought: what `readReceipt` asks.
  return grouped(secret + symbols.charAt(timesX(sum(secret))));
}

/**
 * What a person typed, as `newReceipt` wrote it: case, spaces and dashes do not matter, and O, I and L are
 * read as 0, 1 and 1. `typo` when it cannot be a receipt.
 */
export function readReceipt(typed: string): { readonly ok: string } | { readonly typo: true } {
  const code = typed
    .replace(/[\s\p{Dash}]/gu, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  const isCode = code.length === length && [...code].every((symbol) => symbols.includes(symbol));
  return isCode && sum(code) === 0 ? { ok: grouped(code) } : { typo: true };
}

const length = 20;

function grouped(code: string): string {
  return code.match(/.{5}/g)?.join("-") ?? code;
}

/** Reads the symbols as a polynomial over GF(2⁵) and takes its value at x, a generator of the field. */
function sum(code: string): number {
  let value = 0;
  for (const symbol of code) value = timesX(value) ^ symbols.indexOf(symbol);
  return value;
}

/** Multiplies by x, modulo x⁵ + x² + 1. */
function timesX(value: number): number {
  const doubled = value << 1;
  return doubled >= 32 ? doubled ^ 0b100101 : doubled;
}
