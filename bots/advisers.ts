import { IANAZone } from "luxon";
import { z } from "zod";
import type { Language } from "../dialogs/core/draft.ts";
import { type Audience, audiences } from "../dialogs/find/advisers.ts";
import { zone } from "./deadlines.ts";

/** A text of the operator's own, in the languages it was given in: at least those of the organisation. */
export type OwnText = Readonly<Partial<Record<Language, string>>>;

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Hours that return every week, by the clock on the wall where the adviser is: `09:00` up to `17:00`. */
export interface Hours {
  readonly days: readonly (typeof weekdays)[number][];
  readonly from: string;
  /** `24:00` is the end of the day. */
  readonly to: string;
}

/** Whole days, the first and the last included, by the calendar where the adviser is: `2026-12-01`. */
export interface Leave {
  readonly from: string;
  readonly to: string;
  /** Who takes the place, by id. */
  readonly replacement: string | null;
}

/** Ways to reach an adviser besides the bot; null where there is none. */
export interface Contact {
  readonly phone: string | null;
  readonly mail: string | null;
  /** The name that the adviser signs in to Teams with. */
  readonly teams: string | null;
  /** A member id in Slack. */
  readonly slack: string | null;
  /** Where somebody can walk in or agree to meet. */
  readonly inPerson: OwnText | null;
}

/** A confidential adviser, as the organisation file has it, with what it left out filled in. */
export interface Adviser {
  readonly id: string;
  readonly name: string;
  readonly route: string;
  readonly kind: "internal" | "external";
  /** `data:image/png;base64,…` or its like for JPEG; a remote picture would tell somebody else who looks. */
  readonly picture: string | null;
  /** Language codes, such as `nl` or `ar`. */
  readonly languages: readonly string[];
  /** Locations or departments; empty: everywhere. */
  readonly places: readonly string[];
  readonly forWhom: readonly Audience[];
  readonly contact: Contact;
  readonly reachable: { readonly hours: readonly Hours[]; readonly text: OwnText | null };
  readonly timeZone: string;
  readonly leave: readonly Leave[];
  readonly about: OwnText | null;
}

export const id = z.string().regex(/^[a-z0-9-]{1,40}$/, "1 to 40 of a-z, 0-9 and -");
export const name = z.string().trim().min(1).max(120);

/** A text of this form; whatever is wrong with it is said with these words. */
const written = (form: RegExp, what: string) => z.string(what).regex(form, what);

/** A list in which nothing stands twice, capitals aside. */
const distinct = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, "has something twice");

const ownText = (longest: number) => {
  const text = z.string().trim().min(1).max(longest).optional();
  return z.strictObject({ nl: text, en: text } satisfies Record<Language, unknown>);
};

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
const time = 'a time between quotes, such as "09:00"';
const day = "a day, such as 2026-12-01";

/** One of `advisers` in the organisation file. */
export const AdviserEntry = z.strictObject({
  id: id.optional(),
  name,
  route: id,
  kind: z.enum(["internal", "external"]).default("internal"),
  picture: written(
    /^[\w-][\w .-]{0,99}$/,
    "the name of a PNG or JPEG file beside this file; never an address",
  ).optional(),
  languages: distinct(
    written(/^[a-z]{2,3}$/, "a language code, such as nl or ar").refine(
      (code) => !/^[a-z]{2,3}$/.test(code) || languageNames.of(code) !== undefined,
      "is not the code of a language",
    ),
  )
    .min(1)
    .optional(),
  places: distinct(z.string().trim().min(1).max(60)).default([]),
  forWhom: distinct(z.enum(audiences)).min(1).default(["employees", "volunteers"]),
  contact: z
    .strictObject({
      phone: written(
        /^(\+[1-9]|0)( ?\d){7,13}$/,
        "a telephone number between quotes: + and a country or 0, then digits and spaces",
      ).optional(),
      mail: z.email("a mail address").max(254).optional(),
      teams: z.email("the name to sign in with, such as name@example.org").max(254).optional(),
      slack: written(/^[UW][A-Z0-9]{2,20}$/, "a member id of Slack; it begins with U or W").optional(),
      inPerson: ownText(120).optional(),
    })
    .prefault({}),
  reachable: z
    .strictObject({
      hours: z
        .array(
          z.strictObject({
            days: distinct(z.enum(weekdays)).min(1),
            from: written(/^([01]\d|2[0-3]):[0-5]\d$/, time),
            to: written(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, time),
          }),
        )
        .max(50)
        .default([]),
      text: ownText(200).optional(),
    })
    .prefault({}),
  timeZone: z
    .string()
    .refine(
      (name) => /^[A-Z]/.test(name) && IANAZone.isValidZone(name),
      "is not a time zone, such as Europe/Amsterdam",
    )
    .default(zone),
  leave: z
    .array(z.strictObject({ from: z.iso.date(day), to: z.iso.date(day), replacement: id.optional() }))
    .max(100)
    .default([]),
  about: ownText(300).optional(),
});
export type AdviserEntry = z.infer<typeof AdviserEntry>;

/** The id of an entry: its own, or made from the name; empty where the name has none of a-z and 0-9. */
export function idOf(entry: Pick<AdviserEntry, "id" | "name">): string {
  if (entry.id !== undefined) return entry.id;
  const plain = entry.name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
}

/** An adviser from a checked entry; what was left out is the organisation's, or nothing. */
export function adviserFrom(
  entry: AdviserEntry,
  given: { readonly languages: readonly Language[]; readonly picture: string | null },
): Adviser {
  const { contact, reachable } = entry;
  return {
    ...entry,
    id: idOf(entry),
    picture: given.picture,
    languages: entry.languages ?? given.languages,
    contact: {
      phone: contact.phone ?? null,
      mail: contact.mail ?? null,
      teams: contact.teams ?? null,
      slack: contact.slack ?? null,
      inPerson: ownTextFrom(contact.inPerson),
    },
    reachable: { hours: reachable.hours, text: ownTextFrom(reachable.text) },
    leave: entry.leave.map((leave) => ({ ...leave, replacement: leave.replacement ?? null })),
    about: ownTextFrom(entry.about),
  };
}

function ownTextFrom(text: z.infer<ReturnType<typeof ownText>> | undefined): OwnText | null {
  if (!text) return null;
  return Object.fromEntries(Object.entries(text).filter(([, words]) => words !== undefined));
}

/** What is at the start of a file of each kind of picture that cards may show. */
const signatures = {
  "image/png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  "image/jpeg": Buffer.from([0xff, 0xd8, 0xff]),
} as const;

/** A card in Teams holds 28 KB in all, and a picture in it is a third larger than its file. */
export const largestPicture = 4096;

/** A picture as an address that holds it; or what is wrong with the file. */
export function pictureFrom(file: Buffer | null): { readonly ok: string } | { readonly fault: string } {
  if (!file) return { fault: "the file cannot be read" };
  const type = Object.entries(signatures).find(([, start]) => file.subarray(0, start.length).equals(start));
  if (!type) return { fault: "the file is not a PNG or JPEG" };
  if (file.length > largestPicture) return { fault: `the file is larger than ${largestPicture} bytes` };
  return { ok: `data:${type[0]};base64,${file.toString("base64")}` };
}
