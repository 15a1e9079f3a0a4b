import type { Content } from "../content/words.ts";
import type { OwnName, Trace, TraceKind, Tracing } from "../dialogs/core/own-words.ts";
import { type NamingWords, ownNames } from "./traces/names.ts";
import { accounts, citizenNumbers, daysTimesAmounts, emails, phones, type Span } from "./traces/numbers.ts";

/** How texts are looked at in this content's languages. Words of both count in either. */
export function tracingIn(content: Content): Tracing {
  const words = content.lexicon("nl");
  return {
    traces: (text, own) => tracesIn(text, own, words),
    instead: (kind, language) => content.words(language).say(`report.ownWords.instead.${kind}`),
  };
}

/**
 * What in a text may show who somebody is, in order and without overlap. What is found first is out of sight
 * for what is looked for next; this goes on until nothing is found, so that a text in which everything was
 * replaced has nothing left in it.
 */
export function tracesIn(text: string, own: OwnName, words: NamingWords): readonly Trace[] {
  const found: Trace[] = [];
  let seen = text;
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    const find = (kind: TraceKind, look: (text: string) => readonly Span[], at = seen) => {
      for (const { from, to } of apart(look(at))) {
        // Also where days are out of sight, what was found before stays so.
        if (seen.slice(from, to).includes(outOfSight)) continue;
        found.push({ from, to, kind });
        seen = without(seen, [{ from, to }]);
      }
    };
    const countable = () => without(seen, daysTimesAmounts(seen));
    find("email", emails);
    find("account", accounts);
    find("phone", phones, countable());
    find("citizenNumber", citizenNumbers, countable());
    if (!own.goesAlong) find("ownName", (at) => ownNames(at, own.name, words));
  }
  return found.sort((one, other) => one.from - other.from);
}

/** Stands where something was found: as a placeholder does, it ends with what belongs to no word and no number. */
const outOfSight = "]";

function without(text: string, spans: readonly Span[]): string {
  let left = text;
  for (const { from, to } of spans)
    left = left.slice(0, from) + outOfSight.repeat(to - from) + left.slice(to);
  return left;
}

/** The spans without those that overlap an earlier, or an equally early longer one. */
function apart(spans: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from || other.to - one.to))
    if (span.from >= (left.at(-1)?.to ?? 0)) left.push(span);
  return left;
}
