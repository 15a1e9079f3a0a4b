import type { Who } from "../check-access.ts";
import type { Organisation } from "../organisation.ts";
import type { Channel, GroupFault, Platform } from "../ports.ts";
import { counted, type Finding, findingsOf } from "./finding.ts";

const { ok, fault } = findingsOf("check");
const rights = ["may", "compare"] as const;

/** Who has which right, by number: nobody's id is in a finding. */
export function examineAccess({ check }: Pick<Organisation, "check">): readonly Finding[] {
  return [
    ok(`${whoIs(check.may)} may do the code-of-conduct check`),
    ok(`${whoIs(check.compare)} may see how units stand compared`),
  ];
}

function whoIs(who: Who): string {
  if (typeof who === "string") return who;
  const people = who.people.length === 0 ? [] : [counted(who.people.length, "person", "people")];
  const groups = who.members.length === 0 ? [] : [`everybody in ${counted(who.members.length, "channel")}`];
  return [...people, ...groups].join(" and ");
}

/** What to do where a platform does not tell who is in a group, or everybody can join it. */
const advice: Readonly<Record<GroupFault["code"], string>> = {
  unreachable: "the platform does not answer; look at its serviceUrl and the way out to the internet",
  notFound: "there is no such channel, or the bot may not see it; mend the id, or invite the bot",
  notMember: "the bot is not in that channel; invite it",
  notPrivate: "everybody can join that channel; name a private one",
  shared: "the channel is shared with another organisation; name one that is not",
  archived: "the channel is archived, so nobody looks after who is in it; name another",
  wrongTenant: "the channel is in another workspace than the bot's token; mend it, or the token",
  notInstalled: "the app is not installed there; install it",
  scopeMissing:
    "the app may not read who is in it; name a private channel, and install the app with the scopes of its manifest",
  tooMany: "more people are in it than are read; name a smaller channel, or everyone",
};

/** Asks the platforms that can be asked whether they tell who is in each group. */
export async function examineGroups(
  { check }: Pick<Organisation, "check">,
  channels: ReadonlyMap<Platform, Channel>,
): Promise<readonly Finding[]> {
  const asked = rights.flatMap((right) => {
    const who = check[right];
    if (typeof who === "string") return [];
    return who.members.flatMap((group, nr) => {
      const channel = channels.get(group.platform);
      return channel ? [{ at: `check.${right}.members.${nr}`, answer: channel.checkGroup(group) }] : [];
    });
  });
  return Promise.all(
    asked.map(async ({ at, answer }) => {
      const wrong = await answer;
      return wrong
        ? fault(`${at}: ${advice[wrong.code]}`)
        : ok(`${at}: reached; who is in it is for whoever looks after it`);
    }),
  );
}
