import { jest } from "@jest/globals";
import { pino } from "pino";
import { createMembers } from "../bots/members.ts";
import type { Address, Channel, Platform } from "../bots/ports.ts";
import { createRights, type Rights } from "../bots/rights.ts";
import { RecordingChannel } from "./fakes/recording-channel.ts";
import { Reporter } from "./fakes/view-person.ts";
import { FixedClock, onBothDatabases, someOrganisation, startBot, tenants } from "./world.ts";

const minute = 60_000;
const objectId = "0a000000-0000-4000-8000-0000000000aa";
const teamsGroup = {
  platform: "teams",
  tenant: tenants.teams,
  channel: "19:managers@thread.tacv2",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
};
const slackGroup = { platform: "slack", tenant: tenants.slack, channel: "C0MANAGERS" };
const teamsPerson = (user: string) => ({ platform: "teams", tenant: tenants.teams, user });
const slackPerson = (user: string) => ({ platform: "slack", tenant: tenants.slack, user });

const anna: Address = {
  platform: "teams",
  tenant: tenants.teams,
  user: "29:anna",
  conversation: "a:anna",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  bot: "28:bot",
};
const sam: Address = { platform: "slack", tenant: tenants.slack, user: "U0SAM", conversation: "U0SAM" };

/** Rights with these settings, on two platforms where Anna and Sam are managers. */
function bench(check: object, { patienceMs = 50 }: { patienceMs?: number } = {}) {
  const organisation = someOrganisation({
    check,
    tenants: { teams: [tenants.teams, "tenant-two"], slack: [tenants.slack, "T0TWO"] },
  });
  const clock = new FixedClock();
  const logged: string[] = [];
  const log = pino({ level: "info", base: null }, { write: (line: string) => void logged.push(line) });
  const teams = new RecordingChannel("teams", organisation);
  const slack = new RecordingChannel("slack", organisation);
  teams.members.set(teamsGroup.channel, ["29:anna"]);
  slack.members.set(slackGroup.channel, ["U0SAM"]);
  const channels = new Map<Platform, Channel>();
  const rights = createRights({ organisation, members: createMembers({ channels, clock, log, patienceMs }) });
  // As in the service, which makes its channels later.
  channels.set("teams", teams).set("slack", slack);
  const asked = () => [...teams.askedFor, ...slack.askedFor];
  const codes = () => logged.map((line) => JSON.parse(line)).map(({ code, problem }) => [code, problem]);
  return { rights, clock, logged, codes, teams, slack, channels, asked };
}

describe("who may do the check", () => {
  const both = { members: [teamsGroup, slackGroup] };
  const table: readonly (readonly [
    string,
    unknown,
    Address,
    string | null,
    { may: boolean; asked: number },
  ])[] = [
    ["everyone", "everyone", anna, null, { may: true, asked: 0 }],
    ["everyone", "everyone", sam, null, { may: true, asked: 0 }],
    ["nobody", "nobody", anna, objectId, { may: false, asked: 0 }],
    ["her object id", { people: [teamsPerson(objectId)] }, anna, objectId, { may: true, asked: 0 }],
    [
      "her object id in capitals",
      { people: [teamsPerson(objectId.toUpperCase())] },
      anna,
      objectId,
      { may: true, asked: 0 },
    ],
    [
      "her object id, sent in capitals",
      { people: [teamsPerson(objectId)] },
      anna,
      objectId.toUpperCase(),
      { may: true, asked: 0 },
    ],
    [
      "her object id, which is not sent",
      { people: [teamsPerson(objectId)] },
      anna,
      null,
      { may: false, asked: 0 },
    ],
    ["the bot's own id for her", { people: [teamsPerson("29:anna")] }, anna, null, { may: true, asked: 0 }],
    ["that id in capitals", { people: [teamsPerson("29:Anna")] }, anna, null, { may: false, asked: 0 }],
    ["somebody else", { people: [teamsPerson("29:bert")] }, anna, objectId, { may: false, asked: 0 }],
    ["his member id", { people: [slackPerson("U0SAM")] }, sam, null, { may: true, asked: 0 }],
    ["another member", { people: [slackPerson("U0SAMUEL")] }, sam, null, { may: false, asked: 0 }],
    [
      "her in another tenant",
      { people: [{ ...teamsPerson(objectId), tenant: "tenant-two" }] },
      anna,
      objectId,
      { may: false, asked: 0 },
    ],
    ["a group she is in", both, anna, null, { may: true, asked: 1 }],
    ["a group he is in", both, sam, null, { may: true, asked: 1 }],
    ["groups somebody is not in", both, { ...anna, user: "29:bert" }, null, { may: false, asked: 1 }],
    ["groups of another platform only", { members: [slackGroup] }, anna, null, { may: false, asked: 0 }],
    [
      "a group, for somebody of another tenant",
      both,
      { ...anna, tenant: "tenant-two" },
      null,
      { may: false, asked: 0 },
    ],
    [
      "a group of another tenant",
      { members: [{ ...slackGroup, tenant: "T0TWO" }] },
      sam,
      null,
      { may: false, asked: 0 },
    ],
    [
      "her and a group",
      { people: [teamsPerson("29:anna")], members: [teamsGroup] },
      anna,
      null,
      { may: true, asked: 0 },
    ],
  ];
  test.each(table)("%s", async (_what, may, who, alias, expected) => {
    const { rights, asked, codes } = bench({ may });
    expect(await rights.of(who, alias)).toEqual({ check: expected.may, compare: false });
    expect(asked()).toHaveLength(expected.asked);
    expect(codes()).toEqual([]);
  });

  test("is one right, and who may compare is another", async () => {
    const { rights, asked } = bench({
      may: { members: [teamsGroup] },
      compare: { people: [teamsPerson("29:bert")], members: [teamsGroup] },
    });
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: true });
    expect(await rights.of({ ...anna, user: "29:bert" }, null)).toEqual({ check: false, compare: true });
    expect(await rights.of({ ...anna, user: "29:carla" }, null)).toEqual({ check: false, compare: false });
    // One group in both rights is asked once.
    expect(asked()).toEqual(["29:anna", "29:bert", "29:carla"].map((user) => [teamsGroup.channel, user]));
  });

  test("is told apart by platform, also where a tenant and a workspace have one name", async () => {
    const organisation = someOrganisation({
      tenants: { teams: [tenants.teams, tenants.slack], slack: [tenants.slack] },
      check: { may: { people: [slackPerson("U0BOSS")], members: [slackGroup] } },
    });
    const teams = new RecordingChannel("teams", organisation);
    const slack = new RecordingChannel("slack", organisation);
    slack.members.set(slackGroup.channel, ["29:anna"]);
    const channels = new Map<Platform, Channel>([
      ["teams", teams],
      ["slack", slack],
    ]);
    const log = pino({ level: "silent" });
    const rights = createRights({
      organisation,
      members: createMembers({ channels, clock: new FixedClock(), log }),
    });
    for (const user of ["29:anna", "U0BOSS"]) {
      const who = { ...anna, tenant: tenants.slack, user };
      expect(await rights.of(who, null)).toEqual({ check: false, compare: false });
    }
    expect([...teams.askedFor, ...slack.askedFor]).toEqual([]);
  });

  test.each([
    ["an object id as a platform's id", { ...anna, user: objectId }, null],
    ["a platform's id as an alias", { ...anna, user: "29:eve" }, "29:boss"],
    ["an alias in Slack", { ...sam, user: "U0EVE" }, "U0BOSS"],
    ["an object id in Slack", { ...sam, user: "U0EVE" }, objectId],
    ["an empty id", { ...anna, user: "" }, ""],
    ["a way out of a path", { ...anna, user: "../29:boss" }, "../"],
    ["what every object has", { ...anna, user: "__proto__" }, "constructor"],
    ["two people at once", { ...anna, user: "29:boss,29:eve" }, `${objectId},${objectId}`],
    ["a space behind it", { ...anna, user: "29:boss " }, `${objectId} `],
  ])("is nobody by %s", async (_what, who, alias) => {
    const people = [teamsPerson(objectId), teamsPerson("29:boss"), slackPerson("U0BOSS")];
    const { rights } = bench({ may: { people, members: [teamsGroup, slackGroup] } });
    expect(await rights.of(who, alias)).toEqual({ check: false, compare: false });
  });
});

describe("a platform's answer", () => {
  test.each([
    [anna, true],
    [{ ...anna, user: "29:bert" }, false],
  ])("counts for five minutes", async (who, before) => {
    const { rights, clock, teams } = bench({ may: { members: [teamsGroup] } });
    expect(await rights.of(who, null)).toMatchObject({ check: before });
    teams.members.set(teamsGroup.channel, before ? [] : [who.user]);
    clock.advance(5 * minute - 1);
    expect(await rights.of(who, null)).toMatchObject({ check: before });
    expect(teams.askedFor).toHaveLength(1);
    clock.advance(1);
    expect(await rights.of(who, null)).toMatchObject({ check: !before });
    expect(teams.askedFor).toHaveLength(2);
  });

  test("counts no longer where the clock is set back", async () => {
    const { rights, clock, teams } = bench({ may: { members: [teamsGroup] } });
    await rights.of(anna, null);
    clock.advance(-60 * minute);
    teams.members.set(teamsGroup.channel, []);
    expect(await rights.of(anna, null)).toMatchObject({ check: false });
  });

  test("is of one person in one group", async () => {
    const other = { ...teamsGroup, channel: "19:board@thread.tacv2" };
    const { rights, teams } = bench({ may: { members: [teamsGroup] }, compare: { members: [other] } });
    teams.members.set(other.channel, ["29:bert"]);
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: false });
    expect(await rights.of({ ...anna, user: "29:bert" }, null)).toEqual({ check: false, compare: true });
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: false });
    expect(teams.askedFor).toHaveLength(4);
  });

  test("is waited for once by presses that come at once", async () => {
    const { rights, teams } = bench({ may: { members: [teamsGroup] } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => rights.of(anna, null)));
    expect(answers).toEqual(Array(5).fill({ check: true, compare: false }));
    expect(teams.askedFor).toHaveLength(1);
  });

  test("is forgotten, the oldest first, beyond ten thousand", async () => {
    const { rights, teams } = bench({ may: { members: [teamsGroup] } });
    const crowd = Array.from({ length: 10_000 }, (_, nr) => ({ ...anna, user: `29:nr${nr}` }));
    await rights.of(anna, null);
    await rights.of({ ...anna, user: "29:bert" }, null);
    for (const one of crowd.slice(0, -1)) await rights.of(one, null);
    expect(teams.askedFor).toHaveLength(10_001);
    await rights.of({ ...anna, user: "29:bert" }, null);
    expect(teams.askedFor).toHaveLength(10_001);
    await rights.of(anna, null);
    expect(teams.askedFor).toHaveLength(10_002);
  });
});

describe("where the platform does not say", () => {
  const unknowns = [
    [{ kind: "rateLimited", retryAfter: 1000 }, "rateLimited"],
    [{ kind: "unknown", code: "http503" }, "http503"],
    [{ kind: "refused", code: "missing_scope" }, "missing_scope"],
  ] as const;
  test.each(unknowns)("it is unknown, and asked anew: %j", async (doubt, problem) => {
    const { rights, slack, codes, logged } = bench({ may: { members: [slackGroup] } });
    slack.doubts.push(doubt);
    expect(await rights.of(sam, null)).toBe("unknown");
    expect(codes()).toEqual([["members.unknown", problem]]);
    for (const secret of ["U0SAM", slackGroup.channel, tenants.slack])
      expect(logged.join()).not.toContain(secret);
    expect(await rights.of(sam, null)).toEqual({ check: true, compare: false });
  });

  test("in time it is unknown, and the answer serves the next try", async () => {
    const { rights, teams, codes } = bench({ may: { members: [teamsGroup] } });
    const { promise, resolve } = Promise.withResolvers<void>();
    teams.doubts.push(promise);
    expect(await rights.of(anna, null)).toBe("unknown");
    expect(codes()).toEqual([["members.unknown", "timeout"]]);
    resolve();
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: false });
    expect(teams.askedFor).toHaveLength(1);
  });

  test("a failure that comes too late disturbs nobody", async () => {
    const { rights, teams } = bench({ may: { members: [teamsGroup] } });
    const { promise, reject } = Promise.withResolvers<void>();
    teams.doubts.push(promise);
    expect(await rights.of(anna, null)).toBe("unknown");
    reject(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: false });
  });

  test("and is not there, it is unknown each time", async () => {
    const { rights, channels, codes } = bench({ may: { members: [teamsGroup] } });
    channels.clear();
    for (let nr = 0; nr < 2; nr++) expect(await rights.of(anna, null)).toBe("unknown");
    expect(codes()).toEqual(Array(2).fill(["members.unknown", "notConfigured"]));
  });

  test("an error nobody foresaw is no yes, and is not quoted", async () => {
    const { rights, channels, codes, logged, teams } = bench({ may: { members: [teamsGroup] } });
    teams.isMember = () => Promise.reject(new TypeError("29:anna"));
    channels.set("teams", teams);
    expect(await rights.of(anna, null)).toBe("unknown");
    expect(codes()).toEqual([["members.unknown", "unexpected"]]);
    expect(logged.join()).not.toContain("29:anna");
  });

  test("of one group, another that says yes is enough", async () => {
    const silent = { ...teamsGroup, channel: "19:silent@thread.tacv2" };
    const { rights } = bench({ may: { members: [silent, teamsGroup] } });
    expect(await rights.of(anna, null)).toEqual({ check: true, compare: false });
    expect(await rights.of({ ...anna, user: "29:bert" }, null)).toBe("unknown");
  });

  const silent = { ...teamsGroup, channel: "19:silent@thread.tacv2" };
  test.each<[string, object, Rights | "unknown"]>([
    [
      "who may check still may",
      { may: "everyone", compare: { members: [silent] } },
      { check: true, compare: false },
    ],
    ["who may not is in doubt", { may: "nobody", compare: { members: [silent] } }, "unknown"],
    [
      "nor does comparing make up for the check",
      { may: { members: [silent] }, compare: "everyone" },
      "unknown",
    ],
  ])("of the comparison, %s", async (_what, check, expected) => {
    expect(await bench(check).rights.of(anna, null)).toEqual(expected);
  });
});

onBothDatabases((fresh) => {
  test("an alias is in nothing that is kept, sealed or not, logged, sent or shown", async () => {
    const database = await fresh();
    const bot = await startBot({
      database,
      organisation: someOrganisation({ check: { may: { people: [teamsPerson(objectId)] } } }),
    });
    const sealing = jest.spyOn(Buffer, "from");
    try {
      const reporter = new Reporter(bot, "29:anna");
      reporter.alias = objectId;
      await reporter.report({ story: "een rode draad door de dag" });
      await bot.deliver();
      await reporter.openThread();
      await reporter.fillIn();
      const plain = JSON.stringify(sealing.mock.calls.map(([what]) => what));
      expect(plain).toContain("een rode draad door de dag");
      const sent = Object.values(bot.channels).flatMap(({ kept }) => kept);
      const kept = JSON.stringify([await database.tables(), sent, reporter.views, bot.logged]);
      for (const everything of [plain, kept, await database.bytes()])
        expect(everything.toLowerCase()).not.toContain(objectId);
    } finally {
      sealing.mockRestore();
      await database.close();
    }
  });
});
