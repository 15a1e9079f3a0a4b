import { randomUUID } from "node:crypto";
import type { KeyRing } from "../cases/keys.ts";
import type { Content } from "../content/words.ts";
import type { Flow } from "../dialogs/core/flow.ts";
import type { Log } from "./log.ts";
import type { Organisation } from "./organisation.ts";
import type { Clock, Store } from "./ports.ts";

/** Everything a turn needs from outside; put together in `main.ts`. */
export interface World {
  readonly store: Store;
  readonly ring: KeyRing;
  readonly organisation: Organisation;
  readonly content: Content;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after a transaction that queued a delivery. */
  readonly kick: () => void;
}

/** An opaque id that nobody can guess. */
export function freshId(): string {
  return randomUUID();
}
