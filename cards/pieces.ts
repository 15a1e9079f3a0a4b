import type { Input } from "./view.ts";

/** Slack takes no longer text in a field. */
export const longestField = 3000;

const between = "\n\n";

/**
 * A text of several pieces to copy, in as few fields as it fits in: no piece is parted. Throws a `RangeError`
 * for a piece that fits in none.
 */
export function fieldsToCopy(
  id: string,
  pieces: readonly string[],
  labels: { readonly first: string; readonly more: string; readonly hint: string },
): readonly Input[] {
  const texts: string[] = [];
  for (const piece of pieces) {
    if (piece.length > longestField) throw new RangeError("a piece that fits in no field");
    const last = texts.at(-1);
    const together = last === undefined ? piece : `${last}${between}${piece}`;
    if (last === undefined || together.length > longestField) texts.push(piece);
    else texts[texts.length - 1] = together;
  }
  return texts.map((value, nr) => ({
    type: "text",
    id: `${id}${nr}`,
    label: nr === 0 ? labels.first : labels.more,
    hint: nr === texts.length - 1 ? labels.hint : null,
    multiline: true,
    maxLength: longestField,
    value,
  }));
}
