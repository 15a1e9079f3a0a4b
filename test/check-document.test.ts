import fc from "fast-check";
import { checkDocument } from "../cards/check-document.ts";
import type { CheckDocument } from "../cards/check-document-view.ts";
import { contentLanguages } from "../content/words.ts";
import type { Check } from "../dialogs/check/check.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { questionsFor } from "../dialogs/check/questions.ts";
import { readingOf } from "../dialogs/check/reading.ts";
import { allAnswered, anyRound, checkOf, content, given, lastOf, now, roundOf } from "./check-samples.ts";

const setting = { sector: "mentalHealthcare", size: "from50" } as const;

function documentOf(check: Check, language: "nl" | "en" = "nl"): CheckDocument {
  return checkDocument(
    readingOf(check, lastOf(check)),
    { organisation: "Stichting Voorbeeld", now, language },
    content,
  );
}

const allYes = allAnswered(setting, given("yes"));
const items = ({ answers }: CheckDocument) => answers.groups.flatMap((group) => group.items);

describe("a missing duty is never left out", () => {
  test("whatever was answered: every legal duty that is not said to be in order stands there, and no other", () => {
    fc.assert(
      fc.property(anyRound(fc.constantFrom("", "in het handboek")), (round) => {
        const document = documentOf(checkOf([round]));
        const open = items(document).filter(
          ({ kind, mark }) => kind.id === "law" && mark.status !== "inOrder",
        );
        expect(document.duties.items.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
        for (const { id, mark, note, ok, source } of document.duties.items) {
          const answer = open.find((one) => one.id === id);
          expect([mark, note]).toEqual([answer?.mark, answer?.note]);
          expect([ok, source]).not.toContain("");
        }
      }),
    );
  });

  test("one that is said not to apply stays, with its reason", () => {
    const answers = { ...allYes, reportingCode: [given("notApplicable", "Alleen volwassenen")] };
    const [duty, ...others] = documentOf(checkOf([roundOf(setting, answers)])).duties.items;
    expect(others).toEqual([]);
    expect(duty).toMatchObject({
      id: "reportingCode",
      mark: { status: "notApplicable" },
      note: "Alleen volwassenen",
      remark: null,
    });
  });

  test("one that does not apply without a reason counts as not known, and says why", () => {
    const answers = { ...allYes, riskInventory: [given("notApplicable")] };
    const [duty] = documentOf(checkOf([roundOf(setting, answers)])).duties.items;
    expect(duty?.mark.status).toBe("unknown");
    expect(duty?.remark).toContain("zonder reden");
  });

  test("where all are said to be in order, it says that nobody checked it", () => {
    const { duties } = documentOf(checkOf([roundOf(setting, allYes)]));
    expect(duties.items).toEqual([]);
    expect(duties.lines.join()).toMatch(/Van alle \d+ .* is opgegeven .* Niemand heeft dat nagekeken/);
  });
});

describe("kinds are never added up", () => {
  test("every bar is of one kind, and has each of its questions once", () => {
    fc.assert(
      fc.property(anyRound(fc.constant("")), (round) => {
        const document = documentOf(checkOf([round]));
        const { whole, groups } = document.glance;
        for (const [bars, within] of [
          [whole.bars, items(document)] as const,
          ...groups.rows.map(
            ({ group, bars }) =>
              [bars, document.answers.groups.find((one) => one.group === group)?.items ?? []] as const,
          ),
        ]) {
          expect(new Set(bars.map(({ kind }) => kind)).size).toBe(bars.length);
          expect(new Set(bars.map(({ kind }) => kind))).toEqual(new Set(within.map(({ kind }) => kind.id)));
          for (const { kind, counts } of bars) {
            const own = within.filter((item) => item.kind.id === kind);
            expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(own.length);
            for (const { status, count, text } of counts) {
              expect(own.filter(({ mark }) => mark.status === status)).toHaveLength(count);
              expect(text).toContain(String(count));
            }
          }
        }
      }),
    );
  });

  test("what is no legal duty stands apart, by what it rests on", () => {
    const document = documentOf(checkOf([roundOf(setting, allAnswered(setting, given("no")))]));
    expect(document.others.map(({ kind }) => kind)).toEqual(["sectorRule", "proposed", "goodPractice"]);
    for (const { kind, items: own } of document.others)
      expect(new Set(own.map((item) => item.kind.id))).toEqual(new Set([kind]));
    const [, proposed] = document.others;
    expect(proposed?.lines.join(" ")).toMatch(/nog geen plicht/);
  });

  test.each(contentLanguages)("nothing in %s grades, or says that the law is complied with", (language) => {
    for (const verdict of ["yes", "no"] as const) {
      const said = JSON.stringify(
        documentOf(checkOf([roundOf(setting, allAnswered(setting, given(verdict)))]), language),
      );
      expect(said).not.toMatch(/%|voldoe|\bu\b|compliant|\bcomply\b|meets the law|rapportcijfer|\d\/10/i);
      expect(said).toMatch(
        language === "nl"
          ? /geen oordeel dat de wet wordt nageleefd/
          : /no judgement that the law is complied with/,
      );
    }
  });
});

describe("the plan", () => {
  test("has everything that is open, once, in one of its three places", () => {
    fc.assert(
      fc.property(anyRound(fc.constant("x")), (round) => {
        const { plan, ...document } = documentOf(checkOf([round]));
        const open = outcomeOf(round)
          .groups.flatMap(({ findings }) => findings)
          .filter(({ status }) => ["missing", "partly", "unknown"].includes(status));
        const planned = [...plan.actions, ...plan.done.items, ...plan.later.items].map(({ id }) => id);
        expect(planned.toSorted()).toEqual(open.map(({ id }) => id).toSorted());
        expect(new Set(items(document as CheckDocument).map(({ number }) => number)).size).toBe(
          items(document as CheckDocument).length,
        );
      }),
    );
  });

  test("says who does what by when, and leaves room where nobody does", () => {
    const agreed = {
      owner: " Samir ",
      due: "2026-12-15",
      done: false,
      by: "p1",
      at: now,
      revision: 3,
      remind: [],
    };
    const answers = { ...allYes, actionPlan: [given("no")], informed: [given("no")] };
    const { plan } = documentOf(checkOf([roundOf(setting, answers, { plan: { actionPlan: agreed } })]));
    expect(plan.actions.map(({ id, agreement }) => [id, agreement.owner, agreement.dueText])).toEqual([
      ["actionPlan", "Samir", "15 december 2026"],
      ["informed", "", null],
    ]);
  });
});

describe("an unfinished round", () => {
  test("says so, with how many are answered", () => {
    const asked = questionsFor(setting).length;
    const round = roundOf(setting, { policyWritten: [given("yes")] }, { finishedAt: null });
    expect(documentOf(checkOf([round])).interim).toBe(`Tussenstand: 1 van ${asked} vragen beantwoord`);
    expect(documentOf(checkOf([round]), "en").interim).toBe(`Interim: 1 of ${asked} questions answered`);
    expect(documentOf(checkOf([roundOf(setting, allYes)])).interim).toBeNull();
  });
});

describe("what changed", () => {
  const first = roundOf(setting, { ...allYes, informed: [given("no")] }, { id: "r0", finishedAt: now - 1e9 });

  test("is told against the finished round before, with what was not asked then", () => {
    const before = { ...first, setting: { ...setting, size: "from10" } as const };
    const { changes } = documentOf(checkOf([before, roundOf(setting, allYes)]));
    expect(changes?.items.map(({ id, beforeText, mark }) => [id, beforeText, mark.label])).toEqual([
      ["whistleblowing", "Niet gevraagd", "In orde"],
      ["informed", "Niet in orde", "In orde"],
    ]);
  });

  test("is not told where there is none, and nothing is told as nothing", () => {
    expect(documentOf(checkOf([roundOf(setting, allYes)])).changes).toBeNull();
    expect(
      documentOf(checkOf([{ ...first, finishedAt: null }, roundOf(setting, allYes)])).changes,
    ).toBeNull();
    const same = documentOf(checkOf([first, roundOf(setting, first.answers)])).changes;
    expect(same?.items).toEqual([]);
    expect(same?.lines.at(-1)).toBe("Er is niets veranderd.");
  });
});

describe("who answered", () => {
  const two = {
    people: [
      { id: "p1", mark: "SECRET-MARK", name: "Noor", role: "manager" as const },
      { id: "p2", mark: "SECRET-MARK-2", name: "Samir", role: "worksCouncil" as const },
    ],
  };

  test("is named as they gave it, with the day", () => {
    const round = roundOf(setting, { policyWritten: [given("yes", "", { by: "p2" })] });
    const [answer] = items(documentOf(checkOf([round], two)));
    expect(answer?.answered?.text).toBe("Samir, 28 november 2026");
  });

  test("at the same time as somebody else is told, until somebody answers again", () => {
    const late = given("no", "Niet bij ons", { by: "p2", revision: 2, aside: true });
    const aside = (answers: ReturnType<typeof given>[]) =>
      items(documentOf(checkOf([roundOf(setting, { policyWritten: answers })], two)))[0]?.aside;
    expect(aside([given("yes"), late])).toEqual([
      "Er is ook geantwoord: Niet in orde, Niet bij ons (Samir, 28 november 2026). Dat telt niet mee. Bespreek het samen.",
    ]);
    expect(aside([given("yes"), late, given("partly", "", { revision: 3 })])).toEqual([]);
    const many = Array.from({ length: 12 }, (_, nr) => ({ ...late, revision: nr + 2 }));
    expect(aside([given("yes"), ...many])).toHaveLength(3);
  });

  test("is nobody's account, and the code to join stands nowhere", () => {
    const document = JSON.stringify(documentOf(checkOf([roundOf(setting, allYes)], two)));
    expect(document).not.toMatch(/SECRET|"p1"|"p2"/);
  });
});

test("every question that is asked has its source, with the date it was looked up", () => {
  const document = documentOf(checkOf([roundOf(setting, allYes)]));
  const numbers = document.sources.items.flatMap(({ questions }) => questions);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(items(document).map(({ number }) => number));
  for (const { rests, source, checkedOn } of document.sources.items) {
    expect([rests, source]).not.toContain("");
    expect(checkedOn).toMatch(/^\d{1,2} \w+ 20\d\d$/);
  }
});
