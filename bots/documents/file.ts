import { checkDocument, type DocumentContent, type DocumentFacts } from "../../cards/check-document.ts";
import type { Check, Round } from "../../dialogs/check/check.ts";
import { readingOf } from "../../dialogs/check/reading.ts";
import type { Produced } from "../downloads.ts";
import { checkCsv } from "./check-csv.ts";
import { checkJson } from "./check-json.ts";
import { checkPdf } from "./check-pdf.ts";

export const checkFormats = ["pdf", "csv", "json"] as const;
export type CheckFormat = (typeof checkFormats)[number];

const types = {
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
} as const satisfies Record<CheckFormat, string>;

/** Makes the document of one round of a check. Everything in it is sealed where it is stored: so must this be. */
export async function produceCheck(
  format: CheckFormat,
  check: Check,
  round: Round,
  facts: DocumentFacts,
  content: DocumentContent,
): Promise<Produced> {
  const reading = readingOf(check, round);
  const document = checkDocument(reading, facts, content);
  const bytes = {
    pdf: () => checkPdf(document),
    csv: () => checkCsv(document),
    json: () => checkJson(document, reading),
  }[format]();
  return { name: fileName("check", check.unit, facts.now, format), type: types[format], bytes: await bytes };
}

/** Longest part of a file's name that somebody chose. */
const longestName = 40;
/** The day in Amsterdam, as `2026-11-28`. */
const dayInFile = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });

/**
 * A file's name, such as `check-zorg-noord-2026-11-28.pdf`. Of what somebody chose only letters and digits
 * without accents are left, so that it can hold no folder, no device and nothing that a header would need quoted.
 */
export function fileName(what: string, chosen: string, at: number, extension: string): string {
  const plain = chosen
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestName)
    .replace(/^-+|-+$/g, "");
  return `${[what, plain, dayInFile.format(at)].filter((part) => part !== "").join("-")}.${extension}`;
}
