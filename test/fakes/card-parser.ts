import { createRequire } from "node:module";
import type * as AdaptiveCards from "adaptivecards";
import type { AdaptiveCard } from "../../cards/adaptive-card.ts";

// The package's own entry point cannot be imported by Node; its bundle can be required.
const adaptive = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
) as typeof AdaptiveCards;

/** What the official renderer's parser has against a card, read as version 1.5. */
export function faultsIn(card: AdaptiveCard): string[] {
  const parser = new adaptive.AdaptiveCard();
  const context = new adaptive.SerializationContext(adaptive.Versions.v1_5);
  parser.parse(card, context);
  const parsing = Array.from({ length: context.eventCount }, (_, nr) => context.getEventAt(nr).message);
  const validation = parser.validateProperties().validationEvents.map(({ message }) => message);
  // The parser ignores a version that is too high.
  return [...parsing, ...validation, ...(card.version === "1.5" ? [] : [`version ${card.version}`])];
}
