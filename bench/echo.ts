import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from "botbuilder";
import restify from "restify";
import { listening, type World } from "./contender.ts";
import { FixedToken } from "./token.ts";

const card = {
  type: "AdaptiveCard",
  version: "1.5",
  body: [{ type: "TextBlock", text: "echo", wrap: true }],
  actions: [{ type: "Action.Execute", title: "Again", verb: "again", data: {} }],
};

async function answer(context: TurnContext): Promise<void> {
  if (context.activity.type === ActivityTypes.Invoke) {
    const body = { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card };
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
  } else {
    const attachments = [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }];
    await context.sendActivity({ type: ActivityTypes.Message, attachments });
  }
}

/**
 * The first contender: what Microsoft's own echo sample is, on restify, checking the same tokens. It
 * answers a message with a card and a press with another; it remembers nothing.
 * Resolves with its address for activities.
 */
export function startEcho(world: World): Promise<string> {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: world.appId,
      ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      ToBotFromChannelTokenIssuer: world.issuer,
      OAuthUrl: "https://api.botframework.com",
      ToBotFromChannelOpenIdMetadataUrl: world.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: world.openIdMetadataUrl,
      CallerId: "",
      ValidateAuthority: true,
    },
    new FixedToken(world.appId),
  );
  const adapter = new CloudAdapter(authentication);
  const server = restify.createServer();
  server.post("/api/messages", restify.plugins.bodyParser(), async (request, response) => {
    const { body, headers } = request;
    await adapter.process({ body, headers, method: "POST" }, response, answer);
  });
  return listening(server.server);
}
