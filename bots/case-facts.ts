import type { CaseDetail, CaseSummary } from "../cards/case-view.ts";
import { reviewRows } from "../cards/review.ts";
import { type CaseRow, noLink } from "../cases/case.ts";
import { openThread } from "../cases/handling.ts";
import { openName, openReport, type Report } from "../cases/report.ts";
import { MissingText, type Words } from "../content/words.ts";
import type { Language } from "../dialogs/core/draft.ts";
import type { StoreTransaction } from "./ports.ts";
import type { World } from "./world.ts";

/** A case opened for an adviser, in the adviser's language. Throws `SealBroken`. */
export async function caseDetail(
  world: Pick<World, "ring" | "content">,
  tx: Pick<StoreTransaction, "messages"> & Parameters<typeof openThread>[0]["cases"],
  row: CaseRow,
  language: Language,
): Promise<CaseDetail> {
  const report = openReport(world.ring, row);
  const words = world.content.words(language);
  const name = openName(world.ring, row);
  const given = { question: "name", label: words.say("adviser.room.name"), answer: name ?? "", own: true };
  const messages = await openThread({ cases: tx, ring: world.ring }, row);
  return {
    ...summarise(world, row, report),
    rows: [...inWordsOf(report, words), ...(name === null ? [] : [given])],
    messages,
  };
}

/** What a sealed card shows. Throws `SealBroken`. */
export function caseSummary(world: Pick<World, "ring" | "content">, row: CaseRow): CaseSummary {
  return summarise(world, row, openReport(world.ring, row));
}

function summarise(world: Pick<World, "content">, row: CaseRow, report: Report): CaseSummary {
  const answer = (question: string) => report.rows.find((one) => one.question === question)?.answer ?? null;
  const kinds = answer("kind");
  const when = answer("when");
  const { id, number, state, acknowledgeBy, feedbackBy, closedAt } = row;
  return {
    id,
    number,
    pseudonym: world.content.pseudonym(row.pseudonym),
    state,
    kinds: typeof kinds === "string" ? [kinds] : (kinds ?? []),
    danger: answer("danger") === "yes",
    when: typeof when === "string" ? when : null,
    receivedAt: row.createdAt,
    acknowledgeBy,
    feedbackBy,
    closedAt,
    pinged: row.link !== noLink,
  };
}

/**
 * The answers in the adviser's language. In the reporter's own, and where the words are gone since, as the
 * reporter saw them: words that are changed later must not change what was said.
 */
function inWordsOf(report: Report, words: Words): CaseDetail["rows"] {
  return report.rows.flatMap((row) => {
    const { question, asked: label, answered: answer } = row;
    const skipped = row.answer === null ? { skipped: true as const } : {};
    const asSent = { question, label, answer, own: isOwn(row), ...skipped };
    if (report.language === words.language) return row.kind === "tell" ? [] : [asSent];
    try {
      return reviewRows(report.flow, [row], words);
    } catch (error) {
      if (!(error instanceof MissingText)) throw error;
      return [asSent];
    }
  });
}

/** Whether it is the reporter's own text: a question that was skipped has none. */
function isOwn({ kind, answer }: Report["rows"][number]): boolean {
  return kind === "text" && answer !== null;
}
