import { type Advice, adviceFor, rules } from "../dialogs/bystander/advice.ts";
import { options, type Scene } from "../dialogs/bystander/situation.ts";

/** Every combination that can be answered, skipped questions included. */
const every: readonly Scene[] = [...options.safety, null].flatMap((safety) =>
  [...options.power, null].flatMap((power) =>
    [...options.where, null].flatMap((where) =>
      [...options.able, null].map((able) => ({ safety, power, where, able })),
    ),
  ),
);
const all = every.map((scene) => ({ scene, advice: adviceFor(scene) }));

/** The first few that break a rule, to be read in a failure. */
const against = (rule: (scene: Scene, advice: Advice) => boolean) =>
  all.filter(({ scene, advice }) => !rule(scene, advice)).slice(0, 3);
const either = ({ first, second }: Advice) => [first, second];

describe("whatever somebody sees", () => {
  test("danger is for the emergency number, and for nothing else first", () => {
    expect(against(({ safety }, { first }) => (safety === "danger") === (first === "callHelp"))).toEqual([]);
  });

  test("nobody who is not safe, or in danger, is sent towards the person", () => {
    const towards = ({ safety }: Scene, advice: Advice) =>
      !(
        (safety === "unsafe" || safety === "danger") &&
        either(advice).some((one) => one === "direct" || one === "distract")
      );
    expect(against(towards)).toEqual([]);
  });

  test("direct is never offered against alcohol, aggression or a group, nor where that is not known", () => {
    expect(against(({ safety }, advice) => safety === "calm" || !either(advice).includes("direct"))).toEqual(
      [],
    );
  });

  test("direct is never offered against somebody above me, or somebody I do not know", () => {
    const known = ({ power }: Scene, advice: Advice) =>
      power === "peer" || power === "below" || !either(advice).includes("direct");
    expect(against(known)).toEqual([]);
  });

  test("who cannot do anything now is not told to, but to fetch help or to be there afterwards", () => {
    const gentle = ({ able }: Scene, advice: Advice) =>
      able !== "notNow" ||
      either(advice).every((one) => one === "delay" || one === "delegate" || one === "callHelp");
    expect(against(gentle)).toEqual([]);
  });

  test("two different things to do, and who leads the person is told that they must act", () => {
    expect(against((_, { first, second }) => first !== second)).toEqual([]);
    expect(against(({ power }, { mustAct }) => mustAct === (power === "below"))).toEqual([]);
  });

  test("the place changes the words and never the choice", () => {
    expect(
      against((scene, { first, second }) => {
        const elsewhere = adviceFor({ ...scene, where: null });
        return first === elsewhere.first && second === elsewhere.second;
      }),
    ).toEqual([]);
  });
});

test("every rule decides for somebody", () => {
  const met = new Set(every.map((scene) => JSON.stringify(adviceFor(scene))));
  expect(met.size).toBeGreaterThan(10);
  for (const { if: conditions, ...rest } of rules) {
    const decided = every.some((scene) => {
      const first = rules.find((rule) =>
        Object.entries(rule.if).every(([question, answers]) =>
          (answers as readonly unknown[]).includes(scene[question as keyof Scene]),
        ),
      );
      return first?.id === rest.id;
    });
    expect([rest.id, decided]).toEqual([rest.id, true]);
  }
});
