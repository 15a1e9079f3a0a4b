import type { OpenCheck } from "../dialogs/check/reading.ts";
import { form, why } from "./check-form.ts";
import { checkButton, noteOf, openOf, peopleLine, roleOptions } from "./check-frame.ts";
import { group, history, outcome } from "./check-outcome.ts";
import { action, documents, plan } from "./check-plan.ts";
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
import type { Button, Input, Part, View } from "./view.ts";

type CheckScreen = Of<"check">;

/** A page of the code-of-conduct check. Throws `MissingFacts` without what it is about. */
export function checkPage(screen: CheckScreen, frame: Frame): View {
  const { page } = screen;
  switch (page.at) {
    case "hub":
      return hub(screen, frame);
    case "refused":
      return refused(page.why, frame);
    case "new":
      return begin(page.check, screen, frame);
    case "join":
      return join(screen, frame);
    case "compare":
      return compare(frame);
    case "overview":
      return overview(screen, frame);
    case "form":
      return form(page, screen, frame);
    case "why":
      return why(page, screen, frame);
    case "outcome":
      return outcome(screen, frame);
    case "group":
      return group(page, screen, frame);
    case "history":
      return history(screen, frame);
    case "plan":
      return plan(screen, frame);
    case "action":
      return action(page, screen, frame);
    case "document":
      return documents(screen, frame);
    case "share":
      return share(screen, frame);
    case "manage":
      return manage(screen, frame);
    case "finished":
      return finished(screen, frame);
    case "destroying":
      return destroying(screen, frame);
  }
}

/** The same for a message that the platform keeps: which units are checked, and how, stays behind a button. */
export function checkDoor(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const { page } = screen;
  if (page.at === "refused") return refused(page.why, frame);
  const open =
    "check" in page && page.at !== "new"
      ? checkButton("open", { do: "check.open", check: page.check }, frame, "primary")
      : checkButton("hub", { do: "checks" }, frame, "primary");
  return view(words, {
    title: words.say("check.hub.title"),
    body: paragraphs(words.say("check.hub.door")),
    buttons: [open, menuButton(words), ...languageButtons(frame)],
    privacy: "neutral",
  });
}

function hub(screen: CheckScreen, frame: Frame): View {
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

function refused(reason: "notAllowed" | "unsure", frame: Frame): View {
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

/** Who somebody is in a check: a role, and a name that the others see, if they want. */
function selfInputs({ words }: Frame): readonly Input[] {
  return [
    {
      type: "choice",
      id: "role",
      label: words.say("check.self.role"),
      options: roleOptions(words),
      value: null,
      shape: "dropdown",
    },
    {
      type: "text",
      id: "name",
      label: words.say("check.self.name"),
      hint: words.say("check.self.nameHint"),
      multiline: false,
      maxLength: 60,
      value: null,
    },
  ];
}

const sectors = [
  "business",
  "healthcare",
  "mentalHealthcare",
  "disabilityCare",
  "youthCare",
  "education",
  "higherEducation",
  "sport",
  "cultureAndMedia",
  "government",
] as const;
const sizes = ["under10", "from10", "from50"] as const;

function settingInputs(
  frame: Frame,
  chosen: { readonly sector: string; readonly size: string | null },
): readonly Input[] {
  const { words } = frame;
  return [
    {
      type: "choice",
      id: "sector",
      label: words.say("check.setting.sector"),
      options: sectors.map((value) => ({ value, label: words.say(`check.sectors.${value}`) })),
      value: chosen.sector,
      shape: "dropdown",
    },
    {
      type: "choice",
      id: "size",
      label: words.say("check.setting.size"),
      hint: words.say("check.setting.sizeHint"),
      options: sizes.map((value) => ({ value, label: words.say(`check.sizes.${value}`) })),
      value: chosen.size,
      shape: "dropdown",
    },
  ];
}

function begin(id: string, screen: CheckScreen, frame: Frame): View {
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

function join(screen: CheckScreen, frame: Frame): View {
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

/** How far each part is, and the ways on. */
function overview(screen: CheckScreen, frame: Frame): View {
  const { words, language } = frame;
  const open = openOf(screen, frame);
  const { id, outcome, round, check } = open;
  const done = round.finishedAt !== null;
  const { answered, asked } = outcome;
  const more = [
    checkButton("document", { do: "check.document", check: id }, frame),
    checkButton("manage", { do: "check.manage", check: id }, frame),
    checkButton("hub", { do: "checks" }, frame),
  ];
  const buttons = done
    ? [
        checkButton("outcome", { do: "check.outcome", check: id }, frame, "primary"),
        checkButton("plan", { do: "check.plan", check: id }, frame),
        checkButton("again", { do: "check.again", check: id, round: frame.facts.fresh }, frame),
        ...more,
      ]
    : [
        checkButton("goOn", { do: "check.form", check: id }, frame, "primary"),
        checkButton("outcome", { do: "check.outcome", check: id }, frame),
        checkButton("share", { do: "check.share", check: id }, frame),
        ...more.slice(1),
        menuButton(words),
      ];
  return view(words, {
    title: check.unit,
    step: words.say(`check.sizes.${round.setting.size}`),
    note: noteOf(screen, frame),
    body: [
      ...(done && round.finishedAt !== null
        ? paragraphs(
            words.say("check.overview.finished", { day: dayOf(round.finishedAt, language) }),
            "strong",
          )
        : paragraphs(words.say("check.overview.progress", { answered, asked }), "strong")),
      { type: "facts", facts: done ? resultOf(open, frame) : progressOf(open, frame) },
      ...paragraphs(peopleLine(open, frame), "subtle"),
    ],
    inputs: done ? [] : [formInput(open, frame)],
    buttons,
    privacy: "private",
  });
}

function resultOf(
  { outcome, plan }: OpenCheck,
  { words }: Frame,
): readonly { label: string; value: string }[] {
  return [
    { label: words.say("check.overview.duties"), value: String(outcome.openDuties.length) },
    { label: words.say("check.overview.todo"), value: String(plan.actions.length + plan.rest.length) },
    { label: words.say("check.overview.done"), value: String(plan.done.length) },
  ];
}

function progressOf({ outcome }: OpenCheck, { words }: Frame): readonly { label: string; value: string }[] {
  return outcome.groups.map(({ group, findings }) => {
    const answered = findings.filter(({ given }) => given?.verdict != null).length;
    return {
      label: words.say(`questions.groups.${group}.title`),
      value: words.say("check.overview.part", { answered, asked: findings.length }),
    };
  });
}

function formInput({ pages }: OpenCheck, { words }: Frame): Input {
  return {
    type: "choice",
    id: "form",
    label: words.say("check.overview.choose"),
    options: pages.map(({ id, group }) => {
      const own = pages.filter((page) => page.group === group);
      const title = words.say(`questions.groups.${group}.title`);
      const nr = own.findIndex((page) => page.id === id) + 1;
      return { value: id, label: own.length === 1 ? title : `${title} (${nr}/${own.length})` };
    }),
    value: null,
    shape: "dropdown",
  };
}

/** The code with which a colleague joins. */
function share(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  return view(words, {
    title: words.say("check.share.title"),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say("check.share.text")),
      { type: "code", label: words.say("check.share.code"), text: open.check.code },
      ...paragraphs(words.say("check.share.how")),
      ...paragraphs(peopleLine(open, frame), "subtle"),
    ],
    buttons: [
      checkButton("overview", { do: "check.open", check: open.id }, frame, "primary"),
      menuButton(words),
    ],
    privacy: "private",
  });
}

function manage(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const { id, round, check, me } = open;
  const done = round.finishedAt !== null;
  const reminded = check.recheck.includes(me);
  const leave = open.isFirst
    ? checkButton("destroying", { do: "check.destroying", check: id }, frame, "destructive")
    : checkButton("leave", { do: "check.leave", check: id }, frame, "destructive");
  return view(words, {
    title: words.say("check.manage.title"),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say(done ? "check.manage.finished" : "check.manage.text")),
      ...paragraphs(words.say("check.manage.kept", { days: frame.facts.check?.keptDays ?? 0 }), "subtle"),
    ],
    inputs: done ? [] : settingInputs(frame, round.setting),
    buttons: [
      ...(done
        ? [
            checkButton("reopen", { do: "check.reopen", check: id }, frame),
            checkButton(
              reminded ? "recheckOff" : "recheckOn",
              { do: "check.recheck", check: id, on: !reminded },
              frame,
            ),
          ]
        : [checkButton("save", { do: "check.setting", check: id }, frame, "primary")]),
      checkButton("history", { do: "check.history", check: id }, frame),
      leave,
      checkButton("overview", { do: "check.open", check: id }, frame),
      ...(done ? [menuButton(words)] : languageButtons(frame)),
    ],
    privacy: "private",
  });
}

function finished(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const { id, outcome, check, me } = openOf(screen, frame);
  const reminded = check.recheck.includes(me);
  const { answered, asked } = outcome;
  return view(words, {
    title: words.say("check.finished.title"),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say("check.finished.text")),
      ...(answered < asked ? paragraphs(words.say("check.finished.open", { open: asked - answered })) : []),
    ],
    buttons: [
      checkButton("plan", { do: "check.plan", check: id }, frame, "primary"),
      checkButton("document", { do: "check.document", check: id }, frame),
      ...(reminded ? [] : [checkButton("recheckOn", { do: "check.recheck", check: id, on: true }, frame)]),
      checkButton("overview", { do: "check.open", check: id }, frame),
      menuButton(words),
    ],
    privacy: "private",
  });
}

function destroying(screen: CheckScreen, frame: Frame): View {
  const { words } = frame;
  const { id, check } = openOf(screen, frame);
  const others = check.people.filter(({ mark }) => mark !== "").length - 1;
  return view(words, {
    title: words.say("check.destroying.title"),
    body: [
      ...paragraphs(words.say("check.destroying.text", { unit: check.unit })),
      ...(others > 0 ? paragraphs(words.say("check.destroying.others", { count: others }), "strong") : []),
    ],
    buttons: [
      checkButton("overview", { do: "check.open", check: id }, frame, "primary"),
      checkButton("destroy", { do: "check.destroy", check: id }, frame, "destructive"),
    ],
    privacy: "private",
  });
}

/** How units stand compared: numbers, and none of few units (P14). */
function compare(frame: Frame): View {
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
