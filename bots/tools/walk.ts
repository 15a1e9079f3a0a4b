import { parseArgs } from "node:util";
import { plainText } from "../../cards/plain-text.ts";
import { drawReporter, type ReporterFacts } from "../../cards/reporter.ts";
import type { Content } from "../../content/words.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import {
  type Answer,
  type Answers,
  type Flow,
  leadsToOutcome,
  type Question,
} from "../../dialogs/core/flow.ts";
import { placeOf } from "../../dialogs/core/show.ts";
import { answersOf, paths, sampleText, type WalkedPath, type WalkedStep } from "../../dialogs/core/walk.ts";
import { readContent } from "../content-files.ts";
import { decisionLines } from "./decision.ts";
import { everyFlow } from "./flows.ts";
import { bystanderFacts } from "./gallery/bystander-screens.ts";
import { codeFacts } from "./gallery/manager-screens.ts";
import { draftOf, sampleFacts } from "./gallery/samples.ts";

const usage = `npm run walk <flow> [-- --lang en] [-- --full]
  prints every path of a flow, and what the bystander guide decides; --full draws each screen where it first comes up
  flows: ${Object.keys(everyFlow).join(", ")}
`;

function main(args: readonly string[]): number {
  const { name, language, full } = read(args);
  const flow = name !== undefined && Object.hasOwn(everyFlow, name) ? everyFlow[name] : undefined;
  if (!flow || !language) {
    process.stderr.write(usage);
    return 1;
  }
  const content = readContent();
  const telling = new Telling(flow, content, language, full);
  const walked = paths(flow);
  let before: WalkedPath | null = null;
  for (const [nr, path] of walked.entries()) {
    process.stdout.write(telling.path(path, before, `${nr + 1}/${walked.length}`));
    before = path;
  }
  if (flow.id === "bystander") process.stdout.write(`${decisionLines(content.words(language)).join("\n")}\n`);
  return 0;
}

function read(args: readonly string[]): {
  name: string | undefined;
  language: Language | null;
  full: boolean;
} {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { lang: { type: "string", default: "nl" }, full: { type: "boolean", default: false } },
    });
    const language = values.lang === "nl" || values.lang === "en" ? values.lang : null;
    return { name: positionals[0], language, full: values.full };
  } catch {
    return { name: undefined, language: null, full: false };
  }
}

/** Tells paths one after another; what a path shares with the one before is told once. */
class Telling {
  private readonly drawn = new Set<string>();
  private readonly flow: Flow;
  private readonly content: Content;
  private readonly language: Language;
  private readonly full: boolean;

  constructor(flow: Flow, content: Content, language: Language, full: boolean) {
    this.flow = flow;
    this.content = content;
    this.language = language;
    this.full = full;
  }

  path(path: WalkedPath, before: WalkedPath | null, title: string): string {
    const shared = before === null ? 0 : path.steps.findIndex((step, nr) => !same(step, before.steps[nr]));
    const from = shared === -1 ? path.steps.length : shared;
    const lines = path.steps
      .slice(from)
      .flatMap((step, nr) => this.step(path.steps.slice(0, from + nr), step));
    const end =
      path.place.at === "end" ? path.place.end.id : leadsToOutcome(this.flow) ? "outcome" : "review";
    // What a guide's outcome says depends on more than its words.
    const last = this.screen(path.steps, end) ?? `   = ${end === "outcome" ? "outcome" : this.title(end)}`;
    return [`── ${title} ──`, ...(from > 0 ? ["   …"] : []), ...lines, last, "", ""].join("\n");
  }

  private step(before: readonly WalkedStep[], { question, answers }: WalkedStep): readonly string[] {
    const screen = this.screen(before, question.id);
    return [screen ?? `   ${this.title(question.id)}`, `   > ${this.answers(question, answers)}`];
  }

  /** The screen after these answers, or null where it was drawn before or is not asked for. */
  private screen(steps: readonly WalkedStep[], id: string): string | null {
    if (!this.full || this.drawn.has(id)) return null;
    this.drawn.add(id);
    const screen = placeOf(draftOf(this.flow, answersOf(steps)), this.flow);
    const facts = sampleFacts(screen.type === "outcome" ? outcomeFacts(screen.answers) : {});
    return `\n${plainText(drawReporter(screen, facts, this.content, this.language))}\n`;
  }

  private title(id: string): string {
    const key = id === "outcome" ? "found.outcome" : `${this.flow.id}.${id}`;
    return this.content.words(this.language).say(`${key}.title`);
  }

  /** The answers that lead this way; where those are most of them, the ones that do not. */
  private answers(question: Question, answers: readonly Answer[]): string {
    const singles = [...question.options, ...(question.skippable ? [null] : [])];
    const holds = (single: string | null) =>
      answers.some(
        (answer) => single === (Array.isArray(answer) && answer.length === 1 ? answer[0] : answer),
      );
    const others = singles.filter((single) => !holds(single));
    const told = (some: readonly (string | null)[]) =>
      some.map((answer) => this.answer(question, answer)).join(" / ");
    if (singles.length < 3) return answers.map((answer) => this.answer(question, answer)).join(" / ");
    if (others.length === 0) return "any answer";
    return others.length * 2 < singles.length
      ? `any answer but ${told(others)}`
      : told(singles.filter(holds));
  }

  private answer(question: Question, answer: Answer): string {
    const words = this.content.words(this.language);
    if (answer === null) return `(${words.say("common.skipped").toLowerCase()})`;
    if (question.kind === "text") return sampleText;
    const options = typeof answer === "string" ? [answer] : answer;
    return options.map((option) => words.say(`${this.flow.id}.${question.id}.options.${option}`)).join(" + ");
  }
}

/** What the outcomes say beyond their words, of whichever flow. */
function outcomeFacts(answers: Answers): Partial<ReporterFacts> {
  return { ...bystanderFacts(answers), ...codeFacts(answers) };
}

function same(one: WalkedStep, other: WalkedStep | undefined): boolean {
  return (
    JSON.stringify([one.question.id, one.answers]) === JSON.stringify([other?.question.id, other?.answers])
  );
}

// A pager that is closed early is no fault.
process.stdout.on("error", () => process.exit());
process.exitCode = main(process.argv.slice(2));
