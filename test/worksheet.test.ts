import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { converse, type Setup, type Turn } from "../dialogs/core/converse.ts";
import { Conversation, languages, newConversation } from "../dialogs/core/draft.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import { worksheet } from "../dialogs/core/flow.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";

/** A worksheet leads to an outcome and sends nothing, as a guide does; and it waits, as a report does. */

const content = readContent();
const flows = {
  report: reportFlow({ conflictRoute: true }),
  find: findFlow({ sector: "healthcare", places: 0 }),
  sheet: worksheet("sheet").choose("first", ["a", "b"]).write("second"),
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
  answer(question: string, answer: string) {
    return this.press({ do: "answer", draft: this.draft, question }, { answer });
  }
  /** Answers both questions; stands at the outcome. */
  fill(text = "eigen woorden") {
    this.press({ do: "start", flow: "sheet" });
    this.answer("first", "a");
    return this.answer("second", text);
  }
  get draft(): string {
    return this.conversation.draft?.id ?? "none";
  }
  #happen(event: Parameters<typeof converse>[1]) {
    this.turn = converse(this.conversation, event, setup());
    // As it comes back out of storage.
    this.conversation = Conversation.parse(JSON.parse(JSON.stringify(this.turn.conversation)));
    return this.turn.screen;
  }
}

test("it leads to an outcome with everything that was filled in, own words too, and sends nothing", () => {
  const person = new Person();
  const screen = person.fill();
  expect(screen).toMatchObject({
    type: "outcome",
    flow: "sheet",
    answers: { first: "a", second: "eigen woorden" },
  });
  expect(person.turn?.effects).toEqual([]);
});

test("it is never sent, whatever button is forged", () => {
  const person = new Person();
  person.fill();
  const { draft } = person.conversation;
  const revision = draft?.revision ?? 0;
  // Not even where it was marked as read.
  person.conversation = { ...person.conversation, draft: draft && { ...draft, reviewed: revision } };
  expect(person.press({ do: "send", draft: person.draft, revision })).toMatchObject({ type: "outcome" });
  expect(person.turn?.effects).toEqual([]);
  expect(person.say("versturen")).toMatchObject({ type: "outcome", note: "notUnderstood" });
});

test.each<[string, (person: Person) => unknown]>([
  ["the menu", (person) => person.press({ do: "menu" })],
  ["another hello", (person) => person.say("hallo")],
  ["close", (person) => person.press({ do: "done" })],
  ["my reports", (person) => person.press({ do: "reports" })],
  ["what a bystander can do", (person) => person.press({ do: "bystander" })],
  ["stop and keep", (person) => person.press({ do: "keep", draft: person.draft })],
])("%s leaves it as it is, to go on with later", (_, leave) => {
  const person = new Person();
  const outcome = person.fill();
  leave(person);
  expect(person.press({ do: "start", flow: "sheet" })).toEqual({ ...outcome, note: "draftWaiting" });
  expect(person.say("verder")).toEqual(outcome);
});

test("stopping asks what to do with it; cleared, nothing of it stays", () => {
  const person = new Person();
  person.fill("kanarie");
  expect(person.press({ do: "stop", draft: person.draft })).toEqual({ type: "stop", draft: person.draft });
  expect(person.press({ do: "clear", draft: person.draft })).toEqual({ type: "final", reason: "cleared" });
  expect(JSON.stringify(person.conversation)).not.toContain("kanarie");
});

test("it does not stand in the way of a report: the menu offers to begin one, and both wait for each other", () => {
  const person = new Person();
  const outcome = person.fill();
  expect(person.press({ do: "menu" })).toMatchObject({ draftWaiting: false });
  // The first item of that menu, by its number.
  expect(person.say("1")).toMatchObject({ type: "question", flow: "report", question: "danger" });
  person.answer("danger", "no");
  expect(person.press({ do: "menu" })).toMatchObject({ draftWaiting: true });
  expect(person.press({ do: "start", flow: "sheet" })).toMatchObject({
    type: "outcome",
    note: "draftWaiting",
  });
  expect(person.press({ do: "start", flow: "report" })).toMatchObject({ question: "aboutAdviser" });
  person.press({ do: "clear", draft: person.draft });
  expect(person.press({ do: "resume" })).toEqual(outcome);
});

test("it waits while somebody looks for help, and is there afterwards", () => {
  const person = new Person();
  const outcome = person.fill();
  person.press({ do: "start", flow: "find" });
  person.press({ do: "menu" });
  expect(person.conversation.parked).toEqual([]);
  expect(person.press({ do: "resume" })).toEqual(outcome);
});

test("an answer chosen on the outcome is asked again, and leads back to it", () => {
  const person = new Person();
  const outcome = person.fill();
  expect(person.press({ do: "change", draft: person.draft }, { change: "first" })).toMatchObject({
    question: "first",
    given: "a",
  });
  expect(person.answer("first", "b")).toEqual({
    ...outcome,
    answers: { first: "b", second: "eigen woorden" },
  });
});

test("a draft that was kept before there were worksheets is none", () => {
  const person = new Person();
  person.press({ do: "start", flow: "report" });
  expect(person.conversation.draft).not.toHaveProperty("worksheet");
  expect(person.press({ do: "menu" })).toMatchObject({ draftWaiting: true });
});
