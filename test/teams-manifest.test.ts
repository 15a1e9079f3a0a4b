import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflateSync } from "node:zlib";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { strFromU8, unzipSync } from "fflate";
import { readContent } from "../bots/content-files.ts";
import { PackageFault, type TeamsPackage, teamsPackage } from "../bots/tools/package.ts";
import { parseKeyRing } from "../cases/keys.ts";
import { normalise, understand } from "../dialogs/core/typed.ts";

const organisation: TeamsPackage = {
  botId: "5f0c6c0e-0d0a-4b51-9a07-3b1fd1d2a001",
  appId: "8a4a2ad3-9f0e-4c8e-9d5c-51a1b9b2c002",
  developer: "Gemeente Zuidrecht",
  websiteUrl: "https://zuidrecht.test/",
  privacyUrl: "https://zuidrecht.test/privacy",
  termsOfUseUrl: "https://zuidrecht.test/voorwaarden",
  version: "1.4.2",
};

/** Microsoft's own schema, from the package they publish it in. */
function microsoftSays(name: string): (data: unknown) => readonly string[] {
  const folder = dirname(createRequire(import.meta.url).resolve("@microsoft/app-manifest"));
  const schema = JSON.parse(readFileSync(join(folder, "json-schemas/teams/v1.25", name), "utf8"));
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (data) =>
    validate(data) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
const manifestFaults = microsoftSays("MicrosoftTeams.schema.json");
const textFaults = microsoftSays("MicrosoftTeams.Localization.schema.json");

function unpack(bytes: Uint8Array) {
  const files = unzipSync(bytes);
  const json = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
  return { files, manifest: json("manifest.json"), english: json("en.json") };
}

const { files, manifest, english } = unpack(teamsPackage(organisation));

interface Command {
  readonly title: string;
  readonly description: string;
}
const lists: readonly { readonly scopes: readonly string[]; readonly commands: readonly Command[] }[] =
  manifest.bots[0].commandLists;
const commands = lists[0]?.commands ?? [];

describe("the app package", () => {
  test("is what Microsoft's schema asks, in both languages", () => {
    expect(manifestFaults(manifest)).toEqual([]);
    expect(textFaults(english)).toEqual([]);
    expect(manifestFaults({ ...manifest, bots: [{ ...manifest.bots[0], botId: "none" }] })).toHaveLength(1);
  });

  test("holds every file the manifest names, at the top, and no other", () => {
    const named = ["manifest.json", manifest.icons.color, manifest.icons.outline];
    named.push(
      ...manifest.localizationInfo.additionalLanguages.map((language: { file: string }) => language.file),
    );
    expect(Object.keys(files).sort()).toEqual(named.sort());
  });

  test("carries the organisation's own ids, name, addresses and version", () => {
    expect(manifest).toMatchObject({
      id: organisation.appId,
      version: organisation.version,
      developer: {
        name: organisation.developer,
        websiteUrl: organisation.websiteUrl,
        privacyUrl: organisation.privacyUrl,
        termsOfUseUrl: organisation.termsOfUseUrl,
      },
      bots: [{ botId: organisation.botId }],
    });
    const { appId: _none, ...withoutAppId } = organisation;
    expect(unpack(teamsPackage(withoutAppId)).manifest.id).toBe(organisation.botId);
  });

  test("asks for no more than a personal chat and a team's standard channel", () => {
    expect(manifest.bots[0].scopes).toEqual(["personal", "team"]);
    expect(manifest.defaultInstallScope).toBe("personal");
    expect(manifest.bots[0].supportsFiles).toBe(false);
    expect(manifest.permissions).toEqual([]);
    for (const more of [
      "webApplicationInfo",
      "authorization",
      "supportsChannelFeatures",
      "supportedChannelTypes",
    ]) {
      expect(manifest).not.toHaveProperty(more);
    }
  });

  test("has every text in English too, within Teams' limits, and no other text", () => {
    const texts = ["$schema", "name.short", "name.full", "description.short", "description.full"];
    const listed = lists.flatMap(({ commands }, list) =>
      commands.flatMap((_command, nr) =>
        ["title", "description"].map((part) => `bots[0].commandLists[${list}].commands[${nr}].${part}`),
      ),
    );
    expect(Object.keys(english).sort()).toEqual([...texts, ...listed].sort());
    for (const { commands } of lists) expect(commands.length).toBeLessThanOrEqual(12);
    for (const text of [manifest.name.short, english["name.short"]])
      expect(text.length).toBeLessThanOrEqual(30);
    for (const text of [manifest.description.short, english["description.short"]]) {
      expect(text.length).toBeLessThanOrEqual(80);
    }
  });

  test("lists only commands that the bot understands, in the language that shows them", () => {
    const content = readContent();
    const understood = (title: string, language: "nl" | "en") =>
      understand(title, { flow: null, question: null }, content.lexicon(language));
    const meant = ["menu", "report", "find", "find", "topics", "checks", "reports", "resume", "help", "stop"];
    expect(commands.map(({ title }) => understood(title, "nl"))).toEqual(
      [...meant, "english"].map((command) => ({ as: "command", command })),
    );
    const titles = commands.map((_command, nr) => english[`bots[0].commandLists[0].commands[${nr}].title`]);
    expect(titles.map((title) => understood(title, "en"))).toEqual(
      [...meant, "dutch"].map((command) => ({ as: "command", command })),
    );
  });

  test("in a channel lists only the word for a scene, in the language that shows it", () => {
    expect(lists.map(({ scopes }) => scopes)).toEqual([["personal"], ["team"]]);
    const content = readContent();
    expect(lists[1]?.commands.map(({ title }) => normalise(title))).toEqual(["scene"]);
    expect(content.lexicon("nl").session).toContain("scene");
    expect(content.lexicon("en").session).toContain(
      normalise(english["bots[0].commandLists[1].commands[0].title"]),
    );
  });

  test("is honest on its page in the app store: a programme, administrators, 112, and no promise it cannot keep", () => {
    const pages = [manifest.description.full, english["description.full"]];
    expect(pages[0]).toMatch(/computerprogramma.*beheerders.*112/s);
    expect(pages[1]).toMatch(/computer programme.*administrators.*112/s);
    for (const page of pages) expect(page).not.toMatch(/anoniem|anonymous/i);
  });
});

test.each([
  ["color.png", 192],
  ["outline.png", 32],
])("%s is a square PNG of %d pixels", (name, size) => {
  const { width, height } = png(files[name]);
  expect([width, height]).toEqual([size, size]);
});

test("the outline icon is white on nothing, the other has no see-through parts", () => {
  const outline = png(files["outline.png"]).pixels;
  expect(outline.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
  const seen = outline.filter(([, , , alpha]) => alpha === 255).length;
  const empty = outline.filter(([, , , alpha]) => alpha === 0).length;
  expect(seen).toBeGreaterThan(100);
  expect(empty).toBeGreaterThan(seen);
  expect(png(files["color.png"]).pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
});

describe("no package is made", () => {
  test.each<[string, Partial<TeamsPackage>, string]>([
    [
      "with the example's bot",
      { botId: "00000000-0000-0000-0000-000000000000" },
      "manifest/bots/0/botId is not a real id",
    ],
    [
      "with the example's organisation",
      { developer: "Example organisation" },
      "manifest/developer/name is the example's",
    ],
    [
      "with an example's address",
      { privacyUrl: "https://www.example.org/privacy" },
      "manifest/developer/privacyUrl is an example's address",
    ],
    [
      "with another one",
      { termsOfUseUrl: "https://bot.example" },
      "manifest/developer/termsOfUseUrl is an example's address",
    ],
    ["with a bot that is no id", { botId: "vertrouwd" }, "manifest/bots/0/botId must match pattern"],
    [
      "without encryption",
      { websiteUrl: "http://zuidrecht.test" },
      "manifest/developer/websiteUrl is not an https address",
    ],
    [
      "for a name too long",
      { developer: "x".repeat(33) },
      "manifest/developer/name must NOT have more than 32 characters",
    ],
    ["with an empty version", { version: "" }, "manifest/version is not three numbers"],
  ])("%s", (_what, wrong, line) => {
    let fault: unknown;
    try {
      teamsPackage({ ...organisation, ...wrong });
    } catch (error) {
      fault = error;
    }
    if (!(fault instanceof PackageFault)) throw new Error("a package was made");
    expect(fault.lines).toEqual([expect.stringContaining(line)]);
  });
});

describe("on the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "vertrouwd-tools-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, args, { encoding: "utf8" });
    return { code: done.status, out: done.stdout, error: done.stderr };
  };

  test("a package is written, or every missing value is named and nothing is", () => {
    const out = join(folder, "made", "app.zip");
    const nothing = run("bots/tools/package.ts", "--out", out);
    expect(nothing.code).toBe(1);
    expect(nothing.error.split("\n").filter((line) => line.startsWith("manifest/"))).toHaveLength(6);
    expect(() => statSync(out)).toThrow("ENOENT");
    const made = run(
      ...["bots/tools/package.ts", "--out", out, "--bot-id", organisation.botId],
      ...["--developer", organisation.developer, "--website", organisation.websiteUrl],
      ...["--privacy", organisation.privacyUrl, "--terms", organisation.termsOfUseUrl],
    );
    expect(made).toMatchObject({ code: 0, error: "" });
    expect(manifestFaults(unpack(readFileSync(out)).manifest)).toEqual([]);
  });

  test("the committed manifest is checked", () => {
    expect(run("bots/tools/package.ts", "--check")).toEqual({
      code: 0,
      out: "The Teams manifest is valid.\n",
      error: "",
    });
  });

  test("a key ring is made for its owner alone, and never written over", () => {
    const file = join(folder, "keys", "ring.json");
    expect(run("bots/tools/keys.ts", file).code).toBe(0);
    const ring = readFileSync(file, "utf8");
    expect(parseKeyRing(ring).lookup("person", "x")).toHaveLength(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(run("bots/tools/keys.ts", file)).toMatchObject({ code: 1, out: "" });
    expect(readFileSync(file, "utf8")).toBe(ring);
    expect(run("bots/tools/keys.ts").code).toBe(1);
  });
});

/** Reads an 8-bit RGBA PNG without line filters, as the icons are. */
function png(bytes: Uint8Array | undefined) {
  const file = Buffer.from(bytes ?? []);
  expect(file.subarray(0, 8)).toEqual(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  expect([...file.subarray(24, 26)]).toEqual([8, 6]);
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    const end = at + 8 + file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") data.push(file.subarray(at + 8, end));
  }
  const raw = inflateSync(Buffer.concat(data));
  const pixels: (readonly [number, number, number, number])[] = [];
  for (let row = 0; row < height; row++) {
    const start = row * (width * 4 + 1);
    expect(raw[start]).toBe(0);
    for (let at = start + 1; at < start + 1 + width * 4; at += 4) {
      pixels.push([raw.readUInt8(at), raw.readUInt8(at + 1), raw.readUInt8(at + 2), raw.readUInt8(at + 3)]);
    }
  }
  return { width, height, pixels };
}
