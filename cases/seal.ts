import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";

/** Ciphertext, and nothing else: the only form in which a secret may be stored (house rule 12). */
export type Sealed = string & { readonly __sealed: true };

/** Unpredictable bytes, this many. */
export type Random = (bytes: number) => Uint8Array;

/** The key of one case. A `KeyObject`, so that no log or error can print what is in it. */
export type CaseKey = KeyObject;

/**
 * A sealed text cannot be opened: `unknownKey` where its key is not in the ring, `broken` for everything
 * else (another key, row or purpose, or changed bytes). Never says anything about what was inside.
 */
export class SealBroken extends Error {
  readonly code: "unknownKey" | "broken";
  constructor(code: SealBroken["code"]) {
    super(`seal ${code}`);
    this.name = "SealBroken";
    this.code = code;
  }
}

/** A fresh key for one case; destroying its wrapped copy destroys what it sealed (P10). */
export function newCaseKey(random: Random = randomBytes): CaseKey {
  return createSecretKey(random(keyBytes));
}

/** Seals a text under a case's key. `aad` names the row and column: moved elsewhere, it does not open. */
export function sealWith(key: CaseKey, aad: string, plain: string, random: Random = randomBytes): Sealed {
  return `${caseFormat}.${encrypt(key, bind(caseFormat, aad), Buffer.from(plain, "utf8"), random)}` as Sealed;
}

/** Opens what `sealWith` sealed with this key and `aad`. Throws `SealBroken`. */
export function openWith(key: CaseKey, aad: string, sealed: Sealed): string {
  const [format, box, ...rest] = sealed.split(".");
  if (format !== caseFormat || box === undefined || rest.length > 0) throw new SealBroken("broken");
  return decrypt(key, bind(caseFormat, aad), box).toString("utf8");
}

/** AES-256 takes a key of this many bytes. */
export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const caseFormat = "c1";

/** Associated data from parts, such that no two lists of parts give the same bytes. */
export function bind(...parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts), "utf8");
}

/**
 * AES-256-GCM under a random 96-bit nonce: nonce, ciphertext and tag as base64url. Random nonces are
 * safe for some four thousand million texts a key, far beyond what one organisation writes.
 */
export function encrypt(key: KeyObject, aad: Buffer, plain: Uint8Array, random: Random): string {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
    "base64url",
  );
}

/** Opens what `encrypt` made. Throws `SealBroken`. */
export function decrypt(key: KeyObject, aad: Buffer, box: string): Buffer {
  const bytes = Buffer.from(box, "base64url");
  if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== box)
    throw new SealBroken("broken");
  const opener = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes))
    .setAAD(aad)
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([opener.update(bytes.subarray(nonceBytes, -tagBytes)), opener.final()]);
  } catch {
    throw new SealBroken("broken");
  }
}
