import { fork } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";

/** What every contender is told about the world around it. */
export interface World {
  readonly appId: string;
  readonly tenant: string;
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly serviceUrl: string;
  /** How many requests the bare handler sends for each turn, on average. */
  readonly requestsPerTurn: number;
}

export interface Used {
  /** Largest resident memory, in MB. */
  readonly peak: number;
  /** Heap that is still needed after a collection, in MB: what grows here is kept for good. */
  readonly live: number;
  /** Processor time of all threads, in seconds. */
  readonly cpu: number;
}

/** One contender in a process of its own. */
export interface Contender {
  /** Where activities are posted. */
  readonly url: string;
  /** From the start of the process until it could be spoken to, in ms. */
  readonly readyAfter: number;
  /** What it took so far. */
  used(): Promise<Used>;
  stop(): Promise<void>;
}

export const contenders = ["vertrouwd", "echo", "bare"] as const;
export type ContenderName = (typeof contenders)[number];

/** Starts a contender. With `profileIn`, it leaves a CPU profile in that folder when it stops. */
export async function startContender(
  name: ContenderName,
  world: World,
  profileIn: string | null,
): Promise<Contender> {
  const begun = performance.now();
  const child = fork(new URL("run.ts", import.meta.url), [name, JSON.stringify(world)], {
    execArgv: ["--expose-gc", ...(profileIn === null ? [] : ["--cpu-prof", "--cpu-prof-dir", profileIn])],
    env: { NODE_ENV: "production" },
  });
  const ended = once(child, "exit");
  const said = once(child, "message");
  const first = await Promise.race([said, ended]);
  const url = (first[0] as { url?: string } | null)?.url;
  if (url === undefined) throw new Error(`${name} did not start`);
  return {
    url,
    readyAfter: performance.now() - begun,
    async used() {
      const answer = once(child, "message");
      child.send("used");
      const [used] = (await answer) as [Used];
      return used;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Listens on a free port of loopback; resolves with the address for activities. */
export function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
    });
  });
}
