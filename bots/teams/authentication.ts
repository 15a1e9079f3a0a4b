import { setTimeout as pause } from "node:timers/promises";
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from "botbuilder";
import {
  AuthenticationConstants,
  AuthenticationError,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
  type ServiceClientCredentialsFactory,
} from "botframework-connector";
import type { Activity as SdkActivity } from "botframework-schema";
import { type AcceptedTokens, acceptedTokens } from "./accepted.ts";
import type { Activity } from "./activity.ts";
import { defaultConnectorTimeoutMs, type TeamsSettings } from "./settings.ts";

/** `unavailable`: the platform's signing keys could not be fetched, so nothing can be said of the token. */
export type Verdict = "accepted" | "refused" | "unavailable";

export interface Authentication {
  /** Whether a request with this header may speak for the platform about this activity. Never throws. */
  verdict(activity: Activity, header: string | undefined): Promise<Verdict>;
  /** Makes clients that carry the bot's own token. */
  readonly connectors: ConnectorFactory;
}

/** Throws where authentication is required and there is no app id: the SDK would let everybody in. */
export function createAuthentication(
  settings: TeamsSettings,
  credentials: ServiceClientCredentialsFactory = credentialsOf(settings),
): Authentication {
  const required = settings.authentication === "required";
  if (required && settings.appId === "") throw new Error("Teams: authentication without an app id");
  const issuer = settings.tokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;
  const sdk = new ConfigurationBotFrameworkAuthentication(parameters(settings, issuer), credentials);
  const accepted = acceptedTokens();
  const timeoutMs = settings.connectorTimeoutMs ?? defaultConnectorTimeoutMs;
  return {
    verdict: (activity, header) =>
      required
        ? inTime(timeoutMs, verify(sdk, accepted, issuer, activity, header), "unavailable")
        : Promise.resolve("accepted"),
    connectors: sdk.createConnectorFactory(
      new ClaimsIdentity([
        { type: AuthenticationConstants.AudienceClaim, value: required ? settings.appId : "" },
      ]),
    ),
  };
}

type Request = Parameters<
  Awaited<ReturnType<ServiceClientCredentialsFactory["createCredentials"]>>["signRequest"]
>[0];

/**
 * Asks for the bot's own token, as every call of the connector does. Null: it was given. Otherwise a word
 * for what went wrong: the login's own code, such as `invalid_client`, where it gave one.
 */
export async function ownTokenFault(
  settings: TeamsSettings,
  credentials: ServiceClientCredentialsFactory = credentialsOf(settings),
): Promise<string | null> {
  const issuer = settings.tokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;
  const { ToChannelFromBotOAuthScope: audience, ToChannelFromBotLoginUrl: login } = parameters(
    settings,
    issuer,
  );
  const signed = new Map<string, string>();
  const timeoutMs = settings.connectorTimeoutMs ?? defaultConnectorTimeoutMs;
  try {
    const own = await credentials.createCredentials(settings.appId, audience, login, true);
    await inTime(timeoutMs, own.signRequest({ headers: signed } as unknown as Request), null);
    return signed.size > 0 ? null : "noAnswer";
  } catch (error) {
    const code = (error as { errorCode?: unknown } | null)?.errorCode;
    return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : "noAnswer";
  }
}

/** All of them, always: setting any one turns off every default in the SDK. */
function parameters(settings: TeamsSettings, issuer: string) {
  const keys = settings.openIdMetadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl;
  return {
    ValidateAuthority: true,
    CallerId: "urn:botframework:azure",
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToChannelFromBotLoginUrl: settings.loginUrl ?? AuthenticationConstants.ToChannelFromBotLoginUrl,
    // In every cloud this is the same as the issuer of the tokens that come in.
    ToChannelFromBotOAuthScope: issuer,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: keys,
    ToBotFromEmulatorOpenIdMetadataUrl: keys,
  };
}

function credentialsOf(settings: TeamsSettings): ServiceClientCredentialsFactory {
  if (settings.authentication === "offForDemo") return new ConfigurationServiceClientCredentialFactory({});
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: settings.appId,
    MicrosoftAppPassword: settings.appPassword,
    MicrosoftAppType: settings.appType,
    MicrosoftAppTenantId: settings.appTenantId,
  });
}

async function verify(
  sdk: BotFrameworkAuthentication,
  accepted: AcceptedTokens,
  issuer: string,
  activity: Activity,
  header = "",
): Promise<Verdict> {
  const key = accepted.keyOf(header, activity);
  if (accepted.holds(key)) return "accepted";
  const claims = claimsOf(header);
  if (claims?.iss !== issuer) return "refused";
  try {
    await sdk.authenticateRequest(activity as unknown as SdkActivity, header);
    if (typeof claims.exp === "number") accepted.add(key, claims.exp * 1000);
    return "accepted";
  } catch (error) {
    // A bad signature comes as a plain error of the token library, which an adapter of the SDK answers 500.
    return isOutage(error) ? "unavailable" : "refused";
  }
}

/** The SDK waits without end for a server of keys that takes the connection and stays silent. */
async function inTime<T>(ms: number, answer: Promise<T>, otherwise: T): Promise<T> {
  const answered = new AbortController();
  const late = pause(ms, otherwise, { signal: answered.signal }).catch(() => answer);
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort();
  }
}

function isOutage(error: unknown): boolean {
  if (error instanceof AuthenticationError) return error.statusCode >= 500;
  return error instanceof Error && error.name === "FetchError";
}

/**
 * What a token claims, before its signature is looked at. The SDK also takes tokens of its emulator and of
 * other bots, checks less of them, and remembers every tenant such a token names: none gets that far.
 */
function claimsOf(header: string): { readonly iss?: unknown; readonly exp?: unknown } | null {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(header)?.[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" ? claims : null;
  } catch {
    return null;
  }
}
