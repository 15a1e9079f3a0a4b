import { questionsFor, type Setting } from "../../dialogs/check/questions.ts";
import type { Language } from "../../dialogs/core/draft.ts";
import { type Filled, type Party, reporter } from "./people.ts";
import { type Bot, type Stage, setStage, startBot } from "./service.ts";
import { words } from "./steps.ts";

/** The check as it comes over the wire, on both platforms and in both languages: from start to document. */

const canary = "kanariegele map in de kast van de kliniek";
const halfYear = 184 * 86_400_000;

let stage: Stage | null = null;
let bot: Bot | null = null;
let ahead = 0;

afterEach(async () => {
  await bot?.stop();
  await stage?.close();
  bot = null;
  stage = null;
  ahead = 0;
});

interface Manager {
  readonly what: string;
  readonly setting: Setting;
  readonly unit: string;
  readonly role: string;
}

const managers: readonly Manager[] = [
  {
    what: "a mental-health institution of 240 people",
    setting: { sector: "mentalHealthcare", size: "from50" },
    unit: "GGZ De Linde",
    role: "hr",
  },
  {
    what: "a theatre company of twelve",
    setting: { sector: "cultureAndMedia", size: "from10" },
    unit: "Theatergroep De Overkant",
    role: "director",
  },
];

const scenes = (["teams", "slack"] as const).flatMap((platform) =>
  (["nl", "en"] as const).map((language) => ({ platform, language })),
);

describe.each(scenes)("$platform, $language", ({ platform, language }) => {
  const say = (key: string, params = {}) => words(key, language, params);

  async function enter(described: object = {}): Promise<Party> {
    const languages: readonly Language[] = language === "nl" ? ["nl", "en"] : ["en", "nl"];
    stage = await setStage({ advisers: platform, described: { languages, ...described } });
    bot = await startBot(stage, { clock: { now: () => Date.now() + ahead } });
    return arrives("anna");
  }

  async function arrives(name: string): Promise<Party> {
    if (!stage || !bot) throw new Error("no stage");
    const party = reporter(stage, bot.url, platform, name);
    await party.enter();
    await party.press(say("check.buttons.hub"));
    return party;
  }

  async function begins(party: Party, { unit, setting, role }: Manager): Promise<void> {
    await party.press(say("check.buttons.begin"));
    await party.press(say("check.buttons.start"), { unit, ...setting, role, name: "Sanne" });
    expect(party.shows()).toContain(unit);
  }

  /** The form on the screen, everything on it answered so. */
  function filledIn(party: Party, { setting }: Manager, verdict: string, note: string): Filled {
    const shown = party.shows();
    const on = questionsFor(setting).filter(({ id }) => shown.includes(say(`questions.${id}.title`)));
    return Object.fromEntries(
      on.flatMap(({ id }) => [
        [`v.${id}`, verdict],
        [`n.${id}`, note],
      ]),
    );
  }

  async function fillsIn(party: Party, manager: Manager, verdict: string, note: string): Promise<void> {
    await party.press(say("check.buttons.goOn"));
    for (let nr = 0; nr < 30; nr += 1) {
      const last = party.shows().includes(say("check.buttons.last")) && !has(party, "check.buttons.next");
      await party.press(
        say(last ? "check.buttons.last" : "check.buttons.next"),
        filledIn(party, manager, verdict, note),
      );
      if (last) return;
    }
    throw new Error("no end to it");
  }

  const has = (party: Party, key: string) => party.shows().split("\n").includes(say(key));

  test.each(managers)("$what: from start to document, and again half a year later", async (manager) => {
    const anna = await enter();
    await begins(anna, manager);
    await fillsIn(anna, manager, "partly", canary);
    const asked = questionsFor(manager.setting).length;
    expect(anna.shows()).toContain(say("check.overview.progress", { answered: asked, asked }));
    const outcome = await anna.press(say("check.buttons.outcome"));
    for (const { id, kind } of questionsFor(manager.setting))
      if (kind === "law") expect(outcome).toContain(say(`questions.${id}.title`));
    await anna.press(say("check.buttons.finish"));
    await anna.press(say("check.buttons.recheckOn"));
    expect(anna.shows()).toContain(say("check.notes.reminderOn"));
    await anna.press(say("check.buttons.plan"));
    await anna.press(say("check.buttons.action"), { action: "policyWritten" });
    await anna.press(say("check.buttons.save"), {
      owner: "Sanne",
      due: "2030-02-01",
      done: "open",
      remind: [],
    });
    expect(anna.shows()).toContain("2030");
    await anna.press(say("check.buttons.document"));
    const [link] = /https:\/\/vertrouwd\.example\/chat\/d\/[\w-]{43}/.exec(anna.rooms.at(-1) ?? "") ?? [];
    const token = link?.split("/").at(-1);
    const fetched = await fetch(`${bot?.url}/d/${token}`, { method: "POST" });
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get("content-type")).toBe("application/pdf");
    expect(
      Buffer.from(await fetched.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect((await fetch(`${bot?.url}/d/${token}`, { method: "POST" })).status).toBe(404);

    ahead = halfYear;
    await anna.sees(say("check.reminder.recheck"));
    await anna.pressOutside(say("check.buttons.open"));
    await anna.press(say("check.buttons.again"));
    await anna.press(say("check.buttons.goOn"));
    expect(anna.shows()).toContain(say("check.form.before", { status: say("check.statuses.partly") }));
    await anna.press(say("check.buttons.next"), filledIn(anna, manager, "yes", ""));
    await anna.press(say("check.buttons.overview"));
    await anna.press(say("check.buttons.manage"));
    await anna.press(say("check.buttons.history"));
    expect(anna.shows()).toContain(
      say("check.history.line", {
        question: say("questions.policyWritten.title"),
        before: say("check.statuses.partly"),
        now: say("check.statuses.inOrder"),
      }),
    );
    // What was filled in stands in no message, and not in the log.
    expect(anna.messages().join("\n")).not.toContain(canary);
    expect(anna.messages().join("\n")).not.toContain(manager.unit);
    expect(bot?.logged.join("\n")).not.toContain(canary);
  });

  test("two people in one check, and who is not let in", async () => {
    const [manager] = managers as [Manager, ...Manager[]];
    const anna = await enter();
    await begins(anna, manager);
    await anna.press(say("check.buttons.share"));
    const code = /\b\w{5}(-\w{5}){3}\b/.exec(anna.shows())?.[0] ?? "";
    const piet = await arrives("piet");
    await piet.press(say("check.buttons.begin"));
    await piet.press(say("check.buttons.joining"));
    await piet.press(say("check.buttons.join"), { code, role: "worksCouncil", name: "Piet" });
    expect(piet.shows()).toContain(say("check.notes.joined"));
    await piet.press(say("check.buttons.goOn"));
    await anna.press(say("check.buttons.overview"));
    await anna.press(say("check.buttons.goOn"));
    await anna.press(say("check.buttons.next"), filledIn(anna, manager, "yes", "bij ons"));
    await piet.press(say("check.buttons.next"), filledIn(piet, manager, "no", canary));
    expect(piet.shows()).toContain(say("check.notes.late"));
    expect(piet.shows()).toContain("Sanne (");
  });

  test("who may not is told so, and led to what is there for everybody", async () => {
    const anna = await enter({ check: { may: "nobody" } });
    expect(anna.shows()).toContain(say("check.refused.notAllowed.title"));
    await anna.press(say("common.buttons.bystander"));
    expect(anna.shows()).toContain(say("bystander.hub.title"));
  });
});
