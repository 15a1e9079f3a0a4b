import type { Conversation } from "./draft.ts";
import type { Flows } from "./drafts.ts";
import type { Screen } from "./screen.ts";

/** The flow of a practice scene. */
export function sceneFlow(scene: string): string {
  return `scenes.${scene}`;
}

/** The list of practice scenes, in the order of their flows. */
export function scenes(
  { practised, practicePing }: Conversation,
  { flows }: { readonly flows: Flows },
): Screen {
  const prefix = sceneFlow("");
  const all = Object.keys(flows).filter((id) => id.startsWith(prefix));
  return { type: "scenes", scenes: all.map((id) => id.slice(prefix.length)), practised, ping: practicePing };
}

/** A scene that was gone through to its outcome counts as practised; which answer was given does not stay. */
export function practising(conversation: Conversation, screen: Screen): Conversation {
  if (screen.type !== "outcome" || !screen.flow.startsWith(sceneFlow(""))) return conversation;
  const scene = screen.flow.slice(sceneFlow("").length);
  if (conversation.practised.includes(scene)) return conversation;
  return { ...conversation, practised: [...conversation.practised, scene] };
}
