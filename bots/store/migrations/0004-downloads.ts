import type { Queries } from "../schema.ts";

/** Documents that wait to be fetched, for a quarter of an hour each. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .createTable("downloads")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("expiresAt", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("downloads_expiry").on("downloads").column("expiresAt").execute();
}
