import { execFileSync } from "node:child_process";
import { readContent } from "../../bots/content-files.ts";
import { questionsFor, type Setting } from "../../dialogs/check/questions.ts";
import type { Step } from "./find.ts";
import type { Screen } from "./screen.ts";

/** Two managers who do the check in the client, and one of them again half a year later. */

const words = readContent().words("nl");
const say = (key: string, params = {}) => words.say(key, params).split("\n")[0] ?? "";
const title = (question: string) => say(`questions.${question}.title`);

interface Manager {
  readonly unit: string;
  readonly setting: Setting;
  readonly role: "hr" | "director";
  readonly name: string;
  /** By question; everything else is in order. */
  readonly answers: Readonly<
    Record<string, readonly ["partly" | "no" | "unknown" | "notApplicable", string]>
  >;
}

/** An institution for mental healthcare with 240 people. */
const institution: Manager = {
  unit: "GGZ De Linde",
  setting: { sector: "mentalHealthcare", size: "from50" },
  role: "hr",
  name: "Samira",
  answers: {
    policyWritten: ["partly", "Alleen agressie door cliënten staat erin"],
    codeConsequences: ["no", ""],
    actionPlan: ["no", "Geen namen en geen datum"],
    adviserChoice: ["no", ""],
    informed: ["unknown", ""],
    bystanderTraining: ["no", ""],
    noRetaliation: ["partly", ""],
    privacy: ["unknown", "Vragen aan de functionaris"],
    careInspectorate: ["partly", "Nachtdienst kent de route niet"],
  },
};

/** A theatre company of twelve. */
const theatre: Manager = {
  unit: "Theatergroep De Overkant",
  setting: { sector: "cultureAndMedia", size: "from10" },
  role: "director",
  name: "",
  answers: {
    policyWritten: ["no", ""],
    codeExamples: ["no", ""],
    riskInventory: ["no", "Nog nooit gedaan"],
    actionPlan: ["no", ""],
    adviserRoles: ["notApplicable", "Wij hebben alleen een externe"],
    annualReport: ["notApplicable", "Met twaalf mensen is alles herkenbaar"],
    incidentEvaluation: ["no", ""],
    cultureSafety: ["partly", "Op de callsheet nog niet"],
  },
};

/** From the menu to the last form. */
async function fillsIn(screen: Screen, manager: Manager): Promise<void> {
  const { unit, setting, role, name, answers } = manager;
  await screen.go("Personal Chat");
  await screen.say("gedragscode");
  await screen.press(say("check.buttons.hub"));
  await screen.sees(say("check.hub.title"));
  await screen.shot(`check-hub-${role}`);
  await screen.press(say("check.buttons.begin"));
  await screen.sees(say("check.begin.title"));
  await screen.fill(say("check.begin.unit"), unit);
  await screen.pick(say("check.setting.sector"), say(`check.sectors.${setting.sector}`));
  await screen.pick(say("check.setting.size"), say(`check.sizes.${setting.size}`));
  await screen.pick(say("check.self.role"), say(`check.roles.${role}`));
  if (name !== "") await screen.fill(say("check.self.name"), name);
  await screen.shot(`check-new-${role}`);
  await screen.press(say("check.buttons.start"));
  await screen.sees(unit);
  await screen.shot(`check-overview-${role}`);
  await screen.press(say("check.buttons.goOn"));
  const asked = questionsFor(setting);
  for (const [index, { id }] of asked.entries()) {
    const nr = index + 1;
    const [verdict, note] = answers[id] ?? ["yes", `Intranet, bij ${nr}`];
    const question = say("check.form.question", { nr, question: title(id) });
    await screen.sees(question);
    await screen.answer(question, say(`check.verdicts.${verdict}`));
    if (note !== "") await screen.fill(say("check.form.note", { nr }), note);
    const last = asked[index + 1];
    if (last && (await screen.shows(say("check.form.question", { nr: nr + 1, question: title(last.id) }))))
      continue;
    if (nr < 8) await screen.shot(`check-form-${role}`);
    await screen.press(say(last ? "check.buttons.next" : "check.buttons.last"));
  }
  await screen.sees(say("check.overview.progress", { answered: asked.length, asked: asked.length }));
}

/** From the outcome to the document. */
async function finishes(screen: Screen, manager: Manager): Promise<void> {
  const { role, answers, setting } = manager;
  await screen.press(say("check.buttons.outcome"));
  await screen.sees(say("check.outcome.title"));
  for (const { id, kind } of questionsFor(setting))
    if (kind === "law" && answers[id]) await screen.sees(title(id));
  await screen.shot(`check-outcome-${role}`);
  await screen.press(say("check.buttons.groups"));
  await screen.shot(`check-group-${role}`);
  await screen.press(say("check.buttons.outcome"));
  await screen.press(say("check.buttons.finish"));
  await screen.sees(say("check.finished.title"));
  await screen.press(say("check.buttons.recheckOn"));
  await screen.sees(say("check.notes.reminderOn"));
  await screen.press(say("check.buttons.plan"));
  await screen.sees(say("check.plan.title"));
  await screen.shot(`check-plan-${role}`);
  await screen.press(say("check.buttons.action"));
  await screen.fill(say("check.action.owner"), "Samira");
  await screen.day(say("check.action.due"), "2027-02-01");
  await screen.shot(`check-action-${role}`);
  await screen.press(say("check.buttons.save"));
  await screen.sees("1 februari 2027");
  await screen.press(say("check.buttons.document"));
  await screen.sees(say("check.document.title"));
  await screen.shot(`check-document-${role}`);
  for (const language of ["nl", "en"] as const) {
    const file = await screen.fetches(
      say(`check.document.buttons.pdf.${language}`),
      say("download.buttons.offer"),
      `check-${role}-${language}.pdf`,
    );
    picturesOf(file);
  }
}

/** The pages of a PDF as pictures beside it, where Debian's poppler-utils is there. */
function picturesOf(file: string): void {
  try {
    execFileSync("pdftoppm", ["-r", "60", "-png", file, file.replace(/\.pdf$/, "")]);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    process.stdout.write("     no pdftoppm here: the document is kept, without pictures of its pages\n");
  }
}

/** Goes to the page for managers, and presses this there. */
async function opens(screen: Screen, button: string): Promise<void> {
  await screen.go("Personal Chat");
  await screen.say("gedragscode");
  await screen.press(say("check.buttons.hub"));
  await screen.press(say(`check.buttons.${button}`));
}

/** Answers a closed question of a flow. */
async function chooses(
  screen: Screen,
  question: string,
  options: readonly string[],
  kind: "radio" | "checkbox",
) {
  await screen.sees(say(`${question}.title`));
  await screen.choose(
    kind,
    options.map((option) => say(`${question}.options.${option}`)),
  );
  await screen.press(say("common.buttons.next"));
}

async function writesCode(screen: Screen): Promise<void> {
  await opens(screen, "code");
  await chooses(screen, "code.task", ["write"], "radio");
  await screen.sees(say("code.opening.title"));
  await screen.fill(say("code.opening.input"), "Bij ons telt iedereen mee.");
  await screen.press(say("common.buttons.next"));
  await chooses(screen, "code.holdsFor", ["staff", "volunteers", "online"], "checkbox");
  await chooses(screen, "code.behaviour", ["bullying", "discrimination"], "checkbox");
  for (const question of ["examples", "steps", "support", "follows", "alive", "contact"]) {
    await screen.sees(say(`code.${question}.title`));
    if (question === "steps") await screen.shot("code-steps");
    await screen.press(say("common.buttons.skip"));
  }
  await screen.sees("Bij ons telt iedereen mee.");
  await screen.shot("code-outcome");
  await screen.fetches(say("code.buttons.wordNl"), say("download.buttons.offer"), "code-nl.docx");
}

async function looksBack(screen: Screen): Promise<void> {
  await opens(screen, "evaluation");
  await chooses(screen, "evaluation.now", ["no"], "radio");
  await chooses(screen, "evaluation.running", ["no"], "radio");
  await screen.press(say("evaluation.before.options.seen"));
  await chooses(screen, "evaluation.what", ["bullying"], "checkbox");
  await chooses(screen, "evaluation.conditions", ["pressure", "unclear"], "checkbox");
  await screen.sees(say("evaluation.how.title"));
  await screen.shot("evaluation-how");
  await screen.fill(say("evaluation.how.input"), "Er was haast, en niemand had de leiding.");
  await screen.press(say("common.buttons.next"));
  for (const question of ["lessons", "actions", "told", "message", "care", "again", "with"]) {
    await screen.sees(say(`evaluation.${question}.title`));
    await screen.press(say("common.buttons.skip"));
  }
  await screen.sees("Er was haast, en niemand had de leiding.");
  await screen.shot("evaluation-outcome");
}

export const checkSteps: readonly Step[] = [
  [
    "check: a mental-health institution of 240 people, to the last form",
    (screen) => fillsIn(screen, institution),
  ],
  ["check: its outcome, plan and document", (screen) => finishes(screen, institution)],
  ["check: a theatre company of twelve, to the last form", (screen) => fillsIn(screen, theatre)],
  ["check: its outcome, plan and document", (screen) => finishes(screen, theatre)],
  ["a code of conduct is written, and fetched as a Word document", writesCode],
  ["a look back on an incident", looksBack],
];

/** The same chat, half a year later. (The client shows no message that came before its page was open: of reminders see test/check-turns.) */
export const recheckSteps: readonly Step[] = [
  [
    "check: half a year later, what changed since",
    async (screen) => {
      await screen.go("Personal Chat");
      await screen.say("gedragscode");
      await screen.press(say("check.buttons.hub"));
      await screen.pick(say("check.hub.choose"), institution.unit);
      await screen.press(say("check.buttons.open"));
      await screen.press(say("check.buttons.again"));
      await screen.sees(say("check.notes.begunAgain"));
      await screen.press(say("check.buttons.goOn"));
      await screen.sees(say("check.form.before", { status: say("check.statuses.partly") }));
      const question = say("check.form.question", { nr: 1, question: title("policyWritten") });
      await screen.answer(question, say("check.verdicts.yes"));
      await screen.shot("recheck-form");
      await screen.press(say("check.buttons.overview"));
      await screen.press(say("check.buttons.manage"));
      await screen.press(say("check.buttons.history"));
      await screen.sees(say("check.history.changed"));
      await screen.sees(
        say("check.history.line", {
          question: title("policyWritten"),
          before: say("check.statuses.partly"),
          now: say("check.statuses.inOrder"),
        }),
      );
      await screen.shot("recheck-history");
    },
  ],
];
