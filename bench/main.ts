import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** `npm run bench [-- turns|cases [its options]]`: without a name, everything, one after the other. */
const benches = ["turns", "cases"];

const [asked, ...options] = process.argv.slice(2);
if (asked !== undefined && !benches.includes(asked)) {
  process.stderr.write(`Usage: npm run bench [-- ${benches.join("|")} [options]]\n`);
  process.exit(1);
}
for (const name of asked === undefined ? benches : [asked]) {
  const script = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [script, ...options], { stdio: "inherit" });
  // Of a bench that failed no number counts.
  if (status !== 0) process.exit(status ?? 1);
}
