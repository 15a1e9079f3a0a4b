import type { CaseDocument } from "../../cards/case-document.ts";
import { longestField } from "../../cards/pieces.ts";
import { stampOf } from "../../cases/stamp.ts";

/** What looks like a stamp in somebody's own words, so that only the document's own ends it. */
const otherStamp = /\[(\p{L}+ \d{10,16} [\w-]{43})\]/gu;

/**
 * The document as Markdown in pieces: its title, its text, and the line with its stamp. `digest` is what the audit
 * log keeps of it: `npm run audit -- --stamps FILE` tells of a copy whether it is the very text that was made then.
 */
export function caseText(
  document: CaseDocument,
  { key, stampWord }: { readonly key: string; readonly stampWord: string },
): { readonly text: string; readonly pieces: readonly string[]; readonly digest: string } {
  const { title, facts, about, sections, footer, madeAt } = document;
  const body = [
    facts.map(({ label, value }) => `- ${label}: ${escaped(value)}`).join("\n"),
    ...about,
    ...sections.flatMap(({ title, note, items }) => [
      `## ${title}`,
      ...(note === null ? [] : [note]),
      ...items.flatMap(({ label, text, own }) => item(label, text, own)),
    ]),
    footer,
  ].map(trimmed);
  const text = body.join("\n\n");
  const stamp = `[${stampWord} ${madeAt} ${key}]`;
  const pieces = [`# ${title}`, ...body, stamp];
  return {
    text: `# ${title}\n\n${text}\n\n${stamp}\n`,
    pieces: pieces.flatMap(short),
    digest: stampOf({ at: madeAt, text, key }),
  };
}

function item(label: string, text: string, own: boolean): readonly string[] {
  if (!own) return [`**${escaped(label)}**: ${escaped(text)}`];
  const quoted = escaped(text)
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  return [`**${escaped(label)}**`, quoted];
}

/** A field of a form and a file have the same text only without spaces at the ends and carriage returns. */
function trimmed(piece: string): string {
  return piece
    .replaceAll("\r\n", "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function short(piece: string): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < piece.length; at += longestField) parts.push(piece.slice(at, at + longestField));
  return parts;
}

/** What people wrote is no markup. */
function escaped(text: string): string {
  return text.replace(otherStamp, "($1)").replace(/[\\`*_[\]#|<>~]/g, (sign) => `\\${sign}`);
}
