import type { Content, DutyKind, Language, Words } from "../content/words.ts";
import type { Agreed, Given, Round } from "../dialogs/check/check.ts";
import type { Finding, Status } from "../dialogs/check/outcome.ts";
import type { CheckReading } from "../dialogs/check/reading.ts";
import {
  type Agreement,
  type AnswerItem,
  type Bar,
  type Changes,
  type CheckDocument,
  type DataWords,
  type Duty,
  dataColumns,
  type Fact,
  type Item,
  type KindPart,
  type Mark,
  type Plan,
  type PlanItem,
  type Sources,
} from "./check-document-view.ts";
import { kinds, statuses } from "./check-frame.ts";
import { dateOf } from "./reading.ts";

/** What the document needs of the content. */
export type DocumentContent = Pick<Content, "words"> & {
  checkSource(
    id: string,
    language: Language,
  ): {
    /** How binding it is, in sentences. */
    readonly rests: string;
    readonly source: string;
    /** ISO date of what it was found in. */
    readonly checkedOn: string;
  };
};

/** What the document says that is not in the check. */
export interface DocumentFacts {
  /** The organisation's name. */
  readonly organisation: string;
  /** Unix ms. */
  readonly now: number;
  readonly language: Language;
}

/** More answers that do not count than this are told as a number. */
const mostAside = 2;

/**
 * The document of a check: where the unit says it stands, which legal duties are not said to be in order (all
 * of them, whatever else is), and what to do first. Kinds stand apart and are never added up; there is no
 * grade, and nothing says that the law is complied with (P13, P18).
 */
export function checkDocument(
  reading: CheckReading,
  facts: DocumentFacts,
  content: DocumentContent,
): CheckDocument {
  return new Writing(reading, facts, content).document();
}

class Writing {
  private readonly reading: CheckReading;
  private readonly facts: DocumentFacts;
  private readonly content: DocumentContent;
  private readonly words: Words;
  private readonly findings: readonly Finding[];
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(reading: CheckReading, facts: DocumentFacts, content: DocumentContent) {
    this.reading = reading;
    this.facts = facts;
    this.content = content;
    this.words = content.words(facts.language);
    this.findings = reading.outcome.groups.flatMap(({ findings }) => findings);
    this.numbers = new Map(this.findings.map(({ id }, index) => [id, index + 1]));
  }

  document(): CheckDocument {
    const { check, round, outcome } = this.reading;
    const { answered, asked } = outcome;
    const about = { title: this.say("about.title"), lines: this.lines("about.text") };
    return {
      language: this.facts.language,
      title: this.say("title"),
      unit: check.unit,
      organisation: this.facts.organisation,
      madeAt: this.facts.now,
      interim: round.finishedAt === null ? this.say("interim", { answered, asked }) : null,
      facts: this.headFacts(round),
      people: {
        label: this.say("facts.people"),
        items: check.people.flatMap(({ mark, name, role }) =>
          mark === "" ? [] : [{ name, role: this.say(`roles.${role}`) }],
        ),
      },
      about,
      glance: this.glance(),
      duties: this.duties(),
      others: kinds.filter((kind) => kind !== "law").flatMap((kind) => this.kindPart(kind)),
      plan: this.plan(),
      changes: this.changes(),
      answers: {
        title: this.say("answers.title"),
        lines: this.lines("answers.text"),
        columns: { status: this.say("answers.status"), note: this.say("answers.note") },
        groups: outcome.groups.map(({ group, findings }) => ({
          group,
          title: this.words.say(`questions.groups.${group}.title`),
          items: findings.map((finding) => this.answer(finding)),
        })),
      },
      sources: this.sources(),
      data: this.dataWords(),
      footer: `${this.say("footer")} · ${this.date(this.facts.now)}`,
      page: (nr, of) => this.say("page", { nr, of }),
      undrawable: (sign) => this.say("undrawable", { sign }),
    };
  }

  private say(key: string, params?: Readonly<Record<string, string | number>>): string {
    return this.words.say(`document.${key}`, params);
  }

  private lines(key: string): readonly string[] {
    return this.say(key)
      .split(/\n+/)
      .filter((line) => line !== "");
  }

  private date(at: number): string {
    return dateOf(at, this.facts.language);
  }

  /** A day that somebody wrote down, such as "2026-11-28". Noon is on that day in Amsterdam. */
  private dayText(iso: string): string {
    const at = Date.parse(`${iso}T12:00:00Z`);
    return Number.isNaN(at) ? iso : this.date(at);
  }

  private headFacts({ setting, startedAt, finishedAt }: Round): readonly Fact[] {
    const from = this.date(startedAt);
    const to = finishedAt === null ? null : this.date(finishedAt);
    const period =
      to === null ? this.say("facts.started", { from }) : this.say("facts.finished", { from, to });
    return [
      { label: this.say("facts.organisation"), value: this.facts.organisation },
      { label: this.say("facts.sector"), value: this.say(`sectors.${setting.sector}`) },
      { label: this.say("facts.size"), value: this.say(`sizes.${setting.size}`) },
      { label: this.say("facts.period"), value: from === to ? from : period },
    ];
  }

  private mark(status: Status): Mark {
    return { status, label: this.say(`statuses.${status}`) };
  }

  private item({ id, kind, status, given }: Finding): Item {
    const remark =
      given?.verdict == null
        ? this.say("remarks.unanswered")
        : status === "unknown" && given.verdict === "notApplicable"
          ? this.say("remarks.noReason")
          : null;
    return {
      number: this.numbers.get(id) ?? 0,
      id,
      title: this.words.say(`questions.${id}.title`),
      kind: { id: kind, label: this.words.say(`common.duty.kinds.${kind}`) },
      mark: this.mark(status),
      remark,
      note: given?.note.trim() ?? "",
    };
  }

  private bars(findings: readonly Finding[]): readonly Bar[] {
    return kinds.flatMap((kind) => {
      const own = findings.filter((finding) => finding.kind === kind);
      const counts = statuses.flatMap((status) => {
        const count = own.filter((finding) => finding.status === status).length;
        return count === 0 ? [] : [{ status, count, text: this.say(`counts.${status}`, { count }) }];
      });
      return own.length === 0 ? [] : [{ kind, label: this.say(`parts.${kind}`), counts }];
    });
  }

  private glance(): CheckDocument["glance"] {
    return {
      title: this.say("glance.title"),
      lines: this.lines("glance.text"),
      legend: statuses.map((status) => this.mark(status)),
      whole: { title: this.say("glance.whole"), bars: this.bars(this.findings) },
      groups: {
        title: this.say("glance.groups"),
        rows: this.reading.outcome.groups.map(({ group, findings }) => ({
          group,
          title: this.words.say(`questions.groups.${group}.title`),
          bars: this.bars(findings),
        })),
      },
    };
  }

  private duties(): CheckDocument["duties"] {
    const { openDuties } = this.reading.outcome;
    const count = this.findings.filter(({ kind }) => kind === "law").length;
    const open = openDuties.length;
    return {
      title: this.say("duties.title"),
      lines: [open === 0 ? this.say("duties.none", { count }) : this.say("duties.text", { open, count })],
      noteLabel: this.say("duties.note"),
      items: openDuties.map((finding) => this.duty(finding)),
    };
  }

  private duty(finding: Finding): Duty {
    const { rests, source, checkedOn } = this.content.checkSource(finding.id, this.facts.language);
    const line = this.words.say("common.helpSource", { source, date: this.dayText(checkedOn) });
    return {
      ...this.item(finding),
      ok: this.words.say(`questions.${finding.id}.ok`),
      source: `${rests} ${line}`,
    };
  }

  private kindPart(kind: Exclude<DutyKind, "law">): readonly KindPart[] {
    const own = this.findings.filter((finding) => finding.kind === kind);
    if (own.length === 0) return [];
    const open = own.filter(({ status }) => status !== "inOrder" && status !== "notApplicable");
    return [
      {
        kind,
        title: this.say(`parts.${kind}`),
        lines: [...this.lines(`others.${kind}`), this.say(open.length === 0 ? "others.none" : "others.open")],
        items: open.map((finding) => this.item(finding)),
      },
    ];
  }

  private plan(): Plan {
    const { actions, done, rest } = this.reading.plan;
    const planned = (list: typeof actions) =>
      list.map(({ finding, agreed }) => this.planItem(finding, agreed));
    return {
      title: this.say("plan.title"),
      lines: actions.length === 0 ? [this.say("plan.none")] : this.lines("plan.text"),
      columns: {
        action: this.say("plan.action"),
        step: this.say("plan.step"),
        use: this.say("plan.use"),
        involve: this.say("plan.involve"),
        owner: this.say("plan.owner"),
        due: this.say("plan.due"),
        done: this.say("plan.done"),
      },
      actions: planned(actions),
      done: { title: this.say("plan.doneTitle"), items: planned(done) },
      later: {
        title: this.say("plan.laterTitle"),
        lines: this.lines("plan.laterText"),
        items: rest.map((finding) => ({
          ...this.item(finding),
          action: this.words.say(`questions.${finding.id}.action`),
        })),
      },
    };
  }

  private planItem(finding: Finding, agreed: Agreed | null): PlanItem {
    const about = (what: string) => `questions.${finding.id}.${what}`;
    return {
      ...this.item(finding),
      action: this.words.say(about("action")),
      step: this.words.say(about("step")),
      involve: this.words.say(about("involve")),
      use: this.words.has(about("use")) ? this.words.say(about("use")) : null,
      agreement: this.agreement(agreed),
    };
  }

  private agreement(agreed: Agreed | null): Agreement {
    const due = agreed?.due ?? null;
    return {
      owner: agreed?.owner.trim() ?? "",
      due,
      dueText: due === null ? null : this.dayText(due),
      done: agreed?.done ?? false,
    };
  }

  private changes(): Changes | null {
    const { since } = this.reading;
    if (since === null) return null;
    const date = this.date(since.round.finishedAt ?? since.round.startedAt);
    const notAsked = this.say("changes.notAsked");
    const items = since.changes.flatMap(({ question, before }) => {
      const finding = this.findings.find(({ id }) => id === question);
      if (!finding) return [];
      const was = before && this.mark(before);
      return [{ ...this.item(finding), before: was, beforeText: was?.label ?? notAsked }];
    });
    return {
      title: this.say("changes.title"),
      lines: [
        ...this.say("changes.text", { date }).split(/\n+/),
        ...(items.length === 0 ? [this.say("changes.none")] : []),
      ],
      columns: {
        question: this.say("changes.question"),
        before: this.say("changes.before"),
        now: this.say("changes.now"),
      },
      items,
    };
  }

  private answer(finding: Finding): AnswerItem {
    const { plan } = this.reading.round;
    const { id, given } = finding;
    const agreed = Object.hasOwn(plan, id) ? (plan[id] ?? null) : null;
    return {
      ...this.item(finding),
      verdict: given?.verdict ?? null,
      answered: given && { by: this.nameOf(given.by), at: given.at, text: this.byLine(given) },
      aside: this.aside(id, given),
      agreement: agreed && this.agreement(agreed),
    };
  }

  /** Those who answered at the same time: told until somebody answers again, having seen both. */
  private aside(id: string, given: Given | null): readonly string[] {
    const { answers } = this.reading.round;
    const all = Object.hasOwn(answers, id) ? (answers[id] ?? []) : [];
    const open = all.filter(({ aside, revision }) => aside && revision > (given?.revision ?? 0));
    const told = open.slice(-mostAside).map((one) => {
      const answer = one.verdict === null ? one.note : this.verdictText(one.verdict, one.note);
      return this.say("answers.aside", { answer, who: this.byLine(one) });
    });
    const more = open.length - told.length;
    return more === 0 ? told : [...told, this.say("answers.asides", { count: more })];
  }

  private verdictText(verdict: NonNullable<Given["verdict"]>, note: string): string {
    const status = (
      {
        yes: "inOrder",
        no: "missing",
        partly: "partly",
        unknown: "unknown",
        notApplicable: "notApplicable",
      } as const
    )[verdict];
    const label = this.say(`statuses.${status}`);
    return note.trim() === "" ? label : `${label}, ${note.trim()}`;
  }

  private nameOf(person: string): string {
    const found = this.reading.check.people.find(({ id }) => id === person)?.name.trim();
    return found ? found : this.say("answers.someone");
  }

  private byLine({ by, at }: Given): string {
    return this.say("answers.by", { name: this.nameOf(by), date: this.date(at) });
  }

  private sources(): Sources {
    const byText = new Map<string, Sources["items"][number]>();
    for (const { id } of this.findings) {
      const { rests, source, checkedOn } = this.content.checkSource(id, this.facts.language);
      const key = JSON.stringify([rests, source, checkedOn]);
      const questions = [...(byText.get(key)?.questions ?? []), this.numbers.get(id) ?? 0];
      byText.set(key, { rests, source, checkedOn: this.dayText(checkedOn), questions });
    }
    return {
      title: this.say("sources.title"),
      lines: this.lines("sources.text"),
      columns: {
        rests: this.say("sources.rests"),
        source: this.say("sources.source"),
        checkedOn: this.say("sources.checkedOn"),
        questions: this.say("sources.questions"),
      },
      items: [...byText.values()],
    };
  }

  private dataWords(): DataWords {
    const columns = Object.fromEntries(dataColumns.map((column) => [column, this.say(`data.${column}`)]));
    return {
      columns: columns as DataWords["columns"],
      yes: this.say("data.yes"),
      no: this.say("data.no"),
    };
  }
}
