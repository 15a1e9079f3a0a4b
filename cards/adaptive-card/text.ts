import { safeLink } from "../link.ts";
import type { Part } from "../view.ts";
import type { RichTextBlock, Spacing, TextRun } from "./schema.ts";

type Lettering = Omit<TextRun, "type" | "text" | "selectAction">;

/** More lines than this in one text share the last paragraph: a text of bare line ends would fill the card. */
export const mostParagraphs = 20;

/**
 * Text as a column of paragraphs, one a line, in which nothing is read as markdown. A blank line shows as
 * more space above the next one.
 */
export function paragraphs(
  text: string,
  lettering: Lettering = {},
  first: Spacing = "small",
): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  const lines = literal(text).split("\n");
  let spacing = first;
  for (const [nr, line] of lines.entries()) {
    if (line.trim() === "") {
      if (blocks.length > 0) spacing = "medium";
      continue;
    }
    const last = blocks.length === mostParagraphs - 1;
    blocks.push(paragraph(last ? lines.slice(nr).join("\n") : line, lettering, spacing));
    if (last) break;
    spacing = "none";
  }
  return blocks;
}

/** Label and value on one line; a value of several lines stands under its label. */
export function fact(label: string, value: string, spacing: Spacing): RichTextBlock[] {
  if (value.includes("\n")) {
    return [...paragraphs(label, { weight: "bolder" }, spacing), ...paragraphs(value, {}, "none")];
  }
  const name = { type: "TextRun", text: literal(`${label}: `), weight: "bolder" } as const;
  return [{ type: "RichTextBlock", spacing, inlines: [name, { type: "TextRun", text: literal(value) }] }];
}

/** A way of contact: what it is called, the address, opened by a press where there is a link, and what it shows. */
export function contact(way: Extract<Part, { type: "contact" }>): RichTextBlock[] {
  const url = safeLink(way.url);
  const open =
    url === null ? {} : ({ underline: true, selectAction: { type: "Action.OpenUrl", url } } as const);
  const name = { type: "TextRun", weight: "bolder" } as const;
  const inlines: TextRun[] =
    way.address === null
      ? [{ ...name, text: literal(way.label), ...open }]
      : [
          { ...name, text: literal(`${way.label}: `) },
          { type: "TextRun", text: literal(way.address), ...open },
        ];
  return [{ type: "RichTextBlock", spacing: "medium", inlines }, ...paragraphs(way.reveals, {}, "none")];
}

function paragraph(text: string, lettering: Lettering, spacing: Spacing): RichTextBlock {
  return { type: "RichTextBlock", spacing, inlines: [{ type: "TextRun", text, ...lettering }] };
}

/**
 * What a client shows as it stands. Invisible control characters go, because each takes six characters of
 * the size budget; `{{` is parted, because clients read `{{DATE(…)}}` in any text as a date to be drawn.
 */
export function literal(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
      .toWellFormed()
      .replace(/\{(?=\{)/g, "{\u2060")
  );
}

/** The same for a `TextBlock`, which clients read as markdown: every mark is escaped. */
export function escaped(text: string): string {
  return literal(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>~]/g, "\\$&")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/^([-+#])/, "\\$1")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
