import pRetry from "p-retry";
import { drawDoor, drawGroupLine, drawReporter } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { Overtaken } from "../cases/handling.ts";
import type { KeyRing } from "../cases/keys.ts";
import { converse, type Setup } from "../dialogs/core/converse.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { expiryOf, load, save } from "./conversations.ts";
import { deskTurn } from "./desk.ts";
import { bareFacts, carryOut } from "./effects.ts";
import type { Organisation } from "./organisation.ts";
import { type Address, type MessageRef, StoreBusy, type StoreTransaction } from "./ports.ts";
import {
  type DeskReply,
  type DeskTurn,
  Overloaded,
  type PersonReply,
  type PersonTurn,
  type Turns,
} from "./turns.ts";
import { freshId, type World } from "./world.ts";

/** How often a turn is done again when another turn, or another process, was first. */
const patience = 8;

/** Builds the turns that the platform adapters call. */
export function createTurns(world: World): Turns {
  return {
    person: (turn) => retrying(world, () => personTurn(world, turn)),
    doorPosted: (address, door) => retrying(world, () => doorPosted(world, address, door)),
    desk: (turn: DeskTurn): Promise<DeskReply> => retrying(world, () => deskTurn(world, turn)),
    inGroup: () => drawGroupLine(world.content, firstLanguage(world.organisation)),
  };
}

async function personTurn(world: World, turn: PersonTurn): Promise<PersonReply> {
  const { ring, organisation, content } = world;
  const now = world.clock.now();
  const first = firstLanguage(organisation);
  let queued = false;
  const reply = await world.store.transaction(async (tx) => {
    if (turn.eventId !== null && !(await firstTime(tx, ring, turn, now))) return { show: "nothing" } as const;
    const loaded = await load(tx, ring, turn.address, first, now);
    const spoken = converse(loaded.conversation, turn.event, setupOf(world));
    queued = spoken.effects.length > 0;
    const done = await carryOut({ world, tx, now, address: turn.address }, spoken);
    const next = { conversation: done.conversation, door: loaded.door };
    if (!(await save(tx, ring, loaded.row, next, expiryOf(organisation, now)))) throw new Overtaken();
    const { language } = done.conversation;
    return {
      show: "view",
      room: drawReporter(done.screen, done.facts, content, language),
      door: drawDoor(done.screen, done.facts, content, language),
      ended: done.screen.type === "final",
      live: loaded.door,
    } as const;
  });
  // Only now can the outbox see what was put in it.
  if (queued) world.kick();
  return reply;
}

async function doorPosted(
  world: World,
  address: Address,
  door: MessageRef,
): Promise<{ earlier: MessageRef | null; view: View }> {
  const now = world.clock.now();
  return world.store.transaction(async (tx) => {
    const loaded = await load(tx, world.ring, address, firstLanguage(world.organisation), now);
    const next = { conversation: loaded.conversation, door };
    if (!(await save(tx, world.ring, loaded.row, next, expiryOf(world.organisation, now))))
      throw new Overtaken();
    const { language } = loaded.conversation;
    const earlier = loaded.door?.message === door.message ? null : loaded.door;
    return { earlier, view: movedDoor(world, language) };
  });
}

function movedDoor(world: World, language: Language): View {
  const screen = { type: "final", reason: "moved" } as const;
  return drawDoor(screen, bareFacts(world), world.content, language);
}

function setupOf(world: World): Setup {
  return { flows: world.flows, lexicon: world.content.lexicon, fresh: freshId() };
}

function firstTime(tx: StoreTransaction, ring: KeyRing, turn: PersonTurn, now: number): Promise<boolean> {
  const { platform, tenant } = turn.address;
  return tx.firstSight(ring.lookup("event", `${platform}|${tenant}|${turn.eventId}`), now);
}

/** The organisation's first language: a person's locale is not looked at (P3), and a button changes it. */
function firstLanguage(organisation: Organisation): Language {
  return organisation.languages[0] ?? "nl";
}

/** Does a turn again from what is there now, after a growing, uneven pause. Throws `Overloaded` in the end. */
async function retrying<T>(world: World, work: () => Promise<T>): Promise<T> {
  try {
    return await pRetry(work, {
      retries: patience,
      minTimeout: 5,
      maxTimeout: 250,
      randomize: true,
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
