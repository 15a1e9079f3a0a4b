import {
  drawCaseDoor,
  drawCaseRoom,
  drawClosingQuestion,
  drawRefused,
  drawReplyForm,
  drawRoutePing,
  drawRouteTrouble,
  drawUnsent,
  drawWithdrawnDoor,
} from "../../../cards/adviser.ts";
import type { CaseDetail } from "../../../cards/case-view.ts";
import { drawDraftReminder } from "../../../cards/draft-reminder.ts";
import { drawGroupLine, drawMovedDoor, drawReporterPing } from "../../../cards/reporter.ts";
import { reviewRows } from "../../../cards/review.ts";
import type { View } from "../../../cards/view.ts";
import { DeskRecord } from "../../../cases/desk-record.ts";
import type { Content } from "../../../content/words.ts";
import type { Language } from "../../../dialogs/core/draft.ts";
import { reviewRows as rowsToSend } from "../../../dialogs/core/show.ts";
import { everyFlow } from "../flows.ts";
import {
  draftOf,
  sampleAnswers,
  sampleCase,
  sampleClosedAt,
  sampleDetail,
  sampleMessages,
} from "./samples.ts";

/** A view that is posted to people, or opened by an adviser. */
export interface Posted {
  readonly id: string;
  readonly group: string;
  readonly surface: "room" | "door";
  readonly draw: (language: Language) => View;
}

const organisation = { organisation: "Gemeente Voorbeeld", work: DeskRecord.parse({}) };

/** Everything an adviser can meet in a channel, and what the bot posts of its own accord. */
export function adviserScreens(content: Content): readonly Posted[] {
  const detail = (language: Language, change: Partial<CaseDetail> = {}) =>
    sampleDetail({ rows: reportIn(content, language), ...change });
  const acknowledged = { state: "acknowledged", messages: sampleMessages } as const;
  const closed = { state: "closed", closedAt: sampleClosedAt } as const;
  const card = (
    id: string,
    facts: { card: "sealed" | "full"; mayBeSecondCopy?: boolean },
    change: Partial<CaseDetail> = {},
  ) =>
    door(id, (language) =>
      drawCaseDoor(detail(language, change), { ...organisation, ...facts }, content, language),
    );
  const open = (id: string, page: number, change: Partial<CaseDetail> = {}) =>
    room(id, (language) => drawCaseRoom(detail(language, change), { page }, content, language));
  return [
    card("card.received", { card: "sealed" }),
    card("card.danger", { card: "sealed" }, { danger: true, kinds: [], when: null }),
    card("card.secondCopy", { card: "sealed", mayBeSecondCopy: true }),
    card("card.acknowledged", { card: "sealed" }, acknowledged),
    card("card.closed", { card: "sealed" }, closed),
    card("card.noPing", { card: "sealed" }, { pinged: false }),
    door("card.withdrawn", (language) =>
      drawWithdrawnDoor({ number: "V-7KQ2M", closedAt: sampleClosedAt }, content, language),
    ),
    room("withdrawn.unsent", (language) =>
      drawUnsent(
        "withdrawn",
        { id: "case" },
        { label: "desk.note.label", text: "Dank je." },
        content,
        language,
      ),
    ),
    card("card.full", { card: "full" }),
    open("case", 0),
    open("case.thread", 0, acknowledged),
    open("case.closed", 0, { ...acknowledged, ...closed }),
    room("reply", (language) => drawReplyForm(detail(language), replyFacts(null, null), content, language)),
    room("reply.noPing", (language) =>
      drawReplyForm(detail(language, { pinged: false }), replyFacts(null, null), content, language),
    ),
    room("reply.reopen", (language) =>
      drawReplyForm(detail(language, closed), replyFacts(null, null), content, language),
    ),
    room("closing.noPing", (language) =>
      drawClosingQuestion(detail(language, { pinged: false }), organisation, content, language),
    ),
    room("reply.unsent", (language) =>
      drawReplyForm(detail(language), replyFacts("tooLong", "Dit is te lang …"), content, language),
    ),
    room("closing", (language) =>
      drawClosingQuestion(detail(language, acknowledged), organisation, content, language),
    ),
    ...(["notYourRoute", "alreadyDone", "closed", "withdrawn"] as const).map((code) =>
      room(`refused.${code}`, (language) =>
        drawRefused(code, code === "notYourRoute" ? null : { id: "case" }, content, language),
      ),
    ),
    door("routePing", (language) => drawRoutePing(detail(language), content, language)),
    door("routeTrouble", (language) => drawRouteTrouble(detail(language), content, language)),
    ...(["acknowledged", "reply", "closed", "undelivered"] as const).map((about) =>
      posted("Posted to the reporter", `ping.${about}`, "door", (language) =>
        drawReporterPing(about, { id: sampleCase }, content, language),
      ),
    ),
    posted("Posted to the reporter", "draftReminder", "door", (language) =>
      drawDraftReminder(content, language),
    ),
    posted("Posted to the reporter", "moved", "door", (language) => drawMovedDoor(content, language)),
    posted("Posted to the reporter", "group", "door", (language) => drawGroupLine(content, language)),
  ];
}

function replyFacts(note: "tooLong" | null, unsent: string | null) {
  return { note, unsent, fresh: "fresh-id-for-a-form" };
}

function reportIn(content: Content, language: Language): CaseDetail["rows"] {
  const report = everyFlow.report;
  if (!report) return [];
  return reviewRows("report", rowsToSend(draftOf(report, sampleAnswers), report), content.words(language));
}

function posted(group: string, id: string, surface: "room" | "door", draw: Posted["draw"]): Posted {
  return { group, id, surface, draw };
}

function door(id: string, draw: Posted["draw"]): Posted {
  return posted("Advisers", id, "door", draw);
}

function room(id: string, draw: Posted["draw"]): Posted {
  return posted("Advisers", id, "room", draw);
}
