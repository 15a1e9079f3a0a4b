import { type View, viewOf } from "../../cards/view.ts";

/** A neutral view with one line. */
export function view(title: string, over: Partial<View> = {}): View {
  const buttons = [{ label: "Menu", press: { do: "menu" } }] as const;
  return viewOf({ title, buttons, summary: "Vertrouwd", privacy: "neutral", ...over });
}
