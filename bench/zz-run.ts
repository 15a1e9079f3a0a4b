import type { ContenderName, World } from "./contender.ts";

/** The process of one contender: `run.ts <name> <world as JSON>`. Only what it needs is loaded. */
const start: Record<ContenderName, (world: World) => Promise<string>> = {
  bare: async (world) => (await import("./bare.ts")).startBare(world),
  echo: async (world) => (await import("./echo.ts")).startEcho(world),
  vertrouwd: async (world) => (await import("./vertrouwd.ts")).startVertrouwd(world),
};

const [name, world] = process.argv.slice(2);
process.on("message", () => { (globalThis as any).gc(); const m = process.memoryUsage(); process.send?.({heap: m.heapUsed>>20, rss: m.rss>>20, res: process.getActiveResourcesInfo().reduce((a:any,x)=>(a[x]=(a[x]??0)+1,a),{})}); });
process.on("SIGTERM", () => process.exit(0));
process.send?.({ url: await start[name as ContenderName](JSON.parse(world ?? "{}")) });
