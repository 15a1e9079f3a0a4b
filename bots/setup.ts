import { reviewRows, rowPages } from "../cards/review.ts";
import type { Content } from "../content/words.ts";
import type { Setup } from "../dialogs/core/converse.ts";
import { tracingIn } from "./traces.ts";

/** What a turn of a private conversation is given besides what was kept: these flows, in the words there are. */
export function setupIn(
  content: Content,
  { flows, languages, fresh }: Pick<Setup, "flows" | "languages" | "fresh">,
): Setup {
  return {
    flows,
    lexicon: content.lexicon,
    languages,
    reviewPages: (flow, rows, language) => rowPages(reviewRows(flow, rows, content.words(language))).length,
    tracing: tracingIn(content),
    fresh,
  };
}
