import fc from "fast-check";
import { DateTime } from "luxon";
import { clocksOf } from "../bots/clocks.ts";
import { deadlines, zone } from "../bots/deadlines.ts";
import {
  type ClockFacts,
  dueBy,
  firstReminder,
  isDue,
  nextReminder,
  type Reminder,
  type ReminderKind,
  reminderKinds,
  replanned,
  stepOf,
} from "../cases/clocks.ts";
import { someOrganisation } from "./world.ts";

/** When advisers are reminded (P12), by the calendar alone. */

const clocks = clocksOf(someOrganisation());
const hour = 3_600_000;
const day = 24 * hour;
const house = { acknowledgeDays: 7, feedbackMonths: 3 };

/** A moment by the clock in Amsterdam. */
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const shown = (time: number) => DateTime.fromMillis(time, { zone }).toFormat("ccc yyyy-MM-dd HH:mm");

function sentAt(iso: string, rule = house): ClockFacts {
  const createdAt = at(iso);
  return {
    state: "received",
    createdAt,
    ...deadlines(createdAt, rule),
    acknowledgedAt: null,
    closedAt: null,
    holdUntil: null,
    lastReplyAt: null,
  };
}

/** Every reminder of a case to which nothing happens, as the calendar has them. */
function all(theCase: ClockFacts): Readonly<Partial<Record<ReminderKind, string>>> {
  const found: Partial<Record<ReminderKind, string>> = {};
  for (let turn = firstReminder(theCase, clocks); turn; turn = nextReminder(theCase, clocks, turn))
    found[turn.kind] = shown(turn.at);
  return found;
}

describe("the days on which advisers are reminded", () => {
  test("are counted by the calendar, at ten, and in weekends by working days", () => {
    // A Monday; the acknowledgement is due on Monday the 9th, the feedback on Tuesday 2 June.
    expect(all(sentAt("2026-03-02T10:00"))).toEqual({
      acknowledgeSoon: "Fri 2026-03-06 10:00",
      acknowledgeLate: "Tue 2026-03-10 10:00",
      acknowledgeStillLate: "Fri 2026-03-13 10:00",
      feedbackSoon: "Tue 2026-05-26 10:00",
      feedbackLate: "Wed 2026-06-03 10:00",
      feedbackStillLate: "Mon 2026-06-08 10:00",
    });
  });

  test.each([
    // Due on Sunday 29 March, the night of which has no hour after two.
    ["summer time begins", "2026-03-22T23:30", "Fri 2026-03-27 10:00", "Mon 2026-03-30 10:00"],
    // Due on Sunday 25 October, of which one hour comes twice.
    ["summer time ends", "2026-10-18T00:10", "Fri 2026-10-23 10:00", "Mon 2026-10-26 10:00"],
    ["there is a leap day", "2028-02-22T12:00", "Mon 2028-02-28 10:00", "Wed 2028-03-01 10:00"],
    ["a year ends", "2026-12-24T12:00", "Wed 2026-12-30 10:00", "Fri 2027-01-01 10:00"],
    ["it is due on a Saturday", "2026-03-07T12:00", "Fri 2026-03-13 10:00", "Mon 2026-03-16 10:00"],
  ])("are right where %s", (_when, sent, soon, late) => {
    expect(all(sentAt(sent))).toMatchObject({ acknowledgeSoon: soon, acknowledgeLate: late });
  });

  test.each([
    // 31 January and a month is the last of February.
    ["2027-01-31T12:00", 1, "Fri 2027-02-19 10:00", "Mon 2027-03-01 10:00"],
    ["2028-01-31T12:00", 1, "Tue 2028-02-22 10:00", "Wed 2028-03-01 10:00"],
    ["2026-11-30T12:00", 3, "Fri 2027-02-19 10:00", "Mon 2027-03-01 10:00"],
  ])("are right at the end of a month (%s and %i months)", (sent, feedbackMonths, soon, late) => {
    expect(all(sentAt(sent, { ...house, feedbackMonths }))).toMatchObject({
      feedbackSoon: soon,
      feedbackLate: late,
    });
  });

  test("are not before the report was sent: a term of one day has no reminder ahead", () => {
    const found = all(sentAt("2026-03-02T15:00", { ...house, acknowledgeDays: 1 }));
    expect(Object.keys(found)[0]).toBe("acknowledgeLate");
  });

  test("do not depend on the server's own zone", () => {
    const before = process.env.TZ;
    try {
      const seen = ["Pacific/Auckland", "America/Los_Angeles"].map((tz) => {
        process.env.TZ = tz;
        return all(sentAt("2026-03-22T23:30"));
      });
      expect(seen[0]).toEqual(seen[1]);
    } finally {
      process.env.TZ = before;
      if (before === undefined) delete process.env.TZ;
    }
  });
});

describe("what ends a reminder", () => {
  const theCase = sentAt("2026-03-02T10:00");
  const kinds = (facts: ClockFacts) => Object.keys(all(facts));

  test("acknowledging ends those of the acknowledgement, and no others", () => {
    expect(kinds({ ...theCase, acknowledgedAt: theCase.createdAt + day })).toEqual([
      "feedbackSoon",
      "feedbackLate",
      "feedbackStillLate",
    ]);
  });

  test.each([
    ["31 days before the date", -31, true],
    ["30 days before the date", -30, false],
    ["after the date", 2, false],
  ])("a reply %s: feedback is still asked for: %p", (_when, days, asked) => {
    const lastReplyAt = theCase.feedbackBy + days * day;
    const replied = { ...theCase, acknowledgedAt: lastReplyAt, lastReplyAt };
    expect(kinds(replied).length > 0).toBe(asked);
  });

  test.each(["closed", "withdrawn"])("a case that is %s is not to be acknowledged or answered", (state) => {
    const ended = { ...theCase, state, closedAt: theCase.createdAt + day };
    for (const kind of reminderKinds) {
      if (kind === "destroySoon") continue;
      expect(isDue(ended, clocks, kind, theCase.feedbackBy + day)).toBe(false);
    }
  });

  test("what came does not come again after a change; what waits stays as long as it is wanted", () => {
    const waiting: Reminder = { kind: "acknowledgeStillLate", at: at("2026-03-13T10:00") };
    expect(replanned(theCase, clocks, waiting)).toEqual(waiting);
    expect(replanned({ ...theCase, acknowledgedAt: 1 }, clocks, waiting)?.kind).toBe("feedbackSoon");
    expect(replanned(theCase, clocks, null)).toBeNull();
  });
});

describe("a closed case", () => {
  const closed = { ...sentAt("2026-03-02T10:00"), state: "closed", closedAt: at("2026-04-01T12:00") };

  test("has one reminder left: two weeks before it is destroyed, at ten on a working day", () => {
    // Destroyed on Thursday 1 April 2027.
    const [warning, ...more] = [replanned(closed, clocks, null)];
    expect(more).toEqual([]);
    expect(warning && shown(warning.at)).toBe("Thu 2027-03-18 10:00");
    expect(nextReminder(closed, clocks, warning as Reminder)).toBeNull();
  });

  test("that is kept for longer is warned of again, two weeks before that ends", () => {
    const held = { ...closed, holdUntil: at("2027-06-20T09:00") };
    expect(shown(replanned(held, clocks, null)?.at ?? 0)).toBe("Fri 2027-06-04 10:00");
    // What was queued before says nothing any more.
    expect(isDue(held, clocks, "destroySoon", at("2027-03-18T11:00"))).toBe(false);
    expect(shown(dueBy(held, clocks, "destroySoon"))).toBe("Sun 2027-06-20 09:00");
  });

  test("of an organisation that keeps cases a week is warned of at once", () => {
    const brief = clocksOf(someOrganisation({ retention: { closedDays: 7 } }));
    expect(replanned(closed, brief, null)?.at).toBe(closed.closedAt);
  });
});

/** A case over its whole life, with a job that runs at any moment, and a clock that jumps. */
describe("whatever happens to a case, and to the clock", () => {
  const anyEvent = fc.oneof(
    { weight: 8, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 40 * 24 }) }) },
    { weight: 2, arbitrary: fc.record({ wait: fc.integer({ min: -20 * 24, max: -1 }) }) },
    { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 60 * 24, max: 300 * 24 }) }) },
    { weight: 1, arbitrary: fc.constant({ move: "acknowledge" as const }) },
    { weight: 1, arbitrary: fc.constant({ move: "reply" as const }) },
    { weight: 1, arbitrary: fc.constant({ move: "close" as const }) },
  );
  const anyStart = fc.integer({ min: at("2026-01-01T00:00") / hour, max: at("2028-12-31T00:00") / hour });
  const anyRule = fc.record({
    acknowledgeDays: fc.integer({ min: 1, max: 7 }),
    feedbackMonths: fc.integer({ min: 1, max: 3 }),
  });

  test("each kind comes at most once, in order, never before its time, none after closing, none outdated", () => {
    fc.assert(
      fc.property(anyStart, anyRule, fc.array(anyEvent, { maxLength: 30 }), (start, rule, events) => {
        let theCase = sentAt(new Date(start * hour).toISOString(), rule);
        let waiting = firstReminder(theCase, clocks);
        let now = theCase.createdAt;
        const sent: ReminderKind[] = [];
        for (const event of events) {
          if ("wait" in event) now = Math.max(theCase.createdAt, now + event.wait * hour);
          else if (theCase.state !== "closed") {
            theCase = moved(theCase, event.move, now);
            waiting = replanned(theCase, clocks, waiting);
          }
          if (waiting === null || waiting.at > now) continue;
          const { send, next } = stepOf(theCase, clocks, waiting, now);
          waiting = next;
          if (send === null) continue;
          expect(sent).not.toContain(send);
          expect(now).toBeGreaterThanOrEqual(plannedAt(theCase, send));
          expect(theCase.closedAt === null || send === "destroySoon").toBe(true);
          if (send.startsWith("acknowledge")) expect(theCase.acknowledgedAt).toBeNull();
          if (send.endsWith("Soon")) expect(now).toBeLessThanOrEqual(dueBy(theCase, clocks, send));
          if (send.endsWith("StillLate")) expect(sent).toContain(send.replace("StillLate", "Late"));
          if (send.endsWith("Soon") && send !== "destroySoon")
            expect(sent).not.toContain(send.replace("Soon", "Late"));
          sent.push(send);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("a case nobody does anything about is reminded of with every kind, however irregularly the job runs", () => {
    fc.assert(
      fc.property(anyStart, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 400 }), (start, steps) => {
        const theCase = sentAt(new Date(start * hour).toISOString());
        let waiting = firstReminder(theCase, clocks);
        let now = theCase.createdAt;
        const sent: ReminderKind[] = [];
        for (const hours of steps) {
          now += hours * hour;
          if (waiting === null || waiting.at > now) continue;
          const { send, next } = stepOf(theCase, clocks, waiting, now);
          waiting = next;
          if (send) sent.push(send);
        }
        while (waiting !== null) {
          now = Math.max(now, waiting.at);
          const { send, next } = stepOf(theCase, clocks, waiting, now);
          waiting = next;
          if (send) sent.push(send);
        }
        expect(sent).toEqual(reminderKinds.filter((kind) => kind !== "destroySoon"));
      }),
      { numRuns: 50 },
    );
  });

  test("a clock that jumps ahead sends what is late once, and insists three working days later", () => {
    const theCase = sentAt("2026-03-02T10:00");
    const waiting = firstReminder(theCase, clocks) as Reminder;
    const now = at("2026-05-07T15:00");
    const first = stepOf(theCase, clocks, waiting, now);
    expect(first.send).toBe("acknowledgeLate");
    expect(first.next?.kind).toBe("acknowledgeStillLate");
    expect(shown(first.next?.at ?? 0)).toBe("Tue 2026-05-12 10:00");
    // Put off for that reason, it is not brought forward by its own date.
    expect(stepOf(theCase, clocks, first.next as Reminder, at("2026-05-11T10:00")).send).toBeNull();
    // Back again: nothing comes twice.
    expect(stepOf(theCase, clocks, first.next as Reminder, at("2026-03-06T11:00")).send).toBeNull();
  });

  function moved(theCase: ClockFacts, move: "acknowledge" | "reply" | "close", now: number): ClockFacts {
    if (move === "close") return { ...theCase, state: "closed", closedAt: now };
    return {
      ...theCase,
      state: "acknowledged",
      acknowledgedAt: theCase.acknowledgedAt ?? now,
      lastReplyAt: move === "reply" ? now : theCase.lastReplyAt,
    };
  }

  /** Reckoned apart from the rule under test: the day, and ten o'clock on it. */
  function plannedAt(theCase: ClockFacts, kind: ReminderKind): number {
    const local = (time: number) => DateTime.fromMillis(time, { zone }).startOf("day");
    const working = (from: DateTime, step: 1 | -1) => {
      let found = from;
      while (found.isWeekend) found = found.plus({ days: step });
      return found;
    };
    const dayAfter = (by: number) => working(local(by).plus({ days: 1 }), 1);
    const later = (from: DateTime) => {
      let found = from;
      for (let nr = 0; nr < 3; nr += 1) found = working(found.plus({ days: 1 }), 1);
      return found;
    };
    const dayOf: Record<ReminderKind, () => DateTime> = {
      acknowledgeSoon: () => working(local(theCase.acknowledgeBy).minus({ days: 1 }), -1),
      acknowledgeLate: () => dayAfter(theCase.acknowledgeBy),
      acknowledgeStillLate: () => later(dayAfter(theCase.acknowledgeBy)),
      feedbackSoon: () => working(local(theCase.feedbackBy).minus({ days: 7 }), -1),
      feedbackLate: () => dayAfter(theCase.feedbackBy),
      feedbackStillLate: () => later(dayAfter(theCase.feedbackBy)),
      destroySoon: () => working(local((theCase.closedAt ?? 0) + 365 * day).minus({ days: 14 }), -1),
    };
    return dayOf[kind]().set({ hour: 10 }).toMillis();
  }
});

describe("a case that was closed and opened again", () => {
  const before: ClockFacts = { ...sentAt("2026-03-02T10:00"), acknowledgedAt: at("2026-03-03T10:00") };
  const opened = at("2026-06-04T12:00");
  const again: ClockFacts = { ...before, ...deadlines(opened, house), state: "conversation" };

  test("is not said to be due or late by what was queued before, for it has other dates", () => {
    for (const kind of ["feedbackSoon", "feedbackLate", "feedbackStillLate"] as const)
      expect([kind, isDue(again, clocks, kind, opened)]).toEqual([kind, false]);
    expect(isDue(again, clocks, "feedbackSoon", at("2026-08-28T10:00"))).toBe(true);
    expect(isDue(again, clocks, "feedbackLate", at("2026-09-07T10:00"))).toBe(true);
    const unmet: ClockFacts = { ...again, state: "received", acknowledgedAt: null };
    for (const kind of ["acknowledgeSoon", "acknowledgeLate", "acknowledgeStillLate"] as const)
      expect([kind, isDue(unmet, clocks, kind, opened)]).toEqual([kind, false]);
  });

  test("is reminded of what is still to come, not of a day that was over when it opened", () => {
    const short = { acknowledgeDays: 1, feedbackMonths: 1 };
    // A Saturday: the day before the date is the Friday, which is over.
    const from = at("2026-06-06T12:00");
    const unmet: ClockFacts = {
      ...before,
      ...deadlines(from, short),
      state: "received",
      acknowledgedAt: null,
    };
    expect(firstReminder(unmet, clocks, from)?.kind).toBe("acknowledgeLate");
  });
});
