import { z } from "zod";

/** Of the signs that ids are made of: not every database takes every text to look for. */
export const caseId = z
  .string()
  .max(80)
  .regex(/^[\w-]+$/);

/** Pages of work on a case, besides the case itself. */
export const workPages = ["options", "note", "record", "hand", "conflict", "notes"] as const;
export type WorkPage = (typeof workPages)[number];

/** What an adviser's button says; always pressed in a route, never in a private chat. */
export const DeskPress = z.discriminatedUnion("do", [
  /** Opens the report in a room, or the next page of a long one. */
  z.object({ do: z.literal("desk.open"), case: caseId, page: z.int().min(0).max(10_000).optional() }),
  z.object({ do: z.literal("desk.acknowledge"), case: caseId }),
  /**
   * Shows the form for a reply. `reopen`: the one that says that it opens a closed case again; of which closing,
   * by its time (Unix ms).
   */
  z.object({ do: z.literal("desk.write"), case: caseId, reopen: z.int().min(0).optional() }),
  /** Sends what was written in the form; `nonce` makes a repeated delivery harmless. */
  z.object({
    do: z.literal("desk.reply"),
    case: caseId,
    nonce: z.string().min(8).max(80),
    reopen: z.int().min(0).optional(),
  }),
  /** Asks whether to close. */
  z.object({ do: z.literal("desk.closing"), case: caseId }),
  z.object({ do: z.literal("desk.close"), case: caseId }),
  /** Takes the case. `from`: whose it was when the button was drawn, as a keyed hash. */
  z.object({ do: z.literal("desk.take"), case: caseId, from: z.string().min(1).max(120).optional() }),
  /** What else can be done: pages in the room. */
  z.object({
    do: z.literal("desk.work"),
    case: caseId,
    page: z.enum(workPages).optional(),
    /** Of a page that goes on: from 0. */
    nr: z.int().min(0).max(1000).optional(),
  }),
  /** To the colleague chosen on the form. */
  z.object({ do: z.literal("desk.handTo"), case: caseId }),
  z.object({ do: z.literal("desk.note"), case: caseId, nonce: z.string().min(8).max(80) }),
  z.object({ do: z.literal("desk.record"), case: caseId }),
  /** Whether a document of the case may be made for a procedure, and how. */
  z.object({ do: z.literal("desk.export"), case: caseId }),
  /** Asks the reporter whether a document of the case may be made for a procedure. */
  z.object({ do: z.literal("desk.askConsent"), case: caseId }),
  /** Makes that document, where the reporter allows it. */
  z.object({ do: z.literal("desk.document"), case: caseId }),
  /** To another route, by id: somebody here cannot be neutral. */
  z.object({ do: z.literal("desk.move"), case: caseId, to: z.string().min(1).max(40) }),
  /** Asks what a closed case is to be kept longer for, and how long. */
  z.object({ do: z.literal("desk.holding"), case: caseId }),
  z.object({ do: z.literal("desk.hold"), case: caseId }),
  z.object({ do: z.literal("desk.unhold"), case: caseId }),
  /** Shuts the room; the sealed card is what remains. */
  z.object({ do: z.literal("desk.shut"), case: caseId }),
]);
export type DeskPress = z.infer<typeof DeskPress>;
