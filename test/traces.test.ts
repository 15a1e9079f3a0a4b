import fc from "fast-check";
import { composeIBAN } from "ibantools";
import { isValidPhoneNumber } from "libphonenumber-js/max";
import { passesElevenTest } from "../bots/traces/numbers.ts";
import { tracesIn, tracingIn } from "../bots/traces.ts";
import { contentLanguages } from "../content/words.ts";
import { type OwnName, replaced, type Trace, type TraceKind, traceKinds } from "../dialogs/core/own-words.ts";
import { content } from "./views.ts";

/** What in a text may show who somebody is: what is found, and what is not. */
const nobody: OwnName = { name: null, goesAlong: false };
const words = content.lexicon("nl");
const tracing = tracingIn(content);
const tracesOf = (text: string, own = nobody) => tracesIn(text, own, words);
const found = (text: string, own = nobody) =>
  tracesOf(text, own).map(({ kind, from, to }) => [kind, text.slice(from, to)]);

// ── what there is to find ───────────────────────────────────────────────────────────────────────────

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((some) => some.join(""));
const grouped = (text: string, sizes: readonly number[], between: string) => {
  let from = 0;
  const groups = sizes.map((size) => {
    from += size;
    return text.slice(from - size, from);
  });
  return [...groups, text.slice(from)].filter((group) => group !== "").join(between);
};

const mobile = digits(8).map((rest) => `06${rest}`);
const landline = fc
  .tuple(fc.constantFrom("010", "020", "030", "050", "070", "0115", "0512", "088"), digits(7))
  .map(([area, rest]) => (area + rest).slice(0, 10));
const phoneNotations: readonly ((national: string) => string)[] = [
  (one) => one,
  (one) => grouped(one, [2], "-"),
  (one) => grouped(one, [3], "-"),
  (one) => grouped(one, [2, 2, 2, 2], " "),
  (one) => grouped(one, [2, 2, 2, 2], "."),
  (one) => grouped(one, [3, 3, 2], " "),
  (one) => grouped(one, [3], " - "),
  (one) => `(${one.slice(0, 3)}) ${one.slice(3)}`,
  (one) => `+31${one.slice(1)}`,
  (one) => `+31 (0)${grouped(one.slice(1), [1], " ")}`,
  (one) => `+31-${grouped(one.slice(1), [1, 4], "-")}`,
  (one) => `0031${one.slice(1)}`,
  (one) => `0031 ${grouped(one.slice(1), [2, 3], " ")}`,
  (one) => `31${one.slice(1)}`,
];
const phone = fc
  .tuple(fc.oneof(mobile, landline), fc.constantFrom(...phoneNotations))
  .filter(([national]) => isValidPhoneNumber(national, "NL"))
  .map(([national, notation]) => notation(national));
const phoneAbroad = fc
  .tuple(fc.constantFrom("+32 4", "+49 151 ", "+44 7400 ", "+48 6", "0032 4", "0049 151 "), digits(8))
  .map(([country, rest]) => country + rest)
  .filter((number) => isValidPhoneNumber(number, "NL"));

const citizenNumber = fc
  .tuple(digits(8), fc.nat(9))
  .map(([first, last]) => first + last)
  .filter((nine) => passesElevenTest(nine) && !isValidPhoneNumber(nine, "NL"))
  .chain((nine) =>
    fc.constantFrom(
      nine,
      grouped(nine, [4, 2], "."),
      grouped(nine, [3, 3], " "),
      grouped(nine, [3, 2], "-"),
      grouped(nine, [2, 2, 2], " "),
    ),
  );

const bankDigits = (length: number) => digits(length).map((some) => some.replace(/^0/, "1"));
const account = fc
  .oneof(
    fc.tuple(fc.constantFrom("ABNA", "INGB", "RABO", "TRIO"), bankDigits(10)).map(([bank, rest]) => ({
      countryCode: "NL",
      bban: bank + rest,
    })),
    bankDigits(18).map((bban) => ({ countryCode: "DE", bban })),
  )
  .map((parts) => composeIBAN(parts))
  .filter((iban) => iban !== null)
  .chain((iban) =>
    fc.constantFrom(
      iban,
      iban.toLowerCase(),
      (iban.match(/.{1,4}/g) ?? []).join(" "),
      (iban.match(/.{1,4}/g) ?? []).join("."),
    ),
  );

const email = fc.emailAddress().filter((address) => /^[a-z0-9]/i.test(address));

const personName = fc.constantFrom(
  "Anna",
  "Anna de Vries",
  "Mohammed el Idrissi",
  "Anne-Marie O'Brien",
  "Çelik Yılmaz",
  "Jan van der Berg",
  "Zoë",
);
const introduced = fc
  .tuple(
    fc.constantFrom("mijn naam is ", "Mijn naam: ", "Ik heet ", "My name is ", "I am called ", "my name's "),
    personName,
  )
  .map(([before, name]) => ({ before, name }));

const before = fc.constantFrom(
  "",
  "Bel mij op ",
  "(",
  "nummer: ",
  "hij zei\n",
  "Op 3 maart schreef ik aan ",
  "via ",
);
const after = fc.constantFrom("", ".", ", graag", " en dan verder.", ")", "\nmeer", "? Ja", ": dat", "!");

/** Each kind with texts of it that must be found whole, anywhere in running text. */
const findable: readonly (readonly [TraceKind, fc.Arbitrary<string>])[] = [
  ["phone", phone],
  ["phone", phoneAbroad],
  ["citizenNumber", citizenNumber],
  ["account", account],
  ["email", email],
];

test.each(findable)("every %s is found whole in running text, in each of its notations", (kind, some) => {
  fc.assert(
    fc.property(some, before, after, (written, lead, tail) => {
      expect(found(lead + written + tail)).toEqual([[kind, written]]);
    }),
    { numRuns: 500 },
  );
});

test("a number after another is found as well, whatever stands between them", () => {
  const between = fc.constantFrom(", ", " of ", " / ", "; ", "\n", " en ");
  fc.assert(
    fc.property(phone, phone, between, (one, other, and) => {
      expect(found(one + and + other)).toEqual([
        ["phone", one],
        ["phone", other],
      ]);
    }),
  );
});

test("a name by which somebody introduces themselves is found, and wherever else it stands", () => {
  const tail = fc.constantFrom("", ".", ", en ik werk hier.", " en ik werk hier.", "\nDit is er gebeurd.");
  fc.assert(
    fc.property(introduced, tail, ({ before: lead, name }, end) => {
      expect(found(lead + name + end)).toEqual([["ownName", name]]);
      const [first = ""] = name.split(" ");
      expect(found(`${lead}${name}${end}\nToen riep hij ${first}.`)).toEqual([
        ["ownName", name],
        ["ownName", first],
      ]);
    }),
  );
});

test.each<[string, readonly string[]]>([
  ["Ik word gepest.\n\nGroeten, Anna", ["Anna"]],
  ["Met vriendelijke groet,\nA.B. van der Berg", ["A.B. van der Berg"]],
  ["Groetjes van sam", ["sam"]],
  ["Kind regards\n\nBob Smith\nFacilities", ["Bob Smith"]],
  ["ik heet anna en werk hier. Anna, zei hij, kom.", ["anna", "Anna"]],
  ["mijn naam is anna de vries.", ["anna de vries"]],
  ["Ik ben Anna Jansen, en Mevrouw Jansen zeggen ze nooit.", ["Anna Jansen", "Jansen"]],
  ["I'm called sam.", ["sam"]],
  ["Mijn naam is Anna de Vries. Hij riep: De Vries!", ["Anna de Vries", "De Vries"]],
])("%j names %j", (text, names) => {
  expect(found(text)).toEqual(names.map((name) => ["ownName", name]));
});

test.each([
  "Zijn naam is Piet de Wit.",
  "Ik ben Nederlander.",
  "Ik ben bang. Ik ben Anna's collega.",
  "Mijn naam is niet genoemd.",
  "Mijn naam is bekend.",
  "Mijn naam stond op het bord.",
  "Ik heet hem welkom.",
  "Hij deed me de groeten van Piet en liep door.",
  "Groeten allemaal",
  "My name is not on the list.",
  "I am called names every day",
  "I am tired.",
])("%j names nobody", (text) => {
  expect(found(text)).toEqual([]);
});

test("the name that somebody filled in before, and then did not want to give, is found in what they wrote", () => {
  const own = { name: "Anna de Vries", goesAlong: false };
  expect(found("Toen zei Anna dat mevrouw de Vries wegging.", own)).toEqual([
    ["ownName", "Anna"],
    ["ownName", "de Vries"],
  ]);
});

test("the name of somebody who gives it is not pointed out; what else is found, is", () => {
  const own = { name: "Anna", goesAlong: true };
  expect(found("Mijn naam is Anna, bel 06-12345678. Groeten, Anna", own)).toEqual([["phone", "06-12345678"]]);
});

// ── what there is not ───────────────────────────────────────────────────────────────────────────────

const two = (most: number, least = 0) =>
  fc.integer({ min: least, max: most }).map((nr) => String(nr).padStart(2, "0"));
const fullYear = fc.integer({ min: 1950, max: 2035 }).map(String);
const harmless = fc.oneof(
  // Days, with two digits of the year or four.
  fc
    .tuple(two(31, 1), two(12, 1), fullYear, fc.constantFrom("-", "/", "."))
    .map(([day, month, year, mark]) => [day, month, year].join(mark)),
  fc
    .tuple(
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1, max: 12 }),
      two(35),
      fc.constantFrom("-", "/"),
    )
    .map((parts) => parts.slice(0, 3).join(String(parts[3]))),
  fc.tuple(fullYear, two(12, 1), two(31, 1)).map((parts) => parts.join("-")),
  fc
    .tuple(two(31, 1), two(12, 1), fullYear, two(23), two(59))
    .map(([d, m, y, h, min]) => `${d}-${m}-${y} ${h}:${min}`),
  // Times.
  fc.tuple(two(23), two(59)).map((parts) => parts.join(":")),
  fc.tuple(two(23), two(59)).map((parts) => `${parts.join(".")} uur`),
  fc.tuple(two(23), two(59), two(23), two(59)).map(([a, b, c, d]) => `${a}:${b}-${c}:${d}`),
  // Case numbers.
  fc.constantFrom("V-7KQ2M", "V-3HXWD", "V-12345", "2026-001234", "zaak 2024-12345"),
  // Amounts.
  fc.integer({ min: 0, max: 999_999_999 }).map((euros) => `€ ${euros.toLocaleString("nl-NL")}`),
  fc.integer({ min: 0, max: 999_999 }).map((euros) => `${euros},50 euro`),
  // Postal codes, rooms and years.
  fc.tuple(fc.integer({ min: 1000, max: 9999 }), fc.constantFrom("AB", "XZ")).map((parts) => parts.join(" ")),
  fc.constantFrom("kamer 2.014", "kamer B2.014", "lokaal 012", "kamer 0.12", "gebouw 3, kamer 105"),
  fullYear,
  fc.tuple(fullYear, fullYear).map((years) => years.join("-")),
  fc.constantFrom("112", "113", "@anna", "a@b", "anna @ werk", "1e", "100%", "3x", "7", "artikel 7:611"),
);

test("days, times, case numbers, amounts, postal codes, rooms and years are not pointed out", () => {
  fc.assert(
    fc.property(
      fc.array(harmless, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(", ", " en ", "; ", " tot ", " "),
      before,
      after,
      (some, between, lead, tail) => {
        expect(found(lead + some.join(between) + tail)).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a text without digits and without @ has no number and no address in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const plain = text.replace(/[\p{N}@]/gu, "");
      expect(tracesOf(plain).filter(({ kind }) => kind !== "ownName")).toEqual([]);
    }),
  );
});

// ── whatever somebody writes ────────────────────────────────────────────────────────────────────────

const piece = fc.oneof(
  ...findable.map(([, some]) => some),
  introduced.map(({ before: lead, name }) => lead + name),
  fc.constantFrom(
    "Groeten,\nAnna",
    "groetjes sam",
    "Anna",
    "de Vries",
    "ik ben ",
    "mijn naam is",
    "+",
    "(",
    "]",
    "[naam]",
  ),
  harmless,
  digits(3),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const anyText = fc
  .array(fc.tuple(piece, fc.constantFrom(" ", "", "\n", ", ", ".", "-", "/", " en ")), { maxLength: 14 })
  .map((pieces) => pieces.flat().join(""));
const anyOwn = fc.record({
  name: fc.oneof(fc.constant(null), personName, fc.string({ unit: "grapheme", maxLength: 40 })),
  goesAlong: fc.boolean(),
});

test("findings are stretches of the text in order, without overlap, and always the same", () => {
  fc.assert(
    fc.property(anyText, anyOwn, (text, own) => {
      const traces = tracesOf(text, own);
      let end = 0;
      for (const { from, to } of traces) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        // Never half of a character.
        if (text.isWellFormed()) expect(text.slice(from, to).isWellFormed()).toBe(true);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(tracesOf(text, own)).toEqual(traces);
      if (own.goesAlong) expect(traces.map(({ kind }) => kind)).not.toContain("ownName");
    }),
    { numRuns: 1000 },
  );
});

test("replacing leaves everything else as it was", () => {
  fc.assert(
    fc.property(anyText, fc.infiniteStream(fc.boolean()), (text, choices) => {
      const chosen = tracesOf(text).filter(() => choices.next().value);
      const left = replaced(text, chosen, (kind) => `<${kind}>`);
      // What was left, in order, and a word for each that was taken out.
      let rest = text;
      let made = "";
      for (const { from, to, kind } of [...chosen].reverse()) {
        made = `<${kind}>${rest.slice(to)}${made}`;
        rest = rest.slice(0, from);
      }
      expect(left).toBe(rest + made);
      if (chosen.length === 0) expect(left).toBe(text);
    }),
  );
});

test.each(contentLanguages)("nothing is found any more once everything is replaced, in %s", (language) => {
  const general = (text: string, traces: readonly Trace[]) =>
    replaced(text, traces, (kind) => tracing.instead(kind, language));
  fc.assert(
    fc.property(anyText, (text) => {
      const once = general(text, tracesOf(text));
      expect(found(once)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test("the words that stand for something are different, and in brackets", () => {
  for (const language of contentLanguages) {
    const all = traceKinds.map((kind) => tracing.instead(kind, language));
    expect(new Set(all).size).toBe(traceKinds.length);
    for (const word of all) expect(word).toMatch(/^\[\p{L}[\p{L} -]+\]$/u);
  }
});

test.each<[string, string]>([
  ["one digit", "1".repeat(3000)],
  ["noughts apart", "0 ".repeat(1500)],
  ["short groups", "01 ".repeat(1000)],
  ["short groups from abroad", "+4 1 ".repeat(600)],
  ["long groups", "00316123 ".repeat(330)],
  ["noughts in brackets", "(0)-".repeat(750)],
  ["at-signs", "a@".repeat(1500)],
  ["one long word before an at-sign", `${"a".repeat(2990)}@a.nl`],
  ["dots", `@${"a.".repeat(1490)}`],
  ["capitals", `Mijn naam is ${"A".repeat(2900)}`],
  ["particles", `Mijn naam is ${"De ".repeat(900)}`],
  ["initials", `Ik heet ${"A.".repeat(1400)}`],
  ["greetings", "groeten ".repeat(370)],
  ["names", "mijn naam is Anna ".repeat(160)],
  ["accounts", "NL91 ".repeat(600)],
  ["amounts", `${"1.".repeat(1400)} eur`],
])("%s are looked through well within a turn", (_, text) => {
  const start = performance.now();
  tracesOf(text);
  expect(performance.now() - start).toBeLessThan(1500);
});
