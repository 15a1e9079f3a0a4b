import type { Flow } from "../dialogs/core/flow.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";
import { type Organisation, placesOf } from "./organisation.ts";

/** The flows that this organisation's people can begin, by name, as its arrangements make them. */
export function flowsFor(organisation: Organisation): Readonly<Record<string, Flow>> {
  const { sector, conflictRoute } = organisation;
  return {
    report: reportFlow({ conflictRoute: conflictRoute !== undefined }),
    find: findFlow({ sector, places: placesOf(organisation).length }),
  };
}
