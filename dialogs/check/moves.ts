import { z } from "zod";
import type { Inputs } from "../core/event.ts";
import {
  answerTo,
  type Check,
  currentRound,
  type Filled,
  filledIn,
  longest,
  mostRounds,
  type Round,
  type Verdict,
  verdicts,
} from "./check.ts";
import { statusOf } from "./outcome.ts";
import { isFirst, settingIn, without } from "./people.ts";
import { agreedUpon, planOf, type Wish } from "./plan.ts";
import type { InCheckPress } from "./press.ts";
import { groups, type Page, pagesFor } from "./questions.ts";
import type { CheckNote, CheckPage, PlainPage } from "./screen.ts";
import { cutTo, textOf } from "./text.ts";

/** A check with who presses in it, and when. */
export interface At {
  readonly id: string;
  readonly check: Check;
  /** Id of a person of this check. */
  readonly me: string;
  /** Unix ms. */
  readonly now: number;
}

/** What a press leads to. `end`: the person is out of the check, or the check is to be destroyed. */
export interface Moved {
  readonly check: Check;
  readonly page: CheckPage;
  readonly note: CheckNote | null;
  readonly end?: "left" | "destroyed";
}

/** One press in a check: pure and total. What it cannot take changes nothing, and is said. */
export function moved(at: At, press: InCheckPress, inputs: Inputs): Moved {
  const { id, check, me, now } = at;
  const to = (page: PlainPage, note: CheckNote | null = null, changed: Check = check): Moved => ({
    check: changed,
    page: { at: page, check: id },
    note,
  });
  switch (press.do) {
    case "check.open":
      return to("overview");
    case "check.outcome":
      return to("outcome");
    case "check.plan":
      return to("plan");
    case "check.document":
      return to("document");
    case "check.share":
      return to("share");
    case "check.manage":
      return to("manage");
    case "check.history":
      return to("history");
    case "check.destroying":
      return isFirst(at) ? to("destroying") : to("manage", "onlyFirst");
    case "check.form":
      return opened(at, press.form ?? textOf(inputs.form));
    case "check.save":
      return saved(at, press, inputs);
    case "check.group": {
      const chosen = press.group ?? groups.find((group) => group === inputs.group);
      const [first] = pagesFor(currentRound(check).setting);
      const group = chosen ?? first?.group ?? "policy";
      return { check, page: { at: "group", check: id, group }, note: null };
    }
    case "check.action": {
      const question = press.question ?? textOf(inputs.action);
      if (question === "") return to("plan", "chooseFirst");
      return isAction(check, question) ? onAction(at, question) : to("plan", "oldButton");
    }
    case "check.agree":
      return agreed(at, press, inputs);
    case "check.setting": {
      // It decides which questions there are: what a finished round came to must stay as it is.
      if (currentRound(check).finishedAt !== null) return to("overview", "finished");
      const setting = settingIn(inputs);
      if (!setting) return to("manage", "chooseFirst");
      return to("overview", "settingChanged", withRound(check, { setting }));
    }
    case "check.finish": {
      const { finishedAt } = currentRound(check);
      return to("finished", null, finishedAt === null ? withRound(check, { finishedAt: now }) : check);
    }
    case "check.reopen": {
      const { finishedAt } = currentRound(check);
      return to("overview", "reopened", finishedAt === null ? check : withRound(check, { finishedAt: null }));
    }
    case "check.again":
      return to("overview", "begunAgain", again(check, press.round, now));
    case "check.recheck": {
      const others = check.recheck.filter((person) => person !== me);
      const recheck = press.on ? [...others, me] : others;
      const changed = recheck.length !== check.recheck.length;
      const next = changed ? { ...check, recheck, revision: check.revision + 1 } : check;
      return to("overview", press.on ? "reminderOn" : "reminderOff", next);
    }
    case "check.leave": {
      // Nobody could open it any more.
      const isLast = check.people.every(({ id, mark }) => id === me || mark === "");
      if (isLast) return { check, page: { at: "hub" }, note: "destroyed", end: "destroyed" };
      return { check: without(check, me), page: { at: "hub" }, note: "left", end: "left" };
    }
    case "check.destroy":
      if (!isFirst(at)) return to("manage", "onlyFirst");
      return { check, page: { at: "hub" }, note: "destroyed", end: "destroyed" };
  }
}

/** The form with the first question that nobody answered yet; the last one where all are answered. */
export function firstOpen(round: Round): Page | undefined {
  const pages = pagesFor(round.setting);
  const open = (page: Page) =>
    page.questions.some(({ id }) => (answerTo(round, id)?.verdict ?? null) === null);
  return pages.find(open) ?? pages.at(-1);
}

/** The names of a question's two fields on a form. */
export const verdictField = (question: string) => `v.${question}`;
export const noteField = (question: string) => `n.${question}`;

function opened({ id, check }: At, form: string): Moved {
  const round = currentRound(check);
  const page = pagesFor(round.setting).find((one) => one.id === form) ?? firstOpen(round);
  if (!page || round.finishedAt !== null)
    return { check, page: { at: "overview", check: id }, note: page ? "finished" : null };
  return { check, page: { at: "form", check: id, form: page.id, kept: {} }, note: null };
}

function saved(at: At, press: Extract<InCheckPress, { do: "check.save" }>, inputs: Inputs): Moved {
  const { id, me, now } = at;
  const round = currentRound(at.check);
  const pages = pagesFor(round.setting);
  const nr = pages.findIndex((one) => one.id === press.form);
  const page = pages[nr];
  const overview = (note: CheckNote | null, check = at.check): Moved => ({
    check,
    page: { at: "overview", check: id },
    note,
  });
  if (!page) return overview("oldButton");
  if (round.finishedAt !== null) return overview("finished");
  const filled = filledOn(page, inputs);
  const form = (note: CheckNote, kept: readonly string[], check: Check): Moved => ({
    check,
    page: {
      at: "form",
      check: id,
      form: page.id,
      kept: Object.fromEntries(
        Object.entries(filled)
          .filter(([question]) => kept.includes(question))
          .map(([question, { verdict, note }]) => [question, { verdict, note: cutTo(shownAgain, note) }]),
      ),
    },
    note,
  });
  // Filled in on a form of the round before, where the answers of that round stood.
  if (press.revision < (round.from ?? 0)) return form("oldButton", Object.keys(filled), at.check);
  const tooLong = Object.keys(filled).filter(
    (question) => (filled[question]?.note.length ?? 0) > longest.note,
  );
  const fits = Object.fromEntries(Object.entries(filled).filter(([question]) => !tooLong.includes(question)));
  const { check, late } = filledIn(at.check, fits, { person: me, at: now, revision: press.revision });
  if (tooLong.length > 0) return form("tooLong", [...tooLong, ...late], check);
  if (late.length > 0) return form("late", late, check);
  const after = currentRound(check);
  const unreasoned = page.questions.some(({ id: question }) => {
    const given = answerTo(after, question);
    return given?.verdict === "notApplicable" && statusOf(given) === "unknown";
  });
  // Asked for once it was said that something does not apply; leaving the form is always possible.
  if (unreasoned && press.go === "next") return form("reasonNeeded", [], check);
  switch (press.go) {
    case "why":
      return { check, page: { at: "why", check: id, form: page.id }, note: null };
    case "overview":
      return overview("saved", check);
    case "back": {
      const before = pages[nr - 1];
      if (!before) return overview("saved", check);
      return { check, page: { at: "form", check: id, form: before.id, kept: {} }, note: null };
    }
    case "next": {
      const next = pages[nr + 1];
      if (!next) return overview("saved", check);
      return { check, page: { at: "form", check: id, form: next.id, kept: {} }, note: null };
    }
  }
}

/** How much of a note that is too long is shown again: longer can only be forged, and would fit no card. */
const shownAgain = 2 * longest.note;

/** What was filled in on a form. A field that did not come was not on it. */
function filledOn(page: Page, inputs: Inputs): Readonly<Record<string, Filled>> {
  return Object.fromEntries(
    page.questions.flatMap(({ id }) => {
      const note = inputs[noteField(id)];
      const chosen = inputs[verdictField(id)];
      if (note === undefined && chosen === undefined) return [];
      const verdict: Verdict | null = verdicts.find((one) => one === chosen) ?? null;
      return [[id, { verdict, note: typeof note === "string" ? note.trim() : "" }] as const];
    }),
  );
}

function isAction(check: Check, question: string): boolean {
  const { actions, done, rest } = planOf(currentRound(check));
  return [...[...actions, ...done].map(({ finding }) => finding), ...rest].some(({ id }) => id === question);
}

function onAction(
  { id, check }: At,
  question: string,
  note: CheckNote | null = null,
  kept: Wish | null = null,
): Moved {
  return { check, page: { at: "action", check: id, question, kept }, note };
}

const day = z.iso.date();

function agreed(at: At, press: Extract<InCheckPress, { do: "check.agree" }>, inputs: Inputs): Moved {
  const { question } = press;
  const plan = (note: CheckNote, check: Check): Moved => ({
    check,
    page: { at: "plan", check: at.id },
    note,
  });
  if (!isAction(at.check, question)) return plan("oldButton", at.check);
  const due = textOf(inputs.due);
  const remind = [inputs.remind ?? []].flat().includes("yes");
  const wish: Wish = {
    owner: textOf(inputs.owner),
    due: day.safeParse(due).data ?? null,
    done: inputs.done === "done",
    remind,
  };
  if (due !== "" && wish.due === null) return onAction(at, question, "noDate", wish);
  if (remind && !wish.done && wish.due === null) return onAction(at, question, "noDate", wish);
  if (wish.owner.length > longest.owner)
    return onAction(at, question, "tooLong", { ...wish, owner: cutTo(2 * longest.owner, wish.owner) });
  const { check, late } = agreedUpon(at.check, question, wish, {
    person: at.me,
    at: at.now,
    revision: press.revision,
  });
  return late ? onAction(at, question, "agreedLate", wish) : plan("agreed", check);
}

/**
 * A new round, with what is still to be done. The same round is begun once. Of the one before only the answers
 * that count are kept: nothing else of it is shown from now on, and a check must not grow without end.
 */
function again(check: Check, round: string, now: number): Check {
  const last = currentRound(check);
  if (last.finishedAt === null || check.rounds.some(({ id }) => id === round)) return check;
  const plan = Object.fromEntries(Object.entries(last.plan).filter(([, { done }]) => !done));
  const next: Round = {
    id: round,
    setting: last.setting,
    startedAt: now,
    finishedAt: null,
    answers: {},
    plan,
    from: check.revision + 1,
  };
  const ended = { ...last, answers: counting(last) };
  const rounds = [...check.rounds.slice(0, -1), ended, next].slice(-mostRounds);
  return { ...check, rounds, revision: check.revision + 1 };
}

function counting(round: Round): Round["answers"] {
  return Object.fromEntries(
    Object.keys(round.answers).flatMap((question) => {
      const given = answerTo(round, question);
      return given ? [[question, [given]] as const] : [];
    }),
  );
}

function withRound(check: Check, change: Partial<Round>): Check {
  const rounds = [...check.rounds.slice(0, -1), { ...currentRound(check), ...change }];
  return { ...check, rounds, revision: check.revision + 1 };
}
