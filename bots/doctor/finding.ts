/**
 * One line of what `npm run doctor` found. `fault`: the service would not start, or not keep its promises;
 * `warn`: it starts, and somebody has to look. Both say what to do. None carries a secret, somebody's id,
 * or a value out of a file.
 */
export interface Finding {
  readonly kind: "ok" | "warn" | "fault";
  readonly about:
    | "configuration"
    | "keys"
    | "store"
    | "platforms"
    | "routes"
    | "check"
    | "content"
    | "organisation";
  readonly text: string;
}

/** Makes findings about one subject. */
export function findingsOf(about: Finding["about"]) {
  return {
    ok: (text: string): Finding => ({ kind: "ok", about, text }),
    warn: (text: string): Finding => ({ kind: "warn", about, text }),
    fault: (text: string): Finding => ({ kind: "fault", about, text }),
  };
}

/** `1 message`, `2 messages`. */
export function counted(number: number, one: string, more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}

/** The findings as text, one line each, and how many there are of each kind. */
export function written(findings: readonly Finding[]): string {
  const lines = findings.map(({ kind, about, text }) => `${kind.padEnd(5)}  ${about}: ${text}`);
  const count = (kind: Finding["kind"]) => findings.filter((finding) => finding.kind === kind).length;
  return `${lines.join("\n")}\n\n${counted(count("fault"), "fault")}, ${counted(count("warn"), "warning")}\n`;
}
