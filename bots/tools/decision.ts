import type { Words } from "../../content/words.ts";
import { adviceFor } from "../../dialogs/bystander/advice.ts";
import { options, type Scene } from "../../dialogs/bystander/situation.ts";

/**
 * What the bystander guide says for every combination of answers, one line each: what comes first, second,
 * and the reason. The place changes only the words, so it is left out.
 */
export function decisionLines(words: Words): readonly string[] {
  const label = (question: keyof Scene, option: string | null) =>
    option === null ? "-" : words.say(`bystander.${question}.options.${option}`);
  const line = (scene: Scene) => {
    const { first, second, because, mustAct } = adviceFor(scene);
    const seen = [
      label("safety", scene.safety),
      ...(scene.power === null ? [] : [label("power", scene.power), label("able", scene.able)]),
    ];
    const why = words.say(`bystander.because.${because}`);
    const must = mustAct ? ` (+ ${words.say("bystander.mustAct.title").toLowerCase()})` : "";
    return `   ${seen.join(" · ")}\n     1 ${title(first)}   2 ${title(second)}   ${why}${must}`;
  };
  const title = (tactic: string) => words.say(`bystander.do.${tactic}.title`);
  const combinations = options.safety.flatMap((safety): readonly Scene[] =>
    // Danger needs no further question.
    safety === "danger"
      ? [{ safety, power: null, where: null, able: null }]
      : options.power.flatMap((power) => options.able.map((able) => ({ safety, power, where: null, able }))),
  );
  return combinations.map(line);
}
