import fc from "fast-check";
import { limits } from "../cards/block-kit/limits.ts";
import { split } from "../cards/block-kit/parts.ts";
import { BlocksTooLarge, drawHome, drawMessage, drawModal } from "../cards/block-kit.ts";
import { PrivateOnDoor } from "../cards/door.ts";
import { type Button, type Input, type Part, type View, viewOf } from "../cards/view.ts";
import { Home, MessageBlocks, Modal, messageBlocksBudget } from "./fakes/slack/limits.ts";
import { shown } from "./fakes/slack/shown.ts";

const frame = { title: "Vertrouwd", close: "Sluiten" };

function view(over: Partial<View> = {}): View {
  return viewOf({ title: "Titel", summary: "Vertrouwd", privacy: "neutral", ...over });
}

const go: Button = {
  label: "Volgende",
  press: { do: "answer", draft: "d1", question: "story" },
  style: "primary",
};
const skip: Button = { label: "Overslaan", press: { do: "skip", draft: "d1", question: "story" } };
const text: Input = {
  type: "text",
  id: "answer",
  label: "Antwoord",
  hint: null,
  multiline: true,
  maxLength: 3000,
  value: null,
};
const options = (count: number, label = "Optie") =>
  Array.from({ length: count }, (_, index) => ({ value: `o${index}`, label: `${label} ${index}` }));

/** The limit a drawing breaks, or null. */
function broken(draw: () => unknown): string | null {
  try {
    draw();
    return null;
  } catch (error) {
    if (error instanceof BlocksTooLarge) return error.code;
    throw error;
  }
}

describe("a private view", () => {
  const secret = view({ privacy: "private" });
  test("is drawn in a room only", () => {
    expect(() => drawMessage(secret)).toThrow(PrivateOnDoor);
    expect(() => drawHome(secret)).toThrow(PrivateOnDoor);
    expect(drawModal(secret, frame).type).toBe("modal");
  });
});

describe("whatever a person typed", () => {
  const arbitrary = fc.oneof(
    fc.string({ maxLength: 4000, unit: "grapheme" }),
    fc.constantFrom(
      "*vet* _schuin_ <!channel> <@U1> <https://x|y> :smile: `x` &amp;",
      "x".repeat(7000),
      "ë🙂".repeat(2500),
    ),
  );
  const parts: readonly ((own: string) => Part)[] = [
    (own) => ({ type: "quote", label: "Verhaal", text: own }),
    (own) => ({ type: "message", from: "Reiger", at: "vandaag", text: own }),
    (own) => ({ type: "facts", facts: [{ label: "Naam", value: own }] }),
    (own) => ({ type: "code", label: "Code", text: own.slice(0, 3000) }),
    (own) => ({
      type: "person",
      name: "Anna",
      role: "",
      facts: [{ label: "Bereikbaar", value: own }],
      picture: null,
    }),
    (own) => ({ type: "person", name: "Anna", role: own.slice(0, 2999), facts: [], picture: null }),
    (own) => ({
      type: "contact",
      label: "Langsgaan",
      address: own.slice(0, 3000) || null,
      url: null,
      reveals: "",
    }),
  ];

  test("is shown whole, as it was typed, and never read as markup", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(parts.length - 1), (own, index) => {
        const part = parts[index]?.(own);
        if (part === undefined) return;
        const { blocks } = drawModal(view({ body: [part], privacy: "private" }), frame);
        expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"');
        const whole =
          part.type === "code"
            ? part.text
            : part.type === "contact"
              ? (part.address ?? "")
              : part.type === "person"
                ? (part.facts[0]?.value ?? part.role)
                : own;
        if (whole.trim() === "") return;
        const said = Modal.parse(drawModal(view({ body: [part], privacy: "private" }), frame)).blocks;
        expect(shown(said).text.replaceAll("\n", "")).toContain(whole.replaceAll("\n", "").trimEnd());
      }),
      { numRuns: 200 },
    );
  });

  test("is split at white space, never inside a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 4, max: 40 }),
        (own, size) => {
          const pieces = split(own, size);
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(size);
            expect(piece.isWellFormed()).toBe(own.isWellFormed());
          }
        },
      ),
    );
    expect(split("een twee drie", 8)).toEqual(["een twee", " drie"]);
  });
});

test("any view is drawn so that Slack takes it, or refused with the limit it breaks", () => {
  const words = fc.string({ minLength: 1, maxLength: 200 });
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({
      type: fc.constant("text" as const),
      text: fc.string({ maxLength: 4000 }),
      tone: fc.constantFrom("plain", "subtle", "strong"),
    }),
    fc.record({ type: fc.constant("heading" as const), text: words }),
    fc.record({
      type: fc.constant("facts" as const),
      facts: fc.array(fc.record({ label: fc.string(), value: fc.string({ maxLength: 2500 }) }), {
        maxLength: 12,
      }),
    }),
    fc.record({ type: fc.constant("list" as const), items: fc.array(fc.string(), { maxLength: 12 }) }),
    fc.record({
      type: fc.constant("help" as const),
      service: fc.record({
        name: words,
        contact: fc.array(fc.oneof(words, fc.webUrl({ validSchemes: ["https"] }))),
        forWhom: fc.string(),
        source: fc.string(),
      }),
    }),
    fc.record({ type: fc.constant("quote" as const), label: words, text: fc.string({ maxLength: 5000 }) }),
  );
  const option = fc.record({ value: fc.string({ minLength: 1, maxLength: 80 }), label: words });
  const optionList = fc.uniqueArray(option, { minLength: 1, maxLength: 12, selector: ({ value }) => value });
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.record({
      type: fc.constant("choice" as const),
      id: words,
      label: words,
      options: optionList,
      value: fc.option(words),
    }),
    fc.record({
      type: fc.constant("choices" as const),
      id: words,
      label: words,
      options: optionList,
      value: fc.array(words),
    }),
    fc.record({
      type: fc.constant("text" as const),
      id: words,
      label: words,
      hint: fc.option(words),
      multiline: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 5000 }),
      value: fc.option(fc.string({ maxLength: 4000 })),
    }),
  );
  const any: fc.Arbitrary<View> = fc.record({
    title: words,
    step: fc.option(words),
    note: fc.option(words),
    body: fc.array(part, { maxLength: 20 }),
    inputs: fc.uniqueArray(input, { maxLength: 3, selector: ({ id }) => id }),
    buttons: fc.array(
      fc.record({
        label: fc.string({ minLength: 1, maxLength: 100 }),
        press: fc.constantFrom(go.press, skip.press),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    summary: words,
    privacy: fc.constant("neutral" as const),
  });
  let drawn = 0;
  fc.assert(
    fc.property(any, (one) => {
      if (broken(() => Modal.parse(drawModal(one, frame))) === null) drawn += 1;
      broken(() => Home.parse(drawHome(one)));
      broken(() => {
        const { blocks, text: summary } = drawMessage(one);
        MessageBlocks.parse(blocks);
        expect(JSON.stringify(blocks).length).toBeLessThan(messageBlocksBudget);
        expect(summary).not.toBe("");
      });
    }),
    { numRuns: 300 },
  );
  // Else the property above would hold for a drawer that refuses everything.
  expect(drawn).toBeGreaterThan(20);
});

describe("a modal", () => {
  test("submits with its main button, and keeps the others below the fields", () => {
    const modal = Modal.parse(drawModal(view({ inputs: [text], buttons: [skip, go] }), frame));
    expect(modal.submit?.text).toBe("Volgende");
    expect(shown(modal.blocks).buttons).toEqual(["Overslaan"]);
    expect(JSON.parse(modal.private_metadata ?? "")).toEqual({ press: go.press });
    expect(modal).toMatchObject({ notify_on_close: true, close: { text: "Sluiten" } });
  });

  test("with nothing to fill in has all its buttons below the text", () => {
    const modal = Modal.parse(drawModal(view({ buttons: [go, skip] }), { ...frame, channel: "G0DESK" }));
    expect(modal.submit).toBeUndefined();
    expect(shown(modal.blocks).buttons).toEqual(["Volgende", "Overslaan"]);
    expect(JSON.parse(modal.private_metadata ?? "")).toEqual({ channel: "G0DESK" });
  });

  test("gives every question fields of its own, and a question the same ones again", () => {
    const ids = (question: string, note: string | null) =>
      drawModal(
        view({ note, inputs: [text], buttons: [{ ...go, press: { do: "answer", draft: "d1", question } }] }),
        frame,
      )
        .blocks.filter(({ type }) => type === "input")
        .map(({ block_id }) => block_id);
    expect(ids("name", null)).not.toEqual(ids("story", null));
    expect(ids("story", "Schrijf eerst iets")).toEqual(ids("story", null));
  });

  test("never demands an answer itself: that is said in words, and skipping always works", () => {
    const { blocks } = Modal.parse(drawModal(view({ inputs: [text], buttons: [go] }), frame));
    expect(blocks.flatMap((block) => (block.type === "input" ? block.optional : []))).toEqual([true]);
  });

  test("shows the answers given before", () => {
    const inputs: Input[] = [
      { type: "choice", id: "one", label: "Eén", options: options(3), value: "o1" },
      { type: "choices", id: "some", label: "Enkele", options: options(3), value: ["o0", "o2", "gone"] },
      { ...text, value: "eerder" },
    ];
    const elements = Modal.parse(drawModal(view({ inputs, buttons: [go] }), frame)).blocks.flatMap((block) =>
      block.type === "input" ? block.element : [],
    );
    expect(elements).toMatchObject([
      { initial_option: { value: "o1" } },
      { initial_options: [{ value: "o0" }, { value: "o2" }] },
      { initial_value: "eerder" },
    ]);
  });
});

test("an act that cannot be undone is asked about first", () => {
  const confirm = { title: "Wissen?", text: "Dit kan niet terug.", yes: "Wissen", no: "Nee" };
  const { blocks } = drawMessage(view({ buttons: [{ ...skip, style: "destructive", confirm }] }));
  expect(MessageBlocks.parse(blocks)).toMatchObject([
    {},
    { elements: [{ style: "danger", confirm: { title: { text: "Wissen?" }, deny: { text: "Nee" } } }] },
  ]);
});

test("help outside is text to copy: no address in it is a link that an employer could see followed", () => {
  const line = "Zie https://www.slachtofferhulp.nl/contact.";
  const service = { name: "Slachtofferhulp", contact: ["0900 0101", line], forWhom: "", source: "Bron" };
  const { blocks } = drawMessage(
    view({
      body: [
        { type: "help", service },
        { type: "list", items: [line] },
      ],
    }),
  );
  expect(shown(MessageBlocks.parse(blocks)).text.split(line)).toHaveLength(3);
  expect(JSON.stringify(blocks)).not.toContain('"url"');
});

test("a way of contact is a link where one is given that is safe; a picture is never asked for", () => {
  const way = (address: string | null, url: string | null): Part => ({
    type: "contact",
    label: "Mailen",
    address,
    url,
    reveals: "Je adres is zichtbaar.",
  });
  const links = (part: Part) => {
    const { blocks } = Modal.parse(drawModal(view({ body: [part] }), frame));
    return JSON.stringify(blocks).match(/"url":"[^"]*"/g) ?? [];
  };
  expect(links(way("anna@voorbeeld.example", "mailto:anna@voorbeeld.example"))).toEqual([
    '"url":"mailto:anna@voorbeeld.example"',
  ]);
  expect(links(way(null, "https://chat.example/anna"))).toEqual(['"url":"https://chat.example/anna"']);
  for (const url of ["javascript:alert(1)", "data:text/html,x", "http://plain.example", null])
    expect(links(way("anna", url))).toEqual([]);
  const picture = "data:image/png;base64,iVBORw0KGgo=";
  const person: Part = { type: "person", name: "Anna", role: "Werkt hier", facts: [], picture };
  expect(JSON.stringify(drawModal(view({ body: [person] }), frame))).not.toContain("data:");
});

describe("a button that opens an address", () => {
  const link = (url: string): Button => ({ label: "Word", url });
  const safe = "https://bot.example/d/a1";

  test("has the address and no value; an unsafe one is not drawn", () => {
    const drawn = (url: string) =>
      Modal.parse(drawModal(view({ buttons: [link(url), skip] }), frame)).blocks.flatMap((block) =>
        block.type === "actions" ? block.elements : [],
      );
    const [first, second] = drawn(safe);
    expect(first).toEqual({ type: "button", action_id: "open:0", text: expect.anything(), url: safe });
    expect(second).toMatchObject({ action_id: "do:1" });
    expect(drawn("http://localhost:3978/d")).toHaveLength(2);
    for (const url of ["javascript:alert(1)", "http://bot.example/d", ""])
      expect(drawn(url)).toMatchObject([{ action_id: "do:1" }]);
    expect(drawMessage(view({ buttons: [link("")] })).blocks.map(({ type }) => type)).toEqual(["header"]);
  });

  test("is never a modal's submit button", () => {
    const modal = Modal.parse(drawModal(view({ inputs: [text], buttons: [link(safe), skip] }), frame));
    expect(modal.submit?.text).toBe("Overslaan");
    expect(shown(modal.blocks).buttons).toEqual(["Word"]);
  });
});

test("the text of a notification cannot mention anyone", () => {
  expect(drawMessage(view({ summary: "<!channel> & co" })).text).toBe("&lt;!channel&gt; &amp; co");
});

describe("what Slack would refuse is refused here, by the name of the limit", () => {
  const buttons = (label: string) => [{ ...go, label }];
  const choice = (over: object): View =>
    view({
      buttons: [go],
      inputs: [{ type: "choice", id: "one", label: "Eén", options: options(2), value: null, ...over }],
    });

  test.each([
    ["header", view({ title: "x".repeat(limits.header) }), view({ title: "x".repeat(limits.header + 1) })],
    ["buttonLabel", view({ buttons: buttons("x".repeat(75)) }), view({ buttons: buttons("x".repeat(76)) })],
    [
      "modalLabel",
      view({ inputs: [text], buttons: buttons("x".repeat(24)) }),
      view({ inputs: [text], buttons: buttons("x".repeat(25)) }),
    ],
    ["options", choice({ options: options(10) }), choice({ options: options(11) })],
    [
      "option",
      choice({ options: options(1, "x".repeat(73)) }),
      choice({ options: options(1, "x".repeat(74)) }),
    ],
    [
      "typedText",
      view({ buttons: [go], inputs: [{ ...text, value: "x".repeat(3000) }] }),
      view({ buttons: [go], inputs: [{ ...text, value: "x".repeat(3001) }] }),
    ],
    [
      "viewBlocks",
      view({ body: Array(99).fill({ type: "text", text: "x" }) }),
      view({ body: Array(100).fill({ type: "text", text: "x" }) }),
    ],
    [
      "viewBudget",
      view({ body: [{ type: "text", text: "x".repeat(23_000) }] }),
      view({ body: [{ type: "text", text: "x".repeat(24_000) }] }),
    ],
  ] as const)("%s", (limit, fits, doesNot) => {
    expect(broken(() => Modal.parse(drawModal(fits, frame)))).toBeNull();
    expect(broken(() => drawModal(doesNot, frame))).toBe(limit);
  });

  test.each([
    [
      "messageBlocks",
      view({ body: Array(49).fill({ type: "text", text: "x" }) }),
      view({ body: Array(50).fill({ type: "text", text: "x" }) }),
    ],
    [
      "messageBudget",
      view({ body: [{ type: "text", text: "x".repeat(11_000) }] }),
      view({ body: [{ type: "text", text: "x".repeat(12_000) }] }),
    ],
    [
      "confirmText",
      view(),
      view({ buttons: [{ ...skip, confirm: { title: "x", text: "x".repeat(301), yes: "x", no: "x" } }] }),
    ],
  ] as const)("%s", (limit, fits, doesNot) => {
    expect(broken(() => MessageBlocks.parse(drawMessage(fits).blocks))).toBeNull();
    expect(broken(() => drawMessage(doesNot))).toBe(limit);
  });
});
