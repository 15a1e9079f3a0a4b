import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, type ReporterFacts } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import { adviceFor, type Tactic } from "../dialogs/bystander/advice.ts";
import { options as guideOptions, type Scene } from "../dialogs/bystander/situation.ts";
import type { Draft } from "../dialogs/core/draft.ts";
import { Press } from "../dialogs/core/event.ts";
import { type Answers, questionOf } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import { placeOf } from "../dialogs/core/show.ts";
import { understand } from "../dialogs/core/typed.ts";
import { answersOf, paths } from "../dialogs/core/walk.ts";
import { type PracticeScene, type ScenePower, sceneFlow, sceneOptions, scenes } from "../dialogs/scenes.ts";
import { faultsIn } from "./fakes/card-parser.ts";
import { Modal } from "./fakes/slack/limits.ts";
import { checkView, content } from "./views.ts";

const tacticsOf = ({ options, tactics }: PracticeScene) => options.map((option) => tactics[option]);
const ids = (some: readonly PracticeScene[]) => some.map(({ id }) => id);
describe("the scenes", () => {
  test("are at least fourteen, each with an id of its own that fits a button", () => {
    expect(scenes.length).toBeGreaterThanOrEqual(14);
    expect(new Set(ids(scenes)).size).toBe(scenes.length);
    for (const { id } of scenes) {
      expect(id).toMatch(/^[a-z][A-Za-z]{2,30}$/);
      expect(() => Press.parse({ do: "start", flow: `scenes.${id}` })).not.toThrow();
    }
  });

  test("are set in at least twelve places, among them those where most practise", () => {
    const settings = new Set(scenes.map(({ setting }) => setting));
    expect(settings.size).toBe(scenes.length);
    const needed = [
      ["hospital", "disabilityCare"],
      ["office", "meeting"],
      ["school"],
      ["sport"],
      ["filmSet"],
      ["restaurant"],
      ["hybridMeeting"],
      ["groupChat"],
      ["municipalYard"],
      ["worksOuting"],
    ] as const;
    expect(needed.filter((some) => !some.some((one) => settings.has(one)))).toEqual([]);
  });

  test("are about everybody's behaviour: peers, who is above, below or outside, and oneself", () => {
    const powers: Readonly<Record<ScenePower, true>> = {
      peer: true,
      above: true,
      below: true,
      client: true,
      stranger: true,
      self: true,
    };
    const met = scenes.map(({ power }) => power as string);
    expect(Object.keys(powers).filter((power) => !met.includes(power))).toEqual([]);
    expect(met.filter((power) => power === "above").length).toBeGreaterThan(1);
  });

  test("have three or four things one could do, staying silent or another that helps nobody among them", () => {
    for (const scene of scenes) {
      expect(scene.options).toEqual(sceneOptions.slice(0, scene.options.length));
      expect(scene.options.length).toBeGreaterThanOrEqual(3);
      expect(Object.keys(scene.tactics)).toEqual([...scene.options]);
      expect(tacticsOf(scene)).toContain("nothing");
    }
  });

  test("offer and recommend each of the four Ds, and calling for help", () => {
    const all: readonly Tactic[] = ["callHelp", "distract", "delegate", "direct", "delay"];
    const offered = scenes.flatMap(tacticsOf);
    const recommended = scenes.map((scene) => scene.recommended);
    expect(all.filter((tactic) => !offered.includes(tactic) || !recommended.includes(tactic))).toEqual([]);
  });

  test("do not give away by its letter which option goes with the advice", () => {
    const letters = scenes.flatMap(({ options, tactics, recommended }) =>
      options.filter((option) => tactics[option] === recommended),
    );
    expect(new Set(letters)).toEqual(new Set(sceneOptions));
  });

  test("recommend something that can be chosen; only about oneself none of the Ds", () => {
    for (const scene of scenes) {
      if (scene.power === "self") {
        expect(scene.recommended).toBeNull();
        expect(new Set(tacticsOf(scene))).toEqual(new Set(["nothing"]));
      } else expect(tacticsOf(scene)).toContain(scene.recommended);
    }
    expect(scenes.filter(({ power }) => power === "self")).toHaveLength(1);
  });

  test("never recommend direct where it is tense or dangerous, nor towards somebody above me or unknown", () => {
    const direct = scenes.filter(({ recommended }) => recommended === "direct");
    expect(direct.length).toBeGreaterThan(0);
    expect(
      ids(direct.filter(({ safety, power }) => safety !== "calm" || !["peer", "below"].includes(power))),
    ).toEqual([]);
  });

  test("recommend calling for help in danger, and there only", () => {
    const danger = scenes.filter(({ safety }) => safety === "danger");
    expect(danger.length).toBeGreaterThan(0);
    expect(scenes.filter(({ recommended }) => recommended === "callHelp")).toEqual(danger);
  });

  test("recommend nothing that the bystander guide would not", () => {
    const outside = (power: ScenePower) => (power === "client" || power === "stranger" ? "outside" : power);
    for (const { id, recommended, safety, power } of scenes) {
      const whose = outside(power);
      if (recommended === null || whose === "self") continue;
      const advised = guideOptions.able.flatMap((able) => {
        const scene: Scene = { safety, power: whose, where: null, able };
        const { first, second } = adviceFor(scene);
        return [first, second];
      });
      expect([id, advised.includes(recommended)]).toEqual([id, true]);
    }
  });
});

describe.each(scenes)("practising $id", (scene) => {
  const flow = sceneFlow(scene);

  test("asks what one would do, then for a sentence, and leads on with or without it", () => {
    expect([flow.id, flow.guide]).toEqual([`scenes.${scene.id}`, true]);
    expect(flow.items.map(({ id }) => id)).toEqual(["response", "own"]);
    const response = questionOf(flow, "response");
    expect([response?.options, response?.skippable]).toEqual([scene.options, false]);
    const own = questionOf(flow, "own");
    expect([own?.kind, own?.maxLength, own?.skippable]).toEqual(["text", 300, true]);
    for (const said of ["a sentence", null])
      expect(resolve(flow, { response: "a", own: said }).place.at).toBe("review");
  });
});

const draftOf = (scene: PracticeScene, answers: Answers): Draft => ({
  id: "draft",
  flow: `scenes.${scene.id}`,
  answers,
  unfinished: {},
  revisiting: null,
  revision: 1,
  reviewed: null,
  decided: {},
  guide: true,
  to: null,
});
const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Anna, Sam",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh",
  places: {},
  sector: "government",
};

describe.each(contentLanguages)("the screens of the scenes in %s", (language) => {
  const words = content.words(language);
  test("have options whose labels can be typed, and are no alarm", () => {
    const lexicon = content.lexicon(language);
    for (const scene of scenes) {
      const flow = sceneFlow(scene);
      const question = questionOf(flow, "response") ?? null;
      for (const labels of contentLanguages) {
        for (const option of scene.options) {
          const label = content.words(labels).say(`${flow.id}.response.options.${option}`);
          expect([label, understand(label, { flow: flow.id, question }, lexicon)]).toEqual([
            label,
            { as: "option", options: [option] },
          ]);
        }
      }
    }
  });

  const drawn = (view: View) => {
    checkView(view, Press, 2);
    const { actions = [], ...card } = drawCard(view, { surface: "room" });
    // The renderer's own settings show five actions; Teams shows six.
    expect(faultsIn({ ...card, actions: actions.slice(0, 5) })).toEqual([]);
    Modal.parse(drawModal(view, { title: "Vertrouwd", close: "Sluiten" }));
    return plainText(view);
  };

  test.each(scenes)("fit on both platforms, from the question to where it leads: $id", (scene) => {
    const flow = sceneFlow(scene);
    const lines = (part: string) => words.say(`${flow.id}.${part}`).split("\n");
    for (const { steps } of paths(flow)) {
      for (const [nr] of steps.entries()) {
        const screen = placeOf(draftOf(scene, answersOf(steps.slice(0, nr))), flow);
        const text = drawn(drawReporter(screen, facts, content, language));
        const asked = ["response.why", ...scene.options.map((option) => `response.options.${option}`)];
        for (const line of nr === 0 ? asked.flatMap(lines) : lines("own.why")) expect(text).toContain(line);
        const door = drawDoor(screen, facts, content, language);
        expect([door.privacy, door.inputs]).toEqual(["neutral", []]);
        drawCard(door, { surface: "door" });
      }
    }
    for (const response of scene.options) {
      const screen = placeOf(draftOf(scene, { response, own: "w".repeat(300) }), flow);
      const view = drawReporter(screen, facts, content, language);
      const text = drawn(view);
      expect(view.privacy).toBe("private");
      const told = scene.options.filter((option) => text.includes(words.say(`${flow.id}.results.${option}`)));
      expect(told).toEqual([response]);
      const careful = words.has(`${flow.id}.careful`) ? ["careful"] : [];
      for (const line of ["other", "say", ...careful].flatMap(lines)) expect(text).toContain(line);
    }
  });
});
