import type { Store, StoreTransaction } from "../../bots/ports.ts";
import { someCase } from "./store.ts";

/** What every `Store` promises about the numbers of a year; each `open` is one more process on the database. */
export function statisticsContract(open: () => Promise<readonly [Store, ...Store[]]>): void {
  let stores: readonly [Store, ...Store[]];
  beforeEach(async () => {
    stores = await open();
  });
  const tx = <T>(work: (tx: StoreTransaction) => Promise<T>) => stores[0].transaction(work);

  test("a year is found by any of its ids, and none by none", async () => {
    const row = { id: "a", version: 0, sealed: "one" };
    expect(await tx((t) => t.saveStatistics(row))).toBe(true);
    expect(await tx((t) => t.findStatistics(["nothing", "a"]))).toEqual({ ...row, version: 1 });
    expect(await tx((t) => t.findStatistics(["b"]))).toBeNull();
    expect(await tx((t) => t.findStatistics([]))).toBeNull();
    await tx((t) => t.saveStatistics({ ...row, id: "b" }));
    await tx((t) => t.deleteStatistics([]));
    await tx((t) => t.deleteStatistics(["a", "nothing"]));
    expect(await tx((t) => t.findStatistics(["a"]))).toBeNull();
    expect(await tx((t) => t.findStatistics(["b"]))).not.toBeNull();
  });

  test("a year is written only by who saw its last version, and begun once", async () => {
    for (const version of [0, 1]) {
      const written = await Promise.all(
        Array.from({ length: 6 }, (_, nr) =>
          (stores[nr % stores.length] ?? stores[0]).transaction((t) =>
            t.saveStatistics({ id: "a", version, sealed: `by-${nr}` }),
          ),
        ),
      );
      expect(written.filter(Boolean)).toHaveLength(1);
      const sealed = `by-${written.indexOf(true)}`;
      expect(await tx((t) => t.findStatistics(["a"]))).toEqual({ id: "a", version: version + 1, sealed });
    }
    expect(await tx((t) => t.saveStatistics({ id: "b", version: 1, sealed: "x" }))).toBe(false);
  });

  test("cases are found by their route and when they came, from the first moment and before the last", async () => {
    const came = { before: 9, first: 10, last: 19, after: 20 };
    await tx(async (t) => {
      for (const [id, createdAt] of Object.entries(came)) await t.insertCase({ ...someCase(id), createdAt });
      await t.insertCase({ ...someCase("elsewhere"), route: "another", createdAt: 10 });
    });
    const { route } = someCase("first");
    const found = await tx((t) => t.casesReceived(route, 10, 20));
    expect(found.map(({ id }) => id).sort()).toEqual(["first", "last"]);
    expect(found.find(({ id }) => id === "first")).toEqual({ ...someCase("first"), createdAt: 10 });
  });
}
