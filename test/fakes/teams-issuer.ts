import { randomUUID } from "node:crypto";
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from "jose";
import { sendJson, serveLocally } from "./local-server.ts";

/** The bot's app id, for which the tokens are. */
export const appId = "00000000-0000-4000-8000-0000000000aa";

/** What a token says and how it is signed; all of it right unless told otherwise. */
export interface TokenOptions {
  readonly serviceUrl: string;
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds since the epoch. */
  readonly expires?: number;
  /** `forged`: signed by a stranger under a known key's name; `unknown`: under a name nobody knows. */
  readonly key?: "good" | "unendorsed" | "forged" | "unknown";
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface TokenIssuer {
  readonly openIdMetadataUrl: string;
  readonly issuer: string;
  sign(options: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

/** Slow to make, so made once a process; that issuers share them makes no test easier. */
let pairs: Promise<[GenerateKeyPairResult, GenerateKeyPairResult, GenerateKeyPairResult]> | null = null;
const newPair = () => generateKeyPair("RS256", { extractable: true });

/** Starts an issuer of the tokens that the platform's requests carry. Its address is new each time: keys are cached by it. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const issuer = "https://api.botframework.com";
  pairs ??= Promise.all([newPair(), newPair(), newPair()]);
  const [good, unendorsed, stranger] = await pairs;
  const keys = [
    { ...(await exportJWK(good.publicKey)), kid: "good", endorsements: ["msteams"] },
    { ...(await exportJWK(unendorsed.publicKey)), kid: "unendorsed", endorsements: ["webchat"] },
  ];
  const path = `/${randomUUID()}`;
  const server = await serveLocally((request, response) => {
    if (request.url === `${path}/openid`) {
      sendJson(response, 200, { issuer, jwks_uri: `${server.url}${path}/keys` });
    } else if (request.url === `${path}/keys`) sendJson(response, 200, { keys });
    else sendJson(response, 404, {});
  });
  return {
    openIdMetadataUrl: `${server.url}${path}/openid`,
    issuer,
    sign(options) {
      const key = options.key ?? "good";
      const signer = { good, unendorsed, forged: stranger, unknown: stranger }[key].privateKey;
      return new SignJWT({ serviceurl: options.serviceUrl, ...options.claims })
        .setProtectedHeader({ alg: "RS256", kid: key === "forged" ? "good" : key })
        .setIssuer(options.issuer ?? issuer)
        .setAudience(options.audience ?? appId)
        .setNotBefore(Math.floor(Date.now() / 1000) - 3600)
        .setExpirationTime(options.expires ?? Math.floor(Date.now() / 1000) + 3600)
        .sign(signer);
    },
    close: server.close,
  };
}
