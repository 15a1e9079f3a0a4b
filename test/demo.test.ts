import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./fakes/playground.ts";
import { startSlack } from "./fakes/slack.ts";

const data = join("var", "test-demo");
const outside = mkdtempSync(join(tmpdir(), "vertrouwd-demo-"));

afterAll(() => {
  for (const folder of [data, outside]) rmSync(folder, { recursive: true, force: true });
});

/** Runs the demo until it ended by itself, or until it said where it is and was interrupted. */
async function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const demo = spawn(process.execPath, ["bots/demo.ts", ...args], {
    env: { PATH: process.env.PATH, PORT: "0", PLAYGROUND_PORT: "0", DATA_DIR: data, ...settings },
  });
  let out = "";
  let faults = "";
  demo.stderr.on("data", (chunk) => {
    faults += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => demo.once("exit", resolve));
  demo.stdout.on("data", (chunk) => {
    out += String(chunk);
    if (out.includes(data) || out.includes(outside)) demo.kill("SIGINT");
  });
  return { code: await ended, out, faults };
}

const keys = () => readFileSync(join(data, "keys.json"), "utf8");

test("the first start makes keys that only the owner reads; the next finds them; fresh makes new ones", async () => {
  rmSync(data, { recursive: true, force: true });
  const first = await run([]);
  expect(first).toMatchObject({ code: 0, faults: "" });
  expect(first.out).toMatch(/Open +http:\/\/127\.0\.0\.1:\d+/);
  expect(statSync(join(data, "keys.json")).mode & 0o077).toBe(0);
  const made = keys();
  expect(await run(["--no-client"])).toMatchObject({ code: 0, faults: "" });
  expect(keys()).toBe(made);
  expect(await run(["--no-client", "--fresh"])).toMatchObject({ code: 0, faults: "" });
  expect(keys()).not.toBe(made);
});

test.each([outside, "var", ".", join("var", "..", "content")])(
  "fresh removes nothing in %s",
  async (folder) => {
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, "kept"), "");
    const { code, faults } = await run(["--fresh", "--no-client"], { DATA_DIR: folder });
    expect(code).toBe(1);
    expect(faults).toBe("--fresh only removes a folder inside ./var, and DATA_DIR is not one.\n");
    for (const kept of [join(outside, "kept"), "var", join("content", "words.ts")])
      expect(existsSync(kept)).toBe(true);
  },
);

test("a port in use, a wrong option and a wrong setting are one line each", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  const busy = await run([], { PORT: String(port) });
  server.close();
  expect(busy.faults).toMatch(new RegExp(`^Port ${port} is in use\\..*\\n$`));
  expect((await run(["--nothing"])).faults).toMatch(/^Usage: .*\n$/);
  expect((await run([], { HOST: "0.0.0.0" })).faults).toMatch(/^HOST: .*loopback.*\n$/);
});

test("with Slack's settings, people of the token's workspace are served too", async () => {
  const slack = await startSlack();
  const demo = spawn(process.execPath, ["bots/demo.ts", "--no-client"], {
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      PLAYGROUND_PORT: "0",
      DATA_DIR: data,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
    },
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      demo.once("exit", () => reject(new Error("the demo ended")));
      demo.stdout.on("data", (chunk) => {
        const bot = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
        if (bot) resolve(bot[0]);
      });
    });
    slack.connect(`${url}/slack/events`);
    const anna = slack.person("U0ANNA");
    await anna.command();
    expect(anna.modal().text).toContain("computerprogramma");
  } finally {
    demo.kill("SIGINT");
    await slack.stop();
  }
});

test("a token that Slack does not take ends the demo with one line", async () => {
  const slack = await startSlack();
  const { code, faults } = await run(["--no-client"], {
    SLACK_BOT_TOKEN: "xoxb-wrong",
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  });
  await slack.stop();
  expect({ code, faults }).toEqual({
    code: 1,
    faults: "SLACK_BOT_TOKEN: Slack does not take it, or does not answer.\n",
  });
});
