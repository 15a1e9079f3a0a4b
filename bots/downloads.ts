import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { KeyRing } from "../cases/keys.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import { languages } from "../dialogs/core/draft.ts";
import type { DownloadRow, StoreTransaction } from "./ports.ts";
import type { World } from "./world.ts";

/** What a document is made of, once somebody fetches it. */
export const Spec = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("check"),
    check: z.string(),
    round: z.string(),
    /** Id of the person of this check whom it is offered to: who leaves takes nothing with them. */
    person: z.string(),
    format: z.enum(["pdf", "csv", "json"]),
    language: z.enum(languages),
  }),
  z.object({
    kind: z.literal("code"),
    language: z.enum(languages),
    answers: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])),
  }),
  z.object({
    /** A case for a procedure, as long as its reporter allows it. */
    kind: z.literal("case"),
    case: z.string(),
    /** Whom it was offered to: a route that the case left gets nothing. */
    route: z.string(),
    madeBy: z.string(),
    format: z.enum(["pdf", "md"]),
    language: z.enum(languages),
  }),
  z.object({
    /** The frozen numbers of a route's year. */
    kind: z.literal("annual"),
    route: z.string(),
    year: z.int(),
    format: z.enum(["md", "csv"]),
    language: z.enum(languages),
  }),
]);
export type Spec = z.infer<typeof Spec>;

/** A document as a browser gets it. */
export interface Produced {
  /** Of the file, with its extension. */
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Makes the document; null where what it is about is gone. */
export type Produce = (spec: Spec, now: number) => Promise<Produced | null>;

/** In ms. Long enough to press a button, and short for whoever finds the link later. */
const lasts = 15 * 60_000;
/** In bytes: nobody guesses it. */
const tokenBytes = 32;

/**
 * Offers a document: the address at which it can be fetched once, within 15 minutes. Whoever has the address
 * gets the document, so it is shown to one person only, and the database knows no more than its keyed hash.
 * Null where the service has no address for browsers.
 */
export async function offerDownload(
  tx: Pick<StoreTransaction, "addDownload">,
  { ring, publicUrl }: Pick<World, "ring" | "publicUrl">,
  spec: Spec,
  now: number,
): Promise<string | null> {
  if (publicUrl === null) return null;
  const token = randomBytes(tokenBytes).toString("base64url");
  const id = ring.lookup("download", token);
  const sealed = ring.seal("download", aad(id), JSON.stringify(spec));
  await tx.addDownload({ id, sealed, expiresAt: now + lasts });
  return `${publicUrl}/d/${token}`;
}

/** Whether a text has the form of a link's last part. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/**
 * Makes and takes the document. Null where it was never offered, was fetched or is too old, or where what it
 * is about is gone. It is made first and taken after: where making it throws, it can be tried again, and
 * of two at once one gets it. Whoever has left before that takes nothing.
 */
export async function fetchDownload(
  { store, ring, clock }: Pick<World, "store" | "ring" | "clock">,
  produce: Produce,
  token: string,
  stillThere: () => boolean,
): Promise<Produced | null> {
  const now = clock.now();
  const ids = ring.lookups("download", token);
  const row = await store.transaction((tx) => tx.findDownload(ids));
  const spec = row && openSpec(ring, row, now);
  if (!spec) return null;
  // Not in a transaction: the embedded database has one for everybody.
  const produced = await produce(spec, now);
  const taken = await store.transaction(async (tx) => (stillThere() ? tx.takeDownload(ids) : null));
  return taken && produced;
}

function openSpec(ring: KeyRing, { id, sealed, expiresAt }: DownloadRow, now: number): Spec | null {
  if (expiresAt <= now) return null;
  try {
    // One that another release offered and this one does not know is as good as too old.
    return Spec.safeParse(JSON.parse(ring.open("download", aad(id), sealed as Sealed))).data ?? null;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

function aad(id: string): string {
  return `download:${id}`;
}
