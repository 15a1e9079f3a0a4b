import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AuditReading, type AuditRow, anchorOf } from "../cases/audit.ts";
import { stampedIn, stampOf } from "../cases/stamp.ts";
import { inspectConfig } from "./config.ts";
import { counted } from "./doctor/finding.ts";
import { errorCode } from "./log.ts";
import { readAudit } from "./store/open.ts";

const usage = `npm run audit                          verifies the audit log, and prints what to note elsewhere of its last line
npm run audit -- --anchor NR:VALUE     is the log up to that line still what it was when this was noted?
npm run audit -- --stamps FILE         does the log know each text in FILE, copied from somebody's notes, at its time?
`;

/** One line of what was found. */
export interface Audited {
  readonly holds: boolean;
  readonly text: string;
}

/** Verifies that every line follows from the one before it, and says what to note elsewhere of the last one. */
export function auditWhole(rows: readonly AuditRow[]): Audited {
  const reading = new AuditReading();
  reading.read(rows);
  const { last, brokenAt } = reading;
  if (brokenAt !== null)
    return {
      holds: false,
      text: `the audit log was changed: line ${brokenAt} does not follow from the one before`,
    };
  if (last === null) return { holds: true, text: "the audit log is empty" };
  return {
    holds: true,
    text: `the audit log is whole, ${counted(last.nr, "line")}; note elsewhere: ${anchorOf(last)}`,
  };
}

/** Whether the log still has this line, as it was noted. */
export function auditAnchored(rows: readonly AuditRow[], anchor: string): Audited {
  const holds = rows.some((row) => anchorOf(row) === anchor.trim());
  return {
    holds,
    text: `the line that was noted is ${holds ? "there" : "not there, or not as it was noted"}`,
  };
}

/** Whether the log has a stamp of each text in what was copied, at the time beside it. No text is repeated. */
export function auditStamps(rows: readonly AuditRow[], copied: string): readonly Audited[] {
  const known = new Map(rows.map(({ digest, at, nr }) => [digest, { at, nr }]));
  const texts = stampedIn(copied);
  if (texts.length === 0) return [{ holds: false, text: "the file has no stamp in it" }];
  return texts.map((stamped, index) => {
    const line = known.get(stampOf(stamped));
    const when = new Date(stamped.at).toISOString();
    return line?.at === stamped.at
      ? { holds: true, text: `text ${index + 1} was stamped on ${when}, as it stands here (line ${line.nr})` }
      : { holds: false, text: `text ${index + 1} was not stamped as it stands here` };
  });
}

/** `npm run audit`: 0 where all of it holds, 1 otherwise. Changes nothing. */
async function main(args: string[]): Promise<number> {
  let options: { anchor?: string | undefined; stamps?: string | undefined };
  try {
    options = parseArgs({
      args,
      options: { anchor: { type: "string" }, stamps: { type: "string" } },
    }).values;
  } catch {
    process.stderr.write(usage);
    return 1;
  }
  const { config, faults } = inspectConfig(process.env, { mode: "production" });
  const about = faults.filter((line) => /^(DATABASE_URL|DATA_DIR)\b/.test(line));
  const rows = about.length === 0 ? await readAudit(config) : null;
  if (rows === null) {
    const why = "there is no database of this release; see DATA_DIR and DATABASE_URL, and npm run doctor";
    process.stderr.write(`${about.length === 0 ? why : about.join("\n")}\n`);
    return 1;
  }
  const { anchor, stamps } = options;
  const found = [
    auditWhole(rows),
    ...(anchor === undefined ? [] : [auditAnchored(rows, anchor)]),
    ...(stamps === undefined ? [] : auditStamps(rows, readFileSync(stamps, "utf8"))),
  ];
  for (const { holds, text } of found) process.stdout.write(`${holds ? "ok   " : "fault"}  ${text}\n`);
  return found.every(({ holds }) => holds) ? 0 : 1;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
    // Its message may quote a value.
    process.stderr.write(`the audit failed: ${JSON.stringify(errorCode(error))}\n`);
    return 1;
  });
}
