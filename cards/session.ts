import type { Language, Words } from "../content/words.ts";
import type { PracticeScene, SceneOption } from "../dialogs/scenes.ts";
import type { SessionPress } from "../dialogs/session.ts";
import { paragraphs, type ViewContent } from "./reading.ts";
import { type Button, type Part, type PressButton, type View, viewOf } from "./view.ts";

/** A scene with a team, as a view needs it. */
export interface SessionFacts {
  readonly session: string;
  readonly scene: Pick<PracticeScene, "id" | "options">;
  readonly language: Language;
}

/** What one person chose, for that person's eyes only, and how many have voted. */
export interface OwnVote {
  readonly option: SceneOption;
  readonly votes: number;
}

/** Why something was not done, or what was done, told to the one who pressed. */
export type SessionNews =
  | "shown"
  | "begun"
  | "already"
  | "late"
  | "over"
  | "notHere"
  | "notInvited"
  | "notPosted"
  | "unsure";

/** How many votes there must be before their distribution is shown: with fewer, a choice can be traced. */
export const fewestShown = 5;

/**
 * The scene, to vote on. For a message it carries nothing of anybody; with `own` it is what one person sees
 * from then on, and may only be drawn in a room.
 */
export function drawScene(
  facts: SessionFacts,
  content: ViewContent,
  { own = null, news = null }: { readonly own?: OwnVote | null; readonly news?: SessionNews | null } = {},
): View {
  const words = content.words(facts.language);
  const { id, options } = facts.scene;
  const { session } = facts;
  const vote = (option: SceneOption): Button => ({
    label: words.say("session.buttons.vote", { letter: letter(option) }),
    press: { do: "session.vote", session, option },
  });
  return viewOf({
    title: words.say(`scenes.${id}.label`),
    step: words.say(`scenes.${id}.setting`),
    note: news !== null ? told(news, words) : own === null ? null : votedText(own, words),
    body: [
      ...sceneParts(id, words),
      {
        type: "facts",
        facts: options.map((option) => ({
          label:
            option === own?.option
              ? words.say("session.scene.yours", { letter: letter(option) })
              : letter(option),
          value: words.say(`scenes.${id}.response.options.${option}`),
        })),
      },
      ...paragraphs(words.say("session.scene.how")),
      ...paragraphs(words.say("session.scene.names"), "subtle"),
      ...paragraphs(words.say("session.scene.care"), "subtle"),
    ],
    buttons: [
      ...options.map(vote),
      { ...button("outcome", { do: "session.outcome", session }, words), confirm: confirmation(words) },
      button("another", { do: "session.another", session }, words),
    ],
    summary: words.say("session.summary"),
    privacy: own === null && news === null ? "neutral" : "private",
  });
}

/**
 * What the votes came to, what may happen with each choice, another way, and what to talk about. The votes
 * are shown from `fewestShown` on; `counts` has one for each option.
 */
export function drawSessionOutcome(
  facts: SessionFacts,
  counts: Readonly<Partial<Record<SceneOption, number>>>,
  content: ViewContent,
  news: SessionNews | null = null,
): View {
  const words = content.words(facts.language);
  const { id, options } = facts.scene;
  const heading = (text: string): Part => ({ type: "heading", text: words.say(text) });
  const option = (one: SceneOption) => `${letter(one)}. ${words.say(`scenes.${id}.response.options.${one}`)}`;
  return viewOf({
    title: words.say(`scenes.${id}.label`),
    step: words.say(`scenes.${id}.setting`),
    note: news === null ? null : told(news, words),
    body: [
      ...sceneParts(id, words),
      heading("session.outcome.title"),
      ...distribution(options, counts, option, words),
      heading("session.outcome.may"),
      {
        type: "facts",
        facts: options.map((one) => ({
          label: option(one),
          value: words.say(`scenes.${id}.results.${one}`),
        })),
      },
      // Where help or a duty comes first, it stands before the other way, as it does in practice alone.
      ...(words.has(`scenes.${id}.careful`)
        ? [
            ...paragraphs(words.say("common.duty.exceptions"), "strong"),
            ...paragraphs(words.say(`scenes.${id}.careful`)),
          ]
        : []),
      heading("session.outcome.other"),
      ...paragraphs(words.say(`scenes.${id}.other`)),
      {
        type: "facts",
        facts: [{ label: words.say("session.outcome.say"), value: words.say(`scenes.${id}.say`) }],
      },
      heading("session.outcome.talk"),
      { type: "list", items: talkingPoints(id, words) },
      ...paragraphs(words.say("session.outcome.after"), "subtle"),
      ...paragraphs(words.say("session.scene.care"), "subtle"),
    ],
    buttons: [button("another", { do: "session.another", session: facts.session }, words)],
    summary: words.say("session.summary"),
    privacy: news === null ? "neutral" : "private",
  });
}

/** A few words for the one who pressed, and nobody else. */
export function drawSessionNews(news: SessionNews, content: ViewContent, language: Language): View {
  const words = content.words(language);
  return viewOf({
    title: words.say(`session.${news}.title`),
    body: paragraphs(words.say(`session.${news}.text`)),
    summary: words.say("session.summary"),
    // A refusal may stand in the channel it was asked in; everything else is only that person's.
    privacy: news === "notHere" ? "neutral" : "private",
  });
}

/** That a vote counts, and which one it is: for the one who gave it, and nobody else. */
export function drawVoted(
  { scene, language }: Pick<SessionFacts, "scene" | "language">,
  own: OwnVote,
  content: ViewContent,
): View {
  const words = content.words(language);
  const value = words.say(`scenes.${scene.id}.response.options.${own.option}`);
  return viewOf({
    title: words.say("session.voted.title"),
    body: [
      ...paragraphs(ownText(own, words)),
      { type: "facts", facts: [{ label: letter(own.option), value }] },
    ],
    summary: words.say("session.summary"),
    privacy: "private",
  });
}

/** Asks which scene to put in the channel that the form was opened from. */
export function drawSessionForm(
  form: {
    readonly session: string;
    readonly language: Language;
    readonly scenes: readonly Pick<PracticeScene, "id">[];
    readonly chosen: string;
    readonly news: SessionNews | null;
  },
  content: ViewContent,
): View {
  const words = content.words(form.language);
  const { session, language } = form;
  return viewOf({
    title: words.say("session.form.title"),
    note: form.news === null ? null : told(form.news, words),
    body: [
      ...paragraphs(words.say("session.form.text")),
      ...paragraphs(words.say("session.scene.names"), "subtle"),
    ],
    inputs: [
      {
        type: "choice",
        id: "scene",
        label: words.say("session.form.label"),
        options: form.scenes.map(({ id }) => ({ value: id, label: words.say(`scenes.${id}.label`) })),
        value: form.chosen,
        shape: "dropdown",
      },
    ],
    buttons: [{ ...button("begin", { do: "session.begin", session, language }, words), style: "primary" }],
    summary: words.say("session.summary"),
    privacy: "private",
  });
}

function button(name: string, press: SessionPress, words: Words): PressButton {
  return { label: words.say(`session.buttons.${name}`), press };
}

/** Nobody can vote any more afterwards. */
function confirmation(words: Words): NonNullable<PressButton["confirm"]> {
  const ask = (part: string) => words.say(`session.confirm.${part}`);
  return { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") };
}

function letter(option: SceneOption): string {
  return option.toUpperCase();
}

function told(news: SessionNews, words: Words): string {
  return `${words.say(`session.${news}.title`)}. ${words.say(`session.${news}.text`)}`;
}

function votedText(own: OwnVote, words: Words): string {
  return `${words.say("session.voted.title")}. ${ownText(own, words)}`;
}

function ownText({ option, votes }: OwnVote, words: Words): string {
  return words.say("session.voted.text", { letter: letter(option), votes });
}

function sceneParts(id: string, words: Words): readonly Part[] {
  return [
    ...paragraphs(words.say(`scenes.${id}.response.why`)),
    ...paragraphs(words.say(`scenes.${id}.response.title`), "strong"),
  ];
}

function distribution(
  options: readonly SceneOption[],
  counts: Readonly<Partial<Record<SceneOption, number>>>,
  name: (option: SceneOption) => string,
  words: Words,
): readonly Part[] {
  const total = options.reduce((sum, option) => sum + (counts[option] ?? 0), 0);
  if (total < fewestShown) return paragraphs(words.say("session.outcome.few"));
  const facts = options.map((option) => {
    const count = counts[option] ?? 0;
    const share = words.say("session.outcome.share", { count, total });
    return { label: name(option), value: `${share} ${bar(count, total)}`.trimEnd() };
  });
  return [{ type: "facts", facts }];
}

/** The share of the votes in tenths, drawn; the numbers before it say the same. */
function bar(count: number, total: number): string {
  return "■".repeat(Math.round((10 * count) / total));
}

function talkingPoints(id: string, words: Words): readonly string[] {
  const keys = ["p1", "p2", "p3", "p4", "p5"].map((point) => `scenes.${id}.talk.${point}`);
  return keys.filter((key) => words.has(key)).map((key) => words.say(key));
}
