import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { exportJWK, SignJWT } from "jose";

/** Teams' side of the wire for a benchmark: signs real tokens, takes messages, and counts. It checks nothing. */
export interface Platform {
  readonly appId: string;
  readonly tenant: string;
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly serviceUrl: string;
  /** What every activity is sent with. */
  readonly token: string;
  /** Requests that came in so far. */
  received(): number;
  /** The card last posted or put in a conversation, and its message. */
  latest(conversation: string): { readonly message: string; readonly card: unknown } | undefined;
  stop(): Promise<void>;
}

interface Posted {
  readonly attachments?: readonly { readonly content?: unknown }[];
}

export async function startPlatform(): Promise<Platform> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...(await exportJWK(publicKey)), kid: "bench", use: "sig", endorsements: ["msteams"] };
  const latest = new Map<string, { message: string; card: unknown }>();
  let received = 0;
  const server = createServer(async (request, response) => {
    const [, first, , conversation, , message] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const answer = (body: object) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    };
    if (first === "openid")
      return answer({ issuer, jwks_uri: `${base}/keys`, id_token_signing_alg_values_supported: ["RS256"] });
    if (first === "keys") return answer({ keys: [key] });
    if (request.method === "GET") return answer({ members: [{ id: "29:adviser", tenantId: tenant }] });
    received += 1;
    const posted = (await json(request)) as Posted;
    // A continued conversation posts to a made-up message; only a PUT names one that is there.
    const id = request.method === "PUT" && message !== undefined ? message : randomUUID();
    latest.set(decodeURIComponent(conversation ?? ""), {
      message: id,
      card: posted.attachments?.[0]?.content,
    });
    answer({ id });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = "https://api.botframework.com";
  const appId = randomUUID();
  const tenant = randomUUID();
  const token = await new SignJWT({ serviceurl: base })
    .setProtectedHeader({ alg: "RS256", kid: key.kid })
    .setIssuer(issuer)
    .setAudience(appId)
    .setExpirationTime("1h")
    .sign(privateKey);
  return {
    appId,
    tenant,
    issuer,
    openIdMetadataUrl: `${base}/openid`,
    serviceUrl: base,
    token,
    received: () => received,
    latest: (conversation) => latest.get(conversation),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
