import { producedAnnual } from "./annual-documents.ts";
import { producedCase } from "./case-export.ts";
import { producedCheck } from "./check-documents.ts";
import { producedCode } from "./code-documents.ts";
import type { Produce } from "./downloads.ts";
import type { World } from "./world.ts";

/** Makes the documents that people fetch out of the chat. */
export function documentsOf(world: World): Produce {
  return async (spec, now) => {
    switch (spec.kind) {
      case "check":
        return producedCheck(world, spec, now);
      case "case":
        return producedCase(world, spec, now);
      case "code":
        return producedCode(world, spec, now);
      case "annual":
        return producedAnnual(world, spec, now);
    }
  };
}
