import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { auditAnchored, auditStamps, auditWhole } from "../bots/audit.ts";
import { sweep } from "../bots/jobs/sweep.ts";
import { readAudit } from "../bots/store/open.ts";
import { anchorOf } from "../cases/audit.ts";
import { newStampKey, stampedIn } from "../cases/stamp.ts";
import { Reporter } from "./fakes/view-person.ts";
import { type Bot, type Database, onBothDatabases, sqlite, startBot } from "./world.ts";

const canary = "kanarie in mijn la";

/** What somebody copied out of their notes, in the language they read. */
async function copied(person: Reporter): Promise<string> {
  await person.send({ do: "record.copy" });
  return person.room.inputs.map((input) => ("value" in input ? String(input.value) : "")).join("\n\n");
}
async function written(bot: Bot, texts: readonly string[]): Promise<Reporter> {
  const anna = new Reporter(bot, "29:anna");
  await anna.say("hallo");
  for (const text of texts) {
    await anna.send({ do: "record" });
    await anna.press("record.add", { text });
    bot.clock.advance(3_600_000);
  }
  return anna;
}

onBothDatabases((fresh) => {
  let database: Database;
  let bot: Bot;
  beforeEach(async () => {
    database = await fresh();
    bot = await startBot({ database });
  });
  afterEach(() => database.close());

  test("shows that what was copied was written down then, word for word, in either language", async () => {
    const anna = await written(bot, [canary, `tweede regel\n\nna een lege "regel"\n- ${canary}`]);
    for (const language of ["Nederlands", "English"]) {
      await anna.say(language);
      const text = await copied(anna);
      const rows = (await readAudit(database.where)) ?? [];
      const found = auditStamps(rows, text);
      expect(found.map(({ holds }) => holds)).toEqual([true, true]);
      expect(found.map(({ text }) => text).join()).toContain("2026-03-02T09:00:00.000Z");
      expect(JSON.stringify(found)).not.toContain(canary);
      // Pasted with other line ends, and with something around it.
      expect(auditStamps(rows, `\n  ${text.replaceAll("\n", "\r\n")}  \n`).every(({ holds }) => holds)).toBe(
        true,
      );
      for (const changed of [
        text.replace("la", "kast"),
        text.replace(/\[\p{L}+ (\d+)/u, (_, at) => `[stempel ${Number(at) + 60_000}`),
        text.replace(/([\w-]{43})\]/, `${newStampKey()}]`),
      ])
        expect(auditStamps(rows, changed)[0]?.holds).toBe(false);
    }
    expect(auditStamps([], "geen stempel").map(({ holds }) => holds)).toEqual([false]);
  });

  test("shows it still when the record is destroyed, to who kept the copy", async () => {
    const anna = await written(bot, [canary]);
    const text = await copied(anna);
    await anna.send({ do: "record.destroy" });
    const rows = (await readAudit(database.where)) ?? [];
    expect(auditStamps(rows, text)).toMatchObject([{ holds: true }]);
  });

  test("whoever noted a line elsewhere sees that the log was made anew; the service's own log has them", async () => {
    await written(bot, ["een", "twee"]);
    await sweep(bot.world);
    const rows = (await readAudit(database.where)) ?? [];
    expect(auditWhole(rows).holds).toBe(true);
    const noted = anchorOf(rows.at(-1) as never);
    expect(bot.logged.join()).toContain(noted);
    expect(auditAnchored(rows, noted).holds).toBe(true);
    expect(auditAnchored(rows, `${noted}x`).holds).toBe(false);
    // Another log, whole in itself.
    const other = await startBot({ database: await sqlite() });
    await written(other, ["een", "anders"]);
    const forged = await other.world.store.transaction((tx) => tx.auditLog(0, 99));
    expect(auditWhole(forged).holds).toBe(true);
    expect(auditAnchored(forged, noted).holds).toBe(false);
    await other.world.store.close();
  });
});

test("any text is found again in what was copied, whatever brackets are in it", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }).map((one) => one.trim());
  fc.assert(
    fc.property(
      fc.array(
        text.filter((one) => one !== "" && !one.includes("\r") && !/[\u2028\u2029]/.test(one)),
        { maxLength: 4 },
      ),
      (texts) => {
        const stamps = texts.map((one, nr) => ({
          at: 1_700_000_000_000 + nr,
          text: one,
          key: newStampKey(),
        }));
        const copy = stamps.map(({ at, text, key }) => `Opgeschreven op …\n${text}\n[stempel ${at} ${key}]`);
        expect(stampedIn(copy.join("\n\n"))).toEqual(stamps);
      },
    ),
  );
});

describe("npm run audit", () => {
  const run = (dataDir: string, args: readonly string[] = []) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = spawn(process.execPath, ["bots/audit.ts", ...args], {
        env: { PATH: process.env.PATH, DATA_DIR: dataDir, NODE_NO_WARNINGS: "1" },
      });
      let out = "";
      child.stdout.on("data", (data) => {
        out += data;
      });
      child.stderr.on("data", (data) => {
        out += data;
      });
      child.on("exit", (code) => resolve({ code, out }));
    });

  test("says that the log is whole, and where it was changed; it repeats no text and changes nothing", async () => {
    const database = await sqlite();
    const bot = await startBot({ database });
    const anna = await written(bot, [canary, "nog iets"]);
    const { dataDir } = database.where;
    const file = join(dataDir, "kopie.txt");
    writeFileSync(file, await copied(anna));
    const before = await database.tables();
    const fine = await run(dataDir, ["--stamps", file]);
    expect(fine).toMatchObject({ code: 0 });
    expect(fine.out).toContain("the audit log is whole, 2 lines; note elsewhere: 2:");
    expect(fine.out.match(/was stamped on/g)).toHaveLength(2);
    expect(fine.out).not.toContain(canary);
    expect(await database.tables()).toEqual(before);
    const anchor = /note elsewhere: (\S+)/.exec(fine.out)?.[1] ?? "";
    expect(await run(dataDir, ["--anchor", anchor])).toMatchObject({ code: 0 });

    const handle = new DatabaseSync(join(dataDir, "vertrouwd.db"));
    handle.exec("update audit set at = at - 86400000 where nr = 1");
    handle.close();
    const changed = await run(dataDir, ["--stamps", file]);
    expect(changed.code).toBe(1);
    expect(changed.out).toContain("line 1 does not follow");
    expect(changed.out).toContain("text 1 was not stamped as it stands here");
    await database.close();
  }, 60_000);

  test("says what to do where there is no database, or it was asked wrongly", async () => {
    const none = await run("/tmp/there-is-no-such-folder");
    expect(none).toMatchObject({ code: 1 });
    expect(none.out).toContain("there is no database of this release");
    expect((await run(".", ["--nonsense"])).out).toContain("npm run audit");
  }, 60_000);
});
