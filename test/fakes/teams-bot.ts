import { jest } from "@jest/globals";
import restify from "restify";
import { createLog } from "../../bots/log.ts";
import type { MessageRef } from "../../bots/ports.ts";
import { createTeams, type TeamsSettings } from "../../bots/teams/adapter.ts";
import type {
  DeskReply,
  DeskTurn,
  GroupReply,
  PersonReply,
  PersonTurn,
  RouteTurn,
  SessionReply,
  Turns,
} from "../../bots/turns.ts";
import { type BareTeams, bareSettings, places } from "./teams.ts";
import { type TeamsPerson, teamsPerson } from "./teams-person.ts";
import { view } from "./view.ts";

/** What the adapter asked, in order; answers can be set. */
export class Recorder implements Turns {
  readonly persons: PersonTurn[] = [];
  readonly desks: DeskTurn[] = [];
  readonly routes: RouteTurn[] = [];
  readonly posted: MessageRef[] = [];
  reply: Partial<Extract<PersonReply, { show: "view" }>> = {};
  seen = new Set<string>();
  failure: Error | null = null;
  earlier: MessageRef | null = null;
  surface: "room" | "door" = "door";

  async person(turn: PersonTurn): Promise<PersonReply> {
    this.persons.push(turn);
    if (this.failure) throw this.failure;
    if (turn.eventId !== null) {
      if (this.seen.has(turn.eventId)) return { show: "nothing" };
      this.seen.add(turn.eventId);
    }
    const room = view("The room", { privacy: "private" });
    return {
      show: "view",
      room,
      door: view("The door"),
      ended: false,
      live: null,
      stale: null,
      ...this.reply,
    };
  }
  async doorPosted(_address: unknown, door: MessageRef) {
    this.posted.push(door);
    return { earlier: this.earlier, view: view("It went on below") };
  }
  async desk(turn: DeskTurn) {
    this.desks.push(turn);
    if (this.failure) throw this.failure;
    return {
      view: view("The case", { privacy: this.surface === "room" ? "private" : "neutral" }),
      surface: this.surface,
    };
  }
  async route(turn: RouteTurn): Promise<DeskReply> {
    this.routes.push(turn);
    return { view: view("Numbers"), surface: "room" };
  }
  async inGroup(): Promise<GroupReply> {
    return { show: "view", view: view("Message me directly") };
  }
  sessionForm(): null {
    return null;
  }
  async session(): Promise<SessionReply> {
    throw this.failure ?? new Error("no session expected");
  }
  sessionNotPosted(): Promise<SessionReply> {
    return this.session();
  }
  get asked(): number {
    return this.persons.length + this.desks.length + this.routes.length;
  }
}

/** The Teams adapter alone, on a server, with people before it. */
export interface Bot {
  readonly turns: Recorder;
  readonly teams: BareTeams;
  readonly url: string;
  readonly anna: TeamsPerson;
  readonly adviser: TeamsPerson;
  readonly logged: string[];
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it; `over` changes its settings. */
export async function startBot(over: Partial<TeamsSettings> = {}): Promise<Bot> {
  const teams = await bareSettings(over);
  const turns = new Recorder();
  const logged: string[] = [];
  const log = createLog("silent");
  log.level = "info";
  Object.assign(log, {
    warn: (entry: object) => logged.push(JSON.stringify(entry)),
    error: (entry: object) => logged.push(JSON.stringify(entry)),
  });
  const adapter = createTeams(teams.settings, { turns, log, credentials: teams.credentials });
  const server = restify.createServer();
  adapter.mount(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    turns,
    teams,
    url,
    logged,
    anna: teamsPerson(url, teams, { user: "29:anna", conversation: places.person, type: "personal" }),
    adviser: teamsPerson(url, teams, {
      user: "29:vera",
      conversation: `${places.channel};messageid=1`,
      type: "channel",
    }),
    stop: () => adapter.stop(),
    async close() {
      await adapter.stop();
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await teams.close();
    },
  };
}

/** Stands in everything a person types or fills in. */
export const canary = "kanarie-9f2c";

/** The SDK writes on the console about bad tokens; that must not hold this. */
export function quietConsole(secret: string): void {
  const consoled: string[] = [];
  beforeAll(() => {
    jest.spyOn(globalThis.console, "error").mockImplementation((...said: unknown[]) => {
      consoled.push(said.map(String).join(" "));
    });
  });
  afterAll(() => expect(consoled.join("\n")).not.toContain(secret));
}
