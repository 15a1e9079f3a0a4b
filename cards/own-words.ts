import type { Params } from "../content/words.ts";
import type { everyFinding, Finding } from "../dialogs/core/own-words.ts";
import { cut } from "./found.ts";
import { momentOf, paragraphs } from "./reading.ts";
import { button, type Frame, languageButtons, noteText, type Of, view } from "./reporter-frame.ts";
import type { Option, Part, View } from "./view.ts";

/** In characters: an option on Slack has a number, and how often it was found, beside it. */
const longestFound = 45;
const every: typeof everyFinding = "all";

/**
 * What in one text may show who somebody is, each with some words around it. Nothing is ticked beforehand:
 * nothing changes unasked.
 */
export function ownWords(screen: Of<"ownWords">, frame: Frame): View {
  const { words } = frame;
  const { flow, draft, question, revision, findings, found } = screen;
  const say = (key: string, params?: Params) => words.say(`report.ownWords.${key}`, params);
  const at = { do: "ownWords", draft, question, revision } as const;
  const option = (finding: Finding, index: number): Option => {
    const { times } = finding;
    const params = { nr: index + 1, found: cut(finding.found.replace(/\s+/g, " "), longestFound) };
    const label = times === 1 ? say("option", params) : say("optionOften", { ...params, times });
    return { value: String(finding.at), label };
  };
  const place =
    screen.written === undefined
      ? words.say(`${flow}.${question}.review`)
      : words.say(`${flow}.record.place`, { at: momentOf(screen.written, frame.language) });
  const third =
    screen.written === undefined
      ? button(words, "report.ownWords.buttons.edit", { ...at, choose: "edit" })
      : button(words, "report.record.buttons.leaveOut", { ...at, choose: "leaveOut" });
  const all = { value: every, label: say("all", { count: found }) };
  return view(words, {
    title: say("title"),
    note: noteText(screen.note, words),
    body: [
      ...paragraphs(say("why")),
      ...paragraphs(say("where", { text: place }), "strong"),
      ...findings.map(
        ({ kind, around }, index): Part => ({
          type: "quote",
          label: say("finding", { nr: index + 1, kind: say(`kinds.${kind}`) }),
          text: around.join("\n"),
        }),
      ),
      ...(found > findings.length ? paragraphs(say("more", { count: found - findings.length })) : []),
      ...paragraphs(say("limits"), "subtle"),
    ],
    inputs: [
      {
        type: "choices",
        id: "replace",
        label: say("input", { instead: say(`instead.${findings[0]?.kind ?? "ownName"}`) }),
        options: [...findings.map(option), ...(found === 1 ? [] : [all])],
        value: [],
      },
    ],
    buttons: [
      button(words, "report.ownWords.buttons.replace", { ...at, choose: "replace" }, "primary"),
      button(words, "report.ownWords.buttons.leave", { ...at, choose: "leave" }),
      third,
      button(words, "common.buttons.back", { do: "back", draft }),
      button(words, "common.buttons.stop", { do: "stop", draft }),
      ...languageButtons(frame),
    ],
    privacy: "private",
  });
}
