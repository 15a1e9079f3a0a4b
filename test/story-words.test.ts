import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { threadPages } from "../cards/case-view.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, type ReporterFacts } from "../cards/reporter.ts";
import { contentLanguages } from "../content/words.ts";
import { converse, type Turn } from "../dialogs/core/converse.ts";
import { type Conversation, languages, newConversation } from "../dialogs/core/draft.ts";
import type { Event, Inputs, Press } from "../dialogs/core/event.ts";
import { longestText } from "../dialogs/core/flow.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { helpFor, type StoryHelp, storyHelp } from "../dialogs/core/story-words.ts";
import { evaluationFlow } from "../dialogs/evaluation.ts";
import { reportFlow } from "../dialogs/report.ts";
import { longThread, shownThread } from "./views.ts";

/** Words in somebody's own text: which help they lead to, and that they lead to nothing else. */

const content = readContent();

/** Whatever language the conversation is in: people write in both. */
function heard(text: string): readonly StoryHelp[] {
  const [dutch, english] = contentLanguages.map((language) => helpFor(text, content.lexicon(language)));
  expect(dutch).toEqual(english);
  return dutch ?? [];
}

test.each([
  "Ik wil dood.",
  "Na alles wat er gebeurd is wil ik soms gewoon dood.",
  "het is te veel. ik wil niet meer leven",
  "Ik denk de laatste weken aan zelfmoord.",
  "Ik denk vaak aan su\u00efcide, ook op het werk.",
  "\u2018s Nachts denk ik: was ik maar dood.",
  "Ik ben bang dat ik mezelf iets aandoe",
  "Ik heb gedacht om voor de trein te springen.",
  "Soms hoop ik dat ik niet meer wakker word. Ik wil nooit meer wakker worden.",
  "Het leven heeft geen zin meer zo.  Mijn leven geen zin meer.",
  "Iedereen is beter af zonder mij.",
  "Ik zie geen uitweg meer.",
  "Ik zie het niet meer zitten.",
  "Ik heb te veel pillen genomen",
  "Hij zei dat ik zelfmoord moest plegen.",
  "Een collega is uit het leven gestapt.",
  "IK WIL ER NIET MEER ZIJN!!!",
  "Ik wil eigenlijk ook gewoon niet meer leven.",
  "Soms wil ik alleen nog maar dood",
  "I really just want to die sometimes",
  "I want to die.",
  "After that meeting I just wanted to die. I still do",
  "I don\u2019t want to live anymore",
  "I do not want to be alive.",
  "I keep thinking about suicide",
  "I have thought of killing myself",
  "Everyone would be better off without me.",
  "I wish I was dead",
  "Some days I see no way out.",
  "I hurt myself on purpose last week.",
  "I'm tired of living like this",
  "I took an overdose in March.",
])("%s: 113", (text) => {
  expect(heard(text)).toEqual(["despair"]);
});

test.each([
  "Ik ben nu niet veilig.",
  "Hij staat voor mijn deur en belt steeds aan",
  "Hij heeft een mes bij zich.",
  "Ze dreigde me te vermoorden als ik iets zeg.",
  "Ik word met de dood bedreigd door een cli\u00ebnt.",
  "Ik heb doodsbedreigingen gekregen via de app.",
  "Ik durf vanavond niet naar huis.",
  "Ik zit opgesloten in het magazijn",
  "Moet ik 112 bellen?",
  "I'm not safe right now",
  "He is outside my house.",
  "She said she would kill me if I told anyone",
  "I got death threats by e-mail.",
  "I am scared to go home tonight",
  "He has a knife on him",
  "I am still bleeding",
])("%s: 112", (text) => {
  expect(heard(text)).toEqual(["danger"]);
});

test.each([
  "Hij heeft me verkracht.",
  "Daarna heeft hij mij daar weer verkracht",
  "Na de borrel ben ik verkracht door iemand van kantoor.",
  "Vannacht ben ik aangerand in de dienstkamer.",
  "Gisteren zat hij ineens met zijn handen onder mijn rok.",
  "Het was eergisteren. Hij heeft me betast bij de kluisjes.",
  "Hij heeft me betast bij de kluisjes. Dat was afgelopen vrijdag.",
  "Er zat iets in mijn drankje, ik weet niets meer",
  "Het was seks tegen mijn wil",
  "He raped me.",
  "I was sexually assaulted by a client",
  "Last night he put his hand between my legs.",
  "Someone groped me. It was two days ago",
  "I think he spiked my drink",
  "My manager forced me to have sex with him.",
])("%s: Centrum Seksueel Geweld", (text) => {
  expect(heard(text)).toEqual(["sexualViolence"]);
});

test("several kinds of words lead to each kind of help, in the order in which help cannot wait", () => {
  expect(heard("Gisteren heeft hij me verkracht. Ik wil dood. Hij staat voor mijn deur.")).toEqual(storyHelp);
});

test.each([
  // Dutch: things and ways of speaking.
  "Mijn telefoon is dood.",
  "De lijn was dood, dus ik heb gemaild.",
  "Ik kon wel door de grond zakken.",
  "Hij maakte me dood met blikken.",
  "Als blikken konden doden.",
  "Ik schaamde me dood.",
  "Ik ging dood van schaamte.",
  "Ik wilde dood gaan van schaamte niet, maar erg was het.",
  "We lachten ons dood.",
  "Ik was doodmoe en doodsbang voor het gesprek.",
  "Val toch dood, riep ze.",
  "Hij zei dat ik dood kon vallen.",
  "Dit project is dood.",
  "Het is politieke zelfmoord om hem tegen te spreken.",
  "Dat zou zelfmoord voor mijn carri\u00e8re zijn.",
  "Mijn vader is vorig jaar doodgegaan.",
  "Ik denk nog veel aan de dood van mijn moeder.",
  "Ik wil dat er een einde aan komt.",
  "Ik wil er een einde aan maken, zo kan het niet langer in ons team.",
  "Ik kan niet meer slapen.",
  "Ik kan hier niet meer tegen.",
  "Ik kan zo niet meer werken.",
  "Ik wil hier niet meer werken.",
  "Ik wil hem niet meer zien.",
  "Ik wil er niet meer zijn als hij dienst heeft.",
  "Ik zie het niet meer zitten om met haar te werken.",
  "Ik zie het niet meer zitten in dit team.",
  "Ik wil niet dood aan stress.",
  "Ik wil het onderwerp niet dood laten bloeden.",
  "Ik wil hem echt niet dood hebben.",
  "Ik wil die man dood zien, zei mijn collega over een film.",
  "De collega's die er niet meer zijn, gingen om hem weg.",
  "Als ik er niet meer ben, neemt Sam het over.",
  "Hij zei dat het team beter af is zonder mij.",
  "Ik sneed mezelf aan het papier.",
  "Ik stond voor de trein te wachten toen hij appte.",
  "Hij gooide me voor de bus.",
  "Ik ga kapot aan de werkdruk.",
  "De werkdruk is moordend.",
  "Ik kon hem wel vermoorden.",
  "Mijn baas vermoordt me als dit niet af is.",
  "Ze maakte me helemaal kapot in de vergadering.",
  "Ik had het niet meer, ik was er klaar mee.",
  "Ik voelde me doodongelukkig op die afdeling.",
  "Ik wil weg. Gewoon weg van dit werk.",
  "Het leven op kantoor is saai.",
  "We hadden een zelfverdediging training.",
  // Danger that is no danger now.
  "Het is een gevaarlijke machine.",
  "De deadline is in gevaar.",
  "Vroeger voelde ik me niet veilig bij hem.",
  "Ik voel me niet veilig in het team.",
  "Hij heeft een mes gepakt om de taart te snijden.",
  "Zij heeft de politie gebeld en toen ging hij weg.",
  "Ik heb toen 112 gebeld.",
  "Hij dreigde met ontslag.",
  "Hij stond voor mijn bureau.",
  "Hij stond vorig jaar een keer voor mijn deur.",
  "Ik durf niet naar huis te bellen tijdens het werk.",
  "Er was een noodgeval op de afdeling en hij schreeuwde.",
  "Hij bedreigde mijn baan.",
  // Sexual, and not recent violence.
  "Hij maakt grappen over verkrachting.",
  "Hij maakte vandaag een opmerking over mijn borsten.",
  "Hij keek gisteren de hele tijd naar mijn benen.",
  "Twee jaar geleden ben ik verkracht door een leraar.",
  "Vorig jaar heeft hij me aangerand. Gisteren zag ik hem weer.",
  "Als kind ben ik verkracht.",
  "Hij verkracht de taal.",
  "Zij zat ooit met haar hand onder mijn rok.",
  "Hij stuurde vandaag een foto van zichzelf.",
  "Gisteren gaf hij me een hand.",
  // English.
  "My phone died.",
  "The line went dead.",
  "You're killing it, he said.",
  "This job is killing me.",
  "The deadline is killing the team.",
  "I was dead tired.",
  "I nearly died of embarrassment.",
  "I wanted to die of embarrassment.",
  "I could have sunk into the ground.",
  "He looked daggers at me.",
  "If looks could kill.",
  "Drop dead, she said.",
  "She is drop dead gorgeous, he kept saying.",
  "It would be career suicide to speak up.",
  "That is commercial suicide.",
  "I was killing myself laughing.",
  "My boss will kill me if this is late.",
  "I could kill him sometimes.",
  "I hurt my back.",
  "I hurt myself on the machine.",
  "I cut myself on the paper.",
  "I should be cutting myself some slack.",
  "I don't want to be here on Fridays.",
  "I don't want to live in that city.",
  "I want this to end.",
  "I can't go on holiday with him there.",
  "I see no way out of the contract.",
  "He took my life savings.",
  "The project is on its last legs.",
  "I did not feel safe in that team.",
  "She has a knife collection.",
  "The police were called and he left.",
  "He threatened to fire me.",
  "He is outside my team.",
  "The printer is outside my door.",
  "He makes jokes about rape.",
  "He commented on my breasts today.",
  "Ten years ago I was raped.",
  "Last year he groped me.",
  "He kissed me on the cheek yesterday.",
  "I am down in the dumps today.",
  "",
  "...",
])("%s: nothing", (text) => {
  expect(heard(text)).toEqual([]);
});

test("no phrase of an alarm stands among the ways of speaking, and every phrase can be heard", () => {
  for (const language of contentLanguages) {
    const { stories } = content.lexicon(language);
    for (const list of ["danger", "despair", "assault"] as const)
      for (const phrase of stories[list]) {
        expect(stories.figures).not.toContain(phrase);
        expect([phrase, heard(phrase).length]).toEqual([phrase, 1]);
      }
    for (const phrase of stories.touching)
      expect(heard(`${phrase} ${stories.recent[0]}`)).toContain("sexualViolence");
    for (const phrase of stories.recent)
      expect(heard(`${stories.touching[0]}. ${phrase}`)).toContain("sexualViolence");
    for (const phrase of stories.past) expect(heard(`${stories.assault[0]} ${phrase}`)).toEqual([]);
  }
});

// ── in a report ─────────────────────────────────────────────────────────────────────────────────────

const flows = { report: reportFlow({ conflictRoute: true }), evaluation: evaluationFlow() };
const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Fatima El Idrissi",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh-nonce-1",
  places: {},
  sector: "government",
};
const despair = "Sinds die dag denk ik: ik wil niet meer leven.";
const calm = "Sinds die dag denk ik: ik wil niet meer werken.";

class Person {
  conversation: Conversation = { ...newConversation("nl"), introduced: true };
  turn: Turn | null = null;
  happen(event: Event): Screen {
    const setup = setupIn(content, { flows, languages, fresh: "draft-1" });
    this.turn = converse(this.conversation, event, setup);
    this.conversation = this.turn.conversation;
    return this.turn.screen;
  }
  press(press: Press, inputs: Inputs = {}): Screen {
    return this.happen({ type: "press", press, inputs });
  }
  answer(question: string, answer: string): Screen {
    return this.press({ do: "answer", draft: "draft-1", question }, { answer });
  }
  /** Skips on to this question, or to check-your-answers. */
  skipTo(to: string): Screen {
    for (;;) {
      const screen = this.press({ do: "resume" });
      if (screen.type !== "question" || screen.question === to) return screen;
      const { draft, question, skippable, options } = screen;
      if (skippable) this.press({ do: "skip", draft, question });
      else this.answer(question, options[0] ?? "");
    }
  }
  atStory(): this {
    this.press({ do: "start", flow: "report" });
    this.skipTo("story");
    return this;
  }
}

const offeredOn = (screen: Screen) => ("offered" in screen ? screen.offered : undefined);

describe("a story with words of despair", () => {
  test("is followed by where to talk, on the question that comes next anyway, and nothing else changes", () => {
    const [one, other] = [new Person().atStory(), new Person().atStory()];
    const [worried, calmly] = [one.answer("story", despair), other.answer("story", calm)];
    expect(worried).toMatchObject({ type: "question", question: "more", offered: ["despair"] });
    const { offered: _, ...without } = worried as Extract<Screen, { type: "question" }>;
    expect(without).toEqual(calmly);
    expect(one.turn?.effects).toEqual([]);
    const kept = JSON.stringify(one.conversation);
    expect(kept.replace(despair, calm)).toBe(JSON.stringify(other.conversation));
    // From there on the two are the same, up to what is sent.
    const rows = (person: Person) => {
      const review = person.skipTo("");
      if (review.type !== "review") throw new Error(review.type);
      person.press({ do: "send", draft: "draft-1", revision: review.revision });
      return JSON.stringify(person.turn?.effects);
    };
    expect(rows(one).replace(despair, calm)).toBe(rows(other));
  });

  test("offers it again after a reload and in the other language, and no longer further on", () => {
    const person = new Person().atStory();
    person.answer("story", despair);
    expect(offeredOn(person.press({ do: "resume" }))).toEqual(["despair"]);
    expect(offeredOn(person.press({ do: "language", language: "en", question: "more" }))).toEqual([
      "despair",
    ]);
    expect(offeredOn(person.press({ do: "skip", draft: "draft-1", question: "more" }))).toBeUndefined();
  });

  test.each<[string, Press]>([
    ["skipped", { do: "skip", draft: "draft-1", question: "story" }],
    ["stopped", { do: "stop", draft: "draft-1", question: "story" }],
    ["gone back", { do: "back", draft: "draft-1", question: "story" }],
    ["another language", { do: "language", language: "en", question: "story" }],
  ])("offers it when it is left unfinished: %s", (_, press) => {
    const screen = new Person().atStory().press(press, { answer: despair });
    expect(offeredOn(screen)).toEqual(["despair"]);
  });

  test("offers it on check-your-answers when it was changed there", () => {
    const person = new Person().atStory();
    person.answer("story", calm);
    person.skipTo("");
    person.press({ do: "change", draft: "draft-1" }, { change: "story" });
    expect(person.answer("story", despair)).toMatchObject({ type: "review", offered: ["despair"] });
  });

  test("offers nothing in the chat, whose messages stay: there it is a door like any other (P2)", () => {
    const person = new Person().atStory();
    for (const screen of [
      person.answer("story", despair),
      person.press({ do: "stop", draft: "draft-1", question: "more" }, { answer: despair }),
    ]) {
      for (const language of contentLanguages) {
        const door = drawDoor(screen, facts, content, language);
        const { offered: _, ...bare } = screen as { offered?: unknown } & typeof screen;
        expect(door).toEqual(drawDoor(bare as Screen, facts, content, language));
        expect(plainText(door)).not.toContain("113");
        const room = drawReporter(screen, facts, content, language);
        expect([room.privacy, plainText(room)]).toEqual(["private", expect.stringContaining("113")]);
        expect(room.body[0]).toEqual({
          type: "text",
          text: content.words(language).say("common.offered.despair").split("\n")[0],
          tone: "strong",
        });
      }
    }
  });
});

test("in a text that is kept for oneself nothing is looked for", () => {
  const person = new Person();
  person.press({ do: "start", flow: "evaluation" });
  const text = flows.evaluation.items.find((item) => item.kind === "text");
  if (!text) throw new Error("no text is asked");
  expect(offeredOn(person.answer(text.id, despair))).toBeUndefined();
});

describe("a message to the adviser with words of despair", () => {
  const cases = ["case-1"];
  const say = { do: "say", case: "case-1", nonce: "nonce-of-a-form" } as const;
  const writing = () => {
    const person = new Person();
    person.conversation = { ...person.conversation, cases };
    return person;
  };

  test("is sent as it is, and followed by where to talk; nothing else changes", () => {
    const [one, other] = [writing(), writing()];
    const [worried, calmly] = [one.press(say, { text: despair }), other.press(say, { text: calm })];
    expect(worried).toEqual({ ...calmly, offered: ["despair"] });
    expect(one.turn?.effects).toEqual([
      { type: "sayToAdviser", case: "case-1", nonce: say.nonce, shown: 0, text: despair },
    ]);
    expect(one.conversation).toEqual(other.conversation);
  });

  test("is followed by it too when it is too long, and when the case is not there any more", () => {
    const long = writing().press(say, { text: despair + " ".repeat(longestText) + calm });
    expect(long).toMatchObject({ type: "thread", note: "tooLong", offered: ["despair"] });
    const gone = writing().press({ ...say, case: "case-2" }, { text: despair });
    expect(gone).toMatchObject({ type: "reports", note: "noSuchReport", offered: ["despair"] });
  });

  test("is met once: with the next turn no trace of it is left", () => {
    const person = writing();
    person.press(say, { text: despair });
    for (const press of [{ do: "thread", case: "case-1" }, { do: "reports" }] as const)
      expect(offeredOn(person.press(press))).toBeUndefined();
    expect(offeredOn(person.press(say, { text: calm }))).toBeUndefined();
    expect(JSON.stringify(person.conversation)).not.toContain("despair");
  });

  test("offers nothing for words in any other form", () => {
    for (const press of [{ do: "reports" }, { do: "receipt" }] as const)
      expect(offeredOn(writing().press(press, { text: despair, receipt: despair }))).toBeUndefined();
  });

  test("leaves the door as it is for any message (P2)", () => {
    for (const press of [say, { ...say, case: "case-2" }]) {
      const [worried, calmly] = [
        writing().press(press, { text: despair }),
        writing().press(press, { text: calm }),
      ];
      for (const language of contentLanguages)
        expect(drawDoor(worried, facts, content, language)).toEqual(
          drawDoor(calmly, facts, content, language),
        );
    }
  });

  test.each(contentLanguages)(
    "fits beside the longest page of messages and the longest text, in %s",
    (language) => {
      const words = content.words(language);
      const [messages = []] = threadPages(longThread);
      const thread = { ...shownThread, id: "v".repeat(130), messages, pages: 99 };
      const at = { type: "thread", case: "a", page: 0, offered: storyHelp } as const;
      const drawn = (screen: Screen, state: "acknowledged" | "closed" = "acknowledged") => {
        const shown = { ...facts, fresh: "0".repeat(36), cases: [], thread: { ...thread, state } };
        const room = drawReporter(screen, shown, content, language);
        drawCard(room, { surface: "room" });
        drawModal(room, { title: "Vertrouwd", close: "Sluiten" });
        expect(plainText(room).length).toBeLessThan(9000);
        return plainText(room);
      };
      const sent = drawn({ ...at, note: "messageSent", unsent: null });
      const unsent = [
        drawn({ ...at, note: "tooLong", unsent: '"'.repeat(longestText) }),
        drawn({ ...at, note: "caseClosed", unsent: "ja\n".repeat(longestText / 3) }, "closed"),
        drawn({ type: "reports", cases: [], note: "noSuchReport", offered: storyHelp }),
      ];
      // What was sent was sent; that nothing was, is said only where it is so.
      const first = (key: string, line: number) => words.say(key).split(". ")[line] ?? "";
      const nothingSent = language === "nl" ? "Er is niets verstuurd" : "Nothing has been sent";
      expect(sent).toContain(first("case.thread.offeredAfter", 2));
      expect(sent).not.toContain(nothingSent);
      for (const text of unsent) expect(text).toContain(nothingSent);
      for (const text of [sent, ...unsent])
        for (const number of ["112", "113"]) expect(text).toContain(number);
    },
  );
});

describe.each(contentLanguages)("help beside a text in %s", (language) => {
  /** Slack's fields take no more than is taken; a Teams form can hold twice as much, and gives it back. */
  test.each([
    [longestText, "both"],
    [2 * longestText, "Teams"],
  ] as const)("fits beside a text of %s quotation marks, on %s", (length, platforms) => {
    const person = new Person().atStory();
    const longest = '"'.repeat(length);
    const words = "ik wil dood. hij staat voor mijn deur. hij heeft me verkracht";
    person.press({ do: "back", draft: "draft-1", question: "more" }, { answer: longest });
    person.skipTo("story");
    const next = person.answer("story", words);
    expect(next).toMatchObject({ question: "more", given: longest, offered: storyHelp });
    const leave: Press = { do: "stop", draft: "draft-1", question: "more" };
    for (const screen of [next, person.press(leave, { answer: words })]) {
      const room = drawReporter(screen, facts, content, language);
      drawCard(room, { surface: "room" });
      if (platforms === "both") {
        drawModal(room, { title: "Vertrouwd", close: "Sluiten" });
        expect(plainText(room)).toContain("113");
      }
    }
  });

  test("names a service that was checked too long ago, without its number", () => {
    const old = { ...content, hidden: new Set(["113"]) };
    const screen = new Person().atStory().answer("story", despair);
    const text = plainText(drawReporter(screen, facts, old, language));
    expect(text).toContain(content.help("113", language).name);
    expect(text).not.toContain("0800");
  });

  test("says that nobody was told, and leaves who did not mean it free to go on", () => {
    const after = content.words(language).say("common.offered.after");
    expect(after).toMatch(language === "nl" ? /Niemand heeft hierdoor/ : /Nobody has heard/);
    expect(after).toMatch(language === "nl" ? /ga dan gewoon verder/i : /simply go on/i);
  });
});
