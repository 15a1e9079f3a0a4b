import restify, { type Request, type Server } from "restify";
import { errorCode, type Log } from "./log.ts";
import type { Store } from "./ports.ts";

/** What `/readyz` asks before it says yes. */
export interface Health {
  readonly store: Pick<Store, "ping">;
  /** Route ids that cannot be used now; empty is ready. */
  readonly faultyRoutes: () => readonly string[];
  readonly draining: () => boolean;
}

/** Something that answers requests of its own. */
interface Endpoint {
  mount(server: Server): void;
}

/**
 * The one HTTP server: each adapter mounts its own endpoint, and nothing is parsed for all of them, since
 * Slack's signature is over the raw body. Answers carry codes, never what was sent.
 */
export function createServer(endpoints: readonly Endpoint[], health: Health, log: Log): Server {
  const server = restify.createServer({ name: "vertrouwd", handleUncaughtExceptions: false });
  // Its own log repeats addresses, and one of them may be the link to a document. (pino's, whatever its types say.)
  Object.assign(server.log, { level: "silent" });
  // A slow sender holds a connection, not the service (P16).
  server.server.requestTimeout = 15_000;
  server.server.headersTimeout = 10_000;
  // Restify passes a wish for another protocol on to nobody, and the connection would stay for ever.
  server.server.removeAllListeners("upgrade");
  // Restify passes these on, and heard by nobody they end the process: a port in use, or no more connections.
  server.on("error", (error: unknown) => log.error({ code: "http.server", error: errorCode(error) }));
  server.pre((req, res, next) => {
    res.header("Cache-Control", "no-store");
    res.header("X-Content-Type-Options", "nosniff");
    if (isAddress(req)) return next();
    res.send(400, { code: "BadAddress" });
    next(false);
  });
  server.get("/healthz", async (_req, res) => {
    res.send(200, { status: "alive" });
  });
  server.get("/readyz", async (_req, res) => {
    const problems = await problemsOf(health);
    res.send(problems.length === 0 ? 200 : 503, {
      status: problems.length === 0 ? "ready" : "notReady",
      problems,
    });
  });
  for (const endpoint of endpoints) endpoint.mount(server);
  // Restify's own pages for these repeat the path that was asked for.
  for (const event of [
    "NotFound",
    "MethodNotAllowed",
    "VersionNotAllowed",
    "UnsupportedMediaType",
  ] as const) {
    server.on(event, (_req, res, _error, done) => {
      res.send(statusOf[event], { code: event });
      done();
    });
  }
  server.on("restifyError", (_req, res, error, done) => {
    const status = typeof error?.statusCode === "number" && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) log.error({ code: "http.error", error: error?.name });
    // Going on after an answer went out makes restify send another, and that kills the process.
    if (res.headersSent) return;
    res.send(status, { code: status === 500 ? "error" : "refused" });
    done();
  });
  return server;
}

/** Restify's router throws, and so ends the process, where host and path make no address together. */
function isAddress(req: Request): boolean {
  try {
    req.getUrl();
    return true;
  } catch {
    return false;
  }
}

const statusOf = {
  NotFound: 404,
  MethodNotAllowed: 405,
  VersionNotAllowed: 400,
  UnsupportedMediaType: 415,
} as const;

async function problemsOf(health: Health): Promise<readonly string[]> {
  if (health.draining()) return ["draining"];
  try {
    await health.store.ping();
  } catch {
    return ["store"];
  }
  return health.faultyRoutes().map((route) => `route ${route}`);
}
