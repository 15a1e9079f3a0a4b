import { z } from "zod";
import type { CheckDocument } from "../../cards/check-document-view.ts";
import { roles, verdicts } from "../../dialogs/check/check.ts";
import { kinds, statuses } from "../../dialogs/check/outcome.ts";
import { takingPart } from "../../dialogs/check/people.ts";
import { groups, sizes } from "../../dialogs/check/questions.ts";
import type { CheckReading } from "../../dialogs/check/reading.ts";
import { languages } from "../../dialogs/core/draft.ts";
import { sectors } from "../../dialogs/find/situation.ts";

/** An id, which stays, with its words in the file's language, which may be written differently tomorrow. */
const worded = <T extends readonly [string, ...string[]]>(ids: T) =>
  z.strictObject({ id: z.enum(ids), label: z.string() });
const count = z.int().min(0);
const counts = z.strictObject({
  kind: z.enum(kinds),
  inOrder: count,
  partly: count,
  missing: count,
  unknown: count,
  notApplicable: count,
});
const agreement = z.strictObject({ owner: z.string(), due: z.iso.date().nullable(), done: z.boolean() });

/**
 * The format `vertrouwd-check`, version 1, for who computes with the answers. Compute with ids, show labels.
 * A field that is added keeps the version; one that goes, or comes to mean something else, makes it 2.
 *
 * - `about`: what the file is and is not; show it with whatever is made of it.
 * - `interim`: the round is not finished; answers may change.
 * - `counts`, of all and of each group: by kind. Do not add up kinds: good practice must not hide a missing duty.
 * - `questions[].status` is what follows from `verdict` and `note`: not applicable without a reason is unknown.
 *   `verdict` is null where nobody answered. `number` is the place in this file; `id` stays through the years.
 * - `questions[].plan`: among the first things to do, done, later, or not to be done.
 * - `changes`: those whose status is different from the finished round before; null where there is none. `before`
 *   is null where it was not asked then.
 * - Moments are ISO 8601 in UTC, `due` is a date. Names are as people gave them.
 */
export const CheckFile = z.strictObject({
  format: z.literal("vertrouwd-check"),
  version: z.literal(1),
  language: z.enum(languages),
  title: z.string(),
  about: z.array(z.string()),
  organisation: z.string(),
  unit: z.string(),
  madeAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  interim: z.boolean(),
  answered: count,
  asked: count,
  sector: z.enum(sectors),
  size: z.enum(sizes),
  people: z.array(z.strictObject({ name: z.string(), role: worded(roles) })),
  counts: z.array(counts),
  groups: z.array(z.strictObject({ id: z.enum(groups), label: z.string(), counts: z.array(counts) })),
  questions: z.array(
    z.strictObject({
      number: z.int().min(1),
      id: z.string(),
      group: z.enum(groups),
      question: z.string(),
      kind: worded(kinds),
      verdict: z.enum(verdicts).nullable(),
      status: worded(statuses),
      remark: z.string().nullable(),
      note: z.string(),
      answeredBy: z.string().nullable(),
      answeredAt: z.iso.datetime().nullable(),
      plan: z.enum(["first", "done", "later"]).nullable(),
      agreement: agreement.nullable(),
    }),
  ),
  changes: z
    .array(z.strictObject({ id: z.string(), before: z.enum(statuses).nullable(), now: z.enum(statuses) }))
    .nullable(),
  sources: z.array(
    z.strictObject({
      rests: z.string(),
      source: z.string(),
      checkedOn: z.string(),
      questions: z.array(z.int().min(1)),
    }),
  ),
});
export type CheckFile = z.infer<typeof CheckFile>;

/** The document of a check in the format that `CheckFile` describes. */
export function checkJson(
  document: CheckDocument,
  { check, round, outcome, since }: CheckReading,
): Uint8Array {
  const { glance, plan } = document;
  const places = new Map<string, "first" | "done" | "later">([
    ...plan.actions.map(({ id }) => [id, "first"] as const),
    ...plan.done.items.map(({ id }) => [id, "done"] as const),
    ...plan.later.items.map(({ id }) => [id, "later"] as const),
  ]);
  const file: CheckFile = {
    format: "vertrouwd-check",
    version: 1,
    language: document.language,
    title: document.title,
    about: [...document.about.lines],
    organisation: document.organisation,
    unit: document.unit,
    madeAt: moment(document.madeAt),
    startedAt: moment(round.startedAt),
    finishedAt: round.finishedAt === null ? null : moment(round.finishedAt),
    interim: document.interim !== null,
    answered: outcome.answered,
    asked: outcome.asked,
    sector: round.setting.sector,
    size: round.setting.size,
    people: document.people.items.map(({ name, role }, nr) => ({
      name,
      role: { id: takingPart(check)[nr]?.role ?? "other", label: role },
    })),
    counts: glance.whole.bars.map(countsOf),
    groups: glance.groups.rows.map(({ group, title, bars }) => ({
      id: group,
      label: title,
      counts: bars.map(countsOf),
    })),
    questions: document.answers.groups.flatMap(({ group, items }) =>
      items.map(({ number, id, title, kind, verdict, mark, remark, note, answered, agreement }) => ({
        number,
        id,
        group,
        question: title,
        kind,
        verdict,
        status: { id: mark.status, label: mark.label },
        remark,
        note,
        answeredBy: answered?.by ?? null,
        answeredAt: answered ? moment(answered.at) : null,
        plan: places.get(id) ?? null,
        agreement: agreement && { owner: agreement.owner, due: agreement.due, done: agreement.done },
      })),
    ),
    changes: since?.changes.map(({ question, before, now }) => ({ id: question, before, now })) ?? null,
    sources: document.sources.items.map((source) => ({ ...source, questions: [...source.questions] })),
  };
  return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
}

function moment(at: number): string {
  return new Date(at).toISOString();
}

function countsOf({
  kind,
  counts,
}: CheckDocument["glance"]["whole"]["bars"][number]): CheckFile["counts"][number] {
  const of = (wanted: string) => counts.find(({ status }) => status === wanted)?.count ?? 0;
  return {
    kind,
    inOrder: of("inOrder"),
    partly: of("partly"),
    missing: of("missing"),
    unknown: of("unknown"),
    notApplicable: of("notApplicable"),
  };
}
