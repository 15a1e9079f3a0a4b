import type { Finding, GroupOutcome } from "../dialogs/check/outcome.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";
import { checkButton, kinds, nameOf, noteOf, openOf, statuses } from "./check-frame.ts";
import { dateOf, dayOf, paragraphs } from "./reading.ts";
import { type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { Part, View } from "./view.ts";

type PageOf<At extends string> = Extract<Of<"check">["page"], { at: At }>;

/**
 * Where it stands, as its people told: every legal duty that is not said to be in order on top, then the kinds
 * apart. No score, and no word that the law is complied with.
 */
export function outcome(screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const { id, round, outcome } = open;
  const { answered, asked } = outcome;
  const under = round.finishedAt === null;
  const complete = under && answered === asked;
  return view(words, {
    title: words.say("check.outcome.title"),
    note: noteOf(screen, frame),
    body: [
      ...(under && !complete
        ? paragraphs(words.say("check.outcome.between", { answered, asked }), "strong")
        : []),
      ...paragraphs(words.say("check.outcome.what")),
      ...dutyParts(open, frame),
      ...unplacedParts(open, frame),
      { type: "heading", text: words.say("check.outcome.kinds") },
      { type: "facts", facts: kindFacts(open, frame) },
      { type: "heading", text: words.say("check.outcome.groups") },
      { type: "facts", facts: outcome.groups.map((group) => groupFact(group, frame)) },
    ],
    buttons: [
      ...(complete ? [checkButton("finish", { do: "check.finish", check: id }, frame, "primary")] : []),
      checkButton("plan", { do: "check.plan", check: id }, frame, complete ? undefined : "primary"),
      checkButton("groups", { do: "check.group", check: id }, frame),
      checkButton("document", { do: "check.document", check: id }, frame),
      ...(complete
        ? []
        : under
          ? [checkButton("finish", { do: "check.finish", check: id }, frame)]
          : [checkButton("history", { do: "check.history", check: id }, frame)]),
      checkButton("overview", { do: "check.open", check: id }, frame),
      menuButton(words),
    ],
    privacy: "private",
  });
}

/** Every one of them, however long the list is: a missing duty is never hidden. */
function dutyParts({ outcome }: OpenCheck, { words }: Frame): readonly Part[] {
  const { openDuties } = outcome;
  if (openDuties.length === 0) return paragraphs(words.say("check.outcome.noDuties"));
  const open = openDuties.filter(({ status }) => status !== "notApplicable");
  const waived = openDuties.filter(({ status }) => status === "notApplicable");
  const lines = (duties: readonly Finding[]) =>
    duties.map(({ id, status }) =>
      words.say("check.outcome.line", {
        question: words.say(`questions.${id}.title`),
        status: words.say(`check.statuses.${status}`),
      }),
    );
  const listed = (key: string, duties: readonly Finding[]): readonly Part[] =>
    duties.length === 0
      ? []
      : [
          { type: "heading", text: words.say(key, { count: duties.length }) },
          { type: "list", items: lines(duties) },
        ];
  return [...listed("check.outcome.duties", open), ...listed("check.outcome.waived", waived)];
}

/** "Yes" is taken as it is; whoever reads it wants to know where. */
function unplacedParts({ outcome }: OpenCheck, { words }: Frame): readonly Part[] {
  const yes = outcome.groups.flatMap(({ findings }) => findings.filter(({ status }) => status === "inOrder"));
  const count = yes.filter(({ given }) => given?.note === "").length;
  return count === 0 ? [] : paragraphs(words.say("check.outcome.unplaced", { count }), "subtle");
}

function kindFacts({ outcome }: OpenCheck, { words }: Frame): readonly { label: string; value: string }[] {
  return kinds.flatMap((kind) => {
    const findings = outcome.groups.flatMap(({ findings }) => findings.filter((one) => one.kind === kind));
    if (findings.length === 0) return [];
    return [{ label: words.say(`check.kinds.${kind}`), value: counted(findings, words.say) }];
  });
}

/** "3 in orde, 1 deels": only what occurs. */
function counted(findings: readonly Finding[], say: Frame["words"]["say"]): string {
  return statuses
    .flatMap((status) => {
      const count = findings.filter((one) => one.status === status).length;
      return count === 0 ? [] : [say(`check.counts.${status}`, { count })];
    })
    .join(", ");
}

/** A part on one line; a legal duty among what is open is named as one. */
function groupFact({ group, findings }: GroupOutcome, { words }: Frame): { label: string; value: string } {
  const duties = findings.filter(({ kind, status }) => kind === "law" && status !== "inOrder").length;
  const value = counted(findings, words.say);
  return {
    label: words.say(`questions.groups.${group}.title`),
    value:
      duties === 0
        ? value
        : `${value} ${duties === 1 ? words.say("check.outcome.ofWhichOne") : words.say("check.outcome.ofWhich", { count: duties })}`,
  };
}

/** One part in full, what it rests on apart, with notes and who told it. */
export function group(at: PageOf<"group">, screen: Of<"check">, frame: Frame): View {
  const { words } = frame;
  const open = openOf(screen, frame);
  const { id, outcome, round, pages } = open;
  const shown = outcome.groups.find((one) => one.group === at.group);
  const first = pages.find((page) => page.group === at.group);
  return view(words, {
    title: words.say(`questions.groups.${at.group}.title`),
    note: noteOf(screen, frame),
    body: kinds.flatMap((kind) => {
      const findings = shown?.findings.filter((one) => one.kind === kind) ?? [];
      if (findings.length === 0) return [];
      return [
        { type: "heading", text: words.say(`check.kinds.${kind}`) } as const,
        ...findings.flatMap((finding) => findingParts(finding, open, frame)),
      ];
    }),
    inputs: [
      {
        type: "choice",
        id: "group",
        label: words.say("check.group.choose"),
        options: outcome.groups.map(({ group }) => ({
          value: group,
          label: words.say(`questions.groups.${group}.title`),
        })),
        value: at.group,
        shape: "dropdown",
      },
    ],
    buttons: [
      checkButton("show", { do: "check.group", check: id }, frame, "primary"),
      ...(first && round.finishedAt === null
        ? [checkButton("change", { do: "check.form", check: id, form: first.id }, frame)]
        : []),
      checkButton("outcome", { do: "check.outcome", check: id }, frame),
      menuButton(words),
    ],
    privacy: "private",
  });
}

function findingParts(
  { id, status, given }: Finding,
  open: OpenCheck,
  { words, language }: Frame,
): readonly Part[] {
  const line = words.say("check.outcome.line", {
    question: words.say(`questions.${id}.title`),
    status: words.say(`check.statuses.${status}`),
  });
  if (!given) return paragraphs(line, "strong");
  const who = { name: nameOf(open, given.by, words), day: dateOf(given.at, language) };
  return given.note === ""
    ? [...paragraphs(line, "strong"), ...paragraphs(words.say("check.group.told", who), "subtle")]
    : [
        ...paragraphs(line, "strong"),
        { type: "quote", label: words.say("check.group.note", who), text: given.note },
      ];
}

/** The rounds of a check, and what changed since the one before. */
export function history(screen: Of<"check">, frame: Frame): View {
  const { words, language } = frame;
  const open = openOf(screen, frame);
  const { id, check, since } = open;
  const rounds = check.rounds.map(({ startedAt, finishedAt }) =>
    finishedAt === null
      ? words.say("check.history.underWay", { day: dayOf(startedAt, language) })
      : words.say("check.history.round", {
          from: dateOf(startedAt, language),
          to: dateOf(finishedAt, language),
        }),
  );
  const changed: readonly Part[] =
    since === null
      ? paragraphs(words.say("check.history.first"))
      : [
          { type: "heading", text: words.say("check.history.changed") },
          ...(since.changes.length === 0
            ? paragraphs(words.say("check.history.same"))
            : [
                {
                  type: "list",
                  items: since.changes.map(({ question, before, now }) =>
                    words.say("check.history.line", {
                      question: words.say(`questions.${question}.title`),
                      before:
                        before === null
                          ? words.say("check.history.notAsked")
                          : words.say(`check.statuses.${before}`),
                      now: words.say(`check.statuses.${now}`),
                    }),
                  ),
                } as const,
              ]),
        ];
  return view(words, {
    title: words.say("check.history.title"),
    note: noteOf(screen, frame),
    body: [{ type: "list", items: rounds }, ...changed],
    buttons: [
      checkButton("overview", { do: "check.open", check: id }, frame, "primary"),
      checkButton("document", { do: "check.document", check: id }, frame),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}
