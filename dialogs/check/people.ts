import type { Inputs } from "../core/event.ts";
import { sectors } from "../find/situation.ts";
import { type Check, longest, mostPeople, type Person, type Role, roles } from "./check.ts";
import { type Setting, sizes } from "./questions.ts";
import { cutTo, textOf } from "./text.ts";

/** A new check, begun by one person. */
export function newCheck(
  begun: Pick<Check, "unit" | "code" | "language"> & { readonly round: string; readonly setting: Setting },
  first: Omit<Person, "id">,
  now: number,
): Check {
  const { unit, code, language, round, setting } = begun;
  return {
    unit,
    code,
    language,
    people: [{ ...first, id: "p1" }],
    revision: 1,
    rounds: [{ id: round, setting, startedAt: now, finishedAt: null, answers: {}, plan: {} }],
    recheck: [],
  };
}

/**
 * The check with one more person; null where it has as many as it takes. Who takes part already stays as they are.
 * Who left takes nobody's place: where it gets full they are not remembered any more.
 */
export function withPerson(check: Check, person: Omit<Person, "id">): Check | null {
  if (check.people.some(({ mark }) => mark === person.mark)) return check;
  const there = takingPart(check);
  if (there.length >= mostPeople) return null;
  // Higher than any before: answers carry the id of who gave them.
  const nr = 1 + Math.max(...check.people.map(({ id }) => Number(id.slice(1))));
  const before = check.people.length < mostPeople ? check.people : there;
  return { ...check, people: [...before, { ...person, id: `p${nr}` }], revision: check.revision + 1 };
}

/** What somebody says of themselves when they begin or join. Null: no role was chosen. */
export function selfIn(inputs: Inputs): { readonly name: string; readonly role: Role } | null {
  const role = roles.find((one) => one === inputs.role);
  return role ? { role, name: cutTo(longest.name, textOf(inputs.name)) } : null;
}

/** The sector and size that were chosen; null where one is missing. */
export function settingIn(inputs: Inputs): Setting | null {
  const sector = sectors.find((one) => one === inputs.sector);
  const size = sizes.find((one) => one === inputs.size);
  return sector && size ? { sector, size } : null;
}

/** Who leaves is named no longer, and reminded of nothing; their answers stay. */
export function without(check: Check, person: string): Check {
  const forgotten = (ids: readonly string[]) => ids.filter((id) => id !== person);
  const people = check.people.map((one) => (one.id === person ? { ...one, mark: "", name: "" } : one));
  const rounds = check.rounds.map((round) => ({
    ...round,
    plan: Object.fromEntries(
      Object.entries(round.plan).map(([id, entry]) => [id, { ...entry, remind: forgotten(entry.remind) }]),
    ),
  }));
  return { ...check, people, rounds, recheck: forgotten(check.recheck), revision: check.revision + 1 };
}

/** Who takes part; who left is still there for what they answered. */
export function takingPart({ people }: Pick<Check, "people">): readonly Person[] {
  return people.filter(({ mark }) => mark !== "");
}

/** Whether this person began the check, or is the first of those who still take part. */
export function isFirst({ check, me }: { readonly check: Check; readonly me: string }): boolean {
  return takingPart(check)[0]?.id === me;
}
