import { sql } from "kysely";
import type { Queries } from "../schema.ts";

/** Everything the first whole journey needs. */
export async function up(db: Queries): Promise<void> {
  const { schema } = db;

  await schema
    .createTable("conversations")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("expiresAt", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("conversations_expiry").on("conversations").column("expiresAt").execute();

  await schema
    .createTable("cases")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("number", "text", (c) => c.notNull().unique())
    .addColumn("pseudonym", "integer", (c) => c.notNull())
    .addColumn("route", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("createdAt", "bigint", (c) => c.notNull())
    .addColumn("acknowledgeBy", "bigint", (c) => c.notNull())
    .addColumn("feedbackBy", "bigint", (c) => c.notNull())
    .addColumn("acknowledgedAt", "bigint")
    .addColumn("closedAt", "bigint")
    .addColumn("report", "text", (c) => c.notNull())
    .addColumn("link", "text", (c) => c.notNull())
    .addColumn("receiptHash", "text", (c) => c.notNull().unique())
    .execute();
  await schema.createIndex("cases_closed").on("cases").column("closedAt").execute();

  await schema
    .createTable("case_keys")
    .addColumn("case", "text", (c) => c.primaryKey().references("cases.id").onDelete("cascade"))
    .addColumn("wrappedKey", "text", (c) => c.notNull())
    .addColumn("wrappedLinkKey", "text", (c) => c.notNull())
    .execute();

  await schema
    .createTable("messages")
    .addColumn("case", "text", (c) => c.notNull().references("cases.id").onDelete("cascade"))
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("author", "text", (c) => c.notNull())
    .addColumn("nonceHash", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("messages_key", ["case", "seq"])
    .addUniqueConstraint("messages_once", ["case", "nonceHash"])
    .execute();

  // No foreign key: a worker that records a card must not wait for a case that is being destroyed.
  await schema
    .createTable("case_cards")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("case", "text", (c) => c.notNull())
    .addColumn("audience", "text", (c) => c.notNull())
    .addColumn("ref", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .execute();
  await schema.createIndex("case_cards_case").on("case_cards").columns(["case", "audience"]).execute();

  await schema
    .createTable("lanes")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("last", "integer", (c) => c.notNull())
    .execute();
  await schema
    .createTable("outbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("lane", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("dueAt", "bigint", (c) => c.notNull())
    .addColumn("leasedBy", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("mayBeThere", "integer", (c) => c.notNull())
    .addColumn("code", "text")
    .addUniqueConstraint("outbox_order", ["lane", "position"])
    .execute();
  await schema
    .createIndex("outbox_due")
    .on("outbox")
    .column("dueAt")
    .where(sql.ref("state"), "=", sql.lit("waiting"))
    .execute();

  await schema
    .createTable("seen_events")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("seen_events_at").on("seen_events").column("at").execute();

  await schema
    .createTable("attempts")
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("windowStart", "bigint", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("attempts_key", ["id", "windowStart"])
    .execute();

  await schema
    .createTable("audit")
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("code", "text", (c) => c.notNull())
    .addColumn("case", "text")
    .addColumn("route", "text")
    .execute();
}
