import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { bystanderSteps } from "./bystander.ts";
import { checkSteps, recheckSteps } from "./check.ts";
import { deskSteps } from "./desk.ts";
import { findSteps, type Step } from "./find.ts";
import { leavingSteps, resumeSteps } from "./leaving.ts";
import { recordSteps } from "./record.ts";
import { reportSteps } from "./report.ts";
import { say } from "./report-form.ts";
import { Screen } from "./screen.ts";
import { waysSteps } from "./ways.ts";

/**
 * `npm run test:browser`: starts the demo as a newcomer does and clicks through it as both parties. What it
 * looked like is in var/screenshots. CHROMIUM names another browser than Debian's.
 */

async function introduced(screen: Screen): Promise<void> {
  await screen.say("hallo");
  await screen.sees("Ik ben een computerprogramma, geen vertrouwenspersoon.");
  await screen.sees(say("common.buttons.report"));
  await screen.shot("introduction");
}

/** What can be walked, by the name to ask for it with; each on its own begins with an introduction. */
const parts: Readonly<Record<string, readonly Step[]>> = {
  report: reportSteps,
  desk: deskSteps,
  record: recordSteps,
  find: findSteps,
  bystander: bystanderSteps,
  check: checkSteps,
  // Last: it leaves a draft, which the others would be led back to.
  ways: [...waysSteps, ...leavingSteps],
};
/** Walked after a restart on the same data, so many days later. */
const later = [
  { part: "ways", days: 0, steps: resumeSteps },
  { part: "check", days: 184, steps: recheckSteps },
];

async function main(asked: readonly string[]): Promise<number> {
  const names = asked.length === 0 ? Object.keys(parts) : asked;
  if (names.some((name) => !Object.hasOwn(parts, name))) {
    process.stderr.write(`Usage: npm run test:browser [-- ${Object.keys(parts).join("|")}]\n`);
    return 1;
  }
  const folder = join("var", "screenshots");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The chat must be where it was when what was asked for comes later.
  const ports = { PORT: String(await freePort()), PLAYGROUND_PORT: String(await freePort()) };
  const first: readonly Step[] = [
    ["hello is met by the honest introduction", introduced],
    ...names.flatMap((name) => parts[name] ?? []),
  ];
  const runs = [
    { steps: first, args: ["--fresh"] },
    ...later
      .filter(({ part }) => names.includes(part))
      .map(({ days, steps }) => ({ steps, args: ["--later", String(days)] })),
  ];
  const browser = await openBrowser();
  let [passed, tried] = [0, 0];
  try {
    for (const { steps, args } of runs) {
      // What comes later rests on what went before.
      if (passed === tried) passed += await walk(steps, { browser, folder, ports, args });
      tried += steps.length;
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(`${passed} passed, ${tried - passed} failed\n`);
  return passed === tried ? 0 : 1;
}

interface Walk {
  readonly browser: Browser;
  readonly folder: string;
  readonly ports: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** Walks through these steps in a demo of their own; how many went well, up to the first that did not. */
async function walk(steps: readonly Step[], { browser, folder, ports, args }: Walk): Promise<number> {
  const { demo, url } = await startDemo(args, ports);
  let passed = 0;
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
    const page = await context.newPage();
    const screen = new Screen(page, folder);
    await screen.open(url);
    for (const [name, act] of steps) {
      try {
        await act(screen);
        passed += 1;
        process.stdout.write(`ok   ${name}\n`);
      } catch (error) {
        await screen.shot("failed");
        process.stdout.write(`FAIL ${name}\n     ${error instanceof Error ? error.message : "error"}\n`);
        break;
      }
    }
    await context.close();
  } finally {
    await stop(demo);
  }
  return passed;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** The demo as `npm run demo -- --fresh` starts it, on ports that are free and with data of its own. */
async function startDemo(
  args: readonly string[],
  ports: Walk["ports"],
): Promise<{ demo: ChildProcess; url: string }> {
  const demo = spawn(process.execPath, ["bots/demo.ts", ...args], {
    env: { ...process.env, ...ports, DATA_DIR: join("var", "browser") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of demo.stdout) {
    printed += String(chunk);
    const url = printed.match(/Open\s+(http:\S+)/)?.[1];
    if (url !== undefined) return { demo, url };
  }
  throw new Error("the demo ended before it was there");
}

async function stop(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null) return;
  const ended = new Promise((resolve) => demo.once("exit", resolve));
  demo.kill("SIGINT");
  await ended;
}

process.exitCode = await main(process.argv.slice(2));
