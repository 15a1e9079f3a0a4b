import { readContent } from "../../bots/content-files.ts";
import { employee } from "../../bots/demo/playground.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import type { Step } from "./find.ts";
import type { Screen } from "./screen.ts";

/** A bystander in the client: now, afterwards and on into a witness report, a practice scene, a team. */

const content = readContent();
const sayIn = (language: Language) => (key: string) => content.words(language).say(key).split("\n")[0] ?? "";

/** From "I see something" to one thing to do: each press counts. */
async function now(screen: Screen, language: Language): Promise<void> {
  const say = sayIn(language);
  await screen.say(language === "nl" ? "omstander" : "bystander");
  await screen.sees(say("bystander.hub.title"));
  await screen.press(say("bystander.buttons.now"));
  const taps = ["safety.calm", "power.above", "where.room", "able.speak"];
  for (const tap of taps) {
    const [question, option] = tap.split(".");
    await screen.sees(say(`bystander.${question}.title`));
    await screen.press(say(`bystander.${question}.options.${option}`));
  }
  // Somebody above me: never one sentence to that person, whatever I feel able to do.
  await screen.sees(say("bystander.do.distract.title"));
  await screen.seesNot(say("bystander.do.direct.title"));
  if (taps.length > 4) throw new Error("more than four presses");
}

/** Afterwards, and on into a report as a witness: what was told is taken over, what safety needs is asked. */
async function after(screen: Screen, language: Language): Promise<void> {
  const say = sayIn(language);
  await screen.press(say("bystander.buttons.next"));
  await screen.sees(say("aftercare.over.title"));
  await screen.press(say("aftercare.over.options.over"));
  for (const [question, option] of [
    ["toWhom", "colleague"],
    ["about", "discrimination"],
  ] as const) {
    await screen.sees(say(`aftercare.${question}.title`));
    await screen.choose("radio", [say(`aftercare.${question}.options.${option}`)]);
    await screen.press(say("common.buttons.next"));
  }
  await screen.sees(say("bystander.buttons.witness"));
  await screen.shot(`aftercare-${language}`);
  await screen.press(say("bystander.buttons.witness"));
  for (const question of ["danger", "aboutAdviser"]) {
    await screen.sees(say(`report.${question}.title`));
    await screen.choose("radio", [say(`report.${question}.options.no`)]);
    await screen.press(say("common.buttons.next"));
  }
  await screen.sees(say("report.when.title"));
  await screen.shot(`witness-report-${language}`);
  await screen.press(say("common.buttons.stop"));
  await screen.press(say("common.buttons.clear"));
  await screen.sees(say("common.final.title"));
}

/** One scene, with a sentence of one's own, which is gone afterwards. */
async function practise(screen: Screen, language: Language, own: string): Promise<void> {
  const say = sayIn(language);
  await screen.say(language === "nl" ? "oefenen" : "practise");
  await screen.press(say("bystander.buttons.practise"));
  await screen.sees(say("bystander.practice.title"));
  await screen.shot(`practice-list-${language}`);
  await screen.press(say("bystander.buttons.begin"));
  const scene = language === "en" ? "lunchJoke" : "hybridMeeting";
  await screen.sees(say(`scenes.${scene}.response.title`));
  await screen.shot(`practice-scene-${language}`);
  await screen.choose("radio", [say(`scenes.${scene}.response.options.a`)]);
  await screen.press(say("common.buttons.next"));
  await screen.fill(say(`scenes.${scene}.own.input`), own);
  await screen.press(say("common.buttons.next"));
  await screen.sees(own);
  await screen.shot(`practice-outcome-${language}`);
  await screen.press(say("common.buttons.menu"));
  await screen.seesNot(own);
}

function inLanguage(language: Language, own: string): readonly Step[] {
  return [
    [
      `bystander, ${language}: four presses to one thing to do`,
      async (screen) => {
        if (language === "nl") await screen.say("nederlands");
        await now(screen, language);
        await screen.shot(`bystander-now-${language}`);
      },
    ],
    [
      `bystander, ${language}: afterwards, and on into a report as a witness`,
      (screen) => after(screen, language),
    ],
    // The scene that was not done yet stands ready: another one in the other language.
    [`bystander, ${language}: one scene to practise with`, (screen) => practise(screen, language, own)],
  ];
}

export const bystanderSteps: readonly Step[] = [
  ...inLanguage("en", "Shall we talk about something else?"),
  ...inLanguage("nl", "Zullen we het ergens anders over hebben?"),
  [
    "a team practises in a group chat; of one vote no distribution is shown",
    async (screen) => {
      const say = sayIn("nl");
      await screen.go("Groepschat");
      await screen.mention("group-chat", employee.id, "scène 5");
      await screen.sees(say("scenes.faithRemark.label"));
      await screen.shot("session-scene");
      await screen.press(content.words("nl").say("session.buttons.vote", { letter: "B" }));
      await screen.shot("session-voted");
      await screen.press(say("session.buttons.outcome"));
      await screen.sees(say("session.outcome.title"));
      await screen.shot("session-outcome");
    },
  ],
];
