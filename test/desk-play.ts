import type { View } from "../cards/view.ts";
import { type CaseMove, type CaseState, after as moveFrom } from "../cases/case.ts";
import {
  type Action,
  type Case,
  closingsOf,
  fresh,
  type Outcome,
  outcomeOf,
  type Pressed,
  type RouteId,
  type Who,
} from "./desk-model.ts";
import { canary, type Delivered, type DeskTable, namesCase, type OpenCase } from "./desk-table.ts";
import { cardFor, cardOf, stateOnCard } from "./desk-told.ts";
import type { Tables } from "./world.ts";

export const advisersOf = { advisers: ["fatima", "joost"], external: ["sanne", "mo"] } as const;
export const otherRoute = { advisers: "external", external: "advisers" } as const;

/** The moves of a case by what is pressed; nothing else changes its state but the reporter's withdrawing. */
const moveOf: Readonly<Partial<Record<Action, CaseMove>>> = {
  acknowledge: "acknowledge",
  reply: "reply",
  reopen: "reopen",
  reopenLate: "reopen",
  close: "close",
  say: "say",
  giveName: "giveName",
};

/** A press and how it is delivered; the same one may be delivered again. */
export interface Sent {
  readonly pressed: Pressed;
  readonly delivered: Delivered;
}

let forms = 0;

/** One case in play, beside the model of it: whatever is pressed, the two must go on saying the same. */
export class Play {
  readonly #table: DeskTable;
  readonly #case: OpenCase;
  /** How everything stood after what was looked at last. */
  #before: Tables;
  /** The state as the card in the channel says it; the reporter's messages are said below the card only. */
  #stateOnCard: CaseState = "received";
  #cardWaits = false;
  /** Whether its card stands in the route where it is now: to one that was withdrawn before, none comes. */
  #cardStands = true;
  /** How many times something in the other route named the case: what stood there before it left. */
  #namedElsewhere = 0;
  /** What the model has of it. */
  now: Case = fresh;
  /** Every press of those who may, by the state that it met. */
  readonly tried: Set<string>;

  private constructor(table: DeskTable, theCase: OpenCase, before: Tables, tried: Set<string>) {
    this.#table = table;
    this.#case = theCase;
    this.#before = before;
    this.tried = tried;
  }

  static async begin(table: DeskTable, tried = new Set<string>()): Promise<Play> {
    const theCase = await table.sent();
    return new Play(table, theCase, await table.tables(), tried);
  }

  /** Leads a new case to a state, in a route, at an adviser or nobody. */
  static async at(
    table: DeskTable,
    tried: Set<string>,
    { state, route, held }: { readonly state: CaseState; readonly route: RouteId; readonly held: boolean },
  ): Promise<Play> {
    const play = await Play.begin(table, tried);
    const [one, two] = advisersOf[route];
    if (route === "external") await play.press("joost", "move");
    if (held) await play.press(two, "take");
    const way: Readonly<Record<CaseState, readonly (readonly [Who, Action])[]>> = {
      received: [],
      acknowledged: [[one, "acknowledge"]],
      waiting: [[two, "reply"]],
      conversation: [
        [one, "acknowledge"],
        ["anna", "say"],
      ],
      closed: [[one, "close"]],
      withdrawn: [["anna", "withdraw"]],
    };
    for (const [who, what] of way[state]) await play.press(who, what);
    expect(play.now.state).toBe(state);
    await play.deliver();
    return play;
  }

  /** A press as somebody begins it now: on a button that is drawn now, with a form of its own. */
  async begun(who: Who, what: Action): Promise<Sent> {
    const { now } = this;
    forms += 1;
    const [one, two] = advisersOf[now.route];
    const late = now.holder === one ? two : one;
    const from = what === "takeOver" ? now.holder : what === "takeLate" ? late : null;
    const closing = closingsOf(now) - (what === "reopenLate" ? 1 : 0);
    const pressed: Pressed = { who, what, form: `form-${forms}`, from, closing };
    return { pressed, delivered: await this.#table.drawn(this.#case, now, pressed) };
  }

  async press(who: Who, what: Action): Promise<Sent> {
    const sent = await this.begun(who, what);
    await this.deliverAtOnce([sent]);
    return sent;
  }

  /** One press, or several at the same moment: what comes of it must be what comes of some order of them. */
  async deliverAtOnce(sent: readonly Sent[]): Promise<void> {
    const { now } = this;
    const presses = sent.map(({ pressed }) => pressed);
    const told = await Promise.all(
      sent.map(({ pressed, delivered }) => this.#table.press(this.#case, pressed, delivered)),
    );
    const tables = await this.#table.tables();
    const known = new Set(this.#before.audit?.map((row) => JSON.stringify(row)));
    const audit = (tables.audit ?? []).filter((row) => !known.has(JSON.stringify(row)));
    const real = {
      told,
      after: this.#table.seen(this.#case, tables),
      queued: this.#table.queued(this.#before, tables),
      audit: audit.map(({ code }) => String(code)).sort(),
    };
    const allowed = permutations(presses).map((order) => inOrder(now, presses, order));
    if (!allowed.some((one) => same(one, real)))
      expect({ now, presses, real }).toEqual({ now, presses, real: allowed[0] });
    for (const { who, what } of presses)
      if (who === "anna" || advisersOf[now.route].some((one) => one === who))
        this.tried.add(`${now.state} ${what}`);
    this.#leavesTheRestAlone(tables, real.after, presses);
    goesOnlyForward(now, real.after.state, presses);
    this.now = real.after;
    this.#before = tables;
    if (real.queued.some((kind) => kind.startsWith("caseCard"))) this.#cardWaits = true;
    if (real.after.route !== now.route) {
      this.#namedElsewhere = this.#namedIn(now.route);
      this.#cardStands = false;
    }
    this.#table.bot.clock.advance(1000);
  }

  /** What is refused changes nothing but the audit log, and what is not changes no other case. */
  #leavesTheRestAlone(tables: Tables, after: Case, presses: readonly Pressed[]): void {
    const { id } = this.#case;
    if (after.version !== this.now.version) {
      const others = ({ cases, case_keys, messages }: Tables) => ({
        cases: cases?.filter((row) => row.id !== id),
        case_keys: case_keys?.filter((row) => row.case !== id),
        messages: messages?.filter((row) => row.case !== id),
      });
      expect(others(tables)).toEqual(others(this.#before));
      return;
    }
    // That it was opened is noted, and what a reporter looks at is kept in the conversation.
    const opens = presses.some(({ what }) => what === "open");
    const spoke = presses.some(({ who }) => who === "anna");
    const rest = ({ audit: _, conversations, ...all }: Tables) => ({
      ...all,
      conversations: spoke ? [] : conversations,
      cases: all.cases?.map((row) => (opens && row.id === id ? { ...row, readAt: null } : row)),
    });
    expect(rest(tables)).toEqual(rest(this.#before));
  }

  /** The card as both advisers of the route see it. */
  async cardsAgree(): Promise<void> {
    const { route } = this.now;
    const [one, two] = advisersOf[route];
    const card = await this.#table.card(this.#case, one);
    expect(cardOf(card, route)).toEqual(cardFor(this.now));
    expect(await this.#table.card(this.#case, two)).toEqual(card);
  }

  /**
   * Sends what waits. Then the card in the channel is the one that its advisers see, they read all of the case, and
   * nothing of it is left, or was added, in the route that it left (P9).
   */
  async deliver(): Promise<void> {
    await this.#table.bot.deliver();
    const { now } = this;
    if (this.#cardWaits) this.#stateOnCard = now.state;
    this.#cardWaits = false;
    const [one] = advisersOf[now.route];
    const cards = this.#table
      .keptIn(now.route)
      .filter(({ views, under }) => under === null && namesCase(views.at(-1), this.#case));
    this.#cardStands ||= now.state !== "withdrawn";
    expect(cards).toHaveLength(this.#cardStands ? 1 : 0);
    const drawn = await this.#table.card(this.#case, one);
    if (cards[0]) expect(cards[0].views.at(-1)).toEqual(stateOnCard(drawn, now.route, this.#stateOnCard));
    for (const { views } of this.#table.keptIn(otherRoute[now.route]))
      expect(namesCase(views.at(-1), this.#case)).toBe(false);
    expect(this.#namedIn(otherRoute[now.route])).toBe(this.#namedElsewhere);
    if (now.read && now.state !== "withdrawn") {
      const all = JSON.stringify(await this.#table.reads(this.#case, one));
      expect(all).toContain(canary);
      const notes = now.state === "closed" ? [] : now.notes.slice(-3);
      for (const written of [...now.messages, ...notes]) expect(all).toContain(written.split(" ")[1]);
    }
    this.#before = await this.#table.tables();
  }

  #namedIn(route: RouteId): number {
    const views: readonly View[] = this.#table.keptIn(route).flatMap((one) => one.views);
    return views.filter((view) => namesCase(view, this.#case)).length;
  }
}

/** A state moves as `cases/case.ts` has it; a closed case is opened by writing alone, and from withdrawn nothing leads on. */
function goesOnlyForward(
  { state: from, acknowledged }: Case,
  to: CaseState,
  presses: readonly Pressed[],
): void {
  let reached: readonly CaseState[] = [from];
  // Whether it was acknowledged by then depends on which of the presses came first.
  const met = acknowledged ? [{ acknowledgedAt: 0 }] : [{ acknowledgedAt: 0 }, { acknowledgedAt: null }];
  for (const _ of presses) {
    const on = reached.flatMap((state) =>
      presses.flatMap(({ what }) => {
        const move = moveOf[what];
        if (what === "withdraw") return ["withdrawn" as const];
        return met.map((when) => (move && moveFrom(state, move, when)) ?? state);
      }),
    );
    reached = [...reached, ...on];
  }
  expect(reached).toContain(to);
  if (from === "withdrawn") expect(to).toBe("withdrawn");
  const wrote = presses.some(({ what }) => what === "reopen" || what === "reopenLate" || what === "say");
  if (from === "closed" && !wrote) expect(["closed", "withdrawn"]).toContain(to);
}

/** What the model says where the presses come in this order; told to each in the order of `presses`. */
function inOrder(now: Case, presses: readonly Pressed[], order: readonly Pressed[]) {
  const told = new Map<Pressed, string>();
  let after = now;
  const queued: string[] = [];
  const audit: string[] = [];
  for (const pressed of order) {
    const outcome: Outcome = outcomeOf(after, pressed);
    after = outcome.after;
    told.set(pressed, outcome.told);
    queued.push(...outcome.queued);
    audit.push(...outcome.audit);
  }
  return {
    told: presses.map((one) => told.get(one)),
    after,
    queued: queued.sort(),
    audit: audit.sort(),
  };
}

function permutations<T>(of: readonly T[]): readonly (readonly T[])[] {
  if (of.length < 2) return [of];
  return of.flatMap((first) =>
    permutations(of.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
