import { z } from "zod";
import type { Address } from "../ports.ts";

const id = z.string().min(1).max(512);

const Base = z.object({
  channelId: z.literal("msteams"),
  serviceUrl: z.url().max(512),
  conversation: z.object({
    id,
    conversationType: z.string().max(40).optional(),
    isGroup: z.boolean().optional(),
    tenantId: id.optional(),
  }),
  recipient: z.object({ id }),
  channelData: z.object({ tenant: z.object({ id }).optional() }).optional(),
});
const From = z.object({
  id,
  /** How administrators know the person. What is not of its form is as good as none. */
  aadObjectId: z.guid().optional().catch(undefined),
});
const Spoken = Base.extend({ id, from: From });

const Message = Spoken.extend({
  type: z.literal("message"),
  text: z.string().optional(),
  attachments: z
    .array(z.object({ contentType: z.string().max(200) }))
    .max(50)
    .optional(),
  entities: z
    .array(z.object({ type: z.string().max(100), mentioned: z.object({ id }).optional() }))
    .max(200)
    .optional(),
});
const Invoke = Spoken.extend({
  type: z.literal("invoke"),
  /** What the platform calls who pressed: for advisers, who see each other's names; of nobody else is it used. */
  from: From.extend({ name: z.string().max(200).optional().catch(undefined) }),
  name: z.string().max(200),
  /** The message whose button was pressed. */
  replyToId: id.optional(),
  value: z.unknown().optional(),
});
const ConversationUpdate = Base.extend({
  type: z.literal("conversationUpdate"),
  from: From.optional(),
  membersAdded: z.array(z.object({ id })).max(1000).optional(),
});
const InstallationUpdate = Base.extend({
  type: z.literal("installationUpdate"),
  from: From.optional(),
  action: z.string().max(40).optional(),
});
/** Typing, reactions and whatever the platform thinks of next: acknowledged, and nothing done. */
const Other = Base.extend({
  type: z
    .string()
    .min(1)
    .max(100)
    .refine((type) => !["message", "invoke", "conversationUpdate", "installationUpdate"].includes(type))
    .transform(() => "other" as const),
});

/** What is read of a Bot Framework activity; the rest of it is dropped here. */
export const Activity = z.union([
  z.discriminatedUnion("type", [Message, Invoke, ConversationUpdate, InstallationUpdate]),
  Other,
]);
export type Activity = z.infer<typeof Activity>;
export type MessageActivity = z.infer<typeof Message>;
export type InvokeActivity = z.infer<typeof Invoke>;
export type InstallActivity = z.infer<typeof ConversationUpdate> | z.infer<typeof InstallationUpdate>;

/** A pressed button of an Adaptive Card; its payload holds the press and what was filled in. */
export const CardAction = z.object({
  action: z.object({ type: z.literal("Action.Execute"), data: z.record(z.string().max(200), z.unknown()) }),
});

/** The tenant an activity is from, or null where it names none, or two. */
export function tenantOf(activity: Activity): string | null {
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(
    (tenant) => tenant !== undefined,
  );
  return new Set(named).size === 1 ? (named[0] ?? null) : null;
}

/** Where an activity was: only `personal` is private to one person. */
export function placeOf({ conversation }: Activity): "personal" | "channel" | "group" {
  if (conversation.conversationType === "personal" && conversation.isGroup !== true) return "personal";
  return conversation.conversationType === "channel" ? "channel" : "group";
}

/** A channel's id without the thread, in which all of its posts have their own conversation id. */
export function channelOf(conversation: string): string {
  return conversation.split(";")[0] ?? conversation;
}

/** Where the sender of an activity in a private chat can be reached again. */
export function addressOf(activity: Activity, user: string, tenant: string): Address {
  return {
    platform: "teams",
    tenant,
    user,
    conversation: activity.conversation.id,
    serviceUrl: activity.serviceUrl,
    bot: activity.recipient.id,
  };
}

/** Longest typed message looked at; typed text is only ever matched to a menu. */
const longestTyped = 4_000;

/**
 * The words a person typed, without the platform's markup, or null for what cannot be read: a file, a
 * picture, a sticker, an empty message.
 */
export function textOf({ text, attachments = [] }: MessageActivity): string | null {
  // Rich text comes twice: as text, and as an attachment of HTML.
  if (attachments.some(({ contentType }) => contentType !== "text/html")) return null;
  const words = (text ?? "")
    .slice(0, longestTyped)
    // The patterns stop at the next bracket, so that a message of brackets takes linear time.
    .replace(/<at[^<>]*>[^<]*<\/at>/g, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(nbsp|lt|gt|quot|amp|#39);/g, (_entity, name: keyof typeof entities) => entities[name])
    .trim();
  return words === "" ? null : words;
}

const entities = { nbsp: " ", lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'" } as const;
