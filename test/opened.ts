import { openConversation } from "../bots/conversations.ts";
import { openDelivery } from "../bots/deliveries.ts";
import type { ConversationRow, LeasedDelivery, RecordRow } from "../bots/ports.ts";
import { openRecord } from "../bots/record-rows.ts";
import type { CaseRow } from "../cases/case.ts";
import type { KeyRing } from "../cases/keys.ts";
import { openLink, openMessage, openName, openReport } from "../cases/report.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import type { Tables } from "./world.ts";

/** What a thief reads who has a copy of the database and all keys: every row, and what of it opens, by table. */
export function openedWith(ring: KeyRing, tables: Tables): Readonly<Record<string, readonly string[]>> {
  const rows = (name: string) => tables[name] ?? [];
  const keys = new Map(rows("case_keys").map((row) => [row.case, row]));
  const wholeCase = (row: Readonly<Record<string, unknown>>) =>
    ({ ...row, ...keys.get(row.id) }) as unknown as CaseRow;
  const cases = new Map(rows("cases").map((row) => [row.id, wholeCase(row)]));
  return {
    ...Object.fromEntries(
      Object.entries(tables).map(([name, all]) => [`rows of ${name}`, all.map((row) => JSON.stringify(row))]),
    ),
    conversations: rows("conversations").map((row) =>
      JSON.stringify(openConversation(ring, row as unknown as ConversationRow)),
    ),
    outbox: rows("outbox")
      .filter(({ sealed }) => sealed !== "")
      .map((row) => JSON.stringify(openDelivery(ring, row as unknown as LeasedDelivery))),
    case_cards: rows("case_cards").map((row) =>
      ring.open("message-ref", `card:${String(row.id)}`, row.ref as Sealed),
    ),
    reports: [...cases.values()].flatMap((row) => unlessBroken(() => JSON.stringify(openReport(ring, row)))),
    names: [...cases.values()].flatMap((row) => unlessBroken(() => openName(ring, row) ?? "")),
    links: [...cases.values()].flatMap((row) => unlessBroken(() => openLink(ring, row) ?? "")),
    records: rows("records").flatMap((row) => {
      const key = rows("record_keys").find((one) => one.record === row.id);
      return key
        ? unlessBroken(() => JSON.stringify(openRecord(ring, { ...row, ...key } as unknown as RecordRow)))
        : [];
    }),
    messages: rows("messages").flatMap((row) => {
      const theCase = cases.get(row.case);
      if (!theCase) return [];
      return unlessBroken(() => openMessage(ring, theCase, String(row.nonceHash), row.text as Sealed));
    }),
  };
}

function unlessBroken(open: () => string): readonly string[] {
  try {
    return [open()];
  } catch (error) {
    if (error instanceof SealBroken) return [];
    throw error;
  }
}
