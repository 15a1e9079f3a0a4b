import fc from "fast-check";
import { stringify } from "yaml";
import {
  adviser,
  base,
  both,
  changed,
  check,
  contact,
  december,
  type Entry,
  type File,
  faultsOf,
  hours,
  leave,
  named,
  secret,
  week,
} from "./organisation-file.ts";

describe("each of these is one line", () => {
  const mistakes: readonly (readonly [string, (file: File) => unknown, string])[] = [
    ["an id with capitals", adviser({ id: "Anna", leave: [] }), "advisers.0.id: 1 to 40 of a-z, 0-9 and -"],
    [
      "an id given twice",
      adviser({ id: "anna" }, 1),
      "advisers.1.id: two advisers have this id; give one of them another",
    ],
    [
      "a name given twice on routes that may share people",
      adviser({ name: "Bert" }, 3),
      "advisers.3.id: two advisers have this id; give one of them another",
    ],
    [
      "a name that no id can be made of",
      adviser({ name: "فاطمة" }, 3),
      "advisers.3.id: give one: none can be made of this name",
    ],
    [
      "no name",
      adviser({ name: undefined }),
      "advisers.0.name: Invalid input: expected string, received undefined",
    ],
    [
      "no route",
      adviser({ route: undefined }),
      "advisers.0.route: Invalid input: expected string, received undefined",
    ],
    ["an unknown route", adviser({ route: "four" }, 3), "advisers.3.route: is not the id of a route"],
    [
      "an unknown kind",
      adviser({ kind: secret }),
      'advisers.0.kind: Invalid option: expected one of "internal"|"external"',
    ],
    ["a misspelt key", adviser({ adress: secret }), 'advisers.0: Unrecognized key: "adress"'],
    ["a value where a key belongs", adviser({ [secret]: "x" }), "advisers.0: has a key that is not known"],
    ["a key over two lines", adviser({ "a\nb": "x" }), "advisers.0: has a key that is not known"],
    [
      "no advisers",
      (file) => Object.assign(file, { advisers: [] }),
      "advisers: Too small: expected array to have >=1 items",
    ],
    [
      "advisers that are no list",
      (file) => Object.assign(file, { advisers: secret }),
      "advisers: Invalid input: expected array, received string",
    ],
    [
      "more than a hundred advisers",
      (file) => {
        for (let nr = 0; nr < 97; nr += 1) file.advisers.push({ name: `A${nr}`, route: "one" });
      },
      "advisers: Too big: expected array to have <=100 items",
    ],
    ...(["https://example.org/a.png", "data:image/png;base64,AA==", "../a.png", "/a.png", 1] as const).map(
      (picture) =>
        [
          `a picture at ${picture}`,
          adviser({ picture }),
          "advisers.0.picture: the name of a PNG or JPEG file beside this file; never an address",
        ] as const,
    ),
    [
      "a picture that is not there",
      adviser({ picture: "a.png" }),
      "advisers.0.picture: the file cannot be read",
    ],
    [
      "a language that does not exist",
      adviser({ languages: ["nl", "qq"] }),
      "advisers.0.languages.1: is not the code of a language",
    ],
    [
      "a language with a country",
      adviser({ languages: ["nl-NL"] }),
      "advisers.0.languages.0: a language code, such as nl or ar",
    ],
    [
      "a language given twice",
      adviser({ languages: ["nl", "nl"] }),
      "advisers.0.languages: has something twice",
    ],
    [
      "no language at all",
      adviser({ languages: [] }),
      "advisers.0.languages: Too small: expected array to have >=1 items",
    ],
    ["a place given twice", adviser({ places: ["Werf", "werf "] }), "advisers.0.places: has something twice"],
    [
      "a place with two spellings",
      adviser({ places: ["werf"] }, 1),
      "advisers.1.places.0: is written with other capitals at another adviser",
    ],
    [
      "a place with a long name",
      adviser({ places: ["x".repeat(61)] }),
      "advisers.0.places.0: Too big: expected string to have <=60 characters",
    ],
    ...["Anna\nBakker", "Anna\u0007", "\u202eannA"].map(
      (name) =>
        [
          `a name with ${JSON.stringify(name)}`,
          adviser({ name }),
          "advisers.0.name: has a character that cannot be shown",
        ] as const,
    ),
    [
      "words with a control character",
      adviser({ about: { nl: "Dag\u0001", en: "a\nb" } }),
      "advisers.0.about.nl: has a character that cannot be shown",
    ],
    [
      "a place without a name",
      adviser({ places: [" "] }),
      "advisers.0.places.0: Too small: expected string to have >=1 characters",
    ],
    [
      "more than ninety places",
      adviser({ places: Array.from({ length: 91 }, (_, nr) => `Plek ${nr}`) }, 1),
      "advisers: more than 90 places in all",
    ],
    [
      "an unknown audience",
      adviser({ forWhom: ["everybody"] }),
      'advisers.0.forWhom.0: Invalid option: expected one of "employees"|"clients"|"pupils"|"athletes"|"volunteers"',
    ],
    [
      "nobody to be there for",
      adviser({ forWhom: [] }),
      "advisers.0.forWhom: Too small: expected array to have >=1 items",
    ],
    ...(["06-00000000", `${secret}`, "31000000000", "+31 0000", 31_000_000_000, "0000  0000"] as const).map(
      (phone) =>
        [
          `the telephone number ${phone}`,
          contact({ phone }),
          "advisers.0.contact.phone: a telephone number between quotes: + and a country or 0, then digits and spaces",
        ] as const,
    ),
    ["a mail address that is none", contact({ mail: secret }), "advisers.0.contact.mail: a mail address"],
    [
      "a Teams name that is none",
      contact({ teams: secret }),
      "advisers.0.contact.teams: the name to sign in with, such as name@example.org",
    ],
    [
      "a Slack channel for a member",
      contact({ slack: "C0EXAMPLE" }),
      "advisers.0.contact.slack: a member id of Slack; it begins with U or W",
    ],
    ["an unknown way", contact({ fax: secret }), 'advisers.0.contact: Unrecognized key: "fax"'],
    [
      "a chat in Teams without Teams",
      both(
        (file) => Object.assign(file, { tenants: { slack: ["T1"] } }),
        (file) => Object.assign(file.routes[0] ?? {}, { platform: "slack", tenant: "T1" }),
      ),
      "advisers.0.contact.teams: tenants.teams is empty, so nobody can chat there",
    ],
    [
      "a chat in Slack without Slack",
      both(
        (file) => Object.assign(file, { tenants: { teams: ["t1"] } }),
        (file) => {
          for (const route of file.routes)
            Object.assign(route, { platform: "teams", tenant: "t1", serviceUrl: "https://a.example/" });
        },
      ),
      "advisers.0.contact.slack: tenants.slack is empty, so nobody can chat there",
    ],
    [
      "a meeting place in one language of two",
      contact({ inPerson: { nl: secret } }),
      "advisers.0.contact.inPerson.en: missing; languages has it",
    ],
    [
      "their words in one language of two",
      adviser({ about: { en: secret } }),
      "advisers.0.about.nl: missing; languages has it",
    ],
    [
      "a text without languages",
      adviser({ about: secret }),
      "advisers.0.about: Invalid input: expected object, received string",
    ],
    [
      "a language that the bot does not speak",
      adviser({ about: { nl: "a", en: "b", fr: secret } }),
      'advisers.0.about: Unrecognized key: "fr"',
    ],
    [
      "too many words",
      adviser({ about: { nl: "x".repeat(301), en: "b" } }),
      "advisers.0.about.nl: Too big: expected string to have <=300 characters",
    ],
    [
      "words about when in one language of two",
      adviser({ reachable: { text: { nl: secret } } }),
      "advisers.0.reachable.text.en: missing; languages has it",
    ],
    [
      "an unknown day",
      hours({ ...week, days: ["maandag"] }),
      'advisers.0.reachable.hours.0.days.0: Invalid option: expected one of "mon"|"tue"|"wed"|"thu"|"fri"|"sat"|"sun"',
    ],
    [
      "hours on no day",
      hours({ ...week, days: [] }),
      "advisers.0.reachable.hours.0.days: Too small: expected array to have >=1 items",
    ],
    [
      "a time that is none",
      hours({ ...week, from: "9:00" }),
      'advisers.0.reachable.hours.0.from: a time between quotes, such as "09:00"',
    ],
    [
      "a time past midnight",
      hours({ ...week, to: "24:01" }),
      'advisers.0.reachable.hours.0.to: a time between quotes, such as "09:00"',
    ],
    [
      "a day that begins at its end",
      hours({ ...week, from: "24:00" }),
      'advisers.0.reachable.hours.0.from: a time between quotes, such as "09:00"',
    ],
    [
      "hours that end as they begin",
      hours({ ...week, to: "09:00" }),
      "advisers.0.reachable.hours.0.to: must be later than from",
    ],
    [
      "hours past midnight",
      hours({ ...week, from: "22:00", to: "06:00" }),
      "advisers.0.reachable.hours.0.to: must be later than from",
    ],
    [
      "hours that overlap",
      hours(week, { days: ["sun", "mon"], from: "16:59", to: "18:00" }),
      "advisers.0.reachable.hours.1: overlaps other hours on the same day",
    ],
    [
      "a time zone of nowhere",
      adviser({ timeZone: "Europe/Utrecht" }),
      "advisers.0.timeZone: is not a time zone, such as Europe/Amsterdam",
    ],
    [
      "an offset for a time zone",
      adviser({ timeZone: "+01:00" }),
      "advisers.0.timeZone: is not a time zone, such as Europe/Amsterdam",
    ],
    [
      "a day that does not exist",
      leave({ ...december, from: "2026-02-29" }),
      "advisers.0.leave.0.from: a day, such as 2026-12-01",
    ],
    [
      "a day written otherwise",
      leave({ ...december, to: "10-12-2026" }),
      "advisers.0.leave.0.to: a day, such as 2026-12-01",
    ],
    [
      "leave without an end",
      leave({ from: "2026-12-01" }),
      "advisers.0.leave.0.to: a day, such as 2026-12-01",
    ],
    [
      "leave that ends before it begins",
      leave({ from: "2026-12-02", to: "2026-12-01" }),
      "advisers.0.leave.0.to: is before from",
    ],
    [
      "leaves that overlap by a day",
      leave(december, { from: "2026-12-10", to: "2026-12-12" }),
      "advisers.0.leave.1: overlaps another leave of this adviser",
    ],
    [
      "a replacement whom nobody knows",
      leave({ ...december, replacement: "zoe" }),
      "advisers.0.leave.0.replacement: is not the id of an adviser",
    ],
    [
      "a replacement by oneself",
      leave({ ...december, replacement: "anna" }),
      "advisers.0.leave.0.replacement: is the adviser on leave",
    ],
    [
      "replacements in a circle of two",
      both(
        leave({ ...december, replacement: "bert" }),
        adviser({ leave: [{ from: "2026-12-10", to: "2026-12-20", replacement: "anna" }] }, 1),
      ),
      "advisers.1.leave.0.replacement: goes in a circle: on some day each is replaced by another who is away",
    ],
    [
      "replacements in a circle of three, on one day only",
      both(
        leave({ ...december, replacement: "bert" }),
        adviser({ leave: [{ from: "2026-12-10", to: "2026-12-20", replacement: "dries" }] }, 1),
        adviser({ leave: [{ from: "2026-11-01", to: "2026-12-10", replacement: "anna" }] }, 3),
      ),
      "advisers.3.leave.0.replacement: goes in a circle: on some day each is replaced by another who is away",
    ],
    [
      "a replacement from the conflict route",
      leave({ ...december, replacement: "carla" }),
      "advisers.0.leave.0.replacement: brings together advisers of the default and the conflict route: a report about one could reach the other",
    ],
    [
      "a replacement on the conflict route",
      adviser({ leave: [{ ...december, replacement: "bert" }] }, 2),
      "advisers.2.leave.0.replacement: brings together advisers of the default and the conflict route: a report about one could reach the other",
    ],
    [
      "one who stands in for both sides",
      both(
        leave({ ...december, replacement: "dries" }),
        adviser({ leave: [{ from: "2027-03-01", to: "2027-03-02", replacement: "dries" }] }, 2),
      ),
      "advisers.2.leave.0.replacement: brings together advisers of the default and the conflict route: a report about one could reach the other",
    ],
    [
      "a replacement that reaches the conflict route by way of a third",
      both(
        adviser({ leave: [{ ...december, replacement: "carla" }] }, 3),
        leave({ ...december, replacement: "dries" }),
      ),
      "advisers.3.leave.0.replacement: brings together advisers of the default and the conflict route: a report about one could reach the other",
    ],
    [
      "one person on both sides",
      adviser({ name: "bert" }, 2),
      "advisers: the same name stands on the default and the conflict route",
    ],
    [
      "one mailbox on both sides",
      adviser({ contact: { mail: "Anna@example.org" } }, 2),
      "advisers: the same mail address stands on the default and the conflict route",
    ],
    [
      "one telephone on both sides",
      adviser({ contact: { phone: "0000000000" } }, 2),
      "advisers: the same telephone number stands on the default and the conflict route",
    ],
    [
      "one telephone on both sides, written in two ways",
      both(contact({ phone: "0031 000000000" }), adviser({ contact: { phone: "+31 000 000 000" } }, 2)),
      "advisers: the same telephone number stands on the default and the conflict route",
    ],
    [
      "a mailbox of the conflict route that somebody of a third route reads",
      both(
        adviser({ contact: { mail: "post@example.org" } }, 2),
        adviser({ contact: { mail: "post@example.org" } }, 3),
      ),
      "advisers: the same mail address stands on the conflict route and, for somebody else, on another",
    ],
    [
      "one Slack member on both sides",
      adviser({ contact: { slack: "U0ANNA" } }, 2),
      "advisers: the same Slack member stands on the default and the conflict route",
    ],
    [
      "one Teams name on both sides",
      adviser({ contact: { teams: "anna@example.org" } }, 2),
      "advisers: the same name in Teams stands on the default and the conflict route",
    ],
    [
      "help that is hidden too soon",
      (file) => Object.assign(file, { helpDirectory: { hideAfterDays: 91 } }),
      "helpDirectory.hideAfterDays: Too small: expected number to be >=92",
    ],
    [
      "help that is never hidden",
      (file) => Object.assign(file, { helpDirectory: { hideAfterDays: 3651 } }),
      "helpDirectory.hideAfterDays: Too big: expected number to be <=3650",
    ],
    [
      "an unknown setting of the directory",
      (file) => Object.assign(file, { helpDirectory: { [secret]: 1 } }),
      "helpDirectory: has a key that is not known",
    ],
    [
      "numbers that would tell of somebody",
      (file) => Object.assign(file, { statistics: { threshold: 4 } }),
      "statistics.threshold: Too small: expected number to be >=5",
    ],
    [
      "numbers of which none would be shown",
      (file) => Object.assign(file, { statistics: { threshold: 51 } }),
      "statistics.threshold: Too big: expected number to be <=50",
    ],
    [
      "checks that are kept too short",
      (file) => Object.assign(file, { retention: { checkDays: 199 } }),
      "retention.checkDays: Too small: expected number to be >=200",
    ],
    [
      "checks that are kept too long",
      (file) => Object.assign(file, { retention: { checkDays: 3651 } }),
      "retention.checkDays: Too big: expected number to be <=3650",
    ],
    ["access that is no list", check(secret), "check: Invalid input: expected object, received string"],
    ["access with a misspelt key", check({ mya: "everyone" }), 'check: Unrecognized key: "mya"'],
    ...[secret, 1, null, true].map(
      (may) =>
        [
          `a right of ${JSON.stringify(may)}`,
          check({ may }),
          "check.may: everyone, nobody, or lists of people and members",
        ] as const,
    ),
    [
      "a right that is a list",
      check({ compare: [named.slack] }),
      "check.compare: Invalid input: expected object, received array",
    ],
    [
      "a right with a misspelt key",
      check({ may: { persons: [] } }),
      'check.may: Unrecognized key: "persons"',
    ],
    [
      "a right with a value where a key belongs",
      check({ may: { [secret]: [] } }),
      "check.may: has a key that is not known",
    ],
    [
      "a right of nobody that does not say so",
      check({ compare: {} }),
      "check.compare: names nobody; give people or members, or write nobody",
    ],
    [
      "no people",
      check({ may: { people: [], members: [named.team] } }),
      "check.may.people: Too small: expected array to have >=1 items",
    ],
    [
      "no members",
      check({ may: { people: [named.teams], members: [] } }),
      "check.may.members: Too small: expected array to have >=1 items",
    ],
    [
      "more than five hundred people",
      check({
        may: { people: Array.from({ length: 501 }, (_, nr) => ({ ...named.slack, user: `U0A${nr}` })) },
      }),
      "check.may.people: Too big: expected array to have <=500 items",
    ],
    [
      "more than twenty groups",
      check({
        may: { members: Array.from({ length: 21 }, (_, nr) => ({ ...named.private, channel: `C0A${nr}` })) },
      }),
      "check.may.members: Too big: expected array to have <=20 items",
    ],
    [
      "a person of an unknown platform",
      check({ may: { people: [{ ...named.teams, platform: secret }] } }),
      "check.may.people.0.platform: an entry of teams or of slack",
    ],
    [
      "a person that is an id alone",
      check({ may: { people: ["U0ANNA"] } }),
      "check.may.people.0: an entry of teams or of slack",
    ],
    ...["anna@example.org", "anna", "28:bot", "29:", "29:a b", "29:a/b", "..", "U0ANNA", ""].map(
      (user) =>
        [
          `a person in Teams named ${JSON.stringify(user)}`,
          check({ may: { people: [{ ...named.teams, user }] } }),
          "check.may.people.0.user: a person's object id in Microsoft Entra, or the bot's own id for them, which begins with 29:",
        ] as const,
    ),
    ...["29:anna", "C0ANNA", "@anna", named.teams.user, 1].map(
      (user) =>
        [
          `a person in Slack named ${JSON.stringify(user)}`,
          check({ compare: { people: [{ ...named.slack, user }] } }),
          "check.compare.people.0.user: a member id of Slack; it begins with U or W",
        ] as const,
    ),
    [
      "a person with more about them",
      check({ may: { people: [{ ...named.slack, name: "Anna" }] } }),
      'check.may.people.0: Unrecognized key: "name"',
    ],
    [
      "a person of another tenant",
      check({ may: { people: [named.slack, { ...named.teams, tenant: secret }] } }),
      "check.may.people.1.tenant: is not among tenants.teams",
    ],
    [
      "a person named twice, in other capitals",
      check({
        may: { people: [named.teams, { ...named.teams, user: named.teams.user.toLowerCase() }] },
      }),
      "check.may.people.1.user: two entries are the same person",
    ],
    ...["S0GROUP", "D0ANNA", "managers", "19:a", "c0managers"].map(
      (channel) =>
        [
          `members of ${channel} in Slack`,
          check({ may: { members: [{ ...named.private, channel }] } }),
          "check.may.members.0.channel: the id of a private channel in Slack; it begins with C or G",
        ] as const,
    ),
    ...["19:a;messageid=1", "19:a/b", "..", "19:a?b", "", "a b"].map(
      (channel) =>
        [
          `members of ${JSON.stringify(channel)} in Teams`,
          check({ may: { members: [{ ...named.team, channel }] } }),
          "check.may.members.0.channel: the id of a channel in Teams, without a thread",
        ] as const,
    ),
    ...[undefined, secret].map(
      (serviceUrl) =>
        [
          `members in Teams with ${serviceUrl} for a service`,
          check({ may: { members: [{ ...named.team, serviceUrl }] } }),
          "check.may.members.0.serviceUrl: a Teams channel needs one",
        ] as const,
    ),
    [
      "a service for Slack",
      check({ may: { members: [{ ...named.private, serviceUrl: "https://a.example/" }] } }),
      'check.may.members.0: Unrecognized key: "serviceUrl"',
    ],
    [
      "members of another workspace",
      check({ compare: { members: [{ ...named.private, tenant: "T2" }] } }),
      "check.compare.members.0.tenant: is not among tenants.slack",
    ],
    [
      "members named twice",
      check({ may: { members: [named.team, { ...named.team, serviceUrl: "https://b.example/" }] } }),
      "check.may.members.1.channel: two entries are the same channel",
    ],
    [
      "the advisers of a route in Slack",
      check({ compare: { members: [{ ...named.private, channel: "C2" }] } }),
      "check.compare.members.0.channel: is the channel of a route; who reads reports is no reason to have a say here",
    ],
    [
      "the advisers of a route in Teams, by way of another address",
      check({ may: { members: [{ ...named.team, channel: "19:a", serviceUrl: "https://b.example/" }] } }),
      "check.may.members.0.channel: is the channel of a route; who reads reports is no reason to have a say here",
    ],
  ];

  test.each(mistakes)("%s", (_what, change, line) => {
    expect(faultsOf(changed(change))).toEqual([line]);
    expect(line).not.toContain(secret);
  });

  test.each([
    ["no YAML", `name: [${secret}`],
    ["a key twice", `advisers: 1\nadvisers: ${secret}`],
    ["a tab for spaces", `name:\n\t- ${secret}`],
    ["an alias of nothing", `name: *${secret}`],
    [
      "an alias that repeats without end",
      `a: &a [x, x, x]\nb: &b [${"*a,".repeat(99)}]\nc: [${"*b,".repeat(99)}]`,
    ],
  ])("%s", (_what, text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^the file is not YAML( \(line \d+\))?$/)]);
  });

  test("and two mistakes are two", () => {
    expect(faultsOf(changed(both(adviser({ kind: secret }), adviser({ forWhom: [] }, 1))))).toHaveLength(2);
    expect(
      faultsOf(
        changed(
          both(
            leave({ ...december, replacement: "zoe" }),
            adviser({ leave: [{ ...december, replacement: "bert" }] }, 1),
          ),
        ),
      ),
    ).toHaveLength(2);
  });
});

describe("whatever is wrong", () => {
  /** Where something stands in the file, every key and every item. */
  const spots = (value: unknown, path: readonly string[] = []): (readonly string[])[] => {
    if (typeof value !== "object" || value === null) return [path];
    return [path, ...Object.entries(value).flatMap(([key, inner]) => spots(inner, [...path, key]))];
  };
  const put = (file: unknown, path: readonly string[], value: unknown): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return value;
    const copy: Entry = Array.isArray(file) ? (Object.assign([], file) as never) : { ...(file as Entry) };
    copy[key] = put(copy[key], rest, value);
    return copy;
  };
  const wrong = fc.constantFrom<unknown>(
    secret,
    `${secret}\n${secret}`,
    `\u2028${secret}`,
    8177,
    -8177.5,
    null,
    [secret],
    [],
    {},
    { [secret]: secret },
    { [`x\n${secret}`]: 1 },
    { nl: secret },
    { __proto__: null, constructor: secret },
    `${secret}@example.org`,
    "0000-00-00",
  );
  const fair = (told: readonly string[]) => {
    for (const line of told) {
      expect(line).toMatch(
        /^[A-Za-z\d.]+( [a-zA-Z ]+)?( \(line \d+\))?: .+$|^the file is not YAML( \(line \d+\))?$/,
      );
      expect(line).not.toMatch(/[\n\r\u2028]/);
      expect(line).not.toContain("8d1f77");
      expect(line).not.toContain("8177");
      expect(line.length).toBeLessThan(200);
    }
  };

  test("at one spot, each fault is one line and quotes nothing", () => {
    const file = base();
    check({
      may: { people: [named.teams, named.slack], members: [named.team, named.private] },
      compare: { people: [named.slack] },
    })(file);
    expect(faultsOf(stringify(file))).toEqual([]);
    const all = spots(file);
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...all), wrong, (path, value) => {
        const told = faultsOf(stringify(put(file, path, value)));
        if (told.length > 0) refused += 1;
        fair(told);
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test("in the text itself, each fault is one line and quotes nothing", () => {
    const text = stringify(base());
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(60),
        fc.constantFrom(
          "",
          secret,
          `: ${secret}`,
          `\n${secret}: `,
          `"${secret}`,
          `{${secret}`,
          "- ",
          "\t",
          "*",
          "&a ",
        ),
        (at, cut, insert) => fair(faultsOf(text.slice(0, at) + insert + text.slice(at + cut))),
      ),
      { numRuns: 500 },
    );
  });
});
