import { mostButtons } from "./adaptive-card.ts";
import { besideQuestion } from "./code.ts";
import { helpParts, paragraphs } from "./reading.ts";
import {
  button,
  clearButton,
  type Frame,
  languageButtons,
  menuButton,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import { reviewRows, rowParts } from "./review.ts";
import type { Button, Input, Part, View } from "./view.ts";

/** Texts up to this length are asked for on one line. */
const oneLine = 200;

/** A question with its form, or something that must be read before going on. */
export function question(screen: Of<"question">, frame: Frame): View {
  if (tapped(screen)) return tapQuestion(screen, frame);
  const { words, content, language } = frame;
  const at = { draft: screen.draft, question: screen.question };
  const key = `${screen.flow}.${screen.question}`;
  const tell = screen.kind === "tell";
  return view(words, {
    title: words.say(`${key}.title`),
    step: tell ? null : words.say("common.step", screen.step),
    note: noteText(screen.note, words),
    body: [
      // Help comes before anything else there is to read (P8).
      ...helpParts(screen.help, content, language),
      ...(tell ? paragraphs(words.say(`${key}.text`)) : whyParts(screen, frame)),
      ...besideQuestion(screen, frame),
    ],
    inputs: tell ? [] : [answerInput(screen, frame)],
    buttons: [
      button(words, tell ? `${key}.options.seen` : "common.buttons.next", { do: "answer", ...at }, "primary"),
      ...(screen.skippable ? [button(words, "common.buttons.skip", { do: "skip", ...at })] : []),
      ...(screen.canGoBack ? [button(words, "common.buttons.back", { do: "back", ...at })] : []),
      button(words, "common.buttons.stop", { do: "stop", ...at }),
      ...languageButtons(frame, screen.question),
    ],
    privacy: screen.kind === "text" || screen.given !== null ? "private" : "neutral",
  });
}

/**
 * What a question is asked for. A practice scene tells there what happens: it is what one came for, under the
 * scene's name and place.
 */
function whyParts({ flow, question }: Of<"question">, { words }: Frame): readonly Part[] {
  const why = words.say(`${flow}.${question}.why`);
  if (!words.has(`${flow}.setting`)) return paragraphs(why, "subtle");
  const scene = `${words.say(`${flow}.label`)} · ${words.say(`${flow}.setting`)}`;
  return [...paragraphs(scene, "subtle"), ...paragraphs(why)];
}

/** Whether each option is a button: where the flow says so, and all buttons are sure to be shown. */
function tapped({ oneTap, options, skippable, canGoBack }: Of<"question">): boolean {
  return oneTap && options.length + Number(skippable) + Number(canGoBack) + 1 <= mostButtons;
}

/** A question that one press answers: nothing to fill in. */
function tapQuestion(screen: Of<"question">, frame: Frame): View {
  const { words } = frame;
  const { draft, question, given } = screen;
  const at = { draft, question };
  const key = `${screen.flow}.${question}`;
  const buttons = [
    ...screen.options.map((option): Button => {
      return { label: optionLabel(screen, option, frame), press: { do: "answer", ...at, option } };
    }),
    ...(screen.skippable ? [button(words, "common.buttons.skip", { do: "skip", ...at })] : []),
    ...(screen.canGoBack ? [button(words, "common.buttons.back", { do: "back", ...at })] : []),
    button(words, "common.buttons.stop", { do: "stop", ...at }),
  ];
  const languages = languageButtons(frame, question);
  const chosen =
    typeof given === "string"
      ? words.say("common.input.given", { answer: optionLabel(screen, given, frame) })
      : "";
  return view(words, {
    title: words.say(`${key}.title`),
    step: words.say("common.step", screen.step),
    note: noteText(screen.note, words),
    body: [...paragraphs(words.say(`${key}.why`), "subtle"), ...paragraphs(chosen, "strong")],
    // Changing the language can wait, and can be typed; what answers or leaves cannot.
    buttons: buttons.length + languages.length <= mostButtons ? [...buttons, ...languages] : buttons,
    privacy: given === null ? "neutral" : "private",
  });
}

/** Longer lists, which only an organisation's places make, are a dropdown: Slack takes no more in sight. */
export const optionsListed = 10;

/** An option's words. Places are the organisation's own, not content's. */
function optionLabel({ flow, question }: Of<"question">, option: string, { words, facts }: Frame): string {
  const place = question === "place" ? facts.places[option] : undefined;
  return place ?? words.say(`${flow}.${question}.options.${option}`);
}

function answerInput(screen: Of<"question">, frame: Frame): Input {
  const { words } = frame;
  const { given, maxLength } = screen;
  const options = screen.options.map((value) => ({ value, label: optionLabel(screen, value, frame) }));
  const one = typeof given === "string" ? given : null;
  switch (screen.kind) {
    case "choices": {
      const value = typeof given === "string" ? [given] : (given ?? []);
      return { type: "choices", id: "answer", label: words.say("common.input.choices"), options, value };
    }
    case "text":
      return {
        type: "text",
        id: "answer",
        label: words.say(`${screen.flow}.${screen.question}.input`),
        hint: words.say("common.input.textHint", { max: maxLength }),
        multiline: maxLength > oneLine,
        maxLength,
        value: one,
      };
    default: {
      const shape = options.length > optionsListed ? ({ shape: "dropdown" } as const) : {};
      const label = words.say("common.input.choice");
      return { type: "choice", id: "answer", label, options, value: one, ...shape };
    }
  }
}

/**
 * A closed question in a message: its options as a list, to be answered by typing or behind the button; or
 * as the buttons themselves, where one press answers.
 */
export function questionDoor(screen: Of<"question">, frame: Frame, resume: Button): View {
  const { words } = frame;
  if (tapped(screen))
    return { ...tapQuestion(screen, frame), body: paragraphs(words.say("common.door.typeTap"), "subtle") };
  const key = `${screen.flow}.${screen.question}`;
  return view(words, {
    title: words.say(`${key}.title`),
    step: words.say("common.step", screen.step),
    note: noteText(screen.note, words),
    body: [
      {
        type: "list",
        items: screen.options.map((option) => optionLabel(screen, option, frame)),
        numbered: true,
      },
      ...paragraphs(
        words.say(screen.kind === "choices" ? "common.door.typeSeveral" : "common.door.typeOne"),
        "subtle",
      ),
    ],
    buttons: [resume, menuButton(words)],
    privacy: "neutral",
  });
}

/** Check your answers: exactly what the adviser will read, and who that is (P4). */
export function review(screen: Of<"review">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const { draft, revision, rows } = screen;
  const named = rows.some((row) => row.question === "identity" && row.answer === "named");
  const aboutAdviser = rows.some((row) => row.question === "aboutAdviser" && row.answer !== "no");
  const shown = reviewRows(screen.flow, rows, words);
  return view(words, {
    title: words.say("report.review.title"),
    note: noteText(screen.note, words),
    body: [
      { type: "text", text: words.say("report.review.readers", { readers: facts.readers }), tone: "strong" },
      // The other route's advisers are people too: whoever it is about may be one of them (P9).
      ...(aboutAdviser
        ? [
            ...paragraphs(words.say("report.review.aboutAdviser")),
            ...helpParts(["slachtofferhulp"], content, language),
          ]
        : []),
      ...paragraphs(words.say("report.review.exactly")),
      ...paragraphs(words.say(named ? "report.review.named" : "report.review.pseudonymous")),
      ...rowParts(shown),
      ...paragraphs(words.say("report.review.limits"), "subtle"),
    ],
    inputs: [
      {
        type: "choice",
        id: "change",
        label: words.say("report.review.change"),
        options: shown.map(({ question: value, label }) => ({ value, label })),
        value: null,
        shape: "dropdown",
      },
    ],
    buttons: [
      button(words, "common.buttons.send", { do: "send", draft, revision }, "primary"),
      button(words, "common.buttons.change", { do: "change", draft }),
      button(words, "common.buttons.back", { do: "back", draft }),
      button(words, "common.buttons.stop", { do: "stop", draft }),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** A flow that ended before anything was sent. */
export function end(screen: Of<"end">, frame: Frame): View {
  const { words, content, language } = frame;
  return view(words, {
    title: words.say(`${screen.flow}.${screen.end}.title`),
    body: [
      ...paragraphs(words.say(`${screen.flow}.${screen.end}.text`)),
      ...helpParts(screen.help, content, language),
    ],
    buttons: [
      button(words, "common.buttons.back", { do: "back", draft: screen.draft }, "primary"),
      clearButton(screen.draft, words),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}
