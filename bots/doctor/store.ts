import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AuditReading, type AuditRow } from "../../cases/audit.ts";
import type { KeyRing } from "../../cases/keys.ts";
import { canOpen } from "../../cases/report.ts";
import { errorCode } from "../log.ts";
import type { Organisation } from "../organisation.ts";
import { lookAtStore, readAudit, type StoreLook } from "../store/open.ts";
import { counted, type Finding, findingsOf } from "./finding.ts";

const { ok, warn, fault } = findingsOf("store");

interface Where {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

/** The database: only looked at, never made or migrated. `ring`: null where it could not be read. */
export async function examineStore(
  where: Where,
  ring: KeyRing | null,
  now: number,
  organisation: Pick<Organisation, "routes" | "handOver"> | null = null,
): Promise<readonly Finding[]> {
  const setting = where.databaseUrl === null ? "DATA_DIR" : "DATABASE_URL";
  if (where.databaseUrl === null && !isWritable(where.dataDir))
    return [fault("DATA_DIR cannot be written by this user; run this as the service's own user, or mend it")];
  let look: StoreLook | null;
  try {
    look = await lookAtStore(where, now);
  } catch (error) {
    const { name, code } = errorCode(error);
    return [
      fault(
        `the database cannot be read (${code ?? name}); see that it is there and whole, and ${setting} right`,
      ),
    ];
  }
  if (look === null)
    return [
      warn("there is no database yet; the first start makes one. If there should be one, mend DATA_DIR"),
    ];
  switch (look.migrated) {
    case "empty":
      return [
        warn(`the database is empty; the first start makes its tables. If it should not be, mend ${setting}`),
      ];
    case "behind":
      return [
        ok("the database can be read; the next start brings it up to this release. Make a backup first"),
      ];
    case "tooNew":
      return [fault("the database was made by a later release; run that one")];
    case "upToDate":
      return [
        ok("the database can be read, and is up to date"),
        ...opened(look, ring),
        ...outbox(look),
        ...stray(look, organisation),
        audited((await readAudit(where)) ?? []),
      ];
  }
}

function opened({ caseKeys }: StoreLook, ring: KeyRing | null): readonly Finding[] {
  if (!ring || caseKeys.length === 0) return [];
  const shut = caseKeys.filter((row) => !canOpen(ring, row)).length;
  return shut === 0
    ? [ok("every case opens with this key ring")]
    : [
        fault(
          `${shut} of ${counted(caseKeys.length, "case")} cannot be opened with this key ring; name the ring they were made with in KEYS_FILE, or put its older version back`,
        ),
      ];
}

/** Cases whose channel is not in the file any more: nobody can open them until somebody says where they go. */
function stray(
  { open }: StoreLook,
  organisation: Pick<Organisation, "routes" | "handOver"> | null,
): readonly Finding[] {
  if (!organisation) return [];
  const { routes, handOver } = organisation;
  return open
    .filter(({ route }) => !routes.some(({ id }) => id === route))
    .map(({ route, cases }) =>
      handOver[route] === undefined
        ? fault(
            `${counted(cases, "open case")} of route ${route}, which is not in the organisation file; put it back, or say in handOver where they go`,
          )
        : warn(
            `${counted(cases, "open case")} of route ${route} go to ${handOver[route]} at the next start, but for reports that are perhaps about an adviser, and cases that left it or what it took over`,
          ),
    );
}

/** The log can have been made anew as a whole: `npm run audit` says what to note elsewhere against that. */
function audited(rows: readonly AuditRow[]): Finding {
  const reading = new AuditReading();
  reading.read(rows);
  return reading.brokenAt === null
    ? ok(`the audit log is whole, ${counted(rows.length, "line")}`)
    : fault(
        `the audit log was changed at line ${reading.brokenAt}; find out who can write this database, and keep a copy of it`,
      );
}

function outbox({ waiting, overdue, givenUp }: StoreLook): readonly Finding[] {
  const found = [
    waiting.messages === 0
      ? ok("nothing waits to be delivered")
      : ok(
          `${counted(waiting.messages, "message")} of ${counted(waiting.cases, "case")} ${waiting.messages === 1 ? "waits" : "wait"} to be delivered`,
        ),
  ];
  if (overdue > 0)
    found.push(
      warn(
        `${counted(overdue, "message")} should have gone out an hour ago; see that the service runs, and its log`,
      ),
    );
  if (givenUp > 0) {
    found.push(
      warn(
        `${counted(givenUp, "message was", "messages were")} given up; see "When a delivery fails" in docs/operations.md`,
      ),
    );
  }
  return found;
}

/** Whether this user may write there, or make it. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder)) return dirname(folder) !== folder && isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
