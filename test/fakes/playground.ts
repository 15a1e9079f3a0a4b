import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { employee, idOf, others, type Stage, startPlaygroundProcess } from "../../bots/demo/playground.ts";
import { buttonsOf, type Card, type Filled, pressOf, textsOf } from "./card.ts";

/**
 * Drives Microsoft's real Agents Playground over HTTP as its own page does: what people see comes from its
 * stream, what they do goes to its endpoints. Nothing of Teams is imitated here.
 */
export interface Playground {
  readonly url: string;
  readonly serviceUrl: string;
  readonly stage: Stage;
  readonly employee: Party;
  /** The default route's channel, pressed by one adviser. */
  readonly advisers: Party;
  /** The same channel, pressed by a colleague; both look at one page, where a room covers the card for either. */
  readonly colleague: Party;
  /** The conflict route's channel, pressed by another. */
  readonly external: Party;
  /** A group chat the bot was added to. */
  readonly group: Party;
  /** Everybody in that chat, the employee first. */
  readonly groupMembers: readonly Party[];
  /** Everything the bot ever posted or updated; not what rooms showed, and not what people typed. */
  posted(): string;
  /** Everything that rooms showed. */
  rooms(): string;
  /** What the person's client does when the app is installed. */
  install(): Promise<void>;
  stop(): Promise<void>;
}

/** One place in the client, as one person sees it. */
export interface Party {
  /** Types a message. Resolves when it is on its way; what the bot answers comes through `sees`. */
  say(text: string): Promise<void>;
  /** Everything now visible, oldest first; a room covers the message it was opened from. */
  cards(): readonly Shown[];
  /** The newest message of the bot that holds this text, waiting for it to come. */
  sees(text: string | RegExp): Promise<Shown>;
  /** Waits until what is visible is like this. */
  becomes(what: string, like: (cards: readonly Shown[]) => boolean): Promise<void>;
  /** Presses the newest visible button with this label, waiting for it to come; resolves with what it led to. */
  press(label: string, filled?: Filled): Promise<Shown>;
  /** Presses a button on a card that was shown before, as a client that has not redrawn yet does. */
  pressOn(shown: Shown, label: string, filled?: Filled): Promise<Shown>;
}

/** A message as it is drawn at one moment. */
export interface Shown {
  readonly id: string;
  readonly conversation: string;
  readonly from: "bot" | "person";
  readonly card: Card | null;
  readonly text: string;
  readonly lines: readonly string[];
  readonly buttons: readonly string[];
  /** Whether this is what a press showed, and not what the message holds. */
  readonly room: boolean;
}

const cardType = "application/vnd.microsoft.card.adaptive";
/** How long a person is willing to look at the screen. */
const patience = 15_000;

/** The two channels of `content/organisation.demo.yaml`. */
export const demoStage: Stage = {
  tenant: "00000000-0000-4000-8000-000000000001",
  team: { id: "team-vertrouwenspersonen", name: "Vertrouwenspersonen" },
  channel: { id: "channel-externe-vertrouwenspersoon", name: "Extern" },
};

/** The demo's organisation file with its routes pointing at this Playground. */
export function organisationFor(port: number): string {
  const file = new URL("../../content/organisation.demo.yaml", import.meta.url);
  return readFileSync(file, "utf8").replaceAll("127.0.0.1:56150", `127.0.0.1:${port}`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<unknown>((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Starts the Playground against a bot that listens, or will listen, at `botUrl`. */
export async function startPlayground(options: {
  readonly botUrl: string;
  readonly port?: number;
}): Promise<Playground> {
  const directory = mkdtempSync(join(tmpdir(), "vertrouwd-playground-"));
  const port = options.port ?? (await freePort());
  const process = await startPlaygroundProcess({ port, botUrl: options.botUrl, directory, stage: demoStage });
  const client = new Client(process.url);
  await client.open();
  const adviser = idOf(others[1]);
  const externalAdviser = idOf(others[3]);
  return {
    url: process.url,
    serviceUrl: process.serviceUrl,
    stage: demoStage,
    employee: client.party(employee.chat, employee.id),
    advisers: client.party(demoStage.team.id, adviser),
    colleague: client.party(demoStage.team.id, idOf(others[2])),
    external: client.party(demoStage.channel.id, externalAdviser),
    group: client.party("group-chat", employee.id),
    groupMembers: [employee.id, ...others.map(idOf)].map((id) => client.party("group-chat", id)),
    posted: () => JSON.stringify(client.history),
    rooms: () => JSON.stringify(client.roomHistory),
    install: () =>
      client.post(`/_debug/conversation/${employee.chat}/installation`, {}).then(() => undefined),
    async stop() {
      client.close();
      await process.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

interface Message {
  readonly id: string;
  /** With `;messageid=` where the message is or answers a post in a channel. */
  readonly conversation: string;
  readonly from: "bot" | "person";
  text: string;
  card: Card | null;
  room: boolean;
  /** Counts changes, so that "newest" means drawn last. */
  drawn: number;
}

/** The page's state, kept as the page keeps it. */
class Client {
  readonly history: unknown[] = [];
  readonly roomHistory: unknown[] = [];
  private readonly messages = new Map<string, Message>();
  private readonly waiting = new Set<() => void>();
  private readonly url: string;
  private socket: WebSocket | null = null;
  private draws = 0;

  constructor(url: string) {
    this.url = url;
  }

  async open(): Promise<void> {
    const socket = new WebSocket(
      `${this.url.replace("http", "ws")}/_ws_conversation/v1/conversations/stream`,
    );
    socket.addEventListener("message", (event) => this.receive(JSON.parse(String(event.data)) as Action));
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    this.socket = socket;
  }

  close(): void {
    this.socket?.close();
  }

  private receive(action: Action): void {
    if (action.action !== "createMessage" && action.action !== "updateMessage") return;
    this.history.push(action);
    const { message } = action;
    const conversation =
      message.postConversationId ??
      this.messages.get(message.messageId)?.conversation ??
      action.actionConversationId;
    this.draw({
      id: message.messageId,
      conversation,
      from: "bot",
      text: message.text ?? "",
      card: message.attachments?.find((attachment) => attachment.contentType === cardType)?.content ?? null,
      room: false,
    });
  }

  private draw(message: Omit<Message, "drawn">): void {
    this.messages.set(message.id, { ...message, drawn: ++this.draws });
    for (const wake of [...this.waiting]) wake();
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === "" ? null : JSON.parse(text);
  }

  party(place: string, person: string): Party {
    const visible = () =>
      [...this.messages.values()]
        .filter((message) => message.conversation.split(";")[0] === place)
        .sort((a, b) => a.drawn - b.drawn);
    const until = async <T>(
      what: string,
      find: (messages: readonly Message[]) => T | undefined,
    ): Promise<T> => {
      const deadline = Date.now() + patience;
      for (;;) {
        const found = find(visible());
        if (found !== undefined) return found;
        if (Date.now() > deadline) {
          const screen = visible()
            .map((message) => shown(message).lines.join("\n  "))
            .join("\n--\n  ");
          throw new Error(`${what} did not come; visible in ${place}:\n  ${screen}`);
        }
        await this.change(deadline);
      }
    };
    const pressOn = async (on: Shown, label: string, filled?: Filled): Promise<Shown> => {
      const answer = (await this.post("/_conversation/v1/invoke", {
        name: "adaptiveCard/action",
        value: pressOf(on.card, label, filled),
        from: { id: person },
        conversation: { id: on.conversation },
        replyToId: on.id,
      })) as { type?: string; value?: unknown };
      if (answer.type !== cardType)
        throw new Error(`"${label}" was answered by ${String(answer.type)}, not by a card`);
      this.roomHistory.push(answer.value);
      const room = {
        id: on.id,
        conversation: on.conversation,
        from: "bot" as const,
        text: "",
        card: answer.value as Card,
        room: true,
      };
      this.draw(room);
      return shown({ ...room, drawn: this.draws });
    };
    return {
      say: async (text) => {
        const sent = (await this.post(
          `/_conversation/v1/conversations/${encodeURIComponent(place)}/messages`,
          {
            ...(place === employee.chat ? { text } : mentioning(text)),
            textFormat: "plain",
            from: { id: person },
          },
        )) as { messageId: string; postConversationId?: string };
        this.draw({
          id: sent.messageId,
          conversation: sent.postConversationId ?? place,
          from: "person",
          text,
          card: null,
          room: false,
        });
      },
      cards: () => visible().map(shown),
      sees: (text) =>
        until(`"${String(text)}"`, (messages) => {
          const holds = (message: Message) => {
            const all = shown(message).lines.join("\n");
            return message.from === "bot" && (typeof text === "string" ? all.includes(text) : text.test(all));
          };
          const found = messages.findLast(holds);
          return found ? shown(found) : undefined;
        }),
      becomes: async (what, like) => {
        await until(what, (messages) => (like(messages.map(shown)) ? true : undefined));
      },
      press: async (label, filled) => {
        const on = await until(`button "${label}"`, (messages) =>
          messages.findLast((message) => buttonsOf(message.card).includes(label)),
        );
        return pressOn(shown(on), label, filled);
      },
      pressOn,
    };
  }

  private change(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, deadline - Date.now()) + 1);
      this.waiting.add(wake);
    });
  }
}

/** Outside a private chat a bot only gets what mentions it. */
function mentioning(text: string): object {
  return {
    text: `<at>Vertrouwd</at> ${text}`,
    mentions: [{ mentioned: { id: "vertrouwd" }, text: "<at>Vertrouwd</at>" }],
  };
}

function shown(message: Message): Shown {
  const lines = [...(message.text === "" ? [] : [message.text]), ...textsOf(message.card)];
  const { id, conversation, from, card, text, room } = message;
  return { id, conversation, from, card, text, room, lines, buttons: buttonsOf(card) };
}

interface Action {
  readonly action: string;
  readonly actionConversationId: string;
  readonly message: {
    readonly messageId: string;
    readonly postConversationId?: string;
    readonly text?: string;
    readonly attachments?: readonly { readonly contentType: string; readonly content: Card }[];
  };
}
