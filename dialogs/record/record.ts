import { z } from "zod";

/** Something that somebody wrote down for themselves, with its time stamp. */
export const Entry = z.object({
  /** Opaque; forms call it so. */
  id: z.string(),
  /** The form it was written in: the same form and text are kept once. */
  form: z.string(),
  /** When it was written down, Unix ms. */
  at: z.number(),
  text: z.string(),
  /** The key of its stamp; see `cases/stamp.ts`. */
  key: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/**
 * What one person wrote down first, to decide later: entries, oldest first. Nobody else can open it, and
 * nothing happens with it unless they say so.
 */
export const PrivateRecord = z.object({ entries: z.array(Entry).readonly() });
export type PrivateRecord = z.infer<typeof PrivateRecord>;

/** An entry that goes along with a report, as it was when it was chosen. `key`: null once words in it were replaced. */
export const Enclosed = z.object({
  entry: z.string(),
  at: z.number(),
  text: z.string(),
  key: z.string().nullable(),
});
export type Enclosed = z.infer<typeof Enclosed>;

/** Longest text of an entry: with its date and stamp it fits in a field to copy it from. */
export const longestEntry = 2800;
/** So many are kept: more than two years of one a week. */
export const mostEntries = 120;
/** So many go along with one report. */
export const mostEnclosed = 10;
/** Slack shows ten options. */
export const entriesOnForm = 10;

/** A text in pieces that fit in an entry each: parted between paragraphs, lines or words where there are any. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longestEntry) {
    const head = rest.slice(0, longestEntry);
    const at = [head.lastIndexOf("\n\n"), head.lastIndexOf("\n"), head.lastIndexOf(" ")].find(
      (index) => index > longestEntry / 2,
    );
    // No character is cut in two.
    const whole = head.codePointAt(longestEntry - 1) ?? 0;
    const end = at ?? (whole >= 0xd800 && whole <= 0xdbff ? longestEntry - 1 : longestEntry);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? pieces : [...pieces, rest];
}
