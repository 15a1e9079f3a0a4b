import type { Lexicon } from "../../content/lexicon.ts";
import type { Span } from "./numbers.ts";

/** How somebody's own name is known. */
export type NamingWords = Pick<Lexicon, "naming" | "presenting" | "signing" | "notNames">;

/**
 * The reporter's own name: what stands after "my name is" or under a greeting, what they filled in as their
 * name before, and the same names elsewhere in the text.
 */
export function ownNames(text: string, known: string | null, words: NamingWords): readonly Span[] {
  const introduced = [
    ...after(text, words.naming, `(?<cased>${name})|${lowerName}(?=${nameEnds})`, words.notNames),
    ...after(text, words.presenting, `(?<cased>${fullName})`, words.notNames),
    ...signed(text, words),
  ];
  const names = [
    ...introduced.map(({ from, to }) => text.slice(from, to)),
    ...(known === null ? [] : [known]),
  ];
  const elsewhere = partsOf(names, words.notNames);
  return [...introduced, ...(elsewhere.length === 0 ? [] : mentions(text, elsewhere))];
}

const particles =
  "van|de|den|der|het|'t|ter|ten|te|von|zu|el|al|bin|ben|ibn|di|da|dos|del|la|le|du|y|Van|De|Den|Der|Het|Ter|Ten|Te|El|Al|La|Le";
/** Anna, O'Brien, Anne-Marie, A.B. */
const unit = String.raw`(?:\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{Lu}[\p{L}\p{M}]*)*(?![\p{L}\p{N}])(?:(?<=(?<!\p{L})\p{Lu})\.(?:\p{Lu}\.)*)?)`;
const linked = String.raw`(?:[ \t]+(?:(?:${particles})[ \t]+){0,3}${unit})`;
const name = `${unit}${linked}{0,4}`;
const fullName = `${unit}${linked}{1,4}`;
/** As people type it on a telephone: one word, with a surname where a particle shows that it is one. */
const lowerWord = String.raw`\p{L}[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)?`;
const lowerName = String.raw`${lowerWord}(?:(?:[ \t]+(?:${particles})){1,3}[ \t]+${lowerWord})?`;
const nameEnds = String.raw`[ \t]*(?:[,.;:!?()\n]|$)|[ \t]+(?:en|and|ik|i)(?![\p{L}\p{N}])`;

const surname = new RegExp(String.raw`(?<![\p{L}\p{M}])(?:(?:${particles})[ \t]+)+${lowerWord}`, "gu");

/** A list's phrases, the longest first, in whatever case and with whatever marks between their words. */
function phrase(list: readonly string[]): string {
  const each = [...list]
    .sort((one, other) => other.length - one.length)
    .map((words) => words.split(" ").join(String.raw`(?:[ \t]+|['’]|[ \t]?[-/][ \t]?)`));
  return String.raw`(?<![\p{L}\p{N}])(?:${each.join("|")})(?![\p{L}\p{N}])`;
}

/** What stands right after one of these phrases, where it has the form of a name. */
function after(
  text: string,
  list: readonly string[],
  form: string,
  notNames: readonly string[],
): readonly Span[] {
  const found: Span[] = [];
  const stands = new RegExp(String.raw`[ \t]*[:,]?[ \t]*["“'‘(]?(?<name>${form})`, "uy");
  for (const { 0: said, index } of text.matchAll(new RegExp(phrase(list), "giu"))) {
    stands.lastIndex = index + said.length;
    const match = stands.exec(text);
    const given = match?.groups?.name;
    if (!match || given === undefined || isNoName(given, notNames)) continue;
    const to = stands.lastIndex;
    found.push({ from: to - given.length, to });
  }
  return found;
}

/** The name under a greeting: what is left of that line, or the line after it. */
function signed(text: string, { signing, notNames }: NamingWords): readonly Span[] {
  const form = String.raw`(?:${name}|${lowerName})(?=[ \t.!]*(?:\n|$))`;
  const found: Span[] = [];
  const stands = new RegExp(String.raw`[ \t]*[,.!:]?[ \t]*\n?\n?[ \t]*(?<name>${form})`, "uy");
  for (const { 0: said, index } of text.matchAll(new RegExp(phrase(signing), "giu"))) {
    stands.lastIndex = index + said.length;
    const given = stands.exec(text)?.groups?.name;
    if (given === undefined || isNoName(given, notNames)) continue;
    found.push({ from: stands.lastIndex - given.length, to: stands.lastIndex });
  }
  return found;
}

function isNoName(given: string, notNames: readonly string[]): boolean {
  return notNames.includes((given.split(/[ \t]/)[0] ?? "").toLowerCase());
}

/** First names, and surnames with and without what stands before them; not initials. */
function partsOf(names: readonly string[], notNames: readonly string[]): readonly string[] {
  const surnames = names.flatMap((one) => one.match(surname) ?? []);
  const between = new Set(particles.toLowerCase().split("|"));
  const parts = names
    .flatMap((one) => one.split(/[^\p{L}\p{M}'’-]+/u))
    .map((part) => part.replace(/^['’-]+|['’-]+$/g, ""))
    .filter((part) => [...part].length > 1 && !between.has(part.toLowerCase()) && !isNoName(part, notNames));
  const capitals = [...surnames, ...parts].map((part) =>
    part.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
  );
  return [...new Set([...surnames, ...parts, ...capitals])];
}

/** Where these names stand: together where they follow each other. */
function mentions(text: string, parts: readonly string[]): readonly Span[] {
  const each = [...parts].sort((one, other) => other.length - one.length);
  const one = String.raw`(?:${each.join("|")})(?![\p{L}\p{M}\p{N}])`;
  const pattern = String.raw`(?<![\p{L}\p{M}\p{N}])${one}(?:[ \t]+(?:(?:${particles})[ \t]+){0,3}${one})*`;
  return [...text.matchAll(new RegExp(pattern, "gu"))].map(({ 0: { length }, index }) => ({
    from: index,
    to: index + length,
  }));
}
