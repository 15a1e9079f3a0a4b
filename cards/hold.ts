import type { HoldReason } from "../cases/case.ts";
import type { Language, Words } from "../content/words.ts";
import { dayOf, paragraphs, type ViewContent } from "./reading.ts";
import { type Part, type PressButton, type View, viewOf } from "./view.ts";

/** When a closed case is destroyed (Unix ms), and what it is kept for until then; null: nothing. */
export interface Kept {
  readonly destroyAt: number;
  readonly reason: HoldReason | null;
}

/** Every reason in the words of a list. */
const reasons = ["procedure", "legalDuty"] as const satisfies readonly HoldReason[];

/** What a closed case's card says of how long it is kept. */
export function keptParts({ destroyAt, reason }: Kept, words: Words): readonly Part[] {
  const date = dayOf(destroyAt, words.language);
  return paragraphs(
    reason === null
      ? words.say("clocks.kept.destroyed", { date })
      : words.say("clocks.kept.held", { date, reason: words.say(`clocks.hold.because.${reason}`) }),
  );
}

/** To the page that says what keeping a closed case longer does. */
export function holdButton(caseId: string, words: Words): PressButton {
  return { label: words.say("clocks.buttons.holding"), press: { do: "desk.holding", case: caseId } };
}

/** Says what keeping a closed case longer does, and asks for what and how long. */
export function drawHoldForm(
  theCase: { readonly id: string; readonly number: string },
  facts: Kept & {
    readonly note: "chooseFirst" | null;
    /** What was chosen a moment ago, where the rest was not. */
    readonly chosen: HoldReason | null;
    /** For how many days it can be kept longer, and until when that is (Unix ms). */
    readonly until: readonly { readonly days: number; readonly date: number }[];
    /** When it is destroyed where the hold is taken back now, Unix ms. */
    readonly unheldAt: number;
  },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const say = (key: string, params?: Parameters<Words["say"]>[1]) => words.say(`clocks.${key}`, params);
  const held = facts.reason !== null;
  const unhold: PressButton = {
    label: say("buttons.unhold"),
    press: { do: "desk.unhold", case: theCase.id },
    style: "destructive",
  };
  return view(words, {
    title: say("hold.title", { number: theCase.number }),
    note: facts.note === null ? null : say(`hold.${facts.note}`),
    body: [
      ...keptParts(facts, words),
      ...paragraphs(say("hold.text")),
      ...(held ? paragraphs(say("hold.unhold", { date: dayOf(facts.unheldAt, language) })) : []),
    ],
    inputs: [
      {
        type: "choice",
        id: "reason",
        label: say("hold.reason"),
        options: reasons.map((value) => ({ value, label: say(`hold.options.${value}`) })),
        value: facts.chosen ?? facts.reason,
      },
      {
        type: "choice",
        id: "days",
        label: say("hold.days"),
        options: facts.until.map(({ days, date }) => ({
          value: String(days),
          label: say("hold.until", { days, date: dayOf(date, language) }),
        })),
        value: null,
      },
    ],
    buttons: [
      { label: say("buttons.hold"), press: { do: "desk.hold", case: theCase.id }, style: "primary" },
      ...(held ? [unhold] : []),
      shutButton(theCase.id, words),
    ],
    privacy: "private",
  });
}

/** A press about keeping a case longer that changed nothing. */
export function drawHoldRefused(
  why: "notClosed" | "alreadyDone",
  theCase: { readonly id: string },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const text =
    why === "notClosed" ? words.say("clocks.hold.notClosed") : words.say("adviser.refused.alreadyDone");
  return view(words, {
    title: words.say("adviser.refused.title"),
    body: paragraphs(text),
    buttons: [shutButton(theCase.id, words)],
    privacy: "neutral",
  });
}

function shutButton(caseId: string, words: Words): PressButton {
  return { label: words.say("adviser.buttons.shut"), press: { do: "desk.shut", case: caseId } };
}

function view(words: Words, shown: Partial<View> & Pick<View, "title" | "privacy">): View {
  return viewOf({ summary: words.say("common.summary.adviser"), ...shown });
}
