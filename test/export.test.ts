import { documentsOf } from "../bots/documents.ts";
import { fetchDownload } from "../bots/downloads.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import type { View } from "../cards/view.ts";
import { stampedIn, stampOf } from "../cases/stamp.ts";
import { Press } from "../dialogs/core/event.ts";
import { Adviser, Reporter, wordsOf } from "./fakes/view-person.ts";
import { type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

/** A case as a document for a procedure: only where its reporter allows it, and with nothing in it but what is due. */

const canary = "kanariegeel briefje op mijn bureau";
const notes = "kanariegele notitie";
const nl = content.words("nl");
const say = (key: string, params = {}) => nl.say(`desk.${key}`, params);
const day = 86_400_000;

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  let fatima: Adviser;

  async function start(parts: { readonly publicUrl?: null } = {}): Promise<void> {
    database = await fresh();
    bot = await startBot({ database, ...parts });
    anna = new Reporter(bot, "29:anna");
    fatima = new Adviser(bot, "advisers", "Fatima El Idrissi");
  }
  afterEach(async () => {
    for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
    for (const secret of [canary, notes, "29:anna"]) expect(bot.logged.join()).not.toContain(secret);
    await database.close();
  });

  /** A case with a message of each, and a note that is none of the document's business. */
  async function handled(answers = {}): Promise<{ readonly id: string; readonly number: string }> {
    const { number } = await anna.report({ story: `Er lag een ${canary}.`, ...answers });
    await bot.deliver();
    const row = (await database.tables()).cases?.find((one) => one.number === number);
    const id = String(row?.id);
    await fatima.send({ do: "desk.reply", case: id, nonce: "nonce-reply" }, { text: "Dank je. *Gaat* het?" });
    await fatima.send({ do: "desk.note", case: id, nonce: "nonce-note1" }, { text: notes });
    await fatima.send({ do: "desk.record", case: id }, { appointment: notes, referred: ["legal"] });
    return { id, number };
  }
  const page = async (id: string) => drawn((await fatima.send({ do: "desk.export", case: id })).view);
  const made = async (id: string) => drawn((await fatima.send({ do: "desk.document", case: id })).view);
  const does = (view: View) => view.buttons.map(({ press }) => press?.do);
  const links = (view: View) => view.buttons.flatMap(({ url }) => (url === undefined ? [] : [url]));
  async function answer(given: boolean): Promise<View> {
    await anna.openThread();
    await anna.press("case");
    return (await anna.send({ do: "consent", case: caseIn(anna.room), given })).room;
  }
  async function agreed(answers = {}) {
    const one = await handled(answers);
    await fatima.send({ do: "desk.askConsent", case: one.id });
    await answer(true);
    return one;
  }
  async function fetched(
    url: string,
    world = bot.world,
  ): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
    const token = url.slice(url.lastIndexOf("/") + 1);
    return fetchDownload(world, documentsOf(world), token, () => true);
  }
  const text = async (url: string) => new TextDecoder().decode((await fetched(url))?.bytes);
  const codes = async () => ((await database.tables()).audit ?? []).map(({ code }) => code);

  test("is not made where nobody was asked, the reporter is silent, or said no", async () => {
    await start();
    const { id } = await handled();
    expect(plainText(await page(id))).toContain(say("export.ask"));
    const nothing = async () => {
      const view = await made(id);
      expect([does(view).includes("desk.document"), links(view)]).toEqual([false, []]);
      expect((await database.tables()).downloads).toEqual([]);
      expect(await codes()).not.toContain("case.exported");
    };
    await nothing();
    await fatima.send({ do: "desk.askConsent", case: id });
    expect(plainText(await page(id))).toMatch(/nog geen antwoord/);
    await nothing();
    await answer(false);
    const refused = await page(id);
    expect(plainText(refused)).toMatch(/Vraag het niet nog eens/);
    expect(does(refused)).toEqual(["desk.work"]);
    await nothing();
  });

  test("the reporter is asked once, with a ping that says nothing, and reads what it is about before choosing", async () => {
    await start();
    const { id } = await handled();
    await bot.deliver();
    const pings = () => bot.channels.teams.shown("29:anna").length;
    const before = pings();
    for (let nr = 0; nr < 3; nr += 1) await fatima.send({ do: "desk.askConsent", case: id });
    await bot.deliver();
    expect(pings()).toBe(before + 1);
    expect(wordsOf(bot.channels.teams.shown("29:anna").at(-1) as View)).not.toMatch(/document|procedure/i);
    const thread = await anna.openThread();
    expect(plainText(thread)).toContain(nl.say("case.thread.consentAsked"));
    const question = thread.buttons.find(({ press }) => press?.do === "case" && press.page === "consenting");
    const asked = drawn((await anna.send(question?.press as never)).room);
    expect(asked.title).toBe(nl.say("case.consenting.title", { number: numberIn(thread) }));
    expect(plainText(asked)).toContain(nl.say("case.consenting.unnamed"));
    // Neither answer is made easier than the other.
    const answers = asked.buttons.filter(({ press }) => press?.do === "consent");
    expect(answers[0]?.confirm?.text).toBe(nl.say("case.consenting.confirm.text"));
    expect(answers.map(({ style }) => style)).toEqual([undefined, undefined]);
    const after = (await anna.send(answers[0]?.press as never)).room;
    expect(after.note).toBe(nl.say("common.notes.consentGiven"));
    expect(plainText(after)).not.toContain(nl.say("case.thread.consentAsked"));
    expect(await codes()).toEqual(expect.arrayContaining(["case.consentAsked", "case.consentGiven"]));
  });

  test("as text it has what was reported and written, with its times, and nothing that advisers keep", async () => {
    await start();
    const { id, number } = await agreed();
    const view = await made(id);
    const [, url = ""] = links(view);
    const document = await text(url);
    for (const part of [number, `Er lag een ${canary}.`, "Dank je. \\*Gaat\\* het?", "Fatima El Idrissi"])
      expect(document).toContain(part);
    for (const line of [say("document.about").split("\n")[1] ?? "", say("document.reportNote")])
      expect(document).toContain(line);
    const named = say("record.referred.options.legal");
    for (const secret of [notes, "29:anna", "29:adviser", named, "notitie"])
      expect(document).not.toContain(secret);
    expect(await codes()).toContain("case.exported");
    // Once each.
    expect(await fetched(url)).toBeNull();
    // Of asking and making nothing stands on the card, for whoever keeps the channel's messages.
    await bot.deliver();
    const card = bot.channels.teams.shown("advisers").find(({ title }) => title.includes(number));
    expect((await fatima.send({ do: "desk.shut", case: id })).view).toEqual(card);
    expect(plainText(card as View)).not.toMatch(/document|toestemming/);
    const options = (await fatima.send({ do: "desk.work", case: id })).view;
    expect(plainText(options)).toContain("zette een document klaar");
    await anna.openThread();
    const page = (await anna.send({ do: "case", case: caseIn(anna.room), page: "consenting" })).room;
    expect(plainText(page)).toMatch(/stond er voor het laatst een document klaar/);
  });

  test("its stamp shows that it is the very text that was made then, and a changed one does not", async () => {
    await start();
    const { id } = await agreed({ story: `Dit staat er: [stempel 1795882861903 ${"x".repeat(43)}]` });
    const [, url = ""] = links(await made(id));
    const document = await text(url);
    const stamped = async (copy: string) => {
      const found = stampedIn(copy);
      expect(found).toHaveLength(1);
      const [one] = found;
      return one ? bot.world.store.transaction((tx) => tx.stampedAt(stampOf(one))) : null;
    };
    expect(await stamped(document)).toBe(bot.clock.now());
    expect(await stamped(document.replaceAll("\n", "\r\n"))).toBe(bot.clock.now());
    expect(await stamped(document.replace("Dank je", "Dank u"))).toBeNull();
  });

  test("as a PDF it is one, and making it is in the audit log too", async () => {
    await start();
    const { id, number } = await agreed();
    const [url = ""] = links(await made(id));
    const file = await fetched(url);
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(file?.name).toContain(number.toLowerCase());
    expect((await codes()).filter((code) => code === "case.exported")).toHaveLength(1);
  });

  test("a link gives nothing once the reporter came back on it, withdrew, or the case went elsewhere", async () => {
    await start();
    const undone: readonly ((id: string) => Promise<unknown>)[] = [
      () => answer(false),
      async () => {
        await anna.openThread();
        await anna.send({ do: "withdraw", case: caseIn(anna.room) });
      },
      (id) => fatima.send({ do: "desk.move", case: id, to: "external" }),
      async () => bot.clock.advance(16 * 60_000),
    ];
    for (const undo of undone) {
      const { id } = await agreed();
      const urls = links(await made(id));
      expect(urls).toHaveLength(2);
      await undo(id);
      for (const url of urls) expect(await fetched(url)).toBeNull();
    }
    // Nor once that route is in the organisation file no more.
    const urls = links(await made((await agreed()).id));
    const organisation = { ...bot.world.organisation, routes: bot.world.organisation.routes.slice(1) };
    for (const url of urls) expect(await fetched(url, { ...bot.world, organisation })).toBeNull();
  });

  test("the reporter reads first what will be in it: the report and every message, and nothing that advisers keep", async () => {
    await start();
    const { id } = await handled({ identity: "named", name: "Noor Bos" });
    await anna.openThread();
    await anna.press("case");
    const reading = async (nr?: number) =>
      drawn(
        (await anna.send({ do: "case", case: caseIn(anna.room), page: "reading", ...(nr && { nr }) })).room,
      );
    // Of what nobody asked for there is nothing to read.
    expect(wordsOf(await reading())).not.toContain(canary);
    await fatima.send({ do: "desk.askConsent", case: id });
    for (const view of [await reading(), await reading(7)]) {
      expect(view.privacy).toBe("private");
      expect(wordsOf(view)).toContain(canary);
      expect(plainText(view)).toContain("Dank je. *Gaat* het?");
      for (const hidden of [notes, "Fatima", "Noor Bos"]) expect(wordsOf(view)).not.toContain(hidden);
    }
    await fatima.send({ do: "desk.reply", case: id, nonce: "nonce-later" }, { text: "Nog iets." });
    expect(plainText(await reading())).toContain("Nog iets.");
    // What is read is what is made.
    const read = await reading();
    await answer(true);
    const whole = await text(links(await made(id))[1] as string);
    for (const part of read.body)
      if (part.type === "quote" || part.type === "message")
        expect(whole.replaceAll("\\", "")).toContain(part.text);
    for (const channel of Object.values(bot.channels))
      expect(JSON.stringify(channel.kept.map(({ views }) => views))).not.toContain(canary);
  });

  test("a forged page of it shows nothing: of no number, of another's case, or of one that nobody asked about", async () => {
    await start();
    const { id } = await handled();
    const press = { do: "case", case: id, page: "reading" } as const;
    for (const nr of [-1, 0.5, 10_001, 1e300, Number.NaN, "1", null])
      expect(Press.safeParse({ ...press, nr }).success).toBe(false);
    for (const nr of [0, 1, 10_000])
      expect(wordsOf((await anna.send({ ...press, nr })).room)).not.toContain(canary);
    await fatima.send({ do: "desk.askConsent", case: id });
    const bert = new Reporter(bot, "29:bert");
    await bert.report({ story: "Iets anders." });
    for (const nr of [0, 10_000]) {
      const { room, door } = await bert.send({ ...press, nr });
      expect(room.note).toBe(nl.say("common.notes.noSuchReport"));
      for (const view of [room, door]) expect(wordsOf(view)).not.toMatch(new RegExp(`${canary}|Dank je`));
      const { room: answered } = await bert.send({ do: "consent", case: id, given: true });
      expect(answered.note).toBe(nl.say("common.notes.noSuchReport"));
    }
    expect(await codes()).not.toContain("case.consentGiven");
    expect(wordsOf((await anna.send({ ...press, nr: 10_000 })).room)).toContain(canary);
    // A name that was given since is left out as well.
    await anna.send({ do: "giveName", case: id }, { name: "Noor Bos", consent: ["yes"] });
    for (const nr of [0, 10_000])
      expect(wordsOf((await anna.send({ ...press, nr })).room)).not.toContain("Noor Bos");
  });

  test("an answer that is delivered again is one answer: it keeps its day, and advisers hear of it once", async () => {
    await start();
    const { id } = await agreed();
    await bot.deliver();
    const lines = () => bot.channels.teams.shown("advisers").length;
    const before = [lines(), (await database.tables()).cases];
    bot.clock.advance(day);
    for (let nr = 0; nr < 3; nr += 1) await anna.send({ do: "consent", case: id, given: true });
    await bot.deliver();
    expect([lines(), (await database.tables()).cases]).toEqual(before);
    expect((await codes()).filter((code) => code === "case.consentGiven")).toHaveLength(1);
    await anna.send({ do: "consent", case: id, given: false });
    await bot.deliver();
    expect(lines()).toBe(Number(before[0]) + 1);
  });

  test("who said no can allow it later, and a document can be made of a closed case too", async () => {
    await start();
    const { id } = await handled();
    await fatima.send({ do: "desk.close", case: id });
    const { view } = await fatima.send({ do: "desk.open", case: id });
    expect(does(drawn(view))).toEqual(["desk.work", "desk.export", "desk.write", "desk.shut"]);
    await fatima.send({ do: "desk.askConsent", case: id });
    await answer(false);
    await answer(true);
    const page = await made(id);
    expect(links(page)).toHaveLength(2);
    expect(does(page)).toContain("desk.open");
    expect(await text(links(page)[1] ?? "")).toContain(canary);
  });

  test("of an anonymous report it says no more than the report: who has the code is asked there", async () => {
    await start();
    const { number, receipt } = await anna.report({ story: canary, identity: "anonymous" });
    await bot.deliver();
    const id = String((await database.tables()).cases?.find((one) => one.number === number)?.id);
    expect(plainText(await page(id))).toContain(say("export.askNoPing"));
    await fatima.send({ do: "desk.askConsent", case: id });
    await bot.deliver();
    await anna.send({ do: "receipt" }, { receipt });
    expect(plainText(anna.room)).toContain(nl.say("case.thread.consentAsked"));
    await anna.send({ do: "consent", case: caseIn(anna.room), given: true });
    const [, url = ""] = links(await made(id));
    expect(await text(url)).not.toContain("29:anna");
  });

  test("is a text to copy where the service has no address, with the same stamp", async () => {
    await start({ publicUrl: null });
    const { id } = await agreed();
    const view = await made(id);
    const copied = view.inputs.map((input) => (input.type === "text" ? input.value : "")).join("\n\n");
    expect(copied).toContain(canary);
    const [one] = stampedIn(copied);
    expect(one && (await bot.world.store.transaction((tx) => tx.stampedAt(stampOf(one))))).toBe(
      bot.clock.now(),
    );
  });

  test("a long text to copy is parted over fields where its stamp still holds", async () => {
    await start({ publicUrl: null });
    for (const story of ["_Wat_ er was 🙂. ".repeat(170), `${"*".repeat(1400)}${"🙂".repeat(700)}`]) {
      const { id } = await agreed({ story });
      const view = await made(id);
      const fields = view.inputs.map((input) => (input.type === "text" ? (input.value ?? "") : ""));
      for (const field of fields) expect(field.isWellFormed()).toBe(true);
      const [one, ...more] = stampedIn(fields.join("\n\n"));
      expect(more).toEqual([]);
      expect(one && (await bot.world.store.transaction((tx) => tx.stampedAt(stampOf(one))))).toBe(
        bot.clock.now(),
      );
    }
  });

  test("what is too long to copy is not made: it says so, and the reporter is not told that it was", async () => {
    await start({ publicUrl: null });
    const { id } = await agreed();
    for (let nr = 0; nr < 8; nr += 1)
      await fatima.send(
        { do: "desk.reply", case: id, nonce: `nonce-${nr}-long` },
        { text: "lang ".repeat(500) },
      );
    const view = await made(id);
    expect(plainText(view)).toContain(say("export.tooLong"));
    expect(view.inputs).toEqual([]);
    expect(await codes()).not.toContain("case.exported");
    const options = (await fatima.send({ do: "desk.work", case: id })).view;
    expect(plainText(options)).not.toContain("zette een document klaar");
  });

  test("who makes a document has the report: withdrawing says that it was opened (P4)", async () => {
    for (const publicUrl of [undefined, null] as const) {
      await start(publicUrl === null ? { publicUrl } : {});
      const { number } = await anna.report({ story: canary });
      const row = async () => (await database.tables()).cases?.find((one) => one.number === number);
      const id = String((await row())?.id);
      await fatima.send({ do: "desk.askConsent", case: id });
      await answer(true);
      expect(await row()).toMatchObject({ readAt: null });
      await made(id);
      expect(await row()).toMatchObject({ readAt: bot.clock.now() });
      if (publicUrl === undefined) await database.close();
    }
  });

  test("the reporter reads that it was made, however much advisers did since", async () => {
    await start();
    const { id } = await agreed();
    await made(id);
    for (let nr = 0; nr < 210; nr += 1)
      await fatima.send({ do: "desk.record", case: id }, { appointment: String(nr) });
    await anna.openThread();
    const page = (await anna.send({ do: "case", case: caseIn(anna.room), page: "consenting" })).room;
    expect(plainText(page)).toMatch(/stond er voor het laatst een document klaar/);
  });

  test("a PDF that was being made when the reporter came back on it is given to nobody", async () => {
    await start();
    const { id } = await agreed();
    const [url = ""] = links(await made(id));
    const { store } = bot.world;
    let nr = 0;
    const transaction: typeof store.transaction = async (work) => {
      nr += 1;
      // The link and the case were looked at; the PDF is drawn.
      if (nr === 3) await answer(false);
      return store.transaction(work);
    };
    const world = { ...bot.world, store: Object.assign(Object.create(store), { transaction }) };
    expect(await fetched(url, world)).toBeNull();
    expect(await codes()).not.toContain("case.exported");
  });

  test("is not offered without end, and a case that was never asked about stays as it is", async () => {
    await start();
    const { id } = await agreed();
    let view = await made(id);
    for (let nr = 0; nr < 70 && links(view).length > 0; nr += 1) view = await made(id);
    expect(plainText(view)).toContain(say("export.tooMany"));
    bot.clock.advance(day / 24);
    expect(links(await made(id))).toHaveLength(2);
    const stranger = new Reporter(bot, "29:stranger");
    await stranger.report({ story: "Iets anders." });
    await stranger.openThread();
    const before = await database.tables();
    await stranger.send({ do: "consent", case: caseIn(stranger.room), given: true });
    expect((await database.tables()).cases).toEqual(before.cases);
  });
});

/** The case that a room is about. */
function caseIn(room: View): string {
  const press = room.buttons.map((button) => button.press).find((one) => one !== undefined && "case" in one);
  return press && "case" in press ? String(press.case) : "";
}

function numberIn(view: View): string {
  return /V-\w{5}/.exec(view.title)?.[0] ?? "";
}

/** The view, which both platforms can show. */
function drawn(view: View): View {
  drawCard(view, { surface: "room" });
  drawModal(view, { title: "Vertrouwd", close: "Sluiten", channel: "C" });
  expect(view.buttons.length).toBeLessThanOrEqual(6);
  return view;
}
