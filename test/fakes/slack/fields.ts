import type { AnyBlock, FieldElement } from "./limits.ts";
import { appId, type FieldValue, type OpenModal, team } from "./workspace.ts";

/** The button with this label. Throws, naming those that are there, when none has it. */
export function buttonOf(label: string, blocks: readonly AnyBlock[]) {
  const buttons = blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  const button = buttons.find(({ text }) => text.text === label);
  if (button !== undefined) return button;
  throw new Error(`no button "${label}" here, only: ${buttons.map(({ text }) => text.text).join(", ")}`);
}

/** The block id and element of a modal's field, by its label or its input id. */
export function fieldOf(modal: OpenModal, name: string): [string, FieldElement] {
  for (const [index, block] of modal.view.blocks.entries()) {
    if (block.type !== "input") continue;
    if (block.label.text !== name && block.element.action_id.replace(/^in\+?:/, "") !== name) continue;
    return [block.block_id ?? `auto${index}`, block.element];
  }
  throw new Error(`no field "${name}" in this modal`);
}

/** What a client would send for this answer. Throws where a person could not give it. */
export function given(element: FieldElement, answer: string | readonly string[]): FieldValue {
  if (element.type === "plain_text_input") {
    if (typeof answer !== "string" || answer.length > (element.max_length ?? 3000)) {
      throw new Error("this field cannot hold that");
    }
    return { type: element.type, value: answer === "" ? null : answer };
  }
  if (element.type === "datepicker") {
    if (typeof answer !== "string" || !/^(\d{4}-\d{2}-\d{2})?$/.test(answer))
      throw new Error("this field holds a day");
    return { type: element.type, selected_date: answer === "" ? null : answer };
  }
  const chosen = [answer].flat().map((each) => {
    const option = element.options.find((one) => one.text.text === each || one.value === each);
    if (option === undefined) throw new Error(`no option "${each}" in this field`);
    return option;
  });
  if (element.type === "checkboxes") return { type: element.type, selected_options: chosen };
  return { type: element.type, selected_option: chosen[0] ?? null };
}

/** What stands in the fields, by label: text, or labels of options. */
export function filledIn(modal: OpenModal): Record<string, string | readonly string[]> {
  const result: Record<string, string | readonly string[]> = {};
  for (const [index, block] of modal.view.blocks.entries()) {
    if (block.type !== "input") continue;
    const value = modal.values[block.block_id ?? `auto${index}`]?.[block.element.action_id];
    if (value !== undefined) result[block.label.text] = read(value);
  }
  return result;
}

function read(value: FieldValue): string | readonly string[] {
  const label = (option: object) => (option as { text: { text: string } }).text.text;
  if (value.type === "plain_text_input") return value.value ?? "";
  if (value.type === "datepicker") return value.selected_date ?? "";
  if (value.type === "checkboxes") return value.selected_options.map(label);
  return value.selected_option === null ? "" : label(value.selected_option);
}

/** A modal as Slack sends it along: whole, with what was filled in. */
export function viewPayload(modal: OpenModal): Record<string, unknown> {
  return {
    ...modal.view,
    id: modal.id,
    team_id: team,
    app_id: appId,
    app_installed_team_id: team,
    bot_id: "B0BOT",
    hash: modal.hash,
    state: { values: modal.values },
    previous_view_id: null,
    root_view_id: modal.id,
    external_id: "",
  };
}
