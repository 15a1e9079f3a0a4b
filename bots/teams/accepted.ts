import { createHash } from "node:crypto";

/** A platform sends one token with many requests; each is checked in full at least this often. */
const longestMs = 5 * 60_000;

/** More tokens than this at once is not the platform's doing: then all are forgotten. */
const most = 1000;

/**
 * Tokens that were checked in full a moment ago, for exactly the same channel and service URL. Saves the
 * costliest step of a request; what it gives up is noticing a withdrawn signing key for five minutes, which
 * the SDK itself, keeping keys for a day, would not notice sooner. Only hashes are kept.
 */
export function acceptedTokens(now: () => number = Date.now) {
  const until = new Map<string, number>();
  return {
    /** What this token is remembered by, with all that the check looks at. */
    keyOf(header: string, activity: { readonly channelId: string; readonly serviceUrl: string }): string {
      const checked = JSON.stringify([header, activity.channelId, activity.serviceUrl]);
      return createHash("sha256").update(checked).digest("base64");
    },
    holds(key: string): boolean {
      return (until.get(key) ?? 0) > now();
    },
    /** `expiresAt` is the token's own, in Unix ms. */
    add(key: string, expiresAt: number): void {
      if (until.size >= most) until.clear();
      until.set(key, Math.min(expiresAt, now() + longestMs));
    },
  };
}

export type AcceptedTokens = ReturnType<typeof acceptedTokens>;
