import { startPlatform } from "/work/main/bench/platform.ts";
import { startContender } from "./zz-contender.ts";
import { drive } from "/work/main/bench/load.ts";
import { typist, presser } from "/work/main/bench/people.ts";
for (const name of ["vertrouwd"] as const) {
const platform = await startPlatform();
const { appId, tenant, issuer, openIdMetadataUrl, serviceUrl } = platform;
const c = await startContender(name, { appId, tenant, issuer, openIdMetadataUrl, serviceUrl, requestsPerTurn: 2 }, null);
console.log(name, "idle", JSON.stringify(await c.used()));
for (const turns of [3000,3000]) {
  await drive({url: c.url, token: platform.token, people: Array.from({length: 32}, (_, nr) => typist(platform, nr)), turns, warmUp: 0});
  console.log(turns, JSON.stringify(await c.used()));
}
for (const s of [1,9,20]) { await new Promise(r=>setTimeout(r,s*1000)); console.log("waited",s, JSON.stringify(await c.used())); } await c.stop(); await platform.stop();
}
