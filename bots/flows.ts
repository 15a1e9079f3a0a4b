import { aftercareFlow } from "../dialogs/aftercare.ts";
import { bystanderFlow } from "../dialogs/bystander.ts";
import { codeFlow } from "../dialogs/code.ts";
import type { Flow } from "../dialogs/core/flow.ts";
import { evaluationFlow } from "../dialogs/evaluation.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";
import { sceneFlow, scenes } from "../dialogs/scenes.ts";
import { type Organisation, placesOf } from "./organisation.ts";

/** The flows that this organisation's people can begin, by name, as its arrangements make them. */
export function flowsFor(organisation: Organisation): Readonly<Record<string, Flow>> {
  const { sector, conflictRoute } = organisation;
  return {
    report: reportFlow({ conflictRoute: conflictRoute !== undefined, sector }),
    find: findFlow({ sector, places: placesOf(organisation).length }),
    bystander: bystanderFlow(),
    aftercare: aftercareFlow(),
    code: codeFlow(),
    evaluation: evaluationFlow(),
    ...Object.fromEntries(scenes.map(sceneFlow).map((flow) => [flow.id, flow])),
  };
}
