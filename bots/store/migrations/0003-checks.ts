import type { Queries } from "../schema.ts";

/** Code-of-conduct checks, each under a key of its own, and the numbers by which units can be compared. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .createTable("checks")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("codeHash", "text", (c) => c.notNull().unique())
    .addColumn("expiresAt", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("checks_expiry").on("checks").column("expiresAt").execute();
  await db.schema
    .createTable("check_keys")
    .addColumn("check", "text", (c) => c.primaryKey().references("checks.id").onDelete("cascade"))
    .addColumn("wrappedKey", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("comparisons")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .execute();
}
