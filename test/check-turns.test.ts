import { recheckMonths } from "../bots/check-reminders.ts";
import { openCheck } from "../bots/check-rows.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import type { View } from "../cards/view.ts";
import type { Check } from "../dialogs/check/check.ts";
import { questionsFor } from "../dialogs/check/questions.ts";
import type { Press } from "../dialogs/core/event.ts";
import { begins, fillsIn, joins, setting } from "./check-steps.ts";
import { codeOn, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
} from "./world.ts";

/** The check through real turns, on both databases: who may, filling it in together, reminders, and how it ends. */

const canary = "kanariegeel kluisje in gang drie";
const day = 86_400_000;
const say = (key: string, params = {}) => content.words("nl").say(key, params);
const note = (id: string) => say(`check.notes.${id}`);

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  let anna: Reporter;
  let joost: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    joost = new Reporter(other, "29:joost");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  /** The only check there is, as it is stored. */
  async function stored(): Promise<Check> {
    const [row] = await bot.world.store.transaction((tx) => tx.everyCheck());
    if (!row) throw new Error("no check");
    return openCheck(bot.world.ring, row);
  }

  describe("who may", () => {
    async function asks(check: object): Promise<string> {
      const organisation = someOrganisation({ check });
      const strict = await startBot({ database, organisation });
      const person = new Reporter(strict, "29:piet");
      await person.say("hallo");
      return wordsOf((await person.send({ do: "checks" })).room);
    }

    test("everybody, where the file says nothing", async () => {
      await anna.say("hallo");
      expect(wordsOf((await anna.send({ do: "checks" })).room)).toContain(
        say("check.hub.text").split("\n")[0],
      );
    });

    test("nobody: a friendly word, and the ways that are there for everybody", async () => {
      const shown = await asks({ may: "nobody" });
      expect(shown).toContain(say("check.refused.notAllowed.title"));
      expect(shown).toContain(say("common.buttons.bystander"));
      expect(shown).toContain(say("common.buttons.find"));
      expect(shown).not.toContain("check.new");
    });

    test("those in a list", async () => {
      const may = { people: [{ platform: "teams", tenant: "tenant-one", user: "29:piet" }] };
      expect(await asks({ may })).toContain(say("check.buttons.begin"));
      const others = { people: [{ platform: "teams", tenant: "tenant-one", user: "29:klaas" }] };
      expect(await asks({ may: others })).toContain(say("check.refused.notAllowed.title"));
    });

    test("who was let in and may no longer, gets nothing of a check they took part in", async () => {
      await begins(anna);
      const id = (anna.button("check.form") as { check: string }).check;
      const organisation = someOrganisation({ check: { may: "nobody" } });
      anna.bot = await anotherOf(bot, database, { organisation });
      for (const press of [
        { do: "check.open", check: id },
        { do: "check.outcome", check: id },
        { do: "check.document", check: id },
        { do: "check.join" },
        { do: "language", language: "en" },
      ] satisfies Press[]) {
        const shown = wordsOf((await anna.send(press)).room);
        expect(shown).not.toContain("Kliniek Noord");
      }
      expect((await stored()).people).toHaveLength(1);
    });

    test("before the introduction nothing is begun (P1)", async () => {
      const shown = (await anna.send({ do: "checks" })).room;
      expect(shown.title).toBe(say("common.intro.title"));
      expect((await database.tables()).checks).toEqual([]);
    });
  });

  describe("filling it in", () => {
    test("only the questions that apply, a few at a time, until all are answered", async () => {
      const first = await begins(anna);
      expect(first.title).toBe("Kliniek Noord");
      const end = await fillsIn(anna, "partly", "staat op intranet");
      expect(end.note).toBe(note("saved"));
      const asked = questionsFor(setting).length;
      expect(wordsOf(end)).toContain(say("check.overview.progress", { answered: asked, asked }));
      const { rounds } = await stored();
      expect(Object.keys(rounds[0]?.answers ?? {}).sort()).toEqual(
        questionsFor(setting)
          .map(({ id }) => id)
          .sort(),
      );
    });

    test("a repeated press begins one check, and a repeated form saves once", async () => {
      await anna.say("hallo");
      await anna.send({ do: "checks" });
      await anna.press("check.new");
      const begin = anna.button("check.begin");
      const inputs = { unit: "Noord", ...setting, role: "hr", name: "" };
      await Promise.all([1, 2, 3].map(() => patiently(() => anna.send(begin, inputs))));
      expect((await database.tables()).checks).toHaveLength(1);
      await anna.press("check.form");
      const save = anna.button("check.save");
      const filled = { "v.policyWritten": "yes", "n.policyWritten": "intranet" };
      await anna.send(save, filled);
      const before = await stored();
      await anna.send(save, filled);
      expect(await stored()).toEqual(before);
    });

    test("is there days later, on another process, and after the rest of the chat was forgotten", async () => {
      await begins(anna);
      await anna.press("check.form");
      await anna.press("check.save", { "v.policyWritten": "yes", "n.policyWritten": canary });
      bot.clock.advance(30 * day);
      await sweep(bot.world);
      anna.bot = other;
      await anna.say("gedragscode");
      await anna.send({ do: "checks" });
      const open = await anna.press("check.open");
      expect(open.title).toBe("Kliniek Noord");
      await anna.press("check.form");
      // Two of its questions are still open.
      expect(wordsOf(anna.room)).toContain(canary);
      await anna.press("check.save", { "v.codeExamples": "no" });
    });

    test("typed words lead on, and nothing of the check stands in a message", async () => {
      await begins(anna, { unit: canary });
      const typed = await anna.say("verder");
      if (typed.show !== "view") throw new Error("nothing was shown");
      expect(typed.door.privacy).toBe("neutral");
      expect(wordsOf(typed.door)).not.toContain(canary);
      expect(wordsOf(typed.room)).toContain(canary);
      const again = await anna.say("check gedragscode");
      expect(again.show === "view" && wordsOf(again.door)).not.toContain(canary);
    });

    test("nothing is in the clear in the database or the log", async () => {
      await begins(anna, { unit: canary, name: `Naam ${canary}` });
      await fillsIn(anna, "no", canary);
      await anna.press("check.outcome");
      await anna.press("check.finish");
      expect(JSON.stringify(await database.tables())).not.toContain(canary);
      expect(await database.bytes()).not.toContain(canary);
      expect(bot.logged.join("\n")).not.toContain(canary);
      expect(JSON.stringify(await database.tables())).not.toContain("29:anna");
    });
  });

  describe("two people", () => {
    async function together(): Promise<void> {
      await begins(anna);
      await anna.press("check.share");
      const shown = await joins(joost, codeOn(anna.room));
      expect(shown.note).toBe(note("joined"));
      await anna.press("check.open");
    }

    test("fill in one form at once: nothing is lost, and each sees who answered what", async () => {
      await together();
      await anna.press("check.form");
      await joost.press("check.form");
      // Different questions of one form, in two processes, at the same moment.
      await Promise.all([
        patiently(() =>
          anna.press("check.save", { "v.policyWritten": "yes", "n.policyWritten": "intranet" }),
        ),
        patiently(() => joost.press("check.save", { "v.codeExamples": "no", "n.codeExamples": "nog niet" })),
      ]);
      const answers = (await stored()).rounds[0]?.answers ?? {};
      expect(answers.policyWritten?.at(-1)).toMatchObject({ verdict: "yes", note: "intranet", by: "p1" });
      expect(answers.codeExamples?.at(-1)).toMatchObject({ verdict: "no", note: "nog niet", by: "p2" });
      await anna.send({ do: "check.form", check: idOf(anna), form: "policy-1" });
      expect(wordsOf(anna.room)).toContain("Joost (");
    });

    test("answer the same question differently: the second is told, keeps the words, and decides", async () => {
      await together();
      await anna.press("check.form");
      await joost.press("check.form");
      await anna.press("check.save", { "v.policyWritten": "yes", "n.policyWritten": "intranet" });
      const late = await joost.press("check.save", { "v.policyWritten": "no", "n.policyWritten": canary });
      expect(late.note).toBe(note("late"));
      const field = late.inputs.find(({ id }) => id === "n.policyWritten");
      expect(field?.type === "text" && field.value).toBe(canary);
      expect(wordsOf(late)).toContain("Sanne (");
      expect((await stored()).rounds[0]?.answers.policyWritten?.at(-1)).toMatchObject({
        aside: true,
        note: canary,
      });
      await joost.press("check.save", { "v.policyWritten": "no", "n.policyWritten": canary });
      expect((await stored()).rounds[0]?.answers.policyWritten?.at(-1)).toMatchObject({
        aside: false,
        verdict: "no",
        by: "p2",
      });
    });

    test("many forms at once from both sides end with every answer that was not told to be late", async () => {
      await together();
      const forms = ["policy-1", "policy-2", "policy-3", "risk-1", "risk-2", "adviser-1"];
      const opened = new Map<string, { readonly press: Press; readonly ids: readonly string[] }>();
      for (const form of forms) {
        await anna.send({ do: "check.form", check: idOf(anna), form });
        const ids = anna.room.inputs.filter(({ type }) => type === "choice").map(({ id }) => id);
        opened.set(form, { press: anna.button("check.save"), ids });
      }
      const saves = forms.flatMap((form, nr) => {
        const { press, ids } = opened.get(form) as { press: Press; ids: readonly string[] };
        return [anna, joost].map((person, who) =>
          patiently(() => person.send(press, { [ids[who % ids.length] ?? ""]: nr % 2 === 0 ? "yes" : "no" })),
        );
      });
      const shown = await Promise.all(saves);
      const answers = (await stored()).rounds[0]?.answers ?? {};
      for (const [nr, form] of forms.entries())
        for (const who of [0, 1]) {
          const { ids } = opened.get(form) as { ids: readonly string[] };
          const question = (ids[who % ids.length] ?? "").slice(2);
          expect(answers[question]?.some(({ verdict }) => verdict === (nr % 2 === 0 ? "yes" : "no"))).toBe(
            true,
          );
        }
      expect(shown).toHaveLength(2 * forms.length);
    });

    test("a code that is wrong, of nothing, or tried too often opens nothing", async () => {
      await together();
      const piet = new Reporter(bot, "29:piet");
      const typo = await joins(piet, "7KQ2M-7KQ2M-7KQ2M-7KQ2N");
      expect([note("codeTypo"), note("noSuchCode")]).toContain(typo.note);
      const wrong = "00000-00000-00000-00000";
      expect((await joins(piet, wrong)).note).toBe(note("noSuchCode"));
      for (let nr = 0; nr < 12; nr += 1) await joins(piet, wrong);
      expect(piet.room.note).toBe(note("tooManyAttempts"));
      await anna.press("check.share");
      expect((await joins(piet, codeOn(anna.room))).note).toBe(note("tooManyAttempts"));
      expect((await stored()).people).toHaveLength(2);
    });

    test("somebody who only knows its id gets nothing of it", async () => {
      await together();
      const piet = new Reporter(bot, "29:piet");
      await piet.say("hallo");
      const { room } = await piet.send({ do: "check.outcome", check: idOf(anna) });
      expect(room.note).toBe(note("gone"));
      expect(wordsOf(room)).not.toContain("Kliniek Noord");
      await piet.send({ do: "check.destroy", check: idOf(anna) });
      expect((await stored()).people).toHaveLength(2);
    });

    test("who leaves gets nothing of it any more; the other goes on", async () => {
      await together();
      await joost.press("check.manage");
      const left = await joost.press("check.leave");
      expect(left.note).toBe(note("left"));
      const { room } = await joost.send({ do: "check.open", check: idOf(anna) });
      expect(room.note).toBe(note("gone"));
      expect((await anna.press("check.outcome")).title).toBe(say("check.outcome.title"));
    });
  });

  describe("the end", () => {
    test("destroyed by who began it: gone for both, with its key, and out of the files", async () => {
      await begins(anna, { unit: canary });
      await anna.press("check.share");
      await joins(joost, codeOn(anna.room));
      await anna.press("check.open");
      await anna.press("check.manage");
      await anna.press("check.destroying");
      const row = (await database.tables()).check_keys?.[0];
      const done = await anna.press("check.destroy");
      expect(done.note).toBe(note("destroyed"));
      const tables = await database.tables();
      expect(tables.checks).toEqual([]);
      expect(tables.check_keys).toEqual([]);
      expect(await database.bytes()).not.toContain(String(row?.wrappedKey));
      expect(tables.audit?.map(({ code }) => code)).toContain("check.destroyed");
      expect((await joost.send({ do: "checks" })).room.privacy).toBe("neutral");
    });

    test("destroyed when nobody has changed it for the configured time; what was sent about it goes too", async () => {
      await begins(anna);
      bot.clock.advance(1094 * day);
      expect((await sweep(bot.world)).checks).toBe(0);
      bot.clock.advance(2 * day);
      expect((await sweep(bot.world)).checks).toBe(1);
      expect((await database.tables()).checks).toEqual([]);
      bot.clock.advance(4 * day);
      await sweep(bot.world);
      expect((await database.tables()).conversations).toEqual([]);
    });
  });

  describe("follow-through", () => {
    /** A finished check with nothing in order, on the plan. */
    async function planned(): Promise<void> {
      await begins(anna);
      await fillsIn(anna, "no");
      await anna.press("check.outcome");
      await anna.press("check.finish");
      await anna.press("check.plan");
    }
    const posted = () =>
      bot.channels.teams.kept.flatMap(({ ref, views }) =>
        views.filter((view) => view.title === say("check.reminder.title")).map((view) => ({ ref, view })),
      );

    test("who asks for it is reminded a week before and on the day, at ten, on working days", async () => {
      await planned();
      await anna.press("check.action", { action: "policyWritten" });
      // A Saturday, so Friday the 10th and Friday the 3rd of April.
      const shown = await anna.press("check.agree", {
        owner: "Sanne",
        due: "2026-04-11",
        done: "open",
        remind: ["yes"],
      });
      expect(shown.note).toBe(note("agreed"));
      expect(wordsOf(shown)).toContain("11 april 2026");
      const due = async () => ((await database.tables()).outbox ?? []).map(({ dueAt }) => Number(dueAt));
      expect(await due()).toEqual([Date.parse("2026-04-03T08:00:00Z")]);
      await bot.deliver();
      expect(posted()).toEqual([]);
      bot.clock.at = Date.parse("2026-04-03T08:00:00Z");
      await bot.deliver();
      expect(posted()).toHaveLength(1);
      // Nothing of the action is in the message.
      expect(wordsOf(posted()[0]?.view as View)).not.toContain(say("questions.policyWritten.action"));
      expect(await due()).toEqual([Date.parse("2026-04-10T08:00:00Z")]);
      bot.clock.at = Date.parse("2026-04-10T08:00:00Z");
      await bot.deliver();
      expect(posted()).toHaveLength(2);
      expect(await due()).toEqual([]);
    });

    test("nobody is reminded who did not ask, of what is done, or after taking it back", async () => {
      await planned();
      const agree = async (inputs: Record<string, string | string[]>) => {
        await anna.send({ do: "check.plan", check: idOf(anna) });
        await anna.press("check.action", { action: "policyWritten" });
        await anna.press("check.agree", { owner: "Sanne", due: "2026-04-10", done: "open", ...inputs });
      };
      await agree({ remind: [] });
      expect((await database.tables()).outbox).toEqual([]);
      await agree({ remind: ["yes"] });
      expect((await database.tables()).outbox).toHaveLength(1);
      await agree({ remind: ["yes"], done: "done" });
      expect((await database.tables()).outbox).toEqual([]);
    });

    test("a colleague who moves the date moves the reminder of who asked", async () => {
      await planned();
      await anna.press("check.action", { action: "policyWritten" });
      await anna.press("check.agree", { owner: "Sanne", due: "2026-06-10", done: "open", remind: ["yes"] });
      await anna.send({ do: "check.share", check: idOf(anna) });
      await joins(joost, codeOn(anna.room));
      await joost.send({ do: "check.plan", check: idOf(anna) });
      await joost.press("check.action", { action: "policyWritten" });
      await joost.press("check.agree", { owner: "Sanne", due: "2026-04-10", done: "open", remind: [] });
      expect((await database.tables()).outbox?.map(({ dueAt }) => Number(dueAt))).toEqual([
        Date.parse("2026-04-03T08:00:00Z"),
      ]);
      bot.clock.at = Date.parse("2026-04-03T08:00:00Z");
      await bot.deliver();
      expect(posted()).toHaveLength(1);
      expect(posted()[0]?.ref.conversation).toBe(anna.address.conversation);
    });

    test("half a year later: a message for who asked, and a round that shows what changed", async () => {
      await planned();
      await anna.send({ do: "check.recheck", check: idOf(anna), on: true });
      expect(anna.room.note).toBe(note("reminderOn"));
      const [row] = (await database.tables()).outbox ?? [];
      const months = (Number(row?.dueAt) - bot.clock.at) / (30 * day);
      expect(Math.round(months)).toBe(recheckMonths);
      bot.clock.at = Number(row?.dueAt);
      await bot.deliver();
      expect(posted()).toHaveLength(1);
      await anna.send({ do: "check.open", check: idOf(anna) });
      await anna.press("check.again");
      expect(anna.room.note).toBe(note("begunAgain"));
      await anna.press("check.form");
      expect(wordsOf(anna.room)).toContain(
        say("check.form.before", { status: say("check.statuses.missing") }),
      );
      await anna.press("check.save", { "v.policyWritten": "yes", "v.codeExamples": "no" });
      const { room } = await anna.send({ do: "check.history", check: idOf(anna) });
      expect(wordsOf(room)).toContain(
        JSON.stringify(
          say("check.history.line", {
            question: say("questions.policyWritten.title"),
            before: say("check.statuses.missing"),
            now: say("check.statuses.inOrder"),
          }),
        ).slice(1, -1),
      );
      expect(wordsOf(room)).not.toContain(say("questions.codeExamples.title"));
    });

    test("a destroyed check sends nothing any more", async () => {
      await planned();
      await anna.send({ do: "check.recheck", check: idOf(anna), on: true });
      await anna.send({ do: "check.destroy", check: idOf(anna) });
      expect((await database.tables()).outbox).toEqual([]);
    });
  });

  describe("documents", () => {
    test("are offered by links that hold nothing of the check, and are made from it", async () => {
      await begins(anna, { unit: canary });
      await anna.send({ do: "check.document", check: idOf(anna) });
      const links = anna.room.buttons.flatMap((button) => (button.url === undefined ? [] : [button.url]));
      expect(links).toHaveLength(4);
      for (const link of links) {
        expect(link).toMatch(/^https:\/\/vertrouwd\.example\/d\/[\w-]{43}$/);
        expect(link).not.toContain(idOf(anna));
      }
    });

    test("are not offered where browsers cannot reach the service", async () => {
      anna.bot = await anotherOf(bot, database, { publicUrl: null });
      await begins(anna);
      await anna.send({ do: "check.document", check: idOf(anna) });
      expect(wordsOf(anna.room)).toContain(say("check.document.none"));
      expect(anna.room.buttons.some(({ url }) => url !== undefined)).toBe(false);
    });
  });

  describe("units compared", () => {
    test("for who may, from five units on, and only once five more are there", async () => {
      const user = "29:directie";
      const organisation = someOrganisation({
        check: { compare: { people: [{ platform: "teams", tenant: "tenant-one", user }] } },
      });
      const wide = await startBot({ database, organisation });
      const board = new Reporter(wide, user);
      const look = async () => {
        await board.say("hallo");
        await board.send({ do: "checks" });
        return wordsOf(await board.press("check.compare"));
      };
      for (let nr = 0; nr < 5; nr += 1) {
        expect(await look()).toContain(say("check.compare.none"));
        const manager = new Reporter(wide, `29:manager-${nr}`);
        await begins(manager, { unit: `Onderdeel ${nr}` });
        await fillsIn(manager, "no");
        await manager.press("check.outcome");
        await manager.press("check.finish");
        // Whoever may only do the check is not shown the comparison.
        const { room } = await manager.send({ do: "check.compare" });
        expect(room.title).toBe(say("check.hub.title"));
      }
      const shown = await look();
      expect(shown).toContain(say("check.compare.row", { inOrder: 0, open: 5, unknown: 0 }));
      expect(shown).not.toContain("Onderdeel");
    }, 60_000);
  });

  /** The id of the check whose page somebody looks at. */
  function idOf(person: Reporter): string {
    for (const button of person.room.buttons)
      if (button.press && "check" in button.press) return String(button.press.check);
    throw new Error("this page is of no check");
  }
});
