import { z } from "zod";
import { entriesOnForm } from "./record.ts";

const id = z.string().min(1).max(80);
const page = z.int().min(0).max(1000).optional();

/** What a button about the private record says. Whose record, the conversation knows. */
export const RecordPress = z.discriminatedUnion("do", [
  z.object({ do: z.literal("record"), page }),
  /** `nonce` is minted with the form, so that a repeated delivery keeps the text once. */
  z.object({ do: z.literal("record.add"), nonce: z.string().min(8).max(80) }),
  /** What can be done with it, with entries to tick. */
  z.object({ do: z.literal("record.options"), page }),
  /** Begins a report, or goes on with the one that waits, with the entries that were ticked. */
  z.object({ do: z.literal("record.use"), page }),
  z.object({ do: z.literal("record.copy"), page }),
  /** Says what destroying does: to the entries that were ticked, or to all of it. */
  z.object({ do: z.literal("record.destroying") }),
  /** Absent: all of it. */
  z.object({
    do: z.literal("record.destroy"),
    entries: z.array(id).max(entriesOnForm).readonly().optional(),
  }),
  /** Puts the own words of a draft into the record; the draft stays. */
  z.object({ do: z.literal("record.keep"), draft: id }),
]);
export type RecordPress = z.infer<typeof RecordPress>;

/** What of the private record is looked at. */
export type RecordPage =
  | { readonly at: "entries"; readonly page: number }
  | { readonly at: "options"; readonly page: number }
  | { readonly at: "copy"; readonly page: number }
  /** `all`, or these. */
  | { readonly at: "destroying"; readonly entries: "all" | readonly string[] };
