import { checkButton, noteOf } from "./check-frame.ts";
import { selfInputs, settingInputs } from "./check-inputs.ts";
import { dayOf, paragraphs } from "./reading.ts";
import {
  button,
  type Frame,
  languageButtons,
  MissingFacts,
  menuButton,
  type Of,
  view,
} from "./reporter-frame.ts";
import type { Button, Part, View } from "./view.ts";

type CheckScreen = Of<"check">;

/** Everything there is for who leads, with the checks this person takes part in. */
export function hub(screen: CheckScreen, frame: Frame): View {
  const { words, language } = frame;
  const { check } = frame.facts;
  if (!check) throw new MissingFacts(screen.type);
  const { mine } = check;
  const [only] = mine.length === 1 ? mine : [];
  const lineOf = ({ unit, answered, asked, finishedAt }: (typeof mine)[number]) =>
    finishedAt === null
      ? words.say("check.hub.underWay", { unit, answered, asked })
      : words.say("check.hub.finished", { unit, day: dayOf(finishedAt, language) });
  const go: readonly Button[] = only
    ? [checkButton("goOn", { do: "check.open", check: only.id }, frame, "primary")]
    : mine.length > 1
      ? [checkButton("open", { do: "check.choose" }, frame, "primary")]
      : [];
  const buttons = [
    ...go,
    checkButton("begin", { do: "check.new" }, frame, go.length === 0 ? "primary" : undefined),
    button(words, "check.buttons.code", { do: "start", flow: "code" }),
    button(words, "check.buttons.evaluation", { do: "start", flow: "evaluation" }),
    ...(check.compare ? [checkButton("compare", { do: "check.compare" }, frame)] : []),
    menuButton(words),
  ];
  return view(words, {
    title: words.say("check.hub.title"),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say("check.hub.text")),
      ...(only ? [{ type: "list", items: [lineOf(only)] } as const] : []),
      ...paragraphs(words.say("check.hub.kept"), "subtle"),
    ],
    inputs:
      mine.length > 1
        ? [
            {
              type: "choice",
              id: "check",
              label: words.say("check.hub.choose"),
              options: mine.map((one) => ({ value: one.id, label: short(lineOf(one)) })),
              value: mine.at(-1)?.id ?? null,
              shape: "dropdown",
            },
          ]
        : [],
    buttons:
      buttons.length < 6 ? [...buttons, ...languageButtons(frame).slice(0, 6 - buttons.length)] : buttons,
    privacy: mine.length === 0 ? "neutral" : "private",
  });
}

/** Slack's longest label of an option. */
function short(label: string): string {
  return label.length <= 75 ? label : `${label.slice(0, 74).trimEnd()}…`;
}

/** A friendly no, and the ways that are there for everybody. */
export function refused(reason: "notAllowed" | "unsure", frame: Frame): View {
  const { words, facts } = frame;
  return view(words, {
    title: words.say(`check.refused.${reason}.title`),
    body: paragraphs(words.say(`check.refused.${reason}.text`, { organisation: facts.organisation })),
    buttons: [
      button(words, "common.buttons.bystander", { do: "bystander" }, "primary"),
      button(words, "common.buttons.find", { do: "start", flow: "find" }),
      ...(reason === "unsure" ? [checkButton("tryAgain", { do: "checks" }, frame)] : []),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}

/** The form that a check begins with. */
export function begin(id: string, screen: CheckScreen, frame: Frame): View {
  const { words, facts } = frame;
  return view(words, {
    title: words.say("check.begin.title"),
    note: noteOf(screen, frame),
    body: paragraphs(words.say("check.begin.text")),
    inputs: [
      {
        type: "text",
        id: "unit",
        label: words.say("check.begin.unit"),
        hint: words.say("check.begin.unitHint"),
        multiline: false,
        maxLength: 60,
        value: facts.organisation.slice(0, 60),
      },
      ...settingInputs(frame, { sector: facts.sector, size: null }),
      ...selfInputs(frame),
    ],
    buttons: [
      checkButton("start", { do: "check.begin", check: id }, frame, "primary"),
      checkButton("joining", { do: "check.joining" }, frame),
      checkButton("hub", { do: "checks" }, frame),
      menuButton(words),
    ],
    privacy: "neutral",
  });
}

/** The form to join a colleague's check with. */
export function join(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  return view(words, {
    title: words.say("check.join.title"),
    note: noteOf(screen, frame),
    body: paragraphs(words.say("check.join.text")),
    inputs: [
      {
        type: "text",
        id: "code",
        label: words.say("check.join.code"),
        hint: words.say("check.join.codeHint"),
        multiline: false,
        maxLength: 60,
        value: null,
      },
      ...selfInputs(frame),
    ],
    buttons: [
      checkButton("join", { do: "check.join" }, frame, "primary"),
      checkButton("hub", { do: "checks" }, frame),
      menuButton(words),
    ],
    privacy: "neutral",
  });
}

/** How units stand compared: numbers, and none of few units (P14). */
export function compare(frame: Frame): View {
  const { words, language, facts } = frame;
  const shown = facts.check?.comparison ?? null;
  const rows: readonly Part[] = shown
    ? [
        ...paragraphs(
          words.say("check.compare.text", { units: shown.units, day: dayOf(shown.at, language) }),
        ),
        {
          type: "facts",
          facts: shown.rows.map(([group, row]) => ({
            label: words.say(`questions.groups.${group}.title`),
            value: row === null ? words.say("check.compare.few") : words.say("check.compare.row", row),
          })),
        },
      ]
    : paragraphs(words.say("check.compare.none"));
  return view(words, {
    title: words.say("check.compare.title"),
    body: [...rows, ...paragraphs(words.say("check.compare.how"), "subtle")],
    buttons: [
      checkButton("hub", { do: "checks" }, frame, "primary"),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}
