import { parseArgs } from "node:util";
import { examine } from "./doctor/examine.ts";
import { written } from "./doctor/finding.ts";
import { errorCode } from "./log.ts";

const usage = `npm run doctor [-- --offline]    looks at settings, keys, database, platforms, routes and content
                                 and says what to do; --offline leaves out the platforms and routes
`;

/** `npm run doctor`: 0 where there is no fault, also when there are warnings; 1 otherwise. */
async function main(args: string[]): Promise<number> {
  let offline: boolean;
  try {
    offline = parseArgs({ args, options: { offline: { type: "boolean", default: false } } }).values.offline;
  } catch {
    process.stderr.write(usage);
    return 1;
  }
  const findings = await examine(process.env, {
    now: Date.now(),
    platforms: offline ? "skipped" : "asked",
  });
  process.stdout.write(written(findings));
  return findings.some(({ kind }) => kind === "fault") ? 1 : 0;
}

if (import.meta.main) {
  const code = await main(process.argv.slice(2)).catch((error: unknown) => {
    // Its message may quote a value.
    process.stderr.write(`the doctor failed: ${JSON.stringify(errorCode(error))}\n`);
    return 1;
  });
  // A platform that stays silent must not keep it alive.
  process.exit(code);
}
