import { filledIn } from "./fields.ts";
import { type Shown, shown } from "./shown.ts";
import type { Message, OpenModal, Workspace } from "./workspace.ts";

export interface ShownModal extends Shown {
  readonly id: string;
  readonly title: string;
  /** What stands in the fields, by their label: option labels, or text. */
  readonly filled: Readonly<Record<string, string | readonly string[]>>;
}

export interface ShownMessage extends Shown {
  readonly ts: string;
  readonly channel: string;
  /** The text for notifications. */
  readonly summary: string;
  readonly thread: string | null;
  readonly edits: number;
}

/** What one person sees at a Slack client. */
export class Client {
  readonly id: string;
  protected readonly workspace: Workspace;

  constructor(id: string, workspace: Workspace) {
    this.id = id;
    this.workspace = workspace;
    workspace.people.add(id);
  }

  /** The modal on top. Throws when none is open. */
  modal(): ShownModal {
    const modal = this.top();
    return {
      id: modal.id,
      title: modal.view.title.text,
      filled: filledIn(modal),
      ...shown(modal.view.blocks, modal.view.submit?.text),
    };
  }

  hasModal(): boolean {
    return this.workspace.top(this.id) !== undefined;
  }

  /** The Home tab. Throws when it was never published. */
  home(): Shown {
    const home = this.workspace.homes.get(this.id);
    if (home === undefined) throw new Error("no Home tab was published");
    return shown(home.blocks);
  }

  /** The messages of the bot in the direct message, or in a channel, oldest first. */
  messages(channel = this.workspace.dm(this.id).id): ShownMessage[] {
    const found = this.workspace.channels.get(channel);
    return (found?.messages ?? [])
      .filter(({ user }) => user === "U0BOT")
      .map((message) => view(channel, message));
  }

  /** The last message of the bot there. */
  last(channel?: string): ShownMessage {
    const message = this.messages(channel).at(-1);
    if (message === undefined) throw new Error("the bot said nothing here");
    return message;
  }

  protected top(): OpenModal {
    const modal = this.workspace.top(this.id);
    if (modal === undefined) throw new Error("no modal is open");
    return modal;
  }
}

function view(channel: string, message: Message): ShownMessage {
  const { ts, text: summary, thread, before } = message;
  return { ts, channel, summary, thread, edits: before.length, ...shown(message.blocks) };
}
