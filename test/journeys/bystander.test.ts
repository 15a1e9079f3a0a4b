import type { Language } from "../../dialogs/core/draft.ts";
import { adviser, type Party, reporter } from "./people.ts";
import { type Bot, type Stage, setStage, startBot } from "./service.ts";
import { goThrough, report, send, words } from "./steps.ts";

/** Somebody sees something, on both platforms and in both languages, as it comes over the wire. */

let stage: Stage | null = null;
let bot: Bot | null = null;

afterEach(async () => {
  await bot?.stop();
  await stage?.close();
  bot = null;
  stage = null;
});

const scenes = (["teams", "slack"] as const).flatMap((platform) =>
  (["nl", "en"] as const).map((language) => ({ platform, language })),
);

describe.each(scenes)("$platform, $language", ({ platform, language }) => {
  const say = (key: string) => words(key, language);

  async function enter(): Promise<Party> {
    const languages: readonly Language[] = language === "nl" ? ["nl", "en"] : ["en", "nl"];
    stage = await setStage({ advisers: platform, described: { languages } });
    bot = await startBot(stage);
    const anna = reporter(stage, bot.url, platform);
    await anna.enter();
    await anna.press(say("common.buttons.bystander"));
    return anna;
  }

  /** Presses one answer after another; returns how many presses it took. */
  async function tap(anna: Party, ...answers: readonly string[]): Promise<number> {
    for (const answer of answers) await anna.press(say(`bystander.${answer}`));
    return answers.length;
  }

  test("from 'I see something' four presses lead to one thing to do, and a fifth to the other language", async () => {
    const anna = await enter();
    await anna.press(say("bystander.buttons.now"));
    const taps = await tap(
      anna,
      "safety.options.calm",
      "power.options.peer",
      "where.options.online",
      "able.options.speak",
    );
    expect(taps).toBeLessThanOrEqual(4);
    expect(anna.shows()).toContain(say("bystander.do.direct.title"));
    const other = language === "nl" ? "en" : "nl";
    await anna.press(say(other === "en" ? "common.buttons.english" : "common.buttons.dutch"));
    expect(anna.shows()).toContain(words("bystander.do.direct.title", other));
  });

  test("danger takes one press, and shows 112", async () => {
    const anna = await enter();
    await anna.press(say("bystander.buttons.now"));
    await tap(anna, "safety.options.danger");
    expect(anna.shows()).toContain(say("bystander.do.callHelp.title"));
    expect(anna.shows()).toContain("112");
  });

  test("afterwards, and on into a witness report that begins with what was said and asks the rest", async () => {
    const anna = await enter();
    await anna.press(say("bystander.buttons.now"));
    await tap(
      anna,
      "safety.options.calm",
      "power.options.above",
      "where.options.room",
      "able.options.notNow",
    );
    await anna.press(say("bystander.buttons.next"));
    await anna.press(say("aftercare.over.options.over"));
    await anna.press(say("common.buttons.next"), { answer: "colleague" });
    await anna.press(say("common.buttons.next"), { answer: "bullying" });
    expect(anna.shows()).toContain(say("bystander.buttons.witness"));
    await anna.press(say("bystander.buttons.witness"));
    const review = await goThrough(
      anna,
      report,
      { danger: "no", aboutAdviser: "no", identity: "pseudonymous" },
      language,
    );
    for (const known of [
      "report.part.options.saw",
      "report.relation.options.manager",
      "report.kind.options.bullying",
    ])
      expect(review).toContain(say(known));
    const { number } = await send(anna, language);
    if (!stage || !bot) throw new Error("no stage");
    await adviser(stage, bot.url).sees(number);
  });

  test("a scene is practised with a sentence of one's own, which stands in no message and is gone afterwards", async () => {
    const canary = "kanariegele zin van mij";
    const anna = await enter();
    await anna.press(say("bystander.buttons.practise"));
    await anna.press(say("bystander.buttons.begin"), { scene: "lunchJoke" });
    await anna.press(say("common.buttons.next"), { answer: "a" });
    await anna.press(say("common.buttons.next"), { answer: canary });
    expect(anna.shows()).toContain(canary);
    await anna.press(say("bystander.buttons.another"));
    expect(anna.shows()).not.toContain(canary);
    await anna.press(say("bystander.buttons.forget"));
    expect(anna.messages().join("\n")).not.toContain(canary);
    expect(bot?.logged.join("\n")).not.toContain(canary);
  });
});
