import type { CaseDocument } from "../../cards/case-document.ts";
import { longestField } from "../../cards/pieces.ts";
import { stampOf } from "../../cases/stamp.ts";

const quote = "> ";

/** What looks like a stamp in somebody's own words, so that only the document's own ends it. */
const otherStamp = /\[(\p{L}+ \d{10,16} [\w-]{43})\]/gu;

/**
 * The document as Markdown in pieces: its title, its text, and the line with its stamp. `digest` is what the audit
 * log keeps of it: `npm run audit -- --stamps FILE` tells of a copy whether it is the very text that was made then.
 * `inFields`: to be copied from fields of a form, so no piece is longer than one takes, in what is stamped either.
 */
export function caseText(
  document: CaseDocument,
  {
    key,
    stampWord,
    inFields,
  }: { readonly key: string; readonly stampWord: string; readonly inFields: boolean },
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
  ]
    .map(trimmed)
    .flatMap((piece) => (inFields ? parted(piece) : [piece]));
  const text = body.join("\n\n");
  const stamp = `[${stampWord} ${madeAt} ${key}]`;
  const pieces = [`# ${title}`, ...body, stamp];
  return {
    text: `# ${title}\n\n${text}\n\n${stamp}\n`,
    pieces,
    digest: stampOf({ at: madeAt, text, key }),
  };
}

function item(label: string, text: string, own: boolean): readonly string[] {
  if (!own) return [`**${escaped(label)}**: ${escaped(text)}`];
  const quoted = escaped(text)
    .split("\n")
    .map((line) => `${quote}${line}`.trimEnd())
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

/** Parts of a piece that each fit in a field. A quote stays one: each part of it begins as one. */
function parted(piece: string): readonly string[] {
  const quoted = piece.startsWith(quote) ? quote : "";
  const parts: string[] = [];
  for (const line of piece.split("\n").flatMap((one) => cut(one, quoted))) {
    const together = parts.length === 0 ? line : `${parts.at(-1)}\n${line}`;
    if (parts.length > 0 && together.length <= longestField) parts[parts.length - 1] = together;
    else parts.push(line);
  }
  return parts.map(trimmed).filter((part) => part !== "");
}

/** A line in pieces that fit, cut at a space where there is one, and never inside a character or behind its escape. */
function cut(line: string, quoted: string): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > longestField) {
    const space = rest.lastIndexOf(" ", longestField);
    let at = space > longestField / 2 ? space : longestField;
    if (/[\uDC00-\uDFFF]/.test(rest.charAt(at))) at -= 1;
    const escapes = /\\*$/.exec(rest.slice(0, at))?.[0].length ?? 0;
    if (escapes % 2 === 1) at -= 1;
    pieces.push(rest.slice(0, at));
    rest = quoted + rest.slice(at).trimStart();
  }
  return [...pieces, rest];
}

/** What people wrote is no markup. */
function escaped(text: string): string {
  return text.replace(otherStamp, "($1)").replace(/[\\`*_[\]#|<>~]/g, (sign) => `\\${sign}`);
}
