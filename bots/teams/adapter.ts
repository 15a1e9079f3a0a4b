import type { ServiceClientCredentialsFactory } from "botframework-connector";
import type { Log } from "../log.ts";
import type { Adapter, Turns } from "../turns.ts";
import type { Answer } from "./answer.ts";
import { createAuthentication } from "./authentication.ts";
import { teamsChannel } from "./channel.ts";
import { createConnector } from "./connector.ts";
import { converseIn } from "./conversation.ts";
import { answerRequest, send } from "./endpoint.ts";
import { defaultConnectorTimeoutMs, serviceUrlGuard, type TeamsSettings } from "./settings.ts";

export type { TeamsSettings } from "./settings.ts";

export interface TeamsDeps {
  readonly turns: Turns;
  readonly log: Log;
  /** Where the bot's own tokens come from, when not from Microsoft: tests have a local issuer. */
  readonly credentials?: ServiceClientCredentialsFactory;
}

/**
 * The Teams side of Vertrouwd. Of the SDK it uses the token checks and the connector client, not its HTTP
 * adapter: that one answers a bad signature with 500, tells callers what went wrong, writes to the console,
 * and repeats posts. Throws where authentication is required and cannot be.
 */
export function createTeams(settings: TeamsSettings, { turns, log, credentials }: TeamsDeps): Adapter {
  const authentication = createAuthentication(settings, credentials);
  const tenants: ReadonlySet<string> = new Set(settings.tenants);
  const allows = serviceUrlGuard(settings);
  const timeoutMs = settings.connectorTimeoutMs ?? defaultConnectorTimeoutMs;
  const connector = createConnector(authentication.connectors, { allows, timeoutMs });
  const answer = converseIn({ turns, connector, log });
  const endpoint = { authentication, tenants, allowsServiceUrl: allows, answer, log };

  const underWay = new Set<Promise<unknown>>();
  let stopping = false;
  function working<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const done = () => void underWay.delete(work);
    work.then(done, done);
    return work;
  }
  return {
    channel: teamsChannel(connector, tenants),
    mount(server) {
      server.post("/api/messages", async (request, response) => {
        if (stopping) return send(response, { status: 503 });
        const given: Answer = await working(answerRequest(endpoint, request));
        send(response, given);
        if (given.afterwards) void working(given.afterwards());
      });
    },
    async start() {},
    async stop() {
      stopping = true;
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
