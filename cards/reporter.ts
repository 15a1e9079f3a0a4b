import type { Language } from "../content/words.ts";
import type { Note, Screen } from "../dialogs/core/screen.ts";
import { afterOutcome, bystanderHub, nowOutcome } from "./bystander.ts";
import { checkDoor, checkPage } from "./check.ts";
import { codeCopy, codeOutcome } from "./code.ts";
import { evaluationCopy, evaluationOutcome } from "./evaluation.ts";
import { adviserPage, dutiesPage, outcome as foundOutcome } from "./found.ts";
import { copyText as foundCopy } from "./found-copy.ts";
import { offeredParts } from "./offered.ts";
import { ownWords } from "./own-words.ts";
import { sceneList, sceneOutcome } from "./practice.ts";
import { comingMomentOf, dangerLine, helpParts, paragraphs, type ViewContent } from "./reading.ts";
import { recordPage } from "./record.ts";
import { casePage, withdrawn } from "./reporter-acts.ts";
import { reports, sent, thread } from "./reporter-case.ts";
import {
  button,
  clearButton,
  type Frame,
  languageButtons,
  menuButton,
  noteText,
  type Of,
  type ReporterFacts,
  view,
} from "./reporter-frame.ts";
import { end, optionsListed, question, questionDoor, review } from "./reporter-questions.ts";
import { servicePage, topicList, topicPage } from "./topics.ts";
import type { Button, Part, View } from "./view.ts";

export { MissingFacts, type NextStep, type ReporterFacts } from "./reporter-frame.ts";

/**
 * A reporter's screen as it stands in a room: everything on it, and the form to answer in. Throws
 * `MissingFacts` where the screen needs facts that were not given.
 */
export function drawReporter(
  screen: Screen,
  facts: ReporterFacts,
  content: ViewContent,
  language: Language,
): View {
  return draw(screen, { facts, content, words: content.words(language), language });
}

/** What was done with a case stands in the room alone: a chat's history is also for who administers it (P2). */
const toldInRoom: ReadonlySet<Note> = new Set([
  "messageSent",
  "consentFirst",
  "nameGiven",
  "nameKnown",
  "consentGiven",
  "consentRefused",
  "codeRenewed",
  "caseClosed",
  "caseReopened",
]);

/**
 * The same screen for a message that the platform keeps: never private. What is sensitive stays behind a
 * button; a closed question shows its options as a list, because it may be answered by typing.
 */
export function drawDoor(
  shown: Screen,
  facts: ReporterFacts,
  content: ViewContent,
  language: Language,
): View {
  const frame: Frame = { facts, content, words: content.words(language), language };
  const { words } = frame;
  const resume = button(words, "common.buttons.resume", { do: "resume" }, "primary");
  const behind = (text: string, open: Button, note: Note | null): View =>
    view(words, {
      title: words.say("common.door.title"),
      note: noteText(note, words),
      body: paragraphs(words.say(text)),
      buttons: [open, menuButton(words)],
      privacy: "neutral",
    });
  // What somebody wrote about may not be read off their chat (P2).
  const screen: Screen = "offered" in shown ? { ...shown, offered: [] } : shown;
  switch (screen.type) {
    case "question":
      if (screen.kind === "tell") return { ...draw(screen, frame), privacy: "neutral" };
      if (screen.kind === "text") return behind("common.door.write", resume, screen.note);
      if (screen.given !== null) return behind("common.door.private", resume, screen.note);
      if (screen.options.length > optionsListed) return behind("common.door.private", resume, screen.note);
      return questionDoor(screen, frame, resume);
    // The same for both: an onlooker cannot tell that something was found.
    case "ownWords":
    case "review":
      return behind("report.review.doorText", resume, screen.note);
    case "outcome": {
      const door = behind("common.door.private", resume, screen.note);
      if (screen.flow !== "bystander") return door;
      // The same for every answer, so that it gives none away; who typed of danger need not press first (P8).
      return { ...door, body: [dangerLine("common.menu.danger", content, words), ...door.body] };
    }
    case "check":
      return checkDoor(screen, frame);
    case "adviser":
    case "copy":
    case "duties":
      return behind("common.door.private", resume, null);
    case "scenes":
      return behind(
        "common.door.private",
        button(words, "bystander.buttons.practise", { do: "scenes" }, "primary"),
        null,
      );
    case "sent":
    case "reports": {
      const open = button(words, "common.buttons.reports", { do: "reports" }, "primary");
      return behind("case.door", open, screen.type === "reports" ? screen.note : null);
    }
    case "withdrawn":
      return behind("case.door", button(words, "common.buttons.reports", { do: "reports" }, "primary"), null);
    case "record":
      return behind(
        "common.door.private",
        button(words, "record.buttons.open", { do: "record" }, "primary"),
        screen.note,
      );
    case "thread":
    case "case": {
      const open = button(words, "case.buttons.openThread", { do: "thread", case: screen.case }, "primary");
      return behind("case.door", open, screen.note && toldInRoom.has(screen.note) ? null : screen.note);
    }
    default:
      return draw(screen, frame);
  }
}

/** A content-free ping (P7): what it is about, and where else help is, is told in the room behind it. */
export function drawReporterPing(
  about: "acknowledged" | "reply" | "closed" | "undelivered" | "moved" | "consent",
  theCase: { readonly id: string },
  content: ViewContent,
  language: Language,
): View {
  const words = content.words(language);
  return view(words, {
    title: words.say("case.ping.title"),
    body: paragraphs(words.say(`case.ping.${about}`)),
    buttons: [
      button(words, "case.buttons.openThread", { do: "thread", case: theCase.id }, "primary"),
      menuButton(words),
    ],
    privacy: "neutral",
  });
}

/** What an earlier door becomes once a newer one stands below it: one quiet line, without another way in. */
export function drawMovedDoor(content: ViewContent, language: Language): View {
  const words = content.words(language);
  const line = paragraphs(words.say("common.moved"), "subtle");
  return view(words, { title: "", body: line, privacy: "neutral" });
}

/** Asks to be messaged directly, in a group or channel (P20); and says that a scene can be asked for, of so many. */
export function drawGroupLine(content: ViewContent, language: Language, scenes = 0): View {
  const words = content.words(language);
  const title = words.say("common.group.title");
  return view(words, {
    title,
    body: [
      ...paragraphs(words.say("common.group.text")),
      ...(scenes === 0 ? [] : paragraphs(words.say("session.offer", { count: scenes }))),
    ],
    summary: title,
    privacy: "neutral",
  });
}

function draw(screen: Screen, frame: Frame): View {
  switch (screen.type) {
    case "intro":
      return intro(frame);
    case "menu":
      return menu(screen, frame);
    case "question":
      return question(screen, frame);
    case "ownWords":
      return ownWords(screen, frame);
    case "review":
      return review(screen, frame);
    case "end":
      return end(screen, frame);
    case "outcome":
      return outcome(screen, frame);
    case "adviser":
      return adviserPage(screen, frame);
    case "copy":
      return copyText(screen, frame);
    case "duties":
      return dutiesPage(screen, frame);
    case "topics":
      return topicList(screen, frame);
    case "topic":
      return topicPage(screen, frame);
    case "bystander":
      return bystanderHub(frame);
    case "scenes":
      return sceneList(screen, frame);
    case "service":
      return servicePage(screen, frame);
    case "check":
      return checkPage(screen, frame);
    case "stop":
      return stop(screen, frame);
    case "sent":
      return sent(screen, frame);
    case "reports":
      return reports(screen, frame);
    case "thread":
      return thread(screen, frame);
    case "case":
      return casePage(screen, frame);
    case "withdrawn":
      return withdrawn(frame);
    case "record":
      return recordPage(screen, frame);
    case "help":
      return help(screen, frame);
    case "story":
    case "unreadable":
      return notice(screen, frame);
    case "final":
      return final(screen, frame);
  }
}

/** Where a guide or a worksheet leads, by its flow. */
function outcome(screen: Of<"outcome">, frame: Frame): View {
  switch (screen.flow) {
    case "bystander":
      return nowOutcome(screen, frame);
    case "aftercare":
      return afterOutcome(screen, frame);
    case "find":
      return foundOutcome(screen, frame);
    case "code":
      return codeOutcome(screen, frame);
    case "evaluation":
      return evaluationOutcome(screen, frame);
    default:
      return sceneOutcome(screen, frame);
  }
}

/** What can be copied, by guide. */
function copyText(screen: Of<"copy">, frame: Frame): View {
  switch (screen.flow) {
    case "code":
      return codeCopy(screen, frame);
    case "evaluation":
      return evaluationCopy(screen, frame);
    default:
      return foundCopy(screen, frame);
  }
}

/** In the order in which `dialogs/core/show` counts typed numbers. */
function menuButtons(draftWaiting: boolean, hasCases: boolean, frame: Frame): readonly Button[] {
  const { words } = frame;
  return [
    draftWaiting
      ? button(words, "common.buttons.resume", { do: "resume" }, "primary")
      : button(words, "common.buttons.report", { do: "start", flow: "report" }, "primary"),
    button(words, "common.buttons.find", { do: "start", flow: "find" }),
    button(words, "common.buttons.bystander", { do: "bystander" }),
    button(words, "check.buttons.hub", { do: "checks" }),
    button(words, hasCases ? "common.buttons.reports" : "common.buttons.code", { do: "reports" }),
    ...languageButtons(frame),
  ];
}

function intro(frame: Frame): View {
  const { words, content, facts, language } = frame;
  return view(words, {
    title: words.say("common.intro.title"),
    body: [
      ...paragraphs(words.say("common.intro.text", { organisation: facts.organisation })),
      ...helpParts(["slachtofferhulp"], content, language),
      dangerLine("common.intro.danger", content, words),
    ],
    buttons: menuButtons(false, false, frame),
    privacy: "neutral",
  });
}

function menu(screen: Of<"menu">, frame: Frame): View {
  const { words, content } = frame;
  return view(words, {
    title: words.say("common.menu.title"),
    note: noteText(screen.note, words),
    body: [
      ...(screen.draftWaiting ? paragraphs(words.say("common.menu.waiting")) : []),
      ...paragraphs(words.say("common.menu.text"), "subtle"),
      dangerLine("common.menu.danger", content, words),
    ],
    buttons: menuButtons(screen.draftWaiting, screen.hasCases, frame),
    privacy: "neutral",
  });
}

function stop(screen: Of<"stop">, frame: Frame): View {
  const { words, facts } = frame;
  return view(words, {
    title: words.say("common.stop.title"),
    body: [
      ...offeredParts(screen.offered ?? [], frame),
      ...paragraphs(words.say("common.stop.text", { hours: facts.draftHours })),
      ...(screen.hasWords ? paragraphs(words.say("record.offer")) : []),
      ...remindParts(frame),
    ],
    buttons: [
      button(words, "common.buttons.goOn", { do: "resume" }, "primary"),
      button(words, "common.buttons.keep", { do: "keep", draft: screen.draft }),
      ...remindButtons(frame),
      ...(screen.hasWords
        ? [button(words, "record.buttons.keep", { do: "record.keep", draft: screen.draft })]
        : []),
      clearButton(screen.draft, words),
      ...languageButtons(frame),
    ],
    privacy: screen.offered?.length ? "private" : "neutral",
  });
}

/** When the reminder of a draft comes, where one was asked for. */
function remindParts({ words, facts, language }: Frame): readonly Part[] {
  const planned = facts.remind?.planned ?? null;
  if (planned === null) return [];
  return paragraphs(words.say("common.remind.planned", { date: comingMomentOf(planned, language) }));
}

/** Asks to be reminded, where the draft is still there by then; or not any more. */
function remindButtons({ words, facts }: Frame): readonly Button[] {
  const { remind } = facts;
  if (!remind) return [];
  const { draft, planned, possible } = remind;
  if (planned !== null)
    return [button(words, "common.buttons.remindNever", { do: "remind", draft, when: "never" })];
  if (possible === null) return [];
  return [button(words, "common.buttons.remind", { do: "remind", draft, when: "tomorrow" })];
}

function help(screen: Of<"help">, frame: Frame): View {
  const { words, content, language } = frame;
  return view(words, {
    title: words.say(`common.help.${screen.about}.title`),
    body: [
      ...helpParts(screen.help, content, language),
      ...paragraphs(words.say(`common.help.${screen.about}.text`)),
      ...(screen.draftWaiting ? paragraphs(words.say("common.help.after"), "subtle") : []),
    ],
    buttons: onwardButtons(screen.draftWaiting, words, []),
    privacy: "neutral",
  });
}

function notice(screen: Of<"story"> | Of<"unreadable">, { words }: Frame): View {
  const start = button(words, "common.buttons.report", { do: "start", flow: "report" }, "primary");
  const resume = button(words, "common.buttons.resume", { do: "resume" });
  const first = button(words, "record.buttons.first", { do: "record" });
  return view(words, {
    title: words.say(`common.${screen.type}.title`),
    body: paragraphs(words.say(`common.${screen.type}.text`)),
    // What waits may be a guide, in which nothing can be told: the way to the form stands first.
    buttons:
      screen.type === "story"
        ? [start, ...(screen.draftWaiting ? [resume] : []), first, menuButton(words)]
        : onwardButtons(screen.draftWaiting, words, [start]),
    privacy: "neutral",
  });
}

/** Back to the draft where there is one, else what fits instead; and always the menu. */
function onwardButtons(
  draftWaiting: boolean,
  words: Frame["words"],
  otherwise: readonly Button[],
): readonly Button[] {
  const resume = button(words, "common.buttons.resume", { do: "resume" }, "primary");
  return [...(draftWaiting ? [resume] : otherwise), menuButton(words)];
}

function final({ reason, recordStays }: Of<"final">, frame: Frame): View {
  const { words, facts } = frame;
  const key = `common.final.${reason}`;
  const body: readonly Part[] = paragraphs(
    reason === "kept" ? words.say(key, { hours: facts.draftHours }) : words.say(key),
  );
  const resume = button(words, "common.buttons.resume", { do: "resume" });
  const kept = reason === "kept";
  return view(words, {
    title: words.say("common.final.title"),
    body: [
      ...body,
      ...(recordStays ? paragraphs(words.say("common.final.recordStays")) : []),
      ...(kept ? remindParts(frame) : []),
    ],
    buttons: [...(kept ? [resume, ...remindButtons(frame)] : []), menuButton(words)],
    privacy: "neutral",
  });
}
