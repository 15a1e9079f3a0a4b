import type { DeskRecord } from "../cases/desk-record.ts";
import type { Language } from "../content/words.ts";
import { fieldsToCopy } from "./pieces.ts";
import { dayOf, paragraphs, type ViewContent } from "./reading.ts";
import { type Button, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** Where a case's document can be fetched, once each; or its text, to copy; or why there is none. */
export type CaseDocumentOffer =
  | { readonly links: readonly { readonly format: "pdf" | "md"; readonly url: string }[] }
  | { readonly pieces: readonly string[] }
  | { readonly none: "tooMany" | "tooLong" };

/** What there is room for beside what is said around it: a card of Teams takes 14,000 characters of JSON. */
const mostToCopy = 11_000;

/** Whether a text is longer than one room can hold, on either platform. */
export function isTooLongToCopy(pieces: readonly string[]): boolean {
  return JSON.stringify(pieces).length > mostToCopy;
}

interface ExportFacts {
  readonly desk: Pick<DeskRecord, "consent">;
  /** Whether the reporter gets a ping of the question. */
  readonly pinged: boolean;
  readonly closed: boolean;
}

/** Whether a document of the case may be made for a procedure: asks, waits, or makes it. */
export function drawExport(
  theCase: { readonly id: string; readonly number: string },
  { desk: { consent }, pinged, closed }: ExportFacts,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const say = (key: string, at?: number) =>
    paragraphs(words.say(`desk.export.${key}`, at === undefined ? {} : { date: dayOf(at, language) }));
  const press = (name: "askConsent" | "document"): PressButton => ({
    label: words.say(`desk.buttons.${name}`),
    press: { do: `desk.${name}`, case: theCase.id },
    style: "primary",
  });
  const standing = (): readonly Part[] => {
    if (consent === null) return say(pinged ? "ask" : "askNoPing");
    if (consent.answeredAt === null) return say(pinged ? "asked" : "askedNoPing", consent.askedAt);
    return say(consent.given ? "given" : "refused", consent.answeredAt);
  };
  return exportView(theCase, { content, language, closed }, "text", {
    body: [...say("text"), ...standing()],
    buttons: [
      ...(consent === null ? [press("askConsent")] : []),
      ...(consent?.given ? [press("document")] : []),
    ],
  });
}

/** The document that was made: links, or the text to copy. */
export function drawCaseDocument(
  theCase: { readonly id: string; readonly number: string },
  offer: CaseDocumentOffer,
  { content, language, closed }: Pick<ExportFacts, "closed"> & { content: ViewContent; language: Language },
): View {
  const words = content.words(language);
  const say = (key: string) => words.say(`desk.export.${key}`);
  const links = "links" in offer ? offer.links : [];
  return exportView(theCase, { content, language, closed }, "made", {
    body: [
      ...paragraphs(say("none" in offer ? offer.none : "links" in offer ? "links" : "copy")),
      ...("none" in offer
        ? []
        : [...paragraphs(say("keepSafe"), "strong"), ...paragraphs(say("stamp"), "subtle")]),
    ],
    inputs:
      "pieces" in offer
        ? fieldsToCopy("copy-", offer.pieces, {
            first: say("copyFirst"),
            more: say("copyMore"),
            hint: say("copyHint"),
          })
        : [],
    buttons: links.map(({ format, url }): Button => ({ label: words.say(`desk.buttons.${format}`), url })),
  });
}

function exportView(
  { id, number }: { readonly id: string; readonly number: string },
  { content, language, closed }: Pick<ExportFacts, "closed"> & { content: ViewContent; language: Language },
  title: "text" | "made",
  { buttons = [], ...shown }: Partial<View>,
): View {
  const words = content.words(language);
  const back: PressButton = closed
    ? { label: words.say("desk.buttons.back"), press: { do: "desk.open", case: id } }
    : { label: words.say("desk.buttons.options"), press: { do: "desk.work", case: id, page: "options" } };
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: words.say(`desk.export.titles.${title}`, { number }),
    privacy: "private",
    ...shown,
    buttons: [...buttons, back],
  });
}
