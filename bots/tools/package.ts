import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { zipSync } from "fflate";

/**
 * Makes the app package that a Teams administrator uploads: `npm run package -- --bot-id … --developer …`.
 * The committed manifest has an example's values where an organisation's own belong; none of them gets
 * into a package.
 */
export interface TeamsPackage {
  /** The Microsoft App ID of the bot's registration. */
  readonly botId: string;
  /** The Teams app's own id; the bot's where none is given. */
  readonly appId?: string;
  /** The organisation, as the app's page names who offers it. At most 32 characters. */
  readonly developer: string;
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsOfUseUrl: string;
  /** Three numbers, higher with every package that an administrator uploads. */
  readonly version: string;
}

/** The package cannot be made. One line a mistake. */
export class PackageFault extends Error {
  readonly code = "teamsPackage";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "PackageFault";
    this.lines = lines;
  }
}

const source = new URL("../../manifest/teams/", import.meta.url);
const noId = "00000000-0000-0000-0000-000000000000";

/** The package's bytes. Throws `PackageFault` where a value is missing, an example's, or not what Teams takes. */
export function teamsPackage(wanted: TeamsPackage): Uint8Array {
  const manifest = JSON.parse(read("manifest.json").toString("utf8"));
  const filled = {
    ...manifest,
    version: wanted.version,
    id: wanted.appId ?? wanted.botId,
    developer: {
      name: wanted.developer,
      websiteUrl: wanted.websiteUrl,
      privacyUrl: wanted.privacyUrl,
      termsOfUseUrl: wanted.termsOfUseUrl,
    },
    bots: manifest.bots.map((bot: object) => ({ ...bot, botId: wanted.botId })),
  };
  const faults = [...examples(filled), ...manifestFaults(filled)];
  // Teams asks for both, its schema for neither.
  for (const [name, value] of Object.entries<string>(filled.developer)) {
    if (name.endsWith("Url") && !/^https:\/\//i.test(value))
      faults.push(`manifest/developer/${name} is not an https address`);
  }
  if (!/^\d+\.\d+\.\d+$/.test(wanted.version))
    faults.push("manifest/version is not three numbers, such as 1.2.3");
  if (faults.length > 0) throw new PackageFault(faults);
  const languages: readonly { file: string }[] = manifest.localizationInfo.additionalLanguages;
  const others = [
    manifest.icons.color,
    manifest.icons.outline,
    ...languages.map((language) => language.file),
  ];
  return zipSync({
    "manifest.json": Buffer.from(JSON.stringify(filled, null, 2)),
    ...Object.fromEntries(others.map((name: string) => [name, read(name)])),
  });
}

/** What Microsoft's own schema has against a manifest, or against the texts of another language. */
export function manifestFaults(
  manifest: unknown,
  schema: "schema" | "Localization.schema" = "schema",
): string[] {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@microsoft/app-manifest"));
  const file = `${folder}/json-schemas/teams/v1.25/MicrosoftTeams.${schema}.json`;
  // Not strict, and no `u` in patterns: some of the schema's own would not pass.
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")));
  validate(manifest);
  return (validate.errors ?? []).map(
    (error) => `manifest${error.instancePath} ${error.message ?? "is wrong"}`,
  );
}

/** Values that stand for an organisation's own. */
function examples(value: unknown, at = "manifest"): string[] {
  if (value === noId) return [`${at} is not a real id`];
  if (value === "Example organisation") return [`${at} is the example's`];
  // Names that are set apart for examples (RFC 2606), wherever in a host they end.
  if (typeof value === "string" && /^https?:\/\/[^/]*\bexample(\.(com|net|org))?(:\d+)?(\/|$)/i.test(value)) {
    return [`${at} is an example's address`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => examples(inner, `${at}/${key}`));
}

function read(name: string): Buffer {
  return readFileSync(new URL(name, source));
}

const usage = `npm run package -- --bot-id <Microsoft App ID> --developer <organisation> --website <https address>
                   --privacy <https address> --terms <https address>
                   [--app-id <id>] [--version <1.2.3>] [--out <file>]
npm run package -- --check    checks the committed manifest against Microsoft's schema and writes nothing
`;

function main(args: string[]): number {
  const given = parseArgs({
    args,
    options: {
      "bot-id": { type: "string", default: noId },
      "app-id": { type: "string" },
      developer: { type: "string", default: "Example organisation" },
      website: { type: "string", default: "https://www.example.org/" },
      privacy: { type: "string", default: "https://www.example.org/privacy" },
      terms: { type: "string", default: "https://www.example.org/terms" },
      version: { type: "string" },
      out: { type: "string", default: "dist/vertrouwd-teams.zip" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (given.check) {
    const faults = [
      ...manifestFaults(JSON.parse(read("manifest.json").toString("utf8"))),
      ...manifestFaults(JSON.parse(read("en.json").toString("utf8")), "Localization.schema"),
    ];
    process.stdout.write(faults.length === 0 ? "The Teams manifest is valid.\n" : `${faults.join("\n")}\n`);
    return faults.length === 0 ? 0 : 1;
  }
  const packageFile = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  try {
    const bytes = teamsPackage({
      botId: given["bot-id"],
      ...(given["app-id"] === undefined ? {} : { appId: given["app-id"] }),
      developer: given.developer,
      websiteUrl: given.website,
      privacyUrl: given.privacy,
      termsOfUseUrl: given.terms,
      version: given.version ?? packageFile.version,
    });
    mkdirSync(dirname(given.out), { recursive: true });
    writeFileSync(given.out, bytes);
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 1;
  }
  process.stdout.write(`${given.out} is ready: upload it in the Teams admin centre, under Manage apps.\n`);
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
