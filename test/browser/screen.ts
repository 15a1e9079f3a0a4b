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

  /** Waits until this stands on the screen. */
  async sees(text: string): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  /** Waits until this stands nowhere on the screen. */
  async seesNot(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: "hidden" });
  }

  /** Presses the lowest button with this label. */
  async press(label: string): Promise<void> {
    await this.act(this.page.getByRole("button", { name: label, exact: true }));
  }

  /** Ticks options of the lowest card by their labels. */
  async choose(kind: "radio" | "checkbox", labels: readonly string[]): Promise<void> {
    // The client reads the question out before each option.
    for (const label of labels)
      await this.act(
        this.page.getByRole(kind, { name: new RegExp(`${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }),
      );
  }

  /** Fills in the lowest field with this label. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: label }).last().fill(text);
  }

  /** Keeps what the screen looks like now. */
  async shot(name: string): Promise<void> {
    // The page scrolls to what came last, smoothly.
    await this.page.waitForTimeout(400);
    this.shots += 1;
    await this.page.screenshot({ path: `${this.folder}/${String(this.shots).padStart(2, "0")}-${name}.png` });
  }

  private async act(target: Locator): Promise<void> {
    await target.last().waitFor();
    await target.last().click();
  }
}
