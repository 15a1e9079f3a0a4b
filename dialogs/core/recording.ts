import type { RecordPress } from "../record/press.ts";
import { type Enclosed, longestEntry, mostEnclosed, piecesOf } from "../record/record.ts";
import type { Conversation, Draft } from "./draft.ts";
import { openDraft, withDraft, withoutGuide } from "./drafts.ts";
import { enclosedIn, hasWords, leftOut, textsOf } from "./enclosed.ts";
import type { Inputs } from "./event.ts";
import { leadsToOutcome } from "./flow.ts";
import * as moves from "./moves.ts";
import { type Setup, show, type Turn } from "./moves.ts";
import type { Note, Screen } from "./screen.ts";

type RecordScreen = Extract<Screen, { type: "record" }>;

/**
 * What a press on the private record leads to. What stands in it is looked up by the turn; never before the
 * introduction (P1).
 */
export function recordPressed(before: Conversation, press: RecordPress, inputs: Inputs, setup: Setup): Turn {
  if (!before.introduced) return show(before, { type: "intro" });
  const conversation = withoutGuide(before);
  switch (press.do) {
    case "record":
      return show(conversation, at({ at: "entries", page: press.page ?? 0 }));
    case "record.add":
      return added(conversation, press.nonce, inputs);
    case "record.options":
      return show(conversation, at({ at: "options", page: press.page ?? 0 }));
    case "record.copy":
      return show(conversation, at({ at: "copy", page: press.page ?? 0 }));
    case "record.use":
      return used(conversation, press.page ?? 0, ticked(inputs), setup);
    case "record.destroying": {
      const chosen = ticked(inputs);
      return show(conversation, at({ at: "destroying", entries: chosen.length === 0 ? "all" : chosen }));
    }
    case "record.destroy": {
      const entries = press.entries ?? "all";
      const screen = at({ at: "entries", page: 0 }, "entriesDestroyed");
      // A copy in a report that is being written would outlive it.
      return show(withoutEnclosed(conversation, entries), screen, [{ type: "destroyEntries", entries }]);
    }
    case "record.keep":
      return kept(conversation, press.draft, setup);
  }
}

function at(page: RecordScreen["page"], note: Note | null = null, unsent: string | null = null): Screen {
  return { type: "record", page, note, unsent };
}

function ticked({ entries }: Inputs): readonly string[] {
  return [entries ?? []].flat().filter((id) => id !== "");
}

function added(conversation: Conversation, form: string, inputs: Inputs): Turn {
  const input = inputs.text;
  const text = typeof input === "string" ? input.trim() : "";
  const page = { at: "entries", page: 0 } as const;
  if (text === "") return show(conversation, at(page, "writeFirst"));
  if (text.length > longestEntry) return show(conversation, at(page, "entryTooLong", text));
  return show(conversation, at(page, "entryKept"), [{ type: "keepEntries", form, texts: [text] }]);
}

/** What somebody already told in a draft they are not sure about, kept for themselves. The draft stays as it is. */
function kept(conversation: Conversation, id: string, setup: Setup): Turn {
  const open = openDraft(conversation, setup);
  if (open?.draft.id !== id || !hasWords(open))
    return show(conversation, at({ at: "entries", page: 0 }, "oldButton"));
  const texts = textsOf(open).flatMap(piecesOf);
  const screen = at({ at: "entries", page: 0 }, "entryKept");
  return show(conversation, screen, [{ type: "keepEntries", form: id, texts }]);
}

/** Begins a report with these entries, or adds them to the one that waits. Nothing is sent by it. */
function used(conversation: Conversation, page: number, ids: readonly string[], setup: Setup): Turn {
  const options = (note: Note) => show(conversation, at({ at: "options", page }, note));
  const chosen = (setup.record ?? []).filter(({ id }) => ids.includes(id));
  if (chosen.length === 0) return options("tickEntries");
  const begun = moves.started(conversation, { do: "start", flow: "report" }, setup);
  const open = openDraft(begun.conversation, setup);
  if (!open || leadsToOutcome(open.flow)) return begun;
  const had = enclosedIn(open.draft);
  const added = chosen
    .filter(({ id }) => !had.some(({ entry }) => entry === id))
    .map(({ id, at, text, key }): Enclosed => ({ entry: id, at, text, key }));
  if (had.length + added.length > mostEnclosed) return options("tooManyAlong");
  if (added.length === 0) return moves.opened(begun.conversation, open, "entriesAlong");
  const enclosed = [...had, ...added].sort((a, b) => a.at - b.at);
  const change = { enclosed, revision: open.draft.revision + 1 };
  return moves.opened(...withDraft(begun.conversation, open, change), "entriesAlong");
}

function withoutEnclosed(conversation: Conversation, gone: "all" | readonly string[]): Conversation {
  const without = (draft: Draft): Draft => {
    let left = draft;
    for (const one of enclosedIn(draft))
      if (gone === "all" || gone.includes(one.entry)) left = { ...left, ...leftOut(left, one) };
    return left;
  };
  const { draft, parked } = conversation;
  return { ...conversation, draft: draft && without(draft), parked: parked.map(without) };
}
