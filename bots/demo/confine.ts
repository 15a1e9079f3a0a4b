import { Server } from "node:net";

/**
 * Loaded into the Playground's process before its own code, for two things it has no setting for. It
 * listens on all interfaces, so anyone on the network could read and play both parties: here a port
 * without a host means loopback. And it outlives a parent that is killed: here it ends with it.
 */
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;

Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]) {
  const [port, host, ...rest] = args;
  return typeof port === "number" && typeof host !== "string"
    ? listen.call(this, port, "127.0.0.1", host, ...rest)
    : listen.apply(this, args);
} as Server["listen"];

process.once("disconnect", () => process.exit());
