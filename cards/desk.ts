import type { WorkPage } from "../cases/desk.ts";
import type {
  Actor,
  caseTerms as CaseTerms,
  DeskRecord,
  referrals as Referrals,
  subjects as Subjects,
} from "../cases/desk-record.ts";
import type { Language, Words } from "../content/words.ts";
import type { CaseSummary } from "./case-view.ts";
import { longestMessage, threadPages } from "./case-view.ts";
import {
  actParts,
  deskButton,
  exportButton,
  holderText,
  nameOf,
  notesButton,
  recordedFacts,
} from "./desk-facts.ts";
import { momentOf, paragraphs, type ViewContent } from "./reading.ts";
import { type Input, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** What an adviser's pages of work say besides the case. */
export interface WorkFacts {
  readonly desk: DeskRecord;
  /** Who looks. */
  readonly me: Actor;
  /** Whose it is, as a keyed hash; null: nobody's. */
  readonly heldAs: string | null;
  /** Colleagues of the route to whom the case can be handed. */
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  /** Where it can go when somebody here cannot be neutral: a route, and who reads there. */
  readonly elsewhere: readonly { readonly id: string; readonly readers: string }[];
  /** Who could stand beside the person reported about: not who stands beside the reporter. */
  readonly others: readonly string[];
  /** The rule of the sector that may ask for more, by its name; null: none is known. */
  readonly duty: string | null;
  /** Minted for this view. */
  readonly fresh: string;
  readonly note: WorkNote | null;
  /** Which part of a page that goes on, from 0. */
  readonly nr: number;
  /** What was filled in and could not be kept. */
  readonly unsent: string | null;
}

/** A remark above a page of work, by id. */
export type WorkNote = "noted" | "recorded" | "chooseColleague" | "writeFirst" | "tooLong" | "badDate";

const subjects: typeof Subjects = [
  "listening",
  "ownTalk",
  "talkWithHelp",
  "mediation",
  "complaint",
  "police",
  "safety",
  "health",
];
const referrals: typeof Referrals = [
  "doctor",
  "centrumSeksueelGeweld",
  "slachtofferhulp",
  "legal",
  "complaints",
  "inspector",
  "police",
  "colleague",
  "other",
];
const terms: typeof CaseTerms = ["houseRule", "law"];
/** Room for notes beside the form, newest first. */
const notesShown = 3;
const longestNoteShown = 600;
const longestLine = 200;
/** So many names are enough to choose from. */
const othersShown = 6;

/** A page of work on a case: what can be done besides reading and answering. Private: notes stand on it. */
export function drawWork(
  page: WorkPage,
  theCase: CaseSummary,
  facts: WorkFacts,
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  const at = { theCase, facts, words, language };
  switch (page) {
    case "options":
      return options(at);
    case "note":
      return note(at);
    case "record":
      return record(at);
    case "hand":
      return hand(at);
    case "conflict":
      return conflict(at);
    case "notes":
      return allNotes(at);
  }
}

interface At {
  readonly theCase: CaseSummary;
  readonly facts: WorkFacts;
  readonly words: Words;
  readonly language: Language;
}

function options({ theCase, facts, words, language }: At): View {
  const { id } = theCase;
  const { desk } = facts;
  const page = (name: WorkPage) => deskButton(words, name, { do: "desk.work", case: id, page: name });
  const recorded = recordedFacts(desk, words, language);
  return pageView("options", theCase, facts, words, {
    body: [
      { type: "facts", facts: [{ label: words.say("desk.holder"), value: holderText(desk, words) }] },
      ...(recorded.length === 0 ? [] : [{ type: "facts", facts: recorded } as const]),
      ...noteParts(desk, words, language),
      ...actParts(desk, words, language),
    ],
    buttons: [
      page("note"),
      page("record"),
      page("hand"),
      page("conflict"),
      deskButton(words, "closing", { do: "desk.closing", case: id }),
      backButton(id, words),
    ],
  });
}

function note({ theCase, facts, words, language }: At): View {
  const { id } = theCase;
  return pageView("note", theCase, facts, words, {
    body: [...paragraphs(words.say("desk.note.text")), ...noteParts(facts.desk, words, language)],
    inputs: [textInput("text", words.say("desk.note.label"), longestMessage, facts.unsent, words, true)],
    buttons: [
      deskButton(words, "keepNote", { do: "desk.note", case: id, nonce: facts.fresh }, "primary"),
      ...(facts.desk.notes.length === 0 ? [] : [notesButton(id, words)]),
      toOptions(id, words),
      backButton(id, words),
    ],
  });
}

/** Everything that was noted, word for word, and what was recorded; the newest notes first. Of a closed case too. */
function allNotes({ theCase, facts, words, language }: At): View {
  const { id, state } = theCase;
  const { desk } = facts;
  const named = desk.notes.map(({ at, by, text }) => ({
    at,
    from: nameOf(by, words),
    text,
  }));
  const pages = threadPages(named);
  const nr = Math.min(facts.nr, pages.length - 1);
  const recorded = recordedFacts(desk, words, language);
  const to = (other: number): PressButton["press"] => ({
    do: "desk.work",
    case: id,
    page: "notes",
    nr: other,
  });
  return pageView("notes", theCase, facts, words, {
    step: pages.length > 1 ? words.say("adviser.room.page", { nr: nr + 1, of: pages.length }) : null,
    body: [
      ...(recorded.length === 0 || nr > 0 ? [] : [{ type: "facts", facts: recorded } as const]),
      ...(pages[nr] ?? []).map(
        ({ at, from, text }): Part => ({ type: "message", from, at: momentOf(at, language), text }),
      ),
      ...(named.length === 0 ? paragraphs(words.say("desk.note.none"), "subtle") : []),
    ],
    buttons: [
      ...(nr + 1 < pages.length ? [deskButton(words, "olderNotes", to(nr + 1))] : []),
      ...(nr > 0 ? [deskButton(words, "newerNotes", to(nr - 1))] : []),
      ...(state === "closed" ? [] : [toOptions(id, words)]),
      backButton(id, words),
    ],
  });
}

function record({ theCase, facts, words }: At): View {
  const { id } = theCase;
  const { desk } = facts;
  const several = (name: string, all: readonly string[], value: readonly string[]): Input => ({
    type: "choices",
    id: name,
    label: words.say(`desk.record.${name}.label`),
    options: all.map((one) => ({ value: one, label: words.say(`desk.record.${name}.options.${one}`) })),
    value,
  });
  return pageView("record", theCase, facts, words, {
    body: [
      ...paragraphs(words.say("desk.record.text")),
      ...(facts.duty === null
        ? []
        : paragraphs(words.say("desk.record.dutyHint", { duty: facts.duty }), "subtle")),
    ],
    inputs: [
      textInput("appointment", words.say("desk.record.appointment"), longestLine, desk.appointment, words),
      several("discussed", subjects, desk.discussed),
      several("referred", referrals, desk.referred),
      {
        type: "choice",
        id: "duty",
        label: words.say("desk.record.duty.label"),
        options: ["no", "maybe", "yes"].map((one) => ({
          value: one,
          label: words.say(`desk.record.duty.options.${one}`),
        })),
        value: desk.duty,
      },
      {
        type: "choice",
        id: "terms",
        label: words.say("desk.record.terms.label"),
        options: terms.map((one) => ({ value: one, label: words.say(`desk.record.terms.options.${one}`) })),
        value: desk.terms,
      },
      {
        type: "date",
        id: "aftercareOn",
        label: words.say("desk.record.aftercare"),
        hint: words.say("desk.record.aftercareHint"),
        value: desk.aftercareOn,
      },
    ],
    buttons: [
      deskButton(words, "keepRecord", { do: "desk.record", case: id }, "primary"),
      exportButton(id, words),
      toOptions(id, words),
      backButton(id, words),
    ],
  });
}

function hand({ theCase, facts, words }: At): View {
  const { id } = theCase;
  const { desk, me, colleagues, heldAs } = facts;
  const holder = desk.holder;
  const take =
    holder?.mark === me.mark
      ? []
      : [
          deskButton(words, holder === null ? "take" : "takeOver", {
            do: "desk.take",
            case: id,
            ...(heldAs !== null && { from: heldAs }),
          }),
        ];
  return pageView("hand", theCase, facts, words, {
    body: [
      { type: "facts", facts: [{ label: words.say("desk.holder"), value: holderText(desk, words) }] },
      ...paragraphs(words.say(colleagues.length === 0 ? "desk.hand.nobody" : "desk.hand.text")),
    ],
    inputs:
      colleagues.length === 0
        ? []
        : [
            {
              type: "choice",
              id: "adviser",
              label: words.say("desk.hand.label"),
              options: colleagues.map(({ id: value, name }) => ({ value, label: name.slice(0, 75) })),
              value: null,
              ...(colleagues.length > 10 && { shape: "dropdown" as const }),
            },
          ],
    buttons: [
      ...(colleagues.length === 0
        ? []
        : [deskButton(words, "handTo", { do: "desk.handTo", case: id }, "primary")]),
      ...take,
      toOptions(id, words),
      backButton(id, words),
    ],
  });
}

/** Each way out of a case that somebody cannot be neutral in, and what it does. */
function conflict({ theCase, facts, words }: At): View {
  const { id } = theCase;
  const ask = (part: string) => words.say(`desk.conflict.confirm.${part}`);
  // Six buttons in all; an organisation with more routes than that chooses among the first.
  const routes = facts.elsewhere.slice(0, 3);
  return pageView("conflict", theCase, facts, words, {
    body: [
      ...paragraphs(words.say("desk.conflict.text")),
      ...(routes.length === 0
        ? paragraphs(words.say("desk.conflict.nowhere"))
        : ([
            {
              type: "list",
              items: routes.map(({ readers }, nr) =>
                words.say("desk.conflict.route", { nr: nr + 1, readers }),
              ),
            },
          ] as const)),
      { type: "heading", text: words.say("desk.conflict.other") },
      ...paragraphs(words.say("desk.conflict.otherText")),
      ...(facts.others.length === 0
        ? paragraphs(words.say("desk.conflict.otherNobody"))
        : [{ type: "list", items: facts.others.slice(0, othersShown) } as const]),
    ],
    buttons: [
      ...routes.map(
        ({ id: to }, nr): PressButton => ({
          label: words.say("desk.buttons.move", { nr: nr + 1 }),
          press: { do: "desk.move", case: id, to },
          style: "destructive",
          confirm: { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") },
        }),
      ),
      toOptions(id, words),
      backButton(id, words),
    ],
  });
}

function noteParts(desk: DeskRecord, words: Words, language: Language): readonly Part[] {
  const newest = [...desk.notes].reverse().slice(0, notesShown);
  if (newest.length === 0) return [];
  return [
    { type: "heading", text: words.say("desk.note.heading") },
    ...newest.map(
      ({ at, by, text }): Part => ({
        type: "message",
        from: nameOf(by, words),
        at: momentOf(at, language),
        text: text.length > longestNoteShown ? `${text.slice(0, longestNoteShown)}…` : text,
      }),
    ),
    ...(desk.notes.length > notesShown
      ? paragraphs(words.say("desk.note.more", { count: desk.notes.length - notesShown }), "subtle")
      : []),
  ];
}

function pageView(
  name: WorkPage,
  theCase: CaseSummary,
  facts: WorkFacts,
  words: Words,
  shown: Partial<View>,
): View {
  return viewOf({
    summary: words.say("common.summary.adviser"),
    title: words.say(`desk.pages.${name}`, { number: theCase.number }),
    note: facts.note === null ? null : words.say(`desk.notes.${facts.note}`),
    privacy: "private",
    ...shown,
  });
}

function textInput(
  id: string,
  label: string,
  maxLength: number,
  value: string | null,
  words: Words,
  multiline = false,
): Input {
  return {
    type: "text",
    id,
    label,
    hint: words.say("common.input.textHint", { max: maxLength }),
    multiline,
    maxLength,
    value: value === "" ? null : value,
  };
}

function toOptions(id: string, words: Words): PressButton {
  return deskButton(words, "options", { do: "desk.work", case: id, page: "options" });
}

function backButton(id: string, words: Words): PressButton {
  return deskButton(words, "back", { do: "desk.open", case: id });
}
