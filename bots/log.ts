import { type Logger, pino } from "pino";

export type Log = Logger;

/**
 * The log carries codes and case ids only (house rule 12): callers pass `{ code, case }`, never an error
 * object, a payload or a person. What an error says is dropped but for its class and code.
 */
export function createLog(level: string): Log {
  return pino({ level, base: null, serializers: { err: errorCode } });
}

/** The class and code of an error; never its message, which may quote what a person wrote. */
export function errorCode(error: unknown): { name: string; code: string | null } {
  const code = (error as { code?: unknown } | null)?.code;
  return {
    name: error instanceof Error ? error.name : typeof error,
    code: typeof code === "string" || typeof code === "number" ? String(code) : null,
  };
}
