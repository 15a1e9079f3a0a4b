import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Config, ConfigFault, readConfig } from "./config.ts";
import { DemoFault, playgroundPort, settle } from "./demo/home.ts";
import {
  PlaygroundError,
  type PlaygroundProcess,
  type Stage,
  startPlaygroundProcess,
} from "./demo/playground.ts";
import { claim } from "./demo/ports.ts";
import { welcome } from "./demo/screen.ts";
import { type Service, startService } from "./main.ts";
import type { Organisation } from "./organisation.ts";
import { workspaceOf } from "./slack/workspace.ts";

/**
 * `npm run demo`: the whole service on this computer alone, with Microsoft's Agents Playground as Teams.
 * Settings are those of `npm start`; what is not set is chosen here. PLAYGROUND_PORT is the demo's own.
 */
async function demo(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { fresh, client, later } = read(args);
  const root = fileURLToPath(new URL("..", import.meta.url));
  const port = await claim(portOf(environment, "PORT", 3978), "PORT");
  const wanted = portOf(environment, "PLAYGROUND_PORT", playgroundPort);
  const clientPort = client ? await claim(wanted, "PLAYGROUND_PORT") : wanted;
  const home = settle({ root, data: environment.DATA_DIR ?? "var/demo", fresh, port: clientPort });
  const settings = readConfig(
    {
      LOG_LEVEL: "error",
      KEYS_FILE: home.keysFile,
      ORGANISATION_FILE: home.organisationFile,
      TEAMS_SERVICE_HOSTS: "127.0.0.1",
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...environment,
      DATA_DIR: home.data,
      PORT: String(port),
    },
    { mode: "demo" },
  );
  const config = await withWorkspace(settings);
  const running = new Running();
  // A terminal signals the whole group and npm passes it on: the second signal is the same wish.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => void running.stop(0));
  try {
    if (client) {
      const botUrl = `http://${config.host}:${port}`;
      const stage = stageOf(config.organisation);
      running.playground = await startPlaygroundProcess({
        port: clientPort,
        botUrl,
        directory: home.playground,
        stage,
      });
    }
    const ahead = later * 86_400_000;
    running.service = await startService(config, { clock: { now: () => Date.now() + ahead } });
  } catch (error) {
    report(error);
    return running.stop(1);
  }
  void running.playground?.ended.then((how) => {
    if (running.stopping) return;
    process.stderr.write(
      `The Playground stopped (${how}), and so does the demo. Start it again: npm run demo\n`,
    );
    void running.stop(1);
  });
  process.stdout.write(
    welcome({
      client: running.playground?.url ?? null,
      bot: running.service.url,
      data: `./${relative(process.cwd(), home.data)}`,
      slack: config.slack !== null,
    }),
  );
}

/** What is running, so that it can be stopped in order at any moment, once. */
class Running {
  playground: PlaygroundProcess | null = null;
  service: Service | null = null;
  stopping = false;

  async stop(code: number): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await this.service?.stop();
    await this.playground?.stop();
    process.exit(code);
  }
}

/** The demo's organisation knows no Slack workspace: it is the one that the token belongs to. */
async function withWorkspace(config: Config): Promise<Config> {
  const { slack, organisation } = config;
  if (!slack || organisation.tenants.slack.length > 0) return config;
  const workspace = await workspaceOf(slack).catch(() => {
    throw new DemoFault("SLACK_BOT_TOKEN: Slack does not take it, or does not answer.");
  });
  return {
    ...config,
    organisation: { ...organisation, tenants: { ...organisation.tenants, slack: [workspace] } },
  };
}

interface Wanted {
  readonly fresh: boolean;
  readonly client: boolean;
  /** Days that are taken to have passed: to see reminders, and what is done again after half a year. */
  readonly later: number;
}

function read(args: readonly string[]): Wanted {
  const usage = new DemoFault("Usage: npm run demo [-- --fresh] [-- --no-client] [-- --later DAYS]");
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { fresh: { type: "boolean" }, client: { type: "boolean" }, later: { type: "string" } },
      allowNegative: true,
    });
    const later = values.later ?? "0";
    if (!/^\d{1,4}$/.test(later)) throw usage;
    return { fresh: values.fresh ?? false, client: values.client ?? true, later: Number(later) };
  } catch {
    throw usage;
  }
}

function portOf(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const value = environment[name] || String(otherwise);
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new DemoFault(`${name}: not a port`);
  return Number(value);
}

/** The organisation's first two Teams routes as the Playground's two channels. */
function stageOf(organisation: Organisation): Stage {
  const [main, second] = organisation.routes.filter((route) => route.platform === "teams");
  return {
    tenant: main?.tenant ?? organisation.tenants.teams[0] ?? "demo",
    team: { id: main?.channel ?? "team", name: "Vertrouwenspersonen" },
    channel: { id: second?.channel ?? "channel", name: "Extern" },
  };
}

function report(error: unknown): void {
  if (error instanceof ConfigFault) process.stderr.write(`${error.lines.join("\n")}\n`);
  else if (error instanceof DemoFault || error instanceof PlaygroundError)
    process.stderr.write(`${error.message}\n`);
  else throw error;
}

await demo(process.argv.slice(2), process.env).catch((error: unknown) => {
  report(error);
  process.exit(1);
});
