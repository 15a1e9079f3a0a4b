import type { CheckFacts } from "../cards/check-view.ts";
import { Overtaken } from "../cases/handling.ts";
import { newReceipt, readReceipt } from "../cases/receipt.ts";
import type { Sealed } from "../cases/seal.ts";
import { type Check, currentRound, longest } from "../dialogs/check/check.ts";
import { Comparison, noComparison, shownOf, withFinished } from "../dialogs/check/compare.ts";
import { moved } from "../dialogs/check/moves.ts";
import { outcomeOf } from "../dialogs/check/outcome.ts";
import { newCheck, selfIn, settingIn, withPerson } from "../dialogs/check/people.ts";
import type { CheckPress, InCheckPress } from "../dialogs/check/press.ts";
import { openedBy } from "../dialogs/check/reading.ts";
import type { CheckNote, CheckPage } from "../dialogs/check/screen.ts";
import { cutTo, textOf } from "../dialogs/check/text.ts";
import { askedKey } from "../dialogs/core/asked.ts";
import type { Inputs } from "../dialogs/core/event.ts";
import type { Screen } from "../dialogs/core/screen.ts";
import { allowedTry } from "./attempts.ts";
import { documentLinks } from "./check-documents.ts";
import { endCheck } from "./check-end.ts";
import { planReminders } from "./check-reminders.ts";
import { checkExpiry, checkOrNull, checkRow, markOf, personIn, resealed } from "./check-rows.ts";
import type { Done, Now } from "./effects.ts";
import { errorCode } from "./log.ts";
import type { CheckRow } from "./ports.ts";
import type { Rights } from "./rights.ts";
import { freshId } from "./world.ts";

/** Whether this person may has to be asked of the platform, outside of a transaction: the turn is done again with the answer. */
export class RightsNeeded extends Error {
  readonly code = "rightsNeeded";
  constructor() {
    super("rightsNeeded");
    this.name = "RightsNeeded";
  }
}

type CheckScreen = Extract<Screen, { type: "check" }>;

/** Carries out a press in the check, and says where it leads. Throws `RightsNeeded`. */
export async function checkPressed(now: Now, done: Done, press: CheckPress, inputs: Inputs): Promise<Done> {
  const refused = refusal(now);
  if (refused) return at(done, refused);
  switch (press.do) {
    case "checks":
      return at(done, { at: "hub" });
    case "check.choose":
      return typeof inputs.check === "string"
        ? inCheck(now, done, { do: "check.open", check: inputs.check }, inputs)
        : at(done, { at: "hub" }, "chooseFirst");
    case "check.new":
      return at(done, { at: "new", check: freshId() });
    case "check.joining":
      return at(done, { at: "join" });
    case "check.compare":
      return at(done, rightsOf(now).compare ? { at: "compare" } : { at: "hub" });
    case "check.begin":
      return begun(now, done, press.check, inputs);
    case "check.join":
      return joined(now, done, inputs);
    default:
      return inCheck(now, done, press, inputs);
  }
}

/** Looks up what a screen of the check shows; one that is gone, or somebody else's, leads to the list. */
export async function withCheckFacts(now: Now, before: Done, screen: CheckScreen): Promise<Done> {
  const keptDays = now.world.organisation.retention.checkDays;
  const refused = refusal(now);
  if (refused) {
    const comparison = refused.at === "compare" ? shownOf((await comparisonIn(now)).comparison) : null;
    const check = { mine: [], compare: false, keptDays, comparison };
    return { ...at(before, refused), facts: { ...before.facts, check } };
  }
  const { done, rows } = await living(now, before);
  const { page } = screen;
  const mine = rows.map(({ id, check }) => {
    const round = currentRound(check);
    const { answered, asked } = outcomeOf(round);
    return { id, unit: check.unit, answered, asked, finishedAt: round.finishedAt };
  });
  const facts = { mine, compare: rightsOf(now).compare, keptDays };
  const shown = (extra: Partial<CheckFacts>): Done => ({
    ...done,
    facts: { ...done.facts, check: { ...facts, ...extra } },
  });
  if (page.at === "compare") return shown({ comparison: shownOf((await comparisonIn(now)).comparison) });
  if (!("check" in page) || page.at === "new") return shown({});
  const row = rows.find(({ id }) => id === page.check);
  if (!row) return { ...shown({}), ...asAsked(done, { type: "check", page: { at: "hub" }, note: "gone" }) };
  const open = openedBy(row.me, row.id, row.check);
  if (page.at !== "document") return shown({ open });
  return shown({ open, links: await documentLinks(now, open, done.conversation.language) });
}

function at(done: Done, page: CheckPage, note: CheckNote | null = null): Done {
  return { ...done, ...asAsked(done, { type: "check", page, note }) };
}

/** The screen, remembered as what was shown last. */
function asAsked(done: Done, screen: CheckScreen): Pick<Done, "screen" | "conversation"> {
  return { screen, conversation: { ...done.conversation, asked: askedKey(screen) } };
}

function rightsOf({ rights }: Now): Rights {
  if (rights === null) throw new RightsNeeded();
  return rights === "unknown" ? { check: false, compare: false } : rights;
}

/** What this person is shown instead of the check: the comparison, where they may see that, or a refusal. Null: they may. */
function refusal(now: Now): CheckPage | null {
  const { check, compare } = rightsOf(now);
  if (check) return null;
  if (compare) return { at: "compare" };
  return { at: "refused", why: now.rights === "unknown" ? "unsure" : "notAllowed" };
}

interface LivingCheck {
  readonly id: string;
  readonly row: CheckRow;
  readonly check: Check;
  readonly me: string;
}

/** The checks that are there and that this person takes part in; the others drop out of the conversation. */
async function living(
  now: Now,
  done: Done,
): Promise<{ readonly done: Done; readonly rows: readonly LivingCheck[] }> {
  const found = await Promise.all(done.conversation.checks.map((id) => one(now, id)));
  const rows = found.filter((row) => row !== null && row !== "unreadable");
  // The key of one that does not open may come back, and the way to it with it.
  const checks = done.conversation.checks.filter((_, nr) => found[nr] !== null);
  const same = checks.length === done.conversation.checks.length;
  return { done: same ? done : { ...done, conversation: { ...done.conversation, checks } }, rows };
}

async function one({ tx, world, address }: Now, id: string): Promise<LivingCheck | "unreadable" | null> {
  const row = await tx.findCheck(id);
  if (!row) return null;
  const check = checkOrNull(world, row);
  if (!check) return "unreadable";
  const me = personIn(world.ring, id, check, address);
  return me ? { id, row, check, me: me.id } : null;
}

/** The one of those that are in the conversation. */
async function mine(now: Now, { conversation }: Done, id: string): Promise<LivingCheck | null> {
  const found = conversation.checks.includes(id) ? await one(now, id) : null;
  return found === "unreadable" ? null : found;
}

async function inCheck(now: Now, done: Done, press: InCheckPress, inputs: Inputs): Promise<Done> {
  const found = await mine(now, done, press.check);
  if (!found) return at(done, { at: "hub" }, "gone");
  const { id, row, check, me } = found;
  const next = moved({ id, check, me, now: now.now }, press, inputs);
  const shown = at(done, next.page, next.note);
  if (next.end === "destroyed") {
    if (!(await endCheck(now.tx, now.world, row, now.now))) throw new Overtaken();
    return withoutCheck(shown, id);
  }
  if (next.check === check) return shown;
  await change(now, row, next.check);
  await planReminders(now.tx, now.world.ring, {
    id,
    before: check,
    after: next.check,
    me,
    address: now.address,
    now: now.now,
  });
  const isFinished = currentRound(check).finishedAt === null && currentRound(next.check).finishedAt !== null;
  if (isFinished) await countFinished(now, id);
  return next.end === "left" ? withoutCheck(shown, id) : shown;
}

function withoutCheck(done: Done, id: string): Done {
  const checks = done.conversation.checks.filter((one) => one !== id);
  return { ...done, conversation: { ...done.conversation, checks } };
}

/** Writes a changed check. Throws `Overtaken` where somebody else was first: the turn is done again from there. */
async function change({ tx, world, now }: Now, row: CheckRow, check: Check): Promise<void> {
  const { id, version } = row;
  const sealed = resealed(world.ring, row, check);
  const written = await tx.saveCheck({
    id,
    version,
    sealed,
    expiresAt: checkExpiry(world.organisation, now),
  });
  if (!written) throw new Overtaken();
}

/** Begins a check. A repeated press finds it there. */
async function begun(now: Now, done: Done, id: string, inputs: Inputs): Promise<Done> {
  const { world, tx, address } = now;
  if (await mine(now, done, id)) return at(done, { at: "overview", check: id });
  const self = selfIn(inputs);
  const setting = settingIn(inputs);
  if (!self || !setting) return at(done, { at: "new", check: id }, "chooseFirst");
  const unit = cutTo(longest.unit, textOf(inputs.unit) || world.organisation.name);
  const check = newCheck(
    { unit, code: newReceipt(), language: done.conversation.language, round: freshId(), setting },
    { ...self, mark: markOf(world.ring, id, address) },
    now.now,
  );
  // Each that is begun can be destroyed, which costs the database more than any other turn.
  if (hasMost(done) || !(await allowedTry(now, "check-begin"))) return at(done, { at: "hub" }, "tooMany");
  const inserted = await tx.insertCheck(checkRow(world.ring, world.organisation, id, check, now.now));
  // Somebody else's id cannot be guessed; whoever has it was not let in by it.
  if (!inserted) return at(done, { at: "hub" }, "oldButton");
  return at(withCheck(done, id), { at: "overview", check: id });
}

/** How many checks one person takes part in: more fit no list on a platform. */
const mostChecks = 50;

function hasMost({ conversation }: Done): boolean {
  return conversation.checks.length >= mostChecks;
}

function withCheck(done: Done, id: string): Done {
  const { conversation } = done;
  if (conversation.checks.includes(id)) return done;
  return { ...done, conversation: { ...conversation, checks: [...conversation.checks, id] } };
}

async function joined(now: Now, done: Done, inputs: Inputs): Promise<Done> {
  const { world, tx, address } = now;
  const typed = typeof inputs.code === "string" ? inputs.code.slice(0, 200) : "";
  if (typed.trim() === "") return at(done, { at: "join" }, "writeFirst");
  const self = selfIn(inputs);
  if (!self) return at(done, { at: "join" }, "chooseFirst");
  const code = readReceipt(typed);
  if ("typo" in code) return at(done, { at: "join" }, "codeTypo");
  if (!(await allowedTry(now, "check-code"))) return at(done, { at: "join" }, "tooManyAttempts");
  const row = await tx.findCheckByCode(world.ring.lookups("check-code", code.ok));
  const check = row && checkOrNull(world, row);
  if (!check) return at(done, { at: "join" }, "noSuchCode");
  const known = personIn(world.ring, row.id, check, address);
  if (!known && hasMost(done)) return at(done, { at: "hub" }, "tooMany");
  const next = known ? check : withPerson(check, { ...self, mark: markOf(world.ring, row.id, address) });
  if (!next) return at(done, { at: "join" }, "full");
  if (next !== check) await change(now, row, next);
  return at(withCheck(done, row.id), { at: "overview", check: row.id }, "joined");
}

const comparisonId = "all";

/** What is counted, with the version it was read at; nothing where it does not open any more: it is counted anew. */
async function comparisonIn({ tx, world }: Now): Promise<{ comparison: Comparison; version: number }> {
  const row = await tx.findComparison(comparisonId);
  if (!row) return { comparison: noComparison, version: 0 };
  try {
    const opened = world.ring.open("comparison", `comparison:${row.id}`, row.sealed as Sealed);
    return { comparison: Comparison.parse(JSON.parse(opened)), version: row.version };
  } catch (error) {
    world.log.error({ code: "comparison.unreadable", error: errorCode(error) });
    return { comparison: noComparison, version: row.version };
  }
}

/** What units are compared by, once one more finished. */
async function countFinished(now: Now, id: string): Promise<void> {
  const { tx, world } = now;
  const every = async () => (await tx.everyCheck()).flatMap((row) => checkOrNull(world, row) ?? []);
  const { comparison, version } = await comparisonIn(now);
  const next = await withFinished(comparison, id, now.now, every);
  const sealed = world.ring.seal("comparison", `comparison:${comparisonId}`, JSON.stringify(next));
  if (!(await tx.saveComparison({ id: comparisonId, version, sealed }))) throw new Overtaken();
}
