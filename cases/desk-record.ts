import { z } from "zod";
import { type CaseRow, noDesk } from "./case.ts";
import type { KeyRing } from "./keys.ts";
import { caseKey } from "./report.ts";
import { openWith, type Random, type Sealed, sealWith } from "./seal.ts";

/** An adviser at work: a mark of the account, which is compared and never shown, and the name that colleagues see. */
export const Actor = z.object({ mark: z.string(), name: z.string() });
export type Actor = z.infer<typeof Actor>;

/** What an adviser did, as colleagues see it; some of it stands on the card. */
export const actKinds = [
  "acknowledged",
  "replied",
  "took",
  "handedOver",
  "noted",
  "recorded",
  "closed",
  "askedConsent",
  "exported",
  "reopened",
] as const;
export type ActKind = (typeof actKinds)[number];

/** Why a case was closed. Ids are for ever. */
export const closeReasons = [
  "settled",
  "referred",
  "procedure",
  "reporterStops",
  "noAnswer",
  "notForUs",
  "other",
] as const;
export type CloseReason = (typeof closeReasons)[number];

/** What was talked about with the reporter, and to whom they were referred. Ids are for ever. */
export const subjects = [
  "listening",
  "ownTalk",
  "talkWithHelp",
  "mediation",
  "complaint",
  "police",
  "safety",
  "health",
] as const;
export const referrals = [
  "doctor",
  "centrumSeksueelGeweld",
  "slachtofferhulp",
  "legal",
  "complaints",
  "inspector",
  "police",
  "colleague",
  "other",
] as const;

/** Where a case's dates come from: the organisation's house rule alone, or a law too. Ids are for ever. */
export const caseTerms = ["houseRule", "law"] as const;
export type CaseTerms = (typeof caseTerms)[number];

/**
 * What advisers keep of their work on a case: who has it, who did what when, notes that the reporter never sees,
 * and what is recorded for a good handling (the fields that advisers use: reference on adviser needs).
 */
export const DeskRecord = z.object({
  holder: Actor.nullable().default(null),
  /** Oldest first. `to`: to whom a case was handed. */
  acts: z
    .array(
      z.object({
        at: z.number(),
        by: Actor,
        what: z.enum(actKinds),
        to: z.string().nullable().default(null),
      }),
    )
    .default([]),
  /** Oldest first; `form`: the same form is kept once. */
  notes: z.array(z.object({ form: z.string(), at: z.number(), by: Actor, text: z.string() })).default([]),
  appointment: z.string().default(""),
  discussed: z.array(z.enum(subjects)).default([]),
  referred: z.array(z.enum(referrals)).default([]),
  /** Whether a legal duty to report may apply; the sector's route is shown beside it. */
  duty: z.enum(["no", "maybe", "yes"]).nullable().default(null),
  /** As advisers see it: that a law sets a term for this case too is theirs to say. */
  terms: z.enum(caseTerms).default("houseRule"),
  /** An ISO date. */
  aftercareOn: z.string().nullable().default(null),
  closedFor: z.enum(closeReasons).nullable().default(null),
  /**
   * Whether a document of the case may be made for a procedure: asked by an adviser, answered by the reporter, who
   * can come back on it. `answeredAt`: null while there is no answer. Null: it was not asked.
   */
  consent: z
    .object({ askedAt: z.number(), answeredAt: z.number().nullable(), given: z.boolean() })
    .nullable()
    .default(null),
  /** Routes that it left because somebody there could not be neutral; it does not go back. */
  left: z.array(z.string()).default([]),
});
export type DeskRecord = z.infer<typeof DeskRecord>;

/** So many notes, and so many acts, are kept with one case. */
export const mostNotes = 100;
const mostActs = 200;

/** Opens what the advisers keep of a case. Throws `SealBroken`. */
export function openDesk(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey" | "desk">): DeskRecord {
  if (row.desk === noDesk) return DeskRecord.parse({});
  return DeskRecord.parse(JSON.parse(openWith(caseKey(ring, row), aad(row.id), row.desk)));
}

/** Seals it under the case's own key: it goes with the case (P10). */
export function sealDesk(
  ring: KeyRing,
  row: Pick<CaseRow, "id" | "wrappedKey">,
  record: DeskRecord,
  random?: Random,
): Sealed {
  return sealWith(caseKey(ring, row), aad(row.id), JSON.stringify(record), random);
}

/** The record with one more act at its end. */
export function withAct(
  record: DeskRecord,
  act: { readonly at: number; readonly by: Actor; readonly what: ActKind; readonly to?: string },
): DeskRecord {
  const { to = null, ...rest } = act;
  const acts = [...record.acts, { ...rest, to }];
  if (acts.length <= mostActs) return { ...record, acts };
  // The oldest goes, but never that a document was made last: the reporter reads it, whatever was done since.
  const oldest = acts.findLastIndex(({ what }) => what === "exported") === 0 ? 1 : 0;
  return { ...record, acts: acts.toSpliced(oldest, 1) };
}

function aad(id: string): string {
  return `case:${id}:desk`;
}
