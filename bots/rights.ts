import { type NamedPerson, objectId, type Who } from "./check-access.ts";
import type { MemberBook } from "./members.ts";
import type { Organisation } from "./organisation.ts";
import type { Address } from "./ports.ts";

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
  readonly members: MemberBook;
}

type Answer = boolean | "unknown";

/** Rights as the organisation file says, asking the platforms who is in a group where it names one. */
export function createRights({ organisation, members }: RightsDeps): RightsBook {
  async function has(who: Who, address: Address, alias: string | null): Promise<Answer> {
    if (typeof who === "string") return who === "everyone";
    if (who.people.some((person) => isPerson(person, address, alias))) return true;
    const { platform, tenant, user } = address;
    const groups = who.members.filter((group) => group.platform === platform && group.tenant === tenant);
    const answers = await Promise.all(groups.map((group) => members.isMember(group, user)));
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
