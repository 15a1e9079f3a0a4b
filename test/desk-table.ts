import { openDelivery } from "../bots/deliveries.ts";
import type { View } from "../cards/view.ts";
import type { CaseRow } from "../cases/case.ts";
import type { DeskPress } from "../cases/desk.ts";
import { openDesk } from "../cases/desk-record.ts";
import { openMessage, openName } from "../cases/report.ts";
import type { Sealed } from "../cases/seal.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import { type AdviserId, type Case, colleague, type Pressed, people, type RouteId } from "./desk-model.ts";
import { offeredOn, toldDesk, toldReporter } from "./desk-told.ts";
import type { Kept } from "./fakes/recording-channel.ts";
import { Adviser, buttonOf, patiently, Reporter } from "./fakes/view-person.ts";
import { anotherOf, type Bot, type Database, someOrganisation, startBot, type Tables } from "./world.ts";

/** Every word that only the advisers of a case's route may read. */
export const canary = "kanariegeel briefje op mijn bureau";

const account = {
  fatima: { teams: "0f8fad5b-d9cb-469f-a165-70867728950e" },
  joost: { teams: "7c9e6679-7425-40de-944b-e07fc1f90ae7" },
  sanne: { slack: "U0SANNE" },
  mo: { slack: "U0MO" },
} as const;

const ids = ["fatima", "joost", "sanne", "mo"] as const;

/** Two processes on one database, the advisers of both routes, and one case at a time. */
export class DeskTable {
  readonly bot: Bot;
  readonly #advisers: Readonly<Record<keyof typeof people, Adviser>>;
  readonly #database: Database;
  #reporters = 0;

  private constructor(bot: Bot, other: Bot, database: Database) {
    this.bot = bot;
    this.#database = database;
    const seat = (at: Bot, who: AdviserId) =>
      new Adviser(at, people[who].route, people[who].name, Object.values(account[who])[0]);
    this.#advisers = {
      fatima: seat(bot, "fatima"),
      joost: seat(other, "joost"),
      sanne: seat(bot, "sanne"),
      mo: seat(other, "mo"),
      stranger: new Adviser(bot, people.stranger.route, people.stranger.name, "somebody-else"),
    };
  }

  static async on(database: Database): Promise<DeskTable> {
    const advisers = ids.map((who) => ({
      name: people[who].name,
      route: people[who].route,
      account: account[who],
    }));
    const bot = await startBot({ database, organisation: someOrganisation({ advisers }) });
    return new DeskTable(bot, await anotherOf(bot, database), database);
  }

  /** Somebody else sends a report; its card stands in the first route. */
  async sent(): Promise<OpenCase> {
    this.#reporters += 1;
    const reporter = new Reporter(this.bot, `29:anna-nr-${this.#reporters}`);
    const { number } = await reporter.report({ story: canary });
    await this.bot.deliver();
    const tables = await this.tables();
    const id = String(tables.cases?.find((one) => one.number === number)?.id);
    return { id, number, reporter };
  }

  tables(): Promise<Tables> {
    return this.#database.tables();
  }

  /** What is stored of a case, opened, in the words of the model. */
  seen({ id }: OpenCase, tables: Tables): Case {
    const { ring } = this.bot.world;
    const keys = tables.case_keys?.find((one) => one.case === id);
    const row = { ...tables.cases?.find((one) => one.id === id), ...keys } as unknown as CaseRow;
    const withdrawn = row.state === "withdrawn";
    const desk = openDesk(ring, row);
    const nameOf = (name: string | null | undefined) => ids.find((who) => people[who].name === name) ?? null;
    const hashed = (who: AdviserId) => ring.lookup("adviser", `id:${people[who].id}`);
    const holder = nameOf(desk.holder?.name);
    // What is sealed and what is compared must speak of the same person.
    if (row.holder !== (holder && hashed(holder))) throw new Error("whose it is, is said in two ways");
    return {
      state: row.state,
      route: row.route as RouteId,
      left: desk.left as RouteId[],
      version: row.version,
      holder,
      acknowledged: row.acknowledgedAt !== null,
      read: row.readAt !== null,
      named: !withdrawn && openName(ring, row) !== null,
      acts: desk.acts.map(({ by, what, to }) => `${nameOf(by.name)} ${what}${to ? ` to ${nameOf(to)}` : ""}`),
      notes: desk.notes.map(({ by, text }) => `${nameOf(by.name)} ${formIn(text)}`),
      messages: (tables.messages ?? [])
        .filter((one) => one.case === id)
        .sort((a, b) => Number(a.seq) - Number(b.seq))
        .map(({ author, nonceHash, text }) => {
          return `${author} ${formIn(openMessage(ring, row, String(nonceHash), text as Sealed))}`;
        }),
      recorded: formIn(desk.appointment),
      closedFor: desk.closedFor as Case["closedFor"],
      held: row.holdReason as Case["held"],
    };
  }

  /** What was queued between two looks, of whichever case. */
  queued(before: Tables, after: Tables): readonly string[] {
    const known = new Set(before.outbox?.map(({ id }) => id));
    const added = (after.outbox ?? []).filter(({ id }) => !known.has(id));
    return added
      .map((row) => openDelivery(this.bot.world.ring, { id: String(row.id), sealed: String(row.sealed) }))
      .map((one) => {
        if (one.kind === "reporterPing") return `${one.kind} ${one.about}`;
        return one.kind === "caseLeft" ? `${one.kind} ${one.route}` : one.kind;
      })
      .sort();
  }

  /**
   * The press as the button has it that people see now. Where none offers it, as an old button had it: what is
   * not allowed must be refused, whatever somebody still has on a screen.
   */
  async drawn(theCase: OpenCase, now: Case, pressed: Pressed): Promise<Delivered> {
    const { who, what, form } = pressed;
    const { id, reporter } = theCase;
    const text = textOf(form);
    if (who === "anna") {
      const typed: Inputs =
        what === "say" ? { text } : what === "giveName" ? { name: "An", consent: ["yes"] } : {};
      const page = { say: "thread", giveName: "naming", withdraw: "withdrawing" }[what as "say"];
      const nonce = { nonce: nonceOf(form) };
      const old = { do: what, case: id, ...(what === "say" && nonce) } as Press;
      if (offeredOn(now, pressed) === null) return { press: old, inputs: typed };
      const looks = page === "thread" ? { do: page, case: id } : { do: "case", case: id, page };
      const { room } = await reporter.send(looks as Press);
      return { press: { ...buttonOf(room, what), ...(what === "say" && nonce) } as Press, inputs: typed };
    }
    const adviser = this.#advisers[who];
    const { cases } = await this.tables();
    const closedAt = Number(cases?.find((one) => one.id === id)?.closedAt ?? 0);
    const old = this.#old(id, now, pressed, closedAt);
    const inputs = inputsOf(pressed);
    const page = who === "stranger" ? null : offeredOn(now, pressed);
    if (page === null) return { press: old, inputs };
    const { view } = await adviser.send({ case: id, ...page } as DeskPress);
    const offered = view.buttons.map(({ press }) => press).filter((press) => press?.do === old.do);
    // A form that is drawn again has another nonce; everything else is on one of the buttons as it should be.
    const one = offered.find((press) => same({ ...press, ...("nonce" in old && { nonce: old.nonce }) }, old));
    if (!one) throw new Error(`${what} of a ${now.state} case is not offered: ${JSON.stringify(offered)}`);
    return { press: old, inputs };
  }

  /** Delivers it, as often as it takes where everybody presses at once; returns what was told. */
  async press(theCase: OpenCase, { who, form }: Pressed, { press, inputs }: Delivered): Promise<string> {
    if (who === "anna") {
      const shown = await patiently(() => theCase.reporter.send(press as Press, inputs));
      return toldReporter(shown.room);
    }
    const reply = await patiently(() => this.#advisers[who].send(press as DeskPress, inputs));
    const { language } = this.#routeOf(who);
    const told = toldDesk(reply, language, textOf(form));
    if (/^refused not(YourRoute|Listed)|moved$/.test(told))
      expect(namesCase(reply.view, theCase)).toBe(false);
    return told;
  }

  /** What stands on the case for this adviser: the card, as it is drawn when the room is shut. */
  async card({ id }: OpenCase, who: AdviserId): Promise<View> {
    return (await this.#advisers[who].send({ do: "desk.shut", case: id })).view;
  }

  /** What this adviser reads on the case and on the pages of work. */
  async reads({ id }: OpenCase, who: AdviserId): Promise<readonly View[]> {
    const sees = async (press: DeskPress) => (await this.#advisers[who].send(press)).view;
    return [await sees({ do: "desk.open", case: id }), await sees({ do: "desk.work", case: id })];
  }

  /** Every message in a route's channel, with all its states. */
  keptIn(route: RouteId): readonly Kept[] {
    const channels = Object.values(this.bot.channels);
    return channels.flatMap(({ kept }) => kept).filter(({ to }) => to === route);
  }

  #routeOf(who: keyof typeof people) {
    const found = this.bot.world.organisation.routes.find(({ id }) => id === people[who].route);
    if (!found) throw new Error("no such route");
    return found;
  }

  #old(id: string, now: Case, { what, form, from }: Pressed, closedAt: number): DeskPress {
    const hashed = from && this.bot.world.ring.lookup("adviser", `id:${people[from].id}`);
    const to = now.left[0] ?? (now.route === "advisers" ? "external" : "advisers");
    const press = {
      write: {},
      replyNothing: { do: "desk.reply", nonce: nonceOf(form) },
      reply: { nonce: nonceOf(form) },
      reopenPage: { do: "desk.write", reopen: closedAt },
      reopen: { do: "desk.reply", nonce: nonceOf(form), reopen: closedAt },
      reopenLate: { do: "desk.reply", nonce: nonceOf(form), reopen: 1 },
      closeForNothing: { do: "desk.close" },
      takeOver: { do: "desk.take", ...(hashed && { from: hashed }) },
      takeLate: { do: "desk.take", from: hashed ?? "a-hash-of-nobody" },
      options: { do: "desk.work" },
      notePage: { do: "desk.work", page: "note" },
      recordPage: { do: "desk.work", page: "record" },
      handPage: { do: "desk.work", page: "hand" },
      conflictPage: { do: "desk.work", page: "conflict" },
      handToUnknown: { do: "desk.handTo" },
      handToSelf: { do: "desk.handTo" },
      note: { nonce: nonceOf(form) },
      noteNothing: { do: "desk.note", nonce: nonceOf(form) },
      recordBadDate: { do: "desk.record" },
      move: { to },
      moveNowhere: { do: "desk.move", to: "no-such-route" },
      moveBack: { do: "desk.move", to: now.left[0] ?? now.route },
      holdForNothing: { do: "desk.hold" },
    }[what as "write"];
    return { do: `desk.${what}`, case: id, ...press } as DeskPress;
  }
}

/** A case at the table. */
export interface OpenCase {
  readonly id: string;
  readonly number: string;
  readonly reporter: Reporter;
}

/** Whether anything on it tells which case it is, or what was reported. */
export function namesCase(view: View | undefined, { id, number }: OpenCase): boolean {
  const all = JSON.stringify(view);
  return [id, number, canary].some((word) => all.includes(word));
}

/** A press on its way to the bot. */
export interface Delivered {
  readonly press: DeskPress | Press;
  readonly inputs: Inputs;
}

/** What was filled in; whatever an action needs, and nothing besides. */
function inputsOf({ who, what, form }: Pressed): Inputs {
  switch (what) {
    case "reply":
    case "reopen":
    case "reopenLate":
    case "note":
      return { text: textOf(form) };
    case "close":
      return { reason: "settled" };
    case "closeForNothing":
      return { reason: "" };
    case "handTo":
      return { adviser: people[colleague[who as AdviserId] ?? "joost"].id };
    case "handToUnknown":
      return { adviser: "nobody-of-here" };
    case "handToSelf":
      return { adviser: people[who as AdviserId].id };
    case "record":
      return { appointment: textOf(form) };
    case "recordBadDate":
      return { appointment: textOf(form), aftercareOn: "2026-02-30" };
    case "hold":
      return { reason: "procedure", days: "90" };
    default:
      return {};
  }
}

/** What was written on a form, which says which one it was. */
function textOf(form: string): string {
  return `Woorden van ${form}`;
}

function formIn(text: string): string {
  return text.replace("Woorden van ", "");
}

function nonceOf(form: string): string {
  return `nonce-${form}`;
}

function same(one: unknown, other: object): boolean {
  return JSON.stringify(sortedKeys(one as object)) === JSON.stringify(sortedKeys(other));
}

function sortedKeys(of: object) {
  return Object.entries(of).sort(([a], [b]) => a.localeCompare(b));
}
