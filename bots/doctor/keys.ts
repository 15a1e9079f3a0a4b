import { statSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { KeyRing } from "../../cases/keys.ts";
import { counted, type Finding, findingsOf } from "./finding.ts";

const { ok, warn, fault } = findingsOf("keys");

/** The key ring, and who else may read its file. `dataDir`: of the embedded database, where that is used. */
export function examineKeys(ring: KeyRing, file: string, dataDir: string | null): readonly Finding[] {
  const found = [ok(`the key ring holds ${counted(ring.versions, "version")} of the key`)];
  const { mode } = statSync(file);
  // Windows has no such bits.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    const advice = "let only the service's own user read it: chmod 600";
    found.push(
      (mode & 0o007) === 0
        ? warn(`others in its group may use KEYS_FILE; ${advice}`)
        : fault(`everybody on this computer may use KEYS_FILE; ${advice}`),
    );
  }
  if (dataDir !== null && resolve(file).startsWith(dataDir + sep))
    found.push(warn("KEYS_FILE lies in DATA_DIR: keep it apart, since together they open everything"));
  return found;
}
