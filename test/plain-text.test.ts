import { plainText } from "../cards/plain-text.ts";
import { view } from "./fakes/view.ts";

test("a button that opens an address is told with it; an unsafe one is not", () => {
  const buttons = (url: string) => [
    { label: "Word", url },
    { label: "Menu", press: { do: "menu" } } as const,
  ];
  expect(plainText(view("Klaar", { buttons: buttons("https://bot.example/d/a1") }))).toContain(
    "[Word: https://bot.example/d/a1] [Menu]",
  );
  expect(plainText(view("Klaar", { buttons: buttons("javascript:alert(1)") }))).toBe("Klaar\n\n[Menu]");
});
