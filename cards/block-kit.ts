import type {
  ActionsBlock,
  Button as ButtonElement,
  HomeView,
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextOption,
} from "@slack/types";
import { BlocksTooLarge, limits, within } from "./block-kit/limits.ts";
import { bold, header, partBlocks, plain, subtle } from "./block-kit/parts.ts";
import { PrivateOnDoor } from "./door.ts";
import { safeLink } from "./link.ts";
import type { Button, Input, Option, PressButton, View } from "./view.ts";

export { BlocksTooLarge } from "./block-kit/limits.ts";

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface Message {
  /** Content-free; for notifications and screen readers. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What the frame of a modal says, and where an adviser's modal was opened from. */
export interface ModalFrame {
  /** Beside the close button and above the modal; at most 24 characters each. */
  readonly title: string;
  readonly close: string;
  /** The adviser channel this room belongs to; comes back with every press in it. */
  readonly channel?: string;
}

/** The `callback_id` of every modal drawn here. */
const modalCallback = "vertrouwd";
/** In front of an input's id in its `action_id`: one answer, or several. */
export const oneInput = "in:";
export const severalInput = "in+:";

/** Draws a view as a message. Throws `PrivateOnDoor` for a private view, `BlocksTooLarge` for one Slack would refuse. */
export function drawMessage(view: View): Message {
  if (view.privacy === "private") throw new PrivateOnDoor();
  const blocks = [...content(view), ...actions(view.buttons)];
  return {
    text: escaped(within("section", view.summary)),
    blocks: fitting(blocks, "messageBlocks", "messageBudget"),
  };
}

/** Draws a view as a Home tab, which Slack stores like a message. Throws as `drawMessage` does. */
export function drawHome(view: View): HomeView {
  if (view.privacy === "private") throw new PrivateOnDoor();
  return {
    type: "home",
    blocks: fitting([...content(view), ...actions(view.buttons)], "viewBlocks", "messageBudget"),
  };
}

/**
 * Draws a view as a modal. Where something is to be filled in, the main button becomes the modal's own
 * submit button and the others stand below the fields; otherwise all are below the text. Throws
 * `BlocksTooLarge` for a view Slack would refuse.
 */
export function drawModal(view: View, frame: ModalFrame): ModalView {
  const main = view.inputs.length > 0 ? mainButton(view.buttons) : undefined;
  const metadata = JSON.stringify({ press: main?.press, channel: frame.channel });
  return {
    type: "modal",
    callback_id: modalCallback,
    title: plain(within("modalLabel", frame.title)),
    close: plain(within("modalLabel", frame.close)),
    ...(main === undefined ? {} : { submit: plain(within("modalLabel", main.label)) }),
    notify_on_close: true,
    private_metadata: within("privateMetadata", metadata),
    blocks: fitting(
      [...content(view), ...actions(view.buttons.filter((button) => button !== main))],
      "viewBlocks",
      "viewBudget",
    ),
  };
}

function content(view: View): KnownBlock[] {
  const main = mainButton(view.buttons);
  return [
    ...(view.note === null ? [] : [bold(view.note)]),
    ...(view.title === "" ? [] : [header(view.title)]),
    ...(view.step === null ? [] : subtle(view.step)),
    ...view.body.flatMap(partBlocks),
    ...view.inputs.map((input) => inputBlock(input, main)),
  ];
}

/** Never one that opens an address: a modal's submit button cannot. */
function mainButton(buttons: readonly Button[]): PressButton | undefined {
  const pressed = buttons.filter((button) => button.press !== undefined);
  return pressed.find((button) => button.style === "primary") ?? pressed[0];
}

/**
 * Slack keeps what was typed in a field when a view is replaced by one with the same `block_id`; the main
 * button's address in it keeps one question's answer from turning up in the next.
 */
function inputBlock(input: Input, main: Button | undefined): InputBlock {
  return {
    type: "input",
    block_id: within("id", `${input.id} ${JSON.stringify(main?.press ?? null)}`),
    label: plain(within("inputLabel", input.label)),
    // Whether an answer is needed is the conversation's to say, in words, and "skip" must always work (P4).
    optional: true,
    ...field(input),
  };
}

function field(input: Input): Pick<InputBlock, "element" | "hint"> {
  const shown = element(input);
  const text = "hint" in input ? (input.hint ?? null) : null;
  return text === null ? shown : { ...shown, hint: plain(within("inputLabel", text)) };
}

function element(input: Input): Pick<InputBlock, "element"> {
  const one = within("id", oneInput + input.id);
  switch (input.type) {
    case "choice": {
      const options = input.options.map(option);
      const chosen = options.find(({ value }) => value === input.value);
      const initial = chosen === undefined ? {} : { initial_option: chosen };
      if (input.shape === "dropdown") {
        return {
          element: { type: "static_select", action_id: one, options: selectable(options), ...initial },
        };
      }
      return { element: { type: "radio_buttons", action_id: one, options: listed(options), ...initial } };
    }
    case "choices": {
      const options = input.options.map(option);
      const chosen = options.filter(({ value }) => value !== undefined && input.value.includes(value));
      return {
        element: {
          type: "checkboxes",
          action_id: within("id", severalInput + input.id),
          options: listed(options),
          ...(chosen.length === 0 ? {} : { initial_options: chosen }),
        },
      };
    }
    case "text":
      return {
        element: {
          type: "plain_text_input",
          action_id: one,
          multiline: input.multiline,
          // What was typed under a wider limit is shown whole; the conversation says that it is too long.
          max_length: Math.min(Math.max(input.maxLength, input.value?.length ?? 0), limits.typedText),
          ...(input.value === null || input.value === ""
            ? {}
            : { initial_value: within("typedText", input.value) }),
        },
      };
    case "date":
      return {
        element: {
          type: "datepicker",
          action_id: one,
          ...(input.value === null ? {} : { initial_date: input.value }),
        },
      };
  }
}

function option({ value, label }: Option): PlainTextOption {
  return { text: plain(within("option", label)), value: within("option", value) };
}

function selectable(options: PlainTextOption[]): PlainTextOption[] {
  if (options.length > limits.selectOptions) throw new BlocksTooLarge("selectOptions");
  return options;
}

function listed(options: PlainTextOption[]): PlainTextOption[] {
  if (options.length > limits.options) throw new BlocksTooLarge("options");
  return options;
}

function actions(buttons: readonly Button[]): ActionsBlock[] {
  const elements = buttons.flatMap((button, index) =>
    button.press === undefined
      ? linkElement(button.label, safeLink(button.url), index)
      : buttonElement(button, index),
  );
  if (elements.length === 0) return [];
  if (elements.length > limits.actionsElements) throw new BlocksTooLarge("actionsElements");
  return [{ type: "actions", block_id: "do", elements }];
}

/** Without a value: Slack tells of the press all the same, and there is nothing in it to act on. */
function linkElement(label: string, url: string | null, index: number): ButtonElement[] {
  if (url === null) return [];
  const text = plain(within("buttonLabel", label));
  return [{ type: "button", action_id: `open:${index}`, text, url: within("buttonUrl", url) }];
}

function buttonElement(button: PressButton, index: number): ButtonElement {
  return {
    type: "button",
    action_id: `do:${index}`,
    text: plain(within("buttonLabel", button.label)),
    value: within("buttonValue", JSON.stringify(button.press)),
    ...(button.style === undefined ? {} : { style: button.style === "primary" ? "primary" : "danger" }),
    ...(button.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(within("confirmTitle", button.confirm.title)),
            text: plain(within("confirmText", button.confirm.text)),
            confirm: plain(within("confirmButton", button.confirm.yes)),
            deny: plain(within("confirmButton", button.confirm.no)),
          },
        }),
  };
}

function fitting(
  blocks: KnownBlock[],
  count: "messageBlocks" | "viewBlocks",
  budget: "messageBudget" | "viewBudget",
): KnownBlock[] {
  if (blocks.length > limits[count]) throw new BlocksTooLarge(count);
  within(budget, JSON.stringify(blocks));
  return blocks;
}

/** The one text Slack reads as markup. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
