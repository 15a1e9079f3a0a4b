import { randomBytes } from "node:crypto";
import { threadPages } from "../cards/case-view.ts";
import type { ReporterFacts } from "../cards/reporter.ts";
import { reviewRows } from "../cards/review.ts";
import type { CaseRow } from "../cases/case.ts";
import { type Desk, openThread, say, submit } from "../cases/handling.ts";
import { readReceipt } from "../cases/receipt.ts";
import { adviceFor } from "../dialogs/bystander/advice.ts";
import { afterFor } from "../dialogs/bystander/after.ts";
import { sceneOf } from "../dialogs/bystander/situation.ts";
import { codeFor } from "../dialogs/code/assemble.ts";
import { askedKey } from "../dialogs/core/asked.ts";
import type { Turn } from "../dialogs/core/converse.ts";
import type { Conversation } from "../dialogs/core/draft.ts";
import type { Answers } from "../dialogs/core/flow.ts";
import type { Effect, ReviewRow, Screen } from "../dialogs/core/screen.ts";
import { placeOption } from "../dialogs/find/situation.ts";
import { allowedTry } from "./attempts.ts";
import { checkPressed, withCheckFacts } from "./checks.ts";
import { codeDocumentLinks } from "./code-documents.ts";
import { deadlines } from "./deadlines.ts";
import { deliveriesIn } from "./deliveries.ts";
import { foundFor } from "./found.ts";
import { placesOf, readersOf } from "./organisation.ts";
import type { Address, StoreTransaction } from "./ports.ts";
import { wishForPing } from "./practice-ping.ts";
import type { Rights } from "./rights.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** The turn that effects are carried out in: one transaction, one person, one moment. */
export interface Now {
  readonly world: World;
  readonly tx: StoreTransaction;
  readonly now: number;
  readonly address: Address;
  /** What this person may do besides; null: not asked yet, and the turn is begun again once it is known. */
  readonly rights: Rights | "unknown" | null;
}

/** A conversation after its effects, the screen they lead to, and the facts on that screen. */
export interface Done {
  readonly conversation: Conversation;
  readonly screen: Screen;
  readonly facts: ReporterFacts;
}

/** Carries out what a turn asks for, in its transaction (house rule 6). */
export async function carryOut(now: Now, turn: Turn): Promise<Done> {
  let done: Done = { conversation: turn.conversation, screen: turn.screen, facts: bareFacts(now.world) };
  for (const effect of turn.effects) done = await carryOutOne(now, done, effect);
  return withFacts(now, done);
}

async function carryOutOne(now: Now, done: Done, effect: Effect): Promise<Done> {
  switch (effect.type) {
    case "submitReport":
      return submitted(now, done, effect);
    case "openReceipt":
      return receiptOpened(now, done, effect.code);
    case "sayToAdviser":
      return said(now, done, effect);
    case "check":
      return checkPressed(now, done, effect.press, effect.inputs);
    case "practicePing":
      await wishForPing(now.tx, now.world.ring, now.address, effect.every, now.now);
      return done;
  }
}

async function submitted(
  now: Now,
  done: Done,
  effect: Extract<Effect, { type: "submitReport" }>,
): Promise<Done> {
  const { world } = now;
  const { organisation, content } = world;
  const route = routeFor(world, effect);
  const words = content.words(effect.language);
  const rows = effect.rows.map((row) => {
    const [shown] = reviewRows(effect.flow, [row], words);
    return { ...row, asked: shown?.label ?? "", answered: shown?.answer ?? "" };
  });
  const { row, receipt } = await submit(deskOf(now), {
    report: { flow: effect.flow, language: effect.language, rows },
    link: JSON.stringify(now.address),
    route,
    ...deadlines(now.now, organisation.deadlines),
    pseudonyms: content.pseudonyms,
    pseudonymsTaken: await pseudonymsOf(now, done.conversation.cases),
  });
  const { number, acknowledgeBy, feedbackBy } = row;
  return {
    ...done,
    conversation: { ...done.conversation, cases: [...done.conversation.cases, row.id] },
    facts: {
      ...done.facts,
      readers: readersOf(organisation, route),
      sent: { number, receipt, acknowledgeBy, feedbackBy },
    },
  };
}

async function pseudonymsOf({ tx }: Now, cases: readonly string[]): Promise<readonly number[]> {
  const rows = await Promise.all(cases.map((id) => tx.findCase(id)));
  return rows.flatMap((row) => (row ? [row.pseudonym] : []));
}

/**
 * Reports about an adviser, and those of somebody unsure, go to the conflict route, whomever they were meant
 * for (P9). The others go to the route of the adviser who was chosen, as long as there is one.
 */
function routeFor(world: World, report: { rows: readonly ReviewRow[]; to: string | null }): string {
  const { conflictRoute, defaultRoute, advisers } = world.organisation;
  if (report.rows.some(({ question, answer }) => question === "aboutAdviser" && answer === "no"))
    return advisers.find(({ id }) => id === report.to)?.route ?? defaultRoute;
  // The flow ends before it can be sent where there is no such route.
  if (conflictRoute === undefined) throw new Error("a report about an adviser has no route");
  return conflictRoute;
}

async function receiptOpened(now: Now, done: Done, typed: string): Promise<Done> {
  const { tx, world } = now;
  const reports = (note: "tooManyAttempts" | "receiptTypo" | "noSuchReport"): Done => ({
    ...done,
    screen: { type: "reports", cases: done.conversation.cases, note },
  });
  const code = readReceipt(typed);
  if ("typo" in code) return reports("receiptTypo");
  if (!(await allowedTry(now, "receipt"))) return reports("tooManyAttempts");
  const row = await tx.findCaseByReceipt(world.ring.lookups("receipt", code.ok));
  if (!row) return reports("noSuchReport");
  // Last stands the report sent last, which a repeated press of "send" speaks of.
  const own = done.conversation.cases;
  const cases = own.includes(row.id) ? own : [row.id, ...own];
  return {
    ...done,
    conversation: { ...done.conversation, cases, asked: `thread:${row.id}` },
    screen: { type: "thread", case: row.id, page: 0, note: null, unsent: null },
  };
}

async function said(now: Now, done: Done, effect: Extract<Effect, { type: "sayToAdviser" }>): Promise<Done> {
  const row = await now.tx.findCase(effect.case);
  if (!row) return done;
  const outcome = await say(deskOf(now), row, effect);
  if ("refused" in outcome && done.screen.type === "thread") {
    return { ...done, screen: { ...done.screen, note: "caseClosed", unsent: effect.text } };
  }
  return done;
}

/** Looks up what the screen shows; a case that is gone drops out of the conversation. */
async function withFacts(now: Now, done: Done): Promise<Done> {
  const { screen } = done;
  const { organisation } = now.world;
  if (isOutcome(screen)) return withOutcome(now, done, screen);
  if (screen.type === "thread") return withThread(now, done, screen);
  if (screen.type === "check") return withCheckFacts(now, done, screen);
  if (screen.type === "reports") return withReports(now, done);
  if (screen.type === "review") {
    const readers = readersOf(organisation, routeFor(now.world, screen));
    return { ...done, facts: { ...done.facts, readers } };
  }
  if (screen.type === "sent" && screen.repeated) return withLastSent(now, done);
  return done;
}

type OutcomeScreen = Extract<Screen, { answers: Answers }>;

/** The outcome of a guide, and the pages beside it. */
function isOutcome(screen: Screen): screen is OutcomeScreen {
  return "answers" in screen;
}

/** What the outcome of each guide says beyond its words. A page that a guide does not have is its outcome. */
async function withOutcome(now: Now, done: Done, screen: OutcomeScreen): Promise<Done> {
  const { facts } = done;
  switch (screen.flow) {
    case "find":
      return withFound(now, done, screen);
    case "bystander":
      return atOutcome({ ...done, facts: { ...facts, advice: adviceFor(sceneOf(screen.answers)) } }, screen);
    case "aftercare": {
      const { hidden } = contentAt(now.world, now.now);
      const after = afterFor(now.world.organisation.sector, screen.answers, hidden);
      const told = { ...done, facts: { ...facts, after } };
      return screen.type === "duties" && after.duties.length > 0 ? told : atOutcome(told, screen);
    }
    case "code": {
      const code = codeFor(screen.answers, now.world.organisation.sector);
      const codeLinks = code.task === "write" ? await codeDocumentLinks(now, screen.answers) : null;
      const told = { ...done, facts: { ...facts, code, codeLinks } };
      return screen.type === "copy" ? told : atOutcome(told, screen);
    }
    case "evaluation":
      return screen.type === "copy" ? done : atOutcome(done, screen);
    default:
      return atOutcome(done, screen);
  }
}

/** The words for a page of one guide can be typed in any other. */
function atOutcome(done: Done, screen: OutcomeScreen): Done {
  if (screen.type === "outcome") return done;
  const { flow, draft, answers } = screen;
  const outcome = { type: "outcome", flow, draft, answers, note: "notUnderstood" } as const;
  return { ...done, conversation: { ...done.conversation, asked: askedKey(outcome) }, screen: outcome };
}

/** Looks up who and what helps now; what is not among it leads back to the outcome. */
function withFound(now: Now, done: Done, screen: OutcomeScreen): Done {
  const { organisation } = now.world;
  const { platform } = now.address;
  const { language } = done.conversation;
  const { hidden } = contentAt(now.world, now.now);
  const found = foundFor({ organisation, now: now.now, platform, language, hidden }, screen.answers);
  const facts = { ...done.facts, found };
  const { flow, draft, answers } = screen;
  const outcome = { type: "outcome", flow, draft, answers } as const;
  // A typed word carries no address: it is about what is shown.
  const shown = (page: OutcomeScreen): Done => ({
    conversation: { ...done.conversation, asked: askedKey(page) },
    facts,
    screen: page,
  });
  // "Which rules apply" is also asked where none asks anything of somebody: then who helps is the answer.
  if (screen.type === "duties" && found.duties.length === 0) return shown({ ...outcome, note: null });
  if (screen.type !== "adviser") return { ...done, facts };
  const chosen = screen.adviser ?? found.advisers[0]?.id;
  const adviser = found.advisers.find(({ id }) => id === chosen)?.id;
  return shown(adviser === undefined ? { ...outcome, note: "oldButton" } : { ...screen, adviser });
}

/** A repeated press of "send": what was sent, without its receipt, which is shown once. */
async function withLastSent(now: Now, done: Done): Promise<Done> {
  const last = done.conversation.cases.at(-1);
  const row = last === undefined ? null : await now.tx.findCase(last);
  if (!row)
    return withReports(now, { ...done, screen: { type: "reports", cases: [], note: "noSuchReport" } });
  const { number, acknowledgeBy, feedbackBy } = row;
  return { ...done, facts: { ...done.facts, sent: { number, receipt: null, acknowledgeBy, feedbackBy } } };
}

/** What every screen may say about the organisation, without any case. */
function bareFacts({ organisation }: Pick<World, "organisation">): ReporterFacts {
  return {
    organisation: organisation.name,
    // No name is on any screen before "is it about an adviser?" is answered (P9).
    readers: "",
    draftHours: organisation.retention.draftHours,
    languages: organisation.languages,
    places: Object.fromEntries(placesOf(organisation).map((place, nr) => [placeOption(nr), place])),
    sector: organisation.sector,
    fresh: freshId(),
  };
}

async function withReports(now: Now, done: Done): Promise<Done> {
  const rows = await Promise.all(done.conversation.cases.map((id) => now.tx.findCase(id)));
  const found = rows.filter((row): row is CaseRow => row !== null);
  const cases = [];
  for (const { id, number, state } of found) {
    const last = (await now.tx.messages(id)).at(-1);
    cases.push({ id, number, state, waiting: last?.author === "adviser" });
  }
  return {
    conversation: { ...done.conversation, cases: found.map((row) => row.id) },
    screen:
      done.screen.type === "reports" ? { ...done.screen, cases: found.map((row) => row.id) } : done.screen,
    facts: { ...done.facts, cases },
  };
}

async function withThread(now: Now, done: Done, screen: Extract<Screen, { type: "thread" }>): Promise<Done> {
  const row = await now.tx.findCase(screen.case);
  if (!row) {
    const cases = done.conversation.cases.filter((id) => id !== screen.case);
    return withReports(now, {
      ...done,
      conversation: { ...done.conversation, cases },
      screen: { type: "reports", cases, note: "noSuchReport" },
    });
  }
  const pages = threadPages(await openThread({ cases: now.tx, ring: now.world.ring }, row));
  const page = Math.min(screen.page, pages.length - 1);
  const { id, number, state, acknowledgeBy, feedbackBy } = row;
  const pseudonym = now.world.content.pseudonym(row.pseudonym);
  const messages = pages[page] ?? [];
  const thread = { id, number, pseudonym, state, acknowledgeBy, feedbackBy, messages, pages: pages.length };
  return { ...done, screen: { ...screen, page }, facts: { ...done.facts, thread } };
}

function deskOf(now: Now): Desk {
  const { ring } = now.world;
  return {
    cases: now.tx,
    deliveries: deliveriesIn(now.tx, ring, now.now),
    ring,
    now: now.now,
    random: randomBytes,
  };
}
