import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { DateTime } from "luxon";
import { parse } from "yaml";
import { readContent } from "../bots/content-files.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage } from "../cards/block-kit.ts";
import { plainText } from "../cards/plain-text.ts";
import { helpParts } from "../cards/reading.ts";
import { type Part, viewOf } from "../cards/view.ts";
import { contentLanguages, type Language, parseContent } from "../content/words.ts";
import { dutyRules, helpRules } from "../dialogs/find/guidance.ts";
import { codeOf, collectedOn, faultsIn, neverSaid, sentencesOf, shipped, shippedFiles } from "./shipped.ts";

const content = readContent();

type Bilingual = Readonly<Record<Language, string>>;
/** The files as an editor reads them: what `content` hides is here too. */
const help = parse(shipped("help.yaml")) as Readonly<
  Record<
    string,
    {
      readonly name: Bilingual;
      readonly forWhom: Bilingual;
      readonly contact: readonly (Bilingual & { readonly kind: string; readonly unverified?: true })[];
      readonly hours?: Bilingual;
      readonly cost?: Bilingual;
      readonly source: string;
      readonly checkedOn: string;
    }
  >
>;
const ids = Object.keys(help);
const both = (check: (language: Language) => void) => contentLanguages.forEach(check);
const digits = (text: string) => text.replace(/\D/g, "");
const shown = (parts: readonly Part[]) =>
  plainText(viewOf({ title: "", body: parts, summary: "", privacy: "neutral" }));

describe("every service (P18)", () => {
  test("has a source, and a date that is not in the future of its collection", () => {
    for (const { id, checkedOn } of content.services) {
      expect([id, /^\d{4}-\d\d-\d\d$/.test(checkedOn), checkedOn <= collectedOn]).toEqual([id, true, true]);
      expect(help[id]?.source.trim()).toMatch(/\S/);
    }
    expect(content.services.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test("that the seeds and the issue name is here", () => {
    expect(ids).toEqual(
      expect.arrayContaining([
        ...["112", "113", "politie", "centrum-seksueel-geweld", "slachtofferhulp", "veilig-thuis"],
        ...["huis-voor-klokkenluiders", "juridisch-loket", "mores", "centrum-veilige-sport"],
        ...["vertrouwensinspecteurs", "landelijk-meldpunt-zorg", "igj", "pvp", "cvp", "jeugdstem"],
        ...["tuchtcollege", "discriminatie-nl", "arbeidsinspectie", "fier", "sense", "stop-it-now"],
        ...["huisarts", "de-waag", "luisterlijn", "mind-hulplijn", "kindertelefoon"],
      ]),
    );
  });

  test("has the same numbers and addresses in both languages", () => {
    const addresses = (text: string) => text.match(/[\w-]+\.(nl|info)\b/g) ?? [];
    for (const { contact } of Object.values(help)) {
      for (const { nl, en } of contact) {
        expect(digits(en)).toBe(digits(nl));
        expect(addresses(en)).toEqual(addresses(nl));
      }
    }
  });

  test("draws as many lines in one language as in the other", () => {
    for (const { id } of content.services.filter(({ drawable }) => drawable)) {
      const [nl, en] = contentLanguages.map((language) => {
        const { contact, hours, cost, languages } = content.help(id, language);
        return [contact.length, hours === null, cost === null, languages === null];
      });
      expect(en).toEqual(nl);
    }
  });

  test("is text to copy: no line is a link that an employer's link protection could log", () => {
    both((language) => {
      for (const id of ids) expect(shown(helpParts([id], content, language))).not.toMatch(/:\/\/|www\./);
    });
  });

  test("tells its hours and cost on every channel, where they were verified", () => {
    const told = { title: "", summary: "", privacy: "neutral" } as const;
    for (const { id } of content.services.filter(({ drawable }) => drawable)) {
      const { hours, cost, forWhom } = content.help(id, "en");
      const view = viewOf({ ...told, body: helpParts([id], content, "en") });
      const drawn = [plainText(view), drawCard(view, { surface: "door" }), drawMessage(view)].map((each) =>
        JSON.stringify(each),
      );
      for (const text of [hours, cost, forWhom].filter((each) => each !== null))
        for (const each of drawn) expect(each).toContain(text);
    }
  });

  test("says of a report to the police that it carries a name and cannot be taken back", () => {
    expect(content.help("politie", "nl").forWhom).toMatch(/melding.*aangifte.*altijd met je naam.*Intrekken/);
    expect(content.help("politie", "en").forWhom).toMatch(/always in your name.*cannot take it back/);
  });
});

describe("what nobody verified", () => {
  const unverified = Object.entries(help).flatMap(([id, { contact }]) =>
    contact.filter((line) => line.unverified).map((line) => ({ id, line })),
  );

  test("stands in the file without any number, for an editor to check", () => {
    expect(unverified.length).toBeGreaterThan(5);
    for (const { line } of unverified) both((language) => expect(line[language]).not.toMatch(/\d/));
    for (const id of [
      "fier",
      "sense",
      "stop-it-now",
      "discriminatie-nl",
      "igj",
      "jeugdstem",
      "juridisch-loket",
    ])
      expect(content.services.find((service) => service.id === id)?.unverified).toBeGreaterThan(0);
  });

  test("cannot be drawn, for any service in any language", () => {
    both((language) => {
      for (const id of ids.filter((each) => codeOf(() => content.help(each, language)) === null)) {
        const drawn = shown(helpParts([id], content, language));
        for (const { line } of unverified) expect(drawn).not.toContain(line[language]);
      }
    });
  });

  test("makes a service with nothing else unknown to every screen", () => {
    const lines = [
      "new-service:",
      "  name: { nl: Nieuw, en: New }",
      "  forWhom: { nl: Iedereen, en: Everybody }",
      "  contact: [{ kind: web, nl: nog na te kijken, en: still to be checked, unverified: true }]",
      "  source: nergens",
      "  checkedOn: 2026-11-21",
    ];
    const longer = parseContent({
      ...shippedFiles(),
      "help.yaml": `${shipped("help.yaml")}${lines.join("\n")}\n`,
    });
    expect(longer.services.at(-1)).toMatchObject({ id: "new-service", unverified: 1, drawable: false });
    both((language) => {
      expect(codeOf(() => longer.help("new-service", language))).toBe("missingHelp");
      expect(codeOf(() => helpParts(["new-service"], longer, language))).toBe("missingHelp");
    });
    for (const { id, drawable } of content.services)
      both((language) =>
        expect([id, codeOf(() => content.help(id, language))]).toEqual([id, drawable ? null : "missingHelp"]),
      );
  });
});

describe("code refers only to", () => {
  const sources = globSync("{dialogs,cards,bots}/**/*.ts", {
    cwd: new URL("..", import.meta.url),
  }).map((path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
  const quoted = (text: string) => [...text.matchAll(/"([\w-]+)"/g)].map(([, id]) => id ?? "");

  test("services that can be drawn, where it names them", () => {
    const strings = /\[(?:\s*"[^"]*",?)*\s*\]/.source;
    const lists = new RegExp(
      `\\bhelp: ${strings}|\\bhelpParts\\(${strings}|\\bcontent\\.help\\("[^"]*"|service: "[^"]*"`,
      "g",
    );
    const named = sources.flatMap((text) => [...text.matchAll(lists)].flatMap(([found]) => quoted(found)));
    expect(named).toEqual(expect.arrayContaining(["112", "113", "slachtofferhulp", "veilig-thuis"]));
    both((language) => {
      for (const id of new Set(named))
        expect([id, codeOf(() => content.help(id, language))]).toEqual([id, null]);
    });
  });

  test("services that can be drawn and duties that exist, in the rules of guidance", () => {
    for (const { service } of helpRules)
      if (service) expect([service, codeOf(() => content.help(service, "nl"))]).toEqual([service, null]);
    for (const { duty } of dutyRules)
      expect([duty, codeOf(() => content.duty(duty, "nl"))]).toEqual([duty, null]);
  });
});

describe("as time goes by", () => {
  const always = content.services.filter(({ always }) => always).map(({ id }) => id);
  const day = fc
    .integer({ min: -400, max: 4000 })
    .map(
      (days) => DateTime.fromISO(collectedOn, { zone: "Europe/Amsterdam" }).plus({ days }).toISODate() ?? "",
    );

  test("exactly the services that were checked too long ago are hidden, and never 112", () => {
    expect(always).toContain("112");
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 3000 }), (today, hideAfterDays) => {
        const { hidden } = content.asOf(today, hideAfterDays);
        for (const { id, checkedOn } of content.services) {
          const age = DateTime.fromISO(today).diff(DateTime.fromISO(checkedOn), "days").days;
          expect([id, hidden.has(id)]).toEqual([id, !always.includes(id) && Math.round(age) > hideAfterDays]);
        }
      }),
    );
  });

  test("what never goes out of date names nothing that could, but 112", () => {
    for (const id of always.filter((each) => each !== "112"))
      for (const line of help[id]?.contact ?? []) expect(line.nl).not.toMatch(/\d|\.\w/);
  });

  test("the words and everything else stay the same", () => {
    const later = content.asOf("2027-06-01", 92);
    expect(later.hidden.size).toBeGreaterThan(0);
    expect(later.asOf(collectedOn, 9999).hidden.size).toBe(0);
    expect(content.hidden.size).toBe(0);
    expect(later.help("mores", "nl")).toEqual(content.help("mores", "nl"));
    expect(later.words("en")).toBe(content.words("en"));
    expect(() => content.asOf("soon", 92)).toThrow(RangeError);
  });

  test("of a hidden service there is nothing but its name, to be looked up elsewhere", () => {
    const later = content.asOf("2028-01-01", 92);
    both((language) => {
      const name = (id: string) => content.help(id, language).name;
      const [first, ...below] = helpParts(["mores", "112"], later, language);
      expect([first]).toEqual(helpParts(["112"], content, language));
      expect(below).toEqual(helpParts(["mores"], later, language));
      const [only, ...others] = helpParts(["mores", "politie"], later, language);
      expect(others).toEqual([]);
      expect(only).toMatchObject({ type: "text" });
      const text = shown(only ? [only] : []);
      expect(text).toContain(name("mores"));
      expect(text).toContain(name("politie"));
      for (const line of content.help("mores", language).contact) expect(text).not.toContain(line);
      expect(helpParts([], later, language)).toEqual([]);
    });
  });
});

describe.each(contentLanguages)("the texts of services in %s", (language) => {
  const texts = Object.values(help).flatMap(({ name, forWhom, hours, cost }) =>
    [name, forWhom, hours, cost].flatMap((text) => (text ? [text[language]] : [])),
  );

  test("are short sentences that neither convict nor doubt (P13, P19)", () => {
    expect(texts.filter((text) => neverSaid[language].test(text))).toEqual([]);
    const long = texts.flatMap(sentencesOf).filter((sentence) => sentence.split(/\s+/).length > 18);
    expect(long).toEqual([]);
  });
});

test("no telephone number stands outside help.yaml (P18)", () => {
  const number = /(?:\d[\s().-]*){7,}|\b0\d{2,}|\b11[23]\b/;
  const date = /\d{1,2}-\d{1,2}-\d{4}/g;
  const strings = (value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) => (key === "checkedOn" ? [] : strings(item)));
  };
  expect("Bel 0900-0101").toMatch(number);
  for (const path of Object.keys(shippedFiles())) {
    // People may type a number; the word lists hold what they type, and no screen shows them.
    if (path === "help.yaml" || path.endsWith("lexicon.yaml")) continue;
    const found = strings(parse(shipped(path))).filter((text) => number.test(text.replace(date, "")));
    expect([path, found]).toEqual([path, []]);
  }
});

describe("a mistake in help.yaml is one clear line:", () => {
  const unchecked = 'nl: "Telefoon: nog na te kijken", en: "Telephone: still to be checked"';
  test.each([
    [
      "a number in a line that nobody verified",
      unchecked,
      'nl: "Bel 0800-1234", en: "Call 0800-1234"',
      "igj.contact.1: a line that is not verified shows no number",
    ],
    [
      "a number that differs",
      "Call 0900-8844",
      "Call 0900-8845",
      "politie.contact.0: nl and en have different numbers",
    ],
    ["a way of contact that is none", "kind: whatsapp", "kind: fax", "mores.contact.0.kind: "],
    ["a name in one language", "{ nl: Mores, en: Mores }", "{ nl: Mores }", "mores.name.en: "],
    ["a misspelt field", 'checked", unverified:', 'checked", unverifed:', "igj.contact.1: "],
    [
      "no contact",
      "    - { kind: web, nl: nlarbeidsinspectie.nl, en: nlarbeidsinspectie.nl }\n",
      "",
      "arbeidsinspectie.contact: ",
    ],
    ["a date that is none", "checkedOn: 2026-09-08", "checkedOn: 2026-09-31", "112.checkedOn: "],
  ])("%s", (_, old, now, line) => {
    const faults = faultsIn("help.yaml", (text) => text.replace(old, now));
    expect(faults).toEqual([expect.stringContaining(`help.yaml: ${line}`)]);
  });
});
