import type { CaseState } from "../cases/case.ts";

/**
 * What every press on a case comes to, written down a second time and without a look at the product: by hand, as
 * data. `desk-model.test.ts` holds the two beside each other.
 */

/** Who presses: two advisers of each route, somebody in the first channel who is none, and the reporter. */
export const people = {
  fatima: { name: "Fatima El Idrissi", id: "fatima-el-idrissi", route: "advisers" },
  joost: { name: "Joost Bakker", id: "joost-bakker", route: "advisers" },
  sanne: { name: "Sanne Visser", id: "sanne-visser", route: "external" },
  mo: { name: "Mo Aziz", id: "mo-aziz", route: "external" },
  stranger: { name: "Iemand Anders", id: "", route: "advisers" },
} as const;
export type AdviserId = Exclude<keyof typeof people, "stranger">;
export type Who = keyof typeof people | "anna";
export type RouteId = "advisers" | "external";

export const colleague = { fatima: "joost", joost: "fatima", sanne: "mo", mo: "sanne" } as const;

export const deskActions = [
  "open",
  "acknowledge",
  "write",
  "reply",
  "replyNothing",
  "reopenPage",
  "reopen",
  "reopenLate",
  "closing",
  "close",
  "closeForNothing",
  "take",
  "takeOver",
  "takeLate",
  "options",
  "notePage",
  "recordPage",
  "handPage",
  "conflictPage",
  "handTo",
  "handToUnknown",
  "handToSelf",
  "note",
  "noteNothing",
  "record",
  "recordBadDate",
  "move",
  "moveNowhere",
  "moveBack",
  "holding",
  "hold",
  "holdForNothing",
  "unhold",
  "shut",
] as const;
export const reporterActions = ["say", "giveName", "withdraw"] as const;
export type Action = (typeof deskActions)[number] | (typeof reporterActions)[number];
export const actions: readonly Action[] = [...deskActions, ...reporterActions];

/** One press as it is delivered; the same one may be delivered again, and late. */
export interface Pressed {
  readonly who: Who;
  readonly what: Action;
  /** Which form it was: the same form is the same message, note or record. */
  readonly form: string;
  /** For `take…`: whose the case was when the button was drawn, or null: the button did not say. */
  readonly from: AdviserId | null;
  /** How often it had been closed when the form was drawn. */
  readonly closing: number;
}

/** How often a case was closed. */
export function closingsOf({ acts }: Pick<Case, "acts">): number {
  return acts.filter((act) => / closed$/.test(act)).length;
}

/** A case as far as a press can change it. */
export interface Case {
  readonly state: CaseState;
  readonly route: RouteId;
  readonly left: readonly RouteId[];
  readonly version: number;
  readonly holder: AdviserId | null;
  readonly acknowledged: boolean;
  readonly read: boolean;
  readonly named: boolean;
  /** Who did what, oldest first, as "fatima replied". */
  readonly acts: readonly string[];
  /** As "fatima form". */
  readonly notes: readonly string[];
  /** As "adviser form". */
  readonly messages: readonly string[];
  /** The form that was recorded last. */
  readonly recorded: string;
  readonly closedFor: "settled" | null;
  readonly held: "procedure" | null;
}

export const fresh: Case = {
  state: "received",
  route: "advisers",
  left: [],
  version: 1,
  holder: null,
  acknowledged: false,
  read: false,
  named: false,
  acts: [],
  notes: [],
  messages: [],
  recorded: "",
  closedFor: null,
  held: null,
};

/** What a press comes to: the case after it, what the one who pressed is shown, what is to be sent and recorded. */
export interface Outcome {
  readonly after: Case;
  /** Where it is shown, and what: "room reply", "door open, replied", "refused closed". */
  readonly told: string;
  readonly queued: readonly string[];
  readonly audit: readonly string[];
}

/** What somebody writes in: where it leads nowhere, their words come back. */
const writes: readonly string[] = ["reply", "reopen", "reopenLate", "note", "record", "recordBadDate"];

export function outcomeOf(now: Case, press: Pressed): Outcome {
  if (press.who === "anna") return reporters(now, press);
  const written = writes.includes(press.what) ? ", text kept" : "";
  const { route } = people[press.who];
  // Wherever the case is: who may not act in a route does not learn that it left.
  if (press.who === "stranger") return unchanged(now, "refused notListed", ["desk.notListed"]);
  if (route !== now.route) return unchanged(now, `refused notYourRoute${written}`, ["desk.notYourRoute"]);
  if (now.state === "withdrawn")
    return unchanged(now, press.what === "shut" ? "door withdrawn" : `refused withdrawn${written}`);
  return now.state === "closed" ? onClosed(now, press) : onOpen(now, press, press.who);
}

function onClosed(now: Case, { what, form, who, closing }: Pressed): Outcome {
  switch (what) {
    case "reopenPage":
      return unchanged(now, "room reopening");
    case "reopen":
    case "reopenLate": {
      if (now.messages.includes(`adviser ${form}`)) return unchanged(now, "door closed");
      // Somebody closed it once more since.
      if (closing !== closingsOf(now)) return unchanged(now, "room reopening, closed, text kept");
      const messages = [...now.messages, `adviser ${form}`];
      const acts = [...now.acts, `${who} reopened`];
      const change = { ...reopened, state: "waiting", acknowledged: true, messages, acts } as const;
      return changed(
        now,
        change,
        "door open, replied",
        ["caseCardUpdate", "reporterPing reply"],
        ["case.reopened"],
      );
    }
    case "open":
      return { ...unchanged(now, "room case"), after: { ...now, read: true } };
    case "shut":
      return unchanged(now, "door closed");
    case "reply":
      // A repeat of what was sent before it was closed. What was not sent comes back in its form.
      if (now.messages.includes(`adviser ${form}`)) return unchanged(now, "door closed");
      return unchanged(now, "room reopening, closed, text kept");
    case "note":
      if (now.notes.includes(`${who} ${form}`)) return unchanged(now, "door closed");
      return unchanged(now, "refused closed, text kept");
    case "record":
    case "recordBadDate":
      return unchanged(now, "refused closed, text kept");
    case "holding":
      return unchanged(now, "room holding");
    case "holdForNothing":
      return unchanged(now, "room holding, chooseFirst");
    case "hold":
      return changed(now, { held: "procedure" }, "door closed", ["caseCardUpdate"], ["case.held"]);
    case "unhold":
      if (now.held === null) return unchanged(now, "refused alreadyDone");
      return changed(now, { held: null }, "door closed", ["caseCardUpdate"], ["case.holdEnded"]);
    default:
      return unchanged(now, "refused closed");
  }
}

function onOpen(now: Case, { what, form, from }: Pressed, who: AdviserId): Outcome {
  const act = (done: string) => ({ acts: [...now.acts, `${who} ${done}`] });
  const hold = (holder: AdviserId, done: string) =>
    changed(now, { holder, ...act(done) }, "door open", ["caseCardUpdate"]);
  switch (what) {
    case "open":
      return { ...unchanged(now, "room case"), after: { ...now, read: true } };
    case "acknowledge":
      if (now.state !== "received") return unchanged(now, "refused alreadyDone");
      return changed(
        now,
        { state: "acknowledged", acknowledged: true, ...act("acknowledged") },
        "door open, acknowledged",
        ["caseCardUpdate", "reporterPing acknowledged"],
      );
    // A colleague, or the reporter, has opened it again meanwhile, or it never was closed.
    case "reopen":
    case "reopenLate":
    case "reply": {
      if (now.messages.includes(`adviser ${form}`)) return unchanged(now, "door open, replied");
      const messages = [...now.messages, `adviser ${form}`];
      return changed(
        now,
        { state: "waiting", acknowledged: true, messages, ...act("replied") },
        "door open, replied",
        ["caseCardUpdate", "reporterPing reply"],
      );
    }
    case "close":
      return changed(now, { state: "closed", closedFor: "settled", ...act("closed") }, "door closed", [
        "caseCardUpdate",
        "reporterPing closed",
      ]);
    case "take":
    case "takeOver":
    case "takeLate":
      if (now.holder === who) return unchanged(now, "refused alreadyDone");
      if (now.holder !== null && now.holder !== from) return unchanged(now, `held by ${now.holder}`);
      return hold(who, "took");
    case "handTo": {
      const to = colleague[who];
      if (now.holder === to) return unchanged(now, "refused alreadyDone");
      return hold(to, `handedOver to ${to}`);
    }
    case "note": {
      if (now.notes.includes(`${who} ${form}`)) return unchanged(now, "room options, noted");
      const notes = [...now.notes, `${who} ${form}`];
      return changed(now, { notes, ...act("noted") }, "room options, noted");
    }
    case "record":
      if (now.recorded === form) return unchanged(now, "room options, recorded");
      return changed(now, { recorded: form, ...act("recorded") }, "room options, recorded");
    case "move": {
      // There are two routes, and a case never goes back.
      if (now.left.length > 0) return unchanged(now, "room conflict");
      const { route } = now;
      const to = route === "advisers" ? "external" : "advisers";
      const queued = [`caseLeft ${route}`, "caseCard", "reporterPing moved"];
      return changed(now, { route: to, left: [route], holder: null }, "door moved", queued, ["case.moved"]);
    }
    case "shut":
      return unchanged(now, "door open");
    case "holding":
    case "hold":
    case "holdForNothing":
    case "unhold":
      return unchanged(now, "refused notClosed");
    default:
      return unchanged(now, `room ${pageOf[what] ?? what}`);
  }
}

/** Why it was closed counts no more; what it is kept longer for does, should it be closed again. */
const reopened = { closedFor: null } as const;

/** What comes to a page and changes nothing. */
const pageOf: Readonly<Partial<Record<Action, string>>> = {
  write: "reply",
  reopenPage: "reply",
  replyNothing: "reply, writeFirst",
  closing: "closing",
  closeForNothing: "closing, reasonFirst",
  notePage: "note",
  noteNothing: "note, writeFirst",
  recordPage: "record",
  recordBadDate: "record, badDate",
  handPage: "hand",
  handToUnknown: "hand, chooseColleague",
  handToSelf: "hand, chooseColleague",
  conflictPage: "conflict",
  moveNowhere: "conflict",
  moveBack: "conflict",
};

function reporters(now: Case, { what, form }: Pressed): Outcome {
  if (now.state === "withdrawn") return unchanged(now, "noSuchReport");
  if (what === "withdraw") {
    const { route, version, acknowledged, read } = now;
    const destroyed = { ...fresh, route, version, acknowledged, read };
    return changed(destroyed, { state: "withdrawn" }, "withdrawn", ["caseCardUpdate"], ["case.withdrawn"]);
  }
  if (what === "say") {
    if (now.messages.includes(`reporter ${form}`)) return unchanged(now, "messageSent");
    const messages = [...now.messages, `reporter ${form}`];
    if (now.state === "closed") {
      const state = now.acknowledged ? "conversation" : "received";
      const change = { ...reopened, state, messages } as const;
      return changed(now, change, "caseReopened", ["caseCardUpdate", "routePing"], ["case.reopened"]);
    }
    const state = now.state === "received" ? now.state : "conversation";
    return changed(now, { state, messages }, "messageSent", ["routePing"]);
  }
  if (now.state === "closed") return unchanged(now, "caseClosed");
  if (now.named) return unchanged(now, "nameKnown");
  return changed(now, { named: true }, "nameGiven", ["routePing"]);
}

function unchanged(after: Case, told: string, audit: readonly string[] = []): Outcome {
  return { after, told, queued: [], audit };
}

function changed(
  now: Case,
  change: Partial<Case>,
  told: string,
  queued: readonly string[] = [],
  audit: readonly string[] = [],
): Outcome {
  return { after: { ...now, ...change, version: now.version + 1 }, told, queued, audit };
}
