import { randomBytes } from "node:crypto";
import { z } from "zod";
import { reminderKinds } from "../cases/clocks.ts";
import type { KeyRing } from "../cases/keys.ts";
import type { Deliveries, Delivery } from "../cases/ports.ts";
import type { Sealed } from "../cases/seal.ts";
import { Address } from "./conversations.ts";
import { type LeasedDelivery, lanesOf, type StoreTransaction } from "./ports.ts";

/** Deliveries that are about no case; `due` is when they were planned for, Unix ms. */
const PracticePing = z.object({ kind: z.literal("practicePing"), address: Address, due: z.number() });
export type PracticePing = z.infer<typeof PracticePing>;
const CheckReminder = z.object({
  kind: z.literal("checkReminder"),
  check: z.string(),
  /** Id of a person of that check. */
  person: z.string(),
  of: z.discriminatedUnion("about", [
    z.object({ about: z.literal("action"), question: z.string() }),
    z.object({ about: z.literal("recheck") }),
  ]),
  address: Address,
  due: z.number(),
});
/** Of a draft that waits; whose it is only the sealed row knows. */
const DraftReminder = z.object({ kind: z.literal("draftReminder"), address: Address, due: z.number() });
export type DraftReminder = z.infer<typeof DraftReminder>;
export type CheckReminder = z.infer<typeof CheckReminder>;

/** What goes to somebody who asked for it, and is about no case. */
export type Wished = PracticePing | CheckReminder | DraftReminder;

const Queued = z.discriminatedUnion("kind", [
  PracticePing,
  CheckReminder,
  DraftReminder,
  z.object({ kind: z.literal("caseCard"), case: z.string() }),
  z.object({
    kind: z.literal("caseCardUpdate"),
    case: z.string(),
    reopened: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal("routePing"), case: z.string() }),
  z.object({
    kind: z.literal("reporterPing"),
    case: z.string(),
    about: z.enum(["acknowledged", "reply", "closed", "undelivered", "moved", "consent"]),
  }),
  z.object({ kind: z.literal("aftercare"), case: z.string() }),
  z.object({ kind: z.literal("caseLeft"), case: z.string(), route: z.string() }),
  z.object({ kind: z.literal("routeTrouble"), case: z.string(), route: z.string() }),
  z.object({ kind: z.literal("routeReminder"), case: z.string(), of: z.enum(reminderKinds) }),
  z.object({
    kind: z.literal("otherRouteReminder"),
    case: z.string(),
    of: z.enum(reminderKinds),
    route: z.string(),
  }),
]);

/** To whom each kind goes: a route that cannot be reached must not keep another one waiting. */
const laneFor: Readonly<Record<Delivery["kind"], keyof ReturnType<typeof lanesOf>>> = {
  caseCard: "route",
  caseCardUpdate: "route",
  routePing: "route",
  caseLeft: "route",
  aftercare: "aftercare",
  reporterPing: "reporter",
  routeTrouble: "trouble",
  routeReminder: "route",
  otherRouteReminder: "trouble",
};

/**
 * Queues deliveries in a transaction, sealed and bound to their row. What follows from a
 * `cause`, the id of another delivery, is queued once for it, however often that is asked.
 */
export function deliveriesIn(tx: StoreTransaction, ring: KeyRing, now: number, cause?: string): Deliveries {
  return {
    enqueue: async (delivery: Delivery) => {
      const id = cause === undefined ? randomBytes(12).toString("base64url") : `${cause}.${delivery.kind}`;
      const sealed = sealDelivery(ring, id, delivery);
      const lanes = lanesOf(delivery.case);
      const lane = laneFor[delivery.kind];
      await tx.enqueue({ id, lane: lanes[lane], sealed, dueAt: now });
    },
  };
}

/** Seals what is to be delivered, for the row with this id. */
export function sealDelivery(ring: KeyRing, id: string, delivery: Delivery | Wished): Sealed {
  return ring.seal("outbox", `outbox:${id}`, JSON.stringify(delivery));
}

/** Opens a queued delivery. Throws `SealBroken`. */
export function openDelivery(ring: KeyRing, row: Pick<LeasedDelivery, "id" | "sealed">): Delivery | Wished {
  return Queued.parse(JSON.parse(ring.open("outbox", `outbox:${row.id}`, row.sealed as Sealed)));
}
