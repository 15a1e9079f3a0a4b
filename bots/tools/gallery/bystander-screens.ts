import type { ReporterFacts } from "../../../cards/reporter.ts";
import { adviceFor } from "../../../dialogs/bystander/advice.ts";
import { afterFor } from "../../../dialogs/bystander/after.ts";
import { sceneOf } from "../../../dialogs/bystander/situation.ts";
import type { Rhythm } from "../../../dialogs/core/draft.ts";
import type { Answers } from "../../../dialogs/core/flow.ts";
import type { Screen } from "../../../dialogs/core/screen.ts";
import { placeOf } from "../../../dialogs/core/show.ts";
import type { Sector } from "../../../dialogs/find/situation.ts";
import { sceneFlow, scenes } from "../../../dialogs/scenes.ts";
import type { Shown } from "./reporter-screens.ts";
import { draftOf, sampleFacts } from "./samples.ts";

/** What a bystander meets beside the questions: each first thing to do, afterwards in some sectors, practice. */
export function bystanderScreens(): readonly Shown[] {
  const done = scenes.slice(0, 2).map(({ id }) => id);
  return [
    shown("hub", { type: "bystander" }),
    shown("barriers", { type: "topic", topic: "barriers", guideOpen: false }),
    now("danger", { safety: "danger" }),
    now("unsafe", { safety: "unsafe", power: "below", where: "outing", able: "speak" }),
    now("distract", { safety: "calm", power: "above", where: "room", able: "speak" }),
    now("direct", { safety: "calm", power: "peer", where: "online", able: "speak" }),
    now("manager", { safety: "calm", power: "below", where: null, able: "speak" }),
    now("notNow", { safety: "calm", power: "peer", where: "online", able: "notNow" }),
    after("colleague", "government", { over: "over", toWhom: "colleague", about: "bullying", power: "peer" }),
    after("sexual", "business", { over: "goesOn", toWhom: "colleague", about: "sexual", power: "below" }),
    after("care", "healthcare", { over: "over", toWhom: "client", about: "aggression", power: "below" }),
    after("skipped", "sport", { over: "over", toWhom: null, about: null, power: null }),
    shown(
      "after.duties",
      { type: "duties", flow: "aftercare", draft: "draft", answers: {} },
      bystanderFacts({ toWhom: "client", about: "aggression", power: "below" }, "healthcare"),
    ),
    practice("none", []),
    practice("done", done, "weekly"),
    practice(
      "all",
      scenes.map(({ id }) => id),
    ),
    ...scenes.flatMap((scene) => {
      const flow = sceneFlow(scene);
      const answers = { response: scene.options[0], own: "Zeg, *dit* vind ik <niet> leuk." };
      return [
        { ...shown(`scene.${scene.id}`, placeOf(draftOf(flow, {}), flow)), group: "Practice" },
        outcome("Practice", `scene.${scene.id}.outcome`, flow.id, answers),
      ];
    }),
  ];
}

function shown(id: string, screen: Screen, facts: Partial<ReporterFacts> = {}): Shown {
  return { id: `bystander.${id}`, group: "Bystander", screen, facts: sampleFacts(facts) };
}

function outcome(
  group: string,
  id: string,
  flow: string,
  answers: Answers,
  facts: Partial<ReporterFacts> = {},
): Shown {
  const screen: Screen = { type: "outcome", flow, draft: "draft", answers, note: null };
  return { ...shown(id, screen, facts), group };
}

function now(id: string, answers: Answers): Shown {
  return outcome("Bystander", `now.${id}`, "bystander", answers, bystanderFacts(answers));
}

function after(id: string, sector: Sector, answers: Answers): Shown {
  return outcome("Bystander", `after.${id}`, "aftercare", answers, bystanderFacts(answers, sector));
}

function practice(id: string, practised: readonly string[], ping: Rhythm | null = null): Shown {
  return {
    ...shown(`practice.${id}`, { type: "scenes", scenes: scenes.map((scene) => scene.id), practised, ping }),
    group: "Practice",
  };
}

/** What the outcomes of the two bystander guides say beyond their words. */
export function bystanderFacts(answers: Answers, sector: Sector = "government"): Partial<ReporterFacts> {
  return { advice: adviceFor(sceneOf(answers)), after: afterFor(sector, answers) };
}
