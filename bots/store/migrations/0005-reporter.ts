import { sql } from "kysely";
import type { Queries } from "../schema.ts";

/** What a reporter can do after sending: give a name, and withdraw, knowing whether the report was opened. */
export async function up(db: Queries): Promise<void> {
  await db.schema.alterTable("cases").addColumn("name", "text").execute();
  await db.schema.alterTable("cases").addColumn("readAt", "bigint").execute();
  // Of cases from before nobody noted it: they count as opened, so that nobody is told too little.
  await sql`update cases set ${sql.ref("readAt")} = ${sql.ref("createdAt")}`.execute(db);
  await db.schema.createIndex("cases_pseudonym").on("cases").column("pseudonym").execute();
}
