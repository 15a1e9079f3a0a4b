/** How patient the outbox is. Times are in ms. */
export interface OutboxPolicy {
  /** Wait after the first failed try, the second, and so on; one more try than there are waits. */
  readonly waits: readonly number[];
  /** A delivery refused at this try or a later one is given up. More than 1: platforms give false 404s. */
  readonly refusedTries: number;
  /** How many lanes are served at a time. */
  readonly lanes: number;
  /** Longer than any delivery takes: another worker takes a row over when this has passed. */
  readonly lease: number;
  /** How often to look for what other processes put in the outbox. */
  readonly poll: number;
  /** Wait after an error of the store. */
  readonly storeWait: number;
  /** How often to try to write down what came of a delivery, before its lease is left to run out. */
  readonly storeTries: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Eight tries over about a day. */
export const defaultPolicy: OutboxPolicy = {
  waits: [15 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 15 * hour],
  refusedTries: 3,
  lanes: 4,
  lease: 2 * minute,
  poll: 5 * second,
  storeWait: second,
  storeTries: 5,
};
