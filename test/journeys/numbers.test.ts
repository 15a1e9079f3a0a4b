import { readContent } from "../../bots/content-files.ts";
import { appId, pressOn, wordsOn } from "../fakes/teams.ts";
import { teamsPerson } from "../fakes/teams-person.ts";
import { readTables } from "./search.ts";
import { type Bot, channels, type Stage, setStage, startBot } from "./service.ts";

/** Advisers ask for the numbers of a year in their own channel, on either platform, through the whole service. */
const content = readContent();
const nl = content.words("nl");
const year = new Date().getFullYear() - 1;
const label = (name: string) => nl.say(`statistics.buttons.${name}`);

let stage: Stage;
let bot: Bot;
beforeEach(async () => {
  stage = await setStage({ advisers: "teams", external: "slack" });
  bot = await startBot(stage);
});
afterEach(async () => {
  await bot?.stop();
  await stage?.close();
});

test("in Teams a mention brings the menu, and a press a room that only that adviser sees", async () => {
  const vera = teamsPerson(bot.url, stage.teams, {
    user: "29:vera-advises",
    conversation: channels.advisers.teams,
    type: "channel",
  });
  const mention = vera.message("<at>Vertrouwd</at> cijfers", {
    entities: [{ type: "mention", mentioned: { id: `28:${appId}`, name: "Vertrouwd" } }],
  });
  await vera.post(mention);
  const [menu] = stage.teams.connector.messages(channels.advisers.teams);
  if (!menu) throw new Error("no menu");
  expect(menu.words).toContain(nl.say("cases.menu.title"));
  let card = menu.card;
  for (const button of [
    label("open"),
    String(year),
    nl.say("statistics.buttons.count", { year }),
    label("document"),
    label("back"),
  ]) {
    const answer = await vera.post(vera.invoke(pressOn(card, button), { replyToId: menu.id }));
    if (!answer.card) throw new Error(`nothing after ${button}`);
    card = answer.card;
  }
  expect(wordsOn(card)).toContain(nl.say("statistics.numbers.fewer", { threshold: 5 }));
  expect((await readTables(stage)).statistics).toHaveLength(1);
  const shut = await vera.post(vera.invoke(pressOn(card, label("shut")), { replyToId: menu.id }));
  expect(shut.card && wordsOn(shut.card)).toContain(nl.say("cases.menu.title"));
  // What the others see has not changed.
  expect(stage.teams.connector.messages(channels.advisers.teams).map(({ updates }) => updates)).toEqual([0]);
});

test("in Slack the command opens the menu in a modal, in the route and nowhere else", async () => {
  const bea = stage.slack.person("U0BEAADVISES");
  const menu = await bea.command("cijfers", channels.external.slack);
  expect(menu.text).toContain(nl.say("cases.menu.title"));
  await bea.press(label("open"), "modal");
  await bea.press(String(year), "modal");
  await bea.press(nl.say("statistics.buttons.count", { year }), "modal");
  expect(bea.modal().text).toContain(nl.say("statistics.numbers.noTables"));
  await bea.close();
  expect((await readTables(stage)).statistics).toHaveLength(1);
  const elsewhere = await stage.slack.person("U0ANNAREPORTS").command("cijfers");
  expect(elsewhere.text).not.toContain(nl.say("cases.menu.title"));
});
