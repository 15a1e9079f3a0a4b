import {
  drawScene,
  drawSessionForm,
  drawSessionNews,
  drawSessionOutcome,
  drawVoted,
  type SessionNews,
} from "../../../cards/session.ts";
import type { Content } from "../../../content/words.ts";
import type { Language } from "../../../dialogs/core/draft.ts";
import { scenes } from "../../../dialogs/scenes.ts";
import type { Posted } from "./adviser-screens.ts";

const session = "00000000-0000-4000-8000-000000000000";
const own = { option: "b", votes: 3 } as const;
const news: readonly SessionNews[] = [
  "shown",
  "begun",
  "already",
  "late",
  "over",
  "notInvited",
  "notPosted",
  "unsure",
];

/** Everything of a team session: in its channel, and for the one who pressed. */
export function sessionScreens(content: Content): readonly Posted[] {
  const screen = (id: string, surface: "room" | "door", draw: Posted["draw"]): Posted => ({
    group: "A team session",
    id: `session.${id}`,
    surface,
    draw,
  });
  return [
    ...scenes.flatMap((scene) => {
      const facts = (language: Language) => ({ session, scene, language });
      return [
        screen(`${scene.id}`, "door", (language) => drawScene(facts(language), content)),
        screen(`${scene.id}.outcome`, "door", (language) =>
          drawSessionOutcome(facts(language), { a: 3, b: 2, d: 1 }, content),
        ),
      ];
    }),
    ...scenes.slice(0, 1).flatMap((scene) => {
      const facts = (language: Language) => ({ session, scene, language });
      return [
        screen("own", "room", (language) => drawScene(facts(language), content, { own })),
        screen("few", "door", (language) => drawSessionOutcome(facts(language), { a: 3, b: 1 }, content)),
        screen("voted", "room", (language) => drawVoted(facts(language), own, content)),
        screen("form", "room", (language) =>
          drawSessionForm({ session, language, scenes, chosen: scene.id, news: null }, content),
        ),
      ];
    }),
    screen("notHere", "door", (language) => drawSessionNews("notHere", content, language)),
    ...news.map((one) => screen(one, "room", (language) => drawSessionNews(one, content, language))),
  ];
}
