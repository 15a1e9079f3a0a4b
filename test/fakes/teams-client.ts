import type { AdaptiveCard } from "../../cards/adaptive-card.ts";

/** A Teams client, as far as tests need one: what a card says, and what pressing its buttons sends. */

/** Every word on a card as a client shows it, one line a block; markdown is read where clients read it. */
export function wordsOn(card: AdaptiveCard): string {
  const lines: string[] = [];
  visit(card, lines);
  return lines.join("\n");
}

function visit(node: unknown, lines: string[]): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, lines);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const element = node as Record<string, unknown>;
  if (element.type === "TextBlock") lines.push(rendered(String(element.text)));
  if (element.type === "RichTextBlock") {
    lines.push((element.inlines as { text: string }[]).map(({ text }) => text).join(""));
  }
  for (const name of ["label", "title"])
    if (typeof element[name] === "string") lines.push(String(element[name]));
  if (element.type === "Input.Text" && typeof element.value === "string") lines.push(element.value);
  for (const name of ["body", "items", "choices", "actions"]) visit(element[name], lines);
}

/** Markdown as clients read it in a TextBlock: escapes count, marks that are left vanish. */
function rendered(text: string): string {
  return text
    .replace(/\\([\\`*_{}[\]<>()#+\-.!|~&])/g, (_all, mark: string) => `\ue000${mark.charCodeAt(0)}\ue000`)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/^\s*(?:[-+>#]+|\d+[.)])\s+/, "")
    .replace(/\ue000(\d+)\ue000/g, (_all, code: string) => String.fromCharCode(Number(code)));
}

/** What a press of the button with this title sends as the invoke's `value`, with what was filled in. */
export function pressOn(
  card: AdaptiveCard,
  title: string,
  filled: Readonly<Record<string, string | readonly string[]>> = {},
): object {
  const button = card.actions?.find((action) => action.title === title);
  if (button === undefined)
    throw new Error(`no button "${title}" among ${card.actions?.map((action) => action.title)}`);
  if (button.type !== "Action.Execute")
    throw new Error(`"${title}" opens ${button.url}, and tells the bot nothing`);
  const inputs: Record<string, string> = {};
  for (const { id, value } of inputsOf(card.body)) inputs[id] = value ?? "";
  for (const [name, value] of Object.entries(filled)) {
    const id = Object.keys(inputs).find((candidate) => candidate.endsWith(`:${name}`));
    if (id === undefined) throw new Error(`no input "${name}" among ${Object.keys(inputs)}`);
    inputs[id] = typeof value === "string" ? value : value.join(",");
  }
  return {
    action: { type: button.type, verb: button.verb, data: { ...button.data, ...inputs } },
    trigger: "manual",
  };
}

function inputsOf(elements: AdaptiveCard["body"]): { id: string; value?: string }[] {
  return elements.flatMap((element) => {
    if (element.type === "Container") return inputsOf(element.items);
    return element.type === "Input.Text" || element.type === "Input.ChoiceSet" ? [element] : [];
  });
}
