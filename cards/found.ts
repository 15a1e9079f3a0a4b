import type { Answers } from "../dialogs/core/flow.ts";
import { contactPart, personLine, personPart } from "./found-advisers.ts";
import type { AdviserView, Found } from "./found-view.ts";
import { dangerLine, dayOf, dutyParts, helpParts, paragraphs } from "./reading.ts";
import {
  button,
  type Frame,
  languageButtons,
  MissingFacts,
  menuButton,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import type { Button, Input, Part, View } from "./view.ts";

/** How many services are drawn in full: somebody who is upset reads no list. What is urgent stands alone. */
const servicesInFull = { first: 2, otherwise: 1 };
/** How many advisers stand on a line of their own, below the best one. */
const advisersNamed = 2;
/** How many advisers can be chosen, so that a card with all of them stays within its size. */
export const advisersOffered = 10;
/** Longer names are cut off in the list to choose from: Slack refuses a longer option. */
export const longestLabel = 75;
/** Up to this many options are all in sight. */
const optionsInSight = 4;

/** Who and what fits, what helps first on top. Always names a way outside (P8, P18). */
export function outcome(screen: Of<"outcome">, frame: Frame): View {
  const { words } = frame;
  const found = foundOf(screen, frame);
  const inside = insideParts(found, screen.answers, frame);
  const outside = outsideParts(found, frame);
  const duties = dutiesNamed(found, frame);
  return view(words, {
    title: words.say("found.outcome.title"),
    note: noteText(screen.note, words),
    body: [
      ...(screen.answers.forWhom === "own" ? paragraphs(words.say("found.outcome.own")) : []),
      ...(found.outsideFirst === null
        ? [...inside, ...duties, heading("found.outcome.outside", frame), ...outside]
        : [...firstParts(found, frame), ...outside, ...duties, ...inside]),
      ...paragraphs(words.say("found.kept"), "subtle"),
    ],
    inputs: adviserInput(found.advisers, frame),
    buttons: [
      ...contactButton(screen.draft, found, frame),
      button(words, "common.buttons.copy", { do: "copy", draft: screen.draft }),
      // One of the two, for six buttons are the most that are shown; the duties lead on to the subjects.
      found.duties.length > 0
        ? button(words, "common.buttons.duties", { do: "duties", draft: screen.draft })
        : button(words, "common.buttons.topics", { do: "topics" }),
      button(words, "common.buttons.back", { do: "back", draft: screen.draft }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** What was found. Throws `MissingFacts` where it was not given. */
export function foundOf(screen: Of<"outcome" | "adviser" | "copy" | "duties">, { facts }: Frame): Found {
  if (!facts.found) throw new MissingFacts(screen.type);
  return facts.found;
}

function heading(key: string, { words }: Frame): Part {
  return { type: "heading", text: words.say(key) };
}

/** Why help from outside stands first. Where that is because nobody is named, it is said once. */
function firstParts(found: Found, frame: Frame): readonly Part[] {
  const text = nobodyIsWhy(found)
    ? nobodyText(found, frame)
    : frame.words.say(`found.first.${found.outsideFirst}`);
  return paragraphs(text, "strong");
}

function nobodyIsWhy({ outsideFirst, nobody }: Found): boolean {
  return nobody !== null && (outsideFirst === "nobodyAvailable" || outsideFirst === nobody);
}

function nobodyText({ nobody, backOn }: Found, { words, language }: Frame): string {
  return nobody === "away" && backOn !== null
    ? words.say("found.nobody.awayUntil", { day: dayOf(backOn, language) })
    : words.say(`found.nobody.${nobody}`);
}

/**
 * The best is told in full where the advisers stand first; the next are a line each. Of those who are left
 * where it may be about an adviser, one may still be the person it is about: only the reader knows (P9).
 */
function insideParts(found: Found, answers: Answers, frame: Frame): readonly Part[] {
  const { words } = frame;
  const { advisers, nobody, outsideFirst } = found;
  const [best, ...others] = advisers;
  if (best === undefined) {
    if (nobody === null || nobodyIsWhy(found)) return [];
    return [heading("found.outcome.advisers", frame), ...paragraphs(nobodyText(found, frame))];
  }
  const named = others.slice(0, advisersNamed).map((adviser) => personLine(adviser, frame));
  return [
    heading("found.outcome.advisers", frame),
    ...(answers.aboutAdviser === "yes" || answers.aboutAdviser === "unsure"
      ? paragraphs(words.say("found.outcome.aboutAdviser"), "strong")
      : []),
    personPart(best, frame, outsideFirst === null ? "whole" : "brief"),
    ...(named.length === 0
      ? []
      : [...paragraphs(words.say("found.outcome.also")), { type: "list", items: named } as const]),
    ...(advisers.length > advisersOffered ? paragraphs(words.say("found.outcome.more"), "subtle") : []),
  ];
}

function outsideParts({ help, outsideFirst }: Found, { words, content, language }: Frame): readonly Part[] {
  const shown = help.filter(({ service }) => !content.hidden.has(service));
  const asParts = (some: Found["help"]) =>
    helpParts(
      some.map(({ service }) => service),
      content,
      language,
    );
  // All were last checked too long ago: their names, to be looked up, and the number that never changes.
  if (shown.length === 0) return [...asParts(help), dangerLine("found.service.danger", content, words)];
  const few = outsideFirst === null || outsideFirst === "urgent";
  const inFull = few ? servicesInFull.otherwise : servicesInFull.first;
  const others = shown.slice(inFull).map(({ service, because }) => {
    const { name, contact } = content.help(service, language);
    const reason = words.say(`found.because.${because}`);
    return words.say("found.outcome.alsoLine", { name, reason, contact: contact[0] ?? "" });
  });
  return [
    ...asParts(help.filter((advice) => !shown.includes(advice))),
    ...asParts(shown.slice(0, inFull)),
    ...(others.length === 0
      ? []
      : [...paragraphs(words.say("found.outcome.also")), { type: "list", items: others } as const]),
  ];
}

/** What the law or the sector asks of who was told something, by name; the rest has a page of its own. */
function dutiesNamed({ duties }: Found, { words, content, language }: Frame): readonly Part[] {
  if (duties.length === 0) return [];
  const items = duties.map((id) => {
    const { name, kind } = content.duty(id, language);
    return words.say("found.outcome.dutyLine", { name, kind: words.say(`common.duty.kinds.${kind}`) });
  });
  return [...paragraphs(words.say("found.outcome.duties"), "strong"), { type: "list", items }];
}

/** What the rules ask of who was told something, with exceptions and sources. */
export function dutiesPage(screen: Of<"duties">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const { duties } = screen.flow === "aftercare" && facts.after ? facts.after : foundOf(screen, frame);
  return view(words, {
    title: words.say("found.duties.title"),
    body: [
      ...paragraphs(words.say("found.duties.text")),
      ...duties.flatMap((id) => dutyParts(id, content, language)),
      dangerLine("found.service.danger", content, words),
    ],
    buttons: [button(words, "common.buttons.topics", { do: "topics" }), ...backButtons(frame)],
    privacy: "private",
  });
}

function adviserInput(advisers: readonly AdviserView[], { words }: Frame): readonly Input[] {
  const [first] = advisers;
  if (first === undefined || advisers.length === 1) return [];
  const options = advisers
    .slice(0, advisersOffered)
    .map(({ id, name }) => ({ value: id, label: cut(name, longestLabel) }));
  const label = words.say("found.outcome.choose");
  const shape = options.length > optionsInSight ? ({ shape: "dropdown" } as const) : {};
  return [{ type: "choice", id: "adviser", label, options, value: first.id, ...shape }];
}

/** At most this many characters, never half of one. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Where help outside comes first, the eye is not drawn to the advisers. */
function contactButton(draft: string, found: Found, { words }: Frame): readonly Button[] {
  const [first, second] = found.advisers;
  if (first === undefined) return [];
  const one = second === undefined ? { adviser: first.id } : {};
  const style = found.outsideFirst === null ? ("primary" as const) : undefined;
  return [button(words, "common.buttons.contact", { do: "adviser", draft, ...one }, style)];
}

/**
 * One adviser with every way of contact and what each reveals. Who is no longer there to turn to is not
 * drawn: the outcome is, with a note.
 */
export function adviserPage(screen: Of<"adviser">, frame: Frame): View {
  const { words } = frame;
  const { flow, draft, answers } = screen;
  const { advisers } = foundOf(screen, frame);
  const adviser = screen.adviser === null ? advisers[0] : advisers.find(({ id }) => id === screen.adviser);
  if (adviser === undefined)
    return outcome({ type: "outcome", flow, draft, answers, note: "oldButton" }, frame);
  const byBot = adviser.ways.some(({ way }) => way === "bot");
  return view(words, {
    title: words.say("found.adviser.title"),
    body: [
      personPart(adviser, frame, "page"),
      ...(adviser.about === null
        ? []
        : [{ type: "quote", label: words.say("found.adviser.words"), text: adviser.about } as const]),
      heading("found.adviser.ways", frame),
      ...adviser.ways.map((way) => contactPart(way, frame)),
      ...(byBot ? paragraphs(words.say("found.carries"), "subtle") : []),
    ],
    buttons: [
      ...(byBot
        ? [
            button(
              words,
              "common.buttons.write",
              { do: "start", flow: "report", from: draft, to: adviser.id },
              "primary",
            ),
          ]
        : []),
      ...backButtons(frame),
    ],
    privacy: "private",
  });
}

/** From a page of the outcome back to it, and away. */
export function backButtons(frame: Frame): readonly Button[] {
  const { words } = frame;
  return [
    button(words, "common.buttons.back", { do: "resume" }),
    menuButton(words),
    ...languageButtons(frame),
  ];
}
