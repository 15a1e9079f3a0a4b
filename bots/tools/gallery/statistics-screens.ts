import { drawRouteMenu } from "../../../cards/route-menu.ts";
import {
  drawCounting,
  drawNumbers,
  drawNumbersDocument,
  drawRouteRefused,
  drawYears,
  type NumbersLink,
} from "../../../cards/statistics.ts";
import { frozen, nothingCounted, type Tally } from "../../../cases/statistics.ts";
import type { Content } from "../../../content/words.ts";
import { annualPieces } from "../../documents/annual-markdown.ts";
import type { Posted } from "./adviser-screens.ts";

const year = 2026;
const facts = { countedIn: "2027-02", threshold: 5 };

/** A year of a large organisation, in which some tables are whole, some have others, and some are not shown. */
const many: Tally = {
  reports: 48,
  withdrawn: 6,
  partitions: {
    part: { experienced: 27, saw: 9, heard: 3, told: 8, unknown: 1 },
    relation: { colleague: 17, manager: 13, client: 8, board: 2, outsider: 1, several: 3, unknown: 4 },
    way: { pseudonymous: 31, named: 9, anonymous: 8 },
    acknowledged: { withinWeek: 45, withinTwoWeeks: 2, laterOrNot: 1 },
    closed: { withinMonth: 14, withinQuarter: 19, withinHalfYear: 9, laterOrNot: 6 },
    why: { settled: 17, referred: 9, reporterStops: 5, noAnswer: 2, unknown: 15 },
  },
  several: {
    kind: { sexual: 16, bullying: 22, aggression: 9, discrimination: 4, other: 3 },
    referred: { doctor: 11, slachtofferhulp: 6, legal: 5, complaints: 2 },
  },
};

/** The menu of a route, and a year's numbers. */
export function statisticsScreens(content: Content): readonly Posted[] {
  const screen = (id: string, surface: "room" | "door", draw: Posted["draw"]): Posted => ({
    group: "The advisers' channel",
    id: `route.${id}`,
    surface,
    draw,
  });
  const numbers = frozen(many, facts);
  const links = (["nl", "en"] as const).flatMap((language): NumbersLink[] =>
    (["md", "csv"] as const).map((format) => ({
      format,
      language,
      url: `https://vertrouwd.example/d/${language}-${format}`,
    })),
  );
  return [
    screen("menu", "door", (language) => drawRouteMenu(content, language)),
    screen("years", "room", (language) => drawYears([2026, 2025, 2024], content, language)),
    screen("counting", "room", (language) => drawCounting(year, content, language)),
    screen("numbers", "room", (language) => drawNumbers(year, numbers, content, language)),
    screen("numbers.few", "room", (language) =>
      drawNumbers(year, frozen(nothingCounted, facts), content, language),
    ),
    screen("document", "room", (language) => drawNumbersDocument(year, { links }, content, language)),
    screen("document.copy", "room", (language) => {
      const about = { year, organisation: "Gemeente Voorbeeld" };
      const pieces = annualPieces(numbers, about, content.words(language));
      return drawNumbersDocument(year, { pieces }, content, language);
    }),
    screen("document.tooMany", "room", (language) => drawNumbersDocument(year, null, content, language)),
    ...(["notYourRoute", "year"] as const).map((code) =>
      screen(`refused.${code}`, "room", (language) => drawRouteRefused(code, content, language)),
    ),
  ];
}
