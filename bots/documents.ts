import { producedCheck } from "./check-documents.ts";
import { producedCode } from "./code-documents.ts";
import type { Produce } from "./downloads.ts";
import type { World } from "./world.ts";

/** Makes the documents that people fetch out of the chat. */
export function documentsOf(world: World): Produce {
  return async (spec, now) =>
    spec.kind === "check" ? producedCheck(world, spec, now) : producedCode(world, spec, now);
}
