import { readPdf, squeezed } from "../pdf-text.ts";
import type { Party } from "./people.ts";
import { found, type Places, readTables, type Secrets } from "./search.ts";
import type { Bot, Stage } from "./service.ts";
import { paragraphs, words } from "./steps.ts";

/**
 * What an adviser does besides answering, on either platform: the menu of the channel, its lists, the document of
 * a case, the numbers of a year. All that comes of it is kept by what it is, to be searched afterwards.
 */
export interface Desk {
  /** What was shown and posted, by what was asked for. */
  readonly pages: Places;
  /** What was fetched from links, with what the answer said besides. */
  readonly files: Places;
  /** The last part of every link that was offered: whoever has it gets the document. */
  readonly links: readonly string[];
  /** The menu, and from there each list; the case is on these, and on no other. */
  lists(numbers: { readonly on: string; readonly where: readonly string[] }): Promise<void>;
  /** From the list to the case's card. */
  card(number: string): Promise<string>;
  /** From the card through the opened case to the page where the reporter is asked for a document, and asks. */
  asks(): Promise<void>;
  /** Makes the document once the reporter allowed it, and fetches it in both forms. */
  makesDocument(): Promise<void>;
  /** Asks for the numbers of a year, counts it where it was not, and fetches what is offered. */
  numbers(year: number): Promise<string>;
  /** Closes the case from its card, which stands open. */
  closes(): Promise<void>;
}

const lists = ["open", "mine", "waiting", "closed"] as const;
const cases = (key: string) => words(`cases.${key}`);
const work = (key: string) => words(`desk.buttons.${key}`);
const statistics = (key: string) => words(`statistics.buttons.${key}`);

export function deskOf(stage: Stage, bot: Bot, adviser: Party): Desk {
  const pages: Record<string, string> = {};
  const files: Record<string, string> = {};
  const links: string[] = [];
  const { connector } = stage.teams;
  const seen = () => ({
    rooms: adviser.rooms.length,
    bodies: connector.bodies.length,
    calls: stage.slack.calls.length,
  });

  /** Does something, and keeps what the adviser was shown and what either platform was given meanwhile. */
  async function at(name: string, act: () => Promise<string>): Promise<string> {
    const before = seen();
    const shown = await act();
    pages[name] = [
      pages[name] ?? "",
      shown,
      ...adviser.rooms.slice(before.rooms),
      ...connector.bodies.slice(before.bodies),
      ...stage.slack.calls.slice(before.calls).map((call) => JSON.stringify(call)),
    ].join("\n");
    return shown;
  }

  /** Asks for a menu, once nothing else is on its way to the channel. */
  async function menu(word: string): Promise<void> {
    await bot.outbox.idle();
    const shown = await at("menu", () => adviser.ask(word));
    expect(shown).toContain(cases("menu.title"));
  }

  async function fetches(name: string, how: number): Promise<void> {
    const found = [
      ...(adviser.rooms.at(-1) ?? "").matchAll(/https:\/\/vertrouwd\.example\/chat\/d\/([\w-]{43})/g),
    ];
    const tokens = [...new Set(found.map(([, token = ""]) => token))];
    expect(tokens).toHaveLength(how);
    links.push(...tokens);
    for (const [nr, token] of tokens.entries()) {
      const answer = await fetch(`${bot.url}/d/${token}`, { method: "POST" });
      expect(answer.status).toBe(200);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const headers = JSON.stringify([...answer.headers]);
      files[`${name} ${nr + 1}`] = `${headers}\n${await textOf(bytes)}`;
      expect((await fetch(`${bot.url}/d/${token}`, { method: "POST" })).status).toBe(404);
    }
  }

  return {
    pages,
    files,
    links,
    async lists({ on, where }) {
      await menu("zaken");
      await at("list open", () => adviser.press(cases("buttons.menu")));
      for (const which of lists) {
        const shown = await at(`list ${which}`, () => adviser.press(cases("buttons.filter"), { which }));
        expect(shown).toContain(cases(`titles.${which}`));
        expect([which, shown.includes(on)]).toEqual([which, where.includes(which)]);
      }
    },
    async card(number) {
      const id = (await readTables(stage)).cases?.find((one) => one.number === number)?.id;
      await menu("zaken");
      await at("list open", () => adviser.press(cases("buttons.menu")));
      return at("card", () => adviser.press(cases("buttons.open"), { case: String(id) }));
    },
    async asks() {
      await at("case", () => adviser.press(words("adviser.buttons.open")));
      await at("work", () => adviser.press(words("adviser.buttons.work")));
      await at("work", () => adviser.press(work("record")));
      await at("asking", () => adviser.press(work("export")));
      const asked = await at("asking", () => adviser.press(work("askConsent")));
      expect(asked).not.toContain(work("document"));
    },
    async makesDocument() {
      await at("work", () => adviser.press(work("options")));
      await at("work", () => adviser.press(work("record")));
      await at("asking", () => adviser.press(work("export")));
      const made = await at("document's links", () => adviser.press(work("document")));
      expect(made).toContain(paragraphs("desk.export.links")[0] ?? "");
      await fetches("document", 2);
    },
    async numbers(year) {
      await menu("cijfers");
      await at("numbers", () => adviser.press(statistics("open")));
      const asked = await at("numbers", () => adviser.press(String(year)));
      expect(asked).toContain(words("statistics.counting.title", "nl", { year }));
      await at("numbers", () => adviser.press(statistics("years")));
      await at("numbers", () => adviser.press(String(year)));
      const count = words("statistics.buttons.count", "nl", { year });
      const counted = await at("numbers", () => adviser.press(count));
      await at("numbers", () => adviser.press(statistics("document")));
      await fetches(`numbers ${year}`, 4);
      return counted;
    },
    async closes() {
      await at("work", () => adviser.press(words("adviser.buttons.work")));
      await at("closing", () => adviser.press(work("closing")));
      await at("closing", () => adviser.press(words("adviser.buttons.close"), { reason: "procedure" }));
    },
  };
}

/** Of a PDF what a reader finds in it, each text also without white space: where its lines are broken says nothing. */
async function textOf(bytes: Uint8Array): Promise<string> {
  if (Buffer.from(bytes.subarray(0, 5)).toString() !== "%PDF-") return new TextDecoder().decode(bytes);
  const { pages, text, info, bookmarks } = await readPdf(bytes);
  const runs = pages.flatMap((page) => page.runs.map((run) => run.text));
  return [runs.join(" "), text, JSON.stringify(info), bookmarks.join("\n")].join("\n");
}

/** The same search where white space may have been lost or put in, as in a PDF. */
export function foundAnyhow(secrets: Secrets, places: Places): readonly string[] {
  const without = Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, squeezed(text)]));
  const squeezedPlaces = Object.fromEntries(
    Object.entries(places).map(([place, text]) => [place, squeezed(text)]),
  );
  return found(without, squeezedPlaces);
}
