import type { Words } from "../content/words.ts";
import type { CodeOutcome } from "../dialogs/code/assemble.ts";
import { mostButtons } from "./adaptive-card.ts";
import { lineOf, type WordedSection, worded } from "./code-text.ts";
import { fieldsToCopy } from "./pieces.ts";
import { paragraphs } from "./reading.ts";
import {
  button,
  type Frame,
  languageButtons,
  MissingFacts,
  menuButton,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import type { Button, Input, Part, View } from "./view.ts";

/** The examples that come with each kind of behaviour in this sector, where the kinds are chosen. */
export function besideQuestion({ flow, question, options }: Of<"question">, frame: Frame): readonly Part[] {
  if (flow !== "code" || question !== "behaviour") return [];
  const { words, facts } = frame;
  const examples = options.map((kind) => ({
    label: words.say(`code.behaviour.options.${kind}`),
    value: ["p1", "p2"].map((nr) => words.say(`code.examplesOf.${facts.sector}.${kind}.${nr}`)).join("; "),
  }));
  return [{ type: "facts", facts: examples }];
}

/** The page as a draft, or what an existing code lacks. Private: what was written is in it. */
export function codeOutcome(screen: Of<"outcome">, frame: Frame): View {
  const { words } = frame;
  const code = codeOf(screen, frame);
  const key = `code.outcome.${code.task}`;
  const complete = code.task === "review" && code.missing.length === 0;
  const { draft } = screen;
  const buttons = [
    ...(complete ? [] : [button(words, "code.buttons.copy", { do: "copy", draft }, "primary")]),
    ...links(code, frame),
    button(words, "common.buttons.change", { do: "change", draft }),
    button(words, "common.buttons.stop", { do: "stop", draft }),
    menuButton(words),
  ];
  return view(words, {
    title: words.say(`${key}.title`),
    note: noteText(screen.note, words),
    body: [
      ...paragraphs(words.say(complete ? `${key}.complete` : `${key}.text`)),
      ...missingParts(code, words),
      ...(code.task === "write"
        ? [
            { type: "heading", text: words.say("code.page.title") } as const,
            ...paragraphs(words.say("code.page.draft"), "strong"),
          ]
        : []),
      ...worded(code.sections, screen.answers, words).flatMap(sectionParts),
      ...paragraphs(words.say("code.outcome.kept"), "subtle"),
    ],
    inputs: [changeInput(screen, words)],
    buttons: [...buttons, ...(buttons.length < mostButtons ? languageButtons(frame) : [])],
    privacy: "private",
  });
}

/** The text in both languages, whichever the chat is in: a code is wanted in Dutch and in English. */
export function codeCopy(screen: Of<"copy">, frame: Frame): View {
  const { words, content } = frame;
  const code = codeOf(screen, frame);
  return view(words, {
    title: words.say("code.copy.title"),
    body: paragraphs(words.say("code.copy.text")),
    inputs: (["nl", "en"] as const).flatMap((language) => {
      const named = words.say(`code.copy.${language}`);
      return fieldsToCopy(`copy-${language}-`, piecesOf(code, screen, content.words(language)), {
        first: named,
        more: words.say("code.copy.more", { language: named }),
        hint: words.say("code.copy.hint"),
      });
    }),
    buttons: [
      button(words, "code.buttons.back", { do: "resume" }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** What the worksheet came to. Throws `MissingFacts` where it was not given. */
function codeOf(screen: Of<"outcome" | "copy">, { facts }: Frame): CodeOutcome {
  if (!facts.code) throw new MissingFacts(screen.type);
  return facts.code;
}

/** The page as a document, in each language. */
function links({ task }: CodeOutcome, { facts, words }: Frame): readonly Button[] {
  const { codeLinks } = facts;
  if (task !== "write" || !codeLinks) return [];
  return [
    { label: words.say("code.buttons.wordNl"), url: codeLinks.nl },
    { label: words.say("code.buttons.wordEn"), url: codeLinks.en },
  ];
}

/** Which parts a page does not have yet. In a review each has its sentence below, and is not listed twice. */
function missingParts({ missing }: CodeOutcome, words: Words): readonly Part[] {
  if (missing.length === 0) return [];
  return [
    ...paragraphs(words.say("code.outcome.missing"), "strong"),
    { type: "list", items: missing.map((element) => words.say(`code.has.options.${element}`)) },
  ];
}

function sectionParts({ heading, texts, list }: WordedSection): readonly Part[] {
  return [
    ...(heading === null ? [] : [{ type: "heading", text: heading } as const]),
    ...texts.flatMap((text) => paragraphs(text)),
    ...(list.length === 0 ? [] : [{ type: "list", items: list.map(lineOf) } as const]),
  ];
}

function piecesOf({ task, sections }: CodeOutcome, { answers }: Of<"copy">, words: Words): readonly string[] {
  const top =
    task === "write" ? [[words.say("code.page.title"), words.say("code.page.draft")].join("\n")] : [];
  const pieces = worded(sections, answers, words).map(({ heading, texts, list }) =>
    [...(heading === null ? [] : [heading]), ...texts, ...list.map((item) => `- ${lineOf(item)}`)].join("\n"),
  );
  return [...top, ...pieces];
}

function changeInput({ answers }: Of<"outcome">, words: Words): Input {
  return {
    type: "choice",
    id: "change",
    label: words.say("code.outcome.change"),
    options: Object.keys(answers).map((value) => ({ value, label: words.say(`code.${value}.title`) })),
    value: null,
    shape: "dropdown",
  };
}
