import type { Size } from "../dialogs/check/questions.ts";
import type { Sector } from "../dialogs/find/situation.ts";
import { complete, roleOptions } from "./check-frame.ts";
import type { Frame } from "./reporter-frame.ts";
import type { Input } from "./view.ts";

/** Who somebody is in a check: a role, and a name that the others see, if they want. */
export function selfInputs({ words }: Frame): readonly Input[] {
  return [
    {
      type: "choice",
      id: "role",
      label: words.say("check.self.role"),
      options: roleOptions(words),
      value: null,
      shape: "dropdown",
    },
    {
      type: "text",
      id: "name",
      label: words.say("check.self.name"),
      hint: words.say("check.self.nameHint"),
      multiline: false,
      maxLength: 60,
      value: null,
    },
  ];
}

const sectors = complete({
  business: true,
  healthcare: true,
  mentalHealthcare: true,
  disabilityCare: true,
  youthCare: true,
  education: true,
  higherEducation: true,
  sport: true,
  cultureAndMedia: true,
  government: true,
} satisfies Record<Sector, true>);
const sizes = complete({ under10: true, from10: true, from50: true } satisfies Record<Size, true>);

/** What decides which questions apply, as it was chosen. */
export function settingInputs(
  frame: Frame,
  chosen: { readonly sector: string; readonly size: string | null },
): readonly Input[] {
  const { words } = frame;
  return [
    {
      type: "choice",
      id: "sector",
      label: words.say("check.setting.sector"),
      options: sectors.map((value) => ({ value, label: words.say(`check.sectors.${value}`) })),
      value: chosen.sector,
      shape: "dropdown",
    },
    {
      type: "choice",
      id: "size",
      label: words.say("check.setting.size"),
      hint: words.say("check.setting.sizeHint"),
      options: sizes.map((value) => ({ value, label: words.say(`check.sizes.${value}`) })),
      value: chosen.size,
      shape: "dropdown",
    },
  ];
}
