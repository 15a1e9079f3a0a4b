import { bodyOf, type LocalServer, serveLocally } from "../fakes/local-server.ts";

/** Stands between the bot and a platform, and can hold one request for ever. */
export interface Gate extends LocalServer {
  /**
   * Holds the `nth` write from now: before the platform hears of it, or after it has done what was asked.
   * Calls `held` then; the bot hears nothing.
   */
  hold(nth: number, when: "unheard" | "done", held: () => void): void;
}

/** `origin` is the platform's, without a path. */
export async function openGate(origin: string): Promise<Gate> {
  let left = 0;
  let holding: { when: "unheard" | "done"; held: () => void } | null = null;
  const server = await serveLocally(async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const body = await bodyOf(request);
    if (method !== "GET") left -= 1;
    const here = method !== "GET" && left === 0 ? holding : null;
    if (here?.when === "unheard") return here.held();
    const answer = await fetch(origin + url, {
      method,
      headers: {
        "content-type": headers["content-type"] ?? "application/json",
        ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
      },
      ...(method === "GET" ? {} : { body }),
    });
    const text = await answer.text();
    if (here?.when === "done") return here.held();
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(text);
  });
  return {
    ...server,
    hold(nth, when, held) {
      left = nth;
      holding = { when, held };
    },
  };
}
