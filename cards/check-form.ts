import type { Given, Verdict } from "../dialogs/check/check.ts";
import type { Asked } from "../dialogs/check/questions.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";
import { checkButton, complete, nameOf, noteOf, openOf } from "./check-frame.ts";
import { dateOf, paragraphs } from "./reading.ts";
import { type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { Input, Part, View } from "./view.ts";

type PageOf<At extends string> = Extract<Of<"check">["page"], { at: At }>;

/** In the order of the form. */
const verdicts = complete({
  yes: true,
  partly: true,
  no: true,
  unknown: true,
  notApplicable: true,
} satisfies Record<Verdict, true>);

/** A few questions to answer together, each with why it is asked and what counts as in order. */
export function form(at: PageOf<"form">, screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const nr = open.pages.findIndex(({ id }) => id === at.form);
  const page = open.pages[nr];
  const group = page?.group ?? "policy";
  const save = { do: "check.save", check: open.id, form: at.form, revision: open.check.revision } as const;
  return view(words, {
    title: words.say(`questions.groups.${group}.title`),
    step: words.say("check.form.step", { nr: nr + 1, of: open.pages.length }),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say(`questions.groups.${group}.text`), "subtle"),
      ...paragraphs(words.say("check.form.text"), "subtle"),
    ],
    inputs: (page?.questions ?? []).flatMap((question) => fields(question, at, open, frame)),
    buttons: [
      checkButton(nr === open.pages.length - 1 ? "last" : "next", { ...save, go: "next" }, frame, "primary"),
      ...(nr > 0 ? [checkButton("back", { ...save, go: "back" }, frame)] : []),
      checkButton("why", { ...save, go: "why" }, frame),
      checkButton("overview", { ...save, go: "overview" }, frame),
    ],
    privacy: "private",
  });
}

function fields({ id }: Asked, { kept }: PageOf<"form">, open: OpenCheck, frame: Frame): readonly Input[] {
  const { words } = frame;
  const given = givenTo(open, id);
  const shown = kept[id] ?? given;
  const nr = numberOf(open, id);
  return [
    {
      type: "choice",
      id: `v.${id}`,
      label: words.say("check.form.question", { nr, question: words.say(`questions.${id}.title`) }),
      hint: [words.say(`questions.${id}.ok`), ...toldBefore(open, id, frame)].join("\n"),
      options: verdicts.map((value) => ({ value, label: words.say(`check.verdicts.${value}`) })),
      value: shown?.verdict ?? null,
    },
    {
      type: "text",
      id: `n.${id}`,
      label: words.say("check.form.note", { nr }),
      hint: null,
      multiline: true,
      maxLength: 500,
      value: shown?.note ?? null,
    },
  ];
}

/** What others said, what was put aside, and how it stood in the round before. */
function toldBefore(open: OpenCheck, id: string, { words, language }: Frame): readonly string[] {
  const lines: string[] = [];
  const who = ({ by, at }: Given) => ({ name: nameOf(open, by, words), day: dateOf(at, language) });
  const answer = ({ verdict }: Given) =>
    verdict === null ? words.say("check.form.onlyNote") : words.say(`check.verdicts.${verdict}`);
  const given = givenTo(open, id);
  if (given && given.by !== open.me) lines.push(words.say("check.form.others", who(given)));
  const all = open.round.answers[id] ?? [];
  const aside = all.findLast((one) => one.aside);
  if (aside && given && aside.revision > given.revision)
    lines.push(words.say("check.form.aside", { ...who(aside), answer: answer(aside) }));
  const before = open.outcomeBefore?.groups.flatMap(({ findings }) => findings).find((one) => one.id === id);
  if (before)
    lines.push(words.say("check.form.before", { status: words.say(`check.statuses.${before.status}`) }));
  return lines;
}

function givenTo({ outcome }: OpenCheck, id: string): Given | null {
  return outcome.groups.flatMap(({ findings }) => findings).find((one) => one.id === id)?.given ?? null;
}

/** The number of a question among those that are asked here. */
export function numberOf({ outcome }: OpenCheck, id: string): number {
  return outcome.groups.flatMap(({ findings }) => findings).findIndex((one) => one.id === id) + 1;
}

/** Why the questions of a form are asked, and what each rests on. */
export function why(at: PageOf<"why">, screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const page = open.pages.find(({ id }) => id === at.form);
  return view(words, {
    title: words.say("check.why.title"),
    note: noteOf(screen, frame),
    body: (page?.questions ?? []).flatMap((question) => whyParts(question, open, frame)),
    buttons: [
      checkButton("toForm", { do: "check.form", check: open.id, form: at.form }, frame, "primary"),
      checkButton("overview", { do: "check.open", check: open.id }, frame),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

function whyParts(
  { id, kind }: Asked,
  open: OpenCheck,
  { words, content, language }: Frame,
): readonly Part[] {
  const { rests, source, checkedOn } = content.checkSource(id, language);
  const date = dateOf(Date.parse(`${checkedOn}T12:00:00Z`), language);
  return [
    {
      type: "heading",
      text: words.say("check.form.question", {
        nr: numberOf(open, id),
        question: words.say(`questions.${id}.title`),
      }),
    },
    ...paragraphs(words.say(`questions.${id}.why`)),
    ...paragraphs(words.say("check.why.rests", { kind: words.say(`common.duty.kinds.${kind}`), rests })),
    ...paragraphs(words.say("common.helpSource", { source, date }), "subtle"),
  ];
}
