import { z } from "zod";
import { contentLanguages, type Language } from "./lexicon.ts";
import { MissingText } from "./missing-text.ts";

/** One service of the help directory in one language, with what was verified and nothing else. */
export interface HelpService {
  readonly id: string;
  readonly name: string;
  readonly forWhom: string;
  /** How to reach it, the quickest first. Never empty. */
  readonly contact: readonly string[];
  /** When it can be reached, what it costs and which languages are spoken; null where not verified. */
  readonly hours: string | null;
  readonly cost: string | null;
  readonly languages: string | null;
  /** Where this was found. */
  readonly source: string;
  /** ISO date of what it was found in. */
  readonly checkedOn: string;
}

/** What there is to know of a service's upkeep, for whoever looks after the content. */
export interface ServiceState {
  readonly id: string;
  /** ISO date. */
  readonly checkedOn: string;
  /** Never hidden for its age. */
  readonly always: boolean;
  /** How many of its lines somebody still has to verify. */
  readonly unverified: number;
  /** Has at least one verified line, so `help` knows it. */
  readonly drawable: boolean;
}

/** What a duty rests on. Only `law` is a legal duty; `proposed` is not yet one. */
export const dutyKinds = ["law", "sectorRule", "goodPractice", "proposed"] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** What somebody who was told something has to do, in one language. */
export interface Duty {
  readonly id: string;
  readonly name: string;
  readonly kind: DutyKind;
  /** In the order in which they are taken. */
  readonly steps: readonly string[];
  /** For whom or when it is otherwise. */
  readonly exceptions: readonly string[];
  readonly source: string;
  /** ISO date. */
  readonly checkedOn: string;
}

/** The longest a duty may be in one language, name, steps and exceptions together: it shares a card. */
export const longestDuty = 900;

const phrase = z.string().trim().min(1);
const bilingual = z.strictObject({ nl: phrase, en: phrase });
/** Joined to others on one line, so it brings no full stop. */
const remark = z.strictObject({ nl: phrase.regex(/[^.]$/), en: phrase.regex(/[^.]$/) });

const ContactLine = z
  .strictObject({
    kind: z.enum(["phone", "chat", "web", "whatsapp", "form", "mail"]),
    nl: phrase,
    en: phrase,
    unverified: z.literal(true).optional(),
  })
  .refine((line) => digits(line.nl) === digits(line.en), { error: "nl and en have different numbers" })
  .refine((line) => !line.unverified || digits(line.nl) === "", {
    error: "a line that is not verified shows no number",
  });

export const HelpFile = z.record(
  z.string(),
  z.strictObject({
    name: bilingual,
    forWhom: bilingual,
    contact: z.array(ContactLine).min(1),
    hours: remark.optional(),
    cost: remark.optional(),
    languages: remark.optional(),
    source: phrase,
    checkedOn: z.iso.date(),
    always: z.literal(true).optional(),
  }),
);
export type HelpEntries = z.infer<typeof HelpFile>;

export const DutyFile = z.record(
  z.string(),
  z
    .strictObject({
      name: bilingual,
      kind: z.enum(dutyKinds),
      steps: z.array(bilingual).min(1),
      exceptions: z.array(bilingual),
      source: phrase,
      checkedOn: z.iso.date(),
    })
    .check(({ value, issues }) => {
      for (const language of contentLanguages) {
        const all = [value.name, ...value.steps, ...value.exceptions].map((text) => text[language]).join("");
        if (all.length <= longestDuty) continue;
        const message = `${language} has ${all.length} characters; at most ${longestDuty} fit`;
        issues.push({ code: "custom", path: [], message, input: value });
      }
    }),
);
export type DutyEntries = z.infer<typeof DutyFile>;

/** Help outside the organisation, and the duties of who was told something. */
export interface Directory {
  /** Throws `MissingText` where there is no such service, or none of its lines is verified. */
  help(id: string, language: Language): HelpService;
  readonly services: readonly ServiceState[];
  /** Throws `MissingText` where there is no such duty. */
  duty(id: string, language: Language): Duty;
  readonly duties: readonly { readonly id: string; readonly checkedOn: string }[];
  /**
   * The services that were checked more than this many days before `today`, an ISO date. Those that are
   * always shown are never among them. Throws a `RangeError` where `today` is not a date.
   */
  outdated(today: string, hideAfterDays: number): ReadonlySet<string>;
}

/** Reads the entries of both files, which their schemas have checked. */
export function directoryOf(help: HelpEntries, duties: DutyEntries): Directory {
  const services = Object.entries(help).map(([id, { contact, checkedOn, always = false }]): ServiceState => {
    const unverified = contact.filter((line) => line.unverified).length;
    return { id, checkedOn, always, unverified, drawable: unverified < contact.length };
  });
  return {
    services,
    duties: Object.entries(duties).map(([id, { checkedOn }]) => ({ id, checkedOn })),
    help(id, language) {
      const service = Object.hasOwn(help, id) ? help[id] : undefined;
      const contact = service?.contact.filter((line) => !line.unverified).map((line) => line[language]);
      if (!service || !contact || contact.length === 0) throw new MissingText("missingHelp", id);
      return {
        id,
        name: service.name[language],
        forWhom: service.forWhom[language],
        contact,
        hours: service.hours?.[language] ?? null,
        cost: service.cost?.[language] ?? null,
        languages: service.languages?.[language] ?? null,
        source: service.source,
        checkedOn: service.checkedOn,
      };
    },
    duty(id, language) {
      const duty = Object.hasOwn(duties, id) ? duties[id] : undefined;
      if (!duty) throw new MissingText("missingDuty", id);
      const { kind, source, checkedOn } = duty;
      const spoken = (texts: readonly Readonly<Record<Language, string>>[]) =>
        texts.map((text) => text[language]);
      return {
        id,
        name: duty.name[language],
        kind,
        steps: spoken(duty.steps),
        exceptions: spoken(duty.exceptions),
        source,
        checkedOn,
      };
    },
    outdated(today, hideAfterDays) {
      const oldest = Date.parse(today) - hideAfterDays * dayLength;
      if (Number.isNaN(oldest)) throw new RangeError("not a date");
      const old = services.filter(({ always, checkedOn }) => !always && Date.parse(checkedOn) < oldest);
      return new Set(old.map(({ id }) => id));
    },
  };
}

/** In ms. ISO dates are read as midnight UTC, so no clock change comes between two of them. */
const dayLength = 86_400_000;

function digits(text: string): string {
  return text.replace(/\D/g, "");
}
