import fc from "fast-check";
import { flowsFor } from "../bots/flows.ts";
import { setupIn } from "../bots/setup.ts";
import { sampleFacts } from "../bots/tools/gallery/samples.ts";
import { drawCard, mostButtons } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawReporter } from "../cards/reporter.ts";
import { contentLanguages } from "../content/words.ts";
import { converse, type Turn } from "../dialogs/core/converse.ts";
import { type Conversation, type Draft, newConversation } from "../dialogs/core/draft.ts";
import type { Event, Inputs, Press } from "../dialogs/core/event.ts";
import { type Answer, type Answers, type Flow, leadsToOutcome, questionOf } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { placeOf } from "../dialogs/core/show.ts";
import { understand } from "../dialogs/core/typed.ts";
import { answersOf, paths } from "../dialogs/core/walk.ts";
import { type Sector, sectors } from "../dialogs/find/situation.ts";
import { reportFlow } from "../dialogs/report.ts";
import { Adviser, Reporter } from "./fakes/view-person.ts";
import { content, someOrganisation, sqlite, startBot } from "./world.ts";

/** "Enough for now", and "tell it straight away": whoever cannot answer eighteen questions now jumps over them. */

const begun = { danger: "no", aboutAdviser: "no" };
const told = {
  ...begun,
  part: "experienced",
  kind: ["bullying"],
  relation: null,
  when: null,
  dependent: null,
};
const toStory = { ...told, form: null, often: null, where: null };

function draftOf(answers: Answers, over: Partial<Draft> = {}): Draft {
  return {
    id: "draft",
    flow: "report",
    answers: answers as Draft["answers"],
    unfinished: {},
    revisiting: null,
    revision: 1,
    reviewed: null,
    guide: false,
    decided: {},
    to: null,
    ...over,
  };
}

/** Somebody in the middle of a report. */
class Person {
  readonly flow: Flow;
  conversation: Conversation;
  turn: Turn | null = null;
  readonly #setup: Parameters<typeof converse>[2];

  constructor(answers: Answers, { sector = "business" as Sector, over = {} as Partial<Draft> } = {}) {
    this.flow = reportFlow({ conflictRoute: true, sector });
    this.conversation = { ...newConversation("nl"), introduced: true, draft: draftOf(answers, over) };
    this.#setup = setupIn(content, { flows: { report: this.flow }, languages: ["nl", "en"], fresh: "fresh" });
    this.press({ do: "resume" });
  }
  get draft(): Draft {
    if (!this.conversation.draft) throw new Error("there is no draft");
    return this.conversation.draft;
  }
  get screen(): Screen {
    if (!this.turn) throw new Error("nothing was shown yet");
    return this.turn.screen;
  }
  /** The id of the question that is shown, or the type of another screen. */
  get at(): string {
    return this.screen.type === "question" ? this.screen.question : this.screen.type;
  }
  get note(): string | null {
    return "note" in this.screen ? this.screen.note : null;
  }
  #happen(event: Event): void {
    this.turn = converse(this.conversation, event, this.#setup);
    this.conversation = this.turn.conversation;
  }
  press(press: Press, inputs: Inputs = {}): void {
    this.#happen({ type: "press", press, inputs });
  }
  type(text: string): void {
    this.#happen({ type: "text", text });
  }
  /** Does this on the question that is shown. */
  here(what: "jump" | "skip" | "answer", inputs: Inputs = {}): void {
    if (this.screen.type !== "question") throw new Error(`no question but ${this.screen.type}`);
    this.press({ do: what, draft: "draft", question: this.screen.question }, inputs);
  }
}

/** Where this screen says that a jump leads. */
const jumpOn = (screen: Screen) => (screen.type === "question" ? screen.jump : undefined);

describe("a jump over questions", () => {
  test("leads to the own words first, and from there to how one reports", () => {
    const person = new Person(begun);
    expect([person.at, jumpOn(person.screen)]).toEqual(["part", "ownWords"]);
    person.here("jump");
    expect([person.at, person.note]).toEqual(["story", "jumped"]);
    expect(jumpOn(person.screen)).toBe("end");
    person.here("answer", { answer: "mijn woorden" });
    expect([person.at, jumpOn(person.screen)]).toEqual(["more", "end"]);
    person.here("jump");
    expect([person.at, person.note]).toEqual(["identity", "jumped"]);
    expect(jumpOn(person.screen)).toBeUndefined();
    person.here("answer", { answer: "pseudonymous" });
    const { screen } = person;
    if (screen.type !== "review") throw new Error(screen.type);
    expect(screen.rows.filter(({ answer }) => answer !== null)).toEqual([
      { question: "danger", kind: "choice", answer: "no" },
      { question: "aboutAdviser", kind: "choice", answer: "no" },
      { question: "story", kind: "text", answer: "mijn woorden" },
      { question: "identity", kind: "choice", answer: "pseudonymous" },
    ]);
    expect(screen.rows).toHaveLength(18);
  });

  test("from the own words passes these too, as one asked for it", () => {
    const person = new Person(toStory);
    person.here("jump");
    expect([person.at, person.draft.answers.story]).toEqual(["identity", null]);
  });

  test("is not offered where no more is left; pressed all the same, it keeps what is there", () => {
    // What was added since counts as passed by a draft that has its way of reporting.
    const answers = { ...toStory, story: "mijn woorden", wish: ["listen"], identity: "anonymous" };
    const person = new Person(answers, { over: { revisiting: "where" } });
    expect([person.at, jumpOn(person.screen)]).toEqual(["where", undefined]);
    person.here("jump");
    expect([person.at, person.note, person.draft.answers]).toEqual(["review", "answerKept", answers]);
  });

  test("is not offered where one question is left: that is what skip is for", () => {
    const answers = { ...toStory, story: null, more: null, effect: null, wish: null, contact: null };
    expect(jumpOn(new Person(answers).screen)).toBe("end");
    expect(jumpOn(new Person({ ...answers, moments: null }).screen)).toBeUndefined();
  });

  test("can be filled in from check-your-answers, one by one", () => {
    const person = new Person({ ...begun, identity: "pseudonymous" });
    person.here("jump");
    person.here("jump");
    expect(person.at).toBe("review");
    person.press({ do: "change", draft: "draft" }, { change: "wish" });
    expect(person.at).toBe("wish");
    person.here("answer", { answer: ["listen"] });
    expect([person.at, person.draft.answers.wish]).toEqual(["review", ["listen"]]);
  });

  test("keeps the answer of a question that one went back to, which skipping would take away", () => {
    const person = new Person({ ...toStory, story: "mijn woorden" }, { over: { revisiting: "story" } });
    expect([person.at, jumpOn(person.screen)]).toEqual(["story", "end"]);
    person.here("jump");
    expect([person.at, person.draft.answers.story]).toEqual(["identity", "mijn woorden"]);
  });

  test("takes along what stands in the form: it was just told", () => {
    const person = new Person(toStory);
    person.here("jump", { answer: " Zo was het. " });
    expect([person.at, person.note, person.draft.answers.story]).toEqual([
      "identity",
      "jumped",
      "Zo was het.",
    ]);
    const chooser = new Person(begun);
    chooser.here("jump", { answer: "saw" });
    expect([chooser.at, chooser.draft.answers.part]).toEqual(["story", "saw"]);
    expect(chooser.draft.answers.kind).toBeNull();
    // Help that this answer asks for is met, and the question that comes up at the own words is not passed.
    const { where: _, ...toWhere } = toStory;
    const before = new Person(toWhere);
    expect(before.at).toBe("where");
    before.here("jump", { answer: ["work"] });
    expect([before.at, before.draft.answers.where]).toEqual(["story", ["work"]]);
  });

  test("with a text that is too long stays there, and gives it back", () => {
    const person = new Person(toStory);
    const long = "x".repeat(3001);
    person.here("jump", { answer: long });
    expect(person.screen).toMatchObject({ question: "story", note: "tooLong", given: long });
    expect(person.draft.answers).not.toHaveProperty("story");
  });

  test("typed while text stands unfinished, says that it does not go along, and offers it at the end", () => {
    const person = new Person(toStory, { over: { unfinished: { story: "half een zin" } } });
    person.here("jump");
    expect([person.at, person.note, person.draft.answers.story]).toEqual(["identity", "jumpedUnsent", null]);
    person.here("answer", { answer: "pseudonymous" });
    expect(JSON.stringify(person.screen)).not.toContain("half een zin");
    person.press({ do: "change", draft: "draft" }, { change: "story" });
    expect(person.screen).toMatchObject({ question: "story", given: "half een zin" });
  });

  test("shows help for words in that text at once (P8)", () => {
    const person = new Person(toStory);
    person.here("jump", { answer: "Ik wil niet meer leven." });
    expect(person.screen).toMatchObject({ question: "identity", offered: ["despair"] });
  });

  test("pressed twice, or on an old card, does not jump on from where it led", () => {
    const person = new Person(begun);
    const press = { do: "jump", draft: "draft", question: "part" } as const;
    person.press(press);
    person.press(press);
    expect([person.at, person.note]).toEqual(["story", "oldButton"]);
    expect(person.draft.answers).not.toHaveProperty("story");
    const before = person.draft;
    for (const question of ["effect", "nonsense"]) person.press({ ...press, question });
    expect(person.draft).toEqual(before);
  });

  test("is refused from a question that cannot be skipped (P4)", () => {
    const person = new Person({});
    expect(jumpOn(person.screen)).toBeUndefined();
    person.here("jump");
    expect([person.at, person.note, person.draft.answers]).toEqual(["danger", "cannotSkip", {}]);
  });
});

describe("help that the answers ask for is never jumped over (P8)", () => {
  test.each<[string, Sector, Answers, string]>([
    [
      "sexual behaviour, when unknown",
      "business",
      { ...begun, part: "saw", kind: ["sexual"] },
      "sexualViolenceHelp",
    ],
    ["a child", "business", { ...told, dependent: "yes" }, "dependentHelp"],
    ["a school", "education", begun, "schoolDuty"],
    ["a sports club", "sport", begun, "sportDuty"],
    ["care", "healthcare", begun, "careDuty"],
    ["youth care", "youthCare", begun, "youthCareDuty"],
  ])("%s", (_, sector, answers, help) => {
    const person = new Person(answers, { sector });
    if (person.at !== help) {
      expect(jumpOn(person.screen)).toBe("ownWords");
      person.here("jump");
    }
    expect(person.at).toBe(help);
    // It has to be read; what comes after it can be jumped over again.
    expect(jumpOn(person.screen)).toBeUndefined();
    person.here("jump");
    expect([person.at, person.note]).toEqual([help, "cannotSkip"]);
    person.here("answer");
    for (let nr = 0; nr < 3 && person.at !== "story"; nr += 1)
      person.here(jumpOn(person.screen) ? "jump" : "answer");
    expect(person.at).toBe("story");
  });
});

// ── properties ──────────────────────────────────────────────────────────────────────────────────────

/** A draft as it may be: any question answered, skipped or not come to, and perhaps one gone back to. */
const anyDraft = fc
  .record({
    sector: fc.constantFrom(...sectors),
    given: fc.array(fc.nat(11), { minLength: 40, maxLength: 40 }),
    /** So many are answered from the first on; behind them only what a guide may have filled in. */
    until: fc.nat(30),
    back: fc.option(fc.nat(30)),
  })
  .map(({ sector, given, until, back }) => {
    const flow = reportFlow({ conflictRoute: true, sector });
    const questions = flow.items.flatMap((item) => (item.kind === "end" ? [] : [item]));
    const answers = Object.fromEntries(
      questions.flatMap(({ id, kind, options, skippable }, nr): [string, Answer][] => {
        const die = given[nr] ?? 0;
        if (nr >= until && die !== 7) return [];
        if (skippable && die % 3 === 0) return [[id, null]];
        const option = options[die % options.length] ?? "woorden";
        return [[id, kind === "choices" ? [option] : option]];
      }),
    );
    const { path } = resolve(flow, answers);
    const revisiting = back === null ? null : (path[back % Math.max(1, path.length)]?.question.id ?? null);
    return { sector, answers, revisiting };
  });

test("loses no answer, passes nothing that must be read or answered, and is as many presses of skip", () => {
  let jumps = 0;
  fc.assert(
    fc.property(anyDraft, ({ sector, answers, revisiting }) => {
      const jumper = new Person(answers, { sector, over: { revisiting } });
      if (jumper.screen.type !== "question") return;
      const here = questionOf(jumper.flow, jumper.screen.question);
      if (!here) throw new Error("no such question");
      const before = jumper.draft.answers;
      const offered = jumpOn(jumper.screen);
      jumper.here("jump");
      const after = jumper.draft.answers;
      expect(after).toMatchObject(before);
      const passed = Object.keys(after).filter((id) => !Object.hasOwn(before, id));
      for (const id of passed) {
        expect([id, after[id]]).toEqual([id, null]);
        expect(questionOf(jumper.flow, id)).toMatchObject({ skippable: true });
        if (id !== here.id) expect(id).not.toBe("story");
      }
      if (Object.hasOwn(before, here.id)) return;
      // Pressing skip, until the next question is one at which a jump stops.
      const skipper = new Person(answers, { sector, over: { revisiting } });
      let presses = 0;
      const stops = () =>
        skipper.screen.type !== "question" ||
        !skipper.screen.skippable ||
        (presses > 0 && skipper.at === "story");
      for (; !stops(); presses += 1) skipper.here("skip");
      expect(skipper.draft.answers).toEqual(after);
      expect(placeOf(skipper.draft, skipper.flow)).toEqual({
        ...placeOf(jumper.draft, jumper.flow),
        ...("revision" in skipper.screen ? { revision: skipper.draft.revision } : {}),
      });
      // It is offered where it saves a press.
      expect(offered !== undefined).toBe(presses > 1);
      if (presses > 1) jumps += 1;
    }),
    { numRuns: 1500 },
  );
  // Else the property holds of little. On average there are some 110; what one seed makes of it differs.
  expect(jumps).toBeGreaterThan(30);
});

test("is named by where it leads: to the own words as long as they were not asked for, and then to the end", () => {
  fc.assert(
    fc.property(anyDraft, ({ sector, answers, revisiting }) => {
      const person = new Person(answers, { sector, over: { revisiting } });
      const to = jumpOn(person.screen);
      if (to === undefined) return;
      for (let nr = 0; nr < 5 && jumpOn(person.screen) !== undefined && person.at !== "story"; nr += 1) {
        person.here("jump");
        for (let told = 0; told < 5 && person.screen.type === "question"; told += 1)
          if (person.screen.kind === "tell") person.here("answer");
        if (person.at === "story") return expect(to).toBe("ownWords");
      }
      if (Object.hasOwn(answers, "story")) expect(to).toBe("end");
    }),
    { numRuns: 500 },
  );
});

// ── how it looks ────────────────────────────────────────────────────────────────────────────────────

describe.each(contentLanguages)("in %s", (language) => {
  const words = content.words(language);
  const lexicon = content.lexicon(language);

  test("the button says where it leads, and no question has more than six", () => {
    const seen = new Set<string>();
    for (const sector of ["business", "healthcare", "education"] as const) {
      const flow = reportFlow({ conflictRoute: true, sector });
      for (const { steps } of paths(flow))
        for (const [nr, { question }] of steps.entries()) {
          if (seen.has(`${sector}.${question.id}`)) continue;
          seen.add(`${sector}.${question.id}`);
          const screen = placeOf(draftOf(answersOf(steps.slice(0, nr))), flow);
          const view = drawReporter(screen, sampleFacts({ sector }), content, language);
          expect(view.buttons.length).toBeLessThanOrEqual(mostButtons);
          const label = view.buttons.find(({ press }) => press?.do === "jump")?.label;
          const to = jumpOn(screen);
          expect(label).toBe(to && words.say(`common.buttons.${to === "ownWords" ? "tellNow" : "enough"}`));
          drawCard(view, { surface: "room" });
          drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
          if (label !== undefined) expect(plainText(view)).toContain(label);
        }
    }
    expect(seen.size).toBeGreaterThan(60);
  });

  test.each(["genoeg", "Genoeg voor nu!", "enough", "Enough for now."])("'%s' can be typed", (text) => {
    expect(understand(text, { flow: null, question: null }, lexicon)).toEqual({
      as: "command",
      command: "enough",
    });
  });

  test.each([
    "ik heb er genoeg van",
    "nu is het genoeg geweest",
    "genoeg is genoeg",
    "niet genoeg",
    "ik wil het niet meteen vertellen",
    "that is not enough for now",
    "I have had enough",
    "don't tell it straight away",
  ])("'%s' is not heard as it", (text) => {
    const understood = understand(text, { flow: null, question: null }, lexicon);
    if (understood.as === "command") expect(["enough", "tellNow"]).not.toContain(understood.command);
  });

  test("an option of the question on the table is that option, also where it is the same word", () => {
    const flow = reportFlow({ conflictRoute: true });
    const question = questionOf(flow, "effect") ?? null;
    const own = { ...lexicon, options: { "report.effect.little": ["genoeg", "meteen vertellen"] } };
    for (const text of ["genoeg", "Meteen vertellen"])
      expect(understand(text, { flow: "report", question }, own)).toEqual({
        as: "option",
        options: ["little"],
      });
    const commands = [...(lexicon.commands.enough ?? []), ...(lexicon.commands.tellNow ?? [])];
    const options = Object.values(lexicon.options).flat();
    expect(options.filter((word) => commands.includes(word))).toEqual([]);
  });
});

describe("typed", () => {
  test.each([
    ["genoeg", "story"],
    ["meteen vertellen", "story"],
    ["tell it straight away", "story"],
  ])("'%s' jumps from the question that was asked", (text, to) => {
    const person = new Person(begun);
    person.type(text);
    expect([person.at, person.note]).toEqual([to, "jumped"]);
  });

  test("'meteen vertellen' behind the story jumps over nothing; 'genoeg' does", () => {
    const person = new Person({ ...toStory, story: "mijn woorden" });
    const before = person.draft;
    person.type("meteen vertellen");
    expect([person.at, person.note, person.draft]).toEqual(["more", "notUnderstood", before]);
    person.type("genoeg");
    expect(person.at).toBe("identity");
  });

  test.each<[string, (person: Person) => void]>([
    ["the menu", (person) => person.type("menu")],
    ["the question whether to stop", (person) => person.type("stop")],
    ["a page to read", (person) => person.press({ do: "topics" })],
  ])("at %s it jumps over nothing: there it may mean something else", (_, lead) => {
    const person = new Person(begun);
    lead(person);
    const before = person.draft;
    person.type("genoeg");
    expect([person.note, person.draft]).toEqual(["notUnderstood", before]);
  });

  test("at a question that cannot be skipped it says so", () => {
    const person = new Person({});
    for (const text of ["genoeg", "meteen vertellen"]) {
      person.type(text);
      expect([person.at, person.note, person.draft.answers]).toEqual(["danger", "cannotSkip", {}]);
    }
  });
});

test("nothing is jumped over where nothing is sent: no guide and no worksheet has it", () => {
  const flows = flowsFor(someOrganisation());
  const setup = setupIn(content, { flows, languages: ["nl", "en"], fresh: "fresh" });
  for (const flow of Object.values(flows).filter(leadsToOutcome)) {
    for (const { steps } of paths(flow).slice(0, 50))
      for (const [nr] of steps.entries()) {
        const draft = draftOf(answersOf(steps.slice(0, nr)), { flow: flow.id, guide: flow.guide === true });
        expect(jumpOn(placeOf(draft, flow))).toBeUndefined();
      }
    const draft = draftOf({}, { flow: flow.id, guide: flow.guide === true });
    const conversation = { ...newConversation("nl"), introduced: true, draft };
    const shown = converse(conversation, { type: "press", press: { do: "resume" }, inputs: {} }, setup);
    const question = shown.screen.type === "question" ? shown.screen.question : "";
    const press = { do: "jump", draft: "draft", question } as const;
    const pressed = converse(shown.conversation, { type: "press", press, inputs: {} }, setup);
    const typed = converse(shown.conversation, { type: "text", text: "genoeg" }, setup);
    expect([pressed.screen, typed.screen]).toMatchObject([{ note: "oldButton" }, { note: "notUnderstood" }]);
    for (const turn of [pressed, typed]) expect(turn.conversation.draft?.answers).toEqual({});
  }
});

test("a report that was jumped through is sent as it was checked, and the adviser reads what was skipped", async () => {
  const database = await sqlite();
  try {
    const bot = await startBot({ database });
    const anna = new Reporter(bot, "29:anna");
    const words = content.words("nl");
    await anna.say("hallo");
    await anna.send({ do: "start", flow: "report" });
    for (const id of ["danger", "aboutAdviser"]) {
      expect(anna.room.title).toBe(words.say(`report.${id}.title`));
      await anna.press("answer", { answer: "no" });
    }
    await anna.press("jump");
    expect([anna.room.title, anna.room.note]).toEqual([
      words.say("report.story.title"),
      words.say("common.notes.jumped"),
    ]);
    await anna.press("answer", { answer: "Er lag een briefje." });
    await anna.press("jump");
    await anna.press("answer", { answer: "anonymous" });
    await anna.press("change", { change: "kind" });
    await anna.press("answer", { answer: ["bullying"] });
    const checked = anna.room.body.filter(({ type }) => type === "facts" || type === "quote");
    await anna.press("send");
    expect(anna.room.title).toBe(words.say("case.sent.title"));
    await bot.deliver();
    const id = String((await database.tables()).cases?.[0]?.id);
    const { view } = await new Adviser(bot, "advisers").send({ do: "desk.open", case: id });
    expect(view.body).toEqual(expect.arrayContaining(checked));
    const text = plainText(view);
    expect(text).toContain("Er lag een briefje.");
    expect(text).toContain(words.say("report.kind.options.bullying"));
    const skipped = text.split("\n").filter((line) => line.startsWith(words.say("common.skipped")));
    expect(skipped.map((line) => line.split("; ").length)).toEqual([13]);
  } finally {
    await database.close();
  }
});
