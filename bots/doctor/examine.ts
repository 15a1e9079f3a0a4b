import { adviserWarnings } from "../adviser-warnings.ts";
import { inspectConfig, type ReadableConfig } from "../config.ts";
import type { ServiceOptions } from "../main.ts";
import { examineAccess } from "./access.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { examineKeys } from "./keys.ts";
import { examinePlatforms } from "./platforms.ts";
import { examineStore } from "./store.ts";
import { examineContent, examineDirectory } from "./upkeep.ts";

const configuration = findingsOf("configuration");
const organisationOf = findingsOf("organisation");

const noPublicUrl = configuration.warn(
  "PUBLIC_URL is not set, so nobody can fetch a document from the chat; set it to the https address at which people's browsers reach this service",
);

/** What to look at, and when. */
export interface Examination {
  /** Unix ms. */
  readonly now: number;
  /** Whether the platforms and their routes are asked. */
  readonly platforms: "asked" | "skipped";
  /** Another folder of content than the project's own. */
  readonly contentFolder?: string;
  /** Where the bot's own Teams tokens come from, when not from Microsoft. */
  readonly credentials?: NonNullable<ServiceOptions["credentials"]>;
}

/**
 * Looks at everything the service needs to start and to keep its promises (P15), and changes nothing. Goes
 * on past what is wrong with what can be looked at all the same.
 */
export async function examine(
  environment: Readonly<Record<string, string | undefined>>,
  { now, platforms, contentFolder, credentials }: Examination,
): Promise<readonly Finding[]> {
  const { config, faults } = inspectConfig(environment, { mode: "production" });
  const { ring, organisation } = config;
  const aboutStore = faults.some((line) => /^(DATABASE_URL|DATA_DIR)\b/.test(line));
  const { content, findings: aboutContent } = examineContent(contentFolder);
  const keysFile = environment.KEYS_FILE?.trim() ?? "";
  const asked =
    platforms === "asked"
      ? await examinePlatforms({ config: withoutFaulty(config, faults), organisation, content, credentials })
      : { platforms: [], groups: [] };
  return [
    ...faults.map(configuration.fault),
    ...(faults.length === 0 ? [configuration.ok("every setting and the organisation file can be used")] : []),
    ...(environment.PUBLIC_URL?.trim() ? [] : [noPublicUrl]),
    ...(ring ? examineKeys(ring, keysFile, config.databaseUrl === null ? config.dataDir : null) : []),
    ...(aboutStore ? [] : await examineStore(config, ring, now, organisation)),
    ...asked.platforms,
    ...(organisation ? examineAccess(organisation) : []),
    ...asked.groups,
    ...aboutContent,
    ...(content ? examineDirectory(content, organisation, now) : []),
    ...(organisation ? adviserWarnings(organisation, now).map(organisationOf.warn) : []),
  ];
}

/** A platform whose settings are incomplete could only answer that they are. */
function withoutFaulty({ teams, slack }: ReadableConfig, faults: readonly string[]) {
  const named = (settings: RegExp) => faults.some((line) => settings.test(line));
  return {
    teams: named(/^(MicrosoftApp|TEAMS_)/) ? null : teams,
    slack: named(/^SLACK_/) ? null : slack,
  };
}
