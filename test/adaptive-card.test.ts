import fc from "fast-check";
import {
  type AdaptiveCard,
  CardTooLarge,
  drawCard,
  longestCard,
  PrivateOnDoor,
  splitPayload,
  TooManyButtons,
} from "../cards/adaptive-card.ts";
import type { Input, Part, View } from "../cards/view.ts";
import { faultsIn } from "./fakes/card-parser.ts";
import { pressOn, wordsOn } from "./fakes/teams-client.ts";

const options = [
  { value: "yes", label: "Yes, now" },
  { value: "no", label: "No" },
];
const everyInput: readonly Input[] = [
  { type: "choice", id: "danger", label: "Are you in danger?", options, value: "yes" },
  { type: "choice", id: "moment", label: "When?", options, value: null },
  { type: "choices", id: "kinds", label: "What happened?", options, value: ["yes", "no"] },
  { type: "choices", id: "others", label: "Who else?", options, value: [] },
  {
    type: "text",
    id: "story",
    label: "In your own words",
    hint: "No names of others",
    multiline: true,
    maxLength: 3000,
    value: "so far",
  },
  { type: "text", id: "code", label: "Your code", hint: null, multiline: false, maxLength: 40, value: null },
];
const picture = `data:image/png;base64,${"iVBORw0KGgo".repeat(400)}`;
const everyPart: readonly Part[] = [
  { type: "text", text: "Plain words.\nOn two lines." },
  { type: "text", text: "Small print", tone: "subtle" },
  { type: "text", text: "Important", tone: "strong" },
  { type: "heading", text: "What happens next" },
  { type: "facts", facts: [{ label: "Case", value: "V-7KQ2M" }] },
  { type: "list", items: ["first", "second"] },
  { type: "list", items: ["one", "two"], numbered: true },
  {
    type: "help",
    service: { name: "112", contact: ["Call 112"], forWhom: "Danger now", source: "politie.nl, 2026-11-01" },
  },
  { type: "quote", label: "You wrote", text: "my words" },
  { type: "code", label: "Your receipt", text: "7KQ2-M9PX" },
  { type: "message", from: "Adviser", at: "21 November", text: "Thank you." },
  {
    type: "person",
    name: "Anna Wit",
    role: "Works here",
    facts: [{ label: "Speaks", value: "Dutch" }],
    picture: "data:image/png;base64,iVBORw0KGgo=",
  },
  {
    type: "contact",
    label: "Phone",
    address: "030 000 00 01",
    url: "tel:0300000001",
    reveals: "Your number may show.",
  },
  {
    type: "contact",
    label: "Chat",
    address: null,
    url: "https://chat.example/anna",
    reveals: "Your name shows.",
  },
  { type: "contact", label: "Drop by", address: "Room 2", url: null, reveals: "Others may see you." },
];
const whole: View = {
  title: "Check your answers",
  step: "Question 3 of 9",
  note: "Choose one first.",
  body: everyPart,
  inputs: everyInput,
  buttons: [
    { label: "Next", press: { do: "answer", draft: "d1", question: "danger" }, style: "primary" },
    { label: "Back", press: { do: "back", draft: "d1" } },
    { label: "Stop and clear", press: { do: "clear", draft: "d1" }, style: "destructive" },
  ],
  summary: "Vertrouwd",
  privacy: "private",
};
const room = (over: Partial<View> = {}) => drawCard({ ...whole, ...over }, { surface: "room" });

/** Every element and action of a card, at any depth. */
function elements(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (typeof node !== "object" || node === null) return [];
  const self = "type" in node ? [node as Record<string, unknown>] : [];
  return [...self, ...Object.values(node).flatMap(elements)];
}

describe("an adaptive card", () => {
  test("is one that the official renderer reads without a remark", () => {
    expect(faultsIn(room())).toEqual([]);
    expect(faultsIn(room({ step: null, note: null, body: [], inputs: [], buttons: [] }))).toEqual([]);
  });

  test("the check above sees faults", () => {
    const card = room() as unknown as { body: object[] };
    const spoilt = { ...card, body: [...card.body, ...card.body, { type: "Wat" }] };
    expect(faultsIn(spoilt as unknown as AdaptiveCard)).not.toEqual([]);
  });

  test("has one heading, labels every input, wraps every text and requires nothing", () => {
    const all = elements(room());
    expect(all.filter(({ style }) => style === "heading")).toHaveLength(1);
    for (const element of all) {
      if (element.type === "TextBlock" || element.type === "Input.ChoiceSet") expect(element.wrap).toBe(true);
      if (String(element.type).startsWith("Input.")) {
        expect(element.label).toEqual(expect.stringMatching(/\w/));
        expect(element).not.toHaveProperty("isRequired");
      }
      if (element.type === "Input.ChoiceSet") expect(element.style).toBe("expanded");
      expect(element).not.toHaveProperty("refresh");
    }
  });

  test("says everything that is in the view", () => {
    const words = wordsOn(room());
    const expected = [
      "Check your answers",
      "Question 3 of 9",
      "Choose one first.",
      ...["Plain words.", "On two lines.", "Small print", "Important", "What happens next", "Case: V-7KQ2M"],
      ...[
        "• first",
        "• second",
        "1. one",
        "2. two",
        "112",
        "Call 112",
        "Danger now",
        "politie.nl, 2026-11-01",
      ],
      ...["Anna Wit", "Works here", "Speaks: Dutch", "Phone: 030 000 00 01", "Your number may show.", "Chat"],
      ...["Your name shows.", "Drop by: Room 2", "Others may see you."],
      ...["You wrote", "my words", "Your receipt", "7KQ2-M9PX", "Adviser", "21 November", "Thank you."],
      ...["Are you in danger?", "Yes, now", "No names of others", "so far", "Next", "Back", "Stop and clear"],
    ];
    expect(words.split("\n")).toEqual(expect.arrayContaining(expected));
  });

  test("puts a button's press in its data, and nothing else", () => {
    expect(room().actions).toEqual([
      expect.objectContaining({
        type: "Action.Execute",
        data: { do: "answer", draft: "d1", question: "danger" },
        style: "positive",
      }),
      expect.not.objectContaining({ style: expect.anything() }),
      expect.objectContaining({ style: "destructive" }),
    ]);
  });

  test("opens an address by a button of its own kind, that carries nothing else; an unsafe one is not drawn", () => {
    const link = (url: string) => room({ buttons: [{ label: "Word", url }, ...whole.buttons.slice(1, 2)] });
    const opens = { type: "Action.OpenUrl", title: "Word", url: "https://bot.example/d/a1" };
    expect(link(opens.url).actions).toEqual([opens, expect.objectContaining({ title: "Back" })]);
    expect(faultsIn(link(opens.url))).toEqual([]);
    expect(link("http://127.0.0.1:3978/d/a1").actions?.[0]).toMatchObject({ type: "Action.OpenUrl" });
    for (const url of ["javascript:alert(1)", "http://bot.example/d", "http://127.0.0.1.evil.example/", ""])
      expect(link(url).actions).toEqual([expect.objectContaining({ title: "Back" })]);
    const only = room({ buttons: [{ label: "Word", url: "ftp://x" }] });
    expect(only).not.toHaveProperty("actions");
  });

  test("shows again what was chosen and written", () => {
    const values = elements(room()).filter(({ type }) => String(type).startsWith("Input."));
    expect(values.map(({ value }) => value)).toEqual([
      "yes",
      undefined,
      "yes,no",
      undefined,
      "so far",
      undefined,
    ]);
  });

  test("comes back with the press and what was filled in, each input under its own id", () => {
    const filled = { moment: "no", kinds: [], others: ["no", "yes"], code: "a,b" };
    const value = pressOn(room(), "Next", filled) as { action: { data: Record<string, unknown> } };
    expect(splitPayload(value.action.data)).toEqual({
      press: { do: "answer", draft: "d1", question: "danger" },
      inputs: { danger: "yes", moment: "no", kinds: [], others: ["no", "yes"], story: "so far", code: "a,b" },
    });
  });

  test("an input cannot pass for a part of the press, whatever it is called", () => {
    const { press, inputs } = splitPayload(
      JSON.parse('{"do":"menu","in:do":"send","in:__proto__":"x","__proto__":{"do":"send"}}'),
    );
    expect(Object.keys(press)).toEqual(["do", "__proto__"]);
    expect(press.do).toBe("menu");
    expect(inputs.do).toBe("send");
    expect(Object.getPrototypeOf(press)).toBe(Object.prototype);
  });
});

describe("a person's own words on an adaptive card", () => {
  const typed =
    "*bold* _it_ <b> & [a](http://b.example) `c`\n# head\n- item\n1. one\n\n{{DATE(2020-01-01T00:00:00Z)}} &lt;";

  test.each<[string, (text: string) => Partial<View>]>([
    ["a quote", (text) => ({ body: [{ type: "quote", label: "You wrote", text }] })],
    ["a message", (text) => ({ body: [{ type: "message", from: "Adviser", at: "now", text }] })],
    ["a fact", (text) => ({ body: [{ type: "facts", facts: [{ label: "Kind", value: text }] }] })],
    ["a code", (text) => ({ body: [{ type: "code", label: "Code", text }] })],
    ["content with a value in it", (text) => ({ body: [{ type: "text", text: `Case ${text}` }] })],
    ["a list", (text) => ({ body: [{ type: "list", items: [text] }] })],
    ["a note", (text) => ({ note: text })],
    [
      "a person",
      (text) => ({
        body: [
          { type: "person", name: text, role: text, facts: [{ label: "x", value: text }], picture: null },
        ],
      }),
    ],
    [
      "a way of contact",
      (text) => ({ body: [{ type: "contact", label: text, address: text, url: null, reveals: text }] }),
    ],
  ])("are shown as typed in %s, and read as markup nowhere", (_name, over) => {
    const card = room({ body: [], inputs: [], ...over(typed) });
    const words = wordsOn(card).replaceAll("\u2060", "");
    for (const line of typed.split("\n")) expect(words).toContain(line);
    // No client gets to see a date to draw.
    expect(JSON.stringify(card)).not.toContain("{{");
    expect(faultsIn(card)).toEqual([]);
  });

  test("are shown as typed in a title", () => {
    const title = "V-7 *x* _y_ [a](b) <b> `c` 1. &amp; \\";
    expect(wordsOn(room({ title })).split("\n")[0]).toBe(title);
  });

  test.each(["# head", "- item", "+ item", "1. one", "12) one", "> said"])(
    "do not turn a title into something else: %s",
    (title) => expect(wordsOn(room({ title })).split("\n")[0]).toBe(title),
  );

  test("no text of the length we take makes a card that is too large, however it is made", () => {
    const cruel = fc.constantFrom("\n", "\u0000", '"', "\\", "\ud800", "é", "😀", "a\n", "\u2028", "{{", "<");
    fc.assert(
      fc.property(fc.string({ unit: cruel, minLength: 2000, maxLength: 3000 }), (made) => {
        const text = made.slice(0, 3000);
        const card = room({ body: [{ type: "quote", label: "You wrote", text }], inputs: [], note: null });
        return JSON.stringify(card).length <= longestCard && faultsIn(card).length === 0;
      }),
      { numRuns: 50 },
    );
  });

  test("lose no line and no letter, also where there are more lines than paragraphs", () => {
    const lines = Array.from({ length: 1000 }, (_, nr) => `${nr}`);
    const words = wordsOn(
      room({ body: [{ type: "quote", label: "You wrote", text: lines.join("\n") }], inputs: [] }),
    );
    expect(words.split("\n")).toEqual(expect.arrayContaining(lines));
  });
});

describe("who and how to reach", () => {
  const person = (url: string | null): readonly Part[] => [
    { type: "person", name: "Anna Wit", role: "", facts: [], picture: url },
  ];
  const images = (url: string | null) =>
    elements(room({ body: person(url), inputs: [] })).filter(({ type }) => type === "Image");
  const opened = (url: string | null, address: string | null = "anna") =>
    elements(
      room({ body: [{ type: "contact", label: "Mail", address, url, reveals: "" }], inputs: [] }),
    ).flatMap((element) => (element.type === "Action.OpenUrl" ? [element.url] : []));

  test("a picture is in the card itself, with the name for who cannot see it", () => {
    expect(images(picture)).toEqual([expect.objectContaining({ url: picture, altText: "Anna Wit" })]);
    expect(images(null)).toEqual([]);
  });

  test.each([
    "https://pictures.example/anna.png",
    "data:text/html;base64,PGI+",
    "data:image/svg+xml;base64,PHN2Zz4=",
    'data:image/png;base64,x" onload',
    "",
  ])("what is no picture, or would be fetched, is not drawn: %s", (url) => {
    expect(images(url)).toEqual([]);
  });

  test.each([
    ["mailto:anna@voorbeeld.example", "mailto:anna@voorbeeld.example"],
    ["tel:+31300000001", "tel:+31300000001"],
    ["https://teams.microsoft.com/l/chat/0/0?users=a", "https://teams.microsoft.com/l/chat/0/0?users=a"],
  ])("a press opens %s, from the address or else from the name of the way", (url, target) => {
    expect(opened(url)).toEqual([target]);
    expect(opened(url, null)).toEqual([target]);
  });

  test.each([
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "http://plain.example",
    "msteams:/l/chat",
    "file:///etc",
    "//voorbeeld.example",
    "voorbeeld",
    "",
  ])("nothing opens %j; the text stays", (url) => {
    expect(opened(url)).toEqual([]);
    expect(
      wordsOn(
        room({ body: [{ type: "contact", label: "Mail", address: "anna", url, reveals: "" }], inputs: [] }),
      ),
    ).toContain("Mail: anna");
  });
});

describe("drawing refuses", () => {
  test("a private view on a door", () => {
    expect(() => drawCard(whole, { surface: "door" })).toThrow(PrivateOnDoor);
    expect(drawCard({ ...whole, privacy: "neutral" }, { surface: "door" }).type).toBe("AdaptiveCard");
  });

  test("a card that is too large, and takes one that just fits", () => {
    const text = (length: number): Partial<View> => ({
      body: [{ type: "text", text: "a".repeat(length) }],
      inputs: [],
    });
    const rest = JSON.stringify(room(text(1))).length - 1;
    expect(JSON.stringify(room(text(longestCard - rest)))).toHaveLength(longestCard);
    expect(() => room(text(longestCard - rest + 1))).toThrow(CardTooLarge);
  });

  test("more than six buttons", () => {
    const buttons = Array.from({ length: 7 }, (_, nr) => ({
      label: `${nr}`,
      press: { do: "menu" } as const,
    }));
    expect(() => room({ buttons })).toThrow(TooManyButtons);
    expect(room({ buttons: buttons.slice(1) }).actions).toHaveLength(6);
  });
});
