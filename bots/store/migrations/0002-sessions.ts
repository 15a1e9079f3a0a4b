import type { Queries } from "../schema.ts";

/** Team sessions, for a day each. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .createTable("sessions")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("expiresAt", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("sessions_expiry").on("sessions").column("expiresAt").execute();
}
