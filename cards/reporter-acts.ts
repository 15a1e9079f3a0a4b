import { longestName } from "./case-view.ts";
import { dayOf, paragraphs } from "./reading.ts";
import {
  button,
  doneButton,
  type Frame,
  MissingFacts,
  noteText,
  type Of,
  threadPart,
  view,
} from "./reporter-frame.ts";
import { rowParts } from "./review.ts";
import type { Button, Part, PressButton, View } from "./view.ts";

type Shown = NonNullable<Frame["facts"]["thread"]>;

/** What a reporter can do with a case besides writing: the list, and for each what it does, before it is done (P4). */
export function casePage(screen: Of<"case">, frame: Frame): View {
  const shown = frame.facts.thread;
  if (!shown) throw new MissingFacts("case");
  switch (screen.page) {
    case "options":
      return options(screen, shown, frame);
    case "naming":
      return shown.named || shown.state === "closed"
        ? options(screen, shown, frame)
        : naming(screen, shown, frame);
    case "renewing":
      return shown.way === "linked" ? renewing(screen, shown, frame) : options(screen, shown, frame);
    case "renewed":
      return renewed(shown, frame);
    case "consenting":
      return consenting(screen, shown, frame);
    case "reading":
      return reading(screen, shown, frame);
    case "withdrawing":
      return withdrawing(screen, shown, frame);
  }
}

/** Each thing that can be done, or why it cannot. */
function options(screen: Of<"case">, shown: Shown, frame: Frame): View {
  const { words } = frame;
  const { named, way, state } = shown;
  const open = state !== "closed";
  const naming = named ? "nameKnown" : open ? "name" : "nameClosed";
  const code = way === "linked" ? "renew" : way === "visit" ? "renewElsewhere" : "renewNever";
  return page("acts", screen, shown, frame, {
    body: [naming, code, ...(shown.consent ? ["consent"] : []), "withdraw"].flatMap((name) =>
      paragraphs(words.say(`case.acts.${name}`)),
    ),
    buttons: [
      ...(open && !named ? [toPage("giveName", "naming", shown, frame)] : []),
      ...(way === "linked" ? [toPage("renew", "renewing", shown, frame)] : []),
      ...(shown.consent ? [toPage("consent", "consenting", shown, frame)] : []),
      toPage("withdraw", "withdrawing", shown, frame),
    ],
  });
}

/** The question whether a document may be made, what stands in it, and the answer so far. */
function consenting(screen: Of<"case">, shown: Shown, frame: Frame): View {
  const { consent } = shown;
  if (!consent) return options(screen, shown, frame);
  const { words, language } = frame;
  const { answer, madeAt } = consent;
  const said = (name: string, at?: number) =>
    paragraphs(words.say(`case.consenting.${name}`, at === undefined ? {} : { date: dayOf(at, language) }));
  const ask = (part: string) => words.say(`case.consenting.confirm.${part}`);
  const confirm = { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") };
  const press = (given: boolean): PressButton => ({
    ...button(words, `case.buttons.consent${given ? "Yes" : answer?.given ? "Back" : "No"}`, {
      do: "consent",
      case: shown.id,
      given,
    }),
    ...(given && { confirm }),
  });
  return page("consenting", screen, shown, frame, {
    body: [
      ...(answer === null
        ? said("asked", consent.askedAt)
        : said(answer.given ? "given" : "refused", answer.at)),
      ...said("text"),
      ...said(shown.named ? "named" : "unnamed"),
      ...said("choice"),
      ...(madeAt === null ? [] : said("made", madeAt)),
    ],
    // Neither answer is the main one, and reading comes before both.
    buttons: [
      toPage("reading", "reading", shown, frame),
      ...(answer?.given ? [] : [press(true)]),
      ...(answer?.given === false ? [] : [press(false)]),
    ],
  });
}

/** What would stand in the document now, before it is allowed: the report and the messages, in parts. */
function reading(screen: Of<"case">, shown: Shown, frame: Frame): View {
  if (!shown.consent) return options(screen, shown, frame);
  const { words, facts } = frame;
  if (!facts.reading) throw new MissingFacts("case");
  const { nr, parts, rows, messages } = facts.reading;
  const label = (name: string) => words.say(`case.reading.${name}`);
  const to = (at: number): PressButton["press"] => ({ do: "case", case: shown.id, page: "reading", nr: at });
  return view(words, {
    title: words.say("case.reading.title", { number: shown.number }),
    step: parts > 1 ? words.say("case.reading.part", { nr: nr + 1, of: parts }) : null,
    body: [
      ...(nr === 0 ? paragraphs(label("text")) : []),
      ...(rows.length === 0
        ? []
        : ([{ type: "heading", text: label("report") }, ...rowParts(rows)] satisfies Part[])),
      ...(messages === null
        ? []
        : ([
            { type: "heading", text: label("messages") },
            ...messages.map((message) => threadPart(message, frame)),
            ...(messages.length === 0 ? paragraphs(words.say("case.thread.empty"), "subtle") : []),
          ] satisfies Part[])),
    ],
    buttons: [
      ...(nr + 1 < parts ? [button(words, "case.buttons.readOn", to(nr + 1), "primary")] : []),
      ...(nr > 0 ? [button(words, "case.buttons.readBack", to(nr - 1))] : []),
      toPage("consent", "consenting", shown, frame),
      toThread(shown, frame),
      doneButton(words),
    ],
    privacy: "private",
  });
}

function naming(screen: Of<"case">, shown: Shown, frame: Frame): View {
  const { words } = frame;
  const ask = (part: string) => words.say(`case.naming.confirm.${part}`);
  const give: PressButton = {
    ...button(words, "case.buttons.giveNameNow", { do: "giveName", case: shown.id }, "primary"),
    confirm: { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") },
  };
  return {
    ...page("naming", screen, shown, frame, {
      body: [
        ...paragraphs(words.say("case.naming.text")),
        ...(shown.way === "receiptOnly" ? paragraphs(words.say("case.naming.stillReceipt")) : []),
      ],
      buttons: [give],
    }),
    inputs: [
      {
        type: "text",
        id: "name",
        label: words.say("report.name.input"),
        hint: words.say("common.input.textHint", { max: longestName }),
        multiline: false,
        maxLength: longestName,
        value: screen.unsent,
      },
      {
        type: "choices",
        id: "consent",
        label: words.say("case.naming.consent"),
        options: [{ value: "yes", label: words.say("case.naming.yes") }],
        value: [],
      },
    ],
  };
}

function renewing(screen: Of<"case">, shown: Shown, frame: Frame): View {
  const { words } = frame;
  const press = { do: "renewReceipt", case: shown.id, of: shown.receiptMark } as const;
  return page("renewing", screen, shown, frame, {
    body: paragraphs(words.say("case.renewing.text")),
    buttons: [button(words, "case.buttons.renewNow", press, "primary")],
  });
}

function renewed(shown: Shown, frame: Frame): View {
  const { words, facts } = frame;
  if (facts.renewed === undefined) throw new MissingFacts("case");
  const code: Part = { type: "code", label: words.say("case.sent.receipt"), text: facts.renewed };
  return view(words, {
    title: words.say("case.renewed.title"),
    body: [
      code,
      ...paragraphs(words.say("case.renewed.text")),
      ...paragraphs(words.say("case.sent.receiptShare")),
    ],
    buttons: [{ ...doneButton(words), style: "primary" }, toThread(shown, frame)],
    privacy: "private",
  });
}

/** What withdrawing can undo, and what it cannot: that depends on whether the report was opened. */
function withdrawing(screen: Of<"case">, shown: Shown, frame: Frame): View {
  const { words } = frame;
  const ask = (part: string) => words.say(`case.withdrawing.confirm.${part}`);
  const said = (name: string) => paragraphs(words.say(`case.withdrawing.${name}`));
  const now: PressButton = {
    ...button(words, "case.buttons.withdrawNow", { do: "withdraw", case: shown.id }, "destructive"),
    confirm: { title: ask("title"), text: ask("text"), yes: ask("yes"), no: ask("no") },
  };
  return page("withdrawing", screen, shown, frame, {
    body: [
      ...said("text"),
      ...said(shown.read ? "read" : "unread"),
      ...(shown.inCard ? said("inCard") : []),
      ...said("remains"),
    ],
    buttons: [now],
  });
}

/** After withdrawing: what is gone, and what may be left. */
export function withdrawn({ words }: Frame): View {
  return view(words, {
    title: words.say("case.withdrawn.title"),
    body: paragraphs(words.say("case.withdrawn.text")),
    buttons: [
      { ...doneButton(words), style: "primary" },
      button(words, "common.buttons.find", { do: "start", flow: "find" }),
    ],
    privacy: "private",
  });
}

function page(
  name: string,
  { note }: Of<"case">,
  shown: Shown,
  frame: Frame,
  { body, buttons }: { readonly body: readonly Part[]; readonly buttons: readonly Button[] },
): View {
  const { words } = frame;
  return view(words, {
    title: words.say(`case.${name}.title`, { number: shown.number }),
    note: noteText(note, words),
    body,
    buttons: [...buttons, toThread(shown, frame), doneButton(words)],
    privacy: "private",
  });
}

function toPage(
  label: string,
  to: "naming" | "renewing" | "consenting" | "reading" | "withdrawing",
  { id }: Shown,
  { words }: Frame,
): PressButton {
  return button(words, `case.buttons.${label}`, { do: "case", case: id, page: to });
}

function toThread({ id }: Shown, { words }: Frame): PressButton {
  return button(words, "case.buttons.toThread", { do: "thread", case: id });
}
