import { createHmac, randomBytes } from "node:crypto";
import { type NamedPerson, objectId, type Who } from "./check-access.ts";
import type { Log } from "./log.ts";
import type { Organisation } from "./organisation.ts";
import { type Address, type Channel, type Clock, DeliveryError, type Group, type Platform } from "./ports.ts";

/** What somebody may do beyond what everybody may. */
export interface Rights {
  /** Do the code-of-conduct check. */
  readonly check: boolean;
  /** See how units stand compared. */
  readonly compare: boolean;
}

/** Who has which rights, as the organisation file says and the platforms know. */
export interface RightsBook {
  /**
   * A person's rights now; `alias` is that of `PersonTurn`. "unknown": the platform did not say, so nothing is
   * allowed and the person may try again later. A comparison that is in doubt is not allowed, but does not
   * keep somebody from the check. Throws nothing; may take as long as the platform is waited for, so not in a
   * transaction, and only for who wants to do the check: the platform sees who is asked about.
   */
  of(address: Address, alias: string | null): Promise<Rights | "unknown">;
}

export interface RightsDeps {
  readonly organisation: Pick<Organisation, "check">;
  /** Looked at when somebody's rights are asked for, so it may be filled later. */
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

type Answer = boolean | "unknown";

/** Keeps the platforms' answers for a while, in memory only and under hashes that end with the process. */
export function createRights({
  organisation,
  channels,
  clock,
  log,
  patienceMs = 5_000,
}: RightsDeps): RightsBook {
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

  async function isMember(group: Group, user: string): Promise<Answer> {
    const name = nameOf(group, user);
    const known = kept.get(name);
    if (known && counts(known.asked)) return known.member;
    try {
      return await within(patienceMs, askOnce(name, group, user));
    } catch (error) {
      log.warn({ code: "rights.unknown", problem: problemOf(error) });
      return "unknown";
    }
  }

  async function has(who: Who, address: Address, alias: string | null): Promise<Answer> {
    if (typeof who === "string") return who === "everyone";
    if (who.people.some((person) => isPerson(person, address, alias))) return true;
    const { platform, tenant, user } = address;
    const groups = who.members.filter((group) => group.platform === platform && group.tenant === tenant);
    const answers = await Promise.all(groups.map((group) => isMember(group, user)));
    return answers.includes(true) || (answers.includes("unknown") ? "unknown" : false);
  }

  return {
    async of(address, alias) {
      const { may, compare } = organisation.check;
      const [check, comparison] = await Promise.all([has(may, address, alias), has(compare, address, alias)]);
      if (check === "unknown" || (!check && comparison === "unknown")) return "unknown";
      return { check, compare: comparison === true };
    },
  };
}

/** An object id is never what a platform calls somebody in an address, nor the other way round. */
function isPerson(named: NamedPerson, address: Address, alias: string | null): boolean {
  if (named.platform !== address.platform || named.tenant !== address.tenant) return false;
  const isAlias = named.platform === "teams" && objectId.test(named.user);
  return named.user === (isAlias ? alias?.toLowerCase() : address.user);
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
