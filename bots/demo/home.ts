import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { newKeyRing } from "../../cases/keys.ts";

/** The demo's port of the Playground, as it stands in `content/organisation.demo.yaml`. */
export const playgroundPort = 56150;

/** The demo cannot start; the message is one line that says what to do. */
export class DemoFault extends Error {
  readonly code = "demo";
}

/** Where the demo keeps its things: data and keys in one folder, the Playground's files beside it. */
export interface Home {
  readonly data: string;
  readonly keysFile: string;
  readonly organisationFile: string;
  readonly playground: string;
}

/**
 * Makes the demo's folder, its key ring on the first start, and an organisation file whose routes are
 * channels of the Playground at this port. `fresh` begins by removing what an earlier demo left, and
 * refuses with a `DemoFault` to remove anything that is not inside `var`.
 */
export function settle(options: {
  readonly root: string;
  readonly data: string;
  readonly fresh: boolean;
  readonly port: number;
}): Home {
  const data = resolve(options.root, options.data);
  if (options.fresh) remove(join(options.root, "var"), data);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const keysFile = join(data, "keys.json");
  if (!existsSync(keysFile)) writeFileSync(keysFile, newKeyRing(), { mode: 0o600, flag: "wx" });
  const example = readFileSync(join(options.root, "content", "organisation.demo.yaml"), "utf8");
  const organisationFile = join(data, "organisation.yaml");
  writeFileSync(organisationFile, example.replaceAll(`:${playgroundPort}/`, `:${options.port}/`));
  return { data, keysFile, organisationFile, playground: join(options.root, "var", "playground") };
}

function remove(allowed: string, data: string): void {
  if (!isWithin(allowed, data)) refuse();
  if (!existsSync(data)) return;
  const real = realpathSync(data);
  if (!isWithin(realpathSync(allowed), real)) refuse();
  rmSync(real, { recursive: true });
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refuse(): never {
  throw new DemoFault("--fresh only removes a folder inside ./var, and DATA_DIR is not one.");
}
