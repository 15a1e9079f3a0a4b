import type { DateTime } from "luxon";
import type { CaseRow } from "../cases/case.ts";
import type { ClockFacts, Clocks } from "../cases/clocks.ts";
import { deadlines } from "./deadlines.ts";
import type { Organisation } from "./organisation.ts";
import type { StoreTransaction } from "./ports.ts";
import { local, tenOrAfter, tenOrBefore } from "./working-days.ts";

/** The calendar in Amsterdam, whatever the server's, and an organisation's terms. Public holidays count as working days. */
export function clocksOf({
  retention,
  deadlines: rule,
}: Pick<Organisation, "retention" | "deadlines">): Clocks {
  return {
    before: (by, days) => tenOrBefore(local(by).minus({ days })),
    after: (by) => tenOrAfter(local(by).plus({ days: 1 })),
    workingDaysAfter: (at, days) => tenOrAfter(workingDays(local(at), days)),
    dueFrom: (at) => deadlines(at, rule),
    closedDays: retention.closedDays,
  };
}

function workingDays(from: DateTime, count: number): DateTime {
  let at = from;
  for (let left = count; left > 0; ) {
    at = at.plus({ days: 1 });
    if (!at.isWeekend) left -= 1;
  }
  return at;
}

/** What of a stored case decides about its reminders. */
export async function clockFacts(tx: Pick<StoreTransaction, "messages">, row: CaseRow): Promise<ClockFacts> {
  const replies = (await tx.messages(row.id)).filter(({ author }) => author === "adviser");
  return { ...row, lastReplyAt: replies.at(-1)?.at ?? null };
}
