import { errorCode, type Log } from "../log.ts";

/** Runs a job now and then every `ms`, one run at a time; a failed run is logged and the next one comes. */
export function every(
  ms: number,
  name: string,
  log: Log,
  job: () => Promise<unknown>,
): {
  /** When the run that is under way, if any, is over. */
  idle(): Promise<void>;
  stop(): Promise<void>;
} {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running.then(job).then(
      () => undefined,
      (error: unknown) => log.error({ code: `${name}.failed`, error: errorCode(error) }),
    );
  };
  run();
  const timer = setInterval(run, ms);
  timer.unref();
  return {
    idle: () => running,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
