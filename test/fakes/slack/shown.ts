import type { AnyBlock } from "./limits.ts";

/** What a person sees of blocks, for tests to read. */
export interface Shown {
  /** All text, a block a line. */
  readonly text: string;
  /** Labels of the buttons, a modal's submit button first. */
  readonly buttons: readonly string[];
  readonly fields: readonly {
    readonly label: string;
    readonly hint: string;
    readonly options: readonly string[];
  }[];
}

export function shown(blocks: readonly AnyBlock[], submit?: string): Shown {
  return {
    text: blocks.map(textOf).join("\n"),
    buttons: [
      ...(submit === undefined ? [] : [submit]),
      ...blocks.flatMap((block) =>
        block.type === "actions" ? block.elements.map(({ text }) => text.text) : [],
      ),
    ],
    fields: blocks.flatMap((block) =>
      block.type === "input"
        ? {
            label: block.label.text,
            hint: block.hint?.text ?? "",
            options: "options" in block.element ? block.element.options.map(({ text }) => text.text) : [],
          }
        : [],
    ),
  };
}

function textOf(block: AnyBlock): string {
  switch (block.type) {
    case "divider":
    case "actions":
      return "";
    case "header":
      return block.text.text;
    case "section":
      return [block.text, ...(block.fields ?? [])].map((text) => text?.text ?? "").join("\n");
    case "context":
      return block.elements.map(({ text }) => text).join("\n");
    case "input":
      return [block.label.text, block.hint?.text ?? ""].filter((text) => text !== "").join("\n");
    case "rich_text":
      return block.elements
        .flatMap((element) => (element.type === "rich_text_list" ? element.elements : [element]))
        .map(({ elements }) =>
          elements.map((run) => (run.type === "link" ? (run.text ?? run.url) : run.text)).join(""),
        )
        .join("\n");
  }
}
