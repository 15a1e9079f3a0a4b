import { type CaseDetail, type ReportRow, type ThreadMessage, threadPages } from "./case-view.ts";
import { rowPages, rowsLength } from "./review.ts";

/** Room for messages and the end of the report on one page of an open case; see `threadPages`. */
const sharedPage = 8000;

/** What one page of an opened case holds; `messages` is null where the report is not yet at its end. */
export interface CasePage {
  readonly rows: readonly ReportRow[];
  readonly messages: readonly ThreadMessage[] | null;
}

/** How an opened case is split; the page on which the report ends has the newest messages, as far as they fit. */
export function caseRoomPages({
  rows,
  messages,
}: Pick<CaseDetail, "rows" | "messages">): readonly CasePage[] {
  const report = rowPages(rows);
  const end = report.at(-1) ?? [];
  const [newest = [], ...older] = threadPages(messages, sharedPage - rowsLength(end));
  return [
    ...report.slice(0, -1).map((page) => ({ rows: page, messages: null })),
    { rows: end, messages: newest },
    ...older.map((page) => ({ rows: [], messages: page })),
  ];
}
