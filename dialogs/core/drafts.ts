import type { Conversation, Draft } from "./draft.ts";
import type { Inputs } from "./event.ts";
import { type Flow, questionOf } from "./flow.ts";

/** The flows that can be begun, by id. */
export type Flows = Readonly<Record<string, Flow>>;

/** The flow with this id, where this release still has it. */
export function flowOf({ flows }: { readonly flows: Flows }, id: string): Flow | undefined {
  return Object.hasOwn(flows, id) ? flows[id] : undefined;
}

/** A draft together with its flow. */
export interface Open {
  readonly draft: Draft;
  readonly flow: Flow;
}

/** The draft under way, or null where there is none (or its flow is no longer offered). */
export function openDraft({ draft }: Conversation, setup: { readonly flows: Flows }): Open | null {
  const flow = draft ? flowOf(setup, draft.flow) : undefined;
  return draft && flow ? { draft, flow } : null;
}

/** Whether a guide is under way, to which a page can lead back. */
export function guideOpen({ draft }: Conversation): boolean {
  return draft?.guide === true;
}

/** Whether what is under way is something to send, which the menu then offers to go on with. */
export function reportOpen({ draft }: Conversation): boolean {
  return draft !== null && !draft.worksheet;
}

/** Makes this draft the one under way; the one that was is put aside, or forgotten where it was a guide. */
export function underWay(conversation: Conversation, draft: Draft): Conversation {
  const before = withoutGuide(conversation);
  const waiting = [...before.parked, ...(before.draft ? [before.draft] : [])];
  return { ...before, draft, parked: waiting.filter(({ id }) => id !== draft.id) };
}

/** Takes up the draft that a button belongs to, where it was put aside. */
export function takenUp(conversation: Conversation, id: string): Conversation {
  const draft = conversation.parked.find((parked) => parked.id === id);
  return draft ? underWay(conversation, draft) : conversation;
}

/** Forgets the draft under way; the one that was put aside last is under way again. */
export function withoutDraft(conversation: Conversation): Conversation {
  const { parked } = conversation;
  return { ...conversation, draft: parked.at(-1) ?? null, parked: parked.slice(0, -1) };
}

/** Leaves a guide, of which nothing is kept, nor what was shown of it last. Whatever else is under way stays. */
export function withoutGuide(conversation: Conversation): Conversation {
  return guideOpen(conversation) ? { ...withoutDraft(conversation), asked: null } : conversation;
}

/** The conversation and its draft with some fields changed. */
export function withDraft(
  conversation: Conversation,
  at: Open,
  change: Partial<Draft>,
): [Conversation, Open] {
  const draft = { ...at.draft, ...change };
  return [
    { ...conversation, draft },
    { draft, flow: at.flow },
  ];
}

/** Keeps text that stands in a form left by another button than "next"; it is shown again, never sent. */
export function withUnfinished(
  conversation: Conversation,
  id: string | undefined,
  inputs: Inputs,
  setup: { readonly flows: Flows },
): Conversation {
  const at = openDraft(conversation, setup);
  const question = at && id !== undefined ? questionOf(at.flow, id) : undefined;
  const input = inputs.answer;
  if (!at || question?.kind !== "text" || typeof input !== "string") return conversation;
  const draft = { ...at.draft, unfinished: { ...at.draft.unfinished, [question.id]: input } };
  return { ...conversation, draft };
}
