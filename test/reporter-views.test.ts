import fc from "fast-check";
import { drawCaseRoom } from "../cards/adviser.ts";
import { threadPages } from "../cards/case-view.ts";
import { plainText } from "../cards/plain-text.ts";
import {
  drawDoor,
  drawGroupLine,
  drawMovedDoor,
  drawReporter,
  drawReporterPing,
  MissingFacts,
  type ReporterFacts,
} from "../cards/reporter.ts";
import { reviewRows } from "../cards/review.ts";
import type { View } from "../cards/view.ts";
import { contentLanguages } from "../content/words.ts";
import { Press } from "../dialogs/core/event.ts";
import { type Answer, longestText, type Question } from "../dialogs/core/flow.ts";
import type { FinalReason, Note, ReviewRow, Screen } from "../dialogs/core/screen.ts";
import { menuItems } from "../dialogs/core/show.ts";
import {
  at,
  canary,
  checkView,
  content,
  detail,
  everything,
  flow,
  keys,
  longThread,
  questions,
  rowsWith,
  shownThread,
} from "./views.ts";

/** A new note, reason or ping does not compile here until it is listed, and fails until it has words. */
const notes = keys({
  chooseFirst: true,
  writeFirst: true,
  tooLong: true,
  oldButton: true,
  changedSince: true,
  readFirst: true,
  answersAside: true,
  answerKept: true,
  answerSaved: true,
  notUnderstood: true,
  draftWaiting: true,
  nothingToGoBackTo: true,
  cannotSkip: true,
  jumped: true,
  jumpedUnsent: true,
  nothingOpen: true,
  noSuchReport: true,
  tooManyAttempts: true,
  receiptTypo: true,
  messageSent: true,
  caseClosed: true,
  caseReopened: true,
  tickFirst: true,
  wordsReplaced: true,
  consentFirst: true,
  nameGiven: true,
  consentGiven: true,
  consentRefused: true,
  nameKnown: true,
  codeRenewed: true,
  entryKept: true,
  entryTooLong: true,
  recordFull: true,
  entriesAlong: true,
  tooManyAlong: true,
  tickEntries: true,
  leftOut: true,
  entriesDestroyed: true,
} satisfies Record<Note, true>);
const finals = keys({
  kept: true,
  cleared: true,
  closed: true,
  forgotten: true,
} satisfies Record<FinalReason, true>);
const pings = ["acknowledged", "reply", "closed", "undelivered", "moved", "consent"] as const;

const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "Anna Wit, Sam Bos",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "fresh-nonce-1",
  places: {},
  sector: "government",
  sending: "r1.k1.sealed",
  sent: { number: "V-7KQ2M", receipt: canary, acknowledgeBy: at, feedbackBy: at },
  cases: ["a", "b", "c", "d", "e"].map((id) => ({
    id,
    number: `V-7KQ2${id}`,
    sentAt: at,
    state: "received",
    waiting: id === "e",
    next: { step: "acknowledge", by: at, late: false },
  })),
  thread: shownThread,
  renewed: canary,
  remind: { draft: "draft", planned: null, possible: at },
};

function asked(question: Question, given: Answer, note: Note | null = null): Screen {
  const { id, kind, options, help, skippable, maxLength } = question;
  return {
    type: "question",
    flow: "report",
    draft: "draft",
    question: id,
    kind,
    options,
    oneTap: false,
    help,
    skippable,
    canGoBack: true,
    maxLength,
    given,
    step: { nr: 2, of: 9 },
    note,
  };
}

/** With a jump, and so with as many buttons as a question can have. */
function jumpable(question: Question): readonly Screen[] {
  const screen = asked(question, null);
  if (screen.type !== "question" || !question.skippable) return [];
  return (["ownWords", "end"] as const).map((jump) => ({ ...screen, jump }));
}

function reviewOf(rows: readonly ReviewRow[]): Screen {
  return { type: "review", flow: "report", draft: "draft", revision: 7, rows, to: null, note: null };
}

const screens: readonly Screen[] = [
  { type: "intro" },
  { type: "menu", note: null, draftWaiting: false, hasCases: false },
  { type: "menu", note: "notUnderstood", draftWaiting: true, hasCases: true },
  ...questions.flatMap((question) => [
    asked(question, null),
    ...jumpable(question),
    asked(
      question,
      question.kind === "text"
        ? canary
        : question.kind === "choices"
          ? question.options
          : (question.options[0] ?? null),
    ),
  ]),
  ...flow.items
    .filter((item) => item.kind === "end")
    .map(
      ({ id, help }): Screen => ({ type: "end", flow: "report", draft: "draft", end: id, help, note: null }),
    ),
  ...[1, 9].map((count): Screen => {
    const finding = { at: 3, kind: "email", found: canary, times: count, around: [`… ${canary} …`] } as const;
    const findings = Array.from({ length: count }, (_, nr) => ({ ...finding, at: nr }));
    const at = { flow: "report", draft: "draft", question: "story", revision: 7 };
    return { type: "ownWords", ...at, findings, found: count * 2, note: null };
  }),
  reviewOf(rowsWith(canary)),
  { type: "stop", draft: "draft" },
  { type: "sent", repeated: false, unlinked: false },
  { type: "sent", repeated: true, unlinked: false },
  { type: "sent", repeated: false, unlinked: true },
  { type: "sent", repeated: true, unlinked: true },
  ...(["options", "naming", "renewing", "renewed", "consenting", "withdrawing"] as const).map(
    (page): Screen => ({ type: "case", case: "a", page, note: null, unsent: canary }),
  ),
  { type: "withdrawn" },
  { type: "reports", cases: ["a"], note: "receiptTypo" },
  ...[0, 1, 2].map((page): Screen => ({ type: "thread", case: "a", page, note: null, unsent: canary })),
  {
    type: "thread",
    case: "a",
    page: 0,
    note: null,
    unsent: canary,
    pointedOut: {
      findings: [{ at: 0, kind: "ownName", found: canary, times: 2, around: [canary] }],
      found: 3,
      nonce: "nonce-of-a-form",
    },
  },
  { type: "help", about: "danger", help: ["112"], draftWaiting: true },
  { type: "help", about: "despair", help: ["113", "112"], draftWaiting: false },
  ...[true, false].flatMap((draftWaiting): Screen[] => [
    { type: "story", draftWaiting },
    { type: "unreadable", draftWaiting },
  ]),
  ...finals.map((reason): Screen => ({ type: "final", reason })),
];

describe.each(contentLanguages)("a reporter's screens in %s", (language) => {
  const words = content.words(language);
  const room = (screen: Screen) => drawReporter(screen, facts, content, language);
  const door = (screen: Screen) => drawDoor(screen, facts, content, language);

  test("all have words, few and different buttons, and a way on (P20)", () => {
    for (const screen of screens) {
      checkView(room(screen), Press, 1);
      checkView(door(screen), Press, 1);
    }
  });

  test("a story that was typed leads to the form, and back to what is open: that may be a guide", () => {
    const does = (draftWaiting: boolean) =>
      room({ type: "story", draftWaiting }).buttons.map(({ press }) => press);
    const form = { do: "start", flow: "report" };
    const first = { do: "record" };
    expect(does(true)).toEqual([form, { do: "resume" }, first, { do: "menu" }]);
    expect(does(false)).toEqual([form, first, { do: "menu" }]);
  });

  test("that go on in a newer message leave one line that says so, and no other way in", () => {
    const moved = drawMovedDoor(content, language);
    checkView(moved, Press, 0);
    expect([moved.body.length, moved.buttons, moved.privacy]).toEqual([1, [], "neutral"]);
  });

  test("every note has words, in the room and at the door", () => {
    const question = questions[0];
    if (!question) throw new Error("no question");
    for (const note of notes) {
      for (const view of [room(asked(question, null, note)), door(asked(question, null, note))]) {
        expect(view.note).toBe(words.say(`common.notes.${note}`));
      }
    }
  });

  test("leave nothing private at the door: no own words, receipt, given answer or form (P2)", () => {
    for (const screen of screens) {
      const view = door(screen);
      expect(view.privacy).toBe("neutral");
      expect(view.inputs).toEqual([]);
      expect(everything(view)).not.toContain(canary);
    }
  });

  test("show no closed answer that was given at the door (P2)", () => {
    for (const question of questions) {
      const [given] = question.options;
      if (question.kind === "tell" || given === undefined) continue;
      const view = door(asked(question, question.kind === "choices" ? [given] : given));
      expect(view.body.map(({ type }) => type)).toEqual(["text"]);
      expect(view.title).toBe(words.say("common.door.title"));
    }
  });

  test("say nothing of a report in what notifications show (P2)", () => {
    const summaries = new Set(screens.flatMap((screen) => [room(screen).summary, door(screen).summary]));
    expect([...summaries]).toEqual([words.say("common.summary.waiting")]);
  });

  test("with a person's own words or given answers are private", () => {
    for (const screen of screens) {
      const view = room(screen);
      if (everything(view).includes(canary)) expect(view.privacy).toBe("private");
      if (view.inputs.some((input) => (input.value ?? []).length > 0)) expect(view.privacy).toBe("private");
    }
  });

  test("offer stop on every question, and back and skip where they work (P4)", () => {
    for (const question of questions) {
      const does = room(asked(question, null)).buttons.map(({ press }) => press?.do);
      expect(does).toContain("stop");
      expect(does).toContain("back");
      expect(does.includes("skip")).toBe(question.skippable);
      expect(does[0]).toBe("answer");
    }
  });

  test("give back what was filled in", () => {
    for (const question of questions) {
      if (question.kind === "tell") continue;
      const given =
        question.kind === "text"
          ? canary
          : question.kind === "choices"
            ? question.options
            : (question.options[0] ?? null);
      expect(room(asked(question, given)).inputs.map(({ id, value }) => ({ id, value }))).toEqual([
        { id: "answer", value: given },
      ]);
    }
  });

  test("name the emergency number before anything else to read, where there is danger (P8)", () => {
    const dangerHelp = questions.find(({ id }) => id === "dangerHelp");
    if (!dangerHelp) throw new Error("no danger help");
    for (const view of [room(asked(dangerHelp, null)), door(asked(dangerHelp, null))]) {
      expect(view.body[0]).toMatchObject({
        type: "help",
        service: { contact: content.help("112", language).contact },
      });
    }
    expect(
      room({ type: "help", about: "despair", help: ["113", "112"], draftWaiting: true }).body[0],
    ).toMatchObject({
      service: { name: content.help("113", language).name },
    });
    expect(plainText(room({ type: "intro" }))).toContain(content.help("112", language).contact[0]);
  });

  test("number a closed question's options at the door as typing counts them", () => {
    for (const question of questions) {
      if (question.kind !== "choice" && question.kind !== "choices") continue;
      const labels = question.options.map((option) => words.say(`report.${question.id}.options.${option}`));
      expect(door(asked(question, null)).body).toContainEqual({
        type: "list",
        items: labels,
        numbered: true,
      });
    }
  });

  test("ask for own words behind the door only, and say why", () => {
    for (const question of questions.filter(({ kind }) => kind === "text")) {
      const view = door(asked(question, null));
      expect(view.title).toBe(words.say("common.door.title"));
      expect(view.body).toMatchObject([{ type: "text", text: words.say("common.door.write") }]);
    }
  });

  test("put the menu's buttons in the order in which typed numbers count", () => {
    for (const draftWaiting of [true, false]) {
      const view = room({ type: "menu", note: null, draftWaiting, hasCases: true });
      const items = view.buttons.map(({ press }) => (press?.do === "start" ? press.flow : press?.do));
      expect(items).toEqual(menuItems(draftWaiting));
    }
  });

  test("offer only languages that the organisation offers", () => {
    const view = drawReporter({ type: "intro" }, { ...facts, languages: [language] }, content, language);
    expect(view.buttons.map(({ press }) => press?.do)).not.toContain("language");
  });

  test("name no adviser before check-your-answers (P9)", () => {
    for (const screen of screens) {
      expect(everything(room(screen)).includes(facts.readers)).toBe(screen.type === "review");
      expect(everything(door(screen))).not.toContain(facts.readers);
    }
  });

  test("show on check-your-answers exactly what the adviser opens (P4)", () => {
    const rows = rowsWith(canary).map((row) => (row.question === "wish" ? { ...row, answer: null } : row));
    const skipped = words.say("common.skipped");
    const answers = (view: View) =>
      view.body.filter(
        (part) =>
          part.type === "quote" ||
          part.type === "facts" ||
          (part.type === "text" && part.text.startsWith(skipped)),
      );
    const shown = answers(room(reviewOf(rows)));
    const opened = drawCaseRoom(
      { ...detail, rows: reviewRows("report", rows, words) },
      { page: 0 },
      content,
      language,
    );
    // The adviser's first facts are about the case: number, state and dates.
    expect(answers(opened).slice(1)).toEqual(shown);
    expect(plainText(room(reviewOf(rows)))).toContain(
      `${words.say("common.skipped")}: ${words.say("report.wish.review")}`,
    );
    expect(plainText(room(reviewOf(rows)))).toContain(canary);
  });

  test("freeze no row for what only had to be read", () => {
    const rows: readonly ReviewRow[] = [{ question: "dangerHelp", kind: "tell", answer: "seen" }];
    expect(reviewRows("report", rows, words)).toEqual([]);
  });

  test("say on check-your-answers whether the name goes along (P3)", () => {
    const with_ = (identity: string) =>
      plainText(room(reviewOf([{ question: "identity", kind: "choice", answer: identity }])));
    const first = (key: string) => words.say(key).split(/[.\n]/)[0] ?? "";
    expect(with_("named")).toContain(first("report.review.named"));
    expect(with_("named")).not.toContain(first("report.review.pseudonymous"));
    expect(with_("pseudonymous")).toContain(first("report.review.pseudonymous"));
  });

  test.each([
    ["no", false],
    ["yes", true],
    ["unsure", true],
  ])("about an adviser: %s; asks to look whether that is one of the readers: %s (P9)", (answer, asks) => {
    const view = plainText(room(reviewOf([{ question: "aboutAdviser", kind: "choice", answer }])));
    expect(view.includes(words.say("report.review.aboutAdviser"))).toBe(asks);
    expect(view.includes(content.help("slachtofferhulp", language).name)).toBe(asks);
  });

  test("show the receipt once, with the dates and whose rule they are (P6, P7)", () => {
    const first = room({ type: "sent", repeated: false, unlinked: false });
    expect(first.body).toContainEqual({ type: "code", label: words.say("case.sent.receipt"), text: canary });
    // Half past midnight in Amsterdam: already the new year.
    expect(plainText(first)).toMatch(
      language === "nl" ? /vrijdag 1 januari 2027/ : /Friday,? 1 January 2027/,
    );
    expect(plainText(first)).toContain(facts.organisation);
    const again = drawReporter(
      { type: "sent", repeated: true, unlinked: false },
      { ...facts, sent: { number: "V-7KQ2M", receipt: null, acknowledgeBy: at, feedbackBy: at } },
      content,
      language,
    );
    expect(again.body.some(({ type }) => type === "code")).toBe(false);
  });

  test("lead to the newest reports, and to older ones by code", () => {
    const view = room({ type: "reports", cases: [], note: null });
    const opened = view.buttons.flatMap(({ press }) => (press?.do === "thread" ? [press.case] : []));
    expect(opened).toEqual(["e", "d", "c"]);
    expect(plainText(view)).toContain(words.say("case.reports.more"));
    expect(view.inputs.map(({ id }) => id)).toEqual(["receipt"]);
  });

  test("page a thread both ways, with the form on the newest page only", () => {
    const pages = [0, 1, 2].map((page) =>
      room({ type: "thread", case: "a", page, note: null, unsent: null }),
    );
    expect(pages.map(({ inputs }) => inputs.length)).toEqual([1, 0, 0]);
    const targets = pages.map(({ buttons }) =>
      buttons.flatMap(({ press }) => (press?.do === "thread" ? [press.page] : [])),
    );
    expect(targets).toEqual([[1], [2, 0], [1]]);
  });

  test("tell what was done with a case in the room, and not on the door, which the chat keeps (P2)", () => {
    const told = [
      "messageSent",
      "nameGiven",
      "nameKnown",
      "consentGiven",
      "consentRefused",
      "codeRenewed",
    ] as const;
    for (const note of [...told, "consentFirst", "caseClosed", "caseReopened"] as const) {
      const screen = { type: "thread", case: "a", page: 0, note, unsent: null } as const;
      expect(room(screen).note).toBe(content.words(language).say(`common.notes.${note}`));
      expect(door(screen)).toEqual(door({ ...screen, note: null }));
    }
    // What was typed must still be answered.
    expect(
      door({ type: "thread", case: "a", page: 0, note: "notUnderstood", unsent: null }).note,
    ).not.toBeNull();
  });

  test("say on a closed case that a message opens it again", () => {
    const { thread } = facts;
    if (!thread) throw new Error("no thread");
    const closedFacts: ReporterFacts = { ...facts, thread: { ...thread, state: "closed" } };
    const view = drawReporter(
      { type: "thread", case: "a", page: 0, note: null, unsent: null },
      closedFacts,
      content,
      language,
    );
    expect(view.inputs.map(({ id }) => id)).toEqual(["text"]);
    expect(view.buttons.map(({ press }) => press?.do)).toContain("say");
    for (const line of content.words(language).say("case.thread.closed").split("\n"))
      expect(everything(view)).toContain(line);
  });

  test("ping without content; an onlooker cannot tell news from news (P7)", () => {
    const drawn = pings.map((about) => drawReporterPing(about, { id: "a" }, content, language));
    for (const view of drawn) {
      checkView(view, Press, 1);
      expect(view.privacy).toBe("neutral");
    }
    // That something could not be delivered is told inside, with where else help is: who looks along learns nothing.
    expect(new Set(drawn.map(everything)).size).toBe(1);
  });

  test("keep within 9,000 characters at their longest", () => {
    const [page = []] = threadPages(longThread);
    const { thread } = facts;
    if (!thread) throw new Error("no thread");
    const longest = [
      room(reviewOf(rowsWith("x".repeat(longestText)))),
      drawReporter(
        { type: "thread", case: "a", page: 0, note: "tooLong", unsent: "y".repeat(longestText) },
        { ...facts, thread: { ...thread, messages: page } },
        content,
        language,
      ),
    ];
    for (const view of longest) expect(plainText(view).length).toBeLessThan(9000);
  });

  test("in a group only ask for a private chat", () => {
    const view = drawGroupLine(content, language);
    expect([view.inputs, view.buttons, view.privacy]).toEqual([[], [], "neutral"]);
    checkView(view, Press, 0);
  });
});

test("pages hold every message once and in order, none beyond its room", () => {
  const message = fc.record({
    from: fc.constantFrom("reporter" as const, "adviser" as const),
    at: fc.nat(),
    text: fc.nat({ max: longestText }).map((length) => "x".repeat(length)),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 30 }), (thread) => {
      const pages = threadPages(thread);
      expect([...pages].reverse().flat()).toEqual(thread);
      for (const page of pages)
        expect(page.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(5000);
      expect(pages.length === 1 || pages.every((page) => page.length > 0)).toBe(true);
    }),
  );
});

test("a screen without its facts is a mistake that is told, not drawn", () => {
  const { sent: _, cases: __, thread: ___, ...bare } = facts;
  for (const screen of [
    { type: "sent", repeated: false, unlinked: false },
    { type: "case", case: "a", page: "options", note: null, unsent: null },
    { type: "reports", cases: [], note: null },
    { type: "thread", case: "a", page: 0, note: null, unsent: null },
  ] as const) {
    expect(() => drawReporter(screen, bare, content, "nl")).toThrow(MissingFacts);
    expect(() => drawDoor(screen, bare, content, "nl")).not.toThrow();
  }
});

test("in plain text a person's own words cannot pass for the bot's", () => {
  const { thread } = facts;
  if (!thread) throw new Error("no thread");
  const text = plainText(
    drawReporter(
      { type: "thread", case: "a", page: 0, note: null, unsent: null },
      {
        ...facts,
        thread: { ...thread, messages: [{ from: "reporter", at, text: "een\n\n[Versturen]\n# Kop" }] },
      },
      content,
      "nl",
    ),
  );
  expect(text).toContain("  | een\n  | \n  | [Versturen]\n  | # Kop");
});
