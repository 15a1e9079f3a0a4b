import { readContent } from "../bots/content-files.ts";
import type { CaseDetail, ThreadMessage } from "../cards/case-view.ts";
import { safeLink } from "../cards/link.ts";
import { plainText } from "../cards/plain-text.ts";
import type { ReporterFacts } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { longestText, type Question } from "../dialogs/core/flow.ts";
import type { ReviewRow } from "../dialogs/core/screen.ts";
import { reportFlow, type Way } from "../dialogs/report.ts";

/** What the tests of views share: one case, its words and messages, and what every view keeps to. */

export const content = readContent();
export const canary = "kanarie-7f3a";
export const at = Date.UTC(2026, 11, 31, 23, 30);

/** The keys of a record that the compiler holds to be complete. */
export function keys<K extends string>(record: Record<K, true>): readonly K[] {
  return Object.keys(record) as K[];
}

export const messages: readonly ThreadMessage[] = [
  { from: "adviser", at, text: `${canary} [Versturen]` },
  { from: "reporter", at, text: canary },
];

export const flow = reportFlow({ conflictRoute: false });
export const questions = flow.items.filter((item): item is Question => item.kind !== "end");

/** A report with the last option everywhere and this story, made in this way. */
export function rowsWith(story: string, way: Way = "named"): readonly ReviewRow[] {
  return questions
    .filter(({ id, kind }) => kind !== "tell" && (id !== "name" || way === "named"))
    .map(({ id, kind, options, maxLength }) => ({
      question: id,
      kind,
      answer:
        id === "identity"
          ? way
          : kind === "text"
            ? story.slice(0, maxLength)
            : kind === "choices"
              ? options
              : (options.at(-1) ?? null),
    }));
}

export const detail: CaseDetail = {
  id: "a",
  number: "V-7KQ2M",
  pseudonym: "Vega 12",
  state: "received",
  kinds: ["sexual", "other"],
  danger: true,
  when: "today",
  acknowledgeBy: at,
  receivedAt: at,
  feedbackBy: at,
  closedAt: null,
  pinged: true,
  rows: [{ question: "story", label: "Verhaal", answer: canary, own: true }],
  messages,
};
/** The same case as its reporter sees it: with everything on it that can be on it. */
export const shownThread: NonNullable<ReporterFacts["thread"]> = {
  id: "a",
  number: "V-7KQ2M",
  pseudonym: "Vega 12",
  state: "acknowledged",
  next: { step: "feedback", by: at, late: true },
  messages,
  pages: 3,
  way: "receiptOnly",
  named: false,
  consent: { askedAt: at, answer: null, madeAt: at },
  movedTo: "Meryem Aydin, Sam Bos",
  undelivered: true,
  read: true,
  inCard: true,
  receiptMark: "mark-of-a-code",
};
export const longThread: readonly ThreadMessage[] = Array.from({ length: 9 }, (_, index) => ({
  from: index % 2 === 0 ? "reporter" : "adviser",
  at: at + index,
  text: `${index}`.repeat(longestText),
}));

/** All text a view carries, buttons and hidden values included. */
export const everything = (view: View) => JSON.stringify(view);

/** What every view keeps to: few and different buttons with strict addresses, and texts that fit. */
export function checkView(view: View, presses: { parse(value: unknown): unknown }, atLeast: number): void {
  const labels = view.buttons.map(({ label }) => label);
  expect(labels.length).toBeGreaterThanOrEqual(atLeast);
  expect(labels.length).toBeLessThanOrEqual(6);
  expect(new Set(labels).size).toBe(labels.length);
  for (const button of view.buttons) {
    expect(button.label.length).toBeLessThanOrEqual(30);
    if (button.url !== undefined) {
      // It opens something, and then only what is safe to open.
      expect([button.press, safeLink(button.url)]).toEqual([undefined, button.url]);
      continue;
    }
    // A strict parse: a button carries the address it should, and nothing more.
    expect(presses.parse(button.press)).toEqual(button.press);
    if (!button.confirm) continue;
    expect(button.confirm.title.length).toBeLessThanOrEqual(100);
    expect(button.confirm.text.length).toBeLessThanOrEqual(300);
    expect(Math.max(button.confirm.yes.length, button.confirm.no.length)).toBeLessThanOrEqual(30);
  }
  expect(view.title.length).toBeLessThanOrEqual(150);
  for (const input of view.inputs) {
    expect(input.label).not.toBe("");
    if (input.type === "text" || input.type === "date") continue;
    for (const option of input.options) expect(option.label.length).toBeLessThanOrEqual(75);
  }
  expect(plainText(view)).not.toMatch(/\{\w+\}|undefined|null/);
}
