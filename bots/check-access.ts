import { z } from "zod";
import type { Fault } from "./adviser-checks.ts";
import type { Group, Route } from "./ports.ts";

/** An id that Microsoft Entra gives to a person. */
export const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const tenant = z.string().min(1);
const either = "an entry of teams or of slack";
const teamsUser =
  "a person's object id in Microsoft Entra, or the bot's own id for them, which begins with 29:";
const teamsChannel = "the id of a channel in Teams, without a thread";
const slackUser = "a member id of Slack; it begins with U or W";
const slackChannel = "the id of a private channel in Slack; it begins with C or G";

const Person = z.discriminatedUnion(
  "platform",
  [
    z.strictObject({
      platform: z.literal("teams"),
      tenant,
      user: z
        .string(teamsUser)
        .refine((id) => objectId.test(id) || /^29:[\w-]{1,200}$/.test(id), teamsUser)
        .transform((id) => (objectId.test(id) ? id.toLowerCase() : id)),
    }),
    z.strictObject({
      platform: z.literal("slack"),
      tenant,
      user: z.string(slackUser).regex(/^[UW][A-Z0-9]{2,20}$/, slackUser),
    }),
  ],
  either,
);

const Members = z.discriminatedUnion(
  "platform",
  [
    z.strictObject({
      platform: z.literal("teams"),
      tenant,
      channel: z.string(teamsChannel).regex(/^(?!\.{1,2}$)[^\s;/\\?#]{1,200}$/, teamsChannel),
      serviceUrl: z.url("a Teams channel needs one"),
    }),
    z.strictObject({
      platform: z.literal("slack"),
      tenant,
      channel: z.string(slackChannel).regex(/^[CG][A-Z0-9]{1,20}$/, slackChannel),
    }),
  ],
  either,
);

const Word = z.enum(["everyone", "nobody"], "everyone, nobody, or lists of people and members");
const Lists = z.strictObject({
  people: z.array(Person).min(1).max(500).default([]),
  members: z.array(Members).min(1).max(20).default([]),
});

/** Somebody who is named: by the Entra object id in lower case, the bot's own id, or the Slack member id. */
export type NamedPerson = z.infer<typeof Person>;
/** Who has a right: everybody who may use the bot, nobody, or whoever is named or in one of the groups. */
export type Who =
  | z.infer<typeof Word>
  | { readonly people: readonly NamedPerson[]; readonly members: readonly Group[] };

/** Told apart by hand: a union would say of a list with a mistake only that it is neither. */
const Who = z.unknown().transform((given, context): Who => {
  const read = (typeof given === "object" && given !== null ? Lists : Word).safeParse(given);
  if (read.success) return read.data;
  for (const issue of read.error.issues)
    context.issues.push({ ...issue, input: given } as z.core.$ZodRawIssue);
  return z.NEVER;
});

/** `check` of the organisation file. */
export const CheckAccess = z.strictObject({
  /** Who may do the code-of-conduct check. */
  may: Who.default("everyone"),
  /** Who may see how units stand compared. */
  compare: Who.default("nobody"),
});
export type CheckAccess = z.infer<typeof CheckAccess>;

/** What an entry is held against. */
export interface Surroundings {
  readonly tenants: { readonly teams: readonly string[]; readonly slack: readonly string[] };
  readonly routes: readonly Pick<Route, "platform" | "tenant" | "channel">[];
}

/** What is wrong with entries that are well-formed each by themselves. */
export function accessFaults(access: CheckAccess, around: Surroundings): readonly Fault[] {
  return (["may", "compare"] as const).flatMap((right) => {
    const who = access[right];
    if (typeof who === "string") return [];
    const { people, members } = who;
    if (people.length + members.length === 0)
      return [{ path: ["check", right], message: "names nobody; give people or members, or write nobody" }];
    return [
      ...strangers(people, around).map((nr) => at("people", nr, "tenant", people[nr])),
      ...strangers(members, around).map((nr) => at("members", nr, "tenant", members[nr])),
      ...repeated(people.map(({ platform, tenant, user }) => `${platform} ${tenant} ${user}`)).map((nr) => ({
        path: ["people", nr, "user"],
        message: "two entries are the same person",
      })),
      ...repeated(members.map(placeOf)).map((nr) => ({
        path: ["members", nr, "channel"],
        message: "two entries are the same channel",
      })),
      ...members.flatMap((group, nr) =>
        around.routes.some((route) => placeOf(route) === placeOf(group))
          ? [
              {
                path: ["members", nr, "channel"],
                message: "is the channel of a route; who reads reports is no reason to have a say here",
              },
            ]
          : [],
      ),
    ].map(({ path, message }) => ({ path: ["check", right, ...path], message }));
  });
}

function at(list: string, nr: number, key: string, entry: Pick<Group, "platform"> | undefined) {
  return { path: [list, nr, key], message: `is not among tenants.${entry?.platform}` };
}

/** The numbers of entries whose tenant may not use the bot. */
function strangers(
  entries: readonly Pick<Group, "platform" | "tenant">[],
  { tenants }: Surroundings,
): readonly number[] {
  return entries.flatMap(({ platform, tenant }, nr) => (tenants[platform].includes(tenant) ? [] : [nr]));
}

/** The numbers of those that stood there before. */
function repeated(marks: readonly string[]): readonly number[] {
  return marks.flatMap((mark, nr) => (marks.indexOf(mark) === nr ? [] : [nr]));
}

function placeOf({ platform, tenant, channel }: Pick<Group, "platform" | "tenant" | "channel">): string {
  return `${platform} ${tenant} ${channel}`;
}
