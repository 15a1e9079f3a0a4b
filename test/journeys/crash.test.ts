import type { Platform } from "../../bots/ports.ts";
import { type Postgres, startPostgres } from "../postgres.ts";
import { answersOf, begin, type Death, end, type Ordeal, pressAndDie } from "./ordeal.ts";
import { adviser, type Party, reporter } from "./people.ts";
import { type Row, readTables } from "./search.ts";
import {
  answerOne,
  askToClose,
  fillIn,
  numberIn,
  pseudonymous,
  questionOn,
  readSent,
  words,
} from "./steps.ts";

/**
 * The service's process is killed (SIGKILL) at many places and started again on the same data (P5): what
 * somebody was told is stored is there once, and what they were not told can be sent again and is there
 * once.
 */

const button = (key: string) => words(`common.buttons.${key}`);
const desk = (key: string) => words(`adviser.buttons.${key}`);

/** Somebody new. */
function someone(ordeal: Ordeal, platform: Platform): { who: Party; story: string } {
  ordeal.people += 1;
  const story = `Verhaal nummer ${ordeal.people} van de witte raaf.`;
  return { who: reporter(ordeal.stage, ordeal.url, platform, `anna${ordeal.people}x`), story };
}

async function atReview(ordeal: Ordeal, platform: Platform): Promise<{ who: Party; story: string }> {
  const { who, story } = someone(ordeal, platform);
  await who.enter();
  await fillIn(who, { ...pseudonymous, story });
  await ordeal.service.idle();
  return { who, story };
}

async function rowsOf(ordeal: Ordeal, table: string): Promise<readonly Row[]> {
  return (await readTables(ordeal.stage))[table] ?? [];
}

/** Kills it somewhere in sending; then looks whether what was told is true. */
async function sendAndDie(ordeal: Ordeal, platform: Platform, death: Death): Promise<void> {
  const { who, story } = await atReview(ordeal, platform);
  const before = (await rowsOf(ordeal, "cases")).length;
  const seen = await pressAndDie(ordeal, death, () => who.press(button("send")));

  const stored = (await rowsOf(ordeal, "cases")).length - before;
  if (seen !== null) {
    expect(readSent(seen)?.receipt).toMatch(/^\w{5}(-\w{5}){3}$/);
    expect(stored).toBe(1);
    ordeal.outcomes.add("told");
  } else {
    expect([0, 1]).toContain(stored);
    ordeal.outcomes.add(stored === 1 ? "stored, not told" : "not stored");
    const sent = readSent(await who.press(button("send")));
    // Stored or not, the same button shows the code in the end.
    expect(sent?.receipt).toMatch(/^\w{5}(-\w{5}){3}$/);
  }
  await ordeal.service.idle();
  expect((await rowsOf(ordeal, "cases")).length - before).toBe(1);
  await hasReachedTheRoute(ordeal, story);
}

/** The newest case stands in the channel: once, or again with the remark that it may be a second copy. */
async function hasReachedTheRoute(ordeal: Ordeal, story: string): Promise<void> {
  const vera = adviser(ordeal.stage, ordeal.url);
  const opened = await vera.pressOutside(desk("open"));
  expect(opened).toContain(story);
  const number = numberIn(opened);
  const copies = vera.messages().filter((message) => message.includes(number));
  expect(copies.length).toBeGreaterThan(0);
  if (copies.length > 1) ordeal.outcomes.add("second copy");
  for (const copy of copies.slice(1)) expect(copy).toContain(words("adviser.door.mayBeSecondCopy"));
  expect(await rowsOf(ordeal, "outbox")).toEqual([]);
}

/** Each case is in the channel, and each card in the channel is a case. */
async function nothingLostOrDoubled(ordeal: Ordeal): Promise<void> {
  const cases = (await rowsOf(ordeal, "cases")).map(({ number }) => String(number));
  const text = adviser(ordeal.stage, ordeal.url).messages().join("\n");
  expect(new Set(text.match(/V-\w{5}/g))).toEqual(new Set(cases));
  expect(new Set(cases).size).toBe(cases.length);
  expect([...ordeal.outcomes].sort()).toEqual(["not stored", "second copy", "stored, not told", "told"]);
  ordeal.output += ordeal.service.output();
  expect(ordeal.output).toContain("outbox.delivered");
  expect(ordeal.output).not.toContain("witte raaf");
}

/** So many places, evenly over all of a turn and of what it sets going, from the first to the last. */
const places = (of: number) => Array.from({ length: of }, (_, nr) => [nr + 1, of] as const);
const stepOf = (nr: number, of: number, all: number) => Math.max(1, Math.round((all * (nr - 1)) / (of - 1)));

/** In a turn that does less than sending. */
const moments: readonly (readonly [string, Death])[] = [
  ["before anything is stored", { answers: 2 }],
  ["right after the commit", { commits: 1 }],
  ["the moment the person is told", { at: "answer" }],
  ["during the delivery", { write: 1, when: "done" }],
];

describe("on SQLite, in Teams", () => {
  let ordeal: Ordeal;
  let sending = 0;
  beforeAll(async () => {
    ordeal = await begin({ advisers: "teams" });
    const { who } = await atReview(ordeal, "teams");
    sending = await answersOf(ordeal, () => who.press(button("send")));
  });
  afterAll(() => ordeal && end(ordeal));

  test("killed the moment the person is told", async () => {
    await sendAndDie(ordeal, "teams", { at: "answer" });
  });

  test.each([1, 2, 3, 4])("killed right after commit %d since the press of send", async (commits) => {
    await sendAndDie(ordeal, "teams", { commits });
  });

  test.each(places(9))("killed at step %d of %d of sending", async (nr, of) => {
    await sendAndDie(ordeal, "teams", { answers: stepOf(nr, of, sending) });
  });

  test.each([0, 2, 5, 12])("killed %d ms after the press", async (after) => {
    await sendAndDie(ordeal, "teams", { after });
  });

  test.each(["unheard", "done"] as const)("killed while Teams holds the card, %s", async (when) => {
    await sendAndDie(ordeal, "teams", { write: 1, when });
  });

  test.each([1, 4, 7])("killed between answers: nothing given is lost (%d)", async (nr) => {
    const { who, story } = someone(ordeal, "teams");
    await who.enter();
    await who.press(button("report"));
    for (let left = nr; left > 0; left -= 1) await answerOne(who, { ...pseudonymous, story });
    await pressAndDie(ordeal, { answers: 2 * nr }, async () => {
      await answerOne(who, { ...pseudonymous, story });
      return who.shows();
    });
    while (questionOn(who, "nl") !== null) await answerOne(who, { ...pseudonymous, story });
    for (const given of [
      story,
      words("report.part.options.experienced"),
      words("report.kind.options.bullying"),
    ])
      expect(who.shows()).toContain(given);
    await who.press(button("send"));
    await ordeal.service.idle();
    await hasReachedTheRoute(ordeal, story);
  });

  test.each(moments)("an adviser's reply, killed %s", async (_when, at) => {
    const { vera, who } = await withCase(ordeal);
    await vera.press(desk("write"));
    const text = `Antwoord nummer ${ordeal.people}.`;
    const reply = () => vera.press(desk("reply"), { text });
    const seen = await pressAndDie(ordeal, at, reply);
    if (seen === null) await reply();
    expect(vera.shows()).toContain(words("adviser.notes.replied"));
    await ordeal.service.idle();
    expect(await who.pressOutside(words("case.buttons.openThread"))).toContain(text);
    expect(timesIn(await vera.pressOutside(desk("open")), text)).toBe(1);
  });

  test.each(moments)("the reporter's message, killed %s", async (_when, at) => {
    const { vera, who } = await withCase(ordeal);
    await who.press(button("reports"));
    await who.press(words("case.reports.button", "nl", { number: numberIn(vera.shows()) }));
    const text = `Bericht nummer ${ordeal.people}.`;
    const say = () => who.press(words("case.buttons.say"), { text });
    const seen = await pressAndDie(ordeal, at, say);
    if (seen === null) await say();
    expect(who.shows()).toContain(words("common.notes.messageSent"));
    await ordeal.service.idle();
    expect(timesIn(await vera.pressOutside(desk("open")), text)).toBe(1);
  });

  test.each(moments)("closing a case, killed %s", async (_when, at) => {
    const { vera, who } = await withCase(ordeal);
    await askToClose(vera);
    const close = () => vera.press(desk("close"), { reason: "settled" });
    const seen = await pressAndDie(ordeal, at, close);
    if (seen === null) await close();
    expect(vera.shows()).not.toContain(desk("close"));
    await ordeal.service.idle();
    expect(await who.pressOutside(words("case.buttons.openThread"))).toContain(words("case.thread.closed"));
  });

  test("after all of that, each report stands in the channel, and nothing else", async () => {
    await nothingLostOrDoubled(ordeal);
    expect(ordeal.restarts).toBeGreaterThanOrEqual(30);
  });
});

describe("on SQLite, in Slack", () => {
  let ordeal: Ordeal;
  let sending = 0;
  beforeAll(async () => {
    ordeal = await begin({ advisers: "slack" });
    const { who } = await atReview(ordeal, "slack");
    sending = await answersOf(ordeal, () => who.press(button("send")));
  });
  afterAll(() => ordeal && end(ordeal));

  test("killed the moment the person is told", async () => {
    await sendAndDie(ordeal, "slack", { at: "answer" });
  });

  test.each([1, 2, 3, 4])("killed right after commit %d since the press of send", async (commits) => {
    await sendAndDie(ordeal, "slack", { commits });
  });

  test.each(places(4))("killed at step %d of %d of sending", async (nr, of) => {
    await sendAndDie(ordeal, "slack", { answers: stepOf(nr, of, sending) });
  });

  // Its first request asks what kind of channel it is.
  test.each(["unheard", "done"] as const)("killed while Slack holds the card, %s", async (when) => {
    await sendAndDie(ordeal, "slack", { write: 2, when });
  });

  test("after all of that, each report stands in the channel, and nothing else", () =>
    nothingLostOrDoubled(ordeal));
});

describe("on PostgreSQL, in Teams", () => {
  let postgres: Postgres;
  let ordeal: Ordeal;
  let sending = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
    ordeal = await begin({ advisers: "teams", databaseUrl: await postgres.url("crash") });
    const { who } = await atReview(ordeal, "teams");
    sending = await answersOf(ordeal, () => who.press(button("send")));
  });
  afterAll(async () => {
    if (ordeal) await end(ordeal);
    await postgres?.stop();
  });

  test("killed the moment the person is told", async () => {
    await sendAndDie(ordeal, "teams", { at: "answer" });
  });

  test.each([1, 2, 3, 4])("killed right after commit %d since the press of send", async (commits) => {
    await sendAndDie(ordeal, "teams", { commits });
  });

  test.each(places(5))("killed at step %d of %d of sending", async (nr, of) => {
    await sendAndDie(ordeal, "teams", { answers: stepOf(nr, of, sending) });
  });

  test.each(["unheard", "done"] as const)("killed while Teams holds the card, %s", async (when) => {
    await sendAndDie(ordeal, "teams", { write: 1, when });
  });

  test("after all of that, each report stands in the channel, and nothing else", () =>
    nothingLostOrDoubled(ordeal));
});

/** A report that has been sent, and is open before an adviser. */
async function withCase(ordeal: Ordeal): Promise<{ who: Party; vera: Party }> {
  const { who } = await atReview(ordeal, "teams");
  await who.press(button("send"));
  await ordeal.service.idle();
  const vera = adviser(ordeal.stage, ordeal.url);
  await vera.pressOutside(desk("open"));
  return { who, vera };
}

function timesIn(text: string, part: string): number {
  return text.split(part).length - 1;
}
