import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Server } from "restify";
import type { Words } from "../content/words.ts";
import { fetchDownload, isToken, type Produce, type Produced } from "./downloads.ts";
import { errorCode } from "./log.ts";
import type { World } from "./world.ts";

/** Nobody has to sign in here: more than so many at once would take the database from the chats. */
const mostAtOnce = 8;
/** In ms, between two documents: time for the turns that waited meanwhile. */
const pause = 50;

/**
 * Where a browser fetches a document. Opening the link only shows a page with a button: link scanners and
 * previews open links, and must not use one up. The page is the same whatever the link is worth, and nothing
 * is looked up for it. The button fetches the document, once. No answer and no log repeats a link.
 */
export function mountDownloads(server: Server, world: World, produce: Produce): void {
  let underWay = 0;
  const produceInTurn = oneByOne(produce);
  server.get("/d/:token", async (request, response) => {
    const refusal = refused(request);
    sendPage(world, response, refusal ?? 200, refusal === null ? "offer" : "gone");
  });
  server.post("/d/:token", async (request, response) => {
    const refusal = refused(request);
    if (refusal !== null) return sendPage(world, response, refusal, "gone");
    if (underWay >= mostAtOnce) return sendPage(world, response, 503, "failed");
    underWay += 1;
    try {
      const token = String(request.params.token);
      const fetched = await fetchDownload(world, produceInTurn, token, () => !response.destroyed);
      if (fetched) sendFile(response, fetched);
      else sendPage(world, response, 404, "gone");
    } catch (error) {
      world.log.error({ code: "download.failed", error: errorCode(error) });
      sendPage(world, response, 503, "failed");
    } finally {
      underWay -= 1;
    }
  });
}

/**
 * One document at a time: making one keeps the process from everything else, a second for the largest, and Slack
 * waits no longer than three for an answer.
 */
function oneByOne(produce: Produce): Produce {
  let last: Promise<unknown> = Promise.resolve();
  return (spec, now) => {
    const made = last.then(() => produce(spec, now));
    const breathe = () => new Promise((done) => setTimeout(done, pause));
    last = made.then(breathe, breathe);
    return made;
  };
}

/** The status for what no browser sends that was given a link of ours, or null. */
function refused(request: Request): 404 | 413 | null {
  if (hasBody(request)) return 413;
  const asOffered = isToken(String(request.params.token)) && !request.url?.includes("?");
  return asOffered ? null : 404;
}

/** Nothing is read of a body; Node drops what comes of it. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** What a page says; `failed` can be tried again. */
type Page = "offer" | "gone" | "failed";

function sendPage({ organisation, content }: World, response: ServerResponse, status: number, page: Page) {
  const html = pageOf(organisation.languages.map(content.words), page);
  if (status === 503) response.setHeader("Retry-After", "2");
  response.setHeader("Content-Security-Policy", pagePolicy);
  send(response, status, { type: "text/html; charset=utf-8", bytes: Buffer.from(html, "utf8") });
}

function sendFile(response: ServerResponse, { name, ...file }: Produced) {
  response.setHeader("Content-Disposition", disposition(name));
  response.setHeader("Content-Security-Policy", nothing);
  send(response, 200, file);
}

const nothing = "default-src 'none'; frame-ancestors 'none'";

function send(response: ServerResponse, status: number, file: Omit<Produced, "name">) {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "Content-Type": file.type,
    "Content-Length": file.bytes.length,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
  });
  response.end(file.bytes);
}

/** RFC 6266: the name as it is for browsers of today, in ASCII for others; never a path, never markup. */
function disposition(name: string): string {
  const safe = name.replace(/[^\p{L}\p{M}\p{N} ._-]/gu, "-").replace(/^[. ]+/, "") || "document";
  const ascii = safe
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/g, "-");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(safe)}`;
}

const style = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2430;--soft:#4b5666;--line:#d5dae1;--act:#1d4f82;--on:#fff}
@media (prefers-color-scheme:dark){:root{--page:#14181d;--card:#1d232a;--text:#e9edf2;--soft:#b4bfcc;--line:#3a4450;--act:#a9cdf2;--on:#0f2236}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--page);color:var(--text);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:5vh auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
h2{margin:0 0 .5rem;font-size:1.125rem;line-height:1.3}
p{margin:0 0 .75rem}
section{color:var(--soft);border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1.25rem}
section p:last-child{margin-bottom:0}
button{display:block;width:100%;min-height:3rem;margin-top:1.25rem;padding:.75rem 1rem;font:inherit;font-weight:600;color:var(--on);background:var(--act);border:2px solid transparent;border-radius:.5rem;cursor:pointer}
button span+span{display:block;font-size:.9375rem;font-weight:400}
button:hover{text-decoration:underline}
button:focus-visible{outline:3px solid var(--text);outline-offset:3px}
`;
const styleHash = createHash("sha256").update(style, "utf8").digest("base64");
/** Its own looks, and the button: nothing else works on the page. */
const pagePolicy = `${nothing}; base-uri 'none'; form-action 'self'; style-src 'sha256-${styleHash}'`;

/** The page in each of the organisation's languages, its first on top. It needs no script and loads nothing. */
function pageOf(languages: readonly Words[], page: Page): string {
  const [first, ...others] = languages;
  if (!first) throw new RangeError("no language");
  const title = (words: Words) => escaped(words.say(`download.${page}.title`));
  const text = (words: Words) =>
    words
      .say(`download.${page}.text`)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => `<p>${escaped(line)}</p>`)
      .join("");
  const label = (words: Words) =>
    `<span lang="${words.language}">${escaped(words.say(`download.buttons.${page}`))}</span>`;
  // Without an address of its own a form goes back to where the page is.
  const button =
    page === "gone"
      ? ""
      : `<form method="post"><button type="submit">${languages.map(label).join(" ")}</button></form>`;
  const below = others.map(
    (words) => `<section lang="${words.language}"><h2>${title(words)}</h2>${text(words)}</section>`,
  );
  return `<!doctype html>
<html lang="${first.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title(first)} · ${escaped(first.say("common.app"))}</title>
<style>${style}</style>
</head>
<body>
<main><h1>${title(first)}</h1>${text(first)}${button}${below.join("")}</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
