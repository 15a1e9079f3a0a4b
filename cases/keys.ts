import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import {
  bind,
  type CaseKey,
  decrypt,
  encrypt,
  keyBytes,
  type Random,
  SealBroken,
  type Sealed,
} from "./seal.ts";

/**
 * What a key is for. Each purpose has its own key, derived from the ring's, so that a text sealed for one
 * opens under no other, and equal values hashed for two cannot be linked. Names are for ever.
 */
export type Purpose =
  /** Conversations with their drafts. */
  | "draft"
  /** The keys of reports and threads. */
  | "content"
  /** The keys of links between a case and its reporter. */
  | "link"
  | "outbox"
  | "message-ref"
  /** Team sessions: a scene, and votes without names. */
  | "session"
  /** The keys of code-of-conduct checks, and what units are compared by. */
  | "check"
  | "comparison"
  /** The keys of private records. */
  | "record"
  /** What a document to fetch is made of, and by a keyed hash its link. */
  | "download"
  /** A year's numbers of a route: sealed, and found by a keyed hash. */
  | "tally"
  | "pseudonym"
  /** Look-ups by a keyed hash, from here on. */
  | "person"
  | "adviser"
  | "receipt"
  | "event"
  | "nonce"
  | "ping"
  | "attempt"
  /** What a receipt that was entered opens, for a while: sealed, and kept by nobody but the screen it is on. */
  | "visit"
  /** The receipt that a report will have, in the button that sends it: sealed, and kept by nobody but that screen. */
  | "sending"
  /** The lane of somebody's practice pings. */
  | "practice-ping"
  /** Who somebody is in one check, by what code it is joined, and the lane of a reminder. */
  | "check-person"
  | "check-code"
  | "check-reminder";

const id = z.string().regex(/^[a-z0-9-]{1,16}$/, "an id is 1 to 16 of a-z, 0-9 and -");
const key = z.string().refine(isKey, "a key is 32 bytes as base64url");
const KeyRingFile = z
  .strictObject({ current: id, keys: z.record(id, key) })
  .refine((ring) => Object.hasOwn(ring.keys, ring.current), {
    path: ["current"],
    error: "the current key is not among the keys",
  })
  .refine((ring) => new Set(Object.values(ring.keys)).size === Object.keys(ring.keys).length, {
    path: ["keys"],
    error: "two ids have the same key",
  });

/** The key ring cannot be used. One line a mistake; none of them quotes a key. */
export class KeyRingFault extends Error {
  readonly code = "keyRing";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "KeyRingFault";
    this.lines = lines;
  }
}

/** Reads a key ring: `{"current":"k1","keys":{"k1":"<32 bytes base64url>"}}`. Throws `KeyRingFault`. */
export function parseKeyRing(json: string, random: Random = randomBytes): KeyRing {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    // The parser's own message quotes the text around the mistake, which may be a key.
    throw new KeyRingFault(["the key ring is not JSON"]);
  }
  const file = KeyRingFile.safeParse(data);
  if (!file.success) throw new KeyRingFault(file.error.issues.map(faultLine));
  return new KeyRing(file.data.current, file.data.keys, random);
}

/** A key ring with one fresh key, as text to save where only the service can read it. */
export function newKeyRing(random: Random = randomBytes): string {
  const fresh = Buffer.from(random(keyBytes)).toString("base64url");
  return `${JSON.stringify({ current: "k1", keys: { k1: fresh } }, null, 2)}\n`;
}

/** The service's keys: seals under the current version, opens under every version it holds (P17). */
export class KeyRing {
  readonly #current: string;
  readonly #masters: ReadonlyMap<string, KeyObject>;
  readonly #derived = new Map<string, KeyObject>();
  readonly #random: Random;

  /** Use `parseKeyRing`, which checks what is given here. */
  constructor(current: string, keys: Readonly<Record<string, string>>, random: Random) {
    this.#current = current;
    this.#masters = new Map(
      Object.entries(keys).map(([id, text]) => [id, createSecretKey(Buffer.from(text, "base64url"))]),
    );
    this.#random = random;
  }

  /** How many versions of the key it holds; only the current one seals. */
  get versions(): number {
    return this.#masters.size;
  }

  /** Seals a text. `aad` names the row and column it is for: moved elsewhere, it does not open. */
  seal(purpose: Purpose, aad: string, plain: string): Sealed {
    return this.#close("seal", purpose, aad, Buffer.from(plain, "utf8"));
  }

  /** Opens what `seal` sealed for this purpose and `aad`, under any version held. Throws `SealBroken`. */
  open(purpose: Purpose, aad: string, sealed: Sealed): string {
    return this.#open("seal", purpose, aad, sealed).toString("utf8");
  }

  /** Seals a case's key. */
  wrap(purpose: Purpose, aad: string, key: CaseKey): Sealed {
    return this.#close("wrap", purpose, aad, key.export());
  }

  /** Opens what `wrap` sealed for this purpose and `aad`. Throws `SealBroken`. */
  unwrap(purpose: Purpose, aad: string, sealed: Sealed): CaseKey {
    return createSecretKey(this.#open("wrap", purpose, aad, sealed));
  }

  /** A keyed hash (HMAC-SHA256, base64url) under the current version: what a new row is to be found by. */
  lookup(purpose: Purpose, value: string): string {
    return this.#hash(this.#current, purpose, value);
  }

  /** The same under every version, the current one first: finds rows written before keys changed. */
  lookups(purpose: Purpose, value: string): readonly [string, ...string[]] {
    const older = [...this.#masters.keys()].filter((version) => version !== this.#current);
    return [this.lookup(purpose, value), ...older.map((version) => this.#hash(version, purpose, value))];
  }

  #hash(version: string, purpose: Purpose, value: string): string {
    return createHmac("sha256", this.#key(version, "hash", purpose))
      .update(value, "utf8")
      .digest("base64url");
  }

  #close(use: "seal" | "wrap", purpose: Purpose, aad: string, plain: Uint8Array): Sealed {
    const version = this.#current;
    const bound = bind(format, version, use, purpose, aad);
    return `${format}.${version}.${encrypt(this.#key(version, use, purpose), bound, plain, this.#random)}` as Sealed;
  }

  #open(use: "seal" | "wrap", purpose: Purpose, aad: string, sealed: Sealed): Buffer {
    const [shape, version, box, ...rest] = sealed.split(".");
    if (shape !== format || version === undefined || box === undefined || rest.length > 0) {
      throw new SealBroken("broken");
    }
    return decrypt(this.#key(version, use, purpose), bind(format, version, use, purpose, aad), box);
  }

  /** HKDF-SHA256, one key for each version, use and purpose. */
  #key(version: string, use: "seal" | "wrap" | "hash", purpose: Purpose): KeyObject {
    const info = `vertrouwd ${format} ${use} ${purpose}`;
    const cached = this.#derived.get(`${version} ${info}`);
    if (cached) return cached;
    const master = this.#masters.get(version);
    if (!master) throw new SealBroken("unknownKey");
    const derived = createSecretKey(Buffer.from(hkdfSync("sha256", master, "", info, keyBytes)));
    this.#derived.set(`${version} ${info}`, derived);
    return derived;
  }
}

const format = "r1";

function isKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === keyBytes && bytes.toString("base64url") === text;
}

/** Where and what, but for ids in the ring: someone may have put a key where its id should be. */
function faultLine(issue: z.core.$ZodIssue): string {
  const at = issue.path[0] === "keys" ? "keys" : String(issue.path[0] ?? "");
  const what =
    issue.code === "unrecognized_keys"
      ? "only current and keys belong in a key ring"
      : issue.code === "invalid_key"
        ? "an id is 1 to 16 of a-z, 0-9 and -"
        : issue.message;
  return at === "" ? what : `${at}: ${what}`;
}
