import type { Answer } from "../dialogs/core/flow.ts";
import type { StoryHelp } from "../dialogs/core/story-words.ts";
import { paragraphs } from "./reading.ts";
import type { Frame } from "./reporter-frame.ts";
import type { Part } from "./view.ts";

/** Who can be turned to, by id in the help directory. */
const services: Readonly<Record<StoryHelp, readonly string[]>> = {
  danger: ["112"],
  despair: ["113"],
  sexualViolence: ["centrum-seksueel-geweld"],
};

/**
 * Whether help fits beside what stands in the form. It does not beside twice the longest text of nothing but
 * quotation marks, which a card must still be able to give back.
 */
export function leavesRoom(given: Answer): boolean {
  return JSON.stringify(given).length < 10_000;
}

/**
 * Help for words in what somebody just wrote: calm, in a few lines, and with a way past it. Of a service that
 * nobody has checked for too long, the name stands, to be looked up. `after`: who has heard of it so far.
 */
export function offeredParts(
  offered: readonly StoryHelp[],
  { words, content, language }: Frame,
  after = "common.offered.after",
): readonly Part[] {
  if (offered.length === 0) return [];
  const line = (id: string) => {
    const { name, contact } = content.help(id, language);
    return content.hidden.has(id)
      ? words.say("common.help.outdated", { names: name })
      : words.say("common.offered.line", { name, contact: contact.join(". ") });
  };
  return [
    ...offered.flatMap((help): readonly Part[] => [
      ...paragraphs(words.say(`common.offered.${help}`), "strong"),
      { type: "list", items: services[help].map(line) },
    ]),
    ...paragraphs(words.say(after), "subtle"),
  ];
}
