import { randomInt } from "node:crypto";
import { drawGroupLine } from "../cards/reporter.ts";
import {
  drawScene,
  drawSessionForm,
  drawSessionNews,
  drawSessionOutcome,
  drawVoted,
  type SessionFacts,
  type SessionNews,
} from "../cards/session.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { normalise } from "../dialogs/core/typed.ts";
import { type PracticeScene, type SceneOption, scenes, sceneWith } from "../dialogs/scenes.ts";
import { type SessionAsked, sessionAsked } from "../dialogs/session.ts";
import { firstLanguage } from "./organisation.ts";
import type { StoreTransaction } from "./ports.ts";
import { routeAt, routeMenu } from "./route-menu.ts";
import {
  newSession,
  openState,
  placeText,
  rowOf,
  type SessionState,
  sealState,
  shownOf,
  voteOf,
  withVote,
} from "./session-state.ts";
import type { GroupReply, GroupTurn, NotPosted, SessionPlace, SessionReply, SessionTurn } from "./turns.ts";
import { freshId, type World } from "./world.ts";

/** The conversation stays as it is. */
const onlyForOne = { message: null, post: null, inSight: false } as const;

/** A press on a session that is there, in one transaction. */
interface At {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly turn: SessionTurn;
  readonly now: number;
  readonly id: string;
  readonly state: SessionState;
  readonly scene: PracticeScene;
}

/**
 * A message to the bot in a group or channel. Where it asks for a session and for nothing else, a scene is
 * to be posted there; otherwise nothing is kept and the bot asks to be messaged directly (P20). In a route it shows
 * the advisers' menu.
 */
export async function groupTurn(world: World, turn: GroupTurn): Promise<GroupReply> {
  const { content, organisation, ring } = world;
  const first = firstLanguage(organisation);
  const menu = routeMenu(world, turn.place);
  const asked = turn.text === null ? null : askedIn(world, turn.text);
  if (asked === null) return { show: "view", view: menu ?? drawGroupLine(content, first, scenes.length) };
  if (menu) return { show: "view", view: drawSessionNews("notHere", content, asked.language) };
  const now = world.clock.now();
  const scene = sceneFor(asked);
  const session = freshId();
  const begun = await world.store.transaction(async (tx) => {
    const event = `${placeText(turn.place)}|${turn.eventId}`;
    if (!(await tx.firstSight(ring.lookup("event", event), now))) return false;
    return begin(world, tx, { id: session, scene, language: asked.language, place: turn.place, now });
  });
  if (!begun) return { show: "nothing" };
  return { show: "view", view: drawScene({ session, scene, language: asked.language }, content) };
}

/**
 * The form to choose a scene with, for whoever asked for a session in `place` by a text that only the bot
 * reads. Null: the text asks for something else, or to practise alone.
 */
export function sessionForm(world: World, place: SessionPlace, text: string): View | null {
  const asked = askedIn(world, text);
  if (asked === null) return null;
  const { language } = asked;
  if (world.content.lexicon(language).commands.scenes?.includes(normalise(text))) return null;
  if (isRoute(world, place)) return drawSessionNews("notHere", world.content, language);
  return form(world, freshId(), language, sceneFor(asked).id, null);
}

/**
 * One press on a session. It answers only in the conversation that it was begun in, and to nobody once it is
 * over; what is refused changes nothing (P16).
 */
export async function sessionTurn(world: World, turn: SessionTurn): Promise<SessionReply> {
  const now = world.clock.now();
  return world.store.transaction(async (tx) => {
    const { press } = turn;
    if (press.do === "session.begin") return begunFromForm(world, tx, { ...turn, press }, now);
    const at = await find(world, tx, turn, now);
    if (at === null) return onlyTold(world, "over", firstLanguage(world.organisation));
    switch (press.do) {
      case "session.vote":
        return vote(at, press.option);
      case "session.outcome":
        return outcome(at);
      case "session.another":
        return another(at);
    }
  });
}

/**
 * The scene of a reply could not be posted: it is told, and may be asked for again. Where it may stand there
 * all the same, its session stays.
 */
export async function sessionNotPosted(
  world: World,
  turn: SessionTurn,
  why: NotPosted,
): Promise<SessionReply> {
  const now = world.clock.now();
  const { press, inputs } = turn;
  return world.store.transaction(async (tx) => {
    if (press.do === "session.begin") {
      if (why === "unsure") return onlyTold(world, why, press.language);
      await tx.deleteSession(press.session);
      const chosen = sceneWith(String(inputs.scene)) ?? sceneFor(null);
      const view = form(world, press.session, press.language, chosen.id, why);
      return { told: view, card: view, ...onlyForOne };
    }
    const at = await find(world, tx, turn, now);
    if (at === null) return onlyTold(world, why, firstLanguage(world.organisation));
    if (why !== "unsure") await tx.deleteSession(at.state.next);
    return refused(at, why);
  });
}

async function find(world: World, tx: StoreTransaction, turn: SessionTurn, now: number): Promise<At | null> {
  const id = turn.press.session;
  const row = await tx.findSession(id);
  const state = row && openState(world.ring, row, now);
  const scene = state && sceneWith(state.scene);
  if (!state || !scene || state.place !== placeText(turn.place)) return null;
  return { world, tx, turn, now, id, state, scene };
}

async function vote(at: At, option: SceneOption): Promise<SessionReply> {
  const { world, tx, turn, id, state, scene } = at;
  if (!scene.options.includes(option)) return onlyTold(world, "over", state.language);
  // Whoever still sees the buttons sees an old message.
  if (state.stage === "shown") return { ...refused(at, "late"), message: outcomeView(at, state) };
  const voted = withVote(state, turn.place, turn.user, option);
  await tx.changeSession(id, sealState(world.ring, id, voted));
  const own = { option, votes: Object.keys(voted.votes).length };
  return {
    told: drawVoted(factsOf(at), own, world.content),
    card: drawScene(factsOf(at), world.content, { own }),
    ...onlyForOne,
  };
}

async function outcome(at: At): Promise<SessionReply> {
  const { world, tx, id, state } = at;
  const shown = state.stage === "shown" ? state : shownOf(state);
  if (shown !== state) await tx.changeSession(id, sealState(world.ring, id, shown), { forget: true });
  const view = outcomeView(at, shown);
  return { told: news(at, "shown"), card: view, message: view, post: null, inSight: true };
}

async function another(at: At): Promise<SessionReply> {
  const { world, tx, turn, now, state } = at;
  if (isRoute(world, turn.place)) return refused(at, "notHere");
  const scene = scenes[(scenes.findIndex(({ id }) => id === state.scene) + 1) % scenes.length];
  const { next, language } = state;
  if (!scene || !(await begin(world, tx, { id: next, scene, language, place: turn.place, now })))
    return refused(at, "already");
  return {
    told: news(at, "begun"),
    card: ownCard(at, null),
    message: null,
    post: drawScene({ session: next, scene, language }, world.content),
    inSight: true,
  };
}

async function begunFromForm(
  world: World,
  tx: StoreTransaction,
  { press, place, inputs }: SessionTurn & { readonly press: { readonly do: "session.begin" } },
  now: number,
): Promise<SessionReply> {
  const { session: id, language } = press;
  if (isRoute(world, place)) return onlyTold(world, "notHere", language);
  const scene = typeof inputs.scene === "string" ? sceneWith(inputs.scene) : undefined;
  if (!scene) return onlyTold(world, "notPosted", language);
  const begun = await begin(world, tx, { id, scene, language, place, now });
  if (!begun) return onlyTold(world, "already", language);
  const post = drawScene({ session: id, scene, language }, world.content);
  return { ...onlyTold(world, "begun", language), post };
}

/** False where a session with this id was begun before. */
function begin(
  world: World,
  tx: StoreTransaction,
  {
    id,
    scene,
    language,
    place,
    now,
  }: {
    readonly id: string;
    readonly scene: PracticeScene;
    readonly language: Language;
    readonly place: SessionPlace;
    readonly now: number;
  },
): Promise<boolean> {
  const state = newSession({ scene: scene.id, language, place: placeText(place), next: freshId() });
  return tx.addSession(rowOf(world.ring, id, state, now));
}

/** Nothing changed; who pressed is told so, and keeps the card they had. */
function refused(at: At, why: SessionNews): SessionReply {
  return { told: news(at, why), card: ownCard(at, why), ...onlyForOne };
}

function onlyTold(world: World, why: SessionNews, language: Language): SessionReply {
  const view = drawSessionNews(why, world.content, language);
  return { told: view, card: view, ...onlyForOne };
}

function news({ world, state }: At, why: SessionNews): View {
  return drawSessionNews(why, world.content, state.language);
}

/** The card as it now stands for the one who pressed, with a remark where something is to be told. */
function ownCard(at: At, why: SessionNews | null): View {
  const { world, turn, state } = at;
  if (state.stage === "shown") return outcomeView(at, state, why);
  const option = voteOf(state, turn.place, turn.user);
  const own = option === undefined ? null : { option, votes: Object.keys(state.votes).length };
  return drawScene(factsOf(at), world.content, { own, news: why });
}

function outcomeView(
  at: At,
  { counts }: Extract<SessionState, { stage: "shown" }>,
  why: SessionNews | null = null,
): View {
  return drawSessionOutcome(factsOf(at), counts, at.world.content, why);
}

function factsOf({ id, scene, state }: At): SessionFacts {
  return { session: id, scene, language: state.language };
}

function form(
  world: World,
  session: string,
  language: Language,
  chosen: string,
  why: SessionNews | null,
): View {
  return drawSessionForm({ session, language, scenes, chosen, news: why }, world.content);
}

/** Whether advisers receive reports there: nothing is practised among cases. */
function isRoute({ organisation }: World, place: SessionPlace): boolean {
  return routeAt(organisation, place) !== undefined;
}

function askedIn({ content, organisation }: World, text: string): SessionAsked | null {
  const offered = organisation.languages;
  const words = [...new Set([...offered, ...contentLanguages])].map((language) => {
    const { session, commands } = content.lexicon(language);
    return {
      language,
      phrases: session,
      named: commands[language === "nl" ? "dutch" : "english"] ?? [],
      labels: scenes.map(({ id }) => content.words(language).say(`scenes.${id}.label`)),
    };
  });
  return sessionAsked(text, words, offered);
}

/** The scene that was asked for, or any. */
function sceneFor(asked: SessionAsked | null): PracticeScene {
  const scene = scenes[asked?.scene ?? randomInt(scenes.length)];
  if (!scene) throw new RangeError("no such scene");
  return scene;
}
