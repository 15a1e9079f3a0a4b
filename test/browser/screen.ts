import type { Locator, Page } from "playwright-core";

/** How long a person waits for the screen to change, in ms. */
const patience = 10_000;

/** The Playground's page as a person uses it: by what is written on it. */
export class Screen {
  private readonly page: Page;
  private readonly folder: string;
  private shots = 0;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.folder = folder;
    page.setDefaultTimeout(patience);
  }

  /** Opens the page and waits until it knows its people and has found the bot. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.getByText("Connected.").first().waitFor();
    await this.page.getByRole("button", { name: "Hide log panel" }).click();
  }

  /** Goes to a chat or channel by its name in the list. */
  async go(place: string): Promise<void> {
    await this.page.getByRole("treeitem", { name: place }).click();
  }

  async say(text: string): Promise<void> {
    await this.page.getByRole("textbox").last().click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** Says this to the bot in a group chat: the client's own field cannot mention anybody. */
  async mention(chat: string, person: string, text: string): Promise<void> {
    const path = `/_conversation/v1/conversations/${encodeURIComponent(chat)}/messages`;
    const data = {
      text: `<at>Vertrouwd</at> ${text}`,
      mentions: [{ mentioned: { id: "vertrouwd" }, text: "<at>Vertrouwd</at>" }],
      textFormat: "plain",
      from: { id: person },
    };
    const answer = await this.page.request.post(new URL(path, this.page.url()).href, { data });
    if (!answer.ok()) throw new Error(`the client answered ${answer.status()}`);
  }

  /** Begins a post in the open channel that mentions somebody, whom the client offers to choose. */
  async post(mentioned: string, text: string): Promise<void> {
    await this.page.getByRole("textbox").first().click();
    await this.page.keyboard.type(`@${mentioned}`);
    await this.act(this.page.getByRole("menuitem", { name: mentioned }));
    await this.page.keyboard.type(` ${text}`);
    await this.press("Post");
  }

  /** Waits until this stands on the screen. */
  async sees(text: string): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  /** Waits until this stands nowhere on the screen. */
  async seesNot(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: "hidden" });
  }

  /** What stands on the screen and looks like this. */
  async reads(pattern: RegExp): Promise<string> {
    const text = await this.page.getByText(pattern).last().textContent();
    return text?.match(pattern)?.[0] ?? "";
  }

  /** Waits until the lowest field with this label holds this. */
  async holds(label: string, text: string): Promise<void> {
    const field = this.page.getByRole("textbox", { name: label }).last();
    await this.until(`"${label}" holds something else`, async () => (await field.inputValue()) === text);
  }

  /** Waits until the lowest card that says this has these buttons and no other. */
  async offers(card: string, labels: readonly string[]): Promise<void> {
    const buttons = this.card(card).getByRole("button");
    await this.until(`the card "${card}" has other buttons`, async () => {
      const now = await buttons.allTextContents();
      return now.join("\n") === labels.join("\n");
    });
  }

  /**
   * Waits until this is nowhere on the page, in sight or not: in no text, no field and nothing behind them; but
   * for the card that says `except`, where there must be one.
   */
  async keepsTo(except: string | null, text: string): Promise<void> {
    const otherwise =
      except === null
        ? "what may be nowhere is on the page"
        : `what belongs in "${except}" alone is not there, or elsewhere too`;
    await this.until(otherwise, async () => {
      const page = await held(this.page.locator("html"));
      if (except === null) return !page.includes(text);
      const room = await held(this.card(except));
      return room.includes(text) && page.split(text).length === room.split(text).length;
    });
  }

  /** Presses the lowest button with this label. */
  async press(label: string): Promise<void> {
    await this.act(this.page.getByRole("button", { name: label, exact: true }));
  }

  /** Presses the button with this label on the lowest card that says this. */
  async pressOn(card: string, label: string): Promise<void> {
    await this.act(this.card(card).getByRole("button", { name: label, exact: true }));
  }

  /** Ticks options of the lowest card by their labels. */
  async choose(kind: "radio" | "checkbox", labels: readonly string[]): Promise<void> {
    // The client reads the question out before each option.
    for (const label of labels)
      await this.act(this.page.getByRole(kind, { name: new RegExp(`${escaped(label)}$`) }));
  }

  /** Whether this stands on the screen now. */
  async shows(text: string): Promise<boolean> {
    return this.page.getByText(text).last().isVisible();
  }

  /** Ticks an option of one question of a form. */
  async answer(question: string, option: string): Promise<void> {
    const own = this.page.getByRole("radiogroup", { name: question }).last();
    await this.act(own.getByRole("radio", { name: option, exact: true }));
  }

  /** Picks an option of a list by the beginning of its label. */
  async pick(list: string, option: string): Promise<void> {
    await this.act(this.page.getByRole("combobox", { name: list }));
    await this.act(this.page.getByRole("option", { name: new RegExp(`^${escaped(option)}`) }));
  }

  /** Chooses a day. */
  async day(label: string, iso: string): Promise<void> {
    await this.page.getByLabel(label).last().fill(iso);
  }

  /** Presses a link, then the button on the page that it opens, and keeps the file that comes. */
  async fetches(link: string, button: string, name: string): Promise<string> {
    // The client opens it in a window of its own; here the address is enough, and is opened beside it.
    await this.page.evaluate(() => {
      const client = globalThis as unknown as { open: (url: string) => null; opened: string };
      client.open = (url) => {
        client.opened = url;
        return null;
      };
    });
    await this.act(this.page.getByRole("link", { name: link, exact: true }));
    const address = await this.page.evaluate(() => (globalThis as unknown as { opened: string }).opened);
    const opened = await this.page.context().newPage();
    opened.setDefaultTimeout(patience);
    await opened.goto(address);
    await opened.screenshot({ path: `${this.folder}/${name}.page.png` });
    const coming = opened.waitForEvent("download");
    await opened.getByRole("button", { name: button }).click();
    const file = `${this.folder}/${name}`;
    await (await coming).saveAs(file);
    await opened.close();
    return file;
  }

  /** Fills in the lowest field with this label. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: label }).last().fill(text);
  }

  /** Keeps what the screen looks like now. */
  async shot(name: string): Promise<void> {
    await this.still();
    this.shots += 1;
    await this.page.screenshot({ path: `${this.folder}/${String(this.shots).padStart(2, "0")}-${name}.png` });
  }

  /** The lowest card that says this. */
  private card(text: string): Locator {
    return this.page.locator(".ac-adaptiveCard").filter({ hasText: text }).last();
  }

  private async until(otherwise: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + patience; !(await holds()); await this.page.waitForTimeout(50))
      if (Date.now() > end) throw new Error(otherwise);
  }

  /** The page scrolls to what came last: waits until it has stood still for some looks. */
  private async still(): Promise<void> {
    const cards = this.page.locator(".ac-adaptiveCard");
    let [before, same] = ["", 0];
    for (let looks = 0; looks < 100 && same < 4; looks++) {
      await this.page.waitForTimeout(30);
      const at = (await cards.count()) === 0 ? null : await cards.last().boundingBox();
      const now = JSON.stringify(at);
      same = now === before ? same + 1 : 0;
      before = now;
    }
  }

  private async act(target: Locator): Promise<void> {
    await target.last().waitFor();
    await target.last().click();
  }
}

/** All there is of a part of the page: its markup, and what was filled in. */
async function held(part: Locator): Promise<string> {
  const filledIn = await part
    .locator("input, textarea")
    .evaluateAll((fields) => fields.map((field) => (field as unknown as { value: string }).value));
  return [await part.innerHTML(), ...filledIn].join("\n");
}

/** A text as it stands, in a regular expression. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
