import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * `npm run lock`: completes package-lock.json after `npm install`. Where a registry does not carry the
 * packages for other systems, npm leaves them out of the lockfile, and `npm ci` then refuses it. Addresses
 * are taken out as well: which registry is used is the machine's business.
 */
export interface Locked {
  version?: string;
  resolved?: string;
  dev?: boolean;
  license?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export type Lock = { packages: Record<string, Locked> } & Record<string, unknown>;

const systems = ["aix", "android", "darwin", "freebsd", "linux", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

/** Optional dependencies that no entry of the lockfile stands for: name, version and who wants it. */
export function missing({ packages }: Lock): readonly { name: string; version: string; by: Locked }[] {
  return Object.entries(packages).flatMap(([path, by]) =>
    Object.entries(by.optionalDependencies ?? {})
      .filter(([name]) => !places(path).some((place) => `${place}node_modules/${name}` in packages))
      .map(([name, version]) => ({ name, version, by })),
  );
}

/** Where a package that stands at `path` looks for its dependencies, nearest first. */
function places(path: string): readonly string[] {
  const folders = path.split("node_modules/");
  return folders
    .map((_, nr) => folders.slice(0, folders.length - nr).join("node_modules/"))
    .map(ended)
    .concat("");
}

function ended(folder: string): string {
  return folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
}

/** The lockfile with an entry for each of those, made from its name, and without addresses. */
export function completed(lock: Lock): Lock {
  const packages = structuredClone(lock.packages);
  for (const { name, version, by } of missing(lock))
    packages[`node_modules/${name}`] = entry(name, version, by);
  for (const locked of Object.values(packages)) delete locked.resolved;
  return {
    ...lock,
    packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function entry(name: string, version: string, by: Locked): Locked {
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`which system is ${name} for?`);
  const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : null;
  return {
    version,
    cpu,
    ...(by.dev ? { dev: true } : {}),
    ...(libc ? { libc } : {}),
    ...(by.license ? { license: by.license } : {}),
    optional: true,
    os,
  };
}

if (import.meta.main) {
  const file = fileURLToPath(new URL("../../package-lock.json", import.meta.url));
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  writeFileSync(file, `${JSON.stringify(completed(lock), null, 2)}\n`);
  process.stdout.write(`${missing(lock).length} packages for other systems added\n`);
}
