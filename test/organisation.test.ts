import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { adviserWarnings } from "../bots/adviser-warnings.ts";
import { AdviserEntry, largestPicture } from "../bots/advisers.ts";
import { ConfigFault, readConfig } from "../bots/config.ts";
import { employee } from "../bots/demo/playground.ts";
import { parseOrganisation, placesOf } from "../bots/organisation.ts";
import { newKeyRing } from "../cases/keys.ts";
import {
  accepted,
  adviser,
  anna,
  both,
  changed,
  check,
  december,
  type Entry,
  faultsOf,
  hours,
  leave,
  named,
  week,
} from "./organisation-file.ts";

describe("an adviser", () => {
  test("needs a name and a route, and has the rest by default", () => {
    expect(accepted().advisers[1]).toEqual({
      id: "bert",
      name: "Bert",
      route: "one",
      kind: "internal",
      picture: null,
      languages: ["nl", "en"],
      places: [],
      forWhom: ["employees", "volunteers"],
      contact: { phone: null, mail: null, teams: null, slack: null, inPerson: null },
      account: { teams: null, slack: null },
      reachable: { hours: [], text: null },
      timeZone: "Europe/Amsterdam",
      leave: [],
      about: null,
    });
  });

  test("has what the file says", () => {
    const { leave: _, ...rest } = anna();
    expect(accepted().advisers[0]).toEqual({
      ...rest,
      account: { teams: null, slack: null },
      picture: null,
      leave: [
        { ...december, replacement: "bert" },
        { from: "2026-12-11", to: "2026-12-11", replacement: null },
      ],
    });
  });

  test.each([
    ["Fatima El Idrissi", "fatima-el-idrissi"],
    ["  Zoë d'Août (extern) ", "zoe-d-aout-extern"],
    ["A".repeat(50), "a".repeat(40)],
  ])("named %s has the id %s", (name, id) => {
    expect(accepted(adviser({ name }, 3)).advisers[3]?.id).toBe(id);
  });

  test("has words in the languages that were asked for", () => {
    const { advisers } = accepted((file) => {
      Object.assign(file, { languages: ["nl"] });
      adviser({ about: { nl: "Dag" } })(file);
    });
    expect(advisers[0]?.about).toEqual({ nl: "Dag" });
  });

  test("has places, which the organisation lists once each, in the order of the file", () => {
    expect(placesOf(accepted(adviser({ places: ["Haven", "Werf"] }, 2)))).toEqual([
      "Stadhuis",
      "Werf",
      "Haven",
    ]);
    expect(placesOf(accepted(adviser({ places: [] })))).toEqual([]);
  });

  test("may be away in turns, be replaced from a third route, and be replaced by somebody who is away", () => {
    accepted(
      both(
        leave({ ...december, replacement: "bert" }),
        adviser({ leave: [{ from: "2026-12-11", to: "2026-12-20", replacement: "anna" }] }, 1),
      ),
    );
    accepted(leave({ ...december, replacement: "dries" }));
    accepted(
      both(
        leave({ ...december, replacement: "bert" }),
        adviser({ leave: [{ ...december, replacement: "dries" }] }, 1),
      ),
    );
  });

  test("may be replaced in a ring whose leaves never meet on one day", () => {
    const days = (from: number, to: number, replacement: string) => ({
      leave: [{ from: `2026-12-0${from}`, to: `2026-12-0${to}`, replacement }],
    });
    const ring = (one: Entry, two: Entry) =>
      both(adviser(one), adviser(two, 1), adviser(days(1, 9, "anna"), 3));
    accepted(ring(days(1, 3, "bert"), days(5, 6, "dries")));
    accepted(ring(days(5, 6, "bert"), days(1, 3, "dries")));
  });

  test("may be on the conflict route and on a third", () => {
    const contact = { mail: "carla@example.org" };
    accepted(both(adviser({ contact }, 2), adviser({ name: "Carla", id: "carla-2", contact }, 3)));
  });

  test("may have hours that touch", () => {
    accepted(hours(week, { ...week, from: "17:00", to: "24:00" }, { ...week, from: "00:00", to: "09:00" }));
  });

  test("may have words in a language that the organisation does not have", () => {
    accepted((file) => Object.assign(file, { languages: ["en"] }));
  });
});

describe("a picture", () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]);
  const read = (bytes: Buffer | null) => {
    const names: string[] = [];
    const answer = parseOrganisation(changed(adviser({ picture: "anna 1.png" })), {
      readPicture: (name) => {
        names.push(name);
        return bytes;
      },
    });
    expect(names).toEqual(["anna 1.png"]);
    return "ok" in answer ? answer.ok.advisers.map(({ picture }) => picture) : answer.faults;
  };

  test("is kept as an address that holds it, by what it is and not by its name", () => {
    expect(read(png)).toEqual([`data:image/png;base64,${png.toString("base64")}`, null, null, null]);
    expect(read(jpeg)[0]).toBe(`data:image/jpeg;base64,${jpeg.toString("base64")}`);
    expect(read(Buffer.concat([png, Buffer.alloc(largestPicture - png.length)]))[0]).toMatch(
      /^data:image\/png/,
    );
  });

  test.each([
    [
      "too large",
      Buffer.concat([png, Buffer.alloc(largestPicture - png.length + 1)]),
      "the file is larger than 4096 bytes",
    ],
    ["empty", Buffer.alloc(0), "the file is not a PNG or JPEG"],
    ["half a picture", png.subarray(0, 7), "the file is not a PNG or JPEG"],
    ["an SVG, which can hold addresses", Buffer.from("<svg/>"), "the file is not a PNG or JPEG"],
    ["not there", null, "the file cannot be read"],
  ])("that is %s is one line", (_what, bytes, line) => {
    expect(read(bytes)).toEqual([`advisers.0.picture: ${line}`]);
  });

  test("is looked for beside the organisation file", () => {
    const folder = mkdtempSync(join(tmpdir(), "vertrouwd-picture-"));
    const environment = {
      KEYS_FILE: join(folder, "keys.json"),
      ORGANISATION_FILE: join(folder, "organisation.yaml"),
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_SIGNING_SECRET: "1",
    };
    try {
      writeFileSync(environment.KEYS_FILE, newKeyRing());
      writeFileSync(environment.ORGANISATION_FILE, changed(adviser({ picture: "anna.png" })));
      expect(() => readConfig(environment, { mode: "demo" })).toThrow(
        new ConfigFault(["ORGANISATION_FILE: advisers.0.picture: the file cannot be read"]),
      );
      writeFileSync(join(folder, "anna.png"), png);
      expect(readConfig(environment, { mode: "demo" }).organisation.advisers[0]?.picture).toMatch(/^data:/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("who may do the code-of-conduct check", () => {
  test("is everyone, and nobody compares, where the file does not say", () => {
    expect(accepted().check).toEqual({ may: "everyone", compare: "nobody" });
    expect(accepted(check({ may: "nobody", compare: "everyone" })).check).toEqual({
      may: "nobody",
      compare: "everyone",
    });
    expect(accepted().retention.checkDays).toBe(1095);
  });

  test("is who the file names, on both platforms", () => {
    const { may, compare } = accepted(
      check({
        may: { people: [named.teams, named.slack], members: [named.team, named.private] },
        compare: { people: [{ ...named.teams, user: "29:1A_b-c" }] },
      }),
    ).check;
    expect(may).toEqual({
      people: [{ ...named.teams, user: named.teams.user.toLowerCase() }, named.slack],
      members: [named.team, named.private],
    });
    expect(compare).toEqual({ people: [{ ...named.teams, user: "29:1A_b-c" }], members: [] });
  });

  test("may be the same people and groups for both rights, and another channel of a route's workspace", () => {
    const who = { people: [named.slack], members: [named.private] };
    accepted(check({ may: who, compare: who }));
  });
});

describe("the files that come with it", () => {
  const example = readFileSync("content/organisation.example.yaml", "utf8");
  const demo = readFileSync("content/organisation.demo.yaml", "utf8");
  const operations = readFileSync("docs/operations.md", "utf8");
  /** Every key of an adviser, with the keys below it. */
  const keys = Object.entries(AdviserEntry.shape).flatMap(([key]) =>
    key === "contact"
      ? ["phone", "mail", "teams", "slack", "inPerson"].map((way) => `contact.${way}`)
      : key === "reachable"
        ? ["reachable.hours[]", "reachable.text"]
        : key === "account"
          ? ["account.teams", "account.slack"]
          : [key === "leave" ? "leave[]" : key],
  );

  test("docs/operations.md explains every key of an adviser, and no other", () => {
    const section = operations.split("\n## Advisers\n")[1]?.split("\n## ")[0] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const named = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, key]) => key),
    );
    expect(named.sort()).toEqual(keys.sort());
  });

  test("the example is valid, has every key but a picture, and explains each", () => {
    expect(faultsOf(example)).toEqual([]);
    const [first] = (parse(example) as { advisers: Entry[] }).advisers;
    expect([...Object.keys(first ?? {}), "picture"].sort()).toEqual(Object.keys(AdviserEntry.shape).sort());
    expect(Object.keys(first?.contact as Entry)).toEqual(["phone", "mail", "teams", "slack", "inPerson"]);
    const lines = example.split("\n");
    const from = lines.indexOf("advisers:");
    const section = lines.slice(from, lines.indexOf("  - name: Joost Voorbeeld"));
    expect(section.length).toBeGreaterThan(40);
    expect(section).toContainEqual(expect.stringMatching(/^ {4}# picture: \S+\.png$/));
    for (const [nr, line] of section.entries()) {
      if (nr > 0 && /^\s*(- )?\w+:/.test(line) && !/^\s*(nl|en):/.test(line))
        expect({ line, before: section[nr - 1] }).toMatchObject({ before: expect.stringMatching(/^\s*#/) });
    }
  });

  test("the demo is valid, wants for nothing, and nobody in it is ever away", () => {
    const read = parseOrganisation(demo);
    if ("faults" in read) throw new Error(read.faults.join("\n"));
    expect(adviserWarnings(read.ok, Date.parse("2026-11-21T12:00Z"))).toEqual([]);
    expect(read.ok.advisers.map((one) => [one.route, one.kind, one.leave.length])).toEqual([
      ["advisers", "internal", 0],
      ["advisers", "internal", 0],
      ["advisers", "internal", 0],
      ["external", "external", 0],
    ]);
    expect(placesOf(read.ok)).toEqual(["Stadhuis", "Werf"]);
    expect(read.ok.helpDirectory.hideAfterDays).toBe(3650);
    expect(read.ok.check).toMatchObject({
      may: "everyone",
      compare: { people: [{ platform: "teams", user: employee.objectId }], members: [] },
    });
  });

  test("nobody real can be reached through them", () => {
    for (const text of [example, demo]) {
      for (const [, domain] of text.matchAll(/[\w.]+@([\w.]+)/g))
        expect(domain).toMatch(/^(example\.org|thread\.tacv2)$/);
      for (const [, phone] of text.matchAll(/phone: "([^"]*)"/g)) expect(phone).toBe("+31 00 000 00 00");
    }
  });
});
