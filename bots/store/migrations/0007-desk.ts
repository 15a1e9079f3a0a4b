import type { Queries } from "../schema.ts";

/** The advisers' work on a case: sealed, and by a keyed hash who works on it. */
export async function up(db: Queries): Promise<void> {
  await db.schema
    .alterTable("cases")
    .addColumn("desk", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await db.schema.alterTable("cases").addColumn("holder", "text").execute();
}
