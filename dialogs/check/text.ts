import type { Inputs } from "../core/event.ts";

/** A text on one line. */
export function textOf(input: Inputs[string] | undefined): string {
  return typeof input === "string" ? input.trim().replace(/\s+/g, " ") : "";
}

/** At most so many UTF-16 code units of a text, and no half of a sign: a platform may refuse that. */
export function cutTo(most: number, text: string): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}
