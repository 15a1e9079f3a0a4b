import type { Address } from "../../bots/ports.ts";
import { type DeskReply, type DeskTurn, Overloaded, type PersonReply } from "../../bots/turns.ts";
import type { Input, Part, View } from "../../cards/view.ts";
import type { DeskPress } from "../../cases/desk.ts";
import type { RoutePress } from "../../cases/route-press.ts";
import type { Inputs, Press } from "../../dialogs/core/event.ts";
import { type Bot, tenants } from "../world.ts";

/**
 * People at views, before any platform's layout. Stricter than a platform: a press on a button or an option
 * that the view does not offer is an error in the test.
 */

type Shown = Extract<PersonReply, { show: "view" }>;

/** Answers by question id; what is not given is skipped, or gets the first option where it cannot be. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** One reporter in one private chat. */
export class Reporter {
  readonly address: Address;
  /** Every view that was drawn for this person, rooms and doors. */
  readonly views: View[] = [];
  /** The process this person's presses come to. */
  bot: Bot;
  /** What administrators know this person by. */
  alias: string | null = null;
  /** The press that sent a report, to be sent again later. */
  sent: Press = { do: "menu" };
  #room: View | null = null;

  constructor(bot: Bot, user: string) {
    this.bot = bot;
    const { teams: tenant } = tenants;
    this.address = {
      platform: "teams",
      tenant,
      user,
      conversation: `a:${user}`,
      serviceUrl: "https://smba.trafficmanager.net/emea/",
      bot: "28:bot",
    };
  }

  /** What the person looks at now. */
  get room(): View {
    if (!this.#room) throw new Error("nothing was shown yet");
    return this.#room;
  }

  async say(text: string, eventId: string | null = null): Promise<PersonReply> {
    return this.#turn({ type: "text", text }, eventId);
  }

  /** A press as a platform would pass it on, whether or not a button for it is on the screen. */
  async send(press: Press, inputs: Inputs = {}): Promise<Shown> {
    const reply = await this.#turn({ type: "press", press, inputs }, null);
    if (reply.show === "nothing") throw new Error("a press was taken for a repeat");
    return reply;
  }

  /** Presses the button in the room that does this. */
  async press<Do extends Press["do"]>(what: Do, inputs: Inputs = {}): Promise<View> {
    for (const [id, value] of Object.entries(inputs)) mustOffer(this.room, id, value);
    return (await this.send(this.button(what), inputs)).room;
  }

  /** The button in the room that does this, as it would be sent. */
  button<Do extends Press["do"]>(what: Do): Extract<Press, { do: Do }> {
    return buttonOf(this.room, what) as Extract<Press, { do: Do }>;
  }

  /** From the menu to check-your-answers. */
  async fillIn(answers: Answers = {}): Promise<View> {
    await this.say("hallo");
    await this.send({ do: "start", flow: "report" });
    return this.goOn(answers);
  }

  /** Answers questions until there are none. */
  async goOn(answers: Answers = {}): Promise<View> {
    const given: Answers = { aboutAdviser: "no", identity: "pseudonymous", ...answers };
    for (;;) {
      const at = this.room.buttons.find(({ press }) => press?.do === "answer");
      if (at?.press?.do !== "answer") return this.room;
      const answer = given[at.press.question];
      const input = this.room.inputs.find(({ id }) => id === "answer");
      if (answer !== undefined) await this.press("answer", { answer: copy(answer) });
      else if (this.room.buttons.some(({ press }) => press?.do === "skip")) await this.press("skip");
      else await this.press("answer", input ? { answer: first(input) } : {});
    }
  }

  /** Reads check-your-answers to its end. */
  async readOn(): Promise<View> {
    for (;;) {
      const on = this.room.buttons.find(({ press }) => press?.do === "look");
      if (on?.press === undefined || this.room.inputs.length > 0) return this.room;
      await this.send(on.press as Press);
    }
  }

  /** A whole report, to the moment it is sent. */
  async report(answers: Answers = {}): Promise<{ readonly number: string; readonly receipt: string }> {
    await this.fillIn(answers);
    await this.readOn();
    const sent = await this.press("send");
    return { number: numberOn(sent), receipt: codeOn(sent) };
  }

  /** Opens the newest report's thread. */
  async openThread(): Promise<View> {
    await this.send({ do: "reports" });
    return this.press("thread");
  }

  async #turn(event: Parameters<Bot["turns"]["person"]>[0]["event"], eventId: string | null) {
    const reply = await this.bot.turns.person({ address: this.address, alias: this.alias, event, eventId });
    if (reply.show === "view") {
      this.#room = reply.room;
      this.views.push(reply.room, reply.door);
    }
    return reply;
  }
}

/** One adviser in one channel. */
export class Adviser {
  readonly at: { readonly platform: "teams" | "slack"; readonly tenant: string; readonly channel: string };
  readonly bot: Bot;
  readonly who: DeskTurn["by"];

  /** `alias`: what administrators know this adviser by, which may stand in the organisation file. */
  constructor(bot: Bot, route: string, name = "Fatima El Idrissi", alias: string | null = null) {
    const found = bot.world.organisation.routes.find(({ id }) => id === route);
    if (!found) throw new Error("no such route");
    const { platform, tenant, channel } = found;
    this.at = { platform, tenant, channel };
    this.bot = bot;
    this.who = { user: `29:adviser:${name}`, alias, name };
  }

  /** A press; whoever closes has chosen why, unless `inputs` say otherwise. */
  send(press: DeskPress, inputs: Inputs = {}, from: Partial<Adviser["at"]> = {}): Promise<DeskReply> {
    const filled = press.do === "desk.close" ? { reason: "settled", ...inputs } : inputs;
    return this.bot.turns.desk({ by: this.who, ...this.at, ...from, press, inputs: filled });
  }

  /** A press on what the route offers beside its cases. */
  async sendRoute(press: RoutePress, inputs: Inputs = {}): Promise<View> {
    const place = { platform: this.at.platform, tenant: this.at.tenant, channel: this.at.channel };
    return (await this.bot.turns.route({ by: this.who, place, press, inputs })).view;
  }
}

/** What a person does who is told that it is too busy: again. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Overloaded)) throw error;
    }
  }
}

/** All words of a view. */
export function wordsOf(view: View): string {
  return JSON.stringify(view);
}

/** The press of the first button that does this. */
export function buttonOf(view: View, what: string): View["buttons"][number]["press"] {
  const button = view.buttons.find(({ press }) => press?.do === what);
  if (!button) throw new Error(`no "${what}"; there are: ${view.buttons.map(({ press }) => press?.do)}`);
  return button.press;
}

/** The case number on the view that says "sent"; a receipt may have the look of one in it. */
export function numberOn(view: View): string {
  return /"value":"(V-\w{5})"/.exec(wordsOf(view))?.[1] ?? "";
}

/** The receipt on a view. */
export function codeOn(view: View): string {
  const code = view.body.find((part): part is Extract<Part, { type: "code" }> => part.type === "code");
  return code?.text ?? "";
}

function mustOffer(view: View, id: string, value: string | readonly string[]): void {
  const input = view.inputs.find((one) => one.id === id);
  if (!input) throw new Error(`no input "${id}"; there are: ${view.inputs.map((one) => one.id)}`);
  if (input.type === "text" || input.type === "date") return;
  const offered = input.options.map((option) => option.value);
  for (const option of [value].flat())
    if (!offered.includes(option)) throw new Error(`no option "${option}"; there are: ${offered}`);
}

function first(input: Input): string {
  if (input.type === "date") return "2027-03-01";
  return input.type === "text" ? "iets" : (input.options[0]?.value ?? "");
}

function copy(answer: string | readonly string[]): string | string[] {
  return typeof answer === "string" ? answer : [...answer];
}
