import type { CaseRow, CaseState } from "./case.ts";
import {
  type ActKind,
  type Actor,
  type DeskRecord,
  mostNotes,
  openDesk,
  sealDesk,
  withAct,
} from "./desk-record.ts";
import { type Desk, Overtaken, type Refusal, tellReporter } from "./handling.ts";

/** What a piece of work on a case comes to. `held`: somebody else has it; nothing has changed then. */
export type Worked =
  | { readonly moved: CaseRow }
  | { readonly refused: Refusal | "full" }
  | { readonly held: Actor };

/**
 * An adviser takes a case. Where a colleague has it, it stays with them, unless `from`, which is the row's `holder`
 * as the presser saw it, says that they know whose it is: of two who press at once, one has it and the other is told.
 */
export async function take(desk: Desk, row: CaseRow, by: Actor, from: string | null): Promise<Worked> {
  const refused = refusalIn(row.state);
  if (refused) return { refused };
  const before = openDesk(desk.ring, row);
  if (before.holder?.mark === by.mark) return { refused: "alreadyDone" };
  if (before.holder && row.holder !== from) return { held: before.holder };
  return saved(desk, row, { ...before, holder: by }, { by, what: "took" }, { onCard: true });
}

/** An adviser hands a case to a colleague of the same route. */
export async function handTo(desk: Desk, row: CaseRow, by: Actor, to: Actor): Promise<Worked> {
  const refused = refusalIn(row.state);
  if (refused) return { refused };
  const before = openDesk(desk.ring, row);
  if (before.holder?.mark === to.mark) return { refused: "alreadyDone" };
  const act = { by, what: "handedOver", to: to.name } as const;
  return saved(desk, row, { ...before, holder: to }, act, { onCard: true });
}

/** A note for advisers only. The same form's note is added once. */
export async function addNote(
  desk: Desk,
  row: CaseRow,
  by: Actor,
  { nonce: form, text }: { readonly nonce: string; readonly text: string },
): Promise<Worked> {
  if (row.state === "withdrawn") return { refused: "withdrawn" };
  const before = openDesk(desk.ring, row);
  // A repeated delivery is answered as the first was, also where it was closed since.
  if (before.notes.some((note) => note.form === form && note.text === text)) return { moved: row };
  const refused = refusalIn(row.state);
  if (refused) return { refused };
  if (before.notes.length >= mostNotes) return { refused: "full" };
  const notes = [...before.notes, { form, at: desk.now, by, text }];
  return saved(desk, row, { ...before, notes }, { by, what: "noted" });
}

/** What is recorded of the handling, as it stands in the form; the last form that is kept counts. */
export type Recorded = Pick<
  DeskRecord,
  "appointment" | "discussed" | "referred" | "duty" | "terms" | "aftercareOn"
>;

export async function record(desk: Desk, row: CaseRow, by: Actor, filled: Recorded): Promise<Worked> {
  const refused = refusalIn(row.state);
  if (refused) return { refused };
  const before = openDesk(desk.ring, row);
  const same = JSON.stringify({ ...before, ...filled }) === JSON.stringify(before);
  if (same) return { moved: row };
  const act = { by, what: "recorded" } as const;
  // Where its dates come from stands on the card.
  return saved(desk, row, { ...before, ...filled }, act, { onCard: filled.terms !== before.terms });
}

/**
 * Moves a case to another route, because somebody in this one cannot be neutral: nothing of it stays behind, and
 * it does not come back (P9). The reporter hears that it moved, not why; who asked for it is not kept.
 */
export async function moveTo(desk: Desk, row: CaseRow, route: string): Promise<Worked> {
  const refused = refusalIn(row.state);
  if (refused) return { refused };
  if (route === row.route) return { refused: "alreadyDone" };
  const before = openDesk(desk.ring, row);
  const record = { ...before, holder: null, left: [...before.left, row.route] };
  const change = { route, holder: null, desk: sealDesk(desk.ring, row, record, desk.random) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseLeft", case: row.id, route: row.route });
  await desk.deliveries.enqueue({ kind: "caseCard", case: row.id });
  await tellReporter(desk, row, "moved");
  return { moved: { ...row, ...change, version: row.version + 1 } };
}

/** Passes a case on from a route that is there no more: to nobody yet, with its card anew. */
export async function passOn(desk: Desk, row: CaseRow, route: string): Promise<void> {
  const record = { ...openDesk(desk.ring, row), holder: null };
  const change = { route, holder: null, desk: sealDesk(desk.ring, row, record, desk.random) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseCard", case: row.id });
}

/** Whoever had it is there no more: it is nobody's again, and its card says so. */
export async function release(desk: Desk, row: CaseRow): Promise<void> {
  const record = { ...openDesk(desk.ring, row), holder: null };
  const change = { holder: null, desk: sealDesk(desk.ring, row, record, desk.random) };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  await desk.deliveries.enqueue({ kind: "caseCardUpdate", case: row.id });
}

async function saved(
  desk: Desk,
  row: CaseRow,
  record: DeskRecord,
  act: { readonly by: Actor; readonly what: ActKind; readonly to?: string },
  { onCard = false }: { readonly onCard?: boolean } = {},
): Promise<Worked> {
  const whole = withAct(record, { at: desk.now, ...act });
  const change = {
    desk: sealDesk(desk.ring, row, whole, desk.random),
    // A mark can be read: it may be an id of the organisation file, which is somebody's name.
    holder: record.holder && desk.ring.lookup("adviser", record.holder.mark),
  };
  if (!(await desk.cases.changeCase(row.id, row.version, change))) throw new Overtaken();
  if (onCard) await desk.deliveries.enqueue({ kind: "caseCardUpdate", case: row.id });
  return { moved: { ...row, ...change, version: row.version + 1 } };
}

function refusalIn(state: CaseState): "closed" | "withdrawn" | null {
  return state === "closed" || state === "withdrawn" ? state : null;
}
