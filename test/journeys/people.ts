import type { Platform } from "../../bots/ports.ts";
import type { AdaptiveCard } from "../../cards/adaptive-card.ts";
import { buttonsOf, pressOf } from "../fakes/card.ts";
import type { Person, ShownMessage } from "../fakes/slack.ts";
import { appId, type StoredMessage, tenant, wordsOn } from "../fakes/teams.ts";
import { type Json, type TeamsPerson, teamsPerson } from "../fakes/teams-person.ts";
import { channels, type RouteId, type Stage } from "./service.ts";

export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** A party on Teams can also press what a card says that stands elsewhere. */
export interface TeamsParty extends Party {
  /** The card of the open room. */
  room(): AdaptiveCard;
  pressOn(card: AdaptiveCard, label: string, filled?: Filled): Promise<string>;
}

/** One person at one place of a platform, so that a journey reads the same on both. */
export interface Party {
  readonly platform: Platform;
  /** Everything by which the platform, or anyone on it, could tell who this is; of an adviser, but for the name. */
  readonly traces: readonly string[];
  /** What the platform calls this person to others. */
  readonly called: string;
  /** What each message of the bot says here now, oldest first. */
  messages(): readonly string[];
  /** What the person looks at: the open room, or else the newest message. */
  shows(): string;
  /** Comes to the bot: `/vertrouwd` in Slack, a word in Teams. */
  enter(): Promise<string>;
  say(text: string): Promise<string>;
  /** Asks the bot where others read along: by a mention in Teams, by the command in Slack. */
  ask(text: string): Promise<string>;
  /** Presses a button in the room or, where it has none such, on the newest message that has it. */
  press(label: string, filled?: Filled): Promise<string>;
  /** Presses a button on the newest message that has it, with no room open. */
  pressOutside(label: string, filled?: Filled): Promise<string>;
  /** Resolves when a message says this. */
  sees(words: string): Promise<string>;
  /** Everything that rooms ever showed this person, as the platform was given it. */
  readonly rooms: readonly string[];
}

/** Somebody who reports, in a private chat with the bot. `name` makes the ids of one unlike another's. */
export function reporter(stage: Stage, botUrl: string, platform: Platform, name = "anna"): Party {
  if (platform === "slack") {
    const person = stage.slack.person(`U0${name.toUpperCase()}REPORTS`);
    const dm = `D${person.id.slice(1)}`;
    return slackParty(stage, person, dm, [person.id, person.name, dm]);
  }
  const user = `29:${name}-reports`;
  const conversation = `a:1${name}-personal`;
  const { connector } = stage.teams;
  connector.addPersonal(conversation);
  const client = teamsPerson(botUrl, stage.teams, { user, conversation, type: "personal" });
  const { from } = client.message("") as { from: { name: string; aadObjectId: string } };
  return teamsParty(
    stage,
    client,
    conversation,
    [user, conversation, from.name, from.aadObjectId],
    from.name,
  );
}

/** An adviser in a route's channel. */
export function adviser(stage: Stage, botUrl: string, route: RouteId = "advisers"): Party {
  return inRoute(stage, botUrl, route, vera);
}

/** Somebody who still has a route's channel before them, and is not in it any more. */
export function formerAdviser(stage: Stage, botUrl: string): Party {
  return inRoute(stage, botUrl, "advisers", otto);
}

function inRoute(stage: Stage, botUrl: string, route: RouteId, who: Account): Party {
  const place = stage.routes[route];
  if (place === undefined) throw new Error(`the organisation has no route ${route}`);
  const channel = channels[route][place.platform];
  if (place.platform === "teams") return inTeamsChannel(stage, botUrl, channel, who);
  const person = stage.slack.person(who.slack);
  return slackParty(stage, person, channel, [person.id]);
}

/** By which an organisation file can say who she is. */
export const accountsOfVera = {
  teams: "00000000-0000-4000-8000-0000000000dd",
  slack: "U0VERAADVISER",
} as const;

interface Account {
  /** What the bot calls them in Teams. */
  readonly user: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly slack: string;
}

/** Like nobody who reports: a name or an account that is found beside a case is an adviser's. */
const vera: Account = {
  user: "29:vera-advises",
  name: "Vera Raadsma",
  aadObjectId: accountsOfVera.teams,
  slack: accountsOfVera.slack,
};

const otto: Account = {
  user: "29:otto-advised",
  name: "Otto Vroeger",
  aadObjectId: "00000000-0000-4000-8000-0000000000ee",
  slack: "U0OTTOADVISED",
};

/** Somebody in any Teams channel, with the bot's buttons of other places at hand. */
export function inTeamsChannel(
  stage: Stage,
  botUrl: string,
  channel: string,
  { user, name, aadObjectId }: Account = vera,
): TeamsParty {
  const conversation = `${channel};messageid=1`;
  const at = { user, name, aadObjectId, conversation, type: "channel" } as const;
  const client = teamsPerson(botUrl, stage.teams, at);
  return teamsParty(stage, client, channel, [user, aadObjectId], name);
}

function teamsParty(
  { teams: { connector } }: Stage,
  client: TeamsPerson,
  place: string,
  traces: readonly string[],
  called: string,
): TeamsParty {
  const rooms: string[] = [];
  let room: { readonly card: AdaptiveCard; readonly over: string } | null = null;
  const seen = () => connector.messages(place);
  const withButton = (label: string): StoredMessage => {
    const found = seen().findLast(({ card }) => buttonsOf(card).includes(label));
    if (found === undefined) throw new Error(`no message has a button "${label}"`);
    return found;
  };

  async function pressCard(card: AdaptiveCard, over: string, label: string, filled: Filled): Promise<string> {
    const answer = await client.post(client.invoke(pressOf(card, label, filled), { replyToId: over }));
    if (answer.status !== 200) throw new Error(`Teams was answered ${answer.status}`);
    if (answer.card !== null) {
      room = { card: answer.card, over };
      rooms.push(answer.text);
    }
    return party.shows();
  }

  async function sent(message: Json): Promise<string> {
    const before = seen().length;
    const { status } = await client.post(message);
    if (status !== 200) throw new Error(`Teams was answered ${status}`);
    await connector.until(() => seen().length > before);
    room = null;
    return party.shows();
  }

  const party: TeamsParty = {
    room() {
      if (room === null) throw new Error("no room is open");
      return room.card;
    },
    platform: "teams",
    traces,
    called,
    messages: () => seen().map(({ words }) => words),
    shows: () => (room === null ? (seen().at(-1)?.words ?? "") : wordsOn(room.card)),
    enter: () => party.say("hallo"),
    say: (text) => sent(client.message(text)),
    ask: (text) =>
      sent(
        client.message(`<at>Vertrouwd</at> ${text}`, {
          // A post of its own: what it is an answer to, nobody here has written.
          conversation: { id: place, tenantId: tenant, conversationType: "channel", isGroup: true },
          entities: [{ type: "mention", mentioned: { id: `28:${appId}`, name: "Vertrouwd" } }],
        }),
      ),
    press: (label, filled = {}) =>
      room !== null && buttonsOf(room.card).includes(label)
        ? pressCard(room.card, room.over, label, filled)
        : party.pressOutside(label, filled),
    pressOn: (card, label, filled = {}) => pressCard(card, "1", label, filled),
    pressOutside(label, filled = {}) {
      const { card, id } = withButton(label);
      return pressCard(card, id, label, filled);
    },
    async sees(words) {
      await connector.until(() => party.messages().some((message) => message.includes(words)));
      return party.messages().findLast((message) => message.includes(words)) ?? "";
    },
    rooms,
  };
  return party;
}

function slackParty({ slack }: Stage, person: Person, place: string, traces: readonly string[]): Party {
  const rooms: string[] = [];
  const remember = (): string => {
    const open = slack.workspace.modals.get(person.id) ?? [];
    if (open.length > 0) rooms.push(JSON.stringify(open.map(({ view }) => view)));
    return party.shows();
  };
  const said = ({ text, buttons }: { text: string; buttons: readonly string[] }) =>
    [text, ...buttons].join("\n");
  const withButton = (label: string): ShownMessage => {
    const found = person.messages(place).findLast(({ buttons }) => buttons.includes(label));
    if (found === undefined) throw new Error(`no message has a button "${label}"`);
    return found;
  };

  const party: Party = {
    platform: "slack",
    traces,
    called: person.name,
    messages: () => person.messages(place).map(said),
    shows: () => said(person.hasModal() ? person.modal() : (person.messages(place).at(-1) ?? nothing)),
    async enter() {
      await person.command();
      return remember();
    },
    async say(text) {
      await person.say(text);
      return party.messages().at(-1) ?? "";
    },
    async ask(text) {
      if (person.hasModal()) await person.close();
      await person.command(text, place);
      return remember();
    },
    async press(label, filled = {}) {
      if (!person.hasModal() || !person.modal().buttons.includes(label))
        return party.pressOutside(label, filled);
      person.fill(filled);
      await person.press(label, "modal");
      return remember();
    },
    async pressOutside(label) {
      if (person.hasModal()) await person.close();
      await person.press(label, withButton(label));
      return remember();
    },
    async sees(words) {
      return slack.until(`a message that says ${words}`, () =>
        party.messages().findLast((message) => message.includes(words)),
      );
    },
    rooms,
  };
  return party;
}

const nothing = { text: "", buttons: [] };
