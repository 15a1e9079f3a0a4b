import { adviserWarnings } from "../bots/adviser-warnings.ts";
import { accepted, adviser, both, december, type File, leave, secret } from "./organisation-file.ts";

describe("what an operator is told to look at", () => {
  const now = Date.parse("2026-11-21T12:00Z");
  const ways = { contact: { mail: "a@example.org" } };
  /** An organisation of which nothing is said. */
  const fine = (file: File) => {
    file.advisers = [
      { name: "Anna", route: "one", ...ways },
      { name: "Bert", route: "one", ...ways },
      { name: "Carla", route: "two", kind: "external", contact: { mail: "c@example.org" } },
      { name: "Dries", route: "three", ...ways },
    ];
  };
  const told = (...changes: ((file: File) => unknown)[]) =>
    adviserWarnings(accepted(both(fine, ...changes)), now);

  test("is nothing where all is well", () => {
    expect(told()).toEqual([]);
  });

  const warnings: readonly (readonly [string, readonly ((file: File) => unknown)[], readonly string[]])[] = [
    [
      "one adviser",
      [
        (file) => {
          file.routes.length = 1;
          file.advisers = [{ name: "Anna", route: "one", kind: "external", ...ways }];
          Object.assign(file, { conflictRoute: undefined });
        },
      ],
      [
        "advisers: there is one; name a second, so that people can choose and leave is covered",
        "conflictRoute: missing; reports about an adviser are not taken. Add a route to others, outside",
      ],
    ],
    [
      "no external adviser",
      [adviser({ kind: "internal" }, 2)],
      ["advisers: none is external; name one from outside, whom people may trust sooner"],
    ],
    [
      "a language that nobody speaks",
      [...[0, 1, 2, 3].map((nr) => adviser({ languages: ["nl", "tr"] }, nr))],
      ["advisers: none speaks en; name one who does, or take it out of languages"],
    ],
    [
      "an audience that one side is not there for",
      [adviser({ forWhom: ["employees", "volunteers", "clients"] })],
      ["advisers: none of conflictRoute is there for clients, others are; add it to forWhom of one"],
    ],
    [
      "an adviser whom only the bot reaches",
      [adviser({ contact: {} }, 1)],
      [
        "advisers.1.contact: the bot is the only way; add a telephone number, a mail address, a chat or a place",
      ],
    ],
    [
      "leave that is over since yesterday",
      [adviser({ leave: [{ from: "2026-11-01", to: "2026-11-20" }] })],
      ["advisers.0.leave.0: is over; take it out"],
    ],
    ["leave that ends today", [adviser({ leave: [{ from: "2026-11-01", to: "2026-11-21" }] })], []],
    [
      "leave of the only one of a route",
      [adviser({ leave: [{ from: "2026-01-01", to: "2026-01-02" }, december] }, 2)],
      [
        "advisers.2.leave.0: is over; take it out",
        "advisers.2.leave.1: nobody of this route is there on some day; name a replacement who is",
      ],
    ],
    ["the same with a replacement", [adviser({ leave: [{ ...december, replacement: "dries" }] }, 2)], []],
    [
      "the same with a replacement who is away on the last day, and has one who is there",
      [
        adviser({ leave: [{ ...december, replacement: "dries" }] }, 2),
        adviser({ leave: [{ from: "2026-12-10", to: "2026-12-10", replacement: "emma" }] }, 3),
        (file) => file.advisers.push({ name: "Emma", route: "three", ...ways }),
      ],
      [],
    ],
    [
      "the same with a replacement who is away too",
      [
        adviser({ leave: [{ ...december, replacement: "dries" }] }, 2),
        adviser({ leave: [{ from: "2026-12-10", to: "2026-12-10" }] }, 3),
      ],
      [
        "advisers.2.leave.0: nobody of this route is there on some day; name a replacement who is",
        "advisers.3.leave.0: nobody of this route is there on some day; name a replacement who is",
      ],
    ],
    ["leave in thirty-one days", [adviser({ leave: [{ from: "2026-12-22", to: "2026-12-23" }] }, 2)], []],
    [
      "leave in thirty days",
      [adviser({ leave: [{ from: "2026-12-21", to: "2026-12-21" }] }, 2)],
      ["advisers.2.leave.0: nobody of this route is there on some day; name a replacement who is"],
    ],
    ["leave while a colleague is there", [leave(december)], []],
    [
      "leave of colleagues that meets on one day",
      [leave(december), adviser({ leave: [{ from: "2026-12-10", to: "2026-12-20" }] }, 1)],
      [
        "advisers.0.leave.0: nobody of this route is there on some day; name a replacement who is",
        "advisers.1.leave.0: nobody of this route is there on some day; name a replacement who is",
      ],
    ],
  ];
  test.each(warnings)("%s", (_what, changes, expected) => {
    expect(told(...changes)).toEqual(expected);
  });

  test("is never a value of the file", () => {
    for (const line of adviserWarnings(accepted(adviser({ name: secret, id: secret, leave: [] })), now))
      expect(line).not.toContain(secret);
  });
});
