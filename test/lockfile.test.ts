import { readFileSync } from "node:fs";
import { completed, type Lock, missing } from "../bots/tools/lock.ts";

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const lock: Lock = read("package-lock.json");

test("a fresh machine can install: every package for another system is locked (else: npm run lock)", () => {
  expect(missing(lock).map(({ name }) => name)).toEqual([]);
});

test("the lockfile names no registry", () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test("every dependency is one exact version", () => {
  const { dependencies, devDependencies } = read("package.json");
  const versions = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
});

test("what is missing is added with its system, and nothing else changes", () => {
  const partial: Lock = structuredClone(lock);
  delete partial.packages["node_modules/@swc/core-darwin-arm64"];
  expect(missing(partial).map(({ name }) => name)).toEqual(["@swc/core-darwin-arm64"]);
  const whole = completed(partial);
  expect(whole.packages["node_modules/@swc/core-darwin-arm64"]).toMatchObject({
    os: ["darwin"],
    cpu: ["arm64"],
  });
  expect({ ...whole.packages, "node_modules/@swc/core-darwin-arm64": null }).toEqual({
    ...lock.packages,
    "node_modules/@swc/core-darwin-arm64": null,
  });
});
