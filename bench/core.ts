import { performance } from "node:perf_hooks";
import { readContent } from "../bots/content-files.ts";
import { setupIn } from "../bots/setup.ts";
import { drawCard, splitPayload } from "../cards/adaptive-card.ts";
import { drawDoor, drawReporter, type ReporterFacts } from "../cards/reporter.ts";
import { converse } from "../dialogs/core/converse.ts";
import { languages, newConversation } from "../dialogs/core/draft.ts";
import { type Event, Inputs, Press } from "../dialogs/core/event.ts";
import { reportFlow } from "../dialogs/report.ts";
import { buttonsOf, type Card, inputsOf, optionsOf, pressOf } from "../test/fakes/card.ts";

const facts: ReporterFacts = {
  organisation: "Gemeente Voorbeeld",
  readers: "S. de Boer, M. Yilmaz",
  draftHours: 72,
  languages: ["nl", "en"],
  fresh: "0123456789abcdef",
  places: {},
  sector: "government",
  sent: { number: "V-7KQ2M", receipt: "7KQ2M-7KQ2M-7KQ2M-7KQ2M", acknowledgeBy: 0, feedbackBy: 0 },
  cases: [],
};

/**
 * Milliseconds a turn for what is pure: from an event to both cards, over whole reports in Dutch, one
 * after the other. The first tenth is to warm up.
 */
export function measureCore(turns: number): { readonly mean: number; readonly p99: number } {
  const content = readContent();
  const flows = { report: reportFlow({ conflictRoute: true }) };
  const setup = setupIn(content, { flows, languages, fresh: "fresh" });
  let conversation = newConversation("nl");
  let event: Event = { type: "hello" };
  const times: number[] = [];
  let sent = 0;
  for (let nr = 0; nr < turns; nr++) {
    const start = performance.now();
    const turn = converse(conversation, event, { ...setup, fresh: `draft-${nr}` });
    const { language } = turn.conversation;
    const room = drawCard(drawReporter(turn.screen, facts, content, language), { surface: "room" });
    drawCard(drawDoor(turn.screen, facts, content, language), { surface: "door" });
    if (nr >= turns / 10) times.push(performance.now() - start);
    if (turn.screen.type === "sent") sent += 1;
    conversation = turn.conversation;
    event = firstButton(room) ?? { type: "text", text: "menu" };
  }
  // Otherwise the presses went round in a circle and this measured nothing.
  if (sent < turns / 40) throw new Error(`only ${sent} reports in ${turns} turns`);
  times.sort((one, other) => one - other);
  return {
    mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

/** A press on the first button with every field filled in, as the adapter reads it. */
function firstButton(card: unknown): Event | null {
  const button = buttonsOf(card)[0];
  if (button === undefined) return null;
  const filled = Object.fromEntries(
    inputsOf(card).map((id) => [
      id,
      optionsOf(card, id)[0] ?? "Het gebeurde na de vergadering, bij de koffie.",
    ]),
  );
  const { data } = pressOf(card, button, filled).action as { readonly data: Card };
  const payload = splitPayload(data);
  return { type: "press", press: Press.parse(payload.press), inputs: Inputs.parse(payload.inputs) };
}
