import { createServer as createPlain, type Server as Plain } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createServer } from "../bots/server.ts";

const health = { store: { ping: async () => {} }, faultyRoutes: () => [], draining: () => false };

let taken: Plain;
beforeEach(async () => {
  taken = createPlain();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
});
afterEach(() => new Promise<void>((done) => taken.close(() => done())));

test("a port in use, or a system out of connections, is told to who starts it and ends no process", async () => {
  const logged: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });
  const server = createServer([], health, log);
  const { port } = taken.address() as AddressInfo;
  const told = new Promise<NodeJS.ErrnoException>((done) => server.server.once("error", done));
  server.listen(port, "127.0.0.1");
  expect((await told).code).toBe("EADDRINUSE");
  expect(logged.join()).toContain("EADDRINUSE");
  // What Node says when it cannot accept a connection.
  expect(() => server.server.emit("error", new Error("accept EMFILE"))).not.toThrow();
});
