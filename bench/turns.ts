import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type ContenderName, contenders, startContender } from "./contender.ts";
import { measureCore } from "./core.ts";
import { drive, type Measured, type Person } from "./load.ts";
import { presser, typist } from "./people.ts";
import { type Platform, startPlatform } from "./platform.ts";

/**
 * `npm run bench -- turns`: the whole Teams turn over HTTP, against a bare echo bot that checks the same tokens and
 * a bare handler that sends as many requests. Every run has its own process, the same people and the same
 * number of turns; what counts is the ratio within one round, since machines differ and are shared.
 */
const options = {
  people: { type: "string", default: "32" },
  turns: { type: "string", default: "3000" },
  rounds: { type: "string", default: "3" },
  /** A folder for CPU profiles, one for each process. */
  profile: { type: "string" },
} as const;

interface Run extends Measured {
  readonly readyAfter: number;
  readonly peak: number;
  readonly live: number;
  readonly cpuPerTurn: number;
  readonly requestsPerTurn: number;
}

const workloads: Readonly<Record<string, (platform: Platform, nr: number) => Person>> = {
  typed: typist,
  pressed: presser,
};

const { values } = parseArgs({ options });
const people = number(values.people);
const turns = number(values.turns);
const rounds = number(values.rounds);
if (values.profile !== undefined) mkdirSync(values.profile, { recursive: true });
const warmUp = Math.ceil(turns / 4);

const print = (line = "") => process.stdout.write(`${line}\n`);

print(`${cpus().length} × ${cpus()[0]?.model.trim() ?? "processor"}, Node ${process.versions.node}`);
print(`${people} people at once, ${turns} turns after ${warmUp} to warm up, ${rounds} rounds; medians`);
print("ratio: Vertrouwd's turns per second for each one of the other's");
const core = measureCore(2000);
print();
print(`core (converse and render)   ${core.mean.toFixed(3)} ms a turn, p99 ${core.p99.toFixed(3)} ms`);
for (const [workload, person] of Object.entries(workloads)) {
  const runs: Record<ContenderName, Run[]> = { vertrouwd: [], echo: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    let requestsPerTurn = 0;
    for (const name of contenders) {
      const run = await once(name, person, requestsPerTurn);
      if (name === "vertrouwd") requestsPerTurn = run.requestsPerTurn;
      runs[name].push(run);
    }
  }
  show(workload, runs);
}

async function once(
  name: ContenderName,
  person: (platform: Platform, nr: number) => Person,
  requestsPerTurn: number,
): Promise<Run> {
  const platform = await startPlatform();
  const { appId, tenant, issuer, openIdMetadataUrl, serviceUrl } = platform;
  const world = { appId, tenant, issuer, openIdMetadataUrl, serviceUrl, requestsPerTurn };
  const contender = await startContender(name, world, values.profile ?? null);
  const load = {
    url: contender.url,
    token: platform.token,
    people: Array.from({ length: people }, (_, nr) => person(platform, nr)),
  };
  await drive({ ...load, turns: warmUp, warmUp: 0 });
  const before = { received: platform.received(), cpu: (await contender.used()).cpu };
  const measured = await drive({ ...load, turns, warmUp: 0 });
  // What a turn does after it was answered is counted to it.
  await wait(200);
  const { peak, live, cpu } = await contender.used();
  const sent = platform.received() - before.received;
  await contender.stop();
  await platform.stop();
  return {
    ...measured,
    readyAfter: contender.readyAfter,
    peak,
    live,
    cpuPerTurn: ((cpu - before.cpu) * 1000) / measured.turns,
    requestsPerTurn: sent / measured.turns,
  };
}

function show(workload: string, runs: Readonly<Record<ContenderName, readonly Run[]>>): void {
  print();
  print(
    `${workload.padEnd(12)} turns/s   ratio   p50 ms   p99 ms   cpu ms/turn   requests/turn   ready ms   peak MB   live MB`,
  );
  for (const name of contenders) {
    const of = (pick: (run: Run) => number) => median(runs[name].map(pick));
    const ratio = median(runs[name].map((run, nr) => (runs.vertrouwd[nr]?.perSecond ?? 0) / run.perSecond));
    const cells = [
      [of((run) => run.perSecond).toFixed(0), 7],
      [name === "vertrouwd" ? "" : `${ratio.toFixed(2)}×`, 8],
      [of((run) => run.p50).toFixed(1), 9],
      [of((run) => run.p99).toFixed(1), 9],
      [of((run) => run.cpuPerTurn).toFixed(2), 14],
      [of((run) => run.requestsPerTurn).toFixed(2), 16],
      [of((run) => run.readyAfter).toFixed(0), 11],
      [of((run) => run.peak).toFixed(0), 10],
      [of((run) => run.live).toFixed(0), 10],
    ] as const;
    print(name.padEnd(12) + cells.map(([cell, width]) => cell.padStart(width)).join(""));
    const failed = runs[name].flatMap((run) => Object.entries(run.failed));
    if (failed.length > 0)
      print(`  not 2xx: ${failed.map(([status, count]) => `${count} × ${status}`).join(", ")}`);
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a number of one or more: ${text}`);
  return value;
}
