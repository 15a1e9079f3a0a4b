import type { Words } from "../content/words.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { fieldsToCopy } from "./pieces.ts";
import { paragraphs } from "./reading.ts";
import {
  button,
  type Frame,
  languageButtons,
  menuButton,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import type { Part, View } from "./view.ts";

/** What was chosen or written at one question, with its words. */
interface Told {
  readonly heading: string;
  /** One for each option, or the person's own text. */
  readonly lines: readonly string[];
  readonly own: boolean;
  readonly care: boolean;
}

/** The look back, to be copied before it is gone. Private: what was written is in it. */
export function evaluationOutcome(screen: Of<"outcome">, frame: Frame): View {
  const { words } = frame;
  const { answers, draft } = screen;
  const told = toldIn(answers, words);
  const open = asked(answers).filter((question) => answers[question] === null);
  return view(words, {
    title: words.say("evaluation.outcome.title"),
    note: noteText(screen.note, words),
    body: [
      ...(told.length === 0
        ? paragraphs(words.say("evaluation.outcome.nothing"))
        : [
            ...paragraphs(words.say("evaluation.outcome.text"), "strong"),
            ...paragraphs(words.say("evaluation.outcome.names")),
          ]),
      ...told.flatMap(toldParts),
      ...(open.length === 0
        ? []
        : ([
            ...paragraphs(words.say("evaluation.outcome.missing"), "strong"),
            { type: "list", items: open.map((question) => words.say(`evaluation.parts.${question}`)) },
          ] as const)),
      ...paragraphs(words.say("evaluation.outcome.next"), "subtle"),
    ],
    buttons: [
      ...(told.length === 0
        ? []
        : [button(words, "evaluation.buttons.copy", { do: "copy", draft }, "primary")]),
      button(words, "common.buttons.back", { do: "back", draft }),
      button(words, "common.buttons.find", { do: "start", flow: "find" }),
      button(words, "common.buttons.stop", { do: "stop", draft }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** The look back as text. Nothing of it is stored. */
export function evaluationCopy({ answers }: Of<"copy">, frame: Frame): View {
  const { words } = frame;
  const pieces = toldIn(answers, words).map(({ heading, lines, own }) =>
    [heading, ...lines.map((line) => (own ? line : `- ${line}`))].join("\n"),
  );
  return view(words, {
    title: words.say("evaluation.copy.title"),
    body: [
      ...paragraphs(words.say("evaluation.outcome.names")),
      ...paragraphs(words.say("evaluation.copy.text")),
    ],
    inputs: fieldsToCopy("copy-", [words.say("evaluation.outcome.heading"), ...pieces], {
      first: words.say("evaluation.copy.input"),
      more: words.say("evaluation.copy.more"),
      hint: words.say("evaluation.copy.hint"),
    }),
    buttons: [
      button(words, "evaluation.buttons.back", { do: "resume" }, "primary"),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** The questions of the look back itself, in the order asked: what comes before them is not part of it. */
function asked(answers: Answers): readonly string[] {
  return Object.keys(answers).filter((question) => question !== "now" && question !== "running");
}

function toldIn(answers: Answers, words: Words): readonly Told[] {
  return asked(answers).flatMap((question): Told[] => {
    const answer = answers[question] ?? null;
    if (answer === null) return [];
    const heading = words.say(`evaluation.parts.${question}`);
    if (typeof answer === "string" && words.has(`evaluation.${question}.input`))
      return [{ heading, lines: [answer], own: true, care: false }];
    const lines = [answer].flat().map((option) => lineFor(question, option, words));
    return [{ heading, lines, own: false, care: question === "care" }];
  });
}

/** Aftercare is told with what it can be for each. */
function lineFor(question: string, option: string, words: Words): string {
  return words.say(
    question === "care" ? `evaluation.careFor.${option}` : `evaluation.${question}.options.${option}`,
  );
}

/** What a person wrote stands apart, so that it cannot pass for ours; what was chosen is a line, or a list of care. */
function toldParts({ heading, lines, own, care }: Told): readonly Part[] {
  if (own) return [{ type: "quote", label: heading, text: fewLines(lines.join("\n")) }];
  if (!care) return [{ type: "facts", facts: [{ label: heading, value: lines.join("\n") }] }];
  return [
    { type: "heading", text: heading },
    { type: "list", items: lines },
  ];
}

/** Lines beyond this share the last one on the screen: a text of bare line ends would fill it. The copy has all. */
const mostLines = 8;

function fewLines(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const first = lines.slice(0, mostLines - 1);
  const rest = lines.slice(mostLines - 1);
  return [...first, ...(rest.length === 0 ? [] : [rest.join(" ")])].join("\n");
}
