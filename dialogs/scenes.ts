import type { Tactic } from "./bystander/advice.ts";
import { type Flow, guide } from "./core/flow.ts";

/** What one could do in a practice scene, by letter; a scene has the first three or all four. */
export const sceneOptions = ["a", "b", "c", "d"] as const;
export type SceneOption = (typeof sceneOptions)[number];

/** Where a scene takes place; no two are alike. */
export type Setting =
  | "hospital"
  | "disabilityCare"
  | "office"
  | "meeting"
  | "school"
  | "staffRoom"
  | "sport"
  | "filmSet"
  | "restaurant"
  | "hybridMeeting"
  | "groupChat"
  | "municipalYard"
  | "worksOuting"
  | "carPark"
  | "warehouse"
  | "library"
  | "counter"
  | "customerService";

/** Whose behaviour it is, to the person who practises; `self`: their own. */
export type ScenePower = "peer" | "above" | "below" | "client" | "stranger" | "self";

/** One scene to practise with, alone or as a team. Its words are in `content/<language>/scenes.yaml`. */
export interface PracticeScene {
  /** For ever: drafts carry it, and so do conversations. */
  readonly id: string;
  readonly options: readonly [SceneOption, ...SceneOption[]];
  /** Which of the four Ds an option is; `nothing`: none of them, whatever it may bring about. */
  readonly tactics: Readonly<Partial<Record<SceneOption, Tactic | "nothing">>>;
  /** What the words under `other` and `say` do; null where the behaviour is one's own. */
  readonly recommended: Tactic | null;
  readonly setting: Setting;
  readonly power: ScenePower;
  /** As in the bystander guide: `tense` where there is alcohol, aggression or a group. */
  readonly safety: "calm" | "tense" | "danger";
}

type Response = Tactic | "nothing";
type About = Pick<PracticeScene, "setting" | "power" | "safety" | "recommended">;

/**
 * A scene with what each option is, from `a` on. `direct` is recommended only where the bystander guide
 * would: calm, and towards somebody who is neither above me nor unknown to me.
 */
function scene(id: string, about: About, responses: readonly [Response, ...Response[]]): PracticeScene {
  const [, ...others] = sceneOptions.slice(0, responses.length);
  return {
    id,
    ...about,
    options: ["a", ...others],
    tactics: Object.fromEntries(sceneOptions.map((option, nr) => [option, responses[nr]])),
  };
}

/** Every scene, in the order of the list: from everyday to severe, the one about oneself last. */
// biome-ignore format: a table is read by line
export const scenes: readonly PracticeScene[] = [
  scene("lunchJoke", { setting: "office", power: "peer", safety: "calm", recommended: "direct" }, ["nothing", "distract", "direct", "delay"]),
  scene("hybridMeeting", { setting: "hybridMeeting", power: "peer", safety: "calm", recommended: "distract" }, ["nothing", "distract", "direct", "delay"]),
  scene("staffRoom", { setting: "staffRoom", power: "peer", safety: "calm", recommended: "delay" }, ["distract", "direct", "nothing", "delay"]),
  scene("managerLooks", { setting: "meeting", power: "above", safety: "calm", recommended: "delay" }, ["direct", "delay", "nothing", "distract"]),
  scene("faithRemark", { setting: "library", power: "peer", safety: "calm", recommended: "direct" }, ["nothing", "direct", "distract", "delay"]),
  scene("ownReport", { setting: "warehouse", power: "below", safety: "calm", recommended: "direct" }, ["nothing", "delegate", "distract", "direct"]),
  scene("careMock", { setting: "disabilityCare", power: "peer", safety: "calm", recommended: "distract" }, ["nothing", "direct", "distract", "delegate"]),
  scene("careTouch", { setting: "hospital", power: "client", safety: "calm", recommended: "distract" }, ["distract", "direct", "nothing", "delay"]),
  scene("frontDesk", { setting: "counter", power: "stranger", safety: "calm", recommended: "delegate" }, ["direct", "nothing", "delegate", "distract"]),
  scene("groupChat", { setting: "groupChat", power: "peer", safety: "tense", recommended: "delay" }, ["nothing", "direct", "delay", "delegate"]),
  scene("filmSet", { setting: "filmSet", power: "above", safety: "calm", recommended: "distract" }, ["direct", "distract", "delegate", "nothing"]),
  scene("yardPrank", { setting: "municipalYard", power: "peer", safety: "tense", recommended: "distract" }, ["nothing", "distract", "direct", "delegate"]),
  scene("worksOuting", { setting: "worksOuting", power: "peer", safety: "tense", recommended: "distract" }, ["direct", "nothing", "delegate", "distract"]),
  scene("drunkGuest", { setting: "restaurant", power: "client", safety: "tense", recommended: "delegate" }, ["direct", "delegate", "distract", "nothing"]),
  scene("sportCoach", { setting: "sport", power: "above", safety: "calm", recommended: "delegate" }, ["nothing", "direct", "delay", "delegate"]),
  scene("schoolTold", { setting: "school", power: "peer", safety: "calm", recommended: "delegate" }, ["nothing", "delegate", "direct", "nothing"]),
  scene("carPark", { setting: "carPark", power: "stranger", safety: "danger", recommended: "callHelp" }, ["direct", "nothing", "callHelp", "nothing"]),
  scene("tooFar", { setting: "customerService", power: "self", safety: "calm", recommended: null }, ["nothing", "nothing", "nothing", "nothing"]),
];

/** The scene with this id, or undefined where there (now) is none. */
export function sceneWith(id: string): PracticeScene | undefined {
  return scenes.find((one) => one.id === id);
}

/**
 * The guide that practises one scene: what one would do, then a sentence of one's own. Nothing of it is kept
 * once it is left.
 */
export function sceneFlow({ id, options }: PracticeScene): Flow {
  return guide(`scenes.${id}`)
    .choose("response", options, { required: true })
    .write("own", { maxLength: 300 });
}
