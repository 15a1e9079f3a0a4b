import { createServer } from "node:net";
import { DemoFault } from "./home.ts";

/** A loopback port to listen on: the one asked for, or any free one for 0. Throws `DemoFault` where it is taken. */
export async function claim(port: number, setting: string): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((listening, failed) => {
      server.once("error", failed);
      server.listen(port, "127.0.0.1", listening);
    });
  } catch {
    throw new DemoFault(
      `Port ${port} is in use. Stop what runs there, or let the demo choose one: ${setting}=0 npm run demo`,
    );
  }
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : port;
}
