import { DateTime } from "luxon";

/** Dates are promised in the Netherlands' own time, whatever the server's. */
export const zone = "Europe/Amsterdam";

/**
 * By when a report is acknowledged and answered, as the end of that day in Amsterdam (Unix ms). Seven days
 * and three months are the organisation's house rule, taken from the law for whistleblowers (Wbk), which
 * does not itself cover every report.
 */
export function deadlines(
  createdAt: number,
  rule: { readonly acknowledgeDays: number; readonly feedbackMonths: number },
): { readonly acknowledgeBy: number; readonly feedbackBy: number } {
  const created = DateTime.fromMillis(createdAt, { zone });
  return {
    acknowledgeBy: created.plus({ days: rule.acknowledgeDays }).endOf("day").toMillis(),
    feedbackBy: created.plus({ months: rule.feedbackMonths }).endOf("day").toMillis(),
  };
}
