import fc from "fast-check";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import type { View } from "../cards/view.ts";
import type { CaseState } from "../cases/case.ts";
import type { DeskPress } from "../cases/desk.ts";
import { Inputs } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, patiently, Reporter, wordsOf } from "./fakes/view-person.ts";
import {
  anotherOf,
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  startBot,
  type Tables,
  tenants,
} from "./world.ts";

const canary = "kanariegeel briefje op mijn bureau";

const say = (key: string, language: "nl" | "en" = "nl") => content.words(language).say(`adviser.${key}`);

/** Every kind of press on a case; a reply comes with its form. */
const presses = (id: string, nonce = "nonce-of-a-form"): readonly DeskPress[] => [
  { do: "desk.open", case: id },
  { do: "desk.acknowledge", case: id },
  { do: "desk.write", case: id },
  { do: "desk.reply", case: id, nonce },
  { do: "desk.closing", case: id },
  { do: "desk.close", case: id },
  { do: "desk.holding", case: id },
  { do: "desk.hold", case: id },
  { do: "desk.unhold", case: id },
  { do: "desk.shut", case: id },
  { do: "desk.take", case: id },
  { do: "desk.work", case: id },
  { do: "desk.handTo", case: id },
  { do: "desk.note", case: id, nonce },
  { do: "desk.record", case: id },
  { do: "desk.export", case: id },
  { do: "desk.askConsent", case: id },
  { do: "desk.document", case: id },
  { do: "desk.move", case: id, to: "external" },
];

/** A text as an adapter passes it on. */
const readable = (text: string) => String(Inputs.parse({ text }).text);

type Why = "notYourRoute" | "alreadyDone" | "closed" | "withdrawn" | "notClosed";
const isRefused = (view: View, why: Why) => {
  const text = why === "notClosed" ? content.words("nl").say("clocks.hold.notClosed") : say(`refused.${why}`);
  return view.title === say("refused.title") && wordsOf(view).includes(text);
};

/** The tables without when a case was first opened. */
const unread = (tables: Tables): Tables => ({
  ...tables,
  cases: (tables.cases ?? []).map((row) => ({ ...row, readAt: null })),
});

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let other: Bot;
  let anna: Reporter;
  let adviser: Adviser;
  /** The same route's adviser, whose presses come to another process. */
  let colleague: Adviser;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    other = await anotherOf(bot, database);
    anna = new Reporter(bot, "29:anna");
    adviser = new Adviser(bot, "advisers");
    colleague = new Adviser(other, "advisers", "Joost Bakker");
  });
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    await database.close();
  });

  /** A report that was delivered; returns its case's id, as its card's button has it. */
  async function delivered(aboutAdviser = "no"): Promise<string> {
    await anna.report({ story: canary, aboutAdviser });
    await bot.deliver();
    const card = bot.channels[aboutAdviser === "no" ? "teams" : "slack"]
      .shown(aboutAdviser === "no" ? "advisers" : "external")
      .at(-1);
    const press = card && buttonOf(card, "desk.open");
    if (press?.do !== "desk.open") throw new Error("no card");
    return press.case;
  }

  async function caseRow(id: string) {
    const row = (await database.tables()).cases?.find((one) => one.id === id);
    if (!row) throw new Error("no such case");
    return row;
  }

  async function inState(state: CaseState): Promise<string> {
    const id = await delivered();
    if (state !== "received") await adviser.send({ do: "desk.acknowledge", case: id });
    if (state === "waiting" || state === "conversation")
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-before" }, { text: "Dank je." });
    if (state === "conversation") {
      await anna.openThread();
      await anna.press("say", { text: "Ik dank u." });
    }
    if (state === "closed") await adviser.send({ do: "desk.close", case: id });
    if (state === "withdrawn") {
      await anna.openThread();
      await anna.send({ do: "withdraw", case: id });
    }
    await bot.deliver();
    expect((await caseRow(id)).state).toBe(state);
    return id;
  }

  describe("a press from elsewhere (P11)", () => {
    const elsewhere = {
      "another channel": { channel: "19:elsewhere@thread.tacv2" },
      "another tenant": { tenant: "tenant-two" },
      "another platform": { platform: "slack" },
      "a thread that is not stripped": { channel: "19:advisers@thread.tacv2;messageid=1" },
      "no channel": { channel: "" },
      "the other route": { platform: "slack", tenant: tenants.slack, channel: "C0EXTERNAL" },
    } as const;

    test.each(Object.entries(elsewhere))(
      "%s is refused, recorded, and changes nothing",
      async (where, from) => {
        const id = await inState("acknowledged");
        for (const press of presses(id)) {
          const before = await database.tables();
          const { view, surface } = await adviser.send(press, { text: canary }, from);
          const unknown = await adviser.send({ ...press, case: "no-such-case" }, { text: canary }, from);
          // Nobody learns in this way which cases there are.
          expect(unknown).toEqual({ view, surface });
          expect(surface).toBe("room");
          expect(view.buttons).toEqual([]);
          // An adviser may have been writing while a colleague moved the case: that text is theirs, and stays in sight.
          const writes =
            where === "the other route" && ["desk.reply", "desk.write", "desk.note"].includes(press.do);
          expect(wordsOf(view).includes(canary)).toBe(writes);
          for (const word of [id, "V-"]) expect(wordsOf(view)).not.toContain(word);
          const { audit, ...rest } = await database.tables();
          const { audit: auditBefore, ...restBefore } = before;
          expect(rest).toEqual(restBefore);
          expect(audit).toHaveLength((auditBefore?.length ?? 0) + 2);
          expect(audit).toEqual(
            expect.arrayContaining([
              ...(auditBefore ?? []),
              expect.objectContaining({
                at: bot.clock.at,
                code: "desk.notYourRoute",
                case: id,
                route: "advisers",
              }),
              expect.objectContaining({
                at: bot.clock.at,
                code: "desk.notYourRoute",
                case: null,
                route: null,
              }),
            ]),
          );
        }
        expect(bot.logged.filter((line) => line.includes("desk.notYourRoute"))).toHaveLength(
          2 * presses("").length,
        );
        expect(bot.logged.join()).not.toContain("29:adviser");
      },
    );

    test("an unknown case looks in its own route as somebody else's case does", async () => {
      const conflict = await delivered("yes");
      for (const press of presses(conflict)) {
        const foreign = await adviser.send(press, { text: canary });
        expect(isRefused(foreign.view, "notYourRoute")).toBe(true);
        expect(await adviser.send({ ...press, case: "no-such-case" }, { text: canary })).toEqual(foreign);
      }
    });

    test("a case whose route is no longer configured is nobody's", async () => {
      const id = await delivered();
      const organisation = someOrganisation({
        routes: someOrganisation().routes.filter((route) => route.id === "external"),
        advisers: [{ name: "Sanne Visser", route: "external" }],
        defaultRoute: "external",
        conflictRoute: undefined,
      });
      const later = await anotherOf(bot, database, { organisation });
      const { view } = await later.turns.desk({
        ...adviser.at,
        by: adviser.who,
        press: { do: "desk.open", case: id },
        inputs: {},
      });
      expect(isRefused(view, "notYourRoute")).toBe(true);
    });

    test("each route is answered in its own language", async () => {
      const id = await delivered("yes");
      const external = new Adviser(bot, "external");
      expect((await external.send({ do: "desk.write", case: id })).view.inputs[0]?.label).toBe(
        say("reply.label", "en"),
      );
      expect((await external.send({ do: "desk.open", case: "none" })).view.title).toBe(
        say("refused.title", "en"),
      );
    });
  });

  describe("every press in every state", () => {
    type Expected =
      | "room"
      /** A page of work, and something is kept with the case. */
      | "kept"
      | "gone"
      | { readonly door: string | null; readonly state: CaseState }
      | "alreadyDone"
      | "closed"
      | "notClosed"
      | "withdrawn";
    const door = (state: CaseState, note: string | null = null) => ({ door: note, state });
    const open = (state: CaseState): Readonly<Record<DeskPress["do"], Expected>> => ({
      "desk.open": "room",
      "desk.acknowledge": state === "received" ? door("acknowledged", "acknowledged") : "alreadyDone",
      "desk.write": "room",
      "desk.reply": door("waiting", "replied"),
      "desk.closing": "room",
      "desk.close": door("closed"),
      "desk.shut": door(state),
      "desk.take": door(state),
      "desk.work": "room",
      "desk.handTo": door(state),
      "desk.note": "kept",
      "desk.record": "kept",
      "desk.export": "room",
      "desk.askConsent": "kept",
      // Nobody was asked.
      "desk.document": "room",
      "desk.move": "gone",
      "desk.holding": "notClosed",
      "desk.hold": "notClosed",
      "desk.unhold": "notClosed",
    });
    const over = (why: "closed" | "withdrawn"): Readonly<Record<DeskPress["do"], Expected>> => ({
      "desk.open": why === "closed" ? "room" : why,
      "desk.acknowledge": why,
      "desk.write": why,
      // The form comes back with what was written, so that nothing is lost.
      "desk.reply": "room",
      "desk.closing": why,
      "desk.close": why,
      "desk.shut": door(why),
      "desk.take": why,
      "desk.work": why,
      "desk.handTo": why,
      "desk.note": why,
      "desk.record": why,
      "desk.export": why === "closed" ? "room" : why,
      "desk.askConsent": why === "closed" ? "kept" : why,
      "desk.document": why === "closed" ? "room" : why,
      "desk.move": why,
      "desk.holding": why === "closed" ? "room" : why,
      "desk.hold": why === "closed" ? door("closed") : why,
      "desk.unhold": why === "closed" ? "alreadyDone" : why,
    });
    const table: Readonly<Record<CaseState, Readonly<Record<DeskPress["do"], Expected>>>> = {
      received: open("received"),
      acknowledged: open("acknowledged"),
      conversation: open("conversation"),
      waiting: open("waiting"),
      closed: over("closed"),
      withdrawn: over("withdrawn"),
    };

    test.each(["received", "acknowledged", "conversation", "waiting", "closed", "withdrawn"] as const)(
      "of a case that is %s",
      async (state) => {
        for (const [nr, what] of presses("").entries()) {
          const id = await inState(state);
          const press = presses(id)[nr];
          if (!press) continue;
          const expected = table[state][press.do];
          const before = await database.tables();
          const { view, surface } = await adviser.send(press, {
            text: "Dank je.",
            appointment: "Dinsdag om tien uur",
            adviser: "joost-bakker",
            reason: "procedure",
            days: "90",
          });
          const shown = { what, state, view };
          if (expected === "room") {
            expect(shown).toMatchObject({ view: { privacy: "private" } });
            expect(surface).toBe("room");
            // That it was opened is noted once, and nothing of by whom.
            expect(unread(await database.tables())).toEqual(unread(before));
          } else if (expected === "kept") {
            expect(surface).toBe("room");
            const { desk } = await caseRow(id);
            expect(desk).not.toBe(before.cases?.find((one) => one.id === id)?.desk);
          } else if (expected === "gone") {
            expect(surface).toBe("door");
            expect(view.buttons).toEqual([]);
            expect(await caseRow(id)).toMatchObject({ route: "external" });
          } else if (typeof expected === "string") {
            expect({ ...shown, refused: isRefused(view, expected) }).toMatchObject({ refused: true });
            expect(surface).toBe("room");
            expect(await database.tables()).toEqual(before);
          } else {
            expect(surface).toBe("door");
            expect(shown).toMatchObject({
              view: {
                privacy: "neutral",
                note: expected.door === null ? null : say(`notes.${expected.door}`),
              },
            });
            expect((await caseRow(id)).state).toBe(expected.state);
            await bot.deliver();
            // What stands in the channel for everybody agrees with what the one who pressed was shown.
            const card = bot.channels.teams.shown("advisers").find(({ title }) => title === view.title);
            expect({ ...card, note: null }).toEqual({
              ...view,
              note: null,
            });
          }
          if (press.do === "desk.open" && state !== "withdrawn") expect(wordsOf(view)).toContain(canary);
          if (state === "withdrawn") expect(wordsOf(view)).not.toContain(canary);
          expect(wordsOf(view)).not.toContain("29:anna");
        }
      },
    );

    test("leaves the words of report and thread in rooms only, where the route's card is sealed", async () => {
      const id = await delivered();
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: canary });
      await anna.openThread();
      await anna.press("say", { text: canary });
      await bot.deliver();
      await adviser.send({ do: "desk.close", case: id });
      await bot.deliver();
      const kept = bot.channels.teams.kept.map(({ views }) => JSON.stringify(views));
      expect(kept.length).toBeGreaterThan(3);
      expect(kept.join()).not.toContain(canary);
      expect(bot.logged.join()).not.toContain(canary);
      expect(JSON.stringify(await database.tables())).not.toContain(canary);
    });

    test("puts the report in the card where the organisation chose that, and takes it out when it is closed", async () => {
      const routes = someOrganisation().routes.map((route) => ({ ...route, card: "full" }));
      bot = await anotherOf(bot, database, { organisation: someOrganisation({ routes }) });
      anna.bot = bot;
      const id = await delivered();
      const card = () => wordsOf(bot.channels.teams.shown("advisers").at(0) as View);
      expect(card()).toContain(canary);
      await new Adviser(bot, "advisers").send({ do: "desk.close", case: id });
      await bot.deliver();
      expect(card()).not.toContain(canary);
    });
  });

  test("a case opens on both platforms, page by page, whatever its texts are made of", async () => {
    for (const mark of ['"', "\\", "a\n", "*", "😀", "\u0001", "\ud800"]) {
      const text = `${canary}${mark.repeat(2900 / mark.length)}`;
      const person = new Reporter(bot, `29:${mark.codePointAt(0)}`);
      await person.report({ story: readable(text) });
      const id = String((await database.tables()).cases?.at(-1)?.id);
      for (const nonce of ["nonce-one", "nonce-two"]) {
        await adviser.send({ do: "desk.reply", case: id, nonce }, { text: readable(text) });
        await person.openThread();
        await person.press("say", { text: readable(text) });
      }
      let seen = "";
      for (let page = 0, more = true; more; page += 1) {
        const { view } = await adviser.send({ do: "desk.open", case: id, page });
        drawCard(view, { surface: "room" });
        drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
        seen += wordsOf(view);
        more = view.buttons.some(({ press }) => press?.do === "desk.open" && (press.page ?? 0) > page);
      }
      expect(seen.split(canary).length).toBeGreaterThan(5);
    }
  });

  describe("a reply", () => {
    test("acknowledges, and the reporter is told once of it", async () => {
      const id = await delivered();
      bot.clock.advance(60_000);
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: "Dank je." });
      expect(await caseRow(id)).toMatchObject({ state: "waiting", acknowledgedAt: bot.clock.at });
      await bot.deliver();
      expect(bot.channels.teams.shown("29:anna")).toHaveLength(1);
      const first = bot.clock.at;
      bot.clock.advance(60_000);
      await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-another" }, { text: "En nog iets." });
      expect(await caseRow(id)).toMatchObject({ acknowledgedAt: first });
      expect(wordsOf(await anna.openThread())).toContain("Dank je.");
    });

    test("that is empty or too long is not sent, and its text is kept", async () => {
      const id = await delivered();
      const before = await database.tables();
      const reply = { do: "desk.reply", case: id, nonce: "nonce-of-a-form" } as const;
      const empty = await adviser.send(reply, { text: " \n" });
      expect(empty.view.note).toBe(say("notes.writeFirst"));
      expect((await adviser.send(reply, {})).view.note).toBe(say("notes.writeFirst"));
      expect((await adviser.send(reply, { text: ["a list"] })).view.note).toBe(say("notes.writeFirst"));
      const text = "x".repeat(3001);
      const long = await adviser.send(reply, { text });
      expect(long).toMatchObject({ surface: "room", view: { note: say("notes.tooLong") } });
      expect(long.view.inputs[0]?.value).toBe(text);
      expect(await database.tables()).toEqual(before);
    });

    test("from one form is one message, from two forms two, even with the same words", async () => {
      const id = await delivered();
      for (const nonce of ["nonce-one", "nonce-one", "nonce-two"]) {
        const { view } = await adviser.send({ do: "desk.reply", case: id, nonce }, { text: "Dank je." });
        expect(view.note).toBe(say("notes.replied"));
      }
      expect((await database.tables()).messages).toHaveLength(2);
      await bot.deliver();
      expect(bot.channels.teams.shown("29:anna")).toHaveLength(2);
    });

    test("by a colleague stands on the card as what was done last, though the state is the same", async () => {
      const id = await delivered();
      for (const [nr, who] of [adviser, colleague].entries()) {
        await who.send({ do: "desk.reply", case: id, nonce: `nonce-nr-${nr}` }, { text: "Dank je." });
        await bot.deliver();
        expect(wordsOf(bot.channels.teams.shown("advisers")[0] as View)).toContain(
          `${who.who.name} antwoordde`,
        );
      }
    });

    test("has a form of its own each time it is opened", async () => {
      const id = await delivered();
      const nonces = await Promise.all(
        [1, 2].map(async () => {
          const { view } = await adviser.send({ do: "desk.write", case: id });
          return JSON.stringify(buttonOf(view, "desk.reply"));
        }),
      );
      expect(nonces[0]).not.toBe(nonces[1]);
    });
  });

  describe("two advisers at the same moment", () => {
    const atOnce = (press: DeskPress, times = 8, text = "Dank je.") =>
      Promise.all(
        Array.from({ length: times }, (_, nr) =>
          patiently(() => (nr % 2 ? adviser : colleague).send(press, { text })),
        ),
      );

    test.each([
      ["acknowledge", "desk.acknowledge", "alreadyDone"],
      ["close", "desk.close", "closed"],
    ] as const)("who both %s: one does, and the other reads that it is done", async (_what, press, word) => {
      const id = await delivered();
      const replies = await atOnce({ do: press, case: id });
      expect(replies.filter(({ surface }) => surface === "door")).toHaveLength(1);
      expect(replies.filter(({ view }) => isRefused(view, word))).toHaveLength(7);
      expect((await caseRow(id)).version).toBe(2);
      await bot.deliver();
      expect(bot.channels.teams.shown("29:anna")).toHaveLength(1);
    });

    test("who send one form: one message, and everybody reads that it was sent", async () => {
      const id = await delivered();
      const replies = await atOnce({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" });
      for (const { view } of replies) expect(view.note).toBe(say("notes.replied"));
      expect((await database.tables()).messages).toHaveLength(1);
      await bot.deliver();
      expect(bot.channels.teams.shown("29:anna")).toHaveLength(1);
    });

    test("one closes while others write: what was taken is in the thread, and only the reporter opens it again", async () => {
      const id = await delivered();
      await anna.openThread();
      const work = [1, 2, 3, 4].map((nr) =>
        patiently(() =>
          (nr % 2 ? adviser : colleague).send(
            { do: "desk.reply", case: id, nonce: `nonce-${nr}` },
            { text: `reply ${nr}` },
          ),
        ),
      );
      const closing = patiently(() => colleague.send({ do: "desk.close", case: id }));
      const said = patiently(() =>
        anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: canary }),
      );
      const replies = await Promise.all(work);
      await closing;
      const reporter = await said;
      const taken = replies.filter(({ view }) => view.note === say("notes.replied")).length;
      expect(replies.filter(({ view }) => view.note === say("notes.closed"))).toHaveLength(4 - taken);
      const remark = (name: string) => content.words("nl").say(`common.notes.${name}`);
      const reopened = reporter.room.note === remark("caseReopened");
      if (!reopened) expect(reporter.room.note).toBe(remark("messageSent"));
      expect((await database.tables()).messages).toHaveLength(taken + 1);
      expect((await caseRow(id)).state).toMatch(reopened ? /^(received|conversation|waiting)$/ : /^closed$/);
    });
  });

  test("whatever is pressed, in whatever order, a case is what its presses made of it", async () => {
    const id = await delivered();
    const step = fc.record({
      what: fc.constantFrom(
        ...["acknowledge", "reply", "close", "open", "shut", "say", "again", "reopen", "elsewhere"],
      ),
      who: fc.constantFrom("adviser", "colleague"),
      nonce: fc.nat(3),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        run += 1;
        const reporter = new Reporter(bot, `29:run${run}`);
        const { number } = await reporter.report();
        const row = (await database.tables()).cases?.find((one) => one.number === number);
        const now = String(row?.id);
        let closedAt = 0;
        const model = { state: "received" as CaseState, texts: new Set<string>(), audited: 0, met: false };
        const audits = (await database.tables()).audit?.length ?? 0;
        for (const { what, who, nonce } of steps) {
          const by = who === "adviser" ? adviser : colleague;
          // "again" is a reply delivered once more; the same form with another text is another message.
          const form = { text: `${what === "again" ? "reply" : what} ${nonce}` };
          const name = `nonce-${nonce}`;
          if (what === "say") {
            await reporter.send({ do: "say", case: now, nonce: name }, form);
            const said = `${name} ${form.text}`;
            if (!model.texts.has(said)) {
              if (model.state === "closed") model.audited += 1;
              model.state = model.met ? "conversation" : "received";
            }
            model.texts.add(said);
          } else if (what === "elsewhere") {
            await by.send({ do: "desk.close", case: now }, {}, { tenant: "tenant-two" });
            model.audited += 1;
          } else {
            const press =
              what === "reply" || what === "again" || what === "reopen"
                ? ({
                    do: "desk.reply",
                    case: now,
                    nonce: name,
                    ...(what === "reopen" ? { reopen: closedAt } : {}),
                  } as const)
                : ({ do: `desk.${what}` as "desk.open", case: now } as const);
            const { view } = await by.send(press, form);
            const refused = view.title === say("refused.title");
            const written = `${name} ${form.text}`;
            if (model.state === "closed" && what === "reopen") {
              expect(refused).toBe(false);
              if (!model.texts.has(written)) {
                model.texts.add(written);
                model.state = "waiting";
                model.met = true;
                model.audited += 1;
              }
            } else if (model.state === "closed")
              expect(refused).toBe(what === "acknowledge" || what === "close");
            else {
              expect(refused).toBe(what === "acknowledge" && model.state !== "received");
              const writes = press.do === "desk.reply" && !model.texts.has(written);
              if (writes) {
                model.texts.add(written);
                model.state = "waiting";
              }
              if (what === "acknowledge" && model.state === "received") model.state = "acknowledged";
              if (writes || what === "acknowledge") model.met = true;
              if (what === "close") {
                model.state = "closed";
                closedAt = bot.clock.at;
              }
            }
          }
        }
        const after = await database.tables();
        expect(after.cases?.find((one) => one.id === now)).toMatchObject({ state: model.state });
        expect(after.audit).toHaveLength(audits + model.audited);
        const thread = (await adviser.send({ do: "desk.open", case: now })).view.body;
        const texts = thread.flatMap((part) => (part.type === "message" ? [part.text] : []));
        expect(texts).toEqual([...model.texts].map((told) => told.replace(/^nonce-\d /, "")));
      }),
      { numRuns: 25 },
    );
    // Of the other cases, none was touched.
    expect(await caseRow(id)).toMatchObject({ state: "received", version: 1 });
  });
});
