import { StatementSync } from "node:sqlite";
import pg from "pg";
import { readConfig } from "../../bots/config.ts";
import { startService } from "../../bots/main.ts";
import { credentialsWith } from "../fakes/teams.ts";
import type { Answer, Counted, Order } from "./process.ts";

/**
 * The real service in a process of its own. It differs from `npm start` in that its clock can be ahead, its
 * token is the fake connector's, and it can be told to die, by SIGKILL, when its database has answered so
 * many more times: each place in a turn where something may have been stored and the rest not yet.
 */
const counts = { answers: 0, commits: 0 };
let death: { of: Counted; at: number } | null = null;

function answered(sql: unknown): void {
  counts.answers += 1;
  if (sql === "commit") counts.commits += 1;
  if (death !== null && counts[death.of] >= death.at) process.kill(process.pid, "SIGKILL");
}

for (const name of ["run", "all", "get"] as const) {
  const own = StatementSync.prototype[name] as (...parameters: unknown[]) => unknown;
  StatementSync.prototype[name] = function (this: StatementSync, ...parameters: unknown[]) {
    const result = own.apply(this, parameters);
    answered(this.sourceSQL);
    return result;
  } as never;
}
const query = pg.Client.prototype.query as (...parameters: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
  const result = query.apply(this, parameters);
  if (!(result instanceof Promise)) return result;
  return result.then((value: unknown) => {
    answered(parameters[0]);
    return value;
  });
} as never;

type Service = Awaited<ReturnType<typeof startService>>;
let service: Service | undefined;

async function carryOut(order: Order): Promise<Answer> {
  switch (order.do) {
    case "start": {
      const clock = { now: () => Date.now() + order.ahead };
      const config = readConfig(process.env, { mode: "production" });
      service = await startService(config, { clock, credentials: credentialsWith(order.token) });
      return { done: "start", url: service.url };
    }
    case "idle":
      await service?.outbox.idle();
      return { done: "idle", answered: counts.answers };
    case "die":
      death = { of: order.of, at: counts[order.of] + order.after };
      return { done: "die" };
  }
}

process.on("message", (order: Order) => {
  void carryOut(order).then((answer) => process.send?.(answer));
});
