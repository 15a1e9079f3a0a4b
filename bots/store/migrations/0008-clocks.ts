import { sql } from "kysely";
import type { Queries } from "../schema.ts";

/** When a case's advisers are next reminded and of what, and until when a closed case is kept, and why. */
export async function up(db: Queries): Promise<void> {
  await db.schema.alterTable("cases").addColumn("remindAt", "bigint").execute();
  await db.schema.alterTable("cases").addColumn("remindKind", "text").execute();
  await db.schema.alterTable("cases").addColumn("holdUntil", "bigint").execute();
  await db.schema.alterTable("cases").addColumn("holdReason", "text").execute();
  await db.schema.createIndex("cases_remind").on("cases").column("remindAt").execute();
  // Cases from before are looked at by the first run: it puts off what is not due yet, and leaves out what is outdated.
  await sql`update cases set "remindAt" = "createdAt", "remindKind" = 'acknowledgeSoon' where "closedAt" is null`.execute(
    db,
  );
  await sql`update cases set "remindAt" = "closedAt", "remindKind" = 'destroySoon' where state = 'closed'`.execute(
    db,
  );
}
