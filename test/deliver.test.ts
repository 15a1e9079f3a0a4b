import { deliveriesIn } from "../bots/deliveries.ts";
import { recover } from "../bots/jobs/recover.ts";
import type { DeliveryProblem, LeasedDelivery, RouteFault } from "../bots/ports.ts";
import type { View } from "../cards/view.ts";
import type { Press } from "../dialogs/core/event.ts";
import { Adviser, buttonOf, Reporter, wordsOf } from "./fakes/view-person.ts";
import { type Bot, content, type Database, someOrganisation, sqlite, startBot } from "./world.ts";

const canary = "kanariegeel briefje op mijn bureau";
const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const secondCopy = content.words("nl").say("adviser.door.mayBeSecondCopy");
const refusal = { kind: "refused", code: "msg_not_allowed" } as const satisfies DeliveryProblem;
const lost = { kind: "unknown", code: "timeout" } as const satisfies DeliveryProblem;

let database: Database;
let bot: Bot;
let anna: Reporter;

beforeEach(async () => {
  database = await sqlite();
  await start();
});
afterEach(async () => {
  for (const channel of Object.values(bot.channels)) expect(channel.complaints).toEqual([]);
  const kept = Object.values(bot.channels).flatMap((channel) => channel.kept);
  expect(JSON.stringify(kept.map(({ views }) => views))).not.toContain(canary);
  expect(JSON.stringify(kept.filter(({ to }) => to !== "29:anna"))).not.toContain("29:anna");
  for (const secret of [canary, "29:anna"]) expect(bot.logged.join()).not.toContain(secret);
  await database.close();
});

async function start(over: object = {}): Promise<void> {
  bot = await startBot({ database, organisation: someOrganisation(over) });
  anna = new Reporter(bot, "29:anna");
}

const undelivered = content.words("nl").say("case.thread.undelivered").split("\n")[0] ?? "";
const teams = () => bot.channels.teams;
const cards = () => teams().shown("advisers");
const pings = () => teams().shown("29:anna");

/** Lets time pass, and everything that falls due be carried out. */
async function passes(ms: number): Promise<void> {
  bot.clock.advance(ms);
  await bot.deliver();
}

/** Everything there is to try, to the last try. */
async function passesLong(): Promise<void> {
  for (let nr = 0; nr < 12; nr += 1) await passes(day);
}

async function caseId(): Promise<string> {
  return String((await database.tables()).cases?.[0]?.id);
}

async function outbox(): Promise<readonly Record<string, unknown>[]> {
  return (await database.tables()).outbox ?? [];
}

describe("a report's card", () => {
  test("comes once, in the route's language, with no more than a sealed card says", async () => {
    const { number } = await anna.report({ story: canary, kind: ["sexual"] });
    await bot.deliver();
    await passesLong();
    expect(cards()).toHaveLength(1);
    expect(wordsOf(cards()[0] as View)).toContain(number);
    expect(wordsOf(cards()[0] as View)).not.toContain(secondCopy);
    expect(bot.channels.slack.kept).toEqual([]);
    expect(await outbox()).toEqual([]);
  });

  test("waits as long as a busy platform asks, and is then the first copy still", async () => {
    await anna.report();
    teams().fail(
      { kind: "rateLimited", retryAfter: 30 * second },
      { kind: "rateLimited", retryAfter: second },
    );
    await bot.deliver();
    await passes(30 * second - 1);
    expect(teams().asked).toHaveLength(1);
    await passes(1);
    expect(cards()).toEqual([]);
    await passes(second);
    expect(cards()).toHaveLength(1);
    expect(wordsOf(cards()[0] as View)).not.toContain(secondCopy);
  });

  test("is never given up for being asked to wait", async () => {
    await anna.report();
    teams().fail(...Array.from({ length: 30 }, () => ({ kind: "rateLimited", retryAfter: minute }) as const));
    await bot.deliver();
    for (let nr = 0; nr < 30; nr += 1) await passes(minute);
    expect(cards()).toHaveLength(1);
    expect(pings()).toEqual([]);
  });

  test("refused by mistake comes after all, as the first copy", async () => {
    await anna.report();
    teams().fail(refusal, refusal);
    await bot.deliver();
    await passes(day);
    await passes(day);
    expect(cards()).toHaveLength(1);
    expect(wordsOf(cards()[0] as View)).not.toContain(secondCopy);
  });

  test("whose answer was lost comes again, and says that it may be a second copy of the same case", async () => {
    await anna.report();
    teams().fail({ ...lost, done: true });
    await bot.deliver();
    await passes(minute);
    expect(cards()).toHaveLength(2);
    const [first, copy] = cards() as [View, View];
    expect(wordsOf(first)).not.toContain(secondCopy);
    expect(wordsOf(copy)).toContain(secondCopy);
    expect(buttonOf(copy, "desk.open")).toEqual(buttonOf(first, "desk.open"));
  });

  test("whose sender died comes again, and says so", async () => {
    await anna.report();
    expect(await bot.world.store.lease("a worker that dies", bot.clock.at, minute)).not.toBeNull();
    await passes(minute);
    expect(cards()).toHaveLength(1);
    expect(wordsOf(cards()[0] as View)).toContain(secondCopy);
  });

  test("is drawn from the case as it is when it goes out, and follows each move from then on", async () => {
    await anna.report();
    const adviser = new Adviser(bot, "advisers");
    teams().fail(refusal);
    await bot.deliver();
    await adviser.send({ do: "desk.acknowledge", case: await caseId() });
    await passes(day);
    const states = content.words("nl");
    expect(wordsOf(cards()[0] as View)).toContain(states.say("adviser.states.acknowledged"));
    await adviser.send({ do: "desk.close", case: await caseId() });
    await bot.deliver();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]?.buttons.map(({ press }) => press?.do)).toEqual(["desk.holding", "desk.write"]);
  });

  test("in every copy that is known is brought up to date", async () => {
    await anna.report();
    teams().fail({ ...lost, done: true });
    await bot.deliver();
    await passes(minute);
    await new Adviser(bot, "advisers").send({ do: "desk.close", case: await caseId() });
    teams().fail(lost);
    await bot.deliver();
    await passes(day);
    const copies = teams().kept.filter(({ to }) => to === "advisers");
    expect(
      copies
        .at(-1)
        ?.views.at(-1)
        ?.buttons.map(({ press }) => press?.do),
    ).toEqual(["desk.holding", "desk.write"]);
  });

  test("of a case that was destroyed in the meantime is not sent, nor anything else about it", async () => {
    await anna.report();
    const id = await caseId();
    const row = await bot.world.store.lease("a worker that is slow", bot.clock.at, minute);
    await bot.world.store.transaction((tx) => tx.destroyCase(id));
    expect(row && (await bot.courier.deliver(row))).toEqual([]);
    await passesLong();
    expect(teams().asked).toEqual([]);
  });
});

describe("a route that is not fit (P11)", () => {
  test.each([
    "notFound",
    "notMember",
    "notPrivate",
    "shared",
    "archived",
    "wrongTenant",
    "notInstalled",
  ] as const)("%s gets nothing", async (code: RouteFault["code"]) => {
    await anna.report();
    teams().faults.set("advisers", code);
    await bot.deliver();
    await passesLong();
    expect(teams().asked.filter((what) => what.endsWith("advisers"))).toEqual([]);
    expect(bot.logged.find((line) => line.includes("delivery.givenUp"))).toContain(`"problem":"${code}"`);
  });

  test("gets what waited once it is fit again", async () => {
    await anna.report();
    teams().faults.set("advisers", "notPrivate");
    await bot.deliver();
    await passes(minute);
    teams().faults.clear();
    await passes(day);
    expect(cards()).toHaveLength(1);
    expect(wordsOf(cards()[0] as View)).not.toContain(secondCopy);
    expect(pings()).toEqual([]);
  });

  test("gets no update of a card and no ping either, once it is not", async () => {
    await anna.report();
    await bot.deliver();
    teams().faults.set("advisers", "shared");
    const asked = teams().asked.length;
    await anna.openThread();
    await anna.press("say", { text: canary });
    await new Adviser(bot, "advisers").send({ do: "desk.close", case: await caseId() });
    await bot.deliver();
    await passesLong();
    expect(
      teams()
        .asked.slice(asked)
        .filter((what) => what.endsWith("advisers")),
    ).toEqual([]);
  });

  test("is tried where the platform did not say", async () => {
    await anna.report();
    teams().faults.set("advisers", "unreachable");
    await bot.deliver();
    expect(cards()).toHaveLength(1);
  });

  test("that is not configured any more is given up, and the reporter is told", async () => {
    await anna.report();
    const { ring } = bot.world;
    const [, external] = someOrganisation().routes;
    const { clock, channels } = bot;
    const organisation = someOrganisation({
      routes: [external],
      advisers: [{ name: "Sanne Visser", route: "external" }],
      defaultRoute: "external",
      conflictRoute: undefined,
    });
    bot = await startBot({ database, organisation, ring, clock, channels });
    await bot.deliver();
    await passesLong();
    expect(pings()).toHaveLength(1);
    expect(bot.channels.slack.shown("external")).toHaveLength(1);
  });
});

describe("a route that has moved to another channel", () => {
  test("gets the card again, and nothing more is put where it was (P11)", async () => {
    await start({ routes: someOrganisation().routes.map((route) => ({ ...route, card: "full" })) });
    await anna.report();
    await bot.deliver();
    const { ring } = bot.world;
    const routes = bot.world.organisation.routes.map((route) =>
      route.id === "advisers" ? { ...route, channel: "19:others@thread.tacv2" } : route,
    );
    // The platform as it is from now on complains of every change to a message that stood there before.
    bot = await startBot({ database, organisation: someOrganisation({ routes }), ring, clock: bot.clock });
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: await caseId() });
    await bot.deliver();
    expect([...teams().asked].sort()).toEqual(["post 29:anna", "post advisers"]);
  });
});

describe("a card that cannot be delivered", () => {
  test("is told to the other route, without content, and to the reporter, with another way", async () => {
    const { number } = await anna.report({ story: canary, kind: ["sexual"] });
    teams().fail(refusal, refusal, refusal);
    await bot.deliver();
    await passes(minute);
    expect(pings()).toEqual([]);
    await passes(day);
    expect(cards()).toEqual([]);
    const [trouble, ...more] = bot.channels.slack.shown("external");
    expect(more).toEqual([]);
    expect(wordsOf(trouble as View)).toContain(number);
    expect(trouble?.buttons).toEqual([]);
    expect(wordsOf(trouble as View)).not.toContain(await caseId());
    const [ping, ...others] = pings();
    expect(others).toEqual([]);
    // The ping says nothing; what happened, and another way, is told in the room behind it.
    const way = content.help("slachtofferhulp", "nl").contact[0] ?? "";
    for (const text of [number, way]) expect(wordsOf(ping as View)).not.toContain(text);
    expect((await database.tables()).audit).toMatchObject([
      { at: bot.clock.at, code: "delivery.givenUp.caseCard", case: await caseId(), route: "advisers" },
    ]);
    // The case is there still: its reporter can open it, and write.
    const thread = wordsOf(await anna.openThread());
    for (const text of [number, way, undelivered]) expect(thread).toContain(text);
    // Once it went out after all, that is not said any more.
    await anna.press("say", { text: "Is het aangekomen?" });
    await bot.deliver();
    expect(cards()).not.toEqual([]);
    expect(wordsOf(await anna.openThread())).not.toContain(undelivered);
  });

  test("is not told any more where the case was meanwhile, and left because somebody could not be neutral (P9)", async () => {
    const { routes, advisers } = someOrganisation();
    const third = { ...routes[1], id: "third", channel: "C0THIRD" };
    const more = { name: "Noor Smit", route: "third" };
    const named = advisers.map(({ name, route }) => ({ name, route }));
    await start({ routes: [...routes, third], advisers: [...named, more] });
    const { number } = await anna.report({ story: canary });
    teams().fail(refusal, refusal, refusal);
    bot.channels.slack.faults.set("external", "archived");
    await bot.deliver();
    for (let nr = 0; nr < 4; nr += 1) await passes(20 * second);
    const id = await caseId();
    await new Adviser(bot, "advisers").send({ do: "desk.move", case: id, to: "external" });
    await new Adviser(bot, "external").send({ do: "desk.move", case: id, to: "third" });
    bot.channels.slack.faults.clear();
    await passesLong();
    expect(bot.channels.slack.shown("third").map(wordsOf).join()).toContain(number);
    const inExternal = bot.channels.slack.kept.filter(({ to }) => to === "external");
    expect(JSON.stringify(inExternal)).not.toContain(number);
  });

  test("is given up after a day of answers that do not come, not sooner", async () => {
    await anna.report();
    teams().fail(...Array.from({ length: 8 }, () => lost));
    await bot.deliver();
    await passes(12 * 60 * minute);
    expect(pings()).toEqual([]);
    await passesLong();
    expect(teams().asked.filter((what) => what === "post advisers")).toHaveLength(8);
    expect(pings()).toHaveLength(1);
    expect(bot.channels.slack.shown("external")).toHaveLength(1);
  });

  test("to the conflict route, is told to nobody but the reporter (P9)", async () => {
    const { number } = await anna.report({ aboutAdviser: "yes" });
    bot.channels.slack.fail(refusal, refusal, refusal);
    await bot.deliver();
    await passesLong();
    expect(bot.channels.slack.kept).toEqual([]);
    expect(cards()).toEqual([]);
    expect(pings()).toHaveLength(1);
    expect(teams().kept).toHaveLength(1);
    expect(JSON.stringify(teams().kept)).not.toContain(number);
  });

  test.each(["yes", "unsure"])(
    "to a conflict route that is not configured any more, is told to no other (%s, P9)",
    async (aboutAdviser) => {
      await anna.report({ aboutAdviser });
      const [advisers] = someOrganisation().routes;
      const organisation = someOrganisation({
        routes: [advisers],
        advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
        conflictRoute: undefined,
      });
      const { ring } = bot.world;
      bot = await startBot({ database, organisation, ring, clock: bot.clock, channels: bot.channels });
      await bot.deliver();
      await passesLong();
      expect(cards()).toEqual([]);
      expect(pings()).toHaveLength(1);
    },
  );

  test("is told to the reporter alone where there is no other route", async () => {
    const [advisers] = someOrganisation().routes;
    const lone = {
      routes: [advisers],
      advisers: [{ name: "Fatima El Idrissi", route: "advisers" }],
      conflictRoute: undefined,
    };
    await start(lone);
    await anna.report();
    teams().fail(refusal, refusal, refusal);
    await bot.deliver();
    await passesLong();
    expect(pings()).toHaveLength(1);
    expect(bot.channels.slack.kept).toEqual([]);
  });

  test("is told once, however often the telling is begun", async () => {
    await anna.report();
    const row = await bot.world.store.lease("a worker that dies while telling", bot.clock.at, minute);
    for (let nr = 0; nr < 3; nr += 1) await bot.courier.onGivenUp(row as LeasedDelivery, "refused");
    await bot.world.store.giveUp(row?.id ?? "", "a worker that dies while telling", "refused");
    await passesLong();
    expect(pings()).toHaveLength(1);
    expect(bot.channels.slack.shown("external")).toHaveLength(1);
  });

  test("comes after all when its reporter writes, as the ping says", async () => {
    await anna.report();
    teams().fail(refusal, refusal, refusal);
    await bot.deliver();
    await passesLong();
    expect(cards()).toEqual([]);
    await anna.openThread();
    await anna.press("say", { text: canary });
    await bot.deliver();
    expect(cards()).toHaveLength(1);
  });

  test("because its report cannot be opened any more is given up too, and told to no other route", async () => {
    await anna.report();
    await bot.deliver();
    const { store, ring, clock } = bot.world;
    const id = await caseId();
    await store.transaction(async (tx) => {
      const row = await tx.findCase(id);
      if (!row) throw new Error("no case");
      // What is sealed is bound to its row, so in another it opens for nobody.
      await tx.insertCase({ ...row, id: "another", number: "V-OTHER", receiptHash: "another" });
      await deliveriesIn(tx, ring, clock.now()).enqueue({ kind: "caseCard", case: "another" });
    });
    await bot.deliver();
    await passesLong();
    await passesLong();
    expect((await outbox()).filter(({ state }) => state === "waiting")).toEqual([]);
    expect(bot.channels.slack.kept).toEqual([]);
  });

  test("does not hold up what follows it", async () => {
    await anna.report();
    teams().fail(refusal, refusal, refusal);
    await bot.deliver();
    await passesLong();
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: await caseId() });
    await bot.deliver();
    expect(pings()).toHaveLength(2);
    expect((await outbox()).filter(({ state }) => state === "waiting")).toEqual([]);
  });
});

test("another route is told of nothing any more once the case has moved there itself (P9)", async () => {
  const { number } = await anna.report();
  teams().fail(refusal, refusal, refusal);
  bot.channels.slack.fail({ kind: "rateLimited", retryAfter: 3 * day });
  for (let nr = 0; nr < 3; nr += 1) await passes(minute);
  expect((await outbox()).filter(({ lane }) => String(lane).endsWith(".trouble"))).toHaveLength(1);
  await new Adviser(bot, "advisers").send({ do: "desk.move", case: await caseId(), to: "external" });
  await passesLong();
  expect((await outbox()).filter(({ state }) => state === "waiting")).toEqual([]);
  const told = bot.channels.slack.kept.flatMap(({ views }) => views.map(({ title }) => title));
  expect(told.join()).toContain(number);
  expect(told).not.toContain(content.words("en").say("adviser.routeTrouble.title"));
});

test("a case whose card was given up is brought to its mended route at the next start", async () => {
  await anna.report();
  teams().fail(refusal, refusal, refusal);
  await passesLong();
  expect(cards()).toHaveLength(0);
  await recover(bot.world);
  await recover(bot.world);
  await bot.deliver();
  expect(cards()).toHaveLength(1);
  expect(wordsOf(cards()[0] as View)).toContain(secondCopy);
  await recover(bot.world);
  await bot.deliver();
  expect(cards()).toHaveLength(1);
});

test("a line under the card stays while the case is open, and ends with it: no button opens a closed case", async () => {
  await anna.report();
  await bot.deliver();
  const id = await caseId();
  for (const nonce of ["nonce-one", "nonce-two"]) {
    await anna.send({ do: "say", case: id, nonce }, { text: canary });
    await bot.deliver();
  }
  const adviser = new Adviser(bot, "advisers");
  await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: "Dank je." });
  await bot.deliver();
  const opening = () =>
    cards().filter(({ buttons }) => buttons.some(({ press }) => press?.do === "desk.open"));
  expect(opening()).toHaveLength(3);
  await adviser.send({ do: "desk.close", case: id });
  await bot.deliver();
  expect(cards()).toHaveLength(3);
  expect(opening()).toEqual([]);
  expect(cards().flatMap(({ buttons }) => buttons.map(({ press }) => press?.do))).toEqual([
    "desk.holding",
    "desk.write",
  ]);
});

describe("a card that is gone from the channel", () => {
  test.each(["after a move", "when the reporter writes"])(
    "is posted again as a second copy, %s",
    async (when) => {
      await anna.report();
      await bot.deliver();
      const id = await caseId();
      if (when === "after a move") {
        const { update } = teams();
        teams().update = async (ref, view) => {
          teams().fail(refusal);
          return update.call(teams(), ref, view);
        };
        await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: id });
      } else {
        teams().fail(refusal);
        await anna.send({ do: "say", case: id, nonce: "nonce-of-a-form" }, { text: canary });
      }
      await bot.deliver();
      expect(cards()).toHaveLength(2);
      expect(wordsOf(cards()[1] as View)).toContain(secondCopy);
      expect(await outbox()).toEqual([]);
    },
  );

  test("is left alone while nothing on it changes, since an adviser may be writing in it", async () => {
    await anna.report();
    await bot.deliver();
    const before = teams().kept.map(({ views }) => views.length);
    await anna.send({ do: "say", case: await caseId(), nonce: "nonce-of-a-form" }, { text: canary });
    await bot.deliver();
    expect(
      teams()
        .kept.slice(0, before.length)
        .map(({ views }) => views.length),
    ).toEqual(before);
  });
});

describe("pings", () => {
  test("tell the reporter that there is something, and never what", async () => {
    const { number } = await anna.report();
    await bot.deliver();
    const adviser = new Adviser(bot, "advisers");
    const id = await caseId();
    await adviser.send({ do: "desk.acknowledge", case: id });
    await adviser.send({ do: "desk.reply", case: id, nonce: "nonce-of-a-form" }, { text: canary });
    await adviser.send({ do: "desk.close", case: id });
    await bot.deliver();
    expect(pings()).toHaveLength(3);
    const seen = teams().kept.filter(({ to }) => to === "29:anna");
    // One looks like another, and none says what happened or to which report.
    const said = seen.map(({ views }) => wordsOf(views[0] as View));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).not.toContain(number);
  });

  test("say nothing that the advisers' card says too, so that both together do not tell whose case it is", async () => {
    await anna.report();
    await bot.deliver();
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: await caseId() });
    await bot.deliver();
    expect(wordsOf(cards()[0] as View)).toContain(await caseId());
    expect(pings().map(wordsOf).join()).not.toContain(await caseId());
    const { room } = await anna.send(buttonOf(pings()[0] as View, "thread") as Press);
    expect(room.buttons).toContainEqual(
      expect.objectContaining({ press: expect.objectContaining({ do: "say" }) }),
    );
    // To anybody else it is nobody's report.
    const bram = new Reporter(bot, "29:bram");
    await bram.say("hallo");
    const other = await bram.send(buttonOf(pings()[0] as View, "thread") as Press);
    expect(other.room.note).toBe(content.words("nl").say("common.notes.noSuchReport"));
  });

  test("that are older stay, also when the case is closed: what is being written in a room on one opens it again", async () => {
    await anna.report();
    await bot.deliver();
    const adviser = new Adviser(bot, "advisers");
    const id = await caseId();
    for (const nonce of ["nonce-one", "nonce-two", "nonce-three"]) {
      await adviser.send({ do: "desk.reply", case: id, nonce }, { text: "Dank je." });
      await bot.deliver();
    }
    const live = () => pings().map(({ buttons }) => buttons.some(({ press }) => press?.do === "thread"));
    expect(live()).toEqual([true, true, true]);
    await adviser.send({ do: "desk.close", case: id });
    await bot.deliver();
    expect(live()).toEqual([true, true, true, true]);
  });

  test("in the route that cannot be made neutral are left, and the card stands closed", async () => {
    await anna.report();
    await bot.deliver();
    const id = await caseId();
    await anna.send({ do: "say", case: id, nonce: "nonce-of-anna" }, { text: canary });
    await bot.deliver();
    await new Adviser(bot, "advisers").send({ do: "desk.close", case: id });
    const { update } = teams();
    teams().update = async (ref, view) => {
      if (teams().kept.find((kept) => kept.ref.message === ref.message)?.under) teams().fail(refusal);
      return update.call(teams(), ref, view);
    };
    await bot.deliver();
    await passesLong();
    expect(cards()[0]?.buttons[0]?.press?.do).toBe("desk.holding");
    expect(bot.logged.join()).toContain("ping.notNeutralised");
    expect(bot.logged.join()).not.toContain("givenUp");
  });

  test("that get no answer keep nothing from the advisers", async () => {
    await anna.report();
    await bot.deliver();
    const id = await caseId();
    const { postToPerson } = teams();
    teams().postToPerson = async (to, view) => {
      teams().fail(lost);
      return postToPerson.call(teams(), to, view);
    };
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: id });
    await bot.deliver();
    await anna.send({ do: "say", case: id, nonce: "nonce-of-a-form" }, { text: canary });
    await bot.deliver();
    expect(pings()).toEqual([]);
    expect(cards().map(({ title }) => title)).toContain(
      content
        .words("nl")
        .say("adviser.routePing.title", { number: (await database.tables()).cases?.[0]?.number as string }),
    );
  });

  test("are in the language the reporter chose since", async () => {
    await anna.report();
    await bot.deliver();
    await anna.send({ do: "language", language: "en" });
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: await caseId() });
    await bot.deliver();
    expect(pings()[0]?.title).toBe(content.words("en").say("case.ping.title"));
  });

  test("of what a reporter wrote stand under the case's card, without content", async () => {
    await anna.report();
    await bot.deliver();
    await anna.openThread();
    await anna.press("say", { text: canary });
    await bot.deliver();
    const [card, ping] = teams().kept.filter(({ to }) => to === "advisers");
    expect(ping?.under?.message).toBe(card?.ref.message);
    expect(buttonOf(ping?.views[0] as View, "desk.open")).toMatchObject({ case: await caseId() });
  });

  test("of what a reporter wrote that cannot be delivered are told to the reporter, and the other route (P7)", async () => {
    const { number } = await anna.report();
    await bot.deliver();
    await anna.openThread();
    await anna.press("say", { text: canary });
    teams().faults.set("advisers", "archived");
    await bot.deliver();
    await passesLong();
    expect(pings()).toHaveLength(1);
    const thread = wordsOf(await anna.openThread());
    expect(thread).toContain(undelivered);
    expect(thread).toContain("Slachtofferhulp");
    expect(bot.channels.slack.shown("external").map(wordsOf).join()).toContain(number);
  });

  test("in the route are made neutral together, so that many on a slow platform do not outlast the lease", async () => {
    await anna.report();
    await bot.deliver();
    const id = await caseId();
    for (const nonce of ["nonce-one", "nonce-two", "nonce-three"])
      await anna.send({ do: "say", case: id, nonce }, { text: canary });
    await bot.deliver();
    await new Adviser(bot, "advisers").send({ do: "desk.close", case: id });
    const { update } = teams();
    const begun: (() => void)[] = [];
    teams().update = async (ref, view) => {
      if (teams().kept.find((kept) => kept.ref.message === ref.message)?.under) {
        // None goes on before the last has begun.
        await new Promise<void>((goOn) => {
          begun.push(goOn);
          if (begun.length === 3) for (const each of begun) each();
        });
      }
      return update.call(teams(), ref, view);
    };
    await bot.deliver();
    expect(begun).toHaveLength(3);
  });

  test("that cannot be delivered are recorded, and tell nobody else", async () => {
    await anna.report();
    await bot.deliver();
    await new Adviser(bot, "advisers").send({ do: "desk.acknowledge", case: await caseId() });
    const { postToPerson } = teams();
    teams().postToPerson = async (to, view) => {
      teams().fail(refusal);
      return postToPerson.call(teams(), to, view);
    };
    await bot.deliver();
    await passesLong();
    expect((await database.tables()).audit).toMatchObject([{ code: "delivery.givenUp.reporterPing" }]);
    expect(bot.channels.slack.kept).toEqual([]);
  });
});

test("a case's deliveries are sealed while they wait, and gone when they are done", async () => {
  await anna.report({ story: canary });
  const id = await caseId();
  for (const row of await outbox()) {
    expect(String(row.sealed)).toMatch(/^r1\./);
    expect(String(row.sealed)).not.toContain("caseCard");
  }
  await bot.deliver();
  expect(await outbox()).toEqual([]);
  const refs = (await database.tables()).case_cards ?? [];
  expect(refs).toMatchObject([{ case: id, audience: "route" }]);
  expect(JSON.stringify(refs)).not.toContain("teams-1");
});
