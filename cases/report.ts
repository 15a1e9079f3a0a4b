import { z } from "zod";
import { type CaseRow, noLink } from "./case.ts";
import type { KeyRing } from "./keys.ts";
import { openWith, SealBroken, type Sealed, sealWith } from "./seal.ts";

/**
 * What was sent, frozen: ids so that it can be read in an adviser's own language, and the wording the
 * reporter saw, so that a later change of words cannot change what was said.
 */
export const Report = z.object({
  flow: z.string(),
  language: z.enum(["nl", "en"]),
  rows: z.array(
    z.object({
      question: z.string(),
      kind: z.enum(["choice", "choices", "text", "tell"]),
      answer: z.union([z.string(), z.array(z.string()).readonly(), z.null()]),
      asked: z.string(),
      answered: z.string(),
      /** Of what the reporter had written down before: when, and the key of its stamp (`stamp.ts`); null: changed since. */
      written: z.object({ at: z.number(), key: z.string().nullable() }).exactOptional(),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** Opens a case's report. Throws `SealBroken`. */
export function openReport(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey" | "report">): Report {
  return Report.parse(JSON.parse(openWith(caseKey(ring, row), `case:${row.id}:report`, row.report)));
}

/** Opens what leads back to the reporter: an opaque text of the outside world's. Null: nothing does. Throws `SealBroken`. */
export function openLink(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedLinkKey" | "link">): string | null {
  if (row.link === noLink || row.wrappedLinkKey === noLink) return null;
  const key = ring.unwrap("link", `case:${row.id}:link-key`, row.wrappedLinkKey);
  return openWith(key, `case:${row.id}:link`, row.link);
}

/** Opens the name that was given after sending; null where none was. Throws `SealBroken`. */
export function openName(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey" | "name">): string | null {
  return row.name === null ? null : openWith(caseKey(ring, row), nameAad(row.id), row.name);
}

/** Seals a name that is given after sending. */
export function sealName(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey">, name: string): Sealed {
  return sealWith(caseKey(ring, row), nameAad(row.id), name);
}

/** Opens one message of the thread. Throws `SealBroken`. */
export function openMessage(
  ring: KeyRing,
  row: Pick<CaseRow, "id" | "wrappedKey">,
  nonceHash: string,
  text: Sealed,
): string {
  return openWith(caseKey(ring, row), messageAad(row.id, nonceHash), text);
}

/** Seals one message of the thread, bound to its case and its form. */
export function sealMessage(
  ring: KeyRing,
  row: Pick<CaseRow, "id" | "wrappedKey">,
  nonceHash: string,
  text: string,
): Sealed {
  return sealWith(caseKey(ring, row), messageAad(row.id, nonceHash), text);
}

/** Whether this ring holds the key that a case's own key was wrapped under. */
export function canOpen(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey">): boolean {
  try {
    caseKey(ring, row);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

/** A case's own key. Throws `SealBroken`. */
export function caseKey(ring: KeyRing, row: Pick<CaseRow, "id" | "wrappedKey">) {
  return ring.unwrap("content", `case:${row.id}:key`, row.wrappedKey);
}

function nameAad(id: string): string {
  return `case:${id}:name`;
}

function messageAad(id: string, nonceHash: string): string {
  return `case:${id}:message:${nonceHash}`;
}

/** Whether the reporter said that it is about no adviser (P9); who was unsure did not. */
export function isAboutNoAdviser(
  rows: readonly { readonly question: string; readonly answer: unknown }[],
): boolean {
  return rows.some(({ question, answer }) => question === "aboutAdviser" && answer === "no");
}
