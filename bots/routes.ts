import { ConfigFault } from "./config.ts";
import type { Log } from "./log.ts";
import type { Channel, Platform, Route, RouteFault } from "./ports.ts";

/** How often a route whose platform did not answer is asked again. */
const againMs = 60_000;

/** What is wrong with a route, and where it says so itself, what to do. */
export const meaning: Readonly<Record<RouteFault["code"], string>> = {
  unreachable: "the platform does not answer",
  notFound: "there is no such channel, or the bot may not see it",
  notMember: "the bot is not in that channel; invite it",
  notPrivate: "the channel is not private: others than advisers could read reports",
  shared: "the channel is shared with another organisation",
  archived: "the channel is archived",
  wrongTenant: "the channel is in another tenant or workspace",
  notInstalled: "the app is not installed in that team",
};

/** Keeps an eye on the adviser channels: refuses wrong ones at the start, and waits for silent ones. */
export function watchRoutes(routes: readonly Route[], channels: ReadonlyMap<Platform, Channel>, log: Log) {
  let silent: readonly Route[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function faultOf(route: Route): Promise<RouteFault | null> {
    const channel = channels.get(route.platform);
    return channel ? channel.checkRoute(route) : { code: "unreachable" };
  }

  async function look(at: readonly Route[]): Promise<readonly { route: Route; fault: RouteFault }[]> {
    const found = await Promise.all(at.map(async (route) => ({ route, fault: await faultOf(route) })));
    return found.flatMap(({ route, fault }) => (fault ? [{ route, fault }] : []));
  }

  async function lookAgain(): Promise<void> {
    const faults = await look(silent).catch(() => silent.map((route) => ({ route })));
    silent = faults.map(({ route }) => route);
    if (silent.length > 0) later();
    else log.info({ code: "routes.reached" });
  }

  function later(): void {
    timer = setTimeout(() => void lookAgain(), againMs);
    timer.unref();
  }

  return {
    /** Throws `ConfigFault` for each route that is reached and is not fit; remembers those not reached. */
    async check(): Promise<void> {
      const faults = await look(routes);
      const unfit = faults.filter(({ fault }) => fault.code !== "unreachable");
      if (unfit.length > 0) {
        throw new ConfigFault(unfit.map(({ route, fault }) => `route ${route.id}: ${meaning[fault.code]}`));
      }
      silent = faults.map(({ route }) => route);
      for (const route of silent) log.warn({ code: "route.unreachable", route: route.id });
      if (silent.length > 0) later();
    },
    /** Ids of routes that were not reached yet. */
    faulty: (): readonly string[] => silent.map(({ id }) => id),
    stop: () => clearTimeout(timer),
  };
}
