import { randomUUID } from "node:crypto";
import { DateTime } from "luxon";
import type { KeyRing } from "../cases/keys.ts";
import type { Content } from "../content/words.ts";
import type { Flow } from "../dialogs/core/flow.ts";
import { zone } from "./deadlines.ts";
import type { Log } from "./log.ts";
import type { MemberBook } from "./members.ts";
import type { Organisation } from "./organisation.ts";
import type { Clock, Store } from "./ports.ts";
import type { RightsBook } from "./rights.ts";

/** Everything a turn needs from outside; put together in `main.ts`. */
export interface World {
  readonly store: Store;
  readonly ring: KeyRing;
  readonly organisation: Organisation;
  readonly content: Content;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly members: MemberBook;
  readonly rights: RightsBook;
  /** Where people's browsers reach the service, without a slash at the end; null: no document can be fetched. */
  readonly publicUrl: string | null;
  /** Called after a transaction that queued a delivery. */
  readonly kick: () => void;
}

/** The content as it may be shown at `now`, Unix ms: without services that nobody has looked up for too long (P18). */
export function contentAt(
  { content, organisation }: Pick<World, "content" | "organisation">,
  now: number,
): Content {
  const today = DateTime.fromMillis(now, { zone }).toISODate() ?? "";
  return content.asOf(today, organisation.helpDirectory.hideAfterDays);
}

/** An opaque id that nobody can guess. */
export function freshId(): string {
  return randomUUID();
}
