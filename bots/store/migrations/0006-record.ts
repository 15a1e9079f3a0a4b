import { type AuditRow, chained } from "../../../cases/audit.ts";
import type { Queries } from "../schema.ts";

/** Private records, each under a key of its own; and an audit log of which every line is bound to the one before. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .createTable("records")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("expiresAt", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("records_expiry").on("records").column("expiresAt").execute();
  await db.schema
    .createTable("record_keys")
    .addColumn("record", "text", (c) => c.primaryKey().references("records.id").onDelete("cascade"))
    .addColumn("wrappedKey", "text", (c) => c.notNull())
    .execute();

  // Lines from before had no order but their time.
  const before = await db
    .selectFrom("audit")
    .select(["at", "code", "case", "route"])
    .orderBy("at")
    .orderBy("code")
    .orderBy("case")
    .execute();
  await db.schema.dropTable("audit").execute();
  await db.schema
    .createTable("audit")
    .addColumn("nr", "bigint", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("code", "text", (c) => c.notNull())
    .addColumn("case", "text")
    .addColumn("route", "text")
    .addColumn("digest", "text", (c) => c.unique())
    .addColumn("chain", "text", (c) => c.notNull())
    .execute();
  let last: AuditRow | null = null;
  for (const entry of before) {
    last = chained(last, { ...entry, digest: null });
    await db.insertInto("audit").values(last).execute();
  }
}
