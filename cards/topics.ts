import type { Subject, Topic } from "../dialogs/core/screen.ts";
import { dangerLine, helpParts, paragraphs } from "./reading.ts";
import { button, type Frame, languageButtons, menuButton, type Of, view } from "./reporter-frame.ts";
import type { Button, Part, View } from "./view.ts";

/** In the order of the list; the compiler holds it to be complete. */
const order = Object.keys({
  adviser: true,
  secrecy: true,
  firstTalk: true,
  differences: true,
} satisfies Record<Topic, true>) as readonly Topic[];

/** What there is to know. While a guide is open the way back to it takes the place of the languages. */
export function topicList(screen: Of<"topics">, frame: Frame): View {
  const { words } = frame;
  return view(words, {
    title: words.say("topics.title"),
    body: paragraphs(words.say("topics.text")),
    buttons: [
      ...order.map((topic) => button(words, `topics.${topic}.label`, { do: "topic", topic })),
      ...backToGuide(screen.guideOpen, frame),
      menuButton(words),
      ...(screen.guideOpen ? [] : languageButtons(frame)),
    ],
    privacy: "neutral",
  });
}

/** One subject; the limits of secrecy with what holds in the organisation's sector. Figures have their source. */
export function topicPage(screen: Of<"topic">, frame: Frame): View {
  const { words } = frame;
  return view(words, {
    title: words.say(`topics.${screen.topic}.title`),
    body: [
      ...paragraphs(words.say(`topics.${screen.topic}.text`)),
      ...points(screen.topic, frame),
      ...sectorText(screen.topic, frame),
      ...figures(screen.topic, frame),
    ],
    buttons: [
      ...backToGuide(screen.guideOpen, frame),
      screen.topic === "barriers"
        ? button(words, "common.buttons.bystander", { do: "bystander" })
        : button(words, "common.buttons.topics", { do: "topics" }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}

function points(topic: Subject, { words }: Frame): readonly Part[] {
  const items: string[] = [];
  for (let nr = 1; words.has(`topics.${topic}.p${nr}`); nr += 1)
    items.push(words.say(`topics.${topic}.p${nr}`));
  if (items.length === 0) return [];
  // A point of more than one line has a heading of its own, so that it can be found again.
  if (items.some((item) => item.includes("\n"))) return items.flatMap(headed);
  return [{ type: "list", items, ...(topic === "barriers" ? { numbered: true } : {}) }];
}

function headed(item: string): readonly Part[] {
  const [text = "", ...lines] = item.split(/\n+/);
  return [
    { type: "heading", text },
    { type: "list", items: lines },
  ];
}

function sectorText(topic: Subject, { words, facts }: Frame): readonly Part[] {
  return topic === "secrecy" ? paragraphs(words.say(`topics.secrecy.sector.${facts.sector}`)) : [];
}

function figures(topic: Subject, { words }: Frame): readonly Part[] {
  if (topic !== "barriers") return [];
  return [
    ...paragraphs(words.say("topics.barriers.more")),
    ...paragraphs(words.say("topics.barriers.source"), "subtle"),
  ];
}

function backToGuide(guideOpen: boolean, { words }: Frame): readonly Button[] {
  return guideOpen ? [button(words, "common.buttons.search", { do: "resume" }, "primary")] : [];
}

/** The service that somebody asked for by its name. */
export function servicePage(screen: Of<"service">, frame: Frame): View {
  const { words, content, language } = frame;
  const resume = button(words, "common.buttons.resume", { do: "resume" }, "primary");
  return view(words, {
    title: words.say("found.service.title"),
    body: [
      ...helpParts([screen.service], content, language),
      ...(screen.service === "112" ? [] : [dangerLine("found.service.danger", content, words)]),
      ...paragraphs(words.say("found.service.text"), "subtle"),
    ],
    buttons: [
      ...(screen.draftWaiting ? [resume] : []),
      button(words, "common.buttons.find", { do: "start", flow: "find" }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "neutral",
  });
}
