import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { newKeyRing } from "../../cases/keys.ts";

/**
 * `npm run keys -- <file>` makes a key ring that only its owner can read. It never writes over a file: a
 * lost key ring loses every open case.
 */
function main(file: string | undefined): number {
  if (file === undefined || file.startsWith("-")) {
    process.stderr.write("npm run keys -- <file>    makes a key ring; KEYS_FILE is to name it\n");
    return 1;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, newKeyRing(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    process.stderr.write(`${file} is there already and was left as it is.\n`);
    return 1;
  }
  process.stdout.write(`${file} is made. Keep a copy apart from the database and its backups:\n`);
  process.stdout.write("without it nobody can read a case, and with it and the database anybody can.\n");
  return 0;
}

process.exitCode = main(process.argv[2]);
