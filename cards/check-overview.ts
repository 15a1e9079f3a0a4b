import type { OpenCheck } from "../dialogs/check/reading.ts";
import { checkButton, noteOf, openOf, peopleLine } from "./check-frame.ts";
import { settingInputs } from "./check-inputs.ts";
import { dayOf, paragraphs } from "./reading.ts";
import { type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { Input, View } from "./view.ts";

type CheckScreen = Of<"check">;

/** How far each part is, and the ways on. */
export function overview(screen: CheckScreen, frame: Frame): View {
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
    {
      label: words.say("check.overview.duties"),
      value: String(outcome.openDuties.filter(({ status }) => status !== "notApplicable").length),
    },
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
export function share(screen: CheckScreen, frame: Frame): View {
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

/** Sector and size, opening again, reminders, leaving. */
export function manage(screen: CheckScreen, frame: Frame): View {
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

/** What comes next, once a round is finished. */
export function finished(screen: CheckScreen, frame: Frame): View {
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

/** Asks before what cannot be undone. */
export function destroying(screen: CheckScreen, frame: Frame): View {
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
