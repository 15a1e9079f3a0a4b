import type { DeskReply } from "../bots/turns.ts";
import type { View } from "../cards/view.ts";
import type { CaseState } from "../cases/case.ts";
import type { Language } from "../dialogs/core/draft.ts";
import { type Case, outcomeOf, type Pressed, people, type RouteId } from "./desk-model.ts";
import { content } from "./world.ts";

/** Reads from what is shown what it says, in the words of the model. Whatever says nothing known is an error. */

const refusals = ["notYourRoute", "notListed", "alreadyDone", "closed", "withdrawn", "full"] as const;
const notes = ["acknowledged", "replied", "writeFirst"].map(
  (name) => [name, `adviser.notes.${name}`] as const,
);
const workNotes = ["noted", "recorded", "chooseColleague", "badDate", "reasonFirst"].map(
  (name) => [name, `desk.notes.${name}`] as const,
);
const titles = [
  ["case", "adviser.room.title"],
  ["reply", "adviser.reply.title"],
  ["reopening", "adviser.reply.titleReopen"],
  ["closing", "adviser.closing.title"],
  ["holding", "clocks.hold.title"],
  ...["options", "note", "record", "hand", "conflict"].map((page) => [page, `desk.pages.${page}`] as const),
] as const;

export function toldDesk({ view, surface }: DeskReply, language: Language, text: string): string {
  const say = (key: string, params: Record<string, string> = {}) => content.words(language).say(key, params);
  const all = JSON.stringify(view);
  const has = (words: string) => all.includes(JSON.stringify(words).slice(1, -1));
  const number = /V-\w{5}/.exec(view.title)?.[0] ?? "";
  const kept = has(text) && view.title !== say("adviser.room.title", { number }) ? ", text kept" : "";
  if (view.title === say("adviser.refused.title")) {
    if (surface !== "room") throw new Error("a refusal for everybody to see");
    if (has(say("clocks.hold.notClosed"))) return "refused notClosed";
    const why = refusals.find((one) => has(say(`adviser.refused.${one}`)));
    if (!why) throw new Error(`refused without a word: ${all}`);
    return `refused ${why}${kept}`;
  }
  if (view.title === say("desk.movedAway.title")) return `${surface} moved`;
  if (view.title === say("desk.held.title", { number })) {
    const holder = Object.entries(people).find(([, { name }]) => has(say("desk.held.text", { name })));
    return `held by ${holder?.[0]}`;
  }
  if (view.privacy === "neutral" && view.title === say("adviser.door.title", { number })) {
    const open = view.buttons.some(({ press }) => press?.do === "desk.open");
    const closed = view.buttons.some(({ press }) => press?.do === "desk.holding");
    return `${surface} ${open ? "open" : closed ? "closed" : "withdrawn"}${noteOf(view, say)}`;
  }
  const page = titles.find(([, key]) => say(key, { number }) === view.title);
  if (!page || view.privacy !== "private") throw new Error(`nothing known: ${all}`);
  const ofWork = ["options", "note", "record", "hand", "conflict"].includes(page[0]);
  return `${surface} ${page[0]}${noteOf(view, say)}${ofWork || page[0] === "case" ? "" : kept}`;
}

function noteOf({ note }: View, say: (key: string) => string): string {
  if (note === null) return "";
  const known = [
    ...notes,
    ...workNotes,
    ["closed", "adviser.notes.closed"],
    ["chooseFirst", "clocks.hold.chooseFirst"],
  ] as const;
  const found = known.find(([, key]) => say(key) === note);
  if (!found) throw new Error(`an unknown remark: ${note}`);
  return `, ${found[0]}`;
}

const reporterNotes = [
  "messageSent",
  "caseClosed",
  "caseReopened",
  "nameGiven",
  "nameKnown",
  "noSuchReport",
] as const;

export function toldReporter(view: View): string {
  const { say } = content.words("nl");
  if (view.title === say("case.withdrawn.title")) return "withdrawn";
  const note = reporterNotes.find((one) => say(`common.notes.${one}`) === view.note);
  if (!note) throw new Error(`says nothing known: ${JSON.stringify(view)}`);
  return note;
}

/** The page whose button does this now; null: none does, as what it would come to is not for here and now. */
export function offeredOn(now: Case, pressed: Pressed): object | null {
  const { after, told } = outcomeOf(now, pressed);
  if (after.version === now.version && !told.startsWith("room")) return null;
  if (pressed.who === "anna") return {};
  const work = (page: string) => ({ do: "desk.work", page });
  switch (pressed.what) {
    case "acknowledge":
    case "write":
    case "open":
    case "options":
      return now.state === "closed" ? null : { do: "desk.shut" };
    case "reply":
    case "replyNothing":
      return now.state === "closed" ? null : { do: "desk.write" };
    case "reopenPage":
      return now.state === "closed" ? { do: "desk.shut" } : null;
    case "reopen":
      return now.state === "closed" ? { do: "desk.write", reopen: 0 } : null;
    case "close":
    case "closeForNothing":
      return { do: "desk.closing" };
    case "closing":
    case "notePage":
    case "recordPage":
    case "handPage":
    case "conflictPage":
      return work("options");
    case "take":
      return now.holder === null ? { do: "desk.shut" } : null;
    case "takeOver":
      return work("hand");
    case "note":
    case "noteNothing":
      return work("note");
    case "record":
    case "recordBadDate":
      return work("record");
    case "move":
      return now.left.length === 0 ? work("conflict") : null;
    case "holding":
      return { do: "desk.shut" };
    case "hold":
    case "holdForNothing":
    case "unhold":
      return { do: "desk.holding" };
    case "handTo":
      return work("hand");
    default:
      return null;
  }
}

/** What the card says and offers, by what it says it. */
export function cardOf(view: View, route: RouteId): object {
  const { say } = content.words(route === "advisers" ? "nl" : "en");
  const facts = view.body.flatMap((part) => (part.type === "facts" ? part.facts : []));
  const fact = (key: string) => facts.find(({ label }) => label === say(key))?.value ?? null;
  return {
    state: fact("adviser.door.state"),
    holder: fact("desk.holder"),
    last: fact("desk.last")?.replace(/, .*$/, "") ?? null,
    buttons: view.buttons.flatMap(({ press }) => (press ? [press.do] : [])),
  };
}

/** What the card of a case should say, by what the model has of it. */
export function cardFor(now: Case): object {
  const { say } = content.words(now.route === "advisers" ? "nl" : "en");
  if (now.state === "closed")
    return { state: null, holder: null, last: null, buttons: ["desk.holding", "desk.write"] };
  if (now.state === "withdrawn") return { state: null, holder: null, last: null, buttons: [] };
  const last = now.acts.findLast((act) => !/ (noted|recorded)$/.test(act));
  const [by, what, , to] = last?.split(" ") ?? [];
  const nameOf = (who: string | undefined) => people[who as keyof typeof people]?.name ?? "";
  const done = what && say(`desk.acts.${what}`, { name: nameOf(by), at: "", ...(to && { to: nameOf(to) }) });
  return {
    state: say(`adviser.states.${now.state}`),
    holder: now.holder === null ? say("desk.nobody") : nameOf(now.holder),
    last: done?.replace(/, .*$/, "") ?? null,
    buttons: [
      "desk.open",
      ...(now.state === "received" ? ["desk.acknowledge"] : []),
      "desk.write",
      "desk.work",
      ...(now.holder === null ? ["desk.take"] : []),
    ],
  };
}

/** The card as it was when the case had this state: the state on it changes with the card only. */
export function stateOnCard(view: View, route: RouteId, state: CaseState): View {
  const { say } = content.words(route === "advisers" ? "nl" : "en");
  const label = say("adviser.door.state");
  const body = view.body.map((part) => {
    if (part.type !== "facts") return part;
    const value = say(`adviser.states.${state}`);
    return { ...part, facts: part.facts.map((fact) => (fact.label === label ? { label, value } : fact)) };
  });
  return { ...view, body };
}
