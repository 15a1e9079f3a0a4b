import { cut, longestLabel } from "./found.ts";
import { paragraphs } from "./reading.ts";
import {
  button,
  type Frame,
  languageButtons,
  menuButton,
  noteText,
  type Of,
  view,
} from "./reporter-frame.ts";
import { optionsListed } from "./reporter-questions.ts";
import type { Button, Part, View } from "./view.ts";

/** The scenes to practise with; the next that was not done stands ready. Private: it shows what was done. */
export function sceneList(screen: Of<"scenes">, frame: Frame): View {
  const { words, facts } = frame;
  const { scenes, practised, ping } = screen;
  const next = scenes.find((scene) => !practised.includes(scene)) ?? null;
  return view(words, {
    title: words.say("bystander.practice.title"),
    body: [
      ...paragraphs(words.say("bystander.practice.text")),
      ...(ping === null ? [] : paragraphs(words.say(`bystander.practice.ping.${ping}`))),
      ...paragraphs(words.say("bystander.practice.private", { hours: facts.draftHours }), "subtle"),
    ],
    inputs: [
      {
        type: "choice",
        id: "scene",
        label: words.say("bystander.practice.choose"),
        options: scenes.map((scene) => ({
          value: scene,
          label: nameOf(scene, practised.includes(scene), frame),
        })),
        value: next,
        ...(scenes.length > optionsListed ? ({ shape: "dropdown" } as const) : {}),
      },
    ],
    buttons: [
      button(words, "bystander.buttons.begin", { do: "scene" }, "primary"),
      ...pingButtons(screen, frame),
      ...(practised.length > 0 ? [button(words, "bystander.buttons.forget", { do: "forgetPractice" })] : []),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

/** To be asked now and then, for who wants that; or no more. */
function pingButtons({ ping }: Of<"scenes">, { words }: Frame): readonly Button[] {
  if (ping !== null)
    return [button(words, "common.buttons.pingNever", { do: "practicePing", every: "never" })];
  return [
    button(words, "common.buttons.pingDaily", { do: "practicePing", every: "daily" }),
    button(words, "common.buttons.pingWeekly", { do: "practicePing", every: "weekly" }),
  ];
}

/** A scene's name, and in words whether it was done: that is never what is cut off. */
function nameOf(scene: string, done: boolean, { words }: Frame): string {
  const label = words.say(`scenes.${scene}.label`);
  if (!done) return label;
  const marked = (name: string) => words.say("bystander.practice.done", { scene: name });
  return marked(cut(label, longestLabel - marked("").length));
}

/**
 * What may come of what was chosen in a scene, another way, and one's own sentence beside ours. No marks and
 * no right or wrong. Private: it holds a person's own words.
 */
export function sceneOutcome(screen: Of<"outcome">, frame: Frame): View {
  const { words } = frame;
  const { flow, draft, answers } = screen;
  const { response = null, own = null } = answers;
  return view(words, {
    title: words.say(`${flow}.label`),
    note: noteText(screen.note, words),
    body: [
      ...(typeof response === "string" ? resultParts(flow, response, frame) : []),
      ...(words.has(`${flow}.careful`)
        ? [
            ...paragraphs(words.say("common.duty.exceptions"), "strong"),
            ...paragraphs(words.say(`${flow}.careful`)),
          ]
        : []),
      { type: "heading", text: words.say("bystander.practice.other") },
      ...paragraphs(words.say(`${flow}.other`)),
      // Ours is not drawn larger than one's own: they stand side by side to compare.
      { type: "quote", label: words.say("bystander.practice.say"), text: words.say(`${flow}.say`) },
      ...(typeof own === "string"
        ? [{ type: "quote", label: words.say("bystander.practice.own"), text: own } as const]
        : []),
      ...paragraphs(words.say("bystander.practice.kept"), "subtle"),
    ],
    buttons: [
      button(words, "bystander.buttons.another", { do: "scenes" }, "primary"),
      button(words, "common.buttons.back", { do: "back", draft }),
      menuButton(words),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}

function resultParts(flow: string, response: string, { words }: Frame): readonly Part[] {
  const option = words.say(`${flow}.response.options.${response}`);
  return [
    ...paragraphs(words.say("bystander.practice.chosen", { option }), "strong"),
    { type: "heading", text: words.say("bystander.practice.may") },
    ...paragraphs(words.say(`${flow}.results.${response}`)),
  ];
}
