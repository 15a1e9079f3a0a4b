import { load, save } from "../bots/conversations.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import { AuditReading } from "../cases/audit.ts";
import { openReport } from "../cases/report.ts";
import { stampOf } from "../cases/stamp.ts";
import { longestEntry, mostEntries } from "../dialogs/record/record.ts";
import { Adviser, Reporter, wordsOf } from "./fakes/view-person.ts";
import { openedWith } from "./opened.ts";
import { anotherOf, type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** What somebody wrote down for themselves: stored, stamped, sent along and destroyed, on both databases. */

const canary = "kanariegele aantekening onder mijn toetsenbord";
const words = content.words("nl");
const note = (id: string) => words.say(`common.notes.${id}`);
const day = 86_400_000;
const recordMs = 730 * day;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
    await anna.say("hallo");
  });
  afterEach(async () => {
    for (const secret of [canary, "29:anna"]) expect(bot.logged.join()).not.toContain(secret);
    await database.close();
  });

  const rows = async (table: string) => (await database.tables())[table] ?? [];
  const opened = async () => openedWith(bot.world.ring, await database.tables());
  const records = async () => (await opened()).records ?? [];
  const write = async (person: Reporter, text: string) => {
    await person.send({ do: "record" });
    return person.press("record.add", { text });
  };
  const ticks = (person: Reporter) => {
    const input = person.room.inputs.find(({ id }) => id === "entries");
    return input && "options" in input ? input.options : [];
  };
  /** Begins a report with everything that can be ticked, and comes to check-your-answers. */
  async function sendAlong(person: Reporter, identity = "pseudonymous") {
    await person.send({ do: "record.options" });
    await person.press("record.use", { entries: ticks(person).map(({ value }) => value) });
    await person.goOn({ identity, story: "Hierbij." });
    return person.readOn();
  }

  test("what is written down is there at once, sealed, with its time, for its owner alone (P5)", async () => {
    const view = await write(anna, canary);
    expect(view.note).toBe(note("entryKept"));
    expect(wordsOf(view)).toContain(canary);
    expect(wordsOf(view)).toContain("2 maart 2026 om 10:00");
    expect(JSON.stringify(await database.tables())).not.toContain(canary);
    // Nobody is told, and nothing waits to be sent.
    expect(await rows("outbox")).toEqual([]);
    expect(await rows("cases")).toEqual([]);
    // The door behind it says nothing (P2).
    for (const shown of anna.views.filter(({ privacy }) => privacy === "neutral"))
      expect(wordsOf(shown)).not.toContain(canary);
    const bert = new Reporter(bot, "29:bert");
    await bert.say("hallo");
    await bert.send({ do: "record" });
    expect(wordsOf(bert.room)).not.toContain(canary);
    expect(wordsOf(bert.room)).toContain(words.say("record.entries.know"));
  });

  test("the same form keeps it once, another text of that form too, and two processes lose nothing", async () => {
    await anna.send({ do: "record" });
    const form = anna.button("record.add");
    await anna.send(form, { text: canary });
    await anna.send(form, { text: canary });
    await anna.send(form, { text: "anders" });
    const other = new Reporter(await anotherOf(bot, database), "29:anna");
    await Promise.all(
      [anna, other, anna, other].map((person, nr) =>
        person.send({ do: "record.add", nonce: `nonce-nr-${nr}` }, { text: `tegelijk ${nr}` }),
      ),
    );
    await anna.send({ do: "record" });
    const shown = wordsOf(anna.room);
    for (const text of [canary, "anders", ...[0, 1, 2, 3].map((nr) => `tegelijk ${nr}`)])
      expect(shown.split(text)).toHaveLength(2);
    expect(await rows("records")).toHaveLength(1);
  });

  test("says where it is full, and loses nothing that stands in the form", async () => {
    for (let nr = 0; nr < mostEntries; nr += 1)
      await anna.send({ do: "record.add", nonce: `nonce-${nr}` }, { text: `stuk ${nr}` });
    const full = await write(anna, canary);
    expect(full.note).toBe(note("recordFull"));
    expect(full.inputs[0]).toMatchObject({ value: canary });
    expect(await rows("audit")).toHaveLength(mostEntries);
    // What is destroyed makes room.
    await anna.send({ do: "record.options" });
    await anna.send({ do: "record.destroy", entries: ticks(anna).map(({ value }) => value) });
    expect((await write(anna, canary)).note).toBe(note("entryKept"));
  });

  test("each entry has a line in the audit log that says nothing but when, and fits only this text", async () => {
    await write(anna, canary);
    bot.clock.advance(90_000);
    await write(anna, "later");
    const log = await bot.world.store.transaction((tx) => tx.auditLog(0, 100));
    const reading = new AuditReading();
    reading.read(log);
    expect(reading.brokenAt).toBeNull();
    expect(log.map(({ code, at, case: theCase, route }) => ({ code, at, theCase, route }))).toEqual([
      { code: "record.stamped", at: bot.clock.at - 90_000, theCase: null, route: null },
      { code: "record.stamped", at: bot.clock.at - 30_000, theCase: null, route: null },
    ]);
    const [entries] = (await records()).map((text) => JSON.parse(text));
    expect(entries.map(stampOf)).toEqual(log.map(({ digest }) => digest));
    expect(stampOf({ ...entries[0], text: "iets anders" })).not.toBe(log[0]?.digest);
    // What can be copied is enough to show it.
    await anna.send({ do: "record.copy" });
    const copied = anna.room.inputs.map((input) => ("value" in input ? input.value : "")).join("\n");
    for (const { at, key, text } of entries) {
      expect(copied).toContain(text);
      expect(copied).toContain(`[stempel ${at} ${key}]`);
    }
  });

  test("is sent along with its own time, and the adviser reads that nothing in it changed", async () => {
    await write(anna, canary);
    bot.clock.advance(30 * day);
    await anna.say("hallo");
    const review = await sendAlong(anna);
    const label = words.say("report.record.review", { at: "2 maart 2026 om 10:00" });
    expect(wordsOf(review)).toContain(canary);
    expect(wordsOf(review)).toContain(label);
    await anna.press("send");
    await bot.deliver();
    const [row] = await rows("cases");
    const { view } = await new Adviser(bot, "advisers").send({ do: "desk.open", case: String(row?.id) });
    expect(wordsOf(view)).toContain(canary);
    expect(wordsOf(view)).toContain(label);
    // The card in the channel says nothing of it (P2).
    expect(JSON.stringify(bot.channels.teams.shown("advisers"))).not.toContain(canary);
    // It stays with its owner, who still decides about it.
    await anna.send({ do: "record" });
    expect(wordsOf(anna.room)).toContain(canary);
  });

  test("a stamp that the log does not know is not sent as one", async () => {
    await write(anna, canary);
    await anna.send({ do: "record.options" });
    await anna.press("record.use", { entries: ticks(anna).map(({ value }) => value) });
    // As if somebody had set the time back in the database.
    const { ring, store, clock } = bot.world;
    await store.transaction(async (tx) => {
      const loaded = await load(tx, ring, anna.address, "nl", clock.now());
      const { draft } = loaded.conversation;
      if (!draft?.enclosed) throw new Error("nothing goes along");
      const enclosed = draft.enclosed.map((one) => ({ ...one, at: one.at - day }));
      const conversation = { ...loaded.conversation, draft: { ...draft, enclosed } };
      await save(
        tx,
        ring,
        loaded.row,
        { ...loaded, conversation },
        { now: clock.now(), keepUntil: clock.now() + day },
      );
    });
    await anna.goOn({ story: "Hierbij." });
    await anna.readOn();
    await anna.press("send");
    const [row] = await rows("cases");
    const [key] = await rows("case_keys");
    const report = openReport(ring, { ...row, ...key } as never);
    const sent = report.rows.find(({ written }) => written);
    expect(sent?.written?.key).toBeNull();
  });

  test("after a report without a link it is said what still ties them together, and destroying ends that", async () => {
    await write(anna, canary);
    await sendAlong(anna, "anonymous");
    const sent = await anna.press("send");
    const told = words.say("record.afterUnlinked").split("\n")[0] ?? "";
    expect(wordsOf(sent)).toContain(told);
    await anna.press("record");
    await anna.send({ do: "record.destroying" });
    await anna.press("record.destroy");
    // What is left of this person, and what is left of the case, have nothing in common.
    const all = await opened();
    expect(all.records).toEqual([]);
    for (const text of all.conversations ?? []) expect(text).not.toContain(canary);
    expect(all.links?.join("")).toBe("");
  });

  test("what is destroyed cannot be read from a copy of the database made afterwards, with all keys (P10)", async () => {
    await write(anna, canary);
    await write(anna, "dit blijft");
    await write(anna, `${canary} nog eens`);
    // The attack works while it is there.
    expect((await records()).join()).toContain(canary);
    const before = await database.tables();
    await anna.send({ do: "record.options" });
    const ids = ticks(anna)
      .filter(({ label }) => label.includes("kanarie"))
      .map(({ value }) => value);
    expect(ids).toHaveLength(2);
    await anna.send({ do: "record.destroying" }, { entries: ids });
    const view = await anna.press("record.destroy");
    expect(view.note).toBe(note("entriesDestroyed"));
    expect(wordsOf(view)).toContain("dit blijft");
    const after = await opened();
    expect(JSON.stringify(after)).not.toContain(canary);
    expect(after.records?.join()).toContain("dit blijft");
    // Even who kept the old rows has no key to them any more.
    const tables = await database.tables();
    const mixed = { ...tables, records: before.records ?? [] };
    expect(JSON.stringify(openedWith(bot.world.ring, mixed).records)).not.toContain(canary);
    const bytes = await database.bytes();
    for (const { wrappedKey } of before.record_keys ?? []) expect(bytes).not.toContain(String(wrappedKey));

    await anna.send({ do: "record.destroying" });
    await anna.press("record.destroy");
    expect(await rows("records")).toEqual([]);
    expect(await rows("record_keys")).toEqual([]);
    // That something was stamped stays, without a word of what or whose.
    expect(await rows("audit")).toHaveLength(3);
    expect(JSON.stringify(await opened())).not.toContain("dit blijft");
  });

  test("what waits to be sent along goes with it", async () => {
    await write(anna, canary);
    await sendAlong(anna);
    await anna.send({ do: "record.destroy" });
    expect(JSON.stringify(await opened())).not.toContain(canary);
    const review = (await anna.send({ do: "resume" })).room;
    expect(wordsOf(review)).not.toContain(canary);
    expect(wordsOf(review)).toContain("Hierbij.");
  });

  test("stop and clear takes the draft and leaves the record, and says so", async () => {
    await anna.fillIn({ story: canary });
    await anna.press("stop");
    expect((await anna.press("record.keep")).note).toBe(note("entryKept"));
    await anna.send({ do: "resume" });
    await anna.press("stop");
    const cleared = await anna.press("clear");
    expect(wordsOf(cleared)).toContain(words.say("common.final.recordStays"));
    for (const text of (await opened()).conversations ?? []) expect(text).not.toContain(canary);
    await anna.send({ do: "record" });
    expect(wordsOf(anna.room)).toContain(canary);
  });

  test("is kept while its owner opens it, outlives the conversation's hours, and is destroyed in the end", async () => {
    await write(anna, canary);
    bot.clock.advance(recordMs - day);
    await sweep(bot.world);
    expect(await rows("records")).toHaveLength(1);
    await anna.say("hallo");
    await anna.send({ do: "record" });
    expect(wordsOf(anna.room)).toContain(canary);
    bot.clock.advance(recordMs - day);
    await sweep(bot.world);
    expect(await rows("records")).toHaveLength(1);
    bot.clock.advance(2 * day);
    expect(await sweep(bot.world)).toMatchObject({ records: 1 });
    bot.clock.advance(10 * day);
    await sweep(bot.world);
    const { audit: _, migrations: __, ...rest } = await database.tables();
    for (const [table, left] of Object.entries(rest)) expect({ table, left }).toEqual({ table, left: [] });
    await anna.say("hallo");
    await anna.send({ do: "record" });
    expect(wordsOf(anna.room)).not.toContain(canary);
  });

  test("nothing in the tables says whose it is, or when to the minute, but the sealed conversation", async () => {
    await write(anna, canary);
    const [row] = await rows("records");
    expect(Number(row?.expiresAt) % day).toBe(0);
    for (const table of ["records", "record_keys", "audit"])
      expect(JSON.stringify(await rows(table))).not.toContain("29:anna");
    const [conversation] = await rows("conversations");
    expect(JSON.stringify(conversation)).not.toContain(String(row?.id));
  });

  test("can be typed to, and is offered to who types a story", async () => {
    await anna.say("aantekening");
    expect(anna.room.title).toBe(words.say("record.entries.title"));
    await anna.say("hij stond gisteren weer achter mij en zei dingen die ik niet wil horen");
    expect(anna.room.buttons.map(({ label }) => label)).toContain(words.say("record.buttons.first"));
    await anna.say("English");
    await anna.say("my notes");
    expect(anna.room.title).toBe(content.words("en").say("record.entries.title"));
  });

  test("a text that is longer than an entry comes back, and nothing of it is stored", async () => {
    await anna.send({ do: "record" });
    const long = `${canary} `
      .repeat(80)
      .slice(0, longestEntry + 50)
      .trim();
    const view = (await anna.send(anna.button("record.add"), { text: long })).room;
    expect(view.note).toBe(note("entryTooLong"));
    expect(view.inputs[0]).toMatchObject({ value: long });
    expect(await rows("records")).toEqual([]);
    expect(await rows("audit")).toEqual([]);
  });
});
