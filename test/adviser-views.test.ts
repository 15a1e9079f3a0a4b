import {
  type AdviserNote,
  drawCaseDoor,
  drawCaseRoom,
  drawClosingQuestion,
  drawRefused,
  drawReplyForm,
  drawRoutePing,
  drawRouteTrouble,
  drawUnsent,
  drawWithdrawnDoor,
  type Refusal,
} from "../cards/adviser.ts";
import { caseRoomPages } from "../cards/case-pages.ts";
import type { CaseDetail } from "../cards/case-view.ts";
import { plainText } from "../cards/plain-text.ts";
import { reviewRows } from "../cards/review.ts";
import type { View } from "../cards/view.ts";
import { DeskPress } from "../cases/desk.ts";
import { DeskRecord } from "../cases/desk-record.ts";
import { contentLanguages, type Language } from "../content/words.ts";
import { longestText } from "../dialogs/core/flow.ts";
import { at, canary, checkView, content, detail, everything, keys, longThread, rowsWith } from "./views.ts";

/** A new note or refusal does not compile here until it is listed, and fails until it has words. */
const adviserNotes = keys({
  acknowledged: true,
  replied: true,
  closed: true,
  writeFirst: true,
  tooLong: true,
} satisfies Record<AdviserNote, true>);
const refusals = keys({
  notYourRoute: true,
  notListed: true,
  notMember: true,
  unsure: true,
  full: true,
  alreadyDone: true,
  closed: true,
  withdrawn: true,
} satisfies Record<Refusal, true>);

const adviserFacts = { organisation: "Gemeente Voorbeeld", work: DeskRecord.parse({}) };
const unlinked: CaseDetail = { ...detail, pinged: false };
const closed: CaseDetail = { ...detail, state: "closed", closedAt: at };

/** Every view an adviser can get, by name; the doors are what the platform keeps. */
function adviserViews(language: Language): {
  readonly doors: readonly View[];
  readonly rooms: readonly View[];
} {
  return {
    doors: [
      drawCaseDoor(detail, { ...adviserFacts, card: "sealed", mayBeSecondCopy: true }, content, language),
      drawCaseDoor(
        { ...detail, state: "acknowledged", kinds: [], when: null, danger: false },
        { ...adviserFacts, card: "sealed" },
        content,
        language,
      ),
      ...adviserNotes.map((note) =>
        drawCaseDoor(detail, { ...adviserFacts, card: "sealed", note }, content, language),
      ),
      drawCaseDoor(closed, { ...adviserFacts, card: "sealed" }, content, language),
      drawCaseDoor(closed, { ...adviserFacts, card: "full" }, content, language),
      drawCaseDoor(unlinked, { ...adviserFacts, card: "sealed", note: "acknowledged" }, content, language),
      drawWithdrawnDoor({ number: detail.number, closedAt: at }, content, language),
      drawRoutePing(detail, content, language),
      drawRouteTrouble(detail, content, language),
      ...refusals.map((code) => drawRefused(code, { id: "case-1" }, content, language)),
    ],
    rooms: [
      drawCaseRoom(detail, { page: 0 }, content, language),
      drawCaseRoom(
        { ...detail, rows: longReport(language), messages: longThread },
        { page: 1 },
        content,
        language,
      ),
      drawCaseRoom({ ...closed, messages: [] }, { page: 9 }, content, language),
      drawReplyForm(detail, { fresh: "fresh-nonce-2", unsent: canary, note: "tooLong" }, content, language),
      drawClosingQuestion(detail, adviserFacts, content, language),
      drawReplyForm(unlinked, { fresh: "fresh-nonce-2", unsent: null, note: null }, content, language),
      drawClosingQuestion(unlinked, adviserFacts, content, language),
      drawUnsent(
        "withdrawn",
        { id: "case-1" },
        { label: "adviser.reply.label", text: canary },
        content,
        language,
      ),
    ],
  };
}

function longReport(language: Language) {
  return reviewRows("report", rowsWith("x".repeat(longestText)), content.words(language));
}

describe.each(contentLanguages)("an adviser's views in %s", (language) => {
  const words = content.words(language);
  const { doors, rooms } = adviserViews(language);

  test("all have words and few, different buttons", () => {
    for (const view of [...doors, ...rooms]) checkView(view, DeskPress, 0);
  });

  test("that the platform keeps hold nothing of the report (decision 7)", () => {
    for (const view of doors) {
      expect(view.privacy).toBe("neutral");
      expect(view.inputs).toEqual([]);
      expect(everything(view)).not.toContain(canary);
      expect(view.summary).toBe(words.say("common.summary.adviser"));
    }
    for (const view of rooms) expect(view.privacy).toBe("private");
  });

  test("a sealed card says number, made-up name, kind, urgency, and dates with whose rule they are (P12)", () => {
    const text = plainText(drawCaseDoor(detail, { ...adviserFacts, card: "sealed" }, content, language));
    for (const part of [
      "V-7KQ2M",
      "Vega 12",
      words.say("report.kind.options.sexual"),
      words.say("report.when.options.today"),
      words.say("adviser.door.dangerYes"),
      language === "nl" ? "1 januari 2027" : "1 January 2027",
      adviserFacts.organisation,
    ]) {
      expect(text).toContain(part);
    }
  });

  test("of somebody without a way back, card and forms promise no ping, and say that they must come back", () => {
    const door = (theCase: CaseDetail) =>
      plainText(
        drawCaseDoor(theCase, { ...adviserFacts, card: "sealed", note: "acknowledged" }, content, language),
      );
    expect(door(unlinked)).toContain(words.say("adviser.door.noPing"));
    expect(door(unlinked)).not.toContain(words.say("adviser.notes.acknowledged"));
    expect(door(detail)).not.toContain(words.say("adviser.door.noPing"));
    const reply = drawReplyForm(
      unlinked,
      { fresh: "nonce-of-a-form", unsent: null, note: null },
      content,
      language,
    );
    const first = (key: string) => words.say(key).split(/[.\n]/)[0] ?? "";
    expect(plainText(reply)).toContain(first("adviser.reply.textNoPing"));
    expect(plainText(reply)).not.toContain(first("adviser.reply.text"));
    const closing = plainText(drawClosingQuestion(unlinked, adviserFacts, content, language));
    expect(closing).toContain(words.say("adviser.closing.toldNoPing"));
    expect(closing).not.toContain(words.say("adviser.closing.told"));
  });

  test("a full card shows the report, because the organisation chose that", () => {
    const view = drawCaseDoor(detail, { ...adviserFacts, card: "full" }, content, language);
    expect(everything(view)).toContain(canary);
    expect(view.privacy).toBe("neutral");
  });

  test("a card that may be a second copy says so", () => {
    const view = drawCaseDoor(
      detail,
      { ...adviserFacts, card: "sealed", mayBeSecondCopy: true },
      content,
      language,
    );
    expect(plainText(view)).toContain(words.say("adviser.door.mayBeSecondCopy"));
  });

  test("a closed case ends neutral, and only opens again, also where cards are full", () => {
    for (const card of ["sealed", "full"] as const) {
      const view = drawCaseDoor(closed, { ...adviserFacts, card }, content, language);
      expect(view.buttons.map(({ press }) => press)).toEqual([
        { do: "desk.write", case: "a", reopen: closed.closedAt },
      ]);
      expect(everything(view)).not.toMatch(
        new RegExp(`${canary}|${words.say("report.kind.options.sexual")}|Vega`),
      );
    }
  });

  test("receipt is confirmed once", () => {
    const does = (state: "received" | "acknowledged") =>
      drawCaseDoor({ ...detail, state }, { ...adviserFacts, card: "sealed" }, content, language).buttons.map(
        ({ press }) => press?.do,
      );
    expect(does("received")).toEqual([
      "desk.open",
      "desk.acknowledge",
      "desk.write",
      "desk.work",
      "desk.take",
    ]);
    expect(does("acknowledged")).toEqual(["desk.open", "desk.write", "desk.work", "desk.take"]);
  });

  test("an opened case shows report and every message once over its pages, each under 9,000 characters", () => {
    const long: CaseDetail = { ...detail, rows: longReport(language), messages: longThread };
    const pages = caseRoomPages(long).map((_, page) =>
      drawCaseRoom(long, { ...adviserFacts, page }, content, language),
    );
    expect(pages.length).toBeGreaterThan(2);
    const shown = pages.flatMap(({ body }) =>
      body.flatMap((part) => (part.type === "message" ? [part.text] : [])),
    );
    expect(shown.sort()).toEqual(longThread.map(({ text }) => text).sort());
    for (const view of pages) expect(plainText(view).length).toBeLessThan(9000);
    expect(everything(pages[0] ?? drawRefused("closed", null, content, language))).toContain(
      "x".repeat(longestText),
    );
  });
});
