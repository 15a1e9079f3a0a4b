import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stage } from "./service.ts";

/** What the service's process counts: everything the database answers, or commits only. */
export type Counted = "answers" | "commits";

/** What the test asks of the service's process. */
export type Order =
  | { readonly do: "start"; readonly ahead: number; readonly token: string | null }
  | { readonly do: "idle" }
  | { readonly do: "die"; readonly after: number; readonly of: Counted };
export type Answer =
  | { readonly done: "start"; readonly url: string }
  | { readonly done: "idle"; readonly answered: number }
  | { readonly done: "die" };

/** The service in a process of its own, which can be killed. */
export interface ServiceProcess {
  /** Starts listening, with the clock this many ms ahead. */
  start(ahead: number): Promise<string>;
  /** Waits until nothing is left to deliver; returns how often the database has answered so far. */
  idle(): Promise<number>;
  /** Makes it kill itself when its database has answered, or committed, this many more times. */
  dieAfter(count: number, of: Counted): Promise<void>;
  kill(): void;
  /** Resolves when it is dead. */
  readonly ended: Promise<unknown>;
  /** Everything it wrote to its output and error output. */
  output(): string;
}

const child = fileURLToPath(new URL("child.ts", import.meta.url));

/** Loads the service in a new process; it waits to be told to start. */
export function loadService(stage: Stage, port: number): ServiceProcess {
  const environment = {
    ...stage.environment,
    PORT: String(port),
    NODE_COMPILE_CACHE: join(stage.dataDir, "..", "compiled"),
  };
  const process_: ChildProcess = spawn(process.execPath, [child], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [process_.stdout, process_.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(process_, "exit");

  async function ask<Done extends Answer["done"]>(order: Order & { do: Done }) {
    // An order that came too late fails by the process having ended.
    process_.send(order, () => {});
    const [answer] = (await Promise.race([
      once(process_, "message"),
      ended.then(() => Promise.reject(new Error(`the service died before "${order.do}": ${output}`))),
    ])) as [Extract<Answer, { done: Done }>];
    return answer;
  }

  return {
    start: async (ahead) => {
      const { url } = await ask({ do: "start", ahead, token: stage.teams.connector.token });
      stage.slack.connect(`${url}/slack/events`);
      return url;
    },
    idle: async () => (await ask({ do: "idle" })).answered,
    dieAfter: async (after, of) => void (await ask({ do: "die", after, of })),
    kill: () => void process_.kill("SIGKILL"),
    ended,
    output: () => output,
  };
}
