import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { type Store, StoreBusy } from "../bots/ports.ts";
import { openPostgresStore, openSqliteStore, openStore, StoreTooNew } from "../bots/store/open.ts";
import { conversation, message, someCase, storeContract } from "./contracts/store.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

let postgres: Postgres;
let databases = 0;
let directory: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vertrouwd-store-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const newFile = () => join(directory, "new", "vertrouwd.db");
const newDatabase = () => {
  databases += 1;
  return postgres.url(`store_${databases}`);
};

storeContract("SQLite", async () => {
  let store = await openSqliteStore(newFile());
  const close = () => store.close().catch(() => undefined);
  return {
    stores: [store],
    async reopen() {
      await close();
      store = await openSqliteStore(newFile());
      return store;
    },
    close,
  };
});

storeContract("PostgreSQL", async () => {
  const url = await newDatabase();
  // All at once, as processes that start together: each migrates or finds it done.
  const [first, ...others] = await Promise.all(
    [1, 2, 3].map(() => openStore({ databaseUrl: url, dataDir: "" })),
  );
  if (!first) throw new Error("no store");
  let stores: [Store, ...Store[]] = [first, ...others];
  const close = async () => {
    for (const store of stores) await store.close().catch(() => undefined);
  };
  return {
    stores,
    async reopen() {
      await close();
      stores = [await openPostgresStore(url)];
      return stores[0];
    },
    close,
  };
});

describe("SQLite", () => {
  test("a transaction that has returned is in the file, and the file is its owner's", async () => {
    const store = await openStore({ databaseUrl: null, dataDir: join(directory, "new") });
    const file = newFile();
    const other = new DatabaseSync(file, { readOnly: true });
    for (let nr = 0; nr < 20; nr += 1) {
      await Promise.all(
        ["a", "b", "c"].map(async (id) => {
          await store.transaction((t) => t.saveConversation(conversation(`${id}${nr}`)));
          expect(other.prepare("select 1 from conversations where id = ?").get(`${id}${nr}`)).toBeDefined();
        }),
      );
    }
    for (const name of readdirSync(join(directory, "new"))) {
      expect(statSync(join(directory, "new", name)).mode & 0o077).toBe(0);
    }
    other.close();
    await store.close();
  });

  test("a process killed the moment it was answered has lost nothing it was answered for", async () => {
    const code = `
      import { writeSync } from "node:fs";
      import { openSqliteStore } from ${JSON.stringify(new URL("../bots/store/open.ts", import.meta.url).href)};
      const store = await openSqliteStore(${JSON.stringify(newFile())});
      for (let nr = 0; nr < 40; nr += 1) {
        store
          .transaction((t) => t.saveConversation({ id: "c" + nr, version: 0, sealed: "x", expiresAt: 1 }))
          .then(() => {
            writeSync(1, "c" + nr + " ");
            if (nr === 35) process.kill(process.pid, "SIGKILL");
          });
      }`;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    expect(child.signal).toBe("SIGKILL");
    const answered = child.stdout.trim().split(" ");
    expect(answered.length).toBeGreaterThan(30);
    const store = await openSqliteStore(newFile());
    for (const id of answered) {
      expect(await store.transaction((t) => t.findConversation([id]))).toMatchObject({ version: 1 });
    }
    await store.close();
  });

  test("a destroyed case is in none of the files any more", async () => {
    const store = await openSqliteStore(newFile());
    const inFiles = (words: string) =>
      readdirSync(join(directory, "new")).some((name) =>
        readFileSync(join(directory, "new", name)).includes(words),
      );
    await store.transaction(async (t) => {
      await t.insertCase(someCase("canary"));
      await t.addMessage({ ...message("canary", "nonce"), text: "long canary ".repeat(2000) as never });
    });
    await store.sweep(0, 0);
    for (const words of ["key of canary", "report of canary", "long canary"])
      expect(inFiles(words)).toBe(true);
    await store.transaction((t) => t.destroyCase("canary"));
    expect(inFiles("canary")).toBe(false);
    await store.close();
  });

  test("a draft that was overwritten or deleted is in none of the files after the sweep", async () => {
    const store = await openSqliteStore(newFile());
    const inFiles = (words: string) =>
      readdirSync(join(directory, "new")).some((name) =>
        readFileSync(join(directory, "new", name)).includes(words),
      );
    const row = { id: "a", version: 0, sealed: "first canary", expiresAt: 1 };
    await store.transaction((t) => t.saveConversation(row));
    await store.transaction((t) => t.saveConversation({ ...row, version: 1, sealed: "second canary" }));
    await store.sweep(0, 0);
    expect(inFiles("first canary")).toBe(false);
    expect(inFiles("second canary")).toBe(true);
    await store.transaction((t) => t.deleteConversation("a", 2));
    await store.sweep(0, 0);
    expect(inFiles("canary")).toBe(false);
    await store.close();
  });

  test("says busy while another program holds the file, and works again after", async () => {
    const store = await openSqliteStore(newFile());
    const other = new DatabaseSync(newFile());
    other.exec("begin immediate");
    await expect(store.ping()).rejects.toThrow(StoreBusy);
    other.exec("rollback");
    await store.ping();
    other.close();
    await store.close();
  });

  test("a database of a later release is refused and left alone", async () => {
    await (await openSqliteStore(newFile())).close();
    const other = new DatabaseSync(newFile());
    other.exec("insert into migrations (name) values ('9999-later')");
    other.close();
    await expect(openSqliteStore(newFile())).rejects.toThrow(StoreTooNew);
  });
});

describe("PostgreSQL", () => {
  const query = async (url: string, sql: string) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test("a deadlock is busy for one of the two, which can try again", async () => {
    const store = await openPostgresStore(await newDatabase());
    for (const id of ["a", "b"]) await store.transaction((t) => t.saveConversation(conversation(id)));
    let met = 0;
    let meet = () => {};
    const both = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const crosswise = (first: string, second: string) => () =>
      store.transaction(async (t) => {
        await t.saveConversation({ ...conversation(first), version: 1 });
        met += 1;
        if (met === 2) meet();
        await both;
        return t.saveConversation({ ...conversation(second), version: 1 });
      });
    const results = await Promise.allSettled([crosswise("a", "b")(), crosswise("b", "a")()]);
    const failed = results.filter((result) => result.status === "rejected");
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toBeInstanceOf(StoreBusy);
    expect(failed[0]?.reason).toMatchObject({ code: "40P01" });
    expect(await store.transaction((t) => t.findConversation(["a"]))).toMatchObject({ version: 2 });
    await store.close();
  });

  test("a broken connection is replaced, and its transaction is busy or undone", async () => {
    const url = await newDatabase();
    const store = await openPostgresStore(url);
    await expect(
      store.transaction(async (t) => {
        await t.saveConversation(conversation("a"));
        await query(
          url,
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vertrouwd'",
        );
        await t.saveConversation(conversation("b"));
      }),
    ).rejects.toThrow();
    expect(await store.transaction((t) => t.findConversation(["a"]))).toBeNull();
    await store.close();
  });

  test("a server that is not there is busy", async () => {
    const url = new URL(await newDatabase());
    url.port = "1";
    await expect(openPostgresStore(url.href)).rejects.toThrow(StoreBusy);
  });

  test("the keys of a destroyed case are not in their table's file any more", async () => {
    const url = await newDatabase();
    const store = await openPostgresStore(url);
    const inFile = async () => {
      await query(url, "checkpoint");
      const rows = await query(
        url,
        "select position('of canary'::bytea in pg_read_binary_file(pg_relation_filepath('case_keys'))) as at",
      );
      return rows[0].at > 0;
    };
    await store.transaction((t) => t.insertCase(someCase("canary")));
    expect(await inFile()).toBe(true);
    await store.transaction((t) => t.destroyCase("canary"));
    expect(await inFile()).toBe(false);
    await store.close();
  });

  test("a database of a later release is refused and left alone", async () => {
    const url = await newDatabase();
    await (await openPostgresStore(url)).close();
    await query(url, "insert into migrations (name) values ('9999-later')");
    await expect(openPostgresStore(url)).rejects.toThrow(StoreTooNew);
  });
});
