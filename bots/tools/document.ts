import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseDocument } from "../../cards/case-document.ts";
import { newStampKey } from "../../cases/stamp.ts";
import { contentLanguages } from "../../content/words.ts";
import { currentRound } from "../../dialogs/check/check.ts";
import { readContent } from "../content-files.ts";
import { casePdf } from "../documents/case-pdf.ts";
import { caseText } from "../documents/case-text.ts";
import { checkFormats, produceCheck } from "../documents/file.ts";
import { sampleNow, samples } from "./document/samples.ts";
import { sampleDetail } from "./gallery/samples.ts";

/** `npm run document`: the documents of two made-up checks and of a case, in both languages, to look at. */
async function main(folder: string): Promise<void> {
  const content = readContent();
  mkdirSync(folder, { recursive: true });
  for (const { name, check, organisation } of samples) {
    for (const language of contentLanguages) {
      for (const format of checkFormats) {
        const facts = { organisation, now: sampleNow, language };
        const { bytes } = await produceCheck(format, check, currentRound(check), facts, content);
        const file = join(folder, `${name}-${language}.${format}`);
        writeFileSync(file, bytes);
        process.stdout.write(`${file}\n`);
      }
    }
  }
}

const sampleRows = [
  { question: "part", label: "Wat er met jou was", answer: "Ik heb het zelf meegemaakt", own: false },
  { question: "kind", label: "Soort gedrag", answer: "Pesten; Discriminatie", own: false },
  {
    question: "story",
    label: "Eigen woorden",
    answer: "Er lag een briefje.\n\nDat was *niet* leuk → 😢",
    own: true,
  },
  { question: "where", label: "Waar", answer: "Niet ingevuld", own: false, skipped: true },
] as const;
const sampleMessages = [
  { from: "adviser", at: sampleNow, text: "Dank je voor het vertellen.\nWat zou je helpen, als eerste?" },
  { from: "reporter", at: sampleNow + 3_600_000, text: "Dat iemand luistert." },
] as const;

/** A case for a procedure, as made up for the gallery. */
async function caseDocuments(folder: string): Promise<void> {
  const content = readContent();
  for (const language of contentLanguages) {
    const theCase = {
      ...sampleDetail({ state: "conversation", rows: sampleRows, messages: sampleMessages }),
      acknowledgedAt: sampleNow,
      consent: { askedAt: sampleNow, answeredAt: sampleNow, given: true },
    };
    const facts = { organisation: "Voorbeeld B.V.", madeBy: "Fatima Voorbeeld", madeAt: sampleNow };
    const document = caseDocument(theCase, facts, content, language);
    const stampWord = content.words(language).say("record.copy.stamp");
    const files = {
      pdf: await casePdf(document),
      md: caseText(document, { key: newStampKey(), stampWord, inFields: false }).text,
    };
    for (const [format, bytes] of Object.entries(files)) {
      const file = join(folder, `case-${language}.${format}`);
      writeFileSync(file, bytes);
      process.stdout.write(`${file}\n`);
    }
  }
}

const folder = process.argv[2] ?? join("var", "documents");
await main(folder);
await caseDocuments(folder);
