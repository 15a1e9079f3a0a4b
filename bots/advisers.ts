import { IANAZone } from "luxon";
import { z } from "zod";
import type { Language } from "../dialogs/core/draft.ts";
import { audiences } from "../dialogs/find/advisers.ts";
import { zone } from "./deadlines.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const id = z.string().regex(/^[a-z0-9-]{1,40}$/, "1 to 40 of a-z, 0-9 and -");

/** Control characters, each of which takes six of a card's size; and what turns the writing beside it around. */
const unfit = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const unfitFault = "has a character that cannot be shown";

/** The operator's words, on one line. */
const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !unfit.test(text), unfitFault);
export const name = oneLine(120);

/** A text of this form; whatever is wrong with it is said with these words. */
const written = (form: RegExp, what: string) => z.string(what).regex(form, what);

/** A list in which nothing stands twice, capitals aside. */
const distinct = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, "has something twice");

/** Null where it is left out. */
const orNull = <Item extends z.ZodType>(item: Item) => item.optional().transform((given) => given ?? null);

const ownText = (longest: number) => {
  const text = z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !unfit.test(text.replaceAll("\n", " ")), unfitFault)
    .optional();
  return z.strictObject({ nl: text, en: text } satisfies Record<Language, unknown>);
};
/** A text of the operator's own, in the languages it was given in: at least those of the organisation. */
export type OwnText = z.infer<ReturnType<typeof ownText>>;

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
const time = 'a time between quotes, such as "09:00"';
const day = "a day, such as 2026-12-01";

/** One of `advisers` in the organisation file. What is left out that has no default is null, or undefined. */
export const AdviserEntry = z.strictObject({
  id: id.optional(),
  name,
  route: id,
  kind: z.enum(["internal", "external"]).default("internal"),
  /** A file; in what is read, the picture itself. A remote picture would tell somebody else who looks. */
  picture: written(
    /^[\w-][\w .-]{0,99}$/,
    "the name of a PNG or JPEG file beside this file; never an address",
  ).optional(),
  /** Codes, such as `nl` or `ar`; those of the organisation where it is left out. */
  languages: distinct(
    written(/^[a-z]{2,3}$/, "a language code, such as nl or ar").refine(
      (code) => !/^[a-z]{2,3}$/.test(code) || languageNames.of(code) !== undefined,
      "is not the code of a language",
    ),
  )
    .min(1)
    .optional(),
  /** Locations or departments; empty: everywhere. */
  places: distinct(oneLine(60)).default([]),
  forWhom: distinct(z.enum(audiences)).min(1).default(["employees", "volunteers"]),
  /** Ways to reach an adviser besides the bot. */
  contact: z
    .strictObject({
      phone: orNull(
        written(
          /^(\+[1-9]|0)( ?\d){7,13}$/,
          "a telephone number between quotes: + and a country or 0, then digits and spaces",
        ),
      ),
      mail: orNull(z.email("a mail address").max(254)),
      /** The name that the adviser signs in to Teams with. */
      teams: orNull(z.email("the name to sign in with, such as name@example.org").max(254)),
      /** A member id in Slack. */
      slack: orNull(written(/^[UW][A-Z0-9]{2,20}$/, "a member id of Slack; it begins with U or W")),
      /** Where somebody can walk in or agree to meet. */
      inPerson: orNull(ownText(120)),
    })
    .prefault({}),
  /** With which account this adviser acts on cases. Where one of a route has it, only such accounts may. */
  account: z
    .strictObject({
      teams: orNull(z.guid("the person's object id in Microsoft Entra").transform((id) => id.toLowerCase())),
      slack: orNull(written(/^[UW][A-Z0-9]{2,20}$/, "a member id of Slack; it begins with U or W")),
    })
    .prefault({}),
  reachable: z
    .strictObject({
      /** Every week, by the clock on the wall where the adviser is. */
      hours: z
        .array(
          z.strictObject({
            days: distinct(z.enum(weekdays)).min(1),
            from: written(/^([01]\d|2[0-3]):[0-5]\d$/, time),
            /** `24:00` is the end of the day. */
            to: written(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, time),
          }),
        )
        .max(50)
        .default([]),
      text: orNull(ownText(200)),
    })
    .prefault({}),
  timeZone: z
    .string()
    .refine(
      (name) => /^[A-Z]/.test(name) && IANAZone.isValidZone(name),
      "is not a time zone, such as Europe/Amsterdam",
    )
    .default(zone),
  /** Whole days, the first and the last included, by the calendar where the adviser is. */
  leave: z
    .array(
      z.strictObject({
        from: z.iso.date(day),
        to: z.iso.date(day),
        /** Who takes the place, by id. */
        replacement: orNull(id),
      }),
    )
    .max(100)
    .default([]),
  about: orNull(ownText(300)),
});
export type AdviserEntry = z.infer<typeof AdviserEntry>;
export type Leave = AdviserEntry["leave"][number];

/** A confidential adviser, as the organisation file has it, with what it left out filled in. */
export interface Adviser extends Readonly<Omit<AdviserEntry, "languages" | "picture">> {
  readonly id: string;
  readonly languages: readonly string[];
  /** `data:image/png;base64,…` or its like for JPEG. */
  readonly picture: string | null;
}

/** The id of an entry: its own, or made from the name; empty where the name has none of a-z and 0-9. */
export function idOf(entry: Pick<AdviserEntry, "id" | "name">): string {
  if (entry.id !== undefined) return entry.id;
  const plain = entry.name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
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
