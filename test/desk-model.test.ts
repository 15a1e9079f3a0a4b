import fc from "fast-check";
import { type Action, actions, deskActions, reporterActions, type Who } from "./desk-model.ts";
import { advisersOf, otherRoute, Play, type Sent } from "./desk-play.ts";
import { DeskTable } from "./desk-table.ts";
import { type Database, onBothDatabases } from "./world.ts";

/** Everything that can be pressed on a case, in every state, one by one and at once, beside `desk-model.ts`. */

const states = ["received", "acknowledged", "conversation", "waiting", "closed", "withdrawn"] as const;

const isReporters = (what: Action) => (reporterActions as readonly Action[]).includes(what);

/** Whose turn it is, as seen from where the case is. */
type Seat = "one" | "two" | "elsewhere" | "stranger" | "anna";
const step = (seats: readonly Seat[], whats: readonly Action[]) =>
  fc.record({ seat: fc.constantFrom(...seats), what: fc.constantFrom(...whats) });

/** Somebody presses something: mostly what lets the case go on. */
const onePress = fc.oneof(
  {
    weight: 12,
    arbitrary: step(
      ["one", "two"],
      deskActions.filter((what) => what !== "close" && what !== "move"),
    ),
  },
  { weight: 6, arbitrary: step(["one", "two"], ["take", "takeOver", "handTo", "reply", "note"]) },
  { weight: 5, arbitrary: step(["anna"], ["say", "giveName"]) },
  { weight: 2, arbitrary: step(["one", "two", "elsewhere", "stranger"], deskActions) },
  { weight: 2, arbitrary: step(["one"], ["move"]) },
  { weight: 1, arbitrary: step(["two"], ["close"]) },
  { weight: 1, arbitrary: step(["anna"], ["withdraw"]) },
);
/** What makes something of it that a colleague may make something else of. */
const atOnce = [
  "acknowledge",
  "reply",
  "close",
  "take",
  "handTo",
  "note",
  "move",
  "say",
  "withdraw",
] as const;
/** What happens next: presses at one moment, among them one that was delivered before; or what waits is sent. */
const moment = fc.oneof(
  { weight: 5, arbitrary: fc.record({ presses: fc.tuple(onePress), again: fc.constant(null) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      presses: fc.array(onePress, { minLength: 1, maxLength: 2 }),
      again: fc.option(fc.nat(30)),
    }),
  },
  { weight: 2, arbitrary: fc.constant("deliver" as const) },
);

onBothDatabases((fresh) => {
  let database: Database;
  let table: DeskTable;

  beforeEach(async () => {
    database = await fresh();
    table = await DeskTable.on(database);
  });
  afterEach(async () => {
    for (const channel of Object.values(table.bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  // Backwards, too: what was pressed before decides whose the case is, and what is recorded of it.
  test.each([
    { route: "advisers", held: false, all: actions, others: ["sanne", "stranger"] },
    { route: "external", held: true, all: [...actions].reverse(), others: ["fatima"] },
  ] as const)(
    "every press in every state, and what changed something twice: $route, taken: $held",
    async (sweep) => {
      const tried = new Set<string>();
      const { route, held, all, others } = sweep;
      const [who] = advisersOf[route];
      for (const state of states) {
        let play = await Play.at(table, tried, { state, route, held });
        for (const what of all) {
          if (play.now.state !== state || play.now.route !== route)
            play = await Play.at(table, tried, { state, route, held });
          if (!isReporters(what)) for (const other of others) await play.press(other, what);
          const { version } = play.now;
          const sent = await play.press(isReporters(what) ? "anna" : who, what);
          if (play.now.version === version) continue;
          await play.deliverAtOnce([sent]);
          await play.cardsAgree();
          await play.deliver();
        }
      }
      const wanted = states.flatMap((state) => actions.map((what) => `${state} ${what}`));
      expect(wanted.filter((pair) => !tried.has(pair))).toEqual([]);
    },
  );

  test("whatever advisers and reporter press, in turn and at once, again and too late", async () => {
    const who = (play: Play, seat: Seat): Who => {
      const { route } = play.now;
      if (seat === "one" || seat === "two") return advisersOf[route][seat === "one" ? 0 : 1];
      return seat === "elsewhere" ? advisersOf[otherRoute[route]][0] : seat;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 8, maxLength: 20 }), async (moments) => {
        const play = await Play.begin(table);
        const earlier: Sent[] = [];
        for (const next of moments) {
          if (next === "deliver") {
            await play.deliver();
            continue;
          }
          const sent: Sent[] = [];
          for (const { seat, what } of next.presses) sent.push(await play.begun(who(play, seat), what));
          const repeated = next.again === null ? undefined : earlier.at(-1 - next.again);
          await play.deliverAtOnce(repeated ? [...sent, repeated] : sent);
          await play.cardsAgree();
          earlier.push(...sent);
        }
        await play.deliver();
      }),
      { numRuns: 25 },
    );
  });

  // From one state, in which everything can be done; the walks above do the same from wherever they come.
  test("any two at the same moment are one after the other, and each is told what became of theirs", async () => {
    for (const [nr, first] of atOnce.entries()) {
      for (const other of atOnce.slice(nr)) {
        if (isReporters(first) && isReporters(other)) continue;
        const play = await Play.begin(table);
        const sent = [
          await play.begun(isReporters(first) ? "anna" : "fatima", first),
          await play.begun(isReporters(other) ? "anna" : "joost", other),
        ];
        await play.deliverAtOnce(sent);
        await play.cardsAgree();
        // Both are delivered once more, at once.
        await play.deliverAtOnce(sent);
        await play.deliver();
      }
    }
  });
});
