import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { readContent } from "../bots/content-files.ts";
import { checkShortcut, findShortcut } from "../bots/slack/payloads.ts";
import { endpoint } from "../bots/slack/receiver.ts";
import { normalise, understand } from "../dialogs/core/typed.ts";

const manifest = parse(readFileSync(new URL("../manifest/slack/manifest.yaml", import.meta.url), "utf8"));

const address = z.url({ protocol: /^https$/ });
/** Slack's limits on an app manifest; what is not here, the bot does not need. */
const SlackManifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
    long_description: z.string().min(175).max(4000),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[\w. -]{1,80}$/),
      always_online: z.boolean(),
    }),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().min(1).max(24),
        // A message shortcut would send a third party's words to the bot.
        type: z.literal("global"),
        callback_id: z.string().min(1).max(255),
        description: z.string().min(1).max(150),
      }),
    ),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
        url: address,
        description: z.string().min(1).max(2000),
        usage_hint: z.string().min(1).max(1000),
        // Escaped, a name that is mentioned would come as an id.
        should_escape: z.literal(false),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address, bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: address }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});

test("the manifest keeps Slack's limits, and people can write to the bot", () => {
  expect(SlackManifest.safeParse(manifest).error?.issues ?? []).toEqual([]);
});

test("the app asks for no more than it needs", () => {
  const { oauth_config, settings } = SlackManifest.parse(manifest);
  expect(oauth_config.scopes.bot).toEqual([
    "chat:write",
    "commands",
    "groups:read",
    "im:history",
    "im:write",
  ]);
  expect(settings.event_subscriptions.bot_events).toEqual([
    "app_home_opened",
    "app_uninstalled",
    "message.im",
    "tokens_revoked",
  ]);
});

test("everything comes in where the bot listens", () => {
  const { features, settings } = SlackManifest.parse(manifest);
  const urls = [
    ...features.slash_commands.map(({ url }) => url),
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
  ];
  expect(urls.map((url) => new URL(url).pathname)).toEqual([endpoint, endpoint, endpoint]);
});

test("one shortcut opens Vertrouwd, one looks for an adviser or help, one is for who leads, each told in both languages", () => {
  const { shortcuts } = SlackManifest.parse(manifest).features;
  expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual([
    "vertrouwd_open",
    findShortcut,
    checkShortcut,
  ]);
  for (const { description } of shortcuts) expect(description).toMatch(/zichtbaar voor jou.*visible to you/i);
});

test("what the command's hint proposes is understood, and is no invitation to tell a story", () => {
  const [command] = SlackManifest.parse(manifest).features.slash_commands;
  const words = command?.usage_hint.replace(/[[\]]/g, "").split(" | ") ?? [];
  expect(words.length).toBeGreaterThan(1);
  const lexicon = readContent().lexicon("nl");
  // In a channel this one asks for a scene for the team.
  expect(words.filter((word) => lexicon.session.includes(normalise(word)))).toEqual(["scène"]);
  for (const word of words.filter((word) => word !== "scène"))
    expect({ word, ...understand(word, { flow: null, question: null }, lexicon) }).toMatchObject({
      as: "command",
      command: expect.stringMatching(/^(find|checks|topics)$/),
    });
});
