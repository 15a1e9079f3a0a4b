import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { converse, type Setup, type Turn } from "../dialogs/core/converse.ts";
import { type Conversation, languages, newConversation } from "../dialogs/core/draft.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import { paths } from "../dialogs/core/walk.ts";
import { placeOption, sectors, situationOf } from "../dialogs/find/situation.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";

/** A guide leads somewhere and leaves nothing behind. */

const content = readContent();
const flows = {
  report: reportFlow({ conflictRoute: true }),
  find: findFlow({ sector: "healthcare", places: 0 }),
};
let minted = 0;
const setup = (): Setup => {
  minted += 1;
  return setupIn(content, { flows, languages, fresh: `draft-${minted}` });
};

class Person {
  conversation: Conversation = { ...newConversation("nl"), introduced: true };
  turn: Turn | null = null;
  press(press: Press, inputs: Inputs = {}) {
    return this.#happen({ type: "press", press, inputs });
  }
  say(text: string) {
    return this.#happen({ type: "text", text });
  }
  /** Answers one question after another with these; stands where they lead. */
  find(answers: Answers) {
    let screen = this.press({ do: "start", flow: "find" });
    while (screen.type === "question") {
      const { draft, question, kind } = screen;
      const answer = answers[question];
      const press = { do: kind === "tell" || answer != null ? "answer" : "skip", draft, question } as const;
      screen = this.press(press, typeof answer === "string" ? { answer } : {});
    }
    return screen;
  }
  get draft(): string {
    return this.conversation.draft?.id ?? "none";
  }
  #happen(event: Parameters<typeof converse>[1]) {
    this.turn = converse(this.conversation, event, setup());
    this.conversation = this.turn.conversation;
    return this.turn.screen;
  }
}

const bullied: Answers = {
  safety: "safe",
  aboutAdviser: "no",
  forWhom: "me",
  about: "bullying",
  how: "chat",
};

test("a guide leads to an outcome that carries what was chosen, and sends nothing", () => {
  const person = new Person();
  const screen = person.find(bullied);
  expect(screen).toMatchObject({ type: "outcome", flow: "find", answers: bullied });
  expect(person.turn?.effects).toEqual([]);
});

test.each<[string, (person: Person) => unknown]>([
  ["the menu", (person) => person.press({ do: "menu" })],
  ["'menu'", (person) => person.say("menu")],
  ["stop", (person) => person.press({ do: "stop", draft: person.draft })],
  ["'stop'", (person) => person.say("stop")],
  ["'wis'", (person) => person.say("wis")],
  ["close", (person) => person.press({ do: "done" })],
  ["my reports", (person) => person.press({ do: "reports" })],
  ["another hello", (person) => person.say("hallo")],
  ["a report", (person) => person.press({ do: "start", flow: "report" })],
])("%s leaves the guide, and nothing of it stays", (_, leave) => {
  const person = new Person();
  person.find({ ...bullied, forWhom: "volunteer" });
  leave(person);
  expect(JSON.stringify(person.conversation)).not.toContain("volunteer");
});

test("stopping asks nothing, since there is nothing to keep", () => {
  const person = new Person();
  person.find(bullied);
  expect(person.press({ do: "stop", draft: person.draft })).toEqual({ type: "final", reason: "forgotten" });
});

test.each<[string, (person: Person) => unknown, string]>([
  [
    "an adviser's page",
    (person) => person.press({ do: "adviser", draft: person.draft }, { adviser: "a" }),
    "adviser",
  ],
  ["the text to copy", (person) => person.press({ do: "copy", draft: person.draft }), "copy"],
  ["'kopieer'", (person) => person.say("kopieer"), "copy"],
  ["'contact'", (person) => person.say("contact"), "adviser"],
  ["explanation", (person) => person.press({ do: "topics" }), "topics"],
  ["a subject of it", (person) => person.press({ do: "topic", topic: "secrecy" }), "topic"],
  ["a question about a number", (person) => person.say("wat is het nummer van slachtofferhulp"), "service"],
])("%s leads back to the outcome, also after a change of language", (_, open, type) => {
  const person = new Person();
  const outcome = person.find(bullied);
  open(person);
  expect(person.turn?.screen.type).toBe(type);
  expect(person.press({ do: "language", language: "en" }).type).toBe(type);
  expect(person.press({ do: "resume" })).toEqual(outcome);
});

test("a half-filled report waits while somebody looks for help, and is there afterwards", () => {
  const person = new Person();
  person.press({ do: "start", flow: "report" });
  const report = person.draft;
  person.press({ do: "answer", draft: report, question: "danger" }, { answer: "no" });
  person.find(bullied);
  expect(person.draft).not.toBe(report);
  expect(person.press({ do: "menu" })).toMatchObject({ type: "menu", draftWaiting: true });
  expect(person.press({ do: "resume" })).toMatchObject({ question: "aboutAdviser", draft: report });
});

test("a button of the waiting report takes it up again, and the guide is forgotten", () => {
  const person = new Person();
  person.press({ do: "start", flow: "report" });
  const report = person.draft;
  person.find(bullied);
  const next = person.press({ do: "answer", draft: report, question: "danger" }, { answer: "no" });
  expect(next).toMatchObject({ type: "question", flow: "report", question: "aboutAdviser" });
  expect(person.conversation.parked).toEqual([]);
});

describe("writing through the bot to the adviser who was found", () => {
  const start = (person: Person) =>
    person.press({ do: "start", flow: "report", from: person.draft, to: "sanne" });

  test("takes over what was answered, and nothing else", () => {
    const person = new Person();
    person.find({ ...bullied, safety: "danger", about: "sexual", when: "lastWeek" });
    start(person);
    expect(person.conversation.draft).toMatchObject({
      flow: "report",
      to: "sanne",
      answers: {
        danger: "yes",
        dangerHelp: "seen",
        aboutAdviser: "no",
        kind: ["sexual"],
        when: "lastWeek",
        part: "experienced",
      },
    });
    expect(person.turn?.screen).toMatchObject({ question: "relation" });
  });

  test("of whoever thinks of suicide it is not told that there is no danger", () => {
    const person = new Person();
    person.find({ ...bullied, safety: "despair" });
    start(person);
    expect(person.turn?.screen).toMatchObject({ question: "danger", given: null });
  });

  test("what a report asks differently is asked", () => {
    const person = new Person();
    person.find({ ...bullied, about: "wrongdoing", forWhom: "client" });
    start(person);
    expect(person.conversation.draft?.answers).toEqual({ danger: "no", aboutAdviser: "no" });
  });

  test("a report that waited keeps its answers and gets what it lacked, and must be checked again", () => {
    const person = new Person();
    person.press({ do: "start", flow: "report" });
    for (const [question, answer] of [
      ["danger", "no"],
      ["aboutAdviser", "no"],
      ["part", "saw"],
    ] as const)
      person.press({ do: "answer", draft: person.draft, question }, { answer });
    const before = person.conversation.draft;
    person.find(bullied);
    expect(start(person)).toMatchObject({ note: "draftWaiting" });
    const answers = { danger: "no", aboutAdviser: "no", part: "saw", kind: ["bullying"] };
    expect(person.conversation.draft).toEqual({ ...before, answers, to: "sanne", revision: 4 });
  });

  test("of what safety needs the newer answer counts, and that is said (P9)", () => {
    const person = new Person();
    person.press({ do: "start", flow: "report" });
    for (const question of ["danger", "aboutAdviser"])
      person.press({ do: "answer", draft: person.draft, question }, { answer: "no" });
    person.find({ ...bullied, aboutAdviser: "unsure" });
    expect(start(person)).toMatchObject({ note: "changedSince" });
    expect(person.conversation.draft?.answers.aboutAdviser).toBe("unsure");
  });

  test.each(["schrijf via deze bot", "write through this bot"])(
    "typed %p does what the button does",
    (text) => {
      const person = new Person();
      person.find(bullied);
      person.press({ do: "adviser", draft: person.draft }, { adviser: "sanne" });
      person.say(text);
      expect(person.conversation.draft).toMatchObject({
        flow: "report",
        to: "sanne",
        answers: { kind: ["bullying"] },
      });
    },
  );

  test("an old button with another guide's name takes nothing over", () => {
    const person = new Person();
    person.find(bullied);
    person.press({ do: "start", flow: "report", from: "draft-of-before" });
    expect(person.conversation.draft?.answers).toEqual({});
  });
});

test("a guide is never sent, whatever button is forged", () => {
  const person = new Person();
  person.find(bullied);
  const press = {
    do: "send",
    draft: person.draft,
    revision: person.conversation.draft?.revision ?? 0,
  } as const;
  person.press(press);
  expect(person.turn?.effects).toEqual([]);
});

describe("the questions", () => {
  test.each(sectors)(
    "%s: safety and 'is it about an adviser?' come first, cannot be skipped; few questions",
    (sector) => {
      for (const places of [0, 3]) {
        const flow = findFlow({ sector, places });
        const found = paths(flow);
        for (const { steps } of found) {
          const asked = steps.map(({ question }) => question).filter(({ kind }) => kind !== "tell");
          expect(asked.slice(0, 2).map(({ id, skippable }) => [id, skippable])).toEqual([
            ["safety", false],
            ["aboutAdviser", false],
          ]);
          expect(asked.slice(2).every(({ skippable }) => skippable)).toBe(true);
          expect(asked.length).toBeLessThanOrEqual(places > 1 ? 9 : 8);
          // No words are ever asked for.
          expect(asked.every(({ kind }) => kind === "choice")).toBe(true);
        }
        const reached = new Set(found.flatMap(({ steps }) => steps.map(({ question }) => question.id)));
        const never = flow.items.map(({ id }) => id).filter((id) => !reached.has(id));
        expect(never).toEqual(places > 1 ? [] : ["place"]);
      }
    },
  );

  test("danger shows 112 and despair 113 before anything else is asked (P8)", () => {
    for (const [safety, help] of [
      ["danger", ["112"]],
      ["despair", ["113", "112"]],
    ] as const) {
      const person = new Person();
      person.press({ do: "start", flow: "find" });
      const screen = person.press(
        { do: "answer", draft: person.draft, question: "safety" },
        { answer: safety },
      );
      expect(screen).toMatchObject({ kind: "tell", help });
    }
  });

  test("answers that the flow does not know count as not given", () => {
    const odd: Answers = { forWhom: "nobody", about: ["sexual"], place: placeOption(1) };
    expect(situationOf("sport", Object.setPrototypeOf(odd, { how: "chat" }))).toEqual({
      sector: "sport",
      aboutAdviser: null,
      forWhom: null,
      about: null,
      when: null,
      byWhom: null,
      minor: null,
      how: null,
      place: "p1",
    });
  });
});
