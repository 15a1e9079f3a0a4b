import type { Options, Scene } from "./situation.ts";

/**
 * What a bystander can do: the four Ds of the method, and calling for help in danger. `direct` is one short
 * sentence to the person whose behaviour it is; none of the others goes towards that person.
 */
export type Tactic = "callHelp" | "distract" | "delegate" | "direct" | "delay";

/** Why the first comes first, by id; content has the words. */
export type Because =
  | "danger"
  | "unsafe"
  | "tense"
  | "above"
  | "below"
  | "outside"
  | "speak"
  | "distract"
  | "fetch"
  | "notNow"
  | "anything";

/** What to do first and, where that does not work or feel right, second. */
export interface Advice {
  readonly first: Tactic;
  readonly second: Tactic;
  readonly because: Because;
  /** The behaviour of somebody I lead is mine to act on: a manager is not only a bystander. */
  readonly mustAct: boolean;
}

/** When a rule holds: each question named here has one of these answers; null is a skipped question. */
export type Conditions = { readonly [Question in keyof Options]?: readonly Scene[Question][] };

export interface Rule {
  readonly id: string;
  readonly if: Conditions;
  readonly first: Tactic;
  readonly second: Tactic;
  readonly because: Because;
}

/** Where power or not knowing somebody makes one short sentence a risk. */
const noDirect: readonly Scene["power"][] = ["above", "outside", null];

/**
 * The first rule that holds decides. `direct` stands only where it is calm, the person is neither above me
 * nor unknown to me, and I said that I can speak, or I lead them. Sources and reasons: docs/bystander.md.
 */
// biome-ignore format: a table is read by line
export const rules: readonly Rule[] = [
  { id: "danger", if: { safety: ["danger"] }, first: "callHelp", second: "delay", because: "danger" },
  { id: "unsafe", if: { safety: ["unsafe"] }, first: "delegate", second: "delay", because: "unsafe" },
  { id: "tenseNotNow", if: { safety: ["tense", null], able: ["notNow"] }, first: "delegate", second: "delay", because: "tense" },
  { id: "tenseDistract", if: { safety: ["tense", null], able: ["distract"] }, first: "distract", second: "delegate", because: "tense" },
  { id: "tense", if: { safety: ["tense", null] }, first: "delegate", second: "distract", because: "tense" },
  { id: "notNowBelow", if: { power: ["below"], able: ["notNow"] }, first: "delay", second: "delegate", because: "below" },
  { id: "notNow", if: { able: ["notNow"] }, first: "delay", second: "delegate", because: "notNow" },
  { id: "fetch", if: { able: ["fetch"] }, first: "delegate", second: "distract", because: "fetch" },
  { id: "distractAbove", if: { power: noDirect, able: ["distract"] }, first: "distract", second: "delegate", because: "distract" },
  { id: "distract", if: { able: ["distract"] }, first: "distract", second: "delay", because: "distract" },
  { id: "below", if: { power: ["below"] }, first: "direct", second: "distract", because: "below" },
  { id: "speakAbove", if: { power: ["above"], able: ["speak"] }, first: "distract", second: "delegate", because: "above" },
  { id: "speakOutside", if: { power: ["outside"], able: ["speak"] }, first: "distract", second: "delegate", because: "outside" },
  { id: "speakPeer", if: { power: ["peer"], able: ["speak"] }, first: "direct", second: "distract", because: "speak" },
  { id: "anything", if: {}, first: "distract", second: "delegate", because: "anything" },
];

/** What somebody who sees this can do. Whoever froze can always do `delay`: it is in the words of every outcome. */
export function adviceFor(scene: Scene): Advice {
  const rule = rules.find(({ if: conditions }) => holds(conditions, scene)) ?? otherwise;
  const { first, second, because } = rule;
  return { first, second, because, mustAct: scene.power === "below" };
}

const otherwise: Pick<Rule, "first" | "second" | "because"> = {
  first: "distract",
  second: "delegate",
  because: "anything",
};

function holds(conditions: Conditions, scene: Scene): boolean {
  return Object.entries(conditions).every(([question, answers]: [string, readonly unknown[]]) =>
    answers.includes(scene[question as keyof Scene]),
  );
}
