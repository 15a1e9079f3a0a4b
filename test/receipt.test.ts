import fc from "fast-check";
import { newReceipt, readReceipt } from "../cases/receipt.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const receipts = fc
  .uint8Array({ minLength: 19, maxLength: 19 })
  .map((bytes) => newReceipt((count) => bytes.subarray(0, count)));
const places = fc.nat({ max: 19 });

/** A receipt without its dashes, as a list to change. */
function symbolsOf(receipt: string): string[] {
  return [...receipt.replaceAll("-", "")];
}

test("a receipt is four groups of five symbols without look-alikes", () => {
  fc.assert(
    fc.property(receipts, (receipt) => /^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/.test(receipt)),
  );
});

test("all of its 95 random bits are in it", () => {
  const five = (bytes: Uint8Array) => [...bytes].map((byte) => byte % 32).join();
  const bytes = fc.uint8Array({ minLength: 19, maxLength: 19 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      fc.pre(five(one) !== five(other));
      expect(newReceipt(() => one)).not.toBe(newReceipt(() => other));
    }),
  );
  expect(new Set(Array.from({ length: 2000 }, () => newReceipt())).size).toBe(2000);
});

test("it is read as it was written", () => {
  fc.assert(fc.property(receipts, (receipt) => expect(readReceipt(receipt)).toEqual({ ok: receipt })));
});

test("case, spaces, dashes and look-alikes do not matter", () => {
  const typed = receipts.chain((receipt) =>
    fc
      .tuple(
        fc.array(fc.constantFrom("", " ", "-", "–", "−", "\u00a0", "\n"), { minLength: 20, maxLength: 20 }),
        fc.infiniteStream(fc.constantFrom("O", "o", "0")),
        fc.infiniteStream(fc.constantFrom("I", "i", "L", "l", "1")),
        fc.boolean(),
      )
      .map(([gaps, noughts, ones, lower]) => ({
        receipt,
        typed: symbolsOf(receipt)
          .map((symbol, at) => {
            const cased = lower ? symbol.toLowerCase() : symbol;
            const written =
              symbol === "0" ? noughts.next().value : symbol === "1" ? ones.next().value : cased;
            return gaps[at] + written;
          })
          .join(""),
      })),
  );
  fc.assert(fc.property(typed, (given) => expect(readReceipt(given.typed)).toEqual({ ok: given.receipt })));
});

test("every single wrong symbol is a typo", () => {
  fc.assert(
    fc.property(receipts, places, fc.constantFrom(...alphabet), (receipt, at, symbol) => {
      const changed = symbolsOf(receipt);
      fc.pre(changed[at] !== symbol);
      changed[at] = symbol;
      expect(readReceipt(changed.join(""))).toEqual({ typo: true });
    }),
    { numRuns: 2000 },
  );
});

test("every exchange of two symbols is a typo, next to each other or not", () => {
  fc.assert(
    fc.property(receipts, places, places, (receipt, one, other) => {
      const changed = symbolsOf(receipt);
      const [first, second] = [changed[one] ?? "", changed[other] ?? ""];
      fc.pre(first !== second);
      changed[one] = second;
      changed[other] = first;
      expect(readReceipt(changed.join(""))).toEqual({ typo: true });
    }),
    { numRuns: 2000 },
  );
});

test("a symbol too few or too many, or one that is in no receipt, is a typo", () => {
  fc.assert(
    fc.property(receipts, places, fc.constantFrom(..."U!é🙂*"), (receipt, at, stranger) => {
      const given = symbolsOf(receipt);
      expect(readReceipt(given.toSpliced(at, 1).join(""))).toEqual({ typo: true });
      expect(readReceipt(given.toSpliced(at, 0, "0").join(""))).toEqual({ typo: true });
      expect(readReceipt(given.toSpliced(at, 1, stranger).join(""))).toEqual({ typo: true });
    }),
  );
});

test("whatever else is typed is a typo, and nothing throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => expect(readReceipt(typed)).toEqual({ typo: true })),
  );
  expect(readReceipt("0".repeat(100_000))).toEqual({ typo: true });
});
