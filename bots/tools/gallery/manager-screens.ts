import type { ReporterFacts } from "../../../cards/reporter.ts";
import { codeFor } from "../../../dialogs/code/assemble.ts";
import { options } from "../../../dialogs/code/elements.ts";
import type { Answers } from "../../../dialogs/core/flow.ts";
import type { Screen } from "../../../dialogs/core/screen.ts";
import { evaluationOptions } from "../../../dialogs/evaluation.ts";
import type { Sector } from "../../../dialogs/find/situation.ts";
import type { Shown } from "./reporter-screens.ts";
import { sampleFacts } from "./samples.ts";

const { has, task: _, ...everyOption } = options;

/** A code with all there is to choose, and in own words what can be. */
export const fullCode: Answers = {
  task: "write",
  opening: "Bij ons telt iedereen mee, van kassa tot directie. Daar staan wij als leiding voor.",
  ...everyOption,
  examples: "iemand filmen zonder te vragen; elkaar *bijnamen* geven; <b>appen</b> na tien uur",
  contact: "de afdeling Personeel",
};

/** Half of it: what a manager has after a first go. */
const someCode: Answers = {
  task: "write",
  opening: null,
  holdsFor: ["staff", "interns", "online"],
  behaviour: ["bullying", "power"],
  examples: null,
  steps: ["happens", "see"],
  support: ["adviser", "elsewhere"],
  follows: null,
  alive: ["yearly"],
  contact: null,
};

/** A look back with everything filled in. */
export const fullEvaluation: Answers = {
  now: "no",
  running: "no",
  what: ["aggression"],
  conditions: evaluationOptions.conditions.slice(0, 4),
  how: "Na de première was er veel haast met afbreken. Twee mensen stonden er alleen voor.",
  lessons: "Na tien uur *nooit* alleen afbreken.\nWie moe is, mag dat zeggen.",
  actions:
    "Productieleider: nieuw rooster, voor 1 december.\nZakelijk leider: gesprek in elk team, in januari.",
  told: evaluationOptions.told.slice(0, 4),
  message: "We hebben teruggekeken. Voortaan breken we met vier mensen af.",
  care: evaluationOptions.care,
  again: "quarter",
  with: ["team", "adviser"],
};

const someEvaluation: Answers = {
  ...Object.fromEntries(Object.keys(fullEvaluation).map((question) => [question, null])),
  now: "no",
  running: "asked",
  what: ["bullying"],
  care: ["happenedTo", "reportedAbout"],
};

/** What a manager meets beside the questions: the code, its review, and the look back on an incident. */
export function managerScreens(): readonly Shown[] {
  const links = { nl: "http://127.0.0.1:3978/download/a", en: "http://127.0.0.1:3978/download/b" };
  const review = (missing: readonly string[]): Answers => ({
    task: "review",
    has: has.filter((element) => !missing.includes(element)),
  });
  return [
    code("full", fullCode, "outcome", "cultureAndMedia", { codeLinks: links }),
    code("some", someCode, "outcome"),
    code("copy", fullCode, "copy", "cultureAndMedia"),
    code("review", review(["examples", "see", "follows", "contact"]), "outcome", "sport"),
    code("review.all", review([]), "outcome"),
    code("review.copy", review(["examples", "see", "follows", "contact"]), "copy", "sport"),
    evaluation("full", fullEvaluation, "outcome"),
    evaluation("some", someEvaluation, "outcome"),
    evaluation("copy", fullEvaluation, "copy"),
  ];
}

/** What the outcome of the code says beyond its words. */
export function codeFacts(answers: Answers, sector: Sector = "government"): Partial<ReporterFacts> {
  return { sector, code: codeFor(answers, sector) };
}

type Page = "outcome" | "copy";

function code(
  id: string,
  answers: Answers,
  page: Page,
  sector: Sector = "government",
  facts: Partial<ReporterFacts> = {},
): Shown {
  return shown(`code.${id}`, "Code of conduct", "code", answers, page, {
    ...codeFacts(answers, sector),
    ...facts,
  });
}

function evaluation(id: string, answers: Answers, page: Page): Shown {
  return shown(`evaluation.${id}`, "Looking back", "evaluation", answers, page, {});
}

function shown(
  id: string,
  group: string,
  flow: string,
  answers: Answers,
  page: Page,
  facts: Partial<ReporterFacts>,
): Shown {
  const at = { flow, draft: "draft", answers };
  const screen: Screen =
    page === "outcome" ? { type: "outcome", ...at, note: null } : { type: "copy", ...at };
  return { id, group, screen, facts: sampleFacts(facts) };
}
