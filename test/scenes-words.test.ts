import { parse } from "yaml";
import { z } from "zod";
import { contentLanguages, type Language } from "../content/words.ts";
import { type PracticeScene, scenes } from "../dialogs/scenes.ts";
import { neverSaid, sentencesOf, shipped } from "./shipped.ts";
import { content } from "./views.ts";

const ids = scenes.map(({ id }) => id);
/** What makes a scene tense or dangerous: drink, violence or its threat, and a group. */
const heated = {
  nl: /dronken|geweld|geschreeuw|slaat op|armen vast|groepje|groepschat|juicht/i,
  en: /drunk|drinking|violence|shouting|hitting|hold his arms|group|cheers/i,
} as const;

/** What the words of one scene are: every option and result, and nothing that is never shown. */
const wordsOfScene = ({ options }: PracticeScene) => {
  const text = (most: number) => z.string().trim().min(3).max(most);
  const each = (most: number) =>
    z.strictObject(Object.fromEntries(options.map((option) => [option, text(most)])));
  return z.strictObject({
    label: text(75),
    setting: text(30),
    response: z.strictObject({ title: text(150), why: text(700), options: each(75) }),
    results: each(300),
    other: text(400),
    say: text(120),
    own: z.strictObject({ title: text(150), why: text(150), input: text(30) }),
    talk: z.strictObject({ p1: text(150), p2: text(150), p3: text(150) }),
    careful: text(500).optional(),
  });
};
type SceneWords = z.infer<ReturnType<typeof wordsOfScene>>;

function fileOf(language: Language): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(parse(shipped(`${language}/scenes.yaml`)));
}

describe.each(contentLanguages)("the words of the scenes in %s", (language) => {
  const file = fileOf(language);
  const read = (scene: PracticeScene): SceneWords => wordsOfScene(scene).parse(file[scene.id]);
  const all = scenes.map((scene) => ({ scene, said: read(scene) }));
  const texts = all.flatMap(({ scene, said }) =>
    [
      said.label,
      said.response.title,
      said.response.why,
      ...Object.values(said.response.options),
      ...Object.values(said.results),
      said.other,
      said.say,
      ...Object.values(said.own),
      ...Object.values(said.talk),
      said.careful ?? "",
    ].map((text) => ({ id: scene.id, text })),
  );
  const against = (pattern: RegExp) => texts.filter(({ text }) => pattern.test(text));

  test("are there for every scene, in their order, and for no other", () => {
    expect(Object.keys(file)).toEqual(ids);
  });

  test("set each scene in 60 to 110 words, in a place with a name of its own", () => {
    const counts = all.map(({ scene, said }) => [scene.id, said.response.why.split(/\s+/).length] as const);
    expect(counts.filter(([, count]) => count < 60 || count > 110)).toEqual([]);
    for (const part of ["label", "setting"] as const)
      expect(new Set(all.map(({ said }) => said[part])).size).toBe(scenes.length);
  });

  test("offer things that differ, and say something else of each", () => {
    for (const { said } of all) {
      for (const some of [Object.values(said.response.options), Object.values(said.results)])
        expect(new Set(some).size).toBe(some.length);
    }
  });

  test("say what may happen with each choice, never what will", () => {
    const may =
      language === "nl" ? /\b(kan|kunt|kun|kunnen|misschien|soms)\b/i : /\b(may|might|can|sometimes)\b/i;
    const will = language === "nl" ? /\b(zal|zult|zullen|altijd|nooit)\b/i : /\b(will|always|never)\b/i;
    const results = all.flatMap(({ said }) => Object.values(said.results));
    expect(results.filter((text) => !may.test(text))).toEqual([]);
    expect(results.filter((text) => will.test(text))).toEqual([]);
  });

  test("give no marks, and say of nobody that they are guilty", () => {
    const marks = {
      nl: /\bfout(e|en)?\b|\bjuiste\b|verkeerd|\bschuld|goed gedaan|\bbeste\b|had je moeten|\bhelaas\b|\blaf\b/i,
      en: /\bwrong|\bcorrect|well done|\bguilt|\bfault|\bthe best\b|should have|unfortunately|coward/i,
    } as const;
    expect(against(marks[language])).toEqual([]);
    expect(against(neverSaid[language])).toEqual([]);
  });

  test("name no numbers to call, and nothing intimate", () => {
    expect(against(/\d/)).toEqual([]);
    expect(against(/\b(borst|billen|kruis|penis|vagina|breast|buttock|crotch|genital)/i)).toEqual([]);
  });

  test("mark a scene as tense or dangerous where they tell of drink, violence or a group", () => {
    const calm = all.filter(({ scene }) => scene.safety === "calm");
    const told = calm.filter(({ said }) => heated[language].test(`${said.label} ${said.response.why}`));
    expect(told.map(({ scene }) => scene.id)).toEqual([]);
    const others = all.filter(({ scene }) => scene.safety !== "calm");
    expect(others.filter(({ said }) => !heated[language].test(`${said.label} ${said.response.why}`))).toEqual(
      [],
    );
  });

  test("name the emergency number where there is danger, or may soon be", () => {
    const emergency = language === "nl" ? /het alarmnummer/ : /the emergency number/;
    const chat = (scene: PracticeScene) => scene.setting === "groupChat";
    const near = all.filter(({ scene }) => scene.safety !== "calm" && !chat(scene));
    expect(near.filter(({ said }) => !emergency.test(said.careful ?? ""))).toEqual([]);
    const danger = all.filter(({ scene }) => scene.safety === "danger");
    expect(danger.filter(({ said }) => !emergency.test(said.other))).toEqual([]);
  });

  test("say first what the law, the sector or one's position asks, and call only the law a law", () => {
    const careful = (id: string) => all.find(({ scene }) => scene.id === id)?.said.careful ?? "";
    const asks: Readonly<Record<string, readonly [RegExp, RegExp]>> = {
      schoolTold: [
        /volgens de wet meteen aan het bestuur.*vertrouwensinspecteur/s,
        /the law says .* tell the board at once.*confidential inspector/s,
      ],
      sportCoach: [/moeten ook een vermoeden .* melden/s, /must report even a suspicion/],
      careMock: [/leidinggevende of bestuur moet dit weten/, /manager or board must know this/],
      careTouch: [/melden incidenten binnen de organisatie/, /report incidents inside the organisation/],
      ownReport: [/niet alleen omstander/, /not only a bystander/],
      tooFar: [/over wat je zelf deed/, /about what you did yourself/],
    };
    for (const [id, [nl, en]] of Object.entries(asks))
      expect(careful(id)).toMatch(language === "nl" ? nl : en);
    const law = language === "nl" ? /\bwet\b|wettelijk|verplicht/i : /\blaw\b|legal/i;
    expect(new Set(against(law).map(({ id }) => id))).toEqual(new Set(["schoolTold"]));
  });

  test("promise a pupil or an athlete no silence, and send nobody to question them", () => {
    const texts = ["schoolTold", "sportCoach"].map((id) => {
      const found = all.find(({ scene }) => scene.id === id);
      return `${found?.said.other} ${found?.said.say}`;
    });
    const silence = language === "nl" ? /tussen ons|beloof/ : /between us|promise/;
    for (const text of texts) expect(text).not.toMatch(silence);
    expect(texts[0]).toMatch(language === "nl" ? /niet over met Stefan/ : /not talk about it with Stefan/);
    expect(texts[1]).toMatch(language === "nl" ? /vraag Jesse niet uit/ : /do not question Jesse/);
  });

  test("who went too far is told to stop and to listen, not to seek contact, and where to talk", () => {
    const self = all.find(({ scene }) => scene.power === "self")?.said;
    const parts =
      language === "nl"
        ? [/Stop meteen/, /luister/, /Zoek haar daarna niet zelf op/, /vertrouwenspersoon/]
        : [/Stop at once/, /listen/, /Do not seek her out/, /confidential adviser/];
    for (const part of parts) expect(self?.other).toMatch(part);
  });

  test("refer to what stands in the menu by the words that stand there", () => {
    const words = content.words(language);
    const quoted = all.flatMap(({ said }) =>
      [...(said.careful ?? "").matchAll(/"([^"]+)"/g)].map(([, a]) => a),
    );
    expect(quoted.length).toBeGreaterThan(0);
    const there = [words.say("common.buttons.find"), words.say("find.forWhom.options.own")];
    expect(quoted.filter((label) => !there.includes(label ?? ""))).toEqual([]);
  });

  test("are short sentences that can be said aloud", () => {
    for (const { said } of all) {
      expect(said.say.split(/\s+/).length).toBeLessThanOrEqual(20);
      expect(said.say).not.toContain('"');
      expect(sentencesOf(said.say).length).toBeLessThanOrEqual(4);
    }
  });
});
