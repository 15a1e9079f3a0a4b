import pRetry from "p-retry";
import { drawDoor, drawMovedDoor, drawReporter } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { Overtaken } from "../cases/handling.ts";
import type { KeyRing } from "../cases/keys.ts";
import { converse, type Setup } from "../dialogs/core/converse.ts";
import { RightsNeeded } from "./checks.ts";
import { expiryOf, type Loaded, load, save, withCaseId, withDoor } from "./conversations.ts";
import { deskTurn } from "./desk.ts";
import { carryOut, type Now } from "./effects.ts";
import { firstLanguage } from "./organisation.ts";
import { type Address, type MessageRef, StoreBusy, type StoreTransaction } from "./ports.ts";
import { recordFor } from "./records.ts";
import { routeTurn } from "./route-desk.ts";
import { routeMenuFor } from "./route-menu.ts";
import { sendingIn } from "./sending.ts";
import { groupTurn, sessionForm, sessionNotPosted, sessionTurn } from "./session.ts";
import { setupIn } from "./setup.ts";
import {
  type DeskReply,
  type DeskTurn,
  Overloaded,
  type PersonReply,
  type PersonTurn,
  type Turns,
} from "./turns.ts";
import { withVisit } from "./visits.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** How often a turn is done again when another turn, or another process, was first. */
const patience = 8;
/** In ms; then it is not begun again: no platform waits longer, and a database out of reach is slow to say so. */
const longestTurn = 8_000;

/** Builds the turns that the platform adapters call. */
export function createTurns(world: World): Turns {
  return {
    person: (turn) => retrying(world, () => personTurn(world, turn)),
    doorPosted: (address, door) => retrying(world, () => doorPosted(world, address, door)),
    desk: (turn: DeskTurn): Promise<DeskReply> => retrying(world, () => deskTurn(world, turn)),
    route: (turn) => retrying(world, () => routeTurn(world, turn)),
    inGroup: (turn) => retrying(world, () => groupTurn(world, turn)),
    sessionForm: (place, text) => routeMenuFor(world, place, text) ?? sessionForm(world, place, text),
    session: (turn) => retrying(world, () => sessionTurn(world, turn)),
    sessionNotPosted: (turn, why) => retrying(world, () => sessionNotPosted(world, turn, why)),
  };
}

/** Asks what this person may only where it matters: a platform's answer must not be waited for in a transaction. */
async function personTurn(world: World, turn: PersonTurn): Promise<PersonReply> {
  try {
    return await personTurnWith(world, turn, null);
  } catch (error) {
    if (!(error instanceof RightsNeeded)) throw error;
    return personTurnWith(world, turn, await world.rights.of(turn.address, turn.alias));
  }
}

async function personTurnWith(world: World, turn: PersonTurn, rights: Now["rights"]): Promise<PersonReply> {
  const { ring, organisation } = world;
  const now = world.clock.now();
  const content = contentAt(world, now);
  const first = firstLanguage(organisation);
  let queued = false;
  const reply = await world.store.transaction(async (tx) => {
    if (turn.eventId !== null && !(await firstTime(tx, ring, turn, now))) return { show: "nothing" } as const;
    const loaded = await load(tx, ring, turn.address, first, now);
    const named = withCaseId(ring, turn.event, loaded.conversation.cases);
    const { event, visit } = withVisit(ring, named, turn.address, now);
    const record = await recordFor(tx, world, loaded.conversation, event);
    const sending = await sendingIn(tx, ring, event, turn.address, now);
    const sentBefore = sending !== null && sending.before !== null;
    const setup = { ...setupOf(world), visiting: visit?.case ?? null, sentBefore, ...record };
    const spoken = converse(loaded.conversation, event, setup);
    queued = spoken.effects.length > 0;
    const done = await carryOut({ world, tx, now, address: turn.address, rights, visit, sending }, spoken);
    const cleared = done.screen.type === "final" && done.screen.reason === "cleared";
    const { door, left } = doorsAfter(loaded, turn);
    const stale = [...done.stale, ...left.gone, ...(cleared ? left.doors : [])].filter(
      ({ platform, message }) => platform === turn.address.platform && message !== door?.message,
    );
    const doors = cleared ? [] : left.doors;
    const next = { conversation: done.conversation, door, doors };
    const kept = { now, keepUntil: expiryOf(organisation, now) };
    if (!(await save(tx, ring, loaded.row, next, kept))) throw new Overtaken();
    const { language } = done.conversation;
    return {
      show: "view",
      room: drawReporter(done.screen, done.facts, content, language),
      door: drawDoor(done.screen, done.facts, content, language),
      ended: done.screen.type === "final",
      live: door,
      stale: stale.length === 0 ? null : { messages: stale, view: drawMovedDoor(content, language) },
    } as const;
  });
  // Only now can the outbox see what was put in it.
  if (queued) world.kick();
  return reply;
}

/**
 * The live door after a turn, and those before it. A room that was opened on another message of the bot's makes
 * that one the live door, so that what stands in it is closed with it; the door before says nothing any more. A
 * code that is shown once stays in sight while somebody types: its card is not the live door any more.
 */
function doorsAfter({ door, doors, conversation }: Loaded, { pressedOn = null, event }: PersonTurn) {
  const before = door === null ? doors : withDoor(doors, door);
  if (pressedOn !== null && pressedOn.message !== door?.message) {
    const others = before.filter(({ message }) => message !== pressedOn.message);
    return { door: pressedOn, left: { doors: others, gone: door === null ? [] : [door] } };
  }
  const codeInSight = conversation.asked === "sent" || conversation.asked === "renewed";
  if (event.type !== "press" && codeInSight) return { door: null, left: { doors: before, gone: [] } };
  return { door, left: { doors, gone: [] } };
}

async function doorPosted(
  world: World,
  address: Address,
  door: MessageRef,
): Promise<{ earlier: MessageRef | null; view: View }> {
  const now = world.clock.now();
  return world.store.transaction(async (tx) => {
    const loaded = await load(tx, world.ring, address, firstLanguage(world.organisation), now);
    const earlier = loaded.door?.message === door.message ? null : loaded.door;
    const doors = earlier === null ? loaded.doors : withDoor(loaded.doors, earlier);
    const next = { conversation: loaded.conversation, door, doors };
    const kept = { now, keepUntil: expiryOf(world.organisation, now) };
    if (!(await save(tx, world.ring, loaded.row, next, kept))) throw new Overtaken();
    const { language } = loaded.conversation;
    return { earlier, view: drawMovedDoor(world.content, language) };
  });
}

function setupOf({ flows, content, organisation }: World): Setup {
  return setupIn(content, { flows, languages: organisation.languages, fresh: freshId() });
}

function firstTime(tx: StoreTransaction, ring: KeyRing, turn: PersonTurn, now: number): Promise<boolean> {
  const { platform, tenant } = turn.address;
  return tx.firstSight(ring.lookup("event", `${platform}|${tenant}|${turn.eventId}`), now);
}

/** Does a turn again from what is there now, after a growing, uneven pause. Throws `Overloaded` in the end. */
async function retrying<T>(world: World, work: () => Promise<T>): Promise<T> {
  try {
    return await pRetry(work, {
      retries: patience,
      minTimeout: 5,
      maxTimeout: 250,
      randomize: true,
      maxRetryTime: longestTurn,
      shouldRetry: ({ error }) => isContention(error),
    });
  } catch (error) {
    if (!isContention(error)) throw error;
    world.log.warn({ code: "turn.overloaded" });
    throw new Overloaded();
  }
}

function isContention(error: unknown): boolean {
  return error instanceof Overtaken || error instanceof StoreBusy;
}
