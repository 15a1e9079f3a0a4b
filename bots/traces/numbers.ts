import { getCountrySpecifications, isValidIBAN } from "ibantools";
import { isValidPhoneNumber } from "libphonenumber-js/max";

/** Where something stands in a text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** E-mail addresses: what stands around an `@` and ends in a domain with a dot. */
export function emails(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let sign = text.indexOf("@"); sign !== -1; sign = text.indexOf("@", sign + 1)) {
    const before = text.slice(found.at(-1)?.to ?? 0, sign);
    // Marks in front of it are those of the sentence.
    const local = /[\p{L}\p{N}][\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]*$/u.exec(trailing(before))?.[0];
    const domain =
      /^(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})/iu.exec(
        text.slice(sign + 1, sign + 1 + longestDomain),
      )?.[0];
    if (local && domain) found.push({ from: sign - local.length, to: sign + 1 + domain.length });
  }
  return found;
}

const longestDomain = 255;

/** The end of a text that may be the first part of an address; one that is longer is none. */
function trailing(text: string): string {
  const end = text.slice(-longestLocal);
  return end.charCodeAt(0) >= 0xdc00 && end.charCodeAt(0) <= 0xdfff ? end.slice(1) : end;
}

const longestLocal = 128;

/** Bank accounts, written together or in groups; `ibantools` knows how long each country's are, and the check digits. */
export function accounts(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}])\p{L}{2}[ .-]?\d[ .-]?\d/gu)) {
    if (index < (found.at(-1)?.to ?? 0)) continue;
    const country = text.slice(index, index + 2).toUpperCase();
    const length = specifications[country]?.chars;
    const written = length ? taken(text, index, length) : null;
    if (written && isValidIBAN(written.replace(/[ .-]/g, "").toUpperCase()))
      found.push({ from: index, to: index + written.length });
  }
  return found;
}

const specifications: Readonly<Record<string, { readonly chars: number | null }>> =
  getCountrySpecifications();

/** So many letters and digits from there, with at most one separator in between, and no other after them. */
function taken(text: string, from: number, count: number): string | null {
  const pattern = new RegExp(`[A-Z0-9](?:[ .-]?[A-Z0-9]){${count - 1}}(?![\\p{L}\\p{N}])`, "iuy");
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? null;
}

/**
 * Telephone numbers. Where one begins and ends is ours: in running text the library takes a number and the
 * next one together, and reads any nine digits as Dutch ones. Whether it is one is the library's.
 */
export function phones(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index } of text.matchAll(phoneStart)) {
    const last = found.at(-1)?.to ?? 0;
    if (index < last) continue;
    // In the middle of other digits, such as a day's, none begins; right after another number one does.
    if (/\p{N}[-./,:]$/u.test(text.slice(Math.max(0, index - 3), index)) && index !== last + 1) continue;
    const to = phoneEnd(text, index);
    if (to === null) continue;
    // A bracket that is not closed within the number is the sentence's.
    const written = text.slice(index, to);
    const open = written.startsWith("(") && written.split("(").length > written.split(")").length;
    found.push({ from: open ? index + 1 : index, to });
  }
  return found;
}

/** Abroad with + or 00, at home with 0; or as messengers write it, with the country and without either. */
const phoneStart = /(?<![\p{L}\p{N}+@])(?:\(?\+ ?\d|\(?0|31(?=\d{9}(?!\d)))/gu;
/** Between two groups of a number. Never a new line, and no comma. */
const separator = /[ \t\u00a0]{0,2}[-‐-―./()]{0,2}[ \t\u00a0]{0,2}(?=\d)/uy;
const fewestDigits = 8;
const mostDigits = 17;
/** Of a Dutch number as it is written at home: 0800 and seven more. */
const mostAtHome = 11;
/** "+31 (0)6 12 34 56 78" has seven. More is a row of other numbers, and looking on costs time. */
const mostGroups = 8;

/** The end of the longest number that begins there; null where none does. */
function phoneEnd(text: string, from: number): number | null {
  let digits = "";
  let groups = 0;
  let end: number | null = null;
  const plus = /^\(?\+/.test(text.slice(from, from + 2));
  for (let at = from + (/^\(?\+?/.exec(text.slice(from, from + 2))?.[0].length ?? 0); at < text.length; ) {
    separator.lastIndex = at;
    const between =
      digits === "" ? (/^ ?/.exec(text.slice(at, at + 1))?.[0] ?? "") : separator.exec(text)?.[0];
    if (between === undefined) break;
    const group = /^\d+/.exec(text.slice(at + between.length, at + between.length + mostDigits + 1))?.[0];
    if (group === undefined) break;
    digits += group;
    at += between.length + group.length;
    groups += 1;
    if (groups > mostGroups || digits.length > (atHome(digits, plus) ? mostAtHome : mostDigits)) break;
    if (digits.length < fewestDigits || /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2))) continue;
    const national = digits.startsWith("31") ? `+${digits}` : digits;
    if (isValidPhoneNumber(plus ? `+${digits}` : national, "NL")) end = at;
  }
  return end;
}

function atHome(digits: string, plus: boolean): boolean {
  return !plus && /^0(?!0)/.test(digits);
}

/** Dutch citizen service numbers: nine digits that pass the eleven-test, together or in three or four groups. */
export function citizenNumbers(text: string): readonly Span[] {
  return [...text.matchAll(nineDigits)].flatMap(({ 0: written, index }) => {
    const digits = written.replace(/\D/g, "");
    return digits.length === 9 && passesElevenTest(digits)
      ? [{ from: index, to: index + written.length }]
      : [];
  });
}

const nineDigits =
  /(?<![\p{L}\p{N}])(?<!\p{N}[ .,-])(?:\d{9}|\d{2,4}([ .-])\d{2,4}\1\d{2,4}(?:\1\d{2,4})?)(?![\p{L}\p{N}])(?![ .,-]\p{N})/gu;

/** The sum of each digit times 9 to 2, less the last digit, is a multiple of eleven; not all are nought. */
export function passesElevenTest(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, nr) => total + Number(digit) * (nr === 8 ? -1 : 9 - nr), 0);
  return sum % 11 === 0 && /[1-9]/.test(digits);
}

/** Days, times and amounts of money: digits that say when and how much, and nothing of who. */
export function daysTimesAmounts(text: string): readonly Span[] {
  return [...text.matchAll(dayTimeAmount)].map(({ 0: { length }, index }) => ({
    from: index,
    to: index + length,
  }));
}

const day = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const month = `(?:0?[1-9]|1[0-2])`;
const year = String.raw`(?:19|20)\d\d`;
const dayTimeAmount = new RegExp(
  [
    // A year says that it is a day; with two digits of it, a number must not go on after them.
    String.raw`(?<![\p{L}\p{N}+]|\p{N}[-./])${day}([-./ ])${month}\1${year}(?![\p{L}\p{N}]|[-./]\d)`,
    String.raw`(?<![\p{L}\p{N}]|\p{N}[-./])${year}([-./ ])${month}\2${day}(?![\p{L}\p{N}])`,
    String.raw`(?<![\p{L}\p{N}]|\p{N}[-./ ])${day}([-./])${month}\3\d\d(?![\p{L}\p{N}]|[-./ ]\d)`,
    String.raw`(?<![\p{L}\p{N}]|\p{N}[.])(?:[01]?\d|2[0-3])(?::[0-5]\d){1,2}(?![\p{L}\p{N}])`,
    String.raw`(?<![\p{L}\p{N}]|\p{N}[.])(?:[01]?\d|2[0-3])\.[0-5]\d(?=\s*(?:uur|u|h|am|pm)(?![\p{L}\p{N}]))`,
    String.raw`(?:€|\beur\b)\s{0,2}\d(?:[.,]?\d)*`,
    String.raw`(?<![\p{L}\p{N}])\d(?:[.,]?\d)*\s{0,2}(?:euros?\b|(?:€|eur\b)(?!\s?\d))`,
  ].join("|"),
  "giu",
);
