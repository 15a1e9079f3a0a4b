import { createHmac, randomBytes } from "node:crypto";
import type { Log } from "./log.ts";
import { type Channel, type Clock, DeliveryError, type Group, type Platform } from "./ports.ts";

/** Who is in which group, as the platforms know. */
export interface MemberBook {
  /**
   * Whether somebody, by the id on the platform, is in a group now. "unknown": the platform did not say, so
   * nothing is allowed and the person may try again. Throws nothing; may take as long as the platform is waited
   * for, so not in a transaction.
   */
  isMember(group: Group, user: string): Promise<boolean | "unknown">;
}

export interface MemberDeps {
  /** Looked at when somebody is asked about, so it may be filled later. */
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly clock: Clock;
  readonly log: Log;
  /** Longest wait, in ms, for a platform. No platform waits for a turn longer than 15 s. */
  readonly patienceMs?: number;
}

/** How long, in ms, a platform's answer counts: so long somebody who left a group may keep the right. */
const keepMs = 300_000;
/** Answers kept at most; each takes some hundred bytes. */
const mostKept = 10_000;

/** Keeps the platforms' answers for a while, in memory only and under hashes that end with the process. */
export function createMembers({ channels, clock, log, patienceMs = 5_000 }: MemberDeps): MemberBook {
  const key = randomBytes(32);
  /** Oldest first, by when they were asked for. */
  const kept = new Map<string, { readonly asked: number; readonly member: boolean }>();
  const underWay = new Map<string, Promise<boolean>>();

  function nameOf({ platform, tenant, channel, serviceUrl }: Group, user: string): string {
    const what = JSON.stringify([platform, tenant, channel, serviceUrl ?? null, user]);
    return createHmac("sha256", key).update(what).digest("base64url");
  }

  function remember(name: string, asked: number, member: boolean): void {
    kept.delete(name);
    for (const [oldest, answer] of kept) {
      if (kept.size < mostKept && counts(answer.asked)) break;
      kept.delete(oldest);
    }
    kept.set(name, { asked, member });
  }

  /** A clock that was set back must not make an answer last longer. */
  function counts(asked: number): boolean {
    const age = clock.now() - asked;
    return age >= 0 && age < keepMs;
  }

  async function ask(name: string, group: Group, user: string): Promise<boolean> {
    const asked = clock.now();
    const channel = channels.get(group.platform);
    if (!channel) throw new DeliveryError({ kind: "refused", code: "notConfigured" });
    const member = await channel.isMember(group, user);
    remember(name, asked, member);
    return member;
  }

  /** Presses that come at once ask the platform once. */
  function askOnce(name: string, group: Group, user: string): Promise<boolean> {
    const before = underWay.get(name);
    if (before) return before;
    const answer = ask(name, group, user);
    underWay.set(name, answer);
    const over = () => underWay.delete(name);
    void answer.then(over, over);
    return answer;
  }

  async function isMember(group: Group, user: string): Promise<boolean | "unknown"> {
    const name = nameOf(group, user);
    const known = kept.get(name);
    if (known && counts(known.asked)) return known.member;
    try {
      return await within(patienceMs, askOnce(name, group, user));
    } catch (error) {
      log.warn({ code: "members.unknown", problem: problemOf(error) });
      return "unknown";
    }
  }

  return { isMember };
}

/** What is waited for no longer goes on; its answer serves who tries again. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeliveryError({ kind: "unknown", code: "timeout" })), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof DeliveryError)) return "unexpected";
  return error.problem.kind === "rateLimited" ? error.problem.kind : error.problem.code;
}
