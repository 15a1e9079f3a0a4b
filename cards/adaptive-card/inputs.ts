import type { Input } from "../view.ts";

/**
 * The platform merges what was filled in with the button's own data into one object. These names keep the
 * two apart, and say which value is a list, because the platform sends a list as one joined string.
 */
const one = "in:";
const several = "in+:";

/** The name an input goes by on the card. */
export function inputName(input: Input): string {
  return (input.type === "choices" ? several : one) + input.id;
}

/** Splits a button's payload into the press it carries and what was filled in beside it, by input id. */
export function splitPayload(payload: Readonly<Record<string, unknown>>): {
  readonly press: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
} {
  const press: [string, unknown][] = [];
  const inputs: [string, unknown][] = [];
  for (const [name, value] of Object.entries(payload)) {
    if (name.startsWith(several)) inputs.push([name.slice(several.length), list(value)]);
    else if (name.startsWith(one)) inputs.push([name.slice(one.length), value]);
    else press.push([name, value]);
  }
  return { press: Object.fromEntries(press), inputs: Object.fromEntries(inputs) };
}

function list(value: unknown): unknown {
  return typeof value === "string" ? value.split(",").filter((part) => part !== "") : value;
}
