import { setTimeout as wait } from "node:timers/promises";
import { errorCode, type Log } from "../log.ts";
import {
  type CardRow,
  type Clock,
  DeliveryError,
  type DeliveryProblem,
  isPersonLane,
  type LeasedDelivery,
  type Store,
} from "../ports.ts";
import { defaultPolicy, type OutboxPolicy } from "./policy.ts";

export interface OutboxParts {
  readonly store: Store;
  /** Sends it and returns the cards to remember. Throws `DeliveryError`; anything else counts as "unknown". */
  readonly deliver: (row: LeasedDelivery) => Promise<readonly CardRow[]>;
  /**
   * Tells people that a delivery failed for good. Called before the row is taken out, so that a crash cannot
   * swallow it: it may be called again for the same row, also after it threw.
   */
  readonly onGivenUp: (row: LeasedDelivery, code: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this run of this process; no other run may have the same name. */
  readonly worker: string;
  readonly policy?: Partial<OutboxPolicy>;
  /** From 0 up to 1; spreads retries so that a platform is not met by all of them at once. */
  readonly chance?: () => number;
}

export interface Outbox {
  start(): void;
  /** Says that something may be due now. */
  kick(): void;
  /** Takes no more work and waits for what is under way. May be started again. */
  stop(): Promise<void>;
  /** Resolves when nothing is due and nothing is under way, or when stopped. */
  idle(): Promise<void>;
}

/**
 * Carries out what lies in the outbox: at least once, in order within a lane (decision 10). Several
 * workers may share a store. A rate limit is waited out and counts for nothing; a refusal is tried a few
 * times; an unknown outcome is tried again as "may be there".
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, deliver, onGivenUp, clock, log, chance = Math.random } = parts;
  const policy = { ...defaultPolicy, ...parts.policy };
  const tries = policy.waits.length + 1;
  const underWay = new Set<Promise<void>>();
  let whenIdle: (() => void)[] = [];
  let started = false;
  let kicked = false;
  let filling: Promise<void> | null = null;
  let leases = 0;
  let timer: NodeJS.Timeout | undefined;

  function kick(): void {
    if (!started) return;
    kicked = true;
    filling ??= fill();
  }

  /** Gives every free hand a delivery that is due, then sets the timer for the next one. */
  async function fill(): Promise<void> {
    clearTimeout(timer);
    let next = policy.poll;
    try {
      let nothingDue = false;
      while (started && kicked) {
        kicked = false;
        nothingDue = false;
        while (started && !nothingDue && underWay.size < policy.lanes) nothingDue = !(await takeOne());
      }
      const dueAt = nothingDue ? await store.nextDue() : null;
      if (dueAt !== null) next = Math.max(1, Math.min(policy.poll, dueAt - clock.now()));
      // A kick during the last look means there is something to look at again.
      if (nothingDue && !kicked && underWay.size === 0) settleIdle();
    } catch (error) {
      log.error({ code: "outbox.store", error: errorCode(error) });
      next = policy.storeWait;
      kicked = false;
    }
    filling = null;
    if (!started) return;
    if (kicked) kick();
    else timer = setTimeout(kick, next).unref();
  }

  async function takeOne(): Promise<boolean> {
    leases += 1;
    // Each lease has its own name: an overdue delivery of this worker's cannot settle its successor's row.
    const lease = `${parts.worker}:${leases}`;
    const row = await store.lease(lease, clock.now(), policy.lease);
    if (!row) return false;
    const task = carry(row, lease).finally(() => {
      underWay.delete(task);
      kick();
    });
    underWay.add(task);
    return true;
  }

  async function carry(row: LeasedDelivery, lease: string): Promise<void> {
    // Only crashes get it here: every other way out gives up at the last try.
    if (row.attempts >= tries) return giveUp(row, lease, "tooManyTries");
    let cards: readonly CardRow[];
    try {
      cards = await deliver(row);
    } catch (error) {
      return failed(row, lease, problemOf(error));
    }
    await settle(row, "outbox.delivered", () => store.delivered(row.id, lease, cards));
  }

  function problemOf(error: unknown): DeliveryProblem {
    if (error instanceof DeliveryError) return error.problem;
    log.error({ code: "outbox.deliver", error: errorCode(error) });
    return { kind: "unknown", code: "unexpected" };
  }

  async function failed(row: LeasedDelivery, lease: string, problem: DeliveryProblem): Promise<void> {
    const now = clock.now();
    if (problem.kind === "rateLimited") {
      const dueAt = now + spread(Math.max(problem.retryAfter, 1));
      const outcome = { code: problem.kind, mayBeThere: row.mayBeThere, notTried: true } as const;
      return settle(row, "outbox.rateLimited", () => store.retry(row.id, lease, dueAt, outcome));
    }
    const last = problem.kind === "refused" ? Math.min(policy.refusedTries, tries) : tries;
    if (row.attempts + 1 >= last) return giveUp(row, lease, problem.code);
    const dueAt = now + spread(policy.waits[row.attempts] ?? 0);
    const mayBeThere = row.mayBeThere || problem.kind === "unknown";
    await settle(row, `outbox.${problem.kind}`, () =>
      store.retry(row.id, lease, dueAt, { code: problem.code, mayBeThere }),
    );
  }

  async function giveUp(row: LeasedDelivery, lease: string, code: string): Promise<void> {
    try {
      await onGivenUp(row, code);
    } catch (error) {
      // Nobody has been told: the row stays until somebody is.
      log.error({ code: "outbox.onGivenUp", ...laneOf(row), error: errorCode(error) });
      const dueAt = clock.now() + spread(policy.waits[0] ?? policy.poll);
      const outcome = { code, mayBeThere: row.mayBeThere };
      return settle(row, "outbox.untold", () => store.retry(row.id, lease, dueAt, outcome));
    }
    await settle(row, "outbox.givenUp", () => store.giveUp(row.id, lease, code));
  }

  /** Writes down what came of it. If that cannot be done the lease runs out, and the delivery is repeated. */
  async function settle(row: LeasedDelivery, code: string, write: () => Promise<boolean>): Promise<void> {
    for (let nr = 1; nr <= policy.storeTries; nr += 1) {
      try {
        const held = await write();
        log.info({ code: held ? code : "outbox.leaseLost", ...laneOf(row) });
        return;
      } catch (error) {
        log.error({ code: "outbox.store", ...laneOf(row), error: errorCode(error) });
        if (nr < policy.storeTries) await wait(policy.storeWait);
      }
    }
  }

  /** Up to a quarter longer; never sooner than the platform asked. */
  function spread(ms: number): number {
    return Math.ceil(ms * (1 + chance() / 4));
  }

  function settleIdle(): void {
    const waiting = whenIdle;
    whenIdle = [];
    for (const resolve of waiting) resolve();
  }

  return {
    start() {
      started = true;
      kick();
    },
    kick,
    async stop() {
      started = false;
      clearTimeout(timer);
      await filling;
      await Promise.all(underWay);
      settleIdle();
    },
    idle() {
      if (!started) return Promise.resolve();
      const settled = new Promise<void>((resolve) => whenIdle.push(resolve));
      kick();
      return settled;
    },
  };
}

/** A delivery's lane as it may be logged: the case it is about, but nobody's own. */
function laneOf({ lane }: LeasedDelivery): { readonly lane?: string } {
  return isPersonLane(lane) ? {} : { lane };
}
