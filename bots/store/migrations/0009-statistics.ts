import type { Queries } from "../schema.ts";

/** The numbers of a route's year: a tally while it is open, and what may be told of it once it is over. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .createTable("statistics")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .execute();
}
