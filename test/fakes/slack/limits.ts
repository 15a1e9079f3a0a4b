import { z } from "zod";

/**
 * What Slack accepts, written down apart from the code that draws, so that the two check each other. Unknown
 * fields are refused. Lengths are counted in UTF-16 code units, the strictest reading.
 */
const id = z.string().min(1).max(255);

const plain = (max: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
const text = (max: number) => z.union([plain(max), mrkdwn(max)]);

const Confirm = z.strictObject({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(["primary", "danger"]).optional(),
});

const Option = z.strictObject({
  text: text(75),
  value: z.string().min(1).max(75),
  description: plain(75).optional(),
});
type Option = z.infer<typeof Option>;
const Options = z
  .array(Option)
  .min(1)
  .max(10)
  .refine(
    (options) => new Set(options.map(({ value }) => value)).size === options.length,
    "option values must differ",
  );

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const among = (options: readonly Option[], option: Option) => options.some((other) => same(other, option));

export const ButtonElement = z.strictObject({
  type: z.literal("button"),
  action_id: id,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  confirm: Confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});
const Radio = z
  .strictObject({
    type: z.literal("radio_buttons"),
    action_id: id,
    options: Options,
    initial_option: Option.optional(),
    confirm: Confirm.optional(),
    focus_on_load: z.boolean().optional(),
  })
  .refine(
    (it) => it.initial_option === undefined || among(it.options, it.initial_option),
    "initial_option not in options",
  );
const Select = z
  .strictObject({
    type: z.literal("static_select"),
    action_id: id,
    options: z.array(Option).min(1).max(100),
    initial_option: Option.optional(),
    placeholder: z
      .strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(150) })
      .optional(),
    confirm: Confirm.optional(),
    focus_on_load: z.boolean().optional(),
  })
  .refine(
    (it) => it.initial_option === undefined || among(it.options, it.initial_option),
    "initial_option not in options",
  );
const Checkboxes = z
  .strictObject({
    type: z.literal("checkboxes"),
    action_id: id,
    options: Options,
    initial_options: z.array(Option).min(1).optional(),
    confirm: Confirm.optional(),
    focus_on_load: z.boolean().optional(),
  })
  .refine(
    (it) => (it.initial_options ?? []).every((option) => among(it.options, option)),
    "initial_options not in options",
  );
const TextInput = z
  .strictObject({
    type: z.literal("plain_text_input"),
    action_id: id,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    initial_value: z.string().max(3000).optional(),
    placeholder: plain(150).optional(),
    focus_on_load: z.boolean().optional(),
  })
  .refine(
    (it) => (it.initial_value?.length ?? 0) <= (it.max_length ?? 3000),
    "initial_value longer than max_length",
  );
const DatePicker = z.strictObject({
  type: z.literal("datepicker"),
  action_id: id,
  initial_date: z.iso.date().optional(),
  placeholder: plain(150).optional(),
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
});
export type FieldElement =
  | z.infer<typeof DatePicker>
  | z.infer<typeof Radio>
  | z.infer<typeof Select>
  | z.infer<typeof Checkboxes>
  | z.infer<typeof TextInput>;

const Style = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
});
const Run = z.union([
  z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(3000), style: Style.optional() }),
  z.strictObject({
    type: z.literal("link"),
    url: z.url().max(3000),
    text: z.string().min(1).optional(),
    style: Style.optional(),
  }),
]);
const RichSection = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(Run).min(1) });
const Rich = z.union([
  RichSection,
  z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(Run).min(1) }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(Run).min(1) }),
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.enum(["bullet", "ordered"]),
    elements: z.array(RichSection).min(1),
    indent: z.int().optional(),
  }),
]);

const block_id = id.optional();
export const AnyBlock = z.union([
  z.strictObject({ type: z.literal("header"), block_id, text: plain(150) }),
  z.strictObject({ type: z.literal("divider"), block_id }),
  z
    .strictObject({
      type: z.literal("section"),
      block_id,
      text: text(3000).optional(),
      fields: z.array(text(2000)).min(1).max(10).optional(),
    })
    .refine((it) => it.text !== undefined || it.fields !== undefined, "section needs text or fields"),
  z.strictObject({ type: z.literal("context"), block_id, elements: z.array(text(2000)).min(1).max(10) }),
  z.strictObject({ type: z.literal("rich_text"), block_id, elements: z.array(Rich).min(1) }),
  z.strictObject({ type: z.literal("actions"), block_id, elements: z.array(ButtonElement).min(1).max(25) }),
  z.strictObject({
    type: z.literal("input"),
    block_id,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.union([Radio, Select, Checkboxes, TextInput, DatePicker]),
  }),
]);
export type AnyBlock = z.infer<typeof AnyBlock>;

function unique(ids: readonly (string | undefined)[]): boolean {
  const given = ids.filter((each) => each !== undefined);
  return new Set(given).size === given.length;
}
const blocks = (max: number) =>
  z
    .array(AnyBlock)
    .min(1)
    .max(max)
    .refine((all) => unique(all.map((block) => block.block_id)), "block_id must be unique")
    .refine(
      (all) =>
        all.every(
          (block) => block.type !== "actions" || unique(block.elements.map((element) => element.action_id)),
        ),
      "action_id must be unique in a block",
    );

export const MessageBlocks = blocks(50);

/** Slack's undocumented limit on the whole message, in characters of JSON. */
export const messageBlocksBudget = 13_200;
/** Slack's limit on a view, in bytes of JSON. */
export const viewBudget = 250_000;

export const Modal = z
  .strictObject({
    type: z.literal("modal"),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    callback_id: id.optional(),
    private_metadata: z.string().max(3000).optional(),
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    blocks: blocks(100),
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every(({ type }) => type !== "input"),
    "inputs need submit",
  );
export type Modal = z.infer<typeof Modal>;

export const Home = z.strictObject({
  type: z.literal("home"),
  callback_id: id.optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
  blocks: blocks(100),
});
export type Home = z.infer<typeof Home>;
