/** Stands in for what the fonts cannot draw. */
export const undrawableSign = "\uFFFD";

/** What all four fonts have: Latin with its accents, Greek, Cyrillic and common signs. A test holds it to the fonts. */
const drawn =
  /^(?:\u0300|\u0301|\u0303|\u0309|\u0323|[\n\x20-\x7E\xA0-\xAC\xAE-\u017F\u018F\u0192\u01A0\u01A1\u01AF\u01B0\u01FA-\u01FF\u0218-\u021B\u0259\u02BC\u02C6\u02C7\u02C9\u02D8-\u02DD\u0384-\u038A\u038C\u038E-\u03A1\u03A3-\u03CE\u0400-\u0486\u0488-\u0513\u1E80-\u1E85\u1E9E\u1EA0-\u1EF9\u2010\u2011\u2013-\u2015\u2017-\u201E\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203A\u203C\u2044\u2070\u2074-\u208E\u20A3\u20A4\u20A6-\u20AC\u20B1\u2105\u2113\u2116\u2122\u2126\u212E\u215B-\u215E\u2202\u2206\u220F\u2211\u2212\u221A\u221E\u222B\u2248\u2260\u2264\u2265\u25A0\u25CA\u25CB\uFFFD])$/u;

/** Most texts, which need no looking at letter by letter. */
const usual = /^[\n\x20-\x7E\xA0-\xAC\xAE-\u017F\u2013\u2018-\u201D]*$/;

/** Signs that people type and the fonts lack, by what says the same. */
const saidSo: Readonly<Record<string, string>> = {
  "\t": " ",
  "→": "->",
  "←": "<-",
  "⇒": "=>",
  "✓": "v",
  "✔": "v",
  "✗": "x",
  "✘": "x",
  "▪": "•",
  "●": "•",
  "◦": "•",
  "‣": "•",
  "⁃": "-",
  "‒": "–",
};

/** More accents than these on one letter are a prank that would run over the lines above. */
const mostAccents = 2;

const letters = new Intl.Segmenter("nl", { granularity: "grapheme" });

/** The text with a visible sign for each character that the fonts lack, and without those that cannot be seen. */
export function drawable(text: string): string {
  const plain = text.normalize("NFC").replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n");
  if (usual.test(plain)) return plain;
  let result = "";
  for (const { segment } of letters.segment(plain)) result += drawableLetter(segment);
  return result;
}

function drawableLetter(letter: string): string {
  // Joiners, marks of direction and other characters that only change how the rest is shown.
  const [base = "", ...accents] = letter.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "");
  const kept = accents.filter((accent) => drawn.test(accent)).slice(0, mostAccents);
  if (drawn.test(base)) return base + kept.join("");
  if (Object.hasOwn(saidSo, base)) return saidSo[base] ?? "";
  // Letters in another width or style, such as "＝" and "𝐁".
  const same = base.normalize("NFKC");
  if (same !== "" && [...same].every((char) => drawn.test(char))) return same;
  return base === "" || /\p{Cc}/u.test(base) ? "" : undrawableSign;
}

/** The same of every text in a value, so that none can be forgotten. */
export function allDrawable<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === "string") return drawable(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner)]));
}
