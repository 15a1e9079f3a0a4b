import { acceptedTokens } from "../bots/teams/accepted.ts";

const activity = { channelId: "msteams", serviceUrl: "https://smba.trafficmanager.net/emea/" };
const minute = 60_000;

describe("a token that was checked in full", () => {
  test("is taken for five minutes, and no longer than it lives", () => {
    const clock = { at: 1_000_000 };
    const accepted = acceptedTokens(() => clock.at);
    const [long, short] = ["Bearer long", "Bearer short"].map((header) => accepted.keyOf(header, activity));
    accepted.add(long as string, clock.at + 60 * minute);
    accepted.add(short as string, clock.at + minute);
    expect([long, short].map((key) => accepted.holds(key as string))).toEqual([true, true]);
    clock.at += minute;
    expect([long, short].map((key) => accepted.holds(key as string))).toEqual([true, false]);
    clock.at += 4 * minute;
    expect(accepted.holds(long as string)).toBe(false);
  });

  test("is another one with another header, channel or service URL, whatever is run together", () => {
    const { keyOf } = acceptedTokens();
    const keys = [
      keyOf("Bearer a", activity),
      keyOf("Bearer b", activity),
      keyOf("Bearer a", { ...activity, channelId: "webchat" }),
      keyOf("Bearer a", { ...activity, serviceUrl: "https://evil.example/" }),
      keyOf('Bearer a","msteams', { ...activity, channelId: "" }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("does not fill the memory, however many there are", () => {
    const accepted = acceptedTokens();
    const keys = Array.from({ length: 3000 }, (_, nr) => accepted.keyOf(`Bearer ${nr}`, activity));
    for (const key of keys) accepted.add(key, Number.MAX_SAFE_INTEGER);
    expect(keys.filter((key) => accepted.holds(key)).length).toBeLessThanOrEqual(1000);
    expect(accepted.holds(keys.at(-1) as string)).toBe(true);
  });
});
