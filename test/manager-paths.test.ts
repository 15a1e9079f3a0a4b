import { flowsFor } from "../bots/flows.ts";
import { codeFacts, fullCode, fullEvaluation } from "../bots/tools/gallery/manager-screens.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, MissingFacts } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { elements, longestOwn, options } from "../dialogs/code/elements.ts";
import { Press } from "../dialogs/core/event.ts";
import type { Answer, Answers } from "../dialogs/core/flow.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { paths } from "../dialogs/core/walk.ts";
import { evaluationFlow, evaluationOptions, written } from "../dialogs/evaluation.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { faultsIn } from "./fakes/card-parser.ts";
import { Modal } from "./fakes/slack/limits.ts";
import { Reporter } from "./fakes/view-person.ts";
import { canary, checkView, content, everything } from "./views.ts";
import { type Bot, type Database, FixedClock, someOrganisation, sqlite, startBot } from "./world.ts";

/** The two things for managers, as one presses through them: a code of conduct, and looking back on an incident. */

const hour = 3_600_000;
const flows = ["code", "evaluation"] as const;

let database: Database | null = null;
let clock: FixedClock;
let bot: Bot;
let people = 0;

async function begin(languages: readonly ["nl", "en"] | readonly ["en", "nl"] = ["nl", "en"]) {
  const opened = await sqlite();
  database = opened;
  clock = new FixedClock();
  const organisation = someOrganisation({ sector: "cultureAndMedia", languages: [...languages] });
  bot = await startBot({ database: opened, clock, organisation });
  return organisation;
}
afterEach(async () => {
  await database?.close();
  database = null;
});

function drawn(room: View, door: View): void {
  // The renderer counts five where nobody says otherwise; six are shown, which `checkView` counts.
  const faults = faultsIn(drawCard(room, { surface: "room" })).filter((it) => !/number of actions/.test(it));
  expect(faults).toEqual([]);
  Modal.parse(drawModal(room, { title: "Vertrouwd", close: "Sluiten" }));
  drawCard(door, { surface: "door" });
  drawMessage(door);
  checkView(room, Press, 1);
  checkView(door, Press, 1);
  // Neither what was written, nor the page it became part of.
  expect(everything(door)).not.toContain(canary);
  expect(JSON.stringify(room.buttons)).not.toContain(canary);
}

/** What a person fills in for an answer of a walked path; own words are a canary. */
const filled = (answer: Answer, kind: string) =>
  kind === "text" ? canary : typeof answer === "string" ? answer : [...(answer ?? [])];

async function manager(hello = "hallo"): Promise<Reporter> {
  people += 1;
  const person = new Reporter(bot, `29:manager-${people}`);
  await person.say(hello);
  return person;
}

/** Answers these, and skips the rest; stands where they lead. */
async function through(person: Reporter, flow: string, answers: Answers): Promise<View> {
  await person.send({ do: "start", flow });
  for (;;) {
    const { press } = person.room.buttons.find((button) => button.press?.do === "answer") ?? {};
    if (press?.do !== "answer") return person.room;
    const answer = answers[press.question] ?? null;
    const [input] = person.room.inputs;
    if (!input) await person.press("answer");
    else if (answer === null) await person.press("skip");
    else await person.press("answer", { answer: filled(answer, input.type) });
  }
}

describe.each(flows)("%s", (name) => {
  test.each(["nl", "en"] as const)("every path and every answer, in %s", async (language) => {
    const organisation = await begin(language === "nl" ? ["nl", "en"] : ["en", "nl"]);
    const flow = flowsFor(organisation)[name];
    if (!flow) throw new Error("no such flow");
    const words = content.words(language);
    const person = await manager(language === "nl" ? "hallo" : "hello");
    const ended = new Set<string>();
    for (const { steps, place } of paths(flow)) {
      const many = Math.max(...steps.map(({ answers }) => answers.length));
      for (let nr = 0; nr < many; nr += 1) {
        await person.send({ do: "start", flow: name });
        for (const { question, answers } of steps) {
          const answer = answers[nr % answers.length] ?? null;
          expect(person.room.title).toBe(words.say(`${name}.${question.id}.title`));
          if (question.kind === "tell") await person.press("answer");
          else if (answer === null) await person.press("skip");
          else await person.press("answer", { answer: filled(answer, question.kind) });
        }
        ended.add(plainText(person.room));
        if (place.at === "end") expect(person.room.title).toBe(words.say(`${name}.${place.end.id}.title`));
        else if (person.room.buttons.some(({ press }) => press?.do === "copy")) {
          await person.press("copy");
          await person.press("resume");
          await person.press("stop");
        }
        await person.send({ do: "menu" });
        // A worksheet would wait.
        const draft = person.views.flatMap(({ buttons }) =>
          buttons.flatMap(({ press }) => (press && "draft" in press ? [press.draft] : [])),
        );
        await person.send({ do: "clear", draft: draft.at(-1) ?? "" });
      }
    }
    for (let nr = 0; nr < person.views.length; nr += 2) {
      const [room, door] = person.views.slice(nr, nr + 2);
      if (room && door) drawn(room, door);
    }
    expect(ended.size).toBeGreaterThan(5);
    expect(JSON.stringify(bot.logged)).not.toContain(canary);
  });

  test("what can be typed begins it, in both languages, and in a short line too", async () => {
    await begin();
    const title = (language: "nl" | "en") =>
      content.words(language).say(name === "code" ? "code.task.title" : "evaluation.now.title");
    const lines =
      name === "code"
        ? [
            "gedragscode maken",
            "Ik wil een gedragscode maken",
            "gedragscode nakijken",
            "review our code of conduct",
          ]
        : ["evaluatie", "terugkijken op een voorval", "we willen een incident evalueren", "looking back"];
    for (const line of lines) {
      const person = await manager();
      await person.say(line);
      expect([line, (await person.send({ do: "resume" })).room.title]).toEqual([line, title("nl")]);
    }
  });
});

describe("the code of conduct", () => {
  const own = { ...fullCode, opening: canary, examples: canary, contact: canary };

  test("waits for as long as a report does, in a door that shows nothing of it, and then is gone", async () => {
    await begin();
    const person = await manager();
    const outcome = await through(person, "code", own);
    expect(plainText(outcome)).toContain(canary);
    await person.press("stop");
    await person.press("keep");
    clock.advance(71 * hour);
    await person.say("gedragscode maken");
    expect(JSON.stringify(person.views.at(-1))).not.toContain(canary);
    const again = await person.send({ do: "resume" });
    expect(plainText(again.room)).toContain(canary);
    expect(everything(again.door)).not.toContain(canary);
    clock.advance(73 * hour);
    await person.say("hallo");
    const anew = await person.send({ do: "start", flow: "code" });
    expect(anew.room.title).toBe(content.words("nl").say("code.task.title"));
    expect(JSON.stringify([await database?.tables(), bot.logged])).not.toContain(canary);
  });

  test("is parked while somebody reports, and is there when the report is sent", async () => {
    await begin();
    const person = await manager();
    const outcome = await through(person, "code", own);
    await person.report();
    await person.send({ do: "menu" });
    expect(person.room.buttons[0]?.label).toBe(content.words("nl").say("common.buttons.report"));
    const again = await person.send({ do: "start", flow: "code" });
    expect(again.room.body).toEqual(outcome.body);
  });

  test("cleared, nothing of it is left", async () => {
    await begin();
    const person = await manager();
    await through(person, "code", own);
    await person.press("stop");
    await person.press("clear");
    const anew = await person.send({ do: "start", flow: "code" });
    expect(anew.room.note).toBeNull();
    expect(anew.room.title).toBe(content.words("nl").say("code.task.title"));
  });

  test("can be changed at the outcome, answer by answer", async () => {
    await begin();
    const person = await manager();
    await through(person, "code", own);
    await person.press("change", { change: "contact" });
    await person.press("answer", { answer: "Personeelszaken" });
    expect(plainText(person.room)).toContain("Stel ze aan: Personeelszaken");
  });

  test("stands in the text to copy in both languages, whatever language the chat is in", async () => {
    await begin();
    const person = await manager();
    await through(person, "code", { ...own, opening: null });
    for (const language of ["nl", "en"] as const) {
      await person.send({ do: "language", language });
      const { inputs } = await person.press("copy");
      const texts = inputs.map((input) => (input.type === "text" ? (input.value ?? "") : ""));
      for (const [nr, text] of texts.entries()) {
        const words = content.words(nr === 0 ? "nl" : "en");
        expect(text).toContain(words.say("code.page.draft"));
        expect(text).toContain(words.say("code.examplesOf.cultureAndMedia.sexual.p1"));
        expect(text.split(canary)).toHaveLength(3);
      }
      expect(texts).toHaveLength(2);
      await person.press("resume");
    }
  });
});

describe("the screens of the code", () => {
  const at = { flow: "code", draft: "draft" };
  const outcome = (answers: Answers): Screen => ({ type: "outcome", ...at, answers, note: "draftWaiting" });
  const links = { nl: "https://bot.example/d/a", en: "https://bot.example/d/b" };
  const longest: Answers = {
    ...fullCode,
    opening: "é\n".repeat(longestOwn.opening / 2),
    examples: "é\n".repeat(longestOwn.examples / 2),
    contact: "é".repeat(longestOwn.contact),
  };

  test.each(sectors)("%s: the fullest page and the longest review fit on both platforms", (sector) => {
    for (const language of ["nl", "en"] as const)
      for (const answers of [longest, { task: "review", has: null }] as const)
        for (const codeLinks of [links, null]) {
          const facts = sampleFacts({ ...codeFacts(answers, sector), codeLinks });
          for (const screen of [outcome(answers), { type: "copy", ...at, answers } as const])
            drawn(drawReporter(screen, facts, content, language), drawDoor(screen, facts, content, language));
        }
  });

  test("the Word documents are two links where they are, for a page and not for a review", () => {
    const opened = (answers: Answers, codeLinks: typeof links | null) =>
      drawReporter(
        outcome(answers),
        sampleFacts({ ...codeFacts(answers), codeLinks }),
        content,
        "en",
      ).buttons.flatMap(({ url }) => (url === undefined ? [] : [url]));
    expect(opened(fullCode, links)).toEqual([links.nl, links.en]);
    expect(opened(fullCode, null)).toEqual([]);
    expect(opened({ task: "review", has: ["see"] }, links)).toEqual([]);
    expect(
      everything(drawDoor(outcome(fullCode), sampleFacts({ codeLinks: links }), content, "nl")),
    ).not.toContain("bot.example");
  });

  test("a code that has all parts leads to what is left to do, with nothing to copy", () => {
    const answers = { task: "review", has: elements };
    const view = drawReporter(outcome(answers), sampleFacts(codeFacts(answers)), content, "nl");
    expect(plainText(view)).toContain("Alle onderdelen staan erin.");
    expect(view.buttons.map(({ press }) => press?.do)).not.toContain("copy");
  });

  test("the examples of one's own sector stand beside the kinds of behaviour", () => {
    const screen: Screen = {
      type: "question",
      ...at,
      question: "behaviour",
      kind: "choices",
      options: options.behaviour,
      oneTap: false,
      help: [],
      skippable: true,
      canGoBack: true,
      maxLength: 0,
      given: null,
      step: { nr: 4, of: 10 },
      note: null,
    };
    const shown = (sector: (typeof sectors)[number]) =>
      plainText(drawReporter(screen, sampleFacts({ sector }), content, "nl"));
    expect(shown("cultureAndMedia")).toContain("een rol laten afhangen van een privéafspraak");
    expect(shown("sport")).not.toContain("een rol laten afhangen");
  });

  test("without what was looked up there is no outcome", () => {
    const { code: _, ...facts } = sampleFacts();
    expect(() => drawReporter(outcome(fullCode), facts, content, "nl")).toThrow(MissingFacts);
  });
});

describe("looking back on an incident", () => {
  const own: Answers = { ...fullEvaluation, ...Object.fromEntries(written.map((id) => [id, canary])) };

  test("danger and need come first, before anything else is asked (P8)", async () => {
    await begin();
    for (const [now, first] of [
      ["danger", "112"],
      ["help", "Slachtofferhulp Nederland"],
    ] as const) {
      const person = await manager();
      await person.send({ do: "start", flow: "evaluation" });
      await person.press("answer", { answer: now });
      expect(JSON.stringify(person.room.body[0])).toContain(first);
      expect(person.room.inputs).toEqual([]);
    }
  });

  test.each(["yes", "unsure"])(
    "ends where something is under way and nobody was asked: %s",
    async (running) => {
      await begin();
      const person = await manager();
      await through(person, "evaluation", { ...own, running });
      expect(person.room.title).toBe(content.words("nl").say("evaluation.notYet.title"));
      expect(person.room.buttons.some(({ press }) => press?.do === "answer")).toBe(false);
    },
  );

  test.each<[string, (person: Reporter) => Promise<unknown>]>([
    ["the menu", (person) => person.press("menu")],
    ["stop", (person) => person.press("stop")],
    ["help for somebody", (person) => person.press("start")],
    ["hello", (person) => person.say("hallo")],
  ])("is forgotten when left by %s", async (_, leave) => {
    await begin();
    const person = await manager();
    const outcome = await through(person, "evaluation", own);
    expect(plainText(outcome)).toContain(canary);
    await leave(person);
    await person.send({ do: "start", flow: "evaluation" });
    expect(person.room.title).toBe(content.words("nl").say("evaluation.now.title"));
    expect(person.room.note).toBeNull();
    expect(JSON.stringify([await database?.tables(), bot.logged])).not.toContain(canary);
  });

  test("typing its name in the middle of it loses nothing", async () => {
    await begin();
    const person = await manager();
    await through(person, "evaluation", own);
    await person.say("evaluatie");
    expect(plainText((await person.send({ do: "resume" })).room)).toContain(canary);
  });

  test("asks for no names before every field, and for nobody's", () => {
    for (const language of ["nl", "en"] as const) {
      const words = content.words(language);
      for (const item of evaluationFlow().items) {
        if (item.kind !== "text") continue;
        expect(words.say(`evaluation.${item.id}.why`)).toMatch(
          language === "nl" ? /geen namen|geen naam/ : /no names|no person/,
        );
      }
      expect(words.say("evaluation.before.text")).toMatch(
        language === "nl" ? /geen onderzoek.*oordeelt over niemand/s : /not an investigation.*judges nobody/s,
      );
    }
  });

  test("with the longest words everywhere the outcome and the text to copy fit on both platforms", () => {
    const { now: _n, running: _r, again: __, ...several } = evaluationOptions;
    const answers: Answers = {
      now: "no",
      running: "no",
      ...several,
      ...Object.fromEntries(written.map((id) => [id, "é\n".repeat(250)])),
      again: "month",
    };
    for (const language of ["nl", "en"] as const)
      for (const type of ["outcome", "copy"] as const) {
        const screen = { type, flow: "evaluation", draft: "draft", answers, note: null } as Screen;
        drawn(
          drawReporter(screen, sampleFacts(), content, language),
          drawDoor(screen, sampleFacts(), content, language),
        );
      }
  });

  test("says what is still open, and gives each care that fits", () => {
    const screen = { type: "outcome", flow: "evaluation", draft: "d", note: null } as const;
    const said = (answers: Answers) =>
      plainText(drawReporter({ ...screen, answers }, sampleFacts(), content, "nl"));
    const text = said({ ...own, actions: null, care: ["reportedAbout"] });
    expect(text).toMatch(/Dit is nog open:\n+- Wie doet wat, en wanneer/);
    expect(text).toContain("De persoon over wie is gemeld: bied een eigen gesprek");
    expect(text).not.toContain("Degene die het overkwam: vraag");
    const nothing = Object.fromEntries(Object.keys(own).map((id) => [id, null]));
    expect(said({ ...nothing, now: "no", running: "no" })).toContain("Je hebt alles overgeslagen.");
  });
});
