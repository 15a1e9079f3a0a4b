import { backButtons, foundOf } from "./found.ts";
import { wayLine } from "./found-advisers.ts";
import type { AdviserView, Found } from "./found-view.ts";
import { paragraphs } from "./reading.ts";
import { type Frame, type Of, view } from "./reporter-frame.ts";
import type { View } from "./view.ts";

/** Slack takes no longer text in a field. */
export const longestCopy = 3000;

/** The outcome as text to keep outside the employer's chat. Nothing of it is stored. */
export function copyText(screen: Of<"copy">, frame: Frame): View {
  const { words } = frame;
  return view(words, {
    title: words.say("found.copy.title"),
    body: [...paragraphs(words.say("found.copy.text")), ...paragraphs(words.say("found.copy.careful"))],
    inputs: [
      {
        type: "text",
        id: "copy",
        label: words.say("found.copy.input"),
        hint: words.say("found.copy.hint"),
        multiline: true,
        maxLength: longestCopy,
        value: textToCopy(foundOf(screen, frame), frame),
      },
    ],
    buttons: backButtons(frame),
    privacy: "private",
  });
}

/** These advisers come before help from outside where there is no room for all. */
const bestAdvisers = 3;

/**
 * Names, numbers and addresses, and no word of what happened: somebody else may look at a telephone. What does
 * not fit is left out whole, and then it is said that there is more.
 */
function textToCopy(found: Found, frame: Frame): string {
  const { words, facts } = frame;
  const { organisation } = facts;
  const advisers = found.advisers.map((adviser) => adviserEntry(adviser, frame));
  const services = serviceEntries(found, frame);
  const inside = { heading: words.say("found.copy.inside", { organisation }), entries: advisers };
  const outside = { heading: words.say("found.copy.outside"), entries: services };
  const sections = found.outsideFirst === null ? [inside, outside] : [outside, inside];
  const heading = words.say("found.copy.heading");
  const more = words.say("found.copy.more");

  const around = [heading, ...sections.map((section) => section.heading), more];
  const byWeight = [...advisers.slice(0, bestAdvisers), ...services, ...advisers.slice(bestAdvisers)];
  const kept = fitting(byWeight, longestCopy - lengthOf(around));
  const told = sections.flatMap((section) => {
    const entries = section.entries.filter((entry) => kept.has(entry));
    return entries.length === 0 ? [] : [section.heading, ...entries.map(({ text }) => text)];
  });
  return [heading, ...told, ...(kept.size < byWeight.length ? [more] : [])].join(between);
}

const between = "\n\n";

/** Somebody or something to turn to, with every line. */
interface Entry {
  readonly text: string;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + between.length, 0);
}

/** The entries that fit together, each whole; the first have the first claim. */
function fitting(entries: readonly Entry[], room: number): ReadonlySet<Entry> {
  const kept = new Set<Entry>();
  let left = room;
  for (const entry of entries) {
    const size = lengthOf([entry.text]);
    if (size > left) continue;
    kept.add(entry);
    left -= size;
  }
  return kept;
}

/** The emergency number is never hidden: whatever else is too old to show, there is a way outside. */
function serviceEntries({ help }: Found, { content, language }: Frame): readonly Entry[] {
  const shown = help.map(({ service }) => service).filter((id) => !content.hidden.has(id));
  return (shown.length === 0 ? ["112"] : shown).map((id) => {
    const { name, contact } = content.help(id, language);
    return { text: [name, ...contact].join("\n") };
  });
}

/** Without the bot, which cannot be reached from elsewhere. */
function adviserEntry({ name, reachableText, ways }: AdviserView, frame: Frame): Entry {
  const lines = ways.filter(({ way }) => way !== "bot").map((way) => wayLine(way, frame));
  return { text: [name, ...lines, ...(reachableText === null ? [] : [reachableText])].join("\n") };
}
