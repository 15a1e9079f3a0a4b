import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Content, parseContent } from "../content/words.ts";

/** The content that comes with the project. */
const shipped = fileURLToPath(new URL("../content/", import.meta.url));

/** Reads a content folder. Throws a `ContentFault` with one line for each mistake. */
export function readContent(folder: string = shipped): Content {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".yaml")) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(join(folder, "/").length).replaceAll("\\", "/")] = readFileSync(path, "utf8");
  }
  return parseContent(files);
}
