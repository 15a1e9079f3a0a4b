/**
 * An Adaptive Card as a client sees it: what it says, which buttons it has, and what a press on one sends.
 * Stricter than a client: a press with an input or option that the card does not offer is an error in the
 * test, so no journey can pass by sending what no person could.
 */
export type Card = { readonly [key: string]: unknown };

/** Values by input id, without what a drawer puts before it; a list for a choice of several. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** All texts of a card in reading order: text, what stands in a text field, labels, options, buttons. */
export function textsOf(card: unknown): readonly string[] {
  const texts: string[] = [];
  walk(card, (node) => {
    const keys = [
      "text",
      "title",
      "label",
      "placeholder",
      "errorMessage",
      ...(node.type === "Input.Text" ? ["value"] : []),
    ];
    for (const key of keys) {
      const value = node[key];
      if (typeof value === "string") texts.push(value);
    }
  });
  return texts;
}

/** Titles of the buttons, in order. */
export function buttonsOf(card: unknown): readonly string[] {
  return actions(card).map((action) => String(action.title));
}

/** Ids of the inputs, in order. */
export function inputsOf(card: unknown): readonly string[] {
  return inputs(card).map(nameOf);
}

/** The options of one input, as values. */
export function optionsOf(card: unknown, id: string): readonly string[] {
  const input = inputs(card).find((candidate) => nameOf(candidate) === id);
  return choices(input).map((choice) => String(choice.value));
}

/** What a client sends when this button is pressed with these fields filled in. */
export function pressOf(card: unknown, label: string, filled: Filled = {}): Card {
  const action = actions(card).find((candidate) => candidate.title === label);
  if (!action) throw new Error(`no button "${label}"; there are: ${buttonsOf(card).join(" | ")}`);
  const data: Record<string, unknown> = { ...(action.data as object | undefined) };
  if (action.associatedInputs !== "none") {
    const known = inputs(card);
    for (const id of Object.keys(filled)) {
      if (!known.some((input) => nameOf(input) === id))
        throw new Error(`no input "${id}"; there are: ${inputsOf(card).join(" | ")}`);
    }
    for (const input of known) {
      const value = sendable(input, filled[nameOf(input)]);
      if (input.isRequired === true && !value)
        throw new Error(`"${String(input.id)}" is required: a client would not send`);
      if (value !== undefined) data[String(input.id)] = value;
    }
  }
  return {
    action: { type: action.type, id: action.id, title: label, verb: action.verb, data },
    trigger: "manual",
  };
}

function sendable(input: Card, filled: string | readonly string[] | undefined): string | undefined {
  const given = filled ?? (input.value as string | undefined);
  if (input.type === "Input.ChoiceSet") {
    if (given === undefined || given === "") return undefined;
    const several = input.isMultiSelect === true;
    if (!several && typeof given !== "string") throw new Error(`"${String(input.id)}" takes one option`);
    const picked = typeof given === "string" ? (several ? given.split(",") : [given]) : given;
    const offered = choices(input).map((choice) => choice.value);
    for (const option of picked) {
      if (!offered.includes(option))
        throw new Error(`no option "${option}"; there are: ${offered.join(" | ")}`);
    }
    return picked.length === 0 ? undefined : picked.join(",");
  }
  if (given !== undefined && typeof given !== "string") throw new Error(`"${String(input.id)}" takes text`);
  const max = input.maxLength;
  if (typeof max === "number" && (given ?? "").length > max)
    throw new Error(`"${String(input.id)}" takes at most ${max}`);
  return given === "" ? undefined : given;
}

/** An input's id without the `in:` or `in+:` that keeps it apart from a button's own data. */
function nameOf(input: Card): string {
  return String(input.id).replace(/^in\+?:/, "");
}

function actions(card: unknown): readonly Card[] {
  const found: Card[] = [];
  walk(card, (node) => {
    if (node.type === "Action.Execute" || node.type === "Action.Submit") found.push(node);
  });
  return found;
}

function inputs(card: unknown): readonly Card[] {
  const found: Card[] = [];
  walk(card, (node) => {
    if (typeof node.type === "string" && node.type.startsWith("Input.")) found.push(node);
  });
  return found;
}

function choices(input: Card | undefined): readonly Card[] {
  return (input?.choices as readonly Card[] | undefined) ?? [];
}

/** Visits every object a client would draw; what a button carries is not drawn. */
function walk(node: unknown, visit: (node: Card) => void): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
  } else if (typeof node === "object" && node !== null) {
    if ((node as Card).isVisible === false) return;
    visit(node as Card);
    for (const [key, child] of Object.entries(node)) if (key !== "data") walk(child, visit);
  }
}
