import type { ServiceClientCredentialsFactory } from "botframework-connector";
import type { Address, Route } from "../../bots/ports.ts";
import type { TeamsSettings } from "../../bots/teams/adapter.ts";
import { type FakeConnector, startConnector, tenant } from "./teams-connector.ts";
import { appId, startTokenIssuer, type TokenIssuer } from "./teams-issuer.ts";

export { pressOn, wordsOn } from "./teams-client.ts";
export { type FakeConnector, type StoredMessage, startConnector, tenant } from "./teams-connector.ts";
export { appId, startTokenIssuer, type TokenIssuer, type TokenOptions } from "./teams-issuer.ts";

/** Where the fakes' person and channels are. */
export const places = {
  person: "a:1personal",
  channel: "19:advisers@thread.tacv2",
  otherChannel: "19:conflict@thread.tacv2",
} as const;

/** Both fakes wired to settings for the real adapter: what `createTeams` needs besides its turns and log. */
export interface BareTeams {
  readonly settings: TeamsSettings;
  readonly credentials: ServiceClientCredentialsFactory;
  readonly connector: FakeConnector;
  readonly issuer: TokenIssuer;
  readonly person: Address;
  readonly route: Route;
  readonly otherRoute: Route;
  close(): Promise<void>;
}

/** Starts both fakes, with one personal chat and two channels, and the settings to use them. */
export async function bareSettings(over: Partial<TeamsSettings> = {}): Promise<BareTeams> {
  const [issuer, connector] = await Promise.all([startTokenIssuer(), startConnector()]);
  connector.addPersonal(places.person);
  connector.addChannel(places.channel);
  connector.addChannel(places.otherChannel);
  const { serviceUrl } = connector;
  const route = (id: string, channel: string): Route => ({
    id,
    platform: "teams",
    tenant,
    channel,
    serviceUrl,
    language: "nl",
    card: "sealed",
  });
  return {
    settings: {
      authentication: "required",
      appId,
      appPassword: "unused",
      appType: "SingleTenant",
      appTenantId: tenant,
      openIdMetadataUrl: issuer.openIdMetadataUrl,
      tokenIssuer: issuer.issuer,
      loginUrl: null,
      serviceHosts: ["127.0.0.1"],
      tenants: [tenant],
      ...over,
    },
    credentials: credentialsWith(connector.token),
    connector,
    issuer,
    person: {
      platform: "teams",
      tenant,
      user: "29:anna",
      conversation: places.person,
      serviceUrl,
      bot: `28:${appId}`,
    },
    route: route("default", places.channel),
    otherRoute: route("conflict", places.otherChannel),
    close: async () => void (await Promise.all([issuer.close(), connector.close()])),
  };
}

/** The bot's own credentials, as Microsoft's login would give them. */
export function credentialsWith(token: string | null): ServiceClientCredentialsFactory {
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request) => {
        if (token !== null) request.headers.set("authorization", `Bearer ${token}`);
        return request;
      },
    }),
  };
}
