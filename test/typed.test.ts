import fc from "fast-check";
import { readContent } from "../bots/content-files.ts";
import { contentLanguages } from "../content/words.ts";
import { flow, questionOf } from "../dialogs/core/flow.ts";
import { topics } from "../dialogs/core/screen.ts";
import { type Typed, understand } from "../dialogs/core/typed.ts";
import { questions } from "./shipped.ts";

const content = readContent();
const nothing = { flow: null, question: null };

const command = (name: string) => ({ as: "command", command: name });
const service = (name: string) => ({ as: "service", service: name });
const topic = (name: string) => ({ as: "topic", topic: name });
const [find, story, unknown] = [command("find"), { as: "story" }, { as: "unknown" }];

describe.each(contentLanguages)("a line typed in %s", (language) => {
  const lexicon = content.lexicon(language);
  const typed = (text: string) => understand(text, nothing, lexicon);

  test.each([
    "hulp",
    "Help!",
    "help me",
    "Ik zoek hulp",
    "vertrouwenspersoon",
    "Wie is de vertrouwenspersoon?",
    "wie is hier de vertrouwenspersoon",
    "ik wil met iemand praten",
    "Ik wil met een vertrouwenspersoon praten.",
    "wat is het telefoonnummer van de vertrouwenspersoon",
    "waar vind ik de vertrouwenspersoon van mijn afdeling",
    "hoe bereik ik de vertrouwenspersoon",
    "hallo, ik zoek hulp",
    "ik weet niet bij wie ik terecht kan",
    "adviser",
    "Who is the confidential adviser?",
    "how do I contact the confidential adviser of my department",
    "I need someone to talk to",
    "I don't know who to turn to",
    "advisor please",
    // What somebody types who has no question yet: it is not answered with "I do not understand".
    "wat moet ik doen?",
    "Ik weet niet wat ik moet doen",
    "ik ben verkracht",
    "ik word gepest",
    "mijn baas valt me lastig",
    "er is iets gebeurd",
    "ik ben te ver gegaan",
    "heb ik een meldplicht?",
    "moet ik dit melden",
    "what should I do",
    "I was raped",
    "my boss harasses me",
    "I went too far",
    "do I have to report this",
  ])("'%s' looks for an adviser or help", (text) => {
    expect(typed(text)).toEqual(find);
  });

  test.each([
    ["politie", "politie"],
    ["Wat is het nummer van de politie?", "politie"],
    ["kan ik zelf ook gewoon de politie bellen", "politie"],
    ["hoe bereik ik veilig thuis", "veilig-thuis"],
    ["Waar vind ik het nummer van Veilig Thuis als het om mijn buurvrouw gaat", "veilig-thuis"],
    ["slachtofferhulp", "slachtofferhulp"],
    ["CSG", "centrum-seksueel-geweld"],
    ["wat is het nummer van het centrum seksueel geweld", "centrum-seksueel-geweld"],
    ["113", "113"],
    ["wat is het nummer van 113", "113"],
    ["mores", "mores"],
    ["vertrouwensinspecteur", "vertrouwensinspecteurs"],
    ["wat is het telefoonnummer van de vertrouwensinspecteur", "vertrouwensinspecteurs"],
    ["klokkenluiders", "huis-voor-klokkenluiders"],
    ["Juridisch Loket?", "juridisch-loket"],
    ["patiëntenvertrouwenspersoon", "pvp"],
    ["cliëntenvertrouwenspersoon", "cvp"],
    ["vertrouwenspersoon jeugd", "jeugdstem"],
    ["discriminatie.nl", "discriminatie-nl"],
    ["wat is het nummer van sense", "sense"],
    ["what is the number of the police", "politie"],
    ["Can I call Veilig Thuis about my neighbour?", "veilig-thuis"],
    ["victim support", "slachtofferhulp"],
    ["where can I find the legal help desk", "juridisch-loket"],
    ["the number of stop it now", "stop-it-now"],
    ["disciplinary complaint", "tuchtcollege"],
  ])("'%s' asks for %s", (text, id) => {
    expect(typed(text)).toEqual(service(id));
  });

  test.each([
    ["Vertrouwelijk?", "secrecy"],
    ["is dit vertrouwelijk", "secrecy"],
    ["blijft het tussen ons als ik iets vertel", "secrecy"],
    ["privacy", "secrecy"],
    ["wat doet een vertrouwenspersoon", "adviser"],
    ["Wat kan een vertrouwenspersoon voor mij doen?", "adviser"],
    ["wat gebeurt er na een gesprek", "firstTalk"],
    ["mag ik iemand meenemen", "firstTalk"],
    ["wat is het verschil tussen een klacht en een melding", "differences"],
    ["aangifte", "differences"],
    ["ik wil een klacht indienen over mijn baas", "differences"],
    ["Is this confidential?", "secrecy"],
    ["will my boss know if I talk to you", "secrecy"],
    ["what does a confidential adviser do", "adviser"],
    ["what happens after a talk", "firstTalk"],
    ["what is the difference between a complaint and a report", "differences"],
    ["police report", "differences"],
  ])("'%s' asks about %s", (text, id) => {
    expect(typed(text)).toEqual(topic(id));
  });

  test.each([
    ["uitleg", "topics"],
    ["Good to know", "topics"],
    ["uitleg over deze bot", "help"],
    ["wie leest mee?", "help"],
    ["what can you do", "help"],
    ["melding doen bij de vertrouwenspersoon", "report"],
    ["ik wil anoniem melden", "report"],
    ["report to the adviser", "report"],
    ["mijn meldingen", "reports"],
    ["text to copy", "copy"],
    ["contact opnemen", "contact"],
  ])("'%s' is still the command %s", (text, name) => {
    expect(typed(text)).toEqual(command(name));
  });

  test.each([
    "de politie zei gisteren tegen mij dat",
    "ik heb bij de politie gezeten en toen begon het",
    "hij zei dat hij de politie ging bellen",
    "mijn chef zei dat ik de politie niet mag bellen",
    "ik wil niet dat ze met de politie praten",
    "I don't want to talk to the police about this",
    "a number of police came to our office",
    "de vertrouwenspersoon heeft mijn verhaal gewoon doorverteld aan mijn chef",
    "the adviser told my manager what I had said",
    "ik was bij slachtofferhulp en daar zeiden ze dat ik het moest melden",
    "wat is het nummer van de politie want gisteren stond hij weer bij mij voor de deur",
    "mijn collega helpt mij altijd maar nu niet meer",
    "I want him to stop it now",
    "none of this makes any sense to me",
    "hij zei dat het geheim moest blijven",
    "ik heb vorig jaar aangifte gedaan tegen hem",
    "he told me that it had to stay secret",
    "hij wil mijn nummer van iedereen op kantoor hebben",
  ])("'%s' is a story, which is told in a safer place", (text) => {
    expect(typed(text)).toEqual(story);
  });

  test.each(["he must stop it now", "that makes no sense", "stop it now", "ja maar", "hmm", "wat erg"])(
    "'%s' names nobody",
    (text) => {
      expect(typed(text)).toEqual(unknown);
    },
  );

  test.each([
    ["wat is het nummer van 112", "danger"],
    ["what is the number, 112?", "danger"],
    ["bel de politie", "danger"],
    ["call the police", "danger"],
    ["help, ik wil dood", "despair"],
    ["kan ik 113 bellen, ik denk aan zelfmoord", "despair"],
    ["can I call someone, I want to die", "despair"],
    ["ik zie het niet meer zitten", "despair"],
    // Not the command "go on".
    ["I can't go on", "despair"],
  ])("'%s' is %s first of all (P8)", (text, as) => {
    expect(typed(text)).toEqual({ as });
  });

  test("an answer to the question on the table comes before a command, a topic or a service", () => {
    const asked = flow("find").choose("who", ["one", "two"]);
    const question = questionOf(asked, "who") ?? null;
    const own = { ...lexicon, options: { "find.who.one": ["politie", "hulp"], "find.who.two": ["privacy"] } };
    const answer = (text: string) => understand(text, { flow: "find", question }, own);
    expect(answer("politie")).toEqual({ as: "option", options: ["one"] });
    expect(answer("Hulp")).toEqual({ as: "option", options: ["one"] });
    expect(answer("privacy")).toEqual({ as: "option", options: ["two"] });
    expect(answer("mores")).toEqual(service("mores"));
  });

  test("every name of a service, and every way to ask about a topic, leads there", () => {
    for (const [id, names] of Object.entries(lexicon.services)) {
      for (const name of names) expect([name, typed(name)]).toEqual([name, service(id)]);
    }
    for (const id of topics) {
      for (const phrase of lexicon.topics[id] ?? [])
        expect([phrase, typed(phrase)]).toEqual([phrase, topic(id)]);
    }
  });

  test("every direct question, from both languages, reaches a service in a line of more than five words", () => {
    for (const asking of lexicon.asking) {
      const line = `${asking} voor iemand zoals ik mores`;
      expect([asking, typed(line)]).toEqual([asking, service("mores")]);
    }
    expect(typed("voor iemand zoals ik is er mores")).toEqual(story);
  });
});

/** Lines made of words that mean something, so that phrases meet. */
const lines = (language: "nl" | "en") => {
  const lexicon = content.lexicon(language);
  const lists = [lexicon.services, lexicon.topics].flatMap((lists) => Object.values(lists).flat());
  const meant = [...lists, ...lexicon.asking, ...(lexicon.commands.find ?? []), "niet", "en", "my", "1"];
  return fc
    .array(fc.oneof(fc.constantFrom(...meant), fc.string({ unit: "grapheme" })), { maxLength: 12 })
    .map((parts) => parts.join(" "));
};

test.each(contentLanguages)(
  "nothing that names a person, service or topic sends, clears or leaves (%s)",
  (language) => {
    const lexicon = content.lexicon(language);
    const exact = new Set(Object.values(lexicon.commands).flat());
    const harmful = ["send", "clear", "stop", "skip", "tellNow", "enough", "back", "done", "copy", "contact"];
    fc.assert(
      fc.property(lines(language), (line) => {
        const found: Typed = understand(line, nothing, lexicon);
        return (
          found.as !== "command" || exact.has(line.trim().toLowerCase()) || !harmful.includes(found.command)
        );
      }),
    );
    for (const list of [...Object.values(lexicon.services), ...Object.values(lexicon.topics)]) {
      for (const phrase of list) expect(understand(phrase, nothing, lexicon).as).not.toBe("command");
    }
  },
);

test.each(contentLanguages)(
  "whatever is typed, at whatever question, is understood as something (%s)",
  (language) => {
    const lexicon = content.lexicon(language);
    const line = fc.oneof(lines(language), fc.string({ unit: "binary", maxLength: 2000 }));
    fc.assert(
      fc.property(line, fc.constantFrom(nothing, ...questions), (text, table) => {
        const found = understand(text, table, lexicon);
        if (found.as === "option" && table.question)
          expect(table.question.options).toEqual(expect.arrayContaining([...found.options]));
      }),
    );
  },
);
