import type { ReminderKind } from "../cases/clocks.ts";
import type { CaseTerms } from "../cases/desk-record.ts";
import type { Language, Words } from "../content/words.ts";
import { holdButton } from "./hold.ts";
import { dayOf, paragraphs, type ViewContent } from "./reading.ts";
import { type View, viewOf } from "./view.ts";

/** What is due of a case: its number, what and by when (Unix ms), and nothing of what was told or by whom. */
export interface DueOfCase {
  readonly id: string;
  readonly number: string;
  readonly of: ReminderKind;
  readonly by: number;
}

/** A line under the case's card that reminds its advisers of what is due (P12). */
export function drawReminder(
  due: DueOfCase & { readonly terms: CaseTerms },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say(`clocks.${due.of}.title`, { number: due.number }),
    body: [
      ...paragraphs(words.say(`clocks.${due.of}.text`, { date: dayOf(due.by, language) })),
      ...(due.of === "destroySoon" ? [] : paragraphs(words.say(`clocks.terms.${due.terms}`), "subtle")),
    ],
    buttons: [
      due.of === "destroySoon"
        ? holdButton(due.id, words)
        : {
            label: words.say("adviser.buttons.open"),
            press: { do: "desk.open", case: due.id },
            style: "primary",
          },
    ],
    privacy: "neutral",
  });
}

/** A line under the case's card on the day of aftercare: nothing of what was told. */
export function drawAftercare(
  { id, number }: Pick<DueOfCase, "id" | "number">,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("clocks.aftercare.title", { number }),
    body: paragraphs(words.say("clocks.aftercare.text")),
    buttons: [
      { label: words.say("adviser.buttons.open"), press: { do: "desk.open", case: id }, style: "primary" },
    ],
    privacy: "neutral",
  });
}

/** Tells another route's advisers what is still late, by number only; never sent for a conflict route (P9). */
export function drawOtherRouteReminder(
  { number, of, by }: Omit<DueOfCase, "id">,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const what = of.startsWith("acknowledge") ? "acknowledge" : "feedback";
  return view(words, {
    title: words.say("clocks.otherRoute.title"),
    body: paragraphs(words.say(`clocks.otherRoute.${what}`, { number, date: dayOf(by, language) })),
    privacy: "neutral",
  });
}

function view(words: Words, shown: Partial<View> & Pick<View, "title" | "privacy">): View {
  return viewOf({ summary: words.say("common.summary.adviser"), ...shown });
}
