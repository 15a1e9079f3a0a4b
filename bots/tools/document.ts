import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentLanguages } from "../../content/words.ts";
import { currentRound } from "../../dialogs/check/check.ts";
import { readContent } from "../content-files.ts";
import { checkFormats, produceCheck } from "../documents/file.ts";
import { sampleNow, samples } from "./document/samples.ts";

/** `npm run document`: the documents of two made-up checks, in both languages, to look at. */
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

await main(process.argv[2] ?? join("var", "documents"));
