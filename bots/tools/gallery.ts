import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawCard } from "../../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../../cards/block-kit.ts";
import { drawDoor, drawReporter } from "../../cards/reporter.ts";
import type { View } from "../../cards/view.ts";
import { type Content, contentLanguages, type Words } from "../../content/words.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import { readContent } from "../content-files.ts";
import { errorCode } from "../log.ts";
import { adviserScreens, type Posted } from "./gallery/adviser-screens.ts";
import { messageHtml, modalHtml } from "./gallery/block-kit-html.ts";
import { clockScreens } from "./gallery/clock-screens.ts";
import { deskScreens } from "./gallery/desk-screens.ts";
import { type Exhibit, type Picture, pageOf } from "./gallery/page.ts";
import { reporterScreens } from "./gallery/reporter-screens.ts";
import { sessionScreens } from "./gallery/session-screens.ts";
import { statisticsScreens } from "./gallery/statistics-screens.ts";

/** `npm run gallery`: every screen in both languages on both platforms, as one page to open in a browser. */
function main(folder: string): number {
  const content = readContent();
  const posted = [
    ...adviserScreens(content),
    ...deskScreens(content),
    ...sessionScreens(content),
    ...clockScreens(content),
    ...statisticsScreens(content),
  ];
  const exhibits = [...reporterExhibits(content), ...postedExhibits(content, posted)];
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.html");
  writeFileSync(file, pageOf(exhibits));
  const faults = exhibits.flatMap(({ id, pictures }) =>
    pictures.flatMap(({ language, drawing }) =>
      "fault" in drawing ? [`${id}, ${language}: ${drawing.fault}`] : [],
    ),
  );
  process.stdout.write(`${exhibits.length} screens in ${file}\n`);
  if (faults.length > 0) process.stderr.write(`${faults.join("\n")}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** A room and the door it stands behind: two exhibits where they differ, one where they are the same. */
function reporterExhibits(content: Content): readonly Exhibit[] {
  return reporterScreens().flatMap(({ id, group, screen, facts }) => {
    const room = pictures(content, (language) => drawReporter(screen, facts, content, language), "room");
    const door = pictures(content, (language) => drawDoor(screen, facts, content, language), "door");
    return [
      { id, group, pictures: room },
      { id: `${id} · door`, group, pictures: door },
    ];
  });
}

function postedExhibits(content: Content, posted: readonly Posted[]): readonly Exhibit[] {
  return posted.map(({ id, group, surface, draw }) => ({
    id,
    group,
    pictures: pictures(content, draw, surface),
  }));
}

function pictures(
  content: Content,
  draw: (language: Language) => View,
  surface: "room" | "door",
): readonly Picture[] {
  return contentLanguages.flatMap((language) => [
    picture(language, () => ({ card: drawCard(draw(language), { surface }) })),
    picture(language, () => ({ html: slackHtml(draw(language), surface, content.words(language)) })),
  ]);
}

function slackHtml(view: View, surface: "room" | "door", words: Words): string {
  if (surface === "door") return messageHtml(drawMessage(view));
  return modalHtml(
    drawModal(view, { title: words.say("common.app"), close: words.say("common.buttons.done") }),
  );
}

function picture(language: Language, draw: () => Picture["drawing"]): Picture {
  try {
    return { language, drawing: draw() };
  } catch (error) {
    const { name, code } = errorCode(error);
    return { language, drawing: { fault: `${name} ${code ?? ""}` } };
  }
}

process.exitCode = main(process.argv[2] ?? join("var", "gallery"));
