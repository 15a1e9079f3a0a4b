import type { Server } from "restify";
import type { View } from "../cards/view.ts";
import type { DeskPress } from "../cases/desk.ts";
import type { RoutePress } from "../cases/route-press.ts";
import type { Event, Inputs } from "../dialogs/core/event.ts";
import type { SessionPress } from "../dialogs/session.ts";
import type { Address, Channel, MessageRef, Platform } from "./ports.ts";

/** What a platform adapter asks of the rest: one event in, what to show out. Implemented in `turn.ts`. */
export interface Turns {
  /**
   * One event in a person's private conversation. Everything it changes is durable when this returns.
   * Throws `Overloaded` when the store is busy beyond its patience; nothing has changed then.
   */
  person(turn: PersonTurn): Promise<PersonReply>;
  /** Remembers the door just posted as the live one; the earlier live door, if any, is to be replaced. */
  doorPosted(
    address: Address,
    door: MessageRef,
  ): Promise<{ readonly earlier: MessageRef | null; readonly view: View }>;
  /** One press in a channel. Refuses, and records, whatever does not come from the case's own route (P11). */
  desk(turn: DeskTurn): Promise<DeskReply>;
  /** One press in a route that is about no case. Refuses, and records, whatever comes from elsewhere (P11). */
  route(turn: RouteTurn): Promise<DeskReply>;
  /** A message to the bot in a group or channel: what to post there (P20). */
  inGroup(turn: GroupTurn): Promise<GroupReply>;
  /**
   * The form to put a scene in `place` with, for a text that only the bot read; in a route, its menu. Null: the
   * text asks for something else.
   */
  sessionForm(place: SessionPlace, text: string): View | null;
  /** One press on a team session. Nobody's vote leaves with the reply, but to the one who gave it. */
  session(turn: SessionTurn): Promise<SessionReply>;
  /** What to show where the `post` of a reply to this turn could not be posted. */
  sessionNotPosted(turn: SessionTurn, why: NotPosted): Promise<SessionReply>;
}

/** A conversation of several people. */
export interface SessionPlace {
  readonly platform: Platform;
  readonly tenant: string;
  /** Without a thread suffix. */
  readonly channel: string;
}

export interface GroupTurn {
  readonly place: SessionPlace;
  /** Null where the message cannot be read. */
  readonly text: string | null;
  /** The platform's id of this message. */
  readonly eventId: string;
}

export type GroupReply =
  /** This message was answered before. */
  { readonly show: "nothing" } | { readonly show: "view"; readonly view: View };

export interface SessionTurn {
  readonly place: SessionPlace;
  /** The id of who pressed. */
  readonly user: string;
  readonly press: SessionPress;
  readonly inputs: Inputs;
}

export interface SessionReply {
  /** What happened, in a few words, for the one who pressed only. */
  readonly told: View;
  /** The scene's card as that person sees it from now on, where the platform shows everybody their own. */
  readonly card: View;
  /** What the pressed message becomes for everybody; null: it stays as it is. */
  readonly message: View | null;
  /** To be posted in the same conversation. */
  readonly post: View | null;
  /** Once `message` and `post` are done, the conversation itself shows what happened. */
  readonly inSight: boolean;
}

/** `notInvited`: the bot may not write there; `unsure`: it may have been posted all the same. */
export type NotPosted = "notInvited" | "notPosted" | "unsure";

export interface PersonTurn {
  readonly address: Address;
  /**
   * How administrators know this person: the Entra object id in Teams, where the activity has one; nothing in
   * Slack. For rights only: it is never stored, logged or shown.
   */
  readonly alias: string | null;
  readonly event: Event;
  /** The message whose place the room takes, where the platform shows rooms so: from now on the live door. */
  readonly pressedOn?: MessageRef | null;
  /** The platform's id of this delivery, for events it may deliver twice; null where a press is idempotent itself. */
  readonly eventId: string | null;
}

export type PersonReply =
  /** This delivery was handled before: answer the platform, show nothing. */
  | { readonly show: "nothing" }
  | {
      readonly show: "view";
      /** For a surface that leaves no message behind. */
      readonly room: View;
      /** For a message: never private. */
      readonly door: View;
      /** The room has ended: the door it was opened from takes this neutral state too. */
      readonly ended: boolean;
      /** The live door of this conversation, if one is known. */
      readonly live: MessageRef | null;
      /** Earlier messages of the bot in this chat that are to say nothing any more, and what they become. */
      readonly stale: { readonly messages: readonly MessageRef[]; readonly view: View } | null;
    };

/** Who pressed in a channel: the id and name on the platform, and how administrators know them, where that is known. */
export interface Presser {
  readonly user: string;
  readonly alias: string | null;
  readonly name: string;
}

export interface DeskTurn {
  readonly platform: Platform;
  readonly tenant: string;
  /** Who pressed. */
  readonly by: Presser;
  /** The channel the press came from, without a thread suffix. */
  readonly channel: string;
  readonly press: DeskPress;
  readonly inputs: Inputs;
}

export interface RouteTurn {
  readonly place: SessionPlace;
  /** Who pressed. */
  readonly by: Presser;
  readonly press: RoutePress;
  readonly inputs: Inputs;
}

export interface DeskReply {
  readonly view: View;
  /** `door`: the view is the card's own new state, and every copy is being updated. `room`: only for who pressed. */
  readonly surface: "room" | "door";
}

/** A platform's adapter, as the composition root sees it. */
export interface Adapter {
  readonly channel: Channel;
  /** Adds the platform's endpoints to the server. */
  mount(server: Server): void;
  /** Opens what needs opening (Socket Mode). */
  start(): Promise<void>;
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>;
}

/** The store stayed busy: answer 503 and let the platform try again. */
export class Overloaded extends Error {
  readonly code = "overloaded";
  constructor() {
    super("overloaded");
    this.name = "Overloaded";
  }
}
