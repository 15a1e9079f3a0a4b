import { z } from "zod";

const caseId = z.string().min(1).max(80);

/** What an adviser's button says; always pressed in a route, never in a private chat. */
export const DeskPress = z.discriminatedUnion("do", [
  /** Opens the report in a room, or the next page of a long one. */
  z.object({ do: z.literal("desk.open"), case: caseId, page: z.int().min(0).max(10_000).optional() }),
  z.object({ do: z.literal("desk.acknowledge"), case: caseId }),
  /** Shows the form for a reply. */
  z.object({ do: z.literal("desk.write"), case: caseId }),
  /** Sends what was written in the form; `nonce` makes a repeated delivery harmless. */
  z.object({ do: z.literal("desk.reply"), case: caseId, nonce: z.string().min(8).max(80) }),
  /** Asks whether to close. */
  z.object({ do: z.literal("desk.closing"), case: caseId }),
  z.object({ do: z.literal("desk.close"), case: caseId }),
  /** Shuts the room; the sealed card is what remains. */
  z.object({ do: z.literal("desk.shut"), case: caseId }),
]);
export type DeskPress = z.infer<typeof DeskPress>;
