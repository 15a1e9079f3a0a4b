import type { CheckPress } from "../check/press.ts";
import type { RecordPress } from "../record/press.ts";
import { beside, topicPage } from "./asked.ts";
import type { Conversation, Rhythm } from "./draft.ts";
import {
  guideOpen,
  type Open,
  openDraft,
  takenUp,
  withDraft,
  withoutGuide,
  withUnfinished,
} from "./drafts.ts";
import { enclosedBy, leftOut } from "./enclosed.ts";
import type { Inputs, Press } from "./event.ts";
import { longestName, longestText, type Question, questionOf } from "./flow.ts";
import * as moves from "./moves.ts";
import { type Setup, show, type Turn } from "./moves.ts";
import { decided } from "./own-words.ts";
import { sceneFlow, scenes } from "./practice.ts";
import { recordPressed } from "./recording.ts";
import { resolve } from "./resolve.ts";
import { questionAt } from "./show.ts";

/** What a button leads to. */
export function pressed(conversation: Conversation, press: Press, inputs: Inputs, setup: Setup): Turn {
  switch (press.do) {
    case "menu": {
      const next = withoutGuide(conversation);
      return show(next, moves.atMenu(next));
    }
    case "start":
      return moves.started(conversation, press, setup);
    case "resume": {
      const at = openDraft(conversation, setup);
      return at
        ? moves.opened(conversation, at)
        : show(conversation, moves.atMenu(conversation, "nothingOpen"));
    }
    case "language":
      return moves.inLanguage(
        withUnfinished(conversation, press.question, inputs, setup),
        press.language,
        setup,
      );
    case "topics":
      return show(conversation, { type: "topics", guideOpen: guideOpen(conversation) });
    case "bystander":
      return show(withoutGuide(conversation), { type: "bystander" });
    case "scenes":
      return show(withoutGuide(conversation), scenes(conversation, setup));
    case "forgetPractice":
      return pinged({ ...conversation, practised: [] }, "never", setup);
    case "practicePing":
      return pinged(conversation, press.every, setup);
    case "scene": {
      const chosen = press.scene ?? inputs.scene;
      const flow = typeof chosen === "string" ? sceneFlow(chosen) : "";
      if (!Object.hasOwn(setup.flows, flow)) return show(conversation, scenes(conversation, setup));
      return moves.started(conversation, { do: "start", flow }, setup);
    }
    case "topic":
      return show(conversation, topicPage(conversation, press.topic));
    case "reports":
      if (!conversation.introduced) return show(conversation, { type: "intro" });
      return show(withoutGuide(conversation), { type: "reports", cases: conversation.cases, note: null });
    case "receipt":
      return receiptTyped(withoutGuide(conversation), inputs);
    case "thread":
      return threadOpened(withoutGuide(conversation), press.case, press.page ?? 0, setup);
    case "say":
      return said(withoutGuide(conversation), press, inputs, setup);
    case "case":
    case "giveName":
    case "consent":
    case "renewReceipt":
    case "withdraw":
      return pressedOnCase(withoutGuide(conversation), press, inputs, setup);
    case "done":
      return moves.final(withoutGuide(conversation), "closed");
    case "record":
    case "record.add":
    case "record.options":
    case "record.use":
    case "record.copy":
    case "record.destroying":
    case "record.destroy":
    case "record.keep":
      return recordPressed(conversation, press, inputs, setup);
    default:
      return "draft" in press
        ? pressedInDraft(conversation, press, inputs, setup)
        : checkPressed(conversation, press, inputs);
  }
}

type DraftPress = Exclude<Extract<Press, { draft: string }>, RecordPress>;

function pressedInDraft(before: Conversation, press: DraftPress, inputs: Inputs, setup: Setup): Turn {
  if (press.do === "send" && (setup.sentBefore || press.draft === before.lastSent))
    return show(before, { type: "sent", repeated: true, unlinked: before.sentUnlinked });
  const conversation = takenUp(before, press.draft);
  const at = openDraft(conversation, setup);
  if (at?.draft.id !== press.draft) {
    return at
      ? moves.opened(conversation, at, "oldButton")
      : show(conversation, moves.atMenu(conversation, "oldButton"));
  }
  switch (press.do) {
    case "answer": {
      const question = questionOf(at.flow, press.question);
      if (!question) return moves.opened(conversation, at, "oldButton");
      const filled = press.option === undefined ? inputs : { answer: press.option };
      return moves.answered(conversation, at, question, moves.readAnswer(question, filled));
    }
    case "skip": {
      const question = questionOf(at.flow, press.question);
      if (!question) return moves.opened(conversation, at, "oldButton");
      return moves.skipped(withUnfinished(conversation, question.id, inputs, setup), at, question);
    }
    case "jump": {
      const question = questionOf(at.flow, press.question);
      if (!question) return moves.opened(conversation, at, "oldButton");
      return jumpedOn(conversation, at, question, inputs, setup);
    }
    case "back": {
      const kept = withUnfinished(conversation, press.question, inputs, setup);
      return moves.wentBack(kept, press.question ?? null, setup);
    }
    case "change": {
      const chosen = inputs.change;
      const along = typeof chosen === "string" ? enclosedBy(at.draft, chosen) : undefined;
      if (along) return moves.opened(...withDraft(conversation, at, leftOut(at.draft, along)), "leftOut");
      const step = resolve(at.flow, at.draft.answers).path.find(({ question }) => question.id === chosen);
      if (!step) return moves.opened(conversation, at, "chooseFirst");
      return moves.opened(...withDraft(conversation, at, { revisiting: step.question.id }));
    }
    case "look": {
      const review = moves.opened(conversation, at);
      // Of what was changed since, the first page has not been read (P4).
      if (review.screen.type !== "review" || press.revision !== review.screen.revision)
        return moves.opened(conversation, at, "changedSince");
      return { ...review, screen: { ...review.screen, page: press.page } };
    }
    case "adviser": {
      const chosen = press.adviser ?? inputs.adviser;
      const adviser = typeof chosen === "string" && chosen !== "" ? chosen.slice(0, 80) : null;
      return show(conversation, beside(at, { type: "adviser", adviser }));
    }
    case "copy":
    case "duties":
      return show(conversation, beside(at, { type: press.do }));
    case "ownWords": {
      const { conversation: next, screen } = decided(conversation, at, press, inputs, setup);
      return show(next, screen);
    }
    case "stop":
      return moves.stopped(withUnfinished(conversation, press.question, inputs, setup), press.draft, setup);
    case "keep":
      return at.draft.guide
        ? moves.stopped(conversation, press.draft, setup)
        : moves.final(conversation, "kept");
    case "remind":
      if (at.draft.guide) return moves.stopped(conversation, press.draft, setup);
      return show(conversation, { type: "final", reason: "kept" }, [
        { type: "remindDraft", draft: press.draft, when: press.when },
      ]);
    case "clear":
      return at.draft.guide ? moves.stopped(conversation, press.draft, setup) : moves.cleared(conversation);
    case "send":
      return moves.sent(conversation, at, press.revision);
  }
}

/** Jumps on from a question. What was filled in there is told: "enough for now" is said of what one just wrote. */
function jumpedOn(
  conversation: Conversation,
  at: Open,
  question: Question,
  inputs: Inputs,
  setup: Setup,
): Turn {
  const here = questionAt(at.draft, at.flow)?.id === question.id && question.skippable;
  const answer = here ? moves.readAnswer(question, inputs) : null;
  if (answer === null)
    return moves.jumped(withUnfinished(conversation, question.id, inputs, setup), at, question);
  const told = moves.answered(conversation, at, question, answer);
  const now = openDraft(told.conversation, setup);
  const next = now && questionAt(now.draft, now.flow);
  const taken = now?.draft.revision !== at.draft.revision;
  const stops = !next?.skippable || (next.essential === true && now?.draft.answers[next.id] === undefined);
  return now && next && taken && !stops ? moves.jumped(told.conversation, now, next) : told;
}

/** What a check shows depends on what its people told since: looked up in the same turn. Never before the introduction (P1). */
function checkPressed(conversation: Conversation, press: CheckPress, inputs: Inputs): Turn {
  if (!conversation.introduced) return show(conversation, { type: "intro" });
  const hub = { type: "check", page: { at: "hub" }, note: null } as const;
  return show(withoutGuide(conversation), hub, [{ type: "check", press, inputs }]);
}

function receiptTyped(conversation: Conversation, inputs: Inputs): Turn {
  const screen = { type: "reports", cases: conversation.cases } as const;
  const code = inputs.receipt;
  if (typeof code !== "string" || code.trim() === "")
    return show(conversation, { ...screen, note: "writeFirst" });
  return show(conversation, { ...screen, note: null }, [{ type: "openReceipt", code: code.slice(0, 200) }]);
}

function threadOpened(conversation: Conversation, id: string, page: number, setup: Setup): Turn {
  if (!conversation.cases.includes(id) && setup.visiting !== id) {
    return show(conversation, { type: "reports", cases: conversation.cases, note: "noSuchReport" });
  }
  return show(conversation, { type: "thread", case: id, page, note: null, unsent: null });
}

type Say = Extract<Press, { do: "say" }>;

function said(conversation: Conversation, press: Say, inputs: Inputs, setup: Setup): Turn {
  const { case: id, nonce, shown = 0 } = press;
  const opened = threadOpened(conversation, id, 0, setup);
  if (opened.screen.type !== "thread") return opened;
  const input = inputs.text;
  const text = typeof input === "string" ? input.trim() : "";
  if (text === "") return { ...opened, screen: { ...opened.screen, note: "writeFirst" } };
  if (text.length > longestText)
    return { ...opened, screen: { ...opened.screen, note: "tooLong", unsent: text } };
  return {
    ...opened,
    screen: { ...opened.screen, note: "messageSent" },
    effects: [{ type: "sayToAdviser", case: id, nonce, shown, text }],
  };
}

type CasePress = Extract<Press, { do: "case" | "giveName" | "consent" | "renewReceipt" | "withdraw" }>;

/** What a reporter does with a case besides writing. Whether it can be done, the case itself says. */
function pressedOnCase(conversation: Conversation, press: CasePress, inputs: Inputs, setup: Setup): Turn {
  const opened = threadOpened(conversation, press.case, 0, setup);
  if (opened.screen.type !== "thread") return opened;
  const { screen } = opened;
  const page = { type: "case", case: press.case, note: null, unsent: null } as const;
  switch (press.do) {
    case "case":
      return show(conversation, { ...page, page: press.page, ...(press.nr && { nr: press.nr }) });
    case "giveName": {
      const name = typeof inputs.name === "string" ? inputs.name.trim() : "";
      const form = { ...page, page: "naming", unsent: name } as const;
      if (name === "") return show(conversation, { ...form, note: "writeFirst", unsent: null });
      if (name.length > longestName) return show(conversation, { ...form, note: "tooLong" });
      if (![inputs.consent].flat().includes("yes"))
        return show(conversation, { ...form, note: "consentFirst" });
      return show(conversation, { ...screen, note: "nameGiven" }, [
        { type: "giveName", case: press.case, name },
      ]);
    }
    case "consent":
      return show(conversation, { ...screen, note: press.given ? "consentGiven" : "consentRefused" }, [
        { type: "answerConsent", case: press.case, given: press.given },
      ]);
    case "renewReceipt":
      return show(conversation, { ...page, page: "renewed" }, [
        { type: "renewReceipt", case: press.case, of: press.of },
      ]);
    case "withdraw":
      return show(conversation, { type: "withdrawn" }, [{ type: "withdrawReport", case: press.case }]);
  }
}

/** Asks for practice every day or week, or no longer. */
function pinged(conversation: Conversation, every: Rhythm | "never", setup: Setup): Turn {
  const next = { ...withoutGuide(conversation), practicePing: every === "never" ? null : every };
  return show(next, scenes(next, setup), [{ type: "practicePing", every }]);
}
