import type { DutyKind, Words } from "../content/words.ts";
import type { Role } from "../dialogs/check/check.ts";
import type { Status } from "../dialogs/check/outcome.ts";
import type { CheckPress } from "../dialogs/check/press.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";
import { button, type Frame, MissingFacts, type Of } from "./reporter-frame.ts";
import type { Button, Option } from "./view.ts";

/** The check that a page is about. Throws `MissingFacts` where it was not given. */
export function openOf(screen: Of<"check">, { facts }: Frame): OpenCheck {
  const open = facts.check?.open;
  if (!open) throw new MissingFacts(screen.type);
  return open;
}

/** A button of the check, by its key in the words. */
export function checkButton(
  key: string,
  press: CheckPress,
  { words }: Frame,
  style?: Button["style"],
): Button {
  return button(words, `check.buttons.${key}`, press, style);
}

/** The words of a remark; null where there is none. */
export function noteOf({ note }: Of<"check">, { words }: Frame): string | null {
  return note === null ? null : words.say(`check.notes.${note}`);
}

/**
 * The names of a record that the compiler holds to be complete, in the order in which they are shown: what the
 * conversation's core knows, a card may only know as a type.
 */
export function complete<Name extends string>(all: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(all) as Name[];
}

/** What a question can rest on, what binds most first. */
export const kinds = complete({
  law: true,
  sectorRule: true,
  proposed: true,
  goodPractice: true,
} satisfies Record<DutyKind, true>);

/** How a question can stand, what is in order first. */
export const statuses = complete({
  inOrder: true,
  partly: true,
  missing: true,
  unknown: true,
  notApplicable: true,
} satisfies Record<Status, true>);

const roles = complete({
  director: true,
  manager: true,
  hr: true,
  worksCouncil: true,
  adviser: true,
  other: true,
} satisfies Record<Role, true>);

/** In what role somebody can fill in a check. */
export function roleOptions(words: Words): readonly Option[] {
  return roles.map((value) => ({ value, label: words.say(`check.roles.${value}`) }));
}

/** How somebody is called to the others of a check: by what they filled in, or their role. */
export function nameOf({ check, me }: Pick<OpenCheck, "check" | "me">, person: string, words: Words): string {
  if (person === me) return words.say("check.people.you");
  const one = check.people.find(({ id }) => id === person);
  if (!one || one.mark === "") return words.say("check.people.left");
  const role = words.say(`check.roles.${one.role}`);
  return one.name === "" ? role : `${one.name} (${role})`;
}

/** Who takes part. */
export function peopleLine(open: OpenCheck, { words }: Frame): string {
  const there = open.check.people.filter(({ mark }) => mark !== "");
  const names = there.map(({ id }) => nameOf(open, id, words)).join("; ");
  return words.say("check.people.all", { names });
}

/** A date that was agreed, such as "1 maart 2027". `due`: ISO date. */
export function dueDay(due: string, language: "nl" | "en"): string {
  const locale = language === "nl" ? "nl-NL" : "en-GB";
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(Date.parse(`${due}T12:00:00Z`));
}
