/**
 * A flow is an ordered list of questions with conditions. Nothing else is stored about a conversation's
 * place: `resolve` derives it from the answers. Conditions see the closed answers of earlier questions
 * only, so a misspelt option, a later question or free text in a condition does not compile.
 */

/** `null` means: asked and skipped. A list is an answer to a question that takes several options. */
export type Answer = string | readonly string[] | null;
export type Answers = Readonly<Record<string, Answer>>;

export type QuestionKind = "choice" | "choices" | "text" | "tell";

export interface Question {
  readonly id: string;
  readonly kind: QuestionKind;
  /** Closed options, in order; empty for text. A `tell` has the one option `seen`. */
  readonly options: readonly string[];
  /** Every option is a button, and pressing it answers: for guides only, where a careless press does no harm. */
  readonly oneTap?: true;
  /** A draft that waited is led back to it by a guide that did not ask it: the guide may be about something else. */
  readonly askAgain?: true;
  /** The reporter's own name, which goes along where they give it. */
  readonly ownName?: true;
  /** Without it there is little to read: who jumps over questions still meets it. */
  readonly essential?: true;
  /**
   * Added after a release: a draft that had come past it by then is not led back to it. Not for a question
   * that another answer can bring up, nor for what safety or law needs.
   */
  readonly added?: true;
  /** False only where safety or law needs the answer (P4). */
  readonly skippable: boolean;
  /** Longest text taken, in UTF-16 code units. */
  readonly maxLength: number;
  /** The help to show, by id in content's directory; only for `tell`. */
  readonly help: readonly string[];
  /** The rule that is told of, by id in content's duties; only for `tell`. */
  readonly duty?: string;
  readonly when: (closed: never) => boolean;
}

/** Ends the flow before anything is sent, where going on would harm. */
export interface EarlyEnd {
  readonly id: string;
  readonly kind: "end";
  readonly help: readonly string[];
  /** The guide that leads on from here, by id. */
  readonly guide?: string;
  readonly when: (closed: never) => boolean;
}

export interface Flow {
  readonly id: string;
  readonly items: readonly (Question | EarlyEnd)[];
  /** Set on a guide: it leads to an outcome, sends nothing, and nothing of it is kept once it is left. */
  readonly guide?: true;
  /** Set on a worksheet: it leads to an outcome and sends nothing, but its draft waits as a report's does. */
  readonly worksheet?: true;
  /** What a draft begins with when it is started from a guide: from the guide's answers to this flow's. */
  readonly beginsWith?: Readonly<Record<string, (guide: Answers) => Answers>>;
}

type When<Closed> = (answers: Readonly<Partial<Closed>>) => boolean;
interface Asked<Closed> {
  readonly when?: When<Closed>;
  /** Set where safety or law needs the answer; every other question can be skipped. */
  readonly required?: true;
  readonly oneTap?: true;
  readonly askAgain?: true;
  readonly added?: true;
}
interface Written<Closed> extends Asked<Closed> {
  readonly maxLength?: number;
  readonly ownName?: true;
  readonly essential?: true;
}
interface Told<Closed> {
  readonly when?: When<Closed>;
  /** Ids of help services in `content/help.yaml`. */
  readonly help: readonly string[];
}
interface ToldOfRule<Closed> extends Told<Closed> {
  /** Id of the rule in `content/duties.yaml`: says what it rests on. */
  readonly duty?: string;
}
interface Ended<Closed> extends Told<Closed> {
  readonly when: When<Closed>;
  readonly guide?: string;
}

/** Slack's plain_text_input takes at most 3000; one limit on both platforms keeps a draft portable. */
export const longestText = 3000;
/** A name, in a report or given later. */
export const longestName = 200;

const always = () => true;

/** Builds a flow question by question; each closed question widens the type that later conditions see. */
export class FlowBuilder<Closed extends object> implements Flow {
  readonly id: string;
  readonly items: readonly (Question | EarlyEnd)[];
  readonly guide?: true;
  readonly worksheet?: true;
  readonly beginsWith?: NonNullable<Flow["beginsWith"]>;

  constructor(flow: Flow) {
    this.id = flow.id;
    this.items = flow.items;
    if (flow.guide) this.guide = true;
    if (flow.worksheet) this.worksheet = true;
    if (flow.beginsWith) this.beginsWith = flow.beginsWith;
  }

  /** What was answered in the guide with this id is not asked again; the person sees it before sending. */
  beginWith(guide: string, answers: (guide: Answers) => Answers): FlowBuilder<Closed> {
    return new FlowBuilder({ ...this, beginsWith: { ...this.beginsWith, [guide]: answers } });
  }

  /** One of the options. */
  choose<const Id extends string, const Option extends string>(
    id: Id extends keyof Closed ? never : Id,
    options: readonly [Option, ...Option[]],
    asked: Asked<Closed> = {},
  ): FlowBuilder<Closed & Record<Id, Option>> {
    return this.add(question(id, "choice", options, asked));
  }

  /** One or more of the options. */
  chooseSeveral<const Id extends string, const Option extends string>(
    id: Id extends keyof Closed ? never : Id,
    options: readonly [Option, ...Option[]],
    asked: Asked<Closed> = {},
  ): FlowBuilder<Closed & Record<Id, readonly Option[]>> {
    return this.add(question(id, "choices", options, asked));
  }

  /** The person's own words. No condition ever sees them. */
  write(id: string, asked: Written<Closed> = {}): FlowBuilder<Closed> {
    return this.add({
      ...question(id, "text", [], asked),
      maxLength: asked.maxLength ?? longestText,
      ...(asked.ownName ? { ownName: true } : {}),
      ...(asked.essential ? { essential: true } : {}),
    });
  }

  /** Says something that must be read before going on, such as where help is now (P8). */
  tell(id: string, told: ToldOfRule<Closed>): FlowBuilder<Closed> {
    const { help, duty } = told;
    const rests = duty === undefined ? {} : { duty };
    return this.add({ ...question(id, "tell", ["seen"], { ...told, required: true }), help, ...rests });
  }

  /** Ends the flow here, with nothing sent, when the condition holds. */
  endIf(id: string, { when, help, guide }: Ended<Closed>): FlowBuilder<Closed> {
    const leadsOn = guide === undefined ? {} : { guide };
    return this.add({ id, kind: "end", help, ...leadsOn, when: when as EarlyEnd["when"] });
  }

  private add<Next extends object>(item: Question | EarlyEnd): FlowBuilder<Next> {
    if (this.items.some((other) => other.id === item.id)) {
      throw new Error(`flow ${this.id} has two items called ${item.id}`);
    }
    return new FlowBuilder<Next>({ ...this, items: [...this.items, item] });
  }
}

/** Starts a flow. Its id and the ids in it are for ever: saved answers carry them. */
export function flow(id: string): FlowBuilder<object> {
  return new FlowBuilder({ id, items: [] });
}

/** Starts a guide: a flow that leads to an outcome, and of which nothing is sent or kept. */
export function guide(id: string): FlowBuilder<object> {
  return new FlowBuilder({ id, items: [], guide: true });
}

/** Starts a worksheet: a flow that leads to an outcome and sends nothing, which one can go on with days later. */
export function worksheet(id: string): FlowBuilder<object> {
  return new FlowBuilder({ id, items: [], worksheet: true });
}

/** Whether the flow ends in an outcome for whom answered, and not in something to send. */
export function leadsToOutcome({ guide, worksheet }: Flow): boolean {
  return guide === true || worksheet === true;
}

function question<Closed>(
  id: string,
  kind: QuestionKind,
  options: readonly string[],
  asked: Asked<Closed>,
): Question {
  return {
    id,
    kind,
    options,
    skippable: asked.required !== true,
    maxLength: 0,
    help: [],
    when: (asked.when ?? always) as Question["when"],
    ...(asked.oneTap ? { oneTap: true } : {}),
    ...(asked.askAgain ? { askAgain: true } : {}),
    ...(asked.added ? { added: true } : {}),
  };
}

/** The question with this id, or undefined where the flow (now) has none. */
export function questionOf(flow: Flow, id: string): Question | undefined {
  const item = flow.items.find((candidate) => candidate.id === id);
  return item && item.kind !== "end" ? item : undefined;
}
