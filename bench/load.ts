import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

/** One person at the other end: given the last answer, says what comes next. */
export interface Person {
  /** The next activity. `answer` is the body of the last one's response, null the first time. */
  next(answer: unknown): Promise<object> | object;
}

export interface Measured {
  readonly turns: number;
  readonly perSecond: number;
  /** Milliseconds from the first byte sent to the last received. */
  readonly p50: number;
  readonly p99: number;
  /** Responses that were not 2xx, by status; empty when all went well. */
  readonly failed: Readonly<Record<string, number>>;
}

/**
 * Lets these people speak at the same time, each waiting for an answer before going on, until together
 * they have had so many turns; the first `warmUp` of them are not counted. Bounded by count, not time, so
 * that every contender does the same work.
 */
export async function drive(options: {
  readonly url: string;
  readonly token: string;
  readonly people: readonly Person[];
  readonly turns: number;
  readonly warmUp: number;
}): Promise<Measured> {
  const { url, token, people, turns, warmUp } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: people.length });
  const times: number[] = [];
  const failed: Record<string, number> = {};
  let begun = 0;
  let ended = 0;
  let from = performance.now();
  const speak = async (person: Person) => {
    let answer: unknown = null;
    while (begun < turns + warmUp) {
      begun += 1;
      const body = JSON.stringify(await person.next(answer));
      const start = performance.now();
      const response = await post(agent, url, token, body);
      if (++ended > warmUp) times.push(performance.now() - start);
      else if (ended === warmUp) from = performance.now();
      if (response.status >= 300) failed[response.status] = (failed[response.status] ?? 0) + 1;
      answer = response.body;
    }
  };
  await Promise.all(people.map(speak));
  const seconds = (performance.now() - from) / 1000;
  agent.destroy();
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { turns: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

function post(
  agent: Agent,
  url: string,
  token: string,
  body: string,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const json = response.headers["content-type"]?.includes("json") === true && text !== "";
        resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(text) : null });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
