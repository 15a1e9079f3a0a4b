import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { readConfig } from "../bots/config.ts";
import { startService } from "../bots/main.ts";
import { newKeyRing } from "../cases/keys.ts";
import type { World } from "./contender.ts";
import { FixedToken } from "./token.ts";

/**
 * The service as `npm start` runs it, tokens checked, on an SQLite file of its own. Only where its own
 * token comes from differs. Resolves with its address for activities once it is ready.
 */
export async function startVertrouwd(world: World): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "vertrouwd-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const config = readConfig(
    {
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      KEYS_FILE: file("keys.json", newKeyRing()),
      ORGANISATION_FILE: file("organisation.yaml", stringify(organisationIn(world))),
      MicrosoftAppId: world.appId,
      MicrosoftAppPassword: "not used: the token is fixed",
      MicrosoftAppTenantId: world.tenant,
      TEAMS_OPENID_METADATA_URL: world.openIdMetadataUrl,
      TEAMS_TOKEN_ISSUER: world.issuer,
      TEAMS_SERVICE_HOSTS: "127.0.0.1",
      LOG_LEVEL: "error",
    },
    { mode: "production" },
  );
  const service = await startService(config, { credentials: new FixedToken(world.appId) });
  const ready = await fetch(`${service.url}/readyz`);
  if (!ready.ok) throw new Error(`not ready: ${await ready.text()}`);
  return `${service.url}/api/messages`;
}

function organisationIn(world: World) {
  const route = (id: string) => ({
    id,
    platform: "teams",
    tenant: world.tenant,
    channel: `19:${id}@thread.tacv2`,
    serviceUrl: world.serviceUrl,
  });
  return {
    name: "Gemeente Voorbeeld",
    sector: "government",
    languages: ["nl", "en"],
    tenants: { teams: [world.tenant] },
    routes: [route("advisers"), route("external")],
    defaultRoute: "advisers",
    conflictRoute: "external",
    advisers: [
      { name: "S. de Boer", route: "advisers" },
      { name: "M. Yilmaz", route: "external" },
    ],
  };
}
