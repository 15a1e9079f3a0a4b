import { createHash } from "node:crypto";

/**
 * The audit log says that something happened, when, and at most of which case: never who or what. Each line
 * is bound to the one before it by a hash, so that a line that was changed, moved or taken out of the middle
 * shows. Whoever can write the database can make a whole new log: only a chain value that was kept elsewhere
 * tells that (docs/operations.md).
 */
export interface AuditEntry {
  /** Unix ms. */
  readonly at: number;
  readonly code: string;
  readonly case: string | null;
  readonly route: string | null;
  /** What this line is the time stamp of; see `stamp.ts`. */
  readonly digest: string | null;
}

/** A line as it stands in the log. */
export interface AuditRow extends AuditEntry {
  /** From 1, without gaps. */
  readonly nr: number;
  /** SHA-256 of this line and of the chain value before it, as base64url. */
  readonly chain: string;
}

/** An entry as the next line after `last`; null: as the first. */
export function chained(last: Pick<AuditRow, "nr" | "chain"> | null, entry: AuditEntry): AuditRow {
  const nr = (last?.nr ?? 0) + 1;
  const { at, code, case: theCase, route, digest } = entry;
  // As JSON: no two lines give the same text.
  const line = JSON.stringify([last?.chain ?? "", nr, at, code, theCase, route, digest]);
  const chain = createHash("sha256").update(line, "utf8").digest("base64url");
  return { nr, at, code, case: theCase, route, digest, chain };
}

/** Goes through a log from its first line, a batch at a time. */
export class AuditReading {
  #last: AuditRow | null = null;
  #brokenAt: number | null = null;

  /** Reads the lines that follow those read before. */
  read(rows: readonly AuditRow[]): void {
    for (const row of rows) {
      const due = chained(this.#last, row);
      if (due.nr !== row.nr || due.chain !== row.chain) this.#brokenAt ??= due.nr;
      this.#last = row;
    }
  }

  /** The last line read; null where there is none. */
  get last(): AuditRow | null {
    return this.#last;
  }

  /** The first line that does not follow from the one before it; null where every line does. */
  get brokenAt(): number | null {
    return this.#brokenAt;
  }
}

/** What is to be noted elsewhere of a line: who has it, can tell later that the log up to there is the same. */
export function anchorOf({ nr, chain }: AuditRow): string {
  return `${nr}:${chain}`;
}
