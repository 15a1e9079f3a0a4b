import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Stage } from "./service.ts";

/** What is looked for, by what to call it in a failure: never the secret itself twice. */
export type Secrets = Readonly<Record<string, string>>;

/** Where it is looked for, by name. */
export type Places = Readonly<Record<string, string>>;

/** "secret in place" for every secret found anywhere, as it is or in a form that anybody can read back. */
export function found(secrets: Secrets, places: Places): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const forms = formsOf(secret);
    return Object.entries(places)
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([place]) => `${name} in ${place}`);
  });
}

/** A text as it is, inside JSON, inside a URL, as UTF-16, in hex, and in base64 wherever in a text it stands. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    // The first and last letters also hold bits of what stands around it.
    const inner = (text: string) => text.replace(/=+$/, "").slice(offset === 0 ? 0 : 4, -2);
    return [inner(shifted.toString("base64")), inner(shifted.toString("base64url"))];
  });
  return [
    secret,
    bytes.toString("latin1"),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ q: secret }).toString().slice(2),
    Buffer.from(secret, "utf16le").toString("latin1"),
    bytes.toString("hex"),
    ...base64.filter((form) => form.length >= 8),
  ];
}

export type Row = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Every row of every table that the service's database has. The service may be running. */
export async function readTables(stage: Stage): Promise<Tables> {
  return stage.databaseUrl === null ? sqliteTables(stage) : postgresTables(stage.databaseUrl);
}

/** Tables and, for SQLite, the bytes of every file, as places to search. */
export async function databasePlaces(stage: Stage): Promise<Places> {
  const places: Record<string, string> = {};
  // Files first: reading the tables may write to them.
  if (stage.databaseUrl === null) Object.assign(places, filePlaces(stage.dataDir));
  for (const [table, rows] of Object.entries(await readTables(stage))) {
    for (const column of Object.keys(rows[0] ?? {}))
      places[`${table}.${column}`] = rows.map((row) => String(row[column])).join("\n");
  }
  return places;
}

function filePlaces(folder: string): Places {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      `file ${name}`,
      readFileSync(join(parentPath, name)).toString("latin1"),
    ]),
  );
}

function sqliteTables(stage: Stage): Tables {
  const database = new DatabaseSync(join(stage.dataDir, "vertrouwd.db"), { readOnly: true });
  try {
    const names = database.prepare("select name from sqlite_schema where type = 'table'").all();
    return Object.fromEntries(
      names.map(({ name }) => [String(name), database.prepare(`select * from "${name}"`).all() as Row[]]),
    );
  } finally {
    database.close();
  }
}

async function postgresTables(url: string): Promise<Tables> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const tables: Record<string, readonly Row[]> = {};
    for (const { schema, name } of rows)
      tables[name] = (await client.query<Row>(`select * from "${schema}"."${name}"`)).rows;
    return tables;
  } finally {
    await client.end();
  }
}
