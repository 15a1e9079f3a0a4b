import fc from "fast-check";
import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { aftercareFlow } from "../dialogs/aftercare.ts";
import { bystanderFlow } from "../dialogs/bystander.ts";
import { converse, type Setup, type Turn } from "../dialogs/core/converse.ts";
import { type Conversation, type Draft, languages, newConversation } from "../dialogs/core/draft.ts";
import type { Event, Inputs, Press } from "../dialogs/core/event.ts";
import { type Answer, type Flow, questionOf } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";
import { sceneFlow, sceneWith } from "../dialogs/scenes.ts";

const content = readContent();
const flow = reportFlow({ conflictRoute: true });
const find = findFlow({ sector: "education", places: 2 });
const scene = sceneWith("lunchJoke");
if (!scene) throw new Error("no scene");
const practice = sceneFlow(scene);
const flows = {
  report: flow,
  find,
  bystander: bystanderFlow(),
  aftercare: aftercareFlow(),
  [practice.id]: practice,
};
const minted = { drafts: 0 };
const setup = (pages = 1): Setup => {
  minted.drafts += 1;
  return {
    ...setupIn(content, { flows, languages, fresh: `draft-${minted.drafts}` }),
    reviewPages: () => pages,
  };
};

const closed = {
  danger: "no",
  aboutAdviser: "no",
  part: "experienced",
  kind: ["bullying"],
  relation: "colleague",
  when: "earlier",
  dependent: "no",
  wish: ["listen"],
  identity: "pseudonymous",
};

/** A person in conversation: keeps the state between turns. */
class Person {
  conversation: Conversation = newConversation("nl");
  turn: Turn | null = null;
  /** How many pages check-your-answers takes. */
  reviewPages = 1;
  happen(event: Event): Screen {
    this.turn = converse(this.conversation, event, setup(this.reviewPages));
    this.conversation = this.turn.conversation;
    return this.turn.screen;
  }
  say(text: string): Screen {
    return this.happen({ type: "text", text });
  }
  press(press: Press, inputs: Inputs = {}): Screen {
    return this.happen({ type: "press", press, inputs });
  }
  get draft() {
    const { draft } = this.conversation;
    if (!draft) throw new Error("there is no draft");
    return draft;
  }
  /** Answers the question now shown. */
  answer(value: string | string[]): Screen {
    const screen = this.press({ do: "resume" });
    if (screen.type !== "question") throw new Error(`no question but ${screen.type}`);
    return this.press({ do: "answer", draft: this.draft.id, question: screen.question }, { answer: value });
  }
  begin(): Screen {
    this.happen({ type: "hello" });
    return this.press({ do: "start", flow: "report" });
  }
  /** Answers these questions and skips the others, up to one of them, or to check-your-answers. */
  goOn(answers: Readonly<Record<string, string | string[]>>, to = "review"): Screen {
    for (;;) {
      const screen = this.press({ do: "resume" });
      if (screen.type !== "question" || screen.question === to) return screen;
      const { draft, question, skippable } = screen;
      const given = answers[question];
      if (given !== undefined) this.answer(given);
      else this.press(skippable ? { do: "skip", draft, question } : { do: "answer", draft, question });
    }
  }
  /** Begins a report and stands at this question of it. */
  beginTo(question: string): Screen {
    this.begin();
    return this.goOn(closed, question);
  }
  /** Goes through a whole report and stands at check-your-answers. */
  fill(story = "het verhaal"): Screen {
    this.begin();
    return this.goOn({ ...closed, story });
  }
}

const at = (screen: Screen): string => (screen.type === "question" ? screen.question : screen.type);
const noteOf = (screen: Screen) => ("note" in screen ? screen.note : null);

describe("being told first (P1)", () => {
  test.each<[string, (person: Person) => Screen]>([
    ["hello", (person) => person.happen({ type: "hello" })],
    ["typed 'hallo'", (person) => person.say("hallo")],
    ["typed 'melden'", (person) => person.say("melden")],
    ["an old start button", (person) => person.press({ do: "start", flow: "report" })],
    ["an old button of my reports", (person) => person.press({ do: "reports" })],
    ["words nobody knows", (person) => person.say("xyzzy")],
  ])("%s meets the introduction before any question", (_, act) => {
    expect(at(act(new Person()))).toBe("intro");
  });

  test("a hello meets it again until something was begun, and the menu from then on", () => {
    const person = new Person();
    person.happen({ type: "hello" });
    expect(at(person.say("hallo"))).toBe("intro");
    person.begin();
    expect(at(person.say("Hallo!"))).toBe("menu");
  });
});

describe("answering", () => {
  test("danger is asked first, help is shown at once, and one may go on (P8)", () => {
    const person = new Person();
    expect(at(person.begin())).toBe("danger");
    const help = person.answer("yes");
    expect(help).toMatchObject({ question: "dangerHelp", help: ["112", "113"] });
    expect(at(person.press({ do: "answer", draft: person.draft.id, question: "dangerHelp" }))).toBe(
      "aboutAdviser",
    );
  });

  test("recent sexual behaviour shows the Centrum Seksueel Geweld before the story (P8)", () => {
    const person = new Person();
    person.begin();
    for (const value of ["no", "no", "experienced", ["sexual", "bullying"], "manager"]) person.answer(value);
    expect(person.answer("lastWeek")).toMatchObject({
      question: "sexualViolenceHelp",
      help: ["centrum-seksueel-geweld"],
    });
  });

  test("without a second route, a report about an adviser ends before anything can be sent (P9)", () => {
    const alone = reportFlow({ conflictRoute: false });
    for (const aboutAdviser of ["yes", "unsure"]) {
      expect(resolve(alone, { danger: "no", aboutAdviser }).place).toMatchObject({
        at: "end",
        end: { id: "noSafeRoute" },
      });
    }
  });

  test("nothing chosen, a wrong value and too long a text store nothing and say so", () => {
    const person = new Person();
    person.begin();
    const before = person.draft.answers;
    const press = { do: "answer", draft: person.draft.id, question: "danger" } as const;
    expect(noteOf(person.press(press))).toBe("chooseFirst");
    expect(noteOf(person.press(press, { answer: "maybe" }))).toBe("oldButton");
    expect(person.draft.answers).toEqual(before);
  });

  test("too long a text is not stored, not lost and said", () => {
    const person = new Person();
    person.beginTo("story");
    const long = "a".repeat(3001);
    const screen = person.answer(long);
    expect(screen).toMatchObject({ question: "story", note: "tooLong", given: long });
    expect(person.draft.answers.story).toBeUndefined();
  });

  test.each([
    ["2", "dangerHelp"],
    ["ja", "dangerHelp"],
    ["Nee.", "aboutAdviser"],
    ["no", "aboutAdviser"],
    ["1", "aboutAdviser"],
  ])("typed %p answers the question on the table", (text, next) => {
    const person = new Person();
    person.begin();
    expect(at(person.say(text))).toBe(next);
  });

  test("several options can be typed at once", () => {
    const person = new Person();
    person.begin();
    for (const value of ["no", "no", "experienced"]) person.answer(value);
    person.say("1 en 3");
    expect(person.draft.answers.kind).toEqual(["sexual", "aggression"]);
  });

  test("a safety question cannot be skipped, others can, by button and by word (P4)", () => {
    const person = new Person();
    person.begin();
    expect(noteOf(person.say("overslaan"))).toBe("cannotSkip");
    person.answer("no");
    person.answer("no");
    expect(at(person.say("overslaan"))).toBe("kind");
    expect(at(person.press({ do: "skip", draft: person.draft.id, question: "kind" }))).toBe("relation");
    expect(person.draft.answers).toMatchObject({ part: null, kind: null });
  });
});

test("skip on an old card wipes nothing that was told since", () => {
  const person = new Person();
  person.begin();
  for (const value of ["no", "no", "saw"]) person.answer(value);
  const screen = person.press({ do: "skip", draft: person.draft.id, question: "part" });
  expect(noteOf(screen)).toBe("answerKept");
  expect(person.draft.answers.part).toBe("saw");
});

describe("back, change, stop", () => {
  test("back shows the question before with its answer, and answering it returns to the first gap", () => {
    const person = new Person();
    person.begin();
    person.answer("no");
    person.answer("no");
    person.answer("saw");
    expect(person.press({ do: "back", draft: person.draft.id })).toMatchObject({
      question: "part",
      given: "saw",
    });
    expect(person.press({ do: "back", draft: person.draft.id, question: "part" })).toMatchObject({
      question: "aboutAdviser",
    });
    expect(at(person.answer("no"))).toBe("kind");
  });

  test("text in a form that is left by another button is there again, and is not sent", () => {
    const person = new Person();
    person.beginTo("story");
    const leave: Press = { do: "back", draft: person.draft.id, question: "story" };
    person.press(leave, { answer: "half een zin" });
    expect(person.goOn(closed, "story")).toMatchObject({ question: "story", given: "half een zin" });
    expect(person.draft.answers.story).toBeUndefined();
  });

  test("changing an answer from the review can put later answers aside, and says so", () => {
    const person = new Person();
    person.fill();
    const review = person.press({ do: "change", draft: person.draft.id }, { change: "identity" });
    expect(at(review)).toBe("identity");
    expect(at(person.answer("named"))).toBe("name");
    person.answer("Anna de Vries");
    person.press({ do: "change", draft: person.draft.id }, { change: "identity" });
    const screen = person.answer("pseudonymous");
    expect(noteOf(screen)).toBe("answersAside");
    expect(JSON.stringify(screen)).not.toContain("Anna");
  });

  test("stop offers three ways; 'wis' takes two words; keep keeps", () => {
    const person = new Person();
    person.begin();
    person.answer("no");
    expect(at(person.say("wis"))).toBe("stop");
    expect(person.press({ do: "keep", draft: person.draft.id })).toEqual({ type: "final", reason: "kept" });
    expect(person.draft.answers).toEqual({ danger: "no" });
    person.say("stop");
    expect(person.say("wis")).toEqual({ type: "final", reason: "cleared" });
    expect(person.conversation.draft).toBeNull();
  });

  test("the language changes in mid-flow and nothing else does", () => {
    const person = new Person();
    person.begin();
    person.answer("no");
    const before = person.draft.answers;
    expect(at(person.say("English"))).toBe("aboutAdviser");
    expect(person.conversation.language).toBe("en");
    expect(person.draft.answers).toEqual(before);
  });
});

test.each<Event>([
  { type: "text", text: "English" },
  { type: "press", press: { do: "language", language: "en" }, inputs: {} },
])("a language the organisation does not offer is not taken: $type", (event) => {
  const conversation = converse(newConversation("nl"), { type: "hello" }, setup()).conversation;
  const turn = converse(conversation, event, { ...setup(), languages: ["nl"] });
  expect(turn.conversation.language).toBe("nl");
  expect(at(turn.screen)).toBe("intro");
});

describe("typing in the chat", () => {
  test("a story is not stored, not repeated, and the safe place is named (decision 5)", () => {
    const person = new Person();
    person.begin();
    const story = "Mijn leidinggevende zit steeds aan mij en ik weet niet meer wat ik moet doen";
    const screen = person.say(story);
    expect(at(screen)).toBe("story");
    expect(JSON.stringify([person.conversation, person.turn])).not.toContain("leidinggevende");
  });

  test("words of despair meet 113, also in the middle of a story (P8)", () => {
    const person = new Person();
    person.begin();
    expect(person.say("het is allemaal te veel geworden ik wil dood")).toMatchObject({
      about: "despair",
      help: ["113", "112"],
    });
  });

  test.each(["niet versturen", "nog niet versturen aub", "don't send it"])("%p sends nothing", (text) => {
    const person = new Person();
    person.fill();
    expect(at(person.press({ do: "resume" }))).toBe("review");
    person.say(text);
    expect(person.turn?.effects).toEqual([]);
    expect(person.conversation.draft).not.toBeNull();
  });

  test.each(["niet wissen", "don't clear"])("%p clears nothing, also after the stop screen", (text) => {
    const person = new Person();
    person.begin();
    person.say("stop");
    person.say(text);
    expect(person.conversation.draft).not.toBeNull();
  });

  test.each(["he touched my back", "hij moet stoppen", "dit wil ik niet overslaan"])(
    "%p is no command",
    (text) => {
      const person = new Person();
      person.begin();
      person.answer("no");
      person.answer("no");
      expect(at(person.say(text))).toBe("part");
    },
  );

  test("asking what this is shows who may read along and where help is outside, in mid-flow too", () => {
    const person = new Person();
    person.begin();
    expect(at(person.say("wat kun je"))).toBe("intro");
    expect(at(person.say("verder"))).toBe("danger");
  });

  test("the menu takes numbers", () => {
    const person = new Person();
    person.say("hallo");
    expect(at(person.say("1"))).toBe("danger");
  });

  test("files and empty messages get an answer", () => {
    expect(at(new Person().happen({ type: "unreadable" }))).toBe("unreadable");
    expect(at(new Person().say("   "))).toBe("unreadable");
  });
});

describe("sending (P4, P5)", () => {
  test("what is sent is what check-your-answers showed", () => {
    const person = new Person();
    const review = person.fill("mijn woorden");
    if (review.type !== "review") throw new Error(at(review));
    person.press({ do: "send", draft: review.draft, revision: review.revision });
    expect(person.turn?.effects).toMatchObject([{ type: "submitReport", rows: review.rows }]);
    expect(person.conversation.draft).toBeNull();
  });

  test("a repeated press sends nothing and says it was sent", () => {
    const person = new Person();
    const review = person.fill();
    if (review.type !== "review") throw new Error(at(review));
    const send = { do: "send", draft: review.draft, revision: review.revision } as const;
    person.press(send);
    expect(person.press(send)).toEqual({ type: "sent", repeated: true, unlinked: false });
    expect(person.turn?.effects).toEqual([]);
  });

  test("a button that proves to have sent something sends nothing, though nothing else knows of it", () => {
    const person = new Person();
    const review = person.fill();
    if (review.type !== "review") throw new Error(at(review));
    const press = { do: "send", draft: "long gone", revision: 3, receipt: "sealed" } as const;
    const before = person.conversation;
    const event = { type: "press", press, inputs: {} } as const;
    const proved = converse(before, event, { ...setup(), sentBefore: true });
    expect(proved).toMatchObject({ screen: { type: "sent", repeated: true }, effects: [] });
    expect(proved.conversation).toEqual({ ...before, asked: "sent" });
    expect(converse(before, event, setup())).toMatchObject({ screen: { note: "oldButton" }, effects: [] });
  });

  test.each<[string, readonly number[], boolean]>([
    ["the first page alone", [], false],
    ["the first and the last", [2], false],
    ["the pages up to the last but one", [1], false],
    ["a page that is not there", [100], false],
    ["every page", [1, 2], true],
    ["every page, back and forth", [1, 0, 1, 2, 0], true],
  ])("of a review in three pages, %s: what was not shown is not sent (P4)", (_, pages, sends) => {
    const person = new Person();
    person.reviewPages = 3;
    const review = person.fill();
    if (review.type !== "review") throw new Error(at(review));
    const { draft, revision } = review;
    for (const page of pages) person.press({ do: "look", draft, revision, page });
    const screen = person.press({ do: "send", draft, revision });
    expect([at(screen), noteOf(screen)]).toEqual(sends ? ["sent", null] : ["review", "readFirst"]);
    expect(person.turn?.effects.length).toBe(sends ? 1 : 0);
  });

  test("pages read before a change do not count for what came after it (P4)", () => {
    const person = new Person();
    person.reviewPages = 2;
    const review = person.fill();
    if (review.type !== "review") throw new Error(at(review));
    const { draft } = review;
    person.press({ do: "look", draft, revision: review.revision, page: 1 });
    person.press({ do: "change", draft }, { change: "wish" });
    const changed = person.answer(["advice"]);
    if (changed.type !== "review") throw new Error(at(changed));
    expect(noteOf(person.press({ do: "send", draft, revision: changed.revision }))).toBe("readFirst");
  });

  test("a send button from before a change sends nothing", () => {
    const person = new Person();
    const review = person.fill();
    if (review.type !== "review") throw new Error(at(review));
    person.press({ do: "change", draft: review.draft }, { change: "wish" });
    person.answer(["advice"]);
    expect(noteOf(person.press({ do: "send", draft: review.draft, revision: review.revision }))).toBe(
      "changedSince",
    );
    expect(person.turn?.effects).toEqual([]);
  });

  test("typing 'versturen' leads to the button and sends nothing: no message may hold the receipt", () => {
    const person = new Person();
    person.beginTo("identity");
    expect(at(person.say("1"))).toBe("review");
    expect(noteOf(person.say("versturen"))).toBe("readFirst");
    expect(person.turn?.effects).toEqual([]);
    const review = person.press({ do: "resume" });
    expect(noteOf(person.say("versturen"))).toBe("readFirst");
    expect(person.turn?.effects).toEqual([]);
    if (review.type !== "review") throw new Error(at(review));
    person.press({ do: "change", draft: review.draft }, { change: "wish" });
    expect(noteOf(person.say("versturen"))).toBe("notUnderstood");
    expect(person.turn?.effects).toEqual([]);
    person.answer(["advice"]);
    const { draft, revision } = review;
    expect(at(person.press({ do: "send", draft, revision: revision + 1 }))).toBe("sent");
  });
});

// ── properties ──────────────────────────────────────────────────────────────────────────────────────

const items = Object.values(flows).flatMap((one) => [...one.items]);
const ids = [...new Set(items.map((item) => item.id)), "nonsense"];
const options = [...new Set(items.flatMap((item) => (item.kind === "end" ? [] : [...item.options])))];
const word = fc.constantFrom(
  ...[
    "hallo",
    "menu",
    "melden",
    "terug",
    "overslaan",
    "genoeg",
    "meteen vertellen",
    "stop",
    "wis",
    "versturen",
    "verder",
    "english",
    "nederlands",
    "hulp",
    "vertrouwenspersoon",
    "uitleg",
    "contact",
    "kopieer",
    "wat is het nummer van slachtofferhulp",
    "laat staan",
    "vervang",
    "tekst wijzigen",
  ],
  ...["ik zie iets", "ik heb iets gezien", "oefenen", "waarom is het moeilijk", "elke dag", "vergeet"],
  ...["ja", "nee", "1", "2", "3", "1 en 2", "ik wil dood", "112", "", "constructor", "__proto__"],
  "iemand heeft mij vandaag op het werk heel vervelend aangeraakt",
);
/** Texts in which something is found that may show who somebody is. */
const telling = ["bel 06-12345678 of mail anna@voorbeeld.example", "ik heet Anna. Anna, zei hij"] as const;
const inputs = fc.record(
  {
    answer: fc.oneof(
      fc.constantFrom(...options, "", "zomaar wat tekst", ...telling),
      fc.subarray(options),
      fc.string({ maxLength: 50 }),
    ),
    change: fc.constantFrom(...ids),
    adviser: fc.constantFrom("", "fatima", "nobody", "__proto__", "x".repeat(80), ["fatima"]),
    replace: fc.constantFrom([], ["4"], ["8"], ["all"], ["999", "__proto__"], "all", ""),
    scene: fc.constantFrom("lunchJoke", "", "nobody", "__proto__", "constructor", ["lunchJoke"]),
    text: fc.constantFrom("", "hoi", "x".repeat(3001)),
    receipt: fc.constantFrom("", "abc", "7KQ2M-7KQ2M-7KQ2M-7KQ2M"),
  },
  { requiredKeys: [] },
);

/** Button ids are filled in when the event happens: the present draft, an old one, or nonsense. */
const anyPress = fc.record({
  kind: fc.constantFrom(
    ...([
      "menu",
      "start",
      "resume",
      "answer",
      "answer",
      "answer",
      "answer",
      "skip",
      "jump",
      "back",
      "change",
      "stop",
    ] as const),
    ...(["keep", "clear", "send", "language", "reports", "receipt", "thread", "say", "done"] as const),
    ...(["find", "find", "startFromGuide", "adviser", "copy", "duties", "topics", "topic"] as const),
    ...([
      "tap",
      "tap",
      "bystander",
      "now",
      "after",
      "afterFromGuide",
      "scenes",
      "scene",
      "sceneChosen",
    ] as const),
    ...(["forgetPractice", "ping", "pingNever", "barriers"] as const),
    ...(["replace", "leave", "edit"] as const),
  ),
  target: fc.constantFrom("here", "here", "parked", "old", "nonsense"),
  question: fc.constantFrom("", ...ids),
  option: fc.constantFrom(...options, "", "nonsense", "__proto__"),
  inputs,
});
/** Question after question, to where that leads: single events hardly ever get there. */
const through = fc.record({
  through: fc.constantFrom("report", "find", "bystander", "aftercare", practice.id, "here"),
  options: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
  text: fc.constantFrom("woorden", "woorden", ...telling),
  choose: fc.constantFrom("leave", "leave", "replace", "nothing"),
  next: fc.constantFrom("nothing", "nothing", "send", "adviser", "copy", "duties", "report", "aftercare"),
});
const single = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ type: "hello" } as const) },
  { weight: 1, arbitrary: fc.constant({ type: "unreadable" } as const) },
  { weight: 4, arbitrary: fc.oneof(word, fc.string()).map((text) => ({ type: "text", text }) as const) },
  { weight: 12, arbitrary: anyPress },
);
const anyEvent = fc.oneof({ weight: 1, arbitrary: through }, { weight: 5, arbitrary: single });
type Made<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

/** The events that these stand for, each made when those before it have happened. */
function* realised(events: readonly Made<typeof anyEvent>[], person: Person): Generator<Event> {
  for (const event of events)
    if ("through" in event) yield* goingThrough(event, person);
    else yield realise(event, person);
}

function* goingThrough(event: Made<typeof through>, person: Person): Generator<Event> {
  yield { type: "hello" };
  const begin: Press = event.through === "here" ? { do: "resume" } : { do: "start", flow: event.through };
  yield { type: "press", press: begin, inputs: {} };
  for (let nr = 0; person.turn?.screen.type === "question" && nr < 40; nr += 1) {
    const { draft, question, options, kind } = person.turn.screen;
    const option = options[(event.options[nr % event.options.length] ?? 0) % options.length] ?? event.text;
    const answer = kind === "choices" ? [option] : option;
    yield { type: "press", press: { do: "answer", draft, question }, inputs: { answer } };
  }
  const screen = person.turn?.screen;
  if (screen?.type === "ownWords" && event.choose !== "nothing") {
    const { draft, question, revision } = screen;
    const press = { do: "ownWords", draft, question, revision, choose: event.choose } as const;
    yield { type: "press", press, inputs: { replace: ["all"] } };
  }
  const { id: draft, revision } = person.conversation.draft ?? { id: "none", revision: 0 };
  const { next } = event;
  if (next === "nothing") return;
  const press: Press =
    next === "send"
      ? { do: next, draft, revision }
      : next === "report" || next === "aftercare"
        ? { do: "start", flow: next, from: draft }
        : { do: next, draft };
  yield { type: "press", press, inputs: {} };
}

function realise(event: Made<typeof single>, person: Person): Event {
  if ("type" in event) return event;
  const { draft: open, parked } = person.conversation;
  const targets = { here: open?.id, parked: parked[0]?.id, old: "draft-1", nonsense: "nonsense" };
  const draft = targets[event.target] ?? "none";
  const shown = person.turn?.screen;
  const here = shown?.type === "question" ? shown.question : "danger";
  const question = event.question === "" ? here : event.question;
  const about = shown?.type === "ownWords" ? shown.question : question;
  const ownWords = { do: "ownWords", draft, question: about, revision: open?.revision ?? 0 } as const;
  const presses: Record<typeof event.kind, Press> = {
    menu: { do: "menu" },
    start: { do: "start", flow: "report" },
    resume: { do: "resume" },
    answer: { do: "answer", draft, question },
    skip: { do: "skip", draft, question },
    jump: { do: "jump", draft, question },
    back: { do: "back", draft, question },
    change: { do: "change", draft },
    stop: { do: "stop", draft, question },
    keep: { do: "keep", draft },
    clear: { do: "clear", draft },
    send: { do: "send", draft, revision: person.conversation.draft?.revision ?? 0 },
    language: { do: "language", language: "en", question },
    reports: { do: "reports" },
    receipt: { do: "receipt" },
    thread: { do: "thread", case: "unknown" },
    say: { do: "say", case: "unknown", nonce: "12345678" },
    done: { do: "done" },
    find: { do: "start", flow: "find" },
    startFromGuide: { do: "start", flow: "report", from: draft, to: "external" },
    adviser: { do: "adviser", draft },
    copy: { do: "copy", draft },
    duties: { do: "duties", draft },
    topics: { do: "topics" },
    topic: { do: "topic", topic: "secrecy" },
    // Every option is a button in some guides; forged, it is of another question or of none.
    tap: { do: "answer", draft, question, ...(event.option === "" ? {} : { option: event.option }) },
    bystander: { do: "bystander" },
    now: { do: "start", flow: "bystander" },
    after: { do: "start", flow: "aftercare" },
    afterFromGuide: { do: "start", flow: "aftercare", from: draft },
    scenes: { do: "scenes" },
    scene: { do: "scene", scene: "lunchJoke" },
    sceneChosen: { do: "scene" },
    forgetPractice: { do: "forgetPractice" },
    ping: { do: "practicePing", every: "daily" },
    pingNever: { do: "practicePing", every: "never" },
    barriers: { do: "topic", topic: "barriers" },
    replace: { ...ownWords, choose: "replace" },
    leave: { ...ownWords, choose: "leave" },
    edit: { ...ownWords, choose: "edit" },
  };
  // Half of the time, answer the question that is shown with one of its own options.
  const asked = questionOf(flowNamed(open?.flow), question);
  const fitting = asked?.options[0];
  const answer =
    event.inputs.answer ?? (asked?.kind === "choices" && fitting ? [fitting] : (fitting ?? "woorden"));
  return { type: "press", press: presses[event.kind], inputs: { ...event.inputs, answer } };
}

function flowNamed(id = "report"): Flow {
  return Object.entries(flows).find(([name]) => name === id)?.[1] ?? flow;
}

const same = (a: Answer | undefined, b: Answer | undefined) => JSON.stringify(a) === JSON.stringify(b);

const draftsIn = ({ draft, parked }: Conversation): readonly Draft[] => [
  ...(draft ? [draft] : []),
  ...parked,
];
const keptIn = (conversation: Conversation) => draftsIn(conversation).filter(({ guide }) => !guide);

/** Whether this asks for practice, or for none: only then may the wish change. */
function isWish(event: Event): boolean {
  if (event.type === "press") return ["practicePing", "forgetPractice"].includes(event.press.do);
  return event.type === "text";
}

test("no sequence of events throws, ends without a screen, or loses an answer without saying so", () => {
  const reached = new Set<string>();
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const person = new Person();
      for (const event of realised(events, person)) {
        const before = person.conversation;
        const frozen = JSON.stringify(before);
        const screen = person.happen(event);
        reached.add(screen.type);
        if (screen.type === "outcome") outcomes.add(screen.flow);
        expect(JSON.stringify(before)).toBe(frozen); // pure
        expect(screen.type).toBeTruthy();
        const after = draftsIn(person.conversation);
        expect(new Set(after.map((draft) => draft.flow)).size).toBe(after.length);
        expect(person.conversation.parked.filter(({ guide }) => guide)).toEqual([]);
        if (!person.conversation.draft) expect(person.conversation.parked).toEqual([]);
        // Nothing of a guide stays once it is left, nor what was shown of it last.
        if (!person.conversation.draft?.guide)
          expect(person.conversation.asked ?? "").not.toMatch(/^(outcome|adviser|copy|duties)/);
        // Of practice stays which scenes were done and the wish, and both only as one did and said.
        const { practised, practicePing } = person.conversation;
        expect(practised.filter((id) => id !== "lunchJoke")).toEqual([]);
        if (practised.length > before.practised.length)
          expect(screen).toMatchObject({ type: "outcome", flow: practice.id });
        const wishes = person.turn?.effects.filter(({ type }) => type === "practicePing") ?? [];
        if (practicePing === before.practicePing) expect(wishes.length).toBeLessThanOrEqual(1);
        else expect(wishes).toEqual([{ type: "practicePing", every: practicePing ?? "never" }]);
        if (wishes.length > 0) expect(isWish(event)).toBe(true);
        for (const was of keptIn(before)) {
          const now = after.find(({ id }) => id === was.id);
          if (!now) {
            // A draft goes only by sending it or by clearing it, and the screen says which.
            expect(["sent", "final"]).toContain(screen.type);
            if (screen.type === "final") expect(screen.reason).toBe("cleared");
            continue;
          }
          for (const [id, answer] of Object.entries(was.answers)) {
            if (same(answer, now.answers[id])) continue;
            // Only the answer that this very event gave may have changed, and never to nothing.
            expect(now.answers).toHaveProperty(id);
            // Or else what a guide was told since, where safety needs it; and the screen says so.
            if (noteOf(screen) === "changedSince") expect(questionOf(flow, id)?.skippable).toBe(false);
            else if (event.type === "press") expect(event.press).toMatchObject({ question: id });
          }
          const onPath = (draft: Draft) =>
            new Set(resolve(flow, draft.answers).path.map((step) => step.question.id));
          const gone = [...onPath(was)].filter((id) => !onPath(now).has(id));
          const told = gone.filter((id) => questionOf(flow, id)?.kind !== "tell" && was.answers[id] !== null);
          if (told.length > 0) expect(noteOf(screen)).toBe("answersAside");
        }
      }
    }),
    { numRuns: 2000 },
  );
  const screens = ["review", "ownWords", "outcome", "adviser", "copy", "duties", "sent", "stop", "final"];
  for (const screen of [...screens, "bystander", "scenes", "topic"]) expect(reached).toContain(screen);
  expect(outcomes).toEqual(new Set(["find", "bystander", "aftercare", practice.id]));
});

test("nothing is sent but what a press showed in full, with this revision (P4)", () => {
  let sent = 0;
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 80, size: "medium" }), (events) => {
      const person = new Person();
      const shown = new Map<string, { rows: unknown; to: unknown }>();
      for (const event of realised(events, person)) {
        const screen = person.happen(event);
        for (const effect of person.turn?.effects ?? []) {
          if (effect.type !== "submitReport") continue;
          const { rows, to } = effect;
          sent += 1;
          expect({ rows, to }).toEqual(shown.get(person.conversation.lastSent ?? ""));
        }
        if (screen.type === "review" && event.type === "press")
          shown.set(screen.draft, { rows: screen.rows, to: screen.to });
      }
    }),
    { numRuns: 2000 },
  );
  expect(sent).toBeGreaterThan(50);
});

test("a draft of days ago leads to the same place, in either language", () => {
  const person = new Person();
  person.begin();
  person.answer("no");
  person.answer("unsure");
  const stored = JSON.parse(JSON.stringify(person.conversation)) as Conversation;
  const later = new Person();
  later.conversation = stored;
  expect(later.press({ do: "resume" })).toEqual(person.press({ do: "resume" }));
});
