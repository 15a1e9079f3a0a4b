import { caseDocument } from "../cards/case-document.ts";
import {
  type CaseDocumentOffer,
  drawCaseDocument,
  drawExport,
  isTooLongToCopy,
} from "../cards/case-export.ts";
import { type CaseRow, noLink } from "../cases/case.ts";
import { askConsent, mayExport, noteExport } from "../cases/consent.ts";
import { type Actor, openDesk } from "../cases/desk-record.ts";
import type { Desk } from "../cases/handling.ts";
import { newStampKey } from "../cases/stamp.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { allowedFor } from "./attempts.ts";
import { caseDetail } from "./case-facts.ts";
import { casePdf } from "./documents/case-pdf.ts";
import { caseText } from "./documents/case-text.ts";
import { fileName } from "./documents/file.ts";
import { offerDownload, type Produced, type Spec } from "./downloads.ts";
import { routeOf } from "./organisation.ts";
import type { Route, StoreTransaction } from "./ports.ts";
import type { DeskReply, DeskTurn } from "./turns.ts";
import type { World } from "./world.ts";

interface AtExport {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly turn: DeskTurn;
  readonly row: CaseRow;
  readonly route: Route;
  readonly desk: Desk;
  readonly me: Actor;
}

/** One press about the document of a case: asks the reporter, says how it stands, or makes it where it may be made. */
export async function exportTurn(at: AtExport): Promise<DeskReply> {
  const { desk, row, me, turn, world } = at;
  if (turn.press.do === "desk.askConsent") {
    const outcome = await askConsent(desk, row, me);
    if ("moved" in outcome) {
      at.tx.audit({ at: desk.now, code: "case.consentAsked", case: row.id, route: row.route });
      return standing(at, outcome.moved);
    }
  }
  // Whatever the button says that was pressed, the reporter's last word counts.
  if (turn.press.do !== "desk.document" || !mayExport(openDesk(world.ring, row))) return standing(at, row);
  const offer = await offered(at);
  if (!("none" in offer)) {
    // Whoever has the document has the report: before withdrawing, the reporter is told that it was opened (P4).
    await at.tx.markRead(row.id, desk.now);
    await noteExport(desk, row, me);
  }
  const { content } = world;
  const view = drawCaseDocument(row, offer, {
    content,
    language: at.route.language,
    closed: row.state === "closed",
  });
  return { view, surface: "room" };
}

function standing({ world, route }: AtExport, row: CaseRow): DeskReply {
  const facts = {
    desk: openDesk(world.ring, row),
    pinged: row.link !== noLink,
    closed: row.state === "closed",
  };
  return { view: drawExport(row, facts, world.content, route.language), surface: "room" };
}

async function offered(at: AtExport): Promise<CaseDocumentOffer> {
  const { world, tx, row, route, desk, me } = at;
  const { now } = desk;
  if (!(await allowedFor({ world, tx, now }, "document", `route ${route.id}`))) return { none: "tooMany" };
  if (world.publicUrl === null) {
    const facts = { madeBy: me.name, madeAt: now, language: route.language };
    const { pieces, digest } = await textOf(at, row, facts, { inFields: true });
    if (isTooLongToCopy(pieces)) return { none: "tooLong" };
    stamped(at, row, facts, digest);
    return { pieces };
  }
  const links = [];
  for (const format of ["pdf", "md"] as const) {
    const about = { kind: "case", case: row.id, route: route.id, madeBy: me.name } as const;
    const url = await offerDownload(tx, world, { ...about, format, language: route.language }, now);
    if (url !== null) links.push({ format, url });
  }
  return { links };
}

/**
 * The document that was offered, of what the case is at this moment; null where the case is gone or was moved, or
 * the reporter came back on it.
 */
export async function producedCase(
  world: World,
  spec: Extract<Spec, { kind: "case" }>,
  now: number,
): Promise<Produced | null> {
  const { format, language, madeBy } = spec;
  const facts = { madeBy, madeAt: now, language };
  const { store } = world;
  const nameOf = ({ number }: CaseRow) => fileName("vertrouwd", number, now, format);
  if (format === "md") {
    return store.transaction(async (tx) => {
      const row = await stillOffered(world, tx, spec);
      if (row === null) return null;
      const { text, digest } = await textOf({ world, tx }, row, facts, { inFields: false });
      stamped({ tx }, row, facts, digest);
      const bytes = new TextEncoder().encode(text);
      return { name: nameOf(row), type: "text/markdown; charset=utf-8", bytes };
    });
  }
  const document = await store.transaction(async (tx) => {
    const row = await stillOffered(world, tx, spec);
    return row && documentOf({ world, tx }, row, facts);
  });
  const bytes = document && (await casePdf(document));
  // Drawing takes a while, and is no part of a transaction: whoever came back on it meanwhile is heard.
  return store.transaction(async (tx) => {
    const row = await stillOffered(world, tx, spec);
    if (row === null || bytes === null) return null;
    tx.audit({ at: now, code: "case.exported", case: row.id, route: row.route });
    return { name: nameOf(row), type: "application/pdf", bytes };
  });
}

/** The case, where its document may still be given to whom it was offered. */
async function stillOffered(
  { ring, organisation }: World,
  tx: StoreTransaction,
  spec: Extract<Spec, { kind: "case" }>,
): Promise<CaseRow | null> {
  // A route that was taken out of the file has no advisers any more (P11).
  if (routeOf(organisation, spec.route) === undefined) return null;
  const row = await tx.findCase(spec.case);
  if (!row || row.route !== spec.route || row.state === "withdrawn") return null;
  return mayExport(openDesk(ring, row)) ? row : null;
}

interface Made {
  readonly madeBy: string;
  /** Unix ms. */
  readonly madeAt: number;
  readonly language: Language;
}

async function textOf(
  at: Pick<AtExport, "world" | "tx">,
  row: CaseRow,
  facts: Made,
  how: { readonly inFields: boolean },
) {
  const document = await documentOf(at, row, facts);
  const stampWord = at.world.content.words(facts.language).say("record.copy.stamp");
  return caseText(document, { key: newStampKey(), stampWord, ...how });
}

/** From now on the stamp of a text is in the audit log. */
function stamped({ tx }: Pick<AtExport, "tx">, row: CaseRow, { madeAt: at }: Made, digest: string): void {
  tx.audit({ at, code: "case.exported", case: row.id, route: row.route, digest });
}

async function documentOf({ world, tx }: Pick<AtExport, "world" | "tx">, row: CaseRow, facts: Made) {
  const { consent } = openDesk(world.ring, row);
  const detail = await caseDetail(world, tx, row, facts.language);
  const shown = { ...detail, consent, acknowledgedAt: row.acknowledgedAt };
  const { name: organisation } = world.organisation;
  return caseDocument(shown, { ...facts, organisation }, world.content, facts.language);
}
