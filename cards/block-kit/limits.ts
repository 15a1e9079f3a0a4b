/**
 * Slack's limits, in UTF-16 code units unless said. Each is Slack's own number but the two budgets: Slack
 * refuses messages somewhat above 13,000 characters of blocks without saying where, and a modal comes back
 * whole, URL-encoded, with every press, so its size bounds the size of the requests the bot must accept.
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  messageBudget: 12_000,
  viewBudget: 24_000,
  section: 3000,
  field: 2000,
  fields: 10,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  id: 255,
  buttonLabel: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  option: 75,
  options: 10,
  selectOptions: 100,
  inputLabel: 2000,
  typedText: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  modalLabel: 24,
  privateMetadata: 3000,
} as const;

/** Which limit a view does not keep. */
export type BlocksLimit = keyof typeof limits;

/**
 * A view that Slack would refuse. Thrown instead of cutting anything off: half an option or half a help
 * line misleads. `code` names the limit; nothing of the view is carried.
 */
export class BlocksTooLarge extends Error {
  readonly code: BlocksLimit;
  constructor(code: BlocksLimit) {
    super(`blocksTooLarge: ${code}`);
    this.name = "BlocksTooLarge";
    this.code = code;
  }
}

/** Returns the text if it fits; throws `BlocksTooLarge` otherwise. */
export function within(limit: BlocksLimit, text: string): string {
  if (text.length > limits[limit]) throw new BlocksTooLarge(limit);
  return text;
}
