import type { DeskRecord } from "../cases/desk-record.ts";
import type { Language } from "../content/words.ts";
import type { CaseDetail } from "./case-view.ts";
import { momentOf, type ViewContent } from "./reading.ts";

/** A case as a document for a procedure, in words. What advisers wrote for each other is not in it. */
export interface CaseDocument {
  readonly language: Language;
  readonly title: string;
  /** Unix ms. */
  readonly madeAt: number;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What is to be known before reading. */
  readonly about: readonly string[];
  readonly sections: readonly DocumentSection[];
  readonly footer: string;
  /** What is said where a sign in it stands for one that cannot be drawn. */
  lacking(sign: string): string;
}

export interface DocumentSection {
  readonly title: string;
  readonly note: string | null;
  /** `own`: the text is somebody's own, and no markup. */
  readonly items: readonly { readonly label: string; readonly text: string; readonly own: boolean }[];
}

/**
 * The document of a case: what the reporter sent and gave since, and what both wrote to each other, with their
 * times. No notes, no names of other advisers, and no more of the reporter than they gave (P3).
 */
export function caseDocument(
  theCase: CaseDetail & Pick<DeskRecord, "consent"> & { readonly acknowledgedAt: number | null },
  facts: { readonly organisation: string; readonly madeBy: string; readonly madeAt: number },
  content: ViewContent,
  language: Language,
): CaseDocument {
  const words = content.words(language);
  const say = (key: string) => words.say(`desk.document.${key}`);
  const at = (time: number | null | undefined) => (typeof time === "number" ? momentOf(time, language) : "");
  const { number, pseudonym, rows, messages, receivedAt, acknowledgedAt, closedAt } = theCase;
  const lines = [
    ["organisation", facts.organisation],
    ["made", at(facts.madeAt)],
    ["madeBy", facts.madeBy],
    ["consent", at(theCase.consent?.answeredAt)],
    ["reporter", pseudonym],
    ["received", at(receivedAt)],
    ["acknowledged", at(acknowledgedAt)],
    ["closed", at(closedAt)],
  ] as const;
  return {
    language,
    title: words.say("desk.document.title", { number }),
    madeAt: facts.madeAt,
    facts: lines.filter(([, value]) => value !== "").map(([label, value]) => ({ label: say(label), value })),
    about: say("about").split("\n"),
    sections: [
      {
        title: say("report"),
        note: say("reportNote"),
        items: [
          ...rows
            .filter(({ skipped }) => !skipped)
            .map(({ label, answer, own }) => ({ label, text: answer, own })),
          ...skippedIn(rows),
        ],
      },
      {
        title: say("thread"),
        note: messages.length === 0 ? say("noMessages") : null,
        items: messages.map(({ from, at: time, text }) => ({
          label: `${from === "adviser" ? say("adviser") : pseudonym}, ${momentOf(time, language)}`,
          text,
          own: true,
        })),
      },
    ],
    lacking: (sign) => words.say("desk.document.lacking", { sign }),
    footer: words.say("desk.document.footer", { number, date: momentOf(facts.madeAt, language) }),
  };
}

/** What was not answered, in one line below: as on the screens, so that it does not bury what was. */
function skippedIn(rows: CaseDetail["rows"]): DocumentSection["items"] {
  const skipped = rows.filter((row) => row.skipped);
  const [first] = skipped;
  if (!first) return [];
  return [{ label: first.answer, text: skipped.map(({ label }) => label).join("; "), own: false }];
}
