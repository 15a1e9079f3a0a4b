import { z } from "zod";
import { caseId } from "./desk.ts";

const year = z.int().min(2000).max(9999);

/** The lists of a route's cases. */
export const caseLists = ["open", "mine", "waiting", "closed"] as const;
export type CaseList = (typeof caseLists)[number];

/** Where a page of a list ends: its last case. */
const afterCase = z.object({ at: z.int().min(0), id: caseId });

/** What an adviser's button says that is about no case; always pressed in a route, never in a private chat. */
export const RoutePress = z.discriminatedUnion("do", [
  /** Shuts the room; the door is what remains. */
  z.object({ do: z.literal("route.shut") }),
  /** A page of the list of cases; `which` is what was chosen on the form where it is left out. */
  z.object({ do: z.literal("cases.list"), which: z.enum(caseLists).optional(), after: afterCase.optional() }),
  /** The card of the case that was chosen on the form. */
  z.object({ do: z.literal("cases.open") }),
  /** Asks which year. */
  z.object({ do: z.literal("stats.open") }),
  /** The numbers of a year; of one that was not counted yet, the question whether to. */
  z.object({ do: z.literal("stats.year"), year }),
  /** Counts a year, for good. */
  z.object({ do: z.literal("stats.count"), year }),
  /** Offers the numbers as a document. */
  z.object({ do: z.literal("stats.document"), year }),
]);
export type RoutePress = z.infer<typeof RoutePress>;
