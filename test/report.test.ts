import { readContent } from "../bots/content-files.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawCaseRoom } from "../cards/adviser.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, type ReporterFacts } from "../cards/reporter.ts";
import { reviewRows } from "../cards/review.ts";
import { contentLanguages } from "../content/words.ts";
import { type Answer, type Answers, type Question, questionOf } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { placeOf, reviewRows as rowsToSend } from "../dialogs/core/show.ts";
import { answersOf, paths } from "../dialogs/core/walk.ts";
import type { Sector } from "../dialogs/find/situation.ts";
import { reportFlow } from "../dialogs/report.ts";
import { detail } from "./views.ts";

/** All questions of a report: each is drawn, each can be skipped unless safety needs it, each reaches the adviser. */

const content = readContent();
const care: Sector = "healthcare";
const flow = reportFlow({ conflictRoute: true, sector: care });
const needed = ["danger", "aboutAdviser", "identity", "name"];

const facts: ReporterFacts = {
  organisation: "Zorggroep Voorbeeld",
  readers: "Fatima El Idrissi",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh-nonce-1",
  places: {},
  sector: care,
};

function draftWith(answers: Answers) {
  return {
    id: "draft",
    flow: "report",
    answers: answers as Record<string, string | string[] | null>,
    unfinished: {},
    decided: {},
    revisiting: null,
    revision: 1,
    reviewed: null,
    guide: false,
    to: null,
  };
}

const walked = paths(flow);
const reached = new Set(walked.flatMap(({ steps }) => steps.map(({ question }) => question.id)));
/** All but what is told in other sectors only. */
const questions = flow.items.filter((item): item is Question => item.kind !== "end" && reached.has(item.id));

/** A path on which this question is asked, with the answers before it. */
function answersTo(id: string): Answers {
  for (const { steps } of walked) {
    const nr = steps.findIndex(({ question }) => question.id === id);
    if (nr !== -1) return answersOf(steps.slice(0, nr));
  }
  throw new Error(`no path to ${id}`);
}

/** Goes on from here, skipping what can be skipped, to check-your-answers. */
function skippedOn(answers: Answers): Answers {
  const { place } = resolve(flow, answers);
  if (place.at !== "question") return answers;
  const { question } = place;
  const answer: Answer = question.skippable
    ? null
    : question.kind === "text"
      ? "Anna"
      : (question.options[0] ?? null);
  return skippedOn({ ...answers, [question.id]: answer });
}

const answerTo = ({ kind, options }: Question, option: string | undefined): Answer =>
  kind === "text" ? "eigen woorden" : kind === "choices" ? [option ?? ""] : (option ?? options[0] ?? null);

function drawn(screen: Screen) {
  for (const language of contentLanguages) {
    const room = drawReporter(screen, facts, content, language);
    drawCard(room, { surface: "room" });
    drawModal(room, { title: "Vertrouwd", close: "Sluiten" });
    drawCard(drawDoor(screen, facts, content, language), { surface: "door" });
  }
}

test("only what safety or law needs cannot be skipped (P4)", () => {
  const kept = questions.filter(({ skippable, kind }) => !skippable && kind !== "tell").map(({ id }) => id);
  expect(kept).toEqual(needed);
});

describe.each(questions.map((question) => [question.id, question] as const))("%s", (id, question) => {
  test("is drawn on both platforms in both languages, asked and answered", () => {
    const answers = answersTo(id);
    drawn(placeOf(draftWith(answers), flow));
    if (question.kind === "tell") return;
    const given = { ...answers, [id]: answerTo(question, question.options.at(-1)) };
    drawn(placeOf({ ...draftWith(given), revisiting: id }, flow));
    expect(question.options.length).toBeLessThanOrEqual(10);
  });

  test("leads on when it is skipped, and the adviser sees that it was", () => {
    if (!question.skippable) return;
    const answers = skippedOn({ ...answersTo(id), [id]: null });
    const { place, aside } = resolve(flow, answers);
    expect([place.at, aside]).toEqual(["review", []]);
    const rows = rowsToSend(draftWith(answers), flow);
    expect(rows).toContainEqual({ question: id, kind: question.kind, answer: null });
  });

  test("is read by the adviser as it was answered, whichever answer it is", () => {
    if (question.kind === "tell") return;
    for (const option of question.kind === "text" ? [undefined] : question.options) {
      const answers = skippedOn({ ...answersTo(id), [id]: answerTo(question, option) });
      const { place } = resolve(flow, answers);
      // An early end sends nothing: nobody is to read it.
      if (place.at === "end") continue;
      expect(place.at).toBe("review");
      for (const language of contentLanguages) {
        const words = content.words(language);
        const rows = reviewRows("report", rowsToSend(draftWith(answers), flow), words);
        const said = option === undefined ? "eigen woorden" : words.say(`report.${id}.options.${option}`);
        const opened = plainText(
          drawCaseRoom({ ...detail, rows, messages: [] }, { page: 0 }, content, language),
        );
        expect(opened).toContain(words.say(`report.${id}.review`));
        expect(opened).toContain(said);
      }
    }
  });
});

describe("who worries about what they did themselves", () => {
  const answers = { danger: "no", aboutAdviser: "no", part: "own" };
  const end = placeOf(draftWith(answers), flow);

  test("is led to help and to an adviser, and not asked to report about themselves", () => {
    expect(end).toMatchObject({ type: "end", end: "ownBehaviour", guide: "find" });
    drawn(end);
    for (const language of contentLanguages) {
      const view = drawReporter(end, facts, content, language);
      const text = plainText(view);
      expect(text).toContain(content.help("huisarts", language).name);
      expect(view.buttons[0]?.press).toEqual({ do: "start", flow: "find" });
      expect(text).toMatch(language === "nl" ? /Er is niets verstuurd/ : /Nothing has been sent/);
    }
  });

  test("is neither blamed nor cleared", () => {
    const words = contentLanguages.map((language) => content.words(language).say("report.ownBehaviour.text"));
    expect(words.join()).not.toMatch(
      /schuld|fout|strafbaar|niet erg|valt mee|guilt|wrong|fine|not that bad|crime/i,
    );
  });
});

describe("sexual acts that were not called sexual", () => {
  const said = { ...answersTo("form"), kind: ["aggression"], relation: null, when: "today", dependent: "no" };

  test.each([
    ["today", "sexualActHelp"],
    [null, "sexualActHelp"],
    ["earlier", "often"],
  ])("when: %s, lead to %s (P8)", (when, next) => {
    const { place } = resolve(flow, { ...said, when, form: ["sexualAct", "threat"] });
    expect(place).toMatchObject({ at: "question", question: { id: next } });
    if (next === "sexualActHelp")
      expect(place).toMatchObject({ question: { help: ["centrum-seksueel-geweld"] } });
  });
});

/** What is asked and told in this sector after these answers, in order. */
function heldIn(sector: Sector, change: Answers): readonly string[] {
  const answers = { danger: "no", aboutAdviser: "no", kind: ["sexual"], when: "earlier", ...change };
  return reportFlow({ conflictRoute: true, sector })
    .items.filter((item) => item.kind !== "end" && item.when(answers as never))
    .map(({ id }) => id);
}

describe("the list of the health care inspectorate", () => {
  test.each<[Sector, Answers, boolean]>([
    ["healthcare", { dependent: "yes" }, true],
    ["mentalHealthcare", { dependent: "unknown" }, true],
    ["disabilityCare", {}, true],
    ["healthcare", { dependent: "no" }, false],
    ["healthcare", { dependent: "yes", kind: ["bullying"] }, false],
    ["youthCare", { dependent: "yes" }, false],
    ["education", { dependent: "yes" }, false],
    ["business", { dependent: "yes" }, false],
  ])("in %s, with %j: %s", (sector, change, expected) => {
    expect(heldIn(sector, change).includes("careForm")).toBe(expected);
  });
});

describe("a rule of the sector that may make an adviser pass it on", () => {
  const duties = ["schoolDuty", "studentDuty", "sportDuty", "careDuty", "youthCareDuty"];

  test.each<[Sector, Answers, string | null]>([
    // A pupil who may be under eighteen, and what may be sexual abuse.
    ["education", { dependent: "yes" }, "schoolDuty"],
    ["education", { dependent: "unknown" }, "schoolDuty"],
    ["education", {}, "schoolDuty"],
    ["education", { kind: ["bullying", "unknown"] }, "schoolDuty"],
    ["education", { kind: ["aggression"] }, "schoolDuty"],
    ["education", { dependent: "no" }, null],
    ["education", { dependent: "yes", kind: ["bullying"] }, null],
    ["education", { dependent: "yes", kind: ["discrimination", "bullying"] }, null],
    // Students are mostly of age.
    ["higherEducation", { dependent: "yes" }, "studentDuty"],
    ["higherEducation", { dependent: "unknown" }, "studentDuty"],
    ["higherEducation", {}, null],
    ["higherEducation", { dependent: "no" }, null],
    // A club's contact person passes on any signal.
    ["sport", { dependent: "no", kind: ["bullying"] }, "sportDuty"],
    ["sport", { dependent: "yes" }, "sportDuty"],
    // Violence in care, and not between colleagues.
    ["healthcare", { dependent: "yes" }, "careDuty"],
    ["mentalHealthcare", { dependent: "unknown", kind: ["aggression"] }, "careDuty"],
    ["disabilityCare", {}, "careDuty"],
    ["healthcare", { dependent: "no" }, null],
    ["youthCare", { dependent: "yes" }, "youthCareDuty"],
    ["youthCare", { dependent: "no" }, null],
    ["business", { dependent: "yes" }, null],
    ["cultureAndMedia", { dependent: "yes" }, null],
    ["government", { dependent: "yes" }, null],
  ])("in %s, with %j: %s", (sector, change, duty) => {
    const held = heldIn(sector, change);
    expect(held.filter((id) => duties.includes(id))).toEqual(duty === null ? [] : [duty]);
    // Before anything is told of what happened.
    if (duty !== null) expect(held.indexOf(duty)).toBeLessThan(held.indexOf("form"));
  });

  const sectorOf: Readonly<Record<string, readonly Sector[]>> = {
    schoolDuty: ["education"],
    studentDuty: ["higherEducation"],
    sportDuty: ["sport"],
    careDuty: ["healthcare", "mentalHealthcare", "disabilityCare"],
    youthCareDuty: ["youthCare"],
  };

  describe.each(contentLanguages)("is told in %s", (language) => {
    test.each(duties)("%s: with help outside, what it rests on, and that nothing was sent", (id) => {
      for (const sector of sectorOf[id] ?? []) {
        const report = reportFlow({ conflictRoute: true, sector });
        const path = paths(report).find(({ steps }) => steps.some(({ question }) => question.id === id));
        const steps = path?.steps ?? [];
        const nr = steps.findIndex(({ question }) => question.id === id);
        const screen = placeOf(draftWith(answersOf(steps.slice(0, nr))), report);
        if (screen.type !== "question") throw new Error(screen.type);
        drawn(screen);
        const text = plainText(drawReporter(screen, facts, content, language));
        expect(screen.help.length).toBeGreaterThan(0);
        for (const service of screen.help) expect(text).toContain(content.help(service, language).name);
        const rule = content.duty(screen.duty ?? "", language);
        expect(text).toContain(rule.source);
        expect(text).toContain(content.words(language).say(`common.duty.kinds.${rule.kind}`));
        expect(text).toMatch(language === "nl" ? /nog niets verstuurd/ : /Nothing has been sent yet/);
        // What is called law is law.
        expect(/in de wet|in the law/.test(text)).toBe(rule.kind === "law");
      }
    });

    test("promises nobody silence, and calls no bill a law", () => {
      const said = duties.map((id) => content.words(language).say(`report.${id}.text`)).join();
      expect(said).not.toMatch(/voorstel|\bbill\b|proposal|blijft onder|vertrouwelijk|stays with us/i);
      expect(said).toMatch(
        language === "nl" ? /kan niet beloven te zwijgen/ : /cannot promise to keep quiet/,
      );
      expect(content.words(language).say("report.careDuty.text")).toMatch(
        language === "nl"
          ? /collega's onderling\? Dan geldt deze plicht niet/
          : /colleagues\? Then this duty does not apply/,
      );
    });
  });
});

describe("a report that begins from a guide", () => {
  const begun = (guide: string, given: Answers, sector: Sector = "business") =>
    reportFlow({ conflictRoute: true, sector }).beginsWith?.[guide]?.(given);

  test.each<[string, string, Answers]>([
    ["bystander", "online", { part: "saw", relation: "manager", where: ["online"] }],
    ["bystander", "outing", { part: "saw", relation: "manager", where: ["outing"] }],
    ["bystander", "room", { part: "saw", relation: "manager", where: ["work"] }],
    ["bystander", "elsewhere", { part: "saw", relation: "manager" }],
  ])("%s, %s: has what was answered there", (guide, where, expected) => {
    expect(begun(guide, { power: "above", where })).toEqual(expected);
  });

  test("knows a client of a care organisation as somebody who depends on care", () => {
    expect(begun("find", { forWhom: "client" }, "disabilityCare")).toEqual({ dependent: "yes" });
    expect(begun("find", { forWhom: "client" }, "business")).toEqual({});
  });

  test("does not take who worries about themselves for a reporter", () => {
    expect(begun("find", { forWhom: "own", safety: "safe" })).toEqual({ danger: "no" });
  });
});

describe("a draft from before a question was there", () => {
  const old = { ...skippedOn({}), story: "Een verhaal." };
  const added = questions.filter((question) => question.added).map(({ id }) => id);
  const saved = Object.fromEntries(Object.entries(old).filter(([id]) => !added.includes(id)));

  test("is not led back to it once it was past it, nor has it in what is sent", () => {
    expect(resolve(flow, saved)).toMatchObject({ place: { at: "review" }, aside: [] });
    expect(rowsToSend(draftWith(saved), flow).map(({ question }) => question)).not.toContain(added[0]);
    const first = placeOf({ ...draftWith(saved), revisiting: "identity" }, flow);
    expect(first).toMatchObject({ step: { nr: 10, of: 10 } });
  });

  test("is asked it where it had not come so far", () => {
    const { identity: _, ...half } = saved;
    expect(resolve(flow, half).place).toMatchObject({ at: "question", question: { id: "form" } });
  });

  test("is asked whatever safety needs", () => {
    for (const id of added) expect(questionOf(flow, id)).toMatchObject({ skippable: true });
  });
});
