import { z } from "zod";

const year = z.int().min(2000).max(9999);

/** What an adviser's button says that is about no case; always pressed in a route, never in a private chat. */
export const RoutePress = z.discriminatedUnion("do", [
  /** Shuts the room; the door is what remains. */
  z.object({ do: z.literal("route.shut") }),
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
