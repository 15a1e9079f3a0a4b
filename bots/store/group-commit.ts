import type { DatabaseSync } from "node:sqlite";

interface Job {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** One batch holds at most this many transactions, so that the first does not wait long for the last. */
const largestBatch = 32;

/**
 * Runs transactions one at a time on a single connection, and commits those that wait together with one
 * write to disk: `fsync` blocks the process, so under load it must not be paid per turn. Each keeps its
 * own savepoint: one that throws undoes only itself. No one is answered before the commit.
 *
 * `work` must not wait for anything but its own queries, nor for another transaction: everyone waits.
 */
export function groupCommit(handle: DatabaseSync): {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
} {
  const [begin, commit, rollback, save, release, undo] = [
    "begin immediate",
    "commit",
    "rollback",
    "savepoint one",
    "release one",
    "rollback to one",
  ].map((sql) => handle.prepare(sql)) as [Prepared, Prepared, Prepared, Prepared, Prepared, Prepared];
  let waiting: Job[] = [];
  let running: Promise<void> | null = null;

  /** Returns how to answer once the batch is committed. */
  async function attempt({ work, resolve, reject }: Job): Promise<() => void> {
    save.run();
    try {
      const value = await work();
      release.run();
      return () => resolve(value as never);
    } catch (error) {
      // SQLite ends the whole transaction itself where the disk is full or broken.
      if (!handle.isTransaction) throw error;
      undo.run();
      release.run();
      return () => reject(error);
    }
  }

  async function commitTogether(batch: readonly Job[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      begin.run();
      for (const job of batch) answers.push(await attempt(job));
      commit.run();
    } catch (error) {
      for (const job of batch) job.reject(error);
      try {
        if (handle.isOpen && handle.isTransaction) rollback.run();
      } catch {
        // Then no other can begin either, and each is told so.
      }
      return;
    }
    for (const answer of answers) answer();
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      // Whatever has arrived on other sockets in this round joins the batch.
      await new Promise(setImmediate);
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      await commitTogether(batch);
    }
    running = null;
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        running ??= runAll();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}

type Prepared = ReturnType<DatabaseSync["prepare"]>;
