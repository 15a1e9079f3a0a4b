import { sql } from "kysely";
import type { Queries } from "../schema.ts";

/** When a case is due next, for lists in that order however many cases there are. */
export async function up(db: Queries): Promise<void> {
  await db.schema.alterTable("cases").addColumn("dueAt", "bigint").execute();
  const [due, state] = [sql.ref("dueAt"), sql.ref("state")];
  await sql`update cases set ${due} = case ${state} when 'received' then ${sql.ref("acknowledgeBy")}
    else ${sql.ref("feedbackBy")} end where ${state} not in ('closed', 'withdrawn')`.execute(db);
  await db.schema.createIndex("cases_due").on("cases").columns(["route", "dueAt", "id"]).execute();
  await db.schema.createIndex("cases_held").on("cases").columns(["route", "holder", "dueAt", "id"]).execute();
  await db.schema
    .createIndex("cases_standing")
    .on("cases")
    .columns(["route", "state", "dueAt", "id"])
    .execute();
  await db.schema.createIndex("cases_over").on("cases").columns(["route", "closedAt", "id"]).execute();
}
