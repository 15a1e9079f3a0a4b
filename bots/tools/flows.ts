import { aftercareFlow } from "../../dialogs/aftercare.ts";
import { bystanderFlow } from "../../dialogs/bystander.ts";
import { codeFlow } from "../../dialogs/code.ts";
import type { Flow } from "../../dialogs/core/flow.ts";
import { evaluationFlow } from "../../dialogs/evaluation.ts";
import { findFlow } from "../../dialogs/find.ts";
import { reportFlow } from "../../dialogs/report.ts";

/** Every flow by name, for tools that look at them all; where the organisation's arrangements matter, both ways. */
export const everyFlow: Readonly<Record<string, Flow>> = {
  report: reportFlow({ conflictRoute: true }),
  "report-without-conflict-route": reportFlow({ conflictRoute: false }),
  "report-in-healthcare": reportFlow({ conflictRoute: true, sector: "healthcare" }),
  "report-in-education": reportFlow({ conflictRoute: true, sector: "education" }),
  "report-in-sport": reportFlow({ conflictRoute: true, sector: "sport" }),
  find: findFlow({ sector: "government", places: 2 }),
  bystander: bystanderFlow(),
  aftercare: aftercareFlow(),
  code: codeFlow(),
  evaluation: evaluationFlow(),
  "find-in-education": findFlow({ sector: "education", places: 0 }),
};
