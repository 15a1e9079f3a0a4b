import type {
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
  SectionBlock,
} from "@slack/types";
import { safeLink } from "../link.ts";
import type { HelpLines, Part } from "../view.ts";
import { limits, within } from "./limits.ts";

/**
 * Every text is a `plain_text` or a rich-text run, which Slack shows as it is: no `mrkdwn`, so nobody's
 * words can become a link, a mention or markup.
 */
export function plain(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

/** The blocks of one part of a view. Throws `BlocksTooLarge` where a text cannot be split. */
export function partBlocks(part: Part): KnownBlock[] {
  switch (part.type) {
    case "heading":
      return [header(part.text)];
    case "text":
      if (part.tone === "subtle") return subtle(part.text);
      if (part.text === "") return [];
      return part.tone === "strong" ? [bold(part.text)] : paragraphs(part.text);
    case "facts":
      return facts(part.facts);
    case "list":
      return list(part.items, part.numbered === true);
    case "help":
      return help(part.service);
    case "quote":
      return [bold(part.label), ...quote(part.text)];
    case "say":
      return [bold(part.label), header(part.text)];
    case "code":
      return [bold(part.label), code(part.text)];
    case "message":
      return [{ type: "divider" }, ...subtle(`${part.from} · ${part.at}`), ...paragraphs(part.text)];
    case "person":
      return [{ type: "divider" }, named(part.name, [part.role]), ...facts(part.facts)];
    case "contact":
      return [contact(part)];
  }
}

/** A heading, which Slack's screen readers announce as one. */
export function header(text: string): HeaderBlock {
  return { type: "header", text: plain(within("header", text)) };
}

/** One line in bold, without markup. */
export function bold(text: string): RichTextBlock {
  return rich([{ type: "text", text, style: { bold: true } }]);
}

/** Small grey text. */
export function subtle(text: string): ContextBlock[] {
  return split(text, limits.field).map((piece) => ({ type: "context", elements: [plain(piece)] }));
}

function paragraphs(text: string): SectionBlock[] {
  return split(text, limits.section).map((piece) => ({ type: "section", text: plain(piece) }));
}

function rich(elements: RichTextElement[]): RichTextBlock {
  for (const element of elements) if (element.type === "text") within("section", element.text);
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

function contact({ label, address, url, reveals }: Extract<Part, { type: "contact" }>): RichTextBlock {
  const link = safeLink(url);
  const style = { bold: true } as const;
  const open = (text: string): RichTextElement =>
    link === null ? { type: "text", text } : { type: "link", url: link, text };
  return rich([
    ...(address === null
      ? [{ ...open(label), style }]
      : [{ type: "text" as const, text: `${label}: `, style }, open(address)]),
    ...(reveals === "" ? [] : [{ type: "text" as const, text: `\n${reveals}` }]),
  ]);
}

function code(text: string): RichTextBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
  };
}

function list(items: readonly string[], numbered: boolean): RichTextBlock[] {
  const elements = items
    .filter((item) => item !== "")
    .map(
      (item): RichTextSection => ({ type: "rich_text_section", elements: [{ type: "text", text: item }] }),
    );
  if (elements.length === 0) return [];
  const style = numbered ? "ordered" : "bullet";
  return [{ type: "rich_text", elements: [{ type: "rich_text_list", style, elements }] }];
}

/** A line for each fact, its label in bold; a long value gets paragraphs of its own, under its label. */
function facts(rows: readonly { readonly label: string; readonly value: string }[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let lines: RichTextSection[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push({ type: "rich_text", elements: lines });
    lines = [];
  };
  for (const { label, value } of rows) {
    const name = { type: "text", text: `${label || "–"}: `, style: { bold: true } } as const;
    if (label.length + value.length <= limits.section) {
      lines.push({
        type: "rich_text_section",
        elements: [name, { type: "text", text: `${value || "–"}\n` }],
      });
      continue;
    }
    flush();
    blocks.push(bold(label || "–"), ...paragraphs(value));
  }
  flush();
  return blocks;
}

/** What somebody wrote, set apart from what we say. */
function quote(text: string): RichTextBlock[] {
  return split(text, limits.section).map((piece) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_quote", elements: [{ type: "text", text: piece }] }],
  }));
}

/** No address in it is a link: an employer's platform may log who follows one, and where to. */
function help(service: HelpLines): KnownBlock[] {
  return [
    named(service.name, [...service.contact, service.forWhom]),
    ...subtle(service.practical ?? ""),
    ...subtle(service.source),
  ];
}

/** A name with lines below it. */
function named(name: string, lines: readonly string[]): RichTextBlock {
  return rich([
    { type: "text", text: name, style: { bold: true } },
    ...lines.filter((line) => line !== "").map((line) => ({ type: "text", text: `\n${line}` }) as const),
  ]);
}

/** Pieces of at most `size`, cut at white space where there is any, and never inside a character. */
export function split(text: string, size: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > size) {
    const head = rest.slice(0, size + 1);
    const space = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
    let at = space > size / 2 ? space : size;
    if (/[\uDC00-\uDFFF]/.test(rest.charAt(at))) at -= 1;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  pieces.push(rest);
  return pieces.filter((piece) => piece.trim() !== "");
}
