import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";

/**
 * Microsoft's Agents Playground as a child process: a Teams client that runs offline and without an
 * account. It keeps its conversations in memory only, so a restart or a reload of its page forgets them.
 */
export interface PlaygroundProcess {
  /** What to open in a browser. */
  readonly url: string;
  /** What the bot is told as `serviceUrl`, without a slash at the end. */
  readonly serviceUrl: string;
  /** Resolves when the process is gone, with what it ended on. */
  readonly ended: Promise<string>;
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

/** The people and places the Playground plays. It allows exactly one channel besides General. */
export interface Stage {
  readonly tenant: string;
  /** The team's id is also the id of its General channel, as in Teams. */
  readonly team: { readonly id: string; readonly name: string };
  readonly channel: { readonly id: string; readonly name: string };
}

/** Who the Playground's user is, and the private chat with the bot. */
export const employee = {
  id: "anna-de-vries",
  name: "Anna de Vries",
  chat: "chat-anna-de-vries",
  /** In Entra, as `content/organisation.demo.yaml` has it. */
  objectId: "00000000-0000-4000-8000-000000000100",
} as const;
/** Colleagues: the Playground wants at least five. */
export const others = [
  "Bram Jansen",
  "Fatima El Idrissi",
  "Joost Bakker",
  "Sanne Visser",
  "Daan Smit",
] as const;

/** Nobody can press or post as a colleague in the browser; a test can. */
export function idOf(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}

/** Where the Playground's connector is, for a port. */
export function serviceUrlAt(port: number): string {
  return `http://127.0.0.1:${port}/_connector`;
}

/** Starts the Playground on loopback and waits until it answers. Throws `PlaygroundError` where it does not. */
export async function startPlaygroundProcess(options: {
  readonly port: number;
  readonly botUrl: string;
  /** Its configuration is written here; made if it is not there. */
  readonly directory: string;
  readonly stage: Stage;
}): Promise<PlaygroundProcess> {
  const { port, botUrl, directory, stage } = options;
  mkdirSync(directory, { recursive: true });
  const configFile = join(directory, ".m365agentsplayground.yml");
  writeFileSync(configFile, stringify(configuration(stage)));
  const cli = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/cli.js");
  const child = spawn(
    process.execPath,
    [
      ...["--import", new URL("./confine.ts", import.meta.url).href, cli, "start", "--disable-telemetry"],
      ...["--port", String(port), "--channel-id", "msteams", "--app-endpoint", `${botUrl}/api/messages`],
      ...["--service-url", serviceUrlAt(port)],
    ],
    {
      cwd: directory,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // Its own process group: a Ctrl-C in the terminal reaches the demo alone, which then stops both in order.
      detached: true,
      env: {
        HOME: directory,
        TEAMSAPPTESTER_BROWSER: "none",
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
        // It writes all that passes into its log, with no way to turn that off; a file cannot be made in a file.
        M365_AGENTS_PLAYGROUND_LOGFILE: join(configFile, "none.log"),
      },
    },
  );
  const ended = new Promise<string>((resolve) => {
    child.once("error", () => resolve("could not be started"));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => end(child, ended);
  const leave = () => child.kill("SIGKILL");
  process.once("exit", leave);
  void ended.then(() => process.removeListener("exit", leave));
  try {
    await answers(`${url}/_debug/ping`, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, serviceUrl: serviceUrlAt(port), ended, stop };
}

/** The Playground did not start. The message says why, in one line. */
export class PlaygroundError extends Error {
  readonly code = "playground";
}

async function answers(ping: string, ended: Promise<string>): Promise<void> {
  let gone: string | null = null;
  void ended.then((how) => {
    gone = how;
  });
  for (let tries = 0; tries < 600; tries++) {
    if (gone !== null) throw new PlaygroundError(`The Playground did not start (${gone}).`);
    const response = await fetch(ping).catch(() => null);
    if (response?.ok) return;
    await wait(50);
  }
  throw new PlaygroundError("The Playground did not answer within 30 seconds.");
}

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(late);
}

function configuration(stage: Stage): object {
  return {
    version: "0.1.1",
    tenantId: stage.tenant,
    bot: { id: "vertrouwd", name: "Vertrouwd" },
    currentUser: person(employee.name, 0),
    users: others.map((name, index) => person(name, index + 1)),
    personalChat: { id: employee.chat },
    groupChat: { id: "group-chat", name: "Groepschat" },
    team: {
      id: stage.team.id,
      name: stage.team.name,
      aadGroupId: "00000000-0000-4000-8000-000000000031",
      channels: [{ id: stage.channel.id, name: stage.channel.name }],
    },
  };
}

function person(name: string, index: number): object {
  const [givenName = "", ...surname] = name.split(" ");
  const email = `${idOf(name)}@voorbeeld.example`;
  return {
    id: idOf(name),
    name,
    givenName,
    surname: surname.join(" "),
    email,
    // The Playground's own spelling.
    userPrincipleName: email,
    aadObjectId:
      index === 0 ? employee.objectId : `00000000-0000-4000-8000-${String(100 + index).padStart(12, "0")}`,
  };
}
