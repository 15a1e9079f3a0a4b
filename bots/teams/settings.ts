/** What the Teams side must be told; the composition root makes it from the environment. */
export interface TeamsSettings {
  /** Off accepts whatever is sent: only for the demo, and only on a loopback address. */
  readonly authentication: "required" | "offForDemo";
  readonly appId: string;
  readonly appPassword: string;
  readonly appType: "SingleTenant" | "MultiTenant" | "UserAssignedMsi";
  readonly appTenantId: string;
  /** Where the platform's signing keys are; null: Microsoft's public cloud. */
  readonly openIdMetadataUrl: string | null;
  /** Who signs the platform's tokens, and for whom ours are; null: Microsoft's public cloud. */
  readonly tokenIssuer: string | null;
  /** Where the bot gets its own token; null: Microsoft's public cloud. */
  readonly loginUrl: string | null;
  /** Hosts beside Microsoft's public ones that the bot's token may be sent to. */
  readonly serviceHosts: readonly string[];
  /** The tenants the bot works for. The SDK checks none, whatever the bot's type. */
  readonly tenants: readonly string[];
  /** Longest wait, in ms, for one answer of the platform. Beyond 15 s it would deliver a message again. */
  readonly connectorTimeoutMs?: number;
}

/** For `connectorTimeoutMs`. */
export const defaultConnectorTimeoutMs = 8_000;

/** Where a route's cards are sent when its own service URL is not configured. */
export const publicServiceUrl = "https://smba.trafficmanager.net/teams/";

/**
 * The hosts Microsoft lists for its public cloud. Exact names only: `trafficmanager.net` is a name space in
 * which anybody can register, and the bot's bearer token goes to whatever host is accepted here.
 */
const publicHosts = [
  "smba.trafficmanager.net",
  "smba.onyx.prod.teams.trafficmanager.net",
  "smba.infra.gcc.teams.microsoft.com",
];
const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Tells whether the bot's token may be sent to a service URL. */
export function serviceUrlGuard(settings: Pick<TeamsSettings, "serviceHosts">): (url: string) => boolean {
  const hosts = new Set([...publicHosts, ...settings.serviceHosts.map((host) => host.toLowerCase())]);
  return (given) => {
    const url = URL.parse(given);
    if (url === null || url.username !== "" || url.password !== "" || !hosts.has(url.hostname)) return false;
    return url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname));
  };
}
