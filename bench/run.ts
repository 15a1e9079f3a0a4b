import type { ContenderName, Used, World } from "./contender.ts";

/** The process of one contender: `run.ts <name> <world as JSON>`. Only what it needs is loaded. */
const start: Record<ContenderName, (world: World) => Promise<string>> = {
  bare: async (world) => (await import("./bare.ts")).startBare(world),
  echo: async (world) => (await import("./echo.ts")).startEcho(world),
  vertrouwd: async (world) => (await import("./vertrouwd.ts")).startVertrouwd(world),
};

const [name, world] = process.argv.slice(2);
process.on("message", () => process.send?.(used()));
process.on("SIGTERM", () => process.exit(0));
process.send?.({ url: await start[name as ContenderName](JSON.parse(world ?? "{}")) });

function used(): Used {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  globalThis.gc?.();
  const { heapUsed } = process.memoryUsage();
  return { peak: maxRSS / 1024, live: heapUsed / 1024 ** 2, cpu: (userCPUTime + systemCPUTime) / 1e6 };
}
