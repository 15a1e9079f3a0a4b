import fc from "fast-check";
import { flowsFor } from "../bots/flows.ts";
import { setupIn } from "../bots/setup.ts";
import { newStampKey, stampOf } from "../cases/stamp.ts";
import { converse, type Setup } from "../dialogs/core/converse.ts";
import { type Conversation, newConversation } from "../dialogs/core/draft.ts";
import type { Inputs, Press } from "../dialogs/core/event.ts";
import { reviewRows } from "../dialogs/core/show.ts";
import { type Entry, longestEntry, mostEnclosed, piecesOf } from "../dialogs/record/record.ts";
import { content, someOrganisation } from "./world.ts";

/** What somebody writes down first, in the pure core: what a press leads to, before anything is stored. */

const flows = flowsFor(someOrganisation());
let drafts = 0;
function setup(record?: readonly Entry[]): Setup {
  drafts += 1;
  const given = setupIn(content, { flows, languages: ["nl", "en"], fresh: `draft-${drafts}` });
  return { ...given, ...(record && { record }) };
}
const met: Conversation = { ...newConversation("nl"), introduced: true, record: "r" };

function entry(nr: number, text = `stuk ${nr}`): Entry {
  return { id: `e${nr}`, form: `f${nr}`, at: nr * 60_000, text, key: newStampKey() };
}
const press = (conversation: Conversation, pressed: Press, inputs: Inputs = {}, record?: readonly Entry[]) =>
  converse(conversation, { type: "press", press: pressed, inputs }, setup(record));
const reportFlow = flows.report as NonNullable<typeof flows.report>;
const rowsOf = ({ draft }: Conversation) => (draft ? reviewRows(draft, reportFlow) : []);
const alongIn = (conversation: Conversation) =>
  rowsOf(conversation).flatMap(({ written, answer }) => (written ? [answer] : []));
const use = (conversation: Conversation, entries: readonly Entry[], ids = entries.map(({ id }) => id)) =>
  press(conversation, { do: "record.use" }, { entries: [...ids] }, entries);

describe("writing down", () => {
  test("comes after the introduction, whatever is pressed (P1)", () => {
    const stranger = newConversation("nl");
    for (const one of [
      { do: "record" },
      { do: "record.add", nonce: "nonce-of-a-form" },
      { do: "record.use" },
      { do: "record.destroy" },
    ] as const) {
      const { screen, effects } = press(stranger, one, { text: "iets" });
      expect([screen.type, effects]).toEqual(["intro", []]);
    }
  });

  test("keeps what was filled in, trimmed; nothing of an empty form or of one that is too long", () => {
    const add = (text: string) => press(met, { do: "record.add", nonce: "nonce-of-a-form" }, { text });
    expect(add("  wat er was \n").effects).toEqual([
      { type: "keepEntries", form: "nonce-of-a-form", texts: ["wat er was"] },
    ]);
    expect(add(" \n ")).toMatchObject({ effects: [], screen: { note: "writeFirst" } });
    const long = "x".repeat(longestEntry + 1);
    expect(add(long)).toMatchObject({ effects: [], screen: { note: "entryTooLong", unsent: long } });
  });

  test("leads to help for words of need in it, on that screen alone (P8)", () => {
    const add = (text: string) => press(met, { do: "record.add", nonce: "nonce-of-a-form" }, { text });
    const turn = add("Ik wil niet meer leven.");
    expect(turn.screen).toMatchObject({ type: "record", offered: ["despair"] });
    expect(turn.effects).toHaveLength(1);
    expect(add("Hij deed mijn accent na.").screen).not.toHaveProperty("offered");
    expect(press(turn.conversation, { do: "record" }).screen).not.toHaveProperty("offered");
  });

  test("is offered where somebody stops with a report in which something is told, and nowhere else", () => {
    const { conversation } = press(met, { do: "start", flow: "report" });
    const draft = conversation.draft?.id ?? "";
    const stop = (at: Conversation) => press(at, { do: "stop", draft }).screen;
    expect(stop(conversation)).not.toHaveProperty("hasWords");
    const told = press(conversation, { do: "answer", draft, question: "story" }, { answer: "wat er was" });
    expect(stop(told.conversation)).toMatchObject({ type: "stop", hasWords: true });
    // What stands in a form that is left counts too; a name alone does not.
    const left = press(conversation, { do: "stop", draft, question: "more" }, { answer: "half" });
    expect(left.screen).toMatchObject({ hasWords: true });
    const named = press(conversation, { do: "answer", draft, question: "name" }, { answer: "Noor" });
    expect(stop(named.conversation)).not.toHaveProperty("hasWords");
  });

  test("takes own words out of a draft, all of them and in pieces that fit, and leaves the draft as it is", () => {
    const { conversation } = press(met, { do: "start", flow: "report" });
    const draft = conversation.draft?.id ?? "";
    const story = "woord ".repeat(499).trim();
    const told = press(conversation, { do: "answer", draft, question: "story" }, { answer: story });
    const { conversation: before } = press(
      told.conversation,
      { do: "stop", draft, question: "more" },
      { answer: "en dit" },
    );
    const { effects, conversation: after } = press(before, { do: "record.keep", draft });
    expect(effects).toEqual([{ type: "keepEntries", form: draft, texts: [...piecesOf(story), "en dit"] }]);
    expect(after.draft).toEqual(before.draft);
    // A button of another draft keeps nothing.
    expect(press(before, { do: "record.keep", draft: "other" })).toMatchObject({
      effects: [],
      screen: { note: "oldButton" },
    });
  });

  test("a text in pieces says what it said, and no piece is too long", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 400 }), fc.constant("\n\n")), {
          maxLength: 30,
        }),
        (parts) => {
          const text = parts.join(" ");
          const pieces = piecesOf(text);
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(longestEntry);
            expect(piece.isWellFormed()).toBe(true);
            expect(piece).not.toBe("");
          }
          expect(pieces.join("").replace(/\s+/g, "")).toBe(text.replace(/\s+/g, ""));
        },
      ),
    );
  });

  test("a stamp is of this text at this time under this key, and of nothing else", () => {
    const one = { at: 60_000, text: "wat er was", key: newStampKey() };
    expect(stampOf(one)).toBe(stampOf({ ...one }));
    for (const other of [{ at: 60_001 }, { text: "wat er was." }, { key: newStampKey() }])
      expect(stampOf({ ...one, ...other })).not.toBe(stampOf(one));
  });
});

describe("sending along", () => {
  test("begins a report with what was ticked, in the order it was written, and sends nothing", () => {
    const entries = [entry(1), entry(2), entry(3)];
    const turn = use(met, entries, ["e3", "e1"]);
    expect(turn.effects).toEqual([]);
    expect(turn.screen).toMatchObject({
      type: "question",
      question: "danger",
      note: "entriesAlong",
      enclosed: 2,
    });
    expect(alongIn(turn.conversation)).toEqual(["stuk 1", "stuk 3"]);
    // Behind the story, where there is one.
    const ids = rowsOf(turn.conversation).map(({ question }) => question);
    expect(ids).toEqual(["record:e1", "record:e3"]);
    const told = press(
      turn.conversation,
      { do: "answer", draft: turn.conversation.draft?.id ?? "", question: "story" },
      { answer: "zo was het" },
    );
    expect(alongIn(told.conversation)).toEqual(["stuk 1", "stuk 3"]);
  });

  test("goes on with the report that waits, adds each once, and what changed must be read again (P4)", () => {
    const entries = [entry(1), entry(2)];
    const first = use(met, entries, ["e2"]).conversation;
    const reviewed: Conversation = {
      ...first,
      draft: first.draft && { ...first.draft, reviewed: first.draft.revision },
    };
    const same = use(reviewed, entries, ["e2"]).conversation;
    expect(same.draft?.revision).toBe(same.draft?.reviewed);
    const more = use(reviewed, entries, ["e1", "e2"]).conversation;
    expect(alongIn(more)).toEqual(["stuk 1", "stuk 2"]);
    expect(more.draft?.id).toBe(first.draft?.id);
    expect(more.draft?.revision).not.toBe(more.draft?.reviewed);
  });

  test("takes only what was ticked and is there, and no more than goes with one report", () => {
    const entries = Array.from({ length: mostEnclosed + 1 }, (_, nr) => entry(nr));
    expect(use(met, entries, [])).toMatchObject({ screen: { note: "tickEntries" }, effects: [] });
    expect(use(met, entries, ["e99"])).toMatchObject({ screen: { note: "tickEntries" } });
    const nine = entries.slice(0, mostEnclosed);
    expect(alongIn(use(met, nine).conversation)).toHaveLength(mostEnclosed);
    const tooMany = use(use(met, nine).conversation, entries, [`e${mostEnclosed}`]);
    expect(tooMany.screen).toMatchObject({ type: "record", note: "tooManyAlong" });
    expect(alongIn(tooMany.conversation)).toHaveLength(mostEnclosed);
  });

  test("can be undone in check-your-answers, one entry at a time", () => {
    const { conversation } = use(met, [entry(1), entry(2)]);
    const draft = conversation.draft?.id ?? "";
    const turn = press(conversation, { do: "change", draft }, { change: "record:e1" });
    expect(turn.screen).toMatchObject({ note: "leftOut" });
    expect(alongIn(turn.conversation)).toEqual(["stuk 2"]);
    expect(turn.conversation.draft?.revision).toBeGreaterThan(conversation.draft?.revision ?? 0);
  });

  test("is gone with the draft, and the record stays: that is said", () => {
    const { conversation } = use(met, [entry(1)]);
    const draft = conversation.draft?.id ?? "";
    const cleared = press(conversation, { do: "clear", draft });
    expect(cleared.conversation.draft).toBeNull();
    expect(cleared.conversation.record).toBe("r");
    expect(cleared.screen).toMatchObject({ reason: "cleared", recordStays: true });
    const without = press({ ...conversation, record: null }, { do: "clear", draft });
    expect(without.screen).not.toHaveProperty("recordStays");
  });

  test("ends for what is destroyed, also in a report that was put aside", () => {
    const { conversation } = use(met, [entry(1), entry(2)]);
    const aside = press(conversation, { do: "start", flow: "code" }).conversation;
    expect(aside.parked).toHaveLength(1);
    for (const at of [conversation, aside]) {
      const some = press(at, { do: "record.destroy", entries: ["e1"] });
      expect(some.effects).toEqual([{ type: "destroyEntries", entries: ["e1"] }]);
      const report = [some.conversation.draft, ...some.conversation.parked].find(
        (one) => one?.flow === "report",
      );
      expect(report?.enclosed?.map(({ entry: id }) => id)).toEqual(["e2"]);
      const all = press(at, { do: "record.destroy" });
      expect(JSON.stringify(all.conversation)).not.toContain("stuk");
    }
  });
});

describe("names and numbers in what goes along", () => {
  const traced = entry(1, "Bel 06 12345678. Groeten, Anna de Vries.");
  const whole = (conversation: Conversation): Conversation => {
    const { draft } = conversation;
    if (!draft) throw new Error("no draft");
    let at = conversation;
    for (let nr = 0; nr < 40; nr += 1) {
      const turn = press(at, { do: "resume" });
      if (turn.screen.type !== "question") return turn.conversation;
      const { question, skippable, kind, options } = turn.screen;
      at = skippable
        ? press(at, { do: "skip", draft: draft.id, question }).conversation
        : press(
            at,
            { do: "answer", draft: draft.id, question },
            kind === "tell" ? {} : { answer: options[0] ?? "" },
          ).conversation;
    }
    throw new Error("no end");
  };

  test("are pointed out before check-your-answers, and can be replaced: then the stamp is gone", () => {
    const conversation = whole(use(met, [traced]).conversation);
    const draft = conversation.draft?.id ?? "";
    const { screen } = press(conversation, { do: "resume" });
    expect(screen).toMatchObject({ type: "ownWords", question: "record:e1", written: traced.at, found: 2 });
    if (screen.type !== "ownWords") throw new Error("not pointed out");
    const at = { do: "ownWords", draft, question: screen.question, revision: screen.revision } as const;
    const left = press(conversation, { ...at, choose: "leave" });
    expect(left.screen.type).toBe("review");
    expect(rowsOf(left.conversation).find(({ written }) => written)).toMatchObject({
      answer: traced.text,
      written: { at: traced.at, key: traced.key },
    });
    const replaced = press(conversation, { ...at, choose: "replace" }, { replace: ["all"] });
    const row = rowsOf(replaced.conversation).find(({ written }) => written);
    expect(row?.written).toEqual({ at: traced.at, key: null });
    expect(row?.answer).not.toContain("Anna");
    expect(row?.answer).not.toContain("06 12345678");
    expect(replaced.screen).toMatchObject({ type: "review", note: "wordsReplaced" });
    // The record itself is not touched by it.
    expect(replaced.effects).toEqual([]);
  });

  test("can be a reason not to send it along; it is not written anew", () => {
    const conversation = whole(use(met, [traced]).conversation);
    const draft = conversation.draft?.id ?? "";
    const { screen } = press(conversation, { do: "resume" });
    if (screen.type !== "ownWords") throw new Error("not pointed out");
    const at = { do: "ownWords", draft, question: screen.question, revision: screen.revision } as const;
    const out = press(conversation, { ...at, choose: "leaveOut" });
    expect(out.screen).toMatchObject({ type: "review", note: "leftOut" });
    expect(alongIn(out.conversation)).toEqual([]);
    const edit = press(conversation, { ...at, choose: "edit" });
    expect(edit.screen.type).toBe("ownWords");
    expect(alongIn(edit.conversation)).toEqual([traced.text]);
  });
});
