import { drawCaseDoor } from "../../../cards/adviser.ts";
import { drawAftercare, drawOtherRouteReminder, drawReminder } from "../../../cards/clocks.ts";
import { drawHoldForm, drawHoldRefused, type Kept } from "../../../cards/hold.ts";
import { reminderKinds } from "../../../cases/clocks.ts";
import { DeskRecord } from "../../../cases/desk-record.ts";
import type { Content } from "../../../content/words.ts";
import type { Posted } from "./adviser-screens.ts";
import { sampleClosedAt, sampleDetail } from "./samples.ts";

const day = 86_400_000;

/** What reminds advisers of a case's dates, and how a closed case is kept longer. */
export function clockScreens(content: Content): readonly Posted[] {
  const { id, number } = sampleDetail();
  const due = (of: (typeof reminderKinds)[number]) => ({ id, number, of, by: sampleClosedAt });
  const screen = (name: string, surface: Posted["surface"], draw: Posted["draw"]): Posted => ({
    group: "Advisers: dates",
    id: name,
    surface,
    draw,
  });
  const door = (name: string, draw: Posted["draw"]) => screen(name, "door", draw);
  const destroyAt = sampleClosedAt + 365 * day;
  const closed = sampleDetail({ state: "closed", closedAt: sampleClosedAt });
  const card = (name: string, kept: Kept) =>
    door(name, (language) =>
      drawCaseDoor(
        closed,
        { organisation: "Gemeente Voorbeeld", work: DeskRecord.parse({}), card: "sealed", kept },
        content,
        language,
      ),
    );
  const form = (name: string, reason: Kept["reason"], note: "chooseFirst" | null) =>
    screen(name, "room", (language) =>
      drawHoldForm(
        closed,
        {
          destroyAt,
          reason,
          note,
          chosen: null,
          until: [90, 180, 365].map((days) => ({ days, date: destroyAt + days * day })),
          unheldAt: destroyAt,
        },
        content,
        language,
      ),
    );
  return [
    ...reminderKinds.map((of) =>
      door(`reminder.${of}`, (language) =>
        drawReminder({ ...due(of), terms: of.endsWith("Late") ? "law" : "houseRule" }, content, language),
      ),
    ),
    door("reminder.aftercare", (language) => drawAftercare(due("feedbackSoon"), content, language)),
    ...(["acknowledgeStillLate", "feedbackStillLate"] as const).map((of) =>
      door(`otherRoute.${of}`, (language) => drawOtherRouteReminder(due(of), content, language)),
    ),
    card("closed.destroyed", { destroyAt, reason: null }),
    card("closed.procedure", { destroyAt, reason: "procedure" }),
    card("closed.legalDuty", { destroyAt, reason: "legalDuty" }),
    form("hold", null, null),
    form("hold.chooseFirst", null, "chooseFirst"),
    form("hold.held", "procedure", null),
    screen("hold.notClosed", "room", (language) => drawHoldRefused("notClosed", closed, content, language)),
  ];
}
