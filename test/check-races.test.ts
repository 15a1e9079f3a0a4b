import fc from "fast-check";
import { nextReminder } from "../bots/check-reminders.ts";
import { openCheck, personIn } from "../bots/check-rows.ts";
import { openDelivery } from "../bots/deliveries.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { View } from "../cards/view.ts";
import type { Sealed } from "../cases/seal.ts";
import { type Check, currentRound } from "../dialogs/check/check.ts";
import { Comparison } from "../dialogs/check/compare.ts";
import type { CheckPress } from "../dialogs/check/press.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import { begins, joins } from "./check-steps.ts";
import { codeOn, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** Two people over two processes at the same moments, and what is sent or swept meanwhile. */

const note = (id: string) => content.words("nl").say(`check.notes.${id}`);
const due = Date.parse("2026-06-10T08:00:00Z");
const day = 86_400_000;
const wish = { owner: "Sanne", due: "2026-06-10", done: "open", remind: ["yes"] };

/** A check of two people, each on a process of their own. */
interface Together {
  readonly people: { readonly anna: Reporter; readonly joost: Reporter };
  readonly id: string;
  readonly code: string;
}

const moves = ["finish", "reopen", "again", "recheck", "leave", "join"] as const;
const step = fc.record({
  who: fc.constantFrom("anna" as const, "joost" as const),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("save" as const, "agree" as const) },
    { weight: 5, arbitrary: fc.constantFrom(...moves) },
    { weight: 1, arbitrary: fc.constant("destroy" as const) },
  ),
  question: fc.constantFrom("policyWritten", "codeExamples"),
  verdict: fc.constantFrom("yes", "partly", "no"),
  /** Whether the form is looked at anew before it is saved. */
  looks: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function pressOf(one: Step, { id: check, code }: Together, revision: number, words: string) {
  const made = (press: CheckPress, inputs: Inputs = {}) => ({ press, inputs });
  switch (one.what) {
    case "save":
      return made(
        { do: "check.save", check, form: "policy-1", revision, go: "overview" },
        { [`v.${one.question}`]: one.verdict, [`n.${one.question}`]: words },
      );
    case "agree":
      return made({ do: "check.agree", check, question: one.question, revision }, wish);
    case "again":
      return made({ do: "check.again", check, round: crypto.randomUUID() });
    case "recheck":
      return made({ do: "check.recheck", check, on: one.verdict !== "no" });
    case "join":
      return made({ do: "check.join" }, { code, role: "hr" });
    default:
      return made({ do: `check.${one.what}`, check });
  }
}

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  async function stored(id: string): Promise<Check | null> {
    const row = await bot.world.store.transaction((tx) => tx.findCheck(id));
    return row && openCheck(bot.world.ring, row);
  }
  async function together(run = ""): Promise<Together> {
    const anna = new Reporter(bot, `29:anna${run}`);
    const joost = new Reporter(other, `29:joost${run}`);
    await begins(anna);
    const { check: id } = anna.button("check.share");
    await anna.press("check.share");
    const code = codeOn(anna.room);
    await joins(joost, code);
    return { people: { anna, joost }, id, code };
  }
  async function agrees(person: Reporter, { id: check }: Together): Promise<void> {
    const revision = (await stored(check))?.revision ?? 0;
    await person.send({ do: "check.agree", check, question: "policyWritten", revision }, wish);
    expect(person.room.note).toBe(note("agreed"));
  }
  /** Who is to be reminded of what of one check, one line a row of the outbox. */
  async function waiting(id: string): Promise<readonly string[]> {
    const found = (await rows("outbox")).map((row) =>
      openDelivery(bot.world.ring, { id: String(row.id), sealed: String(row.sealed) }),
    );
    return found
      .flatMap((one) => (one.kind === "checkReminder" && one.check === id ? [one] : []))
      .map(({ person, of }) => `${person} ${of.about === "action" ? of.question : of.about}`)
      .sort();
  }
  /** Who asked to be reminded of what that still is to come. */
  function wanted(check: Check): readonly string[] {
    const now = bot.clock.now();
    const { plan } = currentRound(check);
    const actions = Object.entries(plan).flatMap(([question, { remind }]) =>
      nextReminder(check, { about: "action", question }, now) === null
        ? []
        : remind.map((person) => `${person} ${question}`),
    );
    return [...actions, ...check.recheck.map((person) => `${person} recheck`)].sort();
  }
  const posted = () => bot.channels.teams.kept.length;

  test("nothing accepted is lost unsaid; who left sees nothing; what was destroyed is gone", async () => {
    let run = 0;
    const bursts = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(bursts, async (bursts) => {
        run += 1;
        const check = await together(String(run));
        const seen = { anna: 1, joost: 1 };
        let before: Check | null = await stored(check.id);
        for (const [nr, burst] of bursts.entries()) {
          const said = await Promise.all(
            burst.map(async (one, place) => {
              if (one.looks && before) seen[one.who] = before.revision;
              const words = `woord ${nr}.${place}`;
              const { press, inputs } = pressOf(one, check, seen[one.who], words);
              const { room } = await patiently(() => check.people[one.who].send(press, inputs));
              return { ...one, words, room };
            }),
          );
          const after = await stored(check.id);
          isKept(before, after, said);
          await isSeenByItsPeople(check, after);
          expect(await waiting(check.id)).toEqual(after ? wanted(after) : []);
          before = after;
        }
        if (!before) expect((await joins(check.people.anna, check.code)).note).toBe(note("noSuchCode"));
      }),
      { numRuns: 25 },
    );
  }, 180_000);

  type Said = Step & { readonly words: string; readonly room: View };

  /** What somebody was told was kept is there, and what was refused is not. */
  function isKept(before: Check | null, after: Check | null, said: readonly Said[]): void {
    const destroyed = said.some(({ room }) => room.note === note("destroyed"));
    expect(after === null).toBe(before === null || destroyed);
    if (!before || !after) return;
    // Once another round begins, only what counts is kept of the one before.
    const again = currentRound(before).id !== currentRound(after).id;
    for (const { what, question, words, room } of said) {
      if (what !== "save") continue;
      const given = after.rounds.flatMap(({ answers }) => answers[question] ?? []);
      const kept = given.find(({ note }) => note === words);
      if (room.note === note("saved") && !again) expect(kept?.aside).toBe(false);
      else if (room.note === note("late") && !again) expect(kept?.aside).toBe(true);
      else if (room.note === note("gone") || room.note === note("finished")) expect(kept).toBeUndefined();
    }
  }

  async function isSeenByItsPeople({ people, id }: Together, check: Check | null): Promise<void> {
    for (const person of Object.values(people)) {
      const isIn = check !== null && personIn(bot.world.ring, id, check, person.address) !== undefined;
      const { room } = await patiently(() => person.send({ do: "check.open", check: id }));
      if (isIn) expect(room.title).toBe("Kliniek Noord");
      else {
        expect(room.note).toBe(note("gone"));
        expect(wordsOf(room)).not.toContain("Kliniek Noord");
      }
    }
  }

  describe("a reminder that is due", () => {
    test("comes, though somebody saves something else at that moment", async () => {
      const check = await together();
      const { anna, joost } = check.people;
      await agrees(anna, check);
      await agrees(joost, check);
      for (const moment of [due - 7 * day, due]) {
        bot.clock.at = moment + 60_000;
        const before = posted();
        for (const person of [anna, joost]) {
          await person.send({ do: "check.form", check: check.id });
          await person.press("check.save", { "n.policyWritten": `${person.address.user} ${moment}` });
        }
        await bot.deliver();
        expect(posted() - before).toBe(2);
      }
      expect(await rows("outbox")).toEqual([]);
    });

    test.each(["check.destroy", "check.leave"] as const)(
      "is not left behind by %s meanwhile",
      async (what) => {
        for (let nr = 0; nr < 6; nr += 1) {
          bot.clock.at = due - 30 * day;
          const check = await together(String(nr));
          const { anna, joost } = check.people;
          await agrees(joost, check);
          bot.clock.at = due - 7 * day;
          const before = posted();
          const who = what === "check.leave" ? joost : anna;
          const press = { do: what, check: check.id } as const;
          await Promise.all([bot.deliver(), patiently(() => who.send(press))]);
          expect(posted() - before).toBeLessThanOrEqual(1);
          expect(await waiting(check.id)).toEqual([]);
          const after = posted();
          bot.clock.at = due + day;
          await bot.deliver();
          expect(posted()).toBe(after);
        }
        const lanes = await rows("lanes");
        expect(lanes).toEqual([]);
      },
    );

    test("of what was answered better since says nothing", async () => {
      const check = await together();
      const { anna } = check.people;
      await agrees(anna, check);
      await anna.send({ do: "check.form", check: check.id });
      await anna.press("check.save", { "v.policyWritten": "yes", "n.policyWritten": "vastgesteld" });
      bot.clock.at = due - 7 * day;
      await bot.deliver();
      expect(posted()).toBe(0);
    });

    test("to check again outlives a round that a colleague begins, and one that was reopened", async () => {
      const check = await together();
      const { anna, joost } = check.people;
      const press = (person: Reporter, what: "finish" | "reopen") =>
        person.send({ do: `check.${what}`, check: check.id });
      await press(anna, "finish");
      await press(anna, "reopen");
      const { room } = await joost.send({ do: "check.recheck", check: check.id, on: true });
      expect(room.note).toBe(note("reminderOn"));
      await press(anna, "finish");
      await anna.send({ do: "check.again", check: check.id, round: crypto.randomUUID() });
      bot.clock.advance(200 * day);
      await bot.deliver();
      expect(posted()).toBe(0);
      await press(anna, "finish");
      bot.clock.advance(190 * day);
      await bot.deliver();
      expect(posted()).toBe(1);
    });
  });

  test("a save and a sweep at the same moment: it is saved and stays, or it is gone and said to be", async () => {
    for (let nr = 0; nr < 8; nr += 1) {
      const check = await together(String(nr));
      const { anna } = check.people;
      await anna.send({ do: "check.form", check: check.id });
      const save = anna.button("check.save");
      bot.clock.advance(1097 * day);
      const [{ room }] = await Promise.all([
        patiently(() => anna.send(save, { "n.policyWritten": "op het laatste moment" })),
        sweep(other.world),
      ]);
      const after = await stored(check.id);
      // The chat may have been forgotten with it.
      expect(after !== null).toBe(room.buttons.some((button) => button.press?.do === "check.save"));
      if (after) expect(JSON.stringify(after)).toContain("op het laatste moment");
      if (after) await anna.send({ do: "check.destroy", check: check.id });
    }
  });

  test("many who finish at once are each counted once", async () => {
    const managers = Array.from({ length: 12 }, (_, nr) => new Reporter(nr % 2 ? bot : other, `29:m${nr}`));
    for (const manager of managers) {
      await begins(manager);
      await manager.press("check.outcome");
    }
    await Promise.all(managers.map((manager) => patiently(() => manager.press("check.finish"))));
    const row = await bot.world.store.transaction((tx) => tx.findComparison("all"));
    const opened = bot.world.ring.open("comparison", "comparison:all", row?.sealed as Sealed);
    const { since, units } = Comparison.parse(JSON.parse(opened));
    expect([since.length, units]).toEqual([2, 10]);
  });
});
