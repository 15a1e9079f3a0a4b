import { mostButtons } from "./adaptive-card.ts";
import { besideQuestion } from "./code.ts";
import { leavesRoom, offeredParts } from "./offered.ts";
import { dutySourceParts, helpParts, momentOf, paragraphs } from "./reading.ts";
import { enclosedParts } from "./record.ts";
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
import { reviewRows, rowPages, rowParts } from "./review.ts";
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
      // Help comes before anything else there is to read (P8); of a rule, it is the way round it.
      ...(screen.duty === undefined ? helpParts(screen.help, content, language) : []),
      ...(leavesRoom(screen.given) ? offeredParts(screen.offered ?? [], frame) : []),
      ...(tell ? paragraphs(words.say(`${key}.text`)) : whyParts(screen, frame)),
      ...enclosedParts(screen, frame),
      ...optionParts(screen, frame),
      ...(screen.duty === undefined
        ? []
        : [...helpParts(screen.help, content, language), ...dutySourceParts(screen.duty, content, language)]),
      ...besideQuestion(screen, frame),
    ],
    inputs: tell ? [] : [answerInput(screen, frame)],
    buttons: [
      button(words, tell ? `${key}.options.seen` : "common.buttons.next", { do: "answer", ...at }, "primary"),
      ...(screen.skippable ? [button(words, "common.buttons.skip", { do: "skip", ...at })] : []),
      ...jumpButtons(screen, words),
      ...(screen.canGoBack ? [button(words, "common.buttons.back", { do: "back", ...at })] : []),
      button(words, "common.buttons.stop", { do: "stop", ...at }),
      ...languageButtons(frame, screen.question),
    ],
    privacy:
      screen.kind === "text" || screen.given !== null || screen.offered?.length ? "private" : "neutral",
  });
}

/** Over this question and those after it; named by where that leads. */
function jumpButtons({ draft, question, jump }: Of<"question">, words: Frame["words"]): readonly Button[] {
  if (jump === undefined) return [];
  const label = jump === "ownWords" ? "common.buttons.tellNow" : "common.buttons.enough";
  return [button(words, label, { do: "jump", draft, question })];
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

/** What each option does, where one cannot choose without knowing: before the choice, and wherever it is made. */
function optionParts({ flow, question, options }: Of<"question">, { words }: Frame): readonly Part[] {
  return options.flatMap((option) => {
    const key = `${flow}.${question}.explained.${option}`;
    if (!words.has(key)) return [];
    const label = words.say(`${flow}.${question}.options.${option}`);
    return [...paragraphs(label, "strong"), ...paragraphs(words.say(key))];
  });
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
      ...optionParts(screen, frame),
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

/**
 * Check your answers: exactly what the adviser will read, and who that is (P4). Where that takes more than one
 * page, only the last one sends: who gets there has been shown all of it.
 */
export function review(screen: Of<"review">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const { draft, revision, rows } = screen;
  const way = rows.find((row) => row.question === "identity")?.answer;
  const identity = way === "named" || way === "anonymous" ? way : "pseudonymous";
  const aboutAdviser = rows.some((row) => row.question === "aboutAdviser" && row.answer !== "no");
  const all = reviewRows(screen.flow, rows, words);
  const pages = rowPages(all);
  const page = Math.min(screen.page ?? 0, pages.length - 1);
  const [first, last] = [page === 0, page === pages.length - 1];
  const receipt = facts.sending === undefined ? {} : { receipt: facts.sending };
  const send = { do: "send", draft, revision, ...receipt } as const;
  const look = (to: number) => ({ do: "look", draft, revision, page: to }) as const;
  return view(words, {
    title: words.say("report.review.title"),
    step: pages.length > 1 ? words.say("report.review.page", { nr: page + 1, of: pages.length }) : null,
    note: noteText(screen.note, words),
    body: [
      ...offeredParts(screen.offered ?? [], frame),
      { type: "text", text: words.say("report.review.readers", { readers: facts.readers }), tone: "strong" },
      ...(aboutAdviser ? [] : paragraphs(words.say("report.review.otherwise"))),
      // The other route's advisers are people too: whoever it is about may be one of them (P9).
      ...(aboutAdviser && first
        ? [
            ...paragraphs(words.say("report.review.aboutAdviser")),
            ...helpParts(["slachtofferhulp"], content, language),
          ]
        : []),
      ...(first
        ? [
            ...paragraphs(words.say("report.review.exactly")),
            ...paragraphs(words.say(`report.review.${identity}`)),
          ]
        : []),
      ...rowParts(pages[page] ?? []),
      ...(last
        ? [
            ...paragraphs(words.say(`report.review.${facts.inCard ? "full" : "sealed"}`), "subtle"),
            ...paragraphs(words.say("report.review.limits"), "subtle"),
          ]
        : paragraphs(words.say("report.review.readOn"), "strong")),
    ],
    inputs: last
      ? [
          {
            type: "choice",
            id: "change",
            label: words.say("report.review.change"),
            options: all.map(({ question: value, label }, nr) => ({
              value,
              label: rows[nr]?.written ? leaveOutLabel(rows[nr].written.at, frame) : label,
            })),
            value: null,
            shape: "dropdown",
          },
        ]
      : [],
    buttons: [
      ...(last
        ? [
            button(words, "common.buttons.send", send, "primary"),
            button(words, "common.buttons.change", { do: "change", draft }),
          ]
        : [button(words, "common.buttons.readOn", look(page + 1), "primary")]),
      first
        ? button(words, "common.buttons.back", { do: "back", draft })
        : button(words, "common.buttons.readBack", look(page - 1)),
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
    note: noteText(screen.note, words),
    body: [
      ...paragraphs(words.say(`${screen.flow}.${screen.end}.text`)),
      ...helpParts(screen.help, content, language),
    ],
    buttons: [
      ...(screen.guide === undefined
        ? [button(words, "common.buttons.back", { do: "back", draft: screen.draft }, "primary")]
        : [
            button(words, `common.buttons.${screen.guide}`, { do: "start", flow: screen.guide }, "primary"),
            button(words, "common.buttons.back", { do: "back", draft: screen.draft }),
          ]),
      clearButton(screen.draft, words),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}

/** What was written down before is not changed here; it can stay at home. */
function leaveOutLabel(at: number, { words, language }: Frame): string {
  return words.say("report.record.leaveOut", { at: momentOf(at, language) });
}
