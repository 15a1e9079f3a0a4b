import type { Conversation } from "./draft.ts";
import { type Flows, guideOpen, type Open } from "./drafts.ts";
import { scenes } from "./practice.ts";
import { type Screen, type Subject, subjects } from "./screen.ts";
import { menu, placeOf } from "./show.ts";

/**
 * What a screen is remembered by, since a typed reply and a change of language carry no address of their own.
 * Null: what was shown before it is still what is on the table.
 */
export function askedKey(screen: Screen): string | null {
  switch (screen.type) {
    case "question":
      return `question:${screen.question}`;
    case "case":
      if (screen.page === "renewed") return screen.page;
      return `thread:${screen.case}`;
    case "thread":
      return `thread:${screen.case}`;
    case "adviser":
      return `adviser:${screen.adviser ?? ""}`;
    case "topic":
      return `topic:${screen.topic}`;
    case "service":
      return `service:${screen.service}`;
    case "check":
      return "check" in screen.page && screen.page.at !== "new" ? `check:${screen.page.check}` : "check:";
    case "help":
    case "story":
    case "unreadable":
      return null;
    default:
      return screen.type;
  }
}

/** Whether what was shown last is a place in a draft. */
export function askedInFlow({ asked }: Conversation): boolean {
  if (asked?.startsWith("question:")) return true;
  return asked === "ownWords" || asked === "review" || asked === "outcome";
}

/** The adviser whose page was shown last, by id. */
export function adviserAsked({ asked }: Conversation): string | null {
  const [page, id = ""] = (asked ?? "").split(":");
  return page === "adviser" && id !== "" ? id : null;
}

/** The check that was shown last, from its first page; the list of checks where there was none. Null: something else was shown. */
export function checkAsked({ asked }: Conversation): Screen | null {
  const [page, check = ""] = (asked ?? "").split(":");
  if (page !== "check") return null;
  return {
    type: "check",
    page: check === "" ? { at: "hub" } : { at: "overview", check },
    note: null,
  };
}

/** What was shown last, drawn anew; null where it cannot be shown again. */
export function screenAsked(
  conversation: Conversation,
  at: Open | null,
  setup: { readonly flows: Flows },
): Screen | null {
  if (at && askedInFlow(conversation)) return placeOf(at.draft, at.flow);
  const [page, id = ""] = (conversation.asked ?? "").split(":");
  switch (page) {
    case "menu":
      return menu(conversation);
    case "reports":
      return { type: "reports", cases: conversation.cases, note: null };
    case "stop":
      return at && { type: "stop", draft: at.draft.id };
    case "topics":
      return { type: "topics", guideOpen: guideOpen(conversation) };
    case "bystander":
      return { type: "bystander" };
    case "scenes":
      return scenes(conversation, setup);
    case "topic": {
      const topic = subjects.find((one) => one === id);
      return topic ? topicPage(conversation, topic) : null;
    }
    case "service":
      return { type: "service", service: id, draftWaiting: conversation.draft !== null };
    case "adviser":
      return at && beside(at, { type: "adviser", adviser: adviserAsked(conversation) });
    case "record":
      return { type: "record", page: { at: "entries", page: 0 }, note: null, unsent: null };
    case "check":
      return checkAsked(conversation);
    case "copy":
    case "duties":
      return at && beside(at, { type: page });
    default:
      return null;
  }
}

/** One subject that can be read about. */
export function topicPage(conversation: Conversation, topic: Subject): Screen {
  return { type: "topic", topic, guideOpen: guideOpen(conversation) };
}

type Page =
  | { readonly type: "adviser"; readonly adviser: string | null }
  | { readonly type: "copy" | "duties" };

/** A page of a guide's outcome; the guide's own place where it has not come to its outcome. */
export function beside(at: Open, page: Page): Screen {
  const place = placeOf(at.draft, at.flow);
  if (place.type !== "outcome") return place;
  const { flow, draft, answers } = place;
  return { ...page, flow, draft, answers };
}
