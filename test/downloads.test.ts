import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { pino } from "pino";
import type { Server } from "restify";
import { mountDownloads } from "../bots/download-page.ts";
import { offerDownload, type Produce, type Produced, type Spec } from "../bots/downloads.ts";
import { createServer } from "../bots/server.ts";
import { parseKeyRing } from "../cases/keys.ts";
import { setStage, startBot as startService } from "./journeys/service.ts";
import {
  type Bot,
  content,
  type Database,
  onBothDatabases,
  someOrganisation,
  sqlite,
  startBot,
} from "./world.ts";

/**
 * Documents fetched over real sockets, as a browser, a link scanner, an impatient person and a hostile one do.
 */
const minute = 60_000;
const canary = "kanarie-7734";
const publicUrl = "https://vertrouwd.example/chat";

const spec: Spec = {
  kind: "code",
  language: "nl",
  answers: { scope: ["staff", canary], contact: canary, skipped: null },
};
const file: Produced = {
  name: "gedragscode.pdf",
  type: "application/pdf",
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 255, 13, 10]),
};

/** One process that serves documents. */
interface Desk {
  readonly bot: Bot;
  readonly server: Server;
  readonly port: number;
  /** Every line at every level. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

async function openDesk(bot: Bot, produce: Produce): Promise<Desk> {
  const logged: string[] = [];
  const log = pino({ level: "trace", base: null }, { write: (line: string) => void logged.push(line) });
  const world = { ...bot.world, log };
  const health = { store: world.store, faultyRoutes: () => [], draining: () => false };
  const downloads = { mount: (to: Server) => mountDownloads(to, world, produce) };
  const server = createServer([downloads], health, log);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { bot, server, port: (server.address() as AddressInfo).port, logged, close };
}

/** The link's path on this process, as a proxy in front of it passes it on. */
async function offer({ bot }: Desk, what: Spec = spec): Promise<string> {
  const { world, clock } = bot;
  const url = await world.store.transaction((tx) => offerDownload(tx, world, what, clock.now()));
  expect(url).toMatch(/^https:\/\/vertrouwd\.example\/chat\/d\/[A-Za-z0-9_-]{43}$/);
  return (url ?? "").slice(publicUrl.length);
}

const get = ({ port }: Desk, path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, init);
const post = (desk: Desk, path: string, init: RequestInit = {}) =>
  get(desk, path, { method: "POST", ...init });

/** All that tells one answer from another, but the time. */
async function told(response: Response) {
  const { date: _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, text: await response.text() };
}

const none = `/d/${"A".repeat(43)}`;
const words = { nl: content.words("nl"), en: content.words("en") };

onBothDatabases((fresh) => {
  let database: Database;
  let desks: Desk[];
  beforeEach(async () => {
    database = await fresh();
    desks = [];
  });
  afterEach(async () => {
    for (const desk of desks) {
      expect(desk.logged.join()).not.toContain(canary);
      await desk.close();
    }
    await database.close();
  });

  async function start(produce: Produce = async () => file, bot?: Bot): Promise<Desk> {
    const desk = await openDesk(bot ?? (await startBot({ database, publicUrl })), produce);
    desks.push(desk);
    return desk;
  }
  const rows = async () => (await database.tables()).downloads ?? [];

  test("a document is fetched once, whole, as a file that nothing keeps", async () => {
    const asked: unknown[] = [];
    const desk = await start(async (...given) => {
      asked.push(given);
      return file;
    });
    const path = await offer(desk);
    const answer = await post(desk, path);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-length": "8",
      "content-disposition": `attachment; filename="gedragscode.pdf"; filename*=UTF-8''gedragscode.pdf`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex",
    });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(file.bytes);
    expect(asked).toEqual([[spec, desk.bot.clock.now()]]);
    expect(await rows()).toEqual([]);
    const again = await told(await post(desk, path));
    expect(again.status).toBe(404);
    expect(again.text).toContain(words.nl.say("download.gone.text"));
    expect(again.text).toContain(words.en.say("download.gone.text"));
    expect(asked).toHaveLength(1);
  });

  test("opening the link uses nothing up and looks the same, whatever the link is worth", async () => {
    const desk = await start();
    const path = await offer(desk);
    const before = await rows();
    const unknown = await told(await get(desk, none));
    expect(unknown.status).toBe(200);
    for (let nr = 0; nr < 20; nr += 1) expect(await told(await get(desk, path))).toEqual(unknown);
    expect(await rows()).toEqual(before);
    expect((await post(desk, path)).status).toBe(200);
    expect(await told(await get(desk, path))).toEqual(unknown);
    const expired = await offer(desk);
    desk.bot.clock.advance(15 * minute);
    expect(await told(await get(desk, expired))).toEqual(unknown);
  });

  test("it can be fetched for fifteen minutes, and not longer", async () => {
    const desk = await start();
    const [early, late] = [await offer(desk), await offer(desk)];
    desk.bot.clock.advance(15 * minute - 1);
    expect((await post(desk, early)).status).toBe(200);
    desk.bot.clock.advance(1);
    expect((await post(desk, late)).status).toBe(404);
    // Until the sweep it is there, and does not come back.
    expect(await rows()).toHaveLength(1);
    await desk.bot.world.store.sweep(desk.bot.clock.now(), 0);
    expect(await rows()).toEqual([]);
  });

  test("a link that was used, is too old or never was gets one and the same answer", async () => {
    const desk = await start();
    const [used, old] = [await offer(desk), await offer(desk)];
    await (await post(desk, used)).arrayBuffer();
    desk.bot.clock.advance(15 * minute);
    const unknown = await told(await post(desk, none));
    expect(await told(await post(desk, used))).toEqual(unknown);
    expect(await told(await post(desk, old))).toEqual(unknown);
    expect(unknown.status).toBe(404);
    expect(unknown.text).not.toContain("<form");
  });

  test("of many who press at once, in two processes, one gets it", async () => {
    const first = await start();
    const bot = { ...first.bot, world: { ...first.bot.world, store: await database.open() } };
    const second = await start(async () => file, bot);
    for (let round = 0; round < 5; round += 1) {
      const path = await offer(first);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, nr) => post(nr % 2 === 0 ? first : second, path).then(told)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404, 404, 404]);
    }
    expect(await rows()).toEqual([]);
  });

  test("where making it fails, the link still works, and the log has a code", async () => {
    let fails = true;
    const desk = await start(async () => {
      if (fails) throw Object.assign(new TypeError(canary), { code: "E_FONT" });
      return file;
    });
    const path = await offer(desk);
    const before = await rows();
    const failed = await post(desk, path);
    expect(failed.headers.get("retry-after")).toBe("2");
    const { status, text } = await told(failed);
    expect(status).toBe(503);
    expect(text).toContain(words.nl.say("download.failed.text"));
    expect(text).toContain('<form method="post">');
    expect(await rows()).toEqual(before);
    expect(desk.logged.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ code: "download.failed", error: { name: "TypeError", code: "E_FONT" } }),
    ]);
    fails = false;
    expect((await post(desk, path)).status).toBe(200);
  });

  test("where what it is about is gone, the link is too", async () => {
    const desk = await start(async () => null);
    expect(await told(await post(desk, await offer(desk)))).toEqual(await told(await post(desk, none)));
    expect(await rows()).toEqual([]);
  });

  test("who presses twice, so that the browser drops the first request, still gets it", async () => {
    let go = () => {};
    const waiting = new Promise<void>((done) => {
      go = done;
    });
    let asked = () => {};
    const began = new Promise<void>((done) => {
      asked = done;
    });
    let first = true;
    const desk = await start(async () => {
      if (first) {
        first = false;
        asked();
        await waiting;
      }
      return file;
    });
    const path = await offer(desk);
    const closed = new Promise<void>((done) =>
      desk.server.server.once("connection", (socket) => socket.once("close", () => done())),
    );
    const leaving = new AbortController();
    const dropped = post(desk, path, { signal: leaving.signal }).catch(() => null);
    await began;
    leaving.abort();
    expect(await dropped).toBeNull();
    await closed;
    go();
    await new Promise((done) => setTimeout(done, 50));
    expect(await rows()).toHaveLength(1);
    expect((await post(desk, path)).status).toBe(200);
  });

  test("more at once than it can serve are told to try again, and then it serves them", async () => {
    let go = () => {};
    const waiting = new Promise<void>((done) => {
      go = done;
    });
    const desk = await start(async () => {
      await waiting;
      return file;
    });
    const paths = await Promise.all(Array.from({ length: 20 }, () => offer(desk)));
    const answers = paths.map((path) => post(desk, path).then(told));
    const refused = await Promise.race(answers);
    expect(refused.status).toBe(503);
    expect((await get(desk, none)).status).toBe(200);
    go();
    const all = await Promise.all(answers);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(await rows()).toHaveLength(12);
    for (const [nr, path] of paths.entries())
      expect((await post(desk, path)).status).toBe(all[nr]?.status === 200 ? 404 : 200);
  });

  test("however many want one at once, one is made at a time", async () => {
    let [making, most] = [0, 0];
    const desk = await start(async () => {
      making += 1;
      most = Math.max(most, making);
      await new Promise((done) => setTimeout(done, 20));
      making -= 1;
      return file;
    });
    const paths = await Promise.all(Array.from({ length: 8 }, () => offer(desk)));
    const answers = await Promise.all(paths.map((path) => post(desk, path)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(most).toBe(1);
  });

  test("nothing of link or contents is in the database in the clear, or in a log at any level", async () => {
    const desk = await start(async () => {
      throw new Error(canary);
    });
    const path = await offer(desk);
    const token = path.slice("/d/".length);
    for (const method of ["GET", "HEAD", "POST", "DELETE", "PATCH"]) await get(desk, path, { method });
    for (const more of ["/x", "?x", "x", "%ff"]) await post(desk, `${path}${more}`);
    const [row] = await rows();
    expect(Object.keys(row ?? {}).sort()).toEqual(["expiresAt", "id", "sealed"]);
    const kept = JSON.stringify(await database.tables()) + (await database.bytes());
    expect(kept).toContain(String(row?.id));
    for (const text of [kept, desk.logged.join(), desk.bot.logged.join()])
      for (const part of [canary, token, "scope"]) expect(text).not.toContain(part);
    expect(desk.server.log).toHaveProperty("level", "silent");
  });

  test("what was fetched or is too old is in none of the files after the sweep", async () => {
    const desk = await start();
    const [fetched, old, valid] = [await offer(desk), await offer(desk), await offer(desk)];
    const sealed = (await rows()).map((row) => String(row.sealed));
    await post(desk, fetched);
    // The valid one as if it was offered later.
    const { ring, store } = desk.bot.world;
    const row = await store.transaction((tx) => tx.takeDownload(ring.lookups("download", valid.slice(3))));
    if (!row) throw new Error("no row");
    desk.bot.clock.advance(15 * minute);
    await store.transaction((tx) => tx.addDownload({ ...row, expiresAt: desk.bot.clock.now() + 1 }));
    await store.sweep(desk.bot.clock.now(), 0);
    const bytes = await database.bytes();
    expect(sealed.filter((text) => bytes.includes(text))).toEqual([row.sealed]);
    expect((await post(desk, old)).status).toBe(404);
    expect((await post(desk, valid)).status).toBe(200);
  });

  test("a link outlives a change of keys, and opens under no other row's name", async () => {
    const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
    const ring = parseKeyRing(JSON.stringify({ current: "k1", keys: { k1: key(1) } }));
    const newer = parseKeyRing(JSON.stringify({ current: "k2", keys: { k1: key(1), k2: key(2) } }));
    const desk = await start(async () => file, await startBot({ database, publicUrl, ring }));
    const later = await start(
      async () => file,
      await startBot({ database, publicUrl, ring: newer, clock: desk.bot.clock }),
    );
    expect((await post(later, await offer(desk))).status).toBe(200);
    // Whoever can write to the database cannot make one link lead to what is another's.
    const [path, another] = [await offer(desk), await offer(desk)];
    await desk.bot.world.store.transaction(async (tx) => {
      const taken = await tx.takeDownload(ring.lookups("download", path.slice(3)));
      const own = await tx.takeDownload(ring.lookups("download", another.slice(3)));
      if (taken && own) await tx.addDownload({ ...own, sealed: taken.sealed });
    });
    expect((await post(desk, another)).status).toBe(404);
  });

  test("without an address for browsers nothing is offered", async () => {
    const { world } = await startBot({ database, publicUrl: null });
    expect(await world.store.transaction((tx) => offerDownload(tx, world, spec, 0))).toBeNull();
    expect(await rows()).toEqual([]);
  });

  describe("what nobody should send changes nothing:", () => {
    const requests: readonly (readonly [string, (path: string) => string, number])[] = [
      ["HEAD", (path) => `HEAD ${path}`, 405],
      ["PUT", (path) => `PUT ${path}`, 405],
      ["DELETE", (path) => `DELETE ${path}`, 405],
      ["PATCH", (path) => `PATCH ${path}`, 405],
      ["OPTIONS", (path) => `OPTIONS ${path}`, 405],
      ["TRACE", (path) => `TRACE ${path}`, 405],
      ["a method that is none", (path) => `FETCH ${path}`, 400],
      ["a query", (path) => `POST ${path}?${canary}`, 404],
      ["an empty query", (path) => `POST ${path}?`, 404],
      ["a page with a query", (path) => `GET ${path}?${canary}`, 404],
      ["a link that was cut off", (path) => `POST ${path.slice(0, -1)}`, 404],
      ["a link with something behind it", (path) => `POST ${path}x`, 404],
      ["a link with a full stop behind it", (path) => `GET ${path}.`, 404],
      ["a link with a slash behind it", (path) => `POST ${path}/`, 404],
      ["a link in other signs", (path) => `POST ${path.slice(0, -1)}%2B`, 404],
      ["no link", () => "POST /d/", 404],
      ["nothing at all", () => "GET /d", 404],
      ["a very long one", () => `GET /d/${canary.repeat(500)}`, 404],
      ["one that is too long to read", () => `GET /d/${canary.repeat(2000)}`, 431],
      ["half an escape", () => `POST /d/%${canary}`, 404],
      ["an escape that is no text", () => "POST /d/%E0%A4%A", 404],
      ["a nought", (path) => `POST ${path}%00`, 404],
      ["a path upwards", () => "GET /d/../healthz%2f", 404],
      ["a path upwards in disguise", () => "GET /d/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404],
      ["another's prototype", () => "POST /d/__proto__", 404],
      ["markup", () => `GET /d/%3Cscript%3E${canary}%3C/script%3E`, 404],
    ];
    test.each(requests)("%s", async (_what, line, status) => {
      const desk = await start();
      const path = await offer(desk);
      await refuses(desk, line(path), [], "", status);
      expect((await post(desk, path)).status).toBe(200);
    });

    const form = "Content-Type: application/x-www-form-urlencoded";
    const bodies: readonly (readonly [string, readonly string[], string | Buffer, number])[] = [
      ["a body", [form, "Content-Length: 3"], "a=b", 413],
      ["a body in pieces", [form, "Transfer-Encoding: chunked"], "3\r\na=b\r\n0\r\n\r\n", 413],
      ["an empty body in pieces", ["Transfer-Encoding: chunked"], "0\r\n\r\n", 413],
      [
        "a file",
        ["Content-Type: multipart/form-data; boundary=x", "Content-Length: 11"],
        "--x\r\n\r\n--x--",
        413,
      ],
      ["a body of which nothing comes", [form, "Content-Length: 4711"], "", 413],
      ["a body of 10 MB", [form, "Content-Length: 10485760"], Buffer.alloc(10_485_760, canary), 413],
      ["two lengths", ["Content-Length: 2", "Content-Length: 3"], "ab", 400],
      ["a length below nought", ["Content-Length: -1"], "", 400],
      ["a length and pieces", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\nGET /", 400],
    ];
    test.each(bodies)("%s", async (_what, headers, body, status) => {
      const desk = await start();
      const path = await offer(desk);
      for (const method of ["POST", "GET"]) await refuses(desk, `${method} ${path}`, headers, body, status);
      expect((await post(desk, path)).status).toBe(200);
    });

    async function refuses(
      desk: Desk,
      line: string,
      headers: readonly string[],
      body: string | Buffer,
      status: number,
    ) {
      const before = await rows();
      const answer = await raw(desk, line, headers, body);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).not.toContain(canary);
      expect(await rows()).toEqual(before);
    }
  });
});

/** A request as it is; the answer is all that comes until the connection is closed. */
function raw(
  { port }: Desk,
  line: string,
  headers: readonly string[],
  body: string | Buffer,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const got: Buffer[] = [];
    socket.on("data", (chunk) => got.push(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(Buffer.concat(got).toString("latin1")));
    socket.write(`${[`${line} HTTP/1.1`, "Host: x", "Connection: close", ...headers].join("\r\n")}\r\n\r\n`);
    socket.write(body);
  });
}

describe("the page", () => {
  let desk: Desk | undefined;
  let database: Database | undefined;
  afterEach(async () => {
    await desk?.close();
    await database?.close();
  });
  async function opened(languages: readonly string[], produce: Produce = async () => file): Promise<Desk> {
    database = await sqlite();
    const organisation = someOrganisation({ languages });
    desk = await openDesk(await startBot({ database, publicUrl, organisation }), produce);
    return desk;
  }
  const pageFor = async (languages: readonly string[]) => (await get(await opened(languages), none)).text();

  test("has one button, says the same in each language, and needs nothing but itself", async () => {
    const html = await pageFor(["nl", "en"]);
    expect(html).toMatch(/^<!doctype html>\n<html lang="nl">/);
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html.match(/<form method="post">/g)).toHaveLength(1);
    expect(html.indexOf("<h1>")).toBeLessThan(html.indexOf('<section lang="en"><h2>'));
    for (const key of ["download.offer.title", "download.buttons.offer"])
      for (const one of [words.nl, words.en]) expect(html).toContain(one.say(key));
    expect(html).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|https?:|\ssrc=|\shref=|url\(/i);
  });

  test("begins with the organisation's first language", async () => {
    const html = await pageFor(["en", "nl"]);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain(`<h1>${words.en.say("download.offer.title")}</h1>`);
    expect(html).toContain(`<section lang="nl"><h2>${words.nl.say("download.offer.title")}</h2>`);
  });

  test("is in one language where the organisation has one", async () => {
    const html = await pageFor(["en"]);
    expect(html).not.toContain("<section");
    expect(html).not.toContain(words.nl.say("download.offer.title"));
  });

  test("lets nobody put it in a frame or send its form elsewhere", async () => {
    const { headers } = await get(await opened(["nl"]), none);
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; style-src 'sha256-[^' ]+'$/,
    );
    for (const [name, value] of [
      ["content-type", "text/html; charset=utf-8"],
      ["cache-control", "no-store"],
      ["x-content-type-options", "nosniff"],
      ["referrer-policy", "no-referrer"],
      ["x-robots-tag", "noindex"],
    ] as const)
      expect(headers.get(name)).toBe(value);
  });

  test.each([
    ["check 2026.csv", "check 2026.csv", "check%202026.csv"],
    ["Één café (naïef).docx", "Een cafe -naief-.docx", "%C3%89%C3%A9n%20caf%C3%A9%20-na%C3%AFef-.docx"],
    ["../../etc/passwd", "-..-etc-passwd", "-..-etc-passwd"],
    ['a"; filename="b.exe', "a-- filename--b.exe", "a--%20filename--b.exe"],
    ["a\r\nSet-Cookie: x", "a--Set-Cookie- x", "a--Set-Cookie-%20x"],
    ["report\u202Efdp.exe", "report-fdp.exe", "report-fdp.exe"],
    ["half \uD83D", "half -", "half%20-"],
    ["..", "document", "document"],
    ["", "document", "document"],
  ])("a file named %j is saved under a name that is safe", async (name, ascii, encoded) => {
    const here = await opened(["nl"], async () => ({ ...file, name }));
    const { headers } = await post(here, await offer(here));
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    );
  });
});

test("the running service has the page where it has an address for browsers, and nothing else there", async () => {
  const stage = await setStage({ advisers: "slack" });
  try {
    for (const [url, status] of [
      [stage.environment.PUBLIC_URL, 200],
      ["", 404],
    ] as const) {
      const service = await startService({
        ...stage,
        environment: { ...stage.environment, PUBLIC_URL: url ?? "" },
      });
      expect((await fetch(`${service.url}${none}`)).status).toBe(status);
      expect((await fetch(`${service.url}${none}`, { method: "POST" })).status).toBe(404);
      await service.stop();
    }
  } finally {
    await stage.close();
  }
});
