import { createLog } from "../bots/log.ts";
import type { Group } from "../bots/ports.ts";
import { createTeams } from "../bots/teams/adapter.ts";
import type { Turns } from "../bots/turns.ts";
import { channelContract } from "./contracts/channel.ts";
import { bareSettings, startConnector, tenant } from "./fakes/teams.ts";

const noTurns: Turns = {
  person: () => Promise.reject(new Error("no turn expected")),
  doorPosted: () => Promise.reject(new Error("no turn expected")),
  desk: () => Promise.reject(new Error("no turn expected")),
  route: () => Promise.reject(new Error("no turn expected")),
  inGroup: () => Promise.reject(new Error("no turn expected")),
  sessionForm: () => {
    throw new Error("no turn expected");
  },
  session: () => Promise.reject(new Error("no turn expected")),
  sessionNotPosted: () => Promise.reject(new Error("no turn expected")),
};
const log = createLog("silent");

channelContract("Teams", async () => {
  const { settings, credentials, connector, person, route, otherRoute, close } = await bareSettings();
  connector.addChannel("19:shared@thread.tacv2", { memberTenants: [tenant, "another-organisation"] });
  connector.addChannel("19:notmember@thread.tacv2", { notMember: true });
  connector.addChannel("19:managers@thread.tacv2", { people: ["29:bert", person.user] });
  connector.addChannel("19:board@thread.tacv2", { people: ["29:bert"] });
  const group = (channel: string) => ({
    platform: "teams" as const,
    tenant,
    channel,
    serviceUrl: connector.serviceUrl,
  });
  const gone = await startConnector();
  await gone.close();
  return {
    channel: createTeams(settings, { turns: noTurns, log, credentials }).channel,
    person,
    route,
    otherRoute,
    shown: connector.messages,
    failNext: connector.failNext,
    writes: connector.writes,
    faulty: {
      shared: { ...route, channel: "19:shared@thread.tacv2" },
      notMember: { ...route, channel: "19:notmember@thread.tacv2" },
      notFound: { ...route, channel: "19:nowhere@thread.tacv2" },
      wrongTenant: { ...route, tenant: "another-organisation" },
      unreachable: { ...route, serviceUrl: gone.serviceUrl },
    },
    group: group("19:managers@thread.tacv2"),
    otherGroup: group("19:board@thread.tacv2"),
    closed: {
      notMember: group("19:notmember@thread.tacv2"),
      notFound: group("19:nowhere@thread.tacv2"),
      unreachable: { ...group("19:managers@thread.tacv2"), serviceUrl: gone.serviceUrl },
    },
    failNextRead: connector.failNextRead,
    reads: connector.reads,
    close,
  };
});

describe("a group in Teams", () => {
  let teams: Awaited<ReturnType<typeof bareSettings>>;
  beforeEach(async () => {
    teams = await bareSettings({ connectorTimeoutMs: 100 });
  });
  afterEach(() => teams.close());
  const channel = () =>
    createTeams(teams.settings, { turns: noTurns, log, credentials: teams.credentials }).channel;
  const group = (over: Partial<Group> = {}): Group => ({
    platform: "teams",
    tenant,
    channel: "19:managers@thread.tacv2",
    serviceUrl: teams.connector.serviceUrl,
    ...over,
  });

  test("is asked for one person, by the bot's own id, and nobody else's is read", async () => {
    teams.connector.addChannel("19:managers@thread.tacv2", { people: ["29:anna"] });
    expect(await channel().isMember(group(), "29:anna")).toBe(true);
    expect(teams.connector.requests).toEqual([
      "GET v3/conversations/19:managers@thread.tacv2/members/29:anna",
    ]);
  });

  test("that the bot does not see is no group without members", async () => {
    await expect(channel().isMember(group(), "29:anna")).rejects.toMatchObject({
      problem: { kind: "refused", code: "ConversationNotFound" },
    });
  });

  test("is in doubt where no answer comes in time", async () => {
    teams.connector.addChannel("19:managers@thread.tacv2", { people: ["29:anna"] });
    teams.connector.failNextRead({ with: "silence" });
    await expect(channel().isMember(group(), "29:anna")).rejects.toMatchObject({
      problem: { kind: "unknown", code: "timeout" },
    });
  });

  test("is asked for at no address that the bot's token may not be sent to", async () => {
    const serviceUrl = "https://evil.example/";
    await expect(channel().isMember(group({ serviceUrl }), "29:anna")).rejects.toMatchObject({
      problem: { kind: "refused", code: "serviceUrlNotAllowed" },
    });
    expect(await channel().checkGroup(group({ serviceUrl }))).toEqual({ code: "unreachable" });
  });
});
