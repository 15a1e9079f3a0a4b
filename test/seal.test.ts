import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { KeyRingFault, newKeyRing, type Purpose, parseKeyRing } from "../cases/keys.ts";
import { newCaseNumber } from "../cases/number.ts";
import { pseudonymOf } from "../cases/pseudonym.ts";
import { newCaseKey, openWith, SealBroken, type Sealed, sealWith } from "../cases/seal.ts";

const canary = "the canary sang at noon";
const purposes: readonly Purpose[] = [
  "draft",
  "content",
  "link",
  "outbox",
  "message-ref",
  "pseudonym",
  "person",
];

function keyText(): string {
  return randomBytes(32).toString("base64url");
}

/** Two rings of one service: before and after a new key was added and made the current one. */
function rotated() {
  const [k1, k2] = [keyText(), keyText()];
  return {
    before: parseKeyRing(JSON.stringify({ current: "k1", keys: { k1 } })),
    after: parseKeyRing(JSON.stringify({ current: "k2", keys: { k1, k2 } })),
    without: parseKeyRing(JSON.stringify({ current: "k2", keys: { k2 } })),
  };
}

function codeOf(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof SealBroken) {
      expect(inspect(error)).not.toContain("canary");
      return error.code;
    }
    throw error;
  }
  return "opened";
}

/** Every text that differs from this one in one place. */
function* tampered(sealed: string): Iterable<Sealed> {
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === "A" ? "B" : "A";
    yield (sealed.slice(0, at) + other + sealed.slice(at + 1)) as Sealed;
    yield (sealed.slice(0, at) + sealed.slice(at + 1)) as Sealed;
  }
}

describe("the key ring", () => {
  const ring = parseKeyRing(newKeyRing());

  test("opens what it sealed, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string(),
        fc.constantFrom(...purposes),
        (plain, aad, purpose) => {
          expect(ring.open(purpose, aad, ring.seal(purpose, aad, plain))).toBe(plain);
        },
      ),
    );
  });

  test("never seals a text to the same bytes twice, and shows nothing of it", () => {
    const sealed = Array.from({ length: 1000 }, () => ring.seal("draft", "row", canary));
    expect(new Set(sealed).size).toBe(sealed.length);
    expect(Buffer.from(sealed.join(""), "base64url").includes("canary")).toBe(false);
  });

  test("opens nothing under another purpose, row or ring", () => {
    const sealed = ring.seal("content", "case/1/report", canary);
    for (const purpose of purposes.filter((other) => other !== "content")) {
      expect(codeOf(() => ring.open(purpose, "case/1/report", sealed))).toBe("broken");
    }
    expect(codeOf(() => ring.open("content", "case/2/report", sealed))).toBe("broken");
    expect(codeOf(() => parseKeyRing(newKeyRing()).open("content", "case/1/report", sealed))).toBe("broken");
  });

  test("opens nothing that was changed, in any place", () => {
    const sealed = ring.seal("draft", "row", canary);
    for (const changed of tampered(sealed)) {
      expect(codeOf(() => ring.open("draft", "row", changed))).not.toBe("opened");
    }
    for (const rubbish of ["", ".", "r1.k1.", "r1.k1.AAAA", `${sealed}.`, `${sealed}=`, canary]) {
      expect(codeOf(() => ring.open("draft", "row", rubbish as Sealed))).not.toBe("opened");
    }
  });

  test("does not take the parts of a binding for other parts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (aad, other) => {
        fc.pre(aad !== other);
        expect(codeOf(() => ring.open("draft", other, ring.seal("draft", aad, "")))).toBe("broken");
      }),
    );
  });

  test("wraps a case's key, and takes no sealed text for a key", () => {
    const key = newCaseKey();
    const wrapped = ring.wrap("content", "case/1", key);
    expect(ring.unwrap("content", "case/1", wrapped).equals(key)).toBe(true);
    expect(codeOf(() => ring.unwrap("link", "case/1", wrapped))).toBe("broken");
    expect(codeOf(() => ring.unwrap("content", "case/2", wrapped))).toBe("broken");
    expect(codeOf(() => ring.unwrap("content", "case/1", ring.seal("content", "case/1", canary)))).toBe(
      "broken",
    );
    expect(codeOf(() => ring.open("content", "case/1", wrapped))).toBe("broken");
  });

  test("hashes equal values alike for one purpose only", () => {
    const hashes = purposes.map((purpose) => ring.lookup(purpose, "29:someone"));
    expect(new Set(hashes).size).toBe(purposes.length);
    expect(ring.lookup("person", "29:someone")).toBe(ring.lookup("person", "29:someone"));
    expect(ring.lookup("person", "29:someone")).not.toBe(
      parseKeyRing(newKeyRing()).lookup("person", "29:someone"),
    );
    expect(hashes.every((hash) => /^[\w-]{43}$/.test(hash))).toBe(true);
  });

  test("after a new key opens and finds what was written before, and writes under the new one", () => {
    const { before, after, without } = rotated();
    const old = before.seal("draft", "row", canary);
    expect(after.open("draft", "row", old)).toBe(canary);
    expect(codeOf(() => without.open("draft", "row", old))).toBe("unknownKey");
    expect(without.open("draft", "row", after.seal("draft", "row", canary))).toBe(canary);
    expect(after.lookups("person", "29:someone")).toEqual([
      without.lookup("person", "29:someone"),
      before.lookup("person", "29:someone"),
    ]);
    expect(after.lookup("person", "29:someone")).toBe(without.lookup("person", "29:someone"));
  });

  test("does not take one version's seal for another's", () => {
    const { before, after } = rotated();
    const relabelled = before.seal("draft", "row", canary).replace("k1", "k2") as Sealed;
    expect(codeOf(() => after.open("draft", "row", relabelled))).toBe("broken");
  });

  test("prints no key", () => {
    const text = newKeyRing();
    const secret = JSON.parse(text).keys.k1;
    const opened = parseKeyRing(text);
    opened.seal("draft", "row", canary);
    for (const shown of [inspect(opened, { depth: 9, showHidden: true }), JSON.stringify(opened)]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(Buffer.from(secret, "base64url").toString("hex"));
    }
  });

  test("takes its chance from outside", () => {
    const fixed = (bytes: number) => new Uint8Array(bytes).fill(7);
    const text = newKeyRing(fixed);
    expect(newKeyRing(fixed)).toBe(text);
    expect(parseKeyRing(text, fixed).seal("draft", "row", canary)).toBe(
      parseKeyRing(text, fixed).seal("draft", "row", canary),
    );
  });
});

test("seals open in later releases: the format is for ever", () => {
  const ring = parseKeyRing('{"current":"k1","keys":{"k1":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}}');
  expect(ring.open("draft", "row", "r1.k1.6DLel-beLVyQI45LWeM3o9lh9RnlXVHw4HRFyDBFWihpcl0" as Sealed)).toBe(
    "bewaard",
  );
  const key = ring.unwrap(
    "content",
    "case",
    "r1.k1.URfPvlVMwy-OxqFtwpO2OhR58lm3AMK7HDJ59wXkJLP9qjRnQBXEytLzhufOWpCU9cZn9OsBSaSJsQBp" as Sealed,
  );
  expect(openWith(key, "report", "c1.43ECS39fvA6IUNeioh7D6dpfuKDv5_Qjl7ys2lQthZ7NyAk" as Sealed)).toBe(
    "bewaard",
  );
  expect(ring.lookup("receipt", "code")).toBe("V5R4YkRoDRab4V0z3rU3dynNgD-9UxPYirMv6yH2U4U");
});

describe("a key ring with mistakes is refused, one line each, quoting no key", () => {
  const good = keyText();
  const short = randomBytes(31).toString("base64url");
  const cases: readonly [string, unknown, readonly string[]][] = [
    [
      "an unknown current key",
      { current: "k2", keys: { k1: good } },
      ["current: the current key is not among the keys"],
    ],
    ["a short key", { current: "k1", keys: { k1: short } }, ["keys: a key is 32 bytes as base64url"]],
    ["a hex key", { current: "k1", keys: { k1: "0f".repeat(32) } }, ["keys: a key is 32 bytes as base64url"]],
    [
      "a key with stray bits",
      { current: "k1", keys: { k1: `${"A".repeat(42)}B` } },
      ["keys: a key is 32 bytes as base64url"],
    ],
    ["one key twice", { current: "k1", keys: { k1: good, k2: good } }, ["keys: two ids have the same key"]],
    [
      "a key for an id",
      { current: "k1", keys: { k1: good, [short]: good } },
      ["keys: an id is 1 to 16 of a-z, 0-9 and -"],
    ],
    [
      "a stray field",
      { current: "k1", keys: { k1: good }, [short]: 1 },
      ["only current and keys belong in a key ring"],
    ],
    [
      "two mistakes",
      { current: 1, keys: { k1: short } },
      ["current: Invalid input: expected string, received number", "keys: a key is 32 bytes as base64url"],
    ],
  ];
  test.each(cases)("%s", (_name, ring, lines) => {
    let fault: unknown;
    try {
      parseKeyRing(JSON.stringify(ring));
    } catch (error) {
      fault = error;
    }
    if (!(fault instanceof KeyRingFault)) throw new Error("not refused");
    expect(fault.lines).toEqual(lines);
    expect(inspect(fault)).not.toContain(good);
    expect(inspect(fault)).not.toContain(short);
  });

  test("no JSON", () => {
    expect(() => parseKeyRing(`{"current":"k1","keys":{"k1":"${good}}`)).toThrow(
      new KeyRingFault(["the key ring is not JSON"]),
    );
  });
});

describe("a case's own key", () => {
  test("opens what it sealed in its own place, and no other key does", () => {
    const key = newCaseKey();
    const sealed = sealWith(key, "report", canary);
    expect(openWith(key, "report", sealed)).toBe(canary);
    expect(codeOf(() => openWith(key, "message/1", sealed))).toBe("broken");
    expect(codeOf(() => openWith(newCaseKey(), "report", sealed))).toBe("broken");
    for (const changed of tampered(sealed)) {
      expect(codeOf(() => openWith(key, "report", changed))).toBe("broken");
    }
  });

  test("takes no tag that was cut short", () => {
    const key = newCaseKey();
    const bytes = Buffer.from(sealWith(key, "report", canary).slice(3), "base64url");
    for (let cut = 1; cut < 16; cut++) {
      const shorter = `c1.${bytes.subarray(0, -cut).toString("base64url")}` as Sealed;
      expect(codeOf(() => openWith(key, "report", shorter))).toBe("broken");
    }
  });
});

test("case numbers are V- and five symbols that cannot be mistaken, in no order", () => {
  const numbers = Array.from({ length: 500 }, () => newCaseNumber());
  expect(numbers.every((number) => /^V-[0-9A-HJKMNP-TV-Z]{5}$/.test(number))).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(490);
  expect(newCaseNumber(() => Uint8Array.of(0, 31, 32, 10, 255))).toBe("V-0Z0AZ");
});

test("pseudonyms follow from the case, differ between rings, and use the whole list", () => {
  const ring = parseKeyRing(newKeyRing());
  const ids = Array.from({ length: 2000 }, (_, nr) => `case-${nr}`);
  const drawn = ids.map((id) => pseudonymOf(ring, id, 40));
  expect(ids.map((id) => pseudonymOf(ring, id, 40))).toEqual(drawn);
  expect(new Set(drawn)).toEqual(new Set(Array.from({ length: 40 }, (_, nr) => nr)));
  const other = parseKeyRing(newKeyRing());
  expect(ids.map((id) => pseudonymOf(other, id, 40))).not.toEqual(drawn);
});
