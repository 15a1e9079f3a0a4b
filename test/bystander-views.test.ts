import { readFileSync } from "node:fs";
import fc from "fast-check";
import { setupIn } from "../bots/setup.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, MissingFacts, type ReporterFacts } from "../cards/reporter.ts";
import type { Button, View } from "../cards/view.ts";
import { contentLanguages, type Language } from "../content/words.ts";
import { aftercareFlow, afterOptions } from "../dialogs/aftercare.ts";
import { adviceFor, type Because, rules, type Tactic } from "../dialogs/bystander/advice.ts";
import { afterFor } from "../dialogs/bystander/after.ts";
import { options, sceneOf } from "../dialogs/bystander/situation.ts";
import { bystanderFlow } from "../dialogs/bystander.ts";
import { converse, type Setup } from "../dialogs/core/converse.ts";
import { type Draft, languages, newConversation } from "../dialogs/core/draft.ts";
import { Press } from "../dialogs/core/event.ts";
import type { Answers, Flow } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { placeOf } from "../dialogs/core/show.ts";
import { sectors } from "../dialogs/find/situation.ts";
import { findFlow } from "../dialogs/find.ts";
import { reportFlow } from "../dialogs/report.ts";
import { sceneFlow, scenes } from "../dialogs/scenes.ts";
import { faultsIn } from "./fakes/card-parser.ts";
import { Modal } from "./fakes/slack/limits.ts";
import { canary, checkView, content, everything, keys } from "./views.ts";

const tactics = keys({
  callHelp: true,
  distract: true,
  delegate: true,
  direct: true,
  delay: true,
} satisfies Record<Tactic, true>);
const becauses = keys({
  danger: true,
  unsafe: true,
  tense: true,
  above: true,
  below: true,
  outside: true,
  speak: true,
  distract: true,
  fetch: true,
  notNow: true,
  anything: true,
} satisfies Record<Because, true>);

const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Anna, Sam",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh",
  places: {},
  sector: "government",
};
const modal = { title: "Vertrouwd", close: "Sluiten" };

/** Every way to answer a guide, skipped questions included. */
function ways(flow: Flow, answers: Answers = {}): readonly Answers[] {
  const { place } = resolve(flow, answers);
  if (place.at !== "question") return [answers];
  const { id, options: some, skippable } = place.question;
  return [...some, ...(skippable ? [null] : [])].flatMap((one) => ways(flow, { ...answers, [id]: one }));
}
const nows = ways(bystanderFlow());
const afters = ways(aftercareFlow());

function draftOf(flow: Flow, answers: Answers, revisiting: string | null = null): Draft {
  return {
    id: "draft",
    flow: flow.id,
    answers: answers as Draft["answers"],
    unfinished: {},
    revisiting,
    revision: 1,
    reviewed: null,
    decided: {},
    guide: true,
    to: null,
  };
}
const at = (flow: Flow, answers: Answers, revisiting: string | null = null) =>
  placeOf(draftOf(flow, answers, revisiting), flow);

/** Draws on both platforms, as a room or as a door: a view that one would refuse throws. */
function fits(view: View, surface: "room" | "door"): void {
  const { actions = [], ...card } = drawCard(view, { surface });
  // The renderer's own settings show five actions; Teams shows six.
  expect(faultsIn({ ...card, actions: actions.slice(0, 5) })).toEqual([]);
  if (surface === "door") drawMessage(view);
  else Modal.parse(drawModal(view, modal));
}

/** What each language says to go towards the person whose behaviour it is, to speak up, or to step in between. */
const towards: Readonly<Record<Language, RegExp>> = {
  nl: /deze persoon|die dit doet|de ander\b|aanspre|spreek|sprak|erop af|\bstop|confront|ertussen|ingrijp|tegen (hem|haar)/i,
  en: /this person|who does this|the other|speak (up|to)|confront|step (in|up)|\bstop|intervene|\b(him|her)\b/i,
};
/** What each language would say to decide for the person it happened to. */
const deciding: Readonly<Record<Language, RegExp>> = {
  nl: /(wie dit overk\w+|je collega|die persoon) moet|doe aangifte|moet (aangifte|melden|praten)|overtuig|haal .* over\b|namens/i,
  en: /(it happen\w+ to|your colleague|they) (must|should|has to|have to)|file a|persuade|convince|on behalf/i,
};

describe.each(contentLanguages)("what a bystander sees in %s", (language) => {
  const words = content.words(language);
  const room = (screen: Screen, more: Partial<ReporterFacts> = {}) =>
    drawReporter(screen, { ...facts, ...more }, content, language);
  const door = (screen: Screen, more: Partial<ReporterFacts> = {}) =>
    drawDoor(screen, { ...facts, ...more }, content, language);
  const now = (answers: Answers) =>
    room(at(bystanderFlow(), answers), { advice: adviceFor(sceneOf(answers)) });
  const afterwards = (answers: Answers, sector: (typeof sectors)[number] = "business") =>
    room(at(aftercareFlow(), answers), { after: afterFor(sector, answers) });
  const presses = (view: View) => view.buttons.map(({ press }) => press);
  const does = (view: View) => presses(view).map((press) => press?.do);
  const say = (key: string) => words.say(key);
  /** The words to say for a tactic, in every place, with how to do it and to whom. */
  const told = (tactic: Tactic) =>
    ["room", "online", "outing"]
      .flatMap((where) => ["say", "how"].map((part) => `bystander.${part}.${tactic}.${where}`))
      .filter(words.has)
      .concat(`bystander.do.${tactic}.title`, `bystander.do.${tactic}.to`)
      .map(say);

  test("begins on a page that says nothing of anybody, the same in a message", () => {
    const view = room({ type: "bystander" });
    expect(presses(view)).toEqual([
      { do: "start", flow: "bystander" },
      { do: "start", flow: "aftercare" },
      { do: "scenes" },
      { do: "topic", topic: "barriers" },
      { do: "menu" },
      expect.objectContaining({ do: "language" }),
    ]);
    expect(plainText(view)).toContain(content.help("112", language).contact[0]);
    expect(door({ type: "bystander" })).toEqual(view);
    checkView(view, Press, 6);
    fits(view, "door");
  });

  describe("a question that one press answers", () => {
    const flows = [bystanderFlow(), aftercareFlow()];
    const asked = flows.flatMap((flow) =>
      flow.items.flatMap((item) => (item.kind === "choice" ? [{ flow, question: item }] : [])),
    );
    const upTo = (flow: Flow, question: string) => {
      const [way = {}] = (flow.id === "bystander" ? nows : afters).filter((answers) => question in answers);
      const entries = Object.entries(way);
      return Object.fromEntries(
        entries.slice(
          0,
          entries.findIndex(([id]) => id === question),
        ),
      );
    };

    test.each(asked.map(({ flow, question }) => [flow.id, question.id, flow, question] as const))(
      "%s: %s has its options as buttons, or as a form where those are too many",
      (_, id, flow, question) => {
        const screen = at(flow, upTo(flow, id));
        const view = room(screen);
        checkView(view, Press, 4);
        expect(view.privacy).toBe("neutral");
        const here = { draft: "draft", question: id };
        const tapped: Pick<Button, "label" | "press">[] = question.options.map((option) => ({
          label: say(`${flow.id}.${id}.options.${option}`),
          press: { do: "answer", ...here, option },
        }));
        const inAll =
          question.options.length + Number(question.skippable) + Number(id !== "safety" && id !== "over") + 1;
        expect(view.inputs).toHaveLength(inAll > 6 ? 1 : 0);
        if (inAll > 6) return;
        expect(view.buttons.slice(0, question.options.length)).toEqual(tapped);
        expect(door(screen).buttons).toEqual(view.buttons);
        expect(does(view).includes("skip")).toBe(question.skippable);
        expect(does(view)).toContain("stop");
        expect(plainText(door(screen))).toContain(say("common.door.typeTap"));
      },
    );

    test("of what happens now is always one press, whatever else stands there", () => {
      for (const { flow, question } of asked.filter(({ flow: { id } }) => id === "bystander"))
        expect(room(at(flow, upTo(flow, question.id))).inputs).toEqual([]);
    });

    test("tells what was chosen before, and only where nobody looks", () => {
      const [first] = nows.filter(({ safety }) => safety === "calm");
      const screen = at(bystanderFlow(), first ?? {}, "power");
      const view = room(screen);
      const chosen = say("bystander.power.options.peer");
      expect(plainText(view)).toContain(words.say("common.input.given", { answer: chosen }));
      expect(view.privacy).toBe("private");
      expect(everything(door(screen))).not.toContain(chosen);
      expect(presses(door(screen))).toEqual([{ do: "resume" }, { do: "menu" }]);
    });

    test("makes place for the languages last", () => {
      const safety = at(bystanderFlow(), {});
      expect(does(room(safety))).toEqual([...Array(4).fill("answer"), "stop", "language"]);
      expect(does(room(at(bystanderFlow(), { safety: "calm" })))).toEqual([
        ...Array(4).fill("answer"),
        "back",
        "stop",
      ]);
    });
  });

  test("has words for every approach, reason and place", () => {
    for (const tactic of tactics) {
      expect(told(tactic).length).toBeGreaterThan(3);
      expect(words.has(`bystander.never.${tactic}.p2`)).toBe(true);
    }
    for (const because of becauses) expect(say(`bystander.because.${because}`)).not.toBe("");
  });

  test("is sent towards the person whose behaviour it is by `direct` only", () => {
    for (const tactic of tactics.filter((one) => one !== "direct"))
      expect([tactic, told(tactic).filter((text) => towards[language].test(text))]).toEqual([tactic, []]);
    // The list itself would notice: the one that does go there is on it.
    expect(told("direct").some((text) => towards[language].test(text))).toBe(true);
  });

  test("is sent towards nobody from the moment that it is not safe, also who manages the person", () => {
    const safe = [say("bystander.mustAct.safe"), ...told("direct")];
    for (const answers of nows.filter(({ safety }) => safety !== "calm")) {
      const text = plainText(now(answers));
      expect(safe.filter((one) => text.includes(one))).toEqual([]);
    }
    for (const answers of afters.filter(({ over }) => over !== "over"))
      expect(plainText(afterwards(answers))).not.toContain(say("bystander.mustAct.safe"));
  });

  test("never decides for the person it happened to, now or afterwards", () => {
    const all = [...nows.map(now), ...afters.map((answers) => afterwards(answers))].flatMap((view) =>
      view.body.flatMap((part) =>
        part.type === "list" ? part.items : part.type === "text" || part.type === "say" ? [part.text] : [],
      ),
    );
    expect([...new Set(all)].filter((text) => deciding[language].test(text))).toEqual([]);
  });

  describe("now", () => {
    test("one thing to do, with a sentence drawn large on top, and a second", () => {
      for (const answers of nows) {
        const view = now(answers);
        const { first, second, because } = adviceFor(sceneOf(answers));
        expect(view.title).toBe(say(`bystander.do.${first}.title`));
        const parts = view.body.map(({ type }) => type);
        expect(parts.indexOf("say")).toBe(first === "callHelp" ? 1 : 0);
        expect(parts.filter((type) => type === "say")).toHaveLength(1);
        const text = plainText(view);
        expect(text).toContain(say(`bystander.because.${because}`));
        expect(text).toContain(say(`bystander.do.${second}.title`));
        expect(text).toContain(say(`bystander.never.${first}.p1`));
        expect(text).toContain(say("bystander.outcome.later"));
        // Delay is in the words of every outcome, with its sentence, and once.
        const delay = ["room", "online"].map((where) => say(`bystander.say.delay.${where}`));
        expect(delay.reduce((sum, one) => sum + text.split(one).length - 1, 0)).toBe(1);
        expect(text).toContain(content.help("112", language).contact[0]);
      }
    });

    test("the sentence fits the place; one without a sentence of its own has that of a room", () => {
      const spoken = (where: string | null) => {
        const [first] = now({ safety: "calm", power: "above", where, able: "speak" }).body;
        return first?.type === "say" ? first.text : "";
      };
      for (const where of options.where)
        expect(spoken(where)).toContain(say(`bystander.say.distract.${where}`));
      expect(spoken(null)).toBe(spoken("room"));
    });

    test("danger puts the emergency number above everything, and nothing stands in for calling", () => {
      const view = now({ safety: "danger" });
      expect(view.body[0]).toMatchObject({
        type: "help",
        service: { contact: content.help("112", language).contact },
      });
      expect(plainText(view)).not.toContain(say("bystander.outcome.second"));
    });

    test("who manages the person is told that they must act today, and nobody else", () => {
      for (const answers of nows) {
        const must = plainText(now(answers)).includes(say("bystander.mustAct.text"));
        expect(must).toBe(answers.power === "below");
      }
    });

    test("is private, leads on, and leaves nothing at the door", () => {
      const [answers = {}] = nows.filter(({ power }) => power === "below");
      const screen = at(bystanderFlow(), answers);
      const advice = adviceFor(sceneOf(answers));
      expect(presses(room(screen, { advice })).slice(0, 3)).toEqual([
        { do: "start", flow: "aftercare", from: "draft" },
        { do: "start", flow: "find" },
        { do: "back", draft: "draft" },
      ]);
      const outside = door(screen, { advice });
      // Whatever was answered, who typed of danger sees the number at once (P8).
      expect(plainText(outside)).toContain(content.help("112", language).contact[0]);
      expect(everything(outside)).toBe(everything(door(at(bystanderFlow(), { safety: "danger" }))));
      expect(outside.title).toBe(say("common.door.title"));
      expect(presses(outside)).toEqual([{ do: "resume" }, { do: "menu" }]);
      expect(() => room(screen)).toThrow(MissingFacts);
      expect(() => door(screen)).not.toThrow();
    });

    test("is short: fewer than 180 words to read for who does not manage anybody", () => {
      for (const answers of nows.filter(({ power }) => power !== "below")) {
        const read = plainText(now(answers)).split("[")[0] ?? "";
        expect(read.split(/\s+/).length).toBeLessThan(180);
      }
    });
  });

  describe("afterwards", () => {
    const quiet: Answers = { over: "over", toWhom: "colleague", about: "bullying", power: "peer" };

    test("how to be there comes first, and a report is one press away with what was chosen", () => {
      const view = afterwards(quiet);
      expect(view.body[0]).toMatchObject({ type: "say" });
      expect(presses(view)[0]).toEqual({ do: "start", flow: "report", from: "draft" });
      expect(plainText(view)).toContain(say("aftercare.witness").split("\n")[0]);
      const draft = draftOf(aftercareFlow(), quiet);
      const conversation = { ...newConversation(language), introduced: true, draft };
      const { screen, conversation: next } = converse(
        conversation,
        { type: "press", press: Press.parse(presses(view)[0]), inputs: {} },
        setup("report"),
      );
      expect(screen).toMatchObject({ type: "question", flow: "report" });
      expect(next.draft?.answers).toMatchObject({ part: "saw", relation: "colleague", kind: ["bullying"] });
    });

    test("sexual behaviour puts the centre for it above everything else (P8)", () => {
      for (const answers of afters.filter(({ about, over }) => about === "sexual" && over === "over")) {
        const { body } = afterwards(answers);
        expect(body[1]).toMatchObject({
          service: { name: content.help("centrum-seksueel-geweld", language).name },
        });
      }
    });

    test("what goes on leads back to what one can do now, with the emergency number", () => {
      const view = afterwards({ ...quiet, over: "goesOn" });
      expect(presses(view)).toContainEqual({ do: "start", flow: "bystander" });
      expect(plainText(view)).toContain(content.help("112", language).contact[0]);
      expect(presses(afterwards(quiet))).not.toContainEqual({ do: "start", flow: "bystander" });
    });

    test("a duty is named with what it rests on, said to go before a talk, and told in full a page away", () => {
      const client: Answers = { over: "over", toWhom: "client", about: "aggression", power: "peer" };
      const view = afterwards(client, "healthcare");
      const duty = content.duty("careViolence", language);
      expect(plainText(view)).toContain(`${duty.name}: ${say("common.duty.kinds.law")}`);
      expect(plainText(view)).toContain(say("aftercare.duties.binding"));
      expect(presses(view)).toContainEqual({ do: "duties", draft: "draft" });
      const page = room(
        { type: "duties", flow: "aftercare", draft: "draft", answers: client },
        { after: afterFor("healthcare", client) },
      );
      for (const step of duty.steps) expect(plainText(page)).toContain(step);
      expect(page.privacy).toBe("private");
      checkView(page, Press, 4);
      expect(plainText(afterwards(quiet))).not.toContain(say("aftercare.duties.binding"));
    });

    test("what no law or rule asks is not said to be one", () => {
      const told = plainText(afterwards({ ...quiet, power: "below" }));
      expect(told).toContain(say("bystander.mustAct.text"));
      expect(told).toContain(content.duty("manager", language).name);
      expect(told).not.toContain(say("aftercare.duties.binding"));
    });

    test("is private, and leaves nothing at the door", () => {
      const screen = at(aftercareFlow(), quiet);
      expect(afterwards(quiet).privacy).toBe("private");
      expect(presses(door(screen))).toEqual([{ do: "resume" }, { do: "menu" }]);
      expect(() => room(screen)).toThrow(MissingFacts);
    });
  });

  describe("to practise", () => {
    const ids = scenes.map(({ id }) => id);
    const list = (practised: readonly string[], ping: "daily" | "weekly" | null = null): Screen => ({
      type: "scenes",
      scenes: ids,
      practised,
      ping,
    });

    test("scenes stand in a list, with the next one ready and those done marked in words", () => {
      const [first = "", second = ""] = ids;
      const view = room(list([first]));
      expect(view.inputs).toMatchObject([{ type: "choice", id: "scene", shape: "dropdown", value: second }]);
      const [input] = view.inputs;
      const labels = input?.type === "choice" ? input.options.map(({ label }) => label) : [];
      expect(labels).toHaveLength(ids.length);
      expect(labels[0]).toBe(words.say("bystander.practice.done", { scene: say(`scenes.${first}.label`) }));
      expect(labels[1]).toBe(say(`scenes.${second}.label`));
      expect(view.privacy).toBe("private");
      expect(does(view)[0]).toBe("scene");
      expect(presses(door(list([first])))).toEqual([{ do: "scenes" }, { do: "menu" }]);
    });

    test("what was done can be forgotten, and a message is sent only to who asks for it", () => {
      for (const practised of [[], ids]) {
        for (const ping of [null, "daily", "weekly"] as const) {
          const view = room(list(practised, ping));
          checkView(view, Press, 4);
          expect(does(view).includes("forgetPractice")).toBe(practised.length > 0);
          const every = presses(view).flatMap((press) => (press?.do === "practicePing" ? [press.every] : []));
          expect(every).toEqual(ping === null ? ["daily", "weekly"] : ["never"]);
          fits(view, "room");
          fits(door(list(practised, ping)), "door");
        }
      }
    });

    test("a scene's name is cut off before the word that it was done", () => {
      const long = {
        ...content,
        words: (one: Language) => {
          const own = content.words(one);
          return {
            ...own,
            say: (key: string, params?: Record<string, string | number>) =>
              /^scenes\.\w+\.label$/.test(key) ? "x".repeat(75) : own.say(key, params),
          };
        },
      };
      const [input] = drawReporter(list(ids), facts, long, language).inputs;
      for (const { label } of input?.type === "choice" ? input.options : []) {
        expect(label.length).toBeLessThanOrEqual(75);
        expect(label).toMatch(/x…? \(\w+\)$/);
      }
    });

    test.each(scenes.map((scene) => [scene.id, scene] as const))(
      "%s: the scene, what may come of each choice, another way, and one's own sentence beside ours",
      (id, scene) => {
        const flow = sceneFlow(scene);
        const asked = at(flow, {});
        for (const paragraph of say(`scenes.${id}.response.why`)
          .split(/\n+/)
          .filter((line) => line !== ""))
          expect(room(asked).body).toContainEqual({ type: "text", text: paragraph, tone: "plain" });
        for (const screen of [asked, at(flow, { response: "a" })]) {
          checkView(room(screen), Press, 3);
          fits(room(screen), "room");
          fits(door(screen), "door");
        }
        for (const response of scene.options) {
          for (const own of [null, canary]) {
            const outcome = at(flow, { response, own });
            const view = room(outcome);
            const text = plainText(view);
            expect(text).toContain(say(`scenes.${id}.results.${response}`).split("\n")[0]);
            expect(text).toContain(say(`scenes.${id}.other`).split("\n")[0]);
            const quotes = view.body.flatMap((part) => (part.type === "quote" ? [part.text] : []));
            expect(quotes).toEqual([say(`scenes.${id}.say`), ...(own === null ? [] : [own])]);
            if (words.has(`scenes.${id}.careful`))
              expect(text).toContain(say(`scenes.${id}.careful`).split("\n")[0]);
            expect(view.privacy).toBe("private");
            expect(does(view)).toEqual(["scenes", "back", "menu", "language"]);
            expect(everything(door(outcome))).not.toContain(canary);
            checkView(view, Press, 4);
            fits(view, "room");
          }
        }
      },
    );
  });

  test("what makes it hard: five steps, figures only with their source, and the way back", () => {
    const view = room({ type: "topic", topic: "barriers", guideOpen: false });
    expect(view.body).toContainEqual(expect.objectContaining({ type: "list", numbered: true }));
    const steps = view.body.flatMap((part) => (part.type === "list" ? part.items : []));
    expect(steps).toHaveLength(5);
    expect(plainText(view)).toMatch(/Philpot.*2020/);
    expect(plainText(view)).not.toMatch(/kwart|quarter|79|86|procent|per cent|%/i);
    expect(does(view)).toEqual(["bystander", "menu", "language"]);
    expect(view.privacy).toBe("neutral");
    checkView(view, Press, 3);
  });

  test("every screen of both guides fits on both platforms, whatever is answered", () => {
    // Many answers lead to the same view.
    const outcomes = new Map(nows.map((answers) => [everything(now(answers)), now(answers)]));
    expect(outcomes.size).toBeGreaterThan(30);
    for (const view of outcomes.values()) {
      checkView(view, Press, 5);
      fits(view, "room");
    }
    for (const flow of [bystanderFlow(), aftercareFlow()]) {
      for (const answers of flow.id === "bystander" ? nows : afters) {
        for (const id of Object.keys(answers)) {
          const screen = at(flow, answers, id);
          checkView(room(screen), Press, 2);
        }
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...afters), fc.constantFrom(...sectors), (answers, sector) => {
        const view = afterwards(answers, sector);
        checkView(view, Press, 4);
        fits(view, "room");
      }),
      { numRuns: 100 },
    );
  });

  test("from the first page to what to do is at most four presses more, in danger one", () => {
    const open = Press.parse(presses(room({ type: "bystander" }))[0]);
    const count = (safety: string, last: number): number => {
      let conversation = { ...newConversation(language), introduced: true };
      let turn = converse(conversation, { type: "press", press: open, inputs: {} }, setup("now"));
      let made = 0;
      while (turn.screen.type === "question") {
        const view = room(turn.screen);
        expect(view.inputs).toEqual([]);
        const taps = presses(view).flatMap((one) => (one?.do === "answer" ? [one] : []));
        const press = taps.find(({ option }) => option === safety) ?? taps[last % taps.length];
        if (!press) throw new Error("a question without a button that answers it");
        conversation = turn.conversation;
        turn = converse(conversation, { type: "press", press, inputs: {} }, setup("now"));
        made += 1;
      }
      expect(turn.screen).toMatchObject({ type: "outcome", flow: "bystander" });
      return made;
    };
    for (const safety of options.safety)
      for (const last of [0, 1, 2, 3]) expect(count(safety, last)).toBe(safety === "danger" ? 1 : 4);
  });

  test("typing that one sees something, and then what the first button says, begins at once", () => {
    let conversation = { ...newConversation(language), introduced: true };
    const type = (text: string) => {
      const turn = converse(conversation, { type: "text", text }, setup("typed"));
      conversation = turn.conversation;
      return turn.screen;
    };
    expect(type(say("common.buttons.bystander"))).toEqual({ type: "bystander" });
    const begun = type(say("bystander.buttons.now"));
    expect(begun).toMatchObject({ type: "question", flow: "bystander", question: "safety", oneTap: true });
    expect(does(door(begun)).filter((one) => one === "answer")).toHaveLength(options.safety.length);
    expect(type(say("bystander.safety.options.calm"))).toMatchObject({ question: "power" });
    expect(type("2")).toMatchObject({ question: "where" });
  });

  test.each([
    ["bystander.buttons.after", { type: "question", flow: "aftercare" }],
    ["bystander.buttons.next", { type: "question", flow: "aftercare" }],
    ["bystander.buttons.practise", { type: "scenes" }],
    ["bystander.buttons.another", { type: "scenes" }],
    ["bystander.buttons.forget", { type: "scenes", practised: [] }],
    ["bystander.buttons.someone", { type: "question", flow: "find" }],
    ["bystander.buttons.witness", { type: "question", flow: "report" }],
    ["topics.barriers.label", { type: "topic", topic: "barriers" }],
  ])("the button %s can be typed (P19)", (key, screen) => {
    const conversation = { ...newConversation(language), introduced: true };
    expect(converse(conversation, { type: "text", text: say(key) }, setup("typed")).screen).toMatchObject(
      screen,
    );
  });
});

function setup(fresh: string): Setup {
  const flows = {
    report: reportFlow({ conflictRoute: true }),
    find: findFlow({ sector: "business", places: 0 }),
    bystander: bystanderFlow(),
    aftercare: aftercareFlow(),
  };
  return setupIn(content, { flows, languages, fresh });
}

test("the aftercare guide asks about those for whom rules hold, each by one answer", () => {
  expect(Object.keys(afterOptions)).toEqual(["over", "toWhom", "about"]);
});

test("the decision stands in docs/bystander.md as it is, each line with words and a source", () => {
  const some = expect.stringMatching(/\w{2}/);
  expect(tableUnder("The decision")).toEqual([
    ["rule", "who this is", "holds when", "first", "second", "because", "source"],
    ...rules.map(({ id, if: when, first, second, because }) => [
      id,
      some,
      inWords(when),
      first,
      second,
      because,
      some,
    ]),
  ]);
  expect(
    tableUnder("The approaches")
      .slice(1)
      .map(([tactic]) => tactic),
  ).toEqual(expect.arrayContaining([...tactics]));
});

function inWords(conditions: Readonly<Record<string, readonly (string | null)[]>>): string {
  const told = Object.entries(conditions).map(
    ([question, answers]) => `${question} ${answers.map((one) => one ?? "not said").join(", ")}`,
  );
  return told.length === 0 ? "always" : told.join("; ");
}

/** The cells of the table below a heading, its own heading first. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL("../docs/bystander.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("|---"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}
