import type { Action } from "../dialogs/check/plan.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";
import { checkButton, dueDay, nameOf, noteOf, openOf } from "./check-frame.ts";
import type { DocumentLink } from "./check-view.ts";
import { dateOf, paragraphs } from "./reading.ts";
import { type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { Button, Part, View } from "./view.ts";

type PageOf<At extends string> = Extract<Of<"check">["page"], { at: At }>;

/** Where more was agreed about at once, of the others only what is to be done: all of it would fit no card. */
const mostInFull = 10;

/** Slack's longest label of an option. */
const longestOption = 75;

/** The first things to do, with who and when; what can come later is named below. */
export function plan(screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const { id, plan } = open;
  const { actions, done, rest } = plan;
  const offered = [...actions, ...done];
  return view(words, {
    title: words.say("check.plan.title"),
    note: noteOf(screen, frame),
    body: [
      ...(actions.length === 0
        ? paragraphs(words.say(done.length > 0 ? "check.plan.allDone" : "check.plan.nothing"))
        : [
            ...paragraphs(words.say("check.plan.text")),
            ...actions.slice(0, mostInFull).flatMap((one, nr) => actionParts(one, nr, frame)),
            ...titles(actions.slice(mostInFull), frame),
          ]),
      ...doneParts(done, frame),
      ...(rest.length > 0 ? paragraphs(words.say("check.plan.rest", { count: rest.length }), "subtle") : []),
    ],
    inputs:
      offered.length === 0
        ? []
        : [
            {
              type: "choice",
              id: "action",
              label: words.say("check.plan.choose"),
              options: offered.map(({ finding }) => ({
                value: finding.id,
                label: cut(words.say(`questions.${finding.id}.action`)),
              })),
              value: actions[0]?.finding.id ?? null,
              shape: "dropdown",
            },
          ],
    buttons: [
      ...(offered.length === 0
        ? []
        : [checkButton("action", { do: "check.action", check: id }, frame, "primary")]),
      checkButton("outcome", { do: "check.outcome", check: id }, frame),
      checkButton("document", { do: "check.document", check: id }, frame),
      checkButton("overview", { do: "check.open", check: id }, frame),
      menuButton(words),
    ],
    privacy: "private",
  });
}

function cut(label: string): string {
  return label.length <= longestOption ? label : `${label.slice(0, longestOption - 1).trimEnd()}…`;
}

function actionParts({ finding, agreed }: Action, nr: number, frame: Frame): readonly Part[] {
  const { words, language } = frame;
  const { id, kind, status } = finding;
  const owner = agreed?.owner || words.say("check.plan.nobody");
  const due = agreed?.due ? dueDay(agreed.due, language) : words.say("check.plan.noDate");
  return [
    { type: "text", text: `${nr + 1}. ${words.say(`questions.${id}.action`)}`, tone: "strong" },
    ...paragraphs(
      words.say("check.plan.line", {
        kind: words.say(`check.kinds.${kind}`),
        status: words.say(`check.statuses.${status}`),
        owner,
        due,
      }),
      "subtle",
    ),
    ...paragraphs(words.say("check.plan.step", { step: words.say(`questions.${id}.step`) })),
  ];
}

function doneParts(done: readonly Action[], frame: Frame): readonly Part[] {
  const { words } = frame;
  if (done.length === 0) return [];
  return [{ type: "heading", text: words.say("check.plan.done") }, ...titles(done, frame)];
}

function titles(actions: readonly Action[], { words }: Frame): readonly Part[] {
  if (actions.length === 0) return [];
  return [{ type: "list", items: actions.map(({ finding }) => words.say(`questions.${finding.id}.action`)) }];
}

/** One action: what is to be done and how it begins, and who does it when. */
export function action(at: PageOf<"action">, screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const { id, plan, check, me, round } = open;
  const { question, kept } = at;
  const agreed =
    [...plan.actions, ...plan.done].find(({ finding }) => finding.id === question)?.agreed ?? null;
  const own = round.plan[question];
  const shown = kept ?? agreed ?? own ?? null;
  const remind = kept ? kept.remind : own?.remind.includes(me) === true;
  const key = `questions.${question}`;
  return view(words, {
    title: words.say(`${key}.action`),
    note: noteOf(screen, frame),
    body: [
      ...paragraphs(words.say("check.plan.step", { step: words.say(`${key}.step`) })),
      {
        type: "facts",
        facts: [
          { label: words.say("check.action.involve"), value: words.say(`${key}.involve`) },
          ...(words.has(`${key}.use`)
            ? [{ label: words.say("check.action.use"), value: words.say(`${key}.use`) }]
            : []),
          { label: words.say("check.action.ok"), value: words.say(`${key}.ok`) },
        ],
      },
      ...agreedParts(open, question, frame),
    ],
    inputs: [
      {
        type: "text",
        id: "owner",
        label: words.say("check.action.owner"),
        hint: words.say("check.action.ownerHint"),
        multiline: false,
        maxLength: 60,
        value: shown?.owner ?? null,
      },
      {
        type: "date",
        id: "due",
        label: words.say("check.action.due"),
        hint: null,
        value: shown?.due ?? null,
      },
      {
        type: "choice",
        id: "done",
        label: words.say("check.action.done"),
        options: (["open", "done"] as const).map((value) => ({
          value,
          label: words.say(`check.action.states.${value}`),
        })),
        value: shown?.done ? "done" : "open",
      },
      {
        type: "choices",
        id: "remind",
        label: words.say("check.action.remind"),
        options: [{ value: "yes", label: words.say("check.action.remindYes") }],
        value: remind ? ["yes"] : [],
      },
    ],
    buttons: [
      checkButton(
        "save",
        { do: "check.agree", check: id, question, revision: check.revision },
        frame,
        "primary",
      ),
      checkButton("plan", { do: "check.plan", check: id }, frame),
      checkButton("overview", { do: "check.open", check: id }, frame),
      menuButton(words),
    ],
    privacy: "private",
  });
}

function agreedParts(open: OpenCheck, question: string, { words, language }: Frame): readonly Part[] {
  const agreed = open.round.plan[question];
  if (!agreed) return [];
  const told = { name: nameOf(open, agreed.by, words), day: dateOf(agreed.at, language) };
  return paragraphs(words.say("check.action.changed", told), "subtle");
}

/** Where the documents are fetched. */
export function documents(screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const { id, round } = openOf(screen, frame);
  const links = frame.facts.check?.links ?? null;
  return view(words, {
    title: words.say("check.document.title"),
    note: noteOf(screen, frame),
    body: [
      ...(links === null
        ? paragraphs(words.say("check.document.none"))
        : [
            ...paragraphs(words.say("check.document.text")),
            ...paragraphs(words.say("check.document.once"), "strong"),
          ]),
      ...(round.finishedAt === null ? paragraphs(words.say("check.document.between"), "subtle") : []),
      ...paragraphs(words.say("check.document.careful"), "subtle"),
    ],
    buttons: [
      ...(links ?? []).map((link) => linkButton(link, frame)),
      checkButton("overview", { do: "check.open", check: id }, frame),
      ...(links === null ? [menuButton(words), ...languageButtons(frame)] : [menuButton(words)]),
    ],
    privacy: "private",
  });
}

function linkButton({ format, language, url }: DocumentLink, { words }: Frame): Button {
  const key = format === "pdf" ? `pdf.${language}` : format;
  return { label: words.say(`check.document.buttons.${key}`), url };
}
