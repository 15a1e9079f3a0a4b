import fc from "fast-check";
import {
  answerTo,
  Check,
  currentRound,
  type Filled,
  filledIn,
  type Given,
  mostKept,
  type Round,
  verdicts,
} from "../dialogs/check/check.ts";
import {
  Comparison,
  fewestUnits,
  noComparison,
  shownOf,
  standings,
  standingsOf,
  withFinished,
} from "../dialogs/check/compare.ts";
import { firstOpen, moved, noteField, verdictField } from "../dialogs/check/moves.ts";
import { changesSince, kinds, outcomeOf, statusOf } from "../dialogs/check/outcome.ts";
import { newCheck, withPerson } from "../dialogs/check/people.ts";
import { firstActions, planOf } from "../dialogs/check/plan.ts";
import { type InCheckPress, onward } from "../dialogs/check/press.ts";
import { groups, mostOnPage, pagesFor, questions, questionsFor, sizes } from "../dialogs/check/questions.ts";
import { sectors } from "../dialogs/find/situation.ts";

const settings = fc.record({ sector: fc.constantFrom(...sectors), size: fc.constantFrom(...sizes) });
const note = fc.oneof(fc.constant(""), fc.constant("op intranet"), fc.constant("wij hebben geen raad"));
const filled = fc.record({ verdict: fc.constantFrom(...verdicts), note });
const answers = fc.dictionary(fc.constantFrom(...questions.map(({ id }) => id)), filled);

function given(said: Filled, over: Partial<Given> = {}): Given {
  return { ...said, by: "p1", at: 1, revision: 1, aside: false, ...over };
}

function roundWith(setting: Round["setting"], said: Readonly<Record<string, Filled>>): Round {
  return {
    id: "r1",
    setting,
    startedAt: 0,
    finishedAt: null,
    answers: Object.fromEntries(Object.entries(said).map(([id, one]) => [id, [given(one)]])),
    plan: {},
  };
}

function someCheck(over: Partial<Check> = {}): Check {
  const first = { mark: "m1", name: "Sanne", role: "hr" } as const;
  const setting = { sector: "business", size: "from50" } as const;
  const begun = newCheck({ unit: "Noord", code: "c", language: "nl", round: "r1", setting }, first, 0);
  return { ...begun, ...over };
}

describe("which questions are asked together", () => {
  test.each(sectors.flatMap((sector) => sizes.map((size) => [sector, size] as const)))(
    "%s, %s: every question once, in order, on forms of one part",
    (sector, size) => {
      const pages = pagesFor({ sector, size });
      expect(pages.flatMap((page) => page.questions)).toEqual(questionsFor({ sector, size }));
      for (const { questions, group } of pages) {
        expect(questions.length).toBeGreaterThan(0);
        expect(questions.length).toBeLessThanOrEqual(mostOnPage);
        expect(questions.every((question) => question.group === group)).toBe(true);
      }
      expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
    },
  );
});

describe("an outcome", () => {
  /** How good an answer is; a reason makes "does not apply" an answer at all. */
  const rank = (one: Filled) =>
    ["missing", "unknown", "partly", "notApplicable", "inOrder"].indexOf(statusOf(one));
  const worse: Readonly<Record<string, readonly Filled["verdict"][]>> = {
    yes: ["partly", "no", "unknown"],
    partly: ["no", "unknown"],
  };

  test("never improves when an answer gets worse", () => {
    fc.assert(
      fc.property(settings, answers, fc.nat(), fc.nat(), (setting, said, which, how) => {
        const asked = questionsFor(setting).filter(({ id }) => worse[said[id]?.verdict ?? ""]);
        const question = asked[which % Math.max(asked.length, 1)];
        if (!question) return;
        const before = said[question.id] as Filled;
        const options = worse[before.verdict ?? ""] ?? [];
        const after = { ...before, verdict: options[how % options.length] ?? "no" };
        expect(rank(after)).toBeLessThan(rank(before));
        const good = outcomeOf(roundWith(setting, said));
        const bad = outcomeOf(roundWith(setting, { ...said, [question.id]: after }));
        expect(bad.openDuties.length).toBeGreaterThanOrEqual(good.openDuties.length);
        for (const [nr, group] of good.groups.entries())
          for (const kind of kinds) {
            const was = group.counts[kind];
            const is = bad.groups[nr]?.counts[kind];
            expect(is?.inOrder).toBeLessThanOrEqual(was.inOrder);
            expect((is?.inOrder ?? 0) + (is?.partly ?? 0)).toBeLessThanOrEqual(was.inOrder + was.partly);
          }
        // Nor does a plan get shorter.
        const todo = (round: Round) => planOf(round).actions.length + planOf(round).rest.length;
        expect(todo(roundWith(setting, { ...said, [question.id]: after }))).toBeGreaterThanOrEqual(
          todo(roundWith(setting, said)),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("names every legal duty that is not said to be in order, and no other", () => {
    fc.assert(
      fc.property(settings, answers, (setting, said) => {
        const { openDuties, groups: shown } = outcomeOf(roundWith(setting, said));
        const expected = questionsFor(setting)
          .filter(({ id, kind }) => kind === "law" && said[id]?.verdict !== "yes")
          .map(({ id }) => id);
        expect(openDuties.map(({ id }) => id)).toEqual(expected);
        // Every question that applies stands in exactly one part, and is counted once, under its own kind.
        const all = shown.flatMap(({ findings }) => findings);
        expect(all.map(({ id }) => id)).toEqual(questionsFor(setting).map(({ id }) => id));
        const counted = shown.flatMap(({ counts }) => kinds.flatMap((kind) => Object.values(counts[kind])));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      }),
    );
  });

  test("takes 'does not apply' for an answer only with a reason, and never as a duty fulfilled", () => {
    const setting = { sector: "business", size: "from50" } as const;
    const status = (said: Filled) =>
      outcomeOf(roundWith(setting, { whistleblowing: said })).openDuties.find(
        ({ id }) => id === "whistleblowing",
      )?.status;
    expect(status({ verdict: "notApplicable", note: "" })).toBe("unknown");
    expect(status({ verdict: "notApplicable", note: "  " })).toBe("unknown");
    expect(status({ verdict: "notApplicable", note: "valt onder de holding" })).toBe("notApplicable");
    expect(status({ verdict: "yes", note: "" })).toBeUndefined();
  });

  test("says what changed since the round before, and what is new", () => {
    const small = { sector: "business", size: "from10" } as const;
    const large = { ...small, size: "from50" } as const;
    const before = roundWith(small, {
      policyWritten: { verdict: "no", note: "" },
      leadership: { verdict: "yes", note: "" },
    });
    const now = roundWith(large, {
      policyWritten: { verdict: "yes", note: "" },
      leadership: { verdict: "yes", note: "" },
    });
    expect(changesSince(before, now)).toEqual([
      { question: "policyWritten", kind: "law", before: "missing", now: "inOrder" },
      { question: "whistleblowing", kind: "law", before: null, now: "unknown" },
    ]);
  });
});

describe("a plan", () => {
  test("begins with what binds most, holds five actions, and leaves nothing out", () => {
    fc.assert(
      fc.property(settings, answers, (setting, said) => {
        const round = roundWith(setting, said);
        const { actions, rest, done } = planOf(round);
        const open = outcomeOf(round)
          .groups.flatMap(({ findings }) => findings)
          .filter(({ status }) => status !== "inOrder" && status !== "notApplicable");
        expect(actions.length).toBe(Math.min(firstActions, open.length));
        expect(done).toEqual([]);
        const planned = [...actions.map(({ finding }) => finding), ...rest];
        expect(new Set(planned.map(({ id }) => id))).toEqual(new Set(open.map(({ id }) => id)));
        const rankOf = planned.map(({ kind }) => kinds.indexOf(kind));
        expect(rankOf).toEqual([...rankOf].sort((a, b) => a - b));
      }),
    );
  });

  test("what is done makes room, and what was agreed stays in sight", () => {
    const setting = { sector: "business", size: "from50" } as const;
    const agreed = { owner: "Sanne", due: "2027-02-01", by: "p1", at: 1, revision: 2, remind: [] };
    const first = planOf(roundWith(setting, {})).actions.map(({ finding }) => finding.id);
    const last = planOf(roundWith(setting, {})).rest.at(-1)?.id ?? "";
    const round = {
      ...roundWith(setting, {}),
      plan: { [first[0] ?? ""]: { ...agreed, done: true }, [last]: { ...agreed, done: false } },
    };
    const plan = planOf(round);
    expect(plan.done.map(({ finding }) => finding.id)).toEqual([first[0]]);
    expect(plan.actions).toHaveLength(firstActions + 1);
    expect(plan.actions.map(({ finding }) => finding.id)).toContain(last);
  });
});

describe("several people in one form", () => {
  interface Step {
    readonly who: "p1" | "p2" | "p3";
    /** Whether this person looks at the form anew before saving. */
    readonly looks: boolean;
    readonly question: "policyWritten" | "codeScope";
    readonly said: Filled;
  }
  const step: fc.Arbitrary<Step> = fc.record({
    who: fc.constantFrom("p1", "p2", "p3"),
    looks: fc.boolean(),
    question: fc.constantFrom("policyWritten", "codeScope"),
    said: filled,
  });

  test("nothing that anybody saved is lost: it counts, was followed by one who saw it, or is told to be late", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let check = someCheck();
        const seen: Record<string, Check> = {};
        for (const { who, looks, question, said } of steps) {
          if (looks || !seen[who]) seen[who] = check;
          const shown = seen[who] as Check;
          const before = answerTo(currentRound(check), question);
          const wasShown = answerTo(currentRound(shown), question);
          const next = filledIn(
            check,
            { [question]: said },
            { person: who, at: 1, revision: shown.revision },
          );
          const all = currentRound(next.check).answers[question] ?? [];
          const untouched = said.verdict === wasShown?.verdict && said.note === wasShown?.note;
          // What was said is there, whether it counts or lies aside.
          if (!untouched)
            expect(all.some((one) => one.verdict === said.verdict && one.note === said.note)).toBe(true);
          const now = answerTo(currentRound(next.check), question);
          if (next.late.includes(question)) {
            expect(now).toEqual(before);
            expect(before?.revision).toBeGreaterThan(shown.revision);
          } else if (!untouched) expect(now).toMatchObject(said);
          // Nothing that was there is gone.
          for (const one of currentRound(check).answers[question] ?? []) expect(all).toContainEqual(one);
          // The same delivery once more changes nothing.
          const again = filledIn(
            next.check,
            { [question]: said },
            { person: who, at: 2, revision: shown.revision },
          );
          expect(again.check).toBe(next.check);
          expect(again.late).toEqual(next.late);
          check = next.check;
        }
        expect(Check.parse(JSON.parse(JSON.stringify(check)))).toEqual(check);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps the newest answers to a question, so many", () => {
    let check = someCheck();
    for (let nr = 0; nr < mostKept + 5; nr += 1)
      check = filledIn(
        check,
        { leadership: { verdict: "partly", note: `${nr}` } },
        { person: "p1", at: nr, revision: check.revision },
      ).check;
    const kept = currentRound(check).answers.leadership ?? [];
    expect(kept).toHaveLength(mostKept);
    expect(kept.at(-1)?.note).toBe(`${mostKept + 4}`);
  });
});

describe("moving through a check", () => {
  const uuid = fc.uuid();
  const inputs = fc.dictionary(
    fc.oneof(
      fc.constantFrom("form", "group", "action", "owner", "due", "done", "remind", "sector", "size"),
      fc.constantFrom(...questions.map(({ id }) => verdictField(id))),
      fc.constantFrom(...questions.map(({ id }) => noteField(id))),
    ),
    fc.oneof(
      fc.string({ maxLength: 600 }),
      fc.constantFrom(
        ...verdicts,
        "2027-02-01",
        "2027-02-30",
        "done",
        "policy-1",
        "care",
        "education",
        "from50",
      ),
      fc.array(fc.constantFrom("yes", "no"), { maxLength: 3 }),
    ),
  );
  const check = fc.constant("id");
  const form = fc.constantFrom("policy-1", "policy-2", "sector-1", "nowhere");
  const question = fc.constantFrom("policyWritten", "privacy", "nothing");
  const revision = fc.nat(30);
  const press = fc.oneof(
    fc.record({ do: fc.constant("check.form" as const), check, form }),
    fc.record({
      do: fc.constant("check.save" as const),
      check,
      form,
      revision,
      go: fc.constantFrom(...onward),
    }),
    fc.record({ do: fc.constant("check.group" as const), check, group: fc.constantFrom(...groups) }),
    fc.record({ do: fc.constant("check.action" as const), check, question }),
    fc.record({ do: fc.constant("check.agree" as const), check, question, revision }),
    fc.record({ do: fc.constant("check.again" as const), check, round: uuid }),
    fc.record({ do: fc.constant("check.recheck" as const), check, on: fc.boolean() }),
    fc
      .constantFrom(
        "check.open",
        "check.outcome",
        "check.plan",
        "check.document",
        "check.share",
        "check.manage",
        "check.setting",
        "check.finish",
        "check.reopen",
        "check.history",
        "check.leave",
        "check.destroying",
        "check.destroy",
      )
      .map((what): InCheckPress => ({ do: what, check: "id" })),
  );

  test("is total, keeps the check whole, and a finished round as it was", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ press, inputs, me: fc.constantFrom("p1", "p2") }), { maxLength: 25 }),
        (steps) => {
          let now = withPerson(someCheck(), { mark: "m2", name: "", role: "worksCouncil" }) ?? someCheck();
          for (const { press, inputs, me } of steps) {
            const before = now;
            const next = moved({ id: "id", check: now, me, now: 5 }, press, inputs);
            expect(Check.parse(JSON.parse(JSON.stringify(next.check)))).toEqual(next.check);
            expect(next.check.revision).toBe(before.revision + (next.check === before ? 0 : 1));
            const round = currentRound(before);
            if (round.finishedAt !== null && press.do !== "check.reopen") {
              const after = next.check.rounds.find(({ id }) => id === round.id);
              // The answers that count; once another round begins, only those.
              for (const id of Object.keys(round.answers))
                expect(after && answerTo(after, id)).toEqual(answerTo(round, id));
              expect(after?.setting).toEqual(round.setting);
            }
            // Answers of one round are never taken into another, and no round but the oldest ever goes.
            if (next.end !== "left") expect(next.check.people).toEqual(before.people);
            now = next.check;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const at = (check: Check) => ({ id: "id", check, me: "p1", now: 5 });
  const save = { do: "check.save", check: "id", form: "policy-1", revision: 1, go: "next" } as const;

  test("a long note is not cut: the rest of the form is kept, and it is shown again", () => {
    const long = "x".repeat(501);
    const next = moved(at(someCheck()), save, {
      "v.policyWritten": "yes",
      "n.policyWritten": long,
      "v.codeExamples": "no",
      "n.codeExamples": "",
    });
    expect(next.note).toBe("tooLong");
    expect(next.page).toEqual({
      at: "form",
      check: "id",
      form: "policy-1",
      kept: { policyWritten: { verdict: "yes", note: long } },
    });
    expect(answerTo(currentRound(next.check), "codeExamples")?.verdict).toBe("no");
    expect(answerTo(currentRound(next.check), "policyWritten")).toBeNull();
  });

  test("asks once for the reason that something does not apply, and lets who wants leave", () => {
    const filled = { "v.policyWritten": "notApplicable" };
    expect(moved(at(someCheck()), save, filled)).toMatchObject({
      note: "reasonNeeded",
      page: { at: "form", form: "policy-1" },
    });
    expect(moved(at(someCheck()), { ...save, go: "overview" }, filled)).toMatchObject({
      page: { at: "overview" },
    });
  });

  test("goes on at the first open question", () => {
    const check = someCheck();
    const { check: after } = moved(at(check), save, {
      "v.policyWritten": "yes",
      "v.codeExamples": "yes",
      "v.codeConsequences": "unknown",
    });
    expect(firstOpen(currentRound(check))?.id).toBe("policy-1");
    expect(firstOpen(currentRound(after))?.id).toBe(pagesFor(currentRound(after).setting)[1]?.id);
  });

  test("a new round begins empty, once, with what is still to be done", () => {
    const agree = { do: "check.agree", check: "id", question: "policyWritten", revision: 1 } as const;
    let check = moved(at(someCheck()), agree, { owner: "Sanne", due: "2027-02-01", done: "open" }).check;
    const again = { do: "check.again", check: "id", round: "r2" } as const;
    // Not while one is under way.
    expect(moved(at(check), again, {}).check).toBe(check);
    check = moved(at(check), { do: "check.finish", check: "id" }, {}).check;
    check = moved(at(check), again, {}).check;
    expect(check.rounds).toHaveLength(2);
    expect(currentRound(check)).toMatchObject({ id: "r2", answers: {}, finishedAt: null });
    expect(currentRound(check).plan.policyWritten?.owner).toBe("Sanne");
    expect(moved(at(check), again, {}).check).toBe(check);
  });

  test("who leaves is forgotten by name, and is reminded of nothing", () => {
    const two = withPerson(someCheck(), { mark: "m2", name: "Joost", role: "manager" }) as Check;
    const agree = { do: "check.agree", check: "id", question: "policyWritten", revision: 9 } as const;
    const asked = moved({ ...at(two), me: "p2" }, agree, {
      owner: "Joost",
      due: "2027-02-01",
      remind: ["yes"],
    });
    expect(currentRound(asked.check).plan.policyWritten?.remind).toEqual(["p2"]);
    const left = moved({ ...at(asked.check), me: "p2" }, { do: "check.leave", check: "id" }, {});
    expect(left.end).toBe("left");
    expect(left.check.people[1]).toMatchObject({ mark: "", name: "" });
    expect(currentRound(left.check).plan.policyWritten?.remind).toEqual([]);
  });

  test("only who began it may destroy it, until they leave", () => {
    const two = withPerson(someCheck(), { mark: "m2", name: "", role: "manager" }) as Check;
    const destroy = { do: "check.destroy", check: "id" } as const;
    expect(moved({ ...at(two), me: "p2" }, destroy, {})).toMatchObject({ note: "onlyFirst" });
    expect(moved(at(two), destroy, {}).end).toBe("destroyed");
    const left = moved(at(two), { do: "check.leave", check: "id" }, {}).check;
    expect(moved({ ...at(left), me: "p2" }, destroy, {}).end).toBe("destroyed");
  });

  test.each([
    ["no date, but a wish to be reminded", { owner: "Sanne", remind: ["yes"] }],
    ["a day that is not there", { owner: "Sanne", due: "2027-02-30" }],
    ["a day in words", { owner: "Sanne", due: "morgen" }],
  ])("an agreement with %s changes nothing and keeps what was filled in", (_, inputs) => {
    const agree = { do: "check.agree", check: "id", question: "policyWritten", revision: 1 } as const;
    const check = someCheck();
    const next = moved(at(check), agree, inputs);
    expect(next.check).toBe(check);
    expect(next).toMatchObject({ note: "noDate", page: { at: "action", kept: { owner: "Sanne" } } });
  });

  test("an agreement that somebody else changed since is looked at again", () => {
    const agree = { do: "check.agree", check: "id", question: "policyWritten", revision: 1 } as const;
    const first = moved(at(someCheck()), agree, { owner: "Sanne" }).check;
    const late = moved(at(first), agree, { owner: "Joost" });
    expect(late).toMatchObject({ note: "agreedLate", page: { kept: { owner: "Joost" } } });
    expect(late.check).toBe(first);
    const seen = moved(at(first), { ...agree, revision: first.revision }, { owner: "Joost" });
    expect(currentRound(seen.check).plan.policyWritten?.owner).toBe("Joost");
  });
});

describe("units compared", () => {
  const said = fc.dictionary(
    fc.constantFrom("policyWritten", "riskInventory", "actionPlan", "privacy"),
    filled,
  );
  const finished = (answers: Readonly<Record<string, Filled>>): Check => ({
    ...someCheck(),
    rounds: [{ ...roundWith({ sector: "business", size: "from50" }, answers), finishedAt: 9 }],
  });

  test("no number between nought and five is ever shown, nor one that follows from others", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 14 }), async (units) => {
        const checks: Check[] = [];
        let comparison = noComparison;
        for (const [nr, answers] of units.entries()) {
          checks.push(finished(answers));
          comparison = await withFinished(comparison, `unit-${nr}`, nr, async () => checks);
          const shown = shownOf(comparison);
          if (nr + 1 < fewestUnits) expect(shown).toBeNull();
          for (const [, row] of shown?.rows ?? []) {
            if (row === null) continue;
            for (const standing of standings)
              expect(row[standing] === 0 || row[standing] >= fewestUnits).toBe(true);
            // All that is shown adds up to the number of units, so nothing hides behind a sum.
            expect(standings.reduce((sum, standing) => sum + row[standing], 0)).toBe(shown?.units);
          }
        }
      }),
    );
  });

  test("whoever looks twice learns about five units together: one more, or one that is destroyed, changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ unit: fc.nat(8), answers: said, destroys: fc.boolean() }), { maxLength: 40 }),
        async (events) => {
          const living = new Map<number, Check>();
          const since = new Set<number>();
          let comparison = noComparison;
          for (const [nr, { unit, answers, destroys }] of events.entries()) {
            if (destroys) {
              // Nothing that was counted follows the units that are gone.
              living.delete(unit);
              continue;
            }
            living.set(unit, finished(answers));
            since.add(unit);
            const before = shownOf(comparison);
            comparison = await withFinished(comparison, `${unit}`, nr, async () => [...living.values()]);
            expect(Comparison.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
            if (since.size < fewestUnits) expect(shownOf(comparison)).toEqual(before);
            else since.clear();
          }
        },
      ),
    );
  });

  test("a part is in order only where nothing in it is missing, partly so or not known", () => {
    const round = roundWith(
      { sector: "business", size: "under10" },
      {
        riskInventory: { verdict: "yes", note: "" },
        actionPlan: { verdict: "yes", note: "" },
        riskPower: { verdict: "notApplicable", note: "wij zijn met twee" },
        riskGroups: { verdict: "yes", note: "" },
        privacy: { verdict: "no", note: "" },
      },
    );
    expect(standingsOf(round)).toMatchObject({ risk: "inOrder", recording: "open", policy: "unknown" });
  });
});
