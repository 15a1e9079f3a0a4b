import { drawCard } from "../cards/adaptive-card.ts";
import { drawCaseDoor, drawCaseRoom } from "../cards/adviser.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import { caseRoomPages } from "../cards/case-pages.ts";
import { type ThreadMessage, threadPages } from "../cards/case-view.ts";
import { drawReporter } from "../cards/reporter.ts";
import { reviewRows, rowPages, rowParts } from "../cards/review.ts";
import type { Part, View } from "../cards/view.ts";
import { DeskRecord } from "../cases/desk-record.ts";
import { longestText } from "../dialogs/core/flow.ts";
import { at, content, detail, longThread, rowsWith, shownThread } from "./views.ts";

const words = content.words("nl");

/** Throws where a platform would refuse it, and the conversation would be stuck there (P20). */
function drawnOnBoth(view: View): void {
  drawCard(view, { surface: "room" });
  drawModal(view, { title: "Vertrouwd", close: "Sluiten" });
}

/** The labels of what parts hold, with how much stands under each. */
function namesOf(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => {
    if (part.type === "quote") return [`${part.label} ${part.text.length}`];
    return part.type === "facts" ? part.facts.map(({ label, value }) => `${label} ${value.length}`) : [];
  });
}

const facts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Fatima El Idrissi, Joost Bakker",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh-id",
  places: {},
  sector: "government",
} as const;

/** What people paste and write: a chat's export, a list, one word a line, quotes. */
const stories: Readonly<Record<string, string>> = {
  "one text": "x".repeat(longestText),
  "a word a line": "ja\n".repeat(longestText / 3),
  "a chat's export": "[14:03] Ik: ga weg, laat me met rust\n".repeat(81),
  quotes: '"'.repeat(longestText),
  "quotes on lines": '"hm"\n'.repeat(longestText / 5),
};

describe.each(Object.entries(stories))("a story of %s", (_, story) => {
  const rows = rowsWith(story);

  test.each(["pseudonymous", "named", "anonymous"] as const)(
    "can be looked at before it is sent, %s",
    (way) => {
      const rows = rowsWith(story, way);
      const screen = {
        type: "review",
        flow: "report",
        draft: "draft",
        revision: 1,
        to: null,
        rows,
        note: null,
      } as const;
      const views = rowPages(reviewRows("report", rows, words)).map((_, page) =>
        drawReporter({ ...screen, page }, facts, content, "nl"),
      );
      for (const view of views) drawnOnBoth(view);
      // Every page but the last leads on; only the last one sends, when all of it was shown (P4).
      expect(views.map(({ buttons }) => buttons[0]?.press)).toEqual([
        ...views.slice(1).map((_, nr) => ({ do: "look", draft: "draft", revision: 1, page: nr + 1 })),
        { do: "send", draft: "draft", revision: 1 },
      ]);
      const shown = views.flatMap(({ body }) =>
        body.filter(({ type }) => type === "quote" || type === "facts"),
      );
      expect(namesOf(shown)).toEqual(namesOf(rowParts(reviewRows("report", rows, words))));
    },
  );

  test("can stand in a full card", () => {
    const theCase = { ...detail, rows: reviewRows("report", rows, words) };
    const view = drawCaseDoor(theCase, { ...facts, card: "full", work: DeskRecord.parse({}) }, content, "nl");
    drawCard(view, { surface: "door" });
    drawMessage(view);
  });

  test("can be opened by an adviser", () => {
    const theCase = { ...detail, rows: reviewRows("report", rows, words) };
    const views = caseRoomPages(theCase).map((_, page) => drawCaseRoom(theCase, { page }, content, "nl"));
    for (const view of views) drawnOnBoth(view);
    const shown = views.flatMap(({ body }) => namesOf(body));
    for (const name of namesOf(rowParts(theCase.rows))) expect(shown).toContain(name);
  });
});

describe.each(Object.entries(stories))("a message of %s that could not be sent", (_, story) => {
  /** A receipt opens a case under a long name, which stands in every button. */
  const thread = {
    ...shownThread,
    id: "v".repeat(130),
    messages: threadPages(longThread)[0] ?? [],
    pages: 9,
  };

  test.each(["acknowledged", "closed"] as const)("is given back to who wrote it (%s)", (state) => {
    const of = (text: string) =>
      drawReporter(
        { type: "thread", case: "a", page: 0, note: "caseClosed", unsent: text },
        { ...facts, fresh: "0".repeat(36), thread: { ...thread, state } },
        content,
        "nl",
      );
    drawnOnBoth(of(story));
    expect(JSON.stringify(of(story))).toContain(JSON.stringify(story));
    // A Teams form can hold twice as much as is taken.
    drawCard(of(story + story), { surface: "room" });
  });
});

/** An adviser asks whether a document may be made. */
const asked = { askedAt: at, answer: null, madeAt: null };

describe.each([
  ["one word", "ja"],
  ["a few lines", "Dank je.\nDat is goed.\n\nTot dan.\nGroet,\nJ."],
  ["many lines", "ja\n".repeat(60)],
])("a long thread of %s", (_, text) => {
  const messages: readonly ThreadMessage[] = Array.from({ length: 120 }, (_, nr) => ({
    from: nr % 2 === 0 ? "reporter" : "adviser",
    at: at + nr,
    text,
  }));

  test("can be read by the reporter", () => {
    for (const [page, shown] of threadPages(messages).entries()) {
      const screen = { type: "thread", case: "a", page, note: null, unsent: null } as const;
      // With all that may stand above a page.
      for (const state of ["waiting", "closed"] as const) {
        const thread = { ...shownThread, state, messages: shown, pages: 99, consent: asked };
        drawnOnBoth(drawReporter(screen, { ...facts, thread }, content, "nl"));
      }
    }
  });

  test.each(Object.keys(stories))("can be read before a document is allowed, under a story of %s", (name) => {
    const rows = reviewRows("report", rowsWith(stories[name] ?? ""), words);
    const parts = caseRoomPages({ rows, messages });
    const views = parts.map((part, nr) =>
      drawReporter(
        { type: "case", case: "a", page: "reading", nr, note: null, unsent: null },
        {
          ...facts,
          thread: { ...shownThread, id: "v".repeat(130), consent: asked },
          reading: { ...part, nr, parts: parts.length },
        },
        content,
        "nl",
      ),
    );
    for (const view of views) drawnOnBoth(view);
    const read = views.flatMap(({ body }) => body);
    for (const row of namesOf(rowParts(rows))) expect(namesOf(read)).toContain(row);
    expect(read.filter(({ type }) => type === "message")).toHaveLength(messages.length);
  });

  test.each(Object.keys(stories))("can be read by the adviser, under a story of %s", (name) => {
    const rows = reviewRows("report", rowsWith(stories[name] ?? ""), words);
    const long = { ...detail, rows, messages };
    for (const page of caseRoomPages(long).keys()) drawnOnBoth(drawCaseRoom(long, { page }, content, "nl"));
  });
});
