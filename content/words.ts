/*
 * Every word a person reads comes from here. This file only reads texts that were handed to it; where they
 * come from is the caller's business (`bots/content-files.ts` reads the folder).
 */

import { parse } from "yaml";
import { z } from "zod";
import { CheckFile, type CheckSources, checkSourcesOf, withoutMatch } from "./check-sources.ts";
import { type Directory, DutyFile, directoryOf, HelpFile } from "./directory.ts";
import {
  contentLanguages,
  differentLists,
  type Language,
  type Lexicon,
  labelKey,
  merged,
  noLexicon,
  perStoryList,
  withLabels,
} from "./lexicon.ts";
import { MissingText } from "./missing-text.ts";

export type { CheckSource } from "./check-sources.ts";
export type { Duty, DutyKind, HelpService, ServiceState } from "./directory.ts";
export { contentLanguages, type Language, type Lexicon, normalise } from "./lexicon.ts";
export { MissingText } from "./missing-text.ts";

/** Word files of each language; a file's name is the first part of its keys. */
export const wordFiles = [
  "common",
  "report",
  "case",
  "record",
  "adviser",
  "desk",
  "clocks",
  "find",
  "found",
  "topics",
  "bystander",
  "aftercare",
  "scenes",
  "session",
  "check",
  "questions",
  "document",
  "download",
  "code",
  "evaluation",
  "cases",
  "statistics",
] as const;

export type Params = Readonly<Record<string, string | number>>;

/** The texts of one language. */
export interface Words {
  readonly language: Language;
  /**
   * The text with its `{parameters}` filled in. Throws `MissingText` where there is no such text, where a
   * parameter is not given, or where one is given that the text does not have.
   */
  say(key: string, params?: Params): string;
  /** Whether there is a text with this key; for lists that a content editor makes longer or shorter. */
  has(key: string): boolean;
}

export interface Content extends Omit<Directory, "outdated">, CheckSources {
  words(language: Language): Words;
  /** Services not to be shown, because nobody has checked them for too long; empty but for `asOf`. */
  readonly hidden: ReadonlySet<string>;
  /**
   * The same content in which the services that were checked more than this many days before `today` are
   * hidden; those that are always shown never are. `today` is an ISO date in Amsterdam; throws a
   * `RangeError` where it is not a date.
   */
  asOf(today: string, hideAfterDays: number): Content;
  /** This language's words, and those of the other languages where they mean nothing else in this one. */
  lexicon(language: Language): Lexicon;
  /** The made-up name with this index. Throws a `RangeError` at or above `pseudonyms`. */
  pseudonym(index: number): string;
  /** How many pseudonyms there are. */
  readonly pseudonyms: number;
}

/** Content that cannot be used. `faults` has one line for each mistake. */
export class ContentFault extends Error {
  readonly code = "contentFault";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "ContentFault";
    this.faults = faults;
  }
}

const phrase = z.string().trim().min(1);
const LexiconFile = z.strictObject({
  commands: z.record(z.string(), z.array(phrase).min(1)),
  options: z.record(z.string(), z.array(phrase)),
  services: z.record(z.string(), z.array(phrase).min(1)),
  topics: z.record(z.string(), z.array(phrase).min(1)),
  asking: z.array(phrase).min(1),
  naming: z.array(phrase).min(1),
  presenting: z.array(phrase).min(1),
  signing: z.array(phrase).min(1),
  notNames: z.array(phrase).min(1),
  session: z.array(phrase).min(1),
  stories: z.strictObject(perStoryList(() => z.array(phrase).min(1))),
});
const PseudonymFile = z.array(z.string().regex(/^\p{Lu}\p{L}+$/u)).min(40);

/** Two digits after a name: 10 to 99. Names may be added to the list's end without renaming anyone. */
const numbersPerName = 90;

/**
 * Platform limits that a text must keep: an option's value and label on Slack, a button that is not cut
 * off, a heading. The part of the key says which it is.
 */
const longest: readonly (readonly [RegExp, number])[] = [
  // These answers are buttons.
  [/^(bystander|aftercare)\..+\.options\./, 30],
  // Slack draws what is large as a heading, with the marks around it.
  [/^bystander\.say\./, 140],
  // A few questions share a form, and what there is to do shares a list.
  [/^questions\.groups\.[^.]+\.title$/, 40],
  [/^questions\.[^.]+\.title$/, 140],
  [/^questions\.[^.]+\.why$/, 160],
  [/^questions\.[^.]+\.ok$/, 230],
  [/^questions\.[^.]+\.action$/, 80],
  [/^questions\.[^.]+\.step$/, 170],
  [/^questions\.[^.]+\.involve$/, 90],
  [/^questions\.[^.]+\.use$/, 160],
  [/\.options\./, 75],
  [/\.buttons\./, 30],
  [/\.confirm\.title$/, 100],
  [/\.confirm\.text$/, 300],
  [/\.title$/, 150],
];

type Texts = ReadonlyMap<string, string>;

/**
 * Reads YAML texts by their path in `content/`, such as `nl/report.yaml`. Throws a `ContentFault` that lists
 * every mistake: unreadable files, texts missing in one language, parameters that differ, texts too long.
 */
export function parseContent(files: Readonly<Record<string, string>>): Content {
  const faults: string[] = [];
  const read = <T>(path: string, schema: z.ZodType<T>, otherwise: T): T => {
    const text = files[path];
    if (text === undefined) {
      faults.push(`${path}: file is missing`);
      return otherwise;
    }
    let value: unknown;
    try {
      value = parse(text);
    } catch {
      faults.push(`${path}: is not valid YAML`);
      return otherwise;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      faults.push(`${path}: ${issue.path.join(".")}: ${issue.message}`);
    return otherwise;
  };

  const texts = perLanguage((language) => {
    const all = new Map<string, string>();
    for (const file of wordFiles) {
      const path = `${language}/${file}.yaml`;
      flatten(read(path, z.record(z.string(), z.unknown()), {}), file, all, (key) =>
        faults.push(`${path}: ${key}: is not a text`),
      );
    }
    return all;
  });
  faults.push(...differences(texts), ...overlong(texts));

  const { outdated, ...directory } = directoryOf(
    read("help.yaml", HelpFile, {}),
    read("duties.yaml", DutyFile, {}),
  );
  const checked = read("check.yaml", CheckFile, {});
  // Where the sources could not be read, that is the mistake to tell.
  if (Object.keys(checked).length > 0)
    faults.push(...withoutMatch(checked, new Set([...texts.nl.keys(), ...texts.en.keys()])));
  const names = read("pseudonyms.yaml", PseudonymFile, []);
  if (new Set(names).size !== names.length) faults.push("pseudonyms.yaml: a name stands there twice");
  const lists = perLanguage((language) => {
    const path = `${language}/lexicon.yaml`;
    const file = read(path, LexiconFile, noLexicon);
    for (const key of Object.keys(file.options)) {
      if (!texts[language].has(labelKey(key)))
        faults.push(`${path}: options.${key}: there is no such option`);
    }
    // Where the directory could not be read, that is the mistake to tell.
    const known = directory.services.filter(({ drawable }) => drawable).map(({ id }) => id);
    for (const id of known.length === 0 ? [] : Object.keys(file.services)) {
      if (!known.includes(id)) faults.push(`${path}: services.${id}: there is no such service to show`);
    }
    for (const id of Object.keys(file.topics)) {
      if (!texts[language].has(`topics.${id}.title`))
        faults.push(`${path}: topics.${id}: there is no such topic`);
    }
    return withLabels(file, texts[language]);
  });
  faults.push(...differentLists(lists));
  if (faults.length > 0) throw new ContentFault(faults);

  const words = perLanguage((language) => wordsOf(language, texts[language]));
  const lexicons = perLanguage((language) => merged(lists, language));
  const all: Content = {
    words: (language) => words[language],
    lexicon: (language) => lexicons[language],
    ...directory,
    ...checkSourcesOf(checked),
    hidden: new Set(),
    asOf: (today, hideAfterDays) => ({ ...all, hidden: outdated(today, hideAfterDays) }),
    pseudonyms: names.length * numbersPerName,
    pseudonym(index) {
      const name = Number.isInteger(index) ? names[Math.floor(index / numbersPerName)] : undefined;
      if (name === undefined) throw new RangeError("no such pseudonym");
      return `${name} ${10 + (index % numbersPerName)}`;
    },
  };
  return all;
}

function perLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return { nl: make("nl"), en: make("en") };
}

function flatten(
  value: object,
  prefix: string,
  into: Map<string, string>,
  notText: (key: string) => void,
): void {
  for (const [name, item] of Object.entries(value)) {
    const key = `${prefix}.${name}`;
    if (typeof item === "string" && item.trim() !== "") into.set(key, item.trim());
    else if (typeof item === "object" && item !== null && !Array.isArray(item))
      flatten(item, key, into, notText);
    else notText(key);
  }
}

function paramsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

function differences(texts: Readonly<Record<Language, Texts>>): readonly string[] {
  const faults: string[] = [];
  for (const [here, there] of [
    ["nl", "en"],
    ["en", "nl"],
  ] as const) {
    for (const [key, text] of texts[here]) {
      const other = texts[there].get(key);
      if (other === undefined) faults.push(`${there}: ${key}: text is missing; ${here} has it`);
      else if (here === "nl" && paramsIn(text).join() !== paramsIn(other).join()) {
        faults.push(`${key}: nl and en have different {parameters}`);
      }
    }
  }
  return faults;
}

function overlong(texts: Readonly<Record<Language, Texts>>): readonly string[] {
  return contentLanguages.flatMap((language) =>
    [...texts[language]].flatMap(([key, text]) => {
      const most = longest.find(([pattern]) => pattern.test(key))?.[1] ?? Number.POSITIVE_INFINITY;
      return text.length > most
        ? [`${language}: ${key}: has ${text.length} characters; at most ${most} fit`]
        : [];
    }),
  );
}

function wordsOf(language: Language, texts: Texts): Words {
  const parameters = new Map([...texts].map(([key, text]) => [key, paramsIn(text)]));
  return {
    language,
    has: (key) => texts.has(key),
    say(key, params = {}) {
      const text = texts.get(key);
      const names = parameters.get(key);
      if (text === undefined || names === undefined) throw new MissingText("missingText", key);
      if (names.length === 0 && Object.keys(params).length === 0) return text;
      if (Object.keys(params).some((name) => !names.includes(name)))
        throw new MissingText("unknownParameter", key);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = Object.hasOwn(params, name) ? params[name] : undefined;
        if (value === undefined) throw new MissingText("missingParameter", key);
        return String(value);
      });
    },
  };
}
