import { createHmac, randomBytes } from "node:crypto";
import type { Random } from "./seal.ts";

/** A text with the time it was written down, and the key that its stamp was made with. */
export interface Stamped {
  /** Unix ms. */
  readonly at: number;
  readonly text: string;
  /** 32 random bytes as base64url, used for this text alone. */
  readonly key: string;
}

/** A key for one stamp. */
export function newStampKey(random: Random = randomBytes): string {
  return Buffer.from(random(32)).toString("base64url");
}

/**
 * The digest that a line of the audit log carries: HMAC-SHA256 of time and text under the stamp's own key.
 * Who has text, time and key can show that this is what was stamped; who has not, learns nothing from it, and
 * cannot try out words, with all keys of the service either: this one lies with the text and goes with it.
 */
export function stampOf({ at, text, key }: Stamped): string {
  return createHmac("sha256", Buffer.from(key, "base64url"))
    .update(JSON.stringify([at, text]), "utf8")
    .digest("base64url");
}

/** The line under a text that was copied: a word in some language, the time and the key. */
const mark = /\[\p{L}+ (\d{10,16}) ([\w-]{43})\]/gu;

/**
 * The texts in what was copied out of a private record: each between its first line, which says when, and the
 * line with its stamp. Spaces and empty lines around it do not count.
 */
export function stampedIn(copied: string): readonly Stamped[] {
  const found: Stamped[] = [];
  let from = 0;
  for (const { 0: line, 1: at = "", 2: key = "", index } of copied.matchAll(mark)) {
    const [, ...rest] = copied.slice(from, index).replaceAll("\r\n", "\n").trim().split("\n");
    found.push({ at: Number(at), key, text: rest.join("\n").trim() });
    from = index + line.length;
  }
  return found;
}
