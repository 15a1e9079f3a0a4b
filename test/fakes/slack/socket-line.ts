import { createHash, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Kind, Line, Reply } from "./http-line.ts";

const envelopeType = { event: "events_api", command: "slash_commands", interactive: "interactive" } as const;

/**
 * Slack's side of Socket Mode: one WebSocket, on the Web API's own server. Speaks as much of RFC 6455 as
 * the SDK needs: text frames, ping, close.
 */
export class SocketLine implements Line {
  private socket: Duplex | undefined;
  private received = Buffer.alloc(0);
  private readonly waiting = new Map<string, (payload: unknown) => void>();
  private readonly changed: () => void;

  constructor(server: Server, changed: () => void) {
    this.changed = changed;
    server.on("upgrade", (request, socket) => {
      const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash("sha1").update(key).digest("base64");
      const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
      socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join("\r\n")}\r\n\r\n`);
      socket.on("data", (data: Buffer) => this.read(data));
      socket.on("error", () => {});
      socket.on("close", () => {
        this.socket = undefined;
        this.changed();
      });
      this.socket = socket;
      this.write({ type: "hello", num_connections: 1, connection_info: { app_id: "A0VERTROUWD" } });
      this.changed();
    });
  }

  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** Breaks the connection without a word. */
  drop(): void {
    this.socket?.destroy();
  }

  async send(kind: Kind, payload: Readonly<Record<string, unknown>>): Promise<Reply> {
    const envelope_id = randomUUID();
    const acknowledged = new Promise<unknown>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("not acknowledged within 3 s")), 3000);
      this.waiting.set(envelope_id, (body) => {
        clearTimeout(late);
        resolve(body);
      });
    });
    this.write({
      envelope_id,
      type: envelopeType[kind],
      payload,
      accepts_response_payload: kind !== "event",
    });
    return { status: 200, body: (await acknowledged) ?? "" };
  }

  private write(message: object): void {
    const text = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(text.length < 126 ? 2 : 4);
    head[0] = 0x81;
    if (text.length < 126) head[1] = text.length;
    else {
      head[1] = 126;
      head.writeUInt16BE(text.length, 2);
    }
    this.socket?.write(Buffer.concat([head, text]));
  }

  private read(data: Buffer): void {
    this.received = Buffer.concat([this.received, data]);
    for (let frame = this.frame(); frame !== null; frame = this.frame()) {
      const { opcode, body } = frame;
      if (opcode === 0x8) this.socket?.end(Buffer.from([0x88, 0]));
      if (opcode === 0x9) this.socket?.write(Buffer.concat([Buffer.from([0x8a, body.length]), body]));
      if (opcode === 0x1) {
        const { envelope_id, payload } = JSON.parse(body.toString()) as {
          envelope_id: string;
          payload?: unknown;
        };
        this.waiting.get(envelope_id)?.(payload);
        this.waiting.delete(envelope_id);
      }
    }
  }

  /** Takes one whole frame of the client, unmasked, out of what was received. */
  private frame(): { opcode: number; body: Buffer } | null {
    const [first, second] = this.received;
    if (first === undefined || second === undefined) return null;
    const short = second & 0x7f;
    const at = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (this.received.length < at + 4) return null;
    const length =
      short < 126
        ? short
        : short === 126
          ? this.received.readUInt16BE(2)
          : Number(this.received.readBigUInt64BE(2));
    if (this.received.length < at + 4 + length) return null;
    const mask = this.received.subarray(at, at + 4);
    const body = Buffer.from(this.received.subarray(at + 4, at + 4 + length)).map(
      (byte, index) => byte ^ (mask[index % 4] ?? 0),
    );
    this.received = this.received.subarray(at + 4 + length);
    return { opcode: first & 0x0f, body: Buffer.from(body) };
  }
}
