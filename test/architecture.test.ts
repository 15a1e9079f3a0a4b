import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { posix } from "node:path";
import { parseSync } from "@swc/core";

/**
 * The import table of the design, enforced. If your change wants an import that is refused here, the code
 * is in the wrong folder.
 */
const ours = ["content", "dialogs", "cases", "cards", "bots"];
const platformFolders = ["bots/teams", "bots/slack", "bots/store", "bots/outbox"];

/** What a folder may import: a folder of ours, a package, or `type` and one of them. */
const table: Readonly<Record<string, readonly string[]>> = {
  content: ["content", "zod", "yaml"],
  dialogs: ["dialogs", "type content", "zod"],
  cases: ["cases", "node:crypto", "zod"],
  cards: ["cards", "content", "type dialogs", "type cases", "type adaptivecards", "type @slack/types"],
};

/** Packages that one folder keeps to itself, so that a successor changes that folder only. */
const homes: Readonly<Record<string, string>> = {
  botbuilder: "bots/teams",
  "botbuilder-core": "bots/teams",
  "botframework-connector": "bots/teams",
  "botframework-schema": "bots/teams",
  "@slack/bolt": "bots/slack",
  "@slack/web-api": "bots/slack",
  kysely: "bots/store",
  pg: "bots/store",
  "node:sqlite": "bots/store",
};

/** The programmes that people start; they hand the environment to `readConfig`, and nothing else reads it. */
const readsEnvironment = ["bots/main.ts", "bots/demo.ts", "bots/doctor.ts", "bots/audit.ts"];

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

interface Source {
  readonly imports: readonly Import[];
  /** Forbidden things found in it. */
  readonly faults: readonly string[];
  /** It imports something that only running it tells. */
  readonly computes: boolean;
  readonly console: boolean;
  readonly readsEnvironment: boolean;
}

type Node = { readonly type?: string } & Readonly<Record<string, unknown>>;

/** Reads one file with the compiler's own parser. */
function scan(text: string): Source {
  const imports: Import[] = [];
  const faults = new Set<string>();
  let readsEnvironment = false;
  let computes = false;
  let console = false;
  const importing = (source: unknown, typeOnly: boolean) => {
    const { type, value } = (source ?? {}) as Node;
    if (type === "StringLiteral" && typeof value === "string") imports.push({ from: value, typeOnly });
    else computes = true;
  };
  const named = (node: unknown, name: string) =>
    (node as Node | null)?.type === "Identifier" && (node as Node).value === name;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (Array.isArray(node) || node === null || typeof node !== "object") return;
    const it = node as Node;
    switch (it.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        importing(it.source, it.typeOnly === true);
        break;
      case "ExportNamedDeclaration":
        if (it.source) importing(it.source, it.typeOnly === true);
        break;
      case "TsImportType":
        importing(it.argument, true);
        break;
      case "CallExpression": {
        const callee = it.callee as Node;
        const first = (it.arguments as readonly { expression: unknown }[])[0]?.expression;
        if (callee.type === "Import" || named(callee, "require")) importing(first, false);
        break;
      }
      case "TsKeywordType":
        if (it.kind === "any") faults.add("any");
        break;
      case "MemberExpression": {
        if (named(it.object, "console")) console = true;
        const property = it.property as Node;
        const name = property.value ?? (property.expression as Node | undefined)?.value;
        if (named(it.object, "process") && name === "env") readsEnvironment = true;
        break;
      }
      case "VariableDeclarator":
        // Taking `process` apart or passing it on would hide what is read of it.
        if (named(it.init, "process")) readsEnvironment = true;
        break;
    }
    Object.values(it).forEach(walk);
  };
  walk(parseSync(text, { syntax: "typescript" }).body);
  if (/@ts-(ignore|expect-error|nocheck)/.test(text)) faults.add("silences the compiler");
  if (imports.some((one) => ["process", "node:process"].includes(one.from))) readsEnvironment = true;
  return { imports, faults: [...faults], computes, console, readsEnvironment };
}

const packageFile = JSON.parse(readFileSync("package.json", "utf8"));

/** `zod/v4` → `zod`, `@slack/bolt/x` → `@slack/bolt`; built-in modules always with `node:`. */
function packageOf(from: string): string {
  if (from.startsWith("node:")) return from.split("/")[0] ?? from;
  const name = from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
  return builtinModules.includes(name) ? `node:${name}` : name;
}

/** The file an import leads to, or the package. */
function target(file: string, from: string): { readonly file?: string; readonly package?: string } {
  return from.startsWith(".")
    ? { file: posix.join(posix.dirname(file), from) }
    : { package: packageOf(from) };
}

function within(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

/** Every breach of the table and the house rules, one line each. */
function breaches(files: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  const values = new Map<string, string[]>();
  for (const [file, text] of Object.entries(files)) {
    const source = scan(text);
    const say = (what: string) => found.push(`${file}: ${what}`);
    for (const fault of source.faults) say(fault);
    const folder = ours.find((name) => within(file, name));
    if (!folder) continue;
    if (source.console) say("writes to the console");
    if (source.computes) say("imports something it computes");
    if (source.readsEnvironment && !readsEnvironment.includes(file)) say("reads the environment");
    for (const one of source.imports) {
      const to = target(file, one.from);
      if (to.file) {
        if (!one.typeOnly) values.set(file, [...(values.get(file) ?? []), to.file]);
        if (!(to.file in files) && !to.file.endsWith(".json")) say(`imports ${one.from}, which is not there`);
        if (!ours.some((name) => within(to.file ?? "", name)))
          say(`imports ${to.file}, from outside the product`);
      }
      const wants = to.package ?? ours.find((name) => within(to.file ?? "", name)) ?? "";
      const may = table[folder];
      if (may && !may.includes(wants) && !(one.typeOnly && may.includes(`type ${wants}`))) {
        say(`imports ${one.typeOnly ? "the types of " : ""}${wants}`);
      }
      const here = platformFolders.find((name) => within(file, name));
      const there = platformFolders.find((name) => within(to.file ?? "", name));
      if (here && there && here !== there) say(`imports ${there}`);
      const home = to.package && homes[to.package];
      if (home && !within(file, home)) say(`imports ${to.package}, which belongs in ${home}`);
      const shipped = to.package?.startsWith("node:") || (to.package ?? "") in packageFile.dependencies;
      if (to.package && !one.typeOnly && !shipped && !within(file, "bots/tools")) {
        say(`imports ${to.package}, which is not installed in production`);
      }
    }
  }
  return [...found, ...cycles(values)];
}

/** Circles of imports that exist at run time, each told once. */
function cycles(values: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push(`a circle of imports: ${[...trail.slice(trail.indexOf(file)), file].join(" → ")}`);
      return;
    }
    if (done.has(file)) return;
    for (const next of values.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of values.keys()) visit(file, []);
  return found;
}

const files = Object.fromEntries(
  globSync(["{content,dialogs,cases,cards,bots,test,bench}/**/*.ts"])
    .map((path) => path.replaceAll("\\", "/"))
    // The one file whose subject is what must not compile.
    .filter((path) => path !== "test/types.test-d.ts")
    .map((path) => [path, readFileSync(path, "utf8")]),
);

test("every file keeps to the import table and the house rules", () => {
  expect(Object.keys(files).length).toBeGreaterThan(20);
  expect(breaches(files)).toEqual([]);
});

describe("the check sees", () => {
  const refused: readonly [string, Readonly<Record<string, string>>, string][] = [
    [
      "a dialog that touches the disk",
      { "dialogs/a.ts": 'import "node:fs";' },
      "dialogs/a.ts: imports node:fs",
    ],
    [
      "a built-in module without its prefix",
      { "dialogs/a.ts": 'import "fs/promises";' },
      "dialogs/a.ts: imports node:fs",
    ],
    ["a package too many", { "cases/a.ts": 'export { x } from "pino";' }, "cases/a.ts: imports pino"],
    [
      "words in a dialog",
      { "dialogs/a.ts": 'import { nl } from "../content/b.ts";', "content/b.ts": "" },
      "dialogs/a.ts: imports content",
    ],
    [
      "a card that acts",
      { "cards/a.ts": 'import { open, type Case } from "../cases/b.ts";', "cases/b.ts": "" },
      "cards/a.ts: imports cases",
    ],
    [
      "an import of types alone that is still carried out",
      { "cards/a.ts": 'import { type Case } from "../cases/b.ts";', "cases/b.ts": "" },
      "cards/a.ts: imports cases",
    ],
    [
      "a type from a folder that is not in the table",
      { "cases/a.ts": 'let x: import("../dialogs/b.ts").X;', "dialogs/b.ts": "" },
      "cases/a.ts: imports the types of dialogs",
    ],
    [
      "Teams reaching into the store",
      { "bots/teams/a.ts": 'import type { X } from "../store/b.ts";', "bots/store/b.ts": "" },
      "bots/teams/a.ts: imports bots/store",
    ],
    [
      "an import at run time",
      { "bots/outbox/a.ts": 'await import("../slack/b.ts");', "bots/slack/b.ts": "" },
      "bots/outbox/a.ts: imports bots/slack",
    ],
    [
      "the archived SDK outside its folder",
      { "bots/turn.ts": 'import type { X } from "botbuilder";' },
      "bots/turn.ts: imports botbuilder, which belongs in bots/teams",
    ],
    [
      "a development package in production",
      { "bots/a.ts": 'import "fast-check";' },
      "bots/a.ts: imports fast-check, which is not installed in production",
    ],
    [
      "test code in the product",
      { "bots/a.ts": 'import "../test/b.ts";', "test/b.ts": "" },
      "bots/a.ts: imports test/b.ts, from outside the product",
    ],
    [
      "a computed import",
      { "cases/a.ts": "await import(where);" },
      "cases/a.ts: imports something it computes",
    ],
    [
      "a file that is not there",
      { "cases/a.ts": 'import "./b.ts";' },
      "cases/a.ts: imports ./b.ts, which is not there",
    ],
    [
      "a circle",
      {
        "bots/a.ts": 'import "./b.ts";',
        "bots/b.ts": 'import "./c/d.ts";',
        "bots/c/d.ts": 'import "../a.ts";',
      },
      "a circle of imports: bots/a.ts → bots/b.ts → bots/c/d.ts → bots/a.ts",
    ],
    [
      "a second reader of the environment",
      { "bots/a.ts": "process.env.PORT;" },
      "bots/a.ts: reads the environment",
    ],
    ["one with brackets", { "bots/a.ts": 'process["env"];' }, "bots/a.ts: reads the environment"],
    [
      "one that takes process apart",
      { "bots/a.ts": "const { env } = process;" },
      "bots/a.ts: reads the environment",
    ],
    [
      "one that imports it",
      { "bots/a.ts": 'import { env } from "node:process";' },
      "bots/a.ts: reads the environment",
    ],
    ["any", { "bots/a.ts": "(x as any).y;" }, "bots/a.ts: any"],
    ["console", { "bots/a.ts": "console.log(1);" }, "bots/a.ts: writes to the console"],
    ["a silenced compiler", { "test/a.ts": `// @ts-${"ignore"}` }, "test/a.ts: silences the compiler"],
  ];
  test.each(refused)("%s", (_what, given, breach) => {
    expect(breaches(given)).toEqual([breach]);
  });

  test("nothing wrong with what is allowed", () => {
    expect(
      breaches({
        "bots/main.ts":
          'import { a } from "./teams/a.ts"; import { b } from "./store/b.ts"; process.env.PORT; process.on("exit", a);',
        "bots/teams/a.ts": 'import { x } from "botbuilder"; import type { V } from "../../cards/v.ts";',
        "bots/store/b.ts":
          'import { y } from "kysely"; import "node:sqlite"; import { c } from "../../cases/c.ts";',
        "cards/v.ts": 'import type { C } from "../cases/c.ts"; import { t } from "../content/t.ts";',
        "cases/c.ts":
          'import { createHmac } from "node:crypto"; import type { V } from "./d.ts"; import { z } from "zod/v4";',
        "cases/d.ts": 'import { c } from "./c.ts";',
        "content/t.ts": 'import { parse } from "yaml";',
        "dialogs/f.ts": 'import type { T } from "../content/t.ts"; import { g } from "./core/g.ts";',
        "dialogs/core/g.ts": "",
      }),
    ).toEqual([]);
  });
});
