import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { fewestShown } from "../cards/session.ts";
import type { KeyRing } from "../cases/keys.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import { languages } from "../dialogs/core/draft.ts";
import { type SceneOption, sceneOptions } from "../dialogs/scenes.ts";
import { personOf, wholeHours } from "./conversations.ts";
import type { SessionRow } from "./ports.ts";
import type { SessionPlace } from "./turns.ts";

const Begun = {
  scene: z.string(),
  language: z.enum(languages),
  /** The only conversation it answers to. */
  place: z.string(),
  /** The id of the session that comes after it, so that it comes once. */
  next: z.string(),
};

const State = z.discriminatedUnion("stage", [
  z.object({
    stage: z.literal("voting"),
    ...Begun,
    /** Of this session alone: without it a voter's mark says nothing. */
    key: z.string(),
    /** By the voter's mark, so that everybody has one vote and may change it. */
    votes: z.record(z.string(), z.enum(sceneOptions)),
  }),
  /** Voters and their key are gone: what is left cannot say who chose what. */
  z.object({
    stage: z.literal("shown"),
    ...Begun,
    counts: z.partialRecord(z.enum(sceneOptions), z.int()),
  }),
]);

/** What is kept of a team session, all of it sealed. */
export type SessionState = z.infer<typeof State>;
export type Voting = Extract<SessionState, { stage: "voting" }>;
export type Shown = Extract<SessionState, { stage: "shown" }>;

/** In hours from its beginning; with the hourly sweep it is gone within a day. */
const lasts = 23;

/** A session in which nobody has voted. */
export function newSession(of: Pick<Voting, "scene" | "language" | "place" | "next">): Voting {
  return { stage: "voting", ...of, key: randomBytes(32).toString("base64url"), votes: {} };
}

/** A conversation as one text. */
export function placeText({ platform, tenant, channel }: SessionPlace): string {
  return JSON.stringify([platform, tenant, channel]);
}

/** The vote of one person; undefined: none yet. */
export function voteOf(state: Voting, place: SessionPlace, user: string): SceneOption | undefined {
  return state.votes[markOf(state, place, user)];
}

/** The session with this person's vote, in the place of an earlier one. */
export function withVote(state: Voting, place: SessionPlace, user: string, option: SceneOption): Voting {
  return { ...state, votes: { ...state.votes, [markOf(state, place, user)]: option } };
}

/**
 * The session once its outcome is shown: numbers, and nothing of who voted. They stand in the order of the
 * options, since that of the votes says what was chosen first; too few to be shown are not kept either.
 */
export function shownOf({ key: _key, votes, ...rest }: Voting): Shown {
  const given = Object.values(votes);
  const counted = given.length < fewestShown ? [] : sceneOptions.filter((option) => given.includes(option));
  const count = (option: SceneOption) => given.filter((one) => one === option).length;
  return { ...rest, stage: "shown", counts: Object.fromEntries(counted.map((one) => [one, count(one)])) };
}

function markOf({ key }: Voting, { platform, tenant }: SessionPlace, user: string): string {
  return createHmac("sha256", Buffer.from(key, "base64url"))
    .update(personOf({ platform, tenant, user }), "utf8")
    .digest("base64url");
}

/** A session as it is stored. */
export function rowOf(ring: KeyRing, id: string, state: SessionState, now: number): SessionRow {
  return { id, sealed: sealState(ring, id, state), expiresAt: wholeHours(now, lasts) };
}

export function sealState(ring: KeyRing, id: string, state: SessionState): Sealed {
  return ring.seal("session", aad(id), JSON.stringify(state));
}

/** Null where the session is over: past its time, or sealed under a key that is gone. */
export function openState(ring: KeyRing, row: SessionRow, now: number): SessionState | null {
  if (row.expiresAt <= now) return null;
  try {
    return State.parse(JSON.parse(ring.open("session", aad(row.id), row.sealed as Sealed)));
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

function aad(id: string): string {
  return `session:${id}`;
}
