import { z } from "zod";
import { oneInput, severalInput } from "../../cards/block-kit.ts";
import { DeskPress } from "../../cases/desk.ts";
import { RoutePress } from "../../cases/route-press.ts";
import { Inputs, Press } from "../../dialogs/core/event.ts";
import { SessionPress } from "../../dialogs/session.ts";

/**
 * The parts of Slack's payloads that the bot reads. Everything else in them is dropped here: names, domains,
 * response URLs and what the view looked like.
 */
const id = z.string().min(1).max(255);

/** The name is for advisers, who see each other's; of nobody else is it used. */
const User = z.object({ id, team_id: id.optional(), name: z.string().max(200).optional().catch(undefined) });
const Team = z.object({ id }).nullish();
const Who = z.object({ user: User, team: Team });

const Values = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: z.object({ value: z.string() }).nullish(),
      selected_date: z.string().max(40).nullish(),
      selected_options: z.array(z.object({ value: z.string() })).nullish(),
    }),
  ),
);
type Values = z.infer<typeof Values>;

const Shown = z.object({
  id,
  private_metadata: z.string().max(3000).optional(),
  state: z.object({ values: Values }).nullish(),
});

const AnyPress = z.union([Press, DeskPress, RoutePress, SessionPress]);
export type AnyPress = z.infer<typeof AnyPress>;

const Metadata = z.object({ press: AnyPress.optional(), channel: id.optional() });

export const SlashCommand = z.object({
  team_id: id,
  user_id: id,
  trigger_id: id,
  /** Where it was typed. */
  channel_id: id.optional(),
  /** Whatever stood behind the command. */
  text: z.string().default(""),
});

export const Shortcut = Who.extend({ trigger_id: id, callback_id: z.string().optional() });

/** The `callback_id` in the manifest of the shortcut that begins looking for an adviser or help. */
export const findShortcut = "vertrouwd_find";
/** And of the one for who leads. */
export const checkShortcut = "vertrouwd_check";

export const BlockActions = Who.extend({
  trigger_id: id,
  /** The message with the button, if it was on one. */
  container: z.object({ type: z.string(), message_ts: id.optional() }),
  channel: z.object({ id }).optional(),
  view: Shown.extend({ type: z.string() }).optional(),
  state: z.object({ values: Values }).nullish(),
  actions: z.array(z.object({ value: z.string().max(2000).optional() })).min(1),
});

export const ViewSubmission = Who.extend({ view: Shown });

export const EventEnvelope = z.object({ team_id: id, event_id: id });

export const HomeOpened = z.object({ user: id, tab: z.string() });

export const DirectMessage = z.object({
  channel_type: z.literal("im"),
  channel: id,
  user: id,
  /** The sender's own workspace. */
  team: id.optional(),
  text: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  files: z.array(z.unknown()).optional(),
});
export type DirectMessage = z.infer<typeof DirectMessage>;

/** Longest typed text looked at: Slack's own longest message. Typed text is only ever matched to a menu. */
const longestTyped = 40_000;

/** The words a person typed; Slack sends these three, and only these, as entities. Null: there are none. */
export function typedWords(text: string | undefined): string | null {
  const words = (text ?? "")
    .slice(0, longestTyped)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  return words.trim() === "" ? null : words;
}

/** The workspaces a payload speaks for: where the app is, and where the person is from. */
export function workspaces(who: z.infer<typeof Who>): string[] {
  return [who.team?.id, who.user.team_id].filter((team) => team !== undefined);
}

/** What a button says. Null: not one of ours, or not well formed. */
export function pressOf(value: string | undefined): AnyPress | null {
  return AnyPress.safeParse(json(value)).data ?? null;
}

/** What a modal carries: the press of its submit button, and the adviser channel it belongs to. */
export function metadataOf(value: string | undefined): z.infer<typeof Metadata> {
  return Metadata.safeParse(json(value)).data ?? {};
}

/** What was filled in, by input id. A field that is empty is left out, but for text, which was cleared. */
export function inputsOf(values: Values | undefined): Inputs | null {
  const inputs: Record<string, string | string[]> = {};
  for (const fields of Object.values(values ?? {})) {
    for (const [action, field] of Object.entries(fields)) {
      if (action.startsWith(severalInput)) {
        inputs[action.slice(severalInput.length)] = (field.selected_options ?? []).map(({ value }) => value);
      } else if (action.startsWith(oneInput)) {
        const given = givenIn(field);
        if (given !== undefined) inputs[action.slice(oneInput.length)] = given;
      }
    }
  }
  return Inputs.safeParse(inputs).data ?? null;
}

/** What one field says; a day that was cleared is empty, as a text is. */
function givenIn({ selected_option, selected_date, value }: Values[string][string]): string | undefined {
  if (selected_option !== undefined) return selected_option?.value;
  return selected_date ?? value ?? "";
}

function json(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? "");
  } catch {
    return null;
  }
}
