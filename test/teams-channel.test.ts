import { createLog } from "../bots/log.ts";
import { createTeams } from "../bots/teams/adapter.ts";
import type { Turns } from "../bots/turns.ts";
import { channelContract } from "./contracts/channel.ts";
import { bareSettings, startConnector, tenant } from "./fakes/teams.ts";

const noTurns: Turns = {
  person: () => Promise.reject(new Error("no turn expected")),
  doorPosted: () => Promise.reject(new Error("no turn expected")),
  desk: () => Promise.reject(new Error("no turn expected")),
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
    close,
  };
});
