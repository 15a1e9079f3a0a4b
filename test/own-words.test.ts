import fc from "fast-check";
import { load } from "../bots/conversations.ts";
import { setupIn } from "../bots/setup.ts";
import { draftOf, sampleAnswers, sampleFacts, sampleTraces } from "../bots/tools/gallery/samples.ts";
import { drawCard, mostButtons } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter } from "../cards/reporter.ts";
import { contentLanguages } from "../content/words.ts";
import { converse, type Turn } from "../dialogs/core/converse.ts";
import { type Conversation, Draft, languages, newConversation } from "../dialogs/core/draft.ts";
import { type Event, type Inputs, Press } from "../dialogs/core/event.ts";
import { longestText } from "../dialogs/core/flow.ts";
import { mostFindings, pointedOutIn } from "../dialogs/core/own-words.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { type StoryHelp, storyHelp } from "../dialogs/core/story-words.ts";
import { reportFlow } from "../dialogs/report.ts";
import { Adviser, buttonOf, Reporter, wordsOf } from "./fakes/view-person.ts";
import { type Bot, content, type Database, onBothDatabases, startBot } from "./world.ts";

const flow = reportFlow({ conflictRoute: true });
const setup = setupIn(content, { flows: { report: flow }, languages, fresh: "fresh" });

type OwnWords = Extract<Screen, { type: "ownWords" }>;

/** Somebody who stands before check-your-answers with these answers. */
class Person {
  conversation: Conversation;
  turn: Turn | null = null;
  constructor(answers: Readonly<Record<string, string | null>> = {}) {
    const draft = draftOf(flow, { ...sampleAnswers, ...answers });
    this.conversation = { ...newConversation("nl"), introduced: true, draft };
  }
  happen(event: Event): Screen {
    this.turn = converse(this.conversation, event, setup);
    this.conversation = this.turn.conversation;
    return this.turn.screen;
  }
  press(press: Press, inputs: Inputs = {}): Screen {
    return this.happen({ type: "press", press, inputs });
  }
  say(text: string): Screen {
    return this.happen({ type: "text", text });
  }
  look(): OwnWords {
    const screen = this.press({ do: "resume" });
    if (screen.type !== "ownWords") throw new Error(screen.type);
    return screen;
  }
  choose(choose: "replace" | "leave" | "edit", replace?: string[]): Screen {
    const { draft, question, revision } = this.look();
    return this.press(
      { do: "ownWords", draft, question, revision, choose },
      replace === undefined ? {} : { replace },
    );
  }
  get story() {
    return this.conversation.draft?.answers.story;
  }
}

const story = "Hij bleef bellen. Mijn nummer is 06-12345678, mijn mail anna@voorbeeld.example. Help!";

describe("before check-your-answers", () => {
  test("a text in which nothing is found leads there at once", () => {
    expect(new Person().press({ do: "resume" }).type).toBe("review");
  });

  test("what was found is shown with the words around it, and nothing has changed", () => {
    const person = new Person({ story });
    const { findings, found, question } = person.look();
    expect(found).toBe(2);
    expect(question).toBe("story");
    expect(findings.map(({ kind, found: one }) => [kind, one])).toEqual([
      ["phone", "06-12345678"],
      ["email", "anna@voorbeeld.example"],
    ]);
    expect(findings[0]?.around[0]).toContain("Mijn nummer is 06-12345678, mijn mail");
    expect(person.story).toBe(story);
  });

  test("replacing what was ticked changes that alone, and leads to check-your-answers, to be read", () => {
    const person = new Person({ story });
    const screen = person.choose("replace", [String(story.indexOf("06"))]);
    expect(screen).toMatchObject({ type: "review", note: "wordsReplaced" });
    expect(person.story).toBe(story.replace("06-12345678", "[telefoonnummer]"));
    // What was not ticked was left, knowingly.
    expect(person.press({ do: "resume" }).type).toBe("review");
  });

  test("everything can be replaced at once, in the language of the conversation", () => {
    const person = new Person({ story });
    person.conversation = { ...person.conversation, language: "en" };
    person.choose("replace", ["all"]);
    expect(person.story).toBe(
      "Hij bleef bellen. Mijn nummer is [telephone number], mijn mail [e-mail address]. Help!",
    );
  });

  test.each([undefined, [], ["", "7", "story", "-1", "999999"]])(
    "ticked %j replaces nothing, and says so",
    (ticked) => {
      const person = new Person({ story });
      expect(person.choose("replace", ticked)).toMatchObject({ type: "ownWords", note: "tickFirst" });
      expect(person.story).toBe(story);
    },
  );

  test("leaving it holds for that exact text; another one is looked at again", () => {
    const person = new Person({ story });
    expect(person.choose("leave").type).toBe("review");
    expect(person.story).toBe(story);
    const { id: draft } = person.conversation.draft ?? { id: "" };
    const answer = (text: string) => {
      person.press({ do: "change", draft }, { change: "story" });
      return person.press({ do: "answer", draft, question: "story" }, { answer: text });
    };
    expect(answer(story).type).toBe("review");
    expect(answer(`${story} Nu.`).type).toBe("ownWords");
    // An answer to something else is no other text.
    person.choose("leave");
    person.press({ do: "change", draft }, { change: "wish" });
    expect(person.press({ do: "answer", draft, question: "wish" }, { answer: ["listen"] }).type).toBe(
      "review",
    );
  });

  test("what was taken out of a text stays nowhere in the conversation", () => {
    const person = new Person({ story });
    person.choose("leave");
    const { id: draft } = person.conversation.draft ?? { id: "" };
    // Left half-way, as text in a form.
    person.press({ do: "change", draft }, { change: "story" });
    person.press({ do: "back", draft, question: "story" }, { answer: story });
    person.press({ do: "answer", draft, question: "dependent" }, { answer: "no" });
    person.conversation = {
      ...person.conversation,
      draft: Draft.parse({ ...person.conversation.draft, decided: {} }),
    };
    person.choose("replace", ["all"]);
    expect(JSON.stringify(person.conversation)).not.toMatch(/12345678|anna@/);
  });

  test("taking something out by writing the text anew leaves nothing of it behind either", () => {
    const person = new Person({ story });
    person.choose("leave");
    const { id: draft } = person.conversation.draft ?? { id: "" };
    person.press({ do: "change", draft }, { change: "story" });
    person.press({ do: "answer", draft, question: "story" }, { answer: "Hij bleef bellen." });
    expect(JSON.stringify(person.conversation)).not.toMatch(/12345678|anna@/);
  });

  test("editing leads to the text, and from there back", () => {
    const person = new Person({ story });
    expect(person.choose("edit")).toMatchObject({ type: "question", question: "story", given: story });
    const { id: draft } = person.conversation.draft ?? { id: "" };
    const screen = person.press({ do: "answer", draft, question: "story" }, { answer: "Hij bleef bellen." });
    expect(screen.type).toBe("review");
  });

  test("back goes to the question before, and stop stops", () => {
    const person = new Person({ story });
    const { draft } = person.look();
    expect(person.press({ do: "back", draft })).toMatchObject({ question: "identity" });
    expect(person.press({ do: "stop", draft }).type).toBe("stop");
  });

  test("a button from before a change replaces nothing", () => {
    const person = new Person({ story });
    const { draft, question, revision } = person.look();
    person.press({ do: "answer", draft, question }, { answer: `Ik. ${story}` });
    const late: Press = { do: "ownWords", draft, question, revision, choose: "replace" };
    expect(person.press(late, { replace: ["all"] })).toMatchObject({
      type: "ownWords",
      note: "changedSince",
    });
    expect(person.press({ ...late, question: "__proto__" }, { replace: ["all"] })).toMatchObject({
      note: "oldButton",
    });
    expect(person.story).toBe(`Ik. ${story}`);
  });

  test("a text that would become too long is given back to be made shorter", () => {
    const long = `a@b.co ${"x".repeat(2993)}`;
    const person = new Person({ story: long });
    const screen = person.choose("replace", ["all"]);
    expect(screen).toMatchObject({ type: "question", question: "story", note: "tooLong" });
    expect(screen).toMatchObject({ given: long.replace("a@b.co", "[e-mailadres]") });
    expect(person.story).toBe(long);
  });

  test("the name that somebody gives is not looked at, and is not pointed out; that of who does not, is", () => {
    const named = new Person({
      story: "Ik heet Anna de Vries.",
      identity: "named",
      name: "Anna de Vries 0612345678",
    });
    expect(named.press({ do: "resume" }).type).toBe("review");
    const unnamed = new Person({ story: "Ik heet Anna de Vries." });
    expect(unnamed.look().findings).toMatchObject([{ kind: "ownName", found: "Anna de Vries" }]);
    const changedTheirMind = new Person({ story: "Toen riep hij Anna.", name: "Anna de Vries" });
    expect(changedTheirMind.look().findings).toMatchObject([{ kind: "ownName", found: "Anna" }]);
  });

  test("a name that stands there more often is one finding, and goes everywhere at once", () => {
    const person = new Person({ story: "Ik heet Anna. Anna, zei hij, kom. En weer: Anna." });
    expect(person.look().findings).toMatchObject([{ found: "Anna", times: 3 }]);
    person.choose("replace", ["8"]);
    expect(person.story).toBe("Ik heet [naam]. [naam], zei hij, kom. En weer: [naam].");
  });

  test("what does not fit on one form comes on the next", () => {
    const many = Array.from({ length: 12 }, (_, nr) => `06-123456${nr + 10}`);
    const person = new Person({ story: many.join(", ") });
    const first = person.look();
    expect([first.findings.length, first.found]).toEqual([mostFindings, 12]);
    const ticked = first.findings.map(({ at }) => String(at));
    expect(person.choose("replace", ticked)).toMatchObject({ type: "ownWords", found: 3 });
    person.choose("replace", ["all"]);
    expect(person.story).toBe(many.map(() => "[telefoonnummer]").join(", "));
  });

  test("the language can be changed, and what was found is still there", () => {
    const person = new Person({ story });
    person.look();
    expect(person.press({ do: "language", language: "en" }).type).toBe("ownWords");
    expect(person.say("nederlands").type).toBe("ownWords");
  });
});

describe("typed (P19)", () => {
  test.each(["laat staan", "Laat het staan.", "leave it", "Leave it as it is"])("%p leaves it", (text) => {
    const person = new Person({ story });
    person.look();
    expect(person.say(text).type).toBe("review");
    expect(person.story).toBe(story);
    expect(person.conversation.draft?.reviewed).toBeNull();
  });

  test("'tekst wijzigen' leads to the text", () => {
    const person = new Person({ story });
    person.look();
    expect(person.say("tekst wijzigen")).toMatchObject({ question: "story" });
  });

  test("replacing needs the form: what to replace is ticked there", () => {
    const person = new Person({ story });
    person.look();
    expect(person.say("vervang")).toMatchObject({ type: "ownWords", note: "tickFirst" });
    expect(person.say("versturen")).toMatchObject({ type: "ownWords", note: "readFirst" });
    expect(person.story).toBe(story);
  });

  test("anywhere else these words do nothing", () => {
    const person = new Person({ story });
    person.say("menu");
    person.say("laat staan");
    expect(person.press({ do: "resume" }).type).toBe("ownWords");
  });
});

describe("in a message to the adviser", () => {
  const { tracing } = setup;
  const unnamed = { name: null, goesAlong: false };
  const pointedOut = (text: string, shown?: number, own = unnamed) => pointedOutIn(text, own, tracing, shown);
  const message = "Bel mij op 06-12345678 of mail anna@voorbeeld.example. Groeten, Anna";

  test("every kind is pointed out, with the words themselves", () => {
    const all = `Op een lijst stonden 111222333 en NL91 ABNA 0417 1643 00. ${message}`;
    expect(pointedOut(all)?.findings.map(({ kind, found }) => [kind, found])).toEqual([
      ["citizenNumber", "111222333"],
      ["account", "NL91 ABNA 0417 1643 00"],
      ["phone", "06-12345678"],
      ["email", "anna@voorbeeld.example"],
      ["ownName", "Anna"],
    ]);
    expect(pointedOut("Hij bleef bellen, om 17.30 uur.")).toBeNull();
  });

  test("the name of who gave one is not; the rest is, of whomever it may be", () => {
    const named = pointedOut(message, 0, { name: null, goesAlong: true });
    expect(named?.findings.map(({ kind }) => kind)).toEqual(["phone", "email"]);
  });

  test("it is pointed out again only where there is more of it than was shown", () => {
    expect(pointedOut(message)?.found).toBe(3);
    for (const shown of [3, 4, 3000]) expect(pointedOut(message, shown)).toBeNull();
    expect(pointedOut("Bel mij op 06-87654321.", 3)).toBeNull();
    expect(pointedOut(message, 2)?.found).toBe(3);
  });

  test("words that stand there more often are one finding, and what does not fit is counted", () => {
    expect(pointedOut("Ik heet Anna. Anna dus. Groeten, Anna")?.found).toBe(1);
    const many = pointedOut(Array.from({ length: 12 }, (_, nr) => `06-123456${nr + 10}`).join(", "));
    expect([many?.findings.length, many?.found]).toEqual([mostFindings, 12]);
  });

  test("a press says of how much in it was shown, never of what", () => {
    const person = new Person();
    person.conversation = { ...person.conversation, cases: ["case-1"] };
    const say = { do: "say", case: "case-1", nonce: "nonce-of-a-form" } as const;
    person.press(say, { text: message });
    expect(person.turn?.effects).toMatchObject([{ shown: 0, text: message }]);
    person.press({ ...say, shown: 3 }, { text: message });
    expect(person.turn?.effects).toMatchObject([{ shown: 3, text: message }]);
    for (const shown of [0, -1, 1.5, "3", 3001, ["anna"]])
      expect(Press.safeParse({ ...say, shown }).success).toBe(false);
  });
});

test("it keeps nobody from sending, whatever they wrote", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom("06-12345678", "a@b.nl", "111222333", "ik heet Anna", "groeten, Bo", "x", "\n"),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      (pieces) => {
        const text = pieces.join(" ").trim() || "x";
        const person = new Person({ story: text });
        let screen = person.press({ do: "resume" });
        if (screen.type === "ownWords") screen = person.choose("leave");
        if (screen.type !== "review") throw new Error(screen.type);
        person.press({ do: "send", draft: screen.draft, revision: screen.revision });
        expect(person.turn?.effects).toMatchObject([{ type: "submitReport" }]);
        expect(JSON.stringify(person.turn?.effects)).toContain(JSON.stringify(text));
      },
    ),
  );
});

test("a draft that an earlier release saved has nothing decided, and is looked at", () => {
  const { decided: _, ...earlier } = draftOf(flow, { ...sampleAnswers, story });
  const person = new Person();
  person.conversation = { ...person.conversation, draft: Draft.parse(earlier) };
  expect(person.look().found).toBe(2);
});

// ── how it looks ────────────────────────────────────────────────────────────────────────────────────

describe.each(contentLanguages)("the screen, in %s", (language) => {
  const words = content.words(language);
  const frame = { title: words.say("common.app"), close: words.say("common.buttons.done") };
  const facts = sampleFacts();

  test("is drawn within both platforms' limits whatever was found, and nothing of it stands at the door", () => {
    const piece = fc.oneof(
      fc.constantFrom("06-12345678", "+31 6 87654321", "111222333", "NL91 ABNA 0417 1643 00", "groeten, Bo"),
      fc.nat(40).map((nr) => `06-123456${nr + 10}`),
      fc
        .integer({ min: 1, max: 120 })
        .map((length) => `${"é".repeat(length)}@${'"x.'.slice(1).repeat(30)}nl`),
      fc.constantFrom(
        "Ik heet Anna van der Berg.",
        "Anna",
        '*vet* <b> & \\ "x"',
        "🙂".repeat(40),
        "y".repeat(80),
      ),
    );
    let drawn = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (pieces) => {
        const person = new Person({ story: pieces.join(" ").slice(0, 3000).toWellFormed() });
        const screen = person.press({ do: "resume" });
        if (screen.type !== "ownWords") return;
        drawn += 1;
        const view = drawReporter(screen, facts, content, language);
        expect(view.privacy).toBe("private");
        expect(view.buttons.length).toBeLessThanOrEqual(mostButtons);
        for (const { press } of view.buttons) expect(Press.parse(press)).toEqual(press);
        drawCard(view, { surface: "room" });
        drawModal(view, frame);
        const door = drawDoor(screen, facts, content, language);
        drawCard(door, { surface: "door" });
        drawMessage(door);
        // As the door of check-your-answers: that something was found is nobody else's to know.
        const review = {
          type: "review",
          flow: "report",
          draft: "d",
          revision: 1,
          rows: [],
          to: null,
          note: null,
        } as const;
        expect(door).toEqual(drawDoor(review, facts, content, language));
      }),
    );
    expect(drawn).toBeGreaterThan(20);
  });

  /** The screen of a message in which this was found, under the long name of a case that a receipt opened. */
  const message = (text: string, offered: readonly StoryHelp[] = []) => {
    const pointedOut = pointedOutIn(text, { name: null, goesAlong: false }, setup.tracing);
    if (!pointedOut || !facts.thread) return null;
    const thread = { ...facts.thread, id: "v".repeat(130) };
    const nonce = "0".repeat(36);
    const at = { type: "thread", case: "a", page: 0, note: null, unsent: text, offered } as const;
    const screen = { ...at, pointedOut: { ...pointedOut, nonce } };
    return { screen, pointedOut, view: drawReporter(screen, { ...facts, thread }, content, language) };
  };

  test("of a message is drawn within both platforms' limits, at its longest and with help beside it", () => {
    const piece = fc.oneof(
      fc.nat(40).map((nr) => `06-123456${nr + 10}`),
      fc.constantFrom("111222333", "NL91 ABNA 0417 1643 00", "groeten, Bo", "Ik heet Anna van der Berg."),
      fc.integer({ min: 1, max: 60 }).map((nr) => `${"_é".repeat(nr)}@${"x_.".repeat(nr)}nl`),
      fc.constantFrom("\n\n", "🙂".repeat(40), "y\n".repeat(40), '"'.repeat(80)),
    );
    let drawn = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
        const text = pieces.join(" ").padEnd(longestText, '"').slice(0, longestText).toWellFormed();
        const shown = message(text, storyHelp);
        if (!shown) return;
        drawn += 1;
        const { view, screen, pointedOut } = shown;
        expect([view.privacy, view.inputs[0]?.value]).toEqual(["private", text]);
        for (const { press } of view.buttons) expect(Press.parse(press)).toEqual(press);
        expect(buttonOf(view, "say")).toMatchObject({ nonce: "0".repeat(36), shown: pointedOut.found });
        expect(JSON.stringify(view.buttons)).not.toMatch(/06-1|@|Anna|"Bo/);
        drawCard(view, { surface: "room" });
        drawModal(view, frame);
        expect(plainText(view).length).toBeLessThan(9000);
        // As the door of any thread: that something was found is nobody else's to know.
        const thread = { type: "thread", case: "a", page: 0, note: null, unsent: null } as const;
        expect(drawDoor(screen, facts, content, language)).toEqual(
          drawDoor(thread, facts, content, language),
        );
      }),
    );
    expect(drawn).toBeGreaterThan(20);
  });

  test("of a message names what was found, and says that sending it as it is is fine", () => {
    const text = `${sampleTraces}\nGroeten`;
    const view = message(text)?.view;
    if (!view) throw new Error("nothing was found");
    const quotes = view.body.flatMap((part) => (part.type === "quote" ? [part] : []));
    expect(quotes).toHaveLength(mostFindings);
    expect(quotes[0]).toEqual({
      type: "quote",
      label: words.say("case.pointedOut.finding", { kind: words.say("report.ownWords.kinds.ownName") }),
      text: "Anna de Vries",
    });
    expect(wordsOf(view)).toContain(words.say("report.ownWords.more", { count: 3 }));
    expect(wordsOf(view)).toMatch(
      language === "nl" ? /Zo versturen is ook goed/ : /Sending it as it is is fine too/,
    );
    expect(wordsOf(view)).toMatch(
      language === "nl" ? /kan iets missen, of zich vergissen/ : /may miss something, or be wrong/,
    );
    expect(view.buttons.map(({ label, style }) => [label, style])).toEqual([
      [language === "nl" ? "Zo versturen" : "Send as it is", "primary"],
      [words.say("case.buttons.toThread"), undefined],
      [words.say("common.buttons.done"), undefined],
    ]);
  });

  test("ticks nothing beforehand, and counts what did not fit", () => {
    const view = drawReporter(new Person({ story: sampleTraces }).look(), facts, content, language);
    expect(view.inputs).toMatchObject([{ type: "choices", id: "replace", value: [] }]);
    expect(wordsOf(view)).toContain(words.say("report.ownWords.more", { count: 3 }));
  });

  test("says that leaving it is fine, and that it can be wrong", () => {
    const view = wordsOf(drawReporter(new Person({ story }).look(), facts, content, language));
    expect(view).toMatch(language === "nl" ? /Laten staan is ook goed/ : /Leaving it is fine too/);
    expect(view).toMatch(
      language === "nl" ? /kan iets missen, of zich vergissen/ : /may miss something, or be wrong/,
    );
  });

  test("every button of it can be typed", () => {
    const typed = ["replace", "leave", "edit"] as const;
    for (const choose of typed) {
      const label = words.say(`report.ownWords.buttons.${choose}`);
      const person = new Person({ story });
      person.look();
      person.conversation = { ...person.conversation, language };
      const leads = { replace: "ownWords", leave: "review", edit: "question" }[choose];
      expect(person.say(label).type).toBe(leads);
    }
  });
});

// ── what is stored ──────────────────────────────────────────────────────────────────────────────────

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  let anna: Reporter;
  const mine = "kanarie.anna@voorbeeld.example";
  const telephone = "06-12345678";
  const told = `Hij mailt mij op ${mine} en belt ${telephone} in de nacht.`;

  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
    anna = new Reporter(bot, "29:anna");
  });
  afterEach(() => database.close());

  const draft = async () => {
    const { conversation } = await bot.world.store.transaction((tx) =>
      load(tx, bot.world.ring, anna.address, "nl", bot.world.clock.now()),
    );
    return conversation.draft;
  };
  const opened = async () => {
    const [row] = (await database.tables()).cases ?? [];
    const { view } = await new Adviser(bot, "advisers").send({ do: "desk.open", case: String(row?.id) });
    return wordsOf(view);
  };
  const seen = async () => [
    JSON.stringify(await database.tables()),
    bot.logged.join(),
    await database.bytes(),
  ];

  test("what was replaced is in nothing that is kept or sent; the report holds the general word", async () => {
    await anna.fillIn({ story: told });
    expect(wordsOf(anna.room)).toContain(mine);
    await anna.press("ownWords", { replace: ["all"] });
    expect(JSON.stringify(await draft())).not.toMatch(/kanarie\.anna|12345678/);
    await anna.press("send");
    await bot.deliver();
    const report = await opened();
    expect(report).toContain("Hij mailt mij op [e-mailadres] en belt [telefoonnummer] in de nacht.");
    expect(report).not.toMatch(/kanarie\.anna|12345678/);
    for (const text of await seen()) expect(text).not.toMatch(/kanarie\.anna|06-12345678/);
  });

  test("what was left is sent as it was written, and stands nowhere in the clear", async () => {
    await anna.fillIn({ story: told });
    const leave = anna.room.buttons.find(({ press }) => press?.do === "ownWords" && press.choose === "leave");
    const { room } = await anna.send(leave?.press as Press);
    expect(wordsOf(room)).toContain(told);
    // It is remembered, also after something else was shown.
    await anna.send({ do: "menu" });
    await anna.send({ do: "resume" });
    await anna.press("send");
    await bot.deliver();
    expect(await opened()).toContain(told);
    for (const text of await seen()) expect(text).not.toMatch(/kanarie\.anna|06-12345678/);
  });

  test("nothing that was found stands on a door", async () => {
    await anna.fillIn({ story: told });
    await anna.say("laat staan");
    const { door } = await anna.send({ do: "resume" });
    expect(wordsOf(door)).not.toContain(mine);
  });
});
