import type { MessageRef } from "../../../bots/ports.ts";
import type { SlackWords } from "../../../bots/slack/adapter.ts";
import type { DeskReply, DeskTurn, PersonReply, PersonTurn, RouteTurn, Turns } from "../../../bots/turns.ts";
import type { View } from "../../../cards/view.ts";
import { view } from "../view.ts";

export const words: SlackWords = {
  title: "Vertrouwd",
  close: "Sluiten",
  loading: view("Een moment", { buttons: [] }),
  trouble: view("Er ging iets mis"),
};

export interface RecordingTurns extends Turns {
  readonly persons: PersonTurn[];
  readonly desks: DeskTurn[];
  readonly routes: RouteTurn[];
  readonly doors: MessageRef[];
}

/** Turns that answer as told and remember what they were asked. */
export function recordingTurns(
  answers: {
    readonly person?: (turn: PersonTurn) => PersonReply | Promise<PersonReply>;
    readonly desk?: (turn: DeskTurn) => DeskReply | Promise<DeskReply>;
  } = {},
): RecordingTurns {
  const persons: PersonTurn[] = [];
  const desks: DeskTurn[] = [];
  const routes: RouteTurn[] = [];
  const doors: MessageRef[] = [];
  return {
    persons,
    desks,
    routes,
    doors,
    async person(turn) {
      persons.push(turn);
      return answers.person?.(turn) ?? reply(view("Kamer"), view("Deur"));
    },
    async desk(turn) {
      desks.push(turn);
      return answers.desk?.(turn) ?? { view: view("Melding"), surface: "room" };
    },
    async doorPosted(_address, door) {
      const earlier = doors.at(-1) ?? null;
      doors.push(door);
      return { earlier, view: view("Verder hieronder", { buttons: [] }) };
    },
    async route(turn) {
      routes.push(turn);
      const buttons = [{ label: "2026", press: { do: "stats.year", year: 2026 } }] as const;
      return { view: view("Cijfers", { buttons }), surface: "room" };
    },
    inGroup: async () => ({ show: "view", view: view("Stuur mij een direct bericht") }),
    sessionForm: () => null,
    session: () => Promise.reject(new Error("no session expected")),
    sessionNotPosted: () => Promise.reject(new Error("no session expected")),
  };
}

export function reply(
  room: View,
  door: View,
  over: Partial<Pick<Extract<PersonReply, { show: "view" }>, "ended" | "live" | "stale">> = {},
): PersonReply {
  return {
    show: "view",
    room,
    door,
    ended: over.ended ?? false,
    live: over.live ?? null,
    stale: over.stale ?? null,
  };
}
