import type { Platform } from "../../bots/ports.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import { findFlow } from "../../dialogs/find.ts";
import { adviser, type Party, reporter } from "./people.ts";
import { type Bot, type Stage, type StageOptions, setStage, startBot } from "./service.ts";
import { type Answers, content, goThrough, report, send, words } from "./steps.ts";

/**
 * Somebody looks for help, on both platforms and in both languages, as it comes over the wire: from the menu
 * to who or what fits, and on from there.
 */
const flow = findFlow({ sector: "government", places: 0 });

const fatima = {
  name: "Fatima El Idrissi",
  route: "advisers",
  contact: { mail: "fatima@example.org" },
  about: { nl: "Ik luister eerst.", en: "I listen first." },
};
const sanne = {
  name: "Sanne Visser",
  route: "external",
  kind: "external",
  contact: { mail: "sanne@example.org" },
};

let stage: Stage | null = null;
let bot: Bot | null = null;

afterEach(async () => {
  await bot?.stop();
  await stage?.close();
  bot = null;
  stage = null;
});

interface Scene {
  readonly platform: Platform;
  readonly language: Language;
  readonly described?: object;
}

async function enter({ platform, language, described = {} }: Scene): Promise<Party> {
  const options: StageOptions = {
    advisers: platform,
    external: platform,
    described: {
      languages: language === "nl" ? ["nl", "en"] : ["en", "nl"],
      advisers: [fatima, sanne],
      ...described,
    },
  };
  stage = await setStage(options);
  bot = await startBot(stage);
  const anna = reporter(stage, bot.url, platform);
  await anna.enter();
  return anna;
}

/** From the menu to where these answers lead; what is not answered is skipped. */
async function find(anna: Party, language: Language, answers: Answers): Promise<string> {
  await anna.press(words("common.buttons.find", language));
  return goThrough(anna, flow, answers, language);
}

/** Whether one name stands before another. */
function standsBefore(text: string, first: string, second: string): boolean {
  const [a, b] = [text.indexOf(first), text.indexOf(second)];
  if (a === -1 || b === -1) throw new Error(`not both in: ${text}`);
  return a < b;
}

const service = (id: string, language: Language) => content.help(id, language).name;
const bullied: Answers = {
  safety: "safe",
  aboutAdviser: "no",
  forWhom: "me",
  about: "bullying",
  how: "chat",
};

const scenes = (["teams", "slack"] as const).flatMap((platform) =>
  (["nl", "en"] as const).map((language) => ({ platform, language })),
);

describe.each(scenes)("$platform, $language", (scene) => {
  const { language } = scene;
  const say = (key: string) => words(key, language);

  test("bullied: an adviser first, help outside too; a report reaches the chosen one under a made-up name", async () => {
    const anna = await enter(scene);
    const shown = await find(anna, language, { ...bullied, how: "outside" });
    expect(standsBefore(shown, service("slachtofferhulp", language), sanne.name)).toBe(true);
    await anna.press(say("common.buttons.back"));
    await anna.press(say("common.buttons.next"), { answer: "chat" });
    expect(standsBefore(anna.shows(), fatima.name, service("slachtofferhulp", language))).toBe(true);
    const page = await anna.press(say("common.buttons.contact"), { adviser: "sanne-visser" });
    expect(page).toContain("sanne@example.org");
    await anna.press(say("common.buttons.write"));
    // What was said is not asked again.
    expect(anna.shows()).toContain(say("report.relation.title"));
    const review = await goThrough(anna, report, { identity: "pseudonymous" }, language);
    expect(review).toContain(sanne.name);
    expect(review).not.toContain(fatima.name);
    const { number } = await send(anna, language);
    if (!stage || !bot) throw new Error("no stage");
    const card = await adviser(stage, bot.url, "external").sees(number);
    for (const trace of anna.traces) expect(card).not.toContain(trace);
    expect(adviser(stage, bot.url, "advisers").messages().join("\n")).not.toContain(number);
  });

  test("sexual behaviour this week: the Centrum Seksueel Geweld stands first", async () => {
    const anna = await enter(scene);
    const shown = await find(anna, language, { ...bullied, about: "sexual", when: "lastWeek" });
    expect(standsBefore(shown, service("centrum-seksueel-geweld", language), fatima.name)).toBe(true);
    expect(shown).toContain("0800-0188");
  });

  test.each(["yes", "unsure"])(
    "about an adviser (%s): the usual advisers are named nowhere",
    async (aboutAdviser) => {
      const anna = await enter(scene);
      await find(anna, language, { ...bullied, aboutAdviser });
      await anna.press(say("common.buttons.copy"));
      const told = [...anna.rooms, ...anna.messages()].join("\n");
      expect(told).toContain(sanne.name);
      expect(told).not.toContain(fatima.name);
      expect(told).not.toContain("fatima@example.org");
    },
  );

  test("a client of mental health care: what the professional must do, and the client's own adviser first", async () => {
    const anna = await enter({ ...scene, described: { sector: "mentalHealthcare" } });
    const shown = await find(anna, language, {
      ...bullied,
      forWhom: "client",
      about: "aggression",
      byWhom: "professional",
    });
    expect(shown).toContain(content.duty("careViolence", language).name);
    expect(standsBefore(shown, service("pvp", language), service("landelijk-meldpunt-zorg", language))).toBe(
      true,
    );
  });

  test("every adviser on leave: that is said, and help outside stands first", async () => {
    const leave = [{ from: "2020-01-01", to: "2090-01-01" }];
    const advisers = [fatima, sanne].map((one) => ({ ...one, leave }));
    const anna = await enter({ ...scene, described: { advisers } });
    const shown = await find(anna, language, bullied);
    expect(standsBefore(shown, "2090", service("slachtofferhulp", language))).toBe(true);
    expect(shown).not.toContain("fatima@example.org");
  });

  test("what was chosen and found stands in no message, and is gone with the menu", async () => {
    const anna = await enter(scene);
    await find(anna, language, { ...bullied, about: "discrimination" });
    await anna.press(say("common.buttons.menu"));
    expect(anna.shows()).toContain(say("common.menu.title"));
    const chat = anna.messages().join("\n");
    expect(chat).not.toContain(fatima.name);
    expect(chat).not.toContain(service("discriminatie-nl", language));
    await anna.press(say("common.buttons.find"));
    expect(anna.shows()).toContain(say("find.safety.title"));
  });

  test("typing alone leads to the same place, which opens behind a button", async () => {
    const anna = await enter(scene);
    const asked = await anna.say(language === "nl" ? "vertrouwenspersoon" : "confidential adviser");
    expect(asked).toContain(say("find.safety.title"));
    let told = "";
    for (const typed of ["1", "1", "1", "2", "3"]) told = await anna.say(typed);
    expect(told).toContain(say("common.door.private"));
    expect(told).not.toContain(fatima.name);
    expect(await anna.pressOutside(say("common.buttons.resume"))).toContain(fatima.name);
  });

  test("a direct question for a number is answered at once", async () => {
    const anna = await enter(scene);
    const question = {
      nl: "wat is het nummer van slachtofferhulp?",
      en: "what is the number of slachtofferhulp?",
    };
    expect(await anna.say(question[language])).toContain("0900-0101");
  });
});
