import fc from "fast-check";
import { type Answers, type Flow, flow } from "../dialogs/core/flow.ts";
import { resolve } from "../dialogs/core/resolve.ts";
import { answersOf, paths, type WalkedPath } from "../dialogs/core/walk.ts";
import { type Sector, sectors } from "../dialogs/find/situation.ts";
import { reportFlow } from "../dialogs/report.ts";

const asked = ({ steps, place }: WalkedPath) =>
  [...steps.map((step) => step.question.id), place.at === "end" ? place.end.id : place.at].join(" ");

/** All combinations of single answers, the slow and certain way. */
function everyWay(walked: Flow, answers: Answers = {}): readonly string[] {
  const { path, place } = resolve(walked, answers);
  if (place.at !== "question")
    return [asked({ steps: path.map(({ question, answer }) => ({ question, answers: [answer] })), place })];
  const { question } = place;
  const options =
    question.kind === "text"
      ? ["words"]
      : question.kind === "choices"
        ? [...question.options.map((option) => [option]), question.options]
        : question.options;
  return [...options, ...(question.skippable ? [null] : [])].flatMap((answer) =>
    everyWay(walked, { ...answers, [question.id]: answer }),
  );
}

/** A flow in which any rule may say, from up to two earlier answers, whether a question is asked. */
const someFlow = fc
  .array(fc.record({ looksAt: fc.array(fc.nat(), { maxLength: 2 }), rule: fc.func(fc.boolean()) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((items): Flow => {
    const asked = items.flatMap(({ looksAt, rule }, nr) => {
      const looked = nr === 0 ? [] : looksAt.map((index) => `q${index % nr}`);
      const when = (closed: Record<string, unknown>) =>
        looked.length === 0 || rule(...looked.map((id) => closed[id] ?? "-"));
      return flow("some")
        .choose("next", ["x", "y", "z"])
        .items.map((item) => ({ ...item, id: `q${nr}`, when }));
    });
    return { id: "some", items: asked };
  });

test("a walk finds every order of questions there is, each with answers that lead there", () => {
  fc.assert(
    fc.property(someFlow, (walked) => {
      const found = paths(walked);
      expect(new Set(found.map(asked))).toEqual(new Set(everyWay(walked)));
      for (const path of found) {
        for (const step of path.steps) {
          for (const answer of step.answers) {
            const { path: led, place } = resolve(walked, {
              ...answersOf(path.steps),
              [step.question.id]: answer,
            });
            expect([...led.map(({ question }) => question.id), place.at].join(" ")).toBe(asked(path));
          }
        }
      }
    }),
    { numRuns: 200 },
  );
});

/** What is asked or told in these sectors only. */
const inSectors: Readonly<Record<string, readonly Sector[]>> = {
  schoolDuty: ["education"],
  studentDuty: ["higherEducation"],
  sportDuty: ["sport"],
  careDuty: ["healthcare", "mentalHealthcare", "disabilityCare"],
  youthCareDuty: ["youthCare"],
  careForm: ["healthcare", "mentalHealthcare", "disabilityCare"],
};

test.each(
  sectors.flatMap((sector) => [true, false].map((conflictRoute) => [sector, conflictRoute] as const)),
)(
  "every question and every end of the report can be reached (%s, conflict route: %s)",
  (sector, conflictRoute) => {
    const report = reportFlow({ conflictRoute, sector });
    const found = paths(report);
    const reached = new Set(found.flatMap((path) => asked(path).split(" ")));
    const elsewhere = Object.keys(inSectors).filter((id) => !inSectors[id]?.includes(sector));
    const never = report.items.map((item) => item.id).filter((id) => !reached.has(id));
    expect(new Set(never)).toEqual(new Set([...(conflictRoute ? ["noSafeRoute"] : []), ...elsewhere]));
    expect(found.length).toBeLessThan(100);
  },
);
