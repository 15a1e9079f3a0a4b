import fc from "fast-check";
import { readContent } from "../bots/content-files.ts";
import { contentLanguages, normalise, parseContent } from "../content/words.ts";
import { topics } from "../dialogs/core/screen.ts";
import { commands, normalise as normaliseTyped, understand } from "../dialogs/core/typed.ts";
import { questions, shippedFiles, worded } from "./shipped.ts";

/** The word lists: what can be typed for every button, option, service and topic, and for an alarm. */
const content = readContent();
const nothing = { flow: null, question: null };

describe.each(contentLanguages)("typed in a conversation in %s", (language) => {
  const lexicon = content.lexicon(language);
  const typed = (text: string) => understand(text, nothing, lexicon);

  test("every command has words", () => {
    expect(Object.keys(lexicon.commands).sort()).toEqual([...commands, "danger", "despair"].sort());
  });

  test.each([
    ["report", "report"],
    ["resume", "resume"],
    ["goOn", "resume"],
    ["reports", "reports"],
    ["code", "reports"],
    ["dutch", "dutch"],
    ["english", "english"],
    ["back", "back"],
    ["skip", "skip"],
    ["tellNow", "tellNow"],
    ["enough", "enough"],
    ["stop", "stop"],
    ["keep", "done"],
    ["clear", "clear"],
    ["send", "send"],
    ["menu", "menu"],
    ["done", "done"],
    ["find", "find"],
    ["topics", "topics"],
    ["contact", "contact"],
    ["copy", "copy"],
    ["search", "resume"],
  ])("the label of the button %s works as the button does (P19)", (button, command) => {
    for (const labels of contentLanguages) {
      expect(typed(content.words(labels).say(`common.buttons.${button}`))).toEqual({
        as: "command",
        command,
      });
    }
  });

  test.each(["replace", "leave", "edit"])(
    "the label of the button to %s works as the button does (P19)",
    (command) => {
      for (const labels of contentLanguages) {
        expect(typed(content.words(labels).say(`report.ownWords.buttons.${command}`))).toEqual({
          as: "command",
          command,
        });
      }
    },
  );

  test("greetings and answers of the other language are understood", () => {
    expect(typed("hello")).toEqual({ as: "command", command: "hello" });
    expect(typed("Hallo!")).toEqual({ as: "command", command: "hello" });
    expect(lexicon.options["report.danger.no"]).toEqual(expect.arrayContaining(["nee", "no"]));
  });

  test("an option's own label and synonyms lead to that option only", () => {
    for (const { flow, question } of worded) {
      if (question.kind !== "choice" && question.kind !== "choices") continue;
      for (const option of question.options) {
        // Words of despair come first, also as an answer (P8).
        if (option === "despair") continue;
        const own = lexicon.options[`${flow}.${question.id}.${option}`] ?? [];
        expect(own.length).toBeGreaterThan(1);
        for (const text of own) {
          expect([text, understand(text, { flow, question }, lexicon)]).toEqual([
            text,
            { as: "option", options: [option] },
          ]);
        }
      }
    }
  });

  test("typing the answer that one thinks about suicide shows where to talk now (P8)", () => {
    const safety = questions.find(({ flow, question }) => flow === "find" && question.id === "safety");
    const label = content.words(language).say("find.safety.options.despair");
    expect(understand(label, safety ?? nothing, lexicon)).toEqual({
      as: "despair",
    });
  });

  test("the label of what only has to be read means going on", () => {
    for (const { flow, question } of questions) {
      if (question.kind !== "tell") continue;
      const label = content.words(language).say(`${flow}.${question.id}.options.seen`);
      expect(understand(label, { flow, question }, lexicon)).toEqual({
        as: "command",
        command: "resume",
      });
    }
  });

  test("the labels of the topics and of the guide can be typed (P19)", () => {
    for (const labels of contentLanguages) {
      const words = content.words(labels);
      for (const topic of topics)
        expect(typed(words.say(`topics.${topic}.label`))).toEqual({ as: "topic", topic });
      expect(typed(words.say("topics.title"))).toEqual({ as: "command", command: "topics" });
      expect(typed(words.say("common.buttons.find"))).toEqual({ as: "command", command: "find" });
    }
  });

  test("every service of the directory has a name that can be typed, but the emergency number", () => {
    const shown = content.services.filter(({ drawable }) => drawable).map(({ id }) => id);
    expect(Object.keys(lexicon.services).sort()).toEqual(shown.filter((id) => id !== "112").sort());
    expect(Object.keys(lexicon.topics).sort()).toEqual([...topics].sort());
  });

  test("no words mean two things", () => {
    const all = [lexicon.commands, lexicon.services, lexicon.topics].flatMap((lists) =>
      Object.values(lists).flat(),
    );
    expect(all.filter((phrase, index) => all.indexOf(phrase) !== index)).toEqual([]);
  });

  test.each([
    "ik wil dood",
    "Ik wil niet meer leven.",
    "soms denk ik aan zelfmoord",
    "ik ga mezelf iets aandoen",
    "I want to die",
    "I don't want to live anymore",
    "i am thinking about suicide",
    "I could kill myself over this",
  ])("'%s' shows where to talk now (P8)", (text) => {
    expect(typed(text)).toEqual({ as: "despair" });
  });

  test.each([
    "ik ben in gevaar",
    "Help, hij heeft een mes",
    "moet ik 112 bellen?",
    "I'm not safe",
    "she has a weapon",
  ])("'%s' shows the emergency number (P8)", (text) => {
    expect(typed(text)).toEqual({ as: "danger" });
  });

  test.each([
    "mijn telefoon is dood",
    "de lijn is dood",
    "ik schaamde me dood",
    "ik lachte me dood",
    "collega's die er niet meer zijn",
    "hij stapte uit het team",
    "I was dead tired",
    "this is killing me",
    "I hurt my back",
    "the deadline is killing the team",
    "het is geen gevaarlijk werk",
    "een gevaarlijke machine",
  ])("'%s' is no alarm", (text) => {
    expect(["danger", "despair"]).not.toContain(typed(text).as);
  });
});

test("a word that means two things joins neither from the other language", () => {
  const files = shippedFiles();
  files["nl/lexicon.yaml"] = (files["nl/lexicon.yaml"] ?? "").replace("  skip: [", "  skip: [done, ");
  const lexicon = parseContent(files).lexicon("nl");
  expect(lexicon.commands.skip).toContain("done");
  expect(lexicon.commands.done).not.toContain("done");
  expect(lexicon.commands.done).toContain("finished");
});

test("word lists and typed text are compared in one form", () => {
  expect(normalise("  Oké, DOEN we! ")).toBe("oke doen we");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => normalise(text) === normaliseTyped(text)));
});
