import fc from "fast-check";
import type { Adviser, Leave } from "../bots/advisers.ts";
import { availabilityOf, firstBack, present, standIns } from "../bots/availability.ts";

const quarter = 15 * 60_000;
const hour = 4 * quarter;
const dayLength = 96 * quarter;
const horizonDays = 60;

function adviser(over: Partial<Adviser> = {}): Adviser {
  return {
    id: "anna",
    name: "Anna",
    route: "one",
    kind: "internal",
    picture: null,
    languages: ["nl"],
    places: [],
    forWhom: ["employees"],
    contact: { phone: null, mail: null, teams: null, slack: null, inPerson: null },
    account: { teams: null, slack: null },
    reachable: { hours: [], text: null },
    timeZone: "Europe/Amsterdam",
    leave: [],
    about: null,
    ...over,
  };
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Day = (typeof weekdays)[number];
const during = (from: string, to: string, ...days: Day[]) => ({
  reachable: { hours: [{ days: days.length > 0 ? days : [...weekdays], from, to }], text: null },
});
const away = (from: string, to: string, replacement: string | null = null): Leave => ({
  from,
  to,
  replacement,
});
const at = (iso: string) => Date.parse(iso);
/** Times in an answer, as people in UTC write them. */
const told = (one: Adviser, iso: string) =>
  Object.fromEntries(
    Object.entries(availabilityOf(one, at(iso))).map(([key, value]) => [
      key,
      typeof value === "number" ? new Date(value).toISOString() : value,
    ]),
  );

describe("an adviser", () => {
  const office = adviser(during("09:00", "17:00", "mon", "tue", "thu"));

  // Monday 30 November 2026; winter time, an hour ahead of UTC.
  test.each([
    ["2026-11-30T07:59:59.999Z", { state: "later", from: "2026-11-30T08:00:00.000Z" }],
    ["2026-11-30T08:00:00.000Z", { state: "now", until: "2026-11-30T16:00:00.000Z" }],
    ["2026-11-30T15:59:59.999Z", { state: "now", until: "2026-11-30T16:00:00.000Z" }],
    ["2026-11-30T16:00:00.000Z", { state: "later", from: "2026-12-01T08:00:00.000Z" }],
    ["2026-12-03T20:00:00.000Z", { state: "later", from: "2026-12-07T08:00:00.000Z" }],
  ])("with office hours, at %s", (now, expected) => {
    expect(told(office, now)).toEqual(expected);
  });

  test("of whom no hours are given is there, but it is not said when", () => {
    expect(told(adviser(), "2026-11-30T12:00:00Z")).toEqual({ state: "unstated" });
  });

  const holiday = { ...office, leave: [away("2026-12-05", "2026-12-08"), away("2026-12-01", "2026-12-04")] };

  test.each([
    ["on the eve of leave", "2026-11-30T22:59:59Z", { state: "later", from: "2026-12-10T08:00:00.000Z" }],
    [
      "as it begins, at midnight",
      "2026-11-30T23:00:00Z",
      { state: "away", until: "2026-12-08T11:00:00.000Z" },
    ],
    [
      "on a day between two leaves that touch",
      "2026-12-04T12:00:00Z",
      { state: "away", until: "2026-12-08T11:00:00.000Z" },
    ],
    ["in its last moment", "2026-12-08T22:59:59.999Z", { state: "away", until: "2026-12-08T11:00:00.000Z" }],
    ["after it", "2026-12-08T23:00:00Z", { state: "later", from: "2026-12-10T08:00:00.000Z" }],
  ])("%s", (_what, now, expected) => {
    expect(told(holiday, now)).toEqual(expected);
  });

  test("who is about to be away for longer than is looked ahead, is away", () => {
    expect(told({ ...office, leave: [away("2026-11-30", "2027-03-01")] }, "2026-11-29T12:00:00Z")).toEqual({
      state: "away",
      until: "2027-03-01T11:00:00.000Z",
    });
  });

  test("who works past midnight is there until the end of it, leave allowing", () => {
    const nights = adviser({
      reachable: {
        hours: [
          { days: ["fri"], from: "22:00", to: "24:00" },
          { days: ["sat"], from: "00:00", to: "06:00" },
        ],
        text: null,
      },
    });
    expect(told(nights, "2026-12-04T22:30:00Z")).toEqual({ state: "now", until: "2026-12-05T05:00:00.000Z" });
    expect(told({ ...nights, leave: [away("2026-12-05", "2026-12-05")] }, "2026-12-04T22:30:00Z")).toEqual({
      state: "now",
      until: "2026-12-04T23:00:00.000Z",
    });
  });

  test("with a lunch break is not there during it; hours that touch are one", () => {
    const split = (second: string) =>
      adviser({
        reachable: {
          hours: [
            { days: ["mon"], from: second, to: "17:00" },
            { days: ["mon"], from: "09:00", to: "12:30" },
          ],
          text: null,
        },
      });
    expect(told(split("13:00"), "2026-11-30T10:00:00Z")).toEqual({
      state: "now",
      until: "2026-11-30T11:30:00.000Z",
    });
    expect(told(split("12:30"), "2026-11-30T10:00:00Z")).toEqual({
      state: "now",
      until: "2026-11-30T16:00:00.000Z",
    });
  });

  test("around the clock is there for as long as is looked ahead", () => {
    expect(told(adviser(during("00:00", "24:00")), "2026-11-30T10:00:00Z")).toEqual({
      state: "now",
      until: "2027-01-29T23:00:00.000Z",
    });
  });

  test("elsewhere keeps the hours and the calendar of there", () => {
    const island = adviser({
      timeZone: "America/Kralendijk",
      ...during("09:00", "17:00", "mon"),
      leave: [away("2026-12-01", "2026-12-01")],
    });
    expect(told(island, "2026-11-30T12:59:00Z")).toEqual({
      state: "later",
      from: "2026-11-30T13:00:00.000Z",
    });
    // Where people read it, it is the same day.
    expect(told(island, "2026-12-01T12:00:00Z")).toEqual({
      state: "away",
      until: "2026-12-01T16:00:00.000Z",
    });
    expect(present(island, at("2026-12-01T03:59:59Z"))).toBe(true);
    expect(present(island, at("2026-12-01T04:00:00Z"))).toBe(false);
    expect(present(island, at("2026-12-02T03:59:59Z"))).toBe(false);
    expect(present(island, at("2026-12-02T04:00:00Z"))).toBe(true);
  });

  test("on the other side of the world keeps them through a night in which the clock changes there", () => {
    const auckland = adviser({ timeZone: "Pacific/Auckland", ...during("01:00", "09:00", "sun") });
    // On 27 September 2026 the clock there goes from 02:00 to 03:00, which is 14:00 the day before in UTC.
    expect(told(auckland, "2026-09-26T12:00:00Z")).toEqual({
      state: "later",
      from: "2026-09-26T13:00:00.000Z",
    });
    expect(told(auckland, "2026-09-26T13:00:00Z")).toEqual({
      state: "now",
      until: "2026-09-26T20:00:00.000Z",
    });
  });

  test("is not said to leave earlier because of hours that the clock skips", () => {
    const early = { days: [...weekdays], from: "02:15", to: "02:45" };
    const nightly = { days: [...weekdays], from: "03:00", to: "08:00" };
    const night = adviser({ reachable: { hours: [early, nightly], text: null } });
    expect(told(night, "2026-03-29T02:00:00Z")).toEqual({ state: "now", until: "2026-03-29T06:00:00.000Z" });
  });

  // The clock goes from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October.
  test.each([
    [
      "keeps office hours into summer time",
      "09:00",
      "17:00",
      "2026-03-28T17:00:00Z",
      { state: "later", from: "2026-03-29T07:00:00.000Z" },
    ],
    [
      "keeps office hours into winter time",
      "09:00",
      "17:00",
      "2026-10-24T17:00:00Z",
      { state: "later", from: "2026-10-25T08:00:00.000Z" },
    ],
    [
      "has the hours that are skipped an hour later",
      "02:15",
      "02:45",
      "2026-03-29T00:00:00Z",
      { state: "later", from: "2026-03-29T01:15:00.000Z" },
    ],
    [
      "works an hour less in a short night",
      "00:00",
      "08:00",
      "2026-03-28T23:30:00Z",
      { state: "now", until: "2026-03-29T06:00:00.000Z" },
    ],
    [
      "works an hour more in a long night",
      "00:00",
      "08:00",
      "2026-10-24T22:30:00Z",
      { state: "now", until: "2026-10-25T07:00:00.000Z" },
    ],
    [
      "has the hours that return as they return",
      "02:15",
      "02:45",
      "2026-10-25T00:15:00Z",
      { state: "later", from: "2026-10-25T01:15:00.000Z" },
    ],
  ])("%s", (_what, from, to, now, expected) => {
    expect(told(adviser(during(from, to)), now)).toEqual(expected);
  });
});

/** The clock and calendar of a place, by means of its own: `Intl`, and no sum with offsets. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function wall(timeZone: string, now: number): { date: string; time: string; day: Day } {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  clocks.set(timeZone, clock);
  const [date = "", time = ""] = clock.format(now).split(" ");
  const day = weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? "mon";
  return { date, time, day };
}
const nextDate = (date: string, days = 1) =>
  new Date(Date.parse(date) + days * dayLength).toISOString().slice(0, 10);
const isOnLeave = ({ leave }: Adviser, date: string) =>
  leave.some(({ from, to }) => from <= date && date <= to);
/** Within an hour of a change of the clock, where what is said may be an hour off. */
function clockChanges(timeZone: string, now: number): boolean {
  const minutes = (at: number) =>
    Date.parse(`${Object.values(wall(timeZone, at)).slice(0, 2).join("T")}Z`) - at;
  return Math.abs(minutes(now - hour) - minutes(now + hour)) > 0;
}
function isOpen(one: Adviser, now: number): boolean {
  const { date, time, day } = wall(one.timeZone, now);
  if (isOnLeave(one, date)) return false;
  return one.reachable.hours.some(({ days, from, to }) => days.includes(day) && from <= time && time < to);
}

const zones = [
  "Europe/Amsterdam",
  "Europe/Amsterdam",
  "America/Kralendijk",
  "America/New_York",
  "Atlantic/Azores",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
];
const timeZone = fc.constantFrom(...zones);
/** Anywhere in the year, and often near one of the nights in which the clock changes somewhere. */
const moment = fc
  .tuple(
    fc.constantFrom(
      "2026-03-29",
      "2026-10-25",
      "2026-03-08",
      "2026-11-01",
      "2026-04-05",
      "2026-10-04",
      "2026-04-24",
      "2026-10-30",
      "2026-12-31",
      "2028-02-28",
    ),
    fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: -36, max: 48 }) },
      fc.integer({ min: -4000, max: 4000 }),
    ),
    fc.nat(3_599_999),
  )
  .map(([date, hours, ms]) => Date.parse(date) + hours * 3_600_000 + ms);
const clock = (quarters: number) =>
  `${String(Math.floor(quarters / 4)).padStart(2, "0")}:${String((quarters % 4) * 15).padStart(2, "0")}`;
/** Up to three stretches a day that do not overlap, on some days; some of them touch, also across midnight. */
const hours = fc
  .uniqueArray(fc.oneof(fc.constantFrom(0, 4, 8, 10, 12, 96), fc.integer({ min: 0, max: 96 })), {
    minLength: 2,
    maxLength: 5,
  })
  .chain((edges) => {
    const sorted = edges.sort((one, other) => one - other);
    return fc.tuple(
      ...sorted
        .slice(1)
        .map((to, nr) =>
          fc.subarray([...weekdays]).map((days) => ({ days, from: clock(sorted[nr] ?? 0), to: clock(to) })),
        ),
    );
  })
  .map((all) => all.filter(({ days }) => days.length > 0));
const noHours: Adviser["reachable"]["hours"] = [];
/** Leaves from a moment on, in order: each begins at least a day after the last one ends, and often then. */
const leaves = (now: number, longest: number) =>
  fc
    .array(
      fc.record({ gap: fc.oneof(fc.constant(0), fc.nat(12)), days: fc.oneof(fc.nat(4), fc.nat(longest)) }),
      { maxLength: 4 },
    )
    .chain((all) =>
      fc.integer({ min: -6, max: 3 }).map((first) => {
        let date = nextDate(new Date(now).toISOString().slice(0, 10), first);
        return all.map(({ gap, days }) => {
          const from = nextDate(date, gap);
          const to = nextDate(from, days);
          date = nextDate(to);
          return away(from, to);
        });
      }),
    );
const somebody = (longest = 40) =>
  moment.chain((now) =>
    fc
      .record({
        now: fc.constant(now),
        timeZone,
        hours: fc.oneof(hours, fc.constant(noHours)),
        leave: leaves(now, longest),
      })
      .map((one) => ({
        now,
        one: adviser({
          timeZone: one.timeZone,
          leave: one.leave,
          reachable: { hours: one.hours, text: null },
        }),
      })),
  );

describe("whoever, wherever and whenever", () => {
  test("present is: the date there is in no leave", () => {
    const count = { present: 0, away: 0 };
    fc.assert(
      fc.property(somebody(), ({ one, now }) => {
        const expected = !isOnLeave(one, wall(one.timeZone, now).date);
        expect(present(one, now)).toBe(expected);
        count[expected ? "present" : "away"] += 1;
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(count.present, count.away)).toBeGreaterThan(100);
  });

  test("what is said is what a look at every quarter of an hour finds", () => {
    const count = { now: 0, later: 0, away: 0, unstated: 0 };
    fc.assert(
      fc.property(somebody(), ({ one, now }) => {
        const said = availabilityOf(one, now);
        count[said.state] += 1;
        const today = wall(one.timeZone, now).date;
        if (isOnLeave(one, today)) return expectAway(one, said, today);
        if (one.reachable.hours.length === 0) return expect(said).toEqual({ state: "unstated" });
        const end = nextDate(today, horizonDays);
        const seen = (moment: number) => isOpen(one, moment) && wall(one.timeZone, moment).date <= end;
        const open = said.state === "now";
        const turn = open ? said.until : said.state === "later" ? said.from : Date.parse(nextDate(end));
        for (let moment = now - (now % quarter); moment < turn; moment += quarter)
          if (seen(moment) !== open) expect(clockChanges(one.timeZone, moment)).toBe(true);
        if (said.state === "away") return expectAway(one, said, null);
        if (seen(turn) === open) expect(clockChanges(one.timeZone, turn)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(count.now, count.later, count.away, count.unstated)).toBeGreaterThan(15);
  });

  /** `until` is in the last day of a leave; where it holds today, no day from then on is without leave. */
  function expectAway(one: Adviser, said: ReturnType<typeof availabilityOf>, today: string | null): void {
    if (said.state !== "away") throw new Error(said.state);
    const last = wall(one.timeZone, said.until).date;
    expect(isOnLeave(one, nextDate(last))).toBe(false);
    for (let date = today ?? last; date <= last; date = nextDate(date))
      expect(isOnLeave(one, date)).toBe(true);
  }
});

describe("who takes the place", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  /** Advisers with replacements at will: circles, strangers and themselves included. */
  const staff = moment.chain((now) =>
    fc
      .tuple(
        ...ids.map((id) =>
          fc
            .record({
              timeZone,
              leave: leaves(now, 4),
              all: fc.array(fc.option(fc.constantFrom(...ids, "x")), { minLength: 4, maxLength: 4 }),
            })
            .map(({ timeZone, leave, all }) =>
              adviser({
                id,
                timeZone,
                leave: leave.map((one, nr) => ({ ...one, replacement: all[nr] ?? null })),
              }),
            ),
        ),
      )
      .map((advisers) => ({ now, advisers })),
  );

  test("is the first along the chain who is there, and never somebody on leave", () => {
    let stoodIn = 0;
    fc.assert(
      fc.property(staff, ({ now, advisers }) => {
        const found = standIns(advisers, now);
        stoodIn += found.size;
        for (const one of advisers) {
          let last: Adviser | undefined = one;
          for (let step = 0; step < advisers.length && last && !present(last, now); step += 1) {
            const { date } = wall(last.timeZone, now);
            const replacement: string | undefined | null = last.leave.find(
              ({ from, to }) => from <= date && date <= to,
            )?.replacement;
            last = advisers.find(({ id }) => id === replacement);
          }
          const expected = last && last !== one && present(last, now) ? last : undefined;
          expect(found.get(one.id)).toBe(expected);
        }
        for (const [id, instead] of found) {
          expect(present(instead, now)).toBe(true);
          expect(present(advisers.find((one) => one.id === id) ?? instead, now)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
    expect(stoodIn).toBeGreaterThan(50);
  });

  test("is of the leave of today, where two that touch have other replacements", () => {
    const [b, c] = [adviser({ id: "b" }), adviser({ id: "c" })];
    const a = adviser({
      id: "a",
      leave: [away("2026-12-01", "2026-12-02", "b"), away("2026-12-03", "2026-12-04", "c")],
    });
    expect(standIns([a, b, c], at("2026-12-02T22:59:59Z")).get("a")).toBe(b);
    expect(standIns([a, b, c], at("2026-12-02T23:00:00Z")).get("a")).toBe(c);
    expect(standIns([a, b], at("2026-12-02T23:00:00Z")).size).toBe(0);
  });
});

describe("the first who is back", () => {
  test("is nobody's while somebody is there, or where there is nobody", () => {
    const on = adviser({ leave: [away("2026-12-01", "2026-12-02")] });
    expect(firstBack([], at("2026-12-01T12:00:00Z"))).toBeNull();
    expect(firstBack([on, adviser()], at("2026-12-01T12:00:00Z"))).toBeNull();
    expect(firstBack([on], at("2026-12-03T12:00:00Z"))).toBeNull();
  });

  test("comes at the next hours after the leave", () => {
    const on = adviser({ ...during("09:00", "17:00", "mon"), leave: [away("2026-12-01", "2026-12-04")] });
    expect(firstBack([on], at("2026-12-01T12:00:00Z"))).toBe(at("2026-12-07T08:00:00Z"));
    const other = adviser({ id: "b", leave: [away("2026-12-01", "2026-12-05")] });
    expect(firstBack([on, other], at("2026-12-01T12:00:00Z"))).toBe(at("2026-12-05T23:00:00Z"));
  });

  test("is there when a look at every quarter of an hour finds one", () => {
    let absent = 0;
    fc.assert(
      fc.property(fc.array(somebody(3), { minLength: 1, maxLength: 3 }), (some) => {
        const now = some[0]?.now ?? 0;
        const advisers = some.map(({ one }) => one);
        const back = firstBack(advisers, now);
        if (advisers.some((one) => present(one, now))) return expect(back).toBeNull();
        absent += 1;
        const isBack = (one: Adviser, moment: number) =>
          one.reachable.hours.length > 0 ? isOpen(one, moment) : present(one, moment);
        if (back === null) throw new Error("nobody is back");
        const sure = (one: Adviser, moment: number) => !clockChanges(one.timeZone, moment);
        for (let moment = now - (now % quarter); moment < back; moment += quarter)
          expect(advisers.some((one) => isBack(one, moment) && sure(one, moment))).toBe(false);
        expect(advisers.some((one) => isBack(one, back) || !sure(one, back))).toBe(true);
      }),
      { numRuns: 600 },
    );
    expect(absent).toBeGreaterThan(30);
  });
});
