import type { CaseRow } from "./case.ts";
import { type Actor, type DeskRecord, openDesk, sealDesk, withAct } from "./desk-record.ts";
import { type Desk, Overtaken, type Refusal, tellReporter } from "./handling.ts";

/**
 * A case leaves its channel as a document only for a procedure, and only where its reporter said that it may. The
 * reporter is asked once: who said no, or nothing, is not asked again, but can still allow it.
 */
export type ConsentOutcome =
  | { readonly moved: CaseRow }
  | { readonly refused: Refusal | "notAsked" | "noConsent" };

/** Whether a document may be made now. */
export function mayExport({ consent }: Pick<DeskRecord, "consent">): boolean {
  return consent?.given === true;
}

/** An adviser asks the reporter. Closed cases too: a procedure often begins when the talks are over. */
export async function askConsent(desk: Desk, row: CaseRow, by: Actor): Promise<ConsentOutcome> {
  const before = openable(desk, row);
  if ("refused" in before) return before;
  if (before.record.consent !== null) return { refused: "alreadyDone" };
  const consent = { askedAt: desk.now, answeredAt: null, given: false };
  const record = withAct({ ...before.record, consent }, { at: desk.now, by, what: "askedConsent" });
  const moved = await keep(desk, row, record);
  await tellReporter(desk, row, "consent");
  return { moved };
}

/** The reporter answers, or comes back on an answer. What was made before stays with who has it. */
export async function answerConsent(desk: Desk, row: CaseRow, given: boolean): Promise<ConsentOutcome> {
  const before = openable(desk, row);
  if ("refused" in before) return before;
  const { consent } = before.record;
  if (consent === null) return { refused: "notAsked" };
  if (consent.answeredAt !== null && consent.given === given) return { moved: row };
  const moved = await keep(desk, row, {
    ...before.record,
    consent: { ...consent, answeredAt: desk.now, given },
  });
  await desk.deliveries.enqueue({ kind: "routePing", case: row.id });
  return { moved };
}

/** Notes that a document was made, and by whom. */
export async function noteExport(desk: Desk, row: CaseRow, by: Actor): Promise<ConsentOutcome> {
  const before = openable(desk, row);
  if ("refused" in before) return before;
  if (!mayExport(before.record)) return { refused: "noConsent" };
  return { moved: await keep(desk, row, withAct(before.record, { at: desk.now, by, what: "exported" })) };
}

function openable({ ring }: Desk, row: CaseRow): { record: DeskRecord } | { refused: "withdrawn" } {
  return row.state === "withdrawn" ? { refused: "withdrawn" } : { record: openDesk(ring, row) };
}

async function keep(desk: Desk, row: CaseRow, record: DeskRecord): Promise<CaseRow> {
  const change = { desk: sealDesk(desk.ring, row, record, desk.random) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  return { ...row, ...change, version: row.version + 1 };
}
