import type { Conversation, Draft, Language } from "./draft.ts";
import { type Open, openDraft, withDraft } from "./drafts.ts";
import { enclosedBy, enclosedIn, enclosedKey, leftOut } from "./enclosed.ts";
import type { Inputs, Press } from "./event.ts";
import { type Flow, leadsToOutcome, type Question, questionOf } from "./flow.ts";
import { resolve } from "./resolve.ts";
import type { Note, Screen } from "./screen.ts";
import { placeOf } from "./show.ts";

/** What in somebody's words may show who somebody is. */
export const traceKinds = ["ownName", "email", "phone", "citizenNumber", "account"] as const;
export type TraceKind = (typeof traceKinds)[number];

/** A stretch of a text, in UTF-16 code units. */
export interface Trace {
  readonly from: number;
  readonly to: number;
  readonly kind: TraceKind;
}

/** What is known of the reporter's own name: only what they filled in themselves (P3). */
export interface OwnName {
  readonly name: string | null;
  /** It is sent, as they chose: then it is not pointed out. */
  readonly goesAlong: boolean;
}

/** How a text is looked at; total and always the same for the same text. */
export interface Tracing {
  /** In order, without overlap. */
  readonly traces: (text: string, own: OwnName) => readonly Trace[];
  /** The general word that can stand for one. */
  readonly instead: (kind: TraceKind, language: Language) => string;
}

/** Something that was found in a text, once or more often. */
export interface Finding {
  /** Where it first stands: how it is called on a form. */
  readonly at: number;
  readonly kind: TraceKind;
  readonly found: string;
  readonly times: number;
  /** Some words around each of the first few. */
  readonly around: readonly string[];
}

/** What is pointed out in one text. */
export interface PointedOut {
  /** As many as fit on a form. */
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly found: number;
}

/** On a form: everything that was found, also what did not fit on it. */
export const everyFinding = "all";

/** Slack takes ten options; one of them is everything. */
export const mostFindings = 9;

type OwnWordsScreen = Extract<Screen, { type: "ownWords" }>;
export type OwnWordsPress = Extract<Press, { do: "ownWords" }>;
interface Setup {
  readonly flows: Readonly<Record<string, Flow>>;
  readonly tracing: Tracing;
}
interface Shown {
  readonly conversation: Conversation;
  readonly screen: Screen;
}

/**
 * Before check-your-answers, a text in which something was found that nobody decided about is shown first. It
 * keeps nobody from sending: "leave it" is on that screen, and holds for that exact text.
 */
export function pointingOut<T extends Shown>(turn: T, setup: Setup): T {
  if (turn.screen.type !== "review") return turn;
  const at = openDraft(turn.conversation, setup);
  const screen = at && undecided(at, setup, turn.screen.note);
  return screen ? { ...turn, screen } : turn;
}

/** The first text that still has to be decided about; null where there is none. */
export function undecided(
  { draft, flow }: Open,
  { tracing }: Setup,
  note: Note | null,
): OwnWordsScreen | null {
  if (leadsToOutcome(flow)) return null;
  const own = ownNameIn(draft, flow);
  for (const [question, text] of textsIn(draft, flow)) {
    if (draft.decided[question] === text) continue;
    const found = pointedOutIn(text, own, tracing);
    if (!found) continue;
    const along = enclosedBy(draft, question);
    return {
      type: "ownWords",
      ...(along ? { written: along.at } : {}),
      flow: flow.id,
      draft: draft.id,
      question,
      revision: draft.revision,
      ...found,
      note,
    };
  }
  return null;
}

/**
 * What to point out in a text; null where nothing is found, or no more than was shown before. Of what was shown
 * the number alone is known: whoever takes something out and puts something else in is not asked twice.
 */
export function pointedOutIn(text: string, own: OwnName, tracing: Tracing, shown = 0): PointedOut | null {
  const findings = findingsIn(text, tracing.traces(text, own));
  if (findings.length <= shown) return null;
  return { findings: findings.slice(0, mostFindings), found: findings.length };
}

/** Carries out what somebody chose, for the text they saw; nothing else in it changes. */
export function decided(
  conversation: Conversation,
  at: Open,
  press: OwnWordsPress,
  inputs: Inputs,
  { tracing }: Setup,
): Shown {
  const { draft, flow } = at;
  const text = textsIn(draft, flow).find(([question]) => question === press.question)?.[1];
  const shown = (change: Partial<Draft>, note: Note | null = null): Shown => {
    const [next, now] = withDraft(conversation, at, change);
    return { conversation: next, screen: placeOf(now.draft, now.flow, note) };
  };
  if (text === undefined) return shown({}, "oldButton");
  const along = enclosedBy(draft, press.question);
  // What was stamped is not written anew; it goes along as it is, with words replaced, or not at all.
  if (press.choose === "edit")
    return along ? shown({}, "notUnderstood") : shown({ revisiting: press.question });
  if (press.revision !== draft.revision) return shown({}, "changedSince");
  if (press.choose === "leaveOut")
    return along ? shown(leftOut(draft, along), "leftOut") : shown({}, "oldButton");
  const decide = (left: string) => ({ decided: { ...draft.decided, [press.question]: left } });
  if (press.choose === "leave") return shown(decide(text));
  const traces = tracing.traces(text, ownNameIn(draft, flow));
  const findings = findingsIn(text, traces);
  const ticked = [inputs.replace ?? []].flat();
  const chosen = ticked.includes(everyFinding)
    ? findings
    : findings.filter(({ at: from }) => ticked.includes(String(from)));
  if (chosen.length === 0) return shown({}, "tickFirst");
  const left = replaced(text, tracesOf(chosen, text, traces), (kind) =>
    tracing.instead(kind, conversation.language),
  );
  if (along) {
    const changed = enclosedIn(draft).map((one) => (one === along ? { ...one, text: left, key: null } : one));
    const more = findings.length > mostFindings && chosen.length < findings.length;
    return shown(
      { enclosed: changed, revision: draft.revision + 1, ...(more ? {} : decide(left)) },
      "wordsReplaced",
    );
  }
  const most = questionOf(flow, press.question)?.maxLength ?? 0;
  if (left.length > most) {
    const unfinished = { ...draft.unfinished, [press.question]: left };
    return shown({ unfinished, revisiting: press.question }, "tooLong");
  }
  const { [press.question]: unfinished, ...others } = draft.unfinished;
  // What did not fit on the form is shown next.
  const more = findings.length > mostFindings && chosen.length < findings.length;
  return shown(
    {
      answers: { ...draft.answers, [press.question]: left },
      // The same words in a form that was left would bring back what was just taken out.
      unfinished: unfinished === text ? others : draft.unfinished,
      revision: draft.revision + 1,
      ...(more ? {} : decide(left)),
    },
    "wordsReplaced",
  );
}

/** The text with these stretches replaced, and every other character as it was. */
export function replaced(
  text: string,
  traces: readonly Trace[],
  instead: (kind: TraceKind) => string,
): string {
  let left = "";
  let from = 0;
  for (const trace of traces) {
    left += text.slice(from, trace.from) + instead(trace.kind);
    from = trace.to;
  }
  return left + text.slice(from);
}

/** Their own words as they would be sent, by question; the name that somebody gives is no such text. */
function textsIn(draft: Draft, flow: Flow): readonly (readonly [string, string])[] {
  const answers = resolve(flow, draft.answers).path.flatMap(({ question, answer }) =>
    question.kind === "text" && !question.ownName && typeof answer === "string"
      ? [[question.id, answer] as const]
      : [],
  );
  return [...answers, ...enclosedIn(draft).map((one) => [enclosedKey(one), one.text] as const)];
}

function ownNameIn({ answers }: Draft, flow: Flow): OwnName {
  const asked = flow.items.find((item): item is Question => item.kind === "text" && item.ownName === true);
  const given = asked && Object.hasOwn(answers, asked.id) ? answers[asked.id] : null;
  const goesAlong = resolve(flow, answers).path.some(({ question }) => question.ownName === true);
  return { name: typeof given === "string" ? given : null, goesAlong };
}

/** The same words found more often are one finding: they are replaced or left together. */
function findingsIn(text: string, traces: readonly Trace[]): readonly Finding[] {
  const found = new Map<string, Trace[]>();
  for (const trace of traces) {
    const key = `${trace.kind}:${text.slice(trace.from, trace.to)}`;
    found.set(key, [...(found.get(key) ?? []), trace]);
  }
  return [...found.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    return {
      at: first.from,
      kind: first.kind,
      found: text.slice(first.from, first.to),
      times: same.length,
      around: same.slice(0, mostAround).map((trace) => around(text, trace)),
    };
  });
}

function tracesOf(chosen: readonly Finding[], text: string, traces: readonly Trace[]): readonly Trace[] {
  return traces.filter(({ from, to, kind }) =>
    chosen.some((finding) => finding.kind === kind && finding.found === text.slice(from, to)),
  );
}

const mostAround = 3;
/** In characters, on either side; and of what was found itself. */
const wordsAround = 30;
const longestFound = 120;

function around(text: string, { from, to }: Trace): string {
  const before = [...text.slice(0, from)];
  const after = [...text.slice(to)];
  const lead = before.slice(-wordsAround).join("");
  const tail = after.slice(0, wordsAround).join("");
  // A word that was cut in two is left out.
  const start = before.length > wordsAround ? `… ${lead.replace(/^\S*\s+/, "")}` : lead;
  const end = after.length > wordsAround ? `${tail.replace(/\s+\S*$/, "")} …` : tail;
  return `${start}${shortened(text.slice(from, to), longestFound)}${end}`.replace(/\s+/g, " ").trim();
}

/** At most so many characters, with a mark where something is left out. */
function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}
