import type { CaseState } from "../cases/case.ts";
import type { CaseList, caseLists as CaseLists, RoutePress } from "../cases/route-press.ts";
import type { Language, Words } from "../content/words.ts";
import { nameOf } from "./desk-facts.ts";
import { dayOf, paragraphs, type ViewContent } from "./reading.ts";
import { type PressButton, type View, viewOf } from "./view.ts";

/** A case as a list has it: never who reported, and nothing of what. Times are Unix ms. */
export interface ListedCase {
  readonly id: string;
  readonly number: string;
  /** The made-up name in words. */
  readonly pseudonym: string;
  readonly state: CaseState;
  /** Who has it: a name, nobody yet, or not to be known because its key is lost. */
  readonly holder: { readonly name: string } | "nobody" | "lost";
  /** When it is due, or was closed. */
  readonly at: number;
  readonly late: boolean;
  /** Whether the reporter said that there is danger now. */
  readonly danger: boolean;
}

/** One page of a route's cases. */
export interface CaseListFacts {
  readonly which: CaseList;
  readonly cases: readonly ListedCase[];
  /** Where the next page begins; null: there is none. */
  readonly next: { readonly at: number; readonly id: string } | null;
  /** Whether this is not the first page. */
  readonly further: boolean;
  readonly note: "chooseCase" | "gone" | null;
}

const lists: typeof CaseLists = ["open", "mine", "waiting", "closed"];

/** The cases of a route, to look at and open one. Private: names of colleagues stand on it. */
export function drawCaseList(facts: CaseListFacts, content: ViewContent, language: Language): View {
  const words = content.words(language);
  const { which, cases, next, further, note } = facts;
  const some = cases.length > 0;
  const say = (key: string) => words.say(`cases.${key}`);
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: say(`titles.${which}`),
    note: note === null ? null : say(`notes.${note}`),
    body: some
      ? [
          ...paragraphs(say(`what.${which}`), "subtle"),
          { type: "list", items: cases.map((one) => lineOf(one, which, words)) },
        ]
      : paragraphs(say(further ? "noMore" : `none.${which}`)),
    inputs: [
      ...(some
        ? [
            {
              type: "choice" as const,
              id: "case",
              label: say("open"),
              options: cases.map(({ id, number, pseudonym }) => ({
                value: id,
                label: `${number}, ${pseudonym}`,
              })),
              value: null,
              shape: "dropdown" as const,
            },
          ]
        : []),
      {
        type: "choice",
        id: "which",
        label: say("filter"),
        options: lists.map((one) => ({ value: one, label: say(`filters.${one}`) })),
        value: which,
        shape: "dropdown",
      },
    ],
    buttons: [
      ...(some ? [button(words, "open", { do: "cases.open" }, "primary")] : []),
      button(words, "filter", { do: "cases.list" }),
      ...(next === null ? [] : [button(words, "further", { do: "cases.list", which, after: next })]),
      ...(further ? [button(words, "first", { do: "cases.list", which })] : []),
      button(words, "shut", { do: "route.shut" }),
    ],
    privacy: "private",
  });
}

/** A case's card, opened from the list: it can do what the card can, and leads back. A closed one can be read. */
export function drawListedCase(
  card: View,
  theCase: { readonly id: string; readonly state: CaseState },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const read: PressButton = {
    label: words.say("adviser.buttons.open"),
    press: { do: "desk.open", case: theCase.id },
    style: "primary",
  };
  return {
    ...card,
    buttons: [
      ...(theCase.state === "closed" ? [read] : []),
      ...card.buttons,
      button(words, "list", { do: "cases.list", which: theCase.state === "closed" ? "closed" : "open" }),
    ],
    privacy: "private",
  };
}

function lineOf(theCase: ListedCase, which: CaseList, words: Words): string {
  const { number, pseudonym, state, holder, at, late } = theCase;
  const shown = { number, pseudonym, date: dayOf(at, words.language) };
  if (which === "closed") return words.say("cases.lineClosed", shown);
  const key = late ? "lineLate" : state === "received" ? "lineNew" : "line";
  const line = words.say(`cases.${key}`, {
    ...shown,
    state: words.say(`cases.states.${state}`),
    holder: typeof holder === "string" ? words.say(`cases.${holder}`) : nameOf(holder, words),
  });
  return theCase.danger ? words.say("cases.danger", { line }) : line;
}

function button(words: Words, name: string, press: RoutePress, style?: PressButton["style"]): PressButton {
  const label = words.say(`cases.buttons.${name}`);
  return style === undefined ? { label, press } : { label, press, style };
}
