import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { readContent } from "../../bots/content-files.ts";
import { bystanderSteps } from "./bystander.ts";
import { checkSteps, recheckSteps } from "./check.ts";
import { findSteps, type Step } from "./find.ts";
import { Screen } from "./screen.ts";

/**
 * `npm run test:browser`: starts the demo as a newcomer does and clicks through it as both parties. What it
 * looked like is in var/screenshots. CHROMIUM names another browser than Debian's.
 */
const story = "In het werkoverleg wordt een collega nagedaan om haar accent.\nIedereen lacht.";
const reply = "Dank je dat je dit vertelt. Zullen we bellen, of liever hier verder praten?";
const answer = "Liever hier verder, graag.";

const words = readContent().words("nl");
const say = (key: string) => words.say(key).split("\n")[0] ?? "";
const option = (question: string, id: string) => say(`report.${question}.options.${id}`);

async function answerChoice(
  screen: Screen,
  question: string,
  ids: readonly string[],
  kind: "radio" | "checkbox" = "radio",
) {
  await screen.sees(say(`report.${question}.title`));
  await screen.choose(
    kind,
    ids.map((id) => option(question, id)),
  );
  await screen.press(say("common.buttons.next"));
}

async function introduced(screen: Screen): Promise<void> {
  await screen.say("hallo");
  await screen.sees("Ik ben een computerprogramma, geen vertrouwenspersoon.");
  await screen.sees(say("common.buttons.report"));
  await screen.shot("introduction");
}

const reportSteps: readonly Step[] = [
  [
    "a report begins with whether anyone is in danger",
    async (screen) => {
      await screen.press(say("common.buttons.report"));
      await screen.sees(say("report.danger.title"));
      await screen.shot("danger");
      await answerChoice(screen, "danger", ["no"]);
    },
  ],
  [
    "closed questions, one at a time",
    async (screen) => {
      await answerChoice(screen, "aboutAdviser", ["no"]);
      await answerChoice(screen, "part", ["saw"]);
      await screen.sees(say("report.kind.title"));
      await screen.shot("kind");
      await answerChoice(screen, "kind", ["bullying", "discrimination"], "checkbox");
      await answerChoice(screen, "relation", ["colleague"]);
      await answerChoice(screen, "when", ["ongoing"]);
      await screen.sees(say("report.dependent.title"));
      await screen.press(say("common.buttons.skip"));
      await screen.sees(say("report.form.title"));
      await screen.shot("form");
      await answerChoice(screen, "form", ["remark", "unequal"], "checkbox");
      await answerChoice(screen, "often", ["often"]);
      await answerChoice(screen, "where", ["work", "online"], "checkbox");
    },
  ],
  [
    "the story, in own words",
    async (screen) => {
      await screen.sees(say("report.story.title"));
      await screen.fill(say("report.story.input"), story);
      await screen.shot("story");
      await screen.press(say("common.buttons.next"));
      await screen.sees(say("report.more.title"));
      await screen.press(say("common.buttons.skip"));
      await answerChoice(screen, "effect", ["avoid"], "checkbox");
      await answerChoice(screen, "wish", ["advice"], "checkbox");
    },
  ],
  [
    "how to be reached, and what there is besides the story",
    async (screen) => {
      await answerChoice(screen, "contact", ["chat"]);
      await answerChoice(screen, "moments", ["evenings"], "checkbox");
      await screen.sees(say("report.kept.title"));
      await screen.shot("kept");
      await answerChoice(screen, "kept", ["others"], "checkbox");
      await screen.sees(say("report.identity.title"));
      await screen.shot("identity");
      await answerChoice(screen, "identity", ["pseudonymous"]);
    },
  ],
  [
    "check your answers, send, and a receipt",
    async (screen) => {
      await screen.sees(say("report.review.title"));
      await screen.shot("review");
      await screen.press(say("common.buttons.send"));
      await screen.sees(say("case.sent.title"));
      await screen.shot("sent");
      await screen.press(say("common.buttons.done"));
      await screen.sees(say("common.final.title"));
      await screen.seesNot(story.split("\n")[0] ?? story);
      await screen.shot("final");
    },
  ],
  [
    "the advisers' channel has a sealed card",
    async (screen) => {
      await screen.go("Vertrouwenspersonen - General");
      await screen.sees(say("adviser.door.sealed"));
      await screen.seesNot(story.split("\n")[0] ?? story);
      await screen.shot("sealed-card");
    },
  ],
  [
    "an adviser opens, acknowledges and replies",
    async (screen) => {
      await screen.press(say("adviser.buttons.open"));
      await screen.sees(story.split("\n")[0] ?? story);
      await screen.shot("case");
      await screen.press(say("adviser.buttons.acknowledge"));
      await screen.sees(say("adviser.states.acknowledged"));
      await screen.shot("acknowledged");
      await screen.press(say("adviser.buttons.write"));
      await screen.fill(say("adviser.reply.label"), reply);
      await screen.shot("reply");
      await screen.press(say("adviser.buttons.reply"));
      await screen.sees(say("adviser.notes.replied"));
    },
  ],
  [
    "the reporter gets a ping, opens it and answers",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.sees(say("case.ping.title"));
      await screen.seesNot(reply);
      await screen.shot("ping");
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(reply);
      await screen.fill(say("case.thread.say"), answer);
      await screen.shot("thread");
      await screen.press(say("case.buttons.say"));
      await screen.sees(say("common.notes.messageSent"));
    },
  ],
  [
    "the adviser reads the thread and closes the case",
    async (screen) => {
      await screen.go("Vertrouwenspersonen - General");
      await screen.sees(say("adviser.routePing.text"));
      await screen.shot("route-ping");
      await screen.press(say("adviser.buttons.open"));
      await screen.sees(answer);
      await screen.shot("case-thread");
      await screen.press(say("adviser.buttons.closing"));
      await screen.shot("closing");
      await screen.press(say("adviser.buttons.close"));
      await screen.seesNot(answer);
      await screen.shot("closed");
    },
  ],
  [
    "both sides end neutral",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.press(say("case.buttons.openThread"));
      await screen.sees(say("case.thread.closed"));
      await screen.shot("thread-closed");
      await screen.press(say("common.buttons.done"));
      await screen.seesNot(reply);
      await screen.shot("end");
    },
  ],
];

/** What can be walked, by the name to ask for it with; each on its own begins with an introduction. */
const parts: Readonly<Record<string, readonly Step[]>> = {
  report: reportSteps,
  find: findSteps,
  bystander: bystanderSteps,
  check: checkSteps,
};
/** Walked in a second run on the same data, so many days later. */
const later: Readonly<Record<string, readonly Step[]>> = { check: recheckSteps };
const daysLater = 184;

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
  const second = names.flatMap((name) => later[name] ?? []);
  const browser = await openBrowser();
  let passed = 0;
  try {
    passed += await walk(first, { browser, folder, ports, args: ["--fresh"] });
    if (passed === first.length && second.length > 0)
      passed += await walk(second, { browser, folder, ports, args: ["--later", String(daysLater)] });
  } finally {
    await browser.close();
  }
  const all = first.length + second.length;
  process.stdout.write(`${passed} passed, ${all - passed} failed\n`);
  return passed === all ? 0 : 1;
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
