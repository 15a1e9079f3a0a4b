import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../bots/config.ts";
import { employee as anna } from "../../bots/demo/playground.ts";
import { type Service, startService } from "../../bots/main.ts";
import { newKeyRing } from "../../cases/keys.ts";
import {
  freePort,
  organisationFor,
  type Party,
  type Playground,
  type Shown,
  startPlayground,
} from "../fakes/playground.ts";

/**
 * From an employee's chat to the advisers' channel and back, through Microsoft's real Playground over HTTP.
 * Every label here is what a person reads on the screen.
 */
const canary = "kanariegeel briefje op mijn bureau";
const answerCanary = "zilveren theelepel in de vergaderzaal";

let playground: Playground;
let service: Service;
let folder: string;
let employee: Party;
let advisers: Party;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vertrouwd-journey-"));
  const port = await freePort();
  const botPort = await freePort();
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
  ({ employee, advisers } = playground);
});

afterAll(async () => {
  await service?.stop();
  await playground?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers the question now in the room, after making sure that it is this one. */
async function answer(title: string, given: string | readonly string[] | null): Promise<Shown> {
  const at = await employee.sees(title);
  return given === null
    ? employee.pressOn(at, "Overslaan")
    : employee.pressOn(at, "Volgende", { answer: given });
}

test("someone says hello, is told first, and chooses a language", async () => {
  await employee.say("hallo");
  const intro = await employee.sees("I am a computer programme");
  expect(intro.room).toBe(false);
  expect(intro.lines.join("\n")).toMatch(/Administrators may be able to read along/);
  const dutch = await employee.press("Nederlands");
  expect(dutch.lines.join("\n")).toContain("Ik ben een computerprogramma, geen vertrouwenspersoon.");
});

test("a story typed into the chat is not taken, and the safe way is shown", async () => {
  await employee.say(`gisteren lag er weer een ${canary} en iedereen keek naar mij`);
  const told = await employee.sees("Dit is niet de veiligste plek");
  expect(told.lines.join("\n")).not.toContain(canary);
});

test("the questions come one at a time, and can be gone back to, skipped, and read in another language", async () => {
  await employee.press("Melding doen");
  await answer("Is er nu iemand in gevaar?", "no");
  const about = await answer("Gaat het over een vertrouwenspersoon?", "no");
  expect(about.lines).toContain("Hoe ben jij erbij betrokken?");
  const back = await employee.press("Terug");
  expect(back.lines).toContain("Gaat het over een vertrouwenspersoon?");
  await employee.press("Volgende");
  const english = await employee.press("English");
  expect(english.lines).toContain("How are you involved?");
  await employee.press("Nederlands");
  const skipped = await answer("Hoe ben jij erbij betrokken?", null);
  expect(skipped.lines).toContain("Om wat voor gedrag gaat het?");
});

test("a number and a word can be typed instead of a click", async () => {
  await employee.say("2 en 4");
  const door = await employee.sees("Wat is de rol van de persoon over wie je meldt?");
  expect(door.room).toBe(false);
  await employee.say("collega");
  await employee.sees("Wanneer gebeurde het?");
});

test("an old button does no harm", async () => {
  const old = employee.cards().find((shown) => shown.from === "bot" && shown.buttons.includes("Verder"));
  if (!old) throw new Error("no door with a button to go on");
  const opened = await employee.pressOn(old, "Verder");
  expect(opened.lines).toContain("Wanneer gebeurde het?");
});

test("the words of the story go by form, and the review shows exactly what will be read", async () => {
  await answer("Wanneer gebeurde het?", "ongoing");
  await answer("Gaat het om een kind, of om iemand die van zorg afhangt?", "no");
  await answer("Wat is er gebeurd?", `Er lag een ${canary}.\n1. *Dit* is <b>geen</b> opmaak.`);
  await answer("Wat zou je graag willen?", ["advice", "makeItStop"]);
  const review = await answer("Wil je je naam geven?", "pseudonymous");
  const lines = review.lines.join("\n");
  expect(lines).toContain("Kijk je melding na");
  expect(lines).toContain("Fatima El Idrissi");
  expect(lines).toContain(`Er lag een ${canary}.`);
  expect(lines).toContain("1. *Dit* is <b>geen</b> opmaak.");
  expect(lines).not.toContain(anna.name);
});

test("nothing has reached the advisers before the report is sent", () => {
  expect(advisers.cards()).toEqual([]);
});

let receipt = "";

test("sent shows a receipt and dates, and the advisers get a sealed card", async () => {
  const sent = await employee.press("Versturen");
  expect(sent.lines).toContain("Je melding is verstuurd");
  receipt = sent.lines.find((line) => /^\w{5}(-\w{5}){3}$/.test(line)) ?? "";
  expect(receipt).not.toBe("");
  const card = await advisers.sees(/Zaak V-/);
  expect(card.room).toBe(false);
  expect(card.lines.join("\n")).not.toContain(canary);
  const final = await employee.press("Sluiten");
  expect(final.lines).toContain("Afgesloten");
});

test("an adviser opens the report, acknowledges it and replies", async () => {
  const opened = await advisers.press("Openen");
  expect(opened.lines.join("\n")).toContain(canary);
  expect(opened.lines.join("\n")).not.toContain(anna.name);
  await advisers.press("Ontvangst bevestigen");
  await employee.sees("Er is iets voor je");
  await advisers.press("Antwoorden");
  const replied = await advisers.press("Antwoord versturen", {
    text: `Dank je. Gaat het om een ${answerCanary}?`,
  });
  expect(replied.lines.join("\n")).not.toContain(answerCanary);
});

test("the reporter gets a ping without content, opens the answer and writes back", async () => {
  const thread = await employee.press("Openen");
  expect(thread.lines.join("\n")).toContain(answerCanary);
  const said = await employee.press("Bericht sturen", { text: `Ja, met een ${canary}.` });
  expect(said.lines).toContain("Je bericht is verstuurd.");
  await advisers.sees("De melder heeft geschreven");
});

test("the adviser sees the thread and closes the case, and both sides end neutral", async () => {
  const ping = await advisers.sees("De melder heeft geschreven");
  const thread = await advisers.pressOn(ping, "Openen");
  expect(thread.lines.join("\n")).toContain(answerCanary);
  expect(thread.lines.join("\n")).toContain(`Ja, met een ${canary}.`);
  await advisers.pressOn(thread, "Zaak sluiten");
  const closed = await advisers.press("Ja, zaak sluiten");
  expect(closed.lines.join("\n")).toMatch(/is gesloten op/);
  expect(closed.buttons).toEqual([]);
  const pinged = await employee.press("Openen");
  expect(pinged.lines.join("\n")).toContain("Deze zaak is gesloten.");
  const done = await employee.press("Sluiten");
  expect(done.lines).toContain("Afgesloten");
  const card = advisers.cards().find((shown) => shown.lines.includes(closed.lines[0] ?? ""));
  expect(card?.lines.join("\n")).not.toContain(canary);
});

test("stop and clear leaves nothing of a draft", async () => {
  await employee.say("melding doen");
  await employee.press("Verder");
  await answer("Is er nu iemand in gevaar?", "no");
  await employee.press("Stoppen");
  const cleared = await employee.press("Wissen");
  expect(cleared.lines.join("\n")).toContain("is bij Vertrouwd gewist");
  await employee.say("verder");
  await employee.sees("Er staat nu niets open.");
});

test("in a channel or group the bot only asks to be messaged directly", async () => {
  for (const place of [playground.group, playground.external]) {
    await place.say(`hier staat een ${canary}`);
    const line = await place.sees("Alleen in een privéchat");
    expect(line.lines.join("\n")).not.toContain(canary);
  }
});

test("a report about an adviser reaches the other channel, and nobody's colleagues hear of it", async () => {
  const before = advisers.cards().length;
  await employee.say("melding doen");
  await employee.press("Verder");
  await answer("Is er nu iemand in gevaar?", "no");
  await answer("Gaat het over een vertrouwenspersoon?", "yes");
  for (const title of ["Hoe ben jij erbij betrokken?", "Om wat voor gedrag gaat het?"])
    await answer(title, null);
  for (const title of ["Wat is de rol van de persoon", "Wanneer gebeurde het?", "Gaat het om een kind"]) {
    await answer(title, null);
  }
  for (const title of ["Wat is er gebeurd?", "Wat zou je graag willen?"]) await answer(title, null);
  const review = await answer("Wil je je naam geven?", "pseudonymous");
  expect(review.lines.join("\n")).toContain("Sanne Visser");
  expect(review.lines.join("\n")).not.toContain("Fatima El Idrissi");
  await employee.press("Versturen");
  await playground.external.sees(/Zaak V-/);
  expect(advisers.cards().length).toBe(before);
});

test("no stored message, and nothing on disk, holds the story, the receipt or the reporter (P2, P3)", async () => {
  const posted = playground.posted();
  for (const secret of [canary, answerCanary, receipt, anna.name]) expect(posted).not.toContain(secret);
  const seen = JSON.stringify([...advisers.cards(), ...playground.external.cards()]);
  for (const person of [anna.name, anna.id, anna.chat]) expect(seen).not.toContain(person);
  expect(playground.rooms()).toContain(canary);
  await service.stop();
  for (const file of readdirSync(join(folder, "data"), { recursive: true, encoding: "latin1" })) {
    const bytes = readFileSync(join(folder, "data", file), "latin1");
    for (const secret of [canary, answerCanary, receipt, anna.name, anna.id, anna.chat])
      expect(bytes).not.toContain(secret);
  }
});
