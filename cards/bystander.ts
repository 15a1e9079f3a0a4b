import type { Tactic } from "../dialogs/bystander/advice.ts";
import type { After } from "../dialogs/bystander/after.ts";
import type { Answer } from "../dialogs/core/flow.ts";
import { mostButtons } from "./adaptive-card.ts";
import { dangerLine, helpParts, paragraphs } from "./reading.ts";
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
import type { Button, Part, View } from "./view.ts";

/** What a bystander can do here. It says nothing of anybody, so it may stand in a message. */
export function bystanderHub(frame: Frame): View {
  const { words, content } = frame;
  return view(words, {
    title: words.say("bystander.hub.title"),
    body: [
      ...paragraphs(words.say("bystander.hub.text")),
      dangerLine("bystander.hub.danger", content, words),
    ],
    buttons: [
      button(words, "bystander.buttons.now", { do: "start", flow: "bystander" }, "primary"),
      button(words, "bystander.buttons.after", { do: "start", flow: "aftercare" }),
      button(words, "bystander.buttons.practise", { do: "scenes" }),
      button(words, "topics.barriers.label", { do: "topic", topic: "barriers" }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}

/**
 * The one thing to do now, with a sentence to say on top: who reads this has a minute. Private, because it
 * shows that somebody saw something. Throws `MissingFacts` without advice.
 */
export function nowOutcome(screen: Of<"outcome">, frame: Frame): View {
  const { words, facts, content, language } = frame;
  const { advice } = facts;
  if (!advice) throw new MissingFacts(screen.type);
  const { first, second, because, mustAct } = advice;
  const { where = null, safety = null } = screen.answers;
  const calls = first === "callHelp";
  const title = (tactic: Tactic) => words.say(`bystander.do.${tactic}.title`);
  return view(words, {
    title: title(first),
    note: noteText(screen.note, words),
    body: [
      ...(calls ? helpParts(["112"], content, language) : []),
      sayPart(first, where, frame),
      ...paragraphs(there("how", first, where, frame)),
      ...paragraphs(words.say(`bystander.because.${because}`), "subtle"),
      ...(mustAct ? paragraphs(words.say("bystander.mustAct.text"), "strong") : []),
      // Asking later is no way out of calling for help: it comes after it.
      {
        type: "heading",
        text: `${words.say(`bystander.outcome.${second === "delay" ? "afterwards" : "second"}`)} ${title(second)}`,
      },
      ...sentence(second, where, frame),
      { type: "heading", text: words.say("bystander.outcome.never") },
      { type: "list", items: numbered(`bystander.never.${first}`, frame) },
      ...laterParts([first, second], where, frame),
      ...(mustAct ? mustActParts(safety === "calm" ? "safe" : "unsafe", frame) : []),
      ...(calls ? [] : [dangerLine("bystander.outcome.danger", content, words)]),
      ...paragraphs(words.say("found.kept"), "subtle"),
    ],
    buttons: [
      button(words, "bystander.buttons.next", { do: "start", flow: "aftercare", from: screen.draft }),
      button(words, "bystander.buttons.someone", { do: "start", flow: "find" }),
      button(words, "common.buttons.back", { do: "back", draft: screen.draft }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** The words for where it happens; where a place has none of its own, those for a room. */
function there(part: "say" | "how", tactic: Tactic, where: Answer, { words }: Frame): string {
  const key = `bystander.${part}.${tactic}`;
  return words.say(
    typeof where === "string" && words.has(`${key}.${where}`) ? `${key}.${where}` : `${key}.room`,
  );
}

function sayPart(tactic: Tactic, where: Answer, frame: Frame): Part {
  const label = frame.words.say(`bystander.do.${tactic}.to`);
  return { type: "say", label, text: quoted(there("say", tactic, where, frame)) };
}

/** To whom and what, smaller than what comes first. */
function sentence(tactic: Tactic, where: Answer, frame: Frame): readonly Part[] {
  const to = frame.words.say(`bystander.do.${tactic}.to`);
  return paragraphs(`${to} ${quoted(there("say", tactic, where, frame))}`);
}

function quoted(words: string): string {
  return `“${words}”`;
}

/** It is never too late to ask, also for who froze; with the sentence where it does not stand there yet. */
function laterParts(told: readonly Tactic[], where: Answer, frame: Frame): readonly Part[] {
  const { words } = frame;
  const later = words.say("bystander.outcome.later");
  if (told.includes("delay")) return paragraphs(later);
  return [{ type: "heading", text: later }, ...sentence("delay", where, frame)];
}

/** What somebody who manages the person has to do; nobody who may not be safe is sent towards anybody. */
function mustActParts(how: "safe" | "unsafe", frame: Frame): readonly Part[] {
  const { words } = frame;
  return [
    { type: "heading", text: words.say("bystander.mustAct.title") },
    {
      type: "list",
      items: [words.say(`bystander.mustAct.${how}`), ...numbered("bystander.mustAct", frame)],
    },
  ];
}

/** The texts `p1`, `p2` and on under a key. */
function numbered(key: string, { words }: Frame): readonly string[] {
  const items: string[] = [];
  for (let nr = 1; words.has(`${key}.p${nr}`); nr += 1) items.push(words.say(`${key}.p${nr}`));
  return items;
}

/**
 * Afterwards: being there for the person it happened to, what to write down, whom to talk to, and what the
 * rules ask. Private. Throws `MissingFacts` without what was looked up.
 */
export function afterOutcome(screen: Of<"outcome">, frame: Frame): View {
  const { words, facts } = frame;
  const { after } = facts;
  if (!after) throw new MissingFacts(screen.type);
  const { over = null } = screen.answers;
  const [best] = after.help;
  const urgent = best?.because === "recentSexual";
  const { draft } = screen;
  const buttons = [
    button(words, "bystander.buttons.witness", { do: "start", flow: "report", from: draft }),
    button(words, "common.buttons.find", { do: "start", flow: "find" }),
    ...(after.duties.length > 0 ? [button(words, "common.buttons.duties", { do: "duties", draft })] : []),
    ...nowButton(over, frame),
    button(words, "common.buttons.back", { do: "back", draft }),
    menuButton(words),
  ];
  return view(words, {
    title: words.say("aftercare.outcome.title"),
    note: noteText(screen.note, words),
    body: [
      ...goingOnParts(over, frame),
      ...(urgent ? paragraphs(words.say("aftercare.help.first"), "strong") : []),
      ...(urgent ? helpOf(after, frame) : []),
      {
        type: "say",
        label: words.say("aftercare.outcome.to"),
        text: quoted(words.say("bystander.say.delay.room")),
      },
      ...paragraphs(words.say("aftercare.outcome.froze"), "subtle"),
      {
        type: "list",
        items: ["listen", "ask", "details"].map((part) => words.say(`aftercare.outcome.${part}`)),
      },
      ...(after.mustAct ? paragraphs(words.say("bystander.mustAct.text"), "strong") : []),
      ...(after.mustAct ? mustActParts(over === "over" ? "safe" : "unsafe", frame) : []),
      ...dutiesOf(after, frame),
      ...chapter("write", frame),
      ...chapter("adviser", frame),
      ...(urgent
        ? []
        : [{ type: "heading", text: words.say("aftercare.help.title") } as const, ...helpOf(after, frame)]),
      ...paragraphs(words.say("aftercare.witness")),
      ...paragraphs(words.say("found.kept"), "subtle"),
    ],
    buttons: [...buttons, ...(buttons.length < mostButtons ? languageButtons(frame) : [])],
    privacy: "private",
  });
}

function goingOnParts(over: Answer, { words, content }: Frame): readonly Part[] {
  if (over === "over") return [];
  return [
    ...(over === "goesOn" ? paragraphs(words.say("aftercare.outcome.goesOn"), "strong") : []),
    dangerLine("bystander.hub.danger", content, words),
  ];
}

function nowButton(over: Answer, { words }: Frame): readonly Button[] {
  return over === "goesOn"
    ? [button(words, "aftercare.buttons.now", { do: "start", flow: "bystander" })]
    : [];
}

/** The service that fits best, in full. */
function helpOf({ help }: After, { content, language }: Frame): readonly Part[] {
  return helpParts(
    help.slice(0, 1).map(({ service }) => service),
    content,
    language,
  );
}

/** What the rules ask, by name; what the law or the sector asks, no talk replaces. The rest has its own page. */
function dutiesOf({ duties }: After, { words, content, language }: Frame): readonly Part[] {
  if (duties.length === 0) return [];
  const asked = duties.map((id) => content.duty(id, language));
  const binding = asked.some(({ kind }) => kind === "law" || kind === "sectorRule");
  const items = asked.map(({ name, kind }) => {
    return words.say("found.outcome.dutyLine", { name, kind: words.say(`common.duty.kinds.${kind}`) });
  });
  const intro = paragraphs(
    words.say(binding ? "aftercare.duties.binding" : "aftercare.duties.other"),
    "strong",
  );
  return [...intro, { type: "list", items }];
}

/** A heading, where there are any a line and a sentence to say, and points. */
function chapter(part: "write" | "adviser", frame: Frame): readonly Part[] {
  const { words } = frame;
  const key = `aftercare.${part}`;
  return [
    { type: "heading", text: words.say(`${key}.title`) },
    ...(words.has(`${key}.say`)
      ? paragraphs(`${words.say(`${key}.text`)} ${quoted(words.say(`${key}.say`))}`)
      : []),
    { type: "list", items: numbered(key, frame) },
  ];
}
