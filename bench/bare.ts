import { Agent, createServer, request } from "node:http";
import { json } from "node:stream/consumers";
import { listening, type World } from "./contender.ts";

/**
 * The second contender: the least that can be done with this work on Node. No token is checked, nothing is
 * decided or kept; it reads the activity, does as many outgoing requests as Vertrouwd did on average, and
 * answers.
 */
export function startBare(world: World): Promise<string> {
  const agent = new Agent({ keepAlive: true });
  const message = JSON.stringify({ type: "message", text: "x".repeat(1500) });
  let owed = 0;
  const send = (path: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(message) };
      const sent = request(world.serviceUrl + path, { method: "POST", agent, headers }, (response) => {
        response.resume().on("end", resolve);
      });
      sent.on("error", reject).end(message);
    });
  const server = createServer(async (incoming, response) => {
    const activity = (await json(incoming)) as { conversation: { id: string } };
    const path = `/v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
    for (owed += world.requestsPerTurn; owed >= 1; owed--) await send(path);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ statusCode: 200 }));
  });
  return listening(server);
}
