import { inputName } from "./adaptive-card/inputs.ts";
import type { AdaptiveCard, CardElement, ExecuteAction, OpenUrlButton } from "./adaptive-card/schema.ts";
import { contact, escaped, fact, literal, paragraphs } from "./adaptive-card/text.ts";
import { PrivateOnDoor } from "./door.ts";
import { safeLink } from "./link.ts";
import type { Button, Input, Part, View } from "./view.ts";

export { inputName, splitPayload } from "./adaptive-card/inputs.ts";
export type { AdaptiveCard } from "./adaptive-card/schema.ts";
export { PrivateOnDoor } from "./door.ts";

/** Longest card, as JSON, in UTF-16 code units: 28 KB, the smallest limit ever published for a message. */
export const longestCard = 14_000;
/** Teams' store guideline; what is beyond it may not be shown. */
export const mostButtons = 6;

/** The view does not fit in one message. Views are split in pages before they are drawn. */
export class CardTooLarge extends Error {
  readonly code = "cardTooLarge";
  constructor() {
    super("cardTooLarge");
    this.name = "CardTooLarge";
  }
}

/** More buttons than a client is sure to show. */
export class TooManyButtons extends Error {
  readonly code = "tooManyButtons";
  constructor() {
    super("tooManyButtons");
    this.name = "TooManyButtons";
  }
}

/**
 * Draws a view as an Adaptive Card for a surface: a `door` is a message that stays, a `room` is the answer
 * to one person's press. Throws `PrivateOnDoor`, `TooManyButtons` or `CardTooLarge`.
 */
export function drawCard(view: View, options: { readonly surface: "room" | "door" }): AdaptiveCard {
  if (view.privacy === "private" && options.surface === "door") throw new PrivateOnDoor();
  if (view.buttons.length > mostButtons) throw new TooManyButtons();
  const actions = view.buttons.flatMap(drawButton);
  const card: AdaptiveCard = {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body: [...top(view), ...view.body.flatMap(drawPart), ...view.inputs.flatMap(drawInput)],
    ...(actions.length > 0 && { actions }),
  };
  if (JSON.stringify(card).length > longestCard) throw new CardTooLarge();
  return card;
}

function top(view: View): CardElement[] {
  return [
    ...(view.title === "" ? [] : [heading(view.title)]),
    ...(view.step === null ? [] : paragraphs(view.step, { isSubtle: true, size: "small" }, "none")),
    ...(view.note === null ? [] : [box(paragraphs(view.note, {}, "none"))]),
  ];
}

function heading(title: string): CardElement {
  return {
    type: "TextBlock",
    text: escaped(title),
    wrap: true,
    style: "heading",
    size: "large",
    weight: "bolder",
  };
}

function drawPart(part: Part): CardElement[] {
  switch (part.type) {
    case "text":
      return paragraphs(part.text, tones[part.tone ?? "plain"], "medium");
    case "heading":
      return paragraphs(part.text, { weight: "bolder", size: "medium" }, "large");
    case "facts":
      return part.facts.flatMap(({ label, value }, nr) => fact(label, value, nr === 0 ? "medium" : "small"));
    case "list":
      return part.items.flatMap((item, nr) =>
        paragraphs(`${part.numbered ? `${nr + 1}.` : "•"} ${item}`, {}, nr === 0 ? "medium" : "small"),
      );
    case "help":
      return [
        box([
          ...paragraphs(part.service.name, { weight: "bolder" }, "none"),
          ...part.service.contact.flatMap((line) => paragraphs(line, {}, "none")),
          ...paragraphs(part.service.forWhom),
          ...paragraphs(part.service.practical ?? "", { isSubtle: true, size: "small" }),
          ...paragraphs(part.service.source, { isSubtle: true, size: "small" }),
        ]),
      ];
    case "quote":
      return labelled(part.label, [box(paragraphs(part.text, {}, "none"))]);
    case "say":
      return labelled(part.label, [box(paragraphs(part.text, { size: "large", weight: "bolder" }, "none"))]);
    case "code":
      return labelled(
        part.label,
        paragraphs(part.text, { fontType: "monospace", size: "large", weight: "bolder" }, "small"),
      );
    case "message":
      return [
        box([
          ...paragraphs(part.from, { weight: "bolder" }, "none"),
          ...paragraphs(part.at, { isSubtle: true, size: "small" }, "none"),
          ...paragraphs(part.text),
        ]),
      ];
    case "person":
      return [
        box([
          ...picture(part.picture, part.name),
          ...paragraphs(part.name, { weight: "bolder" }, "small"),
          ...paragraphs(part.role, { isSubtle: true, size: "small" }, "none"),
          ...part.facts.flatMap(({ label, value }) => fact(label, value, "small")),
        ]),
      ];
    case "contact":
      return contact(part);
  }
}

/** Only a picture that is in the card itself, of a kind that is nothing but a picture. */
function picture(url: string | null, name: string): CardElement[] {
  return url !== null && isPicture(url)
    ? [{ type: "Image", url, altText: literal(name), size: "medium", style: "person" }]
    : [];
}

function isPicture(url: string): url is `data:image/${string}` {
  return /^data:image\/(png|jpeg|gif|webp);base64,[\w+/=]+$/.test(url);
}

const tones = { plain: {}, subtle: { isSubtle: true }, strong: { weight: "bolder" } } as const;

function labelled(label: string, items: CardElement[]): CardElement[] {
  return [...paragraphs(label, { weight: "bolder" }, "medium"), ...items];
}

/** Sets apart what somebody said, or what must not be missed. */
function box(items: readonly CardElement[]): CardElement {
  return { type: "Container", style: "emphasis", spacing: "medium", items };
}

/** No input is marked required: the server answers a missing one in words, on the same screen. */
function drawInput(input: Input): CardElement[] {
  const name = { id: inputName(input), label: literal(input.label), spacing: "medium" as const };
  if (input.type === "text") {
    return [
      {
        type: "Input.Text",
        ...name,
        isMultiline: input.multiline,
        maxLength: input.maxLength,
        ...(input.value !== null && { value: input.value }),
      },
      ...hint(input.hint),
    ];
  }
  if (input.type === "date") {
    return [
      { type: "Input.Date", ...name, ...(input.value !== null && { value: input.value }) },
      ...hint(input.hint),
    ];
  }
  const chosen = input.type === "choices" ? input.value.join(",") : input.value;
  return [
    {
      type: "Input.ChoiceSet",
      ...name,
      // A question that explains itself stands apart from the one before.
      ...(input.type === "choice" && input.hint !== undefined && { separator: true as const }),
      style: input.type === "choice" && input.shape === "dropdown" ? "compact" : "expanded",
      isMultiSelect: input.type === "choices",
      wrap: true,
      choices: input.options.map(({ label, value }) => ({ title: literal(label), value })),
      ...(chosen !== null && chosen !== "" && { value: chosen }),
    },
    ...hint(input.type === "choice" ? (input.hint ?? null) : null),
  ];
}

function hint(text: string | null): CardElement[] {
  return text === null ? [] : paragraphs(text, { isSubtle: true, size: "small" });
}

const styles = { primary: "positive", destructive: "destructive" } as const;

function drawButton(button: Button): (ExecuteAction | OpenUrlButton)[] {
  const title = literal(button.label);
  if (button.press === undefined) {
    const url = safeLink(button.url);
    return url === null ? [] : [{ type: "Action.OpenUrl", title, url }];
  }
  const style = button.style && { style: styles[button.style] };
  return [{ type: "Action.Execute", title, verb: "press", data: button.press, ...style }];
}
