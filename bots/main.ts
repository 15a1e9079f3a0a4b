import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { Server } from "restify";
import { ContentFault } from "../content/words.ts";
import { createAdapters } from "./adapters.ts";
import { type Config, ConfigFault, readConfig } from "./config.ts";
import { readContent } from "./content-files.ts";
import { createCourier } from "./deliver.ts";
import { documentsOf } from "./documents.ts";
import { mountDownloads } from "./download-page.ts";
import { flowsFor } from "./flows.ts";
import { every } from "./jobs/every.ts";
import { handOver } from "./jobs/hand-over.ts";
import { recover } from "./jobs/recover.ts";
import { remind } from "./jobs/remind.ts";
import { sweep } from "./jobs/sweep.ts";
import { createLog, errorCode, type Log } from "./log.ts";
import { createMembers } from "./members.ts";
import type { OutboxPolicy } from "./outbox/policy.ts";
import { createOutbox, type Outbox } from "./outbox/worker.ts";
import type { Channel, Clock, Platform, Store } from "./ports.ts";
import { createRights } from "./rights.ts";
import { watchRoutes } from "./routes.ts";
import { createServer } from "./server.ts";
import { openStore } from "./store/open.ts";
import type { TeamsDeps } from "./teams/adapter.ts";
import { createTurns } from "./turn.ts";
import { freshId, type World } from "./world.ts";

/** A running service. */
export interface Service {
  /** Where it listens. */
  readonly url: string;
  readonly store: Store;
  readonly outbox: Outbox;
  /** Takes no more work, finishes what is under way, and closes the database. */
  stop(): Promise<void>;
}

/** What tests and benchmarks set differently from production. */
export interface ServiceOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly outbox?: Partial<OutboxPolicy>;
  /** How long, in ms, `stop` waits for requests that are under way. */
  readonly drainMs?: number;
  /** Where the bot's own Teams tokens come from, when not from Microsoft. */
  readonly credentials?: NonNullable<TeamsDeps["credentials"]>;
}

const hour = 3_600_000;
/** Longer than a turn takes, and shorter than whoever stops a process waits before it kills it. */
const defaultDrainMs = 10_000;

/**
 * Puts the service together and starts it. Throws `ConfigFault` where a route is not a place that only
 * advisers read; a platform that does not answer yet is waited for, and `/readyz` says so.
 */
export async function startService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const log = options.log ?? createLog(config.logLevel);
  const clock = options.clock ?? { now: Date.now };
  const content = readContent();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  const { organisation, ring, publicUrl } = config;
  const flows = flowsFor(organisation);
  // Turns ask about rights only once adapters hand them events, and by then their channels are in here.
  const channels = new Map<Platform, Channel>();
  const members = createMembers({ channels, clock, log });
  const rights = createRights({ organisation, members });
  const kick = () => outbox.kick();
  const world: World = {
    store,
    ring,
    organisation,
    content,
    flows,
    clock,
    log,
    members,
    rights,
    publicUrl,
    kick,
  };
  const turns = createTurns(world);
  const adapters = await createAdapters(config, { turns, log, content, credentials: options.credentials });
  for (const { channel } of adapters) channels.set(channel.platform, channel);
  const courier = createCourier(world, channels);
  const outbox = createOutbox({
    store,
    ...courier,
    clock,
    log,
    worker: freshId(),
    ...(options.outbox ? { policy: options.outbox } : {}),
  });
  const routes = watchRoutes(organisation.routes, channels, log);
  let draining = false;
  const downloads = { mount: (to: Server) => mountDownloads(to, world, documentsOf(world)) };
  const server = createServer(
    publicUrl === null ? adapters : [...adapters, downloads],
    { store, faultyRoutes: routes.faulty, draining: () => draining },
    log,
  );
  try {
    await routes.check();
    for (const adapter of adapters) await adapter.start();
    await new Promise<void>((resolve, reject) => {
      server.server.once("error", reject);
      server.listen(config.port, config.host, resolve);
    });
  } catch (error) {
    await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
    await store.close();
    throw error;
  }
  outbox.start();
  // A start does not fail for it: the next one tries again.
  await recover(world).catch((error: unknown) =>
    log.error({ code: "recover.failed", error: errorCode(error) }),
  );
  // Hourly too: a closed case of who or what is gone meanwhile can be opened again.
  const handingOver = every(hour, "handOver", log, () => handOver(world));
  await handingOver.idle();
  const sweeping = every(hour, "sweep", log, () => sweep({ store, ring, organisation, clock, log }));
  const reminding = every(hour, "remind", log, () => remind(world));
  const { port } = server.address() as AddressInfo;
  log.info({ code: "started", port, platforms: [...channels.keys()] });
  return {
    url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`,
    store,
    outbox,
    stop: once(async () => {
      draining = true;
      await handingOver.stop();
      await sweeping.stop();
      await reminding.stop();
      routes.stop();
      server.server.closeIdleConnections();
      const closed = new Promise<void>((resolve) => server.close(resolve));
      // From here on Node cuts off no slow sender any more, and one would hold up the stop for ever.
      const patience = setTimeout(
        () => server.server.closeAllConnections(),
        options.drainMs ?? defaultDrainMs,
      );
      await Promise.all(adapters.map((adapter) => adapter.stop()));
      server.server.closeIdleConnections();
      await closed;
      clearTimeout(patience);
      await outbox.stop();
      await store.close();
      log.info({ code: "stopped" });
    }),
  };
}

/** However often it is asked, it is done once. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}

/** `npm start`: production, with authentication, from the environment. */
async function main(): Promise<void> {
  let service: Service;
  try {
    service = await startService(readConfig(process.env, { mode: "production" }));
  } catch (error) {
    process.stderr.write(`${linesOf(error).join("\n")}\n`);
    process.exitCode = 1;
    return;
  }
  const stop = async () => {
    await service.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
}

/** What to do, one mistake a line; of what nobody foresaw only its class and code. */
function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigFault) return error.lines;
  if (error instanceof ContentFault) return error.faults.map((fault) => `content: ${fault}`);
  return [`cannot start: ${JSON.stringify(errorCode(error))}`];
}

if (import.meta.main) await main();
