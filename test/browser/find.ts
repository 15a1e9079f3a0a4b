import { readContent } from "../../bots/content-files.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import { findFlow } from "../../dialogs/find.ts";
import type { Screen } from "./screen.ts";

/** Five people who look for help, in the client: what they answer, and what must be on the screen then. */

const content = readContent();
const flow = findFlow({ sector: "government", places: 2 });

export type Step = readonly [name: string, act: (screen: Screen) => Promise<void>];

interface Situation {
  readonly name: string;
  readonly language: Language;
  /** What is typed to begin. */
  readonly begin: string;
  /** By question; what is not in here is skipped. */
  readonly answers: Readonly<Record<string, string>>;
  /** On the screen, in this order. */
  readonly sees: readonly string[];
  readonly seesNot?: readonly string[];
  readonly goesOn?: (screen: Screen, say: Say) => Promise<void>;
}
type Say = (key: string) => string;

const place = ["Stadhuis", "Werf"] as const;
const service = (id: string, language: Language) => content.help(id, language).name;

const situations: readonly Situation[] = [
  {
    name: "bullied, rather in person",
    language: "nl",
    begin: "vertrouwenspersoon",
    answers: {
      safety: "safe",
      aboutAdviser: "no",
      forWhom: "me",
      about: "bullying",
      how: "inPerson",
      place: "p1",
    },
    sees: ["Joost Bakker", service("slachtofferhulp", "nl")],
    goesOn: async (screen, say) => {
      await screen.press(say("common.buttons.contact"));
      await screen.sees("joost@example.org");
      await screen.shot("adviser");
      await screen.press(say("common.buttons.back"));
      await screen.press(say("common.buttons.copy"));
      await screen.sees(say("found.copy.title"));
      await screen.shot("copy");
    },
  },
  {
    name: "sexual behaviour this week",
    language: "nl",
    begin: "hulp",
    answers: { safety: "safe", aboutAdviser: "no", forWhom: "colleague", about: "sexual", when: "lastWeek" },
    sees: [service("centrum-seksueel-geweld", "nl"), "Fatima El Idrissi"],
  },
  {
    name: "about an adviser",
    language: "nl",
    begin: "wie is de vertrouwenspersoon",
    answers: { safety: "danger", aboutAdviser: "unsure", forWhom: "me", about: "other", how: "chat" },
    sees: ["Sanne Visser"],
    seesNot: ["Fatima El Idrissi", "Joost Bakker", "Aylin Demir"],
  },
  {
    name: "a resident who is not safe at home",
    language: "en",
    begin: "help",
    answers: { safety: "safe", aboutAdviser: "no", forWhom: "client", about: "home", minor: "yes" },
    sees: [service("veilig-thuis", "en"), content.duty("meldcode", "en").name],
  },
  {
    name: "worried about own behaviour",
    language: "en",
    begin: "confidential adviser",
    answers: { safety: "despair", aboutAdviser: "no", forWhom: "own", minor: "no", how: "phone" },
    sees: [service("huisarts", "en")],
    goesOn: async (screen, say) => {
      await screen.press(say("common.buttons.topics"));
      await screen.press(say("topics.secrecy.label"));
      await screen.sees(say("topics.secrecy.title"));
      await screen.shot("topic");
    },
  },
];

async function walk(screen: Screen, { name, language, begin, answers, ...rest }: Situation): Promise<void> {
  const say: Say = (key) => content.words(language).say(key).split("\n")[0] ?? "";
  await screen.say(begin);
  await screen.sees(say("find.safety.title"));
  await screen.press(say("common.buttons.resume"));
  const asked: Record<string, string> = {};
  for (const item of flow.items) {
    if (item.kind === "end" || !item.when(asked as never)) continue;
    await screen.sees(say(`find.${item.id}.title`));
    const answer = answers[item.id];
    if (item.kind === "tell") await screen.press(say(`find.${item.id}.options.seen`));
    else if (answer === undefined) await screen.press(say("common.buttons.skip"));
    else {
      asked[item.id] = answer;
      const label =
        item.id === "place" ? place[Number(answer.slice(1))] : say(`find.${item.id}.options.${answer}`);
      await screen.choose("radio", [label ?? ""]);
      await screen.press(say("common.buttons.next"));
    }
  }
  await screen.sees(say("found.outcome.title"));
  for (const text of rest.sees) await screen.sees(text);
  for (const text of rest.seesNot ?? []) await screen.seesNot(text);
  await screen.shot(`found ${name}`.replaceAll(" ", "-"));
  await rest.goesOn?.(screen, say);
  await screen.press(say("common.buttons.menu"));
  await screen.seesNot(say("found.kept"));
}

/** One step for each, and the change of language between them. */
export const findSteps: readonly Step[] = [
  ...situations.slice(0, 3).map(inClient),
  [
    "a number that is asked for is told at once",
    async (screen) => {
      await screen.say("wat is het nummer van slachtofferhulp?");
      await screen.sees("Bel 0900-0101");
      await screen.shot("service");
      await screen.say("english");
      await screen.sees(content.words("en").say("found.service.title"));
    },
  ],
  ...situations.slice(3).map(inClient),
];

function inClient(situation: Situation): Step {
  return [`looking for help: ${situation.name}`, (screen) => walk(screen, situation)];
}
