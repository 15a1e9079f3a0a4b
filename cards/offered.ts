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
 * Help for words in what somebody just wrote: calm, in a few lines, and with a way past it. Of a service that
 * nobody has checked for too long, the name stands, to be looked up.
 */
export function offeredParts(
  offered: readonly StoryHelp[],
  { words, content, language }: Frame,
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
    ...paragraphs(words.say("common.offered.after"), "subtle"),
  ];
}
