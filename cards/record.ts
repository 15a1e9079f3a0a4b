import type { Words } from "../content/words.ts";
import type {
  entriesOnForm as EntriesOnForm,
  Entry,
  longestEntry as LongestEntry,
} from "../dialogs/record/record.ts";
import { threadPages } from "./case-view.ts";
import { cut } from "./found.ts";
import { offeredParts } from "./offered.ts";
import { fieldsToCopy } from "./pieces.ts";
import { dateOf, momentOf, paragraphs } from "./reading.ts";
import {
  button,
  doneButton,
  type Frame,
  languageButtons,
  MissingFacts,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import type { Button, Part, PressButton, View } from "./view.ts";

const longestEntry: typeof LongestEntry = 2800;
const entriesOnForm: typeof EntriesOnForm = 10;
/** In characters, with the moment before it: an option on Slack takes 75. */
const longestStart = 40;

type Shown = NonNullable<Frame["facts"]["record"]>;

/** What somebody wrote down for themselves, and what they can do with it. */
export function recordPage(screen: Of<"record">, frame: Frame): View {
  const shown = frame.facts.record;
  if (!shown) throw new MissingFacts("record");
  const { page } = screen;
  switch (page.at) {
    case "entries":
      return entries(screen, page.page, shown, frame);
    case "options":
      return options(screen, page.page, shown, frame);
    case "copy":
      return copyText(screen, page.page, shown, frame);
    case "destroying":
      return destroying(screen, page.entries, shown, frame);
  }
}

/** What was written, the newest page first, and the form to write more in. */
function entries(screen: Of<"record">, nr: number, shown: Shown, frame: Frame): View {
  const { words, facts, language } = frame;
  const pages = pagesOf(shown.entries);
  const page = Math.min(nr, pages.length - 1);
  const empty = shown.entries.length === 0;
  const say = (name: string) => words.say(`record.entries.${name}`);
  const messages = (pages[page] ?? []).map(
    ({ at, text }): Part => ({ type: "message", from: say("you"), at: momentOf(at, language), text }),
  );
  const writes = page === 0;
  return recordView("entries", screen, frame, {
    step: step("entries", page, pages.length, words),
    body: [
      ...offeredParts(screen.offered ?? [], frame),
      ...(empty
        ? introduction(shown, frame)
        : [...paragraphs(keptLine(shown, frame), "subtle"), ...messages]),
    ],
    inputs: writes
      ? [
          {
            type: "text",
            id: "text",
            label: say("input"),
            hint: words.say("record.entries.hint", { max: longestEntry }),
            multiline: true,
            maxLength: longestEntry,
            value: screen.unsent,
          },
        ]
      : [],
    buttons: [
      ...(writes
        ? [button(words, "record.buttons.add", { do: "record.add", nonce: facts.fresh }, "primary")]
        : []),
      ...(empty ? [] : [button(words, "record.buttons.options", { do: "record.options" })]),
      ...turning("record", page, pages.length, words),
      doneButton(words),
      ...languageButtons(frame),
    ],
  });
}

function introduction({ keptUntil }: Shown, { words, language }: Frame): readonly Part[] {
  const date = dateOf(keptUntil, language);
  const say = (name: string) => words.say(`record.entries.${name}`, name === "k5" ? { date } : {});
  return [
    ...paragraphs(say("empty")),
    { type: "heading", text: say("know") },
    { type: "list", items: ["k1", "k2", "k3", "k4", "k5", "k6"].map(say) },
  ];
}

function keptLine({ keptUntil }: Shown, { words, language }: Frame): string {
  return words.say("record.entries.kept", { date: dateOf(keptUntil, language) });
}

function options(screen: Of<"record">, nr: number, shown: Shown, frame: Frame): View {
  const { words, language } = frame;
  const form = formPage(shown.entries, nr);
  const say = (name: string) => words.say(`record.uses.${name}`);
  return recordView("uses", screen, frame, {
    step: step("uses", form.page, form.pages, words),
    body: [
      ...paragraphs(say("nothing")),
      {
        type: "facts",
        facts: ["use", "copy", "destroy"].map((name) => ({
          label: say(`${name}.label`),
          value: say(`${name}.text`),
        })),
      },
      ...paragraphs(say("stamp"), "subtle"),
    ],
    inputs: [
      {
        type: "choices",
        id: "entries",
        label: say("input"),
        options: form.entries.map(({ id, at, text }) => ({
          value: id,
          label: words.say("record.uses.option", {
            at: momentOf(at, language),
            start: cut(text.replace(/\s+/g, " "), longestStart),
          }),
        })),
        value: [],
      },
    ],
    buttons: [
      button(words, "record.buttons.use", { do: "record.use", page: form.page }, "primary"),
      button(words, "record.buttons.copy", { do: "record.copy" }),
      button(words, "record.buttons.destroying", { do: "record.destroying" }),
      ...turning("record.options", form.page, form.pages, words),
      backButton(words),
    ],
  });
}

/** Everything that was written, with the key of each stamp, to keep elsewhere; what it proves is in docs/record.md. */
function copyText(screen: Of<"record">, nr: number, shown: Shown, frame: Frame): View {
  const { words, language } = frame;
  const pages = pagesOf(shown.entries);
  const page = Math.min(nr, pages.length - 1);
  const say = (name: string) => words.say(`record.copy.${name}`);
  const pieces = (pages[page] ?? []).map(({ at, text, key }) =>
    [
      words.say("record.copy.entry", { at: momentOf(at, language) }),
      text,
      `[${say("stamp")} ${at} ${key}]`,
    ].join("\n"),
  );
  const labels = { first: say("label"), more: say("labelMore"), hint: say("hint") };
  return recordView("copy", screen, frame, {
    step: step("copy", page, pages.length, words),
    body: paragraphs(say("text")),
    inputs: fieldsToCopy("copy", pieces, labels),
    buttons: [...turning("record.copy", page, pages.length, words), backButton(words), doneButton(words)],
  });
}

function destroying(
  screen: Of<"record">,
  chosen: "all" | readonly string[],
  shown: Shown,
  frame: Frame,
): View {
  const { words } = frame;
  const ask = (part: string) => words.say(`record.destroying.confirm.${part}`);
  const ids = shown.entries.map(({ id }) => id);
  const gone = chosen === "all" ? ids : ids.filter((id) => chosen.includes(id));
  const press =
    chosen === "all"
      ? ({ do: "record.destroy" } as const)
      : ({ do: "record.destroy", entries: [...gone] } as const);
  const now: PressButton = {
    ...button(words, "record.buttons.destroyNow", press, "destructive"),
    confirm: { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") },
  };
  const what = words.say(`record.destroying.${chosen === "all" ? "all" : "some"}`, { count: gone.length });
  return recordView("destroying", screen, frame, {
    body: [...paragraphs(what, "strong"), ...paragraphs(words.say("record.destroying.text"))],
    buttons: [now, backButton(words), doneButton(words)],
  });
}

/** What goes along with a report from the record, as the line above one of its questions; nothing where none does. */
export function enclosedParts(screen: Of<"question">, { words }: Frame): readonly Part[] {
  const key = `${screen.flow}.${screen.question}.enclosed`;
  if (screen.enclosed === undefined || !words.has(key)) return [];
  return paragraphs(words.say(key));
}

/** One page of the form on which entries are ticked, newest first, and how many pages there are; at least one. */
function formPage(
  entries: readonly Entry[],
  page: number,
): { readonly entries: readonly Entry[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(entries.length / entriesOnForm));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = [...entries].reverse().slice(at * entriesOnForm, (at + 1) * entriesOnForm);
  return { entries: shown, page: at, pages };
}

/** The newest page first; within a page the oldest entry first. */
function pagesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return threadPages(entries);
}

function step(name: string, page: number, pages: number, words: Words): string | null {
  return pages > 1 ? words.say(`record.${name}.page`, { nr: page + 1, of: pages }) : null;
}

function turning(
  to: "record" | "record.options" | "record.copy",
  page: number,
  pages: number,
  words: Words,
): readonly Button[] {
  return [
    ...(page + 1 < pages ? [button(words, "record.buttons.older", { do: to, page: page + 1 })] : []),
    ...(page > 0 ? [button(words, "record.buttons.newer", { do: to, page: page - 1 })] : []),
  ];
}

function backButton(words: Words): PressButton {
  return button(words, "record.buttons.back", { do: "record" });
}

function recordView(name: string, { note }: Of<"record">, { words }: Frame, shown: Partial<View>): View {
  return view(words, {
    title: words.say(`record.${name}.title`),
    note: noteText(note, words),
    privacy: "private",
    ...shown,
  });
}
