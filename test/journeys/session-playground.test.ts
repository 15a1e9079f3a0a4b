import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../bots/config.ts";
import { readContent } from "../../bots/content-files.ts";
import { employee, idOf, others } from "../../bots/demo/playground.ts";
import { type Service, startService } from "../../bots/main.ts";
import { newKeyRing } from "../../cases/keys.ts";
import { freePort, organisationFor, type Playground, startPlayground } from "../fakes/playground.ts";

/** Six colleagues practise in a group chat of Microsoft's real Playground. */

let folder: string;
let playground: Playground;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vertrouwd-journey-"));
  const [port, botPort] = [await freePort(), await freePort()];
  playground = await startPlayground({ botUrl: `http://127.0.0.1:${botPort}`, port });
  writeFileSync(join(folder, "keys.json"), newKeyRing());
  writeFileSync(join(folder, "organisation.yaml"), organisationFor(port));
  const environment = {
    PORT: String(botPort),
    DATA_DIR: join(folder, "data"),
    KEYS_FILE: join(folder, "keys.json"),
    ORGANISATION_FILE: join(folder, "organisation.yaml"),
    TEAMS_SERVICE_HOSTS: "127.0.0.1",
    LOG_LEVEL: "silent",
  };
  service = await startService(readConfig(environment, { mode: "demo" }));
});

afterAll(async () => {
  await service?.stop();
  await playground?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const { words } = readContent();

test.each([
  ["scène 5", words("nl")],
  ["practice 5", words("en")],
])("'%s' brings a scene; six votes, an outcome for all, and another scene", async (text, spoken) => {
  const { group, groupMembers } = playground;
  const say = (key: string, params = {}) => spoken.say(`session.${key}`, params);
  await group.say(text);
  const scene = await group.sees(say("scene.care"));
  expect(scene.lines).toContain(spoken.say("scenes.faithRemark.label"));
  const votes = ["d", "a", "b", "b", "d", "d"];
  for (const [nr, option] of votes.entries()) {
    const letter = option.toUpperCase();
    const mine = await groupMembers[nr]?.pressOn(scene, say("buttons.vote", { letter }));
    expect(mine?.lines.join("\n")).toContain(say("voted.text", { letter, votes: nr + 1 }));
  }
  const shown = await groupMembers[4]?.pressOn(scene, say("buttons.outcome"));
  expect(shown?.lines).toContain(say("outcome.title"));
  await group.becomes("the outcome for everybody", (cards) =>
    cards.some(({ id, room, lines }) => id === scene.id && !room && lines.includes(say("outcome.title"))),
  );
  const outcome = (await group.sees(say("outcome.title"))).lines.join("\n");
  for (const count of [3, 2, 1, 0]) expect(outcome).toContain(say("outcome.share", { count, total: 6 }));
  await group.press(say("buttons.another"));
  await group.sees(spoken.say("scenes.ownReport.label"));
});

test("no message, and nothing on disk, says who voted", async () => {
  expect(playground.posted()).not.toContain(words("nl").say("session.voted.title"));
  expect(playground.posted()).not.toContain(words("nl").say("session.scene.yours", { letter: "D" }));
  await service.stop();
  const files = readdirSync(join(folder, "data"), { recursive: true, encoding: "utf8" });
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const bytes = readFileSync(join(folder, "data", file), "utf8");
    for (const id of [employee.id, ...others.map(idOf)]) expect(bytes).not.toContain(id);
  }
});
