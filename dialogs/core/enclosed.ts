import type { Enclosed } from "../record/record.ts";
import type { Draft } from "./draft.ts";
import type { Open } from "./drafts.ts";
import { type Flow, leadsToOutcome, type Question } from "./flow.ts";

/** What goes along with a draft from the private record. */
export function enclosedIn({ enclosed = [] }: Draft): readonly Enclosed[] {
  return enclosed;
}

/** How an entry that goes along is called where a text is looked at or changed. */
export function enclosedKey({ entry }: Enclosed): string {
  return `record:${entry}`;
}

/** The entry that is called so; undefined: it does not go along (any more). */
export function enclosedBy(draft: Draft, key: string): Enclosed | undefined {
  return enclosedIn(draft).find((one) => enclosedKey(one) === key);
}

/** The draft's change by which this entry does not go along. */
export function leftOut(draft: Draft, { entry }: Enclosed): Partial<Draft> {
  const enclosed = enclosedIn(draft).filter((one) => one.entry !== entry);
  const { [`record:${entry}`]: _, ...decided } = draft.decided;
  return { enclosed, decided, revision: draft.revision + 1 };
}

/** Where in a flow entries of the record stand: behind the own words, or at the end. */
export function recordPlace(flow: Flow): string | null {
  const place = flow.items.find((item) => item.kind === "text" && item.essential === true);
  return place?.id ?? null;
}

/** Whether there is something in a draft that could be kept so: of what is to be sent only, and never a name alone. */
export function hasWords(open: Open): boolean {
  return !leadsToOutcome(open.flow) && textsOf(open).length > 0;
}

/** What somebody told in their own words in a draft, sent or not: also what stands in a form that was left. */
export function textsOf({ draft, flow }: Open): readonly string[] {
  return flow.items
    .filter((item): item is Question => item.kind === "text" && item.ownName !== true)
    .map(({ id }) => draft.unfinished[id] ?? draft.answers[id])
    .filter((text): text is string => typeof text === "string" && text.trim() !== "");
}
