import type { Answers } from "../dialogs/core/flow.ts";
import { allowedTry } from "./attempts.ts";
import { produceCode } from "./documents/code-docx.ts";
import { offerDownload, type Produced, type Spec } from "./downloads.ts";
import type { Now } from "./effects.ts";
import type { World } from "./world.ts";

/** Where a code of conduct is fetched as a Word document, in both languages; null as in `documentLinks`. */
export async function codeDocumentLinks(
  turn: Now,
  answers: Answers,
): Promise<{ readonly nl: string; readonly en: string } | null> {
  const { tx, world, now } = turn;
  if (!(await allowedTry(turn, "document"))) return null;
  const given = Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, Array.isArray(answer) ? [...answer] : answer]),
  ) as Extract<Spec, { kind: "code" }>["answers"];
  const nl = await offerDownload(tx, world, { kind: "code", language: "nl", answers: given }, now);
  const en = await offerDownload(tx, world, { kind: "code", language: "en", answers: given }, now);
  return nl === null || en === null ? null : { nl, en };
}

/** The code of conduct as it was when its link was shown. */
export function producedCode(
  { organisation, content }: World,
  { language, answers }: Extract<Spec, { kind: "code" }>,
  now: number,
): Promise<Produced> {
  const { name, sector } = organisation;
  return produceCode(answers, language, content.words(language), { organisation: name, sector, date: now });
}
