import { drawCaseDoor } from "../../../cards/adviser.ts";
import { type CaseDocumentOffer, drawCaseDocument, drawExport } from "../../../cards/case-export.ts";
import { drawCaseList, drawListedCase, type ListedCase } from "../../../cards/case-list.ts";
import { drawWork, type WorkFacts } from "../../../cards/desk.ts";
import { drawHeld, drawMovedAway, drawUnused } from "../../../cards/desk-notices.ts";
import { workPages } from "../../../cases/desk.ts";
import { DeskRecord } from "../../../cases/desk-record.ts";
import type { Content } from "../../../content/words.ts";
import type { Language } from "../../../dialogs/core/draft.ts";
import type { Posted } from "./adviser-screens.ts";
import { sampleDetail } from "./samples.ts";

const at = Date.parse("2026-11-24T09:30:00Z");
const fatima = { mark: "mark-f", name: "Fatima El Idrissi" };
const joost = { mark: "mark-j", name: "Joost Bakker" };

/** A case that two advisers worked on. */
export const sampleDesk = DeskRecord.parse({
  holder: joost,
  acts: [
    { at, by: fatima, what: "acknowledged" },
    { at: at + 3_600_000, by: fatima, what: "replied" },
    { at: at + 90_000_000, by: fatima, what: "handedOver", to: joost.name },
    { at: at + 95_000_000, by: joost, what: "noted" },
  ],
  notes: [
    { form: "f", at, by: fatima, text: "Wil eerst zelf nadenken. Niet bellen op het werk." },
    {
      form: "g",
      at: at + 95_000_000,
      by: joost,
      text: "Afspraak na werktijd. Heeft steun van een vriendin.",
    },
  ],
  appointment: "Dinsdag om 19.00 uur, bellen",
  discussed: ["listening", "complaint"],
  referred: ["slachtofferhulp"],
  duty: "no",
  aftercareOn: "2027-01-12",
});

/** Whether a document of a case may be made, and the document that was. */
function exportScreens(
  content: Content,
  screen: (id: string, surface: "room", draw: Posted["draw"]) => Posted,
): readonly Posted[] {
  const theCase = { id: "case", number: "V-7KQ2M" };
  const url = "https://vertrouwd.example/d/token";
  const standing = (id: string, consent: DeskRecord["consent"], pinged = true) =>
    screen(id, "room", (language) =>
      drawExport(theCase, { desk: { consent }, pinged, closed: false }, content, language),
    );
  const made = (id: string, offer: CaseDocumentOffer) =>
    screen(id, "room", (language) => drawCaseDocument(theCase, offer, { content, language, closed: false }));
  return [
    standing("export.ask", null),
    standing("export.askNoPing", null, false),
    standing("export.asked", { askedAt: at, answeredAt: null, given: false }),
    standing("export.refused", { askedAt: at, answeredAt: at, given: false }),
    standing("export.given", { askedAt: at, answeredAt: at, given: true }),
    made("export.links", {
      links: [
        { format: "pdf", url },
        { format: "md", url },
      ],
    }),
    made("export.copy", { pieces: ["# Zaak V-7KQ2M", "- Organisatie: Voorbeeld B.V.", "[stempel …]"] }),
    made("export.tooMany", { none: "tooMany" }),
    made("export.tooLong", { none: "tooLong" }),
  ];
}

/** The list of a channel's cases, and one opened from it. */
function listScreens(
  content: Content,
  screen: (id: string, surface: "room", draw: Posted["draw"]) => Posted,
): readonly Posted[] {
  const states = ["received", "received", "acknowledged", "conversation", "waiting"] as const;
  const cases = states.map(
    (state, nr): ListedCase => ({
      id: `case-${nr}`,
      number: `V-7KQ2${"ABCDE"[nr]}`,
      pseudonym: ["Vega 12", "Atlas 4", "Rigel 31", "Juno 8", "Mira 22"][nr] ?? "",
      state,
      holder: nr < 2 ? "nobody" : nr === 3 ? fatima : joost,
      at: at + (nr - 1) * 86_400_000 * 5,
      late: nr === 0,
      danger: nr === 1,
    }),
  );
  const facts = { which: "open", cases, next: { at, id: "case-4" }, further: false, note: null } as const;
  const detail = sampleDetail({ state: "conversation" });
  const card = { organisation: "Voorbeeld B.V.", card: "sealed", work: sampleDesk } as const;
  return [
    screen("list", "room", (language) => drawCaseList(facts, content, language)),
    screen("list.closed", "room", (language) =>
      drawCaseList({ ...facts, which: "closed", next: null, further: true }, content, language),
    ),
    screen("list.none", "room", (language) =>
      drawCaseList({ ...facts, which: "mine", cases: [], next: null, note: "gone" }, content, language),
    ),
    screen("list.case", "room", (language) =>
      drawListedCase(
        drawCaseDoor(detail, card, content, language),
        { id: "case", state: "conversation" },
        content,
        language,
      ),
    ),
  ];
}

/** The pages of an adviser's work on a case. */
export function deskScreens(content: Content): readonly Posted[] {
  const facts: WorkFacts = {
    desk: sampleDesk,
    me: fatima,
    heldAs: "keyed-hash",
    colleagues: [
      { id: "joost-bakker", name: "Joost Bakker" },
      { id: "sanne-visser", name: "Sanne Visser" },
    ],
    elsewhere: [{ id: "external", readers: "Meryem Aydin" }],
    others: ["Fatima El Idrissi", "Meryem Aydin"],
    duty: null,
    fresh: "fresh-nonce-1",
    note: null,
    nr: 0,
    unsent: null,
  };
  const screen = (id: string, surface: "room" | "door", draw: Posted["draw"]): Posted => ({
    id: `desk.${id}`,
    group: "The adviser's desk",
    surface,
    draw,
  });
  const theCase = sampleDetail({ state: "conversation" });
  const page = (name: (typeof workPages)[number], id: string, over: Partial<WorkFacts> = {}) =>
    screen(id, "room", (language: Language) =>
      drawWork(name, theCase, { ...facts, ...over }, content, language),
    );
  return [
    screen("card", "door", (language) =>
      drawCaseDoor(
        theCase,
        { organisation: "Gemeente Voorbeeld", card: "sealed", work: sampleDesk },
        content,
        language,
      ),
    ),
    ...workPages.map((name) => page(name, name)),
    page("options", "options.new", { desk: DeskRecord.parse({}), note: "noted" }),
    page("note", "note.tooLong", { note: "tooLong", unsent: "Een lange notitie …" }),
    page("record", "record.duty", { duty: "Meldplicht zedenmisdrijven in het onderwijs" }),
    page("hand", "hand.nobody", { colleagues: [], desk: DeskRecord.parse({}) }),
    page("conflict", "conflict.nowhere", { elsewhere: [], others: [] }),
    ...listScreens(content, screen),
    ...exportScreens(content, screen),
    screen("held", "room", (language) =>
      drawHeld(theCase, { name: joost.name, heldAs: "keyed-hash" }, content, language),
    ),
    screen("unused", "door", (language) => drawUnused(content, language)),
    screen("movedAway", "door", (language) => drawMovedAway(content, language)),
  ];
}
