import fc from "fast-check";
import { sampleFound } from "../bots/tools/gallery/sample-advisers.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawModal } from "../cards/block-kit.ts";
import { advisersOffered } from "../cards/found.ts";
import { longestCopy } from "../cards/found-copy.ts";
import type { AdviserView, Found, Way } from "../cards/found-view.ts";
import { plainText } from "../cards/plain-text.ts";
import { drawDoor, drawReporter, MissingFacts, type ReporterFacts } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import { Press } from "../dialogs/core/event.ts";
import { type Screen, topics } from "../dialogs/core/screen.ts";
import { audiences, type Fits } from "../dialogs/find/advisers.ts";
import type { Because } from "../dialogs/find/guidance.ts";
import { placeOption, sectors } from "../dialogs/find/situation.ts";
import { faultsIn } from "./fakes/card-parser.ts";
import { Modal } from "./fakes/slack/limits.ts";
import { shown } from "./fakes/slack/shown.ts";
import { wordsOn } from "./fakes/teams-client.ts";
import { at, canary, checkView, content, everything, keys } from "./views.ts";

const ways = keys({
  bot: true,
  phone: true,
  mail: true,
  inPerson: true,
  teamsChat: true,
  slackChat: true,
} satisfies Record<Way, true>);
const fits = keys({
  audience: true,
  place: true,
  language: true,
  way: true,
  external: true,
} satisfies Record<Fits, true>);
const becauses = keys({
  recentSexual: true,
  sexual: true,
  home: true,
  care: true,
  childInCare: true,
  education: true,
  sport: true,
  culture: true,
  discrimination: true,
  wrongdoing: true,
  ownBehaviour: true,
  victim: true,
  law: true,
  crime: true,
  young: true,
  employerDuty: true,
} satisfies Record<Because, true>);
const firsts = ["urgent", "aboutAdviser", "wished", "fits", "nobodyAvailable"] as const;
const services = content.services.filter(({ drawable }) => drawable).map(({ id }) => id);
const duties = content.duties.map(({ id }) => id);

const anna: AdviserView = {
  id: "anna",
  name: `Anna ${canary}`,
  kind: "internal",
  audiences: ["employees"],
  because: ["audience", "way"],
  languages: ["nl", "ar"],
  places: [`Stadhuis ${canary}`],
  about: `Kom gerust langs. ${canary}`,
  reachable: { state: "now", until: at },
  reachableText: `Ook 's avonds ${canary}`,
  standsInFor: `Bea ${canary}`,
  ways: [
    { way: "bot", address: null, url: null },
    { way: "phone", address: `030 000 00 01 ${canary}`, url: "tel:0300000001" },
  ],
  picture: null,
};
const sam: AdviserView = { ...anna, id: "sam", name: "Sam", kind: "external" };

const found = sampleFound({ advisers: [anna, sam] });

const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Anna, Sam",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh",
  places: {},
  sector: "government",
  found,
};

const of = { flow: "find", draft: "draft", answers: {} } as const;
const outcome = { type: "outcome", ...of, note: null } as const;
const adviser = (id: string | null) => ({ type: "adviser", ...of, adviser: id }) as const;
const copy = { type: "copy", ...of } as const;
const dutiesPage = { type: "duties", ...of } as const;
const modal = { title: "Vertrouwd", close: "Sluiten" };

const textIn = (view: View) => {
  const [input] = view.inputs;
  return input?.type === "text" ? (input.value ?? "") : "";
};
/** Where each of these stands in the view, in plain text; all must be there. */
const places = (view: View, ...texts: readonly string[]) => {
  const all = plainText(view);
  for (const text of texts) expect(all).toContain(text);
  return texts.map((text) => all.indexOf(text));
};
const inOrder = (numbers: readonly number[]) => expect(numbers).toEqual([...numbers].sort((a, b) => a - b));

describe.each(contentLanguages)("where looking for help leads, in %s", (language) => {
  const words = content.words(language);
  const room = (screen: Screen, change: Partial<Found> = {}, more: Partial<ReporterFacts> = {}) =>
    drawReporter(screen, { ...facts, found: { ...found, ...change }, ...more }, content, language);
  const service = (id: string) => content.help(id, language);
  const name = (id: string) => service(id).name;
  const does = (view: View) => view.buttons.map(({ press }) => press?.do);

  test("has words for every way, reason, and state", () => {
    for (const way of ways) expect(words.say(`found.ways.${way}.reveals`)).not.toBe("");
    for (const why of fits) expect(words.say(`found.fits.${why}`)).not.toBe("");
    for (const why of becauses) expect(words.say(`found.because.${why}`)).not.toBe("");
    for (const why of firsts) expect(words.say(`found.first.${why}`)).not.toBe("");
    for (const reachable of [
      { state: "now", until: at },
      { state: "later", from: at },
      { state: "away", until: at },
      { state: "unstated" },
    ] as const) {
      checkView(room(adviser("anna"), { advisers: [{ ...anna, reachable }] }), Press, 3);
    }
  });

  test("puts the advisers first, the best of them in full, and always a way outside", () => {
    const view = room(outcome);
    inOrder(
      places(
        view,
        "Anna",
        "030 000 00 01",
        "Sam",
        words.say("found.outcome.outside"),
        name("slachtofferhulp"),
      ),
    );
    expect(plainText(view).split("030 000 00 01")).toHaveLength(2);
    checkView(view, Press, 5);
  });

  test.each(firsts)("puts help outside first and says so: %s", (outsideFirst) => {
    const view = room(outcome, { outsideFirst });
    expect(view.body[0]).toEqual({
      type: "text",
      text: words.say(`found.first.${outsideFirst}`),
      tone: "strong",
    });
    inOrder(places(view, words.say(`found.first.${outsideFirst}`), name("slachtofferhulp"), "Anna"));
    // The eye is not drawn away from what comes first.
    expect(view.buttons.map(({ style }) => style)).not.toContain("primary");
  });

  test("says once and calmly that nobody is there, and when somebody will be", () => {
    const nobody = (change: Partial<Found>) => room(outcome, { advisers: [], ...change });
    const away = nobody({ nobody: "away", backOn: at, outsideFirst: "nobodyAvailable" });
    // Half past midnight in Amsterdam: already the new year.
    const newYear = language === "nl" ? /vrijdag 1 januari 2027/ : /Friday,? 1 January 2027/;
    expect(away.body[0]).toMatchObject({ tone: "strong", text: expect.stringMatching(newYear) });
    expect(plainText(away)).not.toContain(words.say("found.first.nobodyAvailable"));
    for (const reason of ["away", "noneFits", "aboutAdviser"] as const) {
      const told = words.say(`found.nobody.${reason}`);
      for (const outsideFirst of ["nobodyAvailable", "aboutAdviser", "urgent"] as const) {
        const view = nobody({ nobody: reason, outsideFirst });
        expect(plainText(view).split(told)).toHaveLength(2);
        expect(does(view)).not.toContain("adviser");
        checkView(view, Press, 4);
      }
    }
  });

  test("asks whom to contact only where there is a choice", () => {
    expect(room(outcome).inputs).toMatchObject([
      {
        type: "choice",
        id: "adviser",
        value: "anna",
        options: [{ value: "anna" }, { value: "sam", label: "Sam" }],
      },
    ]);
    expect(room(outcome).buttons[0]?.press).toEqual({ do: "adviser", draft: "draft" });
    const one = room(outcome, { advisers: [anna] });
    expect(one.inputs).toEqual([]);
    expect(one.buttons[0]?.press).toEqual({ do: "adviser", draft: "draft", adviser: "anna" });
    const many = room(outcome, {
      advisers: Array.from({ length: 100 }, (_, nr) => ({ ...anna, id: `${nr}` })),
    });
    expect(many.inputs).toMatchObject([{ shape: "dropdown", value: "0" }]);
    expect(many.inputs.flatMap((input) => ("options" in input ? input.options : []))).toHaveLength(
      advisersOffered,
    );
    expect(plainText(many)).toContain(words.say("found.outcome.more"));
  });

  test("draws one or two services in full, and gives the others a line with what they are for", () => {
    const id = "huis-voor-klokkenluiders";
    const named = `${name(id)}: ${words.say("found.because.wrongdoing")}. ${service(id).contact[0]}`;
    for (const [outsideFirst, inFull] of [
      [null, 1],
      ["urgent", 1],
      ["wished", 2],
    ] as const) {
      const view = room(outcome, { outsideFirst });
      expect(view.body.filter(({ type }) => type === "help")).toHaveLength(inFull);
      expect(plainText(view)).toContain(named);
    }
  });

  test("asks not to choose the person it is about, wherever it may be about an adviser (P9)", () => {
    const careful = words.say("found.outcome.aboutAdviser");
    for (const outsideFirst of [...firsts, null]) {
      for (const aboutAdviser of ["yes", "unsure", "no"]) {
        const view = room({ ...outcome, answers: { aboutAdviser } }, { outsideFirst });
        if (aboutAdviser === "no") expect(plainText(view)).not.toContain(careful);
        else inOrder(places(view, careful, "Anna"));
      }
    }
    const view = room(
      { ...outcome, answers: { aboutAdviser: "yes" } },
      { advisers: [], nobody: "aboutAdviser" },
    );
    expect(plainText(view)).not.toContain(careful);
  });

  test("tells who worries about what they did to stop and to leave the other alone, before anything else", () => {
    const first = (forWhom: string) => room({ ...outcome, answers: { forWhom } }).body[0];
    expect(first("own")).toMatchObject({ text: words.say("found.outcome.own") });
    expect(first("me")).not.toMatchObject({ text: words.say("found.outcome.own") });
  });

  test("names what is asked of who was told something, after what helps; the rest is a page away", () => {
    const duties = ["careViolence", "vim", "careCalamity"];
    const view = room(outcome, { duties, outsideFirst: "urgent" });
    const named = content.duty("careViolence", language);
    const asked = words.say("found.outcome.duties");
    inOrder(places(view, name("slachtofferhulp"), asked, named.name, "Anna"));
    expect(view.buttons.map(({ press }) => press)).toContainEqual({ do: "duties", draft: "draft" });
    const page = room(dutiesPage, { duties });
    for (const id of duties) {
      const duty = content.duty(id, language);
      inOrder(places(page, duty.name, ...duty.steps, ...duty.exceptions, duty.source));
    }
    checkView(page, Press, 4);
    expect(plainText(room(outcome))).not.toContain(asked);
  });

  test("shows nothing that was checked too long ago, and then still a way outside (P18)", () => {
    const old = content.asOf("2036-01-01", 92);
    const view = drawReporter(outcome, facts, old, language);
    expect(plainText(view)).not.toContain(service("slachtofferhulp").contact[0]);
    expect(plainText(view)).toContain(service("112").contact[0]);
    const text = textIn(drawReporter(copy, facts, old, language));
    expect(text).toContain(service("112").contact[0]);
    expect(text).not.toContain(name("slachtofferhulp"));
    const asked = drawReporter(
      { type: "service", service: "politie", draftWaiting: false },
      facts,
      old,
      language,
    );
    expect(plainText(asked)).not.toContain(service("politie").contact[0]);
    expect(plainText(asked)).toContain(service("112").contact[0]);
  });

  test("names a service that may not be missed, when its details are too old to show (P8)", () => {
    const id = "centrum-seksueel-geweld";
    const old = { ...content, hidden: new Set([id]) };
    const help = [{ service: id, because: "recentSexual" } as const, ...found.help];
    const view = drawReporter(outcome, { ...facts, found: { ...found, help } }, old, language);
    inOrder(places(view, name(id), name("slachtofferhulp")));
    for (const line of service(id).contact) expect(plainText(view)).not.toContain(line);
    expect(textIn(drawReporter(copy, { ...facts, found: { ...found, help } }, old, language))).not.toContain(
      name(id),
    );
  });

  describe("an adviser's page", () => {
    test("has every way with what it reveals, and a report that begins with what was chosen", () => {
      const all = ways.map((way) => ({ way, address: way === "phone" ? "030 000 00 01" : null, url: null }));
      const view = room(adviser("sam"), { advisers: [anna, { ...sam, ways: all }] });
      for (const way of ways) {
        expect(view.body).toContainEqual(
          expect.objectContaining({
            type: "contact",
            label: words.say(`found.ways.${way}.label`),
            reveals: words.say(`found.ways.${way}.reveals`),
          }),
        );
      }
      expect(view.buttons[0]?.press).toEqual({ do: "start", flow: "report", from: "draft", to: "sam" });
      expect(plainText(view)).toContain(words.say("found.carries").split(".")[0]);
      expect(does(view)).toEqual(["start", "resume", "menu", "language"]);
      checkView(view, Press, 4);
    });

    test("tells languages by name and the adviser's own words as a quote", () => {
      const view = room(adviser("anna"));
      expect(plainText(view)).toContain(language === "nl" ? "Nederlands, Arabisch" : "Dutch, Arabic");
      expect(view.body).toContainEqual(expect.objectContaining({ type: "quote", text: anna.about }));
    });

    test("without the bot among the ways has no button to write", () => {
      const view = room(adviser("sam"), { advisers: [{ ...sam, ways: anna.ways.slice(1) }] });
      expect(does(view)).toEqual(["resume", "menu", "language"]);
      expect(plainText(view)).not.toContain(words.say("found.carries").split(".")[0]);
    });

    test("without a name is the best one's; of somebody who is gone, the outcome with a note", () => {
      expect(room(adviser(null))).toEqual(room(adviser("anna")));
      expect(room(adviser("gone"))).toEqual(room({ ...outcome, note: "oldButton" }));
      expect(room(adviser(null), { advisers: [] }).note).toBe(words.say("common.notes.oldButton"));
    });

    test("counts places that are too many to read", () => {
      const many = Array.from({ length: 90 }, (_, nr) => `Plaats ${nr}`);
      const text = plainText(room(adviser("sam"), { advisers: [{ ...sam, places: many }] }));
      expect(text).toContain(`Plaats 4, ${words.say("found.adviser.others", { count: 85 })}`);
    });
  });

  describe("the text to copy", () => {
    const fixed = ["heading", "outside", "more"].map((key) => words.say(`found.copy.${key}`));

    test("has every service and adviser with their lines, in the order of the outcome", () => {
      const text = textIn(room(copy));
      for (const { service: id } of found.help)
        for (const line of [name(id), ...service(id).contact]) expect(text).toContain(line);
      expect(text).toContain(`${words.say("found.ways.phone.label")}: 030 000 00 01`);
      expect(text.indexOf("Anna")).toBeLessThan(text.indexOf(name("slachtofferhulp")));
      const urgent = textIn(room(copy, { outsideFirst: "urgent" }));
      expect(urgent.indexOf("Anna")).toBeGreaterThan(urgent.indexOf(name("slachtofferhulp")));
    });

    test("says nothing of what happened: names, ways and a few fixed words only", () => {
      const help = services.slice(0, 5).map((id) => ({ service: id, because: "recentSexual" as const }));
      const known = new Set([
        ...fixed,
        words.say("found.copy.inside", { organisation: facts.organisation }),
        ...help.flatMap(({ service: id }) => [name(id), ...service(id).contact]),
        ...[anna, sam].flatMap((one) => [
          one.name,
          one.reachableText,
          `${words.say("found.ways.phone.label")}: ${one.ways[1]?.address}`,
        ]),
      ]);
      const lines = textIn(room(copy, { help, duties: ["careViolence"], outsideFirst: "urgent" })).split(
        "\n",
      );
      expect(lines.filter((line) => line !== "" && !known.has(line))).toEqual([]);
      for (const text of fixed) expect(text).not.toMatch(/seks|sex|geweld|violence|misbruik|abuse/i);
    });

    test("leaves out whole entries only, and no service for an adviser after the third; and says that there is more", () => {
      const entry = (nr: number) => [`Naam ${nr}.`, `${words.say("found.ways.phone.label")}: nummer ${nr}.`];
      const advisers = Array.from({ length: 100 }, (_, nr): AdviserView => {
        const [own = "", phone = ""] = entry(nr);
        const ways = [{ way: "phone", address: phone.split(": ")[1] ?? "", url: null }] as const;
        return { ...sam, id: `${nr}`, name: own, ways, reachableText: null };
      });
      const text = textIn(room(copy, { advisers }));
      expect(text.length).toBeLessThanOrEqual(longestCopy);
      expect(text.endsWith(words.say("found.copy.more"))).toBe(true);
      const kept = advisers.filter(({ id }) => text.includes(entry(Number(id)).join("\n")));
      expect(kept.length).toBeGreaterThan(3);
      expect(text.match(/Naam/g)).toHaveLength(kept.length);
      for (const { service: id } of found.help)
        for (const line of service(id).contact) expect(text).toContain(line);
      expect(textIn(room(copy))).not.toContain(words.say("found.copy.more"));
    });

    test("stands in a field that can be selected, with the ways back", () => {
      expect(room(copy).inputs).toMatchObject([
        { type: "text", id: "copy", multiline: true, maxLength: longestCopy },
      ]);
      expect(does(room(copy))).toEqual(["resume", "menu", "language"]);
    });
  });

  test("is private, and leaves nothing at the door: no name, number, own words, service or duty (P2, P9)", () => {
    for (const screen of [outcome, { ...outcome, note: "oldButton" } as const, adviser("anna"), copy]) {
      const everythingFound = { ...facts, found: { ...found, duties: ["careViolence"] } };
      const inside = drawReporter(screen, everythingFound, content, language);
      expect(inside.privacy).toBe("private");
      expect(everything(inside)).toContain(canary);
      const door = drawDoor(screen, everythingFound, content, language);
      checkView(door, Press, 2);
      expect([door.privacy, door.inputs]).toEqual(["neutral", []]);
      for (const text of [
        canary,
        "Sam",
        name("slachtofferhulp"),
        content.duty("careViolence", language).name,
      ])
        expect(everything(door)).not.toContain(text);
      expect(door.buttons[0]?.press).toEqual({ do: "resume" });
      expect([inside.summary, door.summary]).toEqual(Array(2).fill(words.say("common.summary.waiting")));
    }
  });

  test("cannot be drawn without what was found; its door can", () => {
    const { found: _, ...bare } = facts;
    for (const screen of [outcome, adviser("anna"), copy]) {
      expect(() => drawReporter(screen, bare, content, language)).toThrow(MissingFacts);
      expect(() => drawDoor(screen, bare, content, language)).not.toThrow();
    }
  });

  describe("what there is to know", () => {
    test("is a list of all subjects, the same at the door", () => {
      for (const guideOpen of [true, false]) {
        const view = room({ type: "topics", guideOpen });
        const listed = view.buttons.flatMap(({ press }) => (press?.do === "topic" ? [press.topic] : []));
        expect(listed).toEqual(topics);
        expect(does(view)).toContain(guideOpen ? "resume" : "language");
        expect(does(view)).toContain("menu");
        checkView(view, Press, 6);
        expect(drawDoor({ type: "topics", guideOpen }, facts, content, language)).toEqual(view);
      }
    });

    test.each(topics)("is told whole, with the way back: %s", (topic) => {
      for (const guideOpen of [true, false]) {
        const view = room({ type: "topic", topic, guideOpen });
        expect(view.privacy).toBe("neutral");
        const points = view.body.flatMap((part) =>
          part.type === "list" ? part.items : part.type === "heading" ? [part.text] : [],
        );
        const counted = Array.from({ length: 30 }, (_, nr) => `topics.${topic}.p${nr + 1}`).filter(words.has);
        expect(points).toEqual(counted.flatMap((key) => words.say(key).split("\n")));
        expect(points.length).toBeGreaterThan(0);
        expect(does(view)).toEqual([...(guideOpen ? ["resume"] : []), "topics", "menu", "language"]);
        checkView(view, Press, 3);
      }
    });

    test("says of secrecy what holds in the organisation's sector, and of nothing else", () => {
      for (const sector of sectors) {
        const [own = ""] = words.say(`topics.secrecy.sector.${sector}`).split("\n");
        const page = (topic: (typeof topics)[number]) =>
          plainText(room({ type: "topic", topic, guideOpen: false }, {}, { sector }));
        expect(page("secrecy")).toContain(own);
        expect(page("firstTalk")).not.toContain(own);
      }
    });
  });

  test.each(services)("a service asked for by name is told with the emergency number: %s", (id) => {
    for (const draftWaiting of [true, false]) {
      const view = room({ type: "service", service: id, draftWaiting });
      for (const line of service(id).contact) expect(plainText(view)).toContain(line);
      expect(plainText(view).split(service("112").contact[0] ?? "?")).toHaveLength(2);
      expect(does(view)).toEqual([...(draftWaiting ? ["resume"] : []), "start", "menu", "language"]);
      expect(view.privacy).toBe("neutral");
      checkView(view, Press, 3);
    }
  });

  describe("the question where somebody works", () => {
    const asked = (count: number): Screen => ({
      type: "question",
      flow: "find",
      draft: "draft",
      question: "place",
      kind: "choice",
      options: Array.from({ length: count }, (_, nr) => placeOption(nr)),
      oneTap: false,
      help: [],
      skippable: true,
      canGoBack: true,
      maxLength: 0,
      given: null,
      step: { nr: 8, of: 8 },
      note: null,
    });
    const named = (count: number): Partial<ReporterFacts> => ({
      places: Object.fromEntries(
        Array.from({ length: count }, (_, nr) => [placeOption(nr), `Plaats *${nr}*`]),
      ),
    });

    test("has the organisation's own places as options, in the room and at the door", () => {
      const view = room(asked(3), {}, named(3));
      expect(view.inputs).toMatchObject([
        { options: [{ label: "Plaats *0*" }, {}, { label: "Plaats *2*" }] },
      ]);
      checkView(view, Press, 5);
      const door = drawDoor(asked(3), { ...facts, ...named(3) }, content, language);
      expect(door.body).toContainEqual({
        type: "list",
        items: [0, 1, 2].map((nr) => `Plaats *${nr}*`),
        numbered: true,
      });
    });

    test("fits with as many as an organisation may have", () => {
      const view = room(asked(90), {}, named(90));
      expect(drawCard(view, { surface: "room" }).type).toBe("AdaptiveCard");
      Modal.parse(drawModal(view, modal));
      const door = drawDoor(asked(90), { ...facts, ...named(90) }, content, language);
      expect(everything(door)).not.toContain("Plaats");
      expect(drawCard(door, { surface: "door" }).type).toBe("AdaptiveCard");
    });
  });

  test("fits on both platforms, whatever an organisation may write and however many advisers it has", () => {
    fc.assert(
      fc.property(anyFound, (one) => {
        const all: ReporterFacts = { ...facts, found: one, organisation: "O".repeat(120) };
        const screens: Screen[] = [
          { ...outcome, note: "oldButton" },
          copy,
          ...one.advisers.slice(0, 2).map(({ id }) => adviser(id)),
        ];
        for (const screen of screens) {
          const view = drawReporter(screen, all, content, language);
          checkView(view, Press, 3);
          const { actions = [], ...card } = drawCard(view, { surface: "room" });
          // The renderer's own settings show five actions; Teams shows six.
          expect(faultsIn({ ...card, actions: actions.slice(0, 5) })).toEqual([]);
          Modal.parse(drawModal(view, modal));
          expect(textIn(view).length).toBeLessThanOrEqual(longestCopy);
          drawCard(drawDoor(screen, all, content, language), { surface: "door" });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("shows an operator's words as they are, and reads them as markup nowhere", () => {
    const marked = "*a* _b_ <!channel> <@U1> [c](http://c.example) `d` &lt; {{DATE(2020-01-01T00:00:00Z)}}";
    const written: AdviserView = {
      ...sam,
      name: marked,
      about: marked,
      places: [marked],
      reachableText: marked,
      standsInFor: marked,
      ways: [{ way: "inPerson", address: marked, url: "javascript:alert(1)" }],
    };
    for (const screen of [outcome, adviser("sam")]) {
      const view = room(screen, { advisers: [written, anna] });
      const card = drawCard(view, { surface: "room" });
      const { blocks } = Modal.parse(drawModal(view, modal));
      const slack = JSON.stringify(blocks);
      expect(wordsOn(card).replaceAll("\u2060", "").split(marked).length).toBeGreaterThan(4);
      expect(shown(blocks).text.split(marked).length).toBeGreaterThan(4);
      expect(JSON.stringify(card)).not.toContain("{{");
      expect(slack).not.toContain('"mrkdwn"');
      for (const drawn of [JSON.stringify(card), slack]) expect(drawn).not.toContain("javascript:");
    }
  });
});

/** As long and as strange as the organisation file takes it. */
const own = (most: number) =>
  fc
    .array(
      fc.constantFrom(
        "Woord",
        "vertrouwenscontactpersoonsoverleg",
        "*x*",
        "<@U1>",
        '"ja"',
        "`",
        "ë",
        "😀",
        "&",
        "\\",
      ),
      {
        minLength: 1,
        maxLength: most / 5,
      },
    )
    .map((pieces) => pieces.join(" ").slice(0, most).toWellFormed().trim() || "x");
const moment = fc.integer({ min: at - 1e10, max: at + 1e10 });
const anyAdviser: fc.Arbitrary<AdviserView> = fc.record({
  id: fc.uuid(),
  audiences: fc.subarray([...audiences]),
  name: own(120),
  kind: fc.constantFrom("internal", "external"),
  because: fc.subarray([...fits]),
  languages: fc.subarray(["nl", "en", "ar", "tr", "pl", "uk", "fr", "es", "zh"], { minLength: 1 }),
  places: fc.array(own(60), { maxLength: 90 }),
  about: fc.option(own(300)),
  reachable: fc.oneof(
    moment.map((until) => ({ state: "now", until }) as const),
    moment.map((from) => ({ state: "later", from }) as const),
    moment.map((until) => ({ state: "away", until }) as const),
    fc.constant({ state: "unstated" } as const),
  ),
  reachableText: fc.option(own(200)),
  standsInFor: fc.option(own(120)),
  ways: fc
    .subarray([...ways])
    .chain((some) => fc.tuple(...some.map((way) => own(120).map((words) => wayOf(way, words))))),
  picture: fc.constantFrom(null, `data:image/png;base64,${"A".repeat(5464)}`),
});

function wayOf(way: Way, written: string): AdviserView["ways"][number] {
  const mail = `${"m".repeat(242)}@example.org`;
  switch (way) {
    case "phone":
      return { way, address: "+31 6 1 2 3 4 5 6 7 8", url: "tel:+31612345678" };
    case "mail":
      return { way, address: mail, url: `mailto:${mail}` };
    case "inPerson":
      return { way, address: written, url: null };
    case "teamsChat":
      return {
        way,
        address: null,
        url: `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(mail)}`,
      };
    default:
      return { way, address: null, url: null };
  }
}

const anyFound: fc.Arbitrary<Found> = fc
  .tuple(fc.constantFrom(0, 1, 3, 100), fc.array(anyAdviser, { minLength: 3, maxLength: 3 }))
  .chain(([count, some]) =>
    fc.record({
      advisers: fc.constant(
        Array.from({ length: count }, (_, nr) => ({ ...(some[nr % some.length] ?? anna), id: `id-${nr}` })),
      ),
      nobody: count > 0 ? fc.constant(null) : fc.constantFrom("away", "noneFits", "aboutAdviser"),
      backOn: fc.option(moment),
      help: fc
        .shuffledSubarray(services, { minLength: 1 })
        .chain((ids) =>
          fc.tuple(
            ...ids.map((id) => fc.constantFrom(...becauses).map((because) => ({ service: id, because }))),
          ),
        ),
      duties: fc.shuffledSubarray(duties, { maxLength: 3 }),
      outsideFirst: fc.constantFrom(null, ...firsts),
    }),
  );
