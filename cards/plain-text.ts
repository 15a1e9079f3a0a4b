import { safeLink } from "./link.ts";
import type { Button, Input, Part, View } from "./view.ts";

/**
 * A view as plain text, for reading on a terminal and in tests: parts in order, options numbered, buttons
 * in square brackets, with the address of those that open one.
 */
export function plainText(view: View): string {
  const blocks = [
    [view.step, view.title].filter((line) => line !== null).join(": "),
    ...(view.note === null ? [] : [`* ${view.note}`]),
    ...view.body.map(part),
    ...view.inputs.map(input),
    view.buttons.flatMap(button).join(" "),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function button({ label, press, url }: Button): readonly string[] {
  if (press !== undefined) return [`[${label}]`];
  const address = safeLink(url);
  return address === null ? [] : [`[${label}: ${address}]`];
}

function part(shown: Part): string {
  switch (shown.type) {
    case "text":
      return shown.text;
    case "heading":
      return `# ${shown.text}`;
    case "facts":
      return shown.facts.map(({ label, value }) => `${label}: ${value}`).join("\n");
    case "list":
      return shown.items
        .map((item, index) => (shown.numbered ? `${index + 1}. ${item}` : `- ${item}`))
        .join("\n");
    case "help":
      return [
        `${shown.service.name}. ${shown.service.forWhom}`,
        ...shown.service.contact,
        ...(shown.service.practical === undefined ? [] : [shown.service.practical]),
        shown.service.source,
      ].join("\n  ");
    case "quote":
      return `${shown.label}:\n${indented(shown.text)}`;
    case "say":
      return `${shown.label}\n  ${shown.text}`;
    case "code":
      return `${shown.label}: ${shown.text}`;
    case "message":
      return `${shown.from}, ${shown.at}:\n${indented(shown.text)}`;
    case "person":
      return [
        `${shown.name}. ${shown.role}`,
        ...shown.facts.map(({ label, value }) => `${label}: ${value.replaceAll("\n", ", ")}`),
      ].join("\n  ");
    case "contact":
      return [shown.address === null ? shown.label : `${shown.label}: ${shown.address}`, shown.reveals].join(
        "\n  ",
      );
  }
}

function input(shown: Input): string {
  if (shown.type === "text" || shown.type === "date") {
    return [`${shown.label}: ${shown.value ?? "____"}`, ...(shown.hint === null ? [] : [shown.hint])].join(
      "\n",
    );
  }
  const chosen = shown.type === "choices" ? shown.value : [shown.value];
  const options = shown.options.map(
    (option, index) => `${index + 1}. ${option.label}${chosen.includes(option.value) ? " (x)" : ""}`,
  );
  const hint = shown.type === "choice" && shown.hint !== undefined ? [shown.hint] : [];
  return [`${shown.label}:`, ...hint, ...options].join("\n");
}

/** A person's own text stands apart, so that nothing in it can pass for the bot's. */
function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  | ${line}`)
    .join("\n");
}
