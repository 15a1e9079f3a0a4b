import type { Platform } from "../../bots/ports.ts";
import { freePort } from "../fakes/playground.ts";
import { type Gate, openGate } from "./gate.ts";
import { loadService, type ServiceProcess } from "./process.ts";
import { type Stage, setStage } from "./service.ts";

/** How far the clock is ahead with each restart, so that what the dead process had under way is due. */
const hour = 3_600_000;

/** A service that is killed and started again on the same data, and the people around it. */
export interface Ordeal {
  readonly stage: Stage;
  /** Before the platform of the advisers' channel. */
  readonly gate: Gate;
  readonly closeGates: () => Promise<unknown>;
  readonly url: string;
  service: ServiceProcess;
  /** Loaded while the other one runs. */
  spare: ServiceProcess;
  restarts: number;
  people: number;
  output: string;
  /** What the deaths came to, so that a test of nothing is noticed. */
  readonly outcomes: Set<Outcome>;
}

export type Outcome = "told" | "stored, not told" | "not stored" | "second copy";

/** Starts it, with a gate before each platform. */
export async function begin(options: Omit<Parameters<typeof setStage>[0], "before">): Promise<Ordeal> {
  const gates: Partial<Record<Platform, Gate>> = {};
  const stage = await setStage({
    ...options,
    before: async (platform, address) => {
      const { origin, pathname } = new URL(address);
      const gate = await openGate(origin);
      gates[platform] = gate;
      return gate.url + pathname;
    },
  });
  const gate = gates[options.advisers];
  if (gate === undefined) throw new Error("no gate");
  const closeGates = () => Promise.all(Object.values(gates).map((each) => each.close()));
  const port = await freePort();
  const [service, spare] = [loadService(stage, port), loadService(stage, port)];
  const url = await service.start(0);
  const outcomes = new Set<Outcome>();
  return { stage, gate, closeGates, url, service, spare, restarts: 0, people: 0, output: "", outcomes };
}

export async function end({ service, spare, closeGates, stage }: Ordeal): Promise<void> {
  for (const each of [service, spare]) each.kill();
  await Promise.all([service.ended, spare.ended]);
  await closeGates();
  await stage.close();
}

/** Starts the service again once it is dead. */
async function restart(ordeal: Ordeal): Promise<void> {
  await ordeal.service.ended;
  ordeal.output += ordeal.service.output();
  ordeal.restarts += 1;
  ordeal.service = ordeal.spare;
  ordeal.spare = loadService(ordeal.stage, Number(new URL(ordeal.url).port));
  await ordeal.service.start(ordeal.restarts * hour);
}

/** Where the service is killed. */
export type Death =
  /** When its database has answered, or committed, this often since the press. */
  | { readonly answers: number }
  | { readonly commits: number }
  /** While the platform holds its nth write. */
  | { readonly write: number; readonly when: "unheard" | "done" }
  /** The moment the person sees what came of it. */
  | { readonly at: "answer" }
  /** This long after the press was sent, in ms; 0 is at once. */
  | { readonly after: number };

/**
 * Presses, and kills the service as told; at the latest when it has nothing left to do. Returns what the
 * person then saw, or null where no answer came.
 */
export async function pressAndDie(
  ordeal: Ordeal,
  death: Death,
  press: () => Promise<string>,
): Promise<string | null> {
  const { service, gate } = ordeal;
  if ("answers" in death) await service.dieAfter(death.answers, "answers");
  if ("commits" in death) await service.dieAfter(death.commits, "commits");
  if ("write" in death) gate.hold(death.write, death.when, service.kill);
  const pressed = press();
  if ("after" in death) setTimeout(service.kill, death.after);
  const died = () => Promise.race([service.ended, service.idle()]).then(wasExit, () => true);
  const seen = await pressed.catch(async (error: unknown) => {
    if (await died()) return null;
    throw error;
  });
  if (!("at" in death)) await died();
  service.kill();
  await restart(ordeal);
  return seen;
}

/** A number of answers means that it is idle; anything else, that it is dead. */
function wasExit(outcome: unknown): boolean {
  return typeof outcome !== "number";
}

/** How often the database answers from this press until nothing is left to do. */
export async function answersOf({ service }: Ordeal, press: () => Promise<string>): Promise<number> {
  const before = await service.idle();
  await press();
  return (await service.idle()) - before;
}
