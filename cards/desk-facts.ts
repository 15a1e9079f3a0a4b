import type { ActKind, CloseReason, closeReasons as CloseReasons, DeskRecord } from "../cases/desk-record.ts";
import type { Language, Words } from "../content/words.ts";
import { dayOf, momentOf } from "./reading.ts";
import type { Input, Part, PressButton } from "./view.ts";

const closeReasons: typeof CloseReasons = [
  "settled",
  "referred",
  "procedure",
  "reporterStops",
  "noAnswer",
  "notForUs",
  "other",
];

/** So many acts are listed, newest first. */
const actsShown = 8;

/** What was done that redraws the card; of the rest only advisers hear, who open the case. */
const onCard: readonly ActKind[] = ["acknowledged", "replied", "took", "handedOver", "closed", "reopened"];

/** What the card says of the work: who has it, and what was done last. */
export function workFacts(
  desk: DeskRecord,
  words: Words,
  language: Language,
): readonly { readonly label: string; readonly value: string }[] {
  const last = desk.acts.findLast(({ what }) => onCard.includes(what));
  return [
    { label: words.say("desk.holder"), value: holderText(desk, words) },
    ...(last ? [{ label: words.say("desk.last"), value: actText(last, words, language) }] : []),
  ];
}

/** The question why a case is closed, in the form that asks whether to close it. */
export function closeReasonInput(words: Words, value: CloseReason | null): Input {
  return {
    type: "choice",
    id: "reason",
    label: words.say("desk.closing.label"),
    options: closeReasons.map((one) => ({ value: one, label: words.say(`desk.closing.options.${one}`) })),
    value,
  };
}

/** Gentle questions to choose from, for the form of a reply. */
export const askable = ["safety", "wish", "next", "contact", "support", "consent"] as const;

/** The list of questions that can be put into a reply; none leads, asks why, or asks for proof. */
export function questionInput(words: Words): Input {
  return {
    type: "choice",
    id: "question",
    label: words.say("desk.ask.label"),
    options: askable.map((one) => ({ value: one, label: words.say(`desk.ask.options.${one}`) })),
    value: null,
    shape: "dropdown",
  };
}

/** What colleagues read of somebody whose name the platform may not have said. */
export function nameOf({ name }: { readonly name: string }, words: Words): string {
  return name || words.say("desk.unnamed");
}

/** Who has a case, as colleagues see it. */
export function holderText({ holder }: DeskRecord, words: Words): string {
  return holder === null ? words.say("desk.nobody") : nameOf(holder, words);
}

/** What was recorded, as far as something was. */
export function recordedFacts(desk: DeskRecord, words: Words, language: Language) {
  const named = (name: "discussed" | "referred") =>
    desk[name].map((one) => words.say(`desk.record.${name}.options.${one}`)).join("; ");
  const rows = [
    [words.say("desk.record.appointment"), desk.appointment],
    [words.say("desk.record.short.discussed"), named("discussed")],
    [words.say("desk.record.short.referred"), named("referred")],
    [
      words.say("desk.record.short.duty"),
      desk.duty === null ? "" : words.say(`desk.record.duty.options.${desk.duty}`),
    ],
    [
      words.say("desk.record.short.terms"),
      desk.terms === "houseRule" ? "" : words.say(`desk.record.terms.options.${desk.terms}`),
    ],
    [
      words.say("desk.record.aftercare"),
      desk.aftercareOn === null ? "" : dayOf(Date.parse(`${desk.aftercareOn}T12:00:00Z`), language),
    ],
  ] as const;
  return rows.filter(([, value]) => value !== "").map(([label, value]) => ({ label, value }));
}

/** Who did what, newest first. */
export function actParts(desk: DeskRecord, words: Words, language: Language): readonly Part[] {
  const newest = [...desk.acts].reverse().slice(0, actsShown);
  if (newest.length === 0) return [];
  return [
    { type: "heading", text: words.say("desk.acts.heading") },
    { type: "list", items: newest.map((act) => actText(act, words, language)) },
  ];
}

function actText(act: DeskRecord["acts"][number], words: Words, language: Language): string {
  return words.say(`desk.acts.${act.what}`, {
    name: nameOf(act.by, words),
    at: momentOf(act.at, language),
    ...(act.what === "handedOver" ? { to: act.to ?? "" } : {}),
  });
}

/** To everything that was noted and recorded. */
export function notesButton(id: string, words: Words): PressButton {
  return deskButton(words, "allNotes", { do: "desk.work", case: id, page: "notes" });
}

/** To the page that says whether a document of the case may be made. */
export function exportButton(id: string, words: Words): PressButton {
  return deskButton(words, "export", { do: "desk.export", case: id });
}

/** A button of the desk, by the name of its label. */
export function deskButton(
  words: Words,
  name: string,
  press: PressButton["press"],
  style?: PressButton["style"],
): PressButton {
  const label = words.say(`desk.buttons.${name}`);
  return style === undefined ? { label, press } : { label, press, style };
}
